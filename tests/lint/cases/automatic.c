/* SPDX-License-Identifier: MIT
 *
 * Functions that the rewriter counts for: a reference may only go where one is held.
 */
#include <recount.h>

typedef struct Item Item;
struct RC_CLASS Item {
    RC_HEAD;
    RC_UNOWNED Item *cache;
    RC_WEAK Item *owner;
    RC_COUNTED_BY(n) Item **parts; // expect: cycle-possible
    size_t n;
    Item **lost, **resized, **freed;
};
typedef struct Row Row;
struct RC_CLASS Row {
    RC_HEAD;
    size_t n;
    Item *cell[]; // expect: leak
};
typedef struct Line Line;
struct RC_CLASS Line {
    RC_HEAD;
    size_t n;
    RC_COUNTED_BY(n) Item *cell[];
};
Item *make(void);
RC_RETURNS_BORROWED Item *peek(void);
void use(Item *item);

void variable(void)
{
    RC_UNOWNED Item *item = make(); // expect: use-after-release
    use(item);
}

void assigned(int cond)
{
    RC_UNOWNED Item *item;
    item = cond ? rc_new(Item) : NULL; // expect: use-after-release
    use(item);
}

void weak_variable(void)
{
    RC_WEAK Item *item = make(); // expect: use-after-release
    use(item);
}

void members(Item *item)
{
    item->cache = make();      // expect: use-after-release
    item->owner = rc_new(Item); // expect: use-after-release
}

void borrows(Item *item)
{
    RC_UNOWNED Item *other = peek();
    Item *kept = make();
    item->cache = kept;
    item->owner = other;
    use(other);
}

void only_in_the_statement(void)
{
    RC_UNOWNED Item *item;
    use(item = make());
}

void buffers(Item *item, size_t n)
{
    item->lost = rc_array_new(Item, n); // expect: leak
    if (rc_array_resize(Item, item->resized, 0, n)) return; // expect: leak
    if (rc_array_resize(Item, item->parts, 0, n)) return;
    item->freed = rc_array_new(Item, n);
    item->parts = rc_array_new(Item, n);
    item->n = item->parts ? n : 0;
}

RC_FINALIZER static void finalize(Item *self)
{
    rc_array_free(Item, self->freed);
}
