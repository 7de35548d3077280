/* SPDX-License-Identifier: MIT
 *
 * Conformance, the collector at work: lines 21, 22, 24 to 27, 29, 32 and 33 (23 is in weak.c, 28 in debug.c).
 */
#include "kit.h"

#include <errno.h>
#include <pthread.h>

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

/* ---- lines 21 and 22: results, roots
 * -------------------------------------------------------------------------------- */

static void line_21_the_result_counts_what_was_unreachable(void)
{
    kit_garbage_ring(&kit_plain, 1, 1);
    assert_int_equal(rc_gc_collect(), 1);
    kit_garbage_ring(&kit_plain, 1, 2);
    assert_int_equal(rc_gc_collect(), 2);
    kit_garbage_ring(&kit_table, 1, 10);
    kit_garbage_ring(&kit_node, 1, 5);
    assert_int_equal(rc_gc_collect(), 15);
    assert_int_equal(rc_gc_collect(), 0);
    rc_gc_stats stats[3];
    rc_gc_get_stats(stats);
    assert_true(stats[2].collections == 4 && stats[2].collected == 18 && stats[2].uncollectable == 0);
    assert_int_equal(rc_live_objects(), 0);
}

static void line_21_what_hangs_from_a_cycle_is_counted_when_it_is_tracked(void)
{
    Node *ring = kit_ring(&kit_plain, 1, 2);
    ring->slot[1] = (rc_object *)kit_new(&kit_plain, 3);
    ring->slot[2] = (rc_object *)kit_new(&kit_leaf, 4);
    RC_DECREF(ring);
    assert_int_equal(rc_gc_collect(), 3);
    assert_log("f4");
}

static void line_21_an_explicit_collection_ignores_enabled(void)
{
    rc_gc_disable();
    kit_garbage_ring(&kit_plain, 1, 3);
    assert_int_equal(rc_gc_collect(), 3);
    kit_garbage_ring(&kit_plain, 1, 3);
    assert_int_equal(rc_gc_collect_generation(0), 3);
}

static void line_21_a_bad_generation_is_an_error(void)
{
    const int bad[] = {-1, 3, 100, -2147483647 - 1};
    for (int i = 0; i < 4; i++) {
        errno = 0;
        assert_int_equal(rc_gc_collect_generation(bad[i]), -1);
        assert_int_equal(errno, EINVAL);
    }
    assert_counts(0, 0, 0);
}

static void line_22_what_live_objects_reach_is_live(void)
{
    Node *root = kit_new(&kit_node, 1), *ring = kit_ring(&kit_node, 2, 3);
    kit_set(root, 0, ring);
    RC_DECREF(ring);
    assert_int_equal(rc_gc_collect(), 0);
    assert_log("");
    kit_set(root, 0, NULL);
    assert_int_equal(rc_gc_collect(), 3);
    assert_log("f2 f3 f4 c2 c3 c4");
    RC_DECREF(root);
    assert_log("f1 c1");
}

static void line_22_references_from_other_generations_are_roots(void)
{
    Node *old = kit_ring(&kit_node, 1, 2);
    rc_gc_collect_generation(1);
    Node *young = kit_ring(&kit_node, 3, 2);
    kit_set(old, 1, young);
    kit_set(young, 1, old);
    RC_DECREF(old);
    RC_DECREF(young);
    assert_int_equal(rc_gc_collect_generation(0), 0);
    assert_int_equal(rc_gc_collect_generation(1), 0);
    assert_log("");
    assert_int_equal(rc_gc_collect(), 4);
}

static void line_22_a_count_held_outside_keeps_the_whole_ring(void)
{
    Node *ring = kit_ring(&kit_table, 1, 100), *held = ring;
    for (int i = 0; i < 57; i++) held = (Node *)held->slot[0];
    RC_INCREF(held);
    RC_DECREF(ring);
    assert_int_equal(rc_gc_collect(), 0);
    assert_int_equal(rc_refcount(held), 2);
    RC_DECREF(held);
    assert_int_equal(rc_gc_collect(), 100);
}

/* A list of n nodes in which all references lead to older nodes, or all to younger; the caller owns the first. */
static Node *one_way(int n, bool to_older)
{
    Node *first = kit_new(&kit_plain, 0), *last = first;
    for (int i = 1; i < n; i++) {
        Node *next = kit_new(&kit_plain, i);
        last->slot[i % 2 ? 3 : 0] = (rc_object *)next;
        if (to_older) {
            last->slot[i % 2 ? 3 : 0] = NULL;
            next->slot[i % 2] = (rc_object *)first;
            first = next;
        }
        last = next;
    }
    return first;
}

