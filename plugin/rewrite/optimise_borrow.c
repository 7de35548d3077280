/* SPDX-License-Identifier: MIT
 *
 * Variables that need no reference of their own, since all that they ever hold is borrowed from something that keeps it
 * (optimise_chain.c) from the assignment to the end of the variable's lifetime. Why that cannot be observed: the object
 * has another reference all the while, so the release that is left out would not have been its last.
 *
 * At the end of its lifetime a variable that is not read any more may outlive what it is borrowed from: when nothing can
 * look at the difference, that is, when no finalizer is behind its class and no call comes in between.
 *
 * All candidates are taken at first, and given up until what is left holds together: a cursor may borrow from another
 * one. A function that asks for reference counts keeps them all.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

bool asks_counts(const plan *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->op == IR_OP_call && p->order[i]->a.kind == IR_NAME &&
            strcmp(p->rw->unit->decls.at[p->order[i]->a.name].name, "rc_refcount") == 0)
            return true;
    return false;
}

/* ---- what releases --------------------------------------------------------------------------------------- */
bool is_stolen_at(const plan *p, ir_local_id local, const ir_insn *call)
{
    for (size_t t = 1; t < p->func->temp_count; t++) {
        const value *v = &p->values[t];
        for (size_t i = 0; v->local == local && i < v->uses.n; i++)
            if (v->uses.at[i].kind == USE_STEAL && v->uses.at[i].insn == call) return true;
    }
    return false;
}

/* A new reference that is released at the end of its full expression. */
bool releases_value(const plan *p, const ir_insn *insn)
{
    if (!insn->dst || p->values[insn->dst].kind != VALUE_NEW || p->values[insn->dst].def != insn)
        return false;
    const value *v = &p->values[insn->dst];
    for (size_t i = 0; i < v->uses.n; i++)
        if (v->uses.at[i].kind == USE_STORE || v->uses.at[i].kind == USE_STEAL ||
            v->uses.at[i].kind == USE_RETURN)
            return false;
    return true;
}

/* The end belongs to a `return` of the variable, which hands the object on. */
bool is_returned_at(const plan *p, ir_local_id id, const ir_insn *end)
{
    if (p->func->locals[id].address_taken) return false;
    for (size_t t = 1; t < p->func->temp_count; t++) {
        const value *v = &p->values[t];
        for (size_t i = 0; v->local == id && i < v->uses.n; i++)
            if (v->uses.at[i].kind == USE_RETURN && v->uses.at[i].insn->stmt == end->stmt) return true;
    }
    return false;
}

bool insn_releases(plan *p, const ir_insn *insn)
{
    if (insn->op == IR_OP_end && insn->place.base == IR_BASE_LOCAL)
        return p->locals[insn->place.id].owned && !p->locals[insn->place.id].borrowed &&
               !is_returned_at(p, insn->place.id, insn);
    return insn_drops(p, insn) || releases_value(p, insn);
}

/* ---- from the assignments to the end ----------------------------------------------------------------------- */
static bool is_store_to(const ir_insn *insn, ir_local_id id)
{
    return insn->op == IR_OP_store && ir_is_local(&insn->place, id);
}

static bool ends_life(const plan *p, const ir_insn *insn, ir_local_id id)
{
    if (p->func->locals[id].is_param) return insn->op == IR_OP_ret;
    return ir_is_local(&insn->place, id) && (insn->op == IR_OP_end || insn->op == IR_OP_decl);
}

static bool walk(plan *p, const ir_insn *start, ir_local_id id, bool one_value, visitor *visit, void *context)
{
    const ir_func *f = p->func;
    bool *seen = x_calloc(f->block_count, sizeof *seen), found = false, ended = false;
    VEC(ir_block_id) work = {0};
    ir_block_id at = p->block_of[insn_position(p, start)];
    size_t from = (size_t)(start - f->blocks[at].insns) + 1;
    for (;;) {
        const ir_block *block = &f->blocks[at];
        ended = false;
        for (size_t i = from; i < block->n && !found && !ended; i++) {
            ended = ends_life(p, &block->insns[i], id) || (one_value && is_store_to(&block->insns[i], id));
            if (!ended) found = visit(p, &block->insns[i], id, context);
        }
        if (found) break;
        for (size_t i = 0; !ended && block->n && i < block->insns[block->n - 1].succ_count; i++) {
            ir_block_id next = block->insns[block->n - 1].succ[i];
            if (!seen[next]) vec_push(&work, next);
            seen[next] = true;
        }
        if (!work.n) break;
        at = vec_pop(&work);
        from = 0;
    }
    vec_fini(&work);
    free(seen);
    return found;
}

bool walk_life(plan *p, const ir_insn *start, ir_local_id id, visitor *visit, void *context)
{
    return walk(p, start, id, false, visit, context);
}

bool walk_value(plan *p, const ir_insn *start, ir_local_id id, visitor *visit, void *context)
{
    return walk(p, start, id, true, visit, context);
}

