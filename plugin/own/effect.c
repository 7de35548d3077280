/* SPDX-License-Identifier: MIT
 *
 * What happens to counts. Counts are affine (Lal and Ramalingam; Li and Tan's Pungi, ECOOP 2014): "N at the
 * entry plus k", where the origin of a reference says what may be concluded. A reference that a call gave us
 * is ours alone; of one that the caller or some memory holds only the difference is known.
 */
#include <string.h>

#include "own_p.h"

enum { MOST_HELD = 6 }; /* a count beyond it is a number of turns, which no state can tell: unknown */

void own_note(engine *e, state *s, const ir_insn *insn, trace_kind kind, own_val v, const char *what,
              const char *why)
{
    const fact *f = own_fact(s, v);
    trace *t = arena_alloc(&e->arena, sizeof *t);
    *t = (trace){.up = s->trace,
                 .insn = insn,
                 .kind = kind,
                 .length = s->trace ? s->trace->length + 1 : 1,
                 .rare = (s->trace && s->trace->rare) || own_is_rare(e, insn, kind, v),
                 .val = v,
                 .held = f ? f->held : 0,
                 .what = what,
                 .why = why};
    s->trace = t;
}

static bool names_resource(const engine *e, ir_type_id type)
{
    const ir_type *t = ir_type_of(e->unit, type);
    return t->kind == IR_RECORD &&
           contract_is_kind(e->contracts, "resources", e->unit->records.at[t->record].name);
}

/* A local variable that a call opens in place and another must close, by its address. */
static bool is_opened(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    const slot *at = x->kind == VAL_ADDR ? own_slot_at(e, x->slot) : NULL;
    return at && at->kind == SLOT_LOCAL && names_resource(e, e->func->locals[at->id].type);
}

bool own_is_resource(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    if (x->kind != VAL_SYM || x->n > e->insn_count) return is_opened(e, v);
    const ir_insn *made = e->insns[x->n];
    const ir_opnd *out = x->part && x->part <= made->arg_count ? &made->args[x->part - 1] : NULL;
    ir_type_id type = !x->part                      ? made->type
                      : out && out->kind == IR_TEMP ? ir_type_of(e->unit, e->func->temp_types[out->temp])->of
                                                    : 0;
    const ir_type *t = ir_type_of(e->unit, type);
    return t->kind == IR_POINTER && names_resource(e, t->of);
}

static bool is_object_value(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    if (x->kind == VAL_SYM || is_opened(e, v)) return true;
    return x->kind == VAL_ADDR && own_slot_at(e, x->slot)->kind == SLOT_GLOBAL;
}

/* The one member of the record that is itself counted: what else would its count be for. */
static bool is_only_counter(const engine *e, ir_record_id record, uint32_t field)
{
    const ir_record *r = &e->unit->records.at[record];
    size_t counters = 0;
    bool mine = false;
    for (size_t i = 0; i < r->field_count; i++) {
        const ir_type *type = ir_type_of(e->unit, r->fields[i].type);
        if (type->kind != IR_RECORD || !contract_object_of(e->contracts, e->unit, type->record)) continue;
        counters++;
        mine |= i == field;
    }
    return mine && counters == 1;
}

/* A counter that is embedded in an object and counts it: the object. */
static own_val counted_object(engine *e, own_val v)
{
    const value *x = own_value(e, v);
    if (x->kind != VAL_ADDR) return v;
    const slot *s = own_slot_at(e, x->slot);
    own_val base = own_slot_base(e, x->slot);
    if (s->kind != SLOT_FIELD || !base) return v;
    const char *counter = contract_embeds(e->contracts, e->unit, s->record);
    const char *name = e->unit->records.at[s->record].fields[s->id].name;
    bool counts = counter ? strcmp(counter, name) == 0 : is_only_counter(e, s->record, s->id);
    return counts ? base : v;
}

bool own_is_immortal(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    const slot *at = x->kind == VAL_ADDR ? own_slot_at(e, x->slot) : NULL;
    return at && at->kind == SLOT_GLOBAL && ir_annotated(&e->unit->decls.at[at->id].annots, "immortal");
}

