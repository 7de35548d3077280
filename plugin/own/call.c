/* SPDX-License-Identifier: MIT
 *
 * A call: what it does to its operands by contract or by the summary of its body, split by outcome where the
 * outcome decides (a reference that is stolen on success only; an out-argument that is set on success only).
 * Results that may be NULL need no split: a symbol that turns out to be NULL holds nothing.
 */
#include <string.h>

#include "own_p.h"

/* ---- who is called ------------------------------------------------------------------------------------- */

const contract_fn *own_through_field(const ir_unit *unit, const contract_set *contracts, const ir_insn *load)
{
    if (load->op != IR_OP_load || !load->place.step_count) return NULL;
    const ir_step *last = &load->place.steps[load->place.step_count - 1];
    if (last->kind != IR_STEP_FIELD) return NULL;
    const ir_record *record = &unit->records.at[last->record];
    const contract_field *field =
        contract_find_field(contracts, record->name, record->fields[last->field].name);
    return field ? field->fn : NULL;
}

static const contract_fn *through_field(const engine *e, const value *x)
{
    bool made_here = x->kind == VAL_SYM && x->n <= e->insn_count;
    return made_here ? own_through_field(e->unit, e->contracts, e->insns[x->n]) : NULL;
}

static const contract_fn *of_declaration(engine *e, const ir_decl *decl)
{
    const contract_fn *fn = contract_find(e->contracts, decl->name);
    if (!fn) fn = own_summary_find(e->summaries, decl->name);
    if (!fn) fn = own_summary_elsewhere(e->summaries, e->options, decl->name);
    if (fn || decl->defined) return fn;
    return own_family_find(e, e->families, own_summary_arena(e->summaries),
                           (ir_decl_id)(decl - e->unit->decls.at));
}

const contract_fn *own_callee(engine *e, const state *s, const ir_insn *insn, const char **name,
                              const ir_decl **decl)
{
    own_val v = own_operand(e, s, &insn->a);
    const value *x = own_value(e, v);
    *name = "a function pointer";
    *decl = NULL;
    if (x->kind == VAL_FUNC) {
        *decl = &e->unit->decls.at[x->n];
        *name = (*decl)->name;
        return of_declaration(e, *decl);
    }
    const contract_fn *fn = through_field(e, x);
    if (fn) *name = fn->name;
    if (fn || insn->a.kind != IR_TEMP) return fn;
    return contract_of_type(&e->arena, e->unit, e->func->temp_types[insn->a.temp]);
}

/* ---- arguments ----------------------------------------------------------------------------------------- */

static own_val argument(engine *e, const state *s, const ir_insn *insn, size_t i)
{
    return i < insn->arg_count ? own_operand(e, s, &insn->args[i]) : 0;
}

static void check_null_argument(engine *e, state *s, const ir_insn *insn, own_val v, const char *callee,
                                size_t i)
{
    fact *f = own_fact(s, v);
    const value *x = own_value(e, v);
    bool null = (x->kind == VAL_INT && x->n == 0) || own_fact_is_null(f);
    bool open = f && (f->flags & FACT_MAY_FAIL);
    if ((!null && !open) || (null && !own_null_is_certain(s, v))) return;
    defect *d = own_defect(e, s, null ? "null-argument" : "unchecked-result", insn, v);
    if (d && null) d->message = own_text(e, "argument %zu of %s is NULL on this path", i + 1, callee);
    if (d && !null)
        d->message =
            own_text(e, "%s may be NULL, and is passed to %s without a check", own_describe(e, v), callee);
    if (null) s->doubtful = true; /* what follows does not run */
    if (!f) return;
    f->flags = (uint32_t)(f->flags & ~FACT_MAY_FAIL);
    if (!null) f->flags |= FACT_NONZERO;
}

/* An open resource whose bytes go somewhere (memcpy) is open there from then on. */
static bool is_moved_out(const engine *e, const ir_insn *insn, size_t i, own_val v)
{
    if (insn->args[i].kind != IR_TEMP || !own_is_resource(e, v)) return false;
    const ir_type *type = ir_type_of(e->unit, e->func->temp_types[insn->args[i].temp]);
    return type->kind == IR_POINTER && ir_type_of(e->unit, type->of)->kind == IR_VOID;
}

