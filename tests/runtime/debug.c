/* SPDX-License-Identifier: MIT
 *
 * Conformance, debugging aids: lines 12 and 28, fatal errors, leak reports, tracing, and what happens at exit
 * (34).
 *
 * Each test asks for its settings the way a user does, with RECOUNT_DEBUG in a child's environment.
 */
#include "kit.h"

static kit_outcome out;

#define FILL  "RECOUNT_DEBUG=fill"
#define LEAKS "RECOUNT_DEBUG=leaks"
#define TRACE "RECOUNT_DEBUG=trace,leaks"
#define STATS "RECOUNT_DEBUG=stats"

enum { WORD = sizeof(size_t) };

/* Writes past what was asked for, unseen by the sanitizers. */
__attribute__((no_sanitize_address, noinline)) static void poke(volatile unsigned char *p, unsigned char byte)
{
    *p = byte;
}

/* ---- line 12: fill and guards
 * --------------------------------------------------------------------------------- */

static bool size_is_before(const volatile unsigned char *p, size_t n)
{
    size_t size = 0;
    for (int i = 0; i < WORD; i++) size = size << 8 | p[i - 2 * WORD];
    return size == n;
}

static void check_layout(void)
{
    static const char letters[] = {'r', 'm', 'o'};
    static void *(*const functions[])(size_t) = {rc_raw_malloc, rc_mem_malloc, rc_obj_malloc};
    static void (*const frees[])(void *) = {rc_raw_free, rc_mem_free, rc_obj_free};
    const size_t sizes[] = {1, 15, 16, 100, 480, 512, 513, 5000};
    for (int d = 0; d < 3; d++)
        for (int i = 0; i < 8; i++) {
            volatile unsigned char *p = functions[d](sizes[i]);
            if (!kit_all_are(p, sizes[i], 0xCD)) puts("fresh memory is not 0xCD");
            if (!size_is_before(p, sizes[i])) puts("the size is not before it");
            if (p[-WORD] != letters[d]) puts("the domain's letter is not before it");
            if (!kit_all_are(p - WORD + 1, WORD - 1, 0xFD)) puts("no guard before it");
            if (!kit_all_are(p + sizes[i], WORD, 0xFD)) puts("no guard after it");
            frees[d]((void *)(uintptr_t)p);
        }
    puts("looked");
}

static void line_12_fresh_memory_is_filled_and_guarded(void)
{
    if (KIT_ASAN || kit_under_valgrind()) return;
    kit_run(&out, FILL, check_layout);
    assert_clean_exit(&out);
    assert_string_equal(out.text, "looked\n");
}

static void free_and_look(void)
{
    unsigned char *neighbour = rc_obj_malloc(200), *p = rc_obj_malloc(200);
    memset(p, 0, 200);
    rc_obj_free(p);
    /* The free list may use the first words of the block, guards included. */
    puts(kit_all_are(p + 16, 200 - 16, 0xDD) ? "dead beef" : "not 0xDD");
    rc_obj_free(neighbour);
}

static void line_12_freed_memory_is_filled(void)
{
    if (KIT_ASAN || kit_under_valgrind()) return;
    kit_run(&out, FILL, free_and_look);
    assert_clean_exit(&out);
    assert_said(&out, "dead beef");
}

static void calloc_and_realloc(void)
{
    char *p = rc_obj_calloc(3, 7);
    for (int i = 0; i < 21; i++)
        if (p[i]) puts("calloc did not zero");
    memset(p, 'x', 21);
    p = rc_obj_realloc(p, 1000);
    for (int i = 0; i < 21; i++)
        if (p[i] != 'x') puts("realloc lost bytes");
    if (!kit_all_are((unsigned char *)p + 21, 1000 - 21, 0xCD)) puts("what realloc added is not 0xCD");
    p = rc_obj_realloc(p, 10);
    for (int i = 0; i < 10; i++)
        if (p[i] != 'x') puts("realloc lost bytes in shrinking");
    rc_obj_free(p);
    Node *ring = kit_ring(&kit_node, 1, 50);
    RC_DECREF(ring);
    if (rc_gc_collect() != 50 || rc_live_objects() != 0) puts("the collector lost its way");
    puts("done");
}

