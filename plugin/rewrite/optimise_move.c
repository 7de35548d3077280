/* SPDX-License-Identifier: MIT
 *
 * Moves beyond those of the rules: a variable's reference goes into the place that the variable is assigned to, which is
 * no local's, or into the one branch of a returned conditional that reads it. Why that cannot be observed: from the assignment on, the
 * variable is borrowed from the place, which keeps the object (optimise_chain.c) until the variable's release would have
 * dropped the other one of two references; a returned branch is read by nothing else. A place that is reached from the
 * object itself keeps it from all but the collector, which must not run until then.
 *
 * Each variable gives its reference away once on every path. A variable that only some paths move from is NULL
 * afterwards, so nothing may read it there.
 */
#include "rewrite_p.h"

static bool is_take(use_kind kind)
{
    return kind == USE_STORE || kind == USE_STEAL || kind == USE_RETURN || kind == USE_MERGE ||
           kind == USE_YIELD;
}

static size_t takes(const value *v)
{
    size_t n = 0;
    for (size_t i = 0; i < v->uses.n; i++)
        if (is_take(v->uses.at[i].kind)) n++;
    return n;
}

static bool is_returned(const plan *p, const value *v)
{
    if (takes(v) != 1) return false;
    for (size_t i = 0; i < v->uses.n; i++) {
        const use *u = &v->uses.at[i];
        if (u->kind == USE_RETURN) return true;
        if (u->kind == USE_MERGE) return is_returned(p, &p->values[value_root(p, u->insn->dst)]);
    }
    return false;
}

/* ---- where else the variable is given away ----------------------------------------------------------------- */
static bool is_move_of(const plan *p, const ir_insn *insn, ir_local_id id)
{
    for (size_t i = 0; i < p->moves.n; i++)
        if (p->moves.at[i].local == id && p->moves.at[i].insn == insn) return true;
    return false;
}

static bool visit_move(plan *p, const ir_insn *insn, ir_local_id id, void *store)
{
    return insn == store || is_move_of(p, insn, id);
}

static bool visit_insn(plan *p, const ir_insn *insn, ir_local_id id, void *wanted)
{
    (void)p, (void)id;
    return insn == wanted;
}

static bool conflicts(plan *p, const ir_insn *insn, ir_local_id id)
{
    if (walk_value(p, insn, id, visit_move, (void *)insn)) return true;
    for (size_t i = 0; i < p->moves.n; i++) {
        const move *m = &p->moves.at[i];
        if (m->local == id && walk_value(p, m->insn, id, visit_insn, (void *)insn)) return true;
    }
    return false;
}

static bool visit_read(plan *p, const ir_insn *insn, ir_local_id id, void *context)
{
    (void)p, (void)context;
    return insn->place.base == IR_BASE_LOCAL && insn->place.id == id && insn->op != IR_OP_store &&
           insn->op != IR_OP_end;
}

/* ---- into a place ---------------------------------------------------------------------------------------------- */
/* Whether the place is found by way of the variable, or of another one that gave its reference to a place: the two may
 * hold each other, and nothing holds either. */
static bool may_close_ring(const plan *p, const chain *c, ir_local_id id)
{
    for (size_t i = 0; i < c->roots.n; i++) {
        if (c->roots.at[i] == id) return true;
        for (size_t k = 0; k < p->moves.n; k++)
            if (p->moves.at[k].local == c->roots.at[i] && p->moves.at[k].insn->op == IR_OP_store) return true;
    }
    return false;
}

/* A finalizer may run the collector, as code that is not known may. */
static bool visit_collect(plan *p, const ir_insn *insn, ir_local_id id, void *context)
{
    (void)id, (void)context;
    if (insn->op != IR_OP_store && insn->op != IR_OP_end && insn_drops(p, insn)) return true;
    return insn_releases(p, insn) && !type_is_quiet(p, insn->type);
}

static bool collects_later(plan *p, const ir_insn *store, ir_local_id id)
{
    for (size_t i = 0; i < p->count; i++) /* released behind the store, though made before it */
        if (p->order[i]->full == store->full && releases_value(p, p->order[i]) &&
            !type_is_quiet(p, p->order[i]->type))
            return true;
    return visit_collect(p, store, id, NULL) || walk_value(p, store, id, visit_collect, NULL);
}

static bool is_tracked(const plan *p, ir_local_id id)
{
    ir_record_id class = type_class(p->rw, p->func->locals[id].type);
    return !class || !class_is_acyclic(p->rw, class);
}

/* From the assignment to the end of the variable's life the place holds the object; the finalizer of what it held before
 * does not empty it either. */
static bool place_keeps(plan *p, const ir_insn *store, ir_local_id id)
{
    chain c = {0};
    slots_need(p->rw);
    chain_add_place(p, &c, &store->place);
    bool keeps = !c.any || !insn_drops(p, store);
    if (keeps && insn_drops(p, store) && !type_is_quiet(p, store->type))
        keeps = !outside_overwrites(p, c.slots.at, c.slots.n);
    keeps = keeps && chain_lasts_value(p, &c, store, id);
    if (keeps && is_tracked(p, id) && may_close_ring(p, &c, id)) keeps = !collects_later(p, store, id);
    chain_fini(&c);
    return keeps;
}

static bool may_move(plan *p, const value *v, const use *u)
{
    if (takes(v) != 1 || conflicts(p, u->insn, v->local)) return false;
    if (u->kind == USE_MERGE) return is_returned(p, v);
    /* A local, or a part of one, ends with its scope, perhaps before the variable. */
    bool local = u->insn->place.base == IR_BASE_LOCAL;
    return u->kind == USE_STORE && u->insn->op == IR_OP_store && !local && place_keeps(p, u->insn, v->local);
}

static void try_move(plan *p, const value *v, const use *u)
{
    move m = {v->local, u->insn, u->arg, u->span};
    if (!may_move(p, v, u)) return;
    vec_push(&p->moves, m);
    bool settles = moves_settle(p, v->local);
    if (!settles && u->kind != USE_STORE) settles = !walk_value(p, u->insn, v->local, visit_read, NULL);
    if (!settles) p->moves.n--;
}

void optimise_move(plan *p)
{
    if (!p->optimise) return;
    for (size_t t = 1; t < p->func->temp_count; t++) {
        const value *v = &p->values[t];
        if (v->kind != VALUE_BORROWED || !v->local || v->counted != COUNTED_REF) continue;
        const local_plan *l = &p->locals[v->local];
        const ir_local *local = &p->func->locals[v->local];
        if (!l->owned || l->hold != HOLD_STRONG || local->address_taken || local->is_literal ||
            !local->name[0])
            continue;
        for (size_t i = 0; i < v->uses.n; i++) try_move(p, v, &v->uses.at[i]);
    }
}
