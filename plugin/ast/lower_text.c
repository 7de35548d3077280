/* SPDX-License-Identifier: MIT
 *
 * What cursors leave out and the text still has: the missing parts of `for`, and inline assembly.
 */
#include <stdlib.h>

#include "lower_p.h"

/* ---- for ----------------------------------------------------------------------------------- */
/* Reads `( a; b; c )` at `at`: bit 0, 1, 2 for each part that is not blank; -1 when it is no such thing.
 * `*end` is behind the closing parenthesis. */
static int header_parts(const char *text, size_t n, size_t at, size_t *end)
{
    int depth = 0, part = 0, parts = 0;
    at = skip_blank(text, n, at);
    if (at >= n || text[at] != '(') return -1;
    for (at = skip_blank(text, n, at + 1); at < n; at = skip_blank(text, n, skip_token(text, n, at))) {
        char c = text[at];
        if (c == '#') return -1; /* a directive in the middle: what counts cannot be told from the text */
        if (depth == 0 && c == ')') {
            *end = at + 1;
            return part == 2 ? parts : -1;
        }
        if (depth == 0 && c == ';') {
            if (++part > 2) return -1;
            continue;
        }
        if (strchr("([{", c)) depth++;
        if (strchr(")]}", c)) depth--;
        parts |= 1 << part;
    }
    return -1;
}

static int count_bits(int bits)
{
    return (bits & 1) + (bits >> 1 & 1) + (bits >> 2 & 1);
}

static CXSourceLocation start_of(CXCursor cursor)
{
    return clang_getRangeStart(clang_getCursorExtent(cursor));
}

/* A statement's cursor differs by the way that led to it; where it begins is the same. The number counts
 * from 1. */
static size_t number_of(const location_vec *starts, CXCursor cursor)
{
    CXSourceLocation at = start_of(cursor);
    for (size_t i = 0; i < starts->n; i++)
        if (clang_equalLocations(starts->at[i], at)) return i + 1;
    return 0;
}

/* Numbers what is to be found in the printed function: an operand that is shown more than once is printed
 * once. */
static enum CXChildVisitResult number_node(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    printed *out = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    location_vec *starts = kind == CXCursor_ForStmt                ? &out->loops
                           : kind == CXCursor_GenericSelectionExpr ? &out->generics
                                                                   : NULL;
    if (starts && !number_of(starts, cursor)) vec_push(starts, start_of(cursor));
    return CXChildVisit_Recurse;
}

static bool is_token(const char *text, size_t n, size_t at, const char *word)
{
    size_t length = strlen(word);
    return skip_token(text, n, at) == at + length && strncmp(text + at, word, length) == 0;
}

/* The printed function has its macros expanded: its n-th `for` is the n-th loop, its n-th `_Generic` the n-th
 * choice. */
static printed *print_function(lower *lw)
{
    printed *out = &lw->fn->printed;
    if (out->text) return out;
    clang_visitChildren(lw->fn->cursor, number_node, out);
    const char *text = out->text = take_string(clang_getCursorPrettyPrinted(lw->fn->cursor, NULL));
    size_t n = strlen(text);
    for (size_t at = skip_blank(text, n, 0); at < n; at = skip_blank(text, n, skip_token(text, n, at))) {
        if (is_token(text, n, at, "for")) vec_push(&out->loop_at, at + 3);
        if (is_token(text, n, at, "_Generic")) vec_push(&out->generic_at, at);
    }
    return out;
}

void printed_fini(printed *p)
{
    free(p->text);
    vec_fini(&p->loops);
    vec_fini(&p->generics);
    vec_fini(&p->loop_at);
    vec_fini(&p->generic_at);
}

/* The printed form from `_Generic` on; NULL when it cannot be told which one it is. */
const char *printed_generic(lower *lw, CXCursor cursor)
{
    if (!lw->fn) return NULL;
    const printed *p = print_function(lw);
    size_t i = number_of(&p->generics, cursor);
    return i && p->generics.n == p->generic_at.n ? p->text + p->generic_at.at[i - 1] : NULL;
}

static int printed_parts(lower *lw, CXCursor cursor)
{
    const printed *p = print_function(lw);
    size_t end, i = number_of(&p->loops, cursor);
    if (!i || p->loops.n != p->loop_at.n) return -1;
    return header_parts(p->text, strlen(p->text), p->loop_at.at[i - 1], &end);
}

int for_parts(lower *lw, CXCursor cursor, size_t children)
{
    if (children == 4) return 7;
    if (children == 1) return 0;
    if (children == 0 || children > 4) return -1;
    int parts = -1;
    ir_span span = span_of(lw, cursor);
    size_t n, end;
    const char *text = span_text(lw, span, &n);
    if (!span.macro && spelt_word(lw, cursor, "for")) parts = header_parts(text, n, 3, &end);
    if (parts >= 0 && count_bits(parts) + 1 == (int)children) return parts;
    parts = printed_parts(lw, cursor);
    return parts >= 0 && count_bits(parts) + 1 == (int)children ? parts : -1;
}

