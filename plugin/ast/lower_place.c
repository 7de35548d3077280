/* SPDX-License-Identifier: MIT
 *
 * Expressions that name an object. Cursors do not tell lvalues apart, but their shapes do.
 */
#include "lower_p.h"

ir_place place_add(lower *lw, ir_place place, ir_step step)
{
    ir_step *steps = arena_alloc(&lw->unit->arena, (place.step_count + 1) * sizeof *steps);
    if (place.step_count) memcpy(steps, place.steps, place.step_count * sizeof *steps);
    steps[place.step_count] = step;
    place.steps = steps;
    place.step_count++;
    return place;
}

static bool is_pointer(lower *lw, CXCursor cursor)
{
    return ir_type_of(lw->unit, lower_cursor_type(lw, cursor))->kind == IR_POINTER;
}

static bool is_array(lower *lw, CXCursor cursor)
{
    return ir_type_of(lw->unit, lower_cursor_type(lw, cursor))->kind == IR_ARRAY;
}

bool is_lvalue(lower *lw, CXCursor cursor)
{
    cursor = strip_parens(lw, cursor);
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_DeclRefExpr: {
        enum CXCursorKind kind = clang_getCursorKind(clang_getCursorReferenced(cursor));
        return kind == CXCursor_VarDecl || kind == CXCursor_ParmDecl || kind == CXCursor_FunctionDecl;
    }
    case CXCursor_MemberRefExpr: {
        CXCursor base = kid_first(lw, cursor);
        return !is_null(base) && (is_pointer(lw, base) || is_lvalue(lw, base));
    }
    case CXCursor_ArraySubscriptExpr:
    case CXCursor_StringLiteral:
    case CXCursor_CompoundLiteralExpr: return true;
    case CXCursor_UnaryOperator: return clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_Deref;
    case CXCursor_GenericSelectionExpr: {
        CXCursor chosen = generic_choice(lw, cursor);
        return !is_null(chosen) && is_lvalue(lw, chosen);
    }
    case CXCursor_UnexposedExpr: {
        CXCursor chosen = choose_expr(lw, cursor);
        if (!is_null(chosen)) return is_lvalue(lw, chosen);
        /* __func__ shows its string */
        return is_array(lw, cursor) && clang_getCursorKind(kid_first(lw, cursor)) == CXCursor_StringLiteral;
    }
    default: return false;
    }
}

/* ---- names --------------------------------------------------------------------------------- */
/* What cannot be found is a nameless variable of its own, so that nothing else is taken for it. */
static ir_place nowhere(lower *lw, CXCursor cursor, const char *what)
{
    emit_unknown(lw, cursor, what);
    ir_type_id type = lower_cursor_type(lw, cursor);
    return (ir_place){.base = IR_BASE_LOCAL,
                      .id = ir_build_local(lw->fn->b, &(ir_local){.name = "", .type = type})};
}

static ir_place name_place(lower *lw, CXCursor cursor)
{
    CXCursor target = clang_getCursorReferenced(cursor);
    uint32_t local = cursor_map_get(&lw->fn->locals, target);
    if (local) return (ir_place){.base = IR_BASE_LOCAL, .id = local};
    enum CXCursorKind kind = clang_getCursorKind(target);
    if (kind == CXCursor_VarDecl && clang_Cursor_hasVarDeclGlobalStorage(target)) {
        uint32_t known = cursor_map_get(&lw->decls, target);
        return (ir_place){.base = IR_BASE_GLOBAL, .id = known ? known : lower_decl(lw, target)};
    }
    return nowhere(lw, cursor, "name");
}

/* A value of struct type whose member is wanted gets a nameless variable. */
static ir_place materialise(lower *lw, CXCursor cursor)
{
    ir_opnd value = lower_value(lw, cursor);
    ir_local local = {
        .name = "", .type = lower_cursor_type(lw, cursor), .scope = scope_stmt(lw), .stmt = lw->fn->stmt};
    local.span = local.init_span = span_of(lw, cursor);
    ir_place place = {.base = IR_BASE_LOCAL, .id = ir_build_local(lw->fn->b, &local)};
    emit(lw, cursor, &(ir_insn){.op = IR_OP_decl, .place = place, .type = local.type});
    scope_declare(lw, place.id, 0);
    emit(lw, cursor,
         &(ir_insn){.op = IR_OP_store,
                    .sub = IR_STORE_INIT,
                    .place = place,
                    .a = value,
                    .type = local.type,
                    .a_span = local.span});
    return place;
}

