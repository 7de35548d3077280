/* SPDX-License-Identifier: MIT
 *
 * Hostility: every allocation of every API fails once, and a seeded stress with the heap verified after each
 * step.
 */
#include "kit.h"

/* ---- the n-th allocation fails
 * -------------------------------------------------------------------------------- */

/* One countdown for all domains and arenas: the request that takes it to 0 is refused, later ones are served.
 */
static struct {
    rc_allocator next[3];
    rc_arena_allocator arenas;
    long left;
    bool refused;
} famine;

static bool refuse(void)
{
    if (famine.left == 0 || --famine.left > 0) return false;
    famine.refused = true;
    return true;
}

static void *famine_malloc(void *ctx, size_t size)
{
    const rc_allocator *next = ctx;
    return refuse() ? NULL : next->malloc(next->ctx, size);
}

static void *famine_calloc(void *ctx, size_t count, size_t size)
{
    const rc_allocator *next = ctx;
    return refuse() ? NULL : next->calloc(next->ctx, count, size);
}

static void *famine_realloc(void *ctx, void *p, size_t size)
{
    const rc_allocator *next = ctx;
    return refuse() ? NULL : next->realloc(next->ctx, p, size);
}

static void famine_free(void *ctx, void *p)
{
    const rc_allocator *next = ctx;
    next->free(next->ctx, p);
}

static void *famine_arena(void *ctx, size_t size)
{
    const rc_arena_allocator *next = ctx;
    return refuse() ? NULL : next->alloc(next->ctx, size);
}

static void famine_arena_free(void *ctx, void *p, size_t size)
{
    const rc_arena_allocator *next = ctx;
    next->free(next->ctx, p, size);
}

static void install_famine(void)
{
    for (int d = RC_DOMAIN_RAW; d <= RC_DOMAIN_OBJ; d++) {
        rc_mem_get_allocator((rc_domain)d, &famine.next[d]);
        rc_allocator hook = {&famine.next[d], famine_malloc, famine_calloc, famine_realloc, famine_free};
        rc_mem_set_allocator((rc_domain)d, &hook);
    }
    rc_arena_get_allocator(&famine.arenas);
    rc_arena_allocator hook = {&famine.arenas, famine_arena, famine_arena_free};
    rc_arena_set_allocator(&hook);
}

/* Runs `use` once for each allocation that it makes, with that one refused, then once with none refused. Each
 * time it must leave nothing behind and the heap sound. */
static void starve(void (*use)(void))
{
    install_famine();
    for (long n = 1;; n++) {
        famine.refused = false;
        famine.left = n;
        use();
        famine.left = 0;
        rc_error_clear();
        rc_gc_collect();
        if (rc_live_objects() != 0)
            fail_msg("allocation %ld refused: %zu objects leaked", n, rc_live_objects());
        if (rc_heap_verify() != 0) fail_msg("allocation %ld refused: the heap is damaged", n);
        if (!famine.refused) break;
        if (n > 10000) fail_msg("no end");
    }
}

static void drop(void *p)
{
    rc_object *object = p;
    RC_XDECREF(object);
}

static void use_memory(void)
{
    const size_t sizes[] = {1, 100, 512, 513, 100000};
    for (int i = 0; i < 5; i++) {
        rc_obj_free(rc_obj_malloc(sizes[i]));
        rc_mem_free(rc_mem_calloc(2, sizes[i]));
        char *p = rc_raw_malloc(sizes[i]), *q = rc_obj_malloc(sizes[i]);
        if (q) q[0] = 'k';
        char *grown = rc_obj_realloc(q, sizes[i] * 3);
        if (grown && q) assert_int_equal(grown[0], 'k');
        if (!grown && q) assert_int_equal(q[0], 'k');
        rc_obj_free(grown ? grown : q);
        rc_raw_free(p);
    }
}

static void no_allocation_of_the_memory_functions_is_unchecked(void)
{
    starve(use_memory);
}

