/* SPDX-License-Identifier: MIT
 *
 * An allocation may start a collection, and a collection runs finalizers: what is only borrowed has to outlive them.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Knot Knot;
typedef struct Leaf Leaf;
struct RC_CLASS Leaf {
    RC_HEAD;
    int n;
};
struct RC_CLASS Knot {
    RC_HEAD;
    int n;
    Knot *next;
    Leaf *leaf;
};
static Knot *kept;
static Leaf *last;

RC_FINALIZER static void leaf_gone(Leaf *self) { printf("leaf ~%d\n", self->n); }
RC_FINALIZER static void knot_gone(Knot *self)
{
    printf("knot ~%d\n", self->n);
    if (kept) kept->leaf = NULL;
    last = NULL;
}

static Knot *knot(int n)
{
    Knot *self = rc_new(Knot);

    if (self) self->n = n;
    return self;
}

static Leaf *leaf(int n)
{
    Leaf *self = rc_new(Leaf);

    if (self) self->n = n;
    return self;
}

/* Garbage that the next allocation of a tracked object collects. */
static void tie(int n)
{
    Knot *ring = knot(n);

    ring->next = ring;
    kept->leaf = leaf(n);
    last = leaf(n + 1);
}

static int show(const Leaf *l, const Knot *k) { return printf("%d beside %d\n", l ? l->n : -1, k ? k->n : -1); }

/* No release between the loans and their last use. */
static void by_macro(void)
{
    Knot *a, *b;
    Leaf *held = kept->leaf, *other = last;

    a = rc_new(Knot);
    b = rc_new(Knot);
    show(held, a);
    show(other, b);
}

static void by_function(void)
{
    Knot *a, *b;
    Leaf *held = kept->leaf, *other = last;

    a = (Knot *)rc_alloc(&RC_TYPE(Knot));
    b = (Knot *)rc_alloc(&RC_TYPE(Knot));
    show(held, a);
    show(other, b);
}

static void weakly(void)
{
    Knot *a, *b;
    RC_WEAK Leaf *watched = last;

    a = rc_new(Knot);
    b = rc_new(Knot);
    show(watched, a);
    show(kept->leaf, b);
}

int main(void)
{
    kept = knot(0);
    rc_gc_set_threshold(1, 100, 100);
    tie(10);
    by_macro();
    tie(20);
    by_function();
    tie(30);
    weakly();
    kept = NULL;
    puts("end");
    return 0;
}
