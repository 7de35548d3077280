/* SPDX-License-Identifier: MIT
 *
 * Interned values and slots: equal ones have equal ids, so that states are compared by numbers.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

enum { DEEPEST_EXPRESSION = 4 };

static uint64_t mix(uint64_t h, uint64_t x)
{
    h ^= x + 0x9e3779b97f4a7c15u + (h << 6) + (h >> 2);
    return h * 0xff51afd7ed558ccdu;
}

static uint64_t value_hash(const value *v)
{
    uint64_t h = mix((uint64_t)v->kind, (uint64_t)v->n);
    h = mix(h, (uint64_t)v->part << 32 | v->generation);
    h = mix(h, (uint64_t)v->slot << 32 | (uint64_t)v->op);
    return mix(h, (uint64_t)v->a << 32 | v->b);
}

static bool value_equal(const value *a, const value *b)
{
    return a->kind == b->kind && a->n == b->n && a->part == b->part && a->generation == b->generation &&
           a->slot == b->slot && a->op == b->op && a->a == b->a && a->b == b->b;
}

static uint64_t slot_hash(const slot *s)
{
    uint64_t h = mix((uint64_t)s->kind, s->id);
    h = mix(h, (uint64_t)s->index);
    return mix(h, (uint64_t)s->record << 32 | s->parent);
}

static bool slot_equal(const slot *a, const slot *b)
{
    return a->kind == b->kind && a->id == b->id && a->index == b->index && a->record == b->record &&
           a->parent == b->parent;
}

void own_values_init(engine *e)
{
    vec_push(&e->values, (value){0});
    vec_push(&e->slots, (slot){0});
    e->value_cap = e->slot_cap = 256;
    e->value_index = x_calloc(e->value_cap, sizeof *e->value_index);
    e->slot_index = x_calloc(e->slot_cap, sizeof *e->slot_index);
}

void own_values_fini(engine *e)
{
    vec_fini(&e->values);
    vec_fini(&e->slots);
    free(e->value_index);
    free(e->slot_index);
}

static void grow_values(engine *e)
{
    free(e->value_index);
    e->value_cap *= 2;
    e->value_index = x_calloc(e->value_cap, sizeof *e->value_index);
    for (uint32_t id = 1; id < e->values.n; id++) {
        size_t at = value_hash(&e->values.at[id]) & (e->value_cap - 1);
        while (e->value_index[at]) at = (at + 1) & (e->value_cap - 1);
        e->value_index[at] = id;
    }
}

static own_val intern(engine *e, const value *v)
{
    if (e->values.n * 2 > e->value_cap) grow_values(e);
    size_t at = value_hash(v) & (e->value_cap - 1);
    for (; e->value_index[at]; at = (at + 1) & (e->value_cap - 1))
        if (value_equal(own_value(e, e->value_index[at]), v)) return e->value_index[at];
    e->value_index[at] = (uint32_t)e->values.n;
    vec_push(&e->values, *v);
    return (own_val)e->values.n - 1;
}

static void grow_slots(engine *e)
{
    free(e->slot_index);
    e->slot_cap *= 2;
    e->slot_index = x_calloc(e->slot_cap, sizeof *e->slot_index);
    for (uint32_t id = 1; id < e->slots.n; id++) {
        size_t at = slot_hash(&e->slots.at[id]) & (e->slot_cap - 1);
        while (e->slot_index[at]) at = (at + 1) & (e->slot_cap - 1);
        e->slot_index[at] = id;
    }
}

static own_slot intern_slot(engine *e, const slot *s)
{
    if (e->slots.n * 2 > e->slot_cap) grow_slots(e);
    size_t at = slot_hash(s) & (e->slot_cap - 1);
    for (; e->slot_index[at]; at = (at + 1) & (e->slot_cap - 1))
        if (slot_equal(own_slot_at(e, e->slot_index[at]), s)) return e->slot_index[at];
    own_slot id = (own_slot)e->slots.n;
    e->slot_index[at] = id;
    vec_push(&e->slots, *s);
    e->slots.at[id].root = s->parent ? e->slots.at[s->parent].root : id;
    return id;
}

own_val own_simple(engine *e, val_kind kind, int64_t n)
{
    return intern(e, &(value){.kind = kind, .n = n});
}
own_val own_int(engine *e, int64_t n)
{
    return own_simple(e, VAL_INT, n);
}

own_val own_symbol(engine *e, uint32_t insn, uint32_t part, uint32_t generation)
{
    return intern(e, &(value){.kind = VAL_SYM, .n = insn, .part = part, .generation = generation});
}

/* The address of the first member of what a pointer points at is that pointer: casts to a base type and back,
 * and
 * `&object->head`, keep the identity of the object. */
own_val own_addr(engine *e, own_slot at)
{
    own_slot inner = at;
    while (own_slot_at(e, inner)->parent) {
        const slot *s = own_slot_at(e, inner);
        bool first = s->kind == SLOT_FIELD ? e->unit->records.at[s->record].fields[s->id].bit_offset == 0
                                           : s->index == 0;
        if (!first) break;
        inner = s->parent;
    }
    if (own_slot_at(e, inner)->kind == SLOT_DEREF) return own_slot_at(e, inner)->id;
    return intern(e, &(value){.kind = VAL_ADDR, .slot = at});
}