static fact *object_fact(engine *e, state *s, own_val v)
{
    if (!is_object_value(e, v)) return NULL;
    fact *f = own_fact_make(s, v);
    if (own_fact_is_null(f)) return NULL;
    bool opened = is_opened(e, v);
    if (own_value(e, v)->kind == VAL_ADDR)
        f->origin = opened ? ORIGIN_NEW : ORIGIN_STATIC, f->flags |= FACT_NONZERO;
    if (!opened) f->flags |= FACT_COUNTED;
    if (own_is_immortal(e, v)) f->flags |= FACT_ESCAPED;
    return f;
}

/* What is open names the objects that it is open on: a test for one tells whether it is. */
static void fill_opened(engine *e, state *s, const ir_insn *insn, own_slot at)
{
    enum { FIRST_PART = 64 }; /* behind what the arguments receive */
    ir_record_id record = ir_type_of(e->unit, e->func->locals[own_slot_at(e, at)->id].type)->record;
    const ir_record *r = &e->unit->records.at[record];
    for (uint32_t i = 0; i < r->field_count; i++) {
        const ir_type *type = ir_type_of(e->unit, r->fields[i].type);
        bool object = contract_object_at(e->contracts, e->unit, r->fields[i].type);
        if (!object && !(type->kind == IR_POINTER && ir_type_of(e->unit, type->of)->kind == IR_VOID))
            continue;
        own_val v = own_fresh(e, s, insn, FIRST_PART + i);
        own_fact_make(s, v)->flags |= FACT_NONZERO;
        own_bind(s, own_slot_field(e, at, record, i), v);
    }
}

void own_retain(engine *e, state *s, const ir_insn *insn, own_val v, const char *callee)
{
    v = counted_object(e, v);
    fact *f = object_fact(e, s, v);
    if (!f) return;
    if (f->flags & (FACT_DEAD | FACT_LOOSE)) own_touch(e, s, insn, v, false, "is retained");
    f = own_fact(s, v);
    if (f->held >= MOST_HELD)
        f->flags |= FACT_ESCAPED;
    else
        f->held++;
    own_note(e, s, insn, is_opened(e, v) ? TRACE_ACQUIRE : TRACE_RETAIN, v, callee, NULL);
    if (is_opened(e, v)) fill_opened(e, s, insn, own_value(e, v)->slot);
}

/* What is inside an object that goes away is released by its finalizer, which is not part of this function.
 */
static void dies(engine *e, state *s, own_val v)
{
    for (size_t i = 0; i < s->binds.n; i++)
        if (own_slot_base(e, s->binds.at[i].slot) == v) own_escape(e, s, s->binds.at[i].val);
}

/* What a field of this type refers to once arrays and a counted buffer are stripped: an object of the dialect? */
static bool refers_to_object(const ir_unit *unit, ir_type_id type)
{
    const ir_type *t = ir_type_of(unit, type);
    while (t->kind == IR_ARRAY) t = ir_type_of(unit, t->of);
    bool pointer = t->kind == IR_POINTER;
    while (t->kind == IR_POINTER) t = ir_type_of(unit, t->of);
    if (!pointer || t->kind != IR_RECORD) return false;
    const ir_record *record = &unit->records.at[t->record];
    return ir_annotated(&record->annots, "class") || strcmp(record->name, "rc_object") == 0;
}

bool own_slot_counts(const engine *e, own_slot at)
{
    if (!e->dialect) return own_drops(e, at);
    const slot *s = own_slot_at(e, at);
    while (s->kind == SLOT_INDEX) s = own_slot_at(e, s->parent);
    if (s->kind != SLOT_FIELD) return false;
    const ir_record *record = &e->unit->records.at[s->record];
    const ir_annots *a = &record->fields[s->id].annots;
    if (ir_annotated(a, "weak") || ir_annotated(a, "unowned")) return false;
    return ir_annotated(&record->annots, "class") && refers_to_object(e->unit, record->fields[s->id].type);
}

bool own_is_of_field(const engine *e, const state *s, own_slot at, own_val v)
{
    const fact *f = own_fact((state *)(uintptr_t)s, v);
    return f && e->dialect && f->origin == ORIGIN_LOADED && own_slot_counts(e, at) && own_named(e, s, v) == 1;
}

