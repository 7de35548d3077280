/* SPDX-License-Identifier: MIT
 *
 * The builtin objects: values, containers, their sharing, and how the collector sees them (31, 32).
 */
#include "kit.h"

#include <math.h>
#include <pthread.h>

#define DROP(p) RC_DECREF((rc_object *)(p))

static size_t live_at_start;

static void start(void)
{
    live_at_start = rc_live_objects();
}

static void assert_nothing_left(void)
{
    assert_int_equal(rc_live_objects(), live_at_start);
}

/* ---- numbers
 * ------------------------------------------------------------------------------------------------ */

static void small_integers_are_shared_and_immortal(void)
{
    start();
    for (int64_t i = -5; i <= 256; i++) {
        rc_int *a = rc_int_new(i), *b = rc_int_new(i);
        assert_ptr_equal(a, b);
        assert_true(rc_is_immortal(a));
        assert_int_equal(rc_int_value(a), i);
        DROP(a);
        DROP(b);
    }
    rc_int *large = rc_int_new(257), *again = rc_int_new(257);
    assert_ptr_not_equal(large, again);
    assert_true(rc_equal(large, again));
    DROP(large);
    DROP(again);
    assert_nothing_left();
}

static void integers_hold_64_bits(void)
{
    const int64_t values[] = {INT64_MIN, INT64_MIN + 1, -1000000, -6, 257, INT64_C(1) << 40, INT64_MAX};
    for (int i = 0; i < 7; i++) {
        rc_int *value = rc_int_new(values[i]);
        assert_true(rc_int_value(value) == values[i]);
        DROP(value);
    }
}

static void floats_hold_doubles(void)
{
    start();
    const double values[] = {0.0, -0.0, 1.5, -1e300, 5e-324, INFINITY};
    for (int i = 0; i < 6; i++) {
        rc_float *value = rc_float_new(values[i]);
        double got = rc_float_value(value);
        assert_memory_equal(&got, &values[i], sizeof got);
        DROP(value);
    }
    assert_nothing_left();
}

static void freed_numbers_are_reused(void)
{
    rc_float *a = rc_float_new(1.0);
    void *was = a;
    DROP(a);
    a = rc_float_new(2.0);
    assert_ptr_equal(a, was);
    assert_true(rc_float_value(a) == 2.0);
    DROP(a);
}

/* ---- text
 * ------------------------------------------------------------------------------------------------------ */

static void strings_know_their_length_and_end_with_nul(void)
{
    start();
    rc_str *a = rc_str_new("refer"), *b = rc_str_new_size("ence\0!", 6), *both = rc_str_concat(a, b);
    assert_int_equal(rc_str_len(a), 5);
    assert_string_equal(rc_str_data(a), "refer");
    assert_int_equal(rc_str_len(b), 6);
    assert_int_equal(rc_str_len(both), 11);
    assert_memory_equal(rc_str_data(both), "reference\0!", 12);
    DROP(a);
    DROP(b);
    DROP(both);
    rc_str *empty = rc_str_new("");
    assert_int_equal(rc_str_len(empty), 0);
    assert_string_equal(rc_str_data(empty), "");
    DROP(empty);
    assert_nothing_left();
}

static void interned_strings_are_one_object_while_they_live(void)
{
    start();
    char text[] = "shared";
    rc_str *a = rc_str_intern(text);
    text[0] = 'S';
    rc_str *b = rc_str_intern("shared"), *other = rc_str_intern(text), *fresh = rc_str_new("shared");
    assert_ptr_equal(a, b);
    assert_ptr_not_equal(a, other);
    assert_ptr_not_equal(a, fresh);
    assert_true(rc_equal(a, fresh));
    DROP(a);
    DROP(b);
    DROP(other);
    DROP(fresh);
    a = rc_str_intern("shared");
    assert_string_equal(rc_str_data(a), "shared");
    DROP(a);
    assert_nothing_left();
}