/* ---- inline assembly ----------------------------------------------------------------------- */
static bool has_word(const char *text, size_t n, const char *word)
{
    for (size_t at = skip_blank(text, n, 0); at < n && text[at] != '(';
         at = skip_blank(text, n, skip_token(text, n, at)))
        if (is_token(text, n, at, word)) return true;
    return false;
}

/* The labels of asm goto: what follows the fourth colon. */
static void asm_labels(lower *lw, const char *text, size_t n, ir_insn *jump)
{
    int depth = 0, colons = 0;
    VEC(ir_block_id) blocks = {0};
    for (size_t at = skip_blank(text, n, 0); at < n; at = skip_blank(text, n, skip_token(text, n, at))) {
        if (text[at] == '(') depth++;
        if (text[at] == ')' && --depth <= 0) break;
        if (depth == 1 && text[at] == ':') colons++;
        if (depth != 1 || colons != 4 || !is_word(text[at])) continue;
        size_t label = label_named(lw, text + at, skip_token(text, n, at) - at);
        vec_push(&blocks, lw->fn->labels.at[label].block);
    }
    jump->succ = arena_alloc(&lw->unit->arena, (blocks.n + 1) * sizeof *jump->succ);
    jump->cases = arena_alloc(&lw->unit->arena, (blocks.n + 1) * sizeof *jump->cases);
    for (size_t i = 0; i < blocks.n; i++) {
        jump->succ[i] = blocks.at[i];
        jump->cases[i] = (ir_case){(int64_t)i + 1, (int64_t)i + 1};
    }
    jump->case_count = blocks.n;
    vec_fini(&blocks);
}

/* Which label asm goto takes is unknown: a switch on any value. */
static void asm_goto(lower *lw, CXCursor cursor, const char *text, size_t n)
{
    ir_type integer = {.kind = IR_INT, .size = sizeof(int), .is_signed = true, .spelling = "int"};
    ir_insn jump = {.op = IR_OP_switch, .a_span = span_of(lw, cursor)};
    jump.a = emit_value(lw, cursor, (ir_insn){.op = IR_OP_any}, ir_type_intern(lw->unit, &integer));
    asm_labels(lw, text, n, &jump);
    if (!jump.case_count) {
        emit_unknown(lw, cursor, "asm goto");
        return;
    }
    ir_block_id next = ir_build_block(lw->fn->b);
    jump.succ[jump.case_count] = next;
    jump.succ_count = jump.case_count + 1;
    emit(lw, cursor, &jump);
    ir_build_at(lw->fn->b, next);
}

static ir_opnd asm_operand(lower *lw, CXCursor operand)
{
    if (!is_lvalue(lw, operand)) return lower_value(lw, operand);
    ir_place place = lower_place(lw, operand);
    if (place.base == IR_BASE_LOCAL) ir_builder_func(lw->fn->b)->locals[place.id].address_taken = true;
    ir_type pointer = {.kind = IR_POINTER, .of = lower_cursor_type(lw, operand), .size = sizeof(void *)};
    pointer.spelling = arena_printf(&lw->unit->arena, "%s *", ir_type_of(lw->unit, pointer.of)->spelling);
    return emit_value(lw, operand, (ir_insn){.op = IR_OP_addr, .place = place},
                      ir_type_intern(lw->unit, &pointer));
}

void lower_asm(lower *lw, CXCursor cursor)
{
    ir_builder_func(lw->fn->b)->has_asm = true;
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    ir_insn insn = {.op = IR_OP_asm, .arg_count = k.n};
    insn.args = arena_alloc(&lw->unit->arena, (k.n + 1) * sizeof *insn.args);
    for (size_t i = 0; i < k.n; i++) insn.args[i] = asm_operand(lw, kid(lw, k, i));
    kids_end(lw, k);
    size_t n;
    ir_span span = span_of(lw, cursor);
    const char *text = span.macro ? spelt_at(lw, cursor, &n) : span_text(lw, span, &n);
    size_t quote = 0;
    while (quote < n && text[quote] != '"' && text[quote] != ';') quote++;
    size_t end = quote < n && text[quote] == '"' ? skip_token(text, n, quote) - 1 : quote;
    insn.text = end > quote ? arena_strndup(&lw->unit->arena, text + quote + 1, end - quote - 1) : "";
    emit(lw, cursor, &insn);
    if (has_word(text, n, "goto")) asm_goto(lw, cursor, text, n);
}
