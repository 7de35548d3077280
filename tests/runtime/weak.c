/* SPDX-License-Identifier: MIT
 *
 * Conformance, weak references: line 23, and what line 24 says of a plain death.
 */
#include "kit.h"

static int tag[16];

/* Logs "wN", N being which element of `tag` the callback was registered with, and whether the target still
 * shows. */
static void on_death(rc_weakref *w, void *arg)
{
    rc_object *target = rc_weakref_get(w);
    kit_log("w%d%s", (int)((int *)arg - tag), target ? "(alive)" : "");
    RC_XDECREF(target);
}

static rc_weakref *watch(void *p, int number)
{
    rc_weakref *w = rc_weakref_new(p, on_death, &tag[number]);
    assert_non_null(w);
    return w;
}

static void drop(rc_weakref *w)
{
    RC_DECREF(w);
}

static void assert_dead(rc_weakref *w)
{
    assert_null(rc_weakref_get(w));
}

static void assert_refers_to(rc_weakref *w, void *p)
{
    rc_object *target = rc_weakref_get(w);
    assert_ptr_equal(target, p);
    RC_DECREF(target);
}

/* ---- plain deaths
 * -------------------------------------------------------------------------------------------- */

static void a_weak_reference_does_not_count_and_reads_a_new_reference(void)
{
    Node *node = kit_new(&kit_node, 1);
    rc_weakref *w = rc_weakref_new(node, NULL, NULL);
    assert_int_equal(rc_refcount(node), 1);
    rc_object *strong = rc_weakref_get(w);
    assert_ptr_equal(strong, node);
    assert_int_equal(rc_refcount(node), 2);
    RC_DECREF(strong);
    RC_DECREF(node);
    assert_dead(w);
    drop(w);
    assert_int_equal(rc_live_objects(), 0);
}

static void weak_references_without_a_callback_are_shared(void)
{
    Node *node = kit_new(&kit_node, 1);
    rc_weakref *first = rc_weakref_new(node, NULL, NULL), *second = rc_weakref_new(node, NULL, NULL);
    assert_ptr_equal(first, second);
    assert_int_equal(rc_refcount(first), 2);
    assert_int_equal(rc_weakref_count(node), 1);
    drop(watch(node, 1));
    drop(first);
    drop(second);
    assert_int_equal(rc_weakref_count(node), 0);
    RC_DECREF(node);
    assert_log("f1 c1");
}

static void line_24_weak_references_die_before_the_finalizer_runs(void)
{
    Node *node = kit_new(&kit_node, 1);
    rc_weakref *plain = rc_weakref_new(node, NULL, NULL), *w = watch(node, 1);
    RC_DECREF(node);
    assert_log("w1 f1 c1");
    assert_dead(plain);
    assert_dead(w);
}

static rc_weakref *all[8];

static void see_all_dead(rc_weakref *w, void *arg)
{
    on_death(w, arg);
    for (int i = 0; i < 8; i++)
        if (all[i]) assert_dead(all[i]);
}

static void line_23_callbacks_run_newest_first_and_see_none_alive(void)
{
    Node *node = kit_new(&kit_node, 1);
    for (int i = 0; i < 8; i++) all[i] = rc_weakref_new(node, see_all_dead, &tag[i]);
    assert_int_equal(rc_weakref_count(node), 8);
    drop(all[3]);
    all[3] = NULL;
    assert_int_equal(rc_weakref_count(node), 7);
    RC_DECREF(node);
    assert_log("w7 w6 w5 w4 w2 w1 w0 f1 c1");
}

static void a_callback_does_not_run_when_its_reference_died_first(void)
{
    Node *node = kit_new(&kit_node, 1);
    drop(watch(node, 1));
    assert_int_equal(rc_weakref_count(node), 0);
    RC_DECREF(node);
    assert_log("f1 c1");
}

static void drop_sibling(rc_weakref *w, void *arg)
{
    on_death(w, arg);
    if (all[0]) drop(all[0]);
    all[0] = NULL;
}

static void a_callback_may_drop_other_references_to_the_dead(void)
{
    Node *node = kit_new(&kit_node, 1);
    all[0] = watch(node, 1);
    rc_weakref *w = rc_weakref_new(node, drop_sibling, &tag[2]);
    RC_DECREF(node);
    assert_log("w2 w1 f1 c1");
    drop(w);
    assert_int_equal(rc_live_objects(), 0);
}

