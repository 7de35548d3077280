/* SPDX-License-Identifier: MIT
 *
 * What cannot be rewritten faithfully, said with its id, its place and the way out.
 */
#include "rewrite_p.h"

#include <stdlib.h>
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

/* The class, or struct, at the end of the line of first members that `derived` begins: `base`, or the line's last. */
static ir_record_id follow_bases(const rewriter *rw, ir_record_id derived, ir_record_id base)
{
    while (derived != base && record_at(rw, derived)->field_count) {
        const ir_type *first = ir_type_of(rw->unit, record_at(rw, derived)->fields[0].type);
        if (first->kind != IR_RECORD) break;
        derived = first->record;
    }
    return derived;
}

/* What is not complete may have any base. */
static bool is_base_of(const rewriter *rw, ir_record_id base, ir_record_id derived)
{
    ir_record_id end = follow_bases(rw, derived, base);
    return end == base || !record_at(rw, end)->complete;
}

/* ---- acyclic promises -------------------------------------------------------------------------- */
typedef struct cycle_search {
    const rewriter *rw;
    ir_record_id *records; /* one a class of the graph */
    size_t goal;
    bool *seen;
    strbuf path;
} cycle_search;

static bool derives(const cycle_search *s, size_t class, size_t base)
{
    return follow_bases(s->rw, s->records[class], s->records[base]) == s->records[base];
}

/* Depth first along the strong fields of an instance of the class, its bases' among them, back to an instance of
 * `goal`; the path is written while the search returns. */
static bool leads_to(cycle_search *s, size_t class)
{
    const own_result *graph = &s->rw->graph;
    s->seen[class] = true;
    for (size_t i = 0; i < graph->edges.n; i++) {
        const own_edge *edge = &graph->edges.at[i];
        if (strcmp(edge->ownership, "strong") != 0 || !derives(s, class, edge->from)) continue;
        bool any = edge->to == (size_t)-1;
        bool here = any || derives(s, edge->to, s->goal) || derives(s, s->goal, edge->to), found = here;
        for (size_t c = 0; c < graph->classes.n && !found; c++)
            found = !s->seen[c] && derives(s, c, edge->to) && leads_to(s, c);
        if (!found) continue;
        strbuf tail = {0};
        strbuf_printf(&tail, "%s.%s%s", graph->classes.at[edge->from].name, edge->field, here ? "" : " -> ");
        if (s->path.n) strbuf_add(&tail, s->path.s);
        strbuf_fini(&s->path);
        s->path = tail;
        return true;
    }
    return false;
}

/* Instances of subclasses are instances of the class too. */
static bool finds_cycle(cycle_search *s)
{
    for (size_t c = 0; c < s->rw->graph.classes.n; c++)
        if (!s->seen[c] && derives(s, c, s->goal) && leads_to(s, c)) return true;
    return false;
}

static void check_acyclic(rewriter *rw, const ir_record *record)
{
    size_t n = rw->graph.classes.n;
    if (!ir_annotated(&record->annots, "acyclic")) return;
    cycle_search s = {.rw = rw, .goal = n};
    s.records = x_calloc(n, sizeof *s.records);
    s.seen = x_calloc(n, sizeof *s.seen);
    for (size_t c = 0; c < n; c++) {
        for (size_t i = 1; i < rw->unit->records.n && !s.records[c]; i++)
            if (strcmp(rw->unit->records.at[i].name, rw->graph.classes.at[c].name) == 0)
                s.records[c] = (ir_record_id)i;
        if (record_at(rw, s.records[c]) == record) s.goal = c;
    }
    if (s.goal < n && finds_cycle(&s))
        complain(rw, "arc-acyclic-broken", record->span, record->name,
                 "class '%s' is marked RC_ACYCLIC, but %s leads back to it", record->name, s.path.s);
    strbuf_fini(&s.path);
    free(s.seen);
    free(s.records);
}

