/* SPDX-License-Identifier: MIT
 *
 * Elementary cycles of strong edges in the class graph (D. B. Johnson, Finding All the Elementary Circuits of
 * a Directed Graph, SIAM J. Comput. 4, 1975), up to a bound; and which edge to make weak.
 */
#include <stdlib.h>
#include <string.h>

#include "class_p.h"

enum { MOST_CYCLES = 256, LONGEST = 32 };

typedef struct search {
    class_graph *g;
    size_t n, start, depth;
    bool *blocked, *waits; /* waits[a * n + b]: unblocking a unblocks b */
    size_t path[LONGEST];  /* edges */
    map seen;              /* texts */
} search;

static const own_edge *edge_at(const search *s, size_t i)
{
    return &s->g->out->edges.at[i];
}

/* ---- which edge to make weak --------------------------------------------------------------------------- */

/* The pointer from a part to its whole: the whole holds many parts, a part names one whole. */
static bool points_to_holder(const class_graph *g, const size_t *edges, size_t n, size_t i)
{
    if (g->many.at[edges[i]]) return false;
    for (size_t k = 0; k < n; k++)
        if (k != i && g->many.at[edges[k]]) return true;
    return false;
}

static bool is_backward_name(const char *field)
{
    static const char *const names[] = {"parent", "owner", "prev",  "previous",
                                        "back",   "up",    "outer", "container"};
    const char *dot = strrchr(field, '.');
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(dot ? dot + 1 : field, names[i]) == 0) return true;
    return false;
}

/* Towards a class that was declared earlier: definitions go from wholes to parts, or name the whole first. */
static bool points_up(const class_graph *g, const own_edge *e)
{
    if (own_class_is_any(e)) return false;
    const own_class *from = &g->out->classes.at[e->from], *to = &g->out->classes.at[e->to];
    if (!from->file || !to->file || strcmp(from->file, to->file) != 0) return e->to < e->from;
    return from->line != to->line ? to->line < from->line : e->to < e->from;
}

static size_t score(const class_graph *g, const size_t *edges, size_t n, size_t i, const size_t *uses)
{
    const own_edge *e = &g->out->edges.at[edges[i]];
    size_t points = 8 * (size_t)points_to_holder(g, edges, n, i) + 4 * (size_t)is_backward_name(e->field);
    return (points * 16 + (uses[edges[i]] < 15 ? uses[edges[i]] : 15)) * 2 + points_up(g, e);
}

static void suggest(class_graph *g, own_cycle *c, const size_t *uses)
{
    size_t best = 0;
    for (size_t i = 1; i < c->length; i++)
        if (score(g, c->edges, c->length, i, uses) > score(g, c->edges, c->length, best, uses)) best = i;
    const own_edge *e = &g->out->edges.at[c->edges[best]];
    c->suggested_weak = arena_printf(&g->out->arena, "%s.%s", g->out->classes.at[e->from].name, e->field);
}

/* ---- the search ---------------------------------------------------------------------------------------- */

static int compare_edges(const search *s, size_t a, size_t b)
{
    const own_edge *x = edge_at(s, a), *y = edge_at(s, b);
    int order = strcmp(s->g->out->classes.at[x->from].name, s->g->out->classes.at[y->from].name);
    return order ? order : strcmp(x->field, y->field);
}

/* A cycle begins with the first of its fields in the order of names: every unit that sees it then names it alike. */
static void turn_to_first(search *s, size_t *edges)
{
    size_t first = 0;
    for (size_t i = 1; i < s->depth; i++)
        if (compare_edges(s, s->path[i], s->path[first]) < 0) first = i;
    for (size_t i = 0; i < s->depth; i++) edges[i] = s->path[(first + i) % s->depth];
}

static void add_cycle(search *s)
{
    strbuf text = {0};
    size_t *edges = arena_alloc(&s->g->out->arena, s->depth * sizeof *edges);
    turn_to_first(s, edges);
    for (size_t i = 0; i < s->depth; i++) {
        const own_edge *e = edge_at(s, edges[i]);
        strbuf_printf(&text, "%s.%s -> ", s->g->out->classes.at[e->from].name, e->field);
    }
    strbuf_add(&text, s->g->out->classes.at[edge_at(s, edges[0])->from].name);
    if (!map_get(&s->seen, text.s)) {
        map_set(&s->seen, text.s, s);
        own_cycle c = {.length = s->depth, .text = arena_strdup(&s->g->out->arena, text.s)};
        c.edges = edges;
        vec_push(&s->g->out->cycles, c);
    }
    strbuf_fini(&text);
}

static void unblock(search *s, size_t v)
{
    s->blocked[v] = false;
    for (size_t w = 0; w < s->n; w++) {
        if (!s->waits[v * s->n + w]) continue;
        s->waits[v * s->n + w] = false;
        if (s->blocked[w]) unblock(s, w);
    }
}

/* A field that can hold any object closes a cycle with its own class; what else it closes says nothing new.
 */
static bool leads(const search *s, const own_edge *e, size_t to)
{
    if (own_class_is_any(e)) return to == e->from;
    return own_class_related(s->g, e->to, to);
}

