/* SPDX-License-Identifier: MIT
 *
 * What CPython's own tests of its collector and of finalization (test_gc, test_finalization) expect, asked of the
 * runtime: the behaviour of each of their cases that has a counterpart in C.
 */
#include "kit.h"

#include <pthread.h>
#include <unistd.h>

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
    garbage_loops(1, NULL);
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
