/* SPDX-License-Identifier: MIT
 *
 * What CPython's own tests of finalization (test_finalization, and those of test_gc that have finalizers) expect, asked
 * of the runtime: finalizers that interfere, in cycles and outside, and resurrection.
 */
#include "kit.h"

#include <pthread.h>

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

static Node *resurrected[8];
static int resurrections;

static void resurrect(Node *self)
{
    resurrected[resurrections++ % 8] = rc_newref(self);
}

static void let_go_of_the_resurrected(void)
{
    for (int i = 0; i < 8; i++) RC_CLEAR(resurrected[i]);
}

/* ---- finalizers that interfere --------------------------------------------------------------------------- */

static Node *late_global, *function_global;
static rc_weakref *to_function;

static void take_the_function(Node *self)
{
    (void)self;
    function_global = (Node *)rc_weakref_get(to_function);
}

/* Weak references made in the collection itself lead to what it is about to clear. */
static void watch_the_function(Node *self)
{
    to_function = rc_weakref_new(self->slot[0], NULL, NULL);
    RC_CLEAR(late_global);
}

static void a_reference_taken_while_its_target_is_being_cleared(void)
{
    late_global = kit_new(&kit_node, 3);
    late_global->on_finalize = take_the_function;
    Node *function = kit_new(&kit_plain, 1), *cyclic = kit_new(&kit_node, 2);
    cyclic->on_finalize = watch_the_function;
    kit_set(cyclic, 0, function);
    kit_set(cyclic, 1, late_global);
    kit_set(function, 0, cyclic);
    drop(function);
    drop(cyclic);
    settle();
    assert_non_null(to_function);
    assert_int_equal(rc_heap_verify(), 0);
    if (function_global) assert_ptr_equal(rc_type_of(function_global), &kit_plain);
    RC_CLEAR(function_global);
    drop(to_function);
    assert_nothing_left();
}

static void allocate_in_finalizer(Node *self)
{
    (void)self;
    drop(kit_new(&kit_plain, 9));
    kit_garbage_ring(&kit_plain, 10, 2);
}

static void a_finalizer_that_starts_a_collection(void)
{
    rc_gc_set_threshold(1, 10, 10);
    Node *node = kit_new(&kit_node, 1);
    node->on_finalize = allocate_in_finalizer;
    drop(node);
    node = self_loop(&kit_node, 2);
    node->on_finalize = allocate_in_finalizer;
    drop(node);
    rc_gc_collect();
    rc_gc_collect();
    assert_nothing_left();
}

/* Neither has a finalizer, and breaking the cycle by hand while it is garbage is nobody's business. */
static void trash_is_not_asked_whether_it_has_a_finalizer(void)
{
    settle();
    for (int i = 0; i < 2; i++) {
        kit_garbage_ring(i ? &kit_table : &kit_plain, 1, 2);
        assert_int_equal(rc_gc_collect(), 2);
        assert_int_equal(rc_gc_garbage(NULL, 0), 0);
    }
    assert_nothing_left();
}

static void set_attribute(Node *self)
{
    kit_set(self, 3, NULL);
    kit_set(self, 2, self);
    kit_set(self, 2, NULL);
}

static void a_finalizer_that_changes_its_object(void)
{
    Node *a = kit_new(&kit_plain, 1), *b = kit_new(&kit_node, 2), *x = kit_new(&kit_plain, 3);
    b->on_finalize = set_attribute;
    kit_set(b, 0, x);
    kit_set(a, 0, b);
    kit_set(b, 1, a);
    drop(x);
    drop(a);
    drop(b);
    settle();
    assert_nothing_left();
}

static int ouches;

static void collect_now_and_then(Node *self)
{
    (void)self;
    if (++ouches % 17 == 0) rc_gc_collect();
}

static Node *ouch(void)
{
    Node *node = kit_new(&kit_node, 0);
    node->on_finalize = collect_now_and_then;
    return node;
}

