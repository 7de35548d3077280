/* SPDX-License-Identifier: MIT
 *
 * Inside the collector: walking the tracked objects, and the working count that each has in its arena's side array.
 *
 * Objects carry no links. The pools that may hold young ones are in the list of the youngest generation that they may
 * hold; a full collection walks all. The lists own nothing. One thread, and the world stands still.
 */
#ifndef RCI_GC_WALK_P_H
#define RCI_GC_WALK_P_H

#include "gc_p.h"

/* ---- side counts --------------------------------------------------------------------------------------- */

/* For addresses that the radix tree does not lead to at once. */
uint32_t *rci_side_of_other(const rc_object *o);

/* The working count of an object, or NULL: it is nothing that a collection looks at. */
static inline uint32_t *rci_side_of(const rc_object *o)
{
    const rci_leaf_entry *leaf = rci_leaf_of(o);
    if (RCI_UNLIKELY(!leaf || !leaf->side || (const char *)o < (const char *)leaf->starts))
        return rci_side_of_other(o);
    return &leaf->side[((uintptr_t)o - (uintptr_t)leaf->starts) >> RCI_ALIGN_SHIFT];
}

/* Those of a pool's page: one for each 16 bytes. */
static inline uint32_t *rci_pool_sides(rci_pool *pool)
{
    rci_arena *a = rci_pool_arena(pool);
    return a->side - (ptrdiff_t)(((char *)a - rci_pool_page(pool)) >> RCI_ALIGN_SHIFT);
}

/* ---- walking ------------------------------------------------------------------------------------------- */

/* What is left in the lists of generations 0 to g is a generation older now. */
void rci_young_age(int g);

#define RCI_FULL(g) ((g) == RCI_GEN2)

/* What is done with each candidate; false ends the walk. It may move its object to generation g + 1. */
typedef bool (*rci_step)(rc_object *o, uint32_t *side, int g);

/* What is done with a pool that may hold candidates. */
typedef bool (*rci_pool_step)(rci_pool *pool, int g, rci_step fn);

RCI_PEEKS static inline __attribute__((always_inline)) bool rci_walk_pool(rci_pool *pool, int g, rci_step fn)
{
    char *page = rci_pool_page(pool);
    uint32_t *sides = rci_pool_sides(pool);
    size_t bytes = rci_pool_block_bytes(pool);
    for (size_t at = rci_pool_start(pool); at < pool->bump; at += bytes) {
        rc_object *o = (rc_object *)(page + at);
        if (rci_gc_candidate(o, g) && !fn(o, &sides[at >> RCI_ALIGN_SHIFT], g)) return false;
    }
    return true;
}

static inline __attribute__((always_inline)) bool rci_walk_arena(rci_arena *a, int g, rci_pool_step each,
                                                                 rci_step fn, bool by_age)
{
    for (unsigned i = 0; i < a->pool_count; i++) {
        rci_pool *pool = by_age ? rci_arena_nth(a, i) : &a->pools[i];
        if (pool->used && rci_pool_kind(pool) == RCI_TRACKED && !each(pool, g, fn)) return false;
    }
    return true;
}

/* Full collections walk by falling arena and rising address; or `by_age`, in the order in which arenas were made and
 * their pools first used, which is most often that of allocation. */
static inline __attribute__((always_inline)) bool rci_walk_pools(int g, rci_pool_step each, rci_step fn,
                                                                 bool by_age)
{
    if (RCI_FULL(g)) {
        for (rci_arena *a = by_age ? rci_arenas.oldest : rci_arenas.first; a;
             a = by_age ? a->made_next : a->all_next) {
            if (!rci_walk_arena(a, g, each, fn, by_age)) return false;
        }
    }
    for (rci_heap *h = rci_heaps; h && !RCI_FULL(g); h = h->next) {
        for (int i = 0; i <= g; i++) {
            for (rci_pool *pool = h->young_first[i]; pool; pool = rci_pool_young(pool)->next) {
                if (!each(pool, g, fn)) return false;
            }
        }
    }
    return true;
}

/* Lists of objects outside the pools go from old to young. */
static inline __attribute__((always_inline)) bool rci_walk_listed(int g, rci_step fn)
{
    for (int i = g; i >= 0; i--) {
        for (rci_listed *l = rci_lists[i].next, *next; l != &rci_lists[i]; l = next) {
            next = l->next;
            rc_object *o = rci_listed_object(l);
            if (rci_gc_candidate(o, g) && !fn(o, rci_side_of(o), g)) return false;
        }
    }
    return true;
}

/* All candidates; whether `fn` let it come to the end. */
static inline __attribute__((always_inline)) bool rci_walk(int g, rci_step fn, bool by_age)
{
    return rci_walk_pools(g, rci_walk_pool, fn, by_age) && rci_walk_listed(g, fn);
}

/* Generations 0 to g have nothing unreachable, as the order of allocation shows: the survivors are older now, and their
 * number is set. False: that cannot be told so. */
bool rci_gc_nothing_by_order(int g, size_t *survivors);
/* Some child of o is, or may become, tracked. */
bool rci_refers_to_tracked(rc_object *o);

#endif
