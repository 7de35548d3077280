/* SPDX-License-Identifier: MIT
 *
 * How likely a path is, and how sure that makes what is found on it. A path is *rare* when some call on it fails that,
 * given what it asks for, fails only where memory has run out and the like (RC_KIND(fails_rarely)), or a body all of
 * whose failures are such. What is rare can be true and is still the last that anybody mends: it is told from what an ordinary run may
 * meet. Of two ways to the same state the one that is not rare is kept.
 */
#include <string.h>

#include "own_p.h"

/* The function, or the member that a function pointer was loaded from. */
static const char *callee_of(const engine *e, const ir_insn *call)
{
    if (call->a.kind == IR_NAME) return e->unit->decls.at[call->a.name].name;
    const ir_insn *load = call->a.kind == IR_TEMP ? e->defs[call->a.temp] : NULL;
    if (!load || load->op != IR_OP_load || !load->place.step_count) return NULL;
    const ir_step *last = &load->place.steps[load->place.step_count - 1];
    if (last->kind != IR_STEP_FIELD) return NULL;
    return e->unit->records.at[last->record].fields[last->field].name;
}

static bool is_kind(const engine *e, const char *kind, const ir_insn *call)
{
    const char *name = callee_of(e, call);
    return name && contract_is_kind(e->contracts, kind, name);
}

static const contract_fn *body_of(const engine *e, const ir_insn *call)
{
    const char *name = callee_of(e, call);
    return name && !contract_find(e->contracts, name) ? own_summary_find(e->summaries, name) : NULL;
}

static bool fails_rarely(const engine *e, const ir_insn *call)
{
    const contract_fn *body = body_of(e, call);
    if (body) return body->fails_rarely;
    bool reads = call->arg_count && call->args[0].kind == IR_STRING && is_kind(e, "reads_text", call);
    return reads || is_kind(e, "fails_rarely", call);
}

static const ir_insn *call_behind(const engine *e, const value *x)
{
    const ir_insn *made = x->kind == VAL_SYM && x->part == 0 && x->n <= e->insn_count ? e->insns[x->n] : NULL;
    return made && made->op == IR_OP_call ? made : NULL;
}

/* The call that is found to have failed where `v` is `truth`: it gave NULL, or a status below or other than zero. */
static const ir_insn *failed_call(const engine *e, own_val v, bool truth)
{
    const value *x = own_value(e, v);
    while (x->kind == VAL_EXPR && own_value(e, x->b)->kind == VAL_INT) {
        int64_t n = own_value(e, x->b)->n;
        if ((x->op == IR_EQ || x->op == IR_NE) && n == 0)
            truth ^= x->op == IR_EQ, v = x->a, x = own_value(e, v);
        else if ((x->op == IR_LT && n == 0) || (x->op == IR_EQ && n == -1))
            return truth ? call_behind(e, own_value(e, x->a)) : NULL;
        else if ((x->op == IR_GE && n == 0) || (x->op == IR_NE && n == -1))
            return truth ? NULL : call_behind(e, own_value(e, x->a));
        else
            return NULL;
    }
    const ir_insn *call = call_behind(e, x);
    if (!call) return NULL;
    bool pointer = ir_type_of(e->unit, call->type)->kind == IR_POINTER;
    return truth != pointer ? call : NULL;
}

bool own_is_rare(const engine *e, const ir_insn *insn, trace_kind kind, own_val v)
{
    if (kind == TRACE_FAILS) return fails_rarely(e, insn);
    if (kind != TRACE_TRUE && kind != TRACE_FALSE) return false;
    const ir_insn *call = failed_call(e, v, kind == TRACE_TRUE);
    return call && fails_rarely(e, call);
}

void own_fail_rarely(engine *e, state *s, const ir_insn *call)
{
    if (!s->trace || s->trace->rare || !fails_rarely(e, call)) return;
    trace *t = arena_alloc(&e->arena, sizeof *t);
    *t = *s->trace;
    t->rare = true;
    s->trace = t;
}

bool own_fails_rarely(const engine *e)
{
    size_t failures = 0;
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        const ir_insn *call = r->maybe_null ? call_behind(e, own_value(e, r->val)) : NULL;
        bool handed_on = call && r->way == WAY_OPEN;
        if (r->way == WAY_SUCCESS || (r->way == WAY_OPEN && !handed_on)) continue;
        failures++;
        if (!(r->trace && r->trace->rare) && !(call && fails_rarely(e, call))) return false;
    }
    return failures > 0;
}

