/* SPDX-License-Identifier: MIT
 *
 * The text around statements: helper variables before, releases after, releases before a jump. A statement
 * that is the bare body of something gets braces; no line is added, so that lines stay the original's.
 */
#include "rewrite_p.h"

#include <ctype.h>
#include <string.h>

/* ---- where text goes ---------------------------------------------------------------------------- */
/* The statement that helper variables stand in front of: a declaration in the head of a `for` has none of its
 * own. */
ir_stmt_id stmt_outer(const plan *p, ir_stmt_id id)
{
    const ir_stmt *stmt = &p->func->stmts[id];
    if (stmt->parent && p->func->stmts[stmt->parent].kind == IR_STMT_FOR && stmt->kind == IR_STMT_DECL)
        return stmt->parent;
    return id;
}

const char *helper_new(plan *p, ir_stmt_id stmt, ir_type_id type, const char *stem, const char *init)
{
    rewriter *rw = p->rw;
    const char *name = arena_printf(&rw->out->arena, "rc_%s%u", stem, ++p->helper_count);
    strbuf *decls = &p->stmts[stmt_outer(p, stmt)].decls;
    strbuf_add(decls, text_declare(rw, type, name));
    if (init) strbuf_printf(decls, " = %s", init);
    strbuf_add(decls, "; ");
    return name;
}

void full_cleanup(plan *p, ir_full_id full, cleanup c)
{
    vec_push(&p->fulls[full].cleanups, c);
}

ir_stmt_id last_statement(const plan *p, ir_stmt_id compound)
{
    ir_stmt_id last = 0;
    for (size_t i = 1; i < p->func->stmt_count; i++) {
        const ir_stmt *stmt = &p->func->stmts[i];
        if (stmt->parent == compound && (!last || stmt->span.begin >= p->func->stmts[last].span.begin))
            last = (ir_stmt_id)i;
    }
    return last;
}

static size_t declarators(const plan *p, ir_stmt_id stmt)
{
    size_t n = 0;
    for (size_t i = 1; i < p->func->local_count; i++)
        if (p->func->locals[i].stmt == stmt && !p->func->locals[i].is_literal) n++;
    return n;
}

/* ---- full expressions --------------------------------------------------------------------------- */
/* The releases of a full expression, the latest value first, each followed by `separator`. */
static void add_cleanups(const full_plan *full, const char *lead, const char *separator, strbuf *out)
{
    for (size_t i = full->cleanups.n; i-- > 0;)
        strbuf_printf(out, "%s%s%s", lead, full->cleanups.at[i].clear, separator);
}

/* (v = E, releases, v): for an expression whose value is wanted after its releases. */
static void keep_value(plan *p, ir_full_id id, const char *name)
{
    arena *a = &p->rw->out->arena;
    const ir_full *full = &p->func->fulls[id];
    strbuf after = {0};
    strbuf_add(&after, ")");
    add_cleanups(&p->fulls[id], ", ", "", &after);
    strbuf_printf(&after, ", %s)", name);
    if (may_edit(p, full->span))
        wrap(p, RANK_FULL, full->span, arena_printf(a, "(%s = (", name), arena_strndup(a, after.s, after.n));
    strbuf_fini(&after);
}

static void keep_condition(plan *p, ir_full_id id)
{
    rewriter *rw = p->rw;
    const char *name = arena_printf(&rw->out->arena, "rc_c%u", ++p->helper_count);
    strbuf_printf(&p->stmts[stmt_outer(p, p->func->fulls[id].stmt)].decls, "bool %s; ", name);
    keep_value(p, id, name);
}

static ir_type_id switch_type(const plan *p, ir_full_id id)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->op == IR_OP_switch && p->order[i]->full == id && p->order[i]->a.kind == IR_TEMP)
            return p->func->temp_types[p->order[i]->a.temp];
    return 0;
}

static void keep_typed(plan *p, ir_full_id id, ir_type_id type)
{
    keep_value(p, id, helper_new(p, p->func->fulls[id].stmt, type, "v", NULL));
}

