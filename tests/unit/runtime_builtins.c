/* SPDX-License-Identifier: MIT
 *
 * The builtin objects: values, order, growth, what they own, and that nothing of it stays.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
/* cmocka wants the headers above first */
#include <cmocka.h>

#include <recount.h>

static size_t alive;

static int remember_live(void **state)
{
    (void)state;
    rc_gc_collect();
    alive = rc_live_objects();
    return 0;
}

static int check_live(void **state)
{
    (void)state;
    rc_error_clear();
    rc_gc_collect();
    assert_int_equal(rc_live_objects(), alive);
    return rc_heap_verify();
}

static void small_integers_are_shared_and_immortal(void **state)
{
    (void)state;
    for (int64_t i = -7; i <= 258; i++) {
        rc_int *a = rc_int_new(i), *b = rc_int_new(i);
        assert_int_equal(rc_int_value(a), i);
        assert_int_equal(a == b, i >= -5 && i <= 256);
        assert_int_equal(rc_is_immortal(a), i >= -5 && i <= 256);
        RC_DECREF(a);
        RC_DECREF(b);
    }
}

static void strings_keep_their_bytes_and_intern_one_object(void **state)
{
    (void)state;
    rc_str *s = rc_str_new_size("a\0b", 3), *t = rc_str_new("c"), *both = rc_str_concat(s, t);
    assert_int_equal(rc_str_len(both), 4);
    assert_memory_equal(rc_str_data(both), "a\0bc", 5);
    rc_str *one = rc_str_intern("name"), *two = rc_str_intern("name");
    assert_ptr_equal(one, two);
    assert_int_equal(rc_refcount(one), 2);
    RC_DECREF(one);
    RC_DECREF(two);
    rc_str *again = rc_str_intern("name"); /* the table did not keep it */
    assert_int_equal(rc_refcount(again), 1);
    assert_string_equal(rc_str_data(again), "name");
    RC_DECREF(again);
    RC_DECREF(s);
    RC_DECREF(t);
    RC_DECREF(both);
}

static void list_owns_its_items_in_order(void **state)
{
    (void)state;
    rc_list *l = rc_list_new();
    rc_float *f = rc_float_new(1.5);
    for (int i = 0; i < 100; i++) assert_int_equal(rc_list_append(l, f), 0);
    assert_int_equal(rc_refcount(f), 101);
    rc_int *big = rc_int_new(1000);
    assert_int_equal(rc_list_insert(l, 3, big), 0);
    assert_ptr_equal(rc_list_get(l, 3), big);
    assert_int_equal(rc_list_len(l), 101);
    assert_int_equal(rc_list_set(l, 0, big), 0);
    assert_int_equal(rc_refcount(f), 100);
    assert_int_equal(rc_list_remove(l, 3), 0);
    assert_ptr_equal(rc_list_get(l, 3), f);
    rc_object *last = rc_list_pop(l);
    assert_ptr_equal(last, f);
    RC_DECREF(last);
    assert_null(rc_list_get(l, 99));
    assert_non_null(rc_error_occurred());
    rc_error_clear();
    rc_list_clear(l);
    assert_int_equal(rc_refcount(f), 1);
    assert_null(rc_list_pop(l));
    assert_int_equal(rc_list_append(l, f), 0);
    RC_DECREF(l);
    assert_int_equal(rc_refcount(f), 1);
    RC_DECREF(f);
    RC_DECREF(big);
}

static void tuple_steals_also_when_it_fails(void **state)
{
    (void)state;
    rc_tuple *t = rc_tuple_new(2);
    rc_float *f = rc_float_new(2);
    assert_ptr_equal(rc_tuple_new(0), rc_tuple_new(0));
    assert_int_equal(rc_tuple_set(t, 1, rc_newref(f)), 0);
    assert_int_equal(rc_tuple_set(t, 2, rc_newref(f)), -1);
    assert_int_equal(rc_refcount(f), 2);
    assert_null(rc_tuple_get(t, 0));
    assert_ptr_equal(rc_tuple_get(t, 1), f);
    RC_DECREF(t);
    assert_int_equal(rc_refcount(f), 1);
    RC_DECREF(f);
}

enum { KEYS = 5000 };

