/* SPDX-License-Identifier: MIT
 *
 * Edits that would mend the plain cases: a reference released before the return that loses it, or taken before the return
 * that gives away what is borrowed. They are proposals: whoever applies them analyses the text again.
 */
#include <ctype.h>
#include <string.h>

#include "own_p.h"

/* ---- what is counted ------------------------------------------------------------------------------------ */

/* The variable that the value was first put into, or 0. */
static ir_local_id holder(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    const ir_insn *made = x->kind == VAL_SYM && x->n <= e->insn_count ? e->insns[x->n] : NULL;
    if (!made) return 0;
    if (x->part) { /* an out-argument */
        const ir_opnd *o = x->part - 1 < made->arg_count ? &made->args[x->part - 1] : NULL;
        const ir_insn *at = o && o->kind == IR_TEMP ? e->defs[o->temp] : NULL;
        bool whole = at && at->op == IR_OP_addr && at->place.base == IR_BASE_LOCAL && !at->place.step_count;
        return whole ? at->place.id : 0;
    }
    for (uint32_t i = 1; i <= e->insn_count; i++) {
        const ir_insn *insn = e->insns[i], *from = insn;
        if (insn->op != IR_OP_store || insn->place.base != IR_BASE_LOCAL || insn->place.step_count) continue;
        while (from && from != made && from->a.kind == IR_TEMP && (from == insn || from->op == IR_OP_cast))
            from = e->defs[from->a.temp];
        if (from == made) return insn->place.id;
    }
    return 0;
}

/* The same operation for what may be NULL, by the habit of its family: Py_XDECREF beside Py_DECREF; else a test. */
static const char *careful_call(engine *e, const char *operation, const char *expression)
{
    const char *tail = strrchr(operation, '_');
    const char *name = tail ? own_text(e, "%.*s_X%s", (int)(tail - operation), operation, tail + 1) : NULL;
    if (name && contract_find(e->contracts, name)) return own_text(e, "%s(%s);", name, expression);
    return own_text(e, "if (%s) %s(%s);", expression, operation, expression);
}

/* ---- where it goes ---------------------------------------------------------------------------------------- */

static const ir_stmt *statement_of(const engine *e, const ir_insn *insn)
{
    const ir_stmt *s = insn->stmt && insn->stmt < e->func->stmt_count ? &e->func->stmts[insn->stmt] : NULL;
    bool here = s && s->span.file && e->unit->files.at[s->span.file].main && e->unit->source;
    return here && s->span.end <= strlen(e->unit->source) ? s : NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Where the line's own text begins: at `at` when only blanks precede it. */
static size_t line_start(const char *source, size_t at)
{
    while (at && is_blank(source[at - 1])) at--;
    return at;
}

static const char *indent_of_line(engine *e, size_t at)
{
    const char *source = e->unit->source;
    while (at && source[at - 1] != '\n') at--;
    size_t n = strspn(source + at, " \t");
    return own_text(e, "%.*s", (int)n, source + at);
}

static void add_edit(engine *e, diag *out, size_t start, const char *text, const char *other)
{
    diag_list *list = &e->result->findings;
    diag_fix *fix = diag_add_fix(list, out, out->place.file, start, start, text);
    fix->other = arena_strdup(list->arena, other);
}

static bool has_comment(const char *source, size_t from, size_t to)
{
    for (; from + 1 < to; from++)
        if (source[from] == '/' && (source[from + 1] == '/' || source[from + 1] == '*')) return true;
    return false;
}

/* A statement alone behind `if (...)` gets braces: on its line, or around lines of its own. */
static void brace(engine *e, diag *out, const ir_stmt *s, const char *call, const char *other)
{
    const char *source = e->unit->source;
    size_t begin = line_start(source, s->span.begin), head = begin;
    bool alone = begin && source[begin - 1] == '\n';
    while (head && isspace((unsigned char)source[head - 1])) head--;
    size_t line = head;
    while (line && source[line - 1] != '\n') line--;
    if (!alone || has_comment(source, line, head)) {
        add_edit(e, out, s->span.begin, own_text(e, "{ %s ", call),
                 other ? own_text(e, "{ %s ", other) : NULL);
        add_edit(e, out, s->span.end, " }", NULL);
        return;
    }
    const char *indent = indent_of_line(e, s->span.begin), *outer = indent_of_line(e, head);
    add_edit(e, out, head, " {", NULL);
    add_edit(e, out, s->span.begin, own_text(e, "%s\n%s", call, indent),
             other ? own_text(e, "%s\n%s", other, indent) : NULL);
    add_edit(e, out, s->span.end, own_text(e, "\n%s}", outer), NULL);
}

static void insert_before(engine *e, diag *out, const ir_stmt *s, const char *call, const char *other)
{
    const char *source = e->unit->source;
    size_t begin = line_start(source, s->span.begin);
    if (s->bare) {
        brace(e, out, s, call, other);
        return;
    }
    bool alone = !begin || source[begin - 1] == '\n';
    const char *after = alone ? own_text(e, "\n%s", indent_of_line(e, s->span.begin)) : " ";
    add_edit(e, out, s->span.begin, own_text(e, "%s%s", call, after),
             other ? own_text(e, "%s%s", other, after) : NULL);
}

/* ---- which ------------------------------------------------------------------------------------------------ */

static bool mentions_name(const char *text, size_t n, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i + length <= n; i++) {
        bool word =
            strncmp(text + i, name, length) == 0 &&
            (i == 0 || !(isalnum((unsigned char)text[i - 1]) || text[i - 1] == '_')) &&
            (i + length == n || !(isalnum((unsigned char)text[i + length]) || text[i + length] == '_'));
        if (word) return true;
    }
    return false;
}

