/* SPDX-License-Identifier: MIT
 *
 * Statements.
 */
#include <stdlib.h>

#include "lower_p.h"

/* ---- the statement tree -------------------------------------------------------------------- */
static ir_stmt *stmt_at(lower *lw, ir_stmt_id id)
{
    return &ir_builder_func(lw->fn->b)->stmts[id];
}

static ir_stmt_id open_stmt(lower *lw, ir_stmt_kind kind, CXCursor cursor)
{
    ir_stmt stmt = {.kind = kind, .parent = lw->fn->stmt, .bare = lw->fn->bare, .span = span_of(lw, cursor)};
    lw->fn->bare = false;
    return lw->fn->stmt = ir_build_stmt(lw->fn->b, &stmt);
}

/* A construct that is a block of its own, as the parts of if, switch and loops are (C11 6.8.4, 6.8.5):
 * compound literals in it end with it. */
static ir_stmt_id open_block(lower *lw, ir_stmt_kind kind, CXCursor cursor, scope **outer)
{
    ir_stmt_id id = open_stmt(lw, kind, cursor);
    *outer = lw->fn->scope;
    scope_open(lw, id);
    return id;
}

/* A construct ends where its last part does, semicolon included. */
static void close_stmt(lower *lw, ir_stmt_id id)
{
    ir_stmt *stmt = stmt_at(lw, id);
    ir_stmt *parent = stmt->parent ? stmt_at(lw, stmt->parent) : NULL;
    bool last = parent && parent->kind != IR_STMT_COMPOUND && parent->span.file == stmt->span.file &&
                stmt->span.end >= parent->span.end;
    if (last) parent->span = span_join(parent->span, stmt->span);
    lw->fn->stmt = stmt->parent;
}

static void take_semicolon(lower *lw, ir_stmt_id id, CXCursor cursor)
{
    ir_span span = stmt_at(lw, id)->span;
    span_semicolon(lw, &span, cursor);
    stmt_at(lw, id)->span = span;
}

static void close_block(lower *lw, ir_stmt_id id, CXCursor cursor, scope *outer)
{
    scope_close(lw, outer);
    if (stmt_at(lw, id)->span.macro) take_semicolon(lw, id, cursor); /* CHECK(x); may be an `if` */
    close_stmt(lw, id);
}

ir_full_id full_open(lower *lw, ir_full_kind kind, CXCursor cursor, ir_local_id local)
{
    ir_full_id outer = lw->fn->full;
    ir_full full = {.kind = kind, .stmt = lw->fn->stmt, .local = local, .span = span_of(lw, cursor)};
    lw->fn->full = ir_build_full(lw->fn->b, &full);
    return outer;
}

void full_close(lower *lw, ir_full_id outer)
{
    lw->fn->full = outer;
}

/* What a label stands before. */
static void lower_labelled(lower *lw, CXCursor cursor)
{
    lw->fn->bare = clang_getCursorKind(cursor) != CXCursor_CompoundStmt;
    lower_stmt(lw, cursor);
    lw->fn->bare = false;
}

/* The body of an if, a switch or a loop: a block with or without braces. */
static void lower_body(lower *lw, CXCursor cursor)
{
    scope *outer = lw->fn->scope;
    ir_stmt_id next = (ir_stmt_id)ir_builder_func(lw->fn->b)->stmt_count;
    scope_open(lw, next);
    lower_labelled(lw, cursor);
    scope_close(lw, outer);
}

/* ---- blocks -------------------------------------------------------------------------------- */
/* Two statements that overlap come out of one macro: neither may be edited as if it stood alone. */
static void mark_overlap(lower *lw, ir_stmt_id before, ir_stmt_id after)
{
    ir_stmt *a = stmt_at(lw, before), *b = stmt_at(lw, after);
    if (a->span.file == b->span.file && b->span.begin < a->span.end) a->span.macro = b->span.macro = true;
}

static void lower_list(lower *lw, kids k, size_t n)
{
    ir_stmt_id before = 0;
    for (size_t i = 0; i < n; i++) {
        ir_stmt_id next = (ir_stmt_id)ir_builder_func(lw->fn->b)->stmt_count;
        lower_stmt(lw, kid(lw, k, i));
        if (ir_builder_func(lw->fn->b)->stmt_count == next) continue;
        if (before) mark_overlap(lw, before, next);
        before = next;
    }
}