void own_leave_field(engine *e, state *s, own_val v)
{
    fact *f = own_fact(s, v);
    if (f->held > 0)
        f->origin = ORIGIN_NEW;
    else if (f->held == 0 && !(f->flags & (FACT_ESCAPED | FACT_KEPT))) {
        f->flags |= FACT_DEAD; /* the field's was the only reference that anybody here knows of */
        dies(e, s, v);
    } else
        own_escape(e, s, v);
}

bool own_promised_borrow(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    if (!e->own_contract || x->kind != VAL_SYM || x->n <= e->insn_count) return false;
    size_t param = (size_t)(x->n - e->insn_count - 1);
    return param < e->own_contract->param_count && e->own_contract->params[param].effect == CONTRACT_BORROWED;
}

static bool ends(const engine *e, const ir_insn *call, own_val param)
{
    if (call->op != IR_OP_call || call->a.kind != IR_NAME || !call->arg_count ||
        call->args[0].kind != IR_TEMP)
        return false;
    const ir_insn *load = e->defs[call->args[0].temp];
    while (load && load->op == IR_OP_cast && load->a.kind == IR_TEMP) load = e->defs[load->a.temp];
    if (!load || load->op != IR_OP_load || load->place.base != IR_BASE_LOCAL || load->place.step_count)
        return false;
    const ir_local *local = &e->func->locals[load->place.id];
    bool same = local->is_param && e->insn_count + 1 + local->param == (uint32_t)own_value(e, param)->n;
    return same && contract_frees(e->contracts, e->unit->decls.at[call->a.name].name);
}

/* A function that gives an argument's memory back drops what the argument held, however it asks for it. */
static bool is_ended_here(const engine *e, own_val owner)
{
    const value *x = own_value(e, owner);
    if (!owner || x->kind != VAL_SYM || x->n <= e->insn_count) return false;
    for (uint32_t i = 1; i <= e->insn_count; i++)
        if (ends(e, e->insns[i], owner)) return true;
    return false;
}

/* Whether dropping a reference that this function does not hold is certainly wrong. */
static bool may_not_drop(const engine *e, const fact *f)
{
    if (f->flags & FACT_ESCAPED) return false;
    switch ((origin)f->origin) {
    case ORIGIN_NEW: return true;
    case ORIGIN_BORROWED: return !(f->flags & FACT_ELEMENT) && !is_ended_here(e, f->owner);
    case ORIGIN_STATIC: return !(f->flags & FACT_STATIC);
    case ORIGIN_PARAM: return own_promised_borrow(e, f->val);
    default: return false;
    }
}

static void drop_beyond(engine *e, state *s, const ir_insn *insn, fact *f)
{
    own_val v = f->val;
    const char *check = f->flags & FACT_STOLEN ? "stolen-reuse" : "over-release";
    if (may_not_drop(e, f) && f->held <= 0) {
        defect *d = own_defect(e, s, check, insn, v);
        if (d) {
            d->held = f->held - 1, d->expected = 0;
            d->message =
                f->flags & FACT_STOLEN
                    ? own_text(e, "%s is released after the reference was stolen", own_describe(e, v))
                    : own_text(e, "%s is released, but no reference of it is held here", own_describe(e, v));
        }
        f->flags |= FACT_ESCAPED;
    }
    if (f->origin == ORIGIN_UNKNOWN) f->flags |= FACT_ESCAPED;
    f->held--;
    if (f->held < -2) f->flags |= FACT_ESCAPED;
}

static void drop_dead(engine *e, state *s, const ir_insn *insn, own_val v)
{
    defect *d = own_defect(e, s, "over-release", insn, v);
    if (!d) return;
    d->held = -1, d->expected = 0;
    d->message = own_text(e, "%s is released again", own_describe(e, v));
}

/* Closing what may not be open is how such code is written. */
static void close_opened(engine *e, state *s, const ir_insn *insn, own_val v, const char *callee)
{
    fact *f = own_fact(s, v);
    if (!f || f->held <= 0) return;
    f->held--;
    own_note(e, s, insn, TRACE_RELEASE, v, callee, NULL);
}

