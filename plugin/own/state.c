/* SPDX-License-Identifier: MIT
 *
 * States: what is bound to slots and temporaries, what is known of values, and when two states are one.
 *
 * Property simulation (Das, Lerner, Seigle, PLDI 2002): two states that agree on the property - every count,
 * and which live variable names which counted object or NULL - are joined, and forget where they differ
 * otherwise. So the number of states follows the counts, not the paths, while a flag that is correlated with
 * a count survives: it differs between states that are kept apart anyway.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

state *own_state_new(void)
{
    return x_calloc(1, sizeof(state));
}

static void *copy_of(const void *p, size_t bytes)
{
    if (!bytes) return NULL;
    return memcpy(x_malloc(bytes), p, bytes);
}

state *own_state_copy(const state *s)
{
    state *c = own_state_new();
    *c = *s;
    c->binds.at = copy_of(s->binds.at, s->binds.n * sizeof *s->binds.at);
    c->temps.at = copy_of(s->temps.at, s->temps.n * sizeof *s->temps.at);
    c->facts.at = copy_of(s->facts.at, s->facts.n * sizeof *s->facts.at);
    c->binds.cap = s->binds.n;
    c->temps.cap = s->temps.n;
    c->facts.cap = s->facts.n;
    c->waiting = false;
    return c;
}

void own_state_free(state *s)
{
    if (!s) return;
    vec_fini(&s->binds);
    vec_fini(&s->temps);
    vec_fini(&s->facts);
    free(s);
}

/* ---- sorted tables: the first entry whose leading number is not below `key` ---------------------------- */

