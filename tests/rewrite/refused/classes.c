/* SPDX-License-Identifier: MIT
 *
 * Classes that are not as they are marked.
 */
#include <recount.h>

typedef struct Obj Obj;
struct RC_CLASS Obj {
    RC_HEAD;
    Obj *next;
    int n;
};

typedef struct Exact Exact;
typedef struct Derived Derived;
typedef struct Tree Tree;
typedef struct Loop Loop;
typedef struct Whole Whole;
struct RC_CLASS Exact {
    RC_HEAD;
    int n;
};
struct RC_CLASS Derived {
    Exact exact; // expect: arc-not-a-base
    int m;
};
struct RC_CLASS RC_ACYCLIC Tree { // expect: arc-acyclic-broken
    RC_HEAD;
    Tree *left, *right;
};
struct RC_CLASS RC_ACYCLIC Loop {
    RC_HEAD;
    RC_WEAK Loop *back;
    Exact *exact;
};
struct RC_CLASS RC_ACYCLIC Whole { // expect: arc-acyclic-broken
    RC_HEAD;
    rc_object *any;
};
RC_FINALIZER void exact_finalize(Exact *self) { self->n = 0; } // expect: arc-finalizer-place

int main(void)
{
    Derived *d = rc_new(Derived);
    Loop *l = rc_new(Loop);

    l->back = l;
    return d->m + (rc_new(Tree)->left != NULL) + (rc_new(Whole)->any != NULL);
}
