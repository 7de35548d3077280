/* SPDX-License-Identifier: MIT
 *
 * The order of death: random trees over every kind of field are dropped, and what the finalizers say is compared
 * with what plain recursion over a copy of the tree says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
/* cmocka wants the headers above first */
#include <cmocka.h>

#include <recount.h>

enum { FIXED = 2, PAIRS = 2, MOST = 3, FIELDS = 1 + FIXED + 2 * PAIRS + MOST + MOST, OBJECTS = 60 };

typedef struct node node;
typedef struct pair {
    int tag;
    node *a, *b;
} pair;
struct node {
    RC_HEAD;
    node *first;
    int id;
    node *fixed[FIXED];
    pair pairs[PAIRS];
    node **buffer;
    node *parent; /* weak */
    node *items[];
};

/* The same object for the model: its fields in order of declaration. */
typedef struct mirror {
    int count;
    int field[FIELDS]; /* -1: NULL */
} mirror;

static mirror mirrors[OBJECTS];
static int said[OBJECTS], said_count, expected[OBJECTS], expected_count;

static void speak(rc_object *self)
{
    said[said_count++] = ((node *)self)->id;
}

static const rc_field pair_fields[] = {RC_FIELD_STRONG(pair, a), RC_FIELD_STRONG(pair, b), RC_FIELD_END};
static const rc_field node_fields[] = {RC_FIELD_STRONG(node, first),
                                       RC_FIELD_ARRAY(node, fixed, FIXED),
                                       RC_FIELD_STRUCT_ARRAY(node, pairs, PAIRS, pair_fields),
                                       RC_FIELD_BUFFER(node, buffer),
                                       RC_FIELD_WEAK(node, parent),
                                       RC_FIELD_FLEX(node, items),
                                       RC_FIELD_END};
static const rc_type node_type = {.name = "node",
                                  .size = sizeof(node),
                                  .item_size = sizeof(node *),
                                  .flags = RC_TYPE_GC,
                                  .finalize = speak,
                                  .fields = node_fields};

/* Every third object is of a class that has nothing but strong fields, some with other members in between, and every
 * other one of these is derived from a class that adds none. They say nothing, and no weak reference leads to them. */
static const rc_field plain_fields[] = {RC_FIELD_STRONG(node, first), RC_FIELD_ARRAY(node, fixed, FIXED),
                                        RC_FIELD_FLEX(node, items), RC_FIELD_END};
static const rc_type bare_type = {.name = "bare", .size = sizeof(rc_object), .flags = RC_TYPE_GC};
static const rc_type plain_types[] = {{.name = "plain",
                                       .size = sizeof(node),
                                       .item_size = sizeof(node *),
                                       .flags = RC_TYPE_GC,
                                       .fields = plain_fields},
                                      {.name = "derived",
                                       .size = sizeof(node),
                                       .item_size = sizeof(node *),
                                       .base = &bare_type,
                                       .flags = RC_TYPE_GC,
                                       .fields = plain_fields}};

static bool is_plain(int id)
{
    return id % 3 == 1;
}

static node *new_node(int id)
{
    node *n = (node *)rc_alloc_items(is_plain(id) ? &plain_types[id % 2] : &node_type, MOST);
    assert_non_null(n);
    n->id = id;
    if (!is_plain(id)) n->buffer = rc_array_new(node, MOST);
    mirrors[id].count = 1;
    for (int i = 0; i < FIELDS; i++) mirrors[id].field[i] = -1;
    return n;
}

/* The i-th field in order of declaration. */
static node **slot_of(node *n, int i)
{
    if (i == 0) return &n->first;
    if ((i -= 1) < FIXED) return &n->fixed[i];
    if ((i -= FIXED) < 2 * PAIRS) return i % 2 ? &n->pairs[i / 2].b : &n->pairs[i / 2].a;
    if ((i -= 2 * PAIRS) < MOST) return &n->buffer[i];
    return &n->items[i - MOST];
}

static void model_drop(int id)
{
    if (id < 0 || --mirrors[id].count > 0) return;
    if (!is_plain(id)) expected[expected_count++] = id;
    for (int i = 0; i < FIELDS; i++) model_drop(mirrors[id].field[i]);
}

