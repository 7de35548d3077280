/* SPDX-License-Identifier: MIT
 *
 * Which objects are unreachable, by the method of CPython: a reference that does not come from inside the
 * generations looked at comes from outside. Unless the order of allocation tells that nothing is (gc_order.c),
 *   count_inside   for each object, the references to it from the others (in the side array)
 *   mark           an object with more references than that is live, and so is all that it reaches
 *   gather         the rest is trash, sorted into the order of allocation
 * Counts themselves are not touched. No phase runs user code or allocates: the side arrays came with the
 * pools, the mark stack and the trash share the scratch that was reserved with them.
 */
#include "field_p.h"
#include "gc_walk_p.h"
#include "os_p.h"

#define REACHED 0x80000000u /* in a side count */

uint32_t *rci_side_of_other(const rc_object *o)
{
    rci_arena *a = rci_arena_of(o);
    if (a) return a->side ? &a->side[((uintptr_t)o - (uintptr_t)a) >> RCI_ALIGN_SHIFT] : NULL;
    return o->word & RCI_LISTED ? &rci_listed_of(o)->side : NULL;
}

static int may_be_tracked(rc_object *child, void *arg)
{
    (void)arg;
    if (!(child->type->flags & RC_TYPE_GC)) return 0;
    return !(child->type->flags & RCI_TYPE_UNTRACKS && rci_state(child) == RCI_UNTRACKED);
}

bool rci_refers_to_tracked(rc_object *o)
{
    return rci_traverse(o, o->type, may_be_tracked, NULL) != 0;
}

/* ---- reserved memory ----------------------------------------------------------------------------------- */

#define SCRATCH_FIRST ((size_t)1 << 20)
/* Two entries for each object: sorting merges from one half to the other. */
#define SCRATCH_PER_OBJECT (2 * sizeof(rci_trash))
/* Reserved memory that was used is handed back beyond this. */
#define SCRATCH_KEPT ((size_t)4 << 20)

/* Pools are given up without the lock. */
static void unreserve(size_t objects)
{
    __atomic_sub_fetch(&rci_gc.capacity, objects, __ATOMIC_RELAXED);
}

static int reserve(size_t objects)
{
    size_t capacity = __atomic_add_fetch(&rci_gc.capacity, objects, __ATOMIC_RELAXED);
    size_t bytes = rci_gc.scratch_bytes, need = capacity * SCRATCH_PER_OBJECT;
    if (need > bytes) {
        bytes = bytes ? bytes : SCRATCH_FIRST;
        while (bytes < need) bytes *= 2;
        void *p = rci_os_grow(rci_gc.scratch, rci_gc.scratch_bytes, bytes);
        if (!p) {
            unreserve(objects);
            return -1;
        }
        rci_gc.scratch = p;
        rci_gc.scratch_bytes = bytes;
    }
    return 0;
}

static size_t pool_capacity(const rci_pool *pool)
{
    return RCI_POOL_BYTES / rci_pool_block_bytes(pool);
}

int rci_gc_reserve_pool(rci_pool *pool)
{
    if (rci_pool_kind(pool) == RCI_TRACKED && rci_arena_reserve_side(rci_pool_arena(pool)) != 0) return -1;
    return reserve(pool_capacity(pool));
}

void rci_gc_unreserve_pool(const rci_pool *pool)
{
    if (rci_pool_kind(pool) != RCI_BLOCKS) unreserve(pool_capacity(pool));
}

int rci_gc_reserve_listed(void)
{
    return reserve(1);
}

void rci_gc_unreserve_listed(void)
{
    unreserve(1);
}

int rci_gc_reserve_side(rci_listed *l)
{
    rci_arena *a = rci_arena_of(rci_listed_object(l));
    return a ? rci_arena_reserve_side(a) : 0;
}

/* ---- count_inside -------------------------------------------------------------------------------------- */

static size_t candidate_count;

/* A full collection counts references to every object with a side count, wanted or not: it never has to read
 * the child itself. A young one asks the child, so as not to leave counts behind for old objects.
 *
 * A full collection of a large heap misses the cache at every edge. So the address that an edge leads to is asked
 * for when the edge is met, and used when QUEUE others have been met. */
