/* SPDX-License-Identifier: MIT
 *
 * The cyclic collector: when it runs, and what happens to what it finds (gc_find.c). In the order of
 * CPython's gc_collect_main: weak references and their callbacks, finalizers, revival, clearing.
 */
#include "debug_p.h"
#include "error_p.h"
#include "events.h"
#include "field_p.h"
#include "gc_p.h"
#include "weak_p.h"

#include <errno.h>
#include <time.h>

#define THRESHOLDS                                                                                           \
 {                                                                                                           \
  700, 10, 10                                                                                                \
 }
struct rci_gc rci_gc = {.threshold = THRESHOLDS, .trigger = 700, .enabled = true};

static void set_trigger(void)
{
    bool off = !rci_gc.enabled || rci_gc.collecting || rci_gc.threshold[0] == 0;
    __atomic_store_n(&rci_gc.trigger, off ? SIZE_MAX : rci_gc.threshold[0], __ATOMIC_RELAXED);
}

/* ---- stages of one collection -------------------------------------------------------------------------- */

struct collection {
    int generation;
    enum rci_state older; /* where survivors go                       */
    size_t n;             /* entries of trash                          */
    size_t found, uncollectable;
    bool ran_code; /* a callback or finalizer may have revived   */
    struct timespec start;
};

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static void print_object(const char *what, const rc_object *o)
{
    fprintf(stderr, "gc: %s <%s %p>\n", what, o->type->name, (const void *)o);
}

static void print_start(struct collection *c)
{
    if (!(rci_gc.debug & RC_GC_DEBUG_STATS)) return;
    clock_gettime(CLOCK_MONOTONIC, &c->start);
    fprintf(stderr, "gc: collecting generation %d...\n", c->generation);
    fprintf(stderr, "gc: objects in each generation: %zu %zu %zu\n", rc_gc_get_objects(0, NULL, 0),
            rc_gc_get_objects(1, NULL, 0), rc_gc_get_objects(2, NULL, 0));
    fprintf(stderr, "gc: objects in permanent generation: %zu\n", rc_gc_freeze_count());
}

static void print_stop(const struct collection *c)
{
    if (!(rci_gc.debug & RC_GC_DEBUG_STATS)) return;
    fprintf(stderr, "gc: done, %zu unreachable, %zu uncollectable, %.4fs elapsed\n", c->found,
            c->uncollectable, seconds_since(&c->start));
}

static void start_counts(int g)
{
    if (g + 1 < 3) rci_gc.count[g + 1]++;
    for (int i = 1; i <= g; i++) rci_gc.count[i] = 0;
    rci_heaps_forget_young();
}

static void track_again(rc_object *o, void *arg)
{
    const bool *listed = arg;
    bool here = (o->word & RCI_LISTED) != 0;
    if (here == *listed && rci_is_counted(o) && o->type->flags & RCI_TYPE_UNTRACKS) rc_gc_track(o);
}

/* Those outside the pools change lists by that. */
static void track_all_again(void)
{
    bool listed = false;
    rci_each_object(track_again, &listed);
    listed = true;
    for (rci_listed *l = rci_lists[RCI_UNTRACKED].next, *next; l != &rci_lists[RCI_UNTRACKED]; l = next) {
        next = l->next;
        track_again(rci_listed_object(l), &listed);
    }
    rci_gc.track_again = false;
}

static void find(struct collection *c)
{
    if (rci_gc.track_again) track_all_again();
    size_t survivors;
    c->n = rci_gc_find(c->generation, &survivors);
    if (c->generation == 1) {
        rci_gc.pending += survivors;
    } else if (c->generation == 2) {
        rci_gc.pending = 0;
        rci_gc.total = survivors;
    }
    if (!(rci_gc.debug & RC_GC_DEBUG_COLLECTABLE)) return;
    for (size_t i = 0; i < c->n; i++) print_object("collectable", rci_gc_trash(i)->o);
}

/* Postcondition: no weak reference leads to trash, no doomed weak reference anywhere; callbacks of the others
 * have run. All are cleared before the first callback, which must not see trash through another one. */
static void clear_weak_references(struct collection *c)
{
    rc_weakref *list = NULL, **tail = &list;
    if (!(rci_gc_trash_traits() & RCI_TRASH_WATCHED)) return;
    for (size_t i = 0; i < c->n; i++) {
        rc_object *o = rci_gc_trash(i)->o;
        if (o->type == &rc_weakref_type) rci_weakref_detach((rc_weakref *)o);
        if (o->word & RCI_WEAK) rci_weak_detach(o, &tail);
    }
    if (!list) return;
    c->ran_code = true;
    c->found += rci_weak_call(list);
}

/* Postcondition: each object of the trash that has a finalizer has run it, now or before. Nothing was cleared
 * yet. */
static void finalize(struct collection *c)
{
    if (!(rci_gc_trash_traits() & RCI_TRASH_FINALIZERS)) return;
    for (size_t i = 0; i < c->n; i++) {
        rc_object *o = rci_gc_trash(i)->o;
        if (!o || o->word & RCI_FINALIZED || !rci_has_finalizer(o->type)) continue;
        c->ran_code = true;
        RC_INCREF(o);
        rci_finalize(o);
        RC_DECREF(o);
    }
}

/* Postcondition: what is left in the trash is unreachable for good; `found` counts it. */
static void revive(struct collection *c)
{
    if (c->ran_code) rci_gc_revive(c->n, c->older);
    for (size_t i = 0; i < c->n; i++) {
        const rci_trash *t = rci_gc_trash(i);
        if (!t->o) continue;
        c->found++;
        if (rci_events_on()) rci_event_object(RCI_EVENT_CYCLE, t->o);
    }
}

