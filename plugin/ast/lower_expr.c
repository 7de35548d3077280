/* SPDX-License-Identifier: MIT
 *
 * Expressions that have a value.
 */
#include <stdlib.h>

#include "lower_p.h"

/* ---- emitting ------------------------------------------------------------------------------ */
ir_insn *emit(lower *lw, CXCursor cursor, const ir_insn *insn)
{
    ir_insn whole = *insn;
    if (!is_null(cursor)) {
        if (!whole.span.file) whole.span = span_of(lw, cursor);
        macro_names(lw, cursor, &whole.macro, &whole.inner_macro);
    }
    if (!whole.stmt) whole.stmt = lw->fn->stmt;
    whole.full = lw->fn->full;
    return ir_build_insn(lw->fn->b, &whole);
}

ir_opnd emit_value(lower *lw, CXCursor cursor, ir_insn insn, ir_type_id type)
{
    insn.type = type;
    insn.dst = ir_build_temp(lw->fn->b, type);
    emit(lw, cursor, &insn);
    return opnd_temp(insn.dst);
}

ir_opnd emit_unknown(lower *lw, CXCursor cursor, const char *why)
{
    emit(lw, cursor, &(ir_insn){.op = IR_OP_unknown, .text = why});
    ir_builder_func(lw->fn->b)->unknowns++;
    CXType type = clang_getCursorType(cursor);
    if (type.kind == CXType_Invalid || type.kind == CXType_Void) return (ir_opnd){0};
    return emit_value(lw, cursor, (ir_insn){.op = IR_OP_any}, lower_type(lw, type));
}

/* A pointer to a function keeps what its declaration says of the parameters. */
ir_opnd emit_load(lower *lw, CXCursor cursor, ir_place place, ir_type_id type)
{
    const ir_type *pointer = ir_type_of(lw->unit, type);
    if (pointer->kind == IR_POINTER && ir_type_of(lw->unit, pointer->of)->kind == IR_FUNCTION) {
        ir_type_id declared = ir_place_type(lw->unit, ir_builder_func(lw->fn->b), &place);
        if (ir_type_of(lw->unit, declared)->kind == IR_POINTER) type = declared;
    }
    return emit_value(lw, cursor, (ir_insn){.op = IR_OP_load, .place = place}, type);
}

ir_temp as_temp(lower *lw, CXCursor cursor, ir_opnd value, ir_type_id type)
{
    if (value.kind == IR_TEMP) return value.temp;
    return emit_value(lw, cursor, (ir_insn){.op = IR_OP_copy, .a = value, .a_span = span_of(lw, cursor)},
                      type)
        .temp;
}

/* ---- looking through ----------------------------------------------------------------------- */
CXCursor strip_parens(lower *lw, CXCursor cursor)
{
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        bool extension = kind == CXCursor_UnaryOperator &&
                         clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_Extension;
        if (kind != CXCursor_ParenExpr && !extension) return cursor;
        CXCursor inner = kid_last(lw, cursor);
        if (is_null(inner)) return cursor;
        cursor = inner;
    }
}

CXCursor strip_casts(lower *lw, CXCursor cursor)
{
    for (;;) {
        cursor = strip_parens(lw, cursor);
        if (clang_getCursorKind(cursor) != CXCursor_UnexposedExpr) return cursor;
        kids k = kids_of(lw, cursor, KIDS_EXPR);
        CXCursor inner = k.n == 1 ? kid(lw, k, 0) : cursor;
        kids_end(lw, k);
        if (clang_equalCursors(inner, cursor) || !same_start(lw, cursor, inner)) return cursor;
        cursor = inner;
    }
}

static ir_type_kind cursor_type_kind(lower *lw, CXCursor cursor)
{
    return ir_type_of(lw->unit, lower_cursor_type(lw, cursor))->kind;
}

