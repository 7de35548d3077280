/* SPDX-License-Identifier: MIT
 *
 * Hostility: a seeded stress with the heap verified after each step.
 */
#include "kit.h"

static void drop(void *p)
{
    rc_object *object = p;
    RC_XDECREF(object);
}

static void ignore_death(rc_weakref *w, void *arg)
{
    (void)w;
    ++*(int *)arg;
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
    KIT_TEST(the_heap_is_sound_after_every_step_of_a_stress),
    KIT_TEST(long_stress),
};

KIT_MAIN(tests)
