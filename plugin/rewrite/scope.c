/* SPDX-License-Identifier: MIT
 *
 * Variables: what a local holds when it is declared, and what is released on every way out of its scope. The
 * IR has an `end` wherever a lifetime ends; this turns each into text in front of the jump or the closing
 * brace.
 */
#include "rewrite_p.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- what locals own ---------------------------------------------------------------------------- */
static bool is_assigned(const plan *p, ir_local_id id)
{
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (insn->op == IR_OP_store && insn->sub != IR_STORE_INIT && insn->place.base == IR_BASE_LOCAL &&
            insn->place.id == id)
            return true;
    }
    return false;
}

/* Past attributes that stand between a declarator and its initialiser. */
static uint32_t declarator_end(const plan *p, const ir_local *local)
{
    const char *source = file_text(p->rw, local->span.file, NULL);
    uint32_t end = local->span.end, at = end;
    for (;;) {
        while (isspace((unsigned char)source[at])) at++;
        if (!str_starts(source + at, "__attribute__")) return end;
        while (source[at] && source[at] != '(') at++;
        for (unsigned depth = 0; source[at];) {
            char c = source[at++];
            depth += c == '(' ? 1 : c == ')' ? -1u : 0;
            if (depth == 0) break;
        }
        end = at;
    }
}

static void begin_null(plan *p, ir_local_id id)
{
    const ir_local *local = &p->func->locals[id];
    if (local->is_literal) return;
    if (local->init_span.file) {
        if (p->locals[id].hold == HOLD_WEAK || type_has_weak(p->rw, local->type))
            strbuf_printf(&p->stmts[local->stmt].after, " %s;", text_land(p->rw, local->type, local->name));
        return;
    }
    if (!may_edit(p, local->name_span)) return;
    ir_span end = local->span;
    if (end.macro && end.end == local->name_span.end)
        end.macro = false; /* only an annotation before it is a macro's */
    if (!may_edit(p, end)) return;
    const char *text = p->locals[id].counted == COUNTED_REF ? " = NULL" : " = {0}";
    edit_insert(&p->rw->edits[local->span.file], declarator_end(p, local), text);
}

/* What a parameter's declarations say of it; the definition need not repeat it. */
static bool param_says(const plan *p, const ir_local *local, const char *annotation)
{
    if (ir_annotated(&local->annots, annotation)) return true;
    return local->param < p->decl->param_count &&
           ir_annotated(&p->decl->params[local->param].annots, annotation);
}

static bool is_slot_param(plan *p, const ir_local *local)
{
    const ir_type *type = ir_type_of(p->rw->unit, local->type);
    return type->kind == IR_POINTER && type_class(p->rw, type->of) != 0;
}

static void begin_param(plan *p, ir_local_id id)
{
    const ir_local *local = &p->func->locals[id];
    local_plan *l = &p->locals[id];
    strbuf *first = &p->stmts[1].first;
    if (param_says(p, local, "out") && is_slot_param(p, local))
        strbuf_printf(first, " if (%s) *%s = NULL;", local->name, local->name);
    if (l->retained && l->counted == COUNTED_REF) {
        strbuf_printf(first, " RC_XINCREF(%s);", local->name);
        note(p, local->span, "INCREF", local->name, "inserted",
             "a parameter that is assigned, or whose address is taken");
    } else if (l->retained) {
        strbuf_printf(first, " %s = %s%s);", local->name, text_copy(p->rw, local->type), local->name);
    }
    if (l->kept) {
        l->keeper = arena_printf(&p->rw->out->arena, "rc_k%u", ++p->helper_count);
        strbuf_printf(first, " %s = NULL;", text_declare(p->rw, local->type, l->keeper));
        note(p, local->span, "INCREF", local->name, "removed", "the caller keeps it during the call");
    }
    if (l->owned && type_has_weak(p->rw, local->type))
        strbuf_printf(first, " %s;", text_land(p->rw, local->type, local->name));
}

