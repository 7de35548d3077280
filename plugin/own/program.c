/* SPDX-License-Identifier: MIT
 *
 * The call graph of the program, and when each of its functions can be analysed: Tarjan's components come out
 * bottom-up, and a component's round is the first after those of what it calls in other units. Within a unit and a round
 * own_analyse_due goes bottom-up itself.
 */
#include <stdlib.h>
#include <string.h>

#include "own.h"

typedef struct node {
    size_t unit;
    own_link link;
    bool over_units; /* in a cycle over units: due in three rounds */
    bool planned;    /* to be analysed in this run */
    size_t round, component;
    uint32_t index, low; /* 0: not seen */
    bool on_stack;
} node;

typedef struct unit {
    const char *key;
    map names; /* -> node number + 1 */
    VEC(size_t) nodes;
} unit;

struct own_program {
    arena arena;
    VEC(unit) units;
    VEC(node) nodes;
    map exported; /* name -> node number + 1, or SEVERAL */
    VEC(size_t) stack;
    uint32_t next;
    size_t components, rounds, round;
    VEC(bool) unsettled; /* by component */
};

enum { ROUNDS_OF_CYCLE = 3 };

#define SEVERAL ((void *)UINTPTR_MAX)

own_program *own_program_new(void)
{
    return x_calloc(1, sizeof(own_program));
}

void own_program_free(own_program *p)
{
    if (!p) return;
    for (size_t i = 0; i < p->units.n; i++) {
        map_fini(&p->units.at[i].names);
        vec_fini(&p->units.at[i].nodes);
    }
    vec_fini(&p->units);
    vec_fini(&p->nodes);
    vec_fini(&p->stack);
    vec_fini(&p->unsettled);
    map_fini(&p->exported);
    arena_fini(&p->arena);
    free(p);
}

size_t own_program_unit(own_program *p, const char *key)
{
    vec_push(&p->units, ((unit){.key = arena_strdup(&p->arena, key)}));
    return p->units.n - 1;
}

static node *at(const own_program *p, const void *number)
{
    return number ? &p->nodes.at[(uintptr_t)number - 1] : NULL;
}

/* One file may be compiled into several units: any of them may speak for it. */
static void export(own_program *p, const node *n, void *number)
{
    void *before = map_get(&p->exported, n->link.name);
    if (!before)
        map_set(&p->exported, n->link.name, number);
    else if (before != SEVERAL && strcmp(at(p, before)->link.file, n->link.file) != 0)
        map_set(&p->exported, n->link.name, SEVERAL);
}

void own_program_add(own_program *p, size_t unit, const own_link *link)
{
    if (map_get(&p->units.at[unit].names, link->name)) return;
    node n = {.unit = unit, .link = *link};
    vec_push(&p->nodes, n);
    void *number = (void *)(uintptr_t)p->nodes.n;
    map_set(&p->units.at[unit].names, n.link.name, number);
    vec_push(&p->units.at[unit].nodes, p->nodes.n - 1);
    if (n.link.exported) export(p, &vec_last(&p->nodes), number);
}

static node *resolve(const own_program *p, size_t unit, const char *name)
{
    void *number = map_get(&p->units.at[unit].names, name);
    if (!number) number = map_get(&p->exported, name);
    return number == SEVERAL ? NULL : at(p, number);
}

/* ---- rounds -------------------------------------------------------------------------------------------- */

static size_t last_round(const node *n)
{
    return n->round + (n->over_units ? ROUNDS_OF_CYCLE - 1 : 0);
}

/* The first round in which a node's callees outside its component are settled. */
static size_t first_round(const own_program *p, const node *n)
{
    size_t round = 0;
    for (size_t i = 0; i < n->link.call_count; i++) {
        const node *callee = resolve(p, n->unit, n->link.calls[i]);
        if (!callee || !callee->planned || callee->on_stack) continue;
        size_t need = last_round(callee) + (callee->unit != n->unit);
        if (need > round) round = need;
    }
    return round;
}