static void use_objects(void)
{
    Node *first = NULL;
    for (int i = 0; i < 40; i++) {
        Node *node = (Node *)rc_alloc(i % 2 ? &kit_plain : &kit_table);
        if (!node) continue;
        if (first) kit_set(node, 0, first);
        if (first) kit_set(first, i % KIT_SLOTS, node);
        if (first)
            drop(node);
        else
            first = node;
    }
    drop(rc_alloc_items(&kit_leaf, 0));
    drop(first);
}

static void no_allocation_of_objects_is_unchecked(void)
{
    starve(use_objects);
}

static void ignore_death(rc_weakref *w, void *arg)
{
    (void)w;
    ++*(int *)arg;
}

static void use_weak_references(void)
{
    int deaths = 0, watched = 0;
    rc_object *slot[3] = {NULL, NULL, NULL};
    Node *node = (Node *)rc_alloc(&kit_plain);
    if (!node) return;
    rc_weakref *w[4] = {rc_weakref_new(node, NULL, NULL), rc_weakref_new(node, ignore_death, &deaths),
                        rc_weakref_new(node, ignore_death, &deaths), rc_weakref_new(node, NULL, NULL)};
    for (int i = 0; i < 3; i++) {
        rc_weak_store(&slot[i], (rc_object *)node);
        if (!slot[i]) rc_error_clear();
        drop(rc_weak_load(&slot[i]));
    }
    watched = !!w[1] + !!w[2];
    drop(node);
    assert_int_equal(deaths, watched);
    for (int i = 0; i < 4; i++) drop(w[i]);
    for (int i = 0; i < 3; i++) {
        assert_null(rc_weak_load(&slot[i]));
        rc_weak_fini(&slot[i]);
    }
}

static void no_allocation_of_weak_references_is_unchecked(void)
{
    starve(use_weak_references);
}

static void use_arrays(void)
{
    Node **buffer = rc_array_new(Node, 3);
    for (size_t n = 3; n < 400; n *= 3) {
        size_t before = rc_array_len(buffer);
        if (buffer && before > 0 && !buffer[before - 1]) buffer[before - 1] = (Node *)rc_alloc(&kit_plain);
        if (rc_array_resize(Node, buffer, before, n) != 0) assert_int_equal(rc_array_len(buffer), before);
    }
    rc_array_free(Node, buffer);
}

static void no_allocation_of_buffers_is_unchecked(void)
{
    starve(use_arrays);
}

static void use_interning(void)
{
    rc_object *seen[60];
    for (int i = 0; i < 60; i++) {
        int key = i / 2;
        seen[i] = rci_intern(&kit_plain, &key, sizeof key, NULL, NULL);
        if (i % 2 && seen[i] && seen[i - 1]) assert_ptr_equal(seen[i], seen[i - 1]);
    }
    for (int i = 0; i < 60; i++) drop(seen[i]);
}

static void no_allocation_of_interning_is_unchecked(void)
{
    starve(use_interning);
}

static void ignore_phase(rc_gc_phase phase, const rc_gc_info *info, void *arg)
{
    (void)phase, (void)info, (void)arg;
}

static void use_collector(void)
{
    char tag[20];
    bool added[20];
    for (int i = 0; i < 20; i++) added[i] = rc_gc_add_callback(ignore_phase, &tag[i]) == 0;
    Node *node = (Node *)rc_alloc(&kit_plain);
    if (node) kit_set(node, 0, node);
    drop(node);
    rc_gc_set_debug(RC_GC_DEBUG_SAVEALL);
    rc_gc_collect();
    rc_gc_set_debug(0);
    rc_gc_freeze();
    rc_gc_unfreeze();
    rc_gc_clear_garbage();
    for (int i = 0; i < 20; i++)
        assert_int_equal(rc_gc_remove_callback(ignore_phase, &tag[i]), added[i] ? 0 : -1);
}

static void no_allocation_around_the_collector_is_unchecked(void)
{
    starve(use_collector);
}