/* Braces that macros wrote are none that text can be put beside. */
static void mark_braces(lower *lw, ir_stmt_id id)
{
    size_t n;
    ir_stmt *stmt = stmt_at(lw, id);
    const char *text = span_text(lw, stmt->span, &n);
    if (n < 2 || text[0] != '{' || text[n - 1] != '}') stmt->span.macro = true;
}

static void lower_compound(lower *lw, CXCursor cursor)
{
    ir_stmt_id id = open_stmt(lw, IR_STMT_COMPOUND, cursor);
    mark_braces(lw, id);
    scope *outer = lw->fn->scope;
    scope_open(lw, id);
    kids k = kids_of(lw, cursor, KIDS_STMT);
    lower_list(lw, k, k.n);
    kids_end(lw, k);
    scope_close(lw, outer);
    close_stmt(lw, id);
}

/* The value of a statement expression is its last statement's, below labels. */
static ir_opnd lower_last(lower *lw, CXCursor cursor)
{
    if (!clang_isExpression(clang_getCursorKind(cursor))) {
        lower_stmt(lw, cursor);
        return (ir_opnd){0};
    }
    ir_stmt_id id = open_stmt(lw, IR_STMT_EXPR, cursor);
    take_semicolon(lw, id, cursor);
    ir_full_id outer = full_open(lw, IR_FULL_EXPR, cursor, 0);
    bool isvoid = clang_getCanonicalType(clang_getCursorType(cursor)).kind == CXType_Void;
    ir_opnd value = {0};
    if (isvoid)
        lower_effect(lw, cursor);
    else
        value = lower_value(lw, cursor);
    full_close(lw, outer);
    close_stmt(lw, id);
    return value;
}

ir_opnd lower_statement_expr(lower *lw, CXCursor cursor, bool wanted)
{
    function *fn = lw->fn;
    CXCursor body = clang_getNullCursor();
    kids k = kids_of(lw, cursor, KIDS_STMT);
    if (k.n) body = kid(lw, k, 0);
    kids_end(lw, k);
    if (is_null(body)) return emit_unknown(lw, cursor, "statement expression");
    ir_full_id outer_full = fn->full;
    ir_stmt_id outer_stmt = fn->stmt;
    fn->bare = false;
    ir_stmt_id id = open_stmt(lw, IR_STMT_COMPOUND, body);
    stmt_at(lw, id)->stmt_expr = true;
    stmt_at(lw, id)->in_full = outer_full;
    fn->full = 0;
    scope *outer = fn->scope;
    scope_open(lw, id);
    k = kids_of(lw, body, KIDS_STMT);
    if (k.n) lower_list(lw, k, k.n - 1);
    ir_opnd value = {0};
    if (k.n && wanted)
        value = lower_last(lw, kid(lw, k, k.n - 1));
    else if (k.n)
        lower_stmt(lw, kid(lw, k, k.n - 1));
    kids_end(lw, k);
    scope_close(lw, outer);
    fn->stmt = outer_stmt;
    fn->full = outer_full;
    return value;
}

/* ---- declarations -------------------------------------------------------------------------- */
static bool has_vla(const lower *lw, ir_type_id id)
{
    for (const ir_type *t = ir_type_of(lw->unit, id); t->kind == IR_ARRAY || t->kind == IR_POINTER;
         t = ir_type_of(lw->unit, t->of))
        if (t->is_vla) return true;
    return false;
}

/* The sizes of variable arrays are evaluated where the declaration is reached. */
static void lower_bounds(lower *lw, CXCursor cursor, CXCursor init)
{
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    for (size_t i = 0; i < k.n; i++) {
        if (clang_equalCursors(kid(lw, k, i), init)) break;
        ir_full_id outer = full_open(lw, IR_FULL_VLA, kid(lw, k, i), 0);
        lower_effect(lw, kid(lw, k, i));
        full_close(lw, outer);
    }
    kids_end(lw, k);
}

