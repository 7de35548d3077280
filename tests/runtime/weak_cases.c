/* SPDX-License-Identifier: MIT
 *
 * What CPython's own tests of weak references (test_weakref) expect, asked of the runtime: the behaviour of each of
 * their cases that has a counterpart in C. Weak dictionaries, which the library does not have, are built here.
 */
#include "kit.h"

#include <pthread.h>

static int called;
static rc_weakref *last_called;

static void count_call(rc_weakref *w, void *arg)
{
    assert_null(rc_weakref_get(w));
    last_called = w;
    called++;
    if (arg) ++*(int *)arg;
}

static void drop(void *p)
{
    rc_object *object = p;
    RC_DECREF(object);
}

static rc_weakref *watch(void *p, rc_weakref_callback callback, void *arg)
{
    rc_weakref *w = rc_weakref_new(p, callback, arg);
    assert_non_null(w);
    return w;
}

static bool leads_to(rc_weakref *w, const void *p)
{
    rc_object *target = rc_weakref_get(w);
    bool same = target == p;
    RC_XDECREF(target);
    return same;
}

static void assert_nothing_left(void)
{
    assert_int_equal(rc_gc_collect(), 0);
    assert_int_equal(rc_live_objects(), 0);
    assert_int_equal(rc_heap_verify(), 0);
}

/* One object of every kind that can be referred to weakly. */
enum { KINDS = 10 };

static void *any_kind(int kind)
{
    switch (kind) {
    case 0: return kit_new(&kit_node, 0);
    case 1: return kit_new(&kit_leaf, 0);
    case 2: return kit_new(&kit_table, 0);
    case 3: return rc_list_new();
    case 4: return rc_dict_new();
    case 5: return rc_set_new();
    case 6: return rc_tuple_new(2);
    case 7: return rc_str_new("a");
    case 8: return rc_bytes_new("a", 1);
    default: return rc_int_new(1000);
    }
}

/* ---- references and callbacks ---------------------------------------------------------------------------------- */

static void a_reference_is_live_until_its_target_dies(void)
{
    for (int kind = 0; kind < KINDS; kind++) {
        void *o = any_kind(kind);
        rc_weakref *w = watch(o, NULL, NULL);
        assert_true(leads_to(w, o));
        assert_int_equal(rc_refcount(o), 1);
        drop(o);
        assert_true(leads_to(w, NULL));
        drop(w);
    }
    assert_nothing_left();
}

static void a_callback_gets_the_dead_reference(void)
{
    for (int kind = 0; kind < KINDS; kind++) {
        void *o = any_kind(kind);
        rc_weakref *w = watch(o, count_call, NULL);
        drop(o);
        assert_int_equal(called, kind + 1);
        assert_ptr_equal(last_called, w);
        drop(w);
    }
    assert_nothing_left();
}

static void every_callback_runs(void)
{
    Node *o = kit_new(&kit_node, 0);
    rc_weakref *a = watch(o, count_call, NULL), *b = watch(o, count_call, NULL);
    assert_ptr_not_equal(a, b);
    drop(o);
    assert_int_equal(called, 2);
    assert_ptr_equal(last_called, a);
    assert_true(leads_to(a, NULL) && leads_to(b, NULL));
    drop(a);
    drop(b);
    assert_nothing_left();
}

static void look_through_another(rc_weakref *w, void *arg)
{
    (void)w;
    assert_true(leads_to(*(rc_weakref **)arg, NULL));
    called++;
}

static void all_references_are_dead_before_any_callback(void)
{
    rc_weakref *w[3] = {NULL};
    Node *o = kit_new(&kit_node, 0);
    for (int i = 0; i < 3; i++) w[i] = watch(o, look_through_another, &w[(i + 1) % 3]);
    drop(o);
    assert_int_equal(called, 3);
    for (int i = 0; i < 3; i++) drop(w[i]);
    assert_nothing_left();
}

static void one_without_a_callback_is_reused_while_it_lives(void)
{
    Node *o = kit_new(&kit_node, 0);
    rc_weakref *a = watch(o, NULL, NULL), *b = watch(o, count_call, NULL), *c = watch(o, NULL, NULL);
    assert_ptr_equal(a, c);
    assert_ptr_not_equal(a, b);
    assert_int_equal(rc_weakref_count(o), 2);
    drop(a);
    drop(c);
    assert_int_equal(rc_weakref_count(o), 1);
    a = watch(o, NULL, NULL);
    assert_ptr_not_equal(a, b);
    assert_int_equal(rc_weakref_count(o), 2);
    drop(b);
    assert_int_equal(rc_weakref_count(o), 1);
    drop(a);
    assert_int_equal(rc_weakref_count(o), 0);
    drop(o);
    assert_int_equal(called, 0);
    assert_nothing_left();
}

