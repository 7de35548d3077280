/* SPDX-License-Identifier: MIT
 *
 * What is tested: nodes are objects of a hand-written class of the runtime, with traverse and clear or with a
 * table.
 */
#include <recount.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"

typedef struct Node {
    RC_HEAD;
    body body;
} Node;

enum { MAX_CALLBACKS = 1 << 16 };

static bool use_table;
static int callback_ids[MAX_CALLBACKS];

/* ---- classes
 * ---------------------------------------------------------------------------------------------------- */

static int traverse(rc_object *self, rc_visit visit, void *arg)
{
    Node *node = (Node *)self;
    for (int i = 0; i < SLOTS; i++) RC_VISIT((rc_object *)node->body.slot[i]);
    return 0;
}

static int clear(rc_object *self)
{
    Node *node = (Node *)self;
    machine_cleared(&node->body);
    for (int i = 0; i < SLOTS; i++) {
        rc_object *old = node->body.slot[i];
        node->body.slot[i] = NULL;
        RC_XDECREF(old);
    }
    return 0;
}

static void finalize(rc_object *self)
{
    machine_finalized(&((Node *)self)->body);
}

static const rc_type hand_silent = {
    .name = "Silent", .size = sizeof(Node), .flags = RC_TYPE_GC, .traverse = traverse, .clear = clear};

static const rc_type hand_logging = {.name = "Logging",
                                     .size = sizeof(Node),
                                     .flags = RC_TYPE_GC,
                                     .traverse = traverse,
                                     .clear = clear,
                                     .finalize = finalize};

static const rc_field fields[] = {RC_FIELD_ARRAY(Node, body.slot, SLOTS), RC_FIELD_END};

static const rc_type table_silent = {
    .name = "Silent", .size = sizeof(Node), .flags = RC_TYPE_GC, .fields = fields};

static const rc_type table_logging = {
    .name = "Logging", .size = sizeof(Node), .flags = RC_TYPE_GC, .finalize = finalize, .fields = fields};

static bool is_node(void *handle)
{
    const rc_type *type = rc_type_of(handle);
    return type == &hand_silent || type == &hand_logging || type == &table_silent || type == &table_logging;
}

static body *node_new(enum finalizer finalizer)
{
    const rc_type *type = use_table ? &table_logging : &hand_logging;
    if (finalizer == FINALIZER_NONE) type = use_table ? &table_silent : &hand_silent;
    Node *node = (Node *)rc_alloc(type);
    if (!node) abort();
    node->body.self = node;
    node->body.finalizer = finalizer;
    return &node->body;
}

static void retain(void *handle)
{
    RC_INCREF((rc_object *)handle);
}

static void release(void *handle)
{
    RC_DECREF((rc_object *)handle);
}

static body *as_node(void *handle)
{
    return is_node(handle) ? &((Node *)handle)->body : NULL;
}

/* ---- weak references
 * ---------------------------------------------------------------------------------------------- */

static void called_back(rc_weakref *weak, void *arg)
{
    (void)weak;
    machine_called_back(*(int *)arg);
}

static void *weak_new(void *handle, int id, bool callback)
{
    callback_ids[id] = id;
    rc_weakref *weak = rc_weakref_new(handle, callback ? called_back : NULL, &callback_ids[id]);
    if (!weak) abort();
    return weak;
}

static void *weak_get(void *weak)
{
    return rc_weakref_get(weak);
}

static size_t weak_count(void *handle)
{
    return rc_weakref_count(handle);
}

/* ---- the collector
 * -------------------------------------------------------------------------------------------------- */

static long collect(int generation)
{
    return (long)rc_gc_collect_generation(generation);
}

static void set_threshold(size_t t0, size_t t1, size_t t2)
{
    rc_gc_set_threshold(t0, t1, t2);
}

static void enable(bool on)
{
    if (on)
        rc_gc_enable();
    else
        rc_gc_disable();
}

static void counts(size_t out[3])
{
    rc_gc_get_count(out);
}

static void stats(gc_stats out[3])
{
    rc_gc_stats now[3];
    rc_gc_get_stats(now);
    for (int g = 0; g < 3; g++)
        out[g] = (gc_stats){now[g].collections, now[g].collected, now[g].uncollectable};
}

static size_t objects(int generation, void **out, size_t max)
{
    return rc_gc_get_objects(generation, (rc_object **)out, max);
}

static size_t referents(void *handle, void **out, size_t max)
{
    return rc_gc_get_referents(handle, (rc_object **)out, max);
}

static size_t refcount(void *handle)
{
    return rc_refcount(handle);
}

static bool is_tracked(void *handle)
{
    return rc_gc_is_tracked(handle);
}

static bool is_finalized(void *handle)
{
    return rc_gc_is_finalized(handle);
}

static void begin(bool table)
{
    use_table = table;
    rc_gc_collect();
    rc_gc_set_threshold(700, 10, 10);
    rc_gc_enable();
}

const backend recount_backend = {
    .name = "recount",
    .begin = begin,
    .node_new = node_new,
    .retain = retain,
    .release = release,
    .as_node = as_node,
    .weak_new = weak_new,
    .weak_get = weak_get,
    .weak_count = weak_count,
    .collect = collect,
    .freeze = rc_gc_freeze,
    .unfreeze = rc_gc_unfreeze,
    .freeze_count = rc_gc_freeze_count,
    .set_threshold = set_threshold,
    .enable = enable,
    .counts = counts,
    .stats = stats,
    .objects = objects,
    .referents = referents,
    .refcount = refcount,
    .is_tracked = is_tracked,
    .is_finalized = is_finalized,
    .live = rc_live_objects,
};
