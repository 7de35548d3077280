/* SPDX-License-Identifier: MIT
 *
 * A heap: all that a thread allocates from without asking anybody. It owns its arenas, and with them every pool.
 *
 * A slot is a size class of one kind of block. active[slot] is the first of its pools that can give a block: a pool
 * leaves that list with the allocation that takes its last one, and its first free puts it in front again.
 */
#ifndef RCI_HEAP_P_H
#define RCI_HEAP_P_H

#include "arena_p.h"
#include "check_p.h"
#include "thread_p.h"

#define RCI_SLOTS ((unsigned)RCI_KINDS * RCI_CLASSES)
/* Arenas that the library maps are aligned to their size, so that the pool of an address in one follows from the
 * address alone, and all there is to find out is whose arena it is. `mine` answers that with one load: at the place
 * that its address gives it stands the last address of one of the heap's own arenas. */
#define RCI_MINE_BITS 12

struct rci_heap {
    size_t young;         /* tracked objects made since the last collection, less those released: the count of
                             generation 0 [generations[0].count] */
    uint32_t serial;      /* of the newest tracked object, in RCI_SERIAL_UNITs            */
    uint32_t serial_last; /* of those that it may give out before it asks for more        */

    rci_pool *active[RCI_SLOTS];
    /* A pool that was empty while it was the only one listed, or NULL. It stays, free list and all, so that an
     * allocation and a release in turn do not go through the arena each time; a slot that needs a pool takes it. */
    rci_pool *kept[RCI_SLOTS];
    rci_pool *young_first[2], *young_last[2]; /* of tracked pools that may hold objects of generation 0, 1 */

    rci_arena *by_free[RCI_ARENA_POOLS + 1]; /* arenas with n free pools                      */
    uint64_t by_free_mask;                   /* bit n - 1: by_free[n] is not empty            */
    uint64_t clock;                          /* pools acquired and released                   */
    size_t arena_count;

    struct rci_heap *next; /* of all */
    uintptr_t mine[(size_t)1 << RCI_MINE_BITS];
};

/* Of the program's first thread; the others' follow it. */
extern RCI_HIDDEN rci_heap rci_main_heap;

static inline rci_heap *rci_heap_self(void)
{
    return &rci_main_heap;
}

/* Empties all heaps: their arenas are gone. */
void rci_heaps_reset(void);
/* Tracked objects made less those released, of all heaps; and none. */
size_t rci_heaps_young(void);
void rci_heaps_forget_young(void);

static inline uintptr_t *rci_mine_entry(rci_heap *heap, const void *p)
{
    return &heap->mine[(uintptr_t)p >> RCI_ARENA_SHIFT & (((uintptr_t)1 << RCI_MINE_BITS) - 1)];
}

/* p lies in an aligned arena of this heap. False says nothing. */
static inline bool rci_is_mine(rci_heap *heap, const void *p)
{
    return RCI_LIKELY(*rci_mine_entry(heap, p) == ((uintptr_t)p | (RCI_ARENA_BYTES - 1)));
}

/* The pool of a block in an aligned arena. */
static inline rci_pool *rci_aligned_pool(const void *p)
{
    rci_arena *a = (rci_arena *)((uintptr_t)p & ~(uintptr_t)(RCI_ARENA_BYTES - 1));
    return &a->pools[((uintptr_t)p & (RCI_ARENA_BYTES - 1)) >> RCI_POOL_SHIFT];
}

#endif
