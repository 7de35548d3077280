/* SPDX-License-Identifier: MIT
 *
 * One instruction on one state: places are resolved to slots through the addresses that are known (so `*p`
 * after `p = &x` is x), values move, and uses are checked against what is known of the object used.
 */
#include <string.h>

#include "own_p.h"

own_val own_operand(engine *e, const state *s, const ir_opnd *o)
{
    switch (o->kind) {
    case IR_TEMP: return own_temp(s, o->temp);
    case IR_INTEGER: return own_int(e, o->integer);
    case IR_NULL: return own_int(e, 0);
    case IR_STRING: return own_simple(e, VAL_TEXT, (int64_t)(uintptr_t)o->text);
    case IR_NAME: return own_simple(e, VAL_FUNC, o->name);
    default: return 0;
    }
}

/* What a loop's or a cautious condition says of an argument or a field need not be able to happen; what a call gave may
 * be NULL by contract. */
bool own_null_is_certain(const state *s, own_val v)
{
    const fact *f = own_fact((state *)(uintptr_t)s, v);
    return !s->doubtful && (!f || f->origin == ORIGIN_NEW || f->origin == ORIGIN_BORROWED);
}

/* ---- uses ---------------------------------------------------------------------------------------------- */

static void touch_null(engine *e, state *s, const ir_insn *insn, own_val v, const char *what)
{
    if (!own_null_is_certain(s, v)) return;
    defect *d = own_defect(e, s, "null-dereference", insn, v);
    if (d) d->message = own_text(e, "%s is NULL on this path, and %s", own_describe(e, v), what);
}

static void touch_unchecked(engine *e, state *s, const ir_insn *insn, own_val v, const char *what)
{
    defect *d = own_defect(e, s, "unchecked-result", insn, v);
    if (d) d->message = own_text(e, "%s may be NULL, and %s without a check", own_describe(e, v), what);
}

static void touch_dead(engine *e, state *s, const ir_insn *insn, own_val v, const char *what)
{
    defect *d = own_defect(e, s, "use-after-release", insn, v);
    if (d) {
        d->held = 0, d->expected = 1;
        d->message = own_text(e, "%s %s after its last reference was released", own_describe(e, v), what);
    }
}

static void touch_orphan(engine *e, state *s, const ir_insn *insn, own_val v, own_val owner, bool inner)
{
    defect *d = own_defect(e, s, inner ? "use-after-release" : "borrowed-escape", insn, owner);
    if (d) {
        d->held = 0, d->expected = 1;
        d->message = own_text(e, "%s is used after %s, which holds it, was released", own_describe(e, v),
                              own_describe(e, owner));
    }
}

void own_touch(engine *e, state *s, const ir_insn *insn, own_val v, bool dereference, const char *what)
{
    const value *x = own_value(e, v);
    while (x->kind == VAL_EXPR && (x->op == IR_ADD || x->op == IR_SUBTRACT)) v = x->a, x = own_value(e, v);
    fact *f = own_fact(s, v);
    if (!f) return;
    if (own_fact_is_null(f)) {
        if (dereference) touch_null(e, s, insn, v, what);
        return;
    }
    if (f->flags & FACT_DEAD) {
        f->flags = (uint32_t)((f->flags & ~FACT_DEAD) | FACT_ESCAPED);
        touch_dead(e, s, insn, v, what);
        return;
    }
    if (f->flags & FACT_LOOSE) own_touch_loose(e, s, insn, v, what);
    if (dereference && (f->flags & FACT_MAY_FAIL)) {
        f->flags = (uint32_t)((f->flags & ~FACT_MAY_FAIL) | FACT_NONZERO);
        touch_unchecked(e, s, insn, v, what);
    }
    if (dereference && x->kind == VAL_SYM && !(f->flags & FACT_NONZERO)) f->flags |= FACT_NONZERO;
    const fact *owner = f->owner && f->held <= 0 ? own_fact(s, f->owner) : NULL;
    if (owner && (owner->flags & FACT_DEAD)) {
        own_val dead = f->owner;
        bool inner = f->flags & FACT_INNER;
        f->owner = 0;
        touch_orphan(e, s, insn, v, dead, inner);
    }
}

/* ---- places -------------------------------------------------------------------------------------------- */