static size_t lower_bound(const void *at, size_t n, size_t stride, uint32_t key)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        uint32_t k;
        memcpy(&k, (const char *)at + middle * stride, sizeof k);
        if (k < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

#define INSERT(vec, index, entry)                                                                            \
 do {                                                                                                        \
  vec_push(vec, entry);                                                                                      \
  memmove(&(vec)->at[(index) + 1], &(vec)->at[index], ((vec)->n - 1 - (index)) * sizeof *(vec)->at);         \
  (vec)->at[index] = (entry);                                                                                \
 } while (0)
#define REMOVE(vec, index)                                                                                   \
 (memmove(&(vec)->at[index], &(vec)->at[(index) + 1], ((vec)->n - (index)-1) * sizeof *(vec)->at), (vec)->n--)

own_val own_get(const state *s, own_slot at)
{
    size_t i = lower_bound(s->binds.at, s->binds.n, sizeof *s->binds.at, at);
    return i < s->binds.n && s->binds.at[i].slot == at ? s->binds.at[i].val : 0;
}

void own_bind(state *s, own_slot at, own_val v)
{
    size_t i = lower_bound(s->binds.at, s->binds.n, sizeof *s->binds.at, at);
    bool there = i < s->binds.n && s->binds.at[i].slot == at;
    binding b = {at, v};
    if (there && v)
        s->binds.at[i] = b;
    else if (there)
        REMOVE(&s->binds, i);
    else if (v)
        INSERT(&s->binds, i, b);
}

void own_unbind(state *s, own_slot at)
{
    own_bind(s, at, 0);
}

own_val own_temp(const state *s, ir_temp t)
{
    size_t i = lower_bound(s->temps.at, s->temps.n, sizeof *s->temps.at, t);
    return i < s->temps.n && s->temps.at[i].temp == t ? s->temps.at[i].val : 0;
}

void own_temp_set(state *s, ir_temp t, own_val v)
{
    size_t i = lower_bound(s->temps.at, s->temps.n, sizeof *s->temps.at, t);
    bool there = i < s->temps.n && s->temps.at[i].temp == t;
    tempval b = {t, v};
    if (there && v)
        s->temps.at[i] = b;
    else if (there)
        REMOVE(&s->temps, i);
    else if (v)
        INSERT(&s->temps, i, b);
}

void own_temp_kill(state *s, ir_temp t)
{
    own_temp_set(s, t, 0);
}

fact *own_fact(state *s, own_val v)
{
    size_t i = lower_bound(s->facts.at, s->facts.n, sizeof *s->facts.at, v);
    return i < s->facts.n && s->facts.at[i].val == v ? &s->facts.at[i] : NULL;
}

fact *own_fact_make(state *s, own_val v)
{
    size_t i = lower_bound(s->facts.at, s->facts.n, sizeof *s->facts.at, v);
    if (i < s->facts.n && s->facts.at[i].val == v) return &s->facts.at[i];
    fact f = {.val = v, .lo = INT64_MIN, .hi = INT64_MAX};
    INSERT(&s->facts, i, f);
    return &s->facts.at[i];
}

void own_fact_drop(state *s, own_val v)
{
    size_t i = lower_bound(s->facts.at, s->facts.n, sizeof *s->facts.at, v);
    if (i < s->facts.n && s->facts.at[i].val == v) REMOVE(&s->facts, i);
}

bool own_fact_is_null(const fact *f)
{
    return f && f->lo == 0 && f->hi == 0;
}

/* ---- reachability -------------------------------------------------------------------------------------- */

bool own_reachable(const engine *e, const state *s, own_val v)
{
    for (size_t i = 0; i < s->temps.n; i++)
        if (own_reaches(e, s->temps.at[i].val, v)) return true;
    for (size_t i = 0; i < s->binds.n; i++)
        if (own_reaches(e, s->binds.at[i].val, v)) return true;
    return false;
}

int own_named(const engine *e, const state *s, own_val v)
{
    int count = 0;
    for (size_t i = 0; i < s->binds.n; i++) {
        if (s->binds.at[i].val != v) continue;
        const slot *root = own_slot_at(e, own_slot_at(e, s->binds.at[i].slot)->root);
        count += root->kind != SLOT_LOCAL;
    }
    return count;
}

int own_stored(const engine *e, const state *s, own_val v)
{
    const fact *f = own_fact((state *)(uintptr_t)s, v);
    int named = own_named(e, s, v);
    bool there_before = f && (f->origin == ORIGIN_LOADED || (f->flags & FACT_ELEMENT)) &&
                        !(f->flags & FACT_IN_FIELD); /* it is still there, but not in sight */
    return there_before && named > 0 ? named - 1 : named;
}

static bool matters(const fact *f)
{
    return f->held != 0 || (f->flags & (FACT_DEAD | FACT_STOLEN | FACT_LOOSE | FACT_TOLD));
}

/* Whether some part of the expression is still in use, so that a fact about it can still decide something. */
static bool in_use(const engine *e, const state *s, const bool *used, own_val v)
{
    if (used[v]) return true;
    const value *x = own_value(e, v);
    if (x->kind == VAL_ADDR) return !own_slot_base(e, x->slot); /* the variable is there, in use or not */
    if (x->kind != VAL_EXPR && x->kind != VAL_PURE) return x->kind == VAL_INT;
    return in_use(e, s, used, x->a) && (!x->b || in_use(e, s, used, x->b));
}

static void mark_value(const engine *e, bool *used, own_val v)
{
    if (used[v]) return;
    used[v] = true;
    const value *x = own_value(e, v);
    if (x->kind == VAL_EXPR || x->kind == VAL_PURE) {
        mark_value(e, used, x->a);
        mark_value(e, used, x->b);
    } else if (x->kind == VAL_ADDR) {
        own_val base = own_slot_base(e, x->slot);
        if (base) mark_value(e, used, base);
    }
}

static void mark_roots(engine *e, state *s, bool *used)
{
    for (size_t i = 0; i < s->temps.n; i++) mark_value(e, used, s->temps.at[i].val);
    for (size_t i = 0; i < s->binds.n; i++) {
        own_slot at = s->binds.at[i].slot;
        if (own_slot_at(e, own_slot_at(e, at)->root)->kind != SLOT_DEREF)
            mark_value(e, used, s->binds.at[i].val);
    }
    for (size_t i = 0; i < s->facts.n; i++)
        if (s->facts.at[i].held > 0 || (s->facts.at[i].held < 0 && s->facts.at[i].origin != ORIGIN_LOADED))
            mark_value(e, used, s->facts.at[i].val);
    mark_value(e, used, s->suspect);
    for (size_t i = 1; i < e->func->local_count; i++) /* arguments may be asked about again */
        if (e->func->locals[i].is_param)
            mark_value(e, used, own_symbol(e, e->insn_count + 1 + e->func->locals[i].param, 0, 0));
}

/* Memory behind a pointer that is in use is in use; repeated until nothing is added. */
static void mark_memory(engine *e, state *s, bool *used)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < s->binds.n; i++) {
            own_val base = own_slot_base(e, s->binds.at[i].slot), v = s->binds.at[i].val;
            if (base && used[base] && !used[v]) mark_value(e, used, v), again = true;
        }
        for (size_t i = 0; i < s->facts.n; i++) {
            const fact *f = &s->facts.at[i];
            if (f->owner && used[f->val] && !used[f->owner]) mark_value(e, used, f->owner), again = true;
        }
    }
}

