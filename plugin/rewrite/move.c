/* SPDX-License-Identifier: MIT
 *
 * Moves: a variable that is returned, or given to a parameter that steals, on its last use hands over its
 * reference. Nothing reads it afterwards, so nobody can tell that it kept none.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

enum { HELD = 1, MOVED = 2 };

bool local_moved_by(const plan *p, ir_local_id local, const ir_insn *insn)
{
    for (size_t i = 0; i < p->moves.n; i++)
        if (p->moves.at[i].local == local && p->moves.at[i].insn == insn) return true;
    return false;
}

bool use_moves(const plan *p, const use *u)
{
    for (size_t i = 0; i < p->moves.n; i++)
        if (p->moves.at[i].insn == u->insn && p->moves.at[i].arg == u->arg) return true;
    return use_transfers(p, u);
}

static bool touches(const ir_insn *insn, ir_local_id local)
{
    return insn->place.base == IR_BASE_LOCAL && insn->place.id == local;
}

/* Scans a block's instructions; true when a read of the local was found. *through: the local's life goes on
 * after it. */
static bool block_reads(const ir_block *block, size_t from, ir_local_id local, bool *through)
{
    *through = true;
    for (size_t i = from; i < block->n; i++) {
        const ir_insn *insn = &block->insns[i];
        if (!touches(insn, local)) continue;
        if (insn->op == IR_OP_load || insn->op == IR_OP_addr) return true;
        if (insn->op == IR_OP_end || insn->op == IR_OP_decl) {
            *through = false;
            return false;
        }
    }
    return false;
}

static bool read_later(const plan *p, size_t pos, ir_local_id local)
{
    const ir_func *f = p->func;
    bool *seen = x_calloc(f->block_count, sizeof *seen);
    VEC(ir_block_id) work = {0};
    ir_block_id id = p->block_of[pos];
    size_t from = (size_t)(p->order[pos] - f->blocks[id].insns) + 1;
    bool reads = false, through;
    for (;;) {
        const ir_block *block = &f->blocks[id];
        reads = block_reads(block, from, local, &through);
        if (reads) break;
        if (through && block->n) {
            const ir_insn *last = &block->insns[block->n - 1];
            for (size_t i = 0; i < last->succ_count; i++) {
                if (seen[last->succ[i]]) continue;
                seen[last->succ[i]] = true;
                vec_push(&work, last->succ[i]);
            }
        }
        if (!work.n) break;
        id = vec_pop(&work);
        from = 0;
    }
    vec_fini(&work);
    free(seen);
    return reads;
}

/* How often the full expression reads the local: more than the moved read itself. */
static bool read_beside(const plan *p, ir_local_id local, ir_full_id full)
{
    size_t reads = 0;
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->full == full && p->order[i]->op == IR_OP_load && touches(p->order[i], local))
            reads++;
    return reads > 1;
}

static void find_moves(plan *p)
{
    for (size_t t = 1; t < p->func->temp_count; t++) {
        const value *v = &p->values[t];
        if (v->kind != VALUE_BORROWED || !v->local || !p->locals[v->local].owned) continue;
        if (p->func->locals[v->local].address_taken || p->locals[v->local].hold != HOLD_STRONG) continue;
        if (p->locals[v->local].counted == COUNTED_ARRAY) continue;
        const ir_local *local = &p->func->locals[v->local]; /* the runtime knows where a weak field stands */
        if (!local->is_literal && type_has_weak(p->rw, local->type)) continue;
        for (size_t i = 0; i < v->uses.n; i++) {
            const use *u = &v->uses.at[i];
            bool moves = u->kind == USE_RETURN || (u->kind == USE_STEAL && !read_later(p, u->pos, v->local) &&
                                                   !local_moved_by(p, v->local, u->insn));
            move m = {v->local, u->insn, u->arg, u->span};
            if (moves) vec_push(&p->moves, m);
        }
    }
}

/* The state after the block. `report`: notes the ends that have nothing to release, and whether the variable has to be
 * NULL where it was moved from. */
static unsigned flow(plan *p, const ir_block *block, ir_local_id local, unsigned state, bool report)
{
    for (size_t i = 0; i < block->n; i++) {
        const ir_insn *insn = &block->insns[i];
        if (insn->op != IR_OP_ret && insn->op != IR_OP_end && local_moved_by(p, local, insn)) state = MOVED;
        bool ends = p->func->locals[local].is_param ? insn->op == IR_OP_ret
                                                    : insn->op == IR_OP_end && touches(insn, local);
        if (ends && report) {
            if (state == (HELD | MOVED)) p->locals[local].nulled = true;
            if (state == MOVED) {
                move m = {.local = local, .insn = insn}; /* this end has nothing to release */
                vec_push(&p->moves, m);
            }
        }
        if (!touches(insn, local)) continue;
        if (insn->op == IR_OP_decl) state = HELD;
        if (insn->op == IR_OP_store) {
            null_fact fact = {local, insn};
            if (report && insn->sub != IR_STORE_INIT && state == MOVED) vec_push(&p->nulls, fact);
            if (report && insn->sub != IR_STORE_INIT && state == (HELD | MOVED))
                p->locals[local].nulled = true;
            state = HELD;
        }
    }
    return state;
}

