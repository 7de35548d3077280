/* SPDX-License-Identifier: MIT
 *
 * Collector workloads, the same for every system that can be driven from C.
 *
 * A system defines, before it includes this header, a node with two references and how to handle it (all
 * inline): typedef ... *node;                    a counted or traced reference node node_new(void); a new
 * node, both references empty; the caller holds it void node_set(node n, int i, node to) stores a reference
 * of its own to `to` void node_give(node n, int i, node to) stores the caller's reference to `to` node
 * node_get(node n, int i);         borrowed void node_drop(node *held);           gives up the caller's
 * reference and empties the variable void graph_collect(void);             a full collection void
 * graph_automatic(bool on);        whether collections start by themselves void graph_watch_pauses(void);
 * from here on, call graph_pause_begins/ends around each collection void graph_start(void); The large array
 * of roots is static, so that a conservative collector finds it.
 */
#ifndef GRAPH_H
#define GRAPH_H

#include "bench.h"

enum { OBJECTS = 1000000, CHAIN = 10000000, DEPTH = 18, FULL_ROUNDS = 5, CHURN = 3000000, STANDING = 200000 };

static node root;
static node held[OBJECTS];

/* ---- live graphs
 * --------------------------------------------------------------------------------------------- */

static node grow(int depth)
{
    node n = node_new();
    if (depth > 0) {
        node_give(n, 0, grow(depth - 1));
        node_give(n, 1, grow(depth - 1));
    }
    return n;
}

/* 2^19 - 1 nodes twice over: about a million, from one root. */
static void make_tree(void)
{
    root = node_new();
    node_give(root, 0, grow(DEPTH));
    node_give(root, 1, grow(DEPTH));
}

/* The same tree where a program that ran for long would have put its nodes: anywhere. */
static void make_scattered_tree(void)
{
    uint64_t random = 4711;
    for (int i = 0; i < OBJECTS; i++) held[i] = node_new();
    for (int i = OBJECTS - 1; i > 0; i--) {
        uint32_t k = bench_below(&random, (uint32_t)i + 1);
        node swap = held[i];
        held[i] = held[k];
        held[k] = swap;
    }
    for (int i = OBJECTS - 1; i > 0; i--) {
        node_give(held[(i - 1) / 2], (i - 1) % 2, held[i]);
        held[i] = NULL;
    }
    root = held[0];
    held[0] = NULL;
}

static void make_chain(void)
{
    root = node_new();
    for (int i = 1; i < OBJECTS; i++) {
        node n = node_new();
        node_set(n, 1, root);
        node_give(n, 0, root);
        root = n;
    }
}

/* Every object refers to two others at random; a spine of arrays is not needed, since the roots hold them
 * all. */
static void make_random(void)
{
    uint64_t random = 12345;
    for (int i = 0; i < OBJECTS; i++) held[i] = node_new();
    for (int i = 0; i < OBJECTS; i++)
        for (int k = 0; k < 2; k++) node_set(held[i], k, held[bench_below(&random, OBJECTS)]);
}

static void measure_full(const char *name)
{
    double best = 1e9;
    for (int i = 0; i < FULL_ROUNDS; i++) {
        double start = bench_now();
        graph_collect();
        double took = bench_now() - start;
        if (took < best) best = took;
    }
    bench_report(name, "ns/object", best * 1e9 / OBJECTS);
}

static void drop_held(void)
{
    for (int i = 0; i < OBJECTS; i++)
        if (held[i]) node_drop(&held[i]);
}

static void run_live_tree(const char *name)
{
    double base = bench_resident();
    make_tree();
    bench_report("size-of-object", "bytes", (bench_resident() - base) * 1024 / (2 * ((2 << DEPTH) - 1)));
    measure_full(name);
}

static void run_scattered_tree(const char *name)
{
    make_scattered_tree();
    measure_full(name);
}

static void run_live_chain(const char *name)
{
    make_chain();
    measure_full(name);
}

static void run_live_random(const char *name)
{
    make_random();
    measure_full(name);
}

/* ---- garbage
 * -------------------------------------------------------------------------------------------------- */