static void own_param(plan *p, ir_local_id id)
{
    const ir_local *local = &p->func->locals[id];
    local_plan *l = &p->locals[id];
    if (l->hold != HOLD_STRONG) return;
    if (param_says(p, local, "steals"))
        l->owned = true;
    else if (local->address_taken || is_assigned(p, id) || type_has_weak(p->rw, local->type))
        l->owned = l->retained = true;
}

void plan_ownership(plan *p)
{
    for (size_t i = 1; i < p->func->local_count; i++) {
        const ir_local *local = &p->func->locals[i];
        local_plan *l = &p->locals[i];
        l->counted = type_counted(p->rw, local->type);
        l->hold = hold_of(p->rw, local->type, &local->annots);
        if (local->is_param)
            own_param(p, (ir_local_id)i);
        else if (!local->is_literal && !local->name[0])
            l->hold = HOLD_NONE; /* a struct that is looked into: the value itself is kept */
        else
            l->owned = l->hold == HOLD_STRONG || (l->hold == HOLD_WEAK && !local->is_literal);
    }
}

static bool is_literal_event(const ir_insn *insn, ir_op op, ir_local_id id)
{
    return insn->op == op && insn->place.base == IR_BASE_LOCAL && insn->place.id == id;
}

/* Whether control gets to the literal again before its life ends, as in the condition of a loop. */
static bool is_evaluated_again(const plan *p, ir_local_id id)
{
    const ir_func *f = p->func;
    bool *in = x_calloc(f->block_count, sizeof *in), again = false;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t b = 1; b < f->block_count; b++) {
            bool alive = in[b];
            for (size_t i = 0; i < f->blocks[b].n; i++) {
                const ir_insn *insn = &f->blocks[b].insns[i];
                again = again || (alive && is_literal_event(insn, IR_OP_decl, id));
                if (is_literal_event(insn, IR_OP_decl, id)) alive = true;
                if (is_literal_event(insn, IR_OP_end, id)) alive = false;
            }
            const ir_insn *last = f->blocks[b].n ? &f->blocks[b].insns[f->blocks[b].n - 1] : NULL;
            for (size_t i = 0; last && alive && i < last->succ_count; i++) {
                changed = changed || !in[last->succ[i]];
                in[last->succ[i]] = true;
            }
        }
    }
    free(in);
    return again;
}

static bool is_head(const plan *p, ir_stmt_id id)
{
    ir_stmt_kind kind = p->func->stmts[id].kind;
    return kind == IR_STMT_IF || kind == IR_STMT_SWITCH || kind == IR_STMT_WHILE || kind == IR_STMT_DO ||
           kind == IR_STMT_FOR;
}

/* The literal of a condition ends with the statement, before we could release what it holds, and that of a loop is filled
 * anew each time: a variable of ours keeps it. */
static bool keep_literal(plan *p, ir_local_id id, ir_stmt_id scope)
{
    rewriter *rw = p->rw;
    const ir_local *local = &p->func->locals[id];
    const ir_type *type = ir_type_of(rw->unit, local->type);
    bool named = type->kind != IR_RECORD || !record_is_inner(rw, type->record);
    if (!named || type_has_weak(rw, local->type) ||
        str_starts(type->spelling ? type->spelling : "", "const "))
        return false;
    if (!is_head(p, scope) && !is_evaluated_again(p, id)) return false;
    arena *a = &rw->out->arena;
    const char *name = arena_printf(a, "rc_l%u", ++p->helper_count);
    size_t slots = 1;
    for (; type->kind == IR_ARRAY; type = ir_type_of(rw->unit, type->of)) slots *= (size_t)type->length;
    const char *set = arena_printf(a, "RC_SETREF(%s, ", name);
    if (slots > 1 && type->kind == IR_RECORD) return false;
    if (type->kind == IR_RECORD) set = arena_printf(a, "%s%s, ", text_set(rw, local->type), name);
    if (ir_type_of(rw->unit, local->type)->kind == IR_ARRAY)
        set = arena_printf(a, "rci_set_slots(%s, %zu, ", name, slots);
    const char *decl = text_declare(rw, local->type, name);
    if (p->func->stmts[scope].kind == IR_STMT_COMPOUND)
        strbuf_printf(&p->stmts[scope].first, " %s = {0};", decl);
    else
        strbuf_printf(&p->stmts[scope].decls, "%s = {0}; ", decl);
    wrap(p, RANK_READ, local->span, arena_printf(a, "(*(%s", set), arena_printf(a, "), &%s))", name));
    p->locals[id].alias = name;
    return true;
}