static void use_arguments(engine *e, state *s, const ir_insn *insn, const contract_fn *fn, const char *name)
{
    for (size_t i = 0; i < insn->arg_count; i++) {
        own_val v = argument(e, s, insn, i);
        if (!v) continue;
        if (is_moved_out(e, insn, i, v)) own_escape(e, s, v);
        const value *x = own_value(e, v);
        if (x->kind == VAL_SYM && x->n > e->insn_count &&
            own_is_error_out(e, (size_t)(x->n - e->insn_count - 1)))
            own_fact_make(s, v)->flags |= FACT_TOLD;
        const contract_param *p = fn && i < fn->param_count ? &fn->params[i] : NULL;
        bool drops = p && (p->effect == CONTRACT_RELEASES || p->effect == CONTRACT_STEALS ||
                           p->effect == CONTRACT_RETAINS);
        if (!drops) own_touch(e, s, insn, v, false, own_text(e, "is passed to %s", name));
        if (p && p->nonnull) check_null_argument(e, s, insn, v, name, i);
    }
}

static bool takes_back(const char *domains, const char *domain)
{
    size_t n = strlen(domain);
    for (const char *at = domains; (at = strstr(at, domain)) != NULL; at += n)
        if ((at == domains || at[-1] == ' ') && (at[n] == ' ' || !at[n])) return true;
    return false;
}

/* Memory goes back to the domain that it came from. */
static void check_allocator(engine *e, state *s, const ir_insn *insn, const char *name)
{
    const char *takes = contract_frees(e->contracts, name);
    own_val v = takes ? argument(e, s, insn, 0) : 0;
    const value *x = own_value(e, v);
    const ir_insn *made = x->kind == VAL_SYM && x->n <= e->insn_count ? e->insns[x->n] : NULL;
    if (!made || made->op != IR_OP_call || made->a.kind != IR_NAME || x->part) return;
    const char *maker = e->unit->decls.at[made->a.name].name, *from = contract_allocates(e->contracts, maker);
    if (!from || takes_back(takes, from)) return;
    defect *d = own_defect(e, s, "allocator-mismatch", insn, v);
    if (d) d->message = own_text(e, "memory from %s goes to %s, which takes back another kind", maker, name);
}

/* What became of a call; split only where it decides. */
enum { OPEN = -1, FAILS, SUCCEEDS, FINDS_NOTHING, SUCCEEDS_LEAST };

/* ---- out-arguments ------------------------------------------------------------------------------------- */

static own_slot target(engine *e, own_val v)
{
    const value *x = own_value(e, v);
    if (x->kind == VAL_ADDR) return x->slot;
    return x->kind == VAL_SYM ? own_slot_root(e, SLOT_DEREF, v) : 0;
}

static own_val receive(engine *e, state *s, const ir_insn *insn, size_t i, bool owned, bool nullable,
                       const char *callee)
{
    own_val fresh = own_fresh(e, s, insn, (uint32_t)i + 1);
    fact *f = own_fact_make(s, fresh);
    f->origin = owned ? ORIGIN_NEW : ORIGIN_BORROWED;
    f->held = owned;
    f->flags |= FACT_COUNTED;
    if (!nullable) f->flags |= FACT_NONZERO;
    own_note(e, s, insn, owned ? TRACE_ACQUIRE : TRACE_BORROW, fresh, callee, NULL);
    return fresh;
}

/* The one argument that a call steals to put it into the variable that it changes; else arg_count. */
static size_t put_in(const ir_insn *insn, const contract_fn *fn)
{
    size_t found = insn->arg_count, variables = 0;
    for (size_t i = 0; i < fn->param_count && i < insn->arg_count; i++) {
        variables += fn->params[i].effect == CONTRACT_INOUT;
        if (fn->params[i].effect != CONTRACT_STEALS) continue;
        if (found < insn->arg_count) return insn->arg_count;
        found = i;
    }
    return variables == 1 ? found : insn->arg_count;
}

/* The address of the variable that such a call changes. */
static own_val put_into(engine *e, const state *s, const ir_insn *insn, const contract_fn *fn)
{
    size_t i = 0;
    if (put_in(insn, fn) == insn->arg_count) return 0;
    while (i < fn->param_count && fn->params[i].effect != CONTRACT_INOUT) i++;
    return argument(e, s, insn, i);
}

/* After the effects: the variable, if there is one, holds what was stolen for it, with the reference that came along. */
static void settle(engine *e, state *s, const ir_insn *insn, const contract_fn *fn)
{
    size_t from = put_in(insn, fn);
    own_val v = argument(e, s, insn, from), variable = put_into(e, s, insn, fn);
    fact *f = own_fact(s, v);
    if (own_truth(e, s, variable) == 0) return;
    if (from < insn->arg_count && !target(e, variable))
        return own_escape(e, s, v); /* which one is not known */
    if (!f || f->held < 0 || own_value(e, v)->kind != VAL_SYM || own_fact_is_null(f)) return;
    f->held++;
    f->flags = (uint32_t)(f->flags & ~(FACT_STOLEN | FACT_KEPT));
}

