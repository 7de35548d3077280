/* SPDX-License-Identifier: MIT
 *
 * Full expressions: each value that nothing takes is kept in a helper variable and released at the end of its
 * full expression; each borrowed value that something takes is copied; each strong store takes before it
 * drops.
 *
 * An assignment is an expression too: `f(x = make())` uses one reference twice. The levels of a value are the
 * expressions it is seen through: 0 is what made it, k the k-th assignment around it, which yields it as
 * borrowed from the variable that was assigned.
 */
#include "rewrite_p.h"

#include <ctype.h>
#include <string.h>

typedef struct demand {
    bool take;   /* a reference of its own is wanted */
    bool across; /* it is used while something runs that may drop it */
    bool used;   /* it is used at all */
    const use *taker;
} demand;

/* ---- demand ------------------------------------------------------------------------------------- */
/* How many assignments of the value stand between what made it and this use of it. */
static size_t use_level(const value *v, const use *u)
{
    size_t level = 0;
    for (size_t i = 0; i < v->uses.n; i++) {
        const use *other = &v->uses.at[i];
        if (other->insn->op == IR_OP_store && other->insn != u->insn && other->kind != USE_BASE &&
            ir_span_within(other->insn->span, u->span) && !ir_span_same(other->insn->span, v->def->span))
            level++;
    }
    return level;
}

static bool drops_between(plan *p, const value *v, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        if (value_endangered(p, v, p->order[i])) return true;
    return false;
}

/* The right side of a store may run after the left side's base was read, wherever the IR put it. */
static bool drops_in_store(plan *p, const value *v, const ir_insn *store)
{
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (insn->full == store->full && insn != store && ir_span_within(insn->span, store->a_span) &&
            value_endangered(p, v, insn))
            return true;
    }
    return false;
}

static bool is_temp(ir_opnd operand, ir_temp temp)
{
    return operand.kind == IR_TEMP && operand.temp == temp;
}

static bool passes(const ir_insn *call, ir_temp temp)
{
    for (size_t i = 0; i < call->arg_count; i++)
        if (is_temp(call->args[i], temp)) return true;
    return false;
}

/* A plain pointer, such as a string, that an object may own. */
static bool is_inside(const plan *p, const ir_insn *insn)
{
    if (!insn->dst || p->values[insn->dst].counted != COUNTED_NO) return false;
    const ir_type *type = ir_type_of(p->rw->unit, p->func->temp_types[insn->dst]);
    return type->kind == IR_POINTER && ir_type_of(p->rw->unit, type->of)->kind != IR_FUNCTION;
}

/* Whether the pointer that the instruction took out of an object, or one computed from it, is used while
 * something runs that may drop the object. */
static bool inside_across(plan *p, const value *v, const ir_insn *made, size_t from, size_t pos)
{
    if (!is_inside(p, made)) return false;
    for (size_t i = pos + 1; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (insn->full != made->full) continue;
        bool base = insn->place.base == IR_BASE_MEMORY && insn->place.id == made->dst;
        bool passed = insn->op == IR_OP_call && passes(insn, made->dst);
        if (!base && !passed && !is_temp(insn->a, made->dst) && !is_temp(insn->b, made->dst)) continue;
        if (passed && value_endangered(p, v, insn)) return true;
        if ((passed || base) && drops_between(p, v, from, i)) return true;
        if (inside_across(p, v, insn, from, i)) return true; /* strchr(p->name, c) points into it too */
    }
    return false;
}

static bool use_across(plan *p, const value *v, const use *u, size_t from)
{
    switch (u->kind) {
    case USE_ARGUMENT:
        return value_endangered(p, v, u->insn) || drops_between(p, v, from, u->pos) ||
               inside_across(p, v, u->insn, from, u->pos);
    case USE_BASE:
        return drops_between(p, v, from, u->pos) ||
               (u->insn->op == IR_OP_store && drops_in_store(p, v, u->insn)) ||
               inside_across(p, v, u->insn, from, u->pos);
    default: return false;
    }
}

/* A variable that borrows takes nothing when it is initialised. */
bool store_borrows(const plan *p, const ir_insn *store)
{
    return store->place.base == IR_BASE_LOCAL && !store->place.step_count &&
           p->locals[store->place.id].borrowed;
}

