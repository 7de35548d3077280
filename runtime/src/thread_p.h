/* SPDX-License-Identifier: MIT
 *
 * Threads: the lock around the library, and stopping the world.
 *
 * A thread that enters the library holds its one lock until it leaves, finalizers and callbacks included. As long as
 * the process has a single thread there is nothing to lock, and entering costs a load and a branch. Counts of
 * objects that are confined to a thread are changed by that thread without the lock; those of shared objects are
 * negative, and are changed with the lock held. A collection runs with the lock held when no other thread is in
 * user code: each is on its way into the library, or has said that it is blocked.
 */
#ifndef RCI_THREAD_P_H
#define RCI_THREAD_P_H

#include "check_p.h"
#include "recount.h"

#ifdef RECOUNT_THREADS

# include <sys/single_threaded.h>

# define RCI_THREAD_LOCAL _Thread_local __attribute__((tls_model("initial-exec")))

void rci_lock(void);
void rci_unlock(void);

/* The process has a single thread: there is nothing to lock. */
static inline bool rci_alone(void)
{
    return RCI_LIKELY(__libc_single_threaded);
}

static inline bool rci_enter(void)
{
    if (rci_alone()) return false;
    rci_lock();
    return true;
}

static inline void rci_leave(const bool *locked)
{
    if (RCI_UNLIKELY(*locked)) rci_unlock();
}

/* First statement of every entry point: holds the lock to the end of the function. */
# define RCI_GUARD bool rci_guard __attribute__((cleanup(rci_leave), unused)) = rci_enter()

/* The caller holds the lock. False: some thread did not come to rest in time. */
bool rci_stop_world(void);
/* The calling thread uses the library from now on. */
void rci_thread_attach(void);

#else

# define RCI_THREAD_LOCAL
# define RCI_GUARD ((void)0)

static inline bool rci_alone(void)
{
    return true;
}

static inline bool rci_stop_world(void)
{
    return true;
}
static inline void rci_thread_attach(void) {}

#endif

#endif