#define QUEUE 16

static struct {
    uint32_t *sides[QUEUE];
    unsigned next;
} counting;

static int count_full(rc_object *child, void *arg)
{
    (void)arg;
    uint32_t *side = rci_side_of(child);
    if (!side) return 0;
    uint32_t **place = &counting.sides[counting.next++ % QUEUE];
    __builtin_prefetch(side, 1);
    if (*place) ++**place;
    *place = side;
    return 0;
}

static void count_rest(void)
{
    for (unsigned i = 0; i < QUEUE; i++) {
        if (counting.sides[i]) ++*counting.sides[i];
        counting.sides[i] = NULL;
    }
}

static int count_young(rc_object *child, void *arg)
{
    if (!rci_gc_candidate(child, *(int *)arg)) return 0;
    uint32_t *side = rci_side_of(child);
    if (side) ++*side;
    return 0;
}

static bool count_children_full(rc_object *o, uint32_t *side, int g)
{
    (void)side;
    (void)g;
    candidate_count++;
    rci_traverse_shaped(o, rci_shape_of(o->type), count_full, NULL);
    return true;
}

static bool count_children_young(rc_object *o, uint32_t *side, int g)
{
    (void)side;
    candidate_count++;
    rci_traverse_shaped(o, rci_shape_of(o->type), count_young, &g);
    return true;
}

/* ---- mark ---------------------------------------------------------------------------------------------- */

static rc_object **mark_top; /* of a stack in the scratch: no object is pushed twice */
static size_t survivor_count, listed_survivors;

/* An object that survives is older now. Those outside the pools change lists, which has to wait for gather. */
static inline void survive(rc_object *o, const rci_shape *shape, enum rci_state older)
{
    if (RCI_UNLIKELY(shape->untracks) && !rci_refers_to_tracked(o))
        older = RCI_UNTRACKED;
    else
        survivor_count++;
    if (RCI_UNLIKELY(o->word & RCI_LISTED))
        listed_survivors++;
    else if (rci_state(o) != older)
        o->word = (o->word & ~RCI_STATE_MASK) | older;
}

/* Young: depth first over a stack. A survivor's state keeps it from being reached again. */
static int reach_young(rc_object *child, void *arg)
{
    if (!rci_gc_candidate(child, *(int *)arg)) return 0;
    uint32_t *side = rci_side_of(child);
    if (!side || *side & REACHED) return 0;
    *side |= REACHED;
    *mark_top++ = child;
    return 0;
}

static bool mark_young(rc_object *o, uint32_t *side, int g)
{
    if (*side & REACHED || rci_references(o) <= *side) return true;
    *side |= REACHED;
    rc_object **bottom = mark_top;
    for (;;) {
        const rci_shape *shape = rci_shape_of(o->type);
        rci_traverse_shaped(o, shape, reach_young, &g);
        survive(o, shape, (enum rci_state)(g + 1));
        if (mark_top == bottom) return true;
        o = *--mark_top;
    }
}

/* Full: an object ahead of the walk is marked only, the walk will come to it; one that the walk has passed goes onto
 * the stack. Edges wait for their side counts, and objects off the stack for their fields, both first in, first
 * out. */
static struct {
    uintptr_t cursor; /* place in the walk */
    rc_object **bottom;
    rc_object *edge_child[QUEUE];
    uint32_t *edge_side[QUEUE];
    rc_object *object[QUEUE];
    unsigned edge_in, edge_out, object_in, object_out; /* counters; a place is a counter modulo QUEUE */
} marking;

/* Grows along the walk, for objects in pools of arenas that start at multiples of their size. */
static inline uintptr_t place_in_walk(const rc_object *o)
{
    return (uintptr_t)o ^ ~(uintptr_t)(RCI_ARENA_BYTES - 1);
}

static inline void reach_oldest(void)
{
    unsigned i = marking.edge_out++ % QUEUE;
    rc_object *child = marking.edge_child[i];
    uint32_t *side = marking.edge_side[i];
    if (*side & REACHED) return;
    *side |= REACHED;
    if (place_in_walk(child) <= marking.cursor) *mark_top++ = child;
}

