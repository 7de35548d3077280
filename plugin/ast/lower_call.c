/* SPDX-License-Identifier: MIT
 *
 * Calls, and the built-in forms that only look like calls.
 */
#include <stdlib.h>

#include "lower_p.h"

/* ---- calls --------------------------------------------------------------------------------- */
/* The function that a callee names, through parentheses, casts that nobody wrote, & and *. */
static CXCursor named_callee(lower *lw, CXCursor callee)
{
    for (;;) {
        callee = strip_casts(lw, callee);
        if (clang_getCursorKind(callee) != CXCursor_UnaryOperator) break;
        enum CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(callee);
        if (op != CXUnaryOperator_Deref && op != CXUnaryOperator_AddrOf) break;
        callee = kid_first(lw, callee);
    }
    CXCursor target = clang_getCursorReferenced(callee);
    bool function = clang_getCursorKind(callee) == CXCursor_DeclRefExpr &&
                    clang_getCursorKind(target) == CXCursor_FunctionDecl;
    return function ? target : clang_getNullCursor();
}

static bool one_of(const char *name, const char *const *names)
{
    while (*names && strcmp(*names, name) != 0) names++;
    return *names != NULL;
}

/* Operands that are looked at, not evaluated. */
static const char *const unevaluated[] = {"__builtin_constant_p", "__builtin_object_size",
                                          "__builtin_dynamic_object_size", NULL};
/* Functions that return a second time. */
static const char *const returns_twice[] = {"setjmp",    "_setjmp",          "__sigsetjmp",
                                            "sigsetjmp", "__builtin_setjmp", NULL};

static bool noreturn_type(CXCursor callee)
{
    CXString spelling = clang_getTypeSpelling(clang_getCanonicalType(clang_getCursorType(callee)));
    bool found = strstr(clang_getCString(spelling), "noreturn") != NULL;
    clang_disposeString(spelling);
    return found;
}

static ir_opnd lower_argument(lower *lw, CXCursor arg)
{
    bool array = is_lvalue(lw, arg) && ir_type_of(lw->unit, lower_cursor_type(lw, arg))->kind == IR_ARRAY;
    if (!array || clang_getCursorKind(strip_parens(lw, arg)) == CXCursor_StringLiteral)
        return lower_value(lw, arg);
    ir_place place = lower_place(lw, arg);
    return emit_value(lw, arg, (ir_insn){.op = IR_OP_addr, .place = place}, lower_cursor_type(lw, arg));
}

static void call_arguments(lower *lw, kids k, ir_insn *call)
{
    arena *a = &lw->unit->arena;
    call->arg_count = k.n - 1;
    call->args = arena_alloc(a, k.n * sizeof *call->args);
    call->arg_spans = arena_alloc(a, k.n * sizeof *call->arg_spans);
    for (size_t i = 1; i < k.n; i++) {
        call->args[i - 1] = lower_argument(lw, kid(lw, k, i));
        call->arg_spans[i - 1] = span_of(lw, kid(lw, k, i));
    }
}

static bool is_named(CXCursor function, const char *name)
{
    CXString spelling = clang_getCursorSpelling(function);
    bool same = strcmp(clang_getCString(spelling), name) == 0;
    clang_disposeString(spelling);
    return same;
}

CXCursor expected_operand(lower *lw, CXCursor call)
{
    if (!is_named(call, "__builtin_expect")) return clang_getNullCursor();
    kids k = kids_of(lw, call, KIDS_EXPR);
    CXCursor operand = k.n == 3 ? strip_casts(lw, kid(lw, k, 1)) : clang_getNullCursor();
    kids_end(lw, k);
    return operand;
}

/* A call that only tells the compiler something is kept without its operands. */
void note_call(lower *lw, CXCursor cursor)
{
    CXCursor callee = kid_first(lw, cursor);
    ir_insn call = {.op = IR_OP_call, .a_span = span_of(lw, callee)};
    call.a = (ir_opnd){.kind = IR_NAME, .name = lower_decl(lw, named_callee(lw, callee))};
    emit(lw, cursor, &call);
}

ir_opnd lower_call(lower *lw, CXCursor cursor)
{
    CXCursor expected = expected_operand(lw, cursor);
    if (!is_null(expected)) {
        note_call(lw, cursor);
        return lower_value(lw, expected);
    }
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    if (!k.n) return emit_unknown(lw, cursor, "call");
    CXCursor callee = kid(lw, k, 0), named = named_callee(lw, callee);
    ir_insn call = {.op = IR_OP_call, .a_span = span_of(lw, callee)};
    bool known = !is_null(named), noreturn = false, quiet = false;
    if (known) {
        call.a = (ir_opnd){.kind = IR_NAME, .name = lower_decl(lw, named)};
        const ir_decl *decl = &lw->unit->decls.at[call.a.name];
        noreturn = decl->noreturn;
        quiet = one_of(decl->name, unevaluated);
        if (one_of(decl->name, returns_twice)) ir_builder_func(lw->fn->b)->setjmp = true;
    } else {
        call.a = lower_value(lw, callee);
        noreturn = noreturn_type(callee);
    }
    if (!quiet) call_arguments(lw, k, &call);
    kids_end(lw, k);
    CXType type = clang_getCursorType(cursor);
    ir_opnd result = {0};
    if (clang_getCanonicalType(type).kind == CXType_Void)
        emit(lw, cursor, &call);
    else
        result = emit_value(lw, cursor, call, lower_type(lw, type));
    if (noreturn) emit(lw, cursor, &(ir_insn){.op = IR_OP_stop});
    return result;
}

