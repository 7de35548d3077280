/* SPDX-License-Identifier: MIT
 *
 * What programs ask the collector: which objects there are, who refers to whom, the permanent generation,
 * garbage, callbacks.
 */
#include "error_p.h"
#include "field_p.h"
#include "gc_p.h"
#include "os_p.h"

/* A result that is counted in full and stored as far as there is room. */
struct list {
    rc_object **out;
    size_t max, n;
    const rc_object *wanted;
    int generation;
};

static void add(struct list *l, rc_object *o)
{
    if (l->n < l->max) l->out[l->n] = o;
    l->n++;
}

static bool is_tracked(const rc_object *o)
{
    enum rci_state s = rci_state(o);
    return o->count != 0 && (s <= RCI_FROZEN || s == RCI_DOOMED);
}

bool rc_gc_is_tracked(const void *p)
{
    RCI_GUARD;
    const rc_object *o = p;
    return o->type->flags & RC_TYPE_GC && is_tracked(o) && (o->word & RCI_LISTED || rci_arena_of(o));
}

bool rc_gc_is_finalized(const void *p)
{
    return ((const rc_object *)p)->word & RCI_FINALIZED;
}

/* The lists of young pools are their threads': unless the world is stopped an object of another heap goes to the oldest
 * generation, where it is found without. */
static void put_into(rc_object *o, enum rci_state state)
{
    rci_arena *a = o->word & RCI_LISTED ? NULL : rci_arena_of(o);
    bool ours = a && (a->heap == rci_heap_self() || rci_gc.collecting);
    rci_set_state(o, a && !ours ? RCI_GEN2 : state);
    if (ours) rci_young_note(rci_arena_pool(a, o), state);
}

void rci_gc_rejuvenate(rc_object *o)
{
    if (rci_state(o) == RCI_DOOMED) rci_gc_forget_doomed(o);
    if (rci_state(o) <= RCI_FROZEN || rci_state(o) == RCI_DOOMED) put_into(o, RCI_GEN0);
}

void rc_gc_track(void *p)
{
    RCI_GUARD;
    rc_object *o = p;
    bool ours = o->word & RCI_LISTED || rci_arena_of(o);
    if (ours && o->type->flags & RC_TYPE_GC && rci_state(o) == RCI_UNTRACKED) put_into(o, RCI_GEN0);
}

void rci_gc_track_again(void)
{
    __atomic_store_n(&rci_gc.track_again, true, __ATOMIC_RELAXED);
}

void rc_gc_untrack(void *p)
{
    RCI_GUARD;
    rc_object *o = p;
    if (!rc_gc_is_tracked(o)) return;
    if (rci_state(o) == RCI_DOOMED) rci_gc_forget_doomed(o);
    rci_set_state(o, RCI_UNTRACKED);
}

/* ---- lists of objects ---------------------------------------------------------------------------------- */

static void add_if_generation(rc_object *o, void *arg)
{
    struct list *l = arg;
    int state = (int)rci_state(o);
    if (rci_state(o) == RCI_DYING) return;
    if (state == l->generation || (l->generation < 0 && state <= RCI_GEN2)) add(l, o);
}

size_t rc_gc_get_objects(int generation, rc_object **out, size_t max)
{
    RCI_STOPPED;
    struct list l = {.out = out, .max = max, .generation = generation};
    if (generation >= -1 && generation <= 2) rci_each_object(add_if_generation, &l);
    return l.n;
}

static int is_wanted(rc_object *child, void *arg)
{
    return child == arg;
}

static void add_if_referrer(rc_object *o, void *arg)
{
    struct list *l = arg;
    if (rci_is_counted(o) && rci_state(o) <= RCI_GEN2 &&
        rci_traverse(o, o->type, is_wanted, (void *)(uintptr_t)l->wanted))
        add(l, o);
}

size_t rc_gc_get_referrers(const void *p, rc_object **out, size_t max)
{
    RCI_STOPPED;
    struct list l = {.out = out, .max = max, .wanted = p};
    rci_each_object(add_if_referrer, &l);
    return l.n;
}

static int add_child(rc_object *child, void *arg)
{
    add(arg, child);
    return 0;
}

size_t rc_gc_get_referents(const void *p, rc_object **out, size_t max)
{
    RCI_GUARD;
    struct list l = {.out = out, .max = max};
    rc_object *o = (rc_object *)(uintptr_t)p;
    rci_traverse(o, o->type, add_child, &l);
    return l.n;
}

/* ---- the permanent generation -------------------------------------------------------------------------- */