static int reach_full(rc_object *child, void *arg)
{
    (void)arg;
    uint32_t *side = rci_side_of(child);
    if (!side) return 0;
    __builtin_prefetch(side, 1);
    if (marking.edge_in - marking.edge_out == QUEUE) reach_oldest();
    unsigned i = marking.edge_in++ % QUEUE;
    marking.edge_child[i] = child;
    marking.edge_side[i] = side;
    return 0;
}

static inline void scan_full(rc_object *o)
{
    const rci_shape *shape = rci_shape_of(o->type);
    rci_traverse_shaped(o, shape, reach_full, NULL);
    survive(o, shape, RCI_GEN2);
}

/* Scans what is on the stack, as far as the queues keep full; `all`: until nothing waits anywhere. */
static void drain(bool all)
{
    for (;;) {
        while (mark_top > marking.bottom && marking.object_in - marking.object_out < QUEUE) {
            rc_object *o = *--mark_top;
            __builtin_prefetch(o);
            marking.object[marking.object_in++ % QUEUE] = o;
        }
        unsigned waiting = marking.object_in - marking.object_out;
        if (waiting == QUEUE || (all && waiting)) {
            rc_object *o = marking.object[marking.object_out++ % QUEUE];
            if (rci_gc_candidate(o, RCI_GEN2)) scan_full(o);
        } else if (all && marking.edge_in != marking.edge_out) {
            while (marking.edge_in != marking.edge_out) reach_oldest();
        } else {
            return;
        }
    }
}

static bool mark_full(rc_object *o, uint32_t *side, int g)
{
    (void)g;
    if (RCI_LIKELY(marking.cursor != UINTPTR_MAX)) marking.cursor = place_in_walk(o);
    if (*side & REACHED) {
        if (marking.cursor == UINTPTR_MAX) return true;
    } else if (rci_references(o) <= *side) {
        return true;
    }
    *side |= REACHED;
    scan_full(o);
    if (mark_top > marking.bottom) drain(false);
    return true;
}

/* Where the walk is not in the order of place_in_walk, everything counts as passed. */
RCI_PEEKS static void mark_all_full(void)
{
    bool ordered = true;
    for (const rci_arena *a = rci_arenas.first; a; a = a->all_next) {
        if ((uintptr_t)a & (RCI_ARENA_BYTES - 1)) ordered = false;
    }
    for (int i = 0; i <= RCI_GEN2; i++) ordered = ordered && rci_lists[i].next == &rci_lists[i];
    marking.cursor = ordered ? 0 : UINTPTR_MAX;
    marking.bottom = mark_top;
    rci_walk(RCI_GEN2, mark_full, false);
    drain(true);
}

/* ---- gather -------------------------------------------------------------------------------------------- */

static size_t trash_count;
static size_t trash_start; /* first entry: sorting may leave the trash in the second half */

static unsigned traits;          /* of all the trash together */
static const rc_type *last_type; /* whose traits are in */

unsigned rci_gc_trash_traits(void)
{
    return traits;
}

static void add_traits(const rc_object *o)
{
    if (o->word & RCI_WEAK) traits |= RCI_TRASH_WATCHED;
    if (o->type == last_type) return;
    last_type = o->type;
    if (last_type == &rc_weakref_type) traits |= RCI_TRASH_WATCHED;
    if (rci_has_finalizer(last_type)) traits |= RCI_TRASH_FINALIZERS;
}

rci_trash *rci_gc_trash(size_t i)
{
    return (rci_trash *)rci_gc.scratch + trash_start + i;
}

static bool gather_one(rc_object *o, uint32_t *side, int g)
{
    bool reached = *side & REACHED;
    if (!RCI_FULL(g) || o->word & RCI_LISTED) *side = 0;
    if (!reached) {
        *rci_gc_trash(trash_count++) = (rci_trash){o, o->word / RCI_SERIAL_UNIT, 0};
        add_traits(o);
        rci_set_state(o, RCI_DOOMED);
    } else if (o->word & RCI_LISTED) {
        bool untracks = o->type->flags & RCI_TYPE_UNTRACKS && !rci_refers_to_tracked(o);
        enum rci_state older = untracks ? RCI_UNTRACKED : RCI_FULL(g) ? RCI_GEN2 : (enum rci_state)(g + 1);
        if (rci_state(o) != older) rci_set_state(o, older);
    }
    return true;
}