/* What the local holds at the start of each block: forward data flow over its moves. */
static unsigned *states(plan *p, ir_local_id local)
{
    const ir_func *f = p->func;
    unsigned *in = x_calloc(f->block_count, sizeof *in);
    in[1] = HELD;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t b = 1; b < f->block_count; b++) {
            if (!in[b] || !f->blocks[b].n) continue;
            unsigned state = flow(p, &f->blocks[b], local, in[b], false);
            const ir_insn *last = &f->blocks[b].insns[f->blocks[b].n - 1];
            for (size_t i = 0; i < last->succ_count; i++) {
                if ((in[last->succ[i]] | state) == in[last->succ[i]]) continue;
                in[last->succ[i]] |= state;
                changed = true;
            }
        }
    }
    return in;
}

static void follow_moves(plan *p, ir_local_id local)
{
    unsigned *in = states(p, local);
    for (size_t b = 1; b < p->func->block_count; b++)
        if (in[b]) flow(p, &p->func->blocks[b], local, in[b], true);
    free(in);
}

bool moves_settle(plan *p, ir_local_id local)
{
    size_t moves = p->moves.n, nulls = p->nulls.n;
    bool nulled = p->locals[local].nulled;
    p->locals[local].nulled = false;
    follow_moves(p, local);
    bool settles = !p->locals[local].nulled;
    p->locals[local].nulled = nulled;
    p->moves.n = moves;
    p->nulls.n = nulls;
    return settles;
}

/* Whether the end of the call's full expression may find the variable unmoved, or assigned again. */
static bool is_settled_late(const plan *p, const move *m)
{
    const ir_insn *first = NULL;
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (insn->full != m->insn->full) continue;
        if (!first) first = insn;
        if (insn->op == IR_OP_store && touches(insn, m->local)) return true;
        if (insn == m->insn && p->block_of[i] != p->block_of[insn_position(p, first)]) return true;
    }
    return false;
}

/* A variable that only some paths move from is NULL afterwards, so that its release is right on all. */
static void null_moved(plan *p, const move *m)
{
    rewriter *rw = p->rw;
    const ir_local *local = &p->func->locals[m->local];
    const char *none =
        p->locals[m->local].counted == COUNTED_REF
            ? "NULL"
            : arena_printf(&rw->out->arena, "(%s){0}", ir_type_of(rw->unit, local->type)->spelling);
    if (p->func->fulls[m->insn->full].kind == IR_FULL_EXPR && !read_beside(p, m->local, 0) &&
        !is_settled_late(p, m)) {
        cleanup c = {arena_printf(&rw->out->arena, "%s = %s", local->name, none), NULL, false};
        c.clear = c.text;
        full_cleanup(p, m->insn->full, c);
        return;
    }
    if (!may_wrap(p, m->insn, m->span)) return;
    ir_opnd moved = m->insn->op == IR_OP_call ? m->insn->args[m->arg] : m->insn->a;
    ir_type_id type = moved.kind == IR_TEMP ? p->func->temp_types[moved.temp] : local->type;
    const char *name = helper_new(p, p->func->fulls[m->insn->full].stmt, type, "m", NULL);
    wrap(p, RANK_MOVE, m->span, arena_printf(&rw->out->arena, "(%s = ", name),
         arena_printf(&rw->out->arena, ", %s = %s, %s)", local->name, none, name));
}

static void drop_move(plan *p, size_t i)
{
    memmove(&p->moves.at[i], &p->moves.at[i + 1], (p->moves.n - i - 1) * sizeof *p->moves.at);
    p->moves.n--;
}

void plan_moves(plan *p)
{
    find_moves(p);
    for (size_t i = p->moves.n; i-- > 0;) {
        /* A move in a condition, beside another read of the variable, is not worth the text. */
        const move *m = &p->moves.at[i];
        ir_full_kind kind = p->func->fulls[m->insn->full].kind;
        if (m->insn->op == IR_OP_call && kind != IR_FULL_RETURN && read_beside(p, m->local, m->insn->full) &&
            (kind != IR_FULL_EXPR || is_settled_late(p, m)))
            drop_move(p, i);
    }
    optimise_move(p);
    size_t found = p->moves.n;
    bool *done = x_calloc(p->func->local_count, sizeof *done);
    for (size_t i = 0; i < found; i++) {
        ir_local_id local = p->moves.at[i].local;
        if (p->moves.at[i].insn->op == IR_OP_ret || done[local]) continue;
        done[local] = true;
        follow_moves(p, local);
    }
    for (size_t i = 0; i < found; i++)
        if (p->locals[p->moves.at[i].local].nulled && p->moves.at[i].insn->op != IR_OP_ret)
            null_moved(p, &p->moves.at[i]);
    free(done);
}