static void lower_local(lower *lw, CXCursor cursor)
{
    function *fn = lw->fn;
    CXCursor init = clang_Cursor_getVarDeclInitializer(cursor);
    bool initialised = !is_null(init) && !clang_isInvalid(clang_getCursorKind(init));
    ir_local local = {.scope = scope_stmt(lw), .stmt = fn->stmt, .span = span_of(lw, cursor)};
    local.name = keep_string(lw, clang_getCursorSpelling(cursor));
    local.type = lower_declared_type(lw, cursor);
    local.name_span = span_of_name(lw, cursor);
    if (initialised) local.init_span = span_of(lw, init);
    if (clang_Cursor_hasAttrs(cursor)) lower_annots(lw, cursor, &local.annots, NULL);
    if (has_vla(lw, local.type)) lower_bounds(lw, cursor, init);
    ir_local_id id = ir_build_local(fn->b, &local);
    cursor_map_set(&fn->locals, cursor, id);
    ir_place place = {.base = IR_BASE_LOCAL, .id = id};
    emit(lw, cursor, &(ir_insn){.op = IR_OP_decl, .place = place, .type = local.type, .span = local.span});
    scope_declare(lw, id, cleanup_of(lw, cursor));
    if (!initialised) return;
    ir_full_id outer = full_open(lw, IR_FULL_INIT, init, id);
    lower_initialise(lw, place, local.type, init);
    full_close(lw, outer);
}

static void lower_declaration(lower *lw, CXCursor cursor)
{
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_VarDecl: {
        enum CX_StorageClass storage = clang_Cursor_getStorageClass(cursor);
        if (storage == CX_SC_Static)
            lower_static_local(lw, cursor);
        else if (storage == CX_SC_Extern)
            lower_decl(lw, cursor);
        else
            lower_local(lw, cursor);
        break;
    }
    case CXCursor_TypedefDecl:
        if (has_vla(lw, lower_type(lw, clang_getTypedefDeclUnderlyingType(cursor))))
            lower_bounds(lw, cursor, clang_getNullCursor());
        break;
    default: break;
    }
}

static void lower_declarations(lower *lw, CXCursor cursor)
{
    ir_stmt_id id = open_stmt(lw, IR_STMT_DECL, cursor);
    take_semicolon(lw, id, cursor);
    kids k = kids_of(lw, cursor, KIDS_ALL);
    for (size_t i = 0; i < k.n; i++) lower_declaration(lw, kid(lw, k, i));
    kids_end(lw, k);
    close_stmt(lw, id);
}

/* ---- simple statements --------------------------------------------------------------------- */
static void lower_expr_stmt(lower *lw, CXCursor cursor)
{
    ir_stmt_id id = open_stmt(lw, IR_STMT_EXPR, cursor);
    take_semicolon(lw, id, cursor);
    ir_full_id outer = full_open(lw, IR_FULL_EXPR, cursor, 0);
    lower_effect(lw, cursor);
    full_close(lw, outer);
    close_stmt(lw, id);
}

static void lower_return(lower *lw, CXCursor cursor)
{
    ir_stmt_id id = open_stmt(lw, IR_STMT_RETURN, cursor);
    take_semicolon(lw, id, cursor);
    ir_insn ret = {.op = IR_OP_ret};
    CXCursor value = kid_first(lw, cursor);
    ir_full_id full = 0;
    if (!is_null(value)) {
        ir_full_id outer = full_open(lw, IR_FULL_RETURN, value, 0);
        full = lw->fn->full;
        bool isvoid = clang_getCanonicalType(clang_getCursorType(value)).kind == CXType_Void;
        if (isvoid)
            lower_effect(lw, value);
        else
            ret.a = lower_value(lw, value), ret.type = lower_cursor_type(lw, value);
        ret.a_span = span_of(lw, value);
        full_close(lw, outer);
    }
    if (ir_build_current(lw->fn->b)) {
        scope_leave(lw, lw->fn->scope, NULL, id);
        ir_full_id outer = lw->fn->full;
        lw->fn->full = full;
        emit(lw, cursor, &ret);
        lw->fn->full = outer;
    }
    close_stmt(lw, id);
}