static void references_are_counted(void)
{
    Node *o = kit_new(&kit_node, 0);
    rc_int *i = rc_int_new(1);
    rc_weakref *w[5];
    rc_object *slot = NULL;
    assert_int_equal(rc_weakref_count(o), 0);
    for (int n = 0; n < 5; n++) {
        w[n] = watch(o, n ? count_call : NULL, NULL);
        assert_int_equal(rc_weakref_count(o), n + 1);
    }
    rc_weak_store(&slot, (rc_object *)o);
    assert_int_equal(rc_weakref_count(o), 5);
    rc_weak_fini(&slot);
    for (int n = 0; n < 5; n++) drop(w[n]);
    assert_int_equal(rc_weakref_count(o), 0);
    assert_int_equal(rc_weakref_count(i), 0);
    drop(o);
    drop(i);
    assert_nothing_left();
}

static void references_are_keys_by_identity(void)
{
    Node *o = kit_new(&kit_node, 0);
    rc_weakref *a = watch(o, NULL, NULL), *b = watch(o, count_call, NULL), *c = watch(o, NULL, NULL);
    uint64_t before[2], after[2];
    assert_int_equal(rc_hash(a, &before[0]) | rc_hash(b, &before[1]), 0);
    assert_true(rc_equal(a, c));
    assert_false(rc_equal(a, b));
    assert_false(rc_equal(a, o));
    drop(o);
    assert_int_equal(rc_hash(a, &after[0]) | rc_hash(b, &after[1]), 0);
    assert_memory_equal(before, after, sizeof before);
    assert_false(rc_equal(a, b));
    drop(a);
    drop(b);
    drop(c);
    assert_nothing_left();
}

/* ---- what callbacks may do, and be spared ----------------------------------------------------------------------- */

static void clear_the_error(rc_weakref *w, void *arg)
{
    (void)w, (void)arg;
    assert_null(rc_error_occurred());
    rc_error_set("a callback's own");
    rc_error_clear();
    called++;
}

static void a_pending_error_outlives_callbacks(void)
{
    for (int i = 0; i < 2; i++) {
        Node *o = kit_new(&kit_plain, 0);
        rc_weakref *w = watch(o, clear_the_error, NULL);
        rc_error_set("bogus");
        drop(o);
        assert_string_equal(rc_error_occurred(), "bogus");
        assert_int_equal(called, i + 1);
        rc_error_clear();
        drop(w);
    }
    assert_nothing_left();
}

static void collect_in_callback(rc_weakref *w, void *arg)
{
    (void)w, (void)arg;
    called++;
    rc_gc_collect();
    assert_int_equal(rc_heap_verify(), 0);
}

static void a_callback_that_collects_does_not_meet_its_dying_target(void)
{
    const rc_type *const types[] = {&kit_node, &kit_plain, &kit_table, &kit_leaf};
    for (int i = 0; i < 4; i++) {
        Node *o = kit_new(types[i], 0);
        rc_weakref *w = watch(o, collect_in_callback, NULL);
        drop(o);
        drop(w);
        Node *c1 = kit_new(&kit_plain, 1), *inner = kit_new(types[i], 2), *c2 = kit_new(types[i % 3], 3);
        c1->slot[0] = (rc_object *)inner;
        w = watch(inner, collect_in_callback, NULL);
        kit_set(c2, 0, c1);
        drop(c1);
        drop(c2);
        drop(w);
        assert_int_equal(called, 2 * i + 2);
    }
    assert_nothing_left();
}

static void a_finalizer_and_a_callback_that_collects(void)
{
    Node *o = kit_new(&kit_node, 1);
    rc_weakref *w = watch(o, collect_in_callback, NULL);
    drop(o);
    assert_int_equal(called, 1);
    assert_log("f1 c1");
    drop(w);
    assert_nothing_left();
}

/* ---- callbacks in cyclic trash ----------------------------------------------------------------------------------- */

