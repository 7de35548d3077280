/* SPDX-License-Identifier: MIT
 *
 * From defects to findings: one an object and kind, with the shortest path that was seen, told in the steps
 * that matter to the object. The fingerprint's shape names what made the object and how it ends, never a
 * line.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

const char *own_text(engine *e, const char *format, ...)
{
    strbuf b = {0};
    va_list args;
    va_start(args, format);
    strbuf_vprintf(&b, format, args);
    va_end(args);
    const char *kept = arena_strdup(&e->arena, b.s ? b.s : "");
    strbuf_fini(&b);
    return kept;
}

/* ---- names of things ----------------------------------------------------------------------------------- */

static const ir_insn *maker(const engine *e, const value *x)
{
    return x->kind == VAL_SYM && x->n <= e->insn_count ? e->insns[x->n] : NULL;
}

const char *own_written(const ir_insn *call, const char *name)
{
    if (call->inner_macro && strstr(name, call->inner_macro)) return call->inner_macro;
    return call->macro && strstr(name, call->macro) ? call->macro : name;
}

static const char *callee_name(engine *e, const ir_insn *insn)
{
    if (insn->a.kind == IR_NAME) return own_written(insn, e->unit->decls.at[insn->a.name].name);
    const ir_insn *load = insn->a.kind == IR_TEMP ? e->defs[insn->a.temp] : NULL;
    const char *place = load && load->op == IR_OP_load ? own_place_text(e, &load->place, 0) : NULL;
    return place ? place : "a function pointer";
}

static const char *describe_symbol(engine *e, const value *x)
{
    if (x->n > e->insn_count) {
        const ir_decl *decl = &e->unit->decls.at[e->func->decl];
        size_t i = (size_t)(x->n - e->insn_count - 1);
        return own_text(e, "argument '%s'", i < decl->param_count ? decl->params[i].name : "?");
    }
    const ir_insn *insn = maker(e, x);
    if (insn->op == IR_OP_call)
        return own_text(e, x->part ? "reference that %s gave" : "result of %s", callee_name(e, insn));
    if (insn->op != IR_OP_load) return "value";
    if (insn->macro) return own_text(e, "result of %s", insn->macro);
    const char *place = own_place_text(e, &insn->place, 0);
    return place ? own_text(e, "value of '%s'", place) : "value";
}

/* A static object by the macro that the source calls it by. */
static const char *global_name(engine *e, ir_decl_id id)
{
    for (uint32_t i = 1; i <= e->insn_count; i++) {
        const ir_insn *insn = e->insns[i];
        bool names = insn->op == IR_OP_addr && insn->place.base == IR_BASE_GLOBAL && insn->place.id == id;
        if (names && insn->inner_macro) return insn->inner_macro;
    }
    return e->unit->decls.at[id].source_name;
}

const char *own_describe(engine *e, own_val v)
{
    value x = *own_value(e, v);
    if (x.kind == VAL_SYM) return describe_symbol(e, &x);
    if (x.kind != VAL_ADDR) return "value";
    const slot *root = own_slot_at(e, own_slot_at(e, x.slot)->root);
    if (root->kind == SLOT_GLOBAL) return own_text(e, "'%s'", global_name(e, root->id));
    return root->kind == SLOT_LOCAL ? own_text(e, "'%s'", e->func->locals[root->id].name) : "value";
}

/* ---- collecting ---------------------------------------------------------------------------------------- */

static bool same_object(const engine *e, own_val a, own_val b)
{
    const value *x = own_value(e, a), *y = own_value(e, b);
    if (x->kind == VAL_SYM && y->kind == VAL_SYM) return x->n == y->n && x->part == y->part;
    return a == b;
}

static bool is_leak(const char *check)
{
    return strstr(check, "leak") != NULL;
}

/* One release, or one use, that is wrong is one defect, whatever the object was made by. */
static bool is_at_its_statement(const char *check)
{
    return str_starts(check, "null-") || strcmp(check, "over-release") == 0 ||
           strcmp(check, "stolen-reuse") == 0 || strcmp(check, "use-after-release") == 0;
}

