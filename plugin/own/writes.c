/* SPDX-License-Identifier: MIT
 *
 * What a call of a body may write: the members and global variables that it stores to or hands the address of, and those
 * of every body that it calls in turn (mod sets, flow-insensitive; J. Banning, POPL 1979). What is read before and after a
 * call that does not write it is the same, so that two questions about it have the same answer.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

struct writes {
    const ir_unit *unit;
    const contract_set *contracts;
    size_t *fields; /* record -> number of its first member; behind all members come the declarations */
    size_t first_decl, words;
    uint64_t **at;    /* by decl; NULL: no body                                                         */
    bool *everything; /* by decl: it calls what nobody knows                                            */
};

static void put(uint64_t *set, size_t i)
{
    set[i / 64] |= (uint64_t)1 << (i % 64);
}

/* ---- one body ------------------------------------------------------------------------------------------ */

static void write_record(const writes *w, uint64_t *set, ir_type_id id)
{
    const ir_type *type = ir_type_of(w->unit, id);
    if (type->kind == IR_ARRAY) {
        write_record(w, set, type->of);
    } else if (type->kind == IR_RECORD) {
        const ir_record *r = &w->unit->records.at[type->record];
        for (size_t i = 0; i < r->field_count; i++) {
            put(set, w->fields[type->record] + i);
            write_record(w, set, r->fields[i].type);
        }
    }
}

static void write_place(const writes *w, uint64_t *set, const ir_func *f, const ir_place *place)
{
    if (place->base == IR_BASE_LOCAL) return;
    if (place->base == IR_BASE_GLOBAL) put(set, w->first_decl + place->id);
    for (size_t i = 0; i < place->step_count; i++)
        if (place->steps[i].kind == IR_STEP_FIELD)
            put(set, w->fields[place->steps[i].record] + place->steps[i].field);
    write_record(w, set, ir_place_type(w->unit, f, place));
}

/* A callee that is known not to write the program's own members: by contract, or because the system cannot know them. */
static bool is_harmless(const writes *w, const ir_decl *decl)
{
    return w->at[decl - w->unit->decls.at] || contract_find(w->contracts, decl->name) ||
           ir_in_system_header(w->unit, &decl->span);
}

/* A call through a member that a contract describes is a call out like any other of the interface. */
static bool is_described(const writes *w, const ir_func *f, const ir_insn *call)
{
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            if (insn->op == IR_OP_load && insn->dst == call->a.temp)
                return own_through_field(w->unit, w->contracts, insn) != NULL;
        }
    return false;
}

static void read_insn(writes *w, const ir_func *f, const ir_insn *insn)
{
    uint64_t *set = w->at[f->decl];
    switch (insn->op) {
    case IR_OP_store:
    case IR_OP_zero:
    case IR_OP_addr: write_place(w, set, f, &insn->place); break;
    case IR_OP_asm:
    case IR_OP_unknown: w->everything[f->decl] = true; break;
    case IR_OP_call:
        if (insn->a.kind == IR_NAME ? !is_harmless(w, &w->unit->decls.at[insn->a.name])
                                    : !is_described(w, f, insn))
            w->everything[f->decl] = true;
        break;
    default: break;
    }
}

/* ---- what is called in turn ---------------------------------------------------------------------------- */

static bool add_callee(writes *w, ir_decl_id caller, ir_decl_id callee)
{
    bool changed = w->everything[callee] && !w->everything[caller];
    if (changed) w->everything[caller] = true;
    for (size_t i = 0; w->at[callee] && i < w->words; i++) {
        uint64_t more = w->at[callee][i] & ~w->at[caller][i];
        w->at[caller][i] |= more;
        changed |= more != 0;
    }
    return changed;
}

static bool add_callees(writes *w, const ir_func *f)
{
    bool changed = false;
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            if (insn->op == IR_OP_call && insn->a.kind == IR_NAME && w->at[insn->a.name])
                changed |= add_callee(w, f->decl, insn->a.name);
        }
    return changed;
}

static void number_members(writes *w)
{
    size_t n = 0;
    w->fields = x_calloc(w->unit->records.n + 1, sizeof *w->fields);
    for (size_t i = 0; i < w->unit->records.n; i++) {
        w->fields[i] = n;
        n += w->unit->records.at[i].field_count;
    }
    w->first_decl = n;
    w->words = (n + w->unit->decls.n) / 64 + 1;
}

writes *own_writes_new(const ir_unit *unit, const contract_set *contracts)
{
    writes *w = x_calloc(1, sizeof *w);
    w->unit = unit, w->contracts = contracts;
    number_members(w);
    w->at = x_calloc(unit->decls.n + 1, sizeof *w->at);
    w->everything = x_calloc(unit->decls.n + 1, sizeof *w->everything);
    for (size_t i = 0; i < unit->funcs.n; i++) {
        w->at[unit->funcs.at[i]->decl] = x_calloc(w->words, sizeof(uint64_t));
        w->everything[unit->funcs.at[i]->decl] = unit->funcs.at[i]->tainted != NULL;
    }
    for (size_t i = 0; i < unit->funcs.n; i++) {
        const ir_func *f = unit->funcs.at[i];
        for (ir_block_id b = 1; b < f->block_count; b++)
            for (size_t k = 0; k < f->blocks[b].n; k++) read_insn(w, f, &f->blocks[b].insns[k]);
    }
    for (bool again = true; again;) {
        again = false;
        for (size_t i = unit->funcs.n; i-- > 0;) again |= add_callees(w, unit->funcs.at[i]);
    }
    return w;
}

void own_writes_free(writes *w)
{
    if (!w) return;
    for (size_t i = 0; i < w->unit->decls.n; i++) free(w->at[i]);
    free(w->at);
    free(w->everything);
    free(w->fields);
    free(w);
}

bool own_writes_know(const writes *w, ir_decl_id callee)
{
    return w && callee < w->unit->decls.n && w->at[callee] && !w->everything[callee];
}

bool own_writes_field(const writes *w, ir_decl_id callee, ir_record_id record, uint32_t field)
{
    if (!w || callee >= w->unit->decls.n || !w->at[callee]) return false;
    size_t i = w->fields[record] + field;
    return w->at[callee][i / 64] >> (i % 64) & 1;
}

/* The place is what it was after the call: it is reached through named members and variables alone, none of them written. */
bool own_writes_spare(const engine *e, ir_decl_id callee, own_slot at)
{
    const writes *w = e->writes;
    if (!own_writes_know(w, callee)) return false;
    for (const slot *s = own_slot_at(e, at);; s = own_slot_at(e, s->parent)) {
        size_t i;
        if (s->kind == SLOT_FIELD)
            i = w->fields[s->record] + s->id;
        else if (s->kind == SLOT_GLOBAL)
            i = w->first_decl + s->id;
        else
            return s->kind == SLOT_DEREF && at != 0 && own_slot_at(e, at)->kind == SLOT_FIELD;
        if (w->at[callee][i / 64] >> (i % 64) & 1) return false;
        if (!s->parent) return true;
    }
}