/* i holds j and the weak reference to it, and both are in cycles of their own. */
static void the_callback_of_a_reference_in_the_same_trash_does_not_run(void)
{
    for (int order = 0; order < 2; order++) {
        Node *first = kit_ring(&kit_plain, 1, 1), *second = kit_ring(&kit_plain, 2, 1);
        Node *i = order ? first : second, *j = order ? second : first;
        kit_set(i, 1, j);
        i->slot[2] = (rc_object *)watch(j, count_call, NULL);
        drop(i);
        drop(j);
        assert_int_equal(rc_gc_collect(), 3);
        assert_int_equal(called, 0);
        assert_nothing_left();
    }
}

static void a_callback_that_is_reachable_one_way_does_not_run(void)
{
    const rc_type *const types[] = {&kit_plain, &kit_table, &kit_node};
    for (int i = 0; i < 9; i++) {
        Node *c1 = kit_new(types[i % 3], 1), *c2 = kit_ring(types[i / 3], 2, 1);
        kit_set(c2, 1, c1);
        c2->slot[2] = (rc_object *)watch(c1, count_call, NULL);
        drop(c1);
        drop(c2);
        assert_int_equal(rc_gc_collect(), 3);
        assert_int_equal(called, 0);
        assert_nothing_left();
    }
}

/* Both hold a weak reference to the other; one outside the trash leads to one of them. */
static void callbacks_in_a_cycle_cannot_resurrect(void)
{
    int outside = 0;
    Node *c1 = kit_ring(&kit_plain, 1, 2), *c2 = (Node *)c1->slot[0];
    c1->slot[1] = (rc_object *)watch(c2, count_call, NULL);
    c2->slot[1] = (rc_object *)watch(c1, count_call, NULL);
    rc_weakref *w = watch(c1, count_call, &outside);
    drop(c1);
    assert_int_equal(called, 0);
    assert_int_equal(rc_gc_collect(), 4);
    assert_int_equal(called, 1);
    assert_int_equal(outside, 1);
    assert_true(leads_to(w, NULL));
    called = 0;
    rc_gc_collect();
    assert_int_equal(called, 0);
    drop(w);
    assert_nothing_left();
}

/* Weak references to weak references: only what is outside the trash speaks. */
static void a_reference_to_a_reference(void)
{
    int safe = 0;
    Node *c = kit_ring(&kit_plain, 1, 2), *d = (Node *)c->slot[0];
    rc_weakref *inner = watch(d, count_call, NULL), *external = watch(inner, count_call, &safe);
    d->slot[1] = (rc_object *)watch(inner, count_call, NULL);
    c->slot[1] = (rc_object *)inner;
    assert_true(leads_to(external, inner));
    drop(c);
    assert_int_equal(called, 0);
    assert_int_equal(rc_gc_collect(), 4);
    assert_int_equal(called, 1);
    assert_int_equal(safe, 1);
    assert_true(leads_to(external, NULL));
    drop(external);
    assert_nothing_left();
}

static void a_collection_while_a_reference_is_made(void)
{
    rc_gc_set_threshold(1, 1, 1);
    rc_gc_collect();
    for (int i = 0; i < 20; i++) {
        Node *referenced = kit_new(&kit_plain, 1), *a = kit_ring(&kit_plain, 2, 1);
        a->slot[1] = (rc_object *)watch(referenced, NULL, NULL);
        drop(a);
        a = kit_new(&kit_plain, 3);
        rc_weakref *w = watch(referenced, i % 2 ? count_call : NULL, NULL);
        assert_true(leads_to(w, referenced));
        assert_int_equal(rc_heap_verify(), 0);
        drop(w);
        drop(a);
        drop(referenced);
    }
    assert_nothing_left();
}

static rc_weakref *made_at_death;

static void watch_oneself(Node *self)
{
    made_at_death = watch(self, count_call, NULL);
}

/* It leads nowhere once the object is gone, in a plain death and in a collection. */
static void a_reference_made_by_the_finalizer_of_its_target(void)
{
    const rc_type *const types[] = {&kit_node, &kit_table, &kit_leaf};
    for (int i = 0; i < 5; i++) {
        Node *o = i < 3 ? kit_new(types[i], 1) : kit_ring(types[i - 3], 1, 1);
        o->on_finalize = watch_oneself;
        drop(o);
        rc_gc_collect();
        assert_non_null(made_at_death);
        assert_true(leads_to(made_at_death, NULL));
        RC_CLEAR(made_at_death);
        assert_nothing_left();
    }
}

/* ---- long chains -------------------------------------------------------------------------------------------------- */

typedef struct Link {
    rc_weakref *to_self, *to_parent;
} Link;

