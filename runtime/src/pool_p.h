/* SPDX-License-Identifier: MIT
 *
 * Pools and their blocks: the allocator's fast paths, for requests up to RCI_SMALL_MAX bytes.
 *
 * A slot is a size class of one kind of block. rci_active[slot] is the first of its pools with a free block;
 * a pool leaves that list when an allocation finds it exhausted and comes back, in front, at its first free.
 * One thread.
 */
#ifndef RCI_POOL_P_H
#define RCI_POOL_P_H

#include "arena_p.h"
#include "check_p.h"
#include "thread_p.h"

#define RCI_SLOTS ((unsigned)RCI_KINDS * RCI_CLASSES)
extern rci_pool *rci_active[RCI_SLOTS];

void *rci_pool_alloc_slow(unsigned slot);
void rci_pool_free_slow(rci_pool *pool);
/* Returns the empty pools that classes keep to their arenas. */
void rci_pool_flush(void);
/* Forgets all pools: their arenas are gone. */
void rci_pool_fini(void);
/* In use by name only: empty, and at any class's disposal. */
bool rci_pool_is_kept(const rci_pool *pool);

static inline unsigned rci_slot_of(size_t bytes, enum rci_kind kind)
{
    return (unsigned)kind * RCI_CLASSES + (unsigned)((bytes - 1) >> RCI_ALIGN_SHIFT);
}

/* A block of the slot's class, not zeroed; NULL: no memory. */
static inline void *rci_pool_alloc(unsigned slot)
{
    rci_pool *pool = rci_active[slot];
    rci_block *block = pool->free;
    if (__builtin_expect(!block, 0)) return rci_pool_alloc_slow(slot);
    RCI_UNPOISON(block, rci_pool_block_bytes(pool));
    pool->free = block->next;
    pool->live++;
    return block;
}

/* In a pool of objects the caller has set the block's count to 0. */
static inline void rci_pool_free(rci_pool *pool, void *p)
{
    rci_block *block = p;
    block->next = pool->free;
    pool->free = block;
    RCI_POISON(block, rci_pool_block_bytes(pool));
    uint16_t live = (uint16_t)(pool->live - 1);
    pool->live = live;
    /* Catches both 0 and RCI_POOL_FULL. */
    if (__builtin_expect((uint16_t)(live - 1) >= RCI_POOL_FULL - 1, 0)) rci_pool_free_slow(pool);
}

#endif
