/* SPDX-License-Identifier: MIT
 *
 * Taking out of a place: `x = o->f; o->f = y;` hands the place's reference to x, so neither is x's taken nor the place's
 * dropped. Why that cannot be observed: between the two nothing is called and nothing released, and behind them every
 * count is what it would have been.
 *
 * Both are passed one after the other; on a way out in between there is no reference to hand on. The place is the same when it is spelled from the same variables, which nothing in between
 * assigns.
 */
#include "rewrite_p.h"

#include <stdlib.h>

static bool same_operand(const plan *p, ir_opnd a, ir_opnd b)
{
    if (a.kind != b.kind) return false;
    if (a.kind == IR_INTEGER) return a.integer == b.integer;
    if (a.kind == IR_NONE || a.kind == IR_NULL) return true;
    if (a.kind != IR_TEMP) return false;
    if (a.temp == b.temp) return true;
    const ir_insn *x = p->values[value_root(p, a.temp)].def, *y = p->values[value_root(p, b.temp)].def;
    if (!x || !y || x->op != y->op || x->sub != y->sub) return false;
    if (x->op == IR_OP_load || x->op == IR_OP_addr) return same_place(p, &x->place, &y->place);
    if (x->op == IR_OP_cast || x->op == IR_OP_un) return same_operand(p, x->a, y->a);
    return x->op == IR_OP_bin && same_operand(p, x->a, y->a) && same_operand(p, x->b, y->b);
}

bool same_place(const plan *p, const ir_place *a, const ir_place *b)
{
    if (a->base != b->base || a->step_count != b->step_count) return false;
    if (a->base == IR_BASE_MEMORY) {
        ir_opnd x = {.kind = IR_TEMP, .temp = a->id}, y = {.kind = IR_TEMP, .temp = b->id};
        if (!same_operand(p, x, y)) return false;
    } else if (a->id != b->id) {
        return false;
    }
    for (size_t i = 0; i < a->step_count; i++) {
        const ir_step *x = &a->steps[i], *y = &b->steps[i];
        if (x->kind != y->kind) return false;
        if (x->kind == IR_STEP_FIELD && (x->record != y->record || x->field != y->field)) return false;
        if (x->kind == IR_STEP_INDEX && !same_operand(p, x->index, y->index)) return false;
    }
    return true;
}

/* ---- what is written in between ---------------------------------------------------------------------------- */
static bool reads_operand(const plan *p, ir_opnd a, const ir_place *written);

/* Whether what the place is found by may change by a write to another one: the same variable, or a field of that name,
 * whatever object it is in. */
bool place_depends(const plan *p, const ir_place *a, const ir_place *written)
{
    if (a->base == IR_BASE_MEMORY) {
        ir_opnd base = {.kind = IR_TEMP, .temp = a->id};
        if (reads_operand(p, base, written)) return true;
    }
    for (size_t i = 0; i < a->step_count; i++)
        if (a->steps[i].kind == IR_STEP_INDEX && reads_operand(p, a->steps[i].index, written)) return true;
    return false;
}

bool places_meet(const ir_place *a, const ir_place *b)
{
    const ir_step *x = ir_last_field(a), *y = ir_last_field(b);
    bool same = a->base == b->base && a->id == b->id;
    if (a->base == IR_BASE_LOCAL || b->base == IR_BASE_LOCAL) return same && places_overlap(a, b);
    if (x && y) return x->record == y->record && x->field == y->field;
    if (a->base == IR_BASE_GLOBAL && b->base == IR_BASE_GLOBAL) return a->id == b->id;
    return true;
}

static bool reads_operand(const plan *p, ir_opnd a, const ir_place *written)
{
    const ir_insn *def = a.kind == IR_TEMP ? p->values[value_root(p, a.temp)].def : NULL;
    if (!def) return a.kind == IR_TEMP;
    if (def->op == IR_OP_load)
        return places_meet(&def->place, written) || place_depends(p, &def->place, written);
    if (def->op == IR_OP_addr) return place_depends(p, &def->place, written);
    if (def->op == IR_OP_cast || def->op == IR_OP_un) return reads_operand(p, def->a, written);
    if (def->op == IR_OP_bin) return reads_operand(p, def->a, written) || reads_operand(p, def->b, written);
    return true;
}

/* ---- pairs --------------------------------------------------------------------------------------------------- */
static const use *only_take(const value *v)
{
    const use *take = NULL;
    for (size_t i = 0; i < v->uses.n; i++) {
        const use *u = &v->uses.at[i];
        if (u->kind == USE_PLAIN || u->kind == USE_BASE) continue;
        if (take || u->kind != USE_STORE || u->insn->op != IR_OP_store) return NULL;
        take = u;
    }
    return take;
}