/* A variable or a temporary has it too. */
static bool is_at_hand(const engine *e, const state *s, own_val v)
{
    for (size_t i = 0; i < s->temps.n; i++)
        if (s->temps.at[i].val == v) return true;
    for (size_t i = 0; i < s->binds.n; i++)
        if (s->binds.at[i].val == v &&
            own_slot_at(e, own_slot_at(e, s->binds.at[i].slot)->root)->kind == SLOT_LOCAL)
            return true;
    return false;
}

void own_hand_over(engine *e, state *s, own_slot at, own_val v)
{
    fact *f = own_fact(s, v);
    bool put_there = f && f->held > 0 && !is_at_hand(e, s, v); /* what is held can only be that memory's */
    bool owning = !e->dialect && own_drops(e, at) && own_is_borrowed(e, f, v);
    if (owning && !f) f = own_fact_make(s, v), f->origin = ORIGIN_STATIC;
    if (owning || (f && f->origin == ORIGIN_STATIC && f->held > 0))
        f->held--; /* the place has a reference of its own from here on */
    else if (f && e->dialect && f->origin == ORIGIN_LOADED && !put_there && own_named(e, s, v) == 1)
        f->flags |=
            FACT_IN_FIELD; /* a counted field has a reference of its own: what is held here is as it was */
    else
        own_escape(e, s, v);
}

void own_collect(engine *e, state *s)
{
    (void)own_symbol(e, e->insn_count + 1, 0, 0);
    bool *used = x_calloc(e->values.n + e->func->local_count + 1, sizeof *used);
    mark_roots(e, s, used);
    mark_memory(e, s, used);
    size_t kept = 0;
    for (size_t i = 0; i < s->binds.n; i++) {
        own_val base = own_slot_base(e, s->binds.at[i].slot);
        if (!base || used[base])
            s->binds.at[kept++] = s->binds.at[i];
        else
            own_hand_over(e, s, s->binds.at[i].slot, s->binds.at[i].val);
    }
    s->binds.n = kept;
    kept = 0;
    for (size_t i = 0; i < s->facts.n; i++) {
        const fact *f = &s->facts.at[i];
        if (in_use(e, s, used, f->val))
            s->facts.at[kept++] = *f;
        else if (s->error == ERR_CLEAR && (f->flags & (FACT_RAISES | FACT_MAY_MISS)) &&
                 (f->flags & FACT_COUNTED) && !(f->flags & FACT_NONZERO))
            s->error = ERR_UNKNOWN; /* whether that call failed can no longer be asked */
    }
    s->facts.n = kept;
    free(used);
}

/* ---- what keeps states apart --------------------------------------------------------------------------- */

static uint64_t mix(uint64_t h, uint64_t x)
{
    h ^= x + 0x9e3779b97f4a7c15u + (h << 6) + (h >> 2);
    return h * 0xc4ceb9fe1a85ec53u;
}

static int nullness(const fact *f)
{
    if (own_fact_is_null(f)) return 0;
    return f->flags & FACT_NONZERO ? 2 : 1;
}

static const fact *fact_of(const state *s, own_val v)
{
    return own_fact((state *)(uintptr_t)s, v);
}

static bool slot_is_pointer(const engine *e, own_slot at)
{
    const slot *s = own_slot_at(e, at);
    if (s->kind != SLOT_LOCAL) return false;
    return ir_type_of(e->unit, e->func->locals[s->id].type)->kind == IR_POINTER;
}

/* A binding is part of the key when it names an object whose count matters; in the fine key also when a local
 * pointer is known to be NULL, or names something else that is counted. */
