/* SPDX-License-Identifier: MIT
 *
 * The fixpoint: states wait at blocks, are carried through them in reverse postorder, and are joined where
 * they agree on the property (state.c). Loops end because counts are bounded, bindings only go, and ranges
 * only widen to landmarks.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

enum { FINE_STATES = 48, MOST_STATES = 400, MOST_STEPS = 250000, MOST_VISITS = 4000 };

/* ---- setting up ---------------------------------------------------------------------------------------- */

static void number_instructions(engine *e)
{
    const ir_func *f = e->func;
    e->insn_base = arena_alloc(&e->arena, (f->block_count + 1) * sizeof *e->insn_base);
    uint32_t n = 1;
    for (ir_block_id b = 1; b < f->block_count; b++) {
        e->insn_base[b] = n;
        n += (uint32_t)f->blocks[b].n;
    }
    e->insn_count = n - 1;
    e->insns = arena_alloc(&e->arena, (n + 1) * sizeof *e->insns);
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) e->insns[e->insn_base[b] + i] = &f->blocks[b].insns[i];
    e->defs = arena_alloc(&e->arena, (f->temp_count + 1) * sizeof *e->defs);
    for (uint32_t i = 1; i <= e->insn_count; i++)
        if (e->insns[i]->dst) e->defs[e->insns[i]->dst] = e->insns[i];
    e->elements = arena_alloc(&e->arena, (n + 1) * sizeof *e->elements);
}

/* The natural loop of a back edge: everything that reaches its source without passing its head. */
static void mark_loop(engine *e, ir_block_id head, ir_block_id from, bool *in)
{
    VEC(ir_block_id) pending = {0};
    bool *seen = x_calloc(e->func->block_count, sizeof *seen);
    seen[head] = true;
    in[head] = true;
    if (from != head) vec_push(&pending, from);
    while (pending.n) {
        ir_block_id b = vec_pop(&pending);
        if (seen[b]) continue;
        seen[b] = in[b] = true;
        for (size_t i = 0; i < e->cfg.pred_counts[b]; i++) vec_push(&pending, e->cfg.preds[b][i]);
    }
    free(seen);
    vec_fini(&pending);
}

static void find_loops(engine *e)
{
    bool *in = x_calloc(e->func->block_count, sizeof *in);
    for (size_t i = 0; i < e->cfg.rpo_count; i++) {
        ir_block_id b = e->cfg.rpo[i];
        if (!e->func->blocks[b].n) continue;
        const ir_insn *last = &e->func->blocks[b].insns[e->func->blocks[b].n - 1];
        for (size_t k = 0; k < last->succ_count; k++)
            if (e->rpo_index[last->succ[k]] <= i) mark_loop(e, last->succ[k], b, in);
    }
    e->in_loop = arena_alloc(&e->arena, (e->insn_count + 2) * sizeof *e->in_loop);
    for (ir_block_id b = 1; b < e->func->block_count; b++)
        for (size_t i = 0; i < e->func->blocks[b].n; i++) e->in_loop[e->insn_base[b] + i] = in[b];
    free(in);
}

void own_engine_init(engine *e)
{
    own_values_init(e);
    number_instructions(e);
    ir_cfg_init(&e->cfg, e->func);
    e->rpo_index = arena_alloc(&e->arena, (e->func->block_count + 1) * sizeof *e->rpo_index);
    for (size_t i = 0; i < e->cfg.rpo_count; i++) e->rpo_index[e->cfg.rpo[i]] = (uint32_t)i;
    find_loops(e);
    e->exposed = arena_alloc(&e->arena, (e->func->local_count + 1) * sizeof *e->exposed);
    e->blocks = x_calloc(e->func->block_count + 1, sizeof *e->blocks);
    e->live = own_live_new(e);
    e->step_limit = MOST_STEPS;
    e->state_limit = e->options && e->options->max_states ? e->options->max_states : MOST_STATES;
}

static void free_states(state_vec *v)
{
    for (size_t i = 0; i < v->n; i++) own_state_free(v->at[i]);
    vec_fini(v);
}

void own_engine_fini(engine *e)
{
    for (size_t b = 0; b <= e->func->block_count; b++) free_states(&e->blocks[b].at);
    free(e->blocks);
    free_states(&e->now);
    vec_fini(&e->next);
    vec_fini(&e->defects);
    vec_fini(&e->exits);
    own_live_free(e->live);
    ir_cfg_fini(&e->cfg);
    own_values_fini(e);
    arena_fini(&e->arena);
}

