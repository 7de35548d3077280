/* SPDX-License-Identifier: MIT */
#include "pool_p.h"

#include "gc_p.h"

/* Stands for "no pool": nothing to hand out, so that the fast path needs no test of its own. */
#define NO_POOL                                                                                              \
 {                                                                                                           \
  .bump = UINT16_MAX                                                                                         \
 }
static rci_pool no_pool = NO_POOL;
#define FOUR(x) x, x, x, x
#define CLASSES FOUR(FOUR(&no_pool)), FOUR(FOUR(&no_pool))
rci_pool *rci_active[RCI_SLOTS] = {CLASSES, CLASSES, CLASSES};
_Static_assert(RCI_SLOTS == 3 * 32, "one initialiser for each slot");

/* Slots whose only pool is empty: kept for the next allocation, but every slot may take it. */
static uint64_t kept[(RCI_SLOTS + 63) / 64];

static void keep(unsigned slot)
{
    kept[slot / 64] |= (uint64_t)1 << slot % 64;
}

static bool unkeep(unsigned slot)
{
    uint64_t bit = (uint64_t)1 << slot % 64, was = kept[slot / 64] & bit;
    kept[slot / 64] ^= was;
    return was != 0;
}

/* ---- class lists ------------------------------------------------------------------------------------------
 */

static void link_first(rci_pool *pool)
{
    rci_pool *head = rci_active[pool->slot];
    pool->prev = NULL;
    pool->next = head == &no_pool ? NULL : head;
    if (pool->next) pool->next->prev = pool;
    rci_active[pool->slot] = pool;
}

static void unlink_pool(rci_pool *pool)
{
    if (pool->next) pool->next->prev = pool->prev;
    if (pool->prev)
        pool->prev->next = pool->next;
    else
        rci_active[pool->slot] = pool->next ? pool->next : &no_pool;
}

static void give_back(rci_pool *pool)
{
    unlink_pool(pool);
    rci_young_forget(pool);
    rci_gc_unreserve_pool(pool);
    rci_arena_return_pool(pool);
}

void rci_pool_flush(void)
{
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        while (kept[i]) {
            unsigned slot = (unsigned)(i * 64) + (unsigned)__builtin_ctzll(kept[i]);
            kept[i] &= kept[i] - 1;
            give_back(rci_active[slot]);
        }
    }
}

void rci_pool_fini(void)
{
    for (unsigned i = 0; i < RCI_SLOTS; i++) rci_active[i] = &no_pool;
    memset(kept, 0, sizeof kept);
}

/* ---- blocks
 * -------------------------------------------------------------------------------------------------- */

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
    RCI_POISON(rci_pool_page(pool) + rci_pool_start(pool), RCI_POOL_BYTES - rci_pool_start(pool));
    link_first(pool);
    return pool;
}

/* The class's first pool has no free block: carve one that was never used, or go on to the next pool. */
void *rci_pool_alloc_slow(unsigned slot)
{
    size_t bytes = (size_t)((slot & (RCI_CLASSES - 1)) + 1) << RCI_ALIGN_SHIFT;
    for (;;) {
        rci_pool *pool = rci_active[slot];
        if (pool == &no_pool && !(pool = add_pool(slot))) return NULL;
        rci_block *block = pool->free;
        if (block) {
            RCI_UNPOISON(block, bytes);
            pool->free = block->next;
        } else if (pool->bump + bytes <= RCI_POOL_BYTES) {
            if (pool->live == 0) unkeep(slot);
            block = (rci_block *)(rci_pool_page(pool) + pool->bump);
            pool->bump = (uint16_t)(pool->bump + bytes);
            RCI_UNPOISON(block, bytes);
        } else {
            unlink_pool(pool);
            pool->live |= RCI_POOL_FULL;
            continue;
        }
        pool->live++;
        return block;
    }
}

/* The pool was full, or is empty now. An empty one forgets its free list: carving it anew hands out ascending
 * addresses again. The only pool of its class stays there when empty, so that an allocation and a release in
 * turn do not go through the arena each time. */
void rci_pool_free_slow(rci_pool *pool)
{
    if (pool->live & RCI_POOL_FULL) {
        pool->live &= (uint16_t)~RCI_POOL_FULL;
        if (unkeep(pool->slot)) give_back(rci_active[pool->slot]);
        link_first(pool);
    }
    if (pool->live != 0) return;
    pool->free = NULL;
    pool->bump = (uint16_t)rci_pool_start(pool);
    if (rci_active[pool->slot] == pool && !pool->next)
        keep(pool->slot);
    else
        give_back(pool);
}

bool rci_pool_is_kept(const rci_pool *pool)
{
    return pool->used && pool->live == 0;
}
