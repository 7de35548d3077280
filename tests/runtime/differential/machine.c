/* SPDX-License-Identifier: MIT */
#include "machine.h"

#include <stdlib.h>
#include <string.h>

enum { SAVED = 4096, FILLED = 8192, MAX_LISTED = 16384, SETTLE_ROUNDS = 8 };

static struct {
    const backend *b;
    event_log *log;
    int next_node, next_weak;
    void *node[NODES], *weak[WEAKS];
    void *saved[SAVED]; /* by finalizers */
    size_t saved_count;
    void *filled[FILLED];
    size_t filled_count;
    gc_stats start[3];
    size_t last_mutation; /* place in the log after the last finalizer that changed objects */
} m;

/* ---- the log
 * ----------------------------------------------------------------------------------------------- */

static size_t emit(event_kind kind, long id, long value)
{
    event_log *log = m.log;
    if (log->count == log->room) {
        log->room = log->room ? log->room * 2 : 1024;
        log->events = realloc(log->events, log->room * sizeof *log->events);
        if (!log->events) abort();
    }
    log->events[log->count] = (event){kind, id, value};
    return log->count++;
}

static void result(long value)
{
    emit(EVENT_RESULT, value, 0);
}

void log_fini(event_log *log)
{
    free(log->events);
    *log = (event_log){NULL, 0, 0};
}

/* A bit for each weak register whose target can still be read. */
static long readable(void)
{
    long mask = 0;
    for (int i = 0; i < WEAKS; i++) {
        void *target = m.weak[i] ? m.b->weak_get(m.weak[i]) : NULL;
        if (!target) continue;
        mask |= 1L << i;
        m.b->release(target);
    }
    return mask;
}

void machine_called_back(int weak_id)
{
    emit(EVENT_CALLBACK, weak_id, readable());
}

void machine_cleared(body *node)
{
    if (!node->cleared) emit(EVENT_CLEAR, node->id, 0);
    node->cleared = true;
}

size_t machine_mark_collection(void)
{
    return emit(EVENT_MARK, 0, 0);
}

void machine_disordered(size_t mark, bool mutated)
{
    m.log->events[mark].id = mutated ? 2 : 1;
}

bool machine_mutated_since(size_t mark)
{
    return m.last_mutation > mark;
}

/* ---- finalizers
 * ---------------------------------------------------------------------------------------------- */

static void set_slot(body *node, int slot, void *value)
{
    void *old = node->slot[slot];
    if (value) m.b->retain(value);
    node->slot[slot] = value;
    if (old) m.b->release(old);
}

static void save(void *handle)
{
    if (!handle || m.saved_count == SAVED) return;
    m.b->retain(handle);
    m.saved[m.saved_count++] = handle;
}

static body *make(int finalizer)
{
    body *node = m.b->node_new((enum finalizer)finalizer);
    node->id = ++m.next_node;
    return node;
}

static void breed(void)
{
    void *child = make(FINALIZER_LOG)->self;
    save(child);
    m.b->release(child);
}

void machine_finalized(body *node)
{
    emit(EVENT_FINALIZE, node->id, readable());
    if (node->finalizer == FINALIZER_SAVE) save(node->self);
    if (node->finalizer == FINALIZER_PASS) save(node->slot[0]);
    if (node->finalizer >= FINALIZER_CUT) m.last_mutation = m.log->count;
    if (node->finalizer == FINALIZER_CUT) set_slot(node, 0, NULL);
    if (node->finalizer == FINALIZER_LINK) set_slot(node, 1, node->self);
    if (node->finalizer == FINALIZER_BREED) breed();
}

/* ---- operations
 * ------------------------------------------------------------------------------------------------ */

static void put(void **cell, void *value)
{
    void *old = *cell;
    *cell = value;
    if (old) m.b->release(old);
}

static body *node_in(int reg)
{
    return m.node[reg] ? m.b->as_node(m.node[reg]) : NULL;
}