/* ---- waiting states ------------------------------------------------------------------------------------ */

static void give_up(engine *e, const char *why, const ir_insn *at)
{
    if (!e->incomplete) e->incomplete = why, e->incomplete_at = at;
}

/* Joins s into an equal state or adds it; s is consumed. */
static void add_state(engine *e, block_states *b, state *s)
{
    s->key = own_key(e, s, b->coarse);
    for (size_t i = 0; i < b->at.n; i++) {
        state *old = b->at.at[i];
        if (old->key != s->key || !own_same(e, old, s, b->coarse)) continue;
        if (own_join(e, old, s)) old->waiting = true;
        own_state_free(s);
        return;
    }
    s->waiting = true;
    vec_push(&b->at, s);
}

/* Too many states for the fine key: join those that differ in what matters less. */
static void coarsen(engine *e, block_states *b)
{
    state_vec old = b->at;
    b->at = (state_vec){0};
    b->coarse = e->merged = true;
    for (size_t i = 0; i < old.n; i++) add_state(e, b, old.at[i]);
    vec_fini(&old);
}

static void send(engine *e, ir_block_id to, state *s)
{
    block_states *b = &e->blocks[to];
    own_collect(e, s);
    add_state(e, b, s);
    if (!b->coarse && b->at.n > FINE_STATES) coarsen(e, b);
    if (b->at.n > e->state_limit)
        give_up(e, "too many states", e->func->blocks[to].n ? e->func->blocks[to].insns : NULL);
}

/* ---- terminators --------------------------------------------------------------------------------------- */

static void leave(engine *e, state *s, const ir_insn *insn, uint32_t number, ir_block_id to)
{
    own_bury(e, s, insn, number);
    send(e, to, s);
}

static void branch(engine *e, state *s, const ir_insn *insn, uint32_t number)
{
    own_val v = own_operand(e, s, &insn->a);
    state *other = own_state_copy(s);
    bool open = own_truth(e, s, v) < 0;
    if (own_assume(e, s, v, true)) {
        if (open) own_note(e, s, insn, TRACE_TRUE, v, NULL, NULL);
        leave(e, s, insn, number, insn->succ[0]);
    } else {
        own_state_free(s);
    }
    if (own_assume(e, other, v, false)) {
        if (open) own_note(e, other, insn, TRACE_FALSE, v, NULL, NULL);
        leave(e, other, insn, number, insn->succ[1]);
    } else {
        own_state_free(other);
    }
}

/* What is left for the default: cases at the ends of the range are not it. false: nothing. */
static bool assume_default(engine *e, state *s, own_val v, const ir_insn *insn)
{
    int64_t lo, hi;
    if (!own_range(e, s, v, &lo, &hi)) return true;
    for (bool again = true; again && lo <= hi;) {
        again = false;
        for (size_t i = 0; i < insn->case_count && lo <= hi; i++) {
            const ir_case *c = &insn->cases[i];
            if (c->low <= lo && lo <= c->high && c->high < INT64_MAX)
                lo = c->high + 1, again = true;
            else if (c->low <= hi && hi <= c->high && c->low > INT64_MIN)
                hi = c->low - 1, again = true;
        }
    }
    return lo <= hi && own_constrain(e, s, v, lo, hi);
}

static bool has_default(const ir_func *f, ir_stmt_id chosen)
{
    for (ir_stmt_id i = 1; i < f->stmt_count; i++) {
        if (f->stmts[i].kind != IR_STMT_DEFAULT) continue;
        ir_stmt_id up = f->stmts[i].parent;
        while (up && f->stmts[up].kind != IR_STMT_SWITCH) up = f->stmts[up].parent;
        if (up == chosen) return true;
    }
    return false;
}

/* A default that does nothing but leave is there for what cannot be. */
static bool gives_up_at_once(const engine *e, ir_block_id to)
{
    const ir_block *block = &e->func->blocks[to];
    for (size_t i = 0; i < block->n; i++)
        if (block->insns[i].op != IR_OP_end && block->insns[i].op != IR_OP_ret) return false;
    return block->n > 0;
}