void check_unit(rewriter *rw)
{
    check_initialisers(rw);
    for (size_t i = 1; i < rw->unit->records.n; i++) {
        const ir_record *record = record_at(rw, (ir_record_id)i);
        if (!record->complete || !file_is_editable(rw, record->span.file)) continue;
        for (size_t k = 0; k < record->field_count; k++) check_member(rw, record, &record->fields[k]);
        if (!record_is_class(rw, (ir_record_id)i)) continue;
        check_base(rw, record);
        check_acyclic(rw, record);
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

static bool is_object(const rewriter *rw, ir_record_id id)
{
    return strcmp(record_at(rw, id)->name, "rc_object") == 0;
}

static bool is_slot(const rewriter *rw, ir_type_id type)
{
    const ir_type *t = ir_type_of(rw->unit, type);
    return (t->kind == IR_POINTER || t->kind == IR_ARRAY) && type_class(rw, t->of);
}

static bool is_null_value(const plan *p, ir_opnd a)
{
    if (a.kind == IR_NULL || (a.kind == IR_INTEGER && a.integer == 0)) return true;
    if (a.kind != IR_TEMP || p->values[a.temp].kind == VALUE_NULL) return a.kind == IR_TEMP;
    bool copies = false; /* c ? NULL : NULL */
    for (size_t i = 0; i < p->count; i++) {
        if (p->order[i]->dst != a.temp) continue;
        if (p->order[i]->op != IR_OP_copy || !is_null_value(p, p->order[i]->a)) return false;
        copies = true;
    }
    return copies;
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
    if (source && !cast->implicit) {
        bool number =
            t->kind == IR_INT && !t->is_signed && t->size == ir_type_of(rw->unit, from)->size; /* uintptr_t */
        return number || (t->kind == IR_POINTER && ir_type_of(rw->unit, t->of)->kind == IR_VOID);
    }
    if (source || target) return false;
    return is_slot(rw, from) == is_slot(rw, to); /* T ** on one side only */
}

/* The slots of an RC_UNOWNED array are plain memory. */
static bool counts_slots(plan *p, ir_temp temp)
{
    ir_type_id type = p->func->temp_types[temp];
    return is_slot(p->rw, type) && pointee_hold(p, temp, ir_type_of(p->rw->unit, type)->of) != HOLD_UNOWNED;
}

/* It goes into a variable that is marked RC_UNOWNED, such as a comparison function's view of what qsort hands it. */
static bool is_unowned_view(plan *p, const ir_insn *cast)
{
    for (size_t i = 0; i < p->count; i++) {
        ir_type_id type;
        const ir_insn *store = p->order[i];
        if (store->op == IR_OP_store && store->a.kind == IR_TEMP && store->a.temp == cast->dst)
            return is_slot(p->rw, p->func->temp_types[cast->dst]) &&
                   place_hold(p, &store->place, &type) == HOLD_UNOWNED;
    }
    return false;
}

static bool is_bitwise_argument(const plan *p, const ir_insn *cast);

static void check_cast(plan *p, const ir_insn *cast)
{
    const rewriter *rw = p->rw;
    ir_type_id to = p->func->temp_types[cast->dst], from = 0;
    if (cast->a.kind == IR_TEMP) from = p->func->temp_types[cast->a.temp];
    bool number = cast->a.kind == IR_INTEGER && cast->a.integer != 0 && type_class(rw, to);
    bool counted = number || type_class(rw, from) || type_class(rw, to) || is_slot(rw, to) ||
                   (cast->a.kind == IR_TEMP && counts_slots(p, cast->a.temp));
    if (!counted || (cast->a.kind != IR_TEMP && !number)) return;
    if (!number &&
        (is_allowed(p, cast, from, to) || is_bitwise_argument(p, cast) || is_unowned_view(p, cast)))
        return;
    complain(p->rw, "arc-bridge", cast->span, p->decl->name,
             "'%s' becomes '%s' without saying who owns it; write rc_give, rc_take or rc_ref",
             number ? "int" : ir_type_of(rw->unit, from)->spelling, ir_type_of(rw->unit, to)->spelling);
}

/* ---- bytes --------------------------------------------------------------------------------------- */
static bool is_bitwise(const plan *p, const ir_insn *call)
{
    static const char *const names[] = {
#define BITWISE(name) #name,
#include "bitwise.def"
#undef BITWISE
    };
    if (call->op != IR_OP_call || call->a.kind != IR_NAME) return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(p->rw->unit->decls.at[call->a.name].name, names[i]) == 0) return true;
    return false;
}

static bool is_bitwise_argument(const plan *p, const ir_insn *cast)
{
    for (size_t i = 0; i < p->count; i++)
        for (size_t k = 0; is_bitwise(p, p->order[i]) && k < p->order[i]->arg_count; k++)
            if (p->order[i]->args[k].kind == IR_TEMP && p->order[i]->args[k].temp == cast->dst) return true;
    return false;
}

/* Whether the pointer is one to counted references, seen through the casts to void *. */
static bool points_at_counted(plan *p, ir_temp temp)
{
    const ir_insn *def = p->values[temp].def;
    while (def && def->op == IR_OP_cast && def->a.kind == IR_TEMP) {
        temp = def->a.temp;
        def = p->values[temp].def;
    }
    const ir_type *type = ir_type_of(p->rw->unit, p->func->temp_types[temp]);
    if (type->kind != IR_POINTER) return false;
    if (type_class(p->rw, p->func->temp_types[temp]) || counts_slots(p, temp)) return true;
    if (def && def->op == IR_OP_addr) {
        ir_type_id from;
        hold how = place_hold(p, &def->place, &from);
        return how == HOLD_STRONG || how == HOLD_WEAK;
    }
    return type_counted(p->rw, type->of) == COUNTED_STRUCT;
}

static void check_bytes(plan *p, const ir_insn *call)
{
    if (!is_bitwise(p, call)) return;
    for (size_t k = 0; k < call->arg_count; k++) {
        if (call->args[k].kind != IR_TEMP || !points_at_counted(p, call->args[k].temp)) continue;
        complain(p->rw, "arc-bitwise-copy", call->span, p->decl->name,
                 "'%s' moves counted references as bytes; assign them, or mark them RC_UNOWNED",
                 p->rw->unit->decls.at[call->a.name].name);
        return;
    }
}

/* A counted buffer has one owner. */
static void check_buffer(plan *p, const ir_insn *store)
{
    ir_type_id type;
    if (place_hold(p, &store->place, &type) != HOLD_BUFFER || store->a.kind != IR_TEMP) return;
    const ir_insn *def = p->values[store->a.temp].def;
    if (def && def->op == IR_OP_load && place_hold(p, &def->place, &type) == HOLD_BUFFER)
        complain(p->rw, "arc-bitwise-copy", store->span, p->decl->name,
                 "a counted buffer would have two owners; make another with rc_array_new");
}

/* ---- statements --------------------------------------------------------------------------------- */
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
        uint32_t known = local->init_span.file ? local->init_span.end : local->span.begin;
        bool in_source = encloses(p, local->scope, from) && known <= f->stmts[from].span.begin;
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

static void check_object_copy(plan *p, ir_opnd copied, ir_span at)
{
    const rewriter *rw = p->rw;
    if (copied.kind != IR_TEMP) return;
    const ir_type *type = ir_type_of(rw->unit, p->func->temp_types[copied.temp]);
    if (type->kind == IR_RECORD && record_is_class(p->rw, type->record))
        complain(p->rw, "arc-bitwise-copy", at, p->decl->name,
                 "an object of class '%s' is copied as bytes; copy its fields",
                 record_name(rw, type->record));
}

static void check_insn(plan *p, const ir_insn *insn)
{
    if (insn->op == IR_OP_cast) check_cast(p, insn);
    if (insn->op == IR_OP_unknown)
        complain(p->rw, "arc-tainted", insn->span, p->decl->name, "'%s' cannot be rewritten: %s",
                 p->decl->name, insn->text ? insn->text : "a form of C that is not understood");
    if (insn->op == IR_OP_goto)
        complain(p->rw, "arc-computed-goto", insn->span, p->decl->name,
                 "a computed goto in a function that counts; use switch, or mark the function RC_MANUAL");
    if (insn->op == IR_OP_asm) {
        for (size_t i = 0; i < insn->arg_count; i++)
            if (value_of(p, insn->args[i]) ||
                (insn->args[i].kind == IR_TEMP && counts_slots(p, insn->args[i].temp)))
                complain(p->rw, "arc-inline-asm", insn->span, p->decl->name,
                         "inline assembly touches a counted reference; pass (void *)p");
    }
    check_bytes(p, insn);
    if (insn->op == IR_OP_store) check_buffer(p, insn);
    if (insn->op == IR_OP_store || insn->op == IR_OP_ret) check_object_copy(p, insn->a, insn->span);
    for (size_t i = 0; insn->op == IR_OP_call && i < insn->arg_count; i++)
        check_object_copy(p, insn->args[i], insn->arg_spans[i]);
}

static ir_span setjmp_span(const plan *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->op == IR_OP_call && p->order[i]->a.kind == IR_NAME &&
            strstr(p->rw->unit->decls.at[p->order[i]->a.name].name, "setjmp"))
            return p->order[i]->span;
    return p->func->span;
}

void check_function(plan *p)
{
    if (p->func->setjmp)
        complain(p->rw, "arc-setjmp", setjmp_span(p), p->decl->name,
                 "'%s' calls setjmp and counts references: what a longjmp skips is not released; mark it "
                 "RC_MANUAL",
                 p->decl->name);
    for (size_t i = 1; i < p->func->local_count; i++) check_local(p, (ir_local_id)i);
    for (size_t i = 1; i < p->func->stmt_count; i++) check_statement(p, (ir_stmt_id)i);
    for (size_t i = 0; i < p->count; i++) check_insn(p, p->order[i]);
}