static void attach(node *all[], int parent, int field, int child)
{
    if (is_plain(parent) && field > FIXED && field < FIELDS - MOST) return;
    node **slot = slot_of(all[parent], field);
    if (*slot) return;
    *slot = rc_newref(all[child]);
    if (!is_plain(parent) && !is_plain(child))
        rc_weak_store((rc_object **)&all[child]->parent, &all[parent]->rc_head);
    mirrors[parent].field[field] = child;
    mirrors[child].count++;
}

/* Each object gets an owner among those made before it, some a second one; so there are no cycles. */
static void drop_one_random_graph(void)
{
    node *all[OBJECTS];
    said_count = expected_count = 0;
    for (int i = 0; i < OBJECTS; i++) all[i] = new_node(i);
    for (int i = 1; i < OBJECTS; i++) {
        for (int owners = 1 + rand() % 2; owners > 0; owners--) attach(all, rand() % i, rand() % FIELDS, i);
    }
    assert_int_equal(rc_heap_verify(), 0);
    for (int i = OBJECTS - 1; i >= 0; i--) {
        model_drop(i);
        RC_DECREF(all[i]);
    }
    assert_int_equal(said_count, OBJECTS - OBJECTS / 3);
    assert_int_equal(said_count, expected_count);
    assert_memory_equal(said, expected, (size_t)said_count * sizeof *said);
    assert_int_equal(rc_live_objects(), 0);
}

static void death_is_in_the_order_of_recursion(void **state)
{
    (void)state;
    srand(1);
    for (int i = 0; i < 300; i++) drop_one_random_graph();
    assert_int_equal(rc_heap_verify(), 0);
}

/* ---- a million levels through each kind of field -------------------------------------------------------- */

static void depth_does_not_matter(void **state)
{
    (void)state;
    static const int through[] = {0, 1, 2, 3, 6, 1 + FIXED + 2 * PAIRS, 3 + FIXED + 2 * PAIRS, FIELDS - 1};
    rc_gc_disable();
    static const rc_type quiet = {.name = "quiet",
                                  .size = sizeof(node),
                                  .item_size = sizeof(node *),
                                  .flags = RC_TYPE_GC,
                                  .fields = node_fields};
    for (size_t k = 0; k < sizeof through / sizeof *through; k++) {
        node *top = NULL;
        for (int i = 0; i < 100000; i++) {
            node *n = (node *)rc_alloc_items(&quiet, MOST);
            assert_non_null(n);
            n->buffer = rc_array_new(node, MOST);
            *slot_of(n, through[k]) = top;
            top = n;
        }
        RC_CLEAR(top);
        assert_int_equal(rc_live_objects(), 0);
    }
    rc_gc_enable();
}

/* ---- arenas from anywhere ---------------------------------------------------------------------------------- */

static size_t shift;

static void *shifted_alloc(void *ctx, size_t size)
{
    (void)ctx;
    char *p = aligned_alloc(4096, size + 8192);
    return p ? (char *)memset(p, 0xAA, size + 8192) + shift : NULL;
}

static void shifted_free(void *ctx, void *p, size_t size)
{
    (void)ctx;
    (void)size;
    free((char *)p - shift);
}

static void arenas_need_not_be_aligned(void **state)
{
    (void)state;
    rc_arena_allocator old, hook = {NULL, shifted_alloc, shifted_free};
    rc_arena_get_allocator(&old);
    rc_mem_trim();
    rc_arena_set_allocator(&hook);
    for (shift = 0; shift < 4096; shift += 1040) {
        for (int i = 0; i < 20; i++) drop_one_random_graph();
        node *keep[2000];
        for (int i = 0; i < 2000; i++) {
            keep[i] = (node *)rc_alloc_items(&node_type, MOST);
            if (i > 0) keep[i]->first = keep[i - 1];
        }
        keep[0]->first = rc_newref(keep[1999]);
        assert_int_equal(rc_heap_verify(), 0);
        assert_int_equal(rc_gc_collect(), 0);
        assert_int_equal(rc_heap_verify(), 0);
        RC_CLEAR(keep[0]->first);
        for (int i = 1999; i >= 0; i--) {
            keep[i]->first = NULL;
            said_count = 0;
            RC_DECREF(keep[i]);
        }
        assert_int_equal(rc_live_objects(), 0);
        rc_mem_trim();
        rc_mem_info info;
        rc_mem_get_info(&info);
        assert_int_equal(info.arenas_current, 0);
    }
    rc_arena_set_allocator(&old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(death_is_in_the_order_of_recursion),
        cmocka_unit_test(depth_does_not_matter),
        cmocka_unit_test(arenas_need_not_be_aligned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