/* A compound literal has no name: a helper variable of its block points at it once it was evaluated. */
static void begin_literal(plan *p, ir_local_id id)
{
    const ir_local *local = &p->func->locals[id];
    local_plan *l = &p->locals[id];
    arena *a = &p->rw->out->arena;
    if (!may_edit(p, local->span)) return;
    ir_stmt_id scope = local->scope ? local->scope : 1;
    ir_stmt_id around = p->func->stmts[scope].parent;
    if (around && p->func->stmts[around].kind == IR_STMT_SWITCH)
        scope = around; /* nothing runs in front of its cases */
    if (keep_literal(p, id, scope)) return;
    const char *name = arena_printf(a, "rc_l%u", ++p->helper_count);
    const char *decl = text_declare(p->rw, local->type, arena_printf(a, "*%s", name));
    if (p->func->stmts[scope].kind == IR_STMT_COMPOUND)
        strbuf_printf(&p->stmts[scope].first, " %s = NULL;", decl);
    else
        strbuf_printf(&p->stmts[scope].decls, "%s = NULL; ", decl);
    bool lands = type_has_weak(p->rw, local->type) && ir_type_of(p->rw->unit, local->type)->kind == IR_RECORD;
    const char *land = lands ? text_land(p->rw, local->type, arena_printf(a, "*%s", name)) : NULL;
    wrap(p, RANK_READ, local->span, arena_printf(a, "(*(%s = &", name),
         lands ? arena_printf(a, ", %s, %s))", land, name) : "))");
    l->alias = arena_printf(a, "(*%s)", name);
    l->guard = arena_printf(a, "if (%s) ", name);
}

/* The runtime's operations take a variable's address, which one that is marked `register` has not got. */
static void drop_register(plan *p, const ir_local *local)
{
    size_t n;
    const char *source = file_text(p->rw, local->span.file, &n);
    uint32_t at = local->name_span.begin;
    while (source && at && !strchr(";{}(", source[at - 1])) at--;
    for (; source && at < local->name_span.begin; at++) {
        bool word = str_starts(source + at, "register") && !isalnum((unsigned char)source[at + 8]) &&
                    source[at + 8] != '_' && !isalnum((unsigned char)source[at - 1]) && source[at - 1] != '_';
        if (!word) continue;
        uint32_t end = at + 8 + (source[at + 8] == ' ');
        edit_list *edits = &p->rw->edits[local->span.file];
        for (size_t i = p->first_edit; i < edits->at.n;
             i++) /* the one before it in the same declaration did */
            if (edits->at.at[i].begin == at && edits->at.at[i].text) return;
        edit_replace(edits, at, end, "");
        return;
    }
}

void plan_locals(plan *p)
{
    for (size_t i = 1; i < p->func->local_count; i++) {
        const ir_local *local = &p->func->locals[i];
        const local_plan *l = &p->locals[i];
        if (l->owned && local->name[0] && !local->name_span.macro) drop_register(p, local);
        if (local->is_param)
            begin_param(p, (ir_local_id)i);
        else if (local->name[0] && (l->owned || l->borrowed))
            begin_null(p, (ir_local_id)i);
    }
}

/* ---- compound literals ------------------------------------------------------------------------- */
/* A literal that is returned as a whole, and only that, needs no release of its own. */
static bool is_returned(const plan *p, ir_local_id id)
{
    bool returned = false;
    for (size_t t = 1; t < p->func->temp_count; t++) {
        const value *v = &p->values[t];
        if (!v->def || v->def->place.base != IR_BASE_LOCAL || v->def->place.id != id) continue;
        if (v->def->op != IR_OP_load || v->local != id || v->uses.n != 1 || v->uses.at[0].kind != USE_RETURN)
            return false;
        returned = true;
    }
    return returned;
}

