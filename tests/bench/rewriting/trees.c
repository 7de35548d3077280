/* SPDX-License-Identifier: MIT
 *
 * trees [DEPTH]: binary trees. Many short-lived trees are made and counted beside one that lives to the end.
 */
#include "variant.h"

typedef struct Tree Tree;
struct RC_CLASS Tree {
    RC_HEAD;
    Tree *left, *right;
};

HAND(static const rc_field tree_fields[] = {RC_FIELD_STRONG(Tree, left), RC_FIELD_STRONG(Tree, right),
                                            RC_FIELD_END};
     static const rc_type Tree_type = {
         .name = "Tree", .size = sizeof(Tree), .flags = RC_TYPE_GC, .fields = tree_fields};)
MALLOC(static const rc_type Tree_type = {sizeof(Tree), 0, NULL};)

static Tree *make(int depth)
{
    Tree *tree = NEW(Tree);

    if (!tree) abort();
    if (depth > 0) {
        tree->left = make(depth - 1);
        tree->right = make(depth - 1);
    }
    return tree;
}

static int count(Tree *tree)
{
    return tree->left ? 1 + count(tree->left) + count(tree->right) : 1;
}

#ifdef BY_MALLOC
static void drop(Tree *tree)
{
    if (tree->left) drop(tree->left);
    if (tree->right) drop(tree->right);
    free(tree);
}
#elif defined BY_HAND
# define drop(tree) RC_DECREF(tree)
#endif

int main(int argc, char **argv)
{
    int deepest = option(argc, argv, 1, 16);
    Tree *kept = make(deepest);

    for (int depth = 4; depth <= deepest; depth += 4) {
        int rounds = 1 << (deepest - depth + 4), sum = 0;

        for (int i = 0; i < rounds; i++) {
            Tree *tree = make(depth);
            sum += count(tree);
            AUTHOR(drop(tree);)
        }
        printf("%d trees of depth %d: %d\n", rounds, depth, sum);
    }
    printf("kept: %d\n", count(kept));
    AUTHOR(drop(kept);)
    return 0;
}
