/* SPDX-License-Identifier: MIT
 *
 * Collector workloads on the Boehm-Demers-Weiser collector: the references alone, no counts, conservative
 * roots.
 */
#include <gc/gc.h>

#include "bench.h"

typedef struct Node {
    struct Node *to[2];
} * node;

static inline node node_new(void)
{
    node n = GC_MALLOC(sizeof *n);
    if (!n) abort();
    return n;
}

static inline void node_give(node n, int i, node to)
{
    n->to[i] = to;
}

static inline void node_set(node n, int i, node to)
{
    n->to[i] = to;
}

static inline void node_drop(node *held)
{
    *held = NULL;
}

/* GC_gcollect does nothing while collections are off. */
static void graph_collect(void)
{
    bool off = GC_is_disabled();
    if (off) GC_enable();
    GC_gcollect();
    if (off) GC_disable();
}

static void graph_automatic(bool on)
{
    if (on && GC_is_disabled()) GC_enable();
    if (!on && !GC_is_disabled()) GC_disable();
}

static void graph_watch_pauses(void);

static void graph_start(void)
{
    GC_set_free_space_divisor(3);
    GC_INIT();
}

#include "graph.h"

static void on_event(GC_EventType event)
{
    if (event == GC_EVENT_START) graph_pause_begins();
    if (event == GC_EVENT_END) graph_pause_ends();
}

static void graph_watch_pauses(void)
{
    GC_set_on_collection_event(on_event);
}
