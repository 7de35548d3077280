/* SPDX-License-Identifier: MIT
 *
 * Assignments to counted places. The new value comes with a reference of its own (full.c sees to that); here
 * the assignment becomes the operation that takes it and drops the old one.
 */
#include "rewrite_p.h"

#include <ctype.h>
#include <string.h>

/* The bytes of the assignment operator, blanks before it included: found from the left side's end, past
 * closing parentheses and comments. */
static bool find_operator(const plan *p, const ir_insn *store, uint32_t *begin, uint32_t *end)
{
    const char *source = file_text(p->rw, store->place_span.file, NULL);
    uint32_t at = store->place_span.end, limit = store->a_span.begin, blank = at;
    bool blanks = false;
    while (source && at < limit && source[at] != '=') {
        if (source[at] == '/' && source[at + 1] == '*') {
            const char *close = strstr(source + at + 2, "*/");
            at = close ? (uint32_t)(close - source) + 2 : limit;
            blanks = false;
        } else {
            if (!isspace((unsigned char)source[at]))
                blanks = false;
            else if (!blanks)
                blanks = true, blank = at;
            at++;
        }
    }
    if (!source || at >= limit) return false;
    *begin = blanks ? blank : at;
    *end = at + 1;
    return true;
}

/* The span without the parentheses and blanks around what it holds. */
static ir_span bare(const plan *p, ir_span span)
{
    const char *source = file_text(p->rw, span.file, NULL);
    while (source && span.begin < span.end && strchr(" \t\n\r(", source[span.begin])) span.begin++;
    while (source && span.begin < span.end && strchr(" \t\n\r)", source[span.end - 1])) span.end--;
    return span;
}

static bool is_operand(const plan *p, const ir_insn *store, ir_span operand)
{
    ir_span inner = bare(p, store->span), outer = bare(p, operand);
    return inner.file == outer.file && inner.begin == outer.begin && inner.end == outer.end;
}

/* Whether an assignment of a constant is read. The constant itself has no uses to look at: the text around it
 * tells, a comma behind it throws it away unless it is an argument. */
static bool is_constant_read(plan *p, const ir_insn *store)
{
    const char *source = file_text(p->rw, store->span.file, NULL);
    bool inside = false;
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (insn == store || insn->full != store->full) continue;
        if (insn->a_span.file && is_operand(p, store, insn->a_span)) return true;
        for (size_t k = 0; insn->op == IR_OP_call && k < insn->arg_count; k++)
            if (is_operand(p, store, insn->arg_spans[k])) return true;
        inside = inside || ir_span_within(store->span, insn->span);
    }
    uint32_t at = store->span.end;
    while (source && (isspace((unsigned char)source[at]) || source[at] == ')')) at++;
    return inside && source && source[at] != ',';
}

/* Whether the assignment's own value is read by something around it. */
static bool is_read(plan *p, const ir_insn *store)
{
    const ir_full *full = &p->func->fulls[store->full];
    if (full->span.begin == store->span.begin && full->span.end == store->span.end)
        return full->kind != IR_FULL_EXPR && full->kind != IR_FULL_FOR_STEP && full->kind != IR_FULL_FOR_INIT;
    if (store->a.kind != IR_TEMP) return is_constant_read(p, store);
    const value *v = value_of(p, store->a);
    for (size_t i = 0; v && i < v->uses.n; i++)
        if (v->uses.at[i].insn != store && ir_span_within(store->span, v->uses.at[i].span)) return true;
    return false;
}

/* Reading the variable again yields the assigned value: nothing else can have changed it. */
static bool reads_again(const plan *p, const ir_insn *store)
{
    return store->place.base == IR_BASE_LOCAL && !store->place.step_count &&
           !p->func->locals[store->place.id].address_taken;
}

/* The right side is a null constant and nothing else, such as another assignment of it. */
static bool is_null(const plan *p, const ir_insn *store)
{
    if (store->a.kind != IR_NULL && (store->a.kind != IR_INTEGER || store->a.integer != 0)) return false;
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i] != store && p->order[i]->full == store->full &&
            ir_span_within(p->order[i]->span, store->a_span))
            return false;
    return true;
}

static void set_operator(plan *p, const ir_insn *store, const char *text)
{
    uint32_t begin, end;
    if (find_operator(p, store, &begin, &end))
        edit_replace(&p->rw->edits[store->span.file], begin, end, text);
    else
        may_edit(p, (ir_span){.file = store->span.file,
                              .begin = store->span.begin,
                              .end = store->span.end,
                              .macro = true,
                              .line = store->span.line,
                              .column = store->span.column});
}

