/* SPDX-License-Identifier: MIT
 *
 * Which slots an instruction may overwrite. A slot is a field that holds references, whatever object it is in, or a
 * variable at file level. What a call overwrites is what the bodies behind it do, as far as they are known; code that is
 * not known reaches a slot only through functions of this unit that it can call, unless other units know the slot too.
 *
 * Nothing is left out because of this file: it answers a question, and "yes" is always a right answer.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

typedef struct slot_effect {
    bool *slots;
    bool unknown; /* calls code that is not known           */
    bool wild;    /* stores through a pointer to some slot  */
    kind_effect kinds;
} slot_effect;

struct slot_table {
    size_t count;
    uint32_t *first;      /* one a record: the slot of its first field; 0: of no interest */
    uint32_t *global;     /* one a declaration                                            */
    bool *private;        /* one a slot: no other unit can name it                        */
    bool *addressed;      /* one a slot: its address is taken somewhere in the unit       */
    slot_effect *effects; /* one a declaration: what its body does, calls included        */
    slot_effect outside;  /* what code that is not known can do here                      */
    bool *called_by;      /* one a declaration: code that is not known may call it        */
};

static bool in_main(const rewriter *rw, ir_span span)
{
    return span.file && rw->unit->files.at[span.file].main;
}

static void number_slots(rewriter *rw, slot_table *t)
{
    const ir_unit *unit = rw->unit;
    t->first = x_calloc(unit->records.n, sizeof *t->first);
    t->global = x_calloc(unit->decls.n, sizeof *t->global);
    t->count = 1;
    for (size_t i = 1; i < unit->records.n; i++) {
        if (!unit->records.at[i].complete || !file_is_editable(rw, unit->records.at[i].span.file)) continue;
        t->first[i] = (uint32_t)t->count;
        t->count += unit->records.at[i].field_count;
    }
    for (size_t i = 1; i < unit->decls.n; i++)
        if (unit->decls.at[i].kind == IR_DECL_GLOBAL && file_is_editable(rw, unit->decls.at[i].span.file))
            t->global[i] = (uint32_t)t->count++;
    t->private = x_calloc(t->count, sizeof *t->private);
    t->addressed = x_calloc(t->count, sizeof *t->addressed);
    for (size_t i = 1; i < unit->records.n; i++)
        for (size_t k = 0; t->first[i] && k < unit->records.at[i].field_count; k++)
            t->private[t->first[i] + k] = in_main(rw, unit->records.at[i].span);
    for (size_t i = 1; i < unit->decls.n; i++)
        if (t->global[i])
            t->private[t->global[i]] =
                unit->decls.at[i].linkage == IR_LINK_STATIC && in_main(rw, unit->decls.at[i].span);
}

uint32_t slot_of_step(const rewriter *rw, const ir_step *step)
{
    uint32_t first = rw->slots->first[step->record];
    return first ? first + step->field : 0;
}

uint32_t slot_of_global(const rewriter *rw, ir_decl_id decl)
{
    return rw->slots->global[decl];
}

/* ---- what one instruction overwrites itself ---------------------------------------------------------- */
/* A place of a struct by value is all the places in it. */
static void mark_inside(rewriter *rw, bool *slots, ir_type_id id)
{
    const ir_type *type = ir_type_of(rw->unit, id);
    if (type->kind == IR_ARRAY) mark_inside(rw, slots, type->of);
    if (type->kind != IR_RECORD || !rw->slots->first[type->record]) return;
    const ir_record *record = &rw->unit->records.at[type->record];
    for (size_t i = 0; i < record->field_count; i++) {
        slots[rw->slots->first[type->record] + i] = true;
        if (ir_type_of(rw->unit, record->fields[i].type)->kind != IR_POINTER)
            mark_inside(rw, slots, record->fields[i].type);
    }
}

/* Whether the pointer is the start of a buffer or an array that a field holds: then that field's slot stands for its
 * elements. */
static const ir_place *holder_of_elements(const plan *p, ir_temp temp)
{
    const ir_insn *def = p->values[value_root(p, temp)].def;
    if (!def || (def->op != IR_OP_load && def->op != IR_OP_addr)) return NULL;
    return ir_last_field(&def->place) || def->place.base == IR_BASE_GLOBAL ? &def->place : NULL;
}

static void mark_place(plan *p, const ir_place *place, ir_type_id type, slot_effect *e)
{
    rewriter *rw = p->rw;
    const ir_step *field = ir_last_field(place);
    if (place->base == IR_BASE_LOCAL) return; /* a variable of the function's own */
    if (!field && place->base == IR_BASE_MEMORY) {
        const ir_place *holder = holder_of_elements(p, place->id);
        if (holder && holder->base == IR_BASE_LOCAL) return;
        if (holder) {
            mark_place(p, holder, type, e);
            return;
        }
        e->wild = true;
    }
    uint32_t slot = field ? slot_of_step(rw, field) : 0;
    if (!field && place->base == IR_BASE_GLOBAL) slot = slot_of_global(rw, place->id);
    e->slots[slot] = true;
    mark_inside(rw, e->slots, type);
}