static bool usable(const own_edge *e, size_t v)
{
    return e->from == v && strcmp(e->ownership, "strong") == 0;
}

static bool circuit(search *s, size_t v);

static bool follow(search *s, size_t edge, size_t to)
{
    s->path[s->depth++] = edge;
    bool found = false;
    if (to == s->start)
        add_cycle(s), found = true;
    else if (!s->blocked[to] && s->depth < LONGEST)
        found = circuit(s, to);
    s->depth--;
    return found;
}

static bool circuit(search *s, size_t v)
{
    bool found = false;
    s->blocked[v] = true;
    for (size_t i = 0; i < s->g->out->edges.n && s->g->out->cycles.n < MOST_CYCLES; i++) {
        if (!usable(edge_at(s, i), v)) continue;
        for (size_t to = s->start; to < s->n; to++)
            if (leads(s, edge_at(s, i), to)) found |= follow(s, i, to);
    }
    if (found) {
        unblock(s, v);
        return true;
    }
    for (size_t i = 0; i < s->g->out->edges.n; i++)
        for (size_t to = s->start; usable(edge_at(s, i), v) && to < s->n; to++)
            if (leads(s, edge_at(s, i), to)) s->waits[to * s->n + v] = true;
    return false;
}

static int shorter_first(const void *a, const void *b)
{
    const own_cycle *x = a, *y = b;
    if (x->length != y->length) return x->length < y->length ? -1 : 1;
    return strcmp(x->text, y->text);
}

void own_find_cycles(class_graph *g)
{
    search s = {.g = g, .n = g->out->classes.n};
    if (!s.n) return;
    s.blocked = x_calloc(s.n, sizeof *s.blocked);
    s.waits = x_calloc(s.n * s.n, sizeof *s.waits);
    for (s.start = 0; s.start < s.n && g->out->cycles.n < MOST_CYCLES; s.start++) {
        memset(s.blocked, 0, s.n * sizeof *s.blocked);
        memset(s.waits, 0, s.n * s.n * sizeof *s.waits);
        circuit(&s, s.start);
    }
    if (g->out->cycles.n)
        qsort(g->out->cycles.at, g->out->cycles.n, sizeof *g->out->cycles.at, shorter_first);
    size_t *uses = x_calloc(g->out->edges.n + 1, sizeof *uses);
    for (size_t i = 0; i < g->out->cycles.n; i++)
        for (size_t k = 0; k < g->out->cycles.at[i].length; k++) uses[g->out->cycles.at[i].edges[k]]++;
    for (size_t i = 0; i < g->out->cycles.n; i++) suggest(g, &g->out->cycles.at[i], uses);
    free(uses);
    free(s.blocked);
    free(s.waits);
    map_fini(&s.seen);
}

/* ---- findings ------------------------------------------------------------------------------------------ */

static const own_edge *weak_edge(const own_result *out, const own_cycle *c)
{
    for (size_t i = 0; i < c->length; i++) {
        const own_edge *e = &out->edges.at[c->edges[i]];
        size_t n = strlen(out->classes.at[e->from].name);
        if (strncmp(c->suggested_weak, out->classes.at[e->from].name, n) == 0 &&
            strcmp(c->suggested_weak + n + 1, e->field) == 0)
            return e;
    }
    return &out->edges.at[c->edges[0]];
}

static diag_place edge_place(const own_edge *e)
{
    return (diag_place){.file = e->file, .line = e->line, .column = e->column};
}

static void report_cycle(own_result *out, const own_cycle *c, const own_edge *weak, size_t more)
{
    const char *others = more ? arena_printf(&out->arena, ", and %zu more through this field,", more) : "";
    diag *d = diag_add(&out->findings, "cycle-possible", edge_place(weak),
                       "'%s'%s can form a cycle of strong references; RC_WEAK on '%s' would break it",
                       c->text, others, c->suggested_weak);
    d->confidence = CONFIDENCE_MEDIUM;
    d->function = out->classes.at[weak->from].name;
    d->shape = c->suggested_weak;
    for (size_t i = 0; i < c->length; i++) {
        const own_edge *e = &out->edges.at[c->edges[i]];
        diag_add_step(&out->findings, d, "note", edge_place(e), REFS_UNKNOWN, REFS_UNKNOWN,
                      "'%s.%s' holds %s", out->classes.at[e->from].name, e->field,
                      own_class_is_any(e) ? "any object" : out->classes.at[e->to].name);
    }
}

/* One finding a field: the shortest of the cycles that making it weak would break. */
static void report_field(own_result *out, const own_edge *weak)
{
    const own_cycle *shortest = NULL;
    size_t n = 0;
    for (size_t i = 0; i < out->cycles.n; i++) {
        const own_cycle *c = &out->cycles.at[i];
        if (weak_edge(out, c) != weak) continue;
        if (!shortest || c->length < shortest->length) shortest = c;
        n++;
    }
    if (shortest) report_cycle(out, shortest, weak, n - 1);
}

void own_report_cycles(const own_options *options, own_result *out)
{
    if (!own_wants(options, "cycle-possible")) return;
    for (size_t i = 0; i < out->edges.n; i++) report_field(out, &out->edges.at[i]);
}
