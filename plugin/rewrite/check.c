/* SPDX-License-Identifier: MIT
 *
 * What cannot be rewritten faithfully, said with its id, its place and the way out.
 */
#include "rewrite_p.h"

#include <string.h>

/* ---- declarations ------------------------------------------------------------------------------- */
static const ir_record *record_at(const rewriter *rw, ir_record_id id)
{
    return &rw->unit->records.at[id];
}

static void check_member(rewriter *rw, const ir_record *record, const ir_field *field)
{
    counted kind = type_counted(rw, field->type);
    hold how = hold_of(rw, field->type, &field->annots);
    const ir_type *type = ir_type_of(rw->unit, field->type);
    if (how == HOLD_NONE || how == HOLD_UNOWNED) return;
    if (record->is_union)
        complain(rw, "arc-union-member", field->span, record->name,
                 "'%s' is a counted reference in a union; mark it RC_UNOWNED, or make the union a struct",
                 field->name);
    if (type->is_volatile)
        complain(rw, "arc-volatile", field->span, record->name,
                 "'%s' is a volatile counted reference; mark it RC_UNOWNED", field->name);
    if (type->is_atomic)
        complain(rw, "arc-atomic", field->span, record->name,
                 "'%s' is an atomic counted reference; mark it RC_UNOWNED", field->name);
    bool elements = how == HOLD_WEAK && (kind == COUNTED_ARRAY || ir_annot_arg(&field->annots, "counted_by"));
    if (elements)
        complain(rw, "arc-weak-array", field->span, record->name,
                 "'%s' has weak elements, which a counted buffer cannot hold; keep weak boxes in it instead",
                 field->name);
}

static void check_base(rewriter *rw, const ir_record *record)
{
    if (!record->field_count) return;
    const ir_type *first = ir_type_of(rw->unit, record->fields[0].type);
    if (first->kind != IR_RECORD || !record_is_class(rw, first->record)) return;
    const ir_record *base = record_at(rw, first->record);
    if (strcmp(base->name, "rc_object") == 0 || ir_annotated(&base->annots, "base")) return;
    complain(rw, "arc-not-a-base", record->fields[0].span, record->name,
             "class '%s' inherits from '%s', which is not marked RC_BASE", record->name, base->name);
}

static void check_global(rewriter *rw, const ir_decl *decl)
{
    hold how = hold_of(rw, decl->type, &decl->annots);
    const ir_type *type = ir_type_of(rw->unit, decl->type);
    if (how != HOLD_STRONG && how != HOLD_WEAK) return;
    if (type->is_volatile)
        complain(rw, "arc-volatile", decl->name_span, decl->name,
                 "'%s' is a volatile counted reference; mark it RC_UNOWNED", decl->source_name);
    if (type->is_atomic)
        complain(rw, "arc-atomic", decl->name_span, decl->name,
                 "'%s' is an atomic counted reference; mark it RC_UNOWNED", decl->source_name);
}

static ir_record_id finalized_class(const rewriter *rw, const ir_decl *decl)
{
    return decl->param_count == 1 ? type_class(rw, decl->params[0].type) : 0;
}

/* A finalizer stands in the file that completes its class: static in a source file, with external linkage in
 * a header. */
static void check_finalizer(rewriter *rw, const ir_decl *decl)
{
    ir_record_id id = finalized_class(rw, decl);
    const ir_record *record = record_at(rw, id);
    bool is_static = decl->linkage == IR_LINK_STATIC;
    bool in_main = id && record->span.file && rw->unit->files.at[record->span.file].main;
    if (id && record->complete && is_static == in_main) return;
    complain(rw, "arc-finalizer-place", decl->name_span, decl->name,
             "finalizer '%s' has to take its class alone, and be %s", decl->source_name,
             in_main ? "static: its class is completed in this file"
                     : "non-static: its class is completed in a header");
}

void check_unit(rewriter *rw)
{
    for (size_t i = 1; i < rw->unit->records.n; i++) {
        const ir_record *record = record_at(rw, (ir_record_id)i);
        if (!record->complete || !file_is_editable(rw, record->span.file)) continue;
        for (size_t k = 0; k < record->field_count; k++) check_member(rw, record, &record->fields[k]);
        if (record_is_class(rw, (ir_record_id)i)) check_base(rw, record);
    }
    for (size_t i = 1; i < rw->unit->decls.n; i++) {
        const ir_decl *decl = &rw->unit->decls.at[i];
        if (!file_is_editable(rw, decl->span.file)) continue;
        if (decl->kind == IR_DECL_GLOBAL)
            check_global(rw, decl);
        else if (ir_annotated(&decl->annots, "finalizer"))
            check_finalizer(rw, decl);
    }
}