enum { CHAIN = 1000 };
static Link link_of[CHAIN];

static void read_ones_own(rc_weakref *w, void *arg)
{
    (void)w;
    Link *link = arg;
    rc_object *o = rc_weakref_get(link->to_self);
    if (o) assert_true(rc_refcount(o) > 1);
    RC_XDECREF(o);
    called++;
}

/* Each node is referred to weakly by its child, whose callback asks whether the child itself is there yet. */
static void a_callback_in_a_deep_death_sees_no_count_of_zero(void)
{
    const rc_type *const types[] = {&kit_plain, &kit_table, &kit_node};
    for (int t = 0; t < 3; t++) {
        Node *root = kit_new(types[t], 0), *parent = root;
        for (int i = 0; i < CHAIN; i++) {
            Node *child = kit_new(types[t], i + 1);
            link_of[i].to_self = watch(child, NULL, NULL);
            link_of[i].to_parent = watch(parent, read_ones_own, &link_of[i]);
            parent->slot[0] = (rc_object *)child;
            parent = child;
        }
        drop(root);
        assert_int_equal(called, CHAIN * (t + 1));
        for (int i = 0; i < CHAIN; i++) {
            RC_CLEAR(link_of[i].to_self);
            RC_CLEAR(link_of[i].to_parent);
        }
        kit_log_take();
        assert_nothing_left();
    }
}

/* ---- an owner of its own weak reference --------------------------------------------------------------------------- */

/* Its fields go in order: where the reference goes first, the target's death finds no callback. */
static void a_reference_that_dies_with_its_target(void)
{
    for (int target_first = 0; target_first < 2; target_first++) {
        Node *owner = kit_new(&kit_plain, 1), *target = kit_new(&kit_plain, 2);
        owner->slot[!target_first] = (rc_object *)target;
        owner->slot[target_first] = (rc_object *)watch(target, count_call, NULL);
        drop(owner);
        assert_int_equal(called, target_first);
        assert_nothing_left();
    }
}

/* The first holds the second, and what it holds holds the target of both. */
static void two_references_one_of_which_holds_the_other(void)
{
    Node *target = kit_new(&kit_plain, 1), *a = kit_new(&kit_plain, 2), *b = kit_new(&kit_plain, 3);
    a->slot[0] = (rc_object *)watch(target, count_call, NULL);
    b->slot[0] = (rc_object *)watch(target, count_call, NULL);
    b->slot[1] = (rc_object *)target;
    a->slot[1] = (rc_object *)b;
    drop(a);
    assert_int_equal(called, 0);
    assert_nothing_left();
}

/* ---- weak dictionaries ----------------------------------------------------------------------------------------------- */

/* Weak reference -> value. A callback takes the entry out when its key dies. */
static rc_dict *weak_keyed;

static void forget_key(rc_weakref *w, void *arg)
{
    (void)arg;
    called++;
    rc_dict_remove(weak_keyed, w);
}

static rc_weakref *add_key(void *key, void *value)
{
    rc_weakref *w = watch(key, forget_key, NULL);
    assert_int_equal(rc_dict_set(weak_keyed, w, value), 0);
    return w;
}

static void entries_go_with_their_keys(void)
{
    enum { KEYS = 100 };
    Node *key[KEYS];
    weak_keyed = rc_dict_new();
    for (int i = 0; i < KEYS; i++) {
        rc_int *value = rc_int_new(i);
        key[i] = kit_new(&kit_plain, i);
        drop(add_key(key[i], value));
        drop(value);
    }
    for (int i = 0; i < KEYS; i++) {
        int at = i * 37 % KEYS;
        drop(key[at]);
        assert_int_equal(rc_dict_len(weak_keyed), KEYS - 1 - i);
        assert_int_equal(called, i + 1);
    }
    RC_CLEAR(weak_keyed);
    assert_nothing_left();
}

/* Each key is held by the value of the one before: one death empties the dict, one callback inside the other. */
static void entries_that_hold_the_next_key(void)
{
    enum { KEYS = 100 };
    weak_keyed = rc_dict_new();
    Node *root = kit_new(&kit_plain, 0), *key = root;
    for (int i = 0; i < KEYS; i++) {
        Node *next = kit_new(&kit_plain, i + 1);
        drop(add_key(key, next));
        drop(next);
        key = next;
    }
    drop(root);
    assert_int_equal(called, KEYS);
    assert_int_equal(rc_dict_len(weak_keyed), 0);
    RC_CLEAR(weak_keyed);
    assert_nothing_left();
}

