/* SPDX-License-Identifier: MIT
 *
 * Objects and counts: the macros, what runs when an object dies, inheritance, immortal objects, the border.
 */
#include "kit.h"

static int evaluations;

static Node **once(Node **slot)
{
    evaluations++;
    return slot;
}

static Node *once_value(Node *node)
{
    evaluations++;
    return node;
}

#define assert_evaluated_once()                                                                              \
 do {                                                                                                        \
  assert_int_equal(evaluations, 1);                                                                          \
  evaluations = 0;                                                                                           \
 } while (0)

/* ---- macros
 * ------------------------------------------------------------------------------------------------ */

static void counting_macros_evaluate_their_arguments_once(void)
{
    Node *node = kit_new(&kit_node, 1), *slot = node;
    RC_INCREF(once_value(node));
    assert_evaluated_once();
    assert_int_equal(rc_refcount(node), 2);
    RC_XINCREF(once_value(node));
    assert_evaluated_once();
    RC_XDECREF(once_value(node));
    assert_evaluated_once();
    RC_DECREF(once_value(node));
    assert_evaluated_once();
    RC_XINCREF(once_value(NULL));
    assert_evaluated_once();
    RC_XDECREF(once_value(NULL));
    assert_evaluated_once();
    RC_SETREF(*once(&slot), kit_new(&kit_node, 2));
    assert_evaluated_once();
    assert_log("f1 c1");
    RC_XSETREF(slot, once_value(NULL));
    assert_evaluated_once();
    assert_log("f2 c2");
    slot = kit_new(&kit_node, 3);
    RC_CLEAR(*once(&slot));
    assert_evaluated_once();
    assert_null(slot);
    assert_log("f3 c3");
    RC_CLEAR(slot);
}

static void newref_keeps_the_type_of_its_argument(void)
{
    Node *node = kit_new(&kit_node, 7);
    Node *again = rc_newref(once_value(node));
    assert_evaluated_once();
    assert_int_equal(again->id, 7);
    assert_int_equal(rc_refcount(node), 2);
    RC_DECREF(again);
    RC_DECREF(node);
}

static Node *global;

static void read_global(Node *self)
{
    kit_log(global ? (global == self ? "self" : "other") : "null");
}

static void clear_and_setref_store_before_they_drop(void)
{
    global = kit_new(&kit_node, 1);
    global->on_finalize = read_global;
    RC_CLEAR(global);
    assert_log("f1 null c1");
    global = kit_new(&kit_node, 2);
    global->on_finalize = read_global;
    RC_SETREF(global, kit_new(&kit_node, 3));
    assert_log("f2 other c2");
    assert_int_equal(global->id, 3);
    RC_CLEAR(global);
}

/* ---- objects
 * -------------------------------------------------------------------------------------------------- */

static void a_new_object_is_zeroed_and_has_one_reference(void)
{
    Node *dirty = kit_new(&kit_plain, 0x7E7E7E);
    RC_DECREF(dirty);
    for (int i = 0; i < 50; i++) {
        Node *node = (Node *)rc_alloc(&kit_plain);
        assert_int_equal(rc_refcount(node), 1);
        assert_ptr_equal(rc_type_of(node), &kit_plain);
        assert_int_equal(node->id, 0);
        for (int s = 0; s < KIT_SLOTS; s++) assert_null(node->slot[s]);
        if (i % 2) RC_DECREF(node);
    }
}

static void live_objects_are_counted(void)
{
    assert_int_equal(rc_live_objects(), 0);
    Node *ring = kit_ring(&kit_node, 1, 5), *leaf = kit_new(&kit_leaf, 6);
    assert_int_equal(rc_live_objects(), 6);
    RC_DECREF(leaf);
    assert_int_equal(rc_live_objects(), 5);
    RC_DECREF(ring);
    assert_int_equal(rc_live_objects(), 5);
    rc_gc_collect();
    assert_int_equal(rc_live_objects(), 0);
}

typedef struct {
    RC_HEAD;
    size_t length;
    rc_object *item[];
} Row;