static void line_12_everything_else_works_as_before(void)
{
    kit_run(&out, FILL, calloc_and_realloc);
    assert_clean_exit(&out);
    assert_string_equal(out.text, "done\n");
}

static void overrun(void)
{
    unsigned char *p = rc_obj_malloc(24);
    poke(p + 24, 'X');
    rc_obj_free(p);
}

static void line_12_an_overrun_is_fatal_with_a_dump(void)
{
    kit_run(&out, FILL, overrun);
    assert_dies_saying(&out, "bad trailing pad byte");
    assert_said(&out, "Debug memory block at address p=");
    assert_said(&out, "API 'o'");
    assert_said(&out, "24 bytes originally requested");
    assert_said(&out, "FORBIDDENBYTE");
    assert_said(&out, "*** OUCH");
}

static void underrun(void)
{
    unsigned char *p = rc_mem_malloc(24);
    poke(p - 1, 0);
    p = rc_mem_realloc(p, 100);
}

static void line_12_an_underrun_is_fatal_with_a_dump(void)
{
    kit_run(&out, FILL, underrun);
    assert_dies_saying(&out, "bad leading pad byte");
    assert_said(&out, "API 'm'");
    assert_said(&out, "*** OUCH");
}

static void free_in_another_domain(void)
{
    rc_mem_free(rc_obj_malloc(24));
}

static void line_12_freeing_in_another_domain_is_fatal(void)
{
    kit_run(&out, FILL, free_in_another_domain);
    assert_dies_saying(&out, "bad ID: Allocated using API 'o', verified using API 'm'");
}

static void free_twice(void)
{
    char *p = rc_obj_malloc(24);
    rc_obj_free(p);
    rc_obj_free(p);
}

static void line_12_freeing_twice_is_fatal(void)
{
    kit_run(&out, FILL, free_twice);
    assert_true(kit_died(&out));
    assert_true(strlen(out.text) > 0);
}

/* ---- counts
 * ---------------------------------------------------------------------------------------------------------
 */

static void drop_a_dead_object(void)
{
    Node *node = kit_new(&kit_leaf, 1);
    RC_DECREF(node);
    RC_DECREF(node);
}
enum { DROPPED_AT = __LINE__ - 2 };

static void assert_fatal_at(const char *env, kit_test fn, int line, const char *what)
{
    char words[64];
    /* The address sanitizer is there first, and names the same line. */
    snprintf(words, sizeof words, "debug.c:%d%s%s", line, KIT_ASAN ? "" : ": ", KIT_ASAN ? "" : what);
    kit_run(&out, env, fn);
    assert_dies_saying(&out, words);
}

/* Under `fill` there is no count any more that could be negative. */
static void assert_caught(kit_test fn, int line, const char *what)
{
    assert_fatal_at(FILL, fn, line, "use after free");
    if (!KIT_ASAN && !kit_under_valgrind()) assert_fatal_at("RECOUNT_DEBUG=leaks", fn, line, what);
}

static void a_reference_to_a_dead_object_is_caught(void)
{
    assert_caught(drop_a_dead_object, DROPPED_AT, "negative reference count");
}

static void retain_a_dead_object(void)
{
    Node *node = kit_new(&kit_leaf, 1);
    RC_DECREF(node);
    RC_INCREF(node);
}
enum { RETAINED_AT = __LINE__ - 2 };

static void taking_a_reference_to_a_dead_object_is_caught(void)
{
    assert_caught(retain_a_dead_object, RETAINED_AT, "use after free");
}

/* ---- line 28: the collector's flags
 * ------------------------------------------------------------------------------- */

static void collect_with_stats(void)
{
    rc_gc_set_debug(RC_GC_DEBUG_STATS);
    kit_garbage_ring(&kit_plain, 1, 2);
    Node *kept = kit_new(&kit_plain, 1);
    rc_gc_collect_generation(1);
    rc_gc_set_debug(0);
    rc_gc_collect();
    RC_DECREF(kept);
}