static void leave_to(lower *lw, CXCursor cursor, ir_sub sub, const scope *to, ir_block_id block)
{
    if (!ir_build_current(lw->fn->b)) ir_build_at(lw->fn->b, ir_build_block(lw->fn->b));
    scope_leave(lw, lw->fn->scope, to, lw->fn->stmt);
    ir_insn jump = {.op = IR_OP_jump, .sub = sub, .succ_count = 1};
    jump.succ = arena_alloc(&lw->unit->arena, sizeof *jump.succ);
    jump.succ[0] = block;
    emit(lw, cursor, &jump);
}

static void lower_break(lower *lw, CXCursor cursor, bool is_continue)
{
    ir_stmt_id id = open_stmt(lw, is_continue ? IR_STMT_CONTINUE : IR_STMT_BREAK, cursor);
    take_semicolon(lw, id, cursor);
    loop *to = lw->fn->loop;
    while (to && is_continue && !to->on_continue) to = to->up;
    if (to)
        leave_to(lw, cursor, is_continue ? IR_JUMP_CONTINUE : IR_JUMP_BREAK, to->at,
                 is_continue ? to->on_continue : to->on_break);
    else
        taint(lw, cursor, "a jump out of no loop");
    close_stmt(lw, id);
}

static void lower_goto(lower *lw, CXCursor cursor)
{
    function *fn = lw->fn;
    ir_stmt_id id = open_stmt(lw, IR_STMT_GOTO, cursor);
    take_semicolon(lw, id, cursor);
    kids k = kids_of(lw, cursor, KIDS_ALL);
    if (k.n) {
        CXCursor ref = kid(lw, k, 0);
        const char *name = keep_string(lw, clang_getCursorSpelling(ref));
        stmt_at(lw, id)->label = name;
        if (!ir_build_current(fn->b)) ir_build_at(fn->b, ir_build_block(fn->b));
        pending_goto pending = {
            .block = ir_build_current(fn->b), .from = fn->scope, .stmt = id, .span = span_of(lw, cursor)};
        pending.label = label_find(lw, clang_getCursorReferenced(ref), name);
        vec_push(&fn->gotos, pending);
        ir_build_at(fn->b, 0);
    }
    kids_end(lw, k);
    close_stmt(lw, id);
}

static void lower_computed_goto(lower *lw, CXCursor cursor)
{
    function *fn = lw->fn;
    ir_stmt_id id = open_stmt(lw, IR_STMT_GOTO, cursor);
    take_semicolon(lw, id, cursor);
    ir_builder_func(fn->b)->computed_goto = true;
    CXCursor target = kid_first(lw, cursor);
    ir_full_id outer = full_open(lw, IR_FULL_EXPR, target, 0);
    ir_insn jump = {.op = IR_OP_goto, .a = lower_value(lw, target), .span = span_of(lw, cursor), .stmt = id};
    jump.a_span = span_of(lw, target);
    full_close(lw, outer);
    if (!ir_build_current(fn->b)) ir_build_at(fn->b, ir_build_block(fn->b));
    vec_push(&fn->dispatches, ((pending_dispatch){ir_build_current(fn->b), jump}));
    ir_build_at(fn->b, 0);
    close_stmt(lw, id);
}

static void continue_at(lower *lw, ir_block_id block)
{
    emit_jump(lw, IR_JUMP_FALL, block);
    ir_build_at(lw->fn->b, block);
}

static void lower_label(lower *lw, CXCursor cursor)
{
    function *fn = lw->fn;
    ir_stmt_id id = open_stmt(lw, IR_STMT_LABEL, cursor);
    const char *name = keep_string(lw, clang_getCursorSpelling(cursor));
    stmt_at(lw, id)->label = name;
    size_t i = label_find(lw, cursor, name);
    fn->labels.at[i].at = fn->scope;
    continue_at(lw, fn->labels.at[i].block);
    kids k = kids_of(lw, cursor, KIDS_STMT);
    if (k.n) lower_labelled(lw, kid(lw, k, k.n - 1));
    kids_end(lw, k);
    close_stmt(lw, id);
}

/* ---- if and loops -------------------------------------------------------------------------- */
static void lower_condition(lower *lw, CXCursor condition, CXCursor construct, ir_full_kind kind, ir_sub sub,
                            ir_block_id yes, ir_block_id no)
{
    ir_full_id outer = full_open(lw, kind, condition, 0);
    lower_cond(lw, condition, sub, construct, yes, no);
    full_close(lw, outer);
}