static rc_object *nested_lists(int depth)
{
    rc_list *outer = rc_list_new();
    for (int i = 0; i < depth; i++) {
        rc_list *next = rc_list_new();
        Node *o = ouch();
        rc_list_append(next, outer);
        rc_list_append(next, o);
        drop(outer);
        drop(o);
        outer = next;
    }
    return (rc_object *)outer;
}

static rc_object *nested_tuples(int depth)
{
    rc_tuple *outer = rc_tuple_new(2);
    for (int i = 0; i < depth; i++) {
        rc_tuple *next = rc_tuple_new(2);
        rc_tuple_set(next, 0, outer);
        rc_tuple_set(next, 1, ouch());
        outer = next;
    }
    return (rc_object *)outer;
}

static rc_object *nested_dicts(int depth)
{
    rc_dict *outer = rc_dict_new();
    rc_int *one = rc_int_new(1), *two = rc_int_new(2);
    for (int i = 0; i < depth; i++) {
        rc_dict *next = rc_dict_new();
        Node *o = ouch();
        rc_dict_set(next, one, outer);
        rc_dict_set(next, two, o);
        drop(outer);
        drop(o);
        outer = next;
    }
    drop(one);
    drop(two);
    return (rc_object *)outer;
}

static rc_object *nested_nodes(int depth)
{
    Node *outer = ouch();
    for (int i = 0; i < depth; i++) {
        Node *next = kit_new(i % 2 ? &kit_plain : &kit_table, 0), *o = ouch();
        next->slot[1] = (rc_object *)outer;
        next->slot[2] = (rc_object *)o;
        outer = next;
    }
    return (rc_object *)outer;
}

static void deep_nests_whose_finalizers_collect(void)
{
    rc_object *(*const nest[])(int) = {nested_lists, nested_tuples, nested_dicts, nested_nodes};
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 4; i++) {
            rc_object *o = nest[i](150);
            drop(o);
            assert_int_equal(rc_heap_verify(), 0);
        }
    }
    assert_true(ouches >= 2 * 4 * 150);
    assert_nothing_left();
}

static size_t made, finalized;

static void count_death(Node *self)
{
    (void)self;
    __atomic_add_fetch(&finalized, 1, __ATOMIC_RELAXED);
    rc_safepoint();
    drop(rc_list_new());
}

static void *make_nests(void *arg)
{
    (void)arg;
    int rounds = kit_under_valgrind() ? 10 : 400;
    for (int round = 0; round < rounds; round++) {
        rc_list *outer = rc_list_new();
        for (int i = 0; i < 60; i++) {
            Node *node = (Node *)rc_alloc(&kit_node);
            rc_list *next = rc_list_new();
            node->on_finalize = count_death;
            node->slot[0] = (rc_object *)outer;
            __atomic_add_fetch(&made, 1, __ATOMIC_RELAXED);
            rc_list_append(next, node);
            drop(node);
            outer = next;
        }
        drop(outer);
    }
    return NULL;
}

/* Without threads one after the other. */
static void nests_die_in_several_threads_at_once(void)
{
#ifdef RECOUNT_THREADS
    pthread_t thread[2];
    for (int i = 0; i < 2; i++) pthread_create(&thread[i], NULL, make_nests, NULL);
    rc_blocking_begin();
    for (int i = 0; i < 2; i++) pthread_join(thread[i], NULL);
    rc_blocking_end();
#else
    make_nests(NULL);
#endif
    rc_gc_collect();
    assert_true(made > 0);
    assert_int_equal(made, finalized);
    assert_nothing_left();
}

/* ---- finalizers in cycles: results as CPython 3.11 gives them ------------------------------------------------ */

/* A ring linked both ways. `kinds`: p does nothing, s lets go of its neighbours, r resurrects itself. */
static void let_go_of_neighbours(Node *self)
{
    for (int i = 0; i < KIT_SLOTS; i++) RC_CLEAR(self->slot[i]);
}

