/* SPDX-License-Identifier: MIT
 *
 * Variables that need no reference of their own. Why that cannot be observed:
 *
 *   - a variable that is initialised from another one, and never assigned, while the other is not assigned either and
 *     lives longer: the other's reference keeps the object alive, and is released at the same place as before;
 *   - a variable that only ever holds what something else owns, in whose whole lifetime nothing is released: whatever
 *     owns the object still does when the variable ends.
 *
 * A function that asks for reference counts keeps them all.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

static bool touches(const ir_insn *insn, ir_local_id local)
{
    return insn->place.base == IR_BASE_LOCAL && insn->place.id == local && !insn->place.step_count;
}

bool asks_counts(const plan *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->op == IR_OP_call && p->order[i]->a.kind == IR_NAME &&
            strcmp(p->rw->unit->decls.at[p->order[i]->a.name].name, "rc_refcount") == 0)
            return true;
    return false;
}

/* ---- another variable owns it ---------------------------------------------------------------------- */
static bool is_stolen(const plan *p, ir_local_id local)
{
    for (size_t t = 1; t < p->func->temp_count; t++) {
        const value *v = &p->values[t];
        for (size_t i = 0; v->local == local && i < v->uses.n; i++)
            if (v->uses.at[i].kind == USE_STEAL) return true;
    }
    return false;
}

static size_t stores_to(const plan *p, ir_local_id local, const ir_insn **last)
{
    size_t n = 0;
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->op == IR_OP_store && touches(p->order[i], local)) n++, *last = p->order[i];
    return n;
}

/* Whether the variable keeps the same reference from where it is initialised to its end. */
static bool is_steady(const plan *p, ir_local_id id)
{
    const ir_local *local = &p->func->locals[id];
    const ir_insn *last = NULL;
    size_t stores = stores_to(p, id, &last);
    if (local->address_taken || p->locals[id].hold != HOLD_STRONG || p->locals[id].counted != COUNTED_REF)
        return false;
    if (local->is_param ? stores > 0 : stores != 1 || last->sub != IR_STORE_INIT) return false;
    return !is_stolen(p, id);
}

static bool owned_by_another(plan *p, ir_local_id id, const ir_insn *store)
{
    const value *v = value_of(p, store->a);
    if (store->sub != IR_STORE_INIT || !v || v->kind != VALUE_BORROWED || !v->local || v->local == id)
        return false;
    const ir_local *owner = &p->func->locals[v->local];
    bool lives_longer = owner->is_param || (encloses(p, owner->scope, p->func->locals[id].stmt) &&
                                            owner->span.begin < p->func->locals[id].span.begin);
    return lives_longer && is_steady(p, v->local);
}

/* ---- nothing is released meanwhile ------------------------------------------------------------------- */
static bool drops_beside(plan *p, const ir_insn *insn, ir_local_id id)
{
    if (insn->op == IR_OP_store && touches(insn, id)) return false;
    if (insn->op == IR_OP_end && insn->place.base == IR_BASE_LOCAL && insn->place.id != id)
        return p->locals[insn->place.id].owned && !p->locals[insn->place.id].borrowed;
    return insn_drops(p, insn);
}

/* A new reference that is released at the end of its full expression. */
static bool releases_value(const plan *p, const ir_insn *insn)
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

static bool block_drops(plan *p, const ir_block *block, size_t from, ir_local_id id, bool *through)
{
    *through = true;
    for (size_t i = from; i < block->n; i++) {
        const ir_insn *insn = &block->insns[i];
        if (insn->op == IR_OP_end && touches(insn, id)) {
            *through = false;
            return false;
        }
        if (drops_beside(p, insn, id) || releases_value(p, insn)) return true;
    }
    return false;
}

/* Follows control from the declaration (the entry, for a parameter) to every end of the variable's life. */
static bool lifetime_drops(plan *p, ir_local_id id)
{
    const ir_func *f = p->func;
    bool *seen = x_calloc(f->block_count, sizeof *seen), drops = false, through;
    VEC(ir_block_id) work = {0};
    size_t from = 0;
    ir_block_id start = 1;
    for (size_t i = 0; i < p->count && !f->locals[id].is_param; i++) {
        if (p->order[i]->op != IR_OP_decl || !touches(p->order[i], id)) continue;
        start = p->block_of[i];
        from = (size_t)(p->order[i] - f->blocks[start].insns) + 1;
    }
    for (ir_block_id at = start;;) {
        const ir_block *block = &f->blocks[at];
        drops = block_drops(p, block, from, id, &through);
        if (drops) break;
        for (size_t i = 0; through && block->n && i < block->insns[block->n - 1].succ_count; i++) {
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
    return drops;
}

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

static bool needs_none(plan *p, ir_local_id id)
{
    const ir_insn *last = NULL;
    size_t stores = stores_to(p, id, &last);
    if (stores == 1 && !p->func->locals[id].is_param && owned_by_another(p, id, last)) return true;
    for (size_t i = 0; i < p->count; i++) {
        if (p->order[i]->op != IR_OP_store || !touches(p->order[i], id)) continue;
        const value *v = value_of(p, p->order[i]->a);
        bool itself = v && v->local == id; /* x = x, which compilers warn about when it stays */
        if (itself || !is_borrowed_value(p, p->order[i]->a)) return false;
    }
    return !lifetime_drops(p, id);
}

void optimise_borrow(plan *p)
{
    if (p->rw->options->level == 0 || asks_counts(p)) return;
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 1; i < p->func->local_count; i++) {
            const ir_local *local = &p->func->locals[i];
            local_plan *l = &p->locals[i];
            bool candidate = l->owned && !l->borrowed && l->counted == COUNTED_REF &&
                             l->hold == HOLD_STRONG && !local->address_taken && !local->is_literal &&
                             (!local->is_param || l->retained);
            if (!candidate || !needs_none(p, (ir_local_id)i)) continue;
            l->borrowed = true;
            l->owned = l->retained = false;
            again = true;
        }
    }
}