static void line_22_what_refers_only_to_older_or_only_to_younger_is_live(void)
{
    rc_gc_disable();
    for (int generation = 0; generation < 3; generation++) {
        for (int to_older = 0; to_older < 2; to_older++) {
            Node *list = one_way(3000, to_older);
            assert_int_equal(rc_gc_collect_generation(generation), 0);
            assert_true(in_generation(list, generation < 2 ? generation + 1 : 2));
            assert_true(rc_refcount(list) == 1);
            assert_int_equal(rc_live_objects(), 3000);
            RC_DECREF(list);
        }
    }
    assert_int_equal(rc_live_objects(), 0);
}

static void line_22_a_cycle_hides_behind_no_order(void)
{
    rc_gc_disable();
    for (int generation = 0; generation < 3; generation++) {
        for (int to_older = 0; to_older < 2; to_older++) {
            for (int length = 1; length < 4; length++) {
                Node *before = one_way(1000, to_older), *end = one_way(length, to_older), *start = end;
                while (start->slot[0] || start->slot[1] || start->slot[3])
                    start = (Node *)(start->slot[0]   ? start->slot[0]
                                     : start->slot[1] ? start->slot[1]
                                                      : start->slot[3]);
                Node *after = one_way(1000, to_older);
                start->slot[2] = (rc_object *)end; /* the one reference moves into the cycle */
                assert_int_equal(rc_gc_collect_generation(generation), length);
                assert_int_equal(rc_live_objects(), 2000);
                RC_DECREF(before);
                RC_DECREF(after);
                rc_gc_collect();
            }
        }
    }
}

/* ---- lines 24 to 27: finalizers, resurrection, clearing
 * -------------------------------------------------------------- */

static Node *saved;

static void save(Node *self)
{
    saved = rc_newref(self);
}

static void line_24_each_finalizer_runs_once_in_a_life(void)
{
    Node *node = kit_new(&kit_node, 1);
    node->on_finalize = save;
    kit_set(node, 0, node);
    assert_false(rc_gc_is_finalized(node));
    RC_DECREF(node);
    assert_int_equal(rc_gc_collect(), 0);
    assert_log("f1");
    assert_ptr_equal(saved, node);
    assert_true(rc_gc_is_finalized(node));
    RC_CLEAR(saved);
    assert_int_equal(rc_gc_collect(), 1);
    assert_log("c1");
    assert_int_equal(rc_live_objects(), 0);
}

static void line_24_a_plain_death_may_be_escaped_once(void)
{
    Node *node = kit_new(&kit_node, 1);
    rc_gc_collect();
    assert_true(in_generation(node, 2));
    node->on_finalize = save;
    RC_DECREF(node);
    assert_log("f1");
    assert_ptr_equal(saved, node);
    assert_int_equal(rc_refcount(saved), 1);
    assert_true(in_generation(node, 0) && rc_gc_is_tracked(node));
    RC_CLEAR(saved);
    assert_log("c1");
    assert_int_equal(rc_live_objects(), 0);
}

static void look_around(Node *self)
{
    for (int i = 0; i < KIT_SLOTS; i++)
        if (self->slot[i]) kit_log("sees%d", ((Node *)self->slot[i])->id);
}

static void line_24_finalizers_run_on_intact_objects_before_any_clearing(void)
{
    Node *a = kit_new(&kit_node, 1), *b = kit_new(&kit_node, 2), *c = kit_new(&kit_node, 3);
    a->on_finalize = b->on_finalize = c->on_finalize = look_around;
    kit_set(a, 0, c);
    kit_set(c, 0, b);
    kit_set(b, 0, a);
    kit_set(b, 2, b);
    RC_DECREF(a);
    RC_DECREF(b);
    RC_DECREF(c);
    assert_int_equal(rc_gc_collect(), 3);
    assert_log("f1 sees3 f2 sees1 sees2 f3 sees2 c1 c3 c2");
}

static void line_24_finalizers_run_in_allocation_order(void)
{
    enum { N = 40 };
    Node *node[N];
    for (int i = 0; i < N; i++) node[i] = kit_new(i % 3 ? &kit_node : &kit_table, i);
    for (int i = 0; i < N; i++) kit_set(node[i * 7 % N], 0, node[(i + 1) * 7 % N]);
    for (int i = N - 1; i >= 0; i--) RC_DECREF(node[i]);
    assert_int_equal(rc_gc_collect(), N);
    char expected[64], story[4096];
    snprintf(story, sizeof story, "%s", kit_log_take());
    char *word = strtok(story, " ");
    for (int i = 0; i < N; i++, word = strtok(NULL, " ")) {
        snprintf(expected, sizeof expected, "f%d", i);
        assert_string_equal(word, expected);
    }
}