static bool same_type(CXCursor a, CXCursor b)
{
    CXType x = clang_getUnqualifiedType(clang_getCanonicalType(clang_getCursorType(a)));
    CXType y = clang_getUnqualifiedType(clang_getCanonicalType(clang_getCursorType(b)));
    return clang_equalTypes(x, y) != 0;
}

/* ---- conversions --------------------------------------------------------------------------- */
static int64_t wrap(const ir_type *type, int64_t value)
{
    if (type->kind == IR_BOOL) return value != 0;
    if (type->size == 0 || type->size >= 8) return value;
    unsigned bits = (unsigned)type->size * 8;
    uint64_t low = (uint64_t)value & ((UINT64_C(1) << bits) - 1);
    bool negative = type->is_signed && (low >> (bits - 1) & 1);
    return (int64_t)(negative ? low | ~((UINT64_C(1) << bits) - 1) : low);
}

static ir_opnd convert(lower *lw, CXCursor cursor, CXCursor inner, ir_opnd value, bool implicit)
{
    ir_type_id to = lower_cursor_type(lw, cursor);
    const ir_type *type = ir_type_of(lw->unit, to);
    bool integral = type->kind == IR_INT || type->kind == IR_BOOL;
    if (value.kind == IR_INTEGER && integral) return opnd_int(wrap(type, value.integer));
    if (value.kind == IR_INTEGER && value.integer == 0 && type->kind == IR_POINTER)
        return (ir_opnd){.kind = IR_NULL};
    if (value.kind == IR_NULL && type->kind == IR_POINTER) return value;
    if (value.kind == IR_NULL && integral) return opnd_int(0);
    if (value.kind == IR_STRING && implicit) return value;
    if (value.kind == IR_REAL && type->kind == IR_FLOAT) return value;
    if (value.kind == IR_NONE || same_type(cursor, inner)) return value;
    return emit_value(
        lw, cursor,
        (ir_insn){.op = IR_OP_cast, .a = value, .implicit = implicit, .a_span = span_of(lw, inner)}, to);
}

static ir_opnd lower_cast(lower *lw, CXCursor cursor)
{
    CXCursor inner = kid_last(lw, cursor);
    if (is_null(inner)) return emit_unknown(lw, cursor, "cast");
    if (clang_getCanonicalType(clang_getCursorType(cursor)).kind == CXType_Void) {
        lower_effect(lw, inner);
        return (ir_opnd){0};
    }
    return convert(lw, cursor, inner, lower_value(lw, inner), false);
}

/* An lvalue is read, an array or a function becomes its address; of anything else the type changes. */
static ir_opnd lower_implicit(lower *lw, CXCursor cursor, CXCursor inner)
{
    if (!is_lvalue(lw, inner)) return convert(lw, cursor, inner, lower_value(lw, inner), true);
    CXCursor bare = strip_parens(lw, inner);
    ir_type_kind kind = cursor_type_kind(lw, inner);
    if (kind == IR_FUNCTION) return lower_value(lw, bare);
    if (kind != IR_ARRAY) return lower_value(lw, inner);
    while (clang_getCursorKind(bare) == CXCursor_UnexposedExpr) bare = kid_last(lw, bare);
    if (clang_getCursorKind(bare) == CXCursor_StringLiteral)
        return (ir_opnd){.kind = IR_STRING, .text = literal_string(lw, bare)};
    ir_place place = lower_place(lw, inner);
    if (place.base == IR_BASE_LOCAL) ir_builder_func(lw->fn->b)->locals[place.id].address_taken = true;
    return emit_value(lw, cursor, (ir_insn){.op = IR_OP_addr, .place = place}, lower_cursor_type(lw, cursor));
}

