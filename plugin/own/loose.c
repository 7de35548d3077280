/* SPDX-License-Identifier: MIT
 *
 * borrowed-escape: what was borrowed from a container may be gone after a call that releases what the container holds, and,
 * where others can reach the container and change it, after one that runs their code.
 */
#include <string.h>

#include "own_p.h"

/* ---- is it the entry that was borrowed? ----------------------------------------------------------------------------- */

/* What an operand was read from, through casts: a load or the address of something; or NULL. */
static const ir_insn *read_by(const engine *e, const ir_opnd *o)
{
    const ir_insn *insn = o->kind == IR_TEMP ? e->defs[o->temp] : NULL;
    while (insn && insn->op == IR_OP_cast) insn = insn->a.kind == IR_TEMP ? e->defs[insn->a.temp] : NULL;
    return insn && (insn->op == IR_OP_load || insn->op == IR_OP_addr) ? insn : NULL;
}

static bool is_same_key(const engine *e, const ir_opnd *a, const ir_opnd *b)
{
    if (a->kind == IR_STRING && b->kind == IR_STRING) return strcmp(a->text, b->text) == 0;
    const ir_insn *x = read_by(e, a), *y = read_by(e, b);
    return x && y && x->op == y->op && !x->place.step_count && !y->place.step_count &&
           x->place.base == y->place.base && x->place.id == y->place.id;
}

/* Another key of a table names another entry; another number of a sequence may still shift it, or run code when it goes. */
static bool may_be_entry(const engine *e, const ir_insn *call, const contract_fn *fn, size_t container,
                         own_val v)
{
    size_t key = container + 1;
    if (key >= fn->param_count || key >= call->arg_count || !fn->params[key].pointer) return true;
    const value *x = own_value(e, v);
    const ir_insn *made = x->kind == VAL_SYM && x->n <= e->insn_count ? e->insns[x->n] : NULL;
    if (!made || made->op != IR_OP_call || made->arg_count < 2) return false;
    return is_same_key(e, &made->args[1], &call->args[key]);
}

/* ---- what a call may have ended -------------------------------------------------------------------------------------- */

static bool is_lent(const fact *f)
{
    bool lent = f->origin == ORIGIN_BORROWED && f->owner && f->held <= 0;
    return lent && !(f->flags & (FACT_ESCAPED | FACT_INNER | FACT_DEAD | FACT_LOOSE | FACT_STATIC));
}

static bool is_argument(engine *e, const state *s, const ir_insn *insn, own_val v)
{
    for (size_t i = 0; i < insn->arg_count; i++)
        if (own_operand(e, s, &insn->args[i]) == v) return true;
    return false;
}

static void loosen(engine *e, state *s, const ir_insn *insn, const contract_fn *fn, size_t i)
{
    own_val v = s->facts.at[i].val;
    s->facts.at[i].flags |= FACT_LOOSE;
    own_note(e, s, insn, TRACE_LOSE, v, fn->name, fn->source);
}

/* By its maker: an entry of a container that can change. */
static bool is_changeable(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    const ir_insn *made = x->kind == VAL_SYM && x->n <= e->insn_count ? e->insns[x->n] : NULL;
    if (!made || made->op != IR_OP_call || made->a.kind != IR_NAME) return false;
    return contract_is_kind(e->contracts, "borrows_entry", e->unit->decls.at[made->a.name].name);
}

static bool others_reach(const state *s, own_val owner)
{
    const fact *f = own_fact((state *)(uintptr_t)s, owner);
    return f && (f->origin != ORIGIN_NEW || (f->flags & (FACT_ESCAPED | FACT_KEPT)));
}

void own_loosen(engine *e, state *s, const ir_insn *insn, const contract_fn *fn)
{
    bool runs = fn->calls_out && contract_is_kind(e->contracts, "runs_code", fn->name);
    for (size_t p = 0; p < fn->param_count && p < insn->arg_count; p++) {
        own_val container = fn->params[p].drops ? own_operand(e, s, &insn->args[p]) : 0;
        for (size_t i = 0; i < s->facts.n && container; i++) {
            const fact *f = &s->facts.at[i];
            if (!is_lent(f) || f->owner != container || is_argument(e, s, insn, f->val)) continue;
            if (may_be_entry(e, insn, fn, p, f->val)) loosen(e, s, insn, fn, i);
        }
    }
    for (size_t i = 0; i < s->facts.n && runs; i++) {
        const fact *f = &s->facts.at[i];
        if (is_lent(f) && is_changeable(e, f->val) && others_reach(s, f->owner)) loosen(e, s, insn, fn, i);
    }
}

/* ---- a use of it ------------------------------------------------------------------------------------------------------ */

static const char *ended_by(const state *s, own_val v)
{
    for (const trace *t = s->trace; t && t->insn; t = t->up)
        if (t->kind == TRACE_LOSE && t->val == v) return t->what;
    return NULL;
}

void own_touch_loose(engine *e, state *s, const ir_insn *insn, own_val v, const char *what)
{
    fact *f = own_fact(s, v);
    f->flags &= ~(uint32_t)FACT_LOOSE;
    if (f->held > 0) return;
    const char *call = ended_by(s, v);
    own_val owner = f->owner;
    defect *d = call ? own_defect(e, s, "borrowed-escape", insn, v) : NULL;
    if (!d) return;
    d->held = 0, d->expected = 1;
    d->confidence = CONFIDENCE_MEDIUM;
    d->message = own_text(e, "%s %s, but %s may have ended it: only %s held it", own_describe(e, v), what,
                          call, own_describe(e, owner));
}