/* T ** in and out: what stood there is taken, a new reference or NULL stands there after. */
static void exchange(engine *e, state *s, const ir_insn *insn, size_t i, const contract_fn *fn, bool failed)
{
    own_slot at = target(e, argument(e, s, insn, i));
    if (!at) return;
    own_val old = own_get(s, at);
    const fact *f = own_fact(s, old);
    if (own_is_of_field(e, s, at, old)) { /* the reference that goes is the field's own */
        own_leave_field(e, s, old);
    } else if (f && (f->held > 0 || (f->held == -1 && e->dialect))) {
        own_fact(s, old)->held--;
        own_note(e, s, insn, TRACE_STEAL, old, fn->name, fn->source);
    } else if (old) {
        own_escape(e, s, old);
    }
    bool known = f && f->origin == ORIGIN_NEW && !(f->flags & FACT_ESCAPED);
    bool empty = failed && fn->result == CONTRACT_RESULT_NONE && fn->raises && !fn->params[i].nonnull;
    own_val put = argument(e, s, insn, put_in(insn, fn));
    if (put) {
        own_bind(s, at, own_truth(e, s, put) == 0 ? own_int(e, 0) : put);
        own_check_ring(e, s, insn, at, put);
        return;
    }
    if (empty) {
        own_bind(s, at, own_int(e, 0));
        return;
    }
    own_val now = receive(e, s, insn, i, true, !fn->params[i].nonnull && !fn->raises, fn->name);
    if (!known) own_fact(s, now)->flags |= FACT_ESCAPED;
    own_bind(s, at, now);
}

static void set_out(engine *e, state *s, const ir_insn *insn, size_t i, const contract_fn *fn, int outcome)
{
    own_val argument_value = argument(e, s, insn, i);
    own_slot at = target(e, argument_value);
    if (!at) return own_escape(e, s, argument_value);
    if (fn->params[i].raises) {
        if (outcome == FAILS) own_bind(s, at, receive(e, s, insn, i, true, false, fn->name));
        return;
    }
    if (outcome == FAILS) {
        if (fn->trust > CONTRACT_TRUST_INFERRED) own_bind(s, at, own_int(e, 0));
        return;
    }
    if (outcome == FINDS_NOTHING && fn->params[i].effect == CONTRACT_OUT_BORROWED) return;
    bool owned = fn->params[i].effect == CONTRACT_OUT_NEW, open = fn->params[i].nullable && outcome == OPEN;
    own_val old = own_get(s, at);
    own_val now = outcome == FINDS_NOTHING ? own_int(e, 0) : receive(e, s, insn, i, owned, open, fn->name);
    if (outcome != FINDS_NOTHING && fn->trust <= CONTRACT_TRUST_INFERRED)
        own_fact(s, now)->flags |= FACT_INFERRED;
    own_bind(s, at, now);
    if (old) own_lost(e, s, insn, old, "overwrite-leak");
}

/* ---- effects ------------------------------------------------------------------------------------------- */

static void keep(state *s, own_val v)
{
    fact *f = own_fact(s, v);
    if (f) f->flags |= FACT_KEPT;
}

/* Given the address of a variable, drops what stands there and leaves NULL. */
static void release(engine *e, state *s, const ir_insn *insn, own_val v, const contract_fn *fn, bool variable)
{
    own_slot at = variable ? target(e, v) : 0;
    if (!at) {
        own_release(e, s, insn, v, fn->name);
        return;
    }
    own_val old = own_get(s, at);
    own_bind(s, at, own_int(e, 0));
    if (old) own_release(e, s, insn, old, fn->name);
}

/* A floating reference goes to the first who sinks it: to the callee, or through its result to the caller. */
static bool sink(engine *e, state *s, const ir_insn *insn, size_t i, const contract_fn *fn, own_val v)
{
    fact *f = own_fact(s, v);
    if (!f || !(f->flags & FACT_FLOATING)) return false;
    f->flags &= ~(uint32_t)FACT_FLOATING;
    bool caller = fn->result == CONTRACT_RESULT_ARG && fn->result_arg == (int)i;
    if (!caller) own_steal(e, s, insn, v, fn);
    return true;
}

/* What becomes of a floating reference where nobody says who sinks it. */
static void let_float(engine *e, state *s, const ir_insn *insn, const contract_fn *fn)
{
    for (size_t i = 0; i < insn->arg_count; i++) {
        own_val v = argument(e, s, insn, i);
        const fact *f = own_fact(s, v);
        bool described = i < fn->param_count && fn->trust >= CONTRACT_TRUST_PACK;
        if (f && (f->flags & FACT_FLOATING) && !described) own_escape(e, s, v);
    }
}