static void lower_if(lower *lw, CXCursor cursor)
{
    ir_builder *b = lw->fn->b;
    scope *outer;
    ir_stmt_id id = open_block(lw, IR_STMT_IF, cursor, &outer);
    kids k = kids_of(lw, cursor, KIDS_STMT);
    if (k.n == 2 || k.n == 3) {
        ir_block_id yes = ir_build_block(b), end = ir_build_block(b), no = k.n == 3 ? ir_build_block(b) : end;
        lower_condition(lw, kid(lw, k, 0), cursor, IR_FULL_IF, IR_BR_IF, yes, no);
        ir_build_at(b, yes);
        lower_body(lw, kid(lw, k, 1));
        emit_jump(lw, IR_JUMP_FALL, end);
        if (k.n == 3) {
            ir_build_at(b, no);
            lower_body(lw, kid(lw, k, 2));
            emit_jump(lw, IR_JUMP_FALL, end);
        }
        ir_build_at(b, end);
    } else {
        taint(lw, cursor, "an if without its parts");
    }
    kids_end(lw, k);
    close_block(lw, id, cursor, outer);
}

static void lower_loop_body(lower *lw, CXCursor body, ir_block_id on_break, ir_block_id on_continue)
{
    loop here = {.up = lw->fn->loop, .on_break = on_break, .on_continue = on_continue, .at = lw->fn->scope};
    lw->fn->loop = &here;
    lower_body(lw, body);
    lw->fn->loop = here.up;
}

static void lower_while(lower *lw, CXCursor cursor)
{
    ir_builder *b = lw->fn->b;
    scope *outer;
    ir_stmt_id id = open_block(lw, IR_STMT_WHILE, cursor, &outer);
    kids k = kids_of(lw, cursor, KIDS_STMT);
    if (k.n == 2) {
        ir_block_id head = ir_build_block(b), body = ir_build_block(b), end = ir_build_block(b);
        continue_at(lw, head);
        lower_condition(lw, kid(lw, k, 0), cursor, IR_FULL_WHILE, IR_BR_WHILE, body, end);
        ir_build_at(b, body);
        lower_loop_body(lw, kid(lw, k, 1), end, head);
        emit_jump(lw, IR_JUMP_BACK, head);
        ir_build_at(b, end);
    } else {
        taint(lw, cursor, "a loop without its parts");
    }
    kids_end(lw, k);
    close_block(lw, id, cursor, outer);
}

static void lower_do(lower *lw, CXCursor cursor)
{
    ir_builder *b = lw->fn->b;
    scope *outer;
    ir_stmt_id id = open_block(lw, IR_STMT_DO, cursor, &outer);
    take_semicolon(lw, id, cursor);
    kids k = kids_of(lw, cursor, KIDS_STMT);
    if (k.n == 2) {
        ir_block_id body = ir_build_block(b), test = ir_build_block(b), end = ir_build_block(b);
        continue_at(lw, body);
        lower_loop_body(lw, kid(lw, k, 0), end, test);
        continue_at(lw, test);
        lower_condition(lw, kid(lw, k, 1), cursor, IR_FULL_DO, IR_BR_DO, body, end);
        ir_build_at(b, end);
    } else {
        taint(lw, cursor, "a loop without its parts");
    }
    kids_end(lw, k);
    close_block(lw, id, cursor, outer);
}

static void lower_effect_full(lower *lw, ir_full_kind kind, CXCursor cursor)
{
    ir_full_id outer = full_open(lw, kind, cursor, 0);
    lower_effect(lw, cursor);
    full_close(lw, outer);
}

