/* SPDX-License-Identifier: MIT
 *
 * Buffers of strong elements, interned objects and singletons.
 */
#include "kit.h"

/* ---- buffers
 * ------------------------------------------------------------------------------------------------ */

static void a_new_buffer_is_empty_and_knows_its_length(void)
{
    for (size_t n = 0; n < 300; n += 7) {
        Node **buffer = rc_array_new(Node, n);
        assert_non_null(buffer);
        assert_int_equal(rc_array_len(buffer), n);
        for (size_t i = 0; i < n; i++) assert_null(buffer[i]);
        rc_array_free(Node, buffer);
    }
    Node **none = NULL;
    assert_int_equal(rc_array_len(none), 0);
    rc_array_free(Node, none);
    volatile size_t huge = SIZE_MAX / sizeof(Node *);
    assert_null(rc_array_new(Node, huge));
    assert_null(rc_array_new(Node, huge / 2));
}

static Node **filled(size_t n)
{
    Node **buffer = rc_array_new(Node, n);
    for (size_t i = 0; i < n; i++) buffer[i] = kit_new(&kit_leaf, (int)i + 1);
    return buffer;
}

static void freeing_releases_in_ascending_order(void)
{
    Node **buffer = filled(4);
    RC_CLEAR(buffer[1]);
    assert_log("f2");
    rc_array_free(Node, buffer);
    assert_log("f1 f3 f4");
    assert_int_equal(rc_live_objects(), 0);
}

static void growing_keeps_elements_and_adds_null(void)
{
    Node **buffer = filled(3);
    assert_int_equal(rc_array_resize(Node, buffer, 3, 500), 0);
    assert_int_equal(rc_array_len(buffer), 500);
    for (int i = 0; i < 3; i++) assert_int_equal(buffer[i]->id, i + 1);
    for (int i = 3; i < 500; i++) assert_null(buffer[i]);
    assert_log("");
    rc_array_free(Node, buffer);
    assert_log("f1 f2 f3");
}

static void shrinking_releases_what_is_cut_off(void)
{
    Node **buffer = filled(5);
    assert_int_equal(rc_array_resize(Node, buffer, 5, 2), 0);
    assert_log("f3 f4 f5");
    assert_int_equal(rc_array_len(buffer), 2);
    assert_int_equal(rc_array_resize(Node, buffer, 2, 0), 0);
    assert_log("f1 f2");
    rc_array_free(Node, buffer);
}

static void a_null_buffer_can_grow(void)
{
    Node **buffer = NULL;
    assert_int_equal(rc_array_resize(Node, buffer, 0, 3), 0);
    assert_int_equal(rc_array_len(buffer), 3);
    assert_null(buffer[0]);
    rc_array_free(Node, buffer);
}

static void a_resize_without_memory_changes_nothing(void)
{
    Node **buffer = filled(2), **before = buffer;
    volatile size_t huge = SIZE_MAX / sizeof(Node *) - 8;
    assert_int_equal(rc_array_resize(Node, buffer, 2, huge), -1);
    assert_ptr_equal(buffer, before);
    assert_int_equal(rc_array_len(buffer), 2);
    kit_hook hook[3] = {{.refuse = true}, {.refuse = true}, {.refuse = true}};
    for (int d = RC_DOMAIN_RAW; d <= RC_DOMAIN_OBJ; d++) kit_hook_install(&hook[d], (rc_domain)d);
    assert_int_equal(rc_array_resize(Node, buffer, 2, 5000), -1);
    assert_null(rc_array_new(Node, 10));
    for (int d = RC_DOMAIN_OBJ; d >= (int)RC_DOMAIN_RAW; d--) kit_hook_remove(&hook[d], (rc_domain)d);
    assert_ptr_equal(buffer, before);
    assert_log("");
    rc_array_free(Node, buffer);
    assert_log("f1 f2");
}

/* A class whose strong references are in a buffer. */
typedef struct {
    RC_HEAD;
    size_t n;
    rc_object **kids;
} Holder;

static const rc_field holder_fields[] = {RC_FIELD_BUFFER(Holder, kids), RC_FIELD_END};
static const rc_type holder = {
    .name = "Holder", .size = sizeof(Holder), .flags = RC_TYPE_GC, .fields = holder_fields};

static Holder *new_holder(size_t n)
{
    Holder *self = (Holder *)rc_alloc(&holder);
    self->kids = rc_array_new(rc_object, n);
    self->n = n;
    return self;
}

