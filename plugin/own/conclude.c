/* SPDX-License-Identifier: MIT
 *
 * What is certain only when all exits of a function are known: whether it returns new or borrowed references,
 * and which exit breaks that promise.
 */
#include <string.h>

#include "own_p.h"

bool own_promises_new(const engine *e)
{
    return e->own_contract && e->own_contract->result == CONTRACT_RESULT_NEW;
}

static size_t count_returns(const engine *e, int kind)
{
    size_t n = 0;
    for (size_t i = 0; i < e->exits.n; i++) n += (int)e->exits.at[i].returned == kind;
    return n;
}

static void report_borrowed(engine *e, const exit_record *r, bool promised)
{
    state s = {.trace = r->trace};
    for (size_t i = 0; i < e->defects.n && r->is_static; i++) /* of `a ? True : False` one is enough */
        if (e->defects.at[i].at == r->at && strcmp(e->defects.at[i].check, "missing-incref") == 0) return;
    defect *d = own_defect(e, &s, "missing-incref", r->at, r->val);
    if (!d) return;
    d->held = 0, d->expected = 1;
    d->confidence = promised ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM;
    d->message =
        promised
            ? own_text(e, "%s is returned without a reference for the caller", own_describe(e, r->val))
            : own_text(e, "%s is returned without a reference for the caller; other paths return a new one",
                       own_describe(e, r->val));
}

static bool is_borrowed(const exit_record *r)
{
    return r->returned == RETURNS_BORROWED || r->returned == RETURNS_PARAM;
}

static void report_dead(engine *e, const exit_record *r)
{
    state s = {.trace = r->trace};
    defect *d = own_defect(e, &s, "use-after-release", r->at, r->val);
    if (!d) return;
    d->held = 0, d->expected = 1;
    d->message = own_text(e, "%s is returned after its last reference was released", own_describe(e, r->val));
}

/* Another exit returns a new reference and leaves the argument as it came: no caller can tell which of the two it got. */
static bool leaves_argument(const engine *e, int param)
{
    for (size_t i = 0; i < e->exits.n; i++) {
        const exit_record *r = &e->exits.at[i];
        const struct exit_param *p = &r->params[param];
        bool touched = p->held || p->escaped || p->stored || p->kept || p->null;
        if (r->returned == RETURNS_OWNED && r->param != param && !touched) return true;
    }
    return false;
}

/* A function is known to return new references by its place in a table or its annotation; else when other
 * exits do. */
static void check_borrowed_returns(engine *e)
{
    bool promised = own_promises_new(e);
    size_t owned = count_returns(e, RETURNS_OWNED);
    for (size_t i = 0; i < e->exits.n; i++)
        if (e->exits.at[i].returned == RETURNS_DEAD) report_dead(e, &e->exits.at[i]);
    if (e->own_contract ? !promised : !owned) return;
    for (size_t i = 0; i < e->exits.n; i++) {
        const exit_record *r = &e->exits.at[i];
        bool same =
            r->returned == RETURNS_PARAM && r->params[r->param].held == 0 && leaves_argument(e, r->param);
        if (is_borrowed(r) && (promised || r->is_static || r->by_contract || same))
            report_borrowed(e, r, promised);
    }
}

/* ---- exits that disagree about an argument ------------------------------------------------------------- */

/* What one exit leaves the caller of a reference to argument i beyond those that it came with. */
static int left_over(const exit_record *r, size_t i)
{
    bool returned = r->param == (int)i && (r->returned == RETURNS_OWNED || r->returned == RETURNS_PARAM);
    return r->params[i].held - (returned && r->params[i].held > 0);
}

static bool is_out_of_sight(const struct exit_param *p)
{
    return p->escaped || p->stored;
}

/* Every success leaves the argument's count as it was. */
static bool success_is_even(const engine *e, size_t i)
{
    size_t successes = 0;
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        if (is_out_of_sight(&r->params[i])) return false;
        if (r->way == WAY_FAILURE) continue;
        bool object = r->returned == RETURNS_OWNED || r->returned == RETURNS_PARAM;
        if ((r->way == WAY_OPEN && !object) || left_over(r, i) != 0) return false;
        if (r->returned == RETURNS_PARAM && r->param == (int)i) return false;
        successes++;
    }
    return successes > 0;
}

static void report_uneven(engine *e, const exit_record *r, size_t i)
{
    state s = {.trace = r->trace};
    own_val v = own_symbol(e, e->insn_count + 1 + (uint32_t)i, 0, 0);
    int n = left_over(r, i);
    defect *d = own_defect(e, &s, n > 0 ? "leak-on-error" : "over-release", r->at, v);
    if (!d) return;
    d->held = n, d->expected = 0;
    d->confidence = CONFIDENCE_MEDIUM;
    d->message = n > 0
                     ? own_text(e, "%s leaks: this failure leaves with %d held, success with none",
                                own_describe(e, v), n)
                     : own_text(e, "%s is released on this failure, but not on success", own_describe(e, v));
}

/* Failures that add a reference, when success adds none, lose it; some that drop one, when others do not, drop the
 * caller's (inconsistent path pairs: Mao and others, ASPLOS 2016). */