static void apply(engine *e, state *s, const ir_insn *insn, size_t i, const contract_fn *fn, int outcome)
{
    bool failed = outcome == FAILS;
    const contract_param *p = &fn->params[i];
    own_val v = argument(e, s, insn, i);
    if (p->sinks && sink(e, s, insn, i, fn, v)) return;
    switch (p->effect) {
    case CONTRACT_UNKNOWN: own_escape(e, s, v); break;
    case CONTRACT_BORROWED: break;
    case CONTRACT_STEALS: own_steal(e, s, insn, v, fn); break;
    case CONTRACT_STEALS_ON_SUCCESS:
        if (!failed) own_steal(e, s, insn, v, fn);
        if (failed && own_fact(s, v)) own_fact(s, v)->flags |= FACT_REFUSED;
        break;
    case CONTRACT_RETAINS: own_retain(e, s, insn, v, fn->name); break;
    case CONTRACT_RETAINS_ON_SUCCESS:
        if (!failed) own_retain(e, s, insn, v, fn->name);
        break;
    case CONTRACT_RELEASES_ON_FAILURE:
        if (failed) own_release(e, s, insn, v, fn->name);
        break;
    case CONTRACT_RELEASES: release(e, s, insn, v, fn, p->variable); break;
    case CONTRACT_OUT_NEW:
    case CONTRACT_OUT_BORROWED: set_out(e, s, insn, i, fn, outcome); break;
    case CONTRACT_INOUT: exchange(e, s, insn, i, fn, failed); break;
    }
    if (p->keeps) keep(s, v);
}

/* Whether memory that a field of the container points to, or an array in the container itself, has the slot. */
static bool is_in_array(const engine *e, const state *s, own_slot at, own_val container)
{
    own_val base = own_slot_base(e, at);
    if (!base) return false;
    if (base == container) return own_slot_at(e, at)->kind == SLOT_INDEX;
    for (size_t i = 0; i < s->binds.n; i++)
        if (s->binds.at[i].val == base && own_slot_base(e, s->binds.at[i].slot) == container) return true;
    return false;
}

/* What a container is given to keep may take the place of what was read from it before. */
static void refill(engine *e, state *s, const ir_insn *insn, const contract_fn *fn)
{
    own_val container = argument(e, s, insn, 0);
    bool steals = false;
    for (size_t i = 1; i < fn->param_count; i++) steals |= fn->params[i].effect == CONTRACT_STEALS;
    if (!steals || own_value(e, container)->kind != VAL_SYM) return;
    for (size_t i = s->binds.n; i-- > 0;) {
        if (!is_in_array(e, s, s->binds.at[i].slot, container)) continue;
        own_hand_over(e, s, s->binds.at[i].slot, s->binds.at[i].val);
        own_unbind(s, s->binds.at[i].slot);
    }
}

static bool outcome_matters(const contract_fn *fn)
{
    for (size_t i = 0; i < fn->param_count; i++)
        if (fn->params[i].raises || (fn->params[i].looked_at && fn->result == CONTRACT_RESULT_NONE))
            return true;
    if (fn->raises && (fn->failure == CONTRACT_FAILS_ZERO || fn->failure == CONTRACT_FAILS_NONZERO))
        return true;
    if (fn->format_kind && strcmp(fn->format_kind, "build") != 0 && strcmp(fn->format_kind, "message") != 0)
        return true;
    for (size_t i = 0; i < fn->param_count; i++) {
        contract_effect x = fn->params[i].effect;
        if (x == CONTRACT_STEALS_ON_SUCCESS || x == CONTRACT_RETAINS_ON_SUCCESS ||
            x == CONTRACT_RELEASES_ON_FAILURE)
            return true;
        if (x >= CONTRACT_OUT_NEW && (fn->raises || fn->fails || fn->trust <= CONTRACT_TRUST_INFERRED))
            return true;
    }
    return fn->result == CONTRACT_RESULT_ARG && fn->nullable;
}

/* A look-up by out-argument says by its number whether it found something: 1, 0, or -1 for an error. One without a
 * result that fills several out-arguments fills all of them or none; one that steps through a container leaves them
 * alone at its end. */
static bool may_find_nothing(const engine *e, const ir_insn *insn, const contract_fn *fn)
{
    ir_type_kind kind = ir_type_of(e->unit, insn->type)->kind;
    size_t outs = 0;
    for (size_t i = 0; i < fn->param_count; i++) {
        outs += fn->params[i].effect == CONTRACT_OUT_NEW && fn->params[i].nullable;
        outs += fn->params[i].effect == CONTRACT_OUT_BORROWED && !fn->raises; /* a step through a container */
    }
    if (fn->fails || (fn->trust <= CONTRACT_TRUST_INFERRED && !fn->finds)) return false;
    return (kind == IR_INT && outs > 0) || (kind != IR_INT && kind != IR_POINTER && outs > 1);
}

/* ---- results ------------------------------------------------------------------------------------------- */