static void bytes_are_copied_or_zeroed(void)
{
    start();
    rc_bytes *a = rc_bytes_new("\1\0\2", 3), *zero = rc_bytes_new(NULL, 1000), *none = rc_bytes_new("", 0);
    assert_int_equal(rc_bytes_len(a), 3);
    assert_memory_equal(rc_bytes_data(a), "\1\0\2", 4);
    const char *data = rc_bytes_data(zero);
    for (int i = 0; i < 1001; i++) assert_int_equal(data[i], 0);
    assert_int_equal(rc_bytes_len(none), 0);
    DROP(a);
    DROP(zero);
    DROP(none);
    assert_nothing_left();
}

/* ---- tuples
 * ------------------------------------------------------------------------------------------------------ */

static void tuples_are_fixed_and_release_in_order(void)
{
    start();
    rc_tuple *t = rc_tuple_new(3);
    assert_int_equal(rc_tuple_len(t), 3);
    for (int i = 0; i < 3; i++) assert_null(rc_tuple_get(t, (size_t)i));
    for (int i = 2; i >= 0; i--) assert_int_equal(rc_tuple_set(t, (size_t)i, kit_new(&kit_leaf, i + 1)), 0);
    assert_int_equal(((Node *)rc_tuple_get(t, 1))->id, 2);
    assert_int_equal(rc_tuple_set(t, 1, kit_new(&kit_leaf, 9)), 0);
    assert_log("f2");
    DROP(t);
    assert_log("f1 f9 f3");
    assert_nothing_left();
}

static void a_bad_tuple_index_is_an_error(void)
{
    rc_tuple *t = rc_tuple_new(2);
    assert_null(rc_tuple_get(t, 2));
    assert_non_null(rc_error_occurred());
    rc_error_clear();
    assert_int_equal(rc_tuple_set(t, 2, kit_new(&kit_leaf, 1)), -1);
    assert_non_null(rc_error_occurred());
    assert_log("f1");
    rc_error_clear();
    DROP(t);
}

static void the_empty_tuple_is_shared(void)
{
    rc_tuple *a = rc_tuple_new(0), *b = rc_tuple_new(0);
    assert_ptr_equal(a, b);
    assert_true(rc_is_immortal(a));
    DROP(a);
    DROP(b);
    assert_int_equal(rc_tuple_len(a), 0);
}

static void line_31_a_collection_untracks_tuples_of_untracked_objects(void)
{
    rc_tuple *plain = rc_tuple_new(2), *nested = rc_tuple_new(1), *cyclic = rc_tuple_new(1);
    rc_tuple_set(plain, 0, rc_int_new(1));
    rc_tuple_set(plain, 1, rc_str_new("text"));
    rc_tuple_set(nested, 0, rc_newref(plain));
    Node *node = kit_new(&kit_plain, 1);
    rc_tuple_set(cyclic, 0, node);
    kit_set(node, 0, cyclic);
    assert_true(rc_gc_is_tracked(plain) && rc_gc_is_tracked(nested) && rc_gc_is_tracked(cyclic));
    rc_gc_collect();
    assert_false(rc_gc_is_tracked(plain));
    assert_true(rc_gc_is_tracked(cyclic));
    rc_gc_collect();
    assert_false(rc_gc_is_tracked(nested));
    DROP(plain);
    DROP(nested);
    DROP(cyclic);
    assert_int_equal(rc_gc_collect(), 2);
}

enum { DEEP = 1000000 };

static void line_31_a_tuple_that_changes_is_tracked_again_with_those_that_hold_it(void)
{
    rc_tuple *inner = rc_tuple_new(1), *outer = rc_tuple_new(100), *outermost = rc_tuple_new(1);
    rc_tuple_set(outer, 0, inner);
    rc_tuple_set(outermost, 0, outer);
    rc_gc_collect();
    rc_gc_collect();
    rc_gc_collect();
    assert_true(!rc_gc_is_tracked(inner));
    Node *node = kit_new(&kit_plain, 1);
    kit_set(node, 0, outermost);
    rc_tuple_set(inner, 0, node);
    DROP(outermost);
    assert_int_equal(rc_gc_collect(), 4);
    assert_int_equal(rc_live_objects(), 0);
}

