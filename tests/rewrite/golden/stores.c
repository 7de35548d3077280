/* SPDX-License-Identifier: MIT
 *
 * Rule 2: a store takes the new reference before it drops the old one, wherever the place is.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Pair Pair;
struct RC_CLASS Pair {
    RC_HEAD;
    int id;
    Pair *left, *right;
};

RC_FINALIZER static void pair_finalize(Pair *self)
{
    printf("~%d\n", self->id);
}

static Pair *current;

static Pair *pair(int id, Pair *left, Pair *right)
{
    Pair *self = rc_new(Pair);

    self->id = id;
    self->left = left;
    self->right = right;
    return self;
}

int main(void)
{
    Pair *p = pair(1, NULL, NULL), *row[2] = {p};

    p = pair(2, p, row[0]);
    current = row[1] = p;
    p->left = p->left->left; /* the last use of what is replaced is on the right */
    p->right = NULL;
    row[0] = NULL;
    puts("dropped");
    *(row + 1) = pair(3, NULL, NULL);
    current = current;
    current->left = row[1];
    p = 0;
    (current) = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
