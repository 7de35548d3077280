/* SPDX-License-Identifier: MIT
 *
 * What CPython's own tests of its collector (test_gc) expect, asked of the runtime: the behaviour of each of their cases
 * that has a counterpart in C.
 */
#include "kit.h"

static void drop(void *p)
{
    rc_object *object = p;
    RC_DECREF(object);
}

/* Collects what came before, so that the next result is that of the case alone. */
static void settle(void)
{
    rc_gc_collect();
    rc_gc_disable();
}

static void assert_nothing_left(void)
{
    assert_int_equal(rc_gc_collect(), 0);
    assert_int_equal(rc_gc_garbage(NULL, 0), 0);
    assert_int_equal(rc_live_objects(), 0);
    assert_int_equal(rc_heap_verify(), 0);
}

static Node *self_loop(const rc_type *type, int id)
{
    return kit_ring(type, id, 1);
}

/* ---- containers in cycles ------------------------------------------------------------------------------- */

static void a_list_that_holds_itself(void)
{
    rc_list *l = rc_list_new();
    rc_list_append(l, l);
    settle();
    drop(l);
    assert_int_equal(rc_gc_collect(), 1);
    assert_nothing_left();
}

static void a_dict_that_holds_itself(void)
{
    rc_dict *d = rc_dict_new();
    rc_int *one = rc_int_new(1);
    rc_dict_set(d, one, d);
    drop(one);
    settle();
    drop(d);
    assert_int_equal(rc_gc_collect(), 1);
    assert_nothing_left();
}

static void a_dict_held_by_its_own_key(void)
{
    rc_dict *d = rc_dict_new();
    Node *key = kit_new(&kit_plain, 1);
    kit_set(key, 0, d);
    rc_dict_set(d, key, key);
    drop(key);
    settle();
    drop(d);
    assert_int_equal(rc_gc_collect(), 2);
    assert_nothing_left();
}

static void a_set_held_by_its_own_item(void)
{
    rc_set *s = rc_set_new();
    Node *item = kit_new(&kit_plain, 1);
    kit_set(item, 0, s);
    rc_set_add(s, item);
    drop(item);
    settle();
    drop(s);
    assert_int_equal(rc_gc_collect(), 2);
    assert_nothing_left();
}

static void a_tuple_whose_list_holds_it(void)
{
    rc_list *l = rc_list_new();
    rc_tuple *t = rc_tuple_new(1);
    rc_tuple_set(t, 0, rc_newref(l));
    rc_list_append(l, t);
    settle();
    drop(t);
    drop(l);
    assert_int_equal(rc_gc_collect(), 2);
    assert_nothing_left();
}

static void an_instance_that_holds_itself(void)
{
    Node *node = self_loop(&kit_node, 1);
    settle();
    drop(node);
    assert_int_equal(rc_gc_collect(), 1);
    assert_nothing_left();
}

static void an_instance_that_its_dict_of_attributes_holds(void)
{
    Node *node = kit_new(&kit_table, 1);
    rc_dict *attributes = rc_dict_new();
    rc_str *a = rc_str_intern("a");
    rc_dict_set(attributes, a, node);
    kit_set(node, 0, attributes);
    drop(a);
    drop(attributes);
    settle();
    drop(node);
    assert_int_equal(rc_gc_collect(), 2);
    assert_nothing_left();
}

typedef struct Derived {
    Node base;
    rc_object *own;
} Derived;

static const rc_field own_field[] = {RC_FIELD_STRONG(Derived, own), RC_FIELD_END};
static const rc_type derived = {
    .name = "Derived", .size = sizeof(Derived), .base = &kit_table, .flags = RC_TYPE_GC, .fields = own_field};

