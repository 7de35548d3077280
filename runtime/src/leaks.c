/* SPDX-License-Identifier: MIT
 *
 * What is alive at the end, by class and allocation site.
 */
#include "debug_p.h"
#include "reach_p.h"

#include <stdlib.h>

/* Objects of one class from one site. */
typedef struct group {
    const rc_type *type;
    const char *site;
    bool reachable;
    size_t count, bytes;
} group;

typedef struct groups {
    group *all;
    size_t n, capacity;
} groups;

static group *group_of(groups *g, const group *key)
{
    for (size_t i = 0; i < g->n; i++) {
        group *x = &g->all[i];
        if (x->type == key->type && x->site == key->site && x->reachable == key->reachable) return x;
    }
    if (g->n == g->capacity) {
        size_t capacity = g->capacity ? g->capacity * 2 : 32;
        group *more = realloc(g->all, capacity * sizeof *more);
        if (!more) return NULL;
        g->all = more;
        g->capacity = capacity;
    }
    g->all[g->n] = *key;
    return &g->all[g->n++];
}

static void add(rc_object *o, void *arg)
{
    if (o->count == RC_IMMORTAL_COUNT) return;
    group key = {o->type, rc_trace_site(o), rci_is_reachable(o), 0, 0};
    group *g = group_of(arg, &key);
    if (!g) return;
    g->count++;
    g->bytes += rci_object_bytes(o);
}

static int by_count(const void *a, const void *b)
{
    const group *x = a, *y = b;
    if (x->reachable != y->reachable) return x->reachable ? 1 : -1;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return strcmp(x->type->name, y->type->name);
}

static void print(FILE *out, const group *g)
{
    fprintf(out, "recount: %s: %zu object%s of class %s, %zu bytes%s%s\n",
            g->reachable ? "reachable" : "leak", g->count, g->count == 1 ? "" : "s", g->type->name, g->bytes,
            g->site ? ", allocated at " : "", g->site ? g->site : "");
}

size_t rci_leak_report(FILE *out, bool to_spool)
{
    groups g = {NULL, 0, 0};
    size_t objects = 0;
    rci_reach_globals();
    rci_each_object(add, &g);
    rci_reach_done();
    if (g.n) qsort(g.all, g.n, sizeof *g.all, by_count);
    for (size_t i = 0; i < g.n; i++) {
        const group *x = &g.all[i];
        objects += x->count;
        if (out) print(out, x);
        if (to_spool)
            rci_event(x->reachable ? RCI_EVENT_REACHABLE : RCI_EVENT_LEAK, x->type->name, x->site, x->count,
                      x->bytes);
    }
    free(g.all);
    return objects;
}

size_t rc_leak_report(FILE *out)
{
    RCI_STOPPED;
    return rci_leak_report(out, false);
}