static void *drop_deep_nest(void *unused)
{
    (void)unused;
    int depth = kit_under_valgrind() || KIT_ASAN ? DEEP / 20 : DEEP;
    rc_gc_disable();
    rc_object *nest = (rc_object *)rc_int_new(1000);
    for (int i = 0; i < depth; i++) {
        rc_tuple *outer = rc_tuple_new(1);
        rc_tuple_set(outer, 0, nest);
        nest = (rc_object *)outer;
    }
    RC_INCREF(nest);
    if (rc_gc_collect() != 0) abort();
    RC_DECREF(nest);
    RC_DECREF(nest);
    for (int i = 0; i < 2; i++) {
        rc_list *inner = rc_list_new(), *first = inner;
        for (int k = 0; k < depth / 2; k++) {
            rc_list *outer = rc_list_new();
            rc_list_append(outer, inner);
            DROP(inner);
            inner = outer;
        }
        if (i == 1) rc_list_append(first, inner);
        DROP(inner);
        if (i == 1 && rc_gc_collect() != depth / 2 + 1) abort();
    }
    return NULL;
}

static void line_32_a_million_deep_nest_dies_without_recursion(void)
{
    pthread_attr_t attributes;
    pthread_t thread;
    start();
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, 256 << 10);
    assert_int_equal(pthread_create(&thread, &attributes, drop_deep_nest, NULL), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_nothing_left();
}

/* ---- lists
 * ----------------------------------------------------------------------------------------------------------
 */

static void lists_grow_and_shrink(void)
{
    start();
    rc_list *l = rc_list_new();
    for (int i = 0; i < 1000; i++) {
        rc_int *value = rc_int_new(i + 1000);
        assert_int_equal(rc_list_append(l, value), 0);
        assert_int_equal(rc_refcount(value), 2);
        DROP(value);
    }
    assert_int_equal(rc_list_len(l), 1000);
    rc_int *extra = rc_int_new(-77);
    assert_int_equal(rc_list_insert(l, 0, extra), 0);
    assert_int_equal(rc_list_insert(l, 99999, extra), 0);
    assert_int_equal(rc_list_set(l, 500, extra), 0);
    assert_int_equal(rc_refcount(extra), 4);
    assert_ptr_equal(rc_list_get(l, 0), extra);
    assert_ptr_equal(rc_list_get(l, 1001), extra);
    assert_int_equal(rc_int_value((rc_int *)rc_list_get(l, 1)), 1000);
    assert_int_equal(rc_list_remove(l, 0), 0);
    rc_object *last = rc_list_pop(l);
    assert_ptr_equal(last, extra);
    RC_DECREF(last);
    assert_int_equal(rc_list_len(l), 1000);
    assert_int_equal(rc_int_value((rc_int *)rc_list_get(l, 999)), 1999);
    rc_list_clear(l);
    assert_int_equal(rc_list_len(l), 0);
    assert_int_equal(rc_refcount(extra), 1);
    DROP(extra);
    DROP(l);
    assert_nothing_left();
}

static void a_bad_list_index_is_an_error(void)
{
    rc_list *l = rc_list_new();
    rc_int *one = rc_int_new(1);
    assert_null(rc_list_get(l, 0));
    assert_non_null(rc_error_occurred());
    rc_error_clear();
    assert_int_equal(rc_list_set(l, 0, one), -1);
    assert_non_null(rc_error_occurred());
    rc_error_clear();
    assert_int_equal(rc_list_remove(l, 3), -1);
    rc_error_clear();
    assert_null(rc_list_pop(l));
    rc_error_clear();
    DROP(one);
    DROP(l);
}