static void mend_leak(engine *e, diag *out, const defect *d, const ir_stmt *s)
{
    ir_local_id local = holder(e, d->val);
    const contract_object *object =
        local ? contract_object_at(e->contracts, e->unit, e->func->locals[local].type) : NULL;
    if (!object || d->held - d->expected != 1) return;
    const char *name = e->func->locals[local].name;
    if (mentions_name(e->unit->source + s->span.begin, s->span.end - s->span.begin, name)) return;
    insert_before(e, out, s, own_text(e, "%s(%s);", object->decref, name),
                  careful_call(e, object->decref, name));
}

/* What is returned, when evaluating it twice does no harm: a name, or fields of one. */
static const char *plain_result(engine *e, const ir_insn *ret)
{
    const ir_span *at = &ret->a_span;
    if (!at->file || !e->unit->files.at[at->file].main || at->end > strlen(e->unit->source)) return NULL;
    const char *text = own_text(e, "%.*s", (int)(at->end - at->begin), e->unit->source + at->begin);
    for (const char *c = text; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("_.->", *c)) return NULL;
    return *text ? text : NULL;
}

static void mend_return(engine *e, diag *out, const defect *d, const ir_stmt *s)
{
    const char *text = plain_result(e, d->at);
    const ir_type *function = ir_type_of(e->unit, e->unit->decls.at[e->func->decl].type);
    const contract_object *object = contract_object_at(e->contracts, e->unit, function->of);
    if (!text || !object) return;
    const char *plain = own_text(e, "%s(%s);", object->incref, text),
               *careful = careful_call(e, object->incref, text);
    bool nullable = false;
    for (size_t i = 0; i < e->exits.n; i++)
        nullable |= e->exits.at[i].at == d->at && e->exits.at[i].maybe_null;
    insert_before(e, out, s, nullable ? careful : plain, nullable ? NULL : careful);
}

void own_propose(engine *e, diag *out, const defect *d)
{
    const ir_stmt *s =
        d->at->op == IR_OP_ret && d->confidence != CONFIDENCE_LOW ? statement_of(e, d->at) : NULL;
    if (!s) return;
    if (strstr(d->check, "leak")) mend_leak(e, out, d, s);
    if (strcmp(d->check, "missing-incref") == 0) mend_return(e, out, d, s);
}
