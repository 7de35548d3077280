/* SPDX-License-Identifier: MIT
 *
 * Conformance, the allocator: lines 1 to 11, 13 and 14 (12 is in debug.c).
 */
#include "kit.h"

#include <errno.h>
#include <sys/mman.h>

enum { CLASS_STEP = 16, SMALL_LIMIT = 512 };

static uintptr_t pool_of(const void *p)
{
    rc_mem_info info;
    rc_mem_get_info(&info);
    return (uintptr_t)p / info.pool_bytes;
}

/* ---- an arena hook that records what it gave
 * ----------------------------------------------------------------- */

enum { MAX_ARENAS = 32 };

typedef struct {
    char *memory[MAX_ARENAS];
    size_t size[MAX_ARENAS];
    size_t given, returned;
    int fill;     /* byte that fresh arenas hold, or -1 for untouched */
    size_t shift; /* added to an aligned address                        */
    bool refuse;
} arena_record;

static void *give_arena(void *ctx, size_t size)
{
    arena_record *record = ctx;
    if (record->refuse || record->given == MAX_ARENAS) return NULL;
    char *memory = aligned_alloc(1 << 20, (size + record->shift + (1 << 20) - 1) >> 20 << 20);
    if (!memory) return NULL;
    if (record->fill >= 0) memset(memory, record->fill, size + record->shift);
    record->size[record->given] = size;
    return record->memory[record->given++] = memory + record->shift;
}

static void take_arena(void *ctx, void *p, size_t size)
{
    arena_record *record = ctx;
    (void)size;
    record->returned++;
    for (size_t i = 0; i < record->given; i++) {
        if (record->memory[i] != p) continue;
        free((char *)p - record->shift);
        record->memory[i] = NULL;
        return;
    }
    fail_msg("an arena came back that was never given");
}

static void install_arenas(arena_record *record)
{
    rc_arena_allocator hook = {record, give_arena, take_arena};
    rc_arena_set_allocator(&hook);
}

/* The index of the recorded arena that holds p, or -1. */
static int arena_of(const arena_record *record, const void *p)
{
    for (size_t i = 0; i < record->given; i++) {
        const char *base = record->memory[i];
        if (base && (const char *)p >= base && (const char *)p < base + record->size[i]) return (int)i;
    }
    return -1;
}

/* ---- lines 1 and 2: addresses and classes
 * ---------------------------------------------------------------------- */

static void line_1_every_address_is_aligned_to_16(void)
{
    for (size_t n = 0; n <= 1100; n++) {
        assert_int_equal((uintptr_t)rc_raw_malloc(n) % 16, 0);
        assert_int_equal((uintptr_t)rc_mem_malloc(n) % 16, 0);
        assert_int_equal((uintptr_t)rc_obj_calloc(n, 1) % 16, 0);
        assert_int_equal((uintptr_t)rc_obj_realloc(rc_obj_malloc(n / 2), n) % 16, 0);
    }
    for (int i = 0; i < 50; i++) assert_int_equal((uintptr_t)kit_new(&kit_node, i) % 16, 0);
}

static void line_1_holds_for_an_arena_that_is_aligned_to_16_only(void)
{
    arena_record record = {.fill = -1, .shift = 16 * 5};
    install_arenas(&record);
    for (size_t n = 1; n <= SMALL_LIMIT; n++) {
        char *p = rc_obj_malloc(n);
        assert_int_equal((uintptr_t)p % 16, 0);
        assert_true(arena_of(&record, p) >= 0 && arena_of(&record, p + n - 1) >= 0);
        memset(p, 0xA5, n);
    }
}

static void line_2_the_class_is_n_minus_1_over_16(void)
{
    for (size_t n = 1; n <= SMALL_LIMIT; n++) assert_int_equal(rc_size_class(n), (n - 1) / CLASS_STEP);
    assert_int_equal(rc_size_class(0), 0);
    assert_int_equal(rc_size_class(SMALL_LIMIT), 31);
    assert_int_equal(rc_size_class(SMALL_LIMIT + 1), (size_t)-1);
    assert_int_equal(rc_size_class(SIZE_MAX), (size_t)-1);
}