/* An array that decays, only to have an element read or written. */
static bool is_element_access(const plan *p, const ir_insn *addr)
{
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        bool base = insn->place.base == IR_BASE_MEMORY && insn->place.id == addr->dst;
        bool other = (insn->a.kind == IR_TEMP && insn->a.temp == addr->dst) ||
                     (insn->b.kind == IR_TEMP && insn->b.temp == addr->dst);
        for (size_t k = 0; k < insn->arg_count; k++)
            other = other || (insn->args[k].kind == IR_TEMP && insn->args[k].temp == addr->dst);
        if (other || (base && insn->op != IR_OP_load && insn->op != IR_OP_store)) return false;
    }
    return true;
}

static void mark_insn(plan *p, const ir_insn *insn, slot_effect *e)
{
    ir_type_id type = 0;
    switch (insn->op) {
    case IR_OP_store:
    case IR_OP_zero:
        if (place_hold(p, &insn->place, &type) == HOLD_NONE || insn->sub == IR_STORE_INIT) break;
        if (!store_is_fresh(p, insn)) mark_place(p, &insn->place, type, e);
        break;
    case IR_OP_addr:
        if (p->values[insn->dst].kind == VALUE_ALIAS || place_hold(p, &insn->place, &type) == HOLD_NONE)
            break;
        if (!is_element_access(p, insn)) mark_place(p, &insn->place, type, e);
        break;
    case IR_OP_asm:
    case IR_OP_unknown: e->wild = e->unknown = true; break;
    default: break;
    }
}

static const ir_func *known_body(const rewriter *rw, const ir_insn *call)
{
    if (call->a.kind != IR_NAME) return NULL;
    for (size_t i = 0; i < rw->unit->funcs.n; i++)
        if (rw->unit->funcs.at[i]->decl == call->a.name) return rw->unit->funcs.at[i];
    return NULL;
}

/* ---- what a body overwrites ---------------------------------------------------------------------------- */
static bool join(slot_effect *to, const slot_effect *from, size_t count)
{
    bool changed = (from->unknown && !to->unknown) || (from->wild && !to->wild);
    to->unknown = to->unknown || from->unknown;
    to->wild = to->wild || from->wild;
    for (size_t i = 1; i < count; i++) {
        changed = changed || (from->slots[i] && !to->slots[i]);
        to->slots[i] = to->slots[i] || from->slots[i];
    }
    return changed;
}

static void note_address(rewriter *rw, ir_opnd operand)
{
    if (operand.kind == IR_NAME) rw->slots->called_by[operand.name] = true;
}

/* A release may run a finalizer, which is code that is not known. */
static bool runs_code(plan *p)
{
    for (size_t i = 1; i < p->func->local_count; i++)
        if (p->locals[i].owned && !type_is_quiet(p, p->func->locals[i].type)) return true;
    for (size_t i = 0; i < p->value_count; i++)
        if (p->values[i].kind == VALUE_NEW && !type_is_quiet(p, p->func->temp_types[p->values[i].def->dst]))
            return true;
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->op == IR_OP_store && insn_drops(p, p->order[i]) &&
            !type_is_quiet(p, p->order[i]->type))
            return true;
    return false;
}

static void find_effect(rewriter *rw, const ir_func *func)
{
    slot_table *t = rw->slots;
    slot_effect *e = &t->effects[func->decl];
    const ir_decl *decl = &rw->unit->decls.at[func->decl];
    slot_effect addressed = {.slots = t->addressed};
    plan p;
    e->slots = x_calloc(t->count, sizeof *e->slots);
    e->kinds.ends = x_calloc(rw->unit->records.n, sizeof *e->kinds.ends);
    e->unknown = func->tainted || func->unknowns || ir_annotated(&decl->annots, "manual");
    e->wild = e->unknown;
    plan_look(&p, rw, func);
    e->unknown = e->unknown || runs_code(&p);
    kinds_mark(&p, &e->kinds);
    for (size_t i = 0; i < p.count; i++) {
        const ir_insn *insn = p.order[i];
        mark_insn(&p, insn, e);
        if (insn->op == IR_OP_addr) mark_insn(&p, insn, &addressed);
        if (insn->op == IR_OP_call && !known_body(rw, insn) && insn_drops(&p, insn)) e->unknown = true;
        if (insn->op != IR_OP_call) note_address(rw, insn->a);
        note_address(rw, insn->b);
        for (size_t k = 0; k < insn->arg_count; k++) note_address(rw, insn->args[k]);
    }
    plan_close(&p);
}

static void note_initialiser(rewriter *rw, const ir_init *init)
{
    note_address(rw, init->value);
    for (size_t i = 0; i < init->item_count; i++)
        if (init->items[i].init) note_initialiser(rw, init->items[i].init);
}

