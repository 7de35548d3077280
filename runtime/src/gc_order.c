/* SPDX-License-Identifier: MIT
 *
 * A shortcut: a collection that sees from the order of allocation alone that there is nothing to collect.
 *
 * What is unreachable, and still has references, contains a cycle. A cycle has an edge to an older object, or to the
 * same, and one to a younger. So where all edges among the candidates lead to younger ones (trees that grew from the
 * root), or all to older ones (lists and trees built from their ends), everything survives, and nobody has to count
 * references or follow them. The walk ends as soon as both kinds of edges were met, which in a heap that has both is
 * most often at once. Any number that stays the same meanwhile would do for the age: a serial number that was given
 * twice hides nothing, it only looks like an edge of both kinds.
 */
#include "field_p.h"
#include "gc_walk_p.h"

enum { TO_YOUNGER = 1, TO_OLDER = 2 };

static struct {
    unsigned ways; /* TO_YOUNGER: no edge led elsewhere so far; TO_OLDER likewise                       */
    bool rest;     /* some survivors have to be looked at again: to be untracked, or moved to a list */
    size_t candidates, untracked;
} order;

/* The object whose edges are looked at. */
struct from {
    uint32_t word;
    uint32_t oldest; /* generation that is collected */
};

static inline unsigned ways_to(const rc_object *child, struct from from)
{
    uint32_t word = child->word;
    if ((word & RCI_STATE_MASK) > from.oldest) return TO_YOUNGER | TO_OLDER;
    bool younger = word > (from.word | (RCI_SERIAL_UNIT - 1));
    bool older = word < (from.word & ~(RCI_SERIAL_UNIT - 1));
    return (unsigned)younger * TO_YOUNGER + (unsigned)older * TO_OLDER;
}

static int compare(rc_object *child, void *arg)
{
    order.ways &= ways_to(child, *(const struct from *)arg);
    return 0;
}

static inline __attribute__((always_inline)) bool look(rc_object *o, uint32_t g)
{
    const rci_shape *shape = rci_shape_of(o->type);
    struct from from = {o->word, g};
    order.candidates++;
    if (RCI_LIKELY(shape->count != RCI_SHAPELESS)) {
        unsigned ways = order.ways;
        rc_object **slot = (rc_object **)((char *)o + shape->offset);
        for (rc_object **end = slot + shape->count; slot < end; slot++) {
            if (*slot) ways &= ways_to(*slot, from);
        }
        order.ways = ways;
    } else {
        rci_traverse(o, o->type, compare, &(struct from){from.word, g});
    }
    if (RCI_UNLIKELY(shape->untracks || from.word & RCI_LISTED))
        order.rest = true;
    else if (RCI_FULL(g) && RCI_UNLIKELY((from.word & RCI_STATE_MASK) != RCI_GEN2))
        o->word = (from.word & ~RCI_STATE_MASK) | RCI_GEN2;
    return order.ways != 0;
}

static inline __attribute__((always_inline)) bool look_full(rc_object *o, uint32_t *side, int g)
{
    (void)side, (void)g;
    return look(o, RCI_GEN2);
}

static inline __attribute__((always_inline)) bool look_young(rc_object *o, uint32_t *side, int g)
{
    (void)side;
    return look(o, (uint32_t)g);
}

static inline __attribute__((always_inline)) bool survive(rc_object *o, uint32_t *side, int g)
{
    (void)side;
    enum rci_state older = RCI_FULL(g) ? RCI_GEN2 : (enum rci_state)(g + 1);
    if (RCI_UNLIKELY(rci_shape_of(o->type)->untracks) && !rci_refers_to_tracked(o)) {
        older = RCI_UNTRACKED;
        order.untracked++;
    }
    if (RCI_UNLIKELY(o->word & RCI_LISTED))
        rci_set_state(o, older);
    else
        o->word = (o->word & ~RCI_STATE_MASK) | older;
    return true;
}

bool rci_gc_nothing_by_order(int g, size_t *survivors)
{
    order.candidates = order.untracked = 0;
    order.ways = TO_YOUNGER | TO_OLDER;
    order.rest = !RCI_FULL(g);
    if (!(RCI_FULL(g) ? rci_walk(RCI_GEN2, look_full, false) : rci_walk(g, look_young, false))) return false;
    if (order.rest) rci_walk(g, survive, true);
    *survivors = order.candidates - order.untracked;
    return true;
}