/* Trash entries between asking for an object and using it. */
#define AHEAD 8

/* Postcondition: the trash is free, or back in a generation and, where that cannot change, listed as garbage.
 */
static void clear(struct collection *c)
{
    for (size_t i = 0; i < c->n; i++) {
        rc_object *o = rci_gc_trash(i)->o;
        if (i + AHEAD < c->n) __builtin_prefetch(rci_gc_trash(i + AHEAD)->o);
        if (!o) continue;
        if (rci_gc.debug & RC_GC_DEBUG_SAVEALL) {
            rci_gc_add_garbage(o);
            continue;
        }
        RC_INCREF(o);
        rci_clear(o);
        RC_DECREF(o);
    }
    for (size_t i = 0; i < c->n; i++) {
        rc_object *o = rci_gc_trash(i)->o;
        if (!o) continue;
        rci_gc_forget_doomed(o);
        rci_set_state(o, c->older);
        if (rci_gc.debug & RC_GC_DEBUG_SAVEALL || rci_can_clear(o->type)) continue;
        c->uncollectable++;
        if (rci_gc.debug & RC_GC_DEBUG_UNCOLLECTABLE) print_object("uncollectable", o);
        rci_gc_add_garbage(o);
    }
    c->found -= c->uncollectable;
}

/* Some thread did not come to rest: it is not asked again at once. */
static void put_off(void)
{
    size_t next = rci_heap_self()->young + rci_gc.threshold[0];
    if (rci_gc.trigger != SIZE_MAX) __atomic_store_n(&rci_gc.trigger, next, __ATOMIC_RELAXED);
}

/* The caller has made sure that no collection is running. */
static size_t collect(int g)
{
    struct collection c = {.generation = g, .older = g < 2 ? (enum rci_state)(g + 1) : RCI_GEN2};
    rc_gc_info info = {g, 0, 0};
    rci_error saved;
    if (!rci_stop_world()) {
        put_off();
        return 0;
    }
    rci_gc.collecting = true;
    set_trigger();
    rci_error_save(&saved);
    rci_nest outer = rci_nest_enter();
    rci_gc_call_back(RC_GC_START, &info);
    print_start(&c);
    start_counts(g);
    find(&c);
    clear_weak_references(&c);
    finalize(&c);
    revive(&c);
    clear(&c);
    rci_gc_find_done(g);
    print_stop(&c);
    rci_gc.stats[g].collections++;
    rci_gc.stats[g].collected += c.found;
    rci_gc.stats[g].uncollectable += c.uncollectable;
    info.collected = c.found;
    info.uncollectable = c.uncollectable;
    rci_gc_call_back(RC_GC_STOP, &info);
    rci_nest_leave(outer);
    rci_error_restore(&saved, "collection", "the collector");
    rci_gc.collecting = false;
    set_trigger();
    return c.found + c.uncollectable;
}

/* ---- when ---------------------------------------------------------------------------------------------- */

/* The oldest generation over its threshold. A full collection waits until a quarter of what survived the last
 * one has joined it since: the work stays linear in the allocations, however large the heap. */
void rci_gc_automatic(void)
{
    RCI_GUARD;
    /* While it waited for the lock another thread may have collected. */
    if (rci_gc.collecting || rc_error_occurred() || rci_heap_self()->young <= rci_gc.trigger) return;
    for (int g = 2; g >= 0; g--) {
        size_t count = g == 0 ? rci_heap_self()->young : rci_gc.count[g];
        if (count <= rci_gc.threshold[g]) continue;
        if (g == 2 && rci_gc.pending < rci_gc.total / 4) continue;
        collect(g);
        return;
    }
}

ssize_t rc_gc_collect(void)
{
    return rc_gc_collect_generation(2);
}

ssize_t rc_gc_collect_generation(int generation)
{
    RCI_GUARD;
    if (generation < 0 || generation > 2) {
        errno = EINVAL;
        return -1;
    }
    return rci_gc.collecting ? 0 : (ssize_t)collect(generation);
}

void rc_gc_enable(void)
{
    RCI_GUARD;
    rci_gc.enabled = true;
    set_trigger();
}

void rc_gc_disable(void)
{
    RCI_GUARD;
    rci_gc.enabled = false;
    set_trigger();
}

bool rc_gc_is_enabled(void)
{
    return rci_gc.enabled;
}

void rc_gc_set_threshold(size_t t0, size_t t1, size_t t2)
{
    RCI_GUARD;
    rci_gc.threshold[0] = t0;
    rci_gc.threshold[1] = t1;
    rci_gc.threshold[2] = t2;
    set_trigger();
}

void rc_gc_get_threshold(size_t out[3])
{
    RCI_GUARD;
    memcpy(out, rci_gc.threshold, sizeof rci_gc.threshold);
}

void rc_gc_get_count(size_t out[3])
{
    RCI_GUARD;
    memcpy(out, rci_gc.count, sizeof rci_gc.count);
    out[0] = rci_heaps_young();
}

void rc_gc_get_stats(rc_gc_stats out[3])
{
    RCI_GUARD;
    memcpy(out, rci_gc.stats, sizeof rci_gc.stats);
}

void rc_gc_set_debug(unsigned flags)
{
    RCI_GUARD;
    rci_gc.debug = flags;
}

unsigned rc_gc_get_debug(void)
{
    return rci_gc.debug;
}