/* One cycle through the base's field, one through its own, and one through both. */
static void instances_of_a_derived_class(void)
{
    for (int mask = 1; mask < 4; mask++) {
        Derived *a = (Derived *)rc_alloc(&derived), *b = (Derived *)rc_alloc(&derived);
        if (mask & 1) kit_set(&a->base, 0, b);
        if (!(mask & 1)) a->own = (rc_object *)rc_newref(b);
        if (mask & 2) b->own = (rc_object *)rc_newref(a);
        if (!(mask & 2)) kit_set(&b->base, 3, a);
        settle();
        drop(a);
        drop(b);
        assert_int_equal(rc_gc_collect(), 2);
        assert_nothing_left();
    }
}

static void a_bound_method_kept_by_its_instance(void)
{
    Node *instance = kit_new(&kit_plain, 1), *method = kit_new(&kit_table, 2);
    kit_set(method, 0, instance);
    kit_set(instance, 0, method);
    drop(method);
    settle();
    drop(instance);
    assert_int_equal(rc_gc_collect(), 2);
    assert_nothing_left();
}

/* ---- generations, lists of objects ---------------------------------------------------------------------------- */

static bool is_in(const void *p, int generation)
{
    rc_object *out[64];
    size_t n = rc_gc_get_objects(generation, out, 64);
    assert_true(n <= 64);
    for (size_t i = 0; i < n; i++) {
        if (out[i] == p) return true;
    }
    return false;
}

static void assert_generation(const void *p, int generation)
{
    for (int g = 0; g < 3; g++) assert_int_equal(is_in(p, g), g == generation);
    assert_int_equal(is_in(p, -1), generation < 3);
}

static void an_object_moves_through_the_generations(void)
{
    settle();
    rc_list *l = rc_list_new();
    rc_list_append(l, l);
    assert_generation(l, 0);
    rc_gc_collect_generation(0);
    assert_generation(l, 1);
    rc_gc_collect_generation(0);
    assert_generation(l, 1);
    rc_gc_collect_generation(1);
    assert_generation(l, 2);
    rc_gc_collect_generation(2);
    assert_generation(l, 2);
    drop(l);
    assert_int_equal(rc_gc_collect_generation(1), 0);
    assert_int_equal(rc_gc_collect_generation(2), 1);
    assert_nothing_left();
}

static void collecting_counts_as_the_generations_say(void)
{
    settle();
    assert_counts(0, 0, 0);
    rc_list *l = rc_list_new();
    assert_counts(1, 0, 0);
    rc_gc_collect_generation(0);
    assert_counts(0, 1, 0);
    rc_gc_collect_generation(1);
    assert_counts(0, 0, 1);
    rc_gc_collect_generation(2);
    assert_counts(0, 0, 0);
    drop(l);
    assert_nothing_left();
}

static void no_other_generation_has_objects(void)
{
    Node *node = kit_new(&kit_plain, 1);
    assert_int_equal(rc_gc_get_objects(-1, NULL, 0), 1);
    assert_int_equal(rc_gc_get_objects(1000, NULL, 0), 0);
    assert_int_equal(rc_gc_get_objects(-1000, NULL, 0), 0);
    assert_int_equal(rc_gc_get_objects(3, NULL, 0), 0);
    drop(node);
}

static void each_generation_keeps_its_own_statistics(void)
{
    rc_gc_stats before[3], after[3];
    settle();
    rc_gc_get_stats(before);
    for (int g = 0; g < 3; g++) {
        rc_gc_collect_generation(g);
        rc_gc_get_stats(after);
        for (int i = 0; i < 3; i++) assert_int_equal(after[i].collections, before[i].collections + (i <= g));
    }
    kit_garbage_ring(&kit_plain, 1, 3);
    rc_gc_collect_generation(0);
    rc_gc_get_stats(after);
    assert_int_equal(after[0].collected, before[0].collected + 3);
    assert_int_equal(after[2].collected, before[2].collected);
}

static void the_frozen_are_counted_and_come_back(void)
{
    Node *kept = self_loop(&kit_plain, 1);
    rc_gc_freeze();
    assert_int_equal(rc_gc_freeze_count(), 1);
    assert_generation(kept, 3);
    drop(kept);
    assert_int_equal(rc_gc_collect(), 0);
    rc_gc_unfreeze();
    assert_int_equal(rc_gc_freeze_count(), 0);
    assert_generation(kept, 2);
    assert_int_equal(rc_gc_collect(), 1);
    assert_nothing_left();
}

