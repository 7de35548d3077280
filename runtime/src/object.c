/* SPDX-License-Identifier: MIT */
#include "object_p.h"

#include "debug_p.h"
#include "domain_p.h"
#include "field_p.h"
#include "gc_p.h"
#include "intern_p.h"
#include "profile_p.h"

#include <stdlib.h>

#define RING(i)                                                                                              \
 {                                                                                                           \
  .next = &rci_lists[i], .prev = &rci_lists[i]                                                               \
 }
rci_listed rci_lists[RCI_STATES] = {RING(0), RING(1), RING(2), RING(3), RING(4), RING(5), RING(6)};
_Static_assert(RCI_STATES == 7, "one ring for each state");

size_t rci_immortals;

/* ---- lists --------------------------------------------------------------------------------------------- */

static void list_add(rci_listed *l, enum rci_state state)
{
    rci_listed *ring = &rci_lists[state];
    l->prev = ring->prev;
    l->next = ring;
    ring->prev->next = l;
    ring->prev = l;
}

static void list_remove(rci_listed *l)
{
    l->prev->next = l->next;
    l->next->prev = l->prev;
}

void rci_set_state(rc_object *o, enum rci_state state)
{
    RCI_GUARD_IF(o->word & RCI_LISTED);
    rci_set_word(o, (o->word & ~RCI_STATE_MASK) | state);
    if (o->word & RCI_LISTED) {
        list_remove(rci_listed_of(o));
        list_add(rci_listed_of(o), state);
    }
}

/* ---- making -------------------------------------------------------------------------------------------- */

/* What follows the header, of a block of `bytes`, a multiple of 16. */
static inline void zero(void *block, size_t bytes)
{
    char *p = (char *)block + 16, *end = (char *)block + bytes;
    /* Headers of 32-bit machines are shorter. */
    memset((char *)block + sizeof(rc_object), 0, 16 - sizeof(rc_object));
    if (RCI_UNLIKELY(bytes > 96)) {
        memset(p, 0, (size_t)(end - p));
        return;
    }
    for (; p < end; p += 16) memset(p, 0, 16);
}

/* The block becomes an object of one reference. A collection that its allocation starts comes first: a count
 * of 0 keeps the block out of its sight. */
static inline rc_object *start_tracked(rci_heap *heap, rci_block *block, const rc_type *type, uint32_t flags)
{
    rc_object *o = (rc_object *)block;
    o->count = 0;
    size_t young = heap->young + 1;
    __atomic_store_n(&heap->young, young, __ATOMIC_RELAXED);
    if (RCI_UNLIKELY(young > __atomic_load_n(&rci_gc.trigger, __ATOMIC_RELAXED))) rci_gc_automatic();
    if (RCI_UNLIKELY(heap->serial == heap->serial_last)) rci_gc_give_serials(heap);
    heap->serial += RCI_SERIAL_UNIT;
    o->word = heap->serial | flags | RCI_GEN0;
    o->type = type;
    return o;
}

/* The caller holds the lock. */
static rc_object *alloc_listed(const rc_type *type, size_t bytes, const char *site)
{
    if (bytes > PTRDIFF_MAX - sizeof(rci_listed)) return NULL;
    bool tracked = type->flags & RC_TYPE_GC;
    if (rci_gc_reserve_listed() != 0) return NULL;
    rci_listed *l = rci_obj_malloc(sizeof *l + bytes, NULL);
    if (!l || rci_gc_reserve_side(l) != 0) {
        if (l) rc_obj_free(l);
        rci_gc_unreserve_listed();
        return NULL;
    }
    memset(l, 0, sizeof *l + bytes);
    l->bytes = bytes;
    rc_object *o = rci_listed_object(l);
    if (tracked)
        start_tracked(rci_heap_self(), (rci_block *)o, type, RCI_LISTED);
    else
        o->word = RCI_LISTED | RCI_UNTRACKED;
    o->type = type;
    o->count = 1;
    list_add(l, rci_state(o));
    rci_trace_object(l, site);
    return o;
}

static rc_object *alloc_pooled(const rc_type *type, size_t bytes)
{
    enum rci_kind kind = type->flags & RC_TYPE_GC ? RCI_TRACKED : RCI_PLAIN;
    unsigned slot = rci_slot_of(bytes, kind);
    rci_heap *heap = rci_heap_self();
    if (!rci_pool_ready(heap, slot) && !rci_pool_refill(heap, slot)) return NULL;
    rci_pool *pool;
    rc_object *o = rci_pool_take(heap, slot, &pool);
    zero(o, (bytes + 15) & ~(size_t)15);
    if (kind == RCI_TRACKED) {
        start_tracked(heap, (rci_block *)o, type, 0);
        if (RCI_UNLIKELY(pool->young != 0)) rci_young_note(pool, 0);
    } else {
        o->word = RCI_UNTRACKED;
        o->type = type;
    }
    o->count = 1;
    return o;
}