ir_opnd lower_unexposed(lower *lw, CXCursor cursor)
{
    if (clang_getCursorType(cursor).kind == CXType_Dependent)
        return emit_unknown(lw, cursor, "does not compile");
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    CXCursor inner = k.n ? kid(lw, k, 0) : cursor;
    size_t n = k.n;
    kids_end(lw, k);
    if (n == 4 && is_binary_conditional(lw, cursor)) return lower_conditional(lw, cursor, true);
    if (n == 1 && same_start(lw, cursor, inner)) return lower_implicit(lw, cursor, inner);
    return lower_builtin(lw, cursor);
}

/* ---- operators ----------------------------------------------------------------------------- */
static ir_sub binary_sub(enum CXBinaryOperatorKind op)
{
    switch (op) {
    case CXBinaryOperator_Mul:
    case CXBinaryOperator_MulAssign: return IR_MUL;
    case CXBinaryOperator_Div:
    case CXBinaryOperator_DivAssign: return IR_DIV;
    case CXBinaryOperator_Rem:
    case CXBinaryOperator_RemAssign: return IR_REM;
    case CXBinaryOperator_Add:
    case CXBinaryOperator_AddAssign: return IR_ADD;
    case CXBinaryOperator_Sub:
    case CXBinaryOperator_SubAssign: return IR_SUBTRACT;
    case CXBinaryOperator_Shl:
    case CXBinaryOperator_ShlAssign: return IR_SHL;
    case CXBinaryOperator_Shr:
    case CXBinaryOperator_ShrAssign: return IR_SHR;
    case CXBinaryOperator_And:
    case CXBinaryOperator_AndAssign: return IR_BITAND;
    case CXBinaryOperator_Xor:
    case CXBinaryOperator_XorAssign: return IR_BITXOR;
    case CXBinaryOperator_Or:
    case CXBinaryOperator_OrAssign: return IR_BITOR;
    case CXBinaryOperator_LT: return IR_LT;
    case CXBinaryOperator_GT: return IR_GT;
    case CXBinaryOperator_LE: return IR_LE;
    case CXBinaryOperator_GE: return IR_GE;
    case CXBinaryOperator_EQ: return IR_EQ;
    case CXBinaryOperator_NE: return IR_NE;
    default: return IR_SUB_NONE;
    }
}

static ir_insn store_insn(lower *lw, CXCursor left, CXCursor right, ir_place place, ir_opnd value, ir_sub sub)
{
    return (ir_insn){.op = IR_OP_store,
                     .sub = sub,
                     .place = place,
                     .a = value,
                     .type = lower_cursor_type(lw, left),
                     .place_span = span_of(lw, left),
                     .a_span = is_null(right) ? (ir_span){0} : span_of(lw, right)};
}

static ir_opnd lower_assign(lower *lw, CXCursor cursor, CXCursor left, CXCursor right)
{
    ir_opnd value = lower_value(lw, right);
    ir_place place = lower_place(lw, left);
    ir_insn store = store_insn(lw, left, right, place, value, IR_STORE_ASSIGN);
    emit(lw, cursor, &store);
    return value;
}

static ir_opnd lower_compound_assign(lower *lw, CXCursor cursor)
{
    CXCursor left, right;
    if (!kids_two(lw, cursor, &left, &right)) return emit_unknown(lw, cursor, "assignment");
    ir_opnd value = lower_value(lw, right);
    ir_place place = lower_place(lw, left);
    ir_type_id type = lower_cursor_type(lw, left);
    ir_opnd old = emit_load(lw, left, place, type);
    ir_insn bin = {
        .op = IR_OP_bin, .sub = binary_sub(clang_getCursorBinaryOperatorKind(cursor)), .a = old, .b = value};
    ir_opnd sum = emit_value(lw, cursor, bin, type);
    ir_insn store = store_insn(lw, left, right, place, sum, IR_STORE_COMPOUND);
    emit(lw, cursor, &store);
    return sum;
}