/* `a = b` becomes HEAD a, b TAIL; when the value is read, `(HEAD a, (v = b) TAIL, v)`. */
static void set(plan *p, const ir_insn *store, ir_type_id type, const char *head, bool simple)
{
    arena *a = &p->rw->out->arena;
    bool read = is_read(p, store);
    set_operator(p, store, ",");
    if (!read) {
        wrap(p, RANK_STORE, store->span, head, ")");
    } else if (simple && reads_again(p, store)) {
        wrap(p, RANK_STORE, store->span, arena_printf(a, "(%s", head),
             arena_printf(a, "), %s)", p->func->locals[store->place.id].name));
    } else {
        const char *name = helper_new(p, p->func->fulls[store->full].stmt, type, "v", NULL);
        wrap(p, RANK_KEEP, store->a_span, arena_printf(a, "(%s = ", name), ")");
        wrap(p, RANK_STORE, store->span, arena_printf(a, "(%s", head), arena_printf(a, "), %s)", name));
    }
}

bool store_is_statement(const plan *p, const ir_insn *store)
{
    const ir_full *full = &p->func->fulls[store->full];
    return full->kind == IR_FULL_EXPR && full->span.begin == store->span.begin &&
           full->span.end == store->span.end;
}

/* A struct whose type has no name at file level: what it held is kept in another of the type, and released behind. */
static bool set_inner(plan *p, const ir_insn *store, ir_type_id type)
{
    rewriter *rw = p->rw;
    const char *place = text_place(p, &store->place);
    if (!record_is_inner(rw, ir_type_of(rw->unit, type)->record) || type_has_weak(rw, type) || !place ||
        !store_is_statement(p, store))
        return false;
    stmt_plan *s = &p->stmts[p->func->fulls[store->full].stmt];
    const char *old = arena_printf(&rw->out->arena, "rc_o%u", ++p->helper_count);
    strbuf_printf(&s->decls, "__typeof__(%s) %s = %s; ", place, old, place);
    strbuf_printf(&s->after, " %s;", text_release(rw, type, old));
    return true;
}

static void set_null(plan *p, const ir_insn *store)
{
    edit_replace(&p->rw->edits[store->span.file], store->place_span.end, store->span.end, "");
    wrap(p, RANK_STORE, store->place_span, "RC_CLEAR(", ")");
}

static void plan_store(plan *p, const ir_insn *store)
{
    ir_type_id type;
    rewriter *rw = p->rw;
    hold how = place_hold(p, &store->place, &type);
    if (store->sub == IR_STORE_INIT || how == HOLD_NONE || how == HOLD_UNOWNED) return;
    if (store->place.base == IR_BASE_LOCAL && !store->place.step_count && p->locals[store->place.id].borrowed)
        return;
    bool local = store->place.base == IR_BASE_LOCAL && !store->place.step_count;
    const value *v = value_of(p, store->a);
    bool itself = v && v->local == store->place.id; /* x = x, which compilers warn about */
    if (local && p->locals[store->place.id].kept) {
        if (may_edit(p, store->span) && may_edit(p, store->place_span)) store_in_keeper(p, store);
        return;
    }
    if (how == HOLD_STRONG && local && !itself && is_null_at(p, store->place.id, store)) {
        note(p, store->span, "DECREF", p->func->locals[store->place.id].name, "removed",
             "it holds nothing before the assignment");
        return;
    }
    bool holds_nothing = store_is_emptied(p, store) || store_is_empty(p, store);
    if (store_is_fresh(p, store) || holds_nothing)
        note_text(p, store->place_span, "DECREF", "removed",
                  store_is_fresh(p, store)     ? "a new object's field is NULL"
                  : store_is_emptied(p, store) ? "what it held was taken over"
                                               : "it holds nothing before the assignment");
    if (store_is_fresh(p, store)) return;
    if (holds_nothing && (store->place.base == IR_BASE_LOCAL || is_null(p, store))) return;
    if (!may_edit(p, store->span)) return;
    if (!may_edit(p, store->place_span)) return;
    if (holds_nothing) { /* threads may share the object */
        set(p, store, type, "RC_INITREF(", true);
        return;
    }
    note_text(p, store->place_span, "DECREF", "inserted", "the assignment drops what it held");
    if (how == HOLD_WEAK) {
        set(p, store, type, "RC_WEAK_STORE(", false);
    } else if (how == HOLD_BUFFER) {
        set(p, store, type, "RC_SETARRAY(", false);
    } else if (type_counted(rw, type) == COUNTED_STRUCT) {
        if (set_inner(p, store, type) || !may_name(p, store, type)) return;
        set(p, store, type, text_set(rw, type), false);
    } else if (is_null(p, store) && !is_read(p, store) && store->place_span.begin == store->span.begin) {
        set_null(p, store);
    } else {
        set(p, store, type, "RC_SETREF(", true);
    }
}

void plan_stores(plan *p)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->op == IR_OP_store) plan_store(p, p->order[i]);
}
