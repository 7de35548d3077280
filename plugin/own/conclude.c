/* SPDX-License-Identifier: MIT
 *
 * What is certain only when all exits of a function are known: whether it returns new or borrowed references,
 * and which exit breaks that promise.
 */
#include "own_p.h"

static bool promises_new(const engine *e)
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

/* A function is known to return new references by its place in a table or its annotation; else when other
 * exits do. */
static void check_borrowed_returns(engine *e)
{
    bool promised = promises_new(e);
    size_t owned = count_returns(e, RETURNS_OWNED);
    if (e->own_contract && !promised) return;
    if (!promised && !owned) return;
    for (size_t i = 0; i < e->exits.n; i++) {
        const exit_record *r = &e->exits.at[i];
        if (is_borrowed(r) && (promised || r->is_static)) report_borrowed(e, r, promised);
        if (r->returned == RETURNS_DEAD) report_dead(e, r);
    }
}

static void report_silent_failure(engine *e, const exit_record *r)
{
    state s = {.trace = r->trace};
    defect *d = own_defect(e, &s, "error-not-set", r->at, 0);
    if (d) d->message = "failure is returned, but no exception was set on this path";
}

static void check_errors(engine *e)
{
    if (!e->own_contract || !e->own_contract->raises) return;
    for (size_t i = 0; i < e->exits.n; i++) {
        const exit_record *r = &e->exits.at[i];
        bool certain =
            r->way == WAY_FAILURE && r->error == ERR_CLEAR && own_value(e, r->val)->kind == VAL_INT;
        if (certain) report_silent_failure(e, r);
    }
}

void own_conclude(engine *e)
{
    if (e->incomplete) return;
    check_borrowed_returns(e);
    check_errors(e);
}