static ir_opnd lower_step(lower *lw, CXCursor cursor, CXCursor inner, enum CXUnaryOperatorKind op)
{
    bool up = op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc;
    bool postfix = op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PostDec;
    ir_place place = lower_place(lw, inner);
    ir_type_id type = lower_cursor_type(lw, inner);
    ir_opnd old = emit_load(lw, inner, place, type);
    ir_insn bin = {.op = IR_OP_bin, .sub = up ? IR_ADD : IR_SUBTRACT, .a = old, .b = opnd_int(1)};
    ir_opnd sum = emit_value(lw, cursor, bin, type);
    ir_insn store = store_insn(lw, inner, clang_getNullCursor(), place, sum, IR_STORE_COMPOUND);
    store.postfix = postfix;
    emit(lw, cursor, &store);
    return postfix ? old : sum;
}

static ir_opnd lower_binary(lower *lw, CXCursor cursor)
{
    CXCursor left, right;
    enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(cursor);
    if (!kids_two(lw, cursor, &left, &right)) return emit_unknown(lw, cursor, "operator");
    if (op == CXBinaryOperator_LAnd || op == CXBinaryOperator_LOr) return lower_logical(lw, cursor);
    if (op == CXBinaryOperator_Assign) return lower_assign(lw, cursor, left, right);
    if (op == CXBinaryOperator_Comma) {
        lower_effect(lw, left);
        return lower_value(lw, right);
    }
    ir_sub sub = binary_sub(op);
    if (sub == IR_SUB_NONE) return emit_unknown(lw, cursor, "operator");
    ir_insn bin = {.op = IR_OP_bin, .sub = sub};
    bin.a = lower_value(lw, left);
    bin.b = lower_value(lw, right);
    int64_t value;
    if (bin.a.kind == IR_INTEGER && bin.b.kind == IR_INTEGER && eval_integer(cursor, &value))
        return opnd_int(value);
    return emit_value(lw, cursor, bin, lower_cursor_type(lw, cursor));
}

static ir_opnd lower_address(lower *lw, CXCursor cursor, CXCursor inner)
{
    inner = strip_parens(lw, inner);
    if (cursor_type_kind(lw, inner) == IR_FUNCTION) return lower_value(lw, inner);
    if (clang_getCursorKind(inner) == CXCursor_StringLiteral)
        return (ir_opnd){.kind = IR_STRING, .text = literal_string(lw, inner)};
    bool deref = clang_getCursorKind(inner) == CXCursor_UnaryOperator &&
                 clang_getCursorUnaryOperatorKind(inner) == CXUnaryOperator_Deref;
    if (deref) return lower_value(lw, kid_first(lw, inner));
    ir_place place = lower_place(lw, inner);
    if (place.base == IR_BASE_LOCAL) ir_builder_func(lw->fn->b)->locals[place.id].address_taken = true;
    return emit_value(lw, cursor, (ir_insn){.op = IR_OP_addr, .place = place}, lower_cursor_type(lw, cursor));
}

static ir_opnd lower_un(lower *lw, CXCursor cursor, CXCursor inner, ir_sub sub)
{
    ir_opnd value = lower_value(lw, inner);
    int64_t folded;
    if (value.kind == IR_INTEGER && eval_integer(cursor, &folded)) return opnd_int(folded);
    if (value.kind == IR_NULL && sub == IR_NOT) return opnd_int(1);
    return emit_value(lw, cursor, (ir_insn){.op = IR_OP_un, .sub = sub, .a = value},
                      lower_cursor_type(lw, cursor));
}

