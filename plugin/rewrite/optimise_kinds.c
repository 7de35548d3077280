/* SPDX-License-Identifier: MIT
 *
 * What a release may run and what it may end, by the class of the reference: quiet classes run no code of the program's,
 * and end nothing but objects of the classes that their fields lead to. A borrowed object whose class no release in
 * question leads to needs no reference of its own. Why that cannot be observed: its count is the same before and after
 * each of these releases, so none of them would have found the reference that is left out to be the last.
 *
 * The collector ends objects too, those that it has to know: any allocation of such counts for all of them.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

/* ---- quiet classes ----------------------------------------------------------------------------------------- */
static bool has_finalizer(const rewriter *rw, ir_record_id id)
{
    for (size_t i = 1; i < rw->unit->decls.n; i++) {
        const ir_decl *decl = &rw->unit->decls.at[i];
        if (decl->kind == IR_DECL_FUNCTION && decl->param_count == 1 &&
            ir_annotated(&decl->annots, "finalizer") && type_class(rw, decl->params[0].type) == id)
            return true;
    }
    return false;
}

static bool is_quiet(rewriter *rw, ir_record_id id, bool *seen);

/* The class's own part, be it of an object of the class or of one derived from it. */
static bool part_is_quiet(rewriter *rw, ir_record_id id, bool *seen)
{
    const ir_record *record = &rw->unit->records.at[id];
    if (!record->complete || !rw->unit->files.at[record->span.file].main || has_finalizer(rw, id))
        return false;
    for (size_t i = 0; i < record->field_count; i++) {
        counted kind;
        hold how;
        const ir_type *type = ir_type_of(rw->unit, record->fields[i].type);
        bool base = i == 0 && type->kind == IR_RECORD && record_is_class(rw, type->record);
        if (base && strcmp(record_name(rw, type->record), "rc_object") != 0 &&
            !part_is_quiet(rw, type->record, seen))
            return false;
        if (!field_counted(rw, &record->fields[i], &kind, &how)) continue;
        if (how == HOLD_WEAK) return false;
        while (type->kind == IR_ARRAY) type = ir_type_of(rw->unit, type->of);
        if (how == HOLD_BUFFER) type = ir_type_of(rw->unit, type->of);
        ir_record_id to = type->kind == IR_POINTER ? ir_type_of(rw->unit, type->of)->record : type->record;
        if (!is_quiet(rw, to, seen)) return false;
    }
    return true;
}

/* Whether no finalizer, weak variable or unknown class is behind the class: when its last reference goes a little earlier,
 * nothing in this unit can tell. */
static bool is_quiet(rewriter *rw, ir_record_id id, bool *seen)
{
    if (seen[id]) return true;
    seen[id] = true;
    return id && !ir_annotated(&rw->unit->records.at[id].annots, "base") && part_is_quiet(rw, id, seen);
}

static bool calls_weakref(const rewriter *rw)
{
    for (size_t i = 0; i < rw->unit->funcs.n; i++) {
        const ir_func *f = rw->unit->funcs.at[i];
        for (size_t b = 1; b < f->block_count; b++)
            for (size_t k = 0; k < f->blocks[b].n; k++) {
                const ir_insn *insn = &f->blocks[b].insns[k];
                if (insn->op == IR_OP_call && insn->a.kind == IR_NAME &&
                    strcmp(rw->unit->decls.at[insn->a.name].name, "rc_weakref_new") == 0)
                    return true;
            }
    }
    return false;
}

struct kind_table {
    bool **
        reach; /* one a record: the classes that a release leads to, itself included; NULL: it is not quiet */
    bool *known;
    bool weak_calls; /* references to any class may have a callback */
};

void kinds_init(rewriter *rw)
{
    kind_table *t = rw->kinds = x_calloc(1, sizeof *t);
    t->known = x_calloc(rw->unit->records.n, sizeof *t->known);
    t->reach = x_calloc(rw->unit->records.n, sizeof *t->reach);
    t->weak_calls = calls_weakref(rw);
}

void kinds_fini(rewriter *rw)
{
    for (size_t i = 0; i < rw->unit->records.n; i++) free(rw->kinds->reach[i]);
    free(rw->kinds->reach);
    free(rw->kinds->known);
    free(rw->kinds);
}

