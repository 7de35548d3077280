/* SPDX-License-Identifier: MIT */
#include "pool_p.h"

#include "gc_p.h"

/* ---- slots' lists -------------------------------------------------------------------------------------- */

/* The first pool's `prev` is not kept up: nothing reads it. */
static void link_first(rci_heap *heap, rci_pool *pool)
{
    rci_pool *first = heap->front.active[pool->slot];
    pool->next = first;
    first->prev = pool;
    heap->front.active[pool->slot] = pool;
}

static void unlink_pool(rci_heap *heap, rci_pool *pool)
{
    pool->next->prev = pool->prev;
    if (heap->front.active[pool->slot] == pool)
        heap->front.active[pool->slot] = pool->next;
    else
        pool->prev->next = pool->next;
}

static void give_back(rci_heap *heap, rci_pool *pool)
{
    if (heap->kept[pool->slot] == pool) heap->kept[pool->slot] = NULL;
    unlink_pool(heap, pool);
    rci_young_forget(pool);
    rci_gc_unreserve_pool(pool);
    rci_arena_return_pool(heap, pool);
}

void rci_pool_flush(rci_heap *heap)
{
    if (!heap->keeps) return;
    heap->keeps = false;
    for (unsigned slot = 0; slot < RCI_SLOTS; slot++) {
        rci_pool *pool = heap->kept[slot];
        if (pool && pool->live == 0) give_back(heap, pool);
    }
}

/* ---- pools come and go --------------------------------------------------------------------------------- */

/* What others freed is looked at first. Objects' pools have the collector's memory to be reserved, under the lock; it is
 * asked for while the heap is whole, for a collection may come first. */
bool rci_pool_refill(rci_heap *heap, unsigned slot)
{
    if (rci_heap_has_mail(heap)) {
        rci_heap_receive(heap);
        if (rci_pool_ready(heap, slot)) return true;
    }
    RCI_GUARD_IF(slot >= RCI_PLAIN * RCI_CLASSES);
    rci_pool_flush(heap);
    rci_pool *pool = rci_arena_take_pool(heap);
    if (!pool) return false;
    pool->slot = (uint8_t)slot;
    if (slot >= RCI_PLAIN * RCI_CLASSES && rci_gc_reserve_pool(pool) != 0) {
        rci_arena_return_pool(heap, pool);
        return false;
    }
    RCI_POISON_PAGES(rci_pool_page(pool) + rci_pool_start(pool), RCI_POOL_BYTES - rci_pool_start(pool));
    link_first(heap, pool);
    return true;
}

void rci_pool_emptied(rci_front *front, rci_pool *pool)
{
    rci_heap *heap = (rci_heap *)front;
    if (heap->front.active[pool->slot] == pool && pool->next == &heap->front.end) {
        heap->kept[pool->slot] = pool;
        heap->keeps = true;
    } else {
        give_back(heap, pool);
    }
}

bool rci_pool_is_kept(const rci_pool *pool)
{
    return pool->used && pool->live == 0;
}