static Node *saved;
static void save(Node *self)
{
    saved = rc_newref(self);
}

static void a_finalizer_that_saves_does_not_revive_weak_references(void)
{
    Node *node = kit_new(&kit_node, 1);
    node->on_finalize = save;
    rc_weakref *w = watch(node, 1);
    RC_DECREF(node);
    assert_log("w1 f1");
    assert_dead(w);
    rc_weakref *again = watch(saved, 2);
    assert_refers_to(again, saved);
    RC_CLEAR(saved);
    assert_log("w2 c1");
}

static void leaves_can_be_referred_to_weakly(void)
{
    Node *leaf = kit_new(&kit_leaf, 1);
    rc_weakref *w = watch(leaf, 1);
    assert_refers_to(w, leaf);
    RC_DECREF(leaf);
    assert_log("w1 f1");
    assert_dead(w);
}

/* ---- line 23: in the collector
 * ------------------------------------------------------------------------------------- */

static void line_23_weak_references_to_trash_die_before_any_callback_or_finalizer(void)
{
    Node *ring = kit_ring(&kit_node, 1, 3);
    all[0] = rc_weakref_new(ring, see_all_dead, &tag[1]);
    all[1] = rc_weakref_new(ring->slot[0], see_all_dead, &tag[2]);
    all[2] = rc_weakref_new(ring->slot[0], see_all_dead, &tag[3]);
    RC_DECREF(ring);
    assert_int_equal(rc_gc_collect(), 3);
    assert_log("w1 w3 w2 f1 f2 f3 c1 c2 c3");
}

static void line_23_a_callback_stays_silent_when_its_reference_is_trash(void)
{
    Node *ring = kit_ring(&kit_node, 1, 2), *alive = kit_new(&kit_node, 9);
    ring->slot[1] = (rc_object *)watch(ring, 1);
    ring->slot[2] = (rc_object *)watch(alive, 2);
    rc_weakref *outside = watch(ring, 3);
    assert_int_equal(rc_weakref_count(alive), 1);
    RC_DECREF(ring);
    assert_int_equal(rc_gc_collect(), 4);
    assert_log("w3 f1 f2 c1 c2");
    assert_dead(outside);
    assert_int_equal(rc_weakref_count(alive), 0);
    RC_DECREF(alive);
    assert_log("f9 c9");
}

static rc_weakref *kept_by_finalizer;

static void keep_reference(Node *self)
{
    kept_by_finalizer = (rc_weakref *)rc_newref(self->slot[1]);
}

static void line_23_a_trash_reference_is_cleared_even_when_its_target_lives(void)
{
    Node *ring = kit_ring(&kit_node, 1, 2), *alive = kit_new(&kit_node, 9);
    ring->slot[1] = (rc_object *)watch(alive, 2);
    ring->on_finalize = keep_reference;
    RC_DECREF(ring);
    rc_gc_collect();
    assert_log("f1 f2 c1 c2");
    assert_dead(kept_by_finalizer);
    RC_DECREF(alive);
    assert_log("f9 c9");
}

static void line_23_weak_reference_objects_are_tracked_and_counted(void)
{
    Node *node = kit_new(&kit_node, 1);
    assert_counts(1, 0, 0);
    rc_weakref *w = watch(node, 1);
    assert_counts(2, 0, 0);
    assert_true(rc_gc_is_tracked(w));
    assert_int_equal(rc_live_objects(), 2);
    drop(w);
    assert_counts(1, 0, 0);
    rc_gc_set_threshold(1, 10, 10);
    watch(node, 2);
    assert_counts(0, 1, 0);
}

static void line_23_callbacks_run_for_the_resurrected_too(void)
{
    Node *node = kit_new(&kit_node, 1);
    node->on_finalize = save;
    kit_set(node, 0, node);
    rc_weakref *w = watch(node, 1);
    RC_DECREF(node);
    assert_int_equal(rc_gc_collect(), 0);
    assert_log("w1 f1");
    assert_dead(w);
    assert_int_equal(rc_weakref_count(saved), 0);
}

static void collect_inside(rc_weakref *w, void *arg)
{
    (void)w, (void)arg;
    kit_log("nested=%zd", rc_gc_collect());
}