static void release_in_list(plan *p, ir_full_id id)
{
    strbuf after = {0};
    add_cleanups(&p->fulls[id], ", ", "", &after);
    if (may_edit(p, p->func->fulls[id].span))
        wrap(p, RANK_FULL, p->func->fulls[id].span, "", arena_strndup(&p->rw->out->arena, after.s, after.n));
    strbuf_fini(&after);
}

static void write_full(plan *p, ir_full_id id)
{
    const ir_full *full = &p->func->fulls[id];
    if (!p->fulls[id].cleanups.n) return;
    switch (full->kind) {
    case IR_FULL_RETURN: break; /* the return statement's own business */
    case IR_FULL_IF:
    case IR_FULL_WHILE:
    case IR_FULL_DO:
    case IR_FULL_FOR_COND: keep_condition(p, id); break;
    case IR_FULL_SWITCH:
    case IR_FULL_VLA: keep_typed(p, id, switch_type(p, id)); break;
    case IR_FULL_FOR_INIT:
    case IR_FULL_FOR_STEP: release_in_list(p, id); break;
    case IR_FULL_INIT:
        if (stmt_outer(p, full->stmt) != full->stmt || declarators(p, full->stmt) != 1) {
            keep_typed(p, id, p->func->locals[full->local].type);
            break;
        }
        /* fall through */
    default: add_cleanups(&p->fulls[id], " ", ";", &p->stmts[full->stmt].after); break;
    }
}

/* Whether a statement expression is part of it. */
bool has_block(const plan *p, ir_full_id full)
{
    for (size_t i = 1; i < p->func->stmt_count; i++)
        if (p->func->stmts[i].stmt_expr && p->func->stmts[i].in_full == full) return true;
    return false;
}

/* ---- return ------------------------------------------------------------------------------------- */
static const ir_insn *return_insn(const plan *p, ir_stmt_id stmt)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->op == IR_OP_ret && p->order[i]->stmt == stmt) return p->order[i];
    return NULL;
}

/* Whether releasing variables first cannot change what is returned: constants and uncounted variables of the
 * function itself, or a variable that is moved out. */
static bool independent(plan *p, const ir_insn *ret)
{
    if (has_block(p, ret->full)) return false;
    if (ret->a.kind != IR_TEMP) return ret->a.kind != IR_NONE || ret->a_span.file == 0;
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (insn->full != ret->full || insn == ret || insn->op == IR_OP_end) continue;
        if (insn->op == IR_OP_bin || insn->op == IR_OP_un || insn->op == IR_OP_cast) continue;
        if (insn->op != IR_OP_load || insn->place.base != IR_BASE_LOCAL || insn->place.step_count)
            return false;
        if (p->func->locals[insn->place.id].address_taken) return false;
        if (p->values[insn->dst].counted != COUNTED_NO && !local_moved_by(p, insn->place.id, ret))
            return false;
    }
    return true;
}

static void write_return(plan *p, ir_stmt_id id)
{
    rewriter *rw = p->rw;
    stmt_plan *s = &p->stmts[id];
    const ir_stmt *stmt = &p->func->stmts[id];
    const ir_insn *ret = return_insn(p, id);
    if (!ret) return;
    const full_plan *full = &p->fulls[ret->full];
    if (!full->cleanups.n && (!s->before.n || independent(p, ret))) return;
    if (!may_edit_stmt(p, id)) return;
    strbuf after = {0};
    add_cleanups(full, " ", ";", &after);
    if (s->before.n) strbuf_printf(&after, " %.*s", (int)s->before.n - 1, s->before.s);
    strbuf_fini(&s->before);
    edit_list *edits = &rw->edits[stmt->span.file];
    if (ret->a.kind == IR_NONE) {
        edit_replace(edits, stmt->span.begin, stmt->span.begin + 6, "");
        strbuf_add(&after, " return;");
    } else {
        const char *name = arena_printf(&rw->out->arena, "rc_r%u", ++p->helper_count);
        ir_type_id type = ir_type_of(rw->unit, p->decl->type)->of;
        edit_replace(edits, stmt->span.begin, stmt->span.begin + 6,
                     arena_printf(&rw->out->arena, "%s =", text_declare(rw, type, name)));
        strbuf_printf(&after, " return %s;", name);
    }
    s->block = true;
    strbuf_addn(&s->after, after.s, after.n);
    strbuf_fini(&after);
}