static ir_opnd lower_unary(lower *lw, CXCursor cursor)
{
    CXCursor inner = kid_first(lw, cursor);
    if (is_null(inner)) return emit_unknown(lw, cursor, "operator");
    enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(cursor);
    switch (op) {
    case CXUnaryOperator_PostInc:
    case CXUnaryOperator_PostDec:
    case CXUnaryOperator_PreInc:
    case CXUnaryOperator_PreDec: return lower_step(lw, cursor, inner, op);
    case CXUnaryOperator_AddrOf: return lower_address(lw, cursor, inner);
    case CXUnaryOperator_Deref:
        if (cursor_type_kind(lw, cursor) == IR_FUNCTION) return lower_value(lw, inner);
        return emit_load(lw, cursor, lower_place(lw, cursor), lower_cursor_type(lw, cursor));
    case CXUnaryOperator_Plus:
    case CXUnaryOperator_Extension: return lower_value(lw, inner);
    case CXUnaryOperator_Minus: return lower_un(lw, cursor, inner, IR_NEG);
    case CXUnaryOperator_Not: return lower_un(lw, cursor, inner, IR_BITNOT);
    case CXUnaryOperator_LNot: return lower_un(lw, cursor, inner, IR_NOT);
    case CXUnaryOperator_Real:
    case CXUnaryOperator_Imag:
        lower_effect(lw, inner);
        return emit_value(lw, cursor, (ir_insn){.op = IR_OP_any}, lower_cursor_type(lw, cursor));
    default: return emit_unknown(lw, cursor, "operator");
    }
}

/* sizeof and its kin evaluate nothing, unless the operand's size is not constant. */
static ir_opnd lower_sizeof(lower *lw, CXCursor cursor)
{
    int64_t value;
    if (eval_integer(cursor, &value)) return opnd_int(value);
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    CXCursor operand = k.n ? kid(lw, k, 0) : cursor;
    bool some = k.n > 0;
    kids_end(lw, k); /* a type's size expressions are shown twice: the first one is enough */
    if (some) lower_effect(lw, operand);
    return emit_value(lw, cursor, (ir_insn){.op = IR_OP_any}, lower_cursor_type(lw, cursor));
}

/* ---- names and literals -------------------------------------------------------------------- */
static ir_opnd lower_name(lower *lw, CXCursor cursor)
{
    CXCursor target = clang_getCursorReferenced(cursor);
    switch (clang_getCursorKind(target)) {
    case CXCursor_FunctionDecl: return (ir_opnd){.kind = IR_NAME, .name = lower_decl(lw, target)};
    case CXCursor_EnumConstantDecl: return opnd_int(clang_getEnumConstantDeclValue(target));
    case CXCursor_VarDecl:
    case CXCursor_ParmDecl:
        return emit_load(lw, cursor, lower_place(lw, cursor), lower_cursor_type(lw, cursor));
    default: return emit_unknown(lw, cursor, "name");
    }
}

static ir_opnd lower_real(lower *lw, CXCursor cursor)
{
    size_t n, end = 0;
    const char *text = spelt_at(lw, cursor, &n);
    while (end < n && (is_word(text[end]) || text[end] == '.' ||
                       (end && strchr("+-", text[end]) && strchr("eEpP", text[end - 1]))))
        end++;
    return (ir_opnd){.kind = IR_REAL, .text = arena_strndup(&lw->unit->arena, text, end)};
}

static ir_opnd lower_integer(lower *lw, CXCursor cursor)
{
    int64_t value;
    return literal_integer(lw, cursor, &value) ? opnd_int(value) : emit_unknown(lw, cursor, "literal");
}

void label_taken(lower *lw, CXCursor cursor)
{
    kids k = kids_of(lw, cursor, KIDS_ALL);
    CXCursor ref = k.n ? kid(lw, k, 0) : cursor;
    kids_end(lw, k);
    size_t i = label_find(lw, clang_getCursorReferenced(ref), keep_string(lw, clang_getCursorSpelling(ref)));
    lw->fn->labels.at[i].address_taken = true;
}

