/* SPDX-License-Identifier: MIT
 *
 * Variables that hold NULL for certain: nothing is released where one ends, and an assignment has nothing to drop. Why
 * that cannot be observed: the release that is left out is one of NULL.
 *
 * Forward data flow, one variable at a time: NULL from its declaration, whatever an assignment says after it, and what a
 * test of the variable says on either branch.
 */
#include "rewrite_p.h"

#include <stdlib.h>

enum { IS_NULL = 1, IS_OTHER = 2, IS_EITHER = IS_NULL | IS_OTHER };

static bool is_null_operand(ir_opnd a)
{
    return a.kind == IR_NULL || (a.kind == IR_INTEGER && a.integer == 0);
}

static unsigned after(const ir_insn *insn, ir_local_id local, unsigned state)
{
    if (!ir_is_local(&insn->place, local)) return state;
    if (insn->op == IR_OP_decl) return IS_NULL;
    if (insn->op == IR_OP_store) return is_null_operand(insn->a) ? IS_NULL : IS_EITHER;
    return state;
}

/* Whether the value is what the variable holds at the end of the block. */
static bool is_held(const plan *p, const ir_block *block, ir_local_id local, ir_temp temp)
{
    bool held = false;
    for (size_t i = 0; i < block->n; i++) {
        const ir_insn *insn = &block->insns[i];
        if (!ir_is_local(&insn->place, local)) continue;
        if (insn->op == IR_OP_load && value_root(p, insn->dst) == temp) held = true;
        if (insn->op == IR_OP_store) held = insn->a.kind == IR_TEMP && value_root(p, insn->a.temp) == temp;
    }
    return held;
}

/* The value that a branch tests against NULL; *when_true: what a true condition says of it. */
static ir_temp tested(const plan *p, const ir_insn *br, unsigned *when_true)
{
    ir_opnd a = br->a;
    *when_true = IS_OTHER;
    while (a.kind == IR_TEMP) {
        const ir_insn *def = p->values[a.temp].def;
        if (p->values[a.temp].kind != VALUE_OTHER && p->values[a.temp].counted == COUNTED_REF)
            return value_root(p, a.temp);
        if (!def) return 0;
        if (def->op == IR_OP_un && def->sub == IR_NOT) {
            *when_true ^= IS_EITHER;
            a = def->a;
        } else if (def->op == IR_OP_bin && (def->sub == IR_EQ || def->sub == IR_NE)) {
            if (!is_null_operand(def->b) && !is_null_operand(def->a)) return 0;
            if (def->sub == IR_EQ) *when_true ^= IS_EITHER;
            a = is_null_operand(def->b) ? def->a : def->b;
        } else if (def->op == IR_OP_cast) {
            a = def->a;
        } else {
            return 0;
        }
    }
    return 0;
}

static bool flow_block(const plan *p, ir_block_id id, ir_local_id local, unsigned *in)
{
    const ir_block *block = &p->func->blocks[id];
    unsigned state = in[id], when_true = 0;
    bool changed = false;
    for (size_t i = 0; i < block->n; i++) state = after(&block->insns[i], local, state);
    const ir_insn *last = &block->insns[block->n - 1];
    ir_temp temp = last->op == IR_OP_br ? tested(p, last, &when_true) : 0;
    bool tells = temp && is_held(p, block, local, temp);
    for (size_t i = 0; i < last->succ_count; i++) {
        unsigned out = state;
        if (tells) out &= i == 0 ? when_true : when_true ^ IS_EITHER;
        changed = changed || (in[last->succ[i]] | out) != in[last->succ[i]];
        in[last->succ[i]] |= out;
    }
    return changed;
}

bool edge_says_null(const plan *p, const ir_block *block, size_t succ, ir_local_id local)
{
    unsigned when_true = 0;
    const ir_insn *last = &block->insns[block->n - 1];
    ir_temp temp = last->op == IR_OP_br ? tested(p, last, &when_true) : 0;
    if (!temp || !is_held(p, block, local, temp)) return false;
    return (succ == 0 ? when_true : when_true ^ IS_EITHER) == IS_NULL;
}

static void find_nulls(plan *p, ir_local_id local)
{
    const ir_func *f = p->func;
    unsigned *in = x_calloc(f->block_count, sizeof *in);
    in[1] = IS_EITHER;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t b = 1; b < f->block_count; b++)
            if (in[b] && f->blocks[b].n && flow_block(p, (ir_block_id)b, local, in)) changed = true;
    }
    for (size_t b = 1; b < f->block_count; b++) {
        unsigned state = in[b];
        for (size_t i = 0; state && i < f->blocks[b].n; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            bool asks = insn->op == IR_OP_ret || (ir_is_local(&insn->place, local) &&
                                                  (insn->op == IR_OP_end || insn->op == IR_OP_store));
            if (asks && state == IS_NULL) {
                null_fact fact = {local, insn};
                vec_push(&p->nulls, fact);
            }
            state = after(insn, local, state);
        }
    }
    free(in);
}

ir_temp branch_tests(const plan *p, const ir_insn *br, bool *when_true)
{
    unsigned says = 0;
    ir_temp temp = br->op == IR_OP_br ? tested(p, br, &says) : 0;
    *when_true = says == IS_OTHER;
    return temp;
}

bool is_null_at(const plan *p, ir_local_id local, const ir_insn *insn)
{
    for (size_t i = 0; i < p->nulls.n; i++)
        if (p->nulls.at[i].local == local && p->nulls.at[i].insn == insn) return true;
    return false;
}

void optimise_null(plan *p)
{
    if (p->rw->options->level == 0) return;
    for (size_t i = 1; i < p->func->local_count; i++) {
        const ir_local *local = &p->func->locals[i];
        const local_plan *l = &p->locals[i];
        if (l->owned && l->counted == COUNTED_REF && l->hold == HOLD_STRONG && !local->address_taken &&
            !local->is_literal)
            find_nulls(p, (ir_local_id)i);
    }
}
