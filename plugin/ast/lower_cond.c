/* SPDX-License-Identifier: MIT
 *
 * Conditions. The blocks have the shape of clang's own graph: && and || branch directly, each operator once,
 * and the construct around them takes the last operand's branch.
 */
#include "lower_p.h"

bool is_logical(CXCursor cursor)
{
    if (clang_getCursorKind(cursor) != CXCursor_BinaryOperator) return false;
    enum CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(cursor);
    return op == CXBinaryOperator_LAnd || op == CXBinaryOperator_LOr;
}

static ir_block_id *successors(lower *lw, size_t n)
{
    return arena_alloc(&lw->unit->arena, n * sizeof(ir_block_id));
}

void emit_jump(lower *lw, ir_sub sub, ir_block_id to)
{
    if (!ir_build_current(lw->fn->b)) return; /* control does not get here */
    ir_insn jump = {.op = IR_OP_jump, .sub = sub, .succ = successors(lw, 1), .succ_count = 1};
    jump.succ[0] = to;
    emit(lw, clang_getNullCursor(), &jump);
}

/* A branch on a constant is a jump that remembers what it came from. */
void emit_br(lower *lw, CXCursor cursor, CXCursor condition, ir_sub sub, ir_opnd value, ir_block_id yes,
             ir_block_id no)
{
    bool constant = value.kind == IR_INTEGER || value.kind == IR_NULL || value.kind == IR_STRING;
    bool truth = value.kind == IR_STRING || (value.kind == IR_INTEGER && value.integer != 0);
    ir_insn br = {.op = constant ? IR_OP_jump : IR_OP_br, .sub = sub, .succ = successors(lw, 2)};
    br.succ[0] = constant && !truth ? no : yes;
    br.succ[1] = no;
    br.succ_count = constant ? 1 : 2;
    if (!constant) br.a = value;
    br.a_span = is_null(condition) ? span_of(lw, cursor) : span_of(lw, condition);
    br.span = br.a_span;
    emit(lw, cursor, &br);
}

static bool is_and(CXCursor cursor)
{
    return clang_getCursorBinaryOperatorKind(cursor) == CXBinaryOperator_LAnd;
}

/* What a condition tests in the end: `!` swaps the ways, an expectation is noted and passed through. */
static CXCursor tested(lower *lw, CXCursor cursor, ir_block_id *yes, ir_block_id *no)
{
    for (;;) {
        CXCursor bare = strip_parens(lw, cursor), inner = clang_getNullCursor();
        enum CXCursorKind kind = clang_getCursorKind(bare);
        if (kind == CXCursor_UnaryOperator &&
            clang_getCursorUnaryOperatorKind(bare) == CXUnaryOperator_LNot) {
            inner = kid_first(lw, bare);
            ir_block_id swapped = *yes;
            *yes = *no, *no = swapped;
        } else if (kind == CXCursor_CallExpr) {
            inner = expected_operand(lw, bare);
            if (!is_null(inner)) note_call(lw, bare);
        }
        if (is_null(inner)) return cursor;
        cursor = inner;
    }
}

void lower_cond(lower *lw, CXCursor cursor, ir_sub sub, CXCursor construct, ir_block_id yes, ir_block_id no)
{
    cursor = tested(lw, cursor, &yes, &no);
    CXCursor bare = strip_parens(lw, cursor), left, right;
    if (!is_logical(bare) || too_deep(lw) || !kids_two(lw, bare, &left, &right)) {
        emit_br(lw, construct, cursor, sub, lower_value(lw, cursor), yes, no);
        return;
    }
    lw->fn->depth++;
    ir_block_id next = ir_build_block(lw->fn->b);
    if (is_and(bare))
        lower_cond(lw, left, IR_BR_AND, bare, next, no);
    else
        lower_cond(lw, left, IR_BR_OR, bare, yes, next);
    ir_build_at(lw->fn->b, next);
    lower_cond(lw, right, sub, construct, yes, no);
    lw->fn->depth--;
}

/* ---- && and || whose value is wanted ------------------------------------------------------- */
struct joint { /* where the branches of a value meet */
    ir_temp result;
    ir_type_id type;
    ir_block_id end;
    bool on_yes, on_no; /* an operand settles the value before the last one */
    ir_span whole;      /* of the expression that has the value */
};

static void set(lower *lw, CXCursor cursor, const struct joint *joint, ir_opnd value)
{
    if (!ir_build_current(lw->fn->b)) return;
    ir_insn copy = {.op = IR_OP_copy, .dst = joint->result, .type = joint->type, .a = value};
    copy.a_span = span_of(lw, cursor);
    copy.span = joint->whole;
    emit(lw, cursor, &copy);
    emit_jump(lw, IR_JUMP_FALL, joint->end);
}

