/* SPDX-License-Identifier: MIT
 *
 * Conformance, generations: counts, thresholds and membership, lines 15 to 20, 30 and 31; looking around.
 */
#include "kit.h"

static size_t collections(int generation)
{
    rc_gc_stats stats[3];
    rc_gc_get_stats(stats);
    return stats[generation].collections;
}

/* Keeps a new node for good. */
static Node *keep(void)
{
    return kit_new(&kit_plain, 0);
}

static bool in_generation(const void *p, int generation)
{
    static rc_object *seen[1 << 16];
    size_t n = rc_gc_get_objects(generation, seen, sizeof seen / sizeof seen[0]);
    for (size_t i = 0; i < n; i++)
        if (seen[i] == p) return true;
    return false;
}

/* ---- lines 15 to 17: counts and what starts a collection
 * ---------------------------------------------------------- */

static void line_15_defaults(void)
{
    size_t threshold[3];
    rc_gc_get_threshold(threshold);
    assert_true(threshold[0] == 700 && threshold[1] == 10 && threshold[2] == 10);
    assert_true(rc_gc_is_enabled());
    assert_int_equal(rc_gc_get_debug(), 0);
    assert_counts(0, 0, 0);
    rc_gc_set_threshold(3, 4, 5);
    rc_gc_get_threshold(threshold);
    assert_true(threshold[0] == 3 && threshold[1] == 4 && threshold[2] == 5);
}

static void line_16_the_count_rises_with_allocations_and_falls_with_releases(void)
{
    Node *node[5];
    for (int i = 0; i < 5; i++) node[i] = keep();
    assert_counts(5, 0, 0);
    RC_DECREF(node[0]);
    RC_DECREF(node[3]);
    assert_counts(3, 0, 0);
}

static void line_16_objects_that_are_not_tracked_do_not_count(void)
{
    Node *leaf = kit_new(&kit_leaf, 1);
    assert_counts(0, 0, 0);
    assert_false(rc_gc_is_tracked(leaf));
    RC_DECREF(leaf);
    assert_counts(0, 0, 0);
}

static void line_16_the_count_never_falls_below_zero(void)
{
    Node *node[5];
    for (int i = 0; i < 5; i++) node[i] = keep();
    assert_int_equal(rc_gc_collect_generation(0), 0);
    for (int i = 0; i < 5; i++) RC_DECREF(node[i]);
    assert_counts(0, 1, 0);
    keep();
    assert_counts(1, 1, 0);
}

static void line_17_a_collection_starts_inside_the_allocation_that_goes_over(void)
{
    rc_gc_set_threshold(10, 10, 10);
    for (int i = 0; i < 10; i++) keep();
    assert_counts(10, 0, 0);
    assert_int_equal(collections(0), 0);
    Node *last = keep();
    assert_counts(0, 1, 0);
    assert_int_equal(collections(0), 1);
    assert_true(in_generation(last, 0));
    assert_int_equal(rc_gc_get_objects(0, NULL, 0), 1);
    assert_int_equal(rc_gc_get_objects(1, NULL, 0), 10);
}

static void line_17_not_when_disabled(void)
{
    rc_gc_set_threshold(3, 10, 10);
    rc_gc_disable();
    assert_false(rc_gc_is_enabled());
    for (int i = 0; i < 20; i++) keep();
    assert_counts(20, 0, 0);
    rc_gc_enable();
    keep();
    assert_counts(0, 1, 0);
}

static void line_17_not_when_threshold_0_is_zero(void)
{
    rc_gc_set_threshold(0, 10, 10);
    for (int i = 0; i < 2000; i++) keep();
    assert_counts(2000, 0, 0);
}

static void line_17_not_while_an_error_is_pending(void)
{
    rc_gc_set_threshold(3, 10, 10);
    rc_error_set("pending");
    assert_non_null(rc_error_occurred());
    for (int i = 0; i < 20; i++) keep();
    assert_counts(20, 0, 0);
    rc_error_clear();
    assert_null(rc_error_occurred());
    keep();
    assert_counts(0, 1, 0);
}