/* Failure is negative and success is 0: as a body says, and as an interface does that moves or changes references. */
static bool succeeds_with_zero(const contract_fn *fn)
{
    if (fn->trust <= CONTRACT_TRUST_INFERRED) return fn->succeeds_zero;
    for (size_t i = 0; i < fn->param_count; i++)
        if (fn->params[i].effect == CONTRACT_STEALS_ON_SUCCESS || fn->params[i].effect == CONTRACT_INOUT ||
            fn->params[i].effect == CONTRACT_RETAINS_ON_SUCCESS)
            return true;
    return false;
}

static bool constrain_result(engine *e, state *s, own_val v, const contract_fn *fn, bool pointer, bool failed)
{
    switch (fn->failure) {
    case CONTRACT_FAILS_ZERO: return failed ? own_constrain(e, s, v, 0, 0) : own_assume(e, s, v, true);
    case CONTRACT_FAILS_NONZERO: return failed ? own_assume(e, s, v, true) : own_constrain(e, s, v, 0, 0);
    case CONTRACT_FAILS_ALWAYS:
        if (pointer) return own_constrain(e, s, v, 0, 0);
        return fn->trust > CONTRACT_TRUST_INFERRED || own_constrain(e, s, v, INT64_MIN, -1);
    case CONTRACT_FAILS_NEVER: return !failed;
    default: break;
    }
    if (pointer) return failed ? own_constrain(e, s, v, 0, 0) : own_assume(e, s, v, true);
    if (!failed && succeeds_with_zero(fn)) return own_constrain(e, s, v, 0, 0);
    int64_t least = fn->trust > CONTRACT_TRUST_INFERRED ? -1 : INT64_MIN; /* the API's failures are -1 */
    return failed ? own_constrain(e, s, v, least, -1) : own_constrain(e, s, v, 0, INT64_MAX);
}

static own_val same_as_argument(engine *e, state *s, const ir_insn *insn, const contract_fn *fn)
{
    return argument(e, s, insn, (size_t)fn->result_arg);
}

/* An element by its number: that it is none of them is ruled out by whoever asks, long before. */
static bool is_indexed(const contract_fn *fn)
{
    return fn->result == CONTRACT_RESULT_BORROWED_FROM && fn->raises && fn->param_count == 2 &&
           !fn->params[1].object;
}

static void describe_result(engine *e, state *s, const ir_insn *insn, own_val v, const contract_fn *fn,
                            const char *name)
{
    fact *f = own_fact_make(s, v);
    own_type_range(ir_type_of(e->unit, insn->type), f);
    if (fn->nonnull) f->flags |= FACT_NONZERO;
    bool sure = (fn->trust > CONTRACT_TRUST_INFERRED || fn->raises) && !is_indexed(fn);
    if (fn->nullable && sure && !fn->no_effect && !(f->flags & FACT_NONZERO)) f->flags |= FACT_MAY_FAIL;
    if (fn->trust <= CONTRACT_TRUST_INFERRED) f->flags |= FACT_INFERRED;
    if (fn->result == CONTRACT_RESULT_NEW) {
        f->origin = ORIGIN_NEW, f->held = 1, f->flags |= FACT_COUNTED;
        if (fn->kept) f->flags |= FACT_KEPT;
        if (fn->floating) f->flags |= FACT_FLOATING;
        own_note(e, s, insn, TRACE_ACQUIRE, v, name, fn->source);
    } else if (fn->result == CONTRACT_RESULT_BORROWED || fn->result == CONTRACT_RESULT_BORROWED_FROM) {
        ir_record_id record;
        bool object = ir_type_is_pointer_to_record(e->unit, insn->type, &record);
        f->origin = ORIGIN_BORROWED;
        f->flags |= object ? FACT_COUNTED : FACT_INNER;
        if (!object) f->flags &= (uint32_t)~FACT_MAY_FAIL;
        if (fn->result == CONTRACT_RESULT_BORROWED_FROM) {
            own_val owner = argument(e, s, insn, (size_t)fn->result_arg);
            if (own_value(e, owner)->kind == VAL_SYM) own_fact_make(s, v)->owner = owner;
        }
        own_note(e, s, insn, TRACE_BORROW, v, name, fn->source);
    } else if (fn->result == CONTRACT_RESULT_UNKNOWN) { /* a described function whose result floats */
        bool object = contract_object_at(e->contracts, e->unit, insn->type);
        bool floats = object && fn->trust >= CONTRACT_TRUST_PACK && !fn->no_effect;
        f->origin = floats ? ORIGIN_LOADED : ORIGIN_UNKNOWN;
    }
    if (own_fact_is_null(own_fact(s, v))) own_fact(s, v)->held = 0;
}

/* The same question about the same object has the same answer. */
static bool is_question(const contract_fn *fn, const ir_insn *insn)
{
    if (fn && fn->result == CONTRACT_RESULT_ARG) return false;
    return fn && fn->no_effect && insn->arg_count >= 1 && insn->arg_count <= 2 && insn->a.kind == IR_NAME;
}

