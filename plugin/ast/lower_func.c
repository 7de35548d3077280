/* SPDX-License-Identifier: MIT
 *
 * A function's body: scopes, labels and what ends on the way of a jump.
 */
#include <stdlib.h>

#include "lower_p.h"

/* ---- scopes -------------------------------------------------------------------------------- */
static scope *push_node(lower *lw, scope node)
{
    scope *fresh = arena_alloc(&lw->unit->arena, sizeof *fresh);
    *fresh = node;
    fresh->up = lw->fn->scope;
    fresh->depth = fresh->up ? fresh->up->depth + 1 : 0;
    return lw->fn->scope = fresh;
}

void scope_open(lower *lw, ir_stmt_id stmt)
{
    push_node(lw, (scope){.stmt = stmt});
}

void scope_declare(lower *lw, ir_local_id local, ir_decl_id cleanup)
{
    push_node(lw, (scope){.local = local, .cleanup = cleanup});
}

ir_stmt_id scope_stmt(const lower *lw)
{
    const scope *at = lw->fn->scope;
    while (at->local) at = at->up;
    return at->stmt;
}

static void call_cleanup(lower *lw, const scope *node, ir_stmt_id stmt)
{
    arena *a = &lw->unit->arena;
    ir_func *f = ir_builder_func(lw->fn->b);
    ir_type pointer = {.kind = IR_POINTER, .of = f->locals[node->local].type, .size = sizeof(void *)};
    pointer.spelling = arena_printf(a, "%s *", ir_type_of(lw->unit, pointer.of)->spelling);
    ir_place place = {.base = IR_BASE_LOCAL, .id = node->local};
    f->locals[node->local].address_taken = true;
    ir_opnd address =
        emit_value(lw, clang_getNullCursor(), (ir_insn){.op = IR_OP_addr, .place = place, .stmt = stmt},
                   ir_type_intern(lw->unit, &pointer));
    ir_insn call = {
        .op = IR_OP_call, .a = {.kind = IR_NAME, .name = node->cleanup}, .arg_count = 1, .stmt = stmt};
    call.args = arena_alloc(a, sizeof *call.args);
    call.arg_spans = arena_alloc(a, sizeof *call.arg_spans);
    call.args[0] = address;
    emit(lw, clang_getNullCursor(), &call);
}

/* Ends what is between two positions; `to` is an ancestor. */
void scope_leave(lower *lw, scope *from, const scope *to, ir_stmt_id stmt)
{
    if (!ir_build_current(lw->fn->b)) return;
    for (scope *at = from; at && at != to; at = at->up) {
        if (!at->local) continue;
        if (at->cleanup) call_cleanup(lw, at, stmt);
        ir_place place = {.base = IR_BASE_LOCAL, .id = at->local};
        ir_type_id type = ir_builder_func(lw->fn->b)->locals[at->local].type;
        emit(lw, clang_getNullCursor(),
             &(ir_insn){.op = IR_OP_end, .place = place, .type = type, .stmt = stmt});
    }
}

void scope_close(lower *lw, scope *outer)
{
    scope_leave(lw, lw->fn->scope, outer, scope_stmt(lw));
    lw->fn->scope = outer;
}

static scope *common(scope *a, scope *b)
{
    while (a && b && a != b)
        if (a->depth >= b->depth)
            a = a->up;
        else
            b = b->up;
    return a && b ? a : NULL;
}

/* ---- labels -------------------------------------------------------------------------------- */
/* A reference's target and the statement itself are unequal cursors: they are told by where they stand. */
size_t label_find(lower *lw, CXCursor target, const char *name)
{
    function *fn = lw->fn;
    for (size_t i = 0; i < fn->labels.n; i++) {
        label *known = &fn->labels.at[i];
        if (is_null(known->target) && strcmp(known->name, name) == 0) known->target = target; /* from asm */
        if (strcmp(known->name, name) == 0 && same_start(lw, known->target, target)) return i;
    }
    label fresh = {.name = name, .target = target, .block = ir_build_block(fn->b)};
    vec_push(&fn->labels, fresh);
    return fn->labels.n - 1;
}

size_t label_named(lower *lw, const char *name, size_t n)
{
    function *fn = lw->fn;
    for (size_t i = 0; i < fn->labels.n; i++)
        if (strlen(fn->labels.at[i].name) == n && strncmp(fn->labels.at[i].name, name, n) == 0) return i;
    label fresh = {.name = arena_strndup(&lw->unit->arena, name, n), .target = clang_getNullCursor()};
    fresh.block = ir_build_block(fn->b);
    vec_push(&fn->labels, fresh);
    return fn->labels.n - 1;
}

static void finish_goto(lower *lw, const pending_goto *pending)
{
    function *fn = lw->fn;
    const label *to = &fn->labels.at[pending->label];
    if (!to->at) {
        taint(lw, fn->cursor, arena_printf(&lw->unit->arena, "label '%s' was not found", to->name));
        return;
    }
    ir_build_at(fn->b, pending->block);
    fn->stmt = pending->stmt;
    scope_leave(lw, pending->from, common(pending->from, to->at), pending->stmt);
    ir_insn jump = {.op = IR_OP_jump, .sub = IR_JUMP_GOTO, .span = pending->span, .stmt = pending->stmt};
    jump.succ = arena_alloc(&lw->unit->arena, sizeof *jump.succ);
    jump.succ[0] = to->block;
    jump.succ_count = 1;
    emit(lw, clang_getNullCursor(), &jump);
}