static void *make_ring(int n, int finalizer)
{
    body *first = make(finalizer), *last = first;
    for (int i = 1; i < n; i++) {
        body *next = make(i % 2 ? FINALIZER_LOG : finalizer);
        last->slot[0] = next->self;
        last = next;
    }
    set_slot(last, 0, first->self);
    return first->self;
}

static void watch(int weak, void *target, bool callback)
{
    put(&m.weak[weak], m.b->weak_new(target, ++m.next_weak, callback));
}

static void run_new(const op *o)
{
    put(&m.node[o->arg[0]], make(o->arg[1])->self);
}

static void run_phoenix(const op *o)
{
    run_new(o);
}

static void run_edge(const op *o)
{
    if (m.node[o->arg[0]]) set_slot(node_in(o->arg[0]), o->arg[1], m.node[o->arg[2]]);
}

static void run_self(const op *o)
{
    if (m.node[o->arg[0]]) set_slot(node_in(o->arg[0]), o->arg[1], m.node[o->arg[0]]);
}

static void run_ring(const op *o)
{
    put(&m.node[o->arg[0]], make_ring(o->arg[1], o->arg[2]));
}

static void run_tie(const op *o)
{
    body *a = node_in(o->arg[0]), *b = node_in(o->arg[2]);
    if (!a || !b) return;
    set_slot(a, o->arg[1], b->self);
    set_slot(b, o->arg[3], a->self);
}

static void run_lose(const op *o)
{
    void *ring = make_ring(o->arg[0], o->arg[1]);
    if (o->arg[2] < WEAKS) watch(o->arg[2], ring, true);
    m.b->release(ring);
}

static void run_cut(const op *o)
{
    if (m.node[o->arg[0]]) set_slot(node_in(o->arg[0]), o->arg[1], NULL);
}

static void run_take(const op *o)
{
    body *from = node_in(o->arg[1]);
    void *value = from ? from->slot[o->arg[2]] : NULL;
    if (!value || !m.b->as_node(value)) return;
    m.b->retain(value);
    put(&m.node[o->arg[0]], value);
}

static void run_drop(const op *o)
{
    put(&m.node[o->arg[0]], NULL);
}

static int compare_ids(const void *a, const void *b)
{
    const body *x = m.b->as_node(*(void *const *)a), *y = m.b->as_node(*(void *const *)b);
    int left = x ? x->id : 0, right = y ? y->id : 0;
    return (left > right) - (left < right);
}

/* Finalizers that this runs may save again: those stay for the next time. */
static void run_forget(const op *o)
{
    (void)o;
    static void *dropped[SAVED];
    size_t n = m.saved_count;
    memcpy(dropped, m.saved, n * sizeof dropped[0]);
    m.saved_count = 0;
    qsort(dropped, n, sizeof dropped[0], compare_ids);
    for (size_t i = 0; i < n; i++) m.b->release(dropped[i]);
}

static void run_watch(const op *o)
{
    if (m.node[o->arg[1]]) watch(o->arg[0], m.node[o->arg[1]], true);
}

static void run_peek(const op *o)
{
    body *node = node_in(o->arg[1]);
    if (node) watch(o->arg[0], node->self, false);
}

static void run_store(const op *o)
{
    if (m.node[o->arg[0]] && m.weak[o->arg[2]]) set_slot(node_in(o->arg[0]), o->arg[1], m.weak[o->arg[2]]);
}

static void run_read(const op *o)
{
    void *target = m.weak[o->arg[0]] ? m.b->weak_get(m.weak[o->arg[0]]) : NULL;
    result(target ? m.b->as_node(target)->id : 0);
    if (target) m.b->release(target);
}

static void run_unwatch(const op *o)
{
    put(&m.weak[o->arg[0]], NULL);
}

static void run_watchers(const op *o)
{
    if (m.node[o->arg[0]]) result((long)m.b->weak_count(m.node[o->arg[0]]));
}

static void run_collect(const op *o)
{
    result(m.b->collect(o->arg[0]));
}

static void run_fill(const op *o)
{
    for (int i = 0; i < o->arg[0] && m.filled_count < FILLED; i++)
        m.filled[m.filled_count++] = make(i % 8 ? FINALIZER_NONE : FINALIZER_LOG)->self;
}

