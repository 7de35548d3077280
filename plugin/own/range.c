/* SPDX-License-Identifier: MIT
 *
 * Conditions: what a state knows of a number or pointer, and what a branch taken tells it. NULL is the number
 * 0, so one interval and one bit (not zero) serve counts, error codes, flags and pointers alike.
 */
#include "own_p.h"

static bool is_comparison(ir_sub op)
{
    return op >= IR_EQ && op <= IR_GE;
}

static ir_sub negated(ir_sub op)
{
    switch (op) {
    case IR_EQ: return IR_NE;
    case IR_NE: return IR_EQ;
    case IR_LT: return IR_GE;
    case IR_LE: return IR_GT;
    case IR_GT: return IR_LE;
    default: return IR_LT;
    }
}

bool own_range(const engine *e, const state *s, own_val v, int64_t *lo, int64_t *hi)
{
    const value *x = own_value(e, v);
    *lo = INT64_MIN, *hi = INT64_MAX;
    if (x->kind == VAL_INT) *lo = *hi = x->n;
    const fact *f = own_fact((state *)(uintptr_t)s, v);
    if (f) *lo = f->lo, *hi = f->hi;
    return *lo != INT64_MIN || *hi != INT64_MAX;
}

static bool known_nonzero(const engine *e, const state *s, own_val v)
{
    const value *x = own_value(e, v);
    if (x->kind == VAL_INT) return x->n != 0;
    if (x->kind == VAL_TEXT || x->kind == VAL_FUNC || x->kind == VAL_ADDR) return true;
    const fact *f = own_fact((state *)(uintptr_t)s, v);
    return f && ((f->flags & FACT_NONZERO) || f->lo > 0 || f->hi < 0);
}

/* a OP b from two intervals: 1, 0, or -1 when both can be. */
static int compare_ranges(ir_sub op, int64_t al, int64_t ah, int64_t bl, int64_t bh)
{
    switch (op) {
    case IR_EQ: return ah < bl || bh < al ? 0 : al == ah && bl == bh ? 1 : -1;
    case IR_LT: return ah < bl ? 1 : al >= bh ? 0 : -1;
    case IR_LE: return ah <= bl ? 1 : al > bh ? 0 : -1;
    case IR_NE:
    case IR_GT:
    case IR_GE: {
        int opposite = compare_ranges(negated(op), al, ah, bl, bh);
        return opposite < 0 ? -1 : !opposite;
    }
    default: return -1;
    }
}

/* Which of a < b, a == b, a > b can still be, by the comparisons of the two that this path went through: bits. */
enum { BELOW = 1, SAME = 2, ABOVE = 4 };
static int orders_of(ir_sub op)
{
    switch (op) {
    case IR_EQ: return SAME;
    case IR_NE: return BELOW | ABOVE;
    case IR_LT: return BELOW;
    case IR_LE: return BELOW | SAME;
    case IR_GT: return ABOVE;
    default: return SAME | ABOVE;
    }
}

static int possible_orders(const engine *e, const state *s, own_val a, own_val b)
{
    int possible = BELOW | SAME | ABOVE;
    for (size_t i = 0; i < s->facts.n; i++) {
        const fact *f = &s->facts.at[i];
        const value *x = own_value(e, f->val);
        if (x->kind != VAL_EXPR || x->a != a || x->b != b || !is_comparison(x->op)) continue;
        bool yes = f->lo > 0 || (f->flags & FACT_NONZERO), no = f->lo == 0 && f->hi == 0;
        if (yes) possible &= orders_of(x->op);
        if (no) possible &= ~orders_of(x->op);
    }
    return possible;
}

static int compare_orders(const engine *e, const state *s, ir_sub op, own_val a, own_val b)
{
    int possible = possible_orders(e, s, a, b), wanted = orders_of(op);
    if (possible == (BELOW | SAME | ABOVE)) return -1;
    return !(possible & wanted) ? 0 : !(possible & ~wanted) ? 1 : -1;
}

static int compare_values(const engine *e, const state *s, ir_sub op, own_val a, own_val b)
{
    if (a == b && a) return op == IR_EQ || op == IR_LE || op == IR_GE;
    int known = a && b ? compare_orders(e, s, op, a, b) : -1;
    if (known >= 0) return known;
    int64_t al, ah, bl, bh;
    own_range(e, s, a, &al, &ah);
    own_range(e, s, b, &bl, &bh);
    if ((op == IR_EQ || op == IR_NE) && bl == 0 && bh == 0 && known_nonzero(e, s, a)) return op == IR_NE;
    if ((op == IR_EQ || op == IR_NE) && own_value(e, a)->kind == VAL_ADDR &&
        own_value(e, b)->kind == VAL_ADDR)
        return op == IR_NE;
    return compare_ranges(op, al, ah, bl, bh);
}