static void line_2_blocks_of_a_class_lie_a_class_apart(void)
{
    for (size_t n = 1; n <= SMALL_LIMIT; n += 37) {
        size_t step = (rc_size_class(n) + 1) * CLASS_STEP;
        char *a = rc_obj_malloc(n), *b = rc_obj_malloc(n);
        if (pool_of(a) == pool_of(b)) assert_int_equal(b - a, step);
    }
}

static void line_2_zero_bytes_behave_as_one_and_are_unique(void)
{
    void *seen[100];
    for (int i = 0; i < 100; i++) {
        seen[i] = rc_obj_malloc(0);
        assert_non_null(seen[i]);
        for (int j = 0; j < i; j++) assert_ptr_not_equal(seen[i], seen[j]);
    }
    rc_obj_free(seen[99]);
    assert_ptr_equal(rc_obj_malloc(1), seen[99]);
    assert_non_null(rc_raw_malloc(0));
    assert_non_null(rc_mem_calloc(0, 8));
    assert_non_null(rc_obj_realloc(rc_obj_malloc(9), 0));
}

static void line_2_above_512_the_raw_domain_serves(void)
{
    kit_hook raw = {.refuse = false};
    void *warm = rc_obj_malloc(SMALL_LIMIT);
    kit_hook_install(&raw, RC_DOMAIN_RAW);
    rc_obj_free(rc_obj_malloc(SMALL_LIMIT));
    assert_int_equal(raw.mallocs, 0);
    void *large = rc_obj_malloc(SMALL_LIMIT + 1);
    assert_int_equal(raw.mallocs, 1);
    assert_int_equal(raw.last_size, SMALL_LIMIT + 1);
    rc_obj_free(large);
    assert_int_equal(raw.frees, 1);
    rc_obj_free(warm);
    assert_int_equal(raw.frees, 1);
}

/* ---- lines 3 to 7: pools and arenas
 * ------------------------------------------------------------------------------ */

static void line_3_a_pool_is_carved_lazily(void)
{
    arena_record record = {.fill = 0xA5};
    install_arenas(&record);
    rc_mem_info info;
    rc_mem_get_info(&info);
    unsigned char *first = rc_obj_malloc(64), *second = rc_obj_malloc(64);
    assert_int_equal(second - first, 64);
    assert_true(kit_all_are(first + 8 * 64, info.pool_bytes / 2 - 8 * 64, 0xA5));
}

static void line_3_inside_a_pool_the_last_freed_is_served_first(void)
{
    char *p[8];
    for (int i = 0; i < 8; i++) p[i] = rc_obj_malloc(48);
    for (int i = 1; i < 8; i++) assert_int_equal(p[i] - p[i - 1], 48);
    const int order[] = {2, 5, 0, 7, 3};
    for (int i = 0; i < 5; i++) rc_obj_free(p[order[i]]);
    for (int i = 4; i >= 0; i--) assert_ptr_equal(rc_obj_malloc(48), p[order[i]]);
    assert_ptr_equal(rc_obj_malloc(48), p[7] + 48);
}

/* Fills whole pools of 256-byte blocks: p[i] and p[j] share one exactly when pool_of says so. */
static void line_4_a_freed_block_puts_its_full_pool_in_front(void)
{
    enum { N = 400 };
    static char *p[N];
    for (int i = 0; i < N; i++) p[i] = rc_obj_malloc(256);
    int a = 0, b = N / 3, c = 2 * N / 3;
    assert_true(pool_of(p[a]) != pool_of(p[b]) && pool_of(p[b]) != pool_of(p[c]));
    rc_obj_free(p[a]);
    assert_ptr_equal(rc_obj_malloc(256), p[a]);
    rc_obj_free(p[b]);
    rc_obj_free(p[a]);
    rc_obj_free(p[c]);
    assert_ptr_equal(rc_obj_malloc(256), p[c]);
    assert_ptr_equal(rc_obj_malloc(256), p[a]);
    assert_ptr_equal(rc_obj_malloc(256), p[b]);
}