static ir_place memory(lower *lw, CXCursor pointer)
{
    ir_opnd value = lower_value(lw, pointer);
    return (ir_place){.base = IR_BASE_MEMORY,
                      .id = as_temp(lw, pointer, value, lower_cursor_type(lw, pointer))};
}

/* ---- parts --------------------------------------------------------------------------------- */
static ir_place member_place(lower *lw, CXCursor cursor)
{
    CXCursor base = kid_first(lw, cursor), field = clang_getCursorReferenced(cursor);
    bool arrow = is_pointer(lw, base);
    ir_place place = arrow                 ? memory(lw, base)
                     : is_lvalue(lw, base) ? lower_place(lw, base)
                                           : materialise(lw, base);
    const ir_type *type = ir_type_of(lw->unit, lower_cursor_type(lw, base));
    if (arrow) type = ir_type_of(lw->unit, type->of);
    ir_step steps[MAX_STEPS];
    size_t n = type->kind == IR_RECORD ? field_path(lw, type->record, field, steps, MAX_STEPS) : 0;
    if (!n) return nowhere(lw, cursor, "member");
    for (size_t i = 0; i < n; i++) place = place_add(lw, place, steps[i]);
    return place;
}

/* The array that an operand of [] or * decays from; a null cursor when it is a pointer of its own. */
static CXCursor decayed_array(lower *lw, CXCursor pointer)
{
    pointer = strip_parens(lw, pointer);
    if (clang_getCursorKind(pointer) != CXCursor_UnexposedExpr) return clang_getNullCursor();
    kids k = kids_of(lw, pointer, KIDS_EXPR);
    CXCursor inner = k.n == 1 ? kid(lw, k, 0) : pointer;
    kids_end(lw, k);
    bool array = k.n == 1 && same_start(lw, pointer, inner) && is_array(lw, inner) && is_lvalue(lw, inner) &&
                 clang_getCursorKind(strip_casts(lw, inner)) != CXCursor_StringLiteral;
    return array ? inner : clang_getNullCursor();
}

/* p[i]: an index steps inside an array, or beside the object that a pointer names. A pointer to arrays is
 * moved first, so that the two cannot be confused. */
static ir_place element_place(lower *lw, CXCursor cursor, CXCursor pointer, CXCursor index)
{
    CXCursor array = decayed_array(lw, pointer);
    if (!is_null(array)) {
        ir_place place = lower_place(lw, array);
        return place_add(lw, place, (ir_step){.kind = IR_STEP_INDEX, .index = lower_value(lw, index)});
    }
    ir_type_id type = lower_cursor_type(lw, pointer);
    ir_place place = memory(lw, pointer);
    ir_opnd at = lower_value(lw, index);
    if (ir_type_of(lw->unit, ir_type_of(lw->unit, type)->of)->kind != IR_ARRAY)
        return place_add(lw, place, (ir_step){.kind = IR_STEP_INDEX, .index = at});
    ir_insn move = {.op = IR_OP_bin, .sub = IR_ADD, .a = opnd_temp(place.id), .b = at};
    return (ir_place){.base = IR_BASE_MEMORY, .id = emit_value(lw, cursor, move, type).temp};
}

static ir_place subscript_place(lower *lw, CXCursor cursor)
{
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    CXCursor left = k.n == 2 ? kid(lw, k, 0) : cursor, right = k.n == 2 ? kid(lw, k, 1) : cursor;
    kids_end(lw, k);
    if (k.n != 2) return name_place(lw, cursor);
    return is_pointer(lw, left) ? element_place(lw, cursor, left, right)
                                : element_place(lw, cursor, right, left);
}

static ir_place deref_place(lower *lw, CXCursor cursor)
{
    CXCursor pointer = kid_first(lw, cursor), array = decayed_array(lw, pointer);
    if (is_null(array)) return memory(lw, pointer);
    return place_add(lw, lower_place(lw, array), (ir_step){.kind = IR_STEP_INDEX, .index = opnd_int(0)});
}