static void containers_in_cycles_are_collected(void)
{
    start();
    rc_list *l = rc_list_new();
    rc_dict *d = rc_dict_new();
    rc_tuple *t = rc_tuple_new(1);
    rc_str *key = rc_str_new("list");
    rc_list_append(l, d);
    rc_dict_set(d, key, t);
    rc_tuple_set(t, 0, rc_newref(l));
    assert_true(rc_gc_is_tracked(l) && rc_gc_is_tracked(d) && rc_gc_is_tracked(t));
    DROP(key);
    DROP(d);
    DROP(t);
    assert_int_equal(rc_gc_collect(), 0);
    DROP(l);
    assert_int_equal(rc_gc_collect(), 3);
    assert_nothing_left();
}

/* ---- dicts and sets
 * ------------------------------------------------------------------------------------------------------ */

static void dicts_keep_the_order_of_insertion(void)
{
    start();
    rc_dict *d = rc_dict_new();
    for (int i = 0; i < 500; i++) {
        rc_int *key = rc_int_new(i * 7919), *value = rc_int_new(i);
        assert_int_equal(rc_dict_set(d, key, value), 0);
        DROP(key);
        DROP(value);
    }
    for (int i = 0; i < 500; i += 3) {
        rc_int *key = rc_int_new(i * 7919);
        assert_int_equal(rc_dict_remove(d, key), 0);
        assert_int_equal(rc_dict_remove(d, key), -1);
        assert_null(rc_error_occurred());
        assert_null(rc_dict_get(d, key));
        DROP(key);
    }
    rc_object *key, *value;
    size_t at = 0, seen = 0;
    int64_t last = -1;
    while (rc_dict_next(d, &at, &key, &value)) {
        assert_int_equal(rc_int_value((rc_int *)key), rc_int_value((rc_int *)value) * 7919);
        assert_true(rc_int_value((rc_int *)value) > last);
        last = rc_int_value((rc_int *)value);
        seen++;
    }
    assert_int_equal(seen, 333);
    assert_int_equal(rc_dict_len(d), 333);
    rc_dict_clear(d);
    assert_int_equal(rc_dict_len(d), 0);
    DROP(d);
    assert_nothing_left();
}

static void setting_a_key_again_replaces_its_value(void)
{
    rc_dict *d = rc_dict_new();
    rc_str *key = rc_str_new("key"), *same = rc_str_new("key");
    Node *old = kit_new(&kit_leaf, 1), *new = kit_new(&kit_leaf, 2);
    rc_dict_set(d, key, old);
    DROP(old);
    rc_dict_set(d, same, new);
    assert_log("f1");
    assert_int_equal(rc_dict_len(d), 1);
    assert_ptr_equal(rc_dict_get(d, key), new);
    DROP(new);
    DROP(key);
    DROP(same);
    DROP(d);
    assert_log("f2");
}

static void keys_compare_by_value_others_by_identity(void)
{
    start();
    rc_int *whole = rc_int_new(1000), *negative = rc_int_new(-1000);
    rc_float *real = rc_float_new(1000.5);
    rc_bytes *bytes = rc_bytes_new("ab", 2);
    rc_str *text = rc_str_new("ab");
    rc_tuple *pair = rc_tuple_new(2), *same = rc_tuple_new(2);
    rc_tuple_set(pair, 0, rc_int_new(1000)), rc_tuple_set(pair, 1, rc_str_new("ab"));
    rc_tuple_set(same, 0, rc_newref(whole)), rc_tuple_set(same, 1, rc_newref(text));
    Node *node = kit_new(&kit_plain, 1), *other = kit_new(&kit_plain, 1);
    uint64_t left, right;
    assert_true(rc_equal(pair, same));
    assert_int_equal(rc_hash(pair, &left), 0);
    assert_int_equal(rc_hash(same, &right), 0);
    assert_true(left == right);
    assert_false(rc_equal(whole, negative) || rc_equal(whole, real) || rc_equal(bytes, text));
    assert_true(rc_equal(node, node));
    assert_false(rc_equal(node, other));
    rc_object *all[] = {(rc_object *)whole, (rc_object *)negative, (rc_object *)real,
                        (rc_object *)bytes, (rc_object *)text,     (rc_object *)pair,
                        (rc_object *)same,  (rc_object *)node,     (rc_object *)other};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) RC_DECREF(all[i]);
    assert_nothing_left();
}