static void use_values(void)
{
    rc_str *a = rc_str_new("a string that is not so short"), *b = rc_str_intern("another");
    rc_str *both = a && b ? rc_str_concat(a, b) : NULL;
    drop(rc_int_new(3));
    drop(rc_int_new(123456789));
    drop(rc_float_new(0.5));
    drop(rc_bytes_new(NULL, 700));
    drop(rc_tuple_new(0));
    drop(both);
    drop(a);
    drop(b);
}

static void no_allocation_of_values_is_unchecked(void)
{
    starve(use_values);
}

static void use_containers(void)
{
    rc_list *l = rc_list_new();
    rc_dict *d = rc_dict_new();
    rc_set *s = rc_set_new();
    rc_tuple *t = rc_tuple_new(3);
    for (int i = 0; i < 40; i++) {
        rc_int *value = rc_int_new(1000 + i);
        if (!value) continue;
        size_t listed = l ? rc_list_len(l) : 0, mapped = d ? rc_dict_len(d) : 0;
        if (l && rc_list_append(l, value) != 0) assert_int_equal(rc_list_len(l), listed);
        if (l && i % 8 == 0) (void)rc_list_insert(l, 1, value);
        if (d && rc_dict_set(d, value, value) != 0) assert_int_equal(rc_dict_len(d), mapped);
        if (s) (void)rc_set_add(s, value);
        if (t && i < 3) (void)rc_tuple_set(t, (size_t)i, rc_newref(value));
        drop(value);
        rc_error_clear();
    }
    if (l && d) (void)rc_list_append(l, d);
    if (t && l) (void)rc_tuple_set(t, 0, rc_newref(l));
    if (t && l) (void)rc_list_append(l, t);
    drop(l);
    drop(d);
    drop(s);
    drop(t);
}

static void no_allocation_of_containers_is_unchecked(void)
{
    starve(use_containers);
}

/* ---- stress
 * ------------------------------------------------------------------------------------------------------ */

static uint64_t seed = 20;

static uint32_t draw(uint32_t limit)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((seed >> 33) % limit);
}

enum { REGISTERS = 40, STEPS = 4000 };

static Node *reg[REGISTERS];
static rc_weakref *weak_reg[8];
static rc_object *weak_slot[8];
static void *block[64];
static int deaths;

static Node *resurrected;

static void sometimes_escape(rc_object *self)
{
    if (draw(4) == 0 && !resurrected) resurrected = (Node *)rc_newref(self);
}

static const rc_type escaping = {.name = "Escaping",
                                 .size = sizeof(Node),
                                 .flags = RC_TYPE_GC,
                                 .traverse = kit_traverse,
                                 .clear = kit_clear,
                                 .finalize = sometimes_escape};

static void disturb_objects(void)
{
    const rc_type *const types[] = {&kit_plain, &kit_table, &kit_leaf, &escaping};
    uint32_t a = draw(REGISTERS), b = draw(REGISTERS);
    switch (draw(6)) {
    case 0: RC_XSETREF(reg[a], kit_new(types[draw(4)], 0)); break;
    case 1: RC_CLEAR(reg[a]); break;
    case 2:
        if (reg[a] && rc_type_of(reg[a]) != &kit_leaf) kit_set(reg[a], (int)draw(KIT_SLOTS), reg[b]);
        break;
    case 3:
        if (reg[a]) RC_XSETREF(reg[b], (Node *)rc_newref(reg[a]));
        break;
    case 4: RC_CLEAR(resurrected); break;
    case 5: kit_garbage_ring(types[draw(2)], 0, 1 + (int)draw(6)); break;
    }
}

static void disturb_weak_references(void)
{
    uint32_t a = draw(REGISTERS), w = draw(8);
    switch (draw(4)) {
    case 0:
        if (reg[a]) RC_XSETREF(weak_reg[w], rc_weakref_new(reg[a], draw(2) ? ignore_death : NULL, &deaths));
        break;
    case 1: RC_CLEAR(weak_reg[w]); break;
    case 2: rc_weak_store(&weak_slot[w], (rc_object *)reg[a]); break;
    case 3:
        if (weak_reg[w]) drop(rc_weakref_get(weak_reg[w]));
        drop(rc_weak_load(&weak_slot[w]));
        break;
    }
}

