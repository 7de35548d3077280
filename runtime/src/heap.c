/* SPDX-License-Identifier: MIT */
#include "heap_p.h"

#include "gc_p.h"
#include "os_p.h"

rci_heap *rci_heaps;
static rci_limits wanted; /* the limits of heaps that are open */

/* The first heap is there without asking the system for it. */
#ifdef RECOUNT_THREADS
rci_heap rci_no_heap;
__thread rci_front *rci_my_front = &rci_no_heap.front;
static rci_heap rci_main_heap;
#else
rci_heap rci_main_heap;
rci_front *rci_my_front = &rci_main_heap.front;
#endif

/* ---- heaps come and go --------------------------------------------------------------------------------- */

static void clear_lists(rci_heap *heap)
{
    for (unsigned i = 0; i < RCI_SLOTS; i++) heap->front.active[i] = &heap->front.end;
}

static rci_heap *make(void)
{
    rci_heap **last = &rci_heaps;
    while (*last) last = &(*last)->next;
    rci_heap *heap = rci_heaps ? rci_os_map(sizeof *heap, _Alignof(rci_heap)) : &rci_main_heap;
    if (!heap) return NULL;
    clear_lists(heap);
    return *last = heap;
}

rci_heap *rci_heap_adopt(void)
{
    rci_heap *heap = rci_heaps;
    while (heap && heap->owner != RCI_ABANDONED) heap = heap->next;
    if (!heap) heap = make();
    if (heap) heap->owner = RCI_OWNED;
    return heap;
}

void rci_heap_abandon(rci_heap *heap)
{
    rci_heap_receive(heap);
    rci_pool_flush(heap);
    rci_heap_close(heap);
    heap->owner = RCI_ABANDONED;
}

void rci_heaps_reset(void)
{
    for (rci_heap *h = rci_heaps, *next; h; h = next) {
        enum rci_heap_owner owner = h->owner;
        bool open = h->open;
        next = h->next;
        memset(h, 0, sizeof *h);
        h->owner = owner;
        h->next = next;
        clear_lists(h);
        if (open) rci_heap_open(h);
    }
}

static void set_limits(rci_heap *heap, const rci_limits *limits, bool open)
{
    for (unsigned i = 0; i < 3; i++)
        __atomic_store_n(&heap->front.limits.block[i], limits->block[i], __ATOMIC_RELAXED);
    __atomic_store_n(&heap->front.limits.object, limits->object, __ATOMIC_RELAXED);
    __atomic_store_n(&heap->open, open, __ATOMIC_RELAXED);
}

void rci_heap_open(rci_heap *heap)
{
    set_limits(heap, &wanted, true);
}

void rci_heap_close(rci_heap *heap)
{
    set_limits(heap, &(rci_limits){{0, 0, 0}, 0}, false);
}

/* Who does not rest was closed, and is opened with the new limits when it comes for the lock. */
static void renew_limits(void)
{
    for (rci_heap *h = rci_heaps; h; h = h->next) {
        if (h->open && rci_heap_rests(h)) rci_heap_open(h);
    }
}

void rci_limit_blocks(rc_domain domain, size_t most)
{
    wanted.block[domain] = most;
    renew_limits();
}

void rci_limit_objects(size_t most)
{
    wanted.object = most;
    renew_limits();
}

/* ---- mail ---------------------------------------------------------------------------------------------- */

/* Behind the exchange the block is the receiver's, so all is done before. */
RCI_PEEKS void rci_heap_send(rci_heap *heap, void *p)
{
    rci_block *block = p;
    RCI_POISON_BLOCK(block, rci_pool_block_bytes(rci_pool_of(block)));
    rci_block *first = __atomic_load_n(&heap->mail, __ATOMIC_RELAXED);
    do block->next = first;
    while (
        !__atomic_compare_exchange_n(&heap->mail, &first, block, true, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
}

RCI_PEEKS void rci_heap_receive(rci_heap *heap)
{
    rci_block *next, *block = __atomic_exchange_n(&heap->mail, NULL, __ATOMIC_ACQUIRE);
    for (; block; block = next) {
        rci_pool *pool = rci_is_mine(&heap->front, block) ? rci_aligned_pool(block) : rci_pool_of(block);
        next = block->next;
        RCI_UNPOISON_BLOCK(block, rci_pool_block_bytes(pool));
        if (rci_pool_kind(pool) == RCI_TRACKED) rci_gc_count_releases(heap, 1);
        rci_pool_free(heap, pool, block);
    }
}

/* ---- the youngest generation --------------------------------------------------------------------------- */

size_t rci_heaps_young(void)
{
    size_t n = 0;
    for (const rci_heap *h = rci_heaps; h; h = h->next) n += __atomic_load_n(&h->young, __ATOMIC_RELAXED);
    return n;
}

void rci_heaps_forget_young(void)
{
    for (rci_heap *h = rci_heaps; h; h = h->next) __atomic_store_n(&h->young, 0, __ATOMIC_RELAXED);
}