static void atomic_objects_are_not_tracked_containers_are(void)
{
    rc_object *atomic[] = {(rc_object *)rc_int_new(1), (rc_object *)rc_int_new(100000),
                           (rc_object *)rc_float_new(1.0), (rc_object *)rc_bytes_new("a", 1),
                           (rc_object *)rc_str_new("a")};
    rc_object *container[] = {(rc_object *)rc_list_new(), (rc_object *)rc_set_new(),
                              (rc_object *)rc_tuple_new(1), (rc_object *)kit_new(&kit_plain, 1)};
    for (int i = 0; i < 5; i++) assert_false(rc_gc_is_tracked(atomic[i]));
    for (int i = 0; i < 4; i++) assert_true(rc_gc_is_tracked(container[i]));
    for (int i = 0; i < 5; i++) drop(atomic[i]);
    for (int i = 0; i < 4; i++) drop(container[i]);
    assert_nothing_left();
}

/* ---- referents and referrers --------------------------------------------------------------------------------- */

static void assert_referents(const void *p, int expected)
{
    rc_object *out[8];
    size_t n = rc_gc_get_referents(p, out, 8);
    int sum = 0;
    assert_true(n <= 8);
    for (size_t i = 0; i < n; i++) {
        if (rc_type_of(out[i]) == &rc_int_type) sum = sum * 10 + (int)rc_int_value((rc_int *)out[i]);
    }
    assert_int_equal(sum, expected);
}

static void referents_are_the_items(void)
{
    rc_int *number[10];
    for (int i = 0; i < 10; i++) number[i] = rc_int_new(i);
    rc_list *l = rc_list_new();
    rc_tuple *t = rc_tuple_new(4);
    rc_dict *d = rc_dict_new();
    for (int i = 1; i < 6; i += 2) rc_list_append(l, number[i]);
    for (size_t i = 0; i < 4; i++) rc_tuple_set(t, i, number[i < 3 ? 1 : 2]);
    rc_dict_set(d, number[1], number[3]);
    rc_dict_set(d, number[5], number[7]);
    assert_referents(l, 135);
    assert_referents(t, 1112);
    assert_referents(d, 1357);
    assert_int_equal(rc_gc_get_referents(number[1], NULL, 0), 0);
    drop(l);
    drop(t);
    drop(d);
    assert_nothing_left();
}

static void referrers_are_found_whatever_their_kind(void)
{
    Node *target = kit_new(&kit_leaf, 1);
    rc_list *l = rc_list_new();
    rc_dict *d = rc_dict_new();
    rc_set *s = rc_set_new();
    rc_tuple *t = rc_tuple_new(2);
    rc_weakref *w = rc_weakref_new(target, NULL, NULL);
    rc_object *out[8];
    rc_list_append(l, target);
    rc_dict_set(d, target, l);
    rc_set_add(s, target);
    rc_tuple_set(t, 0, rc_newref(target));
    rc_tuple_set(t, 1, rc_newref(target));
    assert_int_equal(rc_gc_get_referrers(target, out, 8), 4);
    assert_int_equal(rc_gc_get_referrers(l, out, 8), 1);
    assert_ptr_equal(out[0], d);
    assert_int_equal(rc_gc_get_referrers(target, out, 1), 4);
    rc_gc_untrack(l);
    assert_int_equal(rc_gc_get_referrers(target, NULL, 0), 3);
    rc_gc_track(l);
    drop(l);
    drop(d);
    drop(s);
    drop(t);
    assert_int_equal(rc_gc_get_referrers(target, NULL, 0), 0);
    drop(target);
    drop(w);
    assert_nothing_left();
}

/* ---- garbage ------------------------------------------------------------------------------------------------- */