static void line_4_freeing_in_a_pool_with_room_does_not_move_it(void)
{
    enum { N = 400 };
    static char *p[N];
    for (int i = 0; i < N; i++) p[i] = rc_obj_malloc(256);
    int a = 0, b = N / 2;
    assert_int_equal(pool_of(p[a]), pool_of(p[a + 1]));
    rc_obj_free(p[a]);
    rc_obj_free(p[b]);
    rc_obj_free(p[a + 1]);
    assert_ptr_equal(rc_obj_malloc(256), p[b]);
    assert_ptr_equal(rc_obj_malloc(256), p[a + 1]);
    assert_ptr_equal(rc_obj_malloc(256), p[a]);
}

static void line_5_an_emptied_pool_serves_any_class(void)
{
    enum { N = 2000 };
    static char *p[N];
    char *anchor = rc_obj_malloc(512);
    rc_mem_info before, after;
    int n = 0;
    do p[n++] = rc_obj_malloc(256);
    while (rc_mem_get_info(&before), before.pools_free > 1 && n < N);
    uintptr_t emptied = pool_of(p[n / 2]);
    for (int i = 0; i < n; i++)
        if (pool_of(p[i]) == emptied) rc_obj_free(p[i]);
    rc_mem_get_info(&before);
    for (size_t size = 16; size <= 496; size += 96) {
        bool reused = false;
        char *q[600];
        int taken = 0;
        while (!reused && taken < 600) {
            q[taken] = rc_obj_malloc(size);
            reused = pool_of(q[taken++]) == emptied;
        }
        assert_true(reused);
        while (taken > 0) rc_obj_free(q[--taken]);
    }
    rc_mem_get_info(&after);
    assert_int_equal(after.arenas_total, before.arenas_total);
    rc_obj_free(anchor);
}

/* Frees the first `pools` pools' worth of blocks that lie in arena `arena`. */
static void empty_pools(const arena_record *record, char **p, int n, int arena, int pools)
{
    uintptr_t last = 0;
    for (int i = 0; i < n; i++) {
        if (!p[i] || arena_of(record, p[i]) != arena) continue;
        if (pool_of(p[i]) != last && pools-- == 0) return;
        last = pool_of(p[i]);
        rc_obj_free(p[i]);
        p[i] = NULL;
    }
}

/* In how many new pools in a row, at most `limit`, blocks of another class come from `arena`. */
static int pools_served(const arena_record *record, int arena, int limit)
{
    uintptr_t last = 0;
    int pools = 0;
    for (;;) {
        char *q = rc_obj_malloc(480);
        if (pool_of(q) != last) {
            if (arena_of(record, q) != arena || pools == limit) return pools;
            pools++;
        }
        last = pool_of(q);
    }
}

static void line_6_a_pool_comes_from_the_arena_with_the_fewest_free(void)
{
    arena_record record = {.fill = -1};
    install_arenas(&record);
    enum { N = 9000 };
    static char *p[N];
    int n = 0;
    while (record.given < 4 && n < N) p[n++] = rc_obj_malloc(512);
    assert_int_equal(record.given, 4);
    rc_mem_info info;
    for (rc_mem_get_info(&info); info.pools_free > 0 && n < N; rc_mem_get_info(&info))
        p[n++] = rc_obj_malloc(512);
    empty_pools(&record, p, n, 0, 20);
    empty_pools(&record, p, n, 1, 4);
    empty_pools(&record, p, n, 2, 9);
    assert_int_equal(pools_served(&record, 1, 4), 4);
    assert_int_equal(pools_served(&record, 2, 8), 8);
    assert_int_equal(record.given, 4);
}