static void run_empty(const op *o)
{
    (void)o;
    for (size_t i = 0; i < m.filled_count; i++) m.b->release(m.filled[i]);
    m.filled_count = 0;
}

static void run_churn(const op *o)
{
    for (int i = 0; i < o->arg[0]; i++) m.b->release(make(FINALIZER_NONE)->self);
}

static void run_freeze(const op *o)
{
    (void)o;
    m.b->freeze();
    result((long)m.b->freeze_count());
}

static void run_unfreeze(const op *o)
{
    (void)o;
    m.b->unfreeze();
    result((long)m.b->freeze_count());
}

static void run_threshold(const op *o)
{
    m.b->set_threshold((size_t)o->arg[0], (size_t)o->arg[1], (size_t)o->arg[2]);
}

static void run_enable(const op *o)
{
    m.b->enable(o->arg[0] != 0);
}

static void run_stats(const op *o)
{
    (void)o;
    gc_stats now[3];
    m.b->stats(now);
    for (int g = 0; g < 3; g++) {
        result((long)(now[g].collections - m.start[g].collections));
        result((long)(now[g].collected - m.start[g].collected));
        result((long)(now[g].uncollectable - m.start[g].uncollectable));
    }
}

/* How many objects, and the sum of a scrambling of their ids: equal for equal sets, in any order. */
static void run_objects(const op *o)
{
    static void *seen[MAX_LISTED];
    size_t n = m.b->objects(o->arg[0], seen, MAX_LISTED);
    unsigned long sum = 0;
    for (size_t i = 0; i < n && i < MAX_LISTED; i++) {
        const body *node = m.b->as_node(seen[i]);
        unsigned long x = node ? (unsigned long)node->id : 0;
        sum += (x * 2654435761u) ^ (x << 7);
    }
    result((long)n);
    result((long)(sum & 0x7FFFFFFF));
}

static void run_inspect(const op *o)
{
    void *seen[SLOTS], *handle = m.node[o->arg[0]];
    if (!handle) return;
    result((long)m.b->refcount(handle));
    result(m.b->is_tracked(handle));
    result(m.b->is_finalized(handle));
    size_t n = m.b->referents(handle, seen, SLOTS);
    for (size_t i = 0; i < n; i++) {
        const body *node = m.b->as_node(seen[i]);
        result(node ? node->id : -1);
    }
}

/* ---- running a script
 * -------------------------------------------------------------------------------------------- */

static void (*const run_op[OP_CODES])(const op *) = {
#define OP(name, operands, weight, kind) run_##name,
#include "ops.def"
#undef OP
};

static void log_counts(void)
{
    size_t count[3];
    m.b->counts(count);
    for (int g = 0; g < 3; g++) result((long)count[g]);
}

/* Drops every reference and collects until nothing is left; what finalizers save goes the same way. */
static void settle(void)
{
    m.b->enable(false);
    m.b->unfreeze();
    for (int i = 0; i < NODES; i++) put(&m.node[i], NULL);
    for (int i = 0; i < WEAKS; i++) put(&m.weak[i], NULL);
    run_empty(NULL);
    for (int round = 0; round < SETTLE_ROUNDS && m.b->live() > 0; round++) {
        run_forget(NULL);
        result(m.b->collect(2));
    }
    m.b->collect(2);
    result((long)m.b->live());
}

void machine_run(const script *s, const backend *b, event_log *log)
{
    memset(&m, 0, sizeof m);
    m.b = b;
    m.log = log;
    b->begin(s->table);
    b->stats(m.start);
    for (size_t i = 0; i < s->count; i++) {
        emit(EVENT_OP, (long)i, 0);
        run_op[s->ops[i].code](&s->ops[i]);
        log_counts();
    }
    emit(EVENT_OP, (long)s->count, 0);
    settle();
}

/* ---- comparing
 * ----------------------------------------------------------------------------------------------------- */

static int compare_events(const void *a, const void *b)
{
    const event *x = a, *y = b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->id != y->id) return x->id < y->id ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