static demand demand_of(plan *p, const value *v, size_t level, size_t from)
{
    demand d = {0};
    for (size_t i = 0; i < v->uses.n; i++) {
        const use *u = &v->uses.at[i];
        if (use_level(v, u) != level) continue;
        d.used = true;
        if (u->kind == USE_STORE && store_borrows(p, u->insn)) continue;
        if (u->kind == USE_STORE || u->kind == USE_STEAL || u->kind == USE_RETURN || u->kind == USE_YIELD) {
            d.take = true;
            d.taker = u;
        } else if (u->kind == USE_MERGE) {
            const value *merged = &p->values[value_root(p, u->insn->dst)];
            demand outer = demand_of(p, merged, 0, from);
            d.take = d.take || outer.take;
            d.across = d.across || outer.across;
            if (outer.take && !d.taker) d.taker = u;
        } else {
            d.across = d.across || use_across(p, v, u, from);
        }
    }
    return d;
}

/* Whether -O0 keeps the value, and leaving that out could be seen. */
static bool is_kept_longer(plan *p, const value *v, size_t level, size_t from)
{
    if (!p->optimise || type_is_quiet(p, p->func->temp_types[v->def->dst])) return false;
    p->literal = true;
    demand rule = demand_of(p, v, level, from);
    p->literal = false;
    return !rule.take && rule.across && value_outlives(p, v);
}

/* ---- helpers ------------------------------------------------------------------------------------ */
/* The expression that makes the value, with the casts that a macro such as rc_new puts around it. */
static const ir_insn *outer_def(const plan *p, ir_temp root)
{
    const ir_insn *def = p->values[root].def;
    if (!def->span.macro) return def;
    for (size_t t = 1; t < p->func->temp_count; t++) {
        const value *v = &p->values[t];
        if (v->kind == VALUE_ALIAS && value_root(p, (ir_temp)t) == root &&
            ir_span_same(v->def->span, def->span))
            def = v->def;
    }
    return def;
}

static bool in_loop_condition(const plan *p, ir_full_id full)
{
    ir_full_kind kind = p->func->fulls[full].kind;
    return kind == IR_FULL_WHILE || kind == IR_FULL_DO || kind == IR_FULL_FOR_COND ||
           kind == IR_FULL_FOR_STEP;
}

/* Whether the expression stands between the commas and brackets of a call, so that an assignment of it needs no
 * brackets of its own. A macro may put the argument anywhere. */
static bool stands_alone(const plan *p, const value *v, ir_span span)
{
    const char *source = file_text(p->rw, span.file, NULL);
    if (v->uses.n != 1 || v->uses.at[0].kind != USE_ARGUMENT || !ir_span_same(v->uses.at[0].span, span))
        return false;
    for (size_t i = 0; i < p->rw->unit->expansions.n; i++) {
        const ir_expansion *use = &p->rw->unit->expansions.at[i];
        if (use->file == span.file && use->begin <= span.begin && span.begin < use->end) return false;
    }
    uint32_t before = span.begin, after = span.end;
    while (before && isspace((unsigned char)source[before - 1])) before--;
    while (isspace((unsigned char)source[after])) after++;
    return before && strchr("(,", source[before - 1]) && source[after] && strchr("),", source[after]);
}

/* Keeps the value of an expression in a helper variable until the end of the full expression. */
static void spill(plan *p, int rank, const value *v, const ir_insn *at, ir_span span, ir_type_id type,
                  bool copy)
{
    if (!may_wrap(p, at, span)) return;
    rewriter *rw = p->rw;
    arena *a = &rw->out->arena;
    ir_full_id full = at->full;
    if (copy) note_text(p, span, "INCREF", "inserted", "it is borrowed, and what uses it may drop it");
    note_text(p, span, "DECREF", "inserted", "nothing takes it: it ends with its full expression");
    bool left = has_block(p, full); /* a jump out of it leaves the expression halfway */
    const char *init = !v->conditional && !left ? NULL : v->counted == COUNTED_STRUCT ? "{0}" : "NULL";
    const char *name = helper_new(p, p->func->fulls[full].stmt, type, "t", init);
    const char *open = copy ? text_copy(rw, type) : "";
    bool alone = stands_alone(p, v, span);
    wrap(p, rank, span, arena_printf(a, "%s%s = %s", alone ? "" : "(", name, open),
         arena_printf(a, "%s%s", copy ? ")" : "", alone ? "" : ")"));
    cleanup c = {.conditional = v->conditional};
    c.text = text_release(rw, type, name);
    if (type_has_weak(rw, type)) c.text = arena_printf(a, "%s, %s", text_land(rw, type, name), c.text);
    c.clear = c.text;
    if ((v->conditional && in_loop_condition(p, full)) || left)
        c.clear = v->counted == COUNTED_REF
                      ? arena_printf(a, "RC_CLEAR(%s)", name)
                      : arena_printf(a, "%s, %s = (__typeof__(%s)){0}", c.text, name, name);
    full_cleanup(p, full, c);
}