static void line_28_stats(void)
{
    kit_run(&out, NULL, collect_with_stats);
    assert_clean_exit(&out);
    assert_said(&out, "gc: collecting generation 1...");
    assert_said(&out, "gc: objects in each generation: 3 0 0");
    assert_said(&out, "gc: objects in permanent generation: 0");
    assert_said(&out, "gc: done, 2 unreachable, 0 uncollectable");
    assert_not_said(&out, "collecting generation 2");
}

static void collect_naming_collectables(void)
{
    rc_gc_set_debug(RC_GC_DEBUG_COLLECTABLE);
    kit_garbage_ring(&kit_node, 1, 2);
    rc_gc_collect();
}

static void line_28_collectable(void)
{
    kit_run(&out, NULL, collect_naming_collectables);
    assert_clean_exit(&out);
    assert_said(&out, "gc: collectable <Node 0x");
}

static int traverse_one(rc_object *object, rc_visit visit, void *arg)
{
    Node *self = (Node *)object;
    RC_VISIT(self->slot[0]);
    return 0;
}

static const rc_type stubborn = {
    .name = "Stubborn", .size = sizeof(Node), .flags = RC_TYPE_GC, .traverse = traverse_one};

static void collect_naming_uncollectables(void)
{
    rc_gc_set_debug(RC_GC_DEBUG_UNCOLLECTABLE);
    kit_garbage_ring(&stubborn, 1, 1);
    kit_garbage_ring(&kit_plain, 1, 1);
    rc_gc_collect();
}

static void line_28_uncollectable(void)
{
    kit_run(&out, NULL, collect_naming_uncollectables);
    assert_said(&out, "gc: uncollectable <Stubborn 0x");
    assert_not_said(&out, "<Plain");
}

static void line_28_saveall(void)
{
    rc_object *garbage[4];
    rc_gc_set_debug(RC_GC_DEBUG_SAVEALL);
    assert_int_equal(rc_gc_get_debug(), 32);
    kit_garbage_ring(&kit_node, 1, 3);
    assert_int_equal(rc_gc_collect(), 3);
    assert_log("f1 f2 f3");
    assert_int_equal(rc_gc_garbage(garbage, 4), 3);
    assert_int_equal(((Node *)garbage[0])->id, 1);
    assert_int_equal(((Node *)garbage[2])->id, 3);
    assert_ptr_equal(((Node *)garbage[0])->slot[0], garbage[1]);
    rc_gc_set_debug(0);
    assert_int_equal(rc_gc_collect(), 0);
    rc_gc_clear_garbage();
    assert_int_equal(rc_gc_collect(), 3);
    assert_log("c1 c2 c3");
}

static void line_28_the_flags_have_their_values(void)
{
    assert_int_equal(RC_GC_DEBUG_STATS, 1);
    assert_int_equal(RC_GC_DEBUG_COLLECTABLE, 2);
    assert_int_equal(RC_GC_DEBUG_UNCOLLECTABLE, 4);
    assert_int_equal(RC_GC_DEBUG_SAVEALL, 32);
}

/* ---- line 34: the end
 * ------------------------------------------------------------------------------------------------ */

static void say_goodbye(rc_object *self)
{
    printf("goodbye %d\n", ((Node *)self)->id);
    fflush(stdout);
}

static const rc_type polite = {.name = "Polite",
                               .size = sizeof(Node),
                               .flags = RC_TYPE_GC,
                               .traverse = kit_traverse,
                               .clear = kit_clear,
                               .finalize = say_goodbye};

static void leave_a_cycle(void)
{
    kit_garbage_ring(&polite, 7, 2);
    puts("main is over");
    fflush(stdout);
}

static void line_34_finalizers_of_cycles_run_at_exit(void)
{
    kit_run(&out, NULL, leave_a_cycle);
    assert_clean_exit(&out);
    assert_string_equal(out.text, "main is over\ngoodbye 7\ngoodbye 8\n");
}

static void leave_a_reference(void)
{
    static Node *global;
    global = kit_new(&kit_node, 1);
    kit_set(global, 0, kit_new(&kit_leaf, 2));
}

static void line_34_what_stays_is_named(void)
{
    kit_run(&out, LEAKS, leave_a_reference);
    assert_said(&out, "Node");
    assert_said(&out, "Leaf");
}