static void line_7_one_wholly_free_arena_is_kept(void)
{
    arena_record record = {.fill = -1};
    install_arenas(&record);
    enum { N = 9000 };
    static char *p[N];
    int n = 0;
    while (record.given < 3 && n < N) p[n++] = rc_obj_malloc(512);
    for (int i = 0; i < n; i++) rc_obj_free(p[i]);
    rc_mem_info info;
    rc_mem_get_info(&info);
    assert_true(info.arenas_current >= 1);
    assert_int_equal(info.arenas_current, record.given - record.returned);
    size_t given = record.given;
    for (int i = 0; i < 1000; i++) rc_obj_free(rc_obj_malloc(512));
    assert_int_equal(record.given, given);
}

static void line_7_trimming_an_empty_heap_leaves_no_arena(void)
{
    enum { N = 9000 };
    static char *p[N];
    arena_record record = {.fill = -1};
    install_arenas(&record);
    for (int i = 0; i < N; i++) p[i] = rc_obj_malloc((size_t)i % 512 + 1);
    for (int i = 0; i < N; i++) rc_obj_free(p[i * 7919 % N]);
    assert_true(rc_mem_trim() > 0);
    rc_mem_info info;
    rc_mem_get_info(&info);
    assert_int_equal(info.arenas_current, 0);
    assert_int_equal(record.given, record.returned);
    assert_int_equal(info.blocks_allocated, 0);
    assert_int_equal(info.bytes_allocated, 0);
    char *again = rc_obj_malloc(100);
    assert_non_null(again);
    memset(again, 1, 100);
}

/* ---- line 8: addresses of others
 * ---------------------------------------------------------------------------------- */

static struct {
    char *page;
    int freed, moved;
} stranger;

static void *lend_page(void *ctx, size_t size)
{
    (void)ctx, (void)size;
    return stranger.page;
}

static void *lend_zeroed_page(void *ctx, size_t count, size_t size)
{
    return lend_page(ctx, count * size);
}

static void *move_page(void *ctx, void *p, size_t size)
{
    (void)ctx, (void)size;
    stranger.moved++;
    return p;
}

static void take_page(void *ctx, void *p)
{
    (void)ctx;
    assert_true((char *)p == stranger.page);
    stranger.freed++;
}

