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
typedef struct Shape Shape;
typedef struct Group Group;
typedef struct Listed Listed;
typedef struct Entry Entry;
typedef struct Circle Circle;
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
struct RC_CLASS RC_BASE Shape {
    RC_HEAD;
    RC_WEAK Shape *behind;
};
struct RC_CLASS RC_ACYCLIC Group { // expect: arc-acyclic-broken
    Shape shape;
    Shape *inside; /* may be another group */
};
struct RC_CLASS RC_BASE Listed {
    RC_HEAD;
    Listed *next;
};
struct RC_CLASS RC_ACYCLIC Entry { // expect: arc-acyclic-broken
    Listed listed;
};
struct RC_CLASS RC_ACYCLIC Circle {
    Shape shape;
    Exact *radius;
};
RC_FINALIZER void exact_finalize(Exact *self) { self->n = 0; } // expect: arc-finalizer-place

int main(void)
{
    Derived *d = rc_new(Derived);
    Loop *l = rc_new(Loop);

    l->back = l;
    return d->m + (rc_new(Tree)->left != NULL) + (rc_new(Whole)->any != NULL);
}
