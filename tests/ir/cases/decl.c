/* SPDX-License-Identifier: MIT */
/* flags: -std=gnu11 */
#include "decl.h"
void free(void *);
extern RC("object_type:Item:take:drop") int rc_fact_one;
typedef RC("unowned") Item *loose;
typedef RC("returns_borrowed") Item *(*getter)(RC("steals") Item *, int);
struct RC("class") RC("base") Tree {
    struct Tree *left;
    RC("weak") struct Tree *parent;
    RC("counted_by:n") struct Tree **kids;
    loose spare;
    RC("returns_new") Item *(*make)(RC("steals") Item *item, ...);
    struct Unknown *hidden;
    int n;
};
RC("strong") static Item *root, *second;
Item *header_root;
RC("singleton") extern struct Tree tree;
struct Tree tree = {.make = 0};
getter get;

void item_take(Item *item, Item *o) { item->n = o->n; }
RC("returns_new") static Item *twice(Item *a);
static Item *twice(RC("retains") Item *a) { return a; }
void item_later(RC("releases") Item *item);
int caller(getter g, Item *(*plain)(RC("steals") Item *), loose l)
{
    Item *made = item_new(1);
    RC("unowned") Item *borrowed = g(made, 2);
    item_take(twice(made), plain(borrowed));
    item_later(l);
    header_root = root ? second : borrowed;
    return item_count(made);
}
__attribute__((cf_returns_retained)) Item *native(Item *p __attribute__((cf_consumed)), Item *q __attribute__((ns_consumed)));
#define SAFE(n) __attribute__((nonnull(n), returns_nonnull))
SAFE(2) Item *checked(Item *a, Item *b);
__attribute__((__nonnull__)) Item *all(Item *a, int n, Item *b);
__attribute__((malloc(free, 1))) void *owned(void);
_Noreturn void stop(void);
__attribute__((__noreturn__)) void halt(void);
int old_style(a, b) int a; Item *b; { return a + b->n; }
int unprototyped();
void uses(Item *i)
{
    extern int block_scope(Item *);
    int (*f)(void) = 0;
    block_scope(i), unprototyped(i, 2), native(i, i), checked(i, i), all(i, 1, i), free(owned());
    if (f) stop();
    halt();
}