static own_slot base_slot(engine *e, state *s, const ir_insn *insn, const ir_place *place)
{
    if (place->base == IR_BASE_LOCAL) return own_slot_root(e, SLOT_LOCAL, place->id);
    if (place->base == IR_BASE_GLOBAL) return own_slot_root(e, SLOT_GLOBAL, place->id);
    if (place->base != IR_BASE_MEMORY) return 0;
    own_val v = own_temp(s, place->id);
    if (!v) return 0;
    const value *x = own_value(e, v);
    if (x->kind == VAL_ADDR) return x->slot;
    if (insn->op != IR_OP_addr) own_touch(e, s, insn, v, true, "is dereferenced");
    return x->kind == VAL_SYM || x->kind == VAL_EXPR ? own_slot_root(e, SLOT_DEREF, v) : 0;
}

/* `p[i]` through a pointer to an element moves among its neighbours; through any other pointer p[0] is *p. */
static own_slot index_through_pointer(engine *e, own_slot at, int64_t i)
{
    slot s = *own_slot_at(e, at);
    if (s.kind == SLOT_INDEX) return own_slot_index(e, s.parent, s.index + i);
    return i == 0 ? at : s.kind == SLOT_DEREF ? own_slot_index(e, at, i) : 0;
}

/* An element whose number is computed inside a loop is some element: telling each turn's from the last would not end. */
own_slot own_resolve(engine *e, state *s, const ir_insn *insn, const ir_place *place)
{
    own_slot at = base_slot(e, s, insn, place);
    bool pointee = place->base == IR_BASE_MEMORY;
    ir_type_id type = 0;
    if (pointee) {
        const ir_type *t = ir_type_of(e->unit, e->func->temp_types[place->id]);
        type = t->kind == IR_POINTER ? t->of : 0;
    }
    for (size_t i = 0; i < place->step_count && at; i++) {
        const ir_step *step = &place->steps[i];
        if (step->kind == IR_STEP_FIELD) {
            at = own_slot_field(e, at, step->record, step->field);
            continue;
        }
        const value *index = own_value(e, own_operand(e, s, &step->index));
        if (index->kind != VAL_INT || (step->index.kind == IR_TEMP && e->in_loop[e->current])) return 0;
        bool through = i == 0 && pointee && ir_type_of(e->unit, type)->kind != IR_ARRAY;
        at = through ? index_through_pointer(e, at, index->n) : own_slot_index(e, at, index->n);
    }
    return at;
}

/* ---- symbols that are made again ----------------------------------------------------------------------- */

static bool mentions(const engine *e, own_val v, own_val of)
{
    if (v == of) return true;
    const value *x = own_value(e, v);
    if (x->kind == VAL_EXPR || x->kind == VAL_PURE)
        return mentions(e, x->a, of) || (x->b && mentions(e, x->b, of));
    return x->kind == VAL_ADDR && own_slot_base(e, x->slot) && mentions(e, own_slot_base(e, x->slot), of);
}

static own_slot without(const engine *e, own_slot at, own_val gone)
{
    own_val base = own_slot_base(e, at);
    return base && mentions(e, base, gone) ? 0 : at;
}

/* Everything that `from` named now names `to` (0: nothing does). What was computed from it is forgotten. */
static void rename_value(engine *e, state *s, own_val from, own_val to)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->binds.n; i++) {
        binding b = s->binds.at[i];
        if (!without(e, b.slot, from)) {
            if (b.val != from) own_escape(e, s, b.val);
            continue;
        }
        if (b.val == from)
            b.val = to;
        else if (mentions(e, b.val, from))
            b.val = 0;
        if (b.val) s->binds.at[kept++] = b;
    }
    s->binds.n = kept;
    kept = 0;
    for (size_t i = 0; i < s->temps.n; i++) {
        tempval t = s->temps.at[i];
        if (t.val == from)
            t.val = to;
        else if (mentions(e, t.val, from))
            t.val = 0;
        if (t.val) s->temps.at[kept++] = t;
    }
    s->temps.n = kept;
    kept = 0;
    fact moved = {0};
    for (size_t i = 0; i < s->facts.n; i++) {
        fact f = s->facts.at[i];
        if (f.owner == from) f.owner = to;
        if (f.val == from)
            moved = f;
        else if (!mentions(e, f.val, from))
            s->facts.at[kept++] = f;
    }
    s->facts.n = kept;
    if (s->suspect == from) s->suspect = to;
    if (to && moved.val) {
        moved.val = to;
        *own_fact_make(s, to) = moved;
    }
}