/* ---- statement expressions ---------------------------------------------------------------------- */
static bool yields_void(const plan *p, ir_full_id full)
{
    const ir_insn *last = NULL;
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->full == full) last = p->order[i];
    if (!last || last->op != IR_OP_call) return false;
    const value *v = last->dst ? &p->values[last->dst] : NULL;
    return !v ||
           (v->kind == VALUE_NEW && v->counted == COUNTED_REF && !v->uses.n); /* it is released at once */
}

/* ({ …; E; }) yields E: what the block releases at its end comes between E and the end of the block. */
static void write_yield(plan *p, ir_stmt_id compound)
{
    ir_stmt_id id = last_statement(p, compound);
    stmt_plan *block = &p->stmts[compound], *s = &p->stmts[id];
    if (!id || p->func->stmts[id].kind != IR_STMT_EXPR || (!block->last.n && !s->after.n && !s->decls.n))
        return;
    ir_full_id full = 0;
    for (size_t i = 1; i < p->func->full_count; i++)
        if (p->func->fulls[i].stmt == id) full = (ir_full_id)i;
    if (!full || yields_void(p, full)) return;
    if (p->func->stmts[compound].span.macro && !may_edit(p, p->func->stmts[compound].span)) return;
    const char *name = arena_printf(&p->rw->out->arena, "rc_v%u", ++p->helper_count);
    strbuf_printf(&s->before, "__auto_type %s = ", name);
    if (block->last.n) strbuf_printf(&s->after, " %.*s", (int)block->last.n - 1, block->last.s);
    strbuf_printf(&s->after, " %s;", name);
    strbuf_fini(&block->last);
    s->open = true;
}

static bool is_label(const plan *p, ir_stmt_id id, const ir_stmt *jump)
{
    const ir_stmt *stmt = &p->func->stmts[id];
    return stmt->kind == IR_STMT_LABEL && stmt->label && jump->label && strcmp(stmt->label, jump->label) == 0;
}

/* The innermost statement that the jump does not leave; 0 when it leaves the function. */
static ir_stmt_id stays_in(const plan *p, ir_stmt_id jump)
{
    const ir_stmt *stmts = p->func->stmts;
    ir_stmt_id label = 0, id = jump;
    if (stmts[jump].kind == IR_STMT_RETURN) return 0;
    for (size_t i = 1; i < p->func->stmt_count && stmts[jump].kind == IR_STMT_GOTO; i++)
        if (is_label(p, (ir_stmt_id)i, &stmts[jump])) label = (ir_stmt_id)i;
    for (id = stmts[id].parent; id; id = stmts[id].parent) {
        bool loop =
            stmts[id].kind == IR_STMT_WHILE || stmts[id].kind == IR_STMT_DO || stmts[id].kind == IR_STMT_FOR;
        bool target = loop || (stmts[id].kind == IR_STMT_SWITCH && stmts[jump].kind == IR_STMT_BREAK);
        if (stmts[jump].kind == IR_STMT_GOTO ? encloses(p, id, label) : target) break;
    }
    return id;
}

/* What the full expressions around a statement expression hold is released when a jump leaves it, between the
 * variables of the block and those around it. The variables come first: they leave a mark for each block left. */
static const char mark_leaving = '\2';

static size_t marks(const strbuf *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++) n += b->s[i] == mark_leaving;
    return n;
}

bool is_jump(const plan *p, ir_stmt_id id)
{
    ir_stmt_kind kind = p->func->stmts[id].kind;
    return kind == IR_STMT_RETURN || kind == IR_STMT_GOTO || kind == IR_STMT_BREAK ||
           kind == IR_STMT_CONTINUE;
}

void leave_blocks(plan *p, ir_stmt_id jump, ir_stmt_id scope)
{
    if (!is_jump(p, jump)) return;
    ir_stmt_id stay = stays_in(p, jump);
    strbuf *before = &p->stmts[jump].before;
    size_t left = 0;
    for (ir_stmt_id id = jump; id != stay; id = p->func->stmts[id].parent)
        left += p->func->stmts[id].stmt_expr && !encloses(p, id, scope);
    for (size_t n = marks(before); n < left; n++) strbuf_addc(before, mark_leaving);
}