static void make_chain(const char *kinds)
{
    Node *node[8];
    int n = (int)strlen(kinds);
    for (int i = 0; i < n; i++) {
        node[i] = kit_new(&kit_node, i);
        node[i]->on_finalize = kinds[i] == 's' ? let_go_of_neighbours : kinds[i] == 'r' ? resurrect : NULL;
    }
    for (int i = 0; i < n; i++) {
        kit_set(node[i], 0, node[(i + n - 1) % n]);
        kit_set(node[(i + n - 1) % n], 1, node[i]);
    }
    for (int i = 0; i < n; i++) drop(node[i]);
}

static void chains_that_resist(void)
{
    static const struct {
        const char *kinds;
        int first, resurrected, second;
    } chain[] = {{"p", 1, 0, 0},    {"s", 0, 0, 0},     {"r", 0, 1, 1},    {"ppp", 3, 0, 0},
                 {"rrr", 0, 3, 3},  {"sss", 0, 0, 0},   {"spsp", 0, 0, 0}, {"sspp", 4, 0, 0},
                 {"rprp", 0, 2, 4}, {"rpsrps", 0, 2, 6}};
    settle();
    for (size_t i = 0; i < sizeof chain / sizeof *chain; i++) {
        resurrections = 0;
        make_chain(chain[i].kinds);
        assert_int_equal(rc_gc_collect(), chain[i].first);
        assert_int_equal(resurrections, chain[i].resurrected);
        let_go_of_the_resurrected();
        assert_int_equal(rc_gc_collect(), chain[i].second);
        assert_int_equal(resurrections, chain[i].resurrected);
        assert_nothing_left();
    }
}

/* Each of a chain finalizes once, also where another of it died before its turn. */
static void every_member_of_a_chain_is_finalized_once(void)
{
    static const char *const chain[] = {"ppp", "sss", "spsp", "sspp", "rprp", "rpsrps", "psr", "srp"};
    settle();
    for (size_t i = 0; i < sizeof chain / sizeof *chain; i++) {
        char seen[128];
        resurrections = 0;
        make_chain(chain[i]);
        rc_gc_collect();
        let_go_of_the_resurrected();
        rc_gc_collect();
        snprintf(seen, sizeof seen, " %s", kit_log_take());
        for (int id = 0; id < (int)strlen(chain[i]); id++) {
            char word[16];
            snprintf(word, sizeof word, " f%d", id);
            char *found = strstr(seen, word);
            assert_non_null(found);
            assert_null(strstr(found + 1, word));
        }
        assert_nothing_left();
    }
}

static void objects_outside_cycles_are_finalized_and_resurrected_too(void)
{
    const rc_type *const types[] = {&kit_node, &kit_leaf, &kit_table};
    for (int i = 0; i < 3; i++) {
        resurrections = 0;
        Node *node = kit_new(types[i], i);
        node->on_finalize = resurrect;
        rc_weakref *w = rc_weakref_new(node, NULL, NULL);
        drop(node);
        assert_int_equal(resurrections, 1);
        assert_ptr_equal(resurrected[0], node);
        assert_null(rc_weakref_get(w));
        assert_true(rc_gc_is_finalized(node));
        let_go_of_the_resurrected();
        assert_int_equal(resurrections, 1);
        drop(w);
        assert_nothing_left();
    }
}

/* ---- resurrection ------------------------------------------------------------------------------------------- */

static void resurrection_only_happens_once_per_object(void)
{
    settle();
    Node *lazarus = self_loop(&kit_node, 1);
    lazarus->on_finalize = resurrect;
    drop(lazarus);
    rc_gc_collect();
    assert_int_equal(resurrections, 1);
    let_go_of_the_resurrected();
    assert_int_equal(rc_gc_collect(), 1);
    assert_int_equal(resurrections, 1);
    assert_nothing_left();
}