static bool visit_call(plan *p, const ir_insn *insn, ir_local_id id, void *context)
{
    (void)p, (void)id, (void)context;
    return insn->op == IR_OP_call || insn->op == IR_OP_asm || insn->op == IR_OP_unknown;
}

static bool visit_read(plan *p, const ir_insn *insn, ir_local_id id, void *context)
{
    (void)p, (void)context;
    return ir_is_local(&insn->place, id) && insn->op != IR_OP_store;
}

/* The instruction is an assignment or the end of a variable, and what is left of the lifetime cannot see what it drops. */
static bool is_unseen(plan *p, const ir_insn *insn, ir_local_id id)
{
    if ((insn->op != IR_OP_store && insn->op != IR_OP_end) || store_is_emptied(p, insn)) return false;
    if (!type_is_quiet(p, insn->type) || !type_is_quiet(p, p->func->locals[id].type)) return false;
    return !walk_life(p, insn, id, visit_read, NULL) && !walk_life(p, insn, id, visit_call, NULL);
}

static bool visit_break(plan *p, const ir_insn *insn, ir_local_id id, void *context)
{
    if (ir_is_local(&insn->place, id) && insn->op == IR_OP_store) return false;
    return chain_broken(p, context, insn, id) && !is_unseen(p, insn, id);
}

/* What is released at the end of the full expression was made before the instruction, perhaps. */
static bool breaks_full(plan *p, const chain *c, const ir_insn *at, ir_local_id id)
{
    for (size_t i = 0; at->full && i < p->count; i++)
        if (p->order[i]->full == at->full && releases_value(p, p->order[i]) &&
            chain_broken(p, c, p->order[i], id))
            return true;
    return false;
}

bool chain_lasts(plan *p, const chain *c, const ir_insn *from, ir_local_id id)
{
    return !c->brief && !breaks_full(p, c, from, id) && !walk_life(p, from, id, visit_break, (void *)c);
}

bool chain_lasts_value(plan *p, const chain *c, const ir_insn *from, ir_local_id id)
{
    return !c->brief && !breaks_full(p, c, from, id) && !walk_value(p, from, id, visit_break, (void *)c);
}

/* ---- candidates ---------------------------------------------------------------------------------------------- */
static bool is_borrowed_value(plan *p, ir_opnd a)
{
    if (a.kind != IR_TEMP) return true;
    const value *v = value_of(p, a);
    if (!v) return false;
    if (v->kind != VALUE_MERGE) return v->kind == VALUE_BORROWED || v->kind == VALUE_NULL;
    for (size_t i = 0; i < v->inputs.n; i++)
        if (!is_borrowed_value(p, v->inputs.at[i]->a)) return false;
    return true;
}

static bool is_candidate(plan *p, ir_local_id id)
{
    const ir_local *local = &p->func->locals[id];
    const local_plan *l = &p->locals[id];
    if (!l->owned || l->counted != COUNTED_REF || l->hold != HOLD_STRONG || local->address_taken ||
        local->is_literal || (local->is_param && !l->retained))
        return false;
    for (size_t i = 0; i < p->count; i++) {
        if (!is_store_to(p->order[i], id)) continue;
        const value *v = value_of(p, p->order[i]->a);
        bool itself = v && v->local == id; /* x = x, which compilers warn about when it stays */
        if (itself || !is_borrowed_value(p, p->order[i]->a)) return false;
    }
    return true;
}

static bool holds(plan *p, ir_local_id id)
{
    chain c = {.class = type_class(p->rw, p->func->locals[id].type)};
    bool lasts = true;
    for (size_t i = 0; i < p->count; i++)
        if (is_store_to(p->order[i], id)) chain_add(p, &c, p->order[i]->a);
    for (size_t i = 0; i < p->reachable && lasts; i++)
        if (is_store_to(p->order[i], id)) lasts = chain_lasts(p, &c, p->order[i], id);
    chain_fini(&c);
    return lasts;
}

void optimise_borrow(plan *p)
{
    bool *retained = x_calloc(p->func->local_count, sizeof *retained);
    size_t candidates = 0;
    if (!p->optimise) goto done;
    for (size_t i = 1; i < p->func->local_count; i++) {
        local_plan *l = &p->locals[i];
        if (!is_candidate(p, (ir_local_id)i)) continue;
        retained[i] = l->retained;
        l->borrowed = true;
        l->owned = l->retained = false;
        candidates++;
    }
    if (candidates) slots_need(p->rw);
    for (bool again = candidates > 0; again;) {
        again = false;
        for (size_t i = 1; i < p->func->local_count; i++) {
            local_plan *l = &p->locals[i];
            if (!l->borrowed || holds(p, (ir_local_id)i)) continue;
            l->borrowed = false;
            l->owned = again = true;
            l->retained = retained[i];
        }
    }
done:
    free(retained);
}