static void saved_garbage_is_listed_whole(void)
{
    rc_object *out[4];
    rc_gc_collect();
    rc_list *l = rc_list_new();
    rc_list_append(l, l);
    rc_gc_set_debug(RC_GC_DEBUG_SAVEALL);
    drop(l);
    assert_int_equal(rc_gc_collect(), 1);
    rc_gc_set_debug(0);
    assert_int_equal(rc_gc_garbage(out, 4), 1);
    assert_ptr_equal(out[0], l);
    assert_int_equal(rc_list_len(l), 1);
    assert_int_equal(rc_refcount(l), 2);
    rc_gc_clear_garbage();
    assert_int_equal(rc_gc_collect(), 1);
    assert_nothing_left();
}

static const rc_type uncollectable = {
    .name = "Uncollectable", .size = sizeof(Node), .flags = RC_TYPE_GC, .traverse = kit_traverse};

static struct {
    int calls[2], starts, stops, generation;
    size_t collected, uncollectable;
    bool clean;
} seen;

static void note_phase(rc_gc_phase phase, const rc_gc_info *info, void *arg)
{
    seen.calls[(int)(intptr_t)arg]++;
    seen.starts += phase == RC_GC_START;
    seen.stops += phase == RC_GC_STOP;
    seen.generation = info->generation;
    if (phase == RC_GC_START) {
        assert_int_equal(info->collected + info->uncollectable, 0);
        return;
    }
    seen.collected = info->collected;
    seen.uncollectable = info->uncollectable;
    if (!seen.clean) return;
    rc_object *out[8];
    size_t n = rc_gc_garbage(out, 8);
    for (size_t i = 0; i < n; i++) RC_CLEAR(((Node *)out[i])->slot[0]);
    rc_gc_clear_garbage();
}

static void add_both_callbacks(void)
{
    memset(&seen, 0, sizeof seen);
    assert_int_equal(rc_gc_add_callback(note_phase, (void *)0), 0);
    assert_int_equal(rc_gc_add_callback(note_phase, (void *)1), 0);
}

static void callbacks_are_told_of_every_collection(void)
{
    settle();
    add_both_callbacks();
    for (int g = 0; g < 3; g++) {
        memset(&seen, 0, sizeof seen);
        rc_gc_collect_generation(g);
        assert_int_equal(seen.calls[0], 2);
        assert_int_equal(seen.calls[1], 2);
        assert_int_equal(seen.starts, 2);
        assert_int_equal(seen.stops, 2);
        assert_int_equal(seen.generation, g);
    }
    assert_int_equal(rc_gc_remove_callback(note_phase, (void *)0), 0);
    assert_int_equal(rc_gc_remove_callback(note_phase, (void *)0), -1);
    rc_gc_collect();
    assert_int_equal(seen.calls[0], 2);
    assert_int_equal(seen.calls[1], 4);
}

static void callbacks_are_told_what_could_not_be_collected(void)
{
    settle();
    add_both_callbacks();
    for (int i = 0; i < 2; i++) {
        Node *ring = kit_ring(&uncollectable, 1, 2);
        drop(ring);
    }
    kit_garbage_ring(&kit_plain, 1, 1);
    assert_int_equal(rc_gc_collect(), 5);
    assert_int_equal(seen.collected, 1);
    assert_int_equal(seen.uncollectable, 4);
    assert_int_equal(rc_gc_garbage(NULL, 0), 4);
    rc_gc_clear_garbage();
    seen.clean = true;
    assert_int_equal(rc_gc_collect(), 4);
    assert_int_equal(seen.uncollectable, 4);
    assert_int_equal(rc_gc_garbage(NULL, 0), 0);
    seen.clean = false;
    assert_nothing_left();
}

static void leave_uncollectable_garbage(void)
{
    Node *ring = kit_ring(&uncollectable, 1, 2);
    drop(ring);
    rc_shutdown();
}