static void check_uneven(engine *e, size_t i)
{
    if (!success_is_even(e, i)) return;
    size_t failures = 0, drops = 0;
    bool kept = false;
    for (size_t x = 0; x < e->exits.n; x++) {
        kept |= e->exits.at[x].params[i].kept;
        if (e->exits.at[x].way != WAY_FAILURE || e->exits.at[x].params[i].null) continue;
        failures++, drops += left_over(&e->exits.at[x], i) < 0;
    }
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        if (r->way != WAY_FAILURE) continue;
        int n = left_over(r, i);
        if (n > 0 || (n < 0 && !kept && drops < failures)) report_uneven(e, r, i);
    }
}

static void check_arguments(engine *e)
{
    if (e->own_contract) return;
    const ir_decl *decl = &e->unit->decls.at[e->func->decl];
    for (size_t i = 0; i < decl->param_count; i++) check_uneven(e, i);
}

static void report_silent_failure(engine *e, const exit_record *r)
{
    state s = {.trace = r->trace};
    defect *d = own_defect(e, &s, "error-not-set", r->at, 0);
    if (!d) return;
    d->message = r->error == ERR_EITHER
                     ? "failure is returned, but what was not found set no exception on this path"
                     : "failure is returned, but no exception was set on this path";
}

/* A success, or an object that a call has just made of numbers and texts; one that was given objects may be NULL. */
static bool is_result(const engine *e, const exit_record *r)
{
    const value *x = own_value(e, r->val);
    if (r->way != WAY_OPEN) return r->way == WAY_SUCCESS;
    const ir_insn *made = x->kind == VAL_SYM && x->n <= e->insn_count ? e->insns[x->n] : NULL;
    if (!made || made->op != IR_OP_call || made->a.kind != IR_NAME) return false;
    return contract_is_kind(e->contracts, "leaves", e->unit->decls.at[made->a.name].name);
}

static void report_swallowed(engine *e, const exit_record *r)
{
    state s = {.trace = r->trace};
    defect *d = own_defect(e, &s, "error-swallowed", r->at, 0);
    if (!d) return;
    d->confidence = CONFIDENCE_MEDIUM;
    d->message = "success is returned, but the exception that was set on this path is still there";
}

static void check_errors(engine *e)
{
    if (!e->own_contract || !e->own_contract->raises) return;
    for (size_t i = 0; i < e->exits.n; i++) {
        const exit_record *r = &e->exits.at[i];
        bool fails = r->way == WAY_FAILURE || e->own_contract->failure == CONTRACT_FAILS_ALWAYS;
        bool certain = fails && !r->doubtful && (r->error == ERR_CLEAR || r->error == ERR_EITHER) &&
                       own_value(e, r->val)->kind == VAL_INT;
        if (certain) report_silent_failure(e, r);
        if (r->error_sure && !r->doubtful && is_result(e, r)) report_swallowed(e, r);
    }
}

/* ---- errors by argument -------------------------------------------------------------------------------- */

static bool is_error(const engine *e, ir_type_id type)
{
    ir_record_id record;
    return ir_type_is_pointer_to_record(e->unit, type, &record) &&
           contract_is_kind(e->contracts, "errors", e->unit->records.at[record].name);
}

bool own_is_error_out(const engine *e, size_t i)
{
    const ir_decl *decl = &e->unit->decls.at[e->func->decl];
    const ir_type *type = i < decl->param_count ? ir_type_of(e->unit, decl->params[i].type) : NULL;
    return type && type->kind == IR_POINTER && is_error(e, type->of);
}

/* Whether a variable of the function's own catches the errors of what it calls: that one is set where such a call failed is
 * known to the call alone. */
static bool catches_errors(const engine *e)
{
    for (size_t i = 1; i < e->func->local_count; i++)
        if (!e->func->locals[i].is_param && is_error(e, e->func->locals[i].type)) return true;
    return false;
}

/* NULL, or 0 where other exits return another number. */
static bool is_nothing(const exit_record *r)
{
    return r->returns_pointer ? r->returned == RETURNS_NULL : r->is_number && r->number == 0;
}

/* Some exit returns nothing and has told why; those that return something have not. */
static bool tells_by(const engine *e, size_t i)
{
    size_t told = 0, good = 0;
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        told += is_nothing(r) && r->params[i].told;
        good += !is_nothing(r) && (r->returns_pointer || r->is_number);
        if (!is_nothing(r) && !r->returns_pointer && r->is_number && r->number < 0) return false;
    }
    return told > 0 && good > 0;
}

/* What a macro returns from an assertion about the arguments is no failure that anybody is told of. */
static void check_told(engine *e, size_t i)
{
    if (!own_is_error_out(e, i) || catches_errors(e) || !tells_by(e, i)) return;
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        if (!is_nothing(r) || r->params[i].told || r->params[i].null || r->doubtful || r->at->macro) continue;
        if (own_value(e, r->val)->kind != VAL_INT) continue;
        state s = {.trace = r->trace};
        defect *d = own_defect(e, &s, "error-not-set", r->at, 0);
        if (!d) continue;
        d->confidence = CONFIDENCE_MEDIUM;
        d->message = own_text(e, "failure is returned, but '%s' is not set on this path as it is on others",
                              e->unit->decls.at[e->func->decl].params[i].name);
    }
}

void own_conclude(engine *e)
{
    if (e->incomplete) return;
    check_borrowed_returns(e);
    check_arguments(e);
    check_errors(e);
    for (size_t i = 0; i < e->unit->decls.at[e->func->decl].param_count; i++) check_told(e, i);
}