static void leave_nothing(void)
{
    Node *node = kit_new(&kit_plain, 1), *forever = kit_new(&kit_leaf, 2);
    kit_set(node, 0, node);
    RC_DECREF(node);
    rc_immortalize(forever);
}

static void line_34_nothing_is_said_when_nothing_stays(void)
{
    kit_run(&out, LEAKS, leave_nothing);
    assert_clean_exit(&out);
    assert_string_equal(out.text, "");
    kit_run(&out, NULL, leave_nothing);
    assert_clean_exit(&out);
    assert_string_equal(out.text, "");
}

static void shut_down_with_a_leak(void)
{
    kit_new(&kit_node, 1);
    kit_garbage_ring(&polite, 5, 1);
    rc_shutdown();
    rc_mem_info info;
    rc_mem_get_info(&info);
    printf("%zu arenas\n", info.arenas_current);
}

static void line_34_shutdown_collects_reports_and_frees_all(void)
{
    kit_run(&out, LEAKS, shut_down_with_a_leak);
    assert_said(&out, "goodbye 5");
    assert_said(&out, "Node");
    assert_said(&out, "0 arenas");
}

static void shut_down_after_much(void)
{
    for (int i = 0; i < 5000; i++) kit_garbage_ring(&kit_plain, i, 3);
    rc_shutdown();
    rc_mem_info info;
    rc_mem_get_info(&info);
    printf("%zu arenas, %zu objects\n", info.arenas_current, rc_live_objects());
}

static void line_34_shutdown_is_silent_when_nothing_stays(void)
{
    kit_run(&out, LEAKS, shut_down_after_much);
    assert_clean_exit(&out);
    assert_string_equal(out.text, "0 arenas, 0 objects\n");
}

/* ---- leaks by site, tracing, statistics
 * ---------------------------------------------------------------------------------- */

static void leak_in_two_places(void)
{
    for (int i = 0; i < 3; i++) rc_alloc(&kit_leaf);
    rc_alloc(&kit_plain);
}

static void leaks_are_reported_by_allocation_site(void)
{
    kit_run(&out, TRACE, leak_in_two_places);
    assert_said(&out, "Leaf");
    assert_said(&out, "Plain");
    assert_said(&out, "debug.c:");
    assert_said(&out, "3");
}

static size_t traced(void)
{
    size_t now;
    rc_trace_get(&now, NULL);
    return now;
}

/* On the line before. */
static void assert_made_before(const void *p, int line)
{
    char site[256];
    snprintf(site, sizeof site, "%s:%d", __FILE__, line - 1);
    assert_non_null(rc_trace_site(p));
    assert_string_equal(rc_trace_site(p), site);
}

static void blocks_of_every_domain_are_traced_to_their_sites(void)
{
    rc_trace_start();
    void *raw = rc_raw_malloc(1000);
    assert_made_before(raw, __LINE__);
    void *mem = rc_mem_calloc(3, 10), *obj = rc_obj_realloc(NULL, 700);
    assert_int_equal(traced(), 1730);
    assert_string_equal(rc_trace_site(mem), rc_trace_site(obj));
    raw = rc_raw_realloc(raw, 5000);
    assert_int_equal(traced(), 5730);
    assert_string_not_equal(rc_trace_site(raw), rc_trace_site(mem));
    mem = rc_mem_realloc(mem, 29);
    assert_int_equal(traced(), 5729);
    rc_raw_free(raw);
    rc_mem_free(mem);
    rc_obj_free(obj);
    assert_int_equal(traced(), 0);
    size_t peak;
    rc_trace_get(NULL, &peak);
    assert_in_range(peak, 5730, 6730);
}

static void the_librarys_own_blocks_are_not_traced(void)
{
    rc_trace_start();
    Node *node = kit_new(&kit_leaf, 1);
    size_t alone = traced();
    assert_true(alone >= sizeof(Node));
    rc_object *slot = NULL;
    rc_weak_store(&slot, (rc_object *)node);
    rc_str *key = rc_str_intern("key");
    assert_true(traced() < alone + 64);
    RC_DECREF(key);
    rc_weak_fini(&slot);
    RC_DECREF(node);
    assert_int_equal(traced(), 0);
}