/* ---- conversions -------------------------------------------------------------------------------- */
static bool is_base_of(const rewriter *rw, ir_record_id base, ir_record_id derived)
{
    for (;;) {
        const ir_record *record = record_at(rw, derived);
        if (derived == base || !record->complete) return true;
        if (!record->field_count) return false;
        const ir_type *first = ir_type_of(rw->unit, record->fields[0].type);
        if (first->kind != IR_RECORD) return false;
        derived = first->record;
    }
}

static bool is_object(const rewriter *rw, ir_record_id id)
{
    return strcmp(record_at(rw, id)->name, "rc_object") == 0;
}

static bool is_slot(const rewriter *rw, ir_type_id type)
{
    const ir_type *t = ir_type_of(rw->unit, type);
    return t->kind == IR_POINTER && type_class(rw, t->of);
}

static bool is_null_value(const plan *p, ir_opnd a)
{
    if (a.kind == IR_NULL || (a.kind == IR_INTEGER && a.integer == 0)) return true;
    return a.kind == IR_TEMP && p->values[a.temp].kind == VALUE_NULL;
}

/* The value goes to one of the runtime's functions, or comes from one: they know what they do. */
static bool is_runtime_business(const plan *p, const ir_insn *cast)
{
    if (cast->inner_macro && (str_starts(cast->inner_macro, "rc_") || str_starts(cast->inner_macro, "RC_")))
        return true;
    if (cast->a.kind == IR_TEMP) {
        const ir_insn *def = p->values[cast->a.temp].def;
        if (def && def->op == IR_OP_call && def->a.kind == IR_NAME &&
            file_is_runtime(p->rw, p->rw->unit->decls.at[def->a.name].span.file))
            return true;
    }
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *call = p->order[i];
        if (call->op != IR_OP_call || call->a.kind != IR_NAME) continue;
        if (!file_is_runtime(p->rw, p->rw->unit->decls.at[call->a.name].span.file)) continue;
        for (size_t k = 0; k < call->arg_count; k++)
            if (call->args[k].kind == IR_TEMP && call->args[k].temp == cast->dst) return true;
    }
    return false;
}

static bool is_allowed(plan *p, const ir_insn *cast, ir_type_id from, ir_type_id to)
{
    const rewriter *rw = p->rw;
    ir_record_id source = type_class(rw, from), target = type_class(rw, to);
    const ir_type *t = ir_type_of(rw->unit, to);
    if (source && target)
        return is_object(rw, source) || is_object(rw, target) || is_base_of(rw, target, source) ||
               is_base_of(rw, source, target);
    if (t->kind == IR_VOID || t->kind == IR_BOOL || is_null_value(p, cast->a)) return true;
    if (is_runtime_business(p, cast)) return true;
    if (source && !cast->implicit)
        return t->kind == IR_INT || (t->kind == IR_POINTER && ir_type_of(rw->unit, t->of)->kind == IR_VOID);
    if (source || target) return false;
    return is_slot(rw, from) == is_slot(rw, to); /* T ** on one side only */
}

static void check_cast(plan *p, const ir_insn *cast)
{
    if (cast->a.kind != IR_TEMP) return;
    ir_type_id from = p->func->temp_types[cast->a.temp], to = p->func->temp_types[cast->dst];
    const rewriter *rw = p->rw;
    if (!type_class(rw, from) && !type_class(rw, to) && !is_slot(rw, from) && !is_slot(rw, to)) return;
    if (is_allowed(p, cast, from, to)) return;
    complain(p->rw, "arc-bridge", cast->span, p->decl->name,
             "'%s' becomes '%s' without saying who owns it; write rc_give, rc_take or rc_ref",
             ir_type_of(rw->unit, from)->spelling, ir_type_of(rw->unit, to)->spelling);
}

/* ---- statements --------------------------------------------------------------------------------- */
static bool encloses(const plan *p, ir_stmt_id outer, ir_stmt_id inner)
{
    for (; inner; inner = p->func->stmts[inner].parent)
        if (inner == outer) return true;
    return false;
}

static bool is_strong(plan *p, ir_local_id id)
{
    const ir_local *local = &p->func->locals[id];
    hold how = hold_of(p->rw, local->type, &local->annots);
    return !local->is_param && !local->is_literal && (how == HOLD_STRONG || how == HOLD_WEAK);
}

/* A jump from `from` to `to` goes into the scope of a strong variable when that is declared between the two.
 */