static inline bool is_pooled(size_t bytes)
{
    return bytes - 1 < rci_limit(&rci_heap_self()->front.limits.object);
}

/* The heap is closed, or not there yet; the object is large, or comes from a hook; or there is no memory. */
static __attribute__((noinline)) rc_object *alloc_otherwise(const rc_type *type, size_t bytes,
                                                            const char *site)
{
    RCI_GUARD;
    rci_start();
    rci_thread_attach();
    rc_object *o = is_pooled(bytes) ? alloc_pooled(type, bytes) : NULL;
    return o ? o : alloc_listed(type, bytes, site);
}

static rc_object *alloc_any(const rc_type *type, size_t bytes, const char *site)
{
    rc_object *o = RCI_LIKELY(is_pooled(bytes)) ? alloc_pooled(type, bytes) : NULL;
    if (RCI_UNLIKELY(!o)) o = alloc_otherwise(type, bytes, site);
    if (o) {
        RCI_TOTAL(1);
        rci_profile_count(bytes);
    }
    return o;
}

/* What most allocations are: a small object from a pool that has a block to give, without a collection to start and
 * without anyone who wants to know. NULL: it takes more than that. */
static inline __attribute__((always_inline)) rc_object *alloc_at_once(const rc_type *type, size_t bytes)
{
    bool tracked = type->flags & RC_TYPE_GC;
    rci_heap *heap = rci_heap_self();
    if (RCI_UNLIKELY(bytes - 1 >= rci_limit(&heap->front.limits.object) || rci_profile_top)) return NULL;
    if (RCI_UNLIKELY(type->flags & RC_TYPE_SINGLETON)) return NULL;
    unsigned slot = rci_slot_of(bytes, tracked ? RCI_TRACKED : RCI_PLAIN);
    size_t whole = (bytes + 15) & ~(size_t)15;
    rci_pool *pool = heap->front.active[slot];
    rci_block *block = pool->free;
    if (RCI_UNLIKELY(!block)) return NULL;
    uint32_t word = RCI_UNTRACKED;
    if (tracked) {
        size_t young = heap->young;
        uint32_t serial = heap->serial;
        bool due = young >= __atomic_load_n(&rci_gc.trigger, __ATOMIC_RELAXED);
        if (RCI_UNLIKELY(due || serial == heap->serial_last || pool->young != 0)) return NULL;
        __atomic_store_n(&heap->young, young + 1, __ATOMIC_RELAXED);
        heap->serial = serial += RCI_SERIAL_UNIT;
        word = serial | RCI_GEN0;
    }
    rc_object *o = rci_block_take_first(&heap->front, slot, pool, block, whole);
    o->count = 1;
    o->word = word;
    o->type = type;
    zero(o, whole);
    RCI_TOTAL(1);
    return o;
}

static __attribute__((noinline)) rc_object *alloc(const rc_type *type, const char *site)
{
    if (RCI_UNLIKELY(type->flags & RC_TYPE_SINGLETON)) return rci_singleton(type, site);
    return alloc_any(type, type->size, site);
}

rc_object *rci_alloc(const rc_type *type, const char *site)
{
    rc_object *o = alloc_at_once(type, type->size);
    return RCI_LIKELY(o != NULL) ? o : alloc(type, site);
}

rc_object *rci_alloc_instance(const rc_type *type, size_t items, const char *site)
{
    size_t bytes;
    if (__builtin_mul_overflow(items, type->item_size, &bytes) ||
        __builtin_add_overflow(bytes, type->size, &bytes) || bytes > PTRDIFF_MAX / 2)
        return NULL;
    return alloc_any(type, bytes, site);
}

rc_object *rci_alloc_items(const rc_type *type, size_t n, const char *site)
{
    if (RCI_UNLIKELY(type->flags & RC_TYPE_SINGLETON)) return rci_singleton(type, site);
    return rci_alloc_instance(type, n, site);
}

rc_object *(rc_alloc)(const rc_type *type)
{
    return rci_alloc(type, NULL);
}

rc_object *(rc_alloc_items)(const rc_type *type, size_t n)
{
    return rci_alloc_items(type, n, NULL);
}

/* ---- freeing ------------------------------------------------------------------------------------------- */

size_t rci_object_bytes(const rc_object *o)
{
    if (o->word & RCI_LISTED) return rci_listed_of(o)->bytes;
    rci_arena *a = rci_arena_of(o);
    return a ? rci_pool_block_bytes(rci_arena_pool(a, o)) : o->type->size;
}

static void free_listed(rc_object *o)
{
    RCI_GUARD;
    rci_listed *l = rci_listed_of(o);
    list_remove(l);
    rci_untrace_object(l);
    rci_gc_unreserve_listed();
    o->count = 0;
    rc_obj_free(l);
}

