/* SPDX-License-Identifier: MIT
 *
 * A heap: all that a thread allocates from without asking anybody. It owns its arenas, and with them every pool.
 *
 * A slot is a size class of one kind of block. active[slot] is the first of its pools that can give a block: a pool
 * leaves that list with the allocation that takes its last one, and its first free puts it in front again.
 *
 * Only its thread touches a heap, or who has stopped the world. What another thread frees it puts into `mail`, a stack
 * of many writers and one reader; the owner takes it all at once when a slot has nothing left, and at safepoints. To
 * the pools a block in the mail is in use still. Heaps are never freed: that of a thread that ended is abandoned, keeps
 * what lives in it, and is the next new thread's. rci_no_heap is whose heap is asked for before a thread has one.
 */
#ifndef RCI_HEAP_P_H
#define RCI_HEAP_P_H

#include "arena_p.h"
#include "check_p.h"
#include "thread_p.h"

enum rci_heap_owner {
    RCI_ABANDONED, /* nobody's, and there to be taken                                     */
    RCI_OWNED,
    RCI_LOST, /* of a thread that a fork left behind in the middle of something: never touched again */
};

struct rci_heap {
    rci_front front; /* what programs know of it (recount_inline.h)                               */
    bool open;
    uint32_t serial;      /* of the newest tracked object, in RCI_SERIAL_UNITs                         */
    uint32_t serial_last; /* of those that it may give out before it asks for more                     */
    size_t young;         /* tracked objects made since the last collection, less those released       */

    /* A pool that was empty while it was the only one listed, or NULL. It stays, free list and all, so that an
     * allocation and a release in turn do not go through the arena each time; a slot that needs a pool takes it. */
    rci_pool *kept[RCI_SLOTS];
    bool keeps; /* some of them may be empty */
    rci_pool *young_first[2], *young_last[2]; /* of tracked pools that may hold objects of generation 0, 1 */

    rci_arena *by_free[RCI_ARENA_POOLS + 1]; /* arenas with n free pools                      */
    uint64_t by_free_mask;                   /* bit n - 1: by_free[n] is not empty            */
    uint64_t clock;                          /* pools acquired and released                   */
    size_t arena_count;

    _Alignas(64) rci_block *mail; /* what other threads touch has a cache line of its own */
    enum rci_heap_owner owner;    /* under the lock, as is what follows                   */
    struct rci_heap *next;        /* of all, in order of making                           */
};

/* All heaps; under the lock. NULL before the first. */
extern RCI_HIDDEN rci_heap *rci_heaps;

#ifdef RECOUNT_THREADS
extern RCI_HIDDEN rci_heap rci_no_heap;

static inline void rci_heap_set_self(rci_heap *heap)
{
    rci_my_front = &heap->front;
}
/* The calling thread's heap, or rci_no_heap. */
static inline rci_heap *rci_heap_self(void)
{
    return (rci_heap *)rci_my_front;
}
static inline bool rci_heap_is_none(const rci_heap *heap)
{
    return RCI_UNLIKELY(heap == &rci_no_heap);
}
#else
extern RCI_HIDDEN rci_heap rci_main_heap;

static inline rci_heap *rci_heap_self(void)
{
    return &rci_main_heap;
}
static inline bool rci_heap_is_none(const rci_heap *heap)
{
    return RCI_UNLIKELY(!heap->open);
}
#endif

/* An abandoned heap, or a new one; NULL: no memory. The caller holds the lock. */
rci_heap *rci_heap_adopt(void);
/* The calling thread, whose heap this is, ends. The caller holds the lock. */
void rci_heap_abandon(rci_heap *heap);
/* Whether fast paths may use the heap. The caller holds the lock. */
void rci_heap_open(rci_heap *heap);
void rci_heap_close(rci_heap *heap);
/* Set the limits of open heaps. The caller holds the lock, with the world stopped if it can be. */
void rci_limit_blocks(rc_domain domain, size_t most);
void rci_limit_objects(size_t most);
/* Empties all heaps: their arenas are gone. */
void rci_heaps_reset(void);
/* Tracked objects made less those released, of all heaps; and none. */
size_t rci_heaps_young(void);
void rci_heaps_forget_young(void);

/* Puts a block of a heap that is not the caller's into its mail. In a pool of objects its count is 0. */
void rci_heap_send(rci_heap *heap, void *p);
/* Frees what came by mail. */
void rci_heap_receive(rci_heap *heap);

static inline bool rci_heap_has_mail(const rci_heap *heap)
{
    return __atomic_load_n(&heap->mail, __ATOMIC_RELAXED) != NULL;
}

/* False: the calling thread has to ask for the lock before it allocates, and so comes to rest. */
static inline bool rci_heap_is_open(const rci_heap *heap)
{
    return __atomic_load_n(&heap->open, __ATOMIC_RELAXED);
}

#endif