/* No one calls main but the system. */
static bool called_from_outside(const rewriter *rw, ir_decl_id id)
{
    const ir_decl *decl = &rw->unit->decls.at[id];
    if (rw->slots->called_by[id] || ir_annotated(&decl->annots, "finalizer")) return true;
    return decl->linkage != IR_LINK_STATIC && strcmp(decl->name, "main") != 0;
}

static void close_effects(rewriter *rw)
{
    slot_table *t = rw->slots;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < rw->unit->funcs.n; i++) {
            const ir_func *f = rw->unit->funcs.at[i];
            for (size_t b = 1; b < f->block_count; b++) {
                for (size_t k = 0; k < f->blocks[b].n; k++) {
                    const ir_insn *insn = &f->blocks[b].insns[k];
                    const ir_func *to = insn->op == IR_OP_call ? known_body(rw, insn) : NULL;
                    if (!to) continue;
                    slot_effect *e = &t->effects[f->decl], *callee = &t->effects[to->decl];
                    if (join(e, callee, t->count)) changed = true;
                    if (kinds_join(&e->kinds, &callee->kinds, rw->unit->records.n)) changed = true;
                }
            }
        }
    }
    for (size_t i = 0; i < rw->unit->funcs.n; i++) {
        ir_decl_id id = rw->unit->funcs.at[i]->decl;
        if (called_from_outside(rw, id)) join(&t->outside, &t->effects[id], t->count);
    }
}

static void slots_find(rewriter *rw)
{
    slot_table *t = rw->slots = x_calloc(1, sizeof *t);
    number_slots(rw, t);
    t->effects = x_calloc(rw->unit->decls.n, sizeof *t->effects);
    t->called_by = x_calloc(rw->unit->decls.n, sizeof *t->called_by);
    t->outside.slots = x_calloc(t->count, sizeof *t->outside.slots);
    for (size_t i = 1; i < rw->unit->decls.n; i++)
        if (rw->unit->decls.at[i].init) note_initialiser(rw, rw->unit->decls.at[i].init);
    for (size_t i = 0; i < rw->unit->funcs.n; i++) find_effect(rw, rw->unit->funcs.at[i]);
    close_effects(rw);
}

void slots_need(rewriter *rw)
{
    if (!rw->slots) slots_find(rw);
}

void slots_fini(rewriter *rw)
{
    slot_table *t = rw->slots;
    if (!t) return;
    for (size_t i = 0; i < rw->unit->decls.n; i++) {
        free(t->effects[i].slots);
        free(t->effects[i].kinds.ends);
    }
    free(t->effects);
    free(t->outside.slots);
    free(t->first);
    free(t->global);
    free(t->private);
    free(t->addressed);
    free(t->called_by);
    free(t);
}

/* ---- the question ---------------------------------------------------------------------------------------- */
static bool reaches(const slot_table *t, const slot_effect *e, uint32_t slot)
{
    bool unknown = e->unknown, wild = e->wild;
    if (e->slots && e->slots[slot]) return true;
    if (unknown && (!t->private[slot] || t->outside.slots[slot] || t->addressed[slot])) return true;
    wild = wild || (unknown && t->outside.wild);
    return wild && (!t->private[slot] || t->addressed[slot]);
}

bool outside_overwrites(const plan *p, const uint32_t *slots, size_t n)
{
    slot_effect e = {.unknown = true};
    for (size_t i = 0; i < n; i++)
        if (slots[i] == 0 || reaches(p->rw->slots, &e, slots[i])) return true;
    return false;
}

const kind_effect *known_kinds(plan *p, const ir_insn *call, bool *known)
{
    const ir_func *callee = known_body(p->rw, call);
    const slot_effect *e = callee ? &p->rw->slots->effects[callee->decl] : NULL;
    *known = e != NULL;
    return e && !e->unknown && !e->wild ? &e->kinds : NULL;
}

bool insn_overwrites(plan *p, const ir_insn *insn, const uint32_t *slots, size_t n)
{
    slot_table *t = p->rw->slots;
    const ir_func *callee = insn->op == IR_OP_call ? known_body(p->rw, insn) : NULL;
    bool *own = x_calloc(t->count, sizeof *own), found = false;
    slot_effect e = {.slots = own};
    mark_insn(p, insn, &e);
    if (!callee)
        e.unknown = e.unknown || insn->op == IR_OP_call || insn->op == IR_OP_end || insn->op == IR_OP_store;
    if (callee) join(&e, &t->effects[callee->decl], t->count);
    if (callee) e.unknown = e.unknown || (releases_value(p, insn) && !type_is_quiet(p, insn->type));
    for (size_t i = 0; i < n && !found; i++) found = slots[i] == 0 || reaches(t, &e, slots[i]);
    free(own);
    return found;
}