static bool same_defect(const engine *e, const defect *d, const char *check, const ir_insn *at, own_val v)
{
    if (is_at_its_statement(check) && d->at == at && strcmp(d->check, check) == 0) return true;
    if (str_starts(check, "null-")) return false;
    if (!same_object(e, d->val, v)) return false;
    if (is_leak(check) && is_leak(d->check)) return true;
    return strcmp(d->check, check) == 0 && (d->at == at || v);
}

/* A leak on the way out in success says more than one on an error path; else the shorter path wins. */
static bool better(const defect *d, const char *check, const trace *t)
{
    if (is_leak(check) && strcmp(d->check, check) != 0) {
        bool old_error = strcmp(d->check, "leak-on-error") == 0,
             new_error = strcmp(check, "leak-on-error") == 0;
        if (old_error != new_error) return old_error;
    }
    if (!t || !d->trace) return false;
    return t->rare != d->trace->rare ? d->trace->rare : t->length < d->trace->length;
}

bool own_wants(const own_options *options, const char *check)
{
    return !options || !options->enabled || options->enabled(check, options->arg);
}

defect *own_defect(engine *e, const state *s, const char *check, const ir_insn *at, own_val v)
{
    if (!e->report) return NULL;
    if (!own_wants(e->options, check)) return NULL;
    defect *d = NULL;
    for (size_t i = 0; i < e->defects.n && !d; i++)
        if (same_defect(e, &e->defects.at[i], check, at, v)) d = &e->defects.at[i];
    if (d && !better(d, check, s->trace)) return NULL;
    if (!d) d = vec_add(&e->defects);
    *d = (defect){.check = check,
                  .at = at,
                  .val = v,
                  .trace = s->trace,
                  .held = REFS_UNKNOWN,
                  .expected = REFS_UNKNOWN,
                  .confidence = CONFIDENCE_HIGH,
                  .message = check};
    return d;
}

/* ---- steps --------------------------------------------------------------------------------------------- */

diag_place own_place(const ir_unit *unit, const ir_span *span)
{
    const char *file =
        span->file && span->file < unit->files.n ? unit->files.at[span->file].path : unit->path;
    return (diag_place){file, span->line, span->column, span->end_line, span->end_column};
}

static const struct {
    const char *kind, *verb;
} trace_words[] = {
    [TRACE_ENTRY] = {"note", ""},
    [TRACE_ACQUIRE] = {"acquire", "+1 new reference from %s"},
    [TRACE_BORROW] = {"note", "borrowed reference from %s"},
    [TRACE_RETAIN] = {"acquire", "+1 by %s"},
    [TRACE_RELEASE] = {"release", "-1 by %s"},
    [TRACE_STEAL] = {"steal", "-1 stolen by %s"},
    [TRACE_STORE] = {"note", "stored where it outlives the function"},
    [TRACE_KEEP] = {"note", "kept by %s"},
    [TRACE_LOSE] = {"note", "%s may end it: no reference is held here"},
    [TRACE_TRUE] = {"branch", "the condition is true"},
    [TRACE_FALSE] = {"branch", "the condition is false"},
    [TRACE_CASE] = {"branch", "this case is taken"},
    [TRACE_SUCCEEDS] = {"call", "%s succeeds"},
    [TRACE_FAILS] = {"call", "%s fails"},
    [TRACE_NULL] = {"call", "%s finds nothing"},
};

static bool is_event(trace_kind kind)
{
    return kind >= TRACE_ACQUIRE && kind <= TRACE_LOSE;
}
static bool is_branch(trace_kind kind)
{
    return kind >= TRACE_TRUE;
}

enum { MOST_STEPS = 24 };

/* Two branches of one macro's expansion at one place: its inside, which the source does not show. */
static bool is_same_expansion(const trace *a, const trace *b)
{
    if (!a || !b || !a->insn || !b->insn || a->insn == b->insn || !a->insn->macro || !b->insn->macro)
        return false;
    return is_branch(a->kind) && is_branch(b->kind) && strcmp(a->insn->macro, b->insn->macro) == 0 &&
           a->insn->span.line == b->insn->span.line && a->insn->span.column == b->insn->span.column;
}