static void allocate_in_finalizer(Node *self)
{
    (void)self;
    for (int i = 0; i < 50; i++) keep();
    kit_log("nested=%zd", rc_gc_collect());
}

static void line_17_not_while_one_is_running(void)
{
    Node *node = kit_new(&kit_node, 1);
    node->on_finalize = allocate_in_finalizer;
    kit_set(node, 0, node);
    RC_DECREF(node);
    rc_gc_set_threshold(5, 10, 10);
    assert_int_equal(rc_gc_collect(), 1);
    assert_log("f1 nested=0 c1");
    assert_int_equal(collections(0) + collections(1), 0);
    assert_int_equal(collections(2), 1);
}

/* ---- lines 18 to 20: which generation, and what it does to the counts
 * ---------------------------------------------- */

/* CPython's arithmetic for containers that all stay alive. */
typedef struct {
    size_t threshold[3], count[3], collections[3], young, middle, old, pending, total;
} model;

static void model_collect(model *m, int g)
{
    m->collections[g]++;
    if (g < 2) m->count[g + 1]++;
    for (int i = 0; i <= g; i++) m->count[i] = 0;
    if (g == 0) m->middle += m->young;
    if (g == 1) m->pending += m->young + m->middle;
    if (g >= 1) m->old += m->young + (g == 1 ? m->middle : 0);
    if (g == 2) {
        m->old += m->middle;
        m->total = m->old;
        m->pending = 0;
    }
    if (g >= 1) m->middle = 0;
    m->young = 0;
}

static void model_allocate(model *m)
{
    m->count[0]++;
    if (m->threshold[0] != 0 && m->count[0] > m->threshold[0])
        for (int g = 2; g >= 0; g--) {
            if (m->count[g] <= m->threshold[g]) continue;
            if (g == 2 && m->pending < m->total / 4) continue;
            model_collect(m, g);
            break;
        }
    m->young++;
}

static void follow_model(model *m, int allocations)
{
    rc_gc_stats stats[3];
    size_t count[3];
    rc_gc_set_threshold(m->threshold[0], m->threshold[1], m->threshold[2]);
    for (int i = 0; i < allocations; i++) {
        keep();
        model_allocate(m);
        rc_gc_get_count(count);
        rc_gc_get_stats(stats);
        for (int g = 0; g < 3; g++)
            if (count[g] != m->count[g] || stats[g].collections != m->collections[g])
                fail_msg("after %d allocations generation %d has count %zu and %zu collections, expected %zu "
                         "and %zu",
                         i + 1, g, count[g], stats[g].collections, m->count[g], m->collections[g]);
    }
    assert_int_equal(rc_gc_get_objects(0, NULL, 0), m->young);
    assert_int_equal(rc_gc_get_objects(1, NULL, 0), m->middle);
    assert_int_equal(rc_gc_get_objects(2, NULL, 0), m->old);
    assert_int_equal(rc_gc_get_objects(-1, NULL, 0), m->young + m->middle + m->old);
}

static void line_18_the_oldest_generation_over_its_threshold_is_chosen(void)
{
    model m = {.threshold = {4, 2, 1}};
    follow_model(&m, 3000);
    assert_true(m.collections[0] > 0 && m.collections[1] > 0 && m.collections[2] > 0);
}

static void line_18_the_oldest_waits_until_a_quarter_is_pending(void)
{
    enum { LONG_LIVED = 1000 };
    for (int i = 0; i < LONG_LIVED; i++) keep();
    assert_int_equal(rc_gc_collect(), 0);
    size_t before[3] = {collections(0), collections(1), collections(2)};
    model m = {.threshold = {4, 1, 1}, .total = LONG_LIVED, .old = LONG_LIVED};
    memcpy(m.collections, before, sizeof before);
    follow_model(&m, 249);
    assert_int_equal(collections(2), before[2]);
    follow_model(&m, 100);
    assert_int_equal(collections(2), before[2] + 1);
}

static void line_18_known_numbers_for_200000_containers(void)
{
    for (int i = 0; i < 200000; i++) keep();
    assert_int_equal(collections(0), 260);
    assert_int_equal(collections(1), 23);
    assert_int_equal(collections(2), 2);
}

