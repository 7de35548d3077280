/* SPDX-License-Identifier: MIT
 *
 * One function from IR to edits, and the question that every edit asks first: may this text be touched?
 */
#include "rewrite_p.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- what may be touched ------------------------------------------------------------------------ */
/* The end of a macro's use that begins at an offset: its name, and its arguments when it has some. */
uint32_t macro_use_end(const char *source, uint32_t at)
{
    while (isalnum((unsigned char)source[at]) || source[at] == '_' || source[at] == '$') at++;
    uint32_t open = at;
    while (isspace((unsigned char)source[open]) || source[open] == '\\') open++;
    if (source[open] != '(') return at;
    unsigned depth = 0;
    char quote = 0;
    for (uint32_t i = open; source[i]; i++) {
        char c = source[i];
        if (quote) {
            if (c == '\\' && source[i + 1])
                i++;
            else if (c == quote)
                quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(') {
            depth++;
        } else if (c == ')' && --depth == 0) {
            return i + 1;
        }
    }
    return at;
}

/* Whether all of the range is one macro's use (a semicolon may follow it). */
static bool is_one_use(plan *p, ir_span span)
{
    const char *source = file_text(p->rw, span.file, NULL);
    if (!span.macro || !source) return span.macro;
    uint32_t end = macro_use_end(source, span.begin);
    return span.end <= end || (span.end == end + 1 && source[end] == ';');
}

/* The macro has to be expanded in the text before this can be rewritten. */
static bool refuse_macro(plan *p, ir_span span)
{
    rewriter *rw = p->rw;
    if (rw->options->expand && !rw->options->expanded) {
        vec_push(&rw->out->expand, span);
        rw->expand = true;
    } else {
        diag *d = complain(rw, "arc-macro-body", span, p->decl->name,
                           "a counted operation inside a macro cannot be rewritten at this use of it");
        if (d) d->shape = "macro";
    }
    return false;
}

static bool is_elsewhere(plan *p, ir_span span)
{
    return !span.file || !file_is_editable(p->rw, span.file);
}

bool may_edit(plan *p, ir_span span)
{
    if (is_elsewhere(p, span) || is_one_use(p, span)) return refuse_macro(p, span);
    return true;
}

static bool same_range(ir_span a, ir_span b)
{
    return a.file == b.file && a.begin == b.begin && a.end == b.end;
}

/* The expression is what its whole macro use expands to: nothing else in that expansion reads its value, and
 * the statement that it is part of reaches beyond. */
static bool is_whole_use(plan *p, const ir_insn *insn, ir_span span)
{
    const ir_span stmt = p->func->stmts[insn->stmt].span;
    if (stmt.macro && stmt.begin == span.begin && stmt.end <= span.end) return false;
    ir_temp value = insn->op == IR_OP_store ? 0 : insn->dst;
    for (size_t i = 0; value && i < p->count; i++) {
        const ir_insn *other = p->order[i];
        if (other == insn || !same_range(other->span, span)) continue;
        bool reads = (other->a.kind == IR_TEMP && other->a.temp == value) ||
                     (other->b.kind == IR_TEMP && other->b.temp == value);
        for (size_t k = 0; k < other->arg_count; k++)
            reads = reads || (other->args[k].kind == IR_TEMP && other->args[k].temp == value);
        if (other->place.base == IR_BASE_MEMORY && other->place.id == value) reads = true;
        if (reads) return false;
    }
    return true;
}

bool may_wrap(plan *p, const ir_insn *insn, ir_span span)
{
    if (is_elsewhere(p, span)) return refuse_macro(p, span);
    if (!span.macro || !is_one_use(p, span)) return true;
    return is_whole_use(p, insn, span) || refuse_macro(p, span);
}

/* A statement from a macro's use may have text around it when it is all that the use expands to. */
bool may_edit_stmt(plan *p, ir_stmt_id id)
{
    const ir_span span = p->func->stmts[id].span;
    if (is_elsewhere(p, span)) return refuse_macro(p, span);
    if (!is_one_use(p, span)) return true;
    stmt_plan *s = &p->stmts[id];
    if (s->first.n || s->last.n || s->moved_head || p->func->stmts[id].kind == IR_STMT_RETURN)
        return refuse_macro(p, span);
    for (size_t i = 1; i < p->func->stmt_count; i++) {
        const ir_span other = p->func->stmts[i].span;
        if (i != id && other.macro && other.file == span.file && other.begin == span.begin)
            return refuse_macro(p, span);
    }
    return true;
}

/* A macro's argument that is used twice yields the same edit twice. */
void wrap(plan *p, int rank, ir_span span, const char *before, const char *after)
{
    edit_list *edits = &p->rw->edits[span.file];
    for (size_t i = p->first_edit; i < edits->at.n; i++) {
        const edit *e = &edits->at.at[i];
        if (e->begin == span.begin && e->end == span.end && !e->text && strcmp(e->before, before) == 0 &&
            strcmp(e->after, after) == 0)
            return;
    }
    edit_wrap(edits, rank, span.begin, span.end, before, after);
}

/* ---- the passes --------------------------------------------------------------------------------- */
static bool is_counted_result(rewriter *rw, const ir_decl *decl)
{
    ir_type_id result = ir_type_of(rw->unit, decl->type)->of;
    return type_counted(rw, result) != COUNTED_NO && !ir_annotated(&decl->annots, "returns_borrowed") &&
           !ir_annot_arg(&decl->annots, "returns_borrowed_from") &&
           !ir_annot_arg(&decl->annots, "returns_arg");
}

static void plan_init(plan *p, rewriter *rw, const ir_func *func)
{
    *p = (plan){.rw = rw, .func = func, .decl = &rw->unit->decls.at[func->decl]};
    p->returns_new = is_counted_result(rw, p->decl);
    p->fulls = x_calloc(func->full_count + 1, sizeof *p->fulls);
    p->stmts = x_calloc(func->stmt_count + 1, sizeof *p->stmts);
    p->locals = x_calloc(func->local_count + 1, sizeof *p->locals);
    p->first_edit = rw->edits[func->span.file].at.n;
}

static void plan_fini(plan *p)
{
    for (size_t i = 0; i < p->func->full_count; i++) vec_fini(&p->fulls[i].cleanups);
    for (size_t i = 0; i < p->func->stmt_count; i++) {
        stmt_plan *s = &p->stmts[i];
        strbuf_fini(&s->decls);
        strbuf_fini(&s->before);
        strbuf_fini(&s->after);
        strbuf_fini(&s->first);
        strbuf_fini(&s->last);
    }
    vec_fini(&p->moves);
    free(p->fulls);
    free(p->stmts);
    free(p->locals);
    values_fini(p);
}

/* Whether the body has to do with anything counted. */
static bool concerns(plan *p)
{
    for (size_t i = 1; i < p->func->local_count; i++) {
        const ir_local *local = &p->func->locals[i];
        if (hold_of(p->rw, local->type, &local->annots) != HOLD_NONE) return true;
    }
    for (size_t t = 1; t < p->func->temp_count; t++)
        if (type_counted(p->rw, p->func->temp_types[t]) != COUNTED_NO) return true;
    for (size_t i = 0; i < p->count; i++) {
        ir_type_id type;
        if (p->order[i]->op == IR_OP_store && place_hold(p, &p->order[i]->place, &type) != HOLD_NONE)
            return true;
    }
    return false;
}

void plan_function(rewriter *rw, const ir_func *func)
{
    const ir_decl *decl = &rw->unit->decls.at[func->decl];
    if (ir_annotated(&decl->annots, "manual") || !file_is_editable(rw, func->span.file)) return;
    plan p;
    plan_init(&p, rw, func);
    values_find(&p);
    check_effects(&p);
    if (func->tainted) {
        complain(rw, "arc-tainted", func->tainted_at.file ? func->tainted_at : func->span, decl->name,
                 "'%s' cannot be rewritten: %s", decl->name, func->tainted);
    } else if (concerns(&p)) {
        check_function(&p);
        plan_locals(&p);
        plan_moves(&p);
        plan_literals(&p);
        plan_values(&p);
        plan_stores(&p);
        plan_exits(&p);
        write_statements(&p);
        emit_before_function(&p);
    }
    plan_fini(&p);
}
