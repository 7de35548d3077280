/* SPDX-License-Identifier: MIT
 *
 * Pools and their blocks: the allocator's fast paths, for requests up to RCI_SMALL_MAX bytes.
 *
 * With lifetimes at random every second allocation and free takes a pool off its slot's list or puts one there, which
 * no processor can predict: both paths choose by conditional moves where the lists end up, and write to a dummy what
 * must not change. The heap's thread, or with the world stopped.
 */
#ifndef RCI_POOL_P_H
#define RCI_POOL_P_H

#include "heap_p.h"

/* Makes a slot ready that is not: false: no memory. */
bool rci_pool_refill(rci_heap *heap, unsigned slot);
/* The pool has no live block left. */
void rci_pool_emptied(rci_heap *heap, rci_pool *pool);
/* Returns the empty pools that slots keep to their arenas. */
void rci_pool_flush(rci_heap *heap);
/* In use by name only: empty, and at any class's disposal. */
bool rci_pool_is_kept(const rci_pool *pool);

static inline unsigned rci_slot_of(size_t bytes, enum rci_kind kind)
{
    return (unsigned)kind * RCI_CLASSES + (unsigned)((bytes - 1) >> RCI_ALIGN_SHIFT);
}

/* Whether rci_pool_take can follow; else rci_pool_refill has to go before it. */
static inline bool rci_pool_ready(const rci_heap *heap, unsigned slot)
{
    return RCI_LIKELY(heap->active[slot]->free != NULL);
}

/* Takes the first block that was never handed out: what `free` of its pool is then. */
static inline rci_block *rci_pool_carve(rci_pool *pool, size_t bytes, rci_block *free)
{
    uintptr_t block = rci_uncarved_address(free);
    size_t end = (block & (RCI_POOL_BYTES - 1)) + bytes;
    pool->bump = (uint16_t)end;
    return end + bytes <= RCI_POOL_BYTES ? rci_uncarved((void *)(block + bytes)) : NULL;
}

/* A block of the slot's class, not zeroed, and the pool it is from. */
static inline void *rci_pool_take(rci_heap *heap, unsigned slot, rci_pool **from)
{
    rci_pool *pool = heap->active[slot];
    rci_block *block = pool->free, *left;
    size_t bytes = (size_t)(slot % RCI_CLASSES + 1) << RCI_ALIGN_SHIFT;
    if (rci_is_uncarved(block)) {
        left = rci_pool_carve(pool, bytes, block);
        block = (rci_block *)rci_uncarved_address(block);
        RCI_UNPOISON_BLOCK(block, bytes);
    } else {
        RCI_UNPOISON_BLOCK(block, bytes);
        left = block->next;
    }
    pool->free = left;
    pool->live++;
    rci_pool *rest = pool->next;
    RCI_OPAQUE(left);
    heap->active[slot] = left ? pool : rest;
    *from = pool;
    return block;
}

/* In a pool of objects the caller has set the block's count to 0. */
static inline void rci_pool_free(rci_heap *heap, rci_pool *pool, void *p)
{
    rci_block *block = p, *was = pool->free;
    rci_pool *first = heap->active[pool->slot], *next = pool->next;
    block->next = was;
    pool->free = block;
    RCI_POISON_BLOCK(block, rci_pool_block_bytes(pool));
    RCI_OPAQUE(next);
    pool->next = was ? next : first;
    RCI_OPAQUE(was);
    (was ? &heap->end : first)->prev = pool;
    RCI_OPAQUE(was);
    heap->active[pool->slot] = was ? first : pool;
    if (RCI_UNLIKELY(--pool->live == 0)) rci_pool_emptied(heap, pool);
}

#endif