static ir_opnd value_of(lower *lw, CXCursor cursor)
{
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_IntegerLiteral:
    case CXCursor_CharacterLiteral: return lower_integer(lw, cursor);
    case CXCursor_FloatingLiteral: return lower_real(lw, cursor);
    case CXCursor_StringLiteral: return (ir_opnd){.kind = IR_STRING, .text = literal_string(lw, cursor)};
    case CXCursor_DeclRefExpr: return lower_name(lw, cursor);
    case CXCursor_MemberRefExpr:
    case CXCursor_ArraySubscriptExpr:
    case CXCursor_CompoundLiteralExpr:
        return emit_load(lw, cursor, lower_place(lw, cursor), lower_cursor_type(lw, cursor));
    case CXCursor_ParenExpr: return lower_value(lw, kid_last(lw, cursor));
    case CXCursor_UnexposedExpr: return lower_unexposed(lw, cursor);
    case CXCursor_UnaryOperator: return lower_unary(lw, cursor);
    case CXCursor_BinaryOperator: return lower_binary(lw, cursor);
    case CXCursor_CompoundAssignOperator: return lower_compound_assign(lw, cursor);
    case CXCursor_ConditionalOperator: return lower_conditional(lw, cursor, true);
    case CXCursor_CStyleCastExpr: return lower_cast(lw, cursor);
    case CXCursor_CallExpr: return lower_call(lw, cursor);
    case CXCursor_StmtExpr: return lower_statement_expr(lw, cursor, true);
    case CXCursor_UnaryExpr: return lower_sizeof(lw, cursor);
    case CXCursor_AddrLabelExpr:
        label_taken(lw, cursor);
        return emit_value(lw, cursor, (ir_insn){.op = IR_OP_any}, lower_cursor_type(lw, cursor));
    case CXCursor_GenericSelectionExpr: {
        CXCursor chosen = generic_choice(lw, cursor);
        return is_null(chosen) ? emit_unknown(lw, cursor, "_Generic") : lower_value(lw, chosen);
    }
    case CXCursor_GNUNullExpr:
    case CXCursor_CXXNullPtrLiteralExpr: return (ir_opnd){.kind = IR_NULL};
    case CXCursor_CXXBoolLiteralExpr: return lower_integer(lw, cursor);
    case CXCursor_ImaginaryLiteral:
        return emit_value(lw, cursor, (ir_insn){.op = IR_OP_any}, lower_cursor_type(lw, cursor));
    default: return emit_unknown(lw, cursor, "expression");
    }
}

enum {
    MAX_DEPTH = 2500
}; /* nested expressions and statements: what an 8 MB stack bears, several times over */

bool too_deep(lower *lw)
{
    return lw->fn->depth > MAX_DEPTH;
}

ir_opnd lower_value(lower *lw, CXCursor cursor)
{
    if (is_null(cursor) || too_deep(lw)) return emit_unknown(lw, cursor, "nesting");
    lw->fn->depth++;
    ir_opnd value = value_of(lw, cursor);
    lw->fn->depth--;
    return value;
}

void lower_effect(lower *lw, CXCursor cursor)
{
    if (is_null(cursor)) return;
    cursor = strip_parens(lw, cursor);
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_ConditionalOperator: lower_conditional(lw, cursor, false); return;
    case CXCursor_StmtExpr: lower_statement_expr(lw, cursor, false); return;
    case CXCursor_UnexposedExpr:
        if (is_binary_conditional(lw, cursor)) {
            lower_conditional(lw, cursor, false);
            return;
        }
        break;
    case CXCursor_BinaryOperator: {
        CXCursor left, right;
        if (clang_getCursorBinaryOperatorKind(cursor) != CXBinaryOperator_Comma) break;
        if (!kids_two(lw, cursor, &left, &right)) break;
        lower_effect(lw, left);
        lower_effect(lw, right);
        return;
    }
    default: break;
    }
    if (is_lvalue(lw, cursor) && !clang_isVolatileQualifiedType(clang_getCursorType(cursor))) {
        if (cursor_type_kind(lw, cursor) != IR_FUNCTION) lower_place(lw, cursor);
        return;
    }
    lower_value(lw, cursor);
}