static void resurrection_is_transitive(void)
{
    settle();
    Node *lazarus = kit_new(&kit_node, 1), *cargo = self_loop(&kit_plain, 2);
    lazarus->on_finalize = resurrect;
    kit_set(lazarus, 0, cargo);
    kit_set(cargo, 1, lazarus);
    drop(lazarus);
    drop(cargo);
    assert_int_equal(rc_gc_collect(), 0);
    assert_int_equal(resurrections, 1);
    assert_ptr_equal(resurrected[0]->slot[0], cargo);
    assert_int_equal(cargo->id, 2);
    assert_ptr_equal(cargo->slot[0], cargo);
    let_go_of_the_resurrected();
    assert_int_equal(rc_gc_collect(), 2);
    assert_nothing_left();
}

static void assert_full_stats_grew(rc_gc_stats before, size_t collected)
{
    rc_gc_stats now[3];
    rc_gc_get_stats(now);
    assert_int_equal(now[2].collected - before.collected, collected);
    assert_int_equal(now[2].uncollectable - before.uncollectable, 0);
    assert_int_equal(now[2].collections - before.collections, 1);
}

static void garbage_loops(int n, void (*on_finalize)(Node *))
{
    for (int i = 0; i < n; i++) {
        Node *node = self_loop(on_finalize ? &kit_node : &kit_plain, i);
        node->on_finalize = on_finalize;
        drop(node);
    }
}

static void resurrection_does_not_keep_other_objects_from_being_collected(void)
{
    static const struct {
        int plain, resurrecting, expected;
    } step[] = {{100, 0, 100}, {0, 1, 0}, {100, 1, 100}};
    rc_gc_stats before[3];
    settle();
    for (int i = 0; i < 3; i++) {
        rc_gc_get_stats(before);
        garbage_loops(step[i].plain, NULL);
        garbage_loops(step[i].resurrecting, resurrect);
        assert_int_equal(rc_gc_collect(), step[i].expected);
        assert_full_stats_grew(before[2], (size_t)step[i].expected);
    }
    rc_gc_get_stats(before);
    let_go_of_the_resurrected();
    assert_int_equal(rc_gc_collect(), 2);
    assert_full_stats_grew(before[2], 2);
    assert_nothing_left();
}

static void an_object_is_finalized_from_its_finalizer_on(void)
{
    rc_int *i = rc_int_new(1000);
    assert_false(rc_gc_is_finalized(i));
    drop(i);
    Node *lazarus = kit_new(&kit_node, 1);
    lazarus->on_finalize = resurrect;
    assert_false(rc_gc_is_finalized(lazarus));
    drop(lazarus);
    rc_gc_collect();
    assert_true(rc_gc_is_finalized(resurrected[0]));
    assert_true(rc_gc_is_tracked(resurrected[0]));
    let_go_of_the_resurrected();
    assert_nothing_left();
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(a_reference_taken_while_its_target_is_being_cleared),
    KIT_TEST(a_finalizer_that_starts_a_collection),
    KIT_TEST(trash_is_not_asked_whether_it_has_a_finalizer),
    KIT_TEST(a_finalizer_that_changes_its_object),
    KIT_TEST(deep_nests_whose_finalizers_collect),
    KIT_TEST(nests_die_in_several_threads_at_once),
    KIT_TEST(chains_that_resist),
    KIT_TEST(every_member_of_a_chain_is_finalized_once),
    KIT_TEST(objects_outside_cycles_are_finalized_and_resurrected_too),
    KIT_TEST(resurrection_only_happens_once_per_object),
    KIT_TEST(resurrection_is_transitive),
    KIT_TEST(resurrection_does_not_keep_other_objects_from_being_collected),
    KIT_TEST(an_object_is_finalized_from_its_finalizer_on),
};

KIT_MAIN(tests)
