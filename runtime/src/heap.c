/* SPDX-License-Identifier: MIT */
#include "heap_p.h"

#include "pool_p.h"

#define FOUR(x)    x, x, x, x
#define SIXTEEN(x) FOUR(x), FOUR(x), FOUR(x), FOUR(x)
#define NO_POOLS   SIXTEEN(&rci_no_pool), SIXTEEN(&rci_no_pool)

rci_heap rci_main_heap = {.active = {NO_POOLS, NO_POOLS, NO_POOLS}};
_Static_assert(RCI_SLOTS == 3 * 32, "one initialiser for each slot");

static void reset(rci_heap *heap)
{
    rci_heap *next = heap->next;
    memset(heap, 0, sizeof *heap);
    heap->next = next;
    for (unsigned i = 0; i < RCI_SLOTS; i++) heap->active[i] = &rci_no_pool;
}

void rci_heaps_reset(void)
{
    for (rci_heap *h = &rci_main_heap; h; h = h->next) reset(h);
}

size_t rci_heaps_young(void)
{
    size_t n = 0;
    for (const rci_heap *h = &rci_main_heap; h; h = h->next) n += h->young;
    return n;
}

void rci_heaps_forget_young(void)
{
    for (rci_heap *h = &rci_main_heap; h; h = h->next) h->young = 0;
}