static void line_19_collecting_counts_in_the_next_generation(void)
{
    rc_gc_collect_generation(0);
    assert_counts(0, 1, 0);
    rc_gc_collect();
    rc_gc_collect_generation(1);
    assert_counts(0, 0, 1);
    rc_gc_collect_generation(0);
    rc_gc_collect_generation(0);
    assert_counts(0, 2, 1);
    keep();
    assert_counts(1, 2, 1);
    rc_gc_collect_generation(2);
    assert_counts(0, 0, 0);
}

static void line_19_younger_generations_merge_into_the_collected_one(void)
{
    Node *node = keep();
    assert_true(in_generation(node, 0));
    rc_gc_collect_generation(0);
    assert_true(in_generation(node, 1) && !in_generation(node, 0));
    Node *young = keep();
    rc_gc_collect_generation(1);
    assert_true(in_generation(node, 2) && in_generation(young, 2));
    rc_gc_collect_generation(0);
    assert_true(in_generation(node, 2) && in_generation(young, 2));
}

static void line_20_survivors_of_the_middle_generation_are_pending(void)
{
    for (int i = 0; i < 400; i++) keep();
    rc_gc_collect();
    rc_gc_set_threshold(1, 1000, 0);
    size_t full = collections(2);
    for (int i = 0; i < 99; i++) keep();
    rc_gc_collect_generation(1);
    for (int i = 0; i < 4; i++) RC_DECREF(keep());
    keep(), keep();
    assert_int_equal(collections(2), full);
    rc_gc_collect_generation(1);
    keep(), keep();
    assert_int_equal(collections(2), full + 1);
    rc_gc_collect_generation(1);
    keep(), keep();
    assert_int_equal(collections(2), full + 1);
}

/* ---- lines 30 and 31: freezing, untracking
 * ------------------------------------------------------------------------------- */

static void line_30_freeze_moves_everything_out_of_reach(void)
{
    Node *node = keep();
    kit_garbage_ring(&kit_node, 1, 2);
    rc_gc_collect_generation(0);
    assert_log("f1 f2 c1 c2");
    kit_garbage_ring(&kit_node, 3, 2);
    keep();
    rc_gc_freeze();
    assert_counts(0, 0, 0);
    assert_int_equal(rc_gc_freeze_count(), 4);
    assert_int_equal(rc_gc_get_objects(-1, NULL, 0), 0);
    assert_int_equal(rc_gc_collect(), 0);
    assert_log("");
    assert_true(rc_gc_is_tracked(node));
    rc_gc_unfreeze();
    assert_int_equal(rc_gc_freeze_count(), 0);
    assert_true(in_generation(node, 2));
    assert_int_equal(rc_gc_collect(), 2);
    assert_log("f3 f4 c3 c4");
}

static void line_30_the_frozen_still_die_by_their_counts_and_are_roots(void)
{
    Node *frozen = kit_new(&kit_node, 1), *other = kit_new(&kit_node, 2);
    rc_gc_freeze();
    Node *ring = kit_ring(&kit_node, 3, 2);
    kit_set(frozen, 0, ring);
    RC_DECREF(ring);
    assert_int_equal(rc_gc_collect(), 0);
    RC_DECREF(other);
    assert_log("f2 c2");
    assert_int_equal(rc_gc_freeze_count(), 1);
    RC_DECREF(frozen);
    assert_log("f1 c1");
    assert_int_equal(rc_gc_collect(), 2);
    assert_log("f3 f4 c3 c4");
}

static void line_31_acyclic_classes_are_never_tracked(void)
{
    Node *leaf = kit_new(&kit_leaf, 1), *node = kit_new(&kit_node, 2);
    assert_false(rc_gc_is_tracked(leaf));
    assert_true(rc_gc_is_tracked(node));
    kit_set(node, 0, leaf);
    rc_gc_collect();
    assert_false(rc_gc_is_tracked(leaf));
    assert_true(rc_gc_is_tracked(node));
    assert_false(in_generation(leaf, -1));
}

