/* SPDX-License-Identifier: MIT
 *
 * A shortcut: a collection that sees from the order of allocation alone that there is nothing to collect.
 *
 * What is unreachable, and still has references, contains a cycle. A cycle has an edge to an older object, or to the
 * same, and one to a younger. So where all edges among the candidates lead to younger ones (trees that grew from the
 * root), or all to older ones (lists and trees built from their ends), everything survives, and nobody has to count
 * references or follow them. The walk ends at the first edge of the other kind, which in a heap that has both comes most
 * often at once. Any number that stays the same meanwhile would do for the age: a serial number that was given
 * twice hides nothing, it only looks like an edge of both kinds.
 */
#include "field_p.h"
#include "gc_walk_p.h"

/* Bytes from an object that is looked at to what is asked for: on a new page the hardware starts from nothing. */
#define LOOK_AHEAD 1024

static struct {
    uint32_t flip; /* 0: edges have to lead to younger objects; ~0: to older ones                   */
    bool rest;     /* some survivors have to be looked at again: to be untracked, or moved to a list */
    size_t candidates, untracked;
} order;

/* The object whose edges are looked at. */
struct from {
    uint32_t bound;  /* what is not older (flipped: not younger) is not above     */
    uint32_t oldest; /* generation that is collected                              */
};

static inline struct from from_word(uint32_t word, uint32_t flip, int g)
{
    return (struct from){(word ^ flip) | (RCI_SERIAL_UNIT - 1), (uint32_t)g};
}

/* The state decides last: most edges are in order, whatever they lead to. */
static inline bool against_order(const rc_object *child, struct from from, uint32_t flip)
{
    uint32_t word = child->word;
    return RCI_UNLIKELY((word ^ flip) <= from.bound) && (word & RCI_STATE_MASK) <= from.oldest;
}

static int compare(rc_object *child, void *arg)
{
    return against_order(child, *(const struct from *)arg, order.flip);
}

/* A survivor of a full collection that need not be looked at again is in the oldest generation from here on. */
static inline void pass(rc_object *o, const rci_shape *shape, int g)
{
    if (RCI_UNLIKELY(shape->untracks || o->word & RCI_LISTED))
        order.rest = true;
    else if (RCI_FULL(g) && RCI_UNLIKELY(rci_state(o) != RCI_GEN2))
        o->word = (o->word & ~RCI_STATE_MASK) | RCI_GEN2;
}

/* Any object. */
static __attribute__((noinline)) bool look(rc_object *o, uint32_t *side, int g)
{
    struct from from = from_word(o->word, order.flip, g);
    (void)side;
    order.candidates++;
    if (rci_traverse(o, o->type, compare, &from)) return false;
    pass(o, rci_shape_of(o->type), g);
    return true;
}

/* A pool's objects; most classes have a run of strong pointers. */
RCI_PEEKS static inline __attribute__((always_inline)) bool look_pool(rci_pool *pool, int g, rci_step fn)
{
    rci_shape shape = {0};
    char *page = rci_pool_page(pool), *end = page + pool->bump;
    size_t bytes = rci_pool_block_bytes(pool), n = 0;
    const uint32_t flip = order.flip;
    const rc_object nobody = {.word = ~flip}; /* for empty slots: which are empty no processor can predict */
    (void)fn;
    for (char *at = page + rci_pool_start(pool); at < end; at += bytes) {
        rc_object *o = (rc_object *)at;
        __builtin_prefetch(at + LOOK_AHEAD);
        if (!rci_gc_candidate(o, g)) continue;
        if (RCI_UNLIKELY(o->type != shape.type)) shape = *rci_shape_of(o->type);
        if (RCI_UNLIKELY(shape.count == RCI_SHAPELESS)) {
            if (!look(o, NULL, g)) return false;
            continue;
        }
        struct from from = from_word(o->word, flip, g);
        rc_object **slot = (rc_object **)(at + shape.offset), **last = slot + shape.count;
        for (; slot < last; slot++) {
            const rc_object *child = *slot, *other = &nobody;
            RCI_OPAQUE(other);
            if (RCI_UNLIKELY(against_order(child ? child : other, from, flip))) return false;
        }
        n++;
        pass(o, &shape, g);
    }
    order.candidates += n;
    return true;
}

static bool survive(rc_object *o, uint32_t *side, int g)
{
    (void)side;
    enum rci_state older = RCI_FULL(g) ? RCI_GEN2 : (enum rci_state)(g + 1);
    if (rci_shape_of(o->type)->untracks && !rci_refers_to_tracked(o)) {
        older = RCI_UNTRACKED;
        order.untracked++;
    }
    if (rci_state(o) != older) rci_set_state(o, older);
    return true;
}

/* The same where nothing has to be untracked. */
RCI_PEEKS static inline __attribute__((always_inline)) bool survive_pool(rci_pool *pool, int g, rci_step fn)
{
    char *page = rci_pool_page(pool), *end = page + pool->bump;
    size_t bytes = rci_pool_block_bytes(pool);
    (void)fn;
    for (char *at = page + rci_pool_start(pool); at < end; at += bytes) {
        rc_object *o = (rc_object *)at;
        if (rci_gc_candidate(o, g)) o->word = (o->word & ~RCI_STATE_MASK) | (uint32_t)(g + 1);
    }
    return true;
}

static bool one_way_full(void)
{
    return rci_walk_pools(RCI_GEN2, look_pool, NULL, false) && rci_walk_listed(RCI_GEN2, look);
}

static bool one_way_young(int g)
{
    return rci_walk_pools(g, look_pool, NULL, false) && rci_walk_listed(g, look);
}

static bool one_way(int g, uint32_t flip)
{
    order.flip = flip;
    order.rest = false;
    order.candidates = order.untracked = 0;
    return RCI_FULL(g) ? one_way_full() : one_way_young(g);
}

bool rci_gc_nothing_by_order(int g, size_t *survivors)
{
    if (!one_way(g, 0) && !one_way(g, UINT32_MAX)) return false;
    if (order.rest)
        rci_walk(g, survive, true);
    else if (!RCI_FULL(g))
        rci_walk_pools(g, survive_pool, NULL, false);
    *survivors = order.candidates - order.untracked;
    return true;
}
