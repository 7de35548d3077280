/* SPDX-License-Identifier: MIT */
#include "pool_p.h"

#include "gc_p.h"

/* Ends every list of pools: nothing to hand out, so that the fast path needs no test of its own. */
static rci_pool no_pool = {.bump = UINT16_MAX};
rci_pool rci_nowhere;
#define FOUR(x) x, x, x, x
#define CLASSES FOUR(FOUR(&no_pool)), FOUR(FOUR(&no_pool))
rci_pool *rci_active[RCI_SLOTS] = {CLASSES, CLASSES, CLASSES};
_Static_assert(RCI_SLOTS == 3 * 32, "one initialiser for each slot");

/* For each slot a pool that was empty while it was the only one listed, or NULL. It stays, free list and all, so that
 * an allocation and a release in turn do not go through the arena each time; a slot that needs a pool takes it. */
static rci_pool *kept[RCI_SLOTS];

/* ---- class lists --------------------------------------------------------------------------------------- */

/* The first pool's `prev` is not kept up: nothing reads it. */
static void link_first(rci_pool *pool)
{
    rci_pool *first = rci_active[pool->slot];
    pool->next = first;
    first->prev = pool;
    rci_active[pool->slot] = pool;
}

static void unlink_pool(rci_pool *pool)
{
    pool->next->prev = pool->prev;
    if (rci_active[pool->slot] == pool)
        rci_active[pool->slot] = pool->next;
    else
        pool->prev->next = pool->next;
}

static void give_back(rci_pool *pool)
{
    if (kept[pool->slot] == pool) kept[pool->slot] = NULL;
    unlink_pool(pool);
    rci_young_forget(pool);
    rci_gc_unreserve_pool(pool);
    rci_arena_return_pool(pool);
}

void rci_pool_flush(void)
{
    for (unsigned slot = 0; slot < RCI_SLOTS; slot++) {
        if (kept[slot] && kept[slot]->live == 0) give_back(kept[slot]);
    }
}

void rci_pool_fini(void)
{
    for (unsigned i = 0; i < RCI_SLOTS; i++) rci_active[i] = &no_pool;
    memset(kept, 0, sizeof kept);
}

/* ---- blocks -------------------------------------------------------------------------------------------- */

static rci_pool *add_pool(unsigned slot)
{
    rci_pool_flush();
    rci_pool *pool = rci_arena_take_pool();
    if (!pool) return NULL;
    pool->slot = (uint8_t)slot;
    if (slot >= RCI_PLAIN * RCI_CLASSES && rci_gc_reserve_pool(pool) != 0) {
        rci_arena_return_pool(pool);
        return NULL;
    }
    RCI_POISON_PAGES(rci_pool_page(pool) + rci_pool_start(pool), RCI_POOL_BYTES - rci_pool_start(pool));
    link_first(pool);
    return pool;
}

/* Blocks to carve at once: enough to make the calls rare, too few to touch memory long before it is wanted. */
#define CARVE_BYTES 512

/* Carves blocks in ascending order, each marked as free. The pool has no other free ones, and room. */
RCI_PEEKS static void carve(rci_pool *pool)
{
    char *page = rci_pool_page(pool);
    size_t bytes = rci_pool_block_bytes(pool), at = pool->bump, last = RCI_POOL_BYTES - bytes;
    size_t stop = at + CARVE_BYTES - bytes < last ? at + CARVE_BYTES - bytes : last;
    pool->free = (rci_block *)(page + at);
    for (; at + bytes <= stop; at += bytes)
        *(rci_block *)(page + at) = (rci_block){0, 0, (rci_block *)(page + at + bytes)};
    *(rci_block *)(page + at) = (rci_block){0, 0, at + bytes <= last ? RCI_UNCARVED : NULL};
    pool->bump = (uint16_t)(at + bytes);
}

bool rci_pool_refill(unsigned slot)
{
    rci_pool *pool = rci_active[slot];
    if (pool == &no_pool && !(pool = add_pool(slot))) return false;
    carve(pool);
    return true;
}

void rci_pool_emptied(rci_pool *pool)
{
    if (rci_active[pool->slot] == pool && pool->next == &no_pool)
        kept[pool->slot] = pool;
    else
        give_back(pool);
}

bool rci_pool_is_kept(const rci_pool *pool)
{
    return pool->used && pool->live == 0;
}
