/* SPDX-License-Identifier: MIT
 *
 * Threads: the lock around what they share, and stopping the world.
 *
 * A thread allocates from its heap, and counts and frees its objects, without asking anybody. Whatever is common to
 * all – arenas, collections, weak references, tables – is used with the one lock held, which is recursive. A thread
 * is at rest while it waits for that lock, or has said that it is blocked; everywhere else it may be in the middle of
 * anything. A collection holds the lock and waits until all other threads are at rest: the world is stopped then, and
 * stays so until the lock is released, because nobody leaves its rest without the lock.
 *
 * To make running threads come to rest their heaps are closed: the next allocation finds every limit to be 0, goes the
 * slow way, and there asks for the lock. Allocation does not pay for that: it compares with the limit anyway.
 */
#ifndef RCI_THREAD_P_H
#define RCI_THREAD_P_H

#include "check_p.h"
#include "recount.h"

struct rci_heap;

/* The calling thread uses the library from now on: collections wait for it. Where it did not before, this may be where
 * it rests. */
void rci_thread_attach(void);

#ifdef RECOUNT_THREADS

# include <sys/single_threaded.h>

# define RCI_THREAD_LOCAL _Thread_local __attribute__((tls_model("initial-exec")))

void rci_lock(void);
void rci_unlock(void);

/* The process has a single thread: an atomic operation would be one for nothing. */
static inline bool rci_alone(void)
{
    return __libc_single_threaded;
}

static inline bool rci_enter(bool wanted)
{
    if (wanted) rci_lock();
    return wanted;
}

static inline void rci_leave(const bool *locked)
{
    if (*locked) rci_unlock();
}

/* Hold the lock to the end of the block; _IF: on a condition. */
# define RCI_GUARD          RCI_GUARD_IF(true)
# define RCI_GUARD_IF(want) bool rci_guard __attribute__((cleanup(rci_leave), unused)) = rci_enter(want)

/* The caller holds the lock. True: the world is stopped, and what threads freed for each other is in its place (not
 * after rci_halt_world: it waits in the mail). False: some thread did not come to rest in time. */
bool rci_stop_world(void);
bool rci_halt_world(void);
/* No thread is using this heap: the caller's own, an abandoned one, or that of a thread at rest. The caller holds the
 * lock. */
bool rci_heap_rests(const struct rci_heap *heap);

#else

# define RCI_THREAD_LOCAL
# define RCI_GUARD          ((void)0)
# define RCI_GUARD_IF(want) ((void)(want))

static inline bool rci_alone(void)
{
    return true;
}
static inline bool rci_stop_world(void)
{
    return true;
}
static inline bool rci_halt_world(void)
{
    return true;
}
static inline bool rci_heap_rests(const struct rci_heap *heap)
{
    (void)heap;
    return true;
}

#endif

/* Holds the lock to the end of the block, with the world stopped if it can be. For those that look at all heaps: of a
 * thread that does not come to rest they see what they happen to see. */
#define RCI_STOPPED                                                                                          \
 RCI_GUARD;                                                                                                  \
 (void)rci_stop_world()

#endif
