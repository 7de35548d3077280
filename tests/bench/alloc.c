/* SPDX-License-Identifier: MIT
 *
 * Allocator workloads, through the public functions of one allocator (allocators.h).
 *
 * Figures are nanoseconds for one allocation with its release, best of a few rounds in one process. With
 * --counted each workload makes one short round: for callgrind, which counts what work_* functions execute.
 */
#include "allocators.h"

#include <pthread.h>

#include "bench.h"

/* Rounds are shorter than a time slice, so that the best of many has not been interrupted. */
enum { LIVE = 20000, SMALL_ROUND = 40000, LARGE_ROUND = 200000, ROUNDS = 50 };

static const uint64_t SEED = 88172645463325252u;

typedef struct {
    size_t
        pairs; /* how many allocations with their releases to make; a workload rounds it up to what it made */
    uint64_t random;
} load;

/* A block is used at least a little. */
static inline void *get(size_t size)
{
    void **block = bench_malloc(size);
    if (!block) abort();
    *(void *volatile *)block = block;
    return block;
}

/* ---- workloads
 * --------------------------------------------------------------------------------------------- */

#define WORK __attribute__((noinline)) static void

WORK work_pair(load *l)
{
    for (size_t i = 0; i < l->pairs; i++) bench_free(get(48));
}

WORK work_lifo(load *l)
{
    static void *stack[LIVE];
    size_t done = 0;
    for (; done < l->pairs; done += LIVE) {
        for (int i = 0; i < LIVE; i++) stack[i] = get(48);
        for (int i = LIVE - 1; i >= 0; i--) bench_free(stack[i]);
    }
    l->pairs = done;
}

WORK work_fifo(load *l)
{
    static void *queue[LIVE];
    for (int i = 0; i < LIVE; i++) queue[i] = get(48);
    for (size_t i = 0, at = 0; i + LIVE < l->pairs; i++) {
        bench_free(queue[at]);
        queue[at] = get(48);
        at = at + 1 == LIVE ? 0 : at + 1;
    }
    for (int i = 0; i < LIVE; i++) bench_free(queue[i]);
}

WORK work_random(load *l)
{
    static void *slot[LIVE];
    for (int i = 0; i < LIVE; i++) slot[i] = get(16 + bench_below(&l->random, 240));
    for (size_t i = 0; i + LIVE < l->pairs; i++) {
        uint32_t at = bench_below(&l->random, LIVE);
        bench_free(slot[at]);
        slot[at] = get(16 + bench_below(&l->random, 240));
    }
    for (int i = 0; i < LIVE; i++) bench_free(slot[i]);
}

/* How often an interpreter asks for which sizes: boxed numbers, short strings and tuples, then frames and
 * tables. */
static const uint16_t mix_sizes[32] = {24, 28, 32, 32, 32, 40, 48, 48, 48, 50,  52,  55,  56,  56,  56,  64,
                                       64, 64, 64, 72, 72, 72, 80, 88, 96, 104, 120, 152, 184, 232, 360, 480};

/* Most blocks die young, some live on: a stack of short lives over a table of long ones. */
WORK work_mix(load *l)
{
    enum { BURST = 16 };
    static void *old[LIVE], *young[BURST];
    memset(old, 0, sizeof old);
    for (size_t done = 0; done < l->pairs; done += BURST) {
        for (int i = 0; i < BURST; i++) young[i] = get(mix_sizes[bench_below(&l->random, 32)]);
        for (int i = BURST - 1; i > 1; i--) bench_free(young[i]);
        for (int i = 0; i < 2; i++) {
            uint32_t at = bench_below(&l->random, LIVE);
            bench_free(old[at]);
            old[at] = young[i];
        }
    }
    for (int i = 0; i < LIVE; i++) bench_free(old[i]);
}

typedef struct tree {
    struct tree *left, *right;
    uintptr_t payload[2];
} tree;

static tree *build(int depth)
{
    tree *node = get(sizeof *node);
    node->left = depth > 0 ? build(depth - 1) : NULL;
    node->right = depth > 0 ? build(depth - 1) : NULL;
    return node;
}

static void drop(tree *node)
{
    if (node->left) drop(node->left);
    if (node->right) drop(node->right);
    bench_free(node);
}

