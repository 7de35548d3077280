/* SPDX-License-Identifier: MIT
 *
 * The fields of an object that rc_new made here are NULL until they are assigned: the first assignment has nothing to
 * release, and becomes a plain one. Why that cannot be observed: the release that is left out is one of NULL, and as long
 * as nothing but one variable knows the object, nobody else can have assigned the field or be sharing it.
 *
 * Forward data flow, one assignment at a time.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

enum { FRESH = 1, ANYTHING = 2 };

/* The variable that holds the object whose field the place is, or 0. */
static ir_local_id object_of(const plan *p, const ir_place *place)
{
    if (place->base != IR_BASE_MEMORY || !place->step_count || place->steps[0].kind != IR_STEP_FIELD)
        return 0;
    const value *v = &p->values[value_root(p, place->id)];
    return v->kind == VALUE_BORROWED && v->counted == COUNTED_REF ? v->local : 0;
}

static bool is_made(const plan *p, const ir_insn *store)
{
    if (store->a.kind != IR_TEMP) return false;
    const ir_insn *def = p->values[value_root(p, store->a.temp)].def;
    if (!def || def->op != IR_OP_call || !def->macro || !def->inner_macro) return false;
    if (strcmp(def->inner_macro, "rc_new") != 0 && strcmp(def->inner_macro, "rc_new_extra") != 0)
        return false;
    ir_record_id class = type_class(p->rw, p->func->temp_types[store->a.temp]);
    return class && !ir_annotated(&p->rw->unit->records.at[class].annots, "singleton");
}

static bool same_index(const ir_step *a, const ir_step *b)
{
    return a->index.kind != IR_INTEGER || b->index.kind != IR_INTEGER || a->index.integer == b->index.integer;
}

/* Whether two places in one object may be the same, or one be inside the other. */
bool places_overlap(const ir_place *a, const ir_place *b)
{
    for (size_t i = 0; i < a->step_count && i < b->step_count; i++) {
        const ir_step *x = &a->steps[i], *y = &b->steps[i];
        if (x->kind != y->kind) return true;
        if (x->kind == IR_STEP_INDEX && !same_index(x, y)) return false;
        if (x->kind != IR_STEP_FIELD) continue;
        if (x->record != y->record) return true;
        if (x->field != y->field) return false;
    }
    return true;
}

/* Whether the variable's object becomes known to anybody else by this use. */
static bool use_escapes(const use *u)
{
    if (u->kind == USE_BASE) return u->insn->op == IR_OP_addr;
    if (u->kind == USE_PLAIN)
        return u->insn->op != IR_OP_bin && u->insn->op != IR_OP_un && u->insn->op != IR_OP_br;
    return u->kind != USE_RETURN;
}

static bool escapes_at(const plan *p, ir_local_id local, const ir_insn *insn)
{
    for (size_t t = 1; t < p->func->temp_count; t++) {
        const value *v = &p->values[t];
        for (size_t i = 0; v->local == local && v->kind == VALUE_BORROWED && i < v->uses.n; i++)
            if (v->uses.at[i].insn == insn && use_escapes(&v->uses.at[i])) return true;
    }
    return false;
}

static unsigned step(const plan *p, const ir_insn *insn, ir_local_id local, const ir_place *field,
                     unsigned state)
{
    if (ir_is_local(&insn->place, local) && insn->op == IR_OP_decl) return ANYTHING;
    if (ir_is_local(&insn->place, local) && insn->op == IR_OP_store)
        return is_made(p, insn) ? FRESH : ANYTHING;
    if (state == ANYTHING) return state;
    if (insn->op == IR_OP_store && object_of(p, &insn->place) == local && places_overlap(&insn->place, field))
        return ANYTHING;
    return escapes_at(p, local, insn) ? ANYTHING : state;
}

static bool is_fresh(const plan *p, const ir_insn *store, ir_local_id local)
{
    const ir_func *f = p->func;
    unsigned *in = x_calloc(f->block_count, sizeof *in), found = 0;
    in[1] = ANYTHING;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t b = 1; b < f->block_count; b++) {
            if (!in[b] || !f->blocks[b].n) continue;
            unsigned state = in[b];
            for (size_t i = 0; i < f->blocks[b].n; i++) {
                if (&f->blocks[b].insns[i] == store) found |= state;
                unsigned out = 0;
                for (unsigned one = FRESH; one <= ANYTHING; one <<= 1)
                    if (state & one) out |= step(p, &f->blocks[b].insns[i], local, &store->place, one);
                state = out;
            }
            const ir_insn *last = &f->blocks[b].insns[f->blocks[b].n - 1];
            for (size_t i = 0; i < last->succ_count; i++) {
                changed = changed || (in[last->succ[i]] | state) != in[last->succ[i]];
                in[last->succ[i]] |= state;
            }
        }
    }
    free(in);
    return found == FRESH;
}

bool store_is_fresh(const plan *p, const ir_insn *store)
{
    for (size_t i = 0; i < p->fresh.n; i++)
        if (p->fresh.at[i] == store) return true;
    return false;
}

void optimise_fresh(plan *p)
{
    if (p->rw->options->level == 0) return;
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        ir_type_id type;
        if (insn->op != IR_OP_store || insn->sub == IR_STORE_INIT) continue;
        ir_local_id local = object_of(p, &insn->place);
        if (!local || p->func->locals[local].address_taken) continue;
        hold how = place_hold(p, &insn->place, &type);
        bool plain = how == HOLD_BUFFER || (how == HOLD_STRONG && !type_has_weak(p->rw, type));
        if (plain && is_fresh(p, insn, local)) vec_push(&p->fresh, insn);
    }
}