static void a_buffer_in_a_field_dies_with_its_object(void)
{
    Holder *self = new_holder(3);
    for (int i = 0; i < 3; i++) self->kids[i] = (rc_object *)kit_new(&kit_leaf, i + 1);
    RC_DECREF(self);
    assert_log("f1 f2 f3");
    assert_int_equal(rc_live_objects(), 0);
    rc_mem_info info;
    rc_mem_trim();
    rc_mem_get_info(&info);
    assert_int_equal(info.blocks_allocated, 0);
}

static void the_collector_looks_into_buffers(void)
{
    Holder *a = new_holder(40), *b = new_holder(2);
    a->kids[39] = rc_newref((rc_object *)b);
    a->kids[7] = (rc_object *)kit_new(&kit_leaf, 7);
    b->kids[1] = rc_newref((rc_object *)a);
    RC_DECREF(b);
    assert_int_equal(rc_gc_collect(), 0);
    rc_object *out[4];
    assert_int_equal(rc_gc_get_referents(a, out, 4), 2);
    RC_DECREF(a);
    assert_int_equal(rc_gc_collect(), 2);
    assert_log("f7");
    assert_int_equal(rc_live_objects(), 0);
}

/* ---- plain structs and flexible arrays in a class
 * --------------------------------------------------------------------- */

typedef struct {
    rc_object *first;
    int between;
    rc_object *last;
} Pair;

typedef struct {
    RC_HEAD;
    Pair pairs[2];
    rc_object *rest[];
} Record;

static const rc_field pair_fields[] = {RC_FIELD_STRONG(Pair, first), RC_FIELD_STRONG(Pair, last),
                                       RC_FIELD_END};
static const rc_field record_fields[] = {RC_FIELD_STRUCT_ARRAY(Record, pairs, 2, pair_fields),
                                         RC_FIELD_FLEX(Record, rest), RC_FIELD_END};
static const rc_type record = {.name = "Record",
                               .size = sizeof(Record),
                               .item_size = sizeof(rc_object *),
                               .flags = RC_TYPE_GC,
                               .fields = record_fields};

static void fields_of_every_kind_are_released_in_order(void)
{
    Record *self = (Record *)rc_alloc_items(&record, 3);
    rc_object **const slot[] = {&self->pairs[0].first, &self->pairs[0].last, &self->pairs[1].first,
                                &self->pairs[1].last,  &self->rest[0],       &self->rest[1],
                                &self->rest[2]};
    for (int i = 6; i >= 0; i--) *slot[i] = (rc_object *)kit_new(&kit_leaf, i + 1);
    rc_object *out[8];
    assert_int_equal(rc_gc_get_referents(self, out, 8), 7);
    for (int i = 0; i < 7; i++) assert_ptr_equal(out[i], *slot[i]);
    RC_DECREF(self);
    assert_log("f1 f2 f3 f4 f5 f6 f7");
}

typedef struct {
    RC_HEAD;
    rc_object *strong;
    rc_object *weak;
} Watcher;

static const rc_field watcher_fields[] = {RC_FIELD_STRONG(Watcher, strong), RC_FIELD_WEAK(Watcher, weak),
                                          RC_FIELD_END};
static const rc_type watcher = {
    .name = "Watcher", .size = sizeof(Watcher), .flags = RC_TYPE_GC, .fields = watcher_fields};

static void weak_fields_read_null_and_are_given_up_with_their_object(void)
{
    Watcher *self = (Watcher *)rc_alloc(&watcher);
    Node *target = kit_new(&kit_node, 1);
    rc_weak_store(&self->weak, (rc_object *)target);
    assert_int_equal(rc_refcount(target), 1);
    RC_DECREF(target);
    assert_log("f1 c1");
    assert_null(rc_weak_load(&self->weak));
    target = kit_new(&kit_node, 2);
    rc_weak_store(&self->weak, (rc_object *)target);
    RC_DECREF(self);
    RC_DECREF(target);
    assert_log("f2 c2");
    assert_int_equal(rc_live_objects(), 0);
}

static void a_weak_field_keeps_no_cycle(void)
{
    Watcher *parent = (Watcher *)rc_alloc(&watcher), *child = (Watcher *)rc_alloc(&watcher);
    parent->strong = (rc_object *)child;
    rc_weak_store(&child->weak, (rc_object *)parent);
    RC_DECREF(parent);
    assert_int_equal(rc_live_objects(), 0);
}

/* ---- inheritance
 * ------------------------------------------------------------------------------------------------------- */

typedef struct {
    Watcher base;
    rc_object *own;
} Child;