/* A compound literal is a nameless variable of the block that it stands in. */
ir_place lower_literal(lower *lw, CXCursor cursor)
{
    ir_local local = {
        .name = "", .is_literal = true, .type = lower_cursor_type(lw, cursor), .scope = scope_stmt(lw)};
    CXCursor init = kid_last(lw, cursor);
    local.stmt = lw->fn->stmt;
    local.span = span_of(lw, cursor);
    local.init_span = span_of(lw, init);
    ir_place place = {.base = IR_BASE_LOCAL, .id = ir_build_local(lw->fn->b, &local)};
    emit(lw, cursor, &(ir_insn){.op = IR_OP_decl, .place = place, .type = local.type});
    scope_declare(lw, place.id, 0);
    lower_initialise(lw, place, local.type, init);
    return place;
}

static ir_place string_place(lower *lw, CXCursor cursor)
{
    ir_type character = {.kind = IR_INT, .size = 1, .is_signed = true, .spelling = "char"};
    ir_type pointer = {.kind = IR_POINTER, .size = sizeof(void *), .spelling = "char *"};
    pointer.of = ir_type_intern(lw->unit, &character);
    ir_opnd value = lower_value(lw, cursor);
    return (ir_place){.base = IR_BASE_MEMORY,
                      .id = as_temp(lw, cursor, value, ir_type_intern(lw->unit, &pointer))};
}

static ir_place place_of(lower *lw, CXCursor cursor)
{
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_DeclRefExpr: return name_place(lw, cursor);
    case CXCursor_MemberRefExpr: return member_place(lw, cursor);
    case CXCursor_ArraySubscriptExpr: return subscript_place(lw, cursor);
    case CXCursor_CompoundLiteralExpr: return lower_literal(lw, cursor);
    case CXCursor_StringLiteral: return string_place(lw, cursor);
    case CXCursor_UnaryOperator:
        if (clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_Deref) return deref_place(lw, cursor);
        break;
    case CXCursor_GenericSelectionExpr: {
        CXCursor chosen = generic_choice(lw, cursor);
        if (!is_null(chosen)) return lower_place(lw, chosen);
        break;
    }
    case CXCursor_UnexposedExpr: {
        /* clang shows the parts of what does not compile: `v->gone` as v */
        if (clang_getCursorType(cursor).kind == CXType_Dependent)
            return nowhere(lw, cursor, "does not compile");
        CXCursor chosen = choose_expr(lw, cursor);
        return lower_place(lw, is_null(chosen) ? kid_first(lw, cursor) : chosen);
    }
    default: break;
    }
    return materialise(lw, cursor);
}

ir_place lower_place(lower *lw, CXCursor cursor)
{
    if (is_null(cursor)) return name_place(lw, cursor);
    lw->fn->depth++;
    ir_place place = place_of(lw, strip_parens(lw, cursor));
    lw->fn->depth--;
    return place;
}

/* ---- initialising -------------------------------------------------------------------------- */
struct filling {
    ir_place place;
    CXCursor last; /* the elements of a range designator share one evaluation */
    ir_opnd value;
};

static void store_init(lower *lw, ir_place place, ir_type_id type, CXCursor value, ir_opnd lowered)
{
    ir_insn store = {.op = IR_OP_store, .sub = IR_STORE_INIT, .place = place, .type = type, .a = lowered};
    store.a_span = span_of(lw, value);
    emit(lw, value, &store);
}

static void store_leaf(lower *lw, void *arg, const ir_step *steps, size_t n, ir_type_id type, CXCursor value)
{
    struct filling *filling = arg;
    ir_place place = filling->place;
    bool empty = clang_getCursorKind(value) == CXCursor_InitListExpr;
    if (!clang_equalCursors(filling->last, value))
        filling->value = empty ? opnd_int(0) : lower_value(lw, value);
    filling->last = value;
    for (size_t i = 0; i < n; i++) place = place_add(lw, place, steps[i]);
    store_init(lw, place, type, value, filling->value);
}

void lower_initialise(lower *lw, ir_place place, ir_type_id type, CXCursor value)
{
    if (clang_getCursorKind(value) != CXCursor_InitListExpr) {
        store_init(lw, place, type, value, lower_value(lw, value));
        return;
    }
    ir_type_kind kind = ir_type_of(lw->unit, type)->kind;
    if (kind == IR_RECORD || kind == IR_ARRAY)
        emit(lw, value, &(ir_insn){.op = IR_OP_zero, .place = place, .type = type});
    struct filling filling = {.place = place, .last = clang_getNullCursor()};
    if (!init_walk(lw, type, value, store_leaf, &filling)) emit_unknown(lw, value, "initialiser");
}
