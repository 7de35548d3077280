/* SPDX-License-Identifier: MIT
 *
 * Moves: a variable that is returned, or given to a parameter that steals, on its last use hands over its
 * reference. Nothing reads it afterwards, so nobody can tell that it kept none.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

enum { HELD = 1, MOVED = 2, EMPTY = 4 /* NULL for certain */ };

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

/* ---- other reads in the same full expression ---------------------------------------------------- */
static bool contains(ir_span outer, ir_span inner)
{
    return inner.file == outer.file && inner.begin >= outer.begin && inner.end <= outer.end;
}

/* The full expression around all statement expressions that the instruction is part of. */
ir_full_id whole_full(const plan *p, const ir_insn *insn)
{
    ir_full_id full = insn->full;
    for (ir_stmt_id id = insn->stmt; id; id = p->func->stmts[id].parent)
        if (p->func->stmts[id].stmt_expr) full = p->func->stmts[id].in_full;
    return full;
}

static const ir_span *argument_around(const ir_insn *call, ir_span span)
{
    for (size_t i = 0; i < call->arg_count; i++)
        if (contains(call->arg_spans[i], span)) return &call->arg_spans[i];
    return NULL;
}

static bool in_operand(const plan *p, ir_opnd operand, ir_span span)
{
    const ir_insn *def = operand.kind == IR_TEMP ? p->values[operand.temp].def : NULL;
    return def && contains(def->span, span);
}

/* Whether the two stand in different operands of the instruction, which C may evaluate in either order. */
static bool are_operands(const plan *p, const ir_insn *of, ir_span a, ir_span b)
{
    if (!contains(of->span, a) || !contains(of->span, b)) return false;
    switch (of->op) {
    case IR_OP_call: return argument_around(of, a) != argument_around(of, b);
    case IR_OP_store: return contains(of->place_span, a) != contains(of->place_span, b);
    case IR_OP_bin:
        return !(in_operand(p, of->a, a) && in_operand(p, of->a, b)) &&
               !(in_operand(p, of->b, a) && in_operand(p, of->b, b));
    default: return false;
    }
}

static bool consumes(const ir_insn *insn, ir_temp temp)
{
    bool found = (insn->a.kind == IR_TEMP && insn->a.temp == temp) ||
                 (insn->b.kind == IR_TEMP && insn->b.temp == temp) ||
                 (insn->place.base == IR_BASE_MEMORY && insn->place.id == temp);
    for (size_t i = 0; i < insn->place.step_count && !found; i++) {
        const ir_step *step = &insn->place.steps[i];
        found = step->kind == IR_STEP_INDEX && step->index.kind == IR_TEMP && step->index.temp == temp;
    }
    for (size_t i = 0; i < insn->arg_count && !found; i++)
        found = insn->args[i].kind == IR_TEMP && insn->args[i].temp == temp;
    return found;
}

/* A reference that the call's other arguments hold by itself, whatever becomes of the variable. */
static bool is_kept_apart(const plan *p, const value *v)
{
    if (v->kind == VALUE_NEW || v->kind == VALUE_NULL) return true;
    if (v->kind == VALUE_BORROWED) return !v->stable;
    for (size_t i = 0; v->kind == VALUE_MERGE && i < v->inputs.n; i++) {
        const value *input = value_of((plan *)p, v->inputs.at[i]->a);
        if (input && !is_kept_apart(p, input)) return false;
    }
    return v->kind == VALUE_MERGE;
}

/* Whether the argument is the object itself or a pointer into it, and not a reference that the call takes. */
static bool is_lent_to(plan *p, const ir_insn *call, ir_temp temp)
{
    const value *v = &p->values[value_root(p, temp)];
    const ir_type *type = ir_type_of(p->rw->unit, p->func->temp_types[temp]);
    if (v->kind == VALUE_OTHER ? type->kind != IR_POINTER : is_kept_apart(p, v)) return false;
    for (size_t i = 0; i < call->arg_count; i++)
        if (call->args[i].kind == IR_TEMP && call->args[i].temp == temp &&
            call_effect(p, call, i) != EFFECT_STEALS)
            return true;
    return false;
}

/* Whether what was read, or what was computed from it, is used by the call or behind it. */
static bool is_in_use(plan *p, ir_temp temp, size_t from, size_t call)
{
    for (size_t i = from + 1; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (!consumes(insn, temp)) continue;
        if (i > call || (i == call && is_lent_to(p, insn, temp))) return true;
        if (i < call && insn->dst && is_in_use(p, insn->dst, i, call)) return true;
    }
    return false;
}

