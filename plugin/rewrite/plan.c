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

static const ir_expansion *use_around(const rewriter *rw, ir_span span)
{
    for (size_t i = 0; i < rw->unit->expansions.n; i++) {
        const ir_expansion *use = &rw->unit->expansions.at[i];
        if (use->file == span.file && use->begin <= span.begin && span.begin < use->end) return use;
    }
    return NULL;
}

/* Each expansion of __COUNTER__ is another number: putting one into the text would change those that follow. */
static bool counts_expansions(const rewriter *rw, const ir_expansion *use)
{
    const char *text = use && use->definition.file ? file_text(rw, use->definition.file, NULL) : NULL;
    if (!text) return false;
    const char *found = strstr(text + use->definition.begin, "__COUNTER__");
    return found && found < text + use->definition.end;
}

/* The macro has to be expanded in the text before this can be rewritten. */
static bool refuse_macro(plan *p, ir_span span)
{
    rewriter *rw = p->rw;
    const ir_expansion *use = use_around(rw, span);
    if (span.file && file_is_editable(rw, span.file) && rw->options->expand && !rw->options->expanded &&
        !counts_expansions(rw, use)) {
        vec_push(&rw->out->expand, span);
        return false;
    }
    ir_span at = use && use->definition.file ? use->definition : span;
    complain(
        rw, "arc-macro-body", at, p->decl->name,
        "counted code in this macro cannot be rewritten where it is used, on line %u; make it a function",
        span.line);
    return false;
}

static bool is_elsewhere(plan *p, ir_span span)
{
    return !span.file || !file_is_editable(p->rw, span.file);
}

/* An argument of a macro that shows its text (#), or that is expanded more than once: an edit would change what is shown,
 * or one helper variable would serve two evaluations. */
static bool is_risky_argument(plan *p, ir_span span)
{
    const ir_expansion *use = use_around(p->rw, span);
    if (!use || (span.begin == use->begin && span.end >= use->end)) return false;
    if (use->stringizes) return true;
    size_t seen[IR_OP_COUNT] = {0};
    for (size_t i = 0; i < p->count; i++) {
        const ir_span other = p->order[i]->span;
        if (other.macro || other.file != span.file || other.begin != span.begin || other.end != span.end)
            continue;
        if (p->order[i]->op != IR_OP_copy && ++seen[p->order[i]->op] > 1) return true;
    }
    return false;
}

bool may_edit(plan *p, ir_span span)
{
    if (is_elsewhere(p, span) || is_one_use(p, span) || is_risky_argument(p, span))
        return refuse_macro(p, span);
    return true;
}

/* Whether the expansion holds a conditional: what a branch stands at is only its condition. */
static bool chooses_inside(const plan *p, ir_full_id full, ir_span span)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->op == IR_OP_copy && p->order[i]->full == full &&
            ir_span_same(p->order[i]->span, span))
            return true;
    return false;
}