static void dict_finds_what_was_put_and_not_removed(void **state)
{
    (void)state;
    rc_dict *d = rc_dict_new();
    for (int64_t i = 0; i < KEYS; i++) {
        rc_int *key = rc_int_new(i * 7919), *value = rc_int_new(i);
        assert_int_equal(rc_dict_set(d, key, value), 0);
        if (i % 3 == 0) assert_int_equal(rc_dict_remove(d, key), 0);
        RC_DECREF(key);
        RC_DECREF(value);
    }
    for (int64_t i = 0; i < KEYS; i++) {
        rc_int *key = rc_int_new(i * 7919);
        rc_object *value = rc_dict_get(d, key);
        if (i % 3 == 0)
            assert_null(value);
        else
            assert_int_equal(rc_int_value((rc_int *)value), i);
        RC_DECREF(key);
    }
    assert_int_equal(rc_dict_len(d), KEYS - (KEYS + 2) / 3);
    size_t pos = 0, seen = 0;
    int64_t before = -1;
    rc_object *key, *value;
    while (rc_dict_next(d, &pos, &key, &value)) {
        assert_true(rc_int_value((rc_int *)value) > before);
        before = rc_int_value((rc_int *)value);
        seen++;
    }
    assert_int_equal(seen, rc_dict_len(d));
    rc_dict_clear(d);
    assert_int_equal(rc_dict_len(d), 0);
    RC_DECREF(d);
}

static void keys_compare_by_value(void **state)
{
    (void)state;
    rc_dict *d = rc_dict_new();
    rc_object *keys[] = {(rc_object *)rc_str_new("k"), (rc_object *)rc_str_new("k"),
                         (rc_object *)rc_int_new(3), (rc_object *)rc_float_new(3),
                         (rc_object *)rc_bytes_new("k", 1)};
    rc_tuple *pair = rc_tuple_new(2), *twin = rc_tuple_new(2);
    for (int i = 0; i < 2; i++) {
        rc_tuple_set(pair, (size_t)i, rc_newref(keys[i]));
        rc_tuple_set(twin, (size_t)i, rc_newref(keys[1 - i]));
    }
    assert_int_equal(rc_dict_set(d, keys[0], keys[2]), 0);
    assert_int_equal(rc_dict_set(d, keys[1], keys[3]),
                     0); /* the same key: the value changes, the key stays */
    assert_int_equal(rc_dict_len(d), 1);
    assert_ptr_equal(rc_dict_get(d, keys[0]), keys[3]);
    assert_null(rc_dict_get(d, keys[4]));
    assert_int_equal(rc_dict_set(d, pair, d), 0);
    assert_ptr_equal(rc_dict_get(d, twin), d);
    assert_int_equal(rc_dict_set(d, keys[2], keys[0]), 0);
    assert_ptr_equal(rc_dict_get(d, keys[3]), keys[0]);
    assert_int_equal(rc_dict_set(d, d, d), -1);
    assert_string_equal(rc_error_occurred(), "unhashable type: 'dict'");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) RC_DECREF(keys[i]);
    RC_DECREF(pair);
    RC_DECREF(twin);
    RC_DECREF(d); /* a cycle through itself: the collector's */
}

static void set_holds_each_value_once(void **state)
{
    (void)state;
    rc_set *s = rc_set_new();
    for (int64_t i = 0; i < 1000; i++) {
        rc_int *item = rc_int_new(i % 300 + 1000);
        assert_int_equal(rc_set_add(s, item), 0);
        assert_int_equal(rc_set_contains(s, item), 1);
        RC_DECREF(item);
    }
    assert_int_equal(rc_set_len(s), 300);
    rc_int *item = rc_int_new(1005);
    assert_int_equal(rc_set_remove(s, item), 0);
    assert_int_equal(rc_set_remove(s, item), -1);
    assert_null(rc_error_occurred());
    assert_int_equal(rc_set_contains(s, item), 0);
    size_t pos = 0, seen = 0;
    rc_object *it;
    while (rc_set_next(s, &pos, &it)) seen++;
    assert_int_equal(seen, 299);
    RC_DECREF(item);
    RC_DECREF(s);
}

static void containers_that_hold_each_other_are_collected(void **state)
{
    (void)state;
    rc_list *l = rc_list_new();
    rc_dict *d = rc_dict_new();
    rc_tuple *t = rc_tuple_new(1);
    rc_str *key = rc_str_new("list");
    rc_tuple_set(t, 0, rc_newref(d));
    assert_int_equal(rc_list_append(l, t), 0);
    assert_int_equal(rc_dict_set(d, key, l), 0);
    RC_DECREF(key);
    RC_DECREF(t);
    RC_DECREF(d);
    RC_DECREF(l);
    assert_int_equal(rc_gc_collect(), 3);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, remember_live, check_live)
    const struct CMUnitTest tests[] = {
        CASE(small_integers_are_shared_and_immortal),
        CASE(strings_keep_their_bytes_and_intern_one_object),
        CASE(list_owns_its_items_in_order),
        CASE(tuple_steals_also_when_it_fails),
        CASE(dict_finds_what_was_put_and_not_removed),
        CASE(keys_compare_by_value),
        CASE(set_holds_each_value_once),
        CASE(containers_that_hold_each_other_are_collected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