/* The object is lent to the call beside the reference that the call takes, or C may read the variable after the call. */
static bool is_lent(plan *p, ir_local_id local, const value *moved, const use *u)
{
    const ir_insn *call = u->insn;
    ir_full_id full = whole_full(p, call);
    for (size_t i = 0; i < u->pos; i++) {
        const ir_insn *read = p->order[i];
        if (read == moved->def || read->op != IR_OP_load || !touches(read, local)) continue;
        if (whole_full(p, read) != full) continue;
        if (is_in_use(p, read->dst, i, u->pos)) return true;
        for (size_t k = 0; k < p->count; k++)
            if (p->order[k] != call && p->order[k]->full == full &&
                are_operands(p, p->order[k], read->span, call->span))
                return true;
    }
    return false;
}

/* Whether the call's other arguments read the variable: it may not become NULL beside them. */
static bool read_by_call(const plan *p, const move *m)
{
    size_t reads = 0;
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (insn->op == IR_OP_load && touches(insn, m->local) && contains(m->insn->span, insn->span)) reads++;
    }
    return reads > 1;
}

/* ---- which uses move ---------------------------------------------------------------------------- */
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
            bool moves = u->kind == USE_RETURN ||
                         (u->kind == USE_STEAL && !read_later(p, u->pos, v->local) &&
                          !local_moved_by(p, v->local, u->insn) && !is_lent(p, v->local, v, u));
            move m = {v->local, u->insn, u->arg, u->span};
            if (moves) vec_push(&p->moves, m);
        }
    }
}

/* At -O1 a variable that is NULL, declared so or tested, has nothing to release. */
static bool knows_null(const plan *p, ir_local_id local)
{
    return p->optimise && p->locals[local].counted == COUNTED_REF;
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
            if (state & HELD && state & MOVED) p->locals[local].nulled = true;
            move m = {.local = local, .insn = insn}; /* this end has nothing to release */
            null_fact fact = {local, insn};
            if (!(state & HELD) && state & MOVED) vec_push(&p->moves, m);
            if (state == EMPTY) vec_push(&p->nulls, fact);
        }
        if (!touches(insn, local)) continue;
        if (insn->op == IR_OP_decl) state = knows_null(p, local) ? EMPTY : HELD;
        if (insn->op == IR_OP_store) {
            null_fact fact = {local, insn};
            if (report && insn->sub != IR_STORE_INIT && !(state & HELD)) vec_push(&p->nulls, fact);
            if (report && insn->sub != IR_STORE_INIT && state & HELD && state & MOVED)
                p->locals[local].nulled = true;
            state = knows_null(p, local) && ir_is_null_constant(insn->a) ? EMPTY : HELD;
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
                unsigned out =
                    knows_null(p, local) && edge_says_null(p, &f->blocks[b], i, local) ? EMPTY : state;
                if ((in[last->succ[i]] | out) == in[last->succ[i]]) continue;
                in[last->succ[i]] |= out;
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

/* The variable becomes NULL when the call has returned. */
static void null_behind(plan *p, const move *m, const char *none)
{
    arena *a = &p->rw->out->arena;
    const ir_insn *call = m->insn;
    const char *variable = p->func->locals[m->local].name;
    if (!may_wrap(p, call, call->span)) return;
    if (!call->dst || ir_type_of(p->rw->unit, call->type)->kind == IR_VOID) {
        wrap(p, RANK_READ, call->span, "(", arena_printf(a, ", (void)(%s = %s))", variable, none));
        return;
    }
    const char *name = helper_new(p, p->func->fulls[call->full].stmt, call->type, "m", NULL);
    wrap(p, RANK_READ, call->span, arena_printf(a, "(%s = ", name),
         arena_printf(a, ", %s = %s, %s)", variable, none, name));
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
    if (p->func->fulls[m->insn->full].kind == IR_FULL_EXPR && !is_settled_late(p, m)) {
        cleanup c = {arena_printf(&rw->out->arena, "%s = %s", local->name, none), NULL, false};
        c.clear = c.text;
        full_cleanup(p, m->insn->full, c);
    } else if (m->insn->op == IR_OP_call && read_by_call(p, m)) {
        null_behind(p, m, none);
    } else if (may_wrap(p, m->insn, m->span)) {
        ir_opnd moved = m->insn->op == IR_OP_call ? m->insn->args[m->arg] : m->insn->a;
        ir_type_id type = moved.kind == IR_TEMP ? p->func->temp_types[moved.temp] : local->type;
        const char *name = helper_new(p, p->func->fulls[m->insn->full].stmt, type, "m", NULL);
        wrap(p, RANK_MOVE, m->span, arena_printf(&rw->out->arena, "(%s = ", name),
             arena_printf(&rw->out->arena, ", %s = %s, %s)", local->name, none, name));
    }
}

void plan_moves(plan *p)
{
    find_moves(p);
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