/* ---- confidence ------------------------------------------------------------------------------------------------------- */

static bool is(const char *check, const char *one)
{
    return strcmp(check, one) == 0;
}

/* NULL that a body gives, and NULL that is an answer and no failure, may be ruled out by what the caller knows. */
static bool may_know_better(const engine *e, const ir_insn *call)
{
    const char *name = callee_of(e, call);
    const contract_fn *fn = name ? contract_find(e->contracts, name) : NULL;
    return fn ? !fn->raises : body_of(e, call) != NULL;
}

/* The path asked whether an argument is a certain static object, other than what is returned: a caller that passes such a mark
 * may have agreed with the function on what it is lent. */
static bool has_mark(const engine *e, const defect *d)
{
    for (const trace *t = d->trace; t && t->insn; t = t->up) {
        const value *x = own_value(e, t->val);
        if ((t->kind != TRACE_TRUE && t->kind != TRACE_FALSE) || x->kind != VAL_EXPR) continue;
        bool same = x->op == (t->kind == TRACE_TRUE ? IR_EQ : IR_NE);
        const value *a = own_value(e, x->a), *b = own_value(e, x->b);
        bool mark = b->kind == VAL_ADDR && own_slot_at(e, b->slot)->kind == SLOT_GLOBAL;
        if (same && mark && a->kind == VAL_SYM && a->n > e->insn_count && x->a != d->val && x->b != d->val)
            return true;
    }
    return false;
}

static bool is_likely(const engine *e, const defect *d)
{
    if (d->trace && d->trace->rare) return false;
    if (is(d->check, "missing-incref") && has_mark(e, d)) return false;
    const ir_insn *maker = call_behind(e, own_value(e, d->val));
    if (!maker) return true;
    if (is(d->check, "unchecked-result")) return !fails_rarely(e, maker) && !may_know_better(e, maker);
    return !is(d->check, "use-after-release") || !is_kind(e, "looks_up", maker);
}

/* What an assertion is given stands where the macro is used: the line tells. */
static bool is_asserted(const engine *e, const ir_insn *at)
{
    for (uint32_t i = 1; i <= e->insn_count; i++) {
        const ir_insn *insn = e->insns[i];
        if (insn->span.line != at->span.line || insn->span.file != at->span.file || !insn->macro) continue;
        if (contract_is_kind(e->contracts, "asserts", insn->macro)) return true;
    }
    return false;
}

/* ---- paths that contradict themselves ------------------------------------------------------------------------------------ */

enum { MOST_QUESTIONS = 64 };

static bool is_same_field(const ir_place *a, const ir_place *b)
{
    if (!a->step_count || !b->step_count) return false;
    const ir_step *x = &a->steps[a->step_count - 1], *y = &b->steps[b->step_count - 1];
    return x->kind == IR_STEP_FIELD && y->kind == IR_STEP_FIELD && x->record == y->record &&
           x->field == y->field;
}

static bool calls_writer(const engine *e, const ir_insn *insn, const ir_place *place)
{
    const ir_step *last = place->step_count ? &place->steps[place->step_count - 1] : NULL;
    return insn->op == IR_OP_call && insn->a.kind == IR_NAME && last && last->kind == IR_STEP_FIELD &&
           own_writes_field(e->writes, insn->a.name, last->record, last->field);
}

static bool is_same_local(const ir_place *a, const ir_place *b)
{
    return a->base == IR_BASE_LOCAL && b->base == IR_BASE_LOCAL && a->id == b->id;
}

/* Whether what was read from `place` at one instruction may have been written before it is read at the other: anywhere for
 * memory, between the two for a variable that nobody else sees. */
static bool is_written(const engine *e, const ir_place *place, uint32_t from, uint32_t to)
{
    bool local = !place->step_count;
    if (local && (place->base != IR_BASE_LOCAL || e->exposed[place->id] || from >= to)) return true;
    for (uint32_t i = local ? from : 1; i <= (local ? to : e->insn_count); i++) {
        const ir_insn *insn = e->insns[i];
        bool writes = insn->op == IR_OP_store || insn->op == IR_OP_zero || insn->op == IR_OP_addr ||
                      insn->op == IR_OP_decl;
        if (writes && (local ? is_same_local(&insn->place, place) : is_same_field(&insn->place, place)))
            return true;
        if (calls_writer(e, insn, place)) return true;
    }
    return false;
}