/* ---- atomics ------------------------------------------------------------------------------- */
/* Cursors keep the operands as pointer, order, value, order on failure, second value, weak; calls have them
 * as pointer, values, weak, orders. */
static size_t reorder_atomic(size_t i, size_t n)
{
    static const size_t order[7][6] = {
        {0}, {0}, {0, 1}, {0, 2, 1}, {0, 2, 3, 1}, {0, 2, 4, 1, 3}, {0, 2, 4, 5, 1, 3}};
    return n <= 6 ? order[n][i] : i;
}

static ir_decl_id builtin_decl(lower *lw, const char *text, size_t n)
{
    char *name = arena_strndup(&lw->unit->arena, text, n);
    ir_decl_id id = ir_decl_find(lw->unit, name);
    if (id) return id;
    ir_type result = {.kind = IR_INT, .size = sizeof(int), .is_signed = true, .spelling = "int"};
    ir_type type = {
        .kind = IR_FUNCTION, .of = ir_type_intern(lw->unit, &result), .variadic = true, .spelling = "int ()"};
    ir_decl decl = {.kind = IR_DECL_FUNCTION, .name = name, .source_name = name, .usr = ""};
    decl.type = ir_type_intern(lw->unit, &type);
    return ir_decl_add(lw->unit, &decl);
}

static ir_opnd lower_atomic(lower *lw, CXCursor cursor, const char *name, size_t name_n)
{
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    arena *a = &lw->unit->arena;
    ir_insn call = {.op = IR_OP_call, .arg_count = k.n};
    call.a = (ir_opnd){.kind = IR_NAME, .name = builtin_decl(lw, name, name_n)};
    call.args = arena_alloc(a, (k.n + 1) * sizeof *call.args);
    call.arg_spans = arena_alloc(a, (k.n + 1) * sizeof *call.arg_spans);
    for (size_t i = 0; i < k.n; i++) {
        CXCursor arg = kid(lw, k, reorder_atomic(i, k.n));
        call.args[i] = lower_value(lw, arg);
        call.arg_spans[i] = span_of(lw, arg);
    }
    kids_end(lw, k);
    CXType type = clang_getCursorType(cursor);
    if (clang_getCanonicalType(type).kind != CXType_Void)
        return emit_value(lw, cursor, call, lower_type(lw, type));
    emit(lw, cursor, &call);
    return (ir_opnd){0};
}

/* ---- forms that are no calls --------------------------------------------------------------- */
CXCursor choose_expr(lower *lw, CXCursor cursor)
{
    if (!spelt_word(lw, cursor, "__builtin_choose_expr")) return clang_getNullCursor();
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    int64_t condition;
    CXCursor chosen = clang_getNullCursor();
    if (k.n == 3 && !same_start(lw, cursor, kid(lw, k, 0)) && eval_integer(kid(lw, k, 0), &condition))
        chosen = kid(lw, k, condition ? 1 : 2);
    kids_end(lw, k);
    return chosen;
}

static ir_opnd lower_any(lower *lw, CXCursor cursor)
{
    return emit_value(lw, cursor, (ir_insn){.op = IR_OP_any}, lower_cursor_type(lw, cursor));
}

ir_opnd lower_builtin(lower *lw, CXCursor cursor)
{
    size_t n;
    const char *name = spelt_at(lw, cursor, &n);
    size_t length = skip_token(name, n, 0);
    CXCursor chosen = choose_expr(lw, cursor);
    if (!is_null(chosen)) return lower_value(lw, chosen);
    if (length > 9 && (strncmp(name, "__atomic_", 9) == 0 || strncmp(name, "__c11_ato", 9) == 0 ||
                       strncmp(name, "__scoped_", 9) == 0))
        return lower_atomic(lw, cursor, name, length);
    if (spelt_word(lw, cursor, "__builtin_va_arg")) {
        lower_effect(lw, kid_last(lw, cursor));
        return lower_any(lw, cursor);
    }
    int64_t value;
    if (eval_integer(cursor, &value)) return opnd_int(value);
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    bool pure = k.n == 0 || spelt_word(lw, cursor, "__builtin_offsetof");
    kids_end(lw, k);
    return pure ? lower_any(lw, cursor) : emit_unknown(lw, cursor, "expression");
}

