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

/* A statement's cursor differs by the way that led to it; where it begins is the same. */
static size_t loop_number(const function *fn, CXCursor cursor)
{
    CXSourceLocation at = start_of(cursor);
    for (size_t i = 0; i < fn->for_starts.n; i++)
        if (clang_equalLocations(fn->for_starts.at[i], at)) return i + 1;
    return 0;
}

/* Numbers the loops as they are printed: an operand that is shown more than once is printed once. */
static enum CXChildVisitResult number_loop(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    function *fn = data;
    bool fresh = clang_getCursorKind(cursor) == CXCursor_ForStmt && !loop_number(fn, cursor);
    if (fresh) vec_push(&fn->for_starts, start_of(cursor));
    return CXChildVisit_Recurse;
}

/* The printed function has its macros expanded: its n-th `for` is the n-th loop. */
static void recover_loops(lower *lw)
{
    function *fn = lw->fn;
    fn->for_recovered = true;
    clang_visitChildren(fn->cursor, number_loop, fn);
    char *text = take_string(clang_getCursorPrettyPrinted(fn->cursor, NULL));
    size_t n = strlen(text), end;
    for (size_t at = skip_blank(text, n, 0); at < n; at = skip_blank(text, n, skip_token(text, n, at))) {
        bool loop = skip_token(text, n, at) == at + 3 && strncmp(text + at, "for", 3) == 0;
        if (loop) vec_push(&fn->for_parts, header_parts(text, n, at + 3, &end));
    }
    free(text);
    if (fn->for_parts.n != fn->for_starts.n) vec_fini(&fn->for_parts);
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
    if (!lw->fn->for_recovered) recover_loops(lw);
    size_t i = loop_number(lw->fn, cursor);
    parts = i && i <= lw->fn->for_parts.n ? lw->fn->for_parts.at[i - 1] : -1;
    return parts >= 0 && count_bits(parts) + 1 == (int)children ? parts : -1;
}

/* ---- inline assembly ----------------------------------------------------------------------- */
static bool has_word(const char *text, size_t n, const char *word)
{
    size_t length = strlen(word);
    for (size_t at = skip_blank(text, n, 0); at < n && text[at] != '(';
         at = skip_blank(text, n, skip_token(text, n, at)))
        if (skip_token(text, n, at) == at + length && strncmp(text + at, word, length) == 0) return true;
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
    size_t end = quote < n && text[quote] == '"' ? skip_token(text, n, quote) : quote;
    insn.text = arena_strndup(&lw->unit->arena, text + quote, end - quote);
    emit(lw, cursor, &insn);
    if (has_word(text, n, "goto")) asm_goto(lw, cursor, text, n);
}