static void lower_for_parts(lower *lw, CXCursor cursor, kids k, int parts)
{
    ir_builder *b = lw->fn->b;
    size_t next = 0;
    ir_block_id head = ir_build_block(b), body = ir_build_block(b), step = ir_build_block(b),
                end = ir_build_block(b);
    if (parts & 1) {
        CXCursor init = kid(lw, k, next++);
        if (clang_isExpression(clang_getCursorKind(init)))
            lower_effect_full(lw, IR_FULL_FOR_INIT, init);
        else
            lower_stmt(lw, init);
    }
    continue_at(lw, head);
    if (parts & 2)
        lower_condition(lw, kid(lw, k, next++), cursor, IR_FULL_FOR_COND, IR_BR_FOR, body, end);
    else
        emit_br(lw, cursor, cursor, IR_BR_FOR, opnd_int(1), body, end);
    CXCursor stepping = parts & 4 ? kid(lw, k, next++) : cursor;
    ir_build_at(b, body);
    lower_loop_body(lw, kid(lw, k, next), end, step);
    continue_at(lw, step);
    if (parts & 4) lower_effect_full(lw, IR_FULL_FOR_STEP, stepping);
    emit_jump(lw, IR_JUMP_BACK, head);
    ir_build_at(b, end);
}

static void lower_for(lower *lw, CXCursor cursor)
{
    scope *outer;
    ir_stmt_id id = open_block(lw, IR_STMT_FOR, cursor, &outer);
    kids k = kids_of(lw, cursor, KIDS_STMT);
    int parts = for_parts(lw, cursor, k.n);
    if (parts < 0)
        taint(lw, cursor, "a for loop whose missing parts could not be told");
    else
        lower_for_parts(lw, cursor, k, parts);
    kids_end(lw, k);
    close_block(lw, id, cursor, outer);
}

/* ---- switch -------------------------------------------------------------------------------- */
struct switch_cases {
    VEC(ir_case) ranges;
    VEC(ir_block_id) blocks;
    ir_block_id otherwise;
};

static struct switch_cases *cases_around(lower *lw)
{
    loop *at = lw->fn->loop;
    while (at && !at->cases) at = at->up;
    return at ? at->cases : NULL;
}

static void emit_switch(lower *lw, CXCursor cursor, ir_insn insn, const struct switch_cases *cases,
                        ir_block_id end)
{
    arena *a = &lw->unit->arena;
    insn.case_count = cases->ranges.n;
    insn.cases = arena_alloc(a, (insn.case_count + 1) * sizeof *insn.cases);
    insn.succ = arena_alloc(a, (insn.case_count + 1) * sizeof *insn.succ);
    for (size_t i = 0; i < insn.case_count; i++) {
        insn.cases[i] = cases->ranges.at[i];
        insn.succ[i] = cases->blocks.at[i];
    }
    insn.succ[insn.case_count] = cases->otherwise ? cases->otherwise : end;
    insn.succ_count = insn.case_count + 1;
    emit(lw, cursor, &insn);
}

static void lower_switch(lower *lw, CXCursor cursor)
{
    ir_builder *b = lw->fn->b;
    scope *outer;
    ir_stmt_id id = open_block(lw, IR_STMT_SWITCH, cursor, &outer);
    kids k = kids_of(lw, cursor, KIDS_STMT);
    if (k.n == 2) {
        CXCursor condition = kid(lw, k, 0);
        ir_full_id outer_full = full_open(lw, IR_FULL_SWITCH, condition, 0), full = lw->fn->full;
        ir_insn insn = {
            .op = IR_OP_switch, .a = lower_value(lw, condition), .a_span = span_of(lw, condition)};
        full_close(lw, outer_full);
        insn.span = insn.a_span;
        if (!ir_build_current(b)) ir_build_at(b, ir_build_block(b));
        ir_block_id head = ir_build_current(b), end = ir_build_block(b);
        struct switch_cases cases = {0};
        loop here = {.up = lw->fn->loop, .on_break = end, .at = lw->fn->scope, .cases = &cases};
        lw->fn->loop = &here;
        ir_build_at(b, 0);
        lower_body(lw, kid(lw, k, 1));
        lw->fn->loop = here.up;
        emit_jump(lw, IR_JUMP_FALL, end);
        ir_build_at(b, head);
        lw->fn->full = full;
        emit_switch(lw, cursor, insn, &cases, end);
        lw->fn->full = outer_full;
        ir_build_at(b, end);
        vec_fini(&cases.ranges);
        vec_fini(&cases.blocks);
    } else {
        taint(lw, cursor, "a switch without its parts");
    }
    kids_end(lw, k);
    close_block(lw, id, cursor, outer);
}

