/* SPDX-License-Identifier: MIT
 *
 * The collector's state, and what allocation and death tell it.
 *
 * Tracked objects are found by walking the pools of tracked classes (and the lists of objects outside the
 * pools): they carry no links. A pool is in the list of the youngest generation that it may hold, so that a
 * young collection walks only those. Under the lock, but for what allocation and death call in passing; collections run
 * with the world stopped.
 */
#ifndef RCI_GC_P_H
#define RCI_GC_P_H

#include "object_p.h"

struct rci_gc {
    size_t count[3], threshold[3]; /* count[0] is that of the heaps: rci_heaps_young                   */
    size_t trigger;  /* a heap's young over this starts a collection: threshold[0], or SIZE_MAX for never */
    uint32_t serial; /* last of those given to a heap, in RCI_SERIAL_UNITs                             */
    bool enabled, collecting;
    bool track_again; /* what RCI_TYPE_UNTRACKS had untracked */
    unsigned debug;
    size_t pending, total; /* survivors of generation 1 since, and of, the last full collection */
    rc_gc_stats stats[3];
    void *scratch; /* mark stack and trash, reserved for all objects there can be                    */
    size_t scratch_bytes;
    size_t capacity; /* objects that the carved pools and the lists have room for                      */
};
extern RCI_HIDDEN struct rci_gc rci_gc;

/* An unreachable object. Dies before its turn: `o` becomes NULL. */
typedef struct rci_trash {
    rc_object *o;
    uint32_t serial;
    uint32_t refs; /* references from outside the trash; then the next of those to be revived */
} rci_trash;

/* ---- what the allocator and death call ----------------------------------------------------------------- */

/* The heap's young went over the trigger: collects what is due. */
void rci_gc_automatic(void);
/* More serials for the heap. When this many were given out all objects are numbered anew, in their old order; the last
 * quarter is for the time until that can be done. */
#define RCI_SERIALS_ENOUGH (UINT32_MAX / 4 * 3)
void rci_gc_give_serials(rci_heap *heap);
/* Make sure that a later collection finds the memory it works in: 0, or -1: no memory. The caller holds the lock. */
int rci_gc_reserve_pool(rci_pool *pool);
void rci_gc_unreserve_pool(const rci_pool *pool);
int rci_gc_reserve_listed(void);
void rci_gc_unreserve_listed(void);
int rci_gc_reserve_side(rci_listed *l);
/* An object that the running collection found unreachable dies by itself. */
void rci_gc_forget_doomed(rc_object *o);
/* A tracked object that its finalizer saved is young again. */
void rci_gc_rejuvenate(rc_object *o);
/* Something that was untracked for what it held has changed: the next collection looks at all of that kind again. */
void rci_gc_track_again(void);
void rci_gc_fini(void);

/* n tracked objects were freed; the count of generation 0 does not go below 0. */
static inline void rci_gc_count_releases(rci_heap *heap, size_t n)
{
    size_t young = heap->young;
    if (young > 0) __atomic_store_n(&heap->young, young > n ? young - n : 0, __ATOMIC_RELAXED);
}

/* The pool may hold objects of this generation now. */
void rci_young_note(rci_pool *pool, unsigned generation);
/* The pool is no longer one of tracked objects. */
void rci_young_forget(rci_pool *pool);

/* ---- inside the collector ------------------------------------------------------------------------------ */

/* Finds what is unreachable in generations 0 to g, in order of allocation: marks it RCI_DOOMED, moves the
 * survivors to the next generation, and gives their number. The result is the number of trash entries. */
size_t rci_gc_find(int g, size_t *survivors);
rci_trash *rci_gc_trash(size_t i);
/* What some of the trash has: weak references to or among it, finalizers. */
enum { RCI_TRASH_WATCHED = 1, RCI_TRASH_FINALIZERS = 2 };
unsigned rci_gc_trash_traits(void);
/* Takes out of n trash entries what outside references reach since then, into generation `to`. */
void rci_gc_revive(size_t n, enum rci_state to);
/* After the last entry was dealt with. */
void rci_gc_find_done(int g);
/* Appends to the garbage list, with a reference. */
void rci_gc_add_garbage(rc_object *o);
void rci_gc_call_back(rc_gc_phase phase, const rc_gc_info *info);

RCI_PEEKS static inline bool rci_gc_candidate(const rc_object *o, int g)
{
#ifdef RECOUNT_THREADS
    if ((uint32_t)o->count << 1 == 0) return false; /* free, or RC_IMMORTAL_COUNT */
#else
    if (o->count <= 0) return false;
#endif
    return (o->word & RCI_STATE_MASK) <= (uint32_t)g;
}

#endif