/* The right operand's truth: comparisons are 0 or 1 already. */
static ir_opnd truth_of(lower *lw, CXCursor cursor)
{
    ir_opnd value = lower_value(lw, cursor);
    if (value.kind == IR_INTEGER) return opnd_int(value.integer != 0);
    if (value.kind == IR_NULL) return opnd_int(0);
    CXCursor bare = strip_parens(lw, cursor);
    enum CXBinaryOperatorKind op = clang_getCursorKind(bare) == CXCursor_BinaryOperator
                                       ? clang_getCursorBinaryOperatorKind(bare)
                                       : CXBinaryOperator_Invalid;
    bool boolean = (op >= CXBinaryOperator_LT && op <= CXBinaryOperator_NE) ||
                   (clang_getCursorKind(bare) == CXCursor_UnaryOperator &&
                    clang_getCursorUnaryOperatorKind(bare) == CXUnaryOperator_LNot);
    if (boolean) return value;
    ir_opnd zero = ir_type_of(lw->unit, lower_cursor_type(lw, cursor))->kind == IR_POINTER
                       ? (ir_opnd){.kind = IR_NULL}
                       : opnd_int(0);
    ir_type integer = {.kind = IR_INT, .size = sizeof(int), .is_signed = true, .spelling = "int"};
    return emit_value(lw, cursor, (ir_insn){.op = IR_OP_bin, .sub = IR_NE, .a = value, .b = zero},
                      ir_type_intern(lw->unit, &integer));
}

static void logical_value(lower *lw, CXCursor cursor, struct joint *joint, ir_block_id yes, ir_block_id no)
{
    CXCursor bare = strip_parens(lw, cursor), left, right;
    if (!is_logical(bare) || too_deep(lw) || !kids_two(lw, bare, &left, &right)) {
        set(lw, cursor, joint, truth_of(lw, cursor));
        return;
    }
    lw->fn->depth++;
    ir_block_id next = ir_build_block(lw->fn->b);
    *(is_and(bare) ? &joint->on_no : &joint->on_yes) = true;
    if (is_and(bare))
        lower_cond(lw, left, IR_BR_AND, bare, next, no);
    else
        lower_cond(lw, left, IR_BR_OR, bare, yes, next);
    ir_build_at(lw->fn->b, next);
    logical_value(lw, right, joint, yes, no);
    lw->fn->depth--;
}

ir_opnd lower_logical(lower *lw, CXCursor cursor)
{
    ir_builder *b = lw->fn->b;
    ir_block_id yes = ir_build_block(b), no = ir_build_block(b);
    struct joint joint = {.type = lower_cursor_type(lw, cursor), .end = ir_build_block(b)};
    joint.whole = span_of(lw, cursor);
    joint.result = ir_build_temp(b, joint.type);
    logical_value(lw, cursor, &joint, yes, no);
    ir_build_at(b, yes);
    if (joint.on_yes) set(lw, cursor, &joint, opnd_int(1));
    ir_build_at(b, no);
    if (joint.on_no) set(lw, cursor, &joint, opnd_int(0));
    ir_build_at(b, joint.end);
    return opnd_temp(joint.result);
}

/* ---- ?: ------------------------------------------------------------------------------------ */
/* `a ?: b` shows a three times, as what is tested, what is the result, and once more. */
bool is_binary_conditional(lower *lw, CXCursor cursor)
{
    if (clang_getCursorKind(cursor) != CXCursor_UnexposedExpr) return false;
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    bool is = k.n == 4 && same_start(lw, cursor, kid(lw, k, 0)) &&
              same_start(lw, kid(lw, k, 0), kid(lw, k, 1)) && same_start(lw, kid(lw, k, 1), kid(lw, k, 2));
    kids_end(lw, k);
    return is;
}

static void branch(lower *lw, CXCursor cursor, ir_block_id at, const struct joint *joint)
{
    ir_build_at(lw->fn->b, at);
    if (!joint->result) {
        lower_effect(lw, cursor);
        emit_jump(lw, IR_JUMP_FALL, joint->end);
        return;
    }
    ir_opnd value = lower_value(lw, cursor);
    if (value.kind == IR_NONE) value = opnd_int(0);
    set(lw, cursor, joint, value);
}

ir_opnd lower_conditional(lower *lw, CXCursor cursor, bool wanted)
{
    ir_builder *b = lw->fn->b;
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    if (k.n != 3 && k.n != 4) {
        kids_end(lw, k);
        return emit_unknown(lw, cursor, "?:");
    }
    CXCursor test = kid(lw, k, 0), yes = kid(lw, k, k.n - 2), no = kid(lw, k, k.n - 1);
    bool binary = k.n == 4;
    kids_end(lw, k);
    wanted = wanted && clang_getCanonicalType(clang_getCursorType(cursor)).kind != CXType_Void;
    ir_block_id on_yes = ir_build_block(b), on_no = ir_build_block(b);
    struct joint joint = {.end = ir_build_block(b), .whole = span_of(lw, cursor)};
    if (wanted) joint.type = lower_cursor_type(lw, cursor), joint.result = ir_build_temp(b, joint.type);
    if (binary) {
        ir_opnd value = lower_value(lw, test);
        emit_br(lw, cursor, test, IR_BR_COND, value, on_yes, on_no);
        ir_build_at(b, on_yes);
        if (wanted)
            set(lw, test, &joint, value);
        else
            emit_jump(lw, IR_JUMP_FALL, joint.end);
    } else {
        lower_cond(lw, test, IR_BR_COND, cursor, on_yes, on_no);
        branch(lw, yes, on_yes, &joint);
    }
    branch(lw, no, on_no, &joint);
    ir_build_at(b, joint.end);
    return wanted ? opnd_temp(joint.result) : (ir_opnd){0};
}
