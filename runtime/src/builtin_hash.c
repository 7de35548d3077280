/* SPDX-License-Identifier: MIT
 *
 * Hash and equality of keys: by value for the builtin values, by identity for everything that is no
 * container. Tuples nest, and are compared with an explicit limit instead of unbounded recursion.
 */
#include <string.h>

#include "builtin_p.h"

enum { NESTING_MOST = 200 };

/* The finalizer of splitmix64 (Steele, Lea and Flood, OOPSLA 2014). */
static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static uint64_t hash_bytes(const void *data, size_t n)
{
    const unsigned char *p = data;
    uint64_t h = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < n; i++) h = (h ^ p[i]) * 0x100000001b3u;
    h = mix(h);
    return h ? h : 1;
}

/* A float that is a whole number is the same key as the integer. */
static bool whole(double value, int64_t *out)
{
    if (!(value >= -9223372036854775808.0 && value < 9223372036854775808.0)) return false;
    *out = (int64_t)value;
    return (double)*out == value;
}

static uint64_t hash_float(double value)
{
    int64_t integer;
    if (whole(value, &integer)) return mix((uint64_t)integer);
    return hash_bytes(&value, sizeof value);
}

static uint64_t hash_str(const rc_str *s)
{
    rc_str *cache = (rc_str *)(uintptr_t)s; /* the memo is no part of the value; threads may write the same */
    uint64_t hash = __atomic_load_n(&cache->hash, __ATOMIC_RELAXED);
    if (!hash) __atomic_store_n(&cache->hash, hash = hash_bytes(s->text, s->n), __ATOMIC_RELAXED);
    return hash;
}

static int hash_nested(const rc_object *p, uint64_t *out, int depth);

static int hash_tuple(const rc_tuple *t, uint64_t *out, int depth)
{
    uint64_t h = t->n + 1;
    for (size_t i = 0; i < t->n; i++) {
        uint64_t item = 0;
        if (t->items[i] && hash_nested(t->items[i], &item, depth + 1) < 0) return -1;
        h = mix(h ^ item) + i;
    }
    *out = h;
    return 0;
}

static int hash_nested(const rc_object *p, uint64_t *out, int depth)
{
    const rc_type *type = rc_type_of(p);
    if (depth > NESTING_MOST) {
        rc_error_set("a key is nested more than %d deep", NESTING_MOST);
        return -1;
    }
    if (type == &rc_tuple_type) return hash_tuple((const rc_tuple *)p, out, depth);
    if (type == &rc_list_type || type == &rc_dict_type || type == &rc_set_type) {
        rc_error_set("unhashable type: '%s'", type->name);
        return -1;
    }
    if (type == &rc_int_type)
        *out = mix((uint64_t)((const rc_int *)p)->value);
    else if (type == &rc_float_type)
        *out = hash_float(((const rc_float *)p)->value);
    else if (type == &rc_str_type)
        *out = hash_str((const rc_str *)p);
    else if (type == &rc_bytes_type)
        *out = hash_bytes(((const rc_bytes *)p)->data, ((const rc_bytes *)p)->n);
    else
        *out = mix((uintptr_t)p >> 4);
    return 0;
}

int rc_hash(const void *p, uint64_t *out)
{
    return hash_nested(p, out, 0);
}

static bool equal_nested(const rc_object *a, const rc_object *b, int depth);

static bool equal_tuples(const rc_tuple *a, const rc_tuple *b, int depth)
{
    if (a->n != b->n || depth > NESTING_MOST) return false;
    for (size_t i = 0; i < a->n; i++)
        if (!equal_nested(a->items[i], b->items[i], depth + 1)) return false;
    return true;
}

static bool equal_numbers(const rc_object *a, const rc_object *b)
{
    bool a_is_int = rc_type_of(a) == &rc_int_type, b_is_int = rc_type_of(b) == &rc_int_type;
    int64_t x, y;
    if (!a_is_int && !b_is_int) return ((const rc_float *)a)->value == ((const rc_float *)b)->value;
    if (a_is_int)
        x = ((const rc_int *)a)->value;
    else if (!whole(((const rc_float *)a)->value, &x))
        return false;
    if (b_is_int)
        y = ((const rc_int *)b)->value;
    else if (!whole(((const rc_float *)b)->value, &y))
        return false;
    return x == y;
}

static bool is_number(const rc_type *type)
{
    return type == &rc_int_type || type == &rc_float_type;
}

static bool equal_nested(const rc_object *a, const rc_object *b, int depth)
{
    if (a == b) return true;
    if (!a || !b) return false;
    const rc_type *type = rc_type_of(a);
    if (is_number(type) && is_number(rc_type_of(b))) return equal_numbers(a, b);
    if (type != rc_type_of(b)) return false;
    if (type == &rc_tuple_type) return equal_tuples((const rc_tuple *)a, (const rc_tuple *)b, depth);
    if (type == &rc_str_type) {
        const rc_str *x = (const rc_str *)a, *y = (const rc_str *)b;
        return x->n == y->n && memcmp(x->text, y->text, x->n) == 0;
    }
    if (type == &rc_bytes_type) {
        const rc_bytes *x = (const rc_bytes *)a, *y = (const rc_bytes *)b;
        return x->n == y->n && memcmp(x->data, y->data, x->n) == 0;
    }
    return false;
}

bool rc_equal(const void *a, const void *b)
{
    return equal_nested(a, b, 0);
}