own_val own_fresh(engine *e, state *s, const ir_insn *insn, uint32_t part)
{
    uint32_t number = e->current;
    own_val latest = own_symbol(e, number, part, 0);
    if (own_fact(s, latest)) {
        own_val older = own_symbol(e, number, part, 1);
        own_lost(e, s, insn, latest, "loop-exit-leak");
        own_lost(e, s, insn, older, "loop-exit-leak");
        rename_value(e, s, older, 0);
        rename_value(e, s, latest, older);
    }
    fact *f = own_fact_make(s, latest);
    if (number <= e->insn_count && e->in_loop[number]) f->flags |= FACT_IN_LOOP;
    return latest;
}

/* ---- the instructions ---------------------------------------------------------------------------------- */

static void forget_below(engine *e, state *s, own_slot at)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->binds.n; i++)
        if (!own_slot_below(e, s->binds.at[i].slot, at)) s->binds.at[kept++] = s->binds.at[i];
    s->binds.n = kept;
}

/* What an initialiser or a memset left as zero bytes. */
static bool inside_zeroed(engine *e, const state *s, own_slot at)
{
    for (at = own_slot_at(e, at)->parent; at; at = own_slot_at(e, at)->parent) {
        const value *x = own_value(e, own_get(s, at));
        if (x->kind == VAL_INT && x->n == 0) return true;
    }
    return false;
}

/* The container that a reference was read out of keeps it. */
static void borrow_element(engine *e, state *s, const ir_insn *insn, own_val v)
{
    own_val container = 0;
    if (!own_is_element(e, s, insn, &container)) return;
    fact *f = own_fact_make(s, v);
    if (own_value(e, container)->kind == VAL_SYM) f->owner = container;
    f->origin = ORIGIN_BORROWED;
    f->flags |= FACT_COUNTED | FACT_ELEMENT;
    own_note(e, s, insn, TRACE_BORROW, v, "the container's array", NULL);
}

void own_type_range(const ir_type *type, fact *f)
{
    if (type->kind == IR_BOOL || (type->kind == IR_INT && !type->is_signed)) f->lo = 0;
    if (type->kind == IR_BOOL) f->hi = 1;
}

/* Some element of an array of ours, by its name or through a pointer to it: which one is held from here on is open. */
static void open_elements(engine *e, state *s, const ir_place *place)
{
    const value *x = own_value(e, place->base == IR_BASE_MEMORY ? own_temp(s, place->id) : 0);
    own_slot array = place->base == IR_BASE_LOCAL ? own_slot_root(e, SLOT_LOCAL, place->id)
                     : x->kind == VAL_ADDR        ? x->slot
                                                  : 0;
    if (array && own_slot_at(e, array)->kind == SLOT_INDEX) array = own_slot_at(e, array)->parent;
    if (array) own_escape_below(e, s, array);
}

static void load(engine *e, state *s, const ir_insn *insn)
{
    own_slot at = own_resolve(e, s, insn, &insn->place);
    const ir_type *type = ir_type_of(e->unit, insn->type);
    if (type->kind == IR_RECORD || type->kind == IR_ARRAY || type->kind == IR_FLOAT) {
        if (at) own_escape_below(e, s, at);
        if (at && type->kind == IR_RECORD && own_is_resource(e, own_addr(e, at)))
            own_escape(e, s, own_addr(e, at));
        return;
    }
    if (!at) open_elements(e, s, &insn->place);
    own_val v = at ? own_get(s, at) : 0;
    if (!v && at && inside_zeroed(e, s, at)) v = own_int(e, 0);
    if (!v) {
        bool pointee = insn->place.base == IR_BASE_MEMORY;
        own_val through = pointee ? own_temp(s, insn->place.id) : 0;
        v = own_fresh(e, s, insn, 0);
        if (pointee && own_temp(s, insn->place.id) != through) /* it is what this load made the turn before */
            at = own_resolve(e, s, insn, &insn->place);
        fact *f = own_fact_make(s, v);
        bool memory = at && own_slot_at(e, own_slot_at(e, at)->root)->kind != SLOT_LOCAL;
        f->origin = memory ? ORIGIN_LOADED : ORIGIN_UNKNOWN;
        own_type_range(type, f);
        if (at) own_bind(s, at, v);
        if (type->kind == IR_POINTER) borrow_element(e, s, insn, v);
    }
    own_temp_set(s, insn->dst, v);
}