/* ---- one value ---------------------------------------------------------------------------------- */
/* Whether the expression has a comma outside brackets. */
static bool has_comma(const plan *p, ir_span span)
{
    const char *source = file_text(p->rw, span.file, NULL);
    int depth = 0;
    char quote = 0;
    for (uint32_t i = span.begin; source && i < span.end; i++) {
        char c = source[i];
        if (quote && c == '\\')
            i++;
        else if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
        else if (!quote && strchr("([", c))
            depth++;
        else if (!quote && strchr(")]", c))
            depth--;
        else if (!quote && c == ',' && depth == 0)
            return true;
    }
    return false;
}

/* A struct whose type has no name at file level is copied as bytes; what the copy holds is retained behind the
 * statement. */
static bool retain_behind(plan *p, const use *u, ir_type_id type)
{
    rewriter *rw = p->rw;
    const ir_insn *store = u->insn;
    if (u->kind != USE_STORE || ir_type_of(rw->unit, type)->kind != IR_RECORD ||
        !record_is_inner(rw, ir_type_of(rw->unit, type)->record) || type_has_weak(rw, type))
        return false;
    const char *place = text_place(p, &store->place);
    ir_stmt_id stmt = p->func->fulls[store->full].stmt;
    bool whole = store->sub == IR_STORE_INIT || store_is_statement(p, store);
    if (!place || !whole || stmt_outer(p, stmt) != stmt || u->span.macro) return false;
    strbuf_printf(&p->stmts[stmt].after, " %s;", text_retain(rw, type, place));
    return true;
}

/* A struct whose type has no name at file level cannot be copied by a function there. */
bool may_name(plan *p, const ir_insn *at, ir_type_id id)
{
    const ir_type *type = ir_type_of(p->rw->unit, id);
    if (type->kind != IR_RECORD || !record_is_inner(p->rw, type->record)) return true;
    complain(p->rw, "arc-bitwise-copy", at->span, p->decl->name,
             "a struct with counted fields is copied whose type has no name at file level; name it there");
    return false;
}

/* `at` makes the value. A macro's body may put parentheses around an argument: then the copy goes inside
 * them. */
static void take_copy(plan *p, int rank, const use *u, const ir_insn *at, ir_type_id type)
{
    ir_span span = u->span.macro ? at->span : u->span;
    if (use_moves(p, u)) {
        note_text(p, span, "INCREF", "removed",
                  use_transfers(p, u) ? "it is taken over from the place, which is overwritten"
                                      : "the variable's reference is moved on its last use");
        return;
    }
    note_text(p, span, "INCREF", "inserted",
              u->kind == USE_STORE   ? "what is stored is borrowed"
              : u->kind == USE_STEAL ? "the callee takes it"
                                     : "it is returned as new");
    if (retain_behind(p, u, type)) return;
    if (!may_wrap(p, at, span) || !may_name(p, at, type)) return;
    bool comma = has_comma(p, span); /* a macro would take it for two arguments */
    const char *open = text_copy(p->rw, type);
    wrap(p, rank, span, comma ? arena_printf(&p->rw->out->arena, "%s(", open) : open, comma ? "))" : ")");
}

static ir_type_id value_type(const plan *p, const value *v)
{
    return p->func->temp_types[v->def->dst];
}

/* A whole statement that throws a new reference away. */
static bool discard(plan *p, const value *v, const ir_insn *def)
{
    const ir_full *full = &p->func->fulls[def->full];
    if (v->uses.n || full->kind != IR_FULL_EXPR || !ir_span_same(full->span, def->span) ||
        v->counted != COUNTED_REF)
        return false;
    if (!may_wrap(p, def, def->span)) return true;
    note_text(p, def->span, "DECREF", "inserted", "the result is thrown away");
    const char *text = text_release(p->rw, value_type(p, v), "\1");
    const char *hole = strchr(text, '\1');
    wrap(p, RANK_FULL, def->span, arena_strndup(&p->rw->out->arena, text, (size_t)(hole - text)), hole + 1);
    return true;
}

/* A weak field of a compound literal owns nothing once the runtime knows it: the value itself lives on. */
static bool is_weak_in_literal(plan *p, const use *u)
{
    const ir_place *place = &u->insn->place;
    ir_type_id type;
    return u->kind == USE_STORE && place->base == IR_BASE_LOCAL && p->func->locals[place->id].is_literal &&
           p->locals[place->id].owned && place_hold(p, place, &type) == HOLD_WEAK;
}