static void lower_case(lower *lw, CXCursor cursor)
{
    ir_stmt_id id = open_stmt(lw, IR_STMT_CASE, cursor);
    struct switch_cases *cases = cases_around(lw);
    kids k = kids_of(lw, cursor, KIDS_STMT);
    ir_case range = {0};
    bool ok = cases && (k.n == 2 || k.n == 3) && eval_integer(kid(lw, k, 0), &range.low);
    range.high = range.low;
    if (ok && k.n == 3) ok = eval_integer(kid(lw, k, 1), &range.high);
    ir_block_id block = ir_build_block(lw->fn->b);
    if (ok) {
        vec_push(&cases->ranges, range);
        vec_push(&cases->blocks, block);
    } else {
        taint(lw, cursor, "a case without its value");
    }
    continue_at(lw, block);
    if (k.n) lower_labelled(lw, kid(lw, k, k.n - 1));
    kids_end(lw, k);
    close_stmt(lw, id);
}

static void lower_default(lower *lw, CXCursor cursor)
{
    ir_stmt_id id = open_stmt(lw, IR_STMT_DEFAULT, cursor);
    struct switch_cases *cases = cases_around(lw);
    ir_block_id block = ir_build_block(lw->fn->b);
    if (cases) cases->otherwise = block;
    continue_at(lw, block);
    kids k = kids_of(lw, cursor, KIDS_STMT);
    if (k.n) lower_labelled(lw, kid(lw, k, k.n - 1));
    kids_end(lw, k);
    close_stmt(lw, id);
}

/* ---- all ----------------------------------------------------------------------------------- */
static void lower_null(lower *lw, CXCursor cursor)
{
    ir_stmt_id id = open_stmt(lw, IR_STMT_NULL, cursor);
    take_semicolon(lw, id, cursor);
    close_stmt(lw, id);
}

static void lower_asm_stmt(lower *lw, CXCursor cursor)
{
    ir_stmt_id id = open_stmt(lw, IR_STMT_ASM, cursor);
    take_semicolon(lw, id, cursor);
    lower_asm(lw, cursor);
    close_stmt(lw, id);
}

static void lower_attributed(lower *lw, CXCursor cursor)
{
    kids k = kids_of(lw, cursor, KIDS_STMT);
    if (k.n) lower_stmt(lw, kid(lw, k, k.n - 1));
    kids_end(lw, k);
}

static void dispatch(lower *lw, CXCursor cursor)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    switch (kind) {
    case CXCursor_CompoundStmt: lower_compound(lw, cursor); break;
    case CXCursor_DeclStmt: lower_declarations(lw, cursor); break;
    case CXCursor_IfStmt: lower_if(lw, cursor); break;
    case CXCursor_WhileStmt: lower_while(lw, cursor); break;
    case CXCursor_DoStmt: lower_do(lw, cursor); break;
    case CXCursor_ForStmt: lower_for(lw, cursor); break;
    case CXCursor_SwitchStmt: lower_switch(lw, cursor); break;
    case CXCursor_CaseStmt: lower_case(lw, cursor); break;
    case CXCursor_DefaultStmt: lower_default(lw, cursor); break;
    case CXCursor_LabelStmt: lower_label(lw, cursor); break;
    case CXCursor_GotoStmt: lower_goto(lw, cursor); break;
    case CXCursor_IndirectGotoStmt: lower_computed_goto(lw, cursor); break;
    case CXCursor_BreakStmt: lower_break(lw, cursor, false); break;
    case CXCursor_ContinueStmt: lower_break(lw, cursor, true); break;
    case CXCursor_ReturnStmt: lower_return(lw, cursor); break;
    case CXCursor_NullStmt: lower_null(lw, cursor); break;
    case CXCursor_GCCAsmStmt:
    case CXCursor_MSAsmStmt: lower_asm_stmt(lw, cursor); break;
    case CXCursor_UnexposedStmt: lower_attributed(lw, cursor); break;
    default:
        if (clang_isExpression(kind))
            lower_expr_stmt(lw, cursor);
        else
            emit_unknown(lw, cursor, "statement");
    }
}

void lower_stmt(lower *lw, CXCursor cursor)
{
    if (too_deep(lw)) {
        emit_unknown(lw, cursor, "nesting");
        return;
    }
    lw->fn->depth++;
    dispatch(lw, cursor);
    lw->fn->depth--;
}