static ir_sub mirrored(ir_sub op)
{
    switch (op) {
    case IR_LT: return IR_GT;
    case IR_LE: return IR_GE;
    case IR_GT: return IR_LT;
    case IR_GE: return IR_LE;
    default: return op;
    }
}

bool own_fold(ir_sub op, int64_t a, int64_t b, int64_t *out)
{
    uint64_t x = (uint64_t)a, y = (uint64_t)b;
    switch (op) {
    case IR_ADD: *out = (int64_t)(x + y); return true;
    case IR_SUBTRACT: *out = (int64_t)(x - y); return true;
    case IR_MUL: *out = (int64_t)(x * y); return true;
    case IR_BITAND: *out = a & b; return true;
    case IR_BITOR: *out = a | b; return true;
    case IR_BITXOR: *out = a ^ b; return true;
    case IR_SHL: *out = b >= 0 && b < 63 ? (int64_t)(x << y) : 0; return b >= 0 && b < 63;
    case IR_SHR: *out = b >= 0 && b < 63 ? a >> b : 0; return b >= 0 && b < 63;
    case IR_EQ: *out = a == b; return true;
    case IR_NE: *out = a != b; return true;
    case IR_LT: *out = a < b; return true;
    case IR_LE: *out = a <= b; return true;
    case IR_GT: *out = a > b; return true;
    case IR_GE: *out = a >= b; return true;
    default: return false;
    }
}

/* p + c for the address of an array's element is the address of another element. */
static own_val move_address(engine *e, own_val a, int64_t by)
{
    own_slot at = own_value(e, a)->slot;
    slot s = *own_slot_at(e, at);
    if (s.kind != SLOT_INDEX) return 0;
    return own_addr(e, own_slot_index(e, s.parent, s.index + by));
}

own_val own_expr(engine *e, ir_sub op, own_val a, own_val b)
{
    if (!a || !b) return 0;
    value x = *own_value(e, a), y = *own_value(e, b);
    int64_t folded;
    if (x.kind == VAL_INT && y.kind == VAL_INT && own_fold(op, x.n, y.n, &folded)) return own_int(e, folded);
    if (x.kind == VAL_INT) { /* constants stand on the right */
        ir_sub swapped = mirrored(op);
        if (swapped != op || op == IR_EQ || op == IR_NE || op == IR_ADD || op == IR_BITAND || op == IR_BITOR)
            return own_expr(e, swapped, b, a);
    }
    if (y.kind == VAL_INT && y.n == 0 && (op == IR_ADD || op == IR_SUBTRACT || op == IR_BITOR)) return a;
    if (x.kind == VAL_ADDR && y.kind == VAL_INT && (op == IR_ADD || op == IR_SUBTRACT)) {
        own_val moved = move_address(e, a, op == IR_ADD ? y.n : -y.n);
        if (moved) return moved;
    }
    uint32_t depth = 1 + (x.depth > y.depth ? x.depth : y.depth);
    if (depth > DEEPEST_EXPRESSION) return 0;
    own_val v = intern(e, &(value){.kind = VAL_EXPR, .op = op, .a = a, .b = b});
    e->values.at[v].depth = depth;
    return v;
}

own_val own_pure(engine *e, uint32_t callee, own_val a, own_val b)
{
    return intern(e, &(value){.kind = VAL_PURE, .part = callee, .a = a, .b = b});
}

own_slot own_slot_root(engine *e, slot_kind kind, uint32_t id)
{
    return intern_slot(e, &(slot){.kind = kind, .id = id});
}

/* The members of a union are one slot: a store through one is seen through the others. */
own_slot own_slot_field(engine *e, own_slot parent, ir_record_id record, uint32_t field)
{
    if (e->unit->records.at[record].is_union) field = 0;
    return intern_slot(e, &(slot){.kind = SLOT_FIELD, .id = field, .record = record, .parent = parent});
}

own_slot own_slot_index(engine *e, own_slot parent, int64_t index)
{
    return intern_slot(e, &(slot){.kind = SLOT_INDEX, .index = index, .parent = parent});
}

bool own_slot_below(const engine *e, own_slot s, own_slot ancestor)
{
    for (; s; s = own_slot_at(e, s)->parent)
        if (s == ancestor) return true;
    return false;
}

own_val own_slot_base(const engine *e, own_slot s)
{
    const slot *root = own_slot_at(e, own_slot_at(e, s)->root);
    return root->kind == SLOT_DEREF ? root->id : 0;
}

bool own_reaches(const engine *e, own_val v, own_val of)
{
    if (v == of) return true;
    const value *x = own_value(e, v);
    if (x->kind == VAL_ADDR) {
        own_val base = own_slot_base(e, x->slot);
        return base && own_reaches(e, base, of);
    }
    if (x->kind != VAL_EXPR) return false;
    bool arithmetic = x->op < IR_EQ || x->op > IR_GE;
    return arithmetic && (own_reaches(e, x->a, of) || own_reaches(e, x->b, of));
}