/* The working counts of a pool are zero again. */
static void clear_sides(rci_pool *pool)
{
    size_t from = rci_pool_start(pool) >> RCI_ALIGN_SHIFT, n = (RCI_POOL_BYTES >> RCI_ALIGN_SHIFT) - from;
    memset(rci_pool_sides(pool) + from, 0, n * sizeof(uint32_t));
}

/* A full collection leaves counts also with what it does not collect. */
static void clear_all_sides(void)
{
    for (rci_arena *a = rci_arenas.first; a; a = a->all_next) {
        for (unsigned i = 0; a->side && i < a->pool_count; i++) {
            if (a->pools[i].used) clear_sides(&a->pools[i]);
        }
    }
    for (unsigned i = 0; i < RCI_STATES; i++) {
        for (rci_listed *l = rci_lists[i].next; l != &rci_lists[i]; l = l->next) l->side = 0;
    }
}

static void clear_young_sides(int g)
{
    for (rci_heap *h = rci_heaps; h; h = h->next) {
        for (int i = 0; i <= g; i++) {
            for (rci_pool *pool = h->young_first[i]; pool; pool = rci_pool_young(pool)->next)
                clear_sides(pool);
        }
    }
}

static size_t run_end(const rci_trash *t, size_t at, size_t n)
{
    do at++;
    while (at < n && t[at - 1].serial <= t[at].serial);
    return at;
}

static void merge(const rci_trash *t, size_t at, size_t mid, size_t end, rci_trash *out)
{
    size_t left = at, right = mid;
    for (size_t i = at; i < end; i++) {
        bool take_left = right == end || (left < mid && t[left].serial <= t[right].serial);
        out[i] = take_left ? t[left++] : t[right++];
    }
}

/* Natural merge sort: trash from pools that were filled one after the other is one run already. */
static void sort_trash(size_t n)
{
    trash_start = 0;
    while (n > 0 && run_end(rci_gc_trash(0), 0, n) < n) {
        rci_trash *from = rci_gc_trash(0), *to = (rci_trash *)rci_gc.scratch + (trash_start ? 0 : n);
        for (size_t at = 0; at < n;) {
            size_t mid = run_end(from, at, n), end = mid < n ? run_end(from, mid, n) : n;
            merge(from, at, mid, end, to);
            at = end;
        }
        trash_start = trash_start ? 0 : n;
    }
}

RCI_PEEKS size_t rci_gc_find(int g, size_t *survivors)
{
    mark_top = rci_gc.scratch;
    candidate_count = trash_count = survivor_count = listed_survivors = trash_start = 0;
    traits = 0;
    last_type = NULL;
    rci_shapes_forget();
    if (rci_gc_nothing_by_order(g, survivors)) {
        rci_young_age(g);
        return 0;
    }
    if (RCI_FULL(g)) {
        rci_walk(RCI_GEN2, count_children_full, false);
        count_rest();
        mark_all_full();
    } else {
        rci_walk(g, count_children_young, false);
        rci_walk(g, mark_young, false);
    }
    if (survivor_count != candidate_count || listed_survivors) rci_walk(g, gather_one, true);
    if (RCI_FULL(g))
        clear_all_sides();
    else
        clear_young_sides(g);
    rci_young_age(g);
    sort_trash(trash_count);
    for (size_t i = 0; i < trash_count; i++) *rci_side_of(rci_gc_trash(i)->o) = (uint32_t)i;
    *survivors = survivor_count;
    return trash_count;
}

void rci_gc_find_done(int g)
{
    bool large = rci_gc.capacity * SCRATCH_PER_OBJECT > SCRATCH_KEPT;
    if (trash_count * sizeof(rci_trash) > SCRATCH_KEPT || (RCI_FULL(g) && large))
        rci_os_discard(rci_gc.scratch, rci_gc.scratch_bytes);
    trash_count = 0;
}

/* ---- the trash ----------------------------------------------------------------------------------------- */

