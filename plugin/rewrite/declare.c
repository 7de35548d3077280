/* SPDX-License-Identifier: MIT
 *
 * The type objects stand at the end of the main file, where every class and finalizer is known; what names one before
 * that gets a declaration in front of it. A declaration stands before the whole function or variable: there a file-level
 * declaration is always allowed.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

typedef struct definition {
    ir_span at;
    bool main;
    const ir_func *func;   /* or ... */
    const ir_decl *global; /* ... a variable with an initialiser */
} definition;

static int compare(const void *a, const void *b)
{
    const definition *x = a, *y = b;
    if (x->main != y->main) return x->main ? 1 : -1; /* headers come first */
    if (x->at.file != y->at.file) return x->at.file < y->at.file ? -1 : 1;
    return x->at.begin < y->at.begin ? -1 : x->at.begin > y->at.begin;
}

static bool is_macro(const ir_insn *insn, const char *name)
{
    return (insn->macro && strcmp(insn->macro, name) == 0) ||
           (insn->inner_macro && strcmp(insn->inner_macro, name) == 0);
}

/* RC_TYPE(T), whatever operator stands before it, is this variable of the runtime's. */
static bool names_type(const rewriter *rw, const ir_insn *insn)
{
    return insn->place.base == IR_BASE_GLOBAL &&
           strcmp(rw->unit->decls.at[insn->place.id].name, "rc_type_unrewritten") == 0;
}

/* rc_new(T) and its kin end in a cast to T *. RC_TYPE(T) leaves no trace of T: then all are declared. */
static void names_in_function(rewriter *rw, const ir_func *func, strbuf *out)
{
    for (size_t b = 1; b < func->block_count; b++) {
        for (size_t i = 0; i < func->blocks[b].n; i++) {
            const ir_insn *insn = &func->blocks[b].insns[i];
            if (insn->op == IR_OP_cast &&
                (is_macro(insn, "rc_new") || is_macro(insn, "rc_new_extra") || is_macro(insn, "rc_intern")))
                declare_type(rw, type_class(rw, func->temp_types[insn->dst]), out);
            for (size_t id = 1; names_type(rw, insn) && id < rw->unit->records.n; id++)
                declare_type(rw, (ir_record_id)id, out);
        }
    }
}

static void names_in_type(rewriter *rw, ir_type_id id, strbuf *out)
{
    const ir_type *type = ir_type_of(rw->unit, id);
    if (type->kind == IR_ARRAY) names_in_type(rw, type->of, out);
    if (type->kind != IR_RECORD) return;
    if (record_is_class(rw, type->record)) declare_type(rw, type->record, out);
    const ir_record *record = &rw->unit->records.at[type->record];
    for (size_t i = 0; i < record->field_count; i++) names_in_type(rw, record->fields[i].type, out);
}

void declare_types(rewriter *rw)
{
    VEC(definition) all = {0};
    for (size_t i = 0; i < rw->unit->funcs.n; i++) {
        const ir_func *func = rw->unit->funcs.at[i];
        ir_span at = rw->unit->decls.at[func->decl].span;
        definition d = {at, rw->unit->files.at[at.file].main, func, NULL};
        if (file_is_editable(rw, at.file)) vec_push(&all, d);
    }
    for (size_t i = 1; i < rw->unit->decls.n; i++) {
        const ir_decl *decl = &rw->unit->decls.at[i];
        definition d = {decl->span, rw->unit->files.at[decl->span.file].main, NULL, decl};
        if (decl->init && !decl->is_static_local && file_is_editable(rw, decl->span.file)) vec_push(&all, d);
    }
    if (all.n) qsort(all.at, all.n, sizeof *all.at, compare);
    for (size_t i = 0; i < all.n; i++) {
        strbuf out = {0};
        if (all.at[i].func)
            names_in_function(rw, all.at[i].func, &out);
        else
            names_in_type(rw, all.at[i].global->type, &out);
        if (out.n)
            edit_insert(&rw->edits[all.at[i].at.file], all.at[i].at.begin,
                        arena_strndup(&rw->out->arena, out.s, out.n));
        strbuf_fini(&out);
    }
    vec_fini(&all);
}