static void keys_in_cycles_go_in_one_collection(void)
{
    enum { KEYS = 20 };
    weak_keyed = rc_dict_new();
    for (int i = 0; i < KEYS; i++) {
        Node *key = kit_ring(&kit_plain, i, 2);
        drop(add_key(key, key->slot[0]));
        drop(key);
    }
    assert_int_equal(rc_dict_len(weak_keyed), KEYS);
    assert_int_equal(rc_gc_collect(), 0);
    /* The values hold their keys. */
    assert_int_equal(rc_dict_len(weak_keyed), KEYS);
    rc_dict_clear(weak_keyed);
    assert_int_equal(rc_gc_collect(), 2 * KEYS);
    assert_int_equal(called, 0);
    RC_CLEAR(weak_keyed);
    assert_nothing_left();
}

static void len_is_right_while_collections_take_entries(void)
{
    enum { KEYS = 20 };
    weak_keyed = rc_dict_new();
    rc_gc_set_threshold(3, 2, 2);
    for (int i = 0; i < KEYS; i++) {
        Node *key = kit_ring(&kit_plain, i, 1);
        drop(add_key(key, weak_keyed));
        drop(key);
        assert_true(rc_dict_len(weak_keyed) <= (size_t)i + 1);
        assert_int_equal(rc_dict_len(weak_keyed) + (size_t)called, i + 1);
    }
    rc_gc_collect();
    assert_int_equal(rc_dict_len(weak_keyed), 0);
    assert_int_equal(called, KEYS);
    RC_CLEAR(weak_keyed);
    assert_nothing_left();
}

static void an_iteration_survives_the_death_of_keys(void)
{
    enum { KEYS = 20 };
    Node *key[KEYS];
    size_t at = 0;
    int met = 0;
    rc_object *k, *v;
    weak_keyed = rc_dict_new();
    for (int i = 0; i < KEYS; i++) {
        key[i] = kit_new(&kit_plain, i);
        drop(add_key(key[i], weak_keyed));
    }
    while (rc_dict_next(weak_keyed, &at, &k, &v)) {
        Node *o = (Node *)rc_weakref_get((rc_weakref *)k);
        assert_non_null(o);
        int other = KEYS - 1 - o->id;
        met++;
        drop(o);
        if (other > KEYS / 2) RC_CLEAR(key[other]);
    }
    assert_true(met >= KEYS / 2);
    for (int i = 0; i < KEYS; i++) RC_CLEAR(key[i]);
    assert_int_equal(rc_dict_len(weak_keyed), 0);
    RC_CLEAR(weak_keyed);
    assert_nothing_left();
}

/* ---- finalizers by weak reference ------------------------------------------------------------------------------------- */

static int mark[5];

static void log_mark(rc_weakref *w, void *arg)
{
    (void)w;
    kit_log("%d", (int)((int *)arg - mark) + 1);
}

/* Newest first; one that was dropped before is not called. */
static void registered_finalizers_run_newest_first(void)
{
    rc_weakref *w[5];
    Node *a = kit_new(&kit_plain, 1);
    for (int i = 0; i < 5; i++) w[i] = watch(a, log_mark, &mark[i]);
    drop(w[4]);
    drop(w[2]);
    drop(a);
    assert_log("4 2 1");
    drop(w[0]);
    drop(w[1]);
    drop(w[3]);
    assert_nothing_left();
}

static void registered_finalizers_run_in_a_collection_too(void)
{
    rc_weakref *w[4];
    Node *a = kit_ring(&kit_plain, 1, 2);
    for (int i = 0; i < 4; i++) w[i] = watch(i % 2 ? a->slot[0] : (rc_object *)a, log_mark, &mark[i]);
    drop(a);
    assert_int_equal(rc_gc_collect(), 2);
    assert_log("3 1 4 2");
    for (int i = 0; i < 4; i++) drop(w[i]);
    assert_nothing_left();
}

static rc_weakref *own_reference;

static void drop_oneself(rc_weakref *w, void *arg)
{
    (void)arg;
    assert_ptr_equal(w, own_reference);
    RC_CLEAR(own_reference);
    called++;
}

static void a_callback_may_drop_its_own_reference(void)
{
    for (int i = 0; i < 2; i++) {
        Node *a = i ? kit_ring(&kit_plain, 1, 1) : kit_new(&kit_plain, 1);
        own_reference = watch(a, drop_oneself, NULL);
        drop(a);
        rc_gc_collect();
        assert_int_equal(called, i + 1);
        assert_nothing_left();
    }
}