static bool binding_keys(const engine *e, const state *s, const binding *b, bool coarse)
{
    const fact *f = fact_of(s, b->val);
    if (f && matters(f)) return true;
    if (coarse || !slot_is_pointer(e, b->slot)) return false;
    const value *v = own_value(e, b->val);
    return (v->kind == VAL_INT && v->n == 0) || (f && (f->flags & FACT_COUNTED));
}

/* A temporary that crosses blocks is the value of ?: or &&. */
static bool temp_keys(const engine *e, const state *s, const tempval *t, bool coarse)
{
    const fact *f = fact_of(s, t->val);
    return (f && matters(f)) || (!coarse && own_value(e, t->val)->kind != VAL_EXPR);
}

/* Where the function promises to set an error, not having set one is part of the property. */
static int error_key(const engine *e, const state *s)
{
    bool promised = e->own_contract && e->own_contract->raises;
    return promised ? (int)s->error : s->error == ERR_SET;
}

uint64_t own_key(const engine *e, const state *s, bool coarse)
{
    uint64_t h = (uint64_t)error_key(e, s);
    for (size_t i = 0; i < s->facts.n; i++) {
        const fact *f = &s->facts.at[i];
        if (!matters(f)) continue;
        h = mix(h, (uint64_t)f->val << 32 | (uint16_t)f->held);
        h = mix(h, (uint64_t)(f->flags & (FACT_DEAD | FACT_STOLEN | FACT_LOOSE | FACT_TOLD)) << 8 |
                       (uint64_t)nullness(f));
    }
    for (size_t i = 0; i < s->binds.n; i++)
        if (binding_keys(e, s, &s->binds.at[i], coarse))
            h = mix(h, (uint64_t)s->binds.at[i].slot << 32 | s->binds.at[i].val);
    for (size_t i = 0; i < s->temps.n; i++)
        if (temp_keys(e, s, &s->temps.at[i], coarse))
            h = mix(h, (uint64_t)s->temps.at[i].temp << 32 | s->temps.at[i].val);
    return h;
}

static bool same_facts(const state *a, const state *b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a->facts.n && !matters(&a->facts.at[i])) i++;
        while (j < b->facts.n && !matters(&b->facts.at[j])) j++;
        if (i == a->facts.n || j == b->facts.n) return i == a->facts.n && j == b->facts.n;
        const fact *f = &a->facts.at[i++], *g = &b->facts.at[j++];
        if (f->val != g->val || f->held != g->held || nullness(f) != nullness(g) ||
            ((f->flags ^ g->flags) & (FACT_DEAD | FACT_STOLEN | FACT_LOOSE | FACT_TOLD)))
            return false;
    }
}

static bool same_temps(const engine *e, const state *a, const state *b, bool coarse)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a->temps.n && !temp_keys(e, a, &a->temps.at[i], coarse)) i++;
        while (j < b->temps.n && !temp_keys(e, b, &b->temps.at[j], coarse)) j++;
        if (i == a->temps.n || j == b->temps.n) return i == a->temps.n && j == b->temps.n;
        if (a->temps.at[i].temp != b->temps.at[j].temp || a->temps.at[i].val != b->temps.at[j].val)
            return false;
        i++, j++;
    }
}

bool own_same(const engine *e, const state *a, const state *b, bool coarse)
{
    if (error_key(e, a) != error_key(e, b) || !same_facts(a, b)) return false;
    if (!same_temps(e, a, b, coarse)) return false;
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a->binds.n && !binding_keys(e, a, &a->binds.at[i], coarse)) i++;
        while (j < b->binds.n && !binding_keys(e, b, &b->binds.at[j], coarse)) j++;
        if (i == a->binds.n || j == b->binds.n) return i == a->binds.n && j == b->binds.n;
        if (a->binds.at[i].slot != b->binds.at[j].slot || a->binds.at[i].val != b->binds.at[j].val)
            return false;
        i++, j++;
    }
}

/* ---- join ---------------------------------------------------------------------------------------------- */

/* Bounds widen to the landmarks that conditions ask about, so that loops end. */
static int64_t widen_low(int64_t lo)
{
    return lo >= 1 ? 1 : lo >= 0 ? 0 : lo >= -1 ? -1 : INT64_MIN;
}
static int64_t widen_high(int64_t hi)
{
    return hi <= -1 ? -1 : hi <= 0 ? 0 : hi <= 1 ? 1 : INT64_MAX;
}