/* Whether it was tracked and is to be counted here: what is another thread's its owner counts. */
static bool release_elsewhere(rc_object *o)
{
    rci_heap *heap = rci_heap_self();
    rci_arena *a = rci_arena_of(o);
    rci_pool *pool = rci_arena_pool(a, o);
    bool ours = a->heap == heap, tracked = rci_pool_kind(pool) == RCI_TRACKED;
    o->count = 0;
    if (ours)
        rci_pool_free(heap, pool, o);
    else
        rci_heap_send(a->heap, o);
    return ours && tracked;
}

bool rci_object_release_rare(rc_object *o)
{
    if (!(o->word & RCI_LISTED)) return release_elsewhere(o);
    bool tracked = o->type->flags & RC_TYPE_GC;
    free_listed(o);
    return tracked;
}

void rci_object_free(rc_object *o)
{
    rci_gc_count_releases(rci_heap_self(), rci_object_release(o));
}

void rci_object_fini(void)
{
    for (unsigned i = 0; i < RCI_STATES; i++) {
        while (rci_lists[i].next != &rci_lists[i]) free_listed(rci_listed_object(rci_lists[i].next));
    }
    rci_immortals = 0;
}

/* ---- looking ------------------------------------------------------------------------------------------- */

RCI_PEEKS static void each_in_pool(rci_pool *pool, void (*visit)(rc_object *, void *), void *arg)
{
    char *page = rci_pool_page(pool);
    size_t bytes = rci_pool_block_bytes(pool);
    for (size_t at = rci_pool_start(pool); at < pool->bump; at += bytes) {
        rc_object *o = (rc_object *)(page + at);
        if (o->count != 0) visit(o, arg);
    }
}

void rci_each_object(void (*visit)(rc_object *o, void *arg), void *arg)
{
    for (rci_arena *a = rci_arenas.first; a; a = a->all_next) {
        for (unsigned i = 0; i < a->fresh; i++) {
            rci_pool *pool = rci_arena_nth(a, i);
            if (pool->used && rci_pool_kind(pool) != RCI_BLOCKS) each_in_pool(pool, visit, arg);
        }
    }
    for (unsigned i = 0; i < RCI_STATES; i++) {
        for (rci_listed *l = rci_lists[i].next; l != &rci_lists[i]; l = l->next)
            visit(rci_listed_object(l), arg);
    }
}

size_t rc_live_objects(void)
{
    RCI_STOPPED;
    size_t n = 0;
    for (rci_arena *a = rci_arenas.first; a; a = a->all_next) {
        for (unsigned i = 0; i < a->fresh; i++) {
            rci_pool *pool = rci_arena_nth(a, i);
            if (pool->used && rci_pool_kind(pool) != RCI_BLOCKS) n += pool->live;
        }
    }
    for (unsigned i = 0; i < RCI_STATES; i++) {
        for (rci_listed *l = rci_lists[i].next; l != &rci_lists[i]; l = l->next) n++;
    }
    return n - rci_immortals;
}

size_t rc_refcount(const void *p)
{
    const rc_object *o = p;
    if (rc_is_immortal(o)) return (size_t)INT32_MAX + 1;
    return rci_is_counted(o) ? rci_references(o) : 0;
}

const rc_type *rc_type_of(const void *p)
{
    return ((const rc_object *)p)->type;
}

bool rc_is_instance(const void *p, const rc_type *type)
{
    const rc_type *t = p ? rc_type_of(p) : NULL;
    while (t && t != type) t = t->base;
    return t != NULL;
}

void rc_immortalize(void *p)
{
    RCI_GUARD;
    rc_object *o = p;
    if (!o || !rci_is_counted(o)) return;
    RCI_TOTAL(-(ssize_t)rci_references(o));
    __atomic_store_n(&o->count, RC_IMMORTAL_COUNT, __ATOMIC_RELAXED);
    if (o->word & RCI_LISTED || rci_arena_of(o)) rci_immortals++;
}

bool rc_is_immortal(const void *p)
{
    return p && __atomic_load_n(&((const rc_object *)p)->count, __ATOMIC_RELAXED) == RC_IMMORTAL_COUNT;
}

unsigned rc_version(void)
{
    return RECOUNT_VERSION;
}

/* ---- files that were not rewritten --------------------------------------------------------------------- */

const rc_type rc_type_unrewritten = {.name = "unrewritten", .size = sizeof(rc_object)};

rc_object *rci_unrewritten(const char *file, size_t size)
{
    (void)size;
    fprintf(stderr,
            "recount: %s: not rewritten: compile it with `recount cc` or run `recount rewrite` on it first\n",
            file);
    exit(EXIT_FAILURE);
}

rc_object *rci_intern_unrewritten(const char *file, const void *key, size_t bytes, bool *created)
{
    (void)key;
    (void)created;
    return rci_unrewritten(file, bytes);
}
