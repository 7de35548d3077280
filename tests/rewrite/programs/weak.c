/* SPDX-License-Identifier: MIT
 *
 * A weak reference reads NULL once its target died; reading one makes a reference for as long as it is used.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Tree Tree;
struct RC_CLASS Tree {
    RC_HEAD;
    const char *name;
    RC_WEAK Tree *parent;
    Tree *left, *right;
};
RC_FINALIZER static void tree_finalize(Tree *self)
{
    printf("~%s (parent %s)\n", self->name, self->parent ? self->parent->name : "none");
}

static Tree *leaf(const char *name)
{
    Tree *self = rc_new(Tree);

    self->name = name;
    return self;
}

static Tree *branch(const char *name, RC_STEALS Tree *left, RC_STEALS Tree *right)
{
    Tree *self = leaf(name);

    self->left = left;
    self->right = right;
    left->parent = self;
    right->parent = self;
    return self;
}

static int depth(Tree *t)
{
    int n = 0;

    while ((t = t->parent)) n++;
    return n;
}

typedef struct Watch {
    RC_WEAK Tree *tree;
    int n;
} Watch;

static RC_WEAK Tree *global;

static const char *name_of(Tree *t)
{
    return t ? t->name : "nothing";
}

int main(void)
{
    Tree *root = branch("root", branch("inner", leaf("a"), leaf("b")), leaf("c"));
    RC_WEAK Tree *w = root->left->left;
    Watch one = {root->left, 1}, two = one;

    printf("depth %d\n", depth(w));
    printf("%s %s\n", name_of(w->parent), name_of(one.tree));
    global = w;
    root->left->left = NULL;
    printf("%s %s\n", name_of(w), name_of(global));
    Tree *kept = two.tree;
    root->left = NULL;
    printf("%s %s\n", name_of(one.tree), name_of(two.tree));
    w = kept;
    kept = NULL;
    printf("%s %s %s\n", name_of(one.tree), name_of(two.tree), name_of(w));
    global = root;
    w = global;
    root = NULL;
    printf("%s %d\n", name_of(w), global == NULL);
    global = leaf("at once");
    printf("%s\n", name_of(global));
    printf("live %zu\n", rc_live_objects());
    return 0;
}