static void line_8_a_foreign_address_is_found_without_reading_it(void)
{
    size_t length = 1 << 21;
    char *unreadable = mmap(NULL, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(unreadable != MAP_FAILED);
    void *own = rc_obj_malloc(64);
    rc_allocator raw = {NULL, lend_page, lend_zeroed_page, move_page, take_page};
    rc_mem_set_allocator(RC_DOMAIN_RAW, &raw);
    for (size_t offset = 0; offset < length; offset += 4096 * 17 + 16) {
        stranger.page = unreadable + offset;
        assert_ptr_equal(rc_obj_malloc(100000), stranger.page);
        assert_ptr_equal(rc_obj_realloc(stranger.page, 200000), stranger.page);
        stranger.freed = stranger.moved = 0;
        rc_obj_free(stranger.page);
        assert_int_equal(stranger.freed, 1);
        rc_mem_free(stranger.page);
        assert_int_equal(stranger.freed, 2);
    }
    rc_obj_free(own);
    rc_obj_free(NULL);
    assert_int_equal(stranger.freed, 2);
}

static void line_8_raw_memory_may_be_freed_and_grown_through_the_object_domain(void)
{
    kit_hook raw = {.refuse = false};
    kit_hook_install(&raw, RC_DOMAIN_RAW);
    char *p = rc_raw_malloc(100);
    strcpy(p, "carried over");
    p = rc_obj_realloc(p, 5000);
    assert_int_equal(raw.moves, 1);
    assert_string_equal(p, "carried over");
    rc_obj_free(p);
    assert_int_equal(raw.frees, 1);
}

/* ---- lines 9 and 10: realloc, calloc, sizes
 * ------------------------------------------------------------------------ */

static void line_9_realloc_stays_when_it_grows_within_the_class(void)
{
    for (size_t n = 1; n <= SMALL_LIMIT; n++) {
        size_t top = (rc_size_class(n) + 1) * CLASS_STEP;
        char *p = rc_obj_malloc(n);
        memset(p, (int)n, n);
        assert_ptr_equal(rc_obj_realloc(p, top), p);
        rc_obj_free(p);
    }
}

static void line_9_realloc_stays_when_it_shrinks_by_less_than_a_quarter(void)
{
    for (size_t top = 64; top <= SMALL_LIMIT; top += CLASS_STEP) {
        char *p = rc_obj_malloc(top);
        assert_ptr_equal(rc_obj_realloc(p, top * 3 / 4 + 1), p);
        char *q = rc_obj_realloc(p, top / 4);
        assert_ptr_not_equal(q, p);
        rc_obj_free(q);
    }
}

static void line_9_realloc_keeps_the_contents(void)
{
    unsigned char *p = rc_obj_malloc(1);
    p[0] = 1;
    for (size_t n = 2; n < 3000; n += n / 16 + 1) {
        p = rc_obj_realloc(p, n);
        p[n - 1] = (unsigned char)n;
        assert_int_equal(p[0], 1);
    }
    unsigned char pattern[700];
    for (size_t i = 0; i < sizeof pattern; i++) pattern[i] = (unsigned char)(i * 7);
    p = rc_obj_realloc(p, sizeof pattern);
    memcpy(p, pattern, sizeof pattern);
    for (size_t n = sizeof pattern; n > 0; n -= 20) {
        p = rc_obj_realloc(p, n);
        assert_memory_equal(p, pattern, n);
    }
    rc_obj_free(p);
    p = rc_obj_realloc(NULL, 77);
    assert_non_null(p);
    rc_obj_free(p);
}

static void line_10_calloc_checks_for_overflow_and_zeroes(void)
{
    volatile size_t huge = SIZE_MAX / 2 + 2, two = 2;
    assert_null(rc_raw_calloc(huge, two));
    assert_null(rc_mem_calloc(two, huge));
    assert_null(rc_obj_calloc(huge, two));
    for (size_t n = 1; n <= 600; n += 13) {
        char *dirty = rc_obj_malloc(n), zero[600] = {0};
        memset(dirty, 0xEE, n);
        rc_obj_free(dirty);
        char *clean = rc_obj_calloc(1, n);
        assert_memory_equal(clean, zero, n);
        rc_obj_free(clean);
    }
}

static void line_10_sizes_over_the_signed_maximum_give_null(void)
{
    volatile size_t most = SIZE_MAX / 2, one = 1;
    assert_null(rc_raw_malloc(most + 1));
    assert_null(rc_mem_malloc(most + 1));
    assert_null(rc_obj_malloc(most + 1));
    assert_null(rc_obj_malloc(SIZE_MAX));
    assert_null(rc_obj_calloc(most + 1, one));
    char *p = rc_obj_malloc(10);
    strcpy(p, "intact");
    assert_null(rc_obj_realloc(p, most + 1));
    assert_null(rc_mem_realloc(p, most + 1));
    assert_null(rc_raw_realloc(NULL, most + 1));
    assert_string_equal(p, "intact");
    rc_obj_free(p);
}

/* ---- lines 11, 13, 14
 * -------------------------------------------------------------------------------------------------- */

static void line_11_domains_have_independent_hooks(void)
{
    static kit_hook hook[3];
    for (int d = RC_DOMAIN_RAW; d <= RC_DOMAIN_OBJ; d++) kit_hook_install(&hook[d], (rc_domain)d);
    rc_raw_free(rc_raw_malloc(10));
    assert_true(hook[RC_DOMAIN_RAW].mallocs == 1 && hook[RC_DOMAIN_RAW].frees == 1);
    assert_true(hook[RC_DOMAIN_MEM].mallocs == 0 && hook[RC_DOMAIN_OBJ].mallocs == 0);
    rc_mem_free(rc_mem_realloc(rc_mem_calloc(2, 5), 20));
    assert_true(hook[RC_DOMAIN_MEM].mallocs == 1 && hook[RC_DOMAIN_MEM].moves == 1);
    assert_true(hook[RC_DOMAIN_OBJ].mallocs == 0 && hook[RC_DOMAIN_RAW].mallocs == 1);
    void *p = rc_obj_malloc(10);
    assert_true(hook[RC_DOMAIN_OBJ].mallocs == 1 && hook[RC_DOMAIN_MEM].mallocs == 1);
    kit_hook_remove(&hook[RC_DOMAIN_OBJ], RC_DOMAIN_OBJ);
    rc_obj_free(p);
    assert_int_equal(hook[RC_DOMAIN_OBJ].frees, 0);
}

static void line_11_objects_come_through_the_object_domain(void)
{
    kit_hook hook = {.refuse = false};
    kit_hook_install(&hook, RC_DOMAIN_OBJ);
    Node *node = kit_new(&kit_node, 1);
    Node *leaf = kit_new(&kit_leaf, 2);
    assert_int_equal(hook.mallocs, 2);
    RC_DECREF(node);
    RC_DECREF(leaf);
    assert_int_equal(hook.frees, 2);
    kit_garbage_ring(&kit_node, 3, 5);
    assert_int_equal(rc_gc_collect(), 5);
    assert_true(hook.mallocs == 7 && hook.frees == 7);
}

static void line_11_objects_made_under_one_hook_may_die_under_another(void)
{
    Node *before = kit_new(&kit_node, 1);
    kit_hook hook = {.refuse = false};
    kit_hook_install(&hook, RC_DOMAIN_OBJ);
    Node *during = kit_new(&kit_node, 2);
    RC_DECREF(before);
    kit_set(during, 0, during);
    kit_hook_remove(&hook, RC_DOMAIN_OBJ);
    RC_DECREF(during);
    assert_int_equal(rc_gc_collect(), 1);
    assert_int_equal(rc_live_objects(), 0);
}

static void line_13_the_counters_follow_allocations(void)
{
    rc_mem_info start, full, end;
    void *p[100];
    rc_mem_get_info(&start);
    for (int i = 0; i < 100; i++) p[i] = rc_obj_malloc(40);
    rc_mem_get_info(&full);
    assert_int_equal(full.blocks_allocated, start.blocks_allocated + 100);
    assert_int_equal(full.bytes_allocated, start.bytes_allocated + 100 * 48);
    assert_true(full.arenas_current >= 1 && full.arenas_highwater >= full.arenas_current);
    assert_int_equal(full.arenas_total - full.arenas_reclaimed, full.arenas_current);
    assert_true(full.pools_used >= 100 * 48 / full.pool_bytes + 1);
    for (int i = 0; i < 100; i++) rc_obj_free(p[i]);
    rc_mem_get_info(&end);
    assert_int_equal(end.blocks_allocated, start.blocks_allocated);
    assert_int_equal(end.bytes_allocated, start.bytes_allocated);
}

static void line_13_the_default_geometry_is_classic(void)
{
    rc_mem_info info;
    rc_obj_free(rc_obj_malloc(1));
    rc_mem_get_info(&info);
    bool classic = info.arena_bytes == 256 << 10 && info.pool_bytes == 4 << 10;
    bool large = info.arena_bytes == 1 << 20 && info.pool_bytes == 16 << 10;
    assert_true(classic || large);
}

static void line_13_the_table_is_the_one_that_cpython_prints(void)
{
    static char text[65536];
    void *p[10];
    for (int i = 0; i < 10; i++) p[i] = rc_obj_malloc(100);
    FILE *out = fmemopen(text, sizeof text - 1, "w");
    rc_mem_stats(out);
    fclose(out);
    const char *const words[] = {"class",
                                 "size",
                                 "num pools",
                                 "blocks in use",
                                 "avail blocks",
                                 "# arenas allocated total",
                                 "# arenas reclaimed",
                                 "# arenas highwater mark",
                                 "# arenas allocated current",
                                 "bytes in allocated blocks",
                                 "bytes in available blocks"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!strstr(text, words[i])) fail_msg("no \"%s\" in:\n%s", words[i], text);
    unsigned long class, size, pools, used, available;
    bool found = false;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        if (sscanf(line, "%lu %lu %lu %lu %lu", &class, &size, &pools, &used, &available) == 5 &&
            class == 6) {
            assert_int_equal(size, 112);
            assert_true(pools >= 1);
            assert_int_equal(used, 10);
            found = true;
        }
    assert_true(found);
    for (int i = 0; i < 10; i++) rc_obj_free(p[i]);
}

static void line_14_without_an_arena_the_raw_domain_serves(void)
{
    arena_record record = {.refuse = true};
    kit_hook raw = {.refuse = false};
    install_arenas(&record);
    kit_hook_install(&raw, RC_DOMAIN_RAW);
    char *p = rc_obj_malloc(64);
    assert_non_null(p);
    assert_true(raw.mallocs >= 1);
    memset(p, 1, 64);
    p = rc_obj_realloc(p, 300);
    assert_non_null(p);
    rc_obj_free(p);
    assert_true(raw.frees >= 1);
    Node *node = kit_new(&kit_node, 1);
    kit_set(node, 0, node);
    RC_DECREF(node);
    assert_int_equal(rc_gc_collect(), 1);
    assert_log("f1 c1");
}

static void line_14_when_that_fails_the_result_is_null(void)
{
    arena_record record = {.refuse = true};
    kit_hook raw = {.refuse = true};
    install_arenas(&record);
    kit_hook_install(&raw, RC_DOMAIN_RAW);
    assert_null(rc_obj_malloc(64));
    assert_null(rc_mem_calloc(1, 64));
    assert_null(rc_obj_malloc(100000));
    assert_null(rc_alloc(&kit_node));
    assert_int_equal(rc_live_objects(), 0);
    raw.refuse = false;
    assert_non_null(rc_obj_malloc(64));
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(line_1_every_address_is_aligned_to_16),
    KIT_TEST(line_1_holds_for_an_arena_that_is_aligned_to_16_only),
    KIT_TEST(line_2_the_class_is_n_minus_1_over_16),
    KIT_TEST(line_2_blocks_of_a_class_lie_a_class_apart),
    KIT_TEST(line_2_zero_bytes_behave_as_one_and_are_unique),
    KIT_TEST(line_2_above_512_the_raw_domain_serves),
    KIT_TEST(line_3_a_pool_is_carved_lazily),
    KIT_TEST(line_3_inside_a_pool_the_last_freed_is_served_first),
    KIT_TEST(line_4_a_freed_block_puts_its_full_pool_in_front),
    KIT_TEST(line_4_freeing_in_a_pool_with_room_does_not_move_it),
    KIT_TEST(line_5_an_emptied_pool_serves_any_class),
    KIT_TEST(line_6_a_pool_comes_from_the_arena_with_the_fewest_free),
    KIT_TEST(line_7_one_wholly_free_arena_is_kept),
    KIT_TEST(line_7_trimming_an_empty_heap_leaves_no_arena),
    KIT_TEST(line_8_a_foreign_address_is_found_without_reading_it),
    KIT_TEST(line_8_raw_memory_may_be_freed_and_grown_through_the_object_domain),
    KIT_TEST(line_9_realloc_stays_when_it_grows_within_the_class),
    KIT_TEST(line_9_realloc_stays_when_it_shrinks_by_less_than_a_quarter),
    KIT_TEST(line_9_realloc_keeps_the_contents),
    KIT_TEST(line_10_calloc_checks_for_overflow_and_zeroes),
    KIT_TEST(line_10_sizes_over_the_signed_maximum_give_null),
    KIT_TEST(line_11_domains_have_independent_hooks),
    KIT_TEST(line_11_objects_come_through_the_object_domain),
    KIT_TEST(line_11_objects_made_under_one_hook_may_die_under_another),
    KIT_TEST(line_13_the_counters_follow_allocations),
    KIT_TEST(line_13_the_default_geometry_is_classic),
    KIT_TEST(line_13_the_table_is_the_one_that_cpython_prints),
    KIT_TEST(line_14_without_an_arena_the_raw_domain_serves),
    KIT_TEST(line_14_when_that_fails_the_result_is_null),
};

KIT_MAIN(tests)