void own_release(engine *e, state *s, const ir_insn *insn, own_val v, const char *callee)
{
    if (is_opened(e, v)) {
        close_opened(e, s, insn, v, callee);
        return;
    }
    v = counted_object(e, v);
    fact *f = object_fact(e, s, v);
    if (!f) return;
    if (f->flags & FACT_DEAD) {
        drop_dead(e, s, insn, v);
        f->flags = (uint32_t)((f->flags & ~FACT_DEAD) | FACT_ESCAPED);
        return;
    }
    if (f->held > 0) {
        f->held--;
        bool last =
            f->held == 0 && f->origin == ORIGIN_NEW && !(f->flags & (FACT_KEPT | FACT_ESCAPED | FACT_STATIC));
        if (last && !own_stored(e, s, v)) f->flags |= FACT_DEAD;
    } else {
        drop_beyond(e, s, insn, f);
    }
    bool dead = f->flags & FACT_DEAD;
    own_note(e, s, insn, TRACE_RELEASE, v, callee, NULL);
    if (dead) dies(e, s, v);
}

static const char *steal_check(const fact *f)
{
    if (f->flags & FACT_DEAD) return "use-after-release";
    if (f->flags & FACT_STOLEN) return "stolen-reuse";
    return "missing-incref";
}

static void steal_beyond(engine *e, state *s, const ir_insn *insn, fact *f, const contract_fn *callee)
{
    own_val v = f->val;
    bool later = f->origin == ORIGIN_STATIC || f->origin == ORIGIN_BORROWED || f->origin == ORIGIN_PARAM;
    if (may_not_drop(e, f) && !later) {
        const char *check = steal_check(f);
        defect *d = s->doubtful ? NULL : own_defect(e, s, check, insn, v);
        if (d) {
            d->held = f->held, d->expected = 1;
            d->message = own_text(e, "%s steals %s, of which no reference is held here", callee->name,
                                  own_describe(e, v));
        }
        f->flags |= FACT_ESCAPED;
        return;
    }
    if (f->origin == ORIGIN_UNKNOWN) f->flags |= FACT_ESCAPED;
    f->held--;
}

void own_steal(engine *e, state *s, const ir_insn *insn, own_val v, const contract_fn *callee)
{
    fact *f = object_fact(e, s, v);
    if (!f) {
        own_escape(e, s, v);
        return;
    }
    if (f->held > 0 && !(f->flags & FACT_DEAD)) {
        f->held--;
        f->flags |= FACT_KEPT;
        if (f->held == 0 && f->origin == ORIGIN_NEW) f->flags |= FACT_STOLEN;
    } else {
        steal_beyond(e, s, insn, f, callee);
    }
    own_note(e, s, insn, TRACE_STEAL, v, callee->name, callee->source);
}

/* ---- out of sight -------------------------------------------------------------------------------------- */

/* Structures that point at themselves end the descent; what hangs deeper than a local's own parts is memory
 * anyway. */
enum { DEEPEST_ESCAPE = 4 };

static void escape(engine *e, state *s, own_val v, int depth);

static void escape_below(engine *e, state *s, own_slot at, int depth)
{
    for (size_t i = 0; i < s->binds.n && depth < DEEPEST_ESCAPE; i++)
        if (own_slot_below(e, s->binds.at[i].slot, at)) escape(e, s, s->binds.at[i].val, depth + 1);
}

static void escape_address(engine *e, state *s, own_slot at, int depth)
{
    fact *opened = own_fact(s, own_addr(e, own_slot_at(e, at)->root));
    if (opened && at == own_slot_at(e, at)->root && opened->held > 0) opened->flags |= FACT_ESCAPED;
    own_slot top = own_slot_at(e, at)->root;
    const slot *root = own_slot_at(e, top);
    if (own_slot_base(e, at)) {
        escape_below(e, s, at, depth);
    } else if (root->kind == SLOT_LOCAL && !e->exposed[root->id]) {
        e->exposed[root->id] = true;
        escape_below(e, s, top, depth);
    }
}