static void tracking_by_hand_puts_an_object_into_generation_0(void)
{
    Node *node = kit_ring(&kit_node, 1, 1);
    rc_gc_collect();
    assert_true(in_generation(node, 2));
    rc_gc_untrack(node);
    assert_false(rc_gc_is_tracked(node));
    assert_false(in_generation(node, -1));
    RC_DECREF(node);
    assert_int_equal(rc_gc_collect(), 0);
    rc_gc_track(node);
    assert_true(in_generation(node, 0));
    assert_int_equal(rc_gc_collect_generation(0), 1);
}

/* ---- looking around
 * ------------------------------------------------------------------------------------------------------ */

static void referents_are_what_traverse_visits(void)
{
    Node *a = kit_new(&kit_node, 1), *b = kit_new(&kit_node, 2), *leaf = kit_new(&kit_leaf, 3);
    kit_set(a, 0, b);
    kit_set(a, 2, leaf);
    kit_set(a, 3, b);
    rc_object *out[4];
    assert_int_equal(rc_gc_get_referents(a, out, 4), 3);
    assert_true(out[0] == (rc_object *)b && out[1] == (rc_object *)leaf && out[2] == (rc_object *)b);
    assert_int_equal(rc_gc_get_referents(a, out, 1), 3);
    assert_int_equal(rc_gc_get_referents(b, NULL, 0), 0);
    Node *table = kit_new(&kit_table, 4);
    kit_set(table, 1, a);
    assert_int_equal(rc_gc_get_referents(table, out, 4), 1);
    assert_ptr_equal(out[0], a);
}

static void referrers_are_the_tracked_objects_that_refer(void)
{
    Node *target = kit_new(&kit_node, 1), *a = kit_new(&kit_node, 2), *b = kit_new(&kit_table, 3);
    kit_set(a, 0, target);
    kit_set(a, 1, target);
    kit_set(b, 3, target);
    rc_object *out[4];
    assert_int_equal(rc_gc_get_referrers(target, out, 4), 2);
    assert_true((out[0] == (rc_object *)a && out[1] == (rc_object *)b) ||
                (out[0] == (rc_object *)b && out[1] == (rc_object *)a));
    rc_gc_freeze();
    assert_int_equal(rc_gc_get_referrers(target, out, 4), 0);
    rc_gc_unfreeze();
    assert_int_equal(rc_gc_get_referrers(target, out, 4), 2);
    rc_gc_untrack(a);
    assert_int_equal(rc_gc_get_referrers(target, out, 4), 1);
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(line_15_defaults),
    KIT_TEST(line_16_the_count_rises_with_allocations_and_falls_with_releases),
    KIT_TEST(line_16_objects_that_are_not_tracked_do_not_count),
    KIT_TEST(line_16_the_count_never_falls_below_zero),
    KIT_TEST(line_17_a_collection_starts_inside_the_allocation_that_goes_over),
    KIT_TEST(line_17_not_when_disabled),
    KIT_TEST(line_17_not_when_threshold_0_is_zero),
    KIT_TEST(line_17_not_while_an_error_is_pending),
    KIT_TEST(line_17_not_while_one_is_running),
    KIT_TEST(line_18_the_oldest_generation_over_its_threshold_is_chosen),
    KIT_TEST(line_18_the_oldest_waits_until_a_quarter_is_pending),
    KIT_TEST(line_18_known_numbers_for_200000_containers),
    KIT_TEST(line_19_collecting_counts_in_the_next_generation),
    KIT_TEST(line_19_younger_generations_merge_into_the_collected_one),
    KIT_TEST(line_20_survivors_of_the_middle_generation_are_pending),
    KIT_TEST(line_30_freeze_moves_everything_out_of_reach),
    KIT_TEST(line_30_the_frozen_still_die_by_their_counts_and_are_roots),
    KIT_TEST(line_31_acyclic_classes_are_never_tracked),
    KIT_TEST(tracking_by_hand_puts_an_object_into_generation_0),
    KIT_TEST(referents_are_what_traverse_visits),
    KIT_TEST(referrers_are_the_tracked_objects_that_refer),
};

KIT_MAIN(tests)