static void many_blocks_are_traced_one_by_one(void)
{
    enum { MANY = 5000 };
    static void *block[MANY];
    size_t sum = 0;
    rc_trace_start();
    for (size_t i = 0; i < MANY; i++) {
        block[i] = i % 2 ? rc_obj_malloc(i % 600) : rc_raw_malloc(i % 600);
        sum += i % 600;
    }
    assert_int_equal(traced(), sum);
    for (size_t i = 0; i < MANY; i++) {
        size_t at = i * 37 % MANY;
        assert_non_null(rc_trace_site(block[at]));
        rc_obj_free(block[at]);
        sum -= at % 600;
        assert_int_equal(traced(), sum);
    }
    assert_int_equal(rc_heap_verify(), 0);
}

static void stopping_forgets_blocks_and_keeps_objects(void)
{
    void *before = rc_obj_malloc(10);
    rc_trace_start();
    assert_true(rc_trace_is_on());
    void *block = rc_obj_malloc(100), *raw = rc_raw_malloc(100);
    Node *node = kit_new(&kit_leaf, 1);
    rc_obj_free(before);
    rc_trace_stop();
    assert_false(rc_trace_is_on());
    size_t rest = traced();
    assert_true(rest >= sizeof(Node) && rest < 200);
    assert_non_null(rc_trace_site(node));
    rc_obj_free(block);
    rc_raw_free(raw);
    assert_int_equal(traced(), rest);
    RC_DECREF(node);
    assert_int_equal(traced(), 0);
}

static void keep_raw_blocks(void)
{
    for (int i = 0; i < 3; i++) rc_raw_malloc(1000);
    rc_obj_malloc(30);
}

static void blocks_are_reported_by_allocation_site(void)
{
    kit_run(&out, TRACE, keep_raw_blocks);
    assert_clean_exit(&out);
    assert_said(&out, "debug.c:");
    assert_said(&out, ": 3 blocks, 3000 bytes");
    assert_said(&out, ": 1 blocks, 30 bytes");
    assert_said(&out, "3030 bytes now");
}

static void allocate_a_little(void)
{
    for (int i = 0; i < 100; i++) RC_DECREF(kit_new(&kit_leaf, i));
}

static void statistics_are_printed_on_request(void)
{
    kit_run(&out, STATS, allocate_a_little);
    assert_clean_exit(&out);
    assert_said(&out, "# arenas allocated total");
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(line_12_fresh_memory_is_filled_and_guarded),
    KIT_TEST(line_12_freed_memory_is_filled),
    KIT_TEST(line_12_everything_else_works_as_before),
    KIT_TEST(line_12_an_overrun_is_fatal_with_a_dump),
    KIT_TEST(line_12_an_underrun_is_fatal_with_a_dump),
    KIT_TEST(line_12_freeing_in_another_domain_is_fatal),
    KIT_TEST(line_12_freeing_twice_is_fatal),
    KIT_TEST(a_reference_to_a_dead_object_is_caught),
    KIT_TEST(taking_a_reference_to_a_dead_object_is_caught),
    KIT_TEST(line_28_stats),
    KIT_TEST(line_28_collectable),
    KIT_TEST(line_28_uncollectable),
    KIT_TEST(line_28_saveall),
    KIT_TEST(line_28_the_flags_have_their_values),
    KIT_TEST(line_34_finalizers_of_cycles_run_at_exit),
    KIT_TEST(line_34_what_stays_is_named),
    KIT_TEST(line_34_nothing_is_said_when_nothing_stays),
    KIT_TEST(line_34_shutdown_collects_reports_and_frees_all),
    KIT_TEST(line_34_shutdown_is_silent_when_nothing_stays),
    KIT_TEST(leaks_are_reported_by_allocation_site),
    KIT_TEST(blocks_of_every_domain_are_traced_to_their_sites),
    KIT_TEST(the_librarys_own_blocks_are_not_traced),
    KIT_TEST(many_blocks_are_traced_one_by_one),
    KIT_TEST(stopping_forgets_blocks_and_keeps_objects),
    KIT_TEST(blocks_are_reported_by_allocation_site),
    KIT_TEST(statistics_are_printed_on_request),
};

KIT_MAIN(tests)