static void escape(engine *e, state *s, own_val v, int depth)
{
    if (!v) return;
    value x = *own_value(e, v);
    if (x.kind == VAL_EXPR) {
        escape(e, s, x.a, depth);
        escape(e, s, x.b, depth);
    } else if (x.kind == VAL_SYM) {
        fact *f = own_fact_make(s, v);
        if (f->flags & FACT_DEAD) return; /* nobody can use it any more: what follows is still a defect */
        f->flags |= FACT_ESCAPED | FACT_KEPT;
        if ((f->flags & FACT_RAISES) && !(f->flags & FACT_NONZERO) && s->error == ERR_CLEAR)
            s->error = ERR_UNKNOWN; /* whoever asks for it again does not tell us whether that call failed */
    } else if (x.kind == VAL_ADDR && own_slot_at(e, x.slot)->kind == SLOT_GLOBAL) {
        fact *f = own_fact(s, v);
        if (f && f->held > 0) f->flags |= FACT_ESCAPED;
    } else if (x.kind == VAL_ADDR) {
        escape_address(e, s, x.slot, depth);
    }
}

void own_escape(engine *e, state *s, own_val v)
{
    escape(e, s, v, 0);
}
void own_escape_below(engine *e, state *s, own_slot at)
{
    escape_below(e, s, at, 0);
}

void own_havoc(engine *e, state *s, own_slot at)
{
    own_escape_below(e, s, at);
    size_t kept = 0;
    for (size_t i = 0; i < s->binds.n; i++)
        if (!own_slot_below(e, s->binds.at[i].slot, at)) s->binds.at[kept++] = s->binds.at[i];
    s->binds.n = kept;
}

/* An object that this function made and showed to nobody: no stranger writes into it. */
static bool is_private(const state *s, own_val base)
{
    const fact *f = own_fact((state *)(uintptr_t)s, base);
    return f && f->origin == ORIGIN_NEW && !(f->flags & (FACT_ESCAPED | FACT_KEPT));
}

static bool stranger_writes(const engine *e, const state *s, own_slot at)
{
    const slot *root = own_slot_at(e, own_slot_at(e, at)->root);
    if (root->kind == SLOT_LOCAL) return e->exposed[root->id];
    if (root->kind == SLOT_GLOBAL) return true;
    return !is_private(s, root->id);
}

void own_havoc_memory(engine *e, state *s, ir_decl_id callee)
{
    for (size_t i = 0; i < s->binds.n;) {
        own_slot at = s->binds.at[i].slot;
        if (!stranger_writes(e, s, at) || own_writes_spare(e, callee, at)) {
            i++;
            continue;
        }
        own_hand_over(e, s, at, s->binds.at[i].val);
        own_unbind(s, s->binds.at[i].slot);
    }
}

/* A static object outlives every reference too many; an inference may be wrong; memory that a loop goes through may have
 * been copied, with the references in it to be counted now. */
confidence own_leak_confidence(const fact *f)
{
    if (f->origin == ORIGIN_LOADED && (f->flags & FACT_IN_LOOP)) return CONFIDENCE_LOW;
    bool outlives = f->origin == ORIGIN_STATIC || (f->flags & FACT_STATIC);
    return outlives || (f->flags & FACT_INFERRED) ? CONFIDENCE_MEDIUM : CONFIDENCE_HIGH;
}

void own_lost(engine *e, state *s, const ir_insn *insn, own_val v, const char *check)
{
    fact *f = own_fact(s, v);
    if (!f || f->held <= 0 || (f->flags & FACT_ESCAPED) || own_fact_is_null(f)) return;
    if (f->origin == ORIGIN_PARAM || f->origin == ORIGIN_STATIC || own_reachable(e, s, v)) return;
    /* A variable is there for as long as it is open. */
    if (f->origin == ORIGIN_UNKNOWN || is_opened(e, v)) return;
    defect *d = own_defect(e, s, own_is_resource(e, v) ? "resource-leak" : check, insn, v);
    if (d) {
        d->held = f->held, d->expected = 0;
        d->confidence = own_leak_confidence(f);
        d->message = own_text(e, "%s is lost: %d reference%s held, and nothing names it any more",
                              own_describe(e, v), f->held, f->held == 1 ? "" : "s");
    }
    own_fact(s, v)->flags |= FACT_ESCAPED;
}
