/* SPDX-License-Identifier: MIT
 *
 * Pools and their blocks: the allocator's fast paths, for requests up to RCI_SMALL_MAX bytes.
 *
 * What programs do in their place is in recount_inline.h; here it is said of heaps. The heap's thread, or with the
 * world stopped.
 */
#ifndef RCI_POOL_P_H
#define RCI_POOL_P_H

#include "heap_p.h"

/* Makes a slot ready that is not: false: no memory. */
bool rci_pool_refill(rci_heap *heap, unsigned slot);
/* Returns the empty pools that slots keep to their arenas. */
void rci_pool_flush(rci_heap *heap);
/* In use by name only: empty, and at any class's disposal. */
bool rci_pool_is_kept(const rci_pool *pool);

/* Whether rci_pool_take can follow; else rci_pool_refill has to go before it. */
static inline bool rci_pool_ready(const rci_heap *heap, unsigned slot)
{
    return rci_block_ready(&heap->front, slot);
}

/* A block of the slot's class, not zeroed, and the pool it is from. */
static inline void *rci_pool_take(rci_heap *heap, unsigned slot, rci_pool **from)
{
    return rci_block_take(&heap->front, slot, from);
}

/* In a pool of objects the caller has set the block's count to 0. */
static inline void rci_pool_free(rci_heap *heap, rci_pool *pool, void *p)
{
    if (rci_block_give(&heap->front, pool, p)) rci_pool_emptied(&heap->front, pool);
}

#endif
