/* SPDX-License-Identifier: MIT
 *
 * irdump [--verify | --reread | --summary | --places | --quiet] FILE [-- FLAG...]: lowers one file and prints
 * its IR, checks it, or counts what the comparison with clang counts. Exit status: 0, or 1 when the file was
 * not lowered or does not verify.
 */
#include <stdlib.h>
#include <string.h>

#include "ast/ast.h"

static const char *name_of(const ir_unit *unit, const ir_func *f)
{
    return unit->decls.at[f->decl].name;
}

/* Statements that may be edited end with their semicolon or brace, and stand inside the one around them. */
static bool stmt_stands(const ir_unit *unit, const ir_func *f, size_t i)
{
    const ir_stmt *s = &f->stmts[i], *up = &f->stmts[s->parent];
    if (s->span.macro || !unit->files.at[s->span.file].main) return true;
    if (s->span.begin >= s->span.end || s->span.end > unit->source_size) return false;
    char last = unit->source[s->span.end - 1];
    bool inside =
        !s->parent || up->span.macro || (s->span.begin >= up->span.begin && s->span.end <= up->span.end);
    return inside && (s->kind == IR_STMT_COMPOUND ? last == '}' : last == ';' || last == '}');
}

static size_t misplaced(const ir_unit *unit, const ir_func *f)
{
    size_t wrong = 0;
    for (size_t i = 1; i < f->stmt_count && !f->tainted; i++) {
        if (stmt_stands(unit, f, i)) continue;
        printf("%s: statement %zu at %u:%u stands wrong\n", name_of(unit, f), i, f->stmts[i].span.line,
               f->stmts[i].span.column);
        wrong++;
    }
    return wrong;
}

static int verify(const ir_unit *unit)
{
    size_t wrong = 0, tainted = 0, unknown = 0;
    for (size_t i = 0; i < unit->funcs.n; i++) {
        const ir_func *f = unit->funcs.at[i];
        char *error = NULL;
        tainted += f->tainted != NULL;
        unknown += !f->tainted && f->unknowns;
        if (f->tainted)
            printf("%s: tainted: %s\n", name_of(unit, f), f->tainted);
        else if (f->unknowns)
            printf("%s: %zu unknown\n", name_of(unit, f), f->unknowns);
        wrong += misplaced(unit, f) > 0;
        if (ir_verify(unit, f, &error)) continue;
        printf("%s: %s\n", name_of(unit, f), error);
        free(error);
        wrong++;
    }
    printf("functions %zu tainted %zu unknown %zu wrong %zu\n", unit->funcs.n, tainted, unknown, wrong);
    return wrong ? 1 : 0;
}

struct counts {
    size_t subs[IR_SUB_COUNT], switches, dispatches, asm_gotos, calls, assigns, compounds, rets;
};

/* Calls of cleanup functions stand nowhere in the source, and clang's tree does not show the sizes of
 * variable arrays. */
static bool in_tree(const ir_func *f, const ir_insn *insn)
{
    return insn->span.file && !(insn->full && f->fulls[insn->full].kind == IR_FULL_VLA);
}

static void count_insn(const ir_func *f, const ir_block *block, size_t i, struct counts *counts)
{
    const ir_insn *insn = &block->insns[i];
    bool after_asm = i > 1 && block->insns[i - 2].op == IR_OP_asm;
    switch (insn->op) {
    case IR_OP_br:
    case IR_OP_jump: counts->subs[insn->sub]++; break;
    case IR_OP_switch: *(after_asm ? &counts->asm_gotos : &counts->switches) += 1; break;
    case IR_OP_goto: counts->dispatches++; break;
    case IR_OP_call: counts->calls += in_tree(f, insn); break;
    case IR_OP_ret: counts->rets++; break;
    case IR_OP_store:
        counts->assigns += insn->sub == IR_STORE_ASSIGN;
        counts->compounds += insn->sub == IR_STORE_COMPOUND;
        break;
    default: break;
    }
}

static void summarise(const ir_unit *unit, const ir_func *f)
{
    struct counts c = {0};
    for (size_t i = 1; i < f->block_count; i++)
        for (size_t j = 0; j < f->blocks[i].n; j++) count_insn(f, &f->blocks[i], j, &c);
    printf("%s\t%s", name_of(unit, f), f->tainted ? "tainted" : f->unknowns ? "unknown" : "whole");
    for (size_t sub = IR_BR_IF; sub <= IR_BR_COND; sub++)
        if (c.subs[sub]) printf("\t%s=%zu", ir_sub_names[sub], c.subs[sub]);
    static const ir_sub jumps[] = {IR_JUMP_BREAK, IR_JUMP_CONTINUE, IR_JUMP_GOTO};
    for (size_t i = 0; i < sizeof jumps / sizeof *jumps; i++)
        if (c.subs[jumps[i]]) printf("\t%s=%zu", ir_sub_names[jumps[i]], c.subs[jumps[i]]);
    printf("\tswitch=%zu\tindirect=%zu\tasmgoto=%zu\tcalls=%zu\tassign=%zu\tcompound=%zu\n", c.switches,
           c.dispatches, c.asm_gotos, c.calls, c.assigns, c.compounds);
}

/* ---- where things stand: the text of every statement, full expression and local ------------ */
static const char *const stmt_names[IR_STMT_KIND_COUNT] = {
    "none", "compound", "expr",  "decl", "if",    "while",    "do",     "for",  "switch",
    "case", "default",  "label", "goto", "break", "continue", "return", "null", "asm"};
