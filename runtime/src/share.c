/* SPDX-License-Identifier: MIT
 *
 * Sharing: which objects several threads may hold. The counts of those are negative and changed by atomic operations
 * (refcount.c); who is not shared is its thread's alone.
 *
 * Invariant: what a shared object refers to is shared or immortal, also by its weak fields; a weak reference is shared
 * if and only if its target is. Nothing is ever unshared.
 */
#include "field_p.h"
#include "gc_p.h"
#include "share_p.h"
#include "weak_p.h"

#ifdef RECOUNT_THREADS

# include <pthread.h>

bool rci_sharing;

/* ---- marking ------------------------------------------------------------------------------------------- */

static rc_object **share_top; /* of a stack in the collector's scratch: no object is pushed twice */

static int share_one(rc_object *o, void *arg)
{
    bool *changed = arg;
    int32_t n = __atomic_load_n(&o->count, __ATOMIC_RELAXED);
    if (n <= 0) return 0;
    __atomic_store_n(&o->count, -n, __ATOMIC_RELAXED);
    *changed = true;
    if (share_top) *share_top++ = o;
    return 0;
}

static void share_weak_fields(rc_object *o, void *changed)
{
    rci_place place;
    for (size_t from = 0; rci_next_field(o, from, &place); from = place.offset + sizeof(void *)) {
        if (place.kind == RC_KIND_WEAK) share_one(*(rc_object **)((char *)o + place.offset), changed);
    }
}

static void share_children(rc_object *o, void *changed)
{
    if (!rci_is_shared(o)) return;
    rci_traverse(o, o->type, share_one, changed);
    share_weak_fields(o, changed);
    rci_weak_visit(o, share_one, changed);
}

/* While a collection uses the scratch the heap is searched for shared objects with unshared children instead. */
void rc_share(void *p)
{
    bool changed = false;
    if (!p || rci_is_shared(p)) return;
    RCI_GUARD;
    __atomic_store_n(&rci_sharing, true, __ATOMIC_RELAXED);
    share_top = rci_gc.collecting ? NULL : rci_gc.scratch;
    share_one(p, &changed);
    while (share_top && share_top > (rc_object **)rci_gc.scratch) share_children(*--share_top, &changed);
    while (!share_top && changed) {
        changed = false;
        rci_each_object(share_children, &changed);
    }
}

static bool may_refer(const rc_type *type)
{
    while (type && !type->traverse && !(type->fields && type->fields->kind != RC_KIND_END)) type = type->base;
    return type != NULL;
}

/* Stores have to be watched only for objects that refer to others. */
void rci_share_common(rc_object *o)
{
    if (may_refer(o->type))
        rc_share(o);
    else if (o->count > 0)
        __atomic_store_n(&o->count, -o->count, __ATOMIC_RELAXED);
}

/* ---- the store barrier --------------------------------------------------------------------------------- */

/* The calling thread's stack; looked up once. */
static RCI_THREAD_LOCAL struct {
    uintptr_t low, high;
} stack;

static bool is_on_own_stack(const void *p)
{
    if (!stack.high) {
        pthread_attr_t attr;
        void *low = NULL;
        size_t bytes = 0;
        if (pthread_getattr_np(pthread_self(), &attr) == 0) {
            pthread_attr_getstack(&attr, &low, &bytes);
            pthread_attr_destroy(&attr);
        }
        stack.low = (uintptr_t)low;
        stack.high = (uintptr_t)low + bytes;
    }
    return (uintptr_t)p >= stack.low && (uintptr_t)p < stack.high;
}

/* Whether another thread may find what is stored at `slot`. A field belongs to the object around it. Of anything else
 * – an element of a buffer, a large object, a global variable – it is not known whose it is; only what stands on this
 * thread's stack is surely its own. */
static bool may_be_shared(const void *slot)
{
    rci_arena *a = rci_arena_of(slot);
    rci_pool *pool = a && (const char *)slot >= a->first ? rci_arena_pool(a, slot) : NULL;
    if (!pool || rci_pool_kind(pool) == RCI_BLOCKS) return !is_on_own_stack(slot);
    const char *start = rci_pool_page(pool) + rci_pool_start(pool);
    size_t at = (size_t)((const char *)slot - start);
    return rci_is_shared((const rc_object *)(start + (at - at % rci_pool_block_bytes(pool))));
}

void rci_store_barrier(const void *slot, const void *p)
{
    const rc_object *o = p;
    if (__atomic_load_n(&o->count, __ATOMIC_RELAXED) > 0 && may_be_shared(slot))
        rc_share((void *)(uintptr_t)p);
}

#else

void rc_share(void *p)
{
    (void)p;
}

void rci_share_common(rc_object *o)
{
    (void)o;
}

#endif