static void write_leaving(plan *p, ir_stmt_id jump)
{
    strbuf marked = p->stmts[jump].before, out = {0};
    size_t at = 0;
    ir_stmt_id stay = stays_in(p, jump);
    for (ir_stmt_id id = jump; id != stay; id = p->func->stmts[id].parent) {
        if (!p->func->stmts[id].stmt_expr) continue;
        while (at < marked.n && marked.s[at] != mark_leaving) strbuf_addc(&out, marked.s[at++]);
        at += at < marked.n;
        const full_plan *full = &p->fulls[p->func->stmts[id].in_full];
        for (size_t i = full->cleanups.n; i-- > 0;) strbuf_printf(&out, "%s; ", full->cleanups.at[i].clear);
    }
    if (at < marked.n) strbuf_addn(&out, marked.s + at, marked.n - at);
    strbuf_fini(&marked);
    p->stmts[jump].before = out;
}

/* ---- writing ------------------------------------------------------------------------------------ */
static const char *keep(plan *p, strbuf *b)
{
    return b->n ? arena_strndup(&p->rw->out->arena, b->s, b->n) : "";
}

static bool is_label_kind(const plan *p, ir_stmt_id id)
{
    ir_stmt_kind kind = p->func->stmts[id].kind;
    return kind == IR_STMT_LABEL || kind == IR_STMT_CASE || kind == IR_STMT_DEFAULT;
}

static bool is_labelled(const plan *p, ir_stmt_id id)
{
    ir_stmt_id parent = p->func->stmts[id].parent;
    return parent && p->func->stmts[parent].kind != IR_STMT_COMPOUND;
}

/* A compound literal ends with the block around its statement: braces of our own would end it there. */
static bool keeps_literal(const plan *p, ir_stmt_id id)
{
    const ir_stmt *stmt = &p->func->stmts[id];
    ir_stmt_id block = stmt->parent;
    if (stmt->kind != IR_STMT_EXPR || p->stmts[id].block) return false;
    while (block && is_label_kind(p, block)) block = p->func->stmts[block].parent;
    if (!block || p->func->stmts[block].kind != IR_STMT_COMPOUND) return false;
    for (size_t i = 1; i < p->func->local_count; i++) {
        const ir_local *local = &p->func->locals[i];
        if (local->is_literal && p->locals[i].owned && local->scope == block &&
            local->span.begin >= stmt->span.begin && local->span.end <= stmt->span.end)
            return true;
    }
    return false;
}

static bool needs_braces(const plan *p, ir_stmt_id id)
{
    const ir_stmt *stmt = &p->func->stmts[id];
    const stmt_plan *s = &p->stmts[id];
    if (stmt->kind == IR_STMT_DECL || s->open || keeps_literal(p, id)) return false;
    if (s->decls.n || s->block || stmt->bare) return true;
    return !stmt->parent || p->func->stmts[stmt->parent].kind != IR_STMT_COMPOUND;
}

/* `for (T *x = a; …) body` becomes `{ T *x = a; for (; …) body releases }`: the variable's lifetime has an
 * end. */
static void open_for(plan *p, ir_stmt_id id, const char *decls)
{
    const ir_stmt *stmt = &p->func->stmts[id];
    edit_list *edits = &p->rw->edits[stmt->span.file];
    const char *source = file_text(p->rw, stmt->span.file, NULL);
    uint32_t at = stmt->span.begin;
    while (source[at] && source[at] != '(') at++;
    uint32_t head = at + 1;
    while (isspace((unsigned char)source[head])) head++;
    const ir_stmt *init = NULL;
    for (size_t i = 1; i < p->func->stmt_count; i++)
        if (p->func->stmts[i].parent == id && p->func->stmts[i].kind == IR_STMT_DECL)
            init = &p->func->stmts[i];
    if (!init || init->span.macro) {
        may_edit(p, stmt->span.macro ? stmt->span : init ? init->span : stmt->span);
        return;
    }
    uint32_t end = init->span.end;
    if (source[end - 1] != ';')
        while (source[end++] != ';') {
        }
    edit_replace(edits, stmt->span.begin, head, arena_printf(&p->rw->out->arena, "{ %s", decls));
    edit_insert(edits, end, " for (;");
}