static const char *const full_names[IR_FULL_KIND_COUNT] = {"none",     "expr",     "init",   "return",
                                                           "if",       "while",    "do",     "for-init",
                                                           "for-cond", "for-step", "switch", "vla"};

static void print_span(const ir_unit *unit, ir_span span)
{
    if (!span.file) {
        printf("nowhere");
        return;
    }
    printf("%u:%u-%u:%u%s", span.line, span.column, span.end_line, span.end_column,
           span.macro ? " macro" : "");
    if (!unit->files.at[span.file].main)
        printf(" in file %u", span.file);
    else if (span.end <= unit->source_size) {
        printf(" `");
        for (uint32_t i = span.begin; i < span.end; i++)
            putchar(strchr("\t\r\n", unit->source[i]) ? ' ' : unit->source[i]);
        putchar('`');
    }
}

static void print_source(const ir_unit *unit, const ir_func *f)
{
    printf("func %s ", name_of(unit, f));
    print_span(unit, f->body);
    for (size_t i = 1; i < f->stmt_count; i++) {
        const ir_stmt *s = &f->stmts[i];
        printf("\n  stmt %zu in %u %s%s%s%s%s ", i, s->parent, stmt_names[s->kind], s->label ? " " : "",
               s->label ? s->label : "", s->bare ? " bare" : "", s->stmt_expr ? " value" : "");
        print_span(unit, s->span);
    }
    for (size_t i = 1; i < f->full_count; i++) {
        printf("\n  full %zu of stmt %u %s ", i, f->fulls[i].stmt, full_names[f->fulls[i].kind]);
        print_span(unit, f->fulls[i].span);
    }
    for (size_t i = 1; i < f->local_count; i++) {
        const ir_local *l = &f->locals[i];
        printf("\n  local %zu scope %u stmt %u%s%s ", i, l->scope, l->stmt, l->is_literal ? " literal" : "",
               l->address_taken ? " address-taken" : "");
        print_span(unit, l->span);
        printf(" name ");
        print_span(unit, l->name_span);
        if (l->init_span.file) printf(" init "), print_span(unit, l->init_span);
    }
    printf("\n");
}

static void print_insn_spans(const ir_unit *unit, const ir_insn *insn)
{
    printf("    %s ", ir_ops[insn->op].name);
    print_span(unit, insn->span);
    if (insn->place_span.file) printf(" left "), print_span(unit, insn->place_span);
    if (insn->a_span.file) printf(" operand "), print_span(unit, insn->a_span);
    for (size_t i = 0; i < insn->arg_count && insn->arg_spans; i++)
        printf(" argument "), print_span(unit, insn->arg_spans[i]);
    printf(" stmt %u full %u\n", insn->stmt, insn->full);
}

static void print_places(const ir_unit *unit)
{
    for (size_t i = 0; i < unit->funcs.n; i++) {
        const ir_func *f = unit->funcs.at[i];
        print_source(unit, f);
        for (size_t b = 1; b < f->block_count; b++) {
            printf("  b%zu\n", b);
            for (size_t k = 0; k < f->blocks[b].n; k++) print_insn_spans(unit, &f->blocks[b].insns[k]);
        }
    }
}

/* Printing, reading and printing again must be the same text. */
static int reread(const ir_unit *unit)
{
    strbuf first = {0}, second = {0};
    char *error = NULL;
    ir_print_unit(unit, &first);
    ir_unit *again = ir_read(unit->path, first.s, first.n, &error);
    if (again) ir_print_unit(again, &second);
    bool same = again && first.n == second.n && memcmp(first.s, second.s, first.n) == 0;
    if (!same) printf("%s\n", error ? error : second.s);
    free(error);
    ir_unit_free(again);
    strbuf_fini(&first);
    strbuf_fini(&second);
    return same ? 0 : 1;
}

static int report(const ast_result *result, const char *mode)
{
    if (strcmp(mode, "--verify") == 0) return verify(result->unit);
    if (strcmp(mode, "--reread") == 0) return reread(result->unit);
    if (strcmp(mode, "--quiet") == 0) return 0;
    if (strcmp(mode, "--summary") == 0) {
        for (size_t i = 0; i < result->unit->funcs.n; i++) summarise(result->unit, result->unit->funcs.at[i]);
        return 0;
    }
    if (strcmp(mode, "--places") == 0) {
        print_places(result->unit);
        return 0;
    }
    strbuf text = {0};
    ir_print_unit(result->unit, &text);
    fputs(text.s ? text.s : "", stdout);
    strbuf_fini(&text);
    return 0;
}

int main(int argc, char **argv)
{
    int first = argc > 1 && strncmp(argv[1], "--", 2) == 0 ? 2 : 1;
    if (argc <= first) {
        fputs("usage: irdump [--verify | --reread | --summary | --places | --quiet] FILE [-- FLAG...]\n",
              stderr);
        return 2;
    }
    int flags = first + 1;
    if (flags < argc && strcmp(argv[flags], "--") == 0) flags++;
    ast_options options = {.flags = (const char *const *)argv + flags, .flag_count = (size_t)(argc - flags)};
    ast_result result;
    int status = 1;
    if (ast_parse(argv[first], &options, &result) == AST_OK)
        status = report(&result, first == 2 ? argv[1] : "");
    else
        fprintf(stderr, "%s\n", result.message);
    ast_result_fini(&result);
    return status;
}