WORK work_tree(load *l)
{
    int depth = l->pairs > LARGE_ROUND / 2 ? 16 : 13;
    size_t done = 0;
    for (; done < l->pairs; done += ((size_t)2 << depth) - 1) drop(build(depth));
    l->pairs = done;
}

#ifndef BENCH_ONE_THREAD
/* ---- across threads
 * ------------------------------------------------------------------------------------------ */

enum { RING = 4096 };

static struct {
    void *volatile slot[RING];
} pipe_ring;

static void *consume(void *arg)
{
    const load *l = arg;
    for (size_t i = 0; i < l->pairs; i++) {
        void *block;
        while (!(block = __atomic_load_n(&pipe_ring.slot[i % RING], __ATOMIC_ACQUIRE))) sched_yield();
        bench_free(block);
        __atomic_store_n(&pipe_ring.slot[i % RING], NULL, __ATOMIC_RELEASE);
    }
    return NULL;
}

/* One thread allocates, another frees. */
WORK work_across(load *l)
{
    pthread_t consumer;
    if (pthread_create(&consumer, NULL, consume, l) != 0) abort();
    for (size_t i = 0; i < l->pairs; i++) {
        while (__atomic_load_n(&pipe_ring.slot[i % RING], __ATOMIC_ACQUIRE)) sched_yield();
        __atomic_store_n(&pipe_ring.slot[i % RING], get(48), __ATOMIC_RELEASE);
    }
    pthread_join(consumer, NULL);
}

#endif

/* ---- fragmentation
 * -------------------------------------------------------------------------------------------- */

enum { BLOCKS = 1000000 };

static void free_block(void **block)
{
    if (*block) bench_free(*block);
    *block = NULL;
}

/* Resident memory when a million blocks are live, then after nine in ten went at random, then every run of
 * eight in nine of the rest, then all; each after asking the allocator to give back what it can. */
static void measure_fragmentation(void)
{
    static void *block[BLOCKS];
    uint64_t random = 1;
    memset(block, 0xFF, sizeof block); /* so that its own pages are resident before */
    double base = bench_resident();
    for (int i = 0; i < BLOCKS; i++) memset(block[i] = get(mix_sizes[bench_below(&random, 32)]), 1, 24);
    double peak = bench_resident() - base;
    bench_report("resident-peak", "KiB", peak);
    for (int i = 0; i < BLOCKS; i++)
        if (bench_below(&random, 10) != 0) free_block(&block[i]);
    bench_trim();
    bench_report("resident-90%-random", "KiB", bench_resident() - base);
    for (int i = 0; i < BLOCKS; i++)
        if (i / 10000 % 9 != 0) free_block(&block[i]);
    bench_trim();
    bench_report("resident-runs", "KiB", bench_resident() - base);
    for (int i = 0; i < BLOCKS; i++) free_block(&block[i]);
    bench_trim();
    bench_report("resident-all", "KiB", bench_resident() - base);
}

/* ---- all
 * ---------------------------------------------------------------------------------------------------------
 */

static const struct {
    const char *name;
    void (*work)(load *);
} workloads[] = {
    {"pair", work_pair},
    {"lifo", work_lifo},
    {"fifo", work_fifo},
    {"random", work_random},
    {"mix", work_mix},
    {"tree", work_tree},
#ifndef BENCH_ONE_THREAD
    {"across-threads", work_across},
#endif
};

static void measure(const char *name, void (*work)(load *), size_t pairs)
{
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        load l = {pairs, SEED};
        double start = bench_now();
        work(&l);
        double each = (bench_now() - start) / (double)l.pairs;
        if (each < best) best = each;
    }
    bench_report(name, "ns", best * 1e9);
}

/* One short round; says how many pairs it made. */
static void make_counted(const char *name, void (*work)(load *))
{
    load l = {SMALL_ROUND, SEED};
    work(&l);
    bench_report(name, "pairs", (double)l.pairs);
}

int main(int argc, char **argv)
{
    bool counted = bench_option(argc, argv, "--counted");
    bench_start();
    if (!counted && bench_wanted(argc, argv, "fragmentation")) measure_fragmentation();
    for (size_t i = 0; i < sizeof workloads / sizeof workloads[0]; i++) {
        if (!bench_wanted(argc, argv, workloads[i].name)) continue;
        if (counted)
            make_counted(workloads[i].name, workloads[i].work);
        else
            measure(workloads[i].name, workloads[i].work, LARGE_ROUND);
    }
    return 0;
}