static void check_jump(plan *p, ir_stmt_id from, ir_stmt_id to, ir_span at)
{
    const ir_func *f = p->func;
    for (size_t i = 1; i < f->local_count; i++) {
        const ir_local *local = &f->locals[i];
        if (!is_strong(p, (ir_local_id)i) || !encloses(p, local->scope, to)) continue;
        bool in_target = local->span.begin < f->stmts[to].span.begin;
        bool in_source = encloses(p, local->scope, from) && local->span.begin < f->stmts[from].span.begin;
        if (in_target && !in_source)
            complain(p->rw, "arc-goto-into-scope", at, p->decl->name,
                     "this jump enters the scope of '%s' past its declaration; declare it before, or end its "
                     "scope",
                     local->name);
    }
}

static ir_stmt_id enclosing_switch(const plan *p, ir_stmt_id stmt)
{
    while (stmt && p->func->stmts[stmt].kind != IR_STMT_SWITCH) stmt = p->func->stmts[stmt].parent;
    return stmt;
}

static void check_statement(plan *p, ir_stmt_id id)
{
    const ir_stmt *stmt = &p->func->stmts[id];
    if (stmt->kind == IR_STMT_CASE || stmt->kind == IR_STMT_DEFAULT) {
        check_jump(p, enclosing_switch(p, id), id, stmt->span);
    } else if (stmt->kind == IR_STMT_GOTO && stmt->label) {
        for (size_t i = 1; i < p->func->stmt_count; i++) {
            const ir_stmt *label = &p->func->stmts[i];
            if (label->kind == IR_STMT_LABEL && label->label && strcmp(label->label, stmt->label) == 0)
                check_jump(p, id, (ir_stmt_id)i, stmt->span);
        }
    }
}

static void check_local(plan *p, ir_local_id id)
{
    const ir_local *local = &p->func->locals[id];
    hold how = hold_of(p->rw, local->type, &local->annots);
    const ir_type *type = ir_type_of(p->rw->unit, local->type);
    if (how != HOLD_STRONG && how != HOLD_WEAK) return;
    if (type->is_volatile)
        complain(p->rw, "arc-volatile", local->name_span, p->decl->name,
                 "'%s' is a volatile counted reference; mark it RC_UNOWNED", local->name);
    if (type->is_atomic)
        complain(p->rw, "arc-atomic", local->name_span, p->decl->name,
                 "'%s' is an atomic counted reference; mark it RC_UNOWNED", local->name);
    if (type->is_vla)
        complain(p->rw, "arc-vla", local->name_span, p->decl->name,
                 "'%s' is a variable-length array of counted references; use rc_array_new", local->name);
}

static void check_insn(plan *p, const ir_insn *insn)
{
    ir_type_id type;
    if (insn->op == IR_OP_cast) check_cast(p, insn);
    if (insn->op == IR_OP_unknown)
        complain(p->rw, "arc-tainted", insn->span, p->decl->name, "'%s' cannot be rewritten: %s",
                 p->decl->name, insn->text ? insn->text : "a form of C that is not understood");
    if (insn->op == IR_OP_goto)
        complain(p->rw, "arc-computed-goto", insn->span, p->decl->name,
                 "a computed goto in a function that counts; use switch, or mark the function RC_MANUAL");
    if (insn->op == IR_OP_asm) {
        for (size_t i = 0; i < insn->arg_count; i++)
            if (value_of(p, insn->args[i]))
                complain(p->rw, "arc-inline-asm", insn->span, p->decl->name,
                         "inline assembly touches a counted reference; pass (void *)p");
    }
    if (insn->op == IR_OP_store) {
        place_hold(p, &insn->place, &type);
        const ir_type *t = ir_type_of(p->rw->unit, type);
        if (t->kind == IR_RECORD && record_is_class(p->rw, t->record) && insn->sub == IR_STORE_ASSIGN)
            complain(p->rw, "arc-bitwise-copy", insn->span, p->decl->name,
                     "an object of class '%s' is copied as bytes; copy its fields",
                     record_name(p->rw, t->record));
    }
}

void check_function(plan *p)
{
    if (p->func->setjmp)
        complain(p->rw, "arc-setjmp", p->func->span, p->decl->name,
                 "'%s' calls setjmp and counts references: what a longjmp skips is not released; mark it "
                 "RC_MANUAL",
                 p->decl->name);
    for (size_t i = 1; i < p->func->local_count; i++) check_local(p, (ir_local_id)i);
    for (size_t i = 1; i < p->func->stmt_count; i++) check_statement(p, (ir_stmt_id)i);
    for (size_t i = 0; i < p->count; i++) check_insn(p, p->order[i]);
}