/* What the same call gave in the turn before. */
static bool next_turn(const engine *e, own_val old, own_val v)
{
    const value *x = own_value(e, old), *y = own_value(e, v);
    return x->kind == VAL_SYM && y->kind == VAL_SYM && x->n == y->n && x->part == y->part;
}

void own_store_value(engine *e, state *s, const ir_insn *insn, own_slot at, own_val v)
{
    if (!at) {
        own_escape(e, s, v);
        return;
    }
    own_val old = own_get(s, at);
    own_check_again(e, s, insn, at, v);
    if (old != v && own_is_of_field(e, s, at, old)) { /* moved out: a plain store drops nothing */
        own_fact(s, old)->held++;
        own_leave_field(e, s, old);
    }
    forget_below(e, s, at);
    own_bind(s, at, v);
    own_check_ring(e, s, insn, at, v);
    slot_kind root = own_slot_at(e, own_slot_at(e, at)->root)->kind;
    if (v && root != SLOT_LOCAL) {
        const fact *f = own_fact(s, v);
        bool counts = own_slot_counts(e, at);
        if ((f && (f->flags & FACT_COUNTED)) || counts) own_note(e, s, insn, TRACE_STORE, v, NULL, NULL);
        val_kind kind = own_value(e, v)->kind;
        if (kind == VAL_EXPR || (kind == VAL_ADDR && !counts)) own_escape(e, s, v);
    }
    if (old && old != v)
        own_lost(e, s, insn, old, next_turn(e, old, v) ? "loop-exit-leak" : "overwrite-leak");
}

/* Macros that count in place: the first member of a counted type, plus or minus one. What a zero does is not followed, so
 * the object is not taken for dead. */
static bool counts_in_place(engine *e, state *s, const ir_insn *insn, own_slot at, own_val v)
{
    const slot *counter = own_slot_at(e, at);
    const value *x = own_value(e, v);
    own_val object = own_slot_base(e, at);
    if (insn->sub != IR_STORE_COMPOUND || counter->kind != SLOT_FIELD || counter->id != 0 || !object)
        return false;
    if (!contract_object_of(e->contracts, e->unit, counter->record)) return false;
    bool by_one = x->kind == VAL_EXPR && own_value(e, x->b)->kind == VAL_INT;
    int64_t n = by_one ? own_value(e, x->b)->n : 0;
    bool up = by_one && ((x->op == IR_ADD && n == 1) || (x->op == IR_SUBTRACT && n == -1));
    bool down = by_one && ((x->op == IR_SUBTRACT && n == 1) || (x->op == IR_ADD && n == -1));
    own_unbind(s, at);
    if (up) own_retain(e, s, insn, object, "the counter");
    if (!down) return up;
    fact *f = own_fact(s, object);
    if (f) f->flags |= FACT_KEPT;
    own_release(e, s, insn, object, "the counter");
    return true;
}

static void store(engine *e, state *s, const ir_insn *insn)
{
    own_slot at = own_resolve(e, s, insn, &insn->place);
    if (at && counts_in_place(e, s, insn, at, own_operand(e, s, &insn->a))) return;
    own_store_value(e, s, insn, at, own_operand(e, s, &insn->a));
}

static void zero(engine *e, state *s, const ir_insn *insn)
{
    own_slot at = own_resolve(e, s, insn, &insn->place);
    if (at) own_store_value(e, s, insn, at, own_int(e, 0));
}

static void address(engine *e, state *s, const ir_insn *insn)
{
    own_slot at = own_resolve(e, s, insn, &insn->place);
    if (at) {
        ir_type_id type = ir_place_type(e->unit, e->func, &insn->place);
        if (ir_type_of(e->unit, type)->kind == IR_ARRAY) at = own_slot_index(e, at, 0);
        own_temp_set(s, insn->dst, own_addr(e, at));
        return;
    }
    open_elements(e, s, &insn->place);
    own_val v = own_fresh(e, s, insn, 0);
    own_fact_make(s, v)->flags |= FACT_NONZERO;
    own_temp_set(s, insn->dst, v);
}