/* Copies the events of the operation that begins at *from, without marks, and moves *from to the next
 * operation. Returns how many there are. */
static size_t copy_op(const event_log *log, size_t *from, event *out, size_t max)
{
    size_t n = 0, i = *from + 1;
    for (; i < log->count && log->events[i].kind != EVENT_OP; i++)
        if (log->events[i].kind != EVENT_MARK && n < max) out[n++] = log->events[i];
    *from = i;
    return n;
}

static bool is_callout(const event *e)
{
    return e->kind >= EVENT_CALLBACK;
}

/* Sorts, in both, the call-outs of each collection whose trash CPython had out of order. */
static void sort_disordered(const event_log *expected, size_t from, event *a, event *b, size_t n)
{
    size_t at = 0;
    bool sorting = false;
    for (size_t i = from + 1; i < expected->count && expected->events[i].kind != EVENT_OP;) {
        if (expected->events[i].kind == EVENT_MARK) {
            sorting = expected->events[i++].id != 0;
            continue;
        }
        size_t begin = at;
        while (i < expected->count && is_callout(&expected->events[i])) i++, at++;
        if (sorting) {
            size_t end = at < n ? at : n;
            qsort(a + begin, end - begin, sizeof *a, compare_events);
            qsort(b + begin, end - begin, sizeof *b, compare_events);
        }
        if (begin == at) i++, at++;
    }
}

/* The worst mark in the operation that begins at `from`: 0, 1 or 2. */
static long disorder_in(const event_log *expected, size_t from)
{
    long worst = 0;
    for (size_t i = from + 1; i < expected->count && expected->events[i].kind != EVENT_OP; i++)
        if (expected->events[i].kind == EVENT_MARK && expected->events[i].id > worst)
            worst = expected->events[i].id;
    return worst;
}

static long operations_from(const event_log *log, size_t at)
{
    long n = 0;
    for (; at < log->count; at++) n += log->events[at].kind == EVENT_OP;
    return n;
}

bool logs_agree(const event_log *expected, const event_log *actual, comparison *result)
{
    enum { MAX = 1 << 15 };
    static event a[MAX], b[MAX];
    size_t i = 0, k = 0;
    *result = (comparison){0, 0, 0, 0};
    while (i < expected->count && k < actual->count) {
        size_t from = i;
        long disorder = disorder_in(expected, from);
        result->at = expected->events[i].id;
        if (disorder == 2) {
            result->skipped = operations_from(expected, from);
            return true;
        }
        size_t n = copy_op(expected, &i, a, MAX), got = copy_op(actual, &k, b, MAX);
        if (n != got) return false;
        sort_disordered(expected, from, a, b, n);
        for (size_t e = 0; e < n; e++)
            if (compare_events(&a[e], &b[e]) != 0) return false;
        ++*(disorder ? &result->unsorted : &result->exact);
    }
    return i == expected->count && k == actual->count;
}

static void print_event(FILE *out, const event *e)
{
    static const char *const kinds[] = {"op", "=", "collection", "callback", "finalize", "clear"};
    fprintf(out, "%s %ld", kinds[e->kind], e->id);
    if (e->kind == EVENT_MARK && e->id != 0) fputs(" (out of order)", out);
    if (e->value) fprintf(out, " sees %#lx", (unsigned long)e->value);
}

static void print_side(FILE *out, const char *name, const event_log *log, long at)
{
    size_t i = 0;
    while (i < log->count && !(log->events[i].kind == EVENT_OP && log->events[i].id == at)) i++;
    fprintf(out, "  %s:", name);
    for (i++; i < log->count && log->events[i].kind != EVENT_OP; i++) {
        fputs(" | ", out);
        print_event(out, &log->events[i]);
    }
    fputc('\n', out);
}

void logs_print(FILE *out, const event_log *expected, const event_log *actual, long at)
{
    fprintf(out, "first difference in operation %ld\n", at);
    print_side(out, "CPython", expected, at);
    print_side(out, "recount", actual, at);
}