static void close_component(own_program *p, size_t from)
{
    size_t round = 0;
    bool over_units = false, open = false;
    for (size_t i = from; i < p->stack.n; i++) {
        const node *n = &p->nodes.at[p->stack.at[i]];
        size_t first = first_round(p, n);
        if (first > round) round = first;
        over_units |= n->unit != p->nodes.at[p->stack.at[from]].unit;
        open |= !n->link.summary;
    }
    for (size_t i = from; i < p->stack.n; i++) {
        node *n = &p->nodes.at[p->stack.at[i]];
        n->round = round, n->over_units = over_units, n->component = p->components;
        n->planned = !n->link.summary, n->on_stack = false;
    }
    size_t end = round + (over_units ? ROUNDS_OF_CYCLE : 1);
    if (open && end > p->rounds) p->rounds = end;
    p->components++;
    vec_push(&p->unsettled, false);
    p->stack.n = from;
}

static void connect(own_program *p, size_t number)
{
    size_t from = p->stack.n;
    node *n = &p->nodes.at[number];
    n->index = n->low = ++p->next;
    n->on_stack = true;
    vec_push(&p->stack, number);
    for (size_t i = 0; i < n->link.call_count; i++) {
        node *callee = resolve(p, n->unit, n->link.calls[i]);
        if (!callee) continue;
        if (!callee->index) connect(p, (size_t)(callee - p->nodes.at));
        if (callee->on_stack && callee->low < n->low) n->low = callee->low;
    }
    if (n->low == n->index) close_component(p, from);
}

size_t own_program_plan(own_program *p)
{
    for (size_t i = 0; i < p->nodes.n; i++)
        if (!p->nodes.at[i].index) connect(p, i);
    return p->rounds;
}

void own_program_begin(own_program *p, size_t round)
{
    p->round = round;
}

static bool is_due(const own_program *p, const node *n, bool *summary_only)
{
    if (!n || !n->planned || p->round < n->round || p->round > last_round(n)) return false;
    *summary_only = p->round < last_round(n);
    return true;
}

bool own_program_due(const own_program *p, size_t unit, const char *function, bool *summary_only)
{
    return is_due(p, at(p, map_get(&p->units.at[unit].names, function)), summary_only);
}

bool own_program_has_due(const own_program *p, size_t unit)
{
    const struct unit *u = &p->units.at[unit];
    bool summary_only;
    for (size_t i = 0; i < u->nodes.n; i++)
        if (is_due(p, &p->nodes.at[u->nodes.at[i]], &summary_only)) return true;
    return false;
}

/* ---- summaries ----------------------------------------------------------------------------------------- */

void own_program_settle(own_program *p, size_t unit, const char *function, const char *summary)
{
    node *n = at(p, map_get(&p->units.at[unit].names, function));
    bool summary_only;
    if (!n || !summary || !is_due(p, n, &summary_only)) return;
    bool second = n->over_units && p->round == n->round + 1;
    if (second && n->link.summary && strcmp(n->link.summary, summary) != 0)
        p->unsettled.at[n->component] = true;
    n->link.summary = arena_strdup(&p->arena, summary);
}

const char *own_program_summary(const own_program *p, size_t unit, const char *function)
{
    const node *n = resolve(p, unit, function);
    if (!n) return NULL;
    if (!n->link.summary) return n->planned && n->round == p->round ? OWN_SUMMARY_NEVER : NULL;
    bool last = n->planned && n->over_units && p->round == last_round(n);
    return last && p->unsettled.at[n->component] ? NULL : n->link.summary;
}

static void hash(sha256 *h, const char *text)
{
    sha256_add(h, text, strlen(text) + 1);
}

void own_program_inputs(const own_program *p, size_t unit, char hex[65])
{
    const struct unit *u = &p->units.at[unit];
    sha256 h;
    sha256_init(&h);
    for (size_t i = 0; i < u->nodes.n; i++) {
        const node *n = &p->nodes.at[u->nodes.at[i]];
        for (size_t k = 0; k < n->link.call_count; k++) {
            const node *callee = resolve(p, unit, n->link.calls[k]);
            if (callee && callee->unit == unit) continue;
            hash(&h, n->link.calls[k]);
            hash(&h, callee && callee->link.summary ? callee->link.summary : "?");
            if (callee && callee->component == n->component) hash(&h, p->units.at[callee->unit].key);
        }
    }
    sha256_hex(&h, hex);
}

void own_program_links(const own_program *p, size_t unit, void (*take)(const own_link *link, void *arg),
                       void *arg)
{
    const struct unit *u = &p->units.at[unit];
    for (size_t i = 0; i < u->nodes.n; i++) take(&p->nodes.at[u->nodes.at[i]].link, arg);
}