static int traverse_row(rc_object *object, rc_visit visit, void *arg)
{
    Row *self = (Row *)object;
    for (size_t i = 0; i < self->length; i++) RC_VISIT(self->item[i]);
    return 0;
}

static int clear_row(rc_object *object)
{
    Row *self = (Row *)object;
    for (size_t i = 0; i < self->length; i++) RC_CLEAR(self->item[i]);
    return 0;
}

static const rc_type row = {.name = "Row",
                            .size = sizeof(Row),
                            .item_size = sizeof(rc_object *),
                            .flags = RC_TYPE_GC,
                            .traverse = traverse_row,
                            .clear = clear_row};

static void objects_with_items_of_every_length(void)
{
    for (size_t n = 0; n < 200; n++) {
        Row *self = (Row *)rc_alloc_items(&row, n);
        assert_non_null(self);
        for (size_t i = 0; i < n; i++) assert_null(self->item[i]);
        self->length = n;
        for (size_t i = 0; i < n; i++) self->item[i] = rc_newref((rc_object *)self);
        RC_DECREF(self);
        assert_int_equal(rc_gc_collect(), n > 0);
    }
    assert_null(rc_alloc_items(&row, SIZE_MAX / 8));
    assert_null(rc_alloc_items(&row, SIZE_MAX / sizeof(rc_object *) + 2));
    assert_int_equal(rc_live_objects(), 0);
}

/* ---- deaths
 * ------------------------------------------------------------------------------------------------------ */

/* A tree of the given class: 1 refers to 2, 5 and 6; 2 to 3; 3 to 4; 6 to 7. */
static Node *small_tree(const rc_type *type)
{
    Node *node[8];
    for (int i = 1; i <= 7; i++) node[i] = kit_new(type, i);
    const int edge[][3] = {{1, 0, 2}, {1, 1, 5}, {1, 3, 6}, {2, 1, 3}, {3, 0, 4}, {6, 2, 7}};
    for (int i = 0; i < 6; i++) node[edge[i][0]]->slot[edge[i][1]] = (rc_object *)node[edge[i][2]];
    return node[1];
}

static void fields_are_released_in_order_each_subtree_before_the_next(void)
{
    Node *tree = small_tree(&kit_node);
    RC_DECREF(tree);
    assert_log("f1 c1 f2 c2 f3 c3 f4 c4 f5 c5 f6 c6 f7 c7");
    tree = small_tree(&kit_table);
    RC_DECREF(tree);
    assert_log("f1 f2 f3 f4 f5 f6 f7");
}

static void count_of_sibling(Node *self)
{
    kit_log("n=%zu", rc_refcount(self->slot[0]));
}

static void a_finalizer_sees_the_counts_that_recursion_would_leave(void)
{
    const rc_type *const types[] = {&kit_node, &kit_table};
    for (int t = 0; t < 2; t++) {
        Node *root = kit_new(types[t], 1), *shared = kit_new(&kit_leaf, 9);
        for (int i = 0; i < 3; i++) {
            Node *child = kit_new(types[t], 2 + i);
            child->on_finalize = count_of_sibling;
            kit_set(child, 0, shared);
            root->slot[i] = (rc_object *)child;
        }
        RC_DECREF(shared);
        RC_DECREF(root);
        const char *by_hand = "f1 c1 f2 n=3 c2 f3 n=2 c3 f4 n=1 c4 f9";
        assert_log(t == 0 ? by_hand : "f1 f2 n=3 f3 n=2 f4 n=1 f9");
    }
}

static void drop_global(Node *self)
{
    kit_log("[");
    RC_CLEAR(global);
    kit_log("]");
    (void)self;
}

static void what_dies_inside_a_finalizer_dies_before_its_next_statement(void)
{
    const rc_type *const types[] = {&kit_node, &kit_table};
    for (int t = 0; t < 2; t++) {
        Node *chain = kit_new(types[t], 0);
        for (int i = 1; i < 300; i++) {
            Node *next = kit_new(types[t], i);
            next->slot[0] = (rc_object *)chain;
            chain = next;
        }
        Node *deep = chain;
        for (int i = 0; i < 200; i++) deep = (Node *)deep->slot[0];
        deep->on_finalize = drop_global;
        global = kit_new(&kit_leaf, 1000);
        RC_DECREF(chain);
        const char *story = kit_log_take();
        assert_non_null(strstr(story, "[ f1000 ]"));
        assert_int_equal(rc_live_objects(), 0);
    }
}