static void finish_dispatch(lower *lw, pending_dispatch *pending)
{
    function *fn = lw->fn;
    ir_insn *insn = &pending->insn;
    insn->succ = arena_alloc(&lw->unit->arena, (fn->labels.n + 1) * sizeof *insn->succ);
    for (size_t i = 0; i < fn->labels.n; i++)
        if (fn->labels.at[i].address_taken) insn->succ[insn->succ_count++] = fn->labels.at[i].block;
    ir_build_at(fn->b, pending->block);
    fn->stmt = insn->stmt;
    if (insn->succ_count)
        emit(lw, clang_getNullCursor(), insn);
    else
        emit(lw, clang_getNullCursor(), &(ir_insn){.op = IR_OP_stop});
}

static void finish_jumps(lower *lw)
{
    function *fn = lw->fn;
    fn->full = 0;
    for (size_t i = 0; i < fn->gotos.n; i++) finish_goto(lw, &fn->gotos.at[i]);
    for (size_t i = 0; i < fn->dispatches.n; i++) finish_dispatch(lw, &fn->dispatches.at[i]);
    for (size_t i = 0; i < fn->labels.n; i++) {
        const label *l = &fn->labels.at[i];
        ir_build_label(fn->b, l->block, l->name, l->address_taken);
    }
}

/* ---- taint --------------------------------------------------------------------------------- */
void taint(lower *lw, CXCursor at, const char *why)
{
    ir_func *f = ir_builder_func(lw->fn->b);
    if (f->tainted) return;
    f->tainted = why;
    f->tainted_at = span_of(lw, at);
}

/* An error anywhere inside makes statements vanish without a trace, so nothing of the body is believed. */
static const ast_error *error_inside(const lower *lw, const ir_span *span)
{
    for (size_t i = 0; i < lw->result->error_count; i++) {
        const error_place *place = &lw->error_places.at[i];
        if (place->file == span->file && place->offset >= span->begin && place->offset <= span->end)
            return &lw->result->errors[i];
    }
    return NULL;
}

static void tainted_body(lower *lw, const ast_error *error)
{
    ir_func *f = ir_builder_func(lw->fn->b);
    f->tainted = error->message;
    f->tainted_at = f->span;
    f->tainted_at.line = error->line, f->tainted_at.column = error->column;
    lw->fn->stmt = ir_build_stmt(lw->fn->b, &(ir_stmt){.kind = IR_STMT_COMPOUND, .span = f->body});
    emit(lw, clang_getNullCursor(),
         &(ir_insn){.op = IR_OP_unknown, .text = "compile error", .span = f->body});
    emit(lw, clang_getNullCursor(), &(ir_insn){.op = IR_OP_stop, .span = f->body});
    ir_builder_func(lw->fn->b)->unknowns++;
}

/* ---- the body ------------------------------------------------------------------------------ */
static void add_params(lower *lw, CXCursor cursor, ir_decl_id decl)
{
    int n = clang_Cursor_getNumArguments(cursor);
    for (int i = 0; i < n; i++) {
        CXCursor param = clang_Cursor_getArgument(cursor, (unsigned)i);
        ir_local local = {.is_param = true, .param = (uint32_t)i};
        local.name = keep_string(lw, clang_getCursorSpelling(param));
        local.type = lower_declared_type(lw, param);
        local.span = span_of(lw, param);
        local.name_span = span_of_name(lw, param);
        if ((size_t)i < lw->unit->decls.at[decl].param_count)
            local.annots = lw->unit->decls.at[decl].params[i].annots;
        cursor_map_set(&lw->fn->locals, param, ir_build_local(lw->fn->b, &local));
    }
}

static void ordinary_body(lower *lw, CXCursor body)
{
    function *fn = lw->fn;
    push_node(lw, (scope){0});
    lower_stmt(lw, body);
    if (ir_build_current(fn->b)) {
        fn->stmt = 1;
        ir_span end = ir_builder_func(fn->b)->body;
        end.begin = end.end ? end.end - 1 : 0;
        end.line = end.end_line, end.column = end.end_column ? end.end_column - 1 : 0;
        emit(lw, clang_getNullCursor(), &(ir_insn){.op = IR_OP_ret, .span = end});
    }
    finish_jumps(lw);
}

static void function_fini(function *fn)
{
    cursor_map_fini(&fn->locals);
    printed_fini(&fn->printed);
    vec_fini(&fn->labels);
    vec_fini(&fn->gotos);
    vec_fini(&fn->dispatches);
}

static CXCursor find_body(lower *lw, CXCursor cursor)
{
    kids k = kids_of(lw, cursor, KIDS_STMT);
    CXCursor body = clang_getNullCursor();
    for (size_t i = 0; i < k.n; i++)
        if (clang_getCursorKind(kid(lw, k, i)) == CXCursor_CompoundStmt) body = kid(lw, k, i);
    kids_end(lw, k);
    return body;
}

void lower_function_body(lower *lw, CXCursor cursor, ir_decl_id decl)
{
    CXCursor body = find_body(lw, cursor);
    if (is_null(body)) return;
    function fn = {.decl = decl, .name = lw->unit->decls.at[decl].name, .cursor = cursor};
    fn.b = ir_builder_new(lw->unit, decl);
    lw->fn = &fn;
    ir_func *f = ir_builder_func(fn.b);
    f->span = span_of(lw, cursor);
    f->body = span_of(lw, body);
    add_params(lw, cursor, decl);
    const ast_error *error = error_inside(lw, &f->span);
    if (error)
        tainted_body(lw, error);
    else
        ordinary_body(lw, body);
    ir_builder_finish(fn.b);
    function_fini(&fn);
    lw->fn = NULL;
}