static void answer(engine *e, state *s, const ir_insn *insn, const contract_fn *fn, const char *name)
{
    own_val a = argument(e, s, insn, 0), b = argument(e, s, insn, 1);
    if (a && (b || insn->arg_count == 1) && fn->result == CONTRACT_RESULT_NONE) {
        own_val v = own_pure(e, insn->a.name, a, b);
        if (fn->raises) own_fact_make(s, v)->flags |= FACT_RAISES;
        own_temp_set(s, insn->dst, v);
        return;
    }
    own_val v = own_fresh(e, s, insn, 0);
    describe_result(e, s, insn, v, fn, name);
    if (fn->raises) own_fact(s, v)->flags |= FACT_RAISES;
    own_temp_set(s, insn->dst, v);
}

/* ---- the error indicator ------------------------------------------------------------------------------- */

/* Whether the call that could last set the error is known to have succeeded. */
static bool suspect_succeeded(engine *e, state *s)
{
    own_val v = s->suspect;
    fact *f = own_fact(s, v);
    if (!v || !f) return false;
    if (f->flags & FACT_COUNTED) return own_truth(e, s, v) == 1;
    return f->lo >= 0;
}

/* The error is asked for: it is set when the last call that could set it failed. NULL without an error may still be an
 * answer, where the contract does not say that it is a failure. */
static void tell_error(engine *e, state *s, const ir_insn *insn, const contract_fn *fn, const char *name,
                       bool set)
{
    fact *f = own_fact(s, s->suspect);
    bool possible = true;
    bool decides = f && (f->flags & FACT_COUNTED) && (set || (f->flags & FACT_RAISES));
    if (decides && s->error != ERR_SET) possible = own_assume(e, s, s->suspect, !set);
    bool clear = s->error == ERR_CLEAR || s->error == ERR_EITHER;
    s->error = set ? ERR_SET : clear ? ERR_CLEAR : ERR_UNKNOWN;
    if (insn->dst && possible) {
        own_val v = own_fresh(e, s, insn, 0);
        describe_result(e, s, insn, v, fn, name);
        possible = set ? own_assume(e, s, v, true) : own_constrain(e, s, v, 0, 0);
        own_temp_set(s, insn->dst, set ? v : own_int(e, 0));
    }
    if (possible)
        vec_push(&e->next, s);
    else
        own_state_free(s);
}

static void ask_for_error(engine *e, state *s, const ir_insn *insn, const contract_fn *fn, const char *name)
{
    tell_error(e, own_state_copy(s), insn, fn, name, false);
    if (s->error != ERR_SET && suspect_succeeded(e, s))
        own_state_free(s);
    else
        tell_error(e, s, insn, fn, name, true);
}

/* Whose failure an error that is found set from now on is. */
static void suspect(state *s, const contract_fn *fn, own_val result)
{
    if (fn->clears_error)
        s->suspect = 0;
    else if (fn->raises || (fn->nullable && !fn->no_effect && fn->trust > CONTRACT_TRUST_INFERRED))
        s->suspect = result;
    else if (fn->trust <= CONTRACT_TRUST_INFERRED || fn->calls_out)
        s->suspect = 0;
}

/* Failure that is not known yet is remembered with the result. A question without arguments may be about the
 * error. */
static void set_error(state *s, const contract_fn *fn, own_val result, int outcome)
{
    fact *f = own_fact(s, result);
    bool always = fn->failure == CONTRACT_FAILS_ALWAYS;
    if (fn->clears_error) s->error = ERR_CLEAR;
    if (fn->may_miss) {
        if (fn->raises && f) f->flags |= FACT_MAY_MISS;
        return;
    }
    if (fn->raises && (always || outcome == 0))
        s->error = ERR_SET, s->error_sure = true;
    else if (fn->raises && outcome < 0 && f)
        f->flags |= FACT_RAISES;
    else if (fn->raises && outcome < 0 && s->error == ERR_CLEAR)
        s->error = ERR_UNKNOWN;
    else if (!fn->raises && !fn->no_effect && result) /* who describes the API says what touches the error */
        s->error = s->error == ERR_SET && fn->trust >= CONTRACT_TRUST_PACK ? ERR_SET : ERR_UNKNOWN;
    else if (fn->trust <= CONTRACT_TRUST_INFERRED || fn->calls_out)
        s->error = ERR_UNKNOWN;
}

/* `if (!p) die();`: the call right behind a branch may be there because it does not return. */
static bool may_be_last_word(const engine *e, const state *s, const ir_insn *insn)
{
    bool branched = s->trace && (s->trace->kind == TRACE_TRUE || s->trace->kind == TRACE_FALSE);
    return branched && ir_type_of(e->unit, insn->type)->kind == IR_VOID;
}