/* Braces may be written <% and %>, or as trigraphs. */
static uint32_t after_open(const char *source, ir_span block)
{
    char c = source ? source[block.begin] : '{';
    return block.begin + (c == '<' ? 2 : c == '?' ? 3 : 1);
}

static uint32_t before_close(const char *source, ir_span block)
{
    char c = source && source[block.end - 1] == '>' ? source[block.end - 2] : '}';
    return block.end - (c == '%' ? 2 : c == '?' ? 3 : 1);
}

/* A closing brace that begins its line gets what is released before it lined up with the block's statements. */
static const char *brace_indent(plan *p, ir_stmt_id compound)
{
    const ir_span span = p->func->stmts[compound].span;
    const char *source = file_text(p->rw, span.file, NULL);
    ir_stmt_id last = last_statement(p, compound);
    uint32_t line = before_close(source, span), first = last ? p->func->stmts[last].span.begin : 0, begin;
    if (!source || !last) return "";
    while (line && (source[line - 1] == ' ' || source[line - 1] == '\t')) line--;
    if (line && source[line - 1] != '\n') return "";
    while (first && source[first - 1] != '\n') first--;
    for (begin = first; source[begin] == ' ' || source[begin] == '\t';) begin++;
    size_t n = before_close(source, span) - line, wanted = begin - first;
    if (first <= span.begin || wanted < n || memcmp(source + line, source + first, n) != 0) return "";
    return arena_strndup(&p->rw->out->arena, source + first + n, wanted - n);
}

static void write_statement(plan *p, ir_stmt_id id)
{
    const ir_stmt *stmt = &p->func->stmts[id];
    stmt_plan *s = &p->stmts[id];
    arena *a = &p->rw->out->arena;
    if (s->first.n || s->last.n) {
        if (!may_edit_stmt(p, id)) return;
        edit_list *edits = &p->rw->edits[stmt->span.file];
        const char *source = file_text(p->rw, stmt->span.file, NULL);
        if (s->first.n) edit_insert(edits, after_open(source, stmt->span), keep(p, &s->first));
        if (s->last.n)
            edit_insert(edits, before_close(source, stmt->span),
                        arena_printf(a, "%s%s", brace_indent(p, id), keep(p, &s->last)));
    }
    if (!s->decls.n && !s->before.n && !s->after.n && !s->ends.n && !s->block && !s->moved_head) return;
    if (!may_edit_stmt(p, id)) return;
    if (s->moved_head) {
        open_for(p, id, keep(p, &s->decls));
        wrap(p, RANK_STATEMENT, stmt->span, "",
             arena_printf(a, "%s%s }", keep(p, &s->after), keep(p, &s->ends)));
        return;
    }
    bool braces = needs_braces(p, id);
    bool behind_label = !braces && s->decls.n && is_labelled(p, id) && keeps_literal(p, id);
    const char *open = braces ? "{ " : behind_label ? "; " : "";
    wrap(p, RANK_STATEMENT, stmt->span,
         arena_printf(a, "%s%s%s", open, keep(p, &s->decls), keep(p, &s->before)),
         arena_printf(a, "%s%s%s", keep(p, &s->after), keep(p, &s->ends), braces ? " }" : ""));
}

void write_statements(plan *p)
{
    for (size_t i = 1; i < p->func->full_count; i++) write_full(p, (ir_full_id)i);
    for (size_t i = 1; i < p->func->stmt_count; i++) {
        if (p->func->stmts[i].stmt_expr) write_yield(p, (ir_stmt_id)i);
        if (is_jump(p, (ir_stmt_id)i)) write_leaving(p, (ir_stmt_id)i);
    }
    for (size_t i = 1; i < p->func->stmt_count; i++)
        if (p->func->stmts[i].kind == IR_STMT_RETURN) write_return(p, (ir_stmt_id)i);
    for (size_t i = p->func->stmt_count; i-- > 1;) write_statement(p, (ir_stmt_id)i);
}
