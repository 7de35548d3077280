/* SPDX-License-Identifier: MIT
 *
 * Pools and their blocks: the allocator's fast paths, for requests up to RCI_SMALL_MAX bytes.
 *
 * A slot is a size class of one kind of block. rci_active[slot] is the first of its pools with a free block. A pool
 * leaves that list with the allocation that takes its last block, and its first free puts it in front again. With
 * lifetimes at random every second allocation and free does so, which no processor can predict: both paths choose by
 * conditional moves where the lists end up, and write to a dummy what must not change. One thread.
 */
#ifndef RCI_POOL_P_H
#define RCI_POOL_P_H

#include "arena_p.h"
#include "check_p.h"
#include "thread_p.h"

#define RCI_SLOTS ((unsigned)RCI_KINDS * RCI_CLASSES)
extern RCI_HIDDEN rci_pool *rci_active[RCI_SLOTS];
extern RCI_HIDDEN rci_pool rci_nowhere; /* written to, never read */

/* Makes the slot ready: false: no memory. */
bool rci_pool_refill(unsigned slot);
/* The pool has no live block left. */
void rci_pool_emptied(rci_pool *pool);
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

/* Whether rci_pool_take can follow; else rci_pool_refill has to go before it. */
static inline bool rci_pool_ready(unsigned slot)
{
    return RCI_LIKELY((uintptr_t)rci_active[slot]->free > (uintptr_t)RCI_UNCARVED);
}

/* A block of the slot's class, not zeroed, and the pool it is from. */
static inline void *rci_pool_take(unsigned slot, rci_pool **from)
{
    rci_pool *pool = rci_active[slot];
    rci_block *block = pool->free;
    RCI_UNPOISON_BLOCK(block, rci_pool_block_bytes(pool));
    rci_block *left = block->next;
    pool->free = left;
    pool->live++;
    rci_pool *rest = pool->next;
    RCI_OPAQUE(left);
    rci_active[slot] = left ? pool : rest;
    *from = pool;
    return block;
}

/* In a pool of objects the caller has set the block's count to 0. */
static inline void rci_pool_free(rci_pool *pool, void *p)
{
    rci_block *block = p, *was = pool->free;
    rci_pool *first = rci_active[pool->slot], *next = pool->next;
    block->next = was;
    pool->free = block;
    RCI_POISON_BLOCK(block, rci_pool_block_bytes(pool));
    RCI_OPAQUE(next);
    pool->next = was ? next : first;
    RCI_OPAQUE(was);
    (was ? &rci_nowhere : first)->prev = pool;
    RCI_OPAQUE(was);
    rci_active[pool->slot] = was ? first : pool;
    if (RCI_UNLIKELY(--pool->live == 0)) rci_pool_emptied(pool);
}

#endif