/* Whether a condition asks about nothing but constants, and places that are not written meanwhile. */
static bool asks_the_same(const engine *e, const ir_opnd *o, uint32_t from, uint32_t to, int depth)
{
    enum { DEEPEST_QUESTION = 6 };
    const ir_insn *insn = o->kind == IR_TEMP && depth < DEEPEST_QUESTION ? e->defs[o->temp] : NULL;
    if (!insn) return o->kind == IR_INTEGER || o->kind == IR_NULL;
    if (insn->op == IR_OP_load) return !is_written(e, &insn->place, from, to);
    if (insn->op == IR_OP_addr) return insn->place.base == IR_BASE_GLOBAL;
    if (insn->op != IR_OP_bin && insn->op != IR_OP_un && insn->op != IR_OP_cast) return false;
    return asks_the_same(e, &insn->a, from, to, depth + 1) &&
           (insn->op != IR_OP_bin || asks_the_same(e, &insn->b, from, to, depth + 1));
}

static bool is_question(const trace *t)
{
    ir_sub sub = t->insn->sub;
    bool loops = sub == IR_BR_WHILE || sub == IR_BR_DO || sub == IR_BR_FOR;
    return (t->kind == TRACE_TRUE || t->kind == TRACE_FALSE) && !loops;
}

static uint32_t number_of(const engine *e, const ir_insn *insn)
{
    uint32_t i = 1;
    while (i < e->insn_count && e->insns[i] != insn) i++;
    return i;
}

/* Where the object that a defect is about comes from: what the path asked before is of interest only where it asks again. */
static bool begins(const engine *e, const trace *t, own_val object)
{
    if (t->kind != TRACE_ACQUIRE && t->kind != TRACE_BORROW) return false;
    const value *x = own_value(e, t->val), *y = own_value(e, object);
    return t->val == object ||
           (x->kind == VAL_SYM && y->kind == VAL_SYM && x->n == y->n && x->part == y->part);
}

/* Something was found to be so and then not, though the function writes to it at no point in between: some call may have
 * changed a field, or two ways were joined that a variable told apart. What the code takes for granted is neither; of the
 * second the path is doubtful, and what was found can be true all the same. */
static confidence trust_in(engine *e, const trace *path, own_val object)
{
    const ir_insn *asked[MOST_QUESTIONS];
    const char *denied[MOST_QUESTIONS];
    confidence most = CONFIDENCE_HIGH;
    size_t n = 0;
    bool before = false;
    for (const trace *t = path; t && t->insn && n < MOST_QUESTIONS; t = t->up) {
        before |= begins(e, t, object);
        const char *said = is_question(t) ? own_branch_text(e, t->insn, t->kind == TRACE_TRUE) : "";
        if (!strchr(said, '\'') || strstr(said, "(...)"))
            continue; /* a macro's name stands for several questions */
        for (size_t i = 0; i < n; i++) {
            if (asked[i] == t->insn || strcmp(denied[i], said) != 0) continue;
            if (asks_the_same(e, &t->insn->a, 0, 0, 0)) return CONFIDENCE_LOW;
            if (asks_the_same(e, &t->insn->a, number_of(e, t->insn), number_of(e, asked[i]), 0))
                most = CONFIDENCE_MEDIUM;
        }
        if (before) continue;
        asked[n] = t->insn;
        denied[n++] = own_branch_text(e, t->insn, t->kind != TRACE_TRUE);
    }
    return most;
}

confidence own_weigh(engine *e, const defect *d)
{
    confidence most = trust_in(e, d->trace, d->val);
    bool given = call_behind(e, own_value(e, d->val)) != NULL;
    if (is_asserted(e, d->at) || (e->merged && str_starts(d->check, "null-") && !given))
        return CONFIDENCE_LOW;
    bool once = e->fills_statics && strstr(d->check, "leak");
    if (most == CONFIDENCE_HIGH && (e->merged || once || !is_likely(e, d))) most = CONFIDENCE_MEDIUM;
    return most < d->confidence ? most : d->confidence;
}