static bool join_fact(fact *f, const fact *g)
{
    fact before = *f;
    if (g->lo < f->lo) f->lo = widen_low(g->lo);
    if (g->hi > f->hi) f->hi = widen_high(g->hi);
    uint32_t weak = FACT_ESCAPED | FACT_KEPT | FACT_MAY_FAIL | FACT_INFERRED | FACT_IN_LOOP | FACT_COUNTED |
                    FACT_INNER | FACT_RAISES | FACT_ELEMENT | FACT_REFUSED | FACT_MAY_MISS | FACT_FLOATING;
    if ((f->flags ^ g->flags) & FACT_FLOATING) f->flags |= FACT_ESCAPED;
    f->flags =
        (uint32_t)((f->flags & g->flags & (FACT_NONZERO | FACT_STATIC)) | ((f->flags | g->flags) & weak) |
                   (f->flags & (FACT_DEAD | FACT_STOLEN | FACT_LOOSE | FACT_TOLD)));
    if (f->owner != g->owner) f->owner = 0;
    if (f->origin != g->origin) f->origin = ORIGIN_UNKNOWN;
    return before.lo != f->lo || before.hi != f->hi || before.flags != f->flags || before.owner != f->owner ||
           before.origin != f->origin;
}

static bool is_symbolic(const engine *e, own_val v)
{
    val_kind kind = own_value(e, v)->kind;
    return kind == VAL_SYM || kind == VAL_ADDR;
}

/* Whether the call behind a number failed, and so set the error, can no longer be asked. */
static void forget_answer(state *s, const fact *f)
{
    if (f && (f->flags & FACT_RAISES) && f->lo < 0 && s->error == ERR_CLEAR) s->error = ERR_UNKNOWN;
}

static bool join_facts(const engine *e, state *into, const state *from)
{
    bool changed = false;
    for (size_t i = 0; i < into->facts.n;) {
        fact *f = &into->facts.at[i];
        const fact *g = fact_of(from, f->val);
        if (g) changed |= join_fact(f, g);
        if (g || is_symbolic(e, f->val)) {
            i++;
            continue;
        }
        forget_answer(into, f);
        REMOVE(&into->facts, i), changed = true;
    }
    for (size_t i = 0; i < from->facts.n; i++) {
        const fact *g = &from->facts.at[i];
        if (!is_symbolic(e, g->val) || own_fact(into, g->val)) continue;
        *own_fact_make(into, g->val) = *g;
        changed = true;
    }
    return changed;
}

static bool join_bindings(state *into, const state *from)
{
    bool changed = false;
    for (size_t i = 0; i < into->binds.n;) {
        own_val other = own_get(from, into->binds.at[i].slot);
        if (other == into->binds.at[i].val) {
            i++;
            continue;
        }
        forget_answer(into, fact_of(into, into->binds.at[i].val));
        forget_answer(into, fact_of(from, other));
        REMOVE(&into->binds, i), changed = true;
    }
    for (size_t i = 0; i < into->temps.n;) {
        if (own_temp(from, into->temps.at[i].temp) == into->temps.at[i].val)
            i++;
        else
            REMOVE(&into->temps, i), changed = true;
    }
    return changed;
}

bool own_join(engine *e, state *into, const state *from)
{
    bool changed = join_facts(e, into, from) || (into->doubtful && !from->doubtful);
    into->doubtful = into->doubtful && from->doubtful;
    into->error_sure = into->error_sure && from->error_sure;
    changed |= join_bindings(into, from);
    if (into->suspect != from->suspect && into->suspect) into->suspect = 0, changed = true;
    if (into->error != from->error && into->error != ERR_UNKNOWN) into->error = ERR_UNKNOWN, changed = true;
    if (!from->trace || !into->trace) return changed;
    bool likelier = into->trace->rare && !from->trace->rare, rarer = from->trace->rare && !into->trace->rare;
    if (likelier || (from->trace->length < into->trace->length && !changed && !rarer))
        into->trace = from->trace;
    return changed || likelier;
}