/* ---- _Generic ------------------------------------------------------------------------------ */
/* Cursors show the expressions of all branches, not their types; the printed form has those. */
static CXCursor nth_branch(lower *lw, CXCursor cursor, size_t n)
{
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    CXCursor found = n + 1 < k.n ? kid(lw, k, n + 1) : clang_getNullCursor();
    kids_end(lw, k);
    return found;
}

static CXType typedef_named(lower *lw, const char *name, size_t n)
{
    for (size_t i = 0; i < lw->top_count; i++) {
        CXCursor decl = lw->kids.at[i];
        if (clang_getCursorKind(decl) != CXCursor_TypedefDecl) continue;
        CXString spelling = clang_getCursorSpelling(decl);
        bool same =
            strlen(clang_getCString(spelling)) == n && strncmp(clang_getCString(spelling), name, n) == 0;
        clang_disposeString(spelling);
        if (same) return clang_getCanonicalType(clang_getTypedefDeclUnderlyingType(decl));
    }
    return (CXType){0};
}

/* Appends a type's spelling with the typedefs in it resolved. */
static void spell_label(lower *lw, const char *text, size_t n, strbuf *out)
{
    for (size_t at = skip_blank(text, n, 0), end; at < n; at = skip_blank(text, n, end)) {
        end = skip_token(text, n, at);
        bool tagged = at >= 7 &&
                      (strncmp(text + at - 7, "struct ", 7) == 0 || strncmp(text + at - 6, "union ", 6) == 0);
        CXType type = is_word(text[at]) && !tagged ? typedef_named(lw, text + at, end - at) : (CXType){0};
        if (type.kind) {
            CXString spelling = clang_getTypeSpelling(type);
            strbuf_add(out, clang_getCString(spelling));
            clang_disposeString(spelling);
        } else {
            strbuf_addn(out, text + at, end - at);
        }
    }
}

static void drop_blanks(strbuf *b)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->n; i++)
        if (b->s[i] != ' ') b->s[kept++] = b->s[i];
    b->n = kept;
    if (b->s) b->s[kept] = '\0';
}

static bool type_matches(lower *lw, const char *text, size_t n, CXCursor control)
{
    strbuf label = {0}, wanted = {0};
    spell_label(lw, text, n, &label);
    char *canonical = take_string(clang_getTypeSpelling(
        clang_getUnqualifiedType(clang_getCanonicalType(clang_getCursorType(control)))));
    strbuf_add(&wanted, canonical);
    free(canonical);
    drop_blanks(&label);
    drop_blanks(&wanted);
    bool same = label.s && wanted.s && strcmp(label.s, wanted.s) == 0;
    strbuf_fini(&label);
    strbuf_fini(&wanted);
    return same;
}

/* The end of one association in `_Generic(control, type: value, ...)`, at its comma or the closing
 * parenthesis. */
static size_t association_end(const char *text, size_t n, size_t at, size_t *colon)
{
    int depth = 0;
    *colon = 0;
    for (at = skip_blank(text, n, at); at < n; at = skip_blank(text, n, skip_token(text, n, at))) {
        if (strchr("([{", text[at])) depth++;
        if (strchr(")]}", text[at]) && depth-- == 0) return at;
        if (depth == 0 && text[at] == ':' && !*colon) *colon = at;
        if (depth == 0 && text[at] == ',') return at;
    }
    return n;
}

static CXCursor choose_by_text(lower *lw, CXCursor cursor, CXCursor control, const char *text, size_t n)
{
    size_t colon, at = 0, fallback = SIZE_MAX;
    while (at < n && text[at] != '(') at++;
    at = association_end(text, n, at + 1, &colon); /* the control */
    for (size_t i = 0; at < n && text[at] == ','; i++) {
        size_t begin = skip_blank(text, n, at + 1);
        at = association_end(text, n, begin, &colon);
        if (!colon) return clang_getNullCursor();
        size_t end = colon;
        while (end > begin && strchr(" \t\n", text[end - 1])) end--;
        if (end - begin == 7 && strncmp(text + begin, "default", 7) == 0)
            fallback = i;
        else if (type_matches(lw, text + begin, end - begin, control))
            return nth_branch(lw, cursor, i);
    }
    return fallback == SIZE_MAX ? clang_getNullCursor() : nth_branch(lw, cursor, fallback);
}

CXCursor generic_choice(lower *lw, CXCursor cursor)
{
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    CXCursor control = k.n ? kid(lw, k, 0) : cursor, only = cursor;
    size_t typed = 0;
    for (size_t i = 1; i < k.n; i++)
        if (clang_equalTypes(clang_getCanonicalType(clang_getCursorType(kid(lw, k, i))),
                             clang_getCanonicalType(clang_getCursorType(cursor))))
            typed++, only = kid(lw, k, i);
    kids_end(lw, k);
    if (typed == 1) return only;
    size_t n;
    const char *text = printed_generic(lw, cursor);
    if (text)
        n = strlen(text);
    else
        text = spelt_at(lw, cursor, &n);
    return choose_by_text(lw, cursor, control, text, n);
}