/* Rings of n, each with a second reference to its own first node. */
static void run_rings(const char *name, int n)
{
    for (int i = 0; i < OBJECTS; i += n) {
        node first = node_new(), last = first;
        for (int k = 1; k < n; k++) {
            node next = node_new();
            node_set(next, 1, first);
            node_give(last, 0, next);
            last = next;
        }
        node_set(last, 0, first);
        node_drop(&first);
    }
    double start = bench_now();
    graph_collect();
    bench_report(name, "ns/object", (bench_now() - start) * 1e9 / OBJECTS);
}

static void run_self_cycles(const char *name)
{
    run_rings(name, 1);
}

static void run_pairs(const char *name)
{
    run_rings(name, 2);
}

static void run_rings_of_ten(const char *name)
{
    run_rings(name, 10);
}

/* ---- programs
 * -------------------------------------------------------------------------------------------------- */

/* A tree of the full depth stays, smaller ones come and go, with collections starting by themselves. */
static void run_binary_trees(const char *name)
{
    graph_automatic(true);
    double start = bench_now();
    root = grow(DEPTH);
    for (int depth = 4; depth <= DEPTH; depth += 2)
        for (int i = 0; i < 1 << (DEPTH - depth); i++) {
            node tree = grow(depth);
            node_drop(&tree);
        }
    bench_report(name, "ms", (bench_now() - start) * 1e3);
    graph_automatic(false);
}

static void run_drop_chain(const char *name)
{
    for (int i = 0; i < CHAIN; i++) {
        node n = node_new();
        if (root) node_give(n, 0, root);
        root = n;
    }
    double start = bench_now();
    node_drop(&root);
    bench_report(name, "ns/object", (bench_now() - start) * 1e9 / CHAIN);
}

/* ---- pauses
 * ----------------------------------------------------------------------------------------------------- */

static double pause_started, pause_longest, pause_total;
static long pauses;

static inline void graph_pause_begins(void)
{
    pause_started = bench_now();
}

static inline void graph_pause_ends(void)
{
    double took = bench_now() - pause_started;
    pauses++;
    pause_total += took;
    if (took > pause_longest) pause_longest = took;
}

/* Self-cycles come and go over a standing population that keeps changing. */
static void run_pauses(const char *name)
{
    uint64_t random = 777;
    char mean[64];
    graph_automatic(true);
    for (int i = 0; i < STANDING; i++) held[i] = node_new();
    graph_watch_pauses();
    for (int i = 0; i < CHURN; i++) {
        node n = node_new();
        uint32_t at = bench_below(&random, STANDING);
        node_set(n, 0, n);
        if (i % 16 == 0) node_set(held[at], 0, held[bench_below(&random, STANDING)]);
        if (i % 16 == 1) {
            node_drop(&held[at]);
            held[at] = n;
        } else
            node_drop(&n);
    }
    graph_automatic(false);
    if (pauses == 0) return;
    snprintf(mean, sizeof mean, "%s-mean", name);
    bench_report(mean, "us", pause_total * 1e6 / (double)pauses);
    snprintf(mean, sizeof mean, "%s-longest", name);
    bench_report(mean, "us", pause_longest * 1e6);
}

/* ---- all
 * ---------------------------------------------------------------------------------------------------------
 */

static const struct {
    const char *name;
    void (*run)(const char *name);
} workloads[] = {
    {"full-tree", run_live_tree},
    {"full-tree-scattered", run_scattered_tree},
    {"full-chain", run_live_chain},
    {"full-random", run_live_random},
    {"garbage-self", run_self_cycles},
    {"garbage-pairs", run_pairs},
    {"garbage-rings-of-10", run_rings_of_ten},
    {"binary-trees", run_binary_trees},
    {"drop-chain", run_drop_chain},
    {"pause", run_pauses},
};

/* Each workload wants a process of its own: table.py names one. Without a name all run, on what the others
 * left. */
int main(int argc, char **argv)
{
    graph_start();
    graph_automatic(false);
    for (size_t i = 0; i < sizeof workloads / sizeof workloads[0]; i++) {
        if (!bench_wanted(argc, argv, workloads[i].name)) continue;
        workloads[i].run(workloads[i].name);
        if (root) node_drop(&root);
        drop_held();
        graph_collect();
    }
    return 0;
}

#endif