static void plan_new(plan *p, ir_temp root, demand d)
{
    const value *v = &p->values[root];
    const ir_insn *def = outer_def(p, root);
    if (d.take && !is_weak_in_literal(p, d.taker)) return;
    if (d.take) {
        spill(p, RANK_VALUE, v, def, def->span, p->func->temp_types[def->dst], false);
        if (may_wrap(p, def, def->span)) wrap(p, RANK_MOVE, def->span, "rc_newref(", ")");
        return;
    }
    if (!discard(p, v, def)) spill(p, RANK_VALUE, v, def, def->span, p->func->temp_types[def->dst], false);
}

static void plan_borrowed(plan *p, ir_temp root, demand d)
{
    const value *v = &p->values[root];
    if (d.take && d.taker->kind != USE_MERGE) {
        take_copy(p, RANK_VALUE, d.taker, v->def, value_type(p, v));
    } else if (!d.take && !v->stable && (d.across || is_kept_longer(p, v, 0, v->pos))) {
        const ir_insn *def = outer_def(p, root);
        spill(p, RANK_VALUE, v, def, def->span, value_type(p, v), true);
    }
}

/* The branch is a statement expression, which its value left as a new reference. */
static bool left_block(const value *v, const ir_insn *branch)
{
    for (size_t i = 0; i < v->uses.n; i++)
        if (v->uses.at[i].kind == USE_YIELD && v->def->full != branch->full) return true;
    return false;
}

/* Whether some branch of a conditional comes with a reference of its own. */
static bool merges_new(plan *p, const value *v)
{
    for (size_t i = 0; i < v->inputs.n; i++) {
        const value *input = value_of(p, v->inputs.at[i]->a);
        if (!input) continue;
        use branch = {.kind = USE_MERGE, .insn = v->inputs.at[i]};
        if (input->kind == VALUE_NEW || left_block(input, branch.insn) || use_moves(p, &branch)) return true;
        if (input->kind == VALUE_MERGE && merges_new(p, input)) return true;
    }
    return false;
}

static bool merges_stable(plan *p, const value *v)
{
    for (size_t i = 0; i < v->inputs.n; i++) {
        const value *input = value_of(p, v->inputs.at[i]->a);
        if (!input) continue;
        if (input->kind == VALUE_MERGE ? !merges_stable(p, input)
                                       : !input->stable && input->kind != VALUE_NULL)
            return false;
    }
    return true;
}

/* A value that is merged with a new one is treated as the merged value is; else the conditional is one
 * borrowed value. */
static const value *merged_into(const plan *p, const value *v)
{
    for (size_t i = 0; i < v->uses.n; i++)
        if (v->uses.at[i].kind == USE_MERGE) return &p->values[value_root(p, v->uses.at[i].insn->dst)];
    return NULL;
}

/* A branch of a conditional. When no branch is new, the conditional is one borrowed value and dealt with at
 * once. */
static void plan_branch(plan *p, ir_temp root, demand d)
{
    value *v = &p->values[root];
    if (v->kind == VALUE_NEW) {
        plan_new(p, root, d);
        return;
    }
    if (!merges_new(p, merged_into(p, v)) || (v->kind == VALUE_MERGE && merges_new(p, v))) return;
    if (v->kind == VALUE_MERGE) v->stable = merges_stable(p, v);
    if (d.take) {
        for (size_t i = 0; i < v->uses.n; i++)
            if (v->uses.at[i].kind == USE_MERGE)
                take_copy(p, RANK_VALUE, &v->uses.at[i], v->def, value_type(p, v));
    } else {
        plan_borrowed(p, root, d);
    }
}

/* The assignment that is `level` deep around the value. */
static const use *store_at(const value *v, size_t level)
{
    for (size_t i = 0; i < v->uses.n; i++) {
        const use *u = &v->uses.at[i];
        if (u->insn->op == IR_OP_store && u->kind != USE_BASE && use_level(v, u) == level) return u;
    }
    return NULL;
}

/* What an assignment yields is borrowed from the place that was assigned. */
static void plan_assigned(plan *p, const value *v, size_t level)
{
    const use *store = store_at(v, level - 1);
    if (!store) return;
    demand d = demand_of(p, v, level, store->pos);
    ir_type_id type = value_type(p, v);
    if (d.take && d.taker->kind != USE_MERGE) take_copy(p, RANK_ASSIGNED, d.taker, store->insn, type);
    bool stable =
        store->insn->place.base == IR_BASE_LOCAL && !p->func->locals[store->insn->place.id].address_taken;
    if (!d.take && !stable && (d.across || is_kept_longer(p, v, level, store->pos)))
        spill(p, RANK_ASSIGNED, v, store->insn, store->insn->span, type, true);
}

