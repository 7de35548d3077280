/* SPDX-License-Identifier: MIT
 *
 * Collector workloads on the runtime: a hand-written class with a table of its two references.
 */
#include <recount.h>

#include "bench.h"

typedef struct Node {
    RC_HEAD;
    struct Node *to[2];
} * node;

static const rc_field fields[] = {RC_FIELD_ARRAY(struct Node, to, 2), RC_FIELD_END};

static const rc_type node_type = {
    .name = "Node", .size = sizeof(struct Node), .flags = RC_TYPE_GC, .fields = fields};

static inline node node_new(void)
{
    node n = (node)rc_alloc(&node_type);
    if (!n) abort();
    return n;
}

static inline void node_give(node n, int i, node to)
{
    RC_XSETREF(n->to[i], to);
}

static inline void node_set(node n, int i, node to)
{
    RC_XSETREF(n->to[i], rc_newref(to));
}

static inline void node_drop(node *held)
{
    RC_CLEAR(*held);
}

static void graph_collect(void)
{
    rc_gc_collect();
}

static void graph_automatic(bool on)
{
    if (on)
        rc_gc_enable();
    else
        rc_gc_disable();
}

static void graph_watch_pauses(void);

static void graph_start(void) {}

#include "graph.h"

static void on_phase(rc_gc_phase phase, const rc_gc_info *info, void *arg)
{
    (void)info, (void)arg;
    if (phase == RC_GC_START)
        graph_pause_begins();
    else
        graph_pause_ends();
}

static void graph_watch_pauses(void)
{
    if (rc_gc_add_callback(on_phase, NULL) != 0) abort();
}