static void garbage_at_shutdown_is_named(void)
{
    static kit_outcome out;
    kit_run(&out, NULL, leave_uncollectable_garbage);
    assert_clean_exit(&out);
    assert_said(&out, "2 objects of class Uncollectable");
}

/* ---- weak references that lead back into trash ------------------------------------------------------------------ */

static rc_weakref *watched[2];
static rc_object *ouch_seen[2];
static int ouch_calls;

static void read_the_watched(rc_weakref *w, void *arg)
{
    (void)w, (void)arg;
    for (int i = 0; i < 2; i++) {
        if (watched[i]) ouch_seen[i] = rc_weakref_get(watched[i]);
    }
    ouch_calls++;
}

static void read_the_watched_at_death(Node *self)
{
    (void)self;
    read_the_watched(NULL, NULL);
}

static void assert_nothing_seen(int calls)
{
    assert_int_equal(ouch_calls, calls);
    for (int i = 0; i < 2; i++) {
        assert_null(ouch_seen[i]);
        RC_CLEAR(watched[i]);
    }
}

static void callbacks_see_no_other_trash(void)
{
    Node *node[2];
    for (int i = 0; i < 2; i++) {
        node[i] = self_loop(&kit_plain, i);
        watched[i] = rc_weakref_new(node[i], read_the_watched, NULL);
    }
    rc_gc_collect();
    assert_int_equal(ouch_calls, 0);
    drop(node[0]);
    drop(node[1]);
    assert_int_equal(rc_gc_collect(), 2);
    assert_nothing_seen(2);
    assert_nothing_left();
}

/* The old object dies because the young trash that held it is cleared, and what that runs must not reach the trash. */
static void trash_keeps_an_older_object(Node *old)
{
    rc_gc_collect();
    assert_generation(old, 2);
    Node *c1 = self_loop(&kit_plain, 1);
    kit_set(c1, 1, old);
    kit_set(old, 0, NULL);
    Node *c2 = self_loop(&kit_plain, 2);
    watched[0] = rc_weakref_new(c2, NULL, NULL);
    drop(old);
    drop(c1);
    drop(c2);
}

static void collect_by_allocating(void)
{
    rc_gc_stats before[3], now[3];
    rc_gc_get_stats(before);
    for (int i = 0; i < 10000; i++) {
        kit_new(&kit_plain, i);
        rc_gc_get_stats(now);
        if (now[0].collections != before[0].collections) return;
    }
    fail_msg("no collection after 10000 allocations");
}

static void a_callback_of_an_older_object_cannot_reach_the_trash_that_held_it(void)
{
    Node *old = self_loop(&kit_plain, 0);
    rc_weakref *w = rc_weakref_new(old, read_the_watched, NULL);
    trash_keeps_an_older_object(old);
    collect_by_allocating();
    assert_nothing_seen(1);
    drop(w);
    assert_int_equal(rc_heap_verify(), 0);
}

static void a_finalizer_of_an_older_object_cannot_reach_the_trash_that_held_it(void)
{
    Node *old = self_loop(&kit_node, 0);
    old->on_finalize = read_the_watched_at_death;
    trash_keeps_an_older_object(old);
    collect_by_allocating();
    assert_nothing_seen(1);
    assert_int_equal(rc_heap_verify(), 0);
}

/* Holds one reference that no traversal shows. */
typedef struct Opaque {
    RC_HEAD;
    rc_object *value;
} Opaque;

static int clear_opaque(rc_object *self)
{
    RC_CLEAR(((Opaque *)self)->value);
    return 0;
}

static const rc_type opaque = {.name = "Opaque", .size = sizeof(Opaque), .clear = clear_opaque};

/* a holds itself, an opaque holder of z, and the weak reference to z; a second cycle keeps the weak reference longer.
 * The collector does not see that z is trash, but that the weak reference is. */