static void finalize_base(rc_object *self)
{
    (void)self;
    kit_log("base");
}

static void finalize_derived(rc_object *self)
{
    (void)self;
    kit_log("derived");
}

typedef struct {
    Node base;
    rc_object *own;
} Derived;

static void finalizers_run_derived_class_first(void)
{
    const rc_type base = {.name = "Base", .size = sizeof(Node), .finalize = finalize_base};
    const rc_type middle = {.name = "Middle", .size = sizeof(Node), .base = &base};
    const rc_type derived = {
        .name = "Derived", .size = sizeof(Derived), .base = &middle, .finalize = finalize_derived};
    rc_object *object = rc_alloc(&derived);
    RC_DECREF(object);
    assert_log("derived base");
    object = rc_alloc(&middle);
    RC_DECREF(object);
    assert_log("base");
}

static void immortal_objects_keep_their_count_and_never_die(void)
{
    Node *node = kit_new(&kit_node, 1);
    rc_immortalize(node);
    assert_int_equal(rc_live_objects(), 0);
    size_t count = rc_refcount(node);
    for (int i = 0; i < 100; i++) RC_INCREF(node);
    assert_int_equal(rc_refcount(node), count);
    for (int i = 0; i < 300; i++) RC_DECREF(node);
    assert_int_equal(rc_refcount(node), count);
    assert_int_equal(node->id, 1);
    assert_int_equal(rc_gc_collect(), 0);
    assert_log("");
}

static Node eternal = {.rc_head = {RC_IMMORTAL_COUNT, 0, &kit_node}, .id = 5};

static void a_static_immortal_object_needs_no_allocation(void)
{
    Node *node = &eternal;
    for (int i = 0; i < 10; i++) RC_DECREF(node);
    RC_INCREF(node);
    assert_ptr_equal(rc_type_of(node), &kit_node);
    Node *holder = kit_new(&kit_node, 6);
    kit_set(holder, 0, node);
    kit_set(holder, 1, holder);
    RC_DECREF(holder);
    assert_int_equal(rc_gc_collect(), 1);
    assert_log("f6 c6");
    assert_int_equal(rc_live_objects(), 0);
}

/* ---- the border
 * ------------------------------------------------------------------------------------------------------ */

static void give_take_and_ref(void)
{
    Node *node = kit_new(&kit_node, 1);
    void *raw = rc_give(node);
    assert_ptr_equal(raw, node);
    assert_int_equal(rc_refcount(raw), 1);
    Node *back = rc_take(Node, raw);
    assert_ptr_equal(back, raw);
    assert_int_equal(rc_refcount(back), 1);
    Node *another = rc_ref(Node, raw);
    assert_int_equal(rc_refcount(back), 2);
    RC_DECREF(another);
    RC_DECREF(back);
    assert_log("f1 c1");
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(counting_macros_evaluate_their_arguments_once),
    KIT_TEST(newref_keeps_the_type_of_its_argument),
    KIT_TEST(clear_and_setref_store_before_they_drop),
    KIT_TEST(a_new_object_is_zeroed_and_has_one_reference),
    KIT_TEST(live_objects_are_counted),
    KIT_TEST(objects_with_items_of_every_length),
    KIT_TEST(fields_are_released_in_order_each_subtree_before_the_next),
    KIT_TEST(a_finalizer_sees_the_counts_that_recursion_would_leave),
    KIT_TEST(what_dies_inside_a_finalizer_dies_before_its_next_statement),
    KIT_TEST(finalizers_run_derived_class_first),
    KIT_TEST(immortal_objects_keep_their_count_and_never_die),
    KIT_TEST(a_static_immortal_object_needs_no_allocation),
    KIT_TEST(give_take_and_ref),
};

KIT_MAIN(tests)