static void choose(engine *e, state *s, const ir_insn *insn, uint32_t number)
{
    own_val v = own_operand(e, s, &insn->a);
    const value *x = own_value(e, v);
    bool constant = x->kind == VAL_INT, taken = false;
    int64_t n = x->n;
    for (size_t i = 0; i < insn->case_count && !taken; i++) {
        const ir_case *c = &insn->cases[i];
        if (constant && (n < c->low || n > c->high)) continue;
        state *copy = own_state_copy(s);
        if (own_constrain(e, copy, v, c->low, c->high)) {
            own_note(e, copy, insn, TRACE_CASE, (own_val)i, NULL, NULL);
            leave(e, copy, insn, number, insn->succ[i]);
        } else {
            own_state_free(copy);
        }
        taken = constant;
    }
    if (taken || (!constant && !assume_default(e, s, v, insn))) {
        own_state_free(s);
        return;
    }
    ir_block_id other = insn->succ[insn->succ_count - 1];
    if (!constant && (gives_up_at_once(e, other) || !has_default(e->func, insn->stmt))) s->doubtful = true;
    leave(e, s, insn, number, other);
}

static void scatter(engine *e, state *s, const ir_insn *insn, uint32_t number)
{
    for (size_t i = 1; i < insn->succ_count; i++) leave(e, own_state_copy(s), insn, number, insn->succ[i]);
    if (insn->succ_count)
        leave(e, s, insn, number, insn->succ[0]);
    else
        own_state_free(s);
}

static void terminate(engine *e, state *s, const ir_insn *insn, uint32_t number)
{
    e->current = number;
    switch (insn->op) {
    case IR_OP_br: branch(e, s, insn, number); break;
    case IR_OP_switch: choose(e, s, insn, number); break;
    case IR_OP_ret:
        own_exit(e, s, insn);
        own_state_free(s);
        break;
    case IR_OP_stop: own_state_free(s); break;
    default: scatter(e, s, insn, number); break;
    }
}

/* ---- the loop ------------------------------------------------------------------------------------------ */

static void run_block(engine *e, ir_block_id id)
{
    const ir_block *block = &e->func->blocks[id];
    block_states *b = &e->blocks[id];
    for (size_t i = 0; i < b->at.n; i++) {
        if (!b->at.at[i]->waiting) continue;
        b->at.at[i]->waiting = false;
        vec_push(&e->now, own_state_copy(b->at.at[i]));
    }
    b->visits++;
    for (size_t i = 0; i + 1 < block->n && e->now.n; i++) own_execute(e, id, i);
    uint32_t last = e->insn_base[id] + (uint32_t)block->n - 1;
    state_vec ready = e->now;
    e->now = (state_vec){0};
    for (size_t i = 0; i < ready.n; i++) terminate(e, ready.at[i], &block->insns[block->n - 1], last);
    vec_fini(&ready);
}

static bool has_waiting(const block_states *b)
{
    for (size_t i = 0; i < b->at.n; i++)
        if (b->at.at[i]->waiting) return true;
    return false;
}

static ir_block_id next_block(const engine *e)
{
    for (size_t i = 0; i < e->cfg.rpo_count; i++)
        if (has_waiting(&e->blocks[e->cfg.rpo[i]])) return e->cfg.rpo[i];
    return 0;
}

static state *entry_state(engine *e)
{
    state *s = own_state_new();
    s->error = ERR_CLEAR;
    for (ir_local_id i = 1; i < e->func->local_count; i++) {
        const ir_local *local = &e->func->locals[i];
        ir_type_kind kind = ir_type_of(e->unit, local->type)->kind;
        if (!local->is_param || kind == IR_RECORD || kind == IR_FLOAT) continue;
        own_val v = own_symbol(e, e->insn_count + 1 + local->param, 0, 0);
        fact *f = own_fact_make(s, v);
        f->origin = ORIGIN_PARAM;
        own_type_range(ir_type_of(e->unit, local->type), f);
        if (local->type && e->own_contract && local->param < e->own_contract->param_count &&
            e->own_contract->params[local->param].effect == CONTRACT_STEALS)
            f->origin = ORIGIN_NEW, f->held = 1;
        own_bind(s, own_slot_root(e, SLOT_LOCAL, i), v);
    }
    return s;
}

void own_solve(engine *e)
{
    if (e->func->block_count < 2 || !e->cfg.rpo_count) return;
    send(e, 1, entry_state(e));
    for (ir_block_id b; !e->incomplete && (b = next_block(e)) != 0;) {
        if (!e->func->blocks[b].n) break;
        run_block(e, b);
        if (e->steps > e->step_limit) give_up(e, "too many steps", e->func->blocks[b].insns);
        if (e->blocks[b].visits > MOST_VISITS) give_up(e, "a loop does not settle", e->func->blocks[b].insns);
    }
}