static void trash_weak_reference_to_what_does_not_show(bool cycle_first, int generation, const rc_type *type)
{
    rc_list *cycle = cycle_first ? rc_list_new() : NULL;
    Node *a = self_loop(type, 1), *z = kit_new(&kit_plain, 2);
    Opaque *y = (Opaque *)rc_alloc(&opaque);
    rc_weakref *wz = rc_weakref_new(z, read_the_watched, NULL);
    if (!cycle) cycle = rc_list_new();
    y->value = (rc_object *)z;
    kit_set(a, 1, y);
    kit_set(a, 2, wz);
    rc_list_append(cycle, wz);
    rc_list_append(cycle, cycle);
    drop(y);
    drop(wz);
    settle();
    for (int g = 0; g < generation; g++) rc_gc_collect_generation(g);
    drop(a);
    drop(cycle);
    assert_int_equal(rc_gc_collect(), 3);
    assert_int_equal(ouch_calls, 0);
    assert_nothing_left();
}

static void trash_weak_references_are_cleared_before_anything_dies(void)
{
    for (int i = 0; i < 12; i++)
        trash_weak_reference_to_what_does_not_show(i % 2, i / 2 % 3, i < 6 ? &kit_plain : &kit_table);
}

/* The same with young and old parts of it collected by each generation. */
static void collect_parts(int made_old, int generation)
{
    Node *a = self_loop(&kit_plain, 1), *z = kit_new(&kit_plain, 2);
    Opaque *y = (Opaque *)rc_alloc(&opaque);
    y->value = (rc_object *)z;
    kit_set(a, 1, y);
    drop(y);
    if (made_old) rc_gc_collect_generation(made_old - 1);
    rc_weakref *wz = rc_weakref_new(z, read_the_watched, NULL);
    Node *holder = self_loop(&kit_plain, 3);
    kit_set(holder, 1, a);
    kit_set(holder, 2, wz);
    drop(wz);
    drop(a);
    drop(holder);
    rc_gc_collect_generation(generation);
    assert_int_equal(ouch_calls, 0);
    rc_gc_collect();
    assert_int_equal(ouch_calls, 0);
    assert_nothing_left();
}

static void trash_weak_references_stay_silent_across_generations(void)
{
    rc_gc_disable();
    for (int made_old = 0; made_old < 3; made_old++) {
        for (int generation = 0; generation < 3; generation++) collect_parts(made_old, generation);
    }
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(a_list_that_holds_itself),
    KIT_TEST(a_dict_that_holds_itself),
    KIT_TEST(a_dict_held_by_its_own_key),
    KIT_TEST(a_set_held_by_its_own_item),
    KIT_TEST(a_tuple_whose_list_holds_it),
    KIT_TEST(an_instance_that_holds_itself),
    KIT_TEST(an_instance_that_its_dict_of_attributes_holds),
    KIT_TEST(instances_of_a_derived_class),
    KIT_TEST(a_bound_method_kept_by_its_instance),
    KIT_TEST(an_object_moves_through_the_generations),
    KIT_TEST(collecting_counts_as_the_generations_say),
    KIT_TEST(no_other_generation_has_objects),
    KIT_TEST(each_generation_keeps_its_own_statistics),
    KIT_TEST(the_frozen_are_counted_and_come_back),
    KIT_TEST(atomic_objects_are_not_tracked_containers_are),
    KIT_TEST(referents_are_the_items),
    KIT_TEST(referrers_are_found_whatever_their_kind),
    KIT_TEST(saved_garbage_is_listed_whole),
    KIT_TEST(callbacks_are_told_of_every_collection),
    KIT_TEST(callbacks_are_told_what_could_not_be_collected),
    KIT_TEST(garbage_at_shutdown_is_named),
    KIT_TEST(callbacks_see_no_other_trash),
    KIT_TEST(a_callback_of_an_older_object_cannot_reach_the_trash_that_held_it),
    KIT_TEST(a_finalizer_of_an_older_object_cannot_reach_the_trash_that_held_it),
    KIT_TEST(trash_weak_references_are_cleared_before_anything_dies),
    KIT_TEST(trash_weak_references_stay_silent_across_generations),
};

KIT_MAIN(tests)