/* `a && MACRO(b)` compares what the macro yields with 0, though no text says so. */
static bool is_truth_test(const rewriter *rw, const ir_insn *insn)
{
    bool compares = insn->op == IR_OP_bin && insn->sub == IR_NE && insn->macro && insn->inner_macro &&
                    strcmp(insn->macro, insn->inner_macro) == 0;
    const ir_expansion *use = compares ? use_around(rw, insn->span) : NULL;
    const char *text = use && use->definition.file ? file_text(rw, use->definition.file, NULL) : NULL;
    if (!text) return false;
    const char *found = strstr(text + use->definition.begin, "!=");
    return !found || found >= text + use->definition.end;
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
        if (other == insn || !ir_span_same(other->span, span)) continue;
        if (other->op == IR_OP_br && !chooses_inside(p, other->full, span)) continue;
        if (is_truth_test(p->rw, other)) continue;
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
    if (is_elsewhere(p, span) || is_risky_argument(p, span)) return refuse_macro(p, span);
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

/* ---- what was done, for the record ------------------------------------------------------------- */
void note(plan *p, ir_span at, const char *op, const char *expression, const char *origin, const char *why)
{
    own_counter_op *row = vec_add(&p->rw->out->ops);
    *row = (own_counter_op){.line = at.line, .op = op, .origin = origin, .why = why};
    row->function_name = arena_strdup(&p->rw->out->arena, p->decl->name);
    row->expression = arena_strdup(&p->rw->out->arena, expression);
}

void note_text(plan *p, ir_span span, const char *op, const char *origin, const char *why)
{
    enum { MOST = 60 };
    const char *source = file_text(p->rw, span.file, NULL);
    size_t n = span.end - span.begin;
    char text[MOST + 4] = "";
    for (size_t i = 0; source && i < n && i < MOST; i++)
        text[i] = isspace((unsigned char)source[span.begin + i]) ? ' ' : source[span.begin + i],
        text[i + 1] = '\0';
    if (n > MOST) memcpy(text + MOST, "...", 4);
    note(p, span, op, text, origin, why);
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
        strbuf_fini(&s->ends);
        strbuf_fini(&s->first);
        strbuf_fini(&s->last);
    }
    vec_fini(&p->moves);
    vec_fini(&p->nulls);
    vec_fini(&p->fresh);
    vec_fini(&p->empty);
    vec_fini(&p->transfers);
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

void plan_look(plan *p, rewriter *rw, const ir_func *func)
{
    plan_init(p, rw, func);
    values_find(p);
    plan_ownership(p);
    optimise_fresh(p);
}

/* The plan as far as nothing is written. */
void plan_open(plan *p, rewriter *rw, const ir_func *func)
{
    plan_look(p, rw, func);
    p->optimise = rw->options->level > 0 && !asks_counts(p);
    optimise_null(p);
    optimise_transfer(p);
    optimise_empty(p);
    optimise_borrow(p);
    optimise_keep(p);
}

void plan_close(plan *p)
{
    plan_fini(p);
}

static void plan_body(plan *p)
{
    check_function(p);
    plan_locals(p);
    plan_moves(p);
    plan_literals(p);
    plan_values(p);
    plan_stores(p);
    plan_exits(p);
    write_statements(p);
    emit_before_function(p);
}

static bool same_edits(const edit_list *edits, size_t a, size_t b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const edit *x = &edits->at.at[a + i], *y = &edits->at.at[b + i];
        if (x->begin != y->begin || x->end != y->end || strcmp(x->before, y->before) != 0 ||
            strcmp(x->after, y->after) != 0 || !x->text != !y->text ||
            (x->text && strcmp(x->text, y->text) != 0))
            return false;
    }
    return true;
}

/* The second #include of the header in the main file, or the body when that cannot be told. */
static ir_span second_include(const rewriter *rw, const ir_func *func)
{
    ir_span at = func->span;
    const char *path = rw->unit->files.at[func->span.file].path, *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path, *source = rw->unit->source;
    unsigned line = 1, seen = 0;
    for (const char *s = source; s && *s; line++) {
        size_t n = strcspn(s, "\n");
        const char *found = strstr(s, name), *directive = s + strspn(s, " \t");
        if (*directive == '#' && found && found < s + n && strstr(s, "include") < found && ++seen == 2) {
            at = (ir_span){.line = line, .column = 1};
            for (uint32_t f = 1; f < rw->unit->files.n; f++)
                if (rw->unit->files.at[f].main) at.file = f;
            return at;
        }
        s += n + (s[n] == '\n');
    }
    return at;
}

/* A header that is included twice is written once: its bodies have to come out the same. */
static void compare_bodies(plan *p)
{
    rewriter *rw = p->rw;
    edit_list *edits = &rw->edits[p->func->span.file];
    body_plan now = {p->func->span.file, p->func->body.begin, p->first_edit, edits->at.n - p->first_edit};
    if (rw->unit->files.at[now.file].main) return;
    for (size_t i = 0; i < rw->bodies.n; i++) {
        const body_plan *old = &rw->bodies.at[i];
        if (old->file != now.file || old->begin != now.begin) continue;
        if (old->n != now.n || !same_edits(edits, old->first, now.first, now.n))
            complain(rw, "arc-header-variant", second_include(rw, p->func), p->decl->name,
                     "'%s' is included twice, and its counted code means something else the second time",
                     rw->unit->files.at[now.file].path);
        edits->at.n = now.first;
        return;
    }
    vec_push(&rw->bodies, now);
}

void plan_function(rewriter *rw, const ir_func *func)
{
    const ir_decl *decl = &rw->unit->decls.at[func->decl];
    if (ir_annotated(&decl->annots, "manual") || !file_is_editable(rw, func->span.file)) return;
    plan p;
    plan_open(&p, rw, func);
    check_effects(&p);
    if (func->tainted)
        complain(rw, "arc-tainted", func->tainted_at.file ? func->tainted_at : func->span, decl->name,
                 "'%s' cannot be rewritten: %s", decl->name, func->tainted);
    else if (concerns(&p))
        plan_body(&p);
    compare_bodies(&p);
    plan_close(&p);
}