static void move_if(rc_object *o, void *arg)
{
    const enum rci_state *step = arg;
    if (!rci_is_counted(o)) return;
    if (step[0] == RCI_FROZEN ? rci_state(o) == RCI_FROZEN : rci_state(o) <= RCI_GEN2)
        rci_set_state(o, step[1]);
}

/* Objects outside the pools change lists, so these are moved first, ring by ring. */
static void move_all(enum rci_state from, enum rci_state to)
{
    enum rci_state step[2] = {from, to};
    for (unsigned i = 0; i <= RCI_FROZEN; i++) {
        for (rci_listed *l = rci_lists[i].next, *next; l != &rci_lists[i]; l = next) {
            next = l->next;
            if (i != to) move_if(rci_listed_object(l), step);
        }
    }
    rci_each_object(move_if, step);
}

void rc_gc_freeze(void)
{
    RCI_STOPPED;
    if (rci_gc.collecting) return;
    move_all(RCI_GEN2, RCI_FROZEN);
    memset(rci_gc.count, 0, sizeof rci_gc.count);
    rci_heaps_forget_young();
}

void rc_gc_unfreeze(void)
{
    RCI_STOPPED;
    move_all(RCI_FROZEN, RCI_GEN2);
}

size_t rc_gc_freeze_count(void)
{
    RCI_STOPPED;
    struct list l = {.generation = RCI_FROZEN};
    rci_each_object(add_if_generation, &l);
    return l.n;
}

/* ---- garbage ------------------------------------------------------------------------------------------- */

static struct {
    rc_object **objects;
    size_t n, capacity;
} garbage;

/* Without memory the object is merely not listed: it stays in its generation. */
void rci_gc_add_garbage(rc_object *o)
{
    if (garbage.n == garbage.capacity) {
        size_t capacity = garbage.capacity ? garbage.capacity * 2 : 16;
        rc_object **more = rci_raw_realloc(garbage.objects, capacity * sizeof *more, NULL);
        if (!more) return;
        garbage.objects = more;
        garbage.capacity = capacity;
    }
    RC_INCREF(o);
    garbage.objects[garbage.n++] = o;
}

size_t rc_gc_garbage(rc_object **out, size_t max)
{
    RCI_GUARD;
    for (size_t i = 0; i < garbage.n && i < max; i++) out[i] = garbage.objects[i];
    return garbage.n;
}

void rc_gc_clear_garbage(void)
{
    RCI_GUARD;
    rc_object **objects = garbage.objects;
    size_t n = garbage.n;
    memset(&garbage, 0, sizeof garbage);
    for (size_t i = 0; i < n; i++) RC_DECREF(objects[i]);
    rc_raw_free(objects);
}

/* ---- callbacks ----------------------------------------------------------------------------------------- */

struct callback {
    rc_gc_callback function;
    void *arg;
};
static struct callback *callbacks;
static size_t callback_count;

int rc_gc_add_callback(rc_gc_callback function, void *arg)
{
    RCI_GUARD;
    struct callback *more = rci_raw_realloc(callbacks, (callback_count + 1) * sizeof *more, NULL);
    if (!more) return -1;
    callbacks = more;
    callbacks[callback_count++] = (struct callback){function, arg};
    return 0;
}

int rc_gc_remove_callback(rc_gc_callback function, void *arg)
{
    RCI_GUARD;
    for (size_t i = 0; i < callback_count; i++) {
        if (callbacks[i].function != function || callbacks[i].arg != arg) continue;
        memmove(&callbacks[i], &callbacks[i + 1], (--callback_count - i) * sizeof *callbacks);
        if (callback_count == 0) {
            rc_raw_free(callbacks);
            callbacks = NULL;
        }
        return 0;
    }
    return -1;
}

/* A callback may add and remove callbacks. */
void rci_gc_call_back(rc_gc_phase phase, const rc_gc_info *info)
{
    for (size_t i = 0; i < callback_count; i++) {
        rci_error none;
        rci_error_save(&none);
        callbacks[i].function(phase, info, callbacks[i].arg);
        rci_error_restore(&none, "callback", "the collector");
    }
}

void rci_gc_fini(void)
{
    rc_raw_free(garbage.objects);
    memset(&garbage, 0, sizeof garbage);
    if (rci_gc.scratch) rci_os_unmap(rci_gc.scratch, rci_gc.scratch_bytes);
    rci_gc.scratch = NULL;
    rci_gc.scratch_bytes = rci_gc.capacity = 0;
    memset(rci_gc.count, 0, sizeof rci_gc.count);
    rci_heaps_forget_young();
    rci_gc.pending = rci_gc.total = 0;
}