int own_truth(const engine *e, const state *s, own_val v)
{
    const value *x = own_value(e, v);
    if (v && known_nonzero(e, s, v)) return 1;
    int64_t lo, hi;
    if (own_range(e, s, v, &lo, &hi) && lo == 0 && hi == 0) return 0;
    if (x->kind == VAL_EXPR && is_comparison(x->op)) return compare_values(e, s, x->op, x->a, x->b);
    return -1;
}

/* A symbol that turned out to be NULL is no object: nothing is held by it. */
static void becomes_null(state *s, fact *f, bool pointer)
{
    if (pointer && (f->flags & FACT_RAISES)) s->error = ERR_SET, s->error_sure = true;
    if (pointer && (f->flags & FACT_MAY_MISS) && s->error == ERR_CLEAR) s->error = ERR_EITHER;
    f->held = 0;
    f->flags &= (uint32_t) ~(FACT_DEAD | FACT_STOLEN | FACT_MAY_FAIL);
}

/* An int that a call gives says whether it failed; a wider number may be a good one below zero. */
static bool is_status(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    const ir_insn *made = x->kind == VAL_SYM && x->n <= e->insn_count ? e->insns[x->n] : NULL;
    const ir_type *type = made && made->op == IR_OP_call ? ir_type_of(e->unit, made->type) : NULL;
    return type && type->kind == IR_INT && type->size == 4;
}

/* What a call gives and is no object: NULL is a failure, too. */
static bool is_pointer(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    const ir_insn *made = x->kind == VAL_SYM && !x->part && x->n <= e->insn_count ? e->insns[x->n] : NULL;
    return made && made->op == IR_OP_call && ir_type_of(e->unit, made->type)->kind == IR_POINTER;
}

bool own_constrain(engine *e, state *s, own_val v, int64_t lo, int64_t hi)
{
    if (!v) return true;
    int64_t old_lo, old_hi;
    own_range(e, s, v, &old_lo, &old_hi);
    if (lo < old_lo) lo = old_lo;
    if (hi > old_hi) hi = old_hi;
    bool nonzero = known_nonzero(e, s, v);
    if (nonzero && lo == 0) lo = 1;
    if (nonzero && hi == 0) hi = -1;
    if (lo > hi) return false;
    if (own_value(e, v)->kind == VAL_INT) return true;
    fact *f = own_fact_make(s, v);
    f->lo = lo, f->hi = hi;
    if (hi < 0 && (f->flags & FACT_RAISES)) {
        s->error_sure = is_status(e, v) || (s->error_sure && s->error == ERR_SET);
        s->error = ERR_SET;
    }
    bool pointer = (f->flags & (FACT_COUNTED | FACT_INNER | FACT_MAY_FAIL)) || is_pointer(e, v);
    if (lo == 0 && hi == 0)
        becomes_null(s, f, pointer);
    else if (lo > 0 || hi < 0)
        f->flags = (uint32_t)((f->flags | FACT_NONZERO) & ~FACT_MAY_FAIL);
    return true;
}

static bool exclude_zero(engine *e, state *s, own_val v)
{
    int64_t lo, hi;
    own_range(e, s, v, &lo, &hi);
    if (lo == 0 && hi == 0) return false;
    if (own_value(e, v)->kind == VAL_INT) return true;
    fact *f = own_fact_make(s, v);
    bool number = !(f->flags & (FACT_COUNTED | FACT_INNER | FACT_MAY_FAIL));
    if (number && (f->flags & FACT_RAISES) && s->error == ERR_CLEAR) s->error = ERR_UNKNOWN;
    f->flags = (uint32_t)((f->flags | FACT_NONZERO) & ~FACT_MAY_FAIL);
    if (f->lo == 0) f->lo = 1;
    if (f->hi == 0) f->hi = -1;
    return true;
}

static int64_t below(int64_t n)
{
    return n == INT64_MIN ? n : n - 1;
}
static int64_t above(int64_t n)
{
    return n == INT64_MAX ? n : n + 1;
}