static bool is_inside_macro(const trace *t, const trace *after)
{
    return is_branch(t->kind) && (is_same_expansion(t, t->up) || is_same_expansion(t, after));
}

/* The steps of the path from where the object appears, newest first; branches before that do not matter. */
static size_t relevant(const engine *e, const defect *d, const trace **out)
{
    size_t n = 0, last_event = 0;
    const trace *after = NULL;
    for (const trace *t = d->trace; t && t->insn && n < MOST_STEPS; after = t, t = t->up) {
        if (is_inside_macro(t, after)) continue;
        bool event = is_event(t->kind) && same_object(e, t->val, d->val);
        if (event || (is_branch(t->kind) && (!d->val || n == 0 || out[n - 1]->insn != t->insn))) out[n++] = t;
        if (event) last_event = n;
        if (event && (t->kind == TRACE_ACQUIRE || t->kind == TRACE_BORROW)) break;
    }
    return d->val && last_event ? last_event : n < 4 ? n : 4;
}

static const char *verb_of(engine *e, const trace *t)
{
    switch (t->kind) {
    case TRACE_TRUE: return own_branch_text(e, t->insn, true);
    case TRACE_FALSE: return own_branch_text(e, t->insn, false);
    case TRACE_CASE: return own_case_text(e, t->insn, t->val);
    default: return trace_words[t->kind].verb;
    }
}

/* The contract or body that a call's effect rests on. */
static const char *source_of(const engine *e, const trace *t)
{
    if (t->why || t->insn->op != IR_OP_call || t->insn->a.kind != IR_NAME) return t->why;
    const char *name = e->unit->decls.at[t->insn->a.name].name;
    const contract_fn *fn = contract_find(e->contracts, name);
    if (!fn) fn = own_summary_find(e->summaries, name);
    return fn ? fn->source : NULL;
}

static void add_step(engine *e, diag *out, const trace *t, int held, int expected)
{
    const char *what = t->what ? own_written(t->insn, t->what) : "";
    strbuf text = {0};
    const char *verb = verb_of(e, t),
               *hole = is_branch(t->kind) && t->kind < TRACE_SUCCEEDS ? NULL : strstr(verb, "%s");
    if (hole) {
        strbuf_addn(&text, verb, (size_t)(hole - verb));
        strbuf_add(&text, what);
        strbuf_add(&text, hole + 2);
    } else {
        strbuf_add(&text, verb);
    }
    const char *source = source_of(e, t);
    if (source) strbuf_printf(&text, " (%s)", source);
    if (is_event(t->kind) && held != REFS_UNKNOWN) strbuf_printf(&text, ": %d held", held);
    diag_add_step(&e->result->findings, out, trace_words[t->kind].kind, own_place(e->unit, &t->insn->span),
                  held, held == REFS_UNKNOWN ? REFS_UNKNOWN : expected, "%s", text.s);
    strbuf_fini(&text);
}

static void add_steps(engine *e, diag *out, const defect *d)
{
    const trace *steps[MOST_STEPS];
    size_t n = relevant(e, d, steps);
    int held = REFS_UNKNOWN;
    while (n-- > 0) {
        if (is_event(steps[n]->kind)) held = steps[n]->held;
        add_step(e, out, steps[n], held, d->expected);
    }
    if (d->held == REFS_UNKNOWN) return;
    const char *verb = d->at->op == IR_OP_ret ? "leaves with" : "here";
    diag_add_step(&e->result->findings, out, d->at->op == IR_OP_ret ? "exit" : "note",
                  own_place(e->unit, &d->at->span), d->held, d->expected, "%s %d held, %d expected", verb,
                  d->held, d->expected);
}

static const char *shape_of(engine *e, const defect *d)
{
    value x = *own_value(e, d->val);
    const ir_insn *insn = maker(e, &x);
    const char *from = insn && insn->op == IR_OP_call ? callee_name(e, insn) : own_describe(e, d->val);
    return own_text(e, "%s:%s", from, ir_ops[d->at->op].name);
}