static const bool *reach_of(rewriter *rw, ir_record_id id)
{
    kind_table *t = rw->kinds;
    if (t->known[id]) return t->reach[id];
    t->known[id] = true;
    bool *seen = x_calloc(rw->unit->records.n, sizeof *seen);
    if (!t->weak_calls && is_quiet(rw, id, seen))
        t->reach[id] = seen;
    else
        free(seen);
    return t->reach[id];
}

/* A release of such a reference runs no code of the program's: no finalizer, and no weak reference's callback. */
bool type_is_quiet(const plan *p, ir_type_id type)
{
    return reach_of(p->rw, type_class(p->rw, type)) != NULL;
}

/* ---- what may end an object of a class ---------------------------------------------------------------------- */
static bool release_ends(plan *p, ir_type_id type, ir_record_id class)
{
    const bool *reach = reach_of(p->rw, type_class(p->rw, type));
    return !reach || reach[class];
}

static void mark(plan *p, ir_type_id type, kind_effect *e)
{
    ir_record_id class = type_class(p->rw, type);
    if (class)
        e->ends[class] = true;
    else
        e->all = true;
}

/* A function of the runtime that may run the collector. */
static bool collects(plan *p, const ir_insn *call)
{
    if (call->a.kind != IR_NAME) return false;
    const ir_decl *decl = &p->rw->unit->decls.at[call->a.name];
    return file_is_runtime(p->rw, decl->span.file) && !ir_annotated(&decl->annots, "no_effect") &&
           !makes_untracked(p, call);
}

/* What a body ends by itself; the functions that it calls and knows not are the caller's to add. */
void kinds_mark(plan *p, kind_effect *e)
{
    ir_type_id type;
    for (size_t i = 1; i < p->func->local_count; i++)
        if (p->locals[i].owned) mark(p, p->func->locals[i].type, e);
    for (size_t i = 0; i < p->value_count; i++)
        if (p->values[i].kind == VALUE_NEW) mark(p, p->func->temp_types[p->values[i].def->dst], e);
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (insn->op == IR_OP_store && place_hold(p, &insn->place, &type) != HOLD_NONE &&
            insn->sub != IR_STORE_INIT)
            mark(p, type, e);
        if (insn->op == IR_OP_asm || insn->op == IR_OP_unknown) e->all = true;
        if (insn->op == IR_OP_call && collects(p, insn)) e->collects = true;
    }
}

bool kinds_join(kind_effect *to, const kind_effect *from, size_t n)
{
    bool changed = (from->all && !to->all) || (from->collects && !to->collects);
    to->all = to->all || from->all;
    to->collects = to->collects || from->collects;
    for (size_t i = 1; i < n; i++) {
        changed = changed || (from->ends[i] && !to->ends[i]);
        to->ends[i] = to->ends[i] || from->ends[i];
    }
    return changed;
}

static bool call_ends(plan *p, const ir_insn *call, ir_record_id class)
{
    bool known = false, tracked = !class_is_acyclic(p->rw, class);
    const kind_effect *e = known_kinds(p, call, &known);
    if (releases_value(p, call) && release_ends(p, call->type, class)) return true;
    if (!e) return known || insn_drops(p, call) || (tracked && collects(p, call));
    if (e->all || (e->collects && tracked)) return true;
    for (size_t i = 1; i < p->rw->unit->records.n; i++) {
        const bool *reach = e->ends[i] ? reach_of(p->rw, (ir_record_id)i) : NULL;
        if (e->ends[i] && (!reach || reach[class])) return true;
    }
    return false;
}

bool insn_may_end(plan *p, const ir_insn *insn, ir_record_id class)
{
    const ir_record *record = &p->rw->unit->records.at[class];
    if (!class || !record->complete || ir_annotated(&record->annots, "base")) return true;
    if (insn->op == IR_OP_asm || insn->op == IR_OP_unknown) return true;
    if (insn->op == IR_OP_call) return call_ends(p, insn, class);
    return insn_releases(p, insn) && release_ends(p, insn->type, class);
}