static void scope(engine *e, state *s, const ir_insn *insn)
{
    if (insn->place.base == IR_BASE_LOCAL) forget_below(e, s, own_slot_root(e, SLOT_LOCAL, insn->place.id));
}

static void compute(engine *e, state *s, const ir_insn *insn)
{
    own_val a = own_operand(e, s, &insn->a), v = a;
    ir_type_kind kind = ir_type_of(e->unit, insn->type)->kind;
    if (insn->op == IR_OP_bin)
        v = own_expr(e, insn->sub, a, own_operand(e, s, &insn->b));
    else if (insn->op == IR_OP_un && insn->sub == IR_NOT)
        v = own_expr(e, IR_EQ, a, own_int(e, 0));
    else if (insn->op == IR_OP_un && insn->sub == IR_NEG && own_value(e, a)->kind == VAL_INT)
        v = own_int(e, (int64_t)(0 - (uint64_t)own_value(e, a)->n));
    else if (insn->op == IR_OP_un)
        v = 0;
    else if (insn->op == IR_OP_cast && kind == IR_BOOL)
        v = own_expr(e, IR_NE, a, own_int(e, 0));
    if (kind == IR_FLOAT) v = 0;
    int truth = v && own_value(e, v)->kind == VAL_EXPR ? own_truth(e, s, v) : -1;
    if (truth == 0) v = own_int(e, 0);
    own_temp_set(s, insn->dst, v);
}

/* Inline assembly, or a shape that ast could not lower: anything may have happened. */
static void anything(engine *e, state *s, const ir_insn *insn)
{
    for (size_t i = 0; i < insn->arg_count; i++) own_escape(e, s, own_operand(e, s, &insn->args[i]));
    if (insn->op == IR_OP_unknown)
        for (size_t i = 0; i < s->facts.n; i++) s->facts.at[i].flags |= FACT_ESCAPED | FACT_KEPT;
    own_havoc_memory(e, s, 0);
    s->error = ERR_UNKNOWN, s->suspect = 0;
}

static void some_value(engine *e, state *s, const ir_insn *insn)
{
    own_temp_set(s, insn->dst, own_fresh(e, s, insn, 0));
}

static void execute(engine *e, state *s, const ir_insn *insn)
{
    switch (insn->op) {
    case IR_OP_load: load(e, s, insn); break;
    case IR_OP_store: store(e, s, insn); break;
    case IR_OP_zero: zero(e, s, insn); break;
    case IR_OP_addr: address(e, s, insn); break;
    case IR_OP_decl:
    case IR_OP_end: scope(e, s, insn); break;
    case IR_OP_copy:
    case IR_OP_cast:
    case IR_OP_un:
    case IR_OP_bin: compute(e, s, insn); break;
    case IR_OP_any: some_value(e, s, insn); break;
    case IR_OP_asm:
    case IR_OP_unknown: anything(e, s, insn); break;
    case IR_OP_call: own_call(e, s, insn); return;
    default: break;
    }
    vec_push(&e->next, s);
}

void own_bury(engine *e, state *s, const ir_insn *insn, uint32_t number)
{
    size_t n;
    const uint32_t *dead = own_dead_temps(e->live, number, &n);
    for (size_t i = 0; i < n; i++) {
        own_val v = own_temp(s, dead[i]);
        if (!v) continue;
        own_temp_kill(s, dead[i]);
        own_lost(e, s, insn, v, "leak");
    }
    dead = own_dead_locals(e->live, number, &n);
    for (size_t i = 0; i < n; i++) {
        own_slot at = own_slot_root(e, SLOT_LOCAL, dead[i]);
        const fact *f = own_fact(s, own_get(s, at));
        if (!f || f->held <= 0) own_unbind(s, at);
    }
}

void own_execute(engine *e, ir_block_id block, size_t index)
{
    const ir_insn *insn = &e->func->blocks[block].insns[index];
    e->next.n = 0;
    e->current = e->insn_base[block] + (uint32_t)index;
    for (size_t i = 0; i < e->now.n; i++) execute(e, e->now.at[i], insn);
    for (size_t i = 0; i < e->next.n; i++) own_bury(e, e->next.at[i], insn, e->current);
    state_vec swap = e->now;
    e->now = e->next, e->next = swap;
    e->steps += e->now.n;
}
