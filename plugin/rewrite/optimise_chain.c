/* SPDX-License-Identifier: MIT
 *
 * What keeps a borrowed value alive: the slots that it was read through, down to variables. As long as none of the
 * variables is given another value and none of the slots is overwritten, each object on the way holds the next, and the
 * last one holds the value. Where that is so a reference of its own would be the second of two that end later than its
 * last use; nobody can tell that it is not there.
 */
#include "rewrite_p.h"

#include <stdlib.h>

void chain_fini(chain *c)
{
    vec_fini(&c->slots);
    vec_fini(&c->roots);
}

static void add_slot(chain *c, uint32_t slot)
{
    if (slot == 0) c->any = true;
    for (size_t i = 0; i < c->slots.n; i++)
        if (c->slots.at[i] == slot) return;
    vec_push(&c->slots, slot);
}

static void add_root(plan *p, chain *c, ir_local_id id)
{
    const ir_local *local = &p->func->locals[id];
    for (size_t i = 0; i < c->roots.n; i++)
        if (c->roots.at[i] == id) return;
    if (local->address_taken || p->locals[id].hold == HOLD_WEAK ||
        (p->locals[id].hold == HOLD_UNOWNED && p->locals[id].counted != COUNTED_NO))
        c->any = true;
    vec_push(&c->roots, id);
    if (!p->locals[id].borrowed) return;
    for (size_t i = 0; i < p->count && !c->any; i++) { /* what keeps alive what that variable borrows */
        const ir_insn *insn = p->order[i];
        if (insn->op == IR_OP_store && insn->place.base == IR_BASE_LOCAL && insn->place.id == id)
            chain_add(p, c, insn->a);
    }
}

/* The value of a statement expression: outside it is a new reference, which ends with its full expression. */
static bool leaves_block(const value *v)
{
    for (size_t i = 0; i < v->uses.n; i++)
        if (v->uses.at[i].kind == USE_YIELD) return true;
    return false;
}

/* A pointer that leads to a place: to an object, into one, or to plain memory, which is the program's business. */
static void add_base(plan *p, chain *c, ir_temp temp)
{
    ir_temp root = value_root(p, temp);
    const value *v = &p->values[root];
    if (v->kind == VALUE_NEW || !v->def || leaves_block(v)) c->any = c->brief = true;
    if (c->any) return;
    if (v->counted == COUNTED_REF) {
        ir_opnd a = {.kind = IR_TEMP, .temp = root};
        chain_add(p, c, a);
    } else if (v->def->op == IR_OP_addr) {
        chain_add_place(p, c, &v->def->place);
    } else if (v->def->op == IR_OP_load) {
        const ir_place *place = &v->def->place;
        ir_type_id type;
        const ir_type *to = ir_type_of(p->rw->unit, p->func->temp_types[root]);
        bool slots = to->kind == IR_POINTER && type_counted(p->rw, to->of) == COUNTED_REF;
        if (slots && place_hold(p, place, &type) != HOLD_BUFFER) c->any = true; /* a pointer to some slot */
        chain_add_place(p, c, place);
    } else {
        c->any = true;
    }
}

void chain_add_place(plan *p, chain *c, const ir_place *place)
{
    for (size_t i = 0; i < place->step_count; i++)
        if (place->steps[i].kind == IR_STEP_FIELD) add_slot(c, slot_of_step(p->rw, &place->steps[i]));
    switch (place->base) {
    case IR_BASE_LOCAL: add_root(p, c, place->id); break;
    case IR_BASE_GLOBAL: add_slot(c, slot_of_global(p->rw, place->id)); break;
    case IR_BASE_MEMORY: add_base(p, c, place->id); break;
    default: c->any = true;
    }
}

void chain_add(plan *p, chain *c, ir_opnd a)
{
    value *v = value_of(p, a);
    if (a.kind != IR_TEMP || c->any) return;
    if (!v || v->kind == VALUE_NEW || leaves_block(v)) {
        c->any = c->brief = true;
    } else if (v->kind == VALUE_MERGE) {
        for (size_t i = 0; i < v->inputs.n; i++) chain_add(p, c, v->inputs.at[i]->a);
    } else if (v->kind == VALUE_BORROWED) {
        ir_type_id type;
        if (v->def->op != IR_OP_load)
            c->any = true;
        else if (v->def->place.base == IR_BASE_LOCAL || place_hold(p, &v->def->place, &type) == HOLD_STRONG)
            chain_add_place(p, c, &v->def->place);
        else
            c->any = true;
    }
}

static bool ends_root(const plan *p, const chain *c, const ir_insn *insn, ir_local_id but)
{
    bool changes =
        insn->op == IR_OP_store || insn->op == IR_OP_zero || insn->op == IR_OP_end || insn->op == IR_OP_decl;
    for (size_t i = 0; i < c->roots.n; i++) {
        ir_local_id id = c->roots.at[i];
        if (id == but || p->locals[id].borrowed) continue; /* its own chain is part of this one */
        if (changes && insn->place.base == IR_BASE_LOCAL && insn->place.id == id &&
            !(insn->op == IR_OP_end && (p->locals[id].counted == COUNTED_NO || is_returned_at(p, id, insn))))
            return true;
        if (insn->op == IR_OP_call && is_stolen_at(p, id, insn)) return true;
    }
    return false;
}

bool chain_broken(plan *p, const chain *c, const ir_insn *insn, ir_local_id but)
{
    if (c->class && !store_is_emptied(p, insn) && !insn_may_end(p, insn, c->class)) return false;
    if (!c->any && ends_root(p, c, insn, but)) return true;
    if (!insn_releases(p, insn) && !store_is_emptied(p, insn)) return false;
    return c->any || insn_overwrites(p, insn, c->slots.at, c->slots.n);
}

/* Whether the instruction may drop what the value refers to while the value is in use. */
bool value_endangered(plan *p, const value *v, const ir_insn *insn)
{
    if (!insn_drops(p, insn)) return false;
    if (!p->optimise || p->literal || (v->kind != VALUE_BORROWED && v->kind != VALUE_MERGE) || !v->def)
        return true;
    chain c = {0};
    ir_opnd a = {.kind = IR_TEMP, .temp = v->def->dst};
    slots_need(p->rw);
    chain_add(p, &c, a);
    c.class = type_class(p->rw, p->func->temp_types[v->def->dst]);
    bool broken = chain_broken(p, &c, insn, 0);
    chain_fini(&c);
    return broken;
}

/* -O0 keeps the value to the end of its full expression, and what is left of that may drop it: then it must not end
 * earlier here, though the value is not in use any more. */
bool value_outlives(plan *p, const value *v)
{
    ir_full_id full = whole_full(p, v->def);
    chain c = {0};
    ir_opnd a = {.kind = IR_TEMP, .temp = v->def->dst};
    bool broken = false;
    slots_need(p->rw);
    chain_add(p, &c, a);
    c.class = type_class(p->rw, p->func->temp_types[v->def->dst]);
    for (size_t i = v->pos + 1; i < p->count && !broken; i++)
        if (p->order[i]->full && whole_full(p, p->order[i]) == full)
            broken = chain_broken(p, &c, p->order[i], 0);
    chain_fini(&c);
    return broken;
}