static void line_24_freed_addresses_do_not_confuse_the_order(void)
{
    Node *hole[4];
    for (int i = 0; i < 4; i++) hole[i] = kit_new(&kit_plain, 0);
    Node *first = kit_new(&kit_node, 1);
    for (int i = 0; i < 4; i++) RC_DECREF(hole[i]);
    Node *second = kit_new(&kit_node, 2), *third = kit_new(&kit_node, 3);
    kit_set(first, 0, third);
    kit_set(third, 0, second);
    kit_set(second, 0, first);
    RC_DECREF(first);
    RC_DECREF(second);
    RC_DECREF(third);
    assert_int_equal(rc_gc_collect(), 3);
    assert_log("f1 f2 f3 c1 c3 c2");
}

static void line_25_resurrection_saves_what_the_resurrected_reach(void)
{
    Node *a = kit_ring(&kit_node, 1, 3);
    a->on_finalize = save;
    kit_garbage_ring(&kit_node, 11, 2);
    Node *tail = kit_new(&kit_node, 21); /* refers to the saved ring, is not reached by it */
    kit_set(tail, 0, tail);
    kit_set(tail, 1, a);
    RC_DECREF(a);
    RC_DECREF(tail);
    assert_int_equal(rc_gc_collect(), 3);
    assert_log("f1 f2 f3 f11 f12 f21 c11 c12 c21");
    assert_int_equal(rc_live_objects(), 3);
    RC_CLEAR(saved);
    assert_int_equal(rc_gc_collect(), 3);
    assert_log("c1 c2 c3");
    assert_int_equal(rc_live_objects(), 0);
}

static void line_25_two_resurrected_and_one_dead(void)
{
    Node *a = kit_ring(&kit_node, 1, 2);
    a->on_finalize = save;
    RC_DECREF(a);
    kit_garbage_ring(&kit_node, 3, 1);
    assert_int_equal(rc_gc_collect(), 1);
    assert_log("f1 f2 f3 c3");
    kit_garbage_ring(&kit_node, 4, 1);
    assert_int_equal(rc_gc_collect(), 1);
    assert_log("f4 c4");
    assert_true(in_generation(a, 2));
}

static void line_26_clearing_follows_allocation_order(void)
{
    Node *node[6];
    for (int i = 0; i < 6; i++) node[i] = kit_new(&kit_node, i + 1);
    for (int i = 0; i < 6; i++) kit_set(node[i], 0, node[i]);
    for (int i = 5; i >= 0; i--) RC_DECREF(node[i]);
    assert_int_equal(rc_gc_collect(), 6);
    assert_log("f1 f2 f3 f4 f5 f6 c1 c2 c3 c4 c5 c6");
}

static int traverse_pair(rc_object *object, rc_visit visit, void *arg)
{
    Node *self = (Node *)object;
    RC_VISIT(self->slot[0]);
    RC_VISIT(self->slot[1]);
    return 0;
}

static const rc_type stubborn = {
    .name = "Stubborn", .size = sizeof(Node), .flags = RC_TYPE_GC, .traverse = traverse_pair};

static void line_27_a_cycle_that_cannot_be_cleared_is_garbage(void)
{
    kit_garbage_ring(&stubborn, 1, 2);
    kit_garbage_ring(&kit_plain, 3, 3);
    assert_int_equal(rc_gc_collect(), 5);
    rc_gc_stats stats[3];
    rc_gc_get_stats(stats);
    assert_int_equal(stats[2].collected, 3);
    assert_int_equal(stats[2].uncollectable, 2);
    rc_object *garbage[4];
    assert_int_equal(rc_gc_garbage(garbage, 4), 2);
    assert_true(rc_type_of(garbage[0]) == &stubborn && rc_type_of(garbage[1]) == &stubborn);
    assert_int_equal(rc_refcount(garbage[0]), 2);
    assert_int_equal(rc_live_objects(), 2);
    assert_int_equal(rc_gc_collect(), 0);
    rc_gc_clear_garbage();
    assert_int_equal(rc_gc_garbage(garbage, 4), 0);
    assert_int_equal(rc_gc_collect(), 2);
}