/* a OP n holds. */
static bool assume_bound(engine *e, state *s, ir_sub op, own_val a, int64_t lo, int64_t hi)
{
    switch (op) {
    case IR_EQ: return own_constrain(e, s, a, lo, hi);
    case IR_NE: return lo == 0 && hi == 0 ? exclude_zero(e, s, a) : true;
    case IR_LT: return own_constrain(e, s, a, INT64_MIN, below(hi));
    case IR_LE: return own_constrain(e, s, a, INT64_MIN, hi);
    case IR_GT: return own_constrain(e, s, a, above(lo), INT64_MAX);
    case IR_GE: return own_constrain(e, s, a, lo, INT64_MAX);
    default: return true;
    }
}

/* (x & mask) or (x + c) compared with a constant: the expression itself keeps the bound; so does what it
 * implies. */
static bool assume_inside(engine *e, state *s, ir_sub op, own_val a, int64_t lo, int64_t hi)
{
    value x = *own_value(e, a);
    if (x.kind != VAL_EXPR) return true;
    if (is_comparison(x.op) && lo == hi && (op == IR_EQ || op == IR_NE))
        return lo == 0                  ? own_assume(e, s, a, op == IR_NE)
               : lo == 1 && op == IR_EQ ? own_assume(e, s, a, true)
                                        : true;
    return true;
}

/* A value turned out to be a static object, which cannot die. Whichever of its two names is counted under, the count is
 * the one object's. */
static void same_as_static(engine *e, state *s, own_val v, own_val object)
{
    const value *x = own_value(e, v);
    if (x->kind != VAL_SYM || own_slot_at(e, own_value(e, object)->slot)->kind != SLOT_GLOBAL) return;
    fact *f = own_fact_make(s, v);
    f->flags |= FACT_STATIC;
    if (f->flags & FACT_INFERRED) f->flags |= FACT_ESCAPED;
    own_fact_make(s, object)->flags |= FACT_STATIC;
}

/* Two names turn out to be one object: which of them its references are counted under is open. */
static void same_object(engine *e, state *s, own_val a, own_val b)
{
    if (own_value(e, a)->kind != VAL_SYM || own_value(e, b)->kind != VAL_SYM) return;
    fact *x = own_fact(s, a), *y = own_fact(s, b);
    if (x && y && x->origin == ORIGIN_PARAM && y->origin == ORIGIN_LOADED)
        x->flags |= FACT_ESCAPED; /* a place that may have a reference of its own names the argument */
    if (!x || !(x->flags & FACT_COUNTED) || own_fact_is_null(x) || own_fact_is_null(y)) return;
    x->flags |= FACT_ESCAPED;
    if (y) y->flags |= FACT_ESCAPED;
}

static bool assume_comparison(engine *e, state *s, const value *x, bool truth)
{
    ir_sub op = truth ? x->op : negated(x->op);
    int decided = compare_values(e, s, op, x->a, x->b);
    if (decided >= 0) return decided;
    int64_t lo, hi, al, ah;
    own_range(e, s, x->b, &lo, &hi);
    own_range(e, s, x->a, &al, &ah);
    if (!assume_bound(e, s, op, x->a, lo, hi)) return false;
    if (own_value(e, x->b)->kind == VAL_INT) return assume_inside(e, s, op, x->a, lo, hi);
    static const ir_sub swapped[] = {
        [IR_EQ] = IR_EQ, [IR_NE] = IR_NE, [IR_LT] = IR_GT, [IR_LE] = IR_GE, [IR_GT] = IR_LT, [IR_GE] = IR_LE};
    if (op == IR_EQ && known_nonzero(e, s, x->b) && !exclude_zero(e, s, x->a)) return false;
    if (op == IR_EQ && own_value(e, x->b)->kind == VAL_ADDR) same_as_static(e, s, x->a, x->b);
    if (op == IR_EQ) same_object(e, s, x->a, x->b), same_object(e, s, x->b, x->a);
    return assume_bound(e, s, swapped[op], x->b, al, ah);
}

bool own_assume(engine *e, state *s, own_val v, bool truth)
{
    if (!v) return true;
    value x = *own_value(e, v);
    int decided = own_truth(e, s, v);
    if (decided >= 0) return decided == truth;
    if (x.kind == VAL_EXPR && is_comparison(x.op)) {
        if (!assume_comparison(e, s, &x, truth)) return false;
        return own_constrain(e, s, v, truth, truth);
    }
    if (x.kind == VAL_EXPR && x.op == IR_BITAND && truth && !exclude_zero(e, s, x.a)) return false;
    return truth ? exclude_zero(e, s, v) : own_constrain(e, s, v, 0, 0);
}