static const rc_field child_fields[] = {RC_FIELD_STRONG(Child, own), RC_FIELD_END};
static const rc_type child_type = {
    .name = "Child", .size = sizeof(Child), .base = &watcher, .flags = RC_TYPE_GC, .fields = child_fields};

static void the_fields_of_the_base_are_released_first(void)
{
    Child *self = (Child *)rc_alloc(&child_type);
    self->own = (rc_object *)kit_new(&kit_leaf, 2);
    self->base.strong = (rc_object *)kit_new(&kit_leaf, 1);
    RC_DECREF(self);
    assert_log("f1 f2");
    assert_int_equal(rc_live_objects(), 0);
}

/* ---- one instance per key, one instance at all
 * ---------------------------------------------------------------------------- */

typedef struct Symbol {
    RC_HEAD;
    char text[16];
} Symbol;

static const rc_type symbol = {.name = "Symbol", .size = sizeof(Symbol)};

static Symbol *intern(const char *text, bool *created)
{
    return (Symbol *)rci_intern(&symbol, text, strlen(text), created, NULL);
}

static void interning_yields_the_one_instance_of_a_key(void)
{
    bool created = false;
    Symbol *a = intern("apple", &created);
    assert_true(created);
    assert_int_equal(rc_refcount(a), 1);
    strcpy(a->text, "apple");
    Symbol *again = intern("apple", &created);
    assert_false(created);
    assert_ptr_equal(again, a);
    assert_int_equal(rc_refcount(a), 2);
    Symbol *other = intern("apples", &created);
    assert_true(created);
    assert_ptr_not_equal(other, a);
    RC_DECREF(again);
    RC_DECREF(a);
    a = intern("apple", &created);
    assert_true(created);
    assert_string_equal(a->text, "");
    RC_DECREF(a);
    RC_DECREF(other);
    assert_int_equal(rc_live_objects(), 0);
}

static void many_keys_stay_apart(void)
{
    enum { KEYS = 5000 };
    static Symbol *seen[KEYS];
    char text[16];
    for (int i = 0; i < KEYS; i++) {
        snprintf(text, sizeof text, "key%d", i);
        seen[i] = intern(text, NULL);
    }
    for (int i = 0; i < KEYS; i += 2) RC_CLEAR(seen[i]);
    for (int i = 0; i < KEYS; i++) {
        bool created;
        snprintf(text, sizeof text, "key%d", i);
        Symbol *again = intern(text, &created);
        assert_int_equal(created, i % 2 == 0);
        if (i % 2) assert_ptr_equal(again, seen[i]);
        RC_DECREF(again);
        RC_XDECREF(seen[i]);
    }
    assert_int_equal(rc_live_objects(), 0);
}

static const rc_type single = {.name = "Single", .size = sizeof(Node), .flags = RC_TYPE_SINGLETON};
static const rc_type other_single = {.name = "Other", .size = sizeof(Node), .flags = RC_TYPE_SINGLETON};

static void a_singleton_class_has_one_instance(void)
{
    rc_object *a = rc_alloc(&single), *b = rc_alloc(&single), *c = rc_alloc(&other_single);
    assert_ptr_equal(a, b);
    assert_ptr_not_equal(a, c);
    RC_DECREF(a);
    RC_DECREF(b);
    RC_DECREF(c);
    assert_ptr_equal(rc_alloc(&single), a);
    assert_ptr_equal(rc_type_of(a), &single);
    assert_int_equal(rc_live_objects(), 0);
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(a_new_buffer_is_empty_and_knows_its_length),
    KIT_TEST(freeing_releases_in_ascending_order),
    KIT_TEST(growing_keeps_elements_and_adds_null),
    KIT_TEST(shrinking_releases_what_is_cut_off),
    KIT_TEST(a_null_buffer_can_grow),
    KIT_TEST(a_resize_without_memory_changes_nothing),
    KIT_TEST(a_buffer_in_a_field_dies_with_its_object),
    KIT_TEST(the_collector_looks_into_buffers),
    KIT_TEST(fields_of_every_kind_are_released_in_order),
    KIT_TEST(weak_fields_read_null_and_are_given_up_with_their_object),
    KIT_TEST(a_weak_field_keeps_no_cycle),
    KIT_TEST(the_fields_of_the_base_are_released_first),
    KIT_TEST(interning_yields_the_one_instance_of_a_key),
    KIT_TEST(many_keys_stay_apart),
    KIT_TEST(a_singleton_class_has_one_instance),
};

KIT_MAIN(tests)