static void line_27_one_that_others_share_dies_when_those_are_cleared(void)
{
    Node *shared = kit_new(&stubborn, 1), *node = kit_new(&kit_node, 2);
    kit_set(node, 0, shared);
    kit_set(node, 1, node);
    RC_DECREF(shared);
    RC_DECREF(node);
    assert_int_equal(rc_gc_collect(), 2);
    assert_log("f2 c2");
    assert_int_equal(rc_gc_garbage(NULL, 0), 0);
    assert_int_equal(rc_live_objects(), 0);
}

/* ---- line 29: callbacks
 * ------------------------------------------------------------------------------------------------ */

static void on_collection(rc_gc_phase phase, const rc_gc_info *info, void *arg)
{
    const char *name = arg;
    if (phase == RC_GC_START) kit_log("%s:start%d", name, info->generation);
    if (phase == RC_GC_STOP)
        kit_log("%s:stop%d,%zu,%zu", name, info->generation, info->collected, info->uncollectable);
}

static void line_29_callbacks_get_start_and_stop(void)
{
    char first[] = "A", second[] = "B";
    assert_int_equal(rc_gc_add_callback(on_collection, first), 0);
    assert_int_equal(rc_gc_add_callback(on_collection, second), 0);
    kit_garbage_ring(&kit_node, 1, 2);
    assert_int_equal(rc_gc_collect_generation(1), 2);
    assert_log("A:start1 B:start1 f1 f2 c1 c2 A:stop1,2,0 B:stop1,2,0");
    assert_int_equal(rc_gc_remove_callback(on_collection, first), 0);
    assert_int_equal(rc_gc_remove_callback(on_collection, first), -1);
    rc_gc_collect();
    assert_log("B:start2 B:stop2,0,0");
    kit_garbage_ring(&stubborn, 1, 1);
    rc_gc_collect();
    assert_log("B:start2 B:stop2,0,1");
}

static void line_29_an_automatic_collection_calls_them_too(void)
{
    char name[] = "A";
    rc_gc_add_callback(on_collection, name);
    rc_gc_set_threshold(2, 10, 10);
    for (int i = 0; i < 3; i++) keep();
    assert_log("A:start0 A:stop0,0,0");
}

static void leave_an_error(rc_gc_phase phase, const rc_gc_info *info, void *arg)
{
    (void)info, (void)arg;
    if (phase == RC_GC_START) rc_error_set("left behind by a callback");
}

static void collect_with_an_erring_callback(void)
{
    rc_gc_add_callback(leave_an_error, NULL);
    rc_gc_collect();
    puts(rc_error_occurred() ? "still pending" : "no error pending");
}

static void line_29_an_error_that_one_leaves_is_printed_and_cleared(void)
{
    static kit_outcome out;
    kit_run(&out, NULL, collect_with_an_erring_callback);
    assert_clean_exit(&out);
    assert_said(&out, "left behind by a callback");
    assert_said(&out, "no error pending");
}

static void allocate_much(rc_gc_phase phase, const rc_gc_info *info, void *arg)
{
    (void)phase, (void)info, (void)arg;
    for (int i = 0; i < 100; i++) keep();
    kit_log("nested=%zd", rc_gc_collect());
}

static void line_29_their_allocations_start_no_collection(void)
{
    rc_gc_set_threshold(10, 10, 10);
    rc_gc_add_callback(allocate_much, NULL);
    rc_gc_collect_generation(0);
    assert_log("nested=0 nested=0");
    assert_int_equal(collections(0), 1);
    assert_int_equal(collections(1) + collections(2), 0);
}

/* ---- lines 32 and 33: no recursion, no allocation
 * --------------------------------------------------------------------- */

enum { MILLION = 1000000 };