void rci_gc_forget_doomed(rc_object *o)
{
    uint32_t *side = rci_side_of(o);
    rci_gc_trash(*side)->o = NULL;
    *side = 0;
}

static int subtract_doomed(rc_object *child, void *arg)
{
    (void)arg;
    if (rci_state(child) == RCI_DOOMED) rci_gc_trash(*rci_side_of(child))->refs--;
    return 0;
}

/* Revived objects wait in a list through their entries, 1 + index each. */
static int revive_child(rc_object *child, void *arg)
{
    uint32_t *first = arg;
    if (rci_state(child) != RCI_DOOMED) return 0;
    uint32_t *side = rci_side_of(child);
    if (*side & REACHED) return 0;
    rci_gc_trash(*side)->refs = *first;
    *first = *side + 1;
    *side |= REACHED;
    return 0;
}

static void revive_from(uint32_t first, enum rci_state to)
{
    while (first) {
        rci_trash *t = rci_gc_trash(first - 1);
        rc_object *o = t->o;
        first = t->refs;
        t->o = NULL;
        *rci_side_of(o) = 0;
        rci_set_state(o, to);
        rci_traverse(o, o->type, revive_child, &first);
    }
}

void rci_gc_revive(size_t n, enum rci_state to)
{
    for (size_t i = 0; i < n; i++) {
        rci_trash *t = rci_gc_trash(i);
        if (t->o) t->refs = rci_references(t->o);
    }
    for (size_t i = 0; i < n; i++) {
        rc_object *o = rci_gc_trash(i)->o;
        if (o) rci_traverse(o, o->type, subtract_doomed, NULL);
    }
    for (size_t i = 0; i < n; i++) {
        rci_trash *t = rci_gc_trash(i);
        uint32_t first = 0;
        if (!t->o || t->refs == 0) continue;
        revive_child(t->o, &first);
        revive_from(first, to);
    }
}

/* ---- serial numbers ------------------------------------------------------------------------------------ */

static void gather_any(rc_object *o, void *arg)
{
    (void)arg;
    if (rci_state(o) <= RCI_UNTRACKED && o->type->flags & RC_TYPE_GC)
        *rci_gc_trash(trash_count++) = (rci_trash){o, o->word / RCI_SERIAL_UNIT, 0};
}

/* The i-th of n. Where there are more objects than half of all serials, neighbours share one. */
static uint32_t serial_of(size_t i, size_t n)
{
    size_t most = RCI_SERIALS_ENOUGH / RCI_SERIAL_UNIT * 2 / 3;
    return (uint32_t)(n <= most ? i + 1 : (uint64_t)i * most / n + 1) * RCI_SERIAL_UNIT;
}

/* False: not now. In a collection the scratch is in use, and while some thread does not come to rest its objects are not
 * to be touched. */
static bool renumber(void)
{
    if (rci_gc.collecting || !rci_stop_world()) return false;
    trash_count = trash_start = 0;
    rci_each_object(gather_any, NULL);
    sort_trash(trash_count);
    rci_gc.serial = 0;
    for (size_t i = 0; i < trash_count; i++) {
        rc_object *o = rci_gc_trash(i)->o;
        rci_gc.serial = serial_of(i, trash_count);
        o->word = (o->word & (RCI_SERIAL_UNIT - 1)) | rci_gc.serial;
    }
    for (rci_heap *h = rci_heaps; h; h = h->next) h->serial = h->serial_last = rci_gc.serial;
    rci_gc_find_done(RCI_GEN2);
    return true;
}

/* Serials are given out in runs, so that making an object changes nothing that threads share: among the objects of
 * one thread their order is that of allocation, among those of several it is so roughly. */
#define RUN (1024 * RCI_SERIAL_UNIT)

void rci_gc_give_serials(rci_heap *heap)
{
    RCI_GUARD;
    /* Where that never succeeds the order among old and new objects is lost, nothing else. */
    bool scarce = rci_gc.serial > RCI_SERIALS_ENOUGH;
    if (RCI_UNLIKELY(scarce) && !renumber() && rci_gc.serial > UINT32_MAX - 2 * RUN) rci_gc.serial = 0;
    heap->serial = rci_gc.serial;
    heap->serial_last = rci_gc.serial += RUN;
}
