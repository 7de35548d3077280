/* SPDX-License-Identifier: MIT
 *
 * Counts of shared objects. A shared object has -count references, of any threads; each is taken and dropped by one
 * atomic operation, but for the last: that is never dropped, for who finds that it holds the last reference is alone
 * with the object, and lets it die. So the transition to nothing happens exactly once, and a dying object never shows a
 * count that another thread could have made. The exception are those who reach an object without holding it, through a
 * weak reference: they take theirs with the lock held, and it is with the lock held that a dying object which may have
 * weak references makes sure that nobody did.
 */
#ifndef RCI_SHARE_P_H
#define RCI_SHARE_P_H

#include "object_p.h"

/* Changes a count that was *was; false: it was not, *was is what it is now. */
static inline bool rci_change_count(rc_object *o, int32_t *was, int32_t to)
{
    if (rci_alone()) {
        __atomic_store_n(&o->count, to, __ATOMIC_RELAXED);
        return true;
    }
    return __atomic_compare_exchange_n(&o->count, was, to, true, __ATOMIC_RELEASE, __ATOMIC_ACQUIRE);
}

/* Shares an object that a table of all threads' leads to, so that any of them may come by it. */
void rci_share_common(rc_object *o);
/* `owner` refers to p from now on, other than by a field of its own. */
static inline void rci_stored_for(const rc_object *owner, void *p)
{
#ifdef RECOUNT_THREADS
    if (p && __atomic_load_n(&rci_sharing, __ATOMIC_RELAXED) && rci_is_shared(owner)) rc_share(p);
#else
    (void)owner;
    (void)p;
#endif
}

/* One reference more, for somebody who has one, or holds the lock and came by a weak reference. */
static inline void rci_retain_shared(rc_object *o)
{
    int32_t n = __atomic_load_n(&o->count, __ATOMIC_RELAXED);
    do {
        if (n == RC_IMMORTAL_COUNT) return;
    } while (!rci_change_count(o, &n, n - 1));
}

/* One reference less, unless it is the last: then true, and the object is the caller's alone. What other threads did
 * with it before they dropped theirs has happened before that. */
static inline bool rci_drop_shared(rc_object *o)
{
    int32_t n = __atomic_load_n(&o->count, __ATOMIC_ACQUIRE);
    do {
        if (n == -1) return true;
        if (n == RC_IMMORTAL_COUNT) return false;
    } while (!rci_change_count(o, &n, n + 1));
    return false;
}

#endif
