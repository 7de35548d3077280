/* SPDX-License-Identifier: MIT
 *
 * Which pools may hold young objects: each heap has one list for each of the two young generations.
 */
#include "gc_walk_p.h"

void rci_young_forget(rci_pool *pool)
{
    if (pool->young == 2) return;
    rci_young *links = rci_pool_young(pool);
    rci_heap *heap = rci_pool_arena(pool)->heap;
    if (links->next)
        rci_pool_young(links->next)->prev = links->prev;
    else
        heap->young_last[pool->young] = links->prev;
    if (links->prev)
        rci_pool_young(links->prev)->next = links->next;
    else
        heap->young_first[pool->young] = links->next;
    pool->young = 2;
}

void rci_young_note(rci_pool *pool, unsigned generation)
{
    if (pool->young <= generation) return;
    rci_young_forget(pool);
    if (generation >= 2) return;
    pool->young = (uint8_t)generation;
    rci_heap *heap = rci_pool_arena(pool)->heap;
    rci_pool *last = heap->young_last[generation];
    *rci_pool_young(pool) = (rci_young){NULL, last};
    if (last)
        rci_pool_young(last)->next = pool;
    else
        heap->young_first[generation] = pool;
    heap->young_last[generation] = pool;
}

void rci_young_age(int g)
{
    for (rci_heap *h = rci_heaps; h; h = h->next) {
        for (int i = 0; i <= g && i < 2; i++) {
            for (rci_pool *pool = h->young_first[i], *next; pool; pool = next) {
                next = rci_pool_young(pool)->next;
                rci_young_forget(pool);
                rci_young_note(pool, (unsigned)g + 1);
            }
        }
    }
}