static void disturb_memory(void)
{
    uint32_t at = draw(64);
    switch (draw(4)) {
    case 0: {
        size_t size = draw(700);
        rc_obj_free(block[at]);
        block[at] = rc_obj_malloc(size);
        memset(block[at], 0xAB, size);
        break;
    }
    case 1: block[at] = rc_obj_realloc(block[at], 1 + draw(700)); break;
    case 2:
        rc_obj_free(block[at]);
        block[at] = NULL;
        break;
    case 3:
        if (draw(20) == 0) rc_mem_trim();
        break;
    }
}

static void disturb_collector(void)
{
    switch (draw(10)) {
    case 0: rc_gc_collect(); break;
    case 1: rc_gc_collect_generation(0); break;
    case 2: rc_gc_collect_generation(1); break;
    case 3: rc_gc_set_threshold(draw(50), draw(4), draw(4)); break;
    case 4: rc_gc_freeze(); break;
    case 5: rc_gc_unfreeze(); break;
    default: break;
    }
}

static void let_go_of_everything(void)
{
    rc_gc_unfreeze();
    for (int i = 0; i < REGISTERS; i++) RC_CLEAR(reg[i]);
    for (int i = 0; i < 8; i++) {
        RC_CLEAR(weak_reg[i]);
        rc_weak_fini(&weak_slot[i]);
        weak_slot[i] = NULL;
    }
    for (int i = 0; i < 64; i++) {
        rc_obj_free(block[i]);
        block[i] = NULL;
    }
    for (int i = 0; i < 50; i++) {
        RC_CLEAR(resurrected);
        rc_gc_collect();
    }
}

static void the_heap_is_sound_after_every_step_of_a_stress(void)
{
    void (*const disturb[])(void) = {disturb_objects, disturb_objects, disturb_weak_references,
                                     disturb_memory, disturb_collector};
    int steps = kit_under_valgrind() ? STEPS / 10 : STEPS;
    for (int step = 0; step < steps; step++) {
        disturb[draw(5)]();
        if (rc_heap_verify() != 0) fail_msg("step %d damaged the heap", step);
    }
    let_go_of_everything();
    assert_int_equal(rc_live_objects(), 0);
    assert_int_equal(rc_heap_verify(), 0);
    rc_mem_info info;
    rc_mem_trim();
    rc_mem_get_info(&info);
    assert_int_equal(info.blocks_allocated, 0);
    assert_int_equal(info.arenas_current, 0);
}

/* The same for other seeds, verified now and then. */
static void long_stress(void)
{
    int rounds = kit_under_valgrind() ? 2 : 20;
    for (int round = 0; round < rounds; round++) {
        seed = 1000 + (uint64_t)round;
        for (int step = 0; step < 20000; step++) {
            (draw(3)   ? disturb_objects
             : draw(3) ? disturb_weak_references
             : draw(8) ? disturb_memory
                       : disturb_collector)();
            if (step % 1000 == 0 && rc_heap_verify() != 0)
                fail_msg("round %d, step %d: damaged", round, step);
        }
        let_go_of_everything();
        assert_int_equal(rc_live_objects(), 0);
    }
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(no_allocation_of_the_memory_functions_is_unchecked),
    KIT_TEST(no_allocation_of_objects_is_unchecked),
    KIT_TEST(no_allocation_of_weak_references_is_unchecked),
    KIT_TEST(no_allocation_of_buffers_is_unchecked),
    KIT_TEST(no_allocation_of_interning_is_unchecked),
    KIT_TEST(no_allocation_around_the_collector_is_unchecked),
    KIT_TEST(no_allocation_of_values_is_unchecked),
    KIT_TEST(no_allocation_of_containers_is_unchecked),
    KIT_TEST(the_heap_is_sound_after_every_step_of_a_stress),
    KIT_TEST(long_stress),
};

KIT_MAIN(tests)