static void a_callback_may_ask_for_a_collection(void)
{
    Node *ring = kit_ring(&kit_node, 1, 2), *node = kit_new(&kit_node, 3);
    rc_weakref *first = rc_weakref_new(ring, collect_inside, NULL);
    rc_weakref *second = rc_weakref_new(node, collect_inside, NULL);
    RC_DECREF(ring);
    rc_gc_collect();
    assert_log("nested=0 f1 f2 c1 c2");
    kit_garbage_ring(&kit_node, 5, 2);
    RC_DECREF(node);
    assert_log("f5 f6 c5 c6 nested=2 f3 c3");
    drop(first);
    drop(second);
}

/* ---- RC_WEAK variables
 * --------------------------------------------------------------------------------------------------- */

static void a_weak_slot_reads_null_once_its_target_died(void)
{
    rc_object *slot = NULL;
    assert_null(rc_weak_load(&slot));
    Node *node = kit_new(&kit_node, 1);
    rc_weak_store(&slot, (rc_object *)node);
    assert_int_equal(rc_refcount(node), 1);
    rc_object *strong = rc_weak_load(&slot);
    assert_ptr_equal(strong, node);
    assert_int_equal(rc_refcount(node), 2);
    RC_DECREF(strong);
    RC_DECREF(node);
    assert_null(rc_weak_load(&slot));
    rc_weak_fini(&slot);
}

static void weak_slots_are_independent_of_each_other(void)
{
    Node *a = kit_new(&kit_node, 1), *b = kit_new(&kit_leaf, 2);
    rc_object *slot[50] = {NULL};
    for (int i = 0; i < 50; i++) rc_weak_store(&slot[i], (rc_object *)(i % 2 ? a : b));
    for (int i = 0; i < 50; i += 5) rc_weak_fini(&slot[i]);
    for (int i = 0; i < 50; i += 5) slot[i] = NULL;
    rc_weak_store(&slot[1], (rc_object *)b);
    rc_weak_store(&slot[3], NULL);
    RC_DECREF(a);
    for (int i = 0; i < 50; i++) {
        rc_object *target = rc_weak_load(&slot[i]);
        bool expected = i % 5 != 0 && (i % 2 == 0 || i == 1);
        assert_ptr_equal(target, expected ? b : NULL);
        RC_XDECREF(target);
    }
    for (int i = 0; i < 50; i++) rc_weak_fini(&slot[i]);
    RC_DECREF(b);
    assert_int_equal(rc_live_objects(), 0);
}

static void the_collector_clears_weak_slots_before_finalizers(void)
{
    rc_object *slot = NULL;
    Node *ring = kit_ring(&kit_node, 1, 2);
    ring->on_finalize = save;
    rc_weak_store(&slot, (rc_object *)ring);
    RC_DECREF(ring);
    assert_int_equal(rc_gc_collect(), 0);
    assert_null(rc_weak_load(&slot));
    rc_weak_fini(&slot);
    RC_CLEAR(saved);
    assert_int_equal(rc_gc_collect(), 2);
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(a_weak_reference_does_not_count_and_reads_a_new_reference),
    KIT_TEST(weak_references_without_a_callback_are_shared),
    KIT_TEST(line_24_weak_references_die_before_the_finalizer_runs),
    KIT_TEST(line_23_callbacks_run_newest_first_and_see_none_alive),
    KIT_TEST(a_callback_does_not_run_when_its_reference_died_first),
    KIT_TEST(a_callback_may_drop_other_references_to_the_dead),
    KIT_TEST(a_finalizer_that_saves_does_not_revive_weak_references),
    KIT_TEST(leaves_can_be_referred_to_weakly),
    KIT_TEST(line_23_weak_references_to_trash_die_before_any_callback_or_finalizer),
    KIT_TEST(line_23_a_callback_stays_silent_when_its_reference_is_trash),
    KIT_TEST(line_23_a_trash_reference_is_cleared_even_when_its_target_lives),
    KIT_TEST(line_23_weak_reference_objects_are_tracked_and_counted),
    KIT_TEST(line_23_callbacks_run_for_the_resurrected_too),
    KIT_TEST(a_callback_may_ask_for_a_collection),
    KIT_TEST(a_weak_slot_reads_null_once_its_target_died),
    KIT_TEST(weak_slots_are_independent_of_each_other),
    KIT_TEST(the_collector_clears_weak_slots_before_finalizers),
};

KIT_MAIN(tests)