static void add_another(rc_weakref *w, void *arg)
{
    (void)arg;
    called++;
    assert_null(own_reference);
    own_reference = watch(w, count_call, NULL);
}

static void a_callback_may_watch_its_own_reference(void)
{
    Node *a = kit_new(&kit_plain, 1);
    rc_weakref *w = watch(a, add_another, NULL);
    drop(a);
    assert_int_equal(called, 1);
    assert_true(leads_to(own_reference, w));
    drop(w);
    assert_int_equal(called, 2);
    RC_CLEAR(own_reference);
    assert_nothing_left();
}

/* ---- threads ---------------------------------------------------------------------------------------------------------- */

/* A table of weak values that several threads set, read and let die. */
enum { VALUES = 16 };
static rc_object *value_of[VALUES];

static void *use_values(void *arg)
{
    uint32_t state = (uint32_t)(uintptr_t)arg * 7919 + 1;
    int rounds = kit_under_valgrind() ? 300 : 20000;
    for (int i = 0; i < rounds; i++) {
        state = state * 1664525 + 1013904223;
        rc_object **slot = &value_of[state >> 28];
        rc_object *o = rc_weak_load(slot);
        if (!o) {
            o = (rc_object *)kit_ring(&kit_plain, 1, 1);
            rc_share(o);
            rc_weak_store(slot, o);
        }
        if (rc_type_of(o) != &kit_plain || rc_refcount(o) == 0) abort();
        RC_DECREF(o);
        if (state >> 8 & 1) rc_safepoint();
        if (i % 500 == 0) rc_gc_collect();
    }
    return NULL;
}

static void threads_share_a_table_of_weak_values(void)
{
#ifdef RECOUNT_THREADS
    pthread_t thread[4];
    for (int i = 0; i < 4; i++) pthread_create(&thread[i], NULL, use_values, (void *)(intptr_t)i);
    rc_blocking_begin();
    for (int i = 0; i < 4; i++) pthread_join(thread[i], NULL);
    rc_blocking_end();
#else
    use_values(NULL);
#endif
    rc_gc_collect();
    for (int i = 0; i < VALUES; i++) {
        assert_null(value_of[i]);
        rc_weak_fini(&value_of[i]);
    }
    assert_nothing_left();
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(a_reference_is_live_until_its_target_dies),
    KIT_TEST(a_callback_gets_the_dead_reference),
    KIT_TEST(every_callback_runs),
    KIT_TEST(all_references_are_dead_before_any_callback),
    KIT_TEST(one_without_a_callback_is_reused_while_it_lives),
    KIT_TEST(references_are_counted),
    KIT_TEST(references_are_keys_by_identity),
    KIT_TEST(a_pending_error_outlives_callbacks),
    KIT_TEST(a_callback_that_collects_does_not_meet_its_dying_target),
    KIT_TEST(a_finalizer_and_a_callback_that_collects),
    KIT_TEST(the_callback_of_a_reference_in_the_same_trash_does_not_run),
    KIT_TEST(a_callback_that_is_reachable_one_way_does_not_run),
    KIT_TEST(callbacks_in_a_cycle_cannot_resurrect),
    KIT_TEST(a_reference_to_a_reference),
    KIT_TEST(a_collection_while_a_reference_is_made),
    KIT_TEST(a_reference_made_by_the_finalizer_of_its_target),
    KIT_TEST(a_callback_in_a_deep_death_sees_no_count_of_zero),
    KIT_TEST(a_reference_that_dies_with_its_target),
    KIT_TEST(two_references_one_of_which_holds_the_other),
    KIT_TEST(entries_go_with_their_keys),
    KIT_TEST(entries_that_hold_the_next_key),
    KIT_TEST(keys_in_cycles_go_in_one_collection),
    KIT_TEST(len_is_right_while_collections_take_entries),
    KIT_TEST(an_iteration_survives_the_death_of_keys),
    KIT_TEST(registered_finalizers_run_newest_first),
    KIT_TEST(registered_finalizers_run_in_a_collection_too),
    KIT_TEST(a_callback_may_drop_its_own_reference),
    KIT_TEST(a_callback_may_watch_its_own_reference),
    KIT_TEST(threads_share_a_table_of_weak_values),
};

KIT_MAIN(tests)