/* A body that was read writes to memory like any other; what it does to its arguments is known. */
static void after_body(engine *e, state *s, const ir_insn *insn, const contract_fn *fn)
{
    for (size_t i = 0; i < insn->arg_count; i++) {
        const value *x = own_value(e, argument(e, s, insn, i));
        bool known = i < fn->param_count && fn->params[i].effect >= CONTRACT_OUT_NEW;
        if (x->kind != VAL_ADDR || known) continue;
        const slot *at = own_slot_at(e, x->slot);
        own_havoc(e, s, at->kind == SLOT_INDEX ? at->parent : x->slot);
    }
    own_havoc_memory(e, s, insn->a.kind == IR_NAME ? insn->a.name : 0);
}

/* A variable that is no object is handed over by its address to be written, where the contract says nothing else of it. */
static void write_plain(engine *e, state *s, const ir_insn *insn, const contract_fn *fn)
{
    for (size_t i = 0; i < fn->param_count && i < insn->arg_count && !fn->no_effect; i++) {
        const value *x = own_value(e, argument(e, s, insn, i));
        bool given = x->kind == VAL_ADDR && insn->args[i].kind == IR_TEMP;
        if (!given || fn->params[i].effect != CONTRACT_BORROWED) continue;
        ir_type_id to = ir_type_of(e->unit, e->func->temp_types[insn->args[i].temp])->of;
        const ir_type *type = ir_type_of(e->unit, to);
        bool object = contract_object_at(e->contracts, e->unit, to);
        bool plain = type->kind == IR_INT || type->kind == IR_BOOL || (type->kind == IR_POINTER && !object);
        if (plain && !type->is_const && own_slot_at(e, x->slot)->kind != SLOT_INDEX) own_havoc(e, s, x->slot);
    }
}

/* One outcome of a call with a contract; pushes the state, or frees it when the outcome cannot be. */
static void known_call(engine *e, state *s, const ir_insn *insn, const contract_fn *fn, const char *name,
                       int outcome)
{
    bool failed = outcome == FAILS, pointer = ir_type_of(e->unit, insn->type)->kind == IR_POINTER;
    bool least = outcome == SUCCEEDS_LEAST;
    if (least) outcome = SUCCEEDS;
    if (fn->format_kind)
        own_format(e, s, insn, fn, failed ? FORMAT_FAILS : least ? FORMAT_LEAST : FORMAT_FILLS);
    own_val same = fn->result == CONTRACT_RESULT_ARG ? same_as_argument(e, s, insn, fn) : 0;
    bool possible = true;
    let_float(e, s, insn, fn);
    own_val variable = fn->trust >= CONTRACT_TRUST_PACK ? put_into(e, s, insn, fn) : 0;
    if (variable) possible = own_assume(e, s, variable, true); /* nobody puts something into nowhere */
    for (size_t i = 0; i < fn->param_count; i++) {
        if (fn->params[i].looked_at && outcome == SUCCEEDS)
            possible = own_assume(e, s, argument(e, s, insn, i), true) && possible;
        apply(e, s, insn, i, fn, outcome);
    }
    settle(e, s, insn, fn);
    refill(e, s, insn, fn);
    if (!failed) own_loosen(e, s, insn, fn);
    if (fn->trust <= CONTRACT_TRUST_DEFAULT && may_be_last_word(e, s, insn)) s->doubtful = true;
    if (fn->clears_error && outcome == FINDS_NOTHING && s->error != ERR_CLEAR) s->doubtful = true;
    write_plain(e, s, insn, fn);
    if (fn->trust <= CONTRACT_TRUST_INFERRED || fn->dialect) after_body(e, s, insn, fn);
    own_val result = 0;
    if (insn->dst && same) {
        own_temp_set(s, insn->dst, failed ? own_int(e, 0) : same);
        if (outcome == SUCCEEDS) possible = own_assume(e, s, same, true) && possible;
    } else if (insn->dst) {
        own_val v = own_fresh(e, s, insn, 0);
        describe_result(e, s, insn, v, fn, name);
        if (outcome == FINDS_NOTHING)
            possible = own_constrain(e, s, v, 0, 0) && possible;
        else if (outcome >= 0)
            possible = constrain_result(e, s, v, fn, pointer, failed) && possible;
        if (outcome == SUCCEEDS && may_find_nothing(e, insn, fn)) /* 1: found; 0: not; negative: failed */
            possible = possible && own_constrain(e, s, v, 1, 1);
        else if (fn->failure == CONTRACT_FAILS_ALWAYS)
            possible = constrain_result(e, s, v, fn, pointer, true) && possible;
        if (own_fact_is_null(own_fact(s, v))) own_fact(s, v)->held = 0;
        result = v;
        own_temp_set(s, insn->dst, own_fact_is_null(own_fact(s, v)) ? own_int(e, 0) : v);
    }
    set_error(s, fn, result, outcome);
    suspect(s, fn, result);
    if (fn->failure == CONTRACT_FAILS_ALWAYS)
        own_fail_rarely(e, s, insn);
    else if (outcome >= 0)
        own_note(e, s, insn,
                 failed                ? TRACE_FAILS
                 : outcome == SUCCEEDS ? TRACE_SUCCEEDS
                                       : TRACE_NULL,
                 0, name, fn->source);
    if (possible)
        vec_push(&e->next, s);
    else
        own_state_free(s);
}