static void plan_value(plan *p, ir_temp root)
{
    value *v = &p->values[root];
    demand d = demand_of(p, v, 0, v->pos);
    if (merged_into(p, v)) {
        plan_branch(p, root, d);
    } else if (v->kind == VALUE_NEW) {
        plan_new(p, root, d);
    } else if (v->kind == VALUE_BORROWED) {
        plan_borrowed(p, root, d);
    } else if (v->kind == VALUE_MERGE && !merges_new(p, v)) {
        v->stable = merges_stable(p, v);
        plan_borrowed(p, root, d);
    }
    size_t deepest = 0;
    for (size_t i = 0; i < v->uses.n; i++) {
        size_t level = use_level(v, &v->uses.at[i]);
        if (level > deepest) deepest = level;
    }
    for (size_t level = 1; level <= deepest; level++) plan_assigned(p, v, level);
}

/* Weak variables are read through the runtime: the value is a new reference. */
static void plan_weak_load(plan *p, const value *v)
{
    ir_type_id type;
    if (v->def->op != IR_OP_load || place_hold(p, &v->def->place, &type) != HOLD_WEAK) return;
    if (!may_wrap(p, v->def, v->def->span)) return;
    wrap(p, RANK_READ, v->def->span, "RC_WEAK_LOAD(", ")");
}

/* ---- RC_OUT ------------------------------------------------------------------------------------- */
/* What an output variable held before the call is released after it, and the variable is NULL for the callee.
 */
static void plan_out(plan *p, const ir_insn *call, size_t arg)
{
    rewriter *rw = p->rw;
    arena *a = &rw->out->arena;
    if (call->args[arg].kind != IR_TEMP) return;
    const ir_insn *def = p->values[call->args[arg].temp].def;
    ir_type_id pointer = p->func->temp_types[call->args[arg].temp];
    ir_type_id type = ir_type_of(rw->unit, pointer)->of;
    if (!def || type_counted(rw, type) != COUNTED_REF) return;
    bool plain = def->op == IR_OP_addr && def->place.base == IR_BASE_LOCAL && !def->place.step_count &&
                 p->locals[def->place.id].counted == COUNTED_REF;
    if (plain && rw->options->level > 0 && out_is_null(p, def)) return;
    if (!may_wrap(p, call, call->arg_spans[arg])) return;
    ir_stmt_id stmt = p->func->fulls[call->full].stmt;
    const char *old = helper_new(p, stmt, type, "t", "NULL"), *before;
    if (plain) {
        const char *name = p->func->locals[def->place.id].name;
        before = arena_printf(a, "(%s = %s, %s = NULL, ", old, name, name);
        wrap(p, RANK_KEEP, call->arg_spans[arg], before, ")");
    } else {
        const char *slot = helper_new(p, stmt, pointer, "s", NULL);
        const char *after =
            def->op == IR_OP_addr
                ? arena_printf(a, ", %s = *%s, *%s = NULL, %s)", old, slot, slot, slot)
                : arena_printf(a, ", %s = %s ? *%s : NULL, %s ? (void)(*%s = NULL) : (void)0, %s)", old, slot,
                               slot, slot, slot, slot);
        wrap(p, RANK_KEEP, call->arg_spans[arg], arena_printf(a, "(%s = ", slot), after);
    }
    cleanup c = {.text = text_release(rw, type, old),
                 .clear = arena_printf(a, "RC_CLEAR(%s)", old),
                 .conditional = true};
    if (!in_loop_condition(p, call->full)) c.clear = c.text;
    full_cleanup(p, call->full, c);
}

static void plan_outs(plan *p)
{
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *call = p->order[i];
        for (size_t k = 0; call->op == IR_OP_call && k < call->arg_count; k++)
            if (call_effect(p, call, k) == EFFECT_OUT) plan_out(p, call, k);
    }
}

/* What leaves a statement expression takes its turn among the values that end with the outer full expression. */
static void plan_left(plan *p, size_t pos)
{
    for (size_t t = p->func->temp_count; t < p->value_count; t++)
        if (p->values[t].pos == pos) plan_value(p, (ir_temp)t);
}

void plan_values(plan *p)
{
    plan_outs(p);
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (!insn->dst || p->values[insn->dst].def != insn) continue;
        value *v = &p->values[insn->dst];
        if (v->kind == VALUE_OTHER || v->kind == VALUE_ALIAS) continue;
        if (v->kind == VALUE_NEW) plan_weak_load(p, v);
        plan_value(p, insn->dst);
        plan_left(p, i);
    }
}
