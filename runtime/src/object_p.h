/* SPDX-License-Identifier: MIT
 *
 * Objects from inside: the header's private word, objects outside the pools, death.
 *
 * word:  serial << 6 | interior flags | state. The serial grows with each tracked allocation and tells which
 * of two objects is older (roughly, when two threads made them). An object is its thread's until it is shared; the
 * lists of those outside the pools are changed under the lock.
 */
#ifndef RCI_OBJECT_P_H
#define RCI_OBJECT_P_H

#include "pool_p.h"

/* The collector's view of an object. The first three are its generation. */
enum rci_state {
    RCI_GEN0,
    RCI_GEN1,
    RCI_GEN2,
    RCI_FROZEN, /* tracked, in the permanent generation                       */
    RCI_UNTRACKED,
    RCI_DOOMED, /* found unreachable by the collection that is running         */
    RCI_DYING,  /* its fields are being released; `count` says how far it is   */
    RCI_STATES
};
#define RCI_STATE_MASK  0x7u
#define RCI_FINALIZED   0x08u /* its finalizer has run                             */
#define RCI_WEAK        0x10u /* weak references to it exist; once shared: may have existed */
#define RCI_LISTED      0x20u /* outside the pools, behind an rci_listed           */
#define RCI_SERIAL_UNIT 0x40u

/* In front of an object that is not a pool's own block: too large, from a user's hook, or under debugging. */
typedef struct rci_listed {
    struct rci_listed *next, *prev; /* of the objects in the same state                */
    size_t bytes;                   /* of the object                                   */
    const char *site;               /* "file:line" of its allocation, or NULL          */
    uint32_t side;                  /* the collector's working count                   */
    uint32_t reserved[sizeof(void *) == 8 ? 3 : 7];
} rci_listed;
_Static_assert(sizeof(rci_listed) % 16 == 0, "objects behind it are 16-byte aligned");

/* A class of the library's own whose fields are in a table: its `clear` runs as soon as nothing can save an
 * instance, before its fields go. */
#define RCI_TYPE_BUILTIN 0x100u
/* Beside it: a collection stops tracking instances that refer to nothing tracked. */
#define RCI_TYPE_UNTRACKS 0x200u
/* Head of a ring for each state. */
extern RCI_HIDDEN rci_listed rci_lists[RCI_STATES];

/* Other threads may read the word of a shared object at any time. It is changed with the lock held, or by who is alone
 * with the object. */
static inline uint32_t rci_word(const rc_object *o)
{
    return __atomic_load_n(&o->word, __ATOMIC_RELAXED);
}

static inline void rci_set_word(rc_object *o, uint32_t word)
{
    __atomic_store_n(&o->word, word, __ATOMIC_RELAXED);
}

static inline enum rci_state rci_state(const rc_object *o)
{
    return (enum rci_state)(rci_word(o) & RCI_STATE_MASK);
}

/* References of several threads: the count is their number, negated. Without threads there is no such object. */
static inline bool rci_is_shared(const rc_object *o)
{
#ifdef RECOUNT_THREADS
    int32_t n = __atomic_load_n(&o->count, __ATOMIC_RELAXED);
    return n < 0 && n != RC_IMMORTAL_COUNT && rci_state(o) != RCI_DYING;
#else
    (void)o;
    return false;
#endif
}

/* Neither immortal, nor dying, nor a free block. */
static inline bool rci_is_counted(const rc_object *o)
{
    return __atomic_load_n(&o->count, __ATOMIC_RELAXED) > 0 || rci_is_shared(o);
}

/* References to an object that is counted. */
static inline uint32_t rci_references(const rc_object *o)
{
    int32_t n = __atomic_load_n(&o->count, __ATOMIC_RELAXED);
    return (uint32_t)(n < 0 ? -n : n);
}

static inline rci_listed *rci_listed_of(const rc_object *o)
{
    return (rci_listed *)(uintptr_t)o - 1;
}

static inline rc_object *rci_listed_object(rci_listed *l)
{
    return (rc_object *)(l + 1);
}

/* Changes the state, and the list of an object that is in one. */
void rci_set_state(rc_object *o, enum rci_state state);

/* Bytes of an object with its trailing items, rounded up to what its block has; the rest is zeroed. */
size_t rci_object_bytes(const rc_object *o);
/* Frees the memory of an object whose fields are gone. */
void rci_object_free(rc_object *o);
/* The same for one outside the pools, or in those of another heap. */
bool rci_object_release_rare(rc_object *o);

/* The same, but that it leaves this heap's count of releases to the caller: by how much it falls. */
static inline uint32_t rci_object_release(rc_object *o)
{
    rci_heap *heap = rci_heap_self();
    if (RCI_UNLIKELY(o->word & RCI_LISTED) || !rci_is_mine(&heap->front, o)) return rci_object_release_rare(o);
    rci_pool *pool = rci_aligned_pool(o);
    bool tracked = pool->slot >= RCI_TRACKED * RCI_CLASSES;
    o->count = 0;
    rci_pool_free(heap, pool, o);
    return tracked;
}
/* rci_alloc_items without regard to RC_TYPE_SINGLETON. */
rc_object *rci_alloc_instance(const rc_type *type, size_t items, const char *site);
/* Calls each object that is alive, of any kind. The visitor must not allocate or free objects. */
void rci_each_object(void (*visit)(rc_object *o, void *arg), void *arg);
/* Whether the class, or a class it derives from, has a finalizer. */
bool rci_has_finalizer(const rc_type *type);
/* Runs the finalizers, derived class first, unless that was done before. The caller holds a reference. */
void rci_finalize(rc_object *o);
/* Drops all strong fields of an object that stays allocated. */
void rci_clear(rc_object *o);
bool rci_can_clear(const rc_type *type);
/* Forgets every object: their memory is gone. */
void rci_object_fini(void);

extern RCI_HIDDEN size_t rci_immortals; /* immortal objects on the heap */

/* Deaths inside a user's clear function nest on the C stack; below RCI_NEST_MAX of them the dead wait in a
 * chain. Each call of a finalizer or callback starts a nest of its own, which is empty again before that call
 * returns. */
#define RCI_NEST_MAX 100
typedef struct rci_nest {
    unsigned depth;
    rc_object *waiting;
} rci_nest;
rci_nest rci_nest_enter(void);
void rci_nest_leave(rci_nest outer);

#endif