static bool is_calm(plan *p, const ir_insn *insn)
{
    switch (insn->op) {
    case IR_OP_load:
    case IR_OP_cast:
    case IR_OP_copy:
    case IR_OP_un:
    case IR_OP_bin:
    case IR_OP_jump:
    case IR_OP_br:
    case IR_OP_decl: return true;
    case IR_OP_store: return !insn_drops(p, insn);
    default: return false;
    }
}

/* The branch tests what the store takes: it is NULL on the way out, where there is no reference to hand on. */
static bool tests_taken(const plan *p, const ir_insn *br, const ir_insn *take)
{
    bool when_true;
    ir_temp tested = branch_tests(p, br, &when_true);
    if (!tested || take->a.kind != IR_TEMP) return false;
    if (tested == value_root(p, take->a.temp)) return true;
    bool whole = take->place.base == IR_BASE_LOCAL && !take->place.step_count;
    return whole && p->values[tested].local == take->place.id;
}

/* Instructions that control passes one after the other, but for ways out on which the value is NULL. */
typedef struct trace {
    VEC(const ir_insn *) at;
} trace;

static bool is_pair(plan *p, const trace *t, size_t load, size_t store, const ir_insn **take)
{
    const ir_insn *from = t->at.at[load], *to = t->at.at[store];
    const value *v = &p->values[from->dst];
    const use *u = v->kind == VALUE_BORROWED && v->counted == COUNTED_REF ? only_take(v) : NULL;
    bool taken = false;
    if (!u || !same_place(p, &from->place, &to->place)) return false;
    for (size_t i = load + 1; i < store; i++) {
        const ir_insn *insn = t->at.at[i];
        taken = taken || insn == u->insn;
        if (insn->op == IR_OP_br && !(taken && tests_taken(p, insn, u->insn))) return false;
        if (!is_calm(p, insn)) return false;
        if (insn->op != IR_OP_store) continue;
        if (place_depends(p, &to->place, &insn->place) ||
            (insn != u->insn && places_meet(&to->place, &insn->place)))
            return false;
    }
    *take = u->insn;
    return taken;
}

static bool is_taken(const plan *p, const ir_insn *take)
{
    for (size_t i = 0; i < p->transfers.n; i++)
        if (p->transfers.at[i].take == take) return true;
    return false;
}

static void find_pair(plan *p, const trace *t, size_t store)
{
    const ir_insn *insn = t->at.at[store], *take = NULL;
    ir_type_id type;
    bool strong = insn->op == IR_OP_store && insn->sub == IR_STORE_ASSIGN &&
                  insn->place.base != IR_BASE_LOCAL && place_hold(p, &insn->place, &type) == HOLD_STRONG;
    if (!strong || type_counted(p->rw, type) != COUNTED_REF || !insn_drops(p, insn)) return;
    for (size_t i = store; i-- > 0;) {
        if (t->at.at[i]->op != IR_OP_load || !is_pair(p, t, i, store, &take) || is_taken(p, take)) continue;
        transfer pair = {take, insn};
        vec_push(&p->transfers, pair);
        return;
    }
}

bool store_is_emptied(const plan *p, const ir_insn *store)
{
    for (size_t i = 0; i < p->transfers.n; i++)
        if (p->transfers.at[i].store == store) return true;
    return false;
}

bool use_transfers(const plan *p, const use *u)
{
    return u->kind == USE_STORE && is_taken(p, u->insn);
}

/* Where control goes on behind the block when what its branch tests is not NULL; 0: in no one place, or others come there
 * too. */
static ir_block_id next_block(const plan *p, const ir_cfg *cfg, ir_block_id id)
{
    const ir_block *block = &p->func->blocks[id];
    const ir_insn *last = &block->insns[block->n - 1];
    bool when_true = false;
    ir_block_id next = 0;
    if (last->op == IR_OP_jump) next = last->succ[0];
    if (last->op == IR_OP_br && branch_tests(p, last, &when_true)) next = last->succ[when_true ? 0 : 1];
    return next && cfg->pred_counts[next] == 1 ? next : 0;
}

/* One trace a block that no other trace goes on to. */
void optimise_transfer(plan *p)
{
    ir_cfg cfg = {0};
    if (!p->optimise) return;
    ir_cfg_init(&cfg, p->func);
    bool *inside = x_calloc(p->func->block_count, sizeof *inside);
    for (size_t b = 1; b < p->func->block_count; b++)
        if (p->func->blocks[b].n) inside[next_block(p, &cfg, (ir_block_id)b)] = true;
    for (size_t b = 1; b < p->func->block_count; b++) {
        trace t = {0};
        for (ir_block_id at = inside[b] ? 0 : (ir_block_id)b; at && p->func->blocks[at].n;
             at = next_block(p, &cfg, at))
            for (size_t i = 0; i < p->func->blocks[at].n; i++) vec_push(&t.at, &p->func->blocks[at].insns[i]);
        for (size_t i = 1; i < t.at.n; i++) find_pair(p, &t, i);
        vec_fini(&t.at);
    }
    free(inside);
    ir_cfg_fini(&cfg);
}