static void containers_are_unhashable(void)
{
    rc_dict *d = rc_dict_new();
    rc_list *l = rc_list_new();
    uint64_t hash;
    assert_int_equal(rc_hash(l, &hash), -1);
    assert_non_null(rc_error_occurred());
    rc_error_clear();
    assert_int_equal(rc_dict_set(d, l, l), -1);
    assert_non_null(rc_error_occurred());
    rc_error_clear();
    assert_null(rc_dict_get(d, d));
    assert_non_null(rc_error_occurred());
    rc_error_clear();
    assert_int_equal(rc_dict_len(d), 0);
    DROP(l);
    DROP(d);
}

static void sets_hold_each_value_once(void)
{
    start();
    rc_set *s = rc_set_new();
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 300; i++) {
            rc_int *value = rc_int_new(i * 1000);
            assert_int_equal(rc_set_add(s, value), 0);
            DROP(value);
        }
    assert_int_equal(rc_set_len(s), 300);
    rc_int *probe = rc_int_new(5000), *absent = rc_int_new(5001);
    assert_int_equal(rc_set_contains(s, probe), 1);
    assert_int_equal(rc_set_contains(s, absent), 0);
    assert_int_equal(rc_set_remove(s, probe), 0);
    assert_int_equal(rc_set_remove(s, probe), -1);
    assert_null(rc_error_occurred());
    assert_int_equal(rc_set_contains(s, probe), 0);
    rc_list *l = rc_list_new();
    assert_int_equal(rc_set_add(s, l), -1);
    assert_int_equal(rc_set_contains(s, l), -1);
    rc_error_clear();
    size_t at = 0, n = 0;
    rc_object *item;
    while (rc_set_next(s, &at, &item)) n++;
    assert_int_equal(n, 299);
    rc_set_clear(s);
    assert_int_equal(rc_set_len(s), 0);
    DROP(probe);
    DROP(absent);
    DROP(l);
    DROP(s);
    assert_nothing_left();
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(small_integers_are_shared_and_immortal),
    KIT_TEST(integers_hold_64_bits),
    KIT_TEST(floats_hold_doubles),
    KIT_TEST(freed_numbers_are_reused),
    KIT_TEST(strings_know_their_length_and_end_with_nul),
    KIT_TEST(interned_strings_are_one_object_while_they_live),
    KIT_TEST(bytes_are_copied_or_zeroed),
    KIT_TEST(tuples_are_fixed_and_release_in_order),
    KIT_TEST(a_bad_tuple_index_is_an_error),
    KIT_TEST(the_empty_tuple_is_shared),
    KIT_TEST(line_31_a_collection_untracks_tuples_of_untracked_objects),
    KIT_TEST(line_31_a_tuple_that_changes_is_tracked_again_with_those_that_hold_it),
    KIT_TEST(line_32_a_million_deep_nest_dies_without_recursion),
    KIT_TEST(lists_grow_and_shrink),
    KIT_TEST(a_bad_list_index_is_an_error),
    KIT_TEST(containers_in_cycles_are_collected),
    KIT_TEST(dicts_keep_the_order_of_insertion),
    KIT_TEST(setting_a_key_again_replaces_its_value),
    KIT_TEST(keys_compare_by_value_others_by_identity),
    KIT_TEST(containers_are_unhashable),
    KIT_TEST(sets_hold_each_value_once),
};

KIT_MAIN(tests)
