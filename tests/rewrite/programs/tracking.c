/* SPDX-License-Identifier: MIT
 *
 * Which classes the collector watches: those that the class graph can close a cycle through, no others.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Leaf Leaf;
typedef struct Branch Branch;
typedef struct Ring Ring;
typedef struct Child Child;
typedef struct Any Any;
typedef struct Promised Promised;

struct RC_CLASS RC_ACYCLIC Leaf {
    RC_HEAD;
    int n;
};
struct RC_CLASS Branch {
    RC_HEAD;
    Leaf *left, *right;
    struct {
        Leaf *inner[2];
    } more;
};
struct RC_CLASS Ring {
    RC_HEAD;
    Child *child;
};
struct RC_CLASS Child {
    RC_HEAD;
    Ring *ring;
};
struct RC_CLASS Any {
    RC_HEAD;
    rc_object *what;
};
struct RC_CLASS RC_ACYCLIC Promised {
    RC_HEAD;
    RC_WEAK Promised *back;
    RC_UNOWNED Promised *bare;
    Leaf *leaf;
};

static const char *word(bool tracked)
{
    return tracked ? "tracked" : "not tracked";
}

int main(void)
{
    Leaf *leaf = rc_new(Leaf);
    Branch *branch = rc_new(Branch);
    Ring *ring = rc_new(Ring);
    Child *child = rc_new(Child);
    Any *any = rc_new(Any);
    Promised *promised = rc_new(Promised);

    printf("leaf %s\n", word(rc_gc_is_tracked(leaf)));
    printf("branch %s\n", word(rc_gc_is_tracked(branch)));
    printf("ring %s\n", word(rc_gc_is_tracked(ring)));
    printf("child %s\n", word(rc_gc_is_tracked(child)));
    printf("any %s\n", word(rc_gc_is_tracked(any)));
    printf("promised %s\n", word(rc_gc_is_tracked(promised)));
    branch->left = branch->more.inner[1] = leaf;
    ring->child = child;
    child->ring = ring;
    any->what = (rc_object *)any;
    promised->back = promised->bare = promised;
    promised->leaf = leaf;
    leaf = NULL;
    ring = NULL;
    child = NULL;
    any = NULL;
    printf("collected %zd\n", rc_gc_collect());
    printf("live %zu\n", rc_live_objects());
    return 0;
}