/* ---- nobody knows -------------------------------------------------------------------------------------- */

/* It may keep, drop or ignore what it gets, and write to all that it can reach. A function of the system's
 * headers does not reach the program's own objects but through its arguments. */
static void unknown_call(engine *e, state *s, const ir_insn *insn, const ir_decl *decl)
{
    for (size_t i = 0; i < insn->arg_count; i++) {
        own_val v = argument(e, s, insn, i);
        if (!v) continue;
        own_escape(e, s, v);
        const value *x = own_value(e, v);
        own_slot at = x->kind == VAL_ADDR  ? x->slot
                      : x->kind == VAL_SYM ? own_slot_root(e, SLOT_DEREF, v)
                                           : 0;
        if (at && own_slot_at(e, at)->kind == SLOT_INDEX) at = own_slot_at(e, at)->parent;
        if (at) own_havoc(e, s, at);
    }
    if (may_be_last_word(e, s, insn)) s->doubtful = true;
    if (!decl || !ir_in_system_header(e->unit, &decl->span)) {
        s->suspect = 0;
        own_havoc_memory(e, s, 0);
        s->error = ERR_UNKNOWN;
    }
    if (insn->dst) {
        own_val v = own_fresh(e, s, insn, 0);
        own_fact_make(s, v)->origin = ORIGIN_UNKNOWN;
        own_type_range(ir_type_of(e->unit, insn->type), own_fact(s, v));
        own_temp_set(s, insn->dst, v);
    }
    vec_push(&e->next, s);
}

/* Nobody looks whether it failed: what follows was written for success, unless the failure is told by an argument. */
static bool is_ignored(engine *e, const state *s, const ir_insn *insn, const contract_fn *fn)
{
    for (size_t i = 0; i < fn->param_count; i++)
        if (fn->params[i].raises && own_value(e, argument(e, s, insn, i))->kind == VAL_ADDR) return false;
    size_t n;
    const uint32_t *dead = own_dead_temps(e->live, e->current, &n);
    for (size_t i = 0; i < n; i++)
        if (dead[i] == insn->dst) return true;
    return false;
}

void own_call(engine *e, state *s, const ir_insn *insn)
{
    const char *name;
    const ir_decl *decl;
    const contract_fn *fn = own_callee(e, s, insn, &name, &decl);
    use_arguments(e, s, insn, fn, name);
    check_allocator(e, s, insn, name);
    if (fn && fn->noreturn) {
        own_state_free(s);
    } else if (!fn) {
        unknown_call(e, s, insn, decl);
    } else if (fn->tells_error) {
        ask_for_error(e, s, insn, fn, name);
    } else if (is_question(fn, insn)) {
        answer(e, s, insn, fn, name);
        suspect(s, fn, own_temp(s, insn->dst));
        vec_push(&e->next, s);
    } else if ((outcome_matters(fn) || may_find_nothing(e, insn, fn)) && insn->dst &&
               is_ignored(e, s, insn, fn)) {
        known_call(e, s, insn, fn, name, SUCCEEDS);
    } else if (outcome_matters(fn) && fn->failure == CONTRACT_FAILS_ALWAYS) {
        known_call(e, s, insn, fn, name, FAILS);
    } else if (outcome_matters(fn)) {
        state *failure = own_state_copy(s);
        if (may_find_nothing(e, insn, fn)) known_call(e, own_state_copy(s), insn, fn, name, FINDS_NOTHING);
        if (fn->format_kind && own_format(e, s, insn, fn, FORMAT_ASK))
            known_call(e, own_state_copy(s), insn, fn, name, SUCCEEDS_LEAST);
        known_call(e, s, insn, fn, name, SUCCEEDS);
        known_call(e, failure, insn, fn, name, FAILS);
    } else if (may_find_nothing(e, insn, fn)) {
        known_call(e, own_state_copy(s), insn, fn, name, FINDS_NOTHING);
        known_call(e, s, insn, fn, name, SUCCEEDS);
    } else {
        known_call(e, s, insn, fn, name, OPEN);
    }
}