static int by_place(const void *a, const void *b)
{
    const ir_span *x = &((const defect *)a)->at->span, *y = &((const defect *)b)->at->span;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    if (x->column != y->column) return x->column < y->column ? -1 : 1;
    return strcmp(((const defect *)a)->check, ((const defect *)b)->check);
}

/* A text that is included twice has its defects once, whatever its functions and calls are named each time. */
static bool is_reported(const engine *e, const defect *d, const diag_place *place)
{
    const diag_list *all = &e->result->findings;
    const char *function = e->unit->decls.at[e->func->decl].source_name;
    for (size_t i = 0; i < all->n; i++) {
        const diag *old = &all->at[i];
        bool again = strcmp(old->message, d->message) == 0 || strcmp(old->function, function) != 0;
        if (old->place.line == place->line && old->place.column == place->column &&
            strcmp(old->check, d->check) == 0 && again && strcmp(old->place.file, place->file) == 0)
            return true;
    }
    return false;
}

/* The body of this unit that failed last before the leak, when nothing else happened in between; or NULL. */
static const char *failing_body(engine *e, const defect *d)
{
    const trace *t = d->trace;
    if (strcmp(d->check, "leak-on-error") != 0 || !t || t->kind != TRACE_FAILS || !t->what) return NULL;
    return own_summary_find(e->summaries, t->what) ? t->what : NULL;
}

/* A function with more than two leaks of a kind does not clean up at all: that is one finding, with a list. */
static bool is_crowd(const engine *e, const char *check)
{
    enum { MOST_OF_A_KIND = 2 };
    size_t n = 0;
    for (size_t i = 0; i < e->defects.n; i++) n += strcmp(e->defects.at[i].check, check) == 0;
    return is_leak(check) && n > MOST_OF_A_KIND;
}

/* The same happens to what the same call made before, or one exit forgets several objects: the first is the function's
 * finding, and shows where else. */
static defect *first_alike(engine *e, const defect *d, const char *shape)
{
    bool crowd = is_crowd(e, d->check), leaves = is_leak(d->check) && d->at->op == IR_OP_ret;
    for (defect *o = e->defects.at; o < d; o++) {
        bool alike = crowd || (leaves && o->at == d->at) || strcmp(o->shape, shape) == 0;
        if (o->finding && strcmp(o->check, d->check) == 0 && alike) return o;
    }
    return NULL;
}

static void add_alike(engine *e, const defect *first, const defect *d)
{
    diag *out = &e->result->findings.at[first->finding - 1];
    confidence sure = own_weigh(e, d);
    if (sure > out->confidence) out->confidence = sure;
    diag_place at = own_place(e->unit, &d->at->span);
    if (at.line == out->place.line && strcmp(d->message, out->message) == 0) return; /* said already */
    diag_add_step(&e->result->findings, out, "note", at, d->held, d->expected, "and here: %s", d->message);
}

void own_report(engine *e)
{
    if (e->defects.n) qsort(e->defects.at, e->defects.n, sizeof *e->defects.at, by_place);
    for (size_t i = 0; i < e->defects.n; i++) {
        defect *d = &e->defects.at[i];
        diag_place place = own_place(e->unit, &d->at->span);
        d->shape = shape_of(e, d);
        defect *first = first_alike(e, d, d->shape);
        if (first) add_alike(e, first, d);
        if (first) continue;
        const char *body = failing_body(e, d);
        if (is_reported(e, d, &place)) continue;
        if (body && !own_first_of_cause(e->summaries, body, e->result->findings.n)) continue;
        diag *out = diag_add(&e->result->findings, d->check, place, "%s", d->message);
        d->finding = e->result->findings.n;
        out->confidence = own_weigh(e, d);
        out->function = arena_strdup(e->result->findings.arena, e->unit->decls.at[e->func->decl].source_name);
        out->shape = arena_strdup(e->result->findings.arena, d->shape);
        out->place.file = arena_strdup(e->result->findings.arena, out->place.file);
        add_steps(e, out, d);
        own_propose(e, out, d);
    }
}