void plan_literals(plan *p)
{
    for (size_t i = 1; i < p->func->local_count; i++) {
        if (!p->func->locals[i].is_literal || !p->locals[i].owned) continue;
        if (is_returned(p, (ir_local_id)i))
            p->locals[i].owned = false;
        else
            begin_literal(p, (ir_local_id)i);
    }
}

/* ---- exits -------------------------------------------------------------------------------------- */
/* Statement 0 is around all others. */
bool encloses(const plan *p, ir_stmt_id outer, ir_stmt_id inner)
{
    for (; inner; inner = p->func->stmts[inner].parent)
        if (inner == outer) return true;
    return outer == 0;
}

static bool is_word_at(const char *text, uint32_t at, const char *word)
{
    size_t n = strlen(word);
    return strncmp(text + at, word, n) == 0 && !isalnum((unsigned char)text[at + n]) && text[at + n] != '_' &&
           (!at || (!isalnum((unsigned char)text[at - 1]) && text[at - 1] != '_'));
}

/* Whether a type, an enumerator or a declaration of something at file level takes the name between the variable and the
 * jump: a word of its own in a declaration that begins so. Where it is only named there, a pointer does no harm. */
static bool is_taken(const plan *p, const ir_local *local, ir_stmt_id at)
{
    static const char *const words[] = {"typedef", "enum", "extern"};
    const char *text = file_text(p->rw, local->span.file, NULL);
    uint32_t end = p->func->stmts[at].span.begin;
    for (uint32_t i = local->name_span.end; text && i < end; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            for (uint32_t j = i; is_word_at(text, i, words[k]) && j < end && text[j] != ';'; j++)
                if (is_word_at(text, j, local->name)) return true;
    return false;
}

/* Whether something else of the same name stands between the jump and the variable that ends. */
static bool is_hidden(const plan *p, ir_local_id id, ir_stmt_id at)
{
    const ir_local *local = &p->func->locals[id];
    for (size_t i = 1; i < p->func->local_count; i++) {
        const ir_local *other = &p->func->locals[i];
        if (i == id || other->is_param || !other->name || strcmp(other->name, local->name) != 0) continue;
        if (other->scope != at && encloses(p, other->scope, at) && other->scope != local->scope &&
            encloses(p, local->scope, other->scope) && other->span.begin < p->func->stmts[at].span.begin)
            return true;
    }
    return local->name[0] && at != local->scope && !local->span.macro && is_taken(p, local, at);
}

/* The variable's name, or a pointer to it where the name means another. */
static const char *name_at(plan *p, ir_local_id id, ir_stmt_id at)
{
    const ir_local *local = &p->func->locals[id];
    local_plan *l = &p->locals[id];
    if (local->is_literal) return l->alias ? l->alias : ""; /* none: it was refused, and no text is written */
    if (!is_hidden(p, id, at)) return local->name;
    if (!l->alias) {
        l->alias = arena_printf(&p->rw->out->arena, "rc_s%u", ++p->helper_count);
        strbuf *where = local->is_param ? &p->stmts[1].first : &p->stmts[local->stmt].after;
        const char *type =
            text_declare(p->rw, local->type, arena_printf(&p->rw->out->arena, "*%s", l->alias));
        strbuf_printf(where, " %s = &%s;", type, local->name);
        if (p->func->stmts[local->scope].kind == IR_STMT_FOR) p->stmts[local->scope].moved_head = true;
    }
    return arena_printf(&p->rw->out->arena, "(*%s)", l->alias);
}

static bool was_moved(const plan *p, ir_local_id id, const ir_insn *end)
{
    for (size_t i = 0; i < p->moves.n; i++) {
        const move *m = &p->moves.at[i];
        if (m->local != id) continue;
        if (m->insn == end && end->op == IR_OP_end && !p->locals[id].nulled) return true;
        if (m->insn == end && end->op == IR_OP_ret && (m->span.file == 0 ? !p->locals[id].nulled : true))
            return true;
        if (end->op == IR_OP_end && m->insn->op == IR_OP_ret && m->insn->stmt == end->stmt) return true;
    }
    return false;
}

/* Where a life ends: the jump that leaves the scope, or the brace that closes it. */
static ir_span end_span(const plan *p, const ir_insn *end)
{
    const ir_stmt *stmt = &p->func->stmts[end->stmt ? end->stmt : 1];
    ir_span span = stmt->span;
    if (stmt->kind == IR_STMT_COMPOUND) span.line = span.end_line;
    return span.line ? span : end->span;
}

/* A jump out of the variable's own initialiser leaves before it holds anything. */
static bool not_yet_held(const plan *p, ir_local_id local, ir_stmt_id jump)
{
    for (ir_stmt_id id = jump; id; id = p->func->stmts[id].parent) {
        const ir_full *full = &p->func->fulls[p->func->stmts[id].in_full];
        if (p->func->stmts[id].stmt_expr && full->kind == IR_FULL_INIT && full->local == local) return true;
    }
    return false;
}

/* A `goto` to an earlier place of the literal's own block: the pointer to it is still there. */
static bool stays_inside(const plan *p, ir_local_id id, const ir_insn *end)
{
    if (p->func->stmts[end->stmt].kind != IR_STMT_GOTO) return false;
    const ir_block *block = &p->func->blocks[p->block_of[insn_position(p, end)]];
    const ir_insn *jump = &block->insns[block->n - 1];
    const ir_block *target = jump->succ_count == 1 ? &p->func->blocks[jump->succ[0]] : NULL;
    return !target || !target->n || encloses(p, p->func->locals[id].scope, target->insns[0].stmt);
}

static void plan_exit(plan *p, ir_local_id id, const ir_insn *end)
{
    const ir_local *local = &p->func->locals[id];
    const local_plan *l = &p->locals[id];
    if (not_yet_held(p, id, end->stmt)) return;
    if (l->borrowed && !local->is_param)
        note(p, end_span(p, end), "DECREF", local->name, "removed",
             "what it holds is kept alive by its owner");
    if ((!l->owned && !l->kept) || l->borrowed) return;
    if (was_moved(p, id, end) || is_null_at(p, id, end)) {
        note(p, end_span(p, end), "DECREF", local->name, "removed",
             was_moved(p, id, end) ? "its reference was moved" : "it is NULL here");
        return;
    }
    note(p, end_span(p, end), "DECREF", local->name, "inserted", "its lifetime ends");
    ir_stmt_id at = end->stmt ? end->stmt : 1;
    if (end->op == IR_OP_ret && p->func->stmts[at].kind != IR_STMT_RETURN)
        at = 1; /* the end of a void function */
    stmt_plan *s = &p->stmts[at];
    const char *name = l->kept ? l->keeper : name_at(p, id, at);
    const char *text = l->hold == HOLD_WEAK ? text_weak_end(p->rw, local->type, name)
                                            : text_release(p->rw, local->type, name);
    if (l->guard && stays_inside(p, id, end))
        text = arena_printf(&p->rw->out->arena, "%s{ %s; %.*s = NULL; }", l->guard, text,
                            (int)strlen(l->alias) - 3, l->alias + 2);
    else if (l->guard)
        text = arena_printf(&p->rw->out->arena, "%s%s", l->guard, text);
    switch (p->func->stmts[at].kind) {
    case IR_STMT_COMPOUND: strbuf_printf(&s->last, "%s; ", text); break;
    case IR_STMT_FOR:
        strbuf_printf(&s->after, " %s;", text);
        s->moved_head = true;
        break;
    default:
        if (!is_jump(p, at)) {
            strbuf_printf(&s->ends, " %s;", text);
            break;
        }
        leave_blocks(p, at, local->scope);
        strbuf_printf(&s->before, "%s; ", text);
    }
}

void plan_exits(plan *p)
{
    for (size_t i = 0; i < p->reachable; i++) {
        const ir_insn *insn = p->order[i];
        if (insn->op == IR_OP_end && insn->place.base == IR_BASE_LOCAL) plan_exit(p, insn->place.id, insn);
        for (size_t k = p->func->local_count; insn->op == IR_OP_ret && k-- > 1;)
            if (p->func->locals[k].is_param) plan_exit(p, (ir_local_id)k, insn);
    }
}