/* Runs fn on a stack that a recursion over a million objects would not fit in. */
static void on_a_small_stack(void *(*fn)(void *))
{
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 256 << 10);
    assert_int_equal(pthread_create(&thread, &attributes, fn, NULL), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

static int chain_length(void)
{
    return kit_under_valgrind() || KIT_ASAN ? MILLION / 20 : MILLION;
}

static void drop_chain(const rc_type *type)
{
    rc_gc_disable();
    Node *head = NULL;
    for (int i = 0; i < chain_length(); i++) {
        Node *next = (Node *)rc_alloc(type);
        if (!next) abort();
        next->slot[0] = (rc_object *)head;
        head = next;
    }
    RC_XDECREF(head);
    if (rc_live_objects() != 0) abort();
}

static void *drop_chains(void *unused)
{
    (void)unused;
    drop_chain(&kit_plain);
    drop_chain(&kit_node);
    drop_chain(&kit_table);
    return NULL;
}

static void line_32_a_million_node_chain_dies_without_recursion(void)
{
    on_a_small_stack(drop_chains);
}

static void *collect_ring(void *unused)
{
    (void)unused;
    rc_gc_disable();
    Node *head = NULL, *last = NULL;
    for (int i = 0; i < chain_length(); i++) {
        Node *next = (Node *)rc_alloc(i % 2 ? &kit_plain : &kit_table);
        if (!next) abort();
        if (last) last->slot[0] = (rc_object *)next;
        if (!head) head = next;
        last = next;
    }
    last->slot[0] = (rc_object *)rc_newref(head);
    if (rc_gc_collect() != 0) abort();
    RC_DECREF(head);
    if (rc_gc_collect() != chain_length() || rc_live_objects() != 0) abort();
    return NULL;
}

static void line_32_a_collection_uses_no_recursion(void)
{
    on_a_small_stack(collect_ring);
}

static void *no_memory(void *ctx, size_t size)
{
    (void)ctx, (void)size;
    return NULL;
}

static void keep_arena(void *ctx, void *p, size_t size)
{
    (void)ctx, (void)p, (void)size;
}

static void line_33_the_collector_needs_no_memory(void)
{
    kit_hook hook[3] = {{.refuse = true}, {.refuse = true}, {.refuse = true}};
    rc_gc_disable();
    for (int i = 0; i < 300; i++) kit_garbage_ring(i % 2 ? &kit_node : &kit_table, i * 10, 10);
    Node *kept = kit_ring(&kit_node, 5000, 500);
    kept->on_finalize = save;
    rc_arena_allocator none = {NULL, no_memory, keep_arena};
    rc_arena_set_allocator(&none);
    for (int d = RC_DOMAIN_RAW; d <= RC_DOMAIN_OBJ; d++) kit_hook_install(&hook[d], (rc_domain)d);
    assert_int_equal(rc_gc_collect_generation(0), 3000);
    RC_DECREF(kept);
    assert_int_equal(rc_gc_collect(), 0);
    RC_CLEAR(saved);
    assert_int_equal(rc_gc_collect(), 500);
    assert_int_equal(hook[0].mallocs + hook[1].mallocs + hook[2].mallocs, 0);
    assert_int_equal(rc_live_objects(), 0);
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(line_21_the_result_counts_what_was_unreachable),
    KIT_TEST(line_21_what_hangs_from_a_cycle_is_counted_when_it_is_tracked),
    KIT_TEST(line_21_an_explicit_collection_ignores_enabled),
    KIT_TEST(line_21_a_bad_generation_is_an_error),
    KIT_TEST(line_22_what_live_objects_reach_is_live),
    KIT_TEST(line_22_references_from_other_generations_are_roots),
    KIT_TEST(line_22_a_count_held_outside_keeps_the_whole_ring),
    KIT_TEST(line_22_what_refers_only_to_older_or_only_to_younger_is_live),
    KIT_TEST(line_22_a_cycle_hides_behind_no_order),
    KIT_TEST(line_24_each_finalizer_runs_once_in_a_life),
    KIT_TEST(line_24_a_plain_death_may_be_escaped_once),
    KIT_TEST(line_24_finalizers_run_on_intact_objects_before_any_clearing),
    KIT_TEST(line_24_finalizers_run_in_allocation_order),
    KIT_TEST(line_24_freed_addresses_do_not_confuse_the_order),
    KIT_TEST(line_25_resurrection_saves_what_the_resurrected_reach),
    KIT_TEST(line_25_two_resurrected_and_one_dead),
    KIT_TEST(line_26_clearing_follows_allocation_order),
    KIT_TEST(line_27_a_cycle_that_cannot_be_cleared_is_garbage),
    KIT_TEST(line_27_one_that_others_share_dies_when_those_are_cleared),
    KIT_TEST(line_29_callbacks_get_start_and_stop),
    KIT_TEST(line_29_an_automatic_collection_calls_them_too),
    KIT_TEST(line_29_an_error_that_one_leaves_is_printed_and_cleared),
    KIT_TEST(line_29_their_allocations_start_no_collection),
    KIT_TEST(line_32_a_million_node_chain_dies_without_recursion),
    KIT_TEST(line_32_a_collection_uses_no_recursion),
    KIT_TEST(line_33_the_collector_needs_no_memory),
};

KIT_MAIN(tests)
