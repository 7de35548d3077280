/* SPDX-License-Identifier: MIT
 *
 * The invariant at a way out: held = returned + stored by agreement. What one exit shows is kept as a record:
 * some defects are only certain, and the function's summary only known, when all exits are seen.
 */
#include <string.h>

#include "own_p.h"

static way_out way_of(engine *e, const state *s, own_val v, bool pointer)
{
    const value *x = own_value(e, v);
    int64_t lo, hi;
    own_range(e, s, v, &lo, &hi);
    if (x->kind == VAL_INT) lo = hi = x->n;
    if (pointer) {
        int truth = own_truth(e, s, v);
        return truth == 0 ? WAY_FAILURE : truth == 1 ? WAY_SUCCESS : WAY_OPEN;
    }
    return hi < 0 ? WAY_FAILURE : lo >= 0 && v ? WAY_SUCCESS : WAY_OPEN;
}

/* The first of what a loop walks through: the function that makes it steals it in each turn to make the next. */
static bool is_walked(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    const ir_insn *made = x->kind == VAL_SYM && x->n <= e->insn_count ? e->insns[x->n] : NULL;
    if (!made || made->op != IR_OP_call || made->a.kind != IR_NAME) return false;
    const contract_fn *fn = contract_find(e->contracts, e->unit->decls.at[made->a.name].name);
    bool steals = false;
    for (size_t i = 0; fn && i < fn->param_count; i++) steals |= fn->params[i].effect == CONTRACT_STEALS;
    for (uint32_t i = 1; i <= e->insn_count && steals; i++) {
        const ir_insn *insn = e->insns[i];
        if (insn->op == IR_OP_call && insn->a.kind == IR_NAME && insn->a.name == made->a.name &&
            e->in_loop[i])
            return true;
    }
    return false;
}

static const char *leak_check(const engine *e, const fact *f, bool failed)
{
    if (own_is_resource(e, f->val)) return "resource-leak";
    if (failed) return "leak-on-error";
    bool turn = (f->flags & FACT_IN_LOOP) || is_walked(e, f->val);
    return turn && !e->in_loop[e->current] ? "loop-exit-leak" : "leak";
}

static bool asks_about(const engine *e, const ir_opnd *o, ir_local_id local, int depth)
{
    enum { DEEPEST_CONDITION = 6 };
    const ir_insn *insn = o->kind == IR_TEMP && depth < DEEPEST_CONDITION ? e->defs[o->temp] : NULL;
    if (!insn) return false;
    if (insn->op == IR_OP_load)
        return insn->place.base == IR_BASE_LOCAL && insn->place.id == local && insn->place.step_count;
    return asks_about(e, &insn->a, local, depth + 1) || asks_about(e, &insn->b, local, depth + 1);
}

static bool closes(const engine *e, const ir_block *block, ir_local_id local)
{
    for (size_t i = 0; i < block->n; i++) {
        const ir_insn *insn = &block->insns[i];
        const ir_insn *at = insn->op == IR_OP_call && insn->arg_count && insn->args[0].kind == IR_TEMP
                                ? e->defs[insn->args[0].temp]
                                : NULL;
        if (at && at->op == IR_OP_addr && at->place.base == IR_BASE_LOCAL && at->place.id == local)
            return true;
    }
    return false;
}

/* A resource that is closed where one of its own fields says that it is open: the fields tell more than is followed here. */
static bool is_guarded(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    if (x->kind != VAL_ADDR || own_slot_at(e, x->slot)->kind != SLOT_LOCAL) return false;
    ir_local_id local = own_slot_at(e, x->slot)->id;
    for (ir_block_id b = 1; b < e->func->block_count; b++) {
        const ir_block *block = &e->func->blocks[b];
        const ir_insn *last = block->n ? &block->insns[block->n - 1] : NULL;
        if (!last || last->op != IR_OP_br || !asks_about(e, &last->a, local, 0)) continue;
        for (size_t i = 0; i < 2; i++) { /* `if (it is open) close it;` and on */
            const ir_block *then = &e->func->blocks[last->succ[i]];
            const ir_insn *out = then->n ? &then->insns[then->n - 1] : NULL;
            bool joins = out && out->succ_count == 1 && out->succ[0] == last->succ[1 - i];
            if (joins && closes(e, then, local)) return true;
        }
    }
    return false;
}

/* An argument that the function has agreed to leave with as many references as it came with. */
static bool promised_back(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    if (!e->own_contract || x->kind != VAL_SYM || x->n <= e->insn_count) return false;
    size_t param = (size_t)(x->n - e->insn_count - 1);
    if (param >= e->own_contract->param_count) return true;
    contract_effect effect = e->own_contract->params[param].effect;
    return effect != CONTRACT_RETAINS && effect != CONTRACT_RETAINS_ON_SUCCESS &&
           effect != CONTRACT_RELEASES && effect != CONTRACT_RELEASES_ON_FAILURE;
}

static bool may_leak(const engine *e, const fact *f)
{
    if ((f->flags & (FACT_ESCAPED | FACT_INNER)) || f->origin == ORIGIN_UNKNOWN) return false;
    if (f->origin == ORIGIN_PARAM) return promised_back(e, f->val);
    return true;
}

/* Something that the function made holds it: what becomes of that decides. */
static bool inside_another(const engine *e, const state *s, own_val v)
{
    for (size_t i = 0; i < s->binds.n; i++)
        if (s->binds.at[i].val != v && own_reaches(e, s->binds.at[i].val, v) &&
            own_slot_at(e, own_slot_at(e, s->binds.at[i].slot)->root)->kind != SLOT_LOCAL)
            return true;
    return false;
}

/* An object that this file defines lives as long as the program: a reference too many on the way out of a failure
 * keeps nothing alive that would go. */
static bool is_defined_here(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    const slot *at = x->kind == VAL_ADDR ? own_slot_at(e, x->slot) : NULL;
    return at && at->kind == SLOT_GLOBAL && e->unit->decls.at[at->id].init;
}

static void check_held(engine *e, state *s, const ir_insn *ret, const fact *f, own_val returned, way_out way)
{
    int expected = (f->val == returned) + (e->dialect ? own_stored(e, s, f->val) : own_named(e, s, f->val));
    if (f->held <= expected || !may_leak(e, f) || own_fact_is_null(f) || inside_another(e, s, f->val)) return;
    if (is_guarded(e, f->val)) return;
    if (way == WAY_FAILURE && is_defined_here(e, f->val)) return;
    /* Nobody learns of a failure by a result that is none. */
    bool failed = way == WAY_FAILURE ||
                  (ret->a.kind != IR_NONE && s->error == ERR_SET && s->error_sure && !s->doubtful);
    defect *d = own_defect(e, s, leak_check(e, f, failed), ret, f->val);
    if (!d) return;
    d->held = f->held, d->expected = expected;
    bool once = e->sets_up && (failed || f->origin == ORIGIN_STATIC) && !(f->flags & FACT_REFUSED);
    d->confidence = once ? CONFIDENCE_LOW : own_leak_confidence(f);
    d->message =
        own_text(e, "%s leaks: leaves with %d held, %d expected", own_describe(e, f->val), f->held, expected);
}

static const trace *last_of(const state *s, own_val v, trace_kind kind)
{
    for (const trace *t = s->trace; t && t->insn; t = t->up)
        if (t->kind == kind && t->val == v) return t;
    return NULL;
}

/* More was given away, to a call or to a field that has a reference of its own, than was held. It is certain here only: the increment may stand behind the call that steals. */
static void check_given(engine *e, state *s, const fact *f)
{
    const trace *stolen = last_of(s, f->val, TRACE_STEAL);
    const trace *t = stolen ? stolen : last_of(s, f->val, TRACE_STORE);
    bool promised = f->origin != ORIGIN_PARAM || own_promised_borrow(e, f->val);
    if (!t || !promised || (f->flags & FACT_ESCAPED) || own_fact_is_null(f)) return;
    defect *d = own_defect(e, s, "missing-incref", t->insn, f->val);
    if (!d) return;
    d->held = f->held, d->expected = 0;
    if (f->origin == ORIGIN_PARAM || !stolen) d->confidence = CONFIDENCE_MEDIUM;
    d->message =
        stolen ? own_text(e, "%s steals %s, of which no reference is held here", t->what,
                          own_describe(e, f->val))
               : own_text(e, "%s is stored in a field that this file releases, without a reference for it",
                          own_describe(e, f->val));
}

static int counted_names(const engine *e, const state *s, own_val v)
{
    int n = 0;
    for (size_t i = 0; i < s->binds.n; i++)
        n += s->binds.at[i].val == v && own_slot_counts(e, s->binds.at[i].slot);
    return n;
}

/* What a function by hand stores of somebody else's is for own_check_stored to judge. */
static bool is_ours(const engine *e, const fact *f)
{
    if (e->dialect) return f->origin != ORIGIN_STATIC && f->origin != ORIGIN_UNKNOWN;
    return (f->origin == ORIGIN_LOADED || f->origin == ORIGIN_NEW) && !(f->flags & FACT_INFERRED);
}

/* By the dialect's rules, and where the unit itself releases it, each counted field that names an object has a reference of
 * its own. Fewer references than fields: one was released that the field still holds, or was stored or given away without
 * being taken. By hand a field may hold for a while what is released already: an end of the object, say. */
static void check_fields(engine *e, state *s, const fact *f, own_val returned)
{
    int fields = counted_names(e, s, f->val) + ((f->flags & FACT_IN_FIELD) != 0),
        own = f->origin == ORIGIN_LOADED;
    bool handed_out = f->origin == ORIGIN_NEW && f->val == returned && (e->dialect || own_promises_new(e));
    int expected = fields - own + handed_out;
    if ((f->flags & (FACT_ESCAPED | FACT_INNER | FACT_DEAD)) || own_fact_is_null(f)) return;
    if (fields == 0 || f->held >= expected || !is_ours(e, f)) return;
    const trace *stored = last_of(s, f->val, TRACE_STORE), *stolen = last_of(s, f->val, TRACE_STEAL);
    const trace *released = last_of(s, f->val, TRACE_RELEASE);
    if (released && !e->dialect) return;
    const trace *t = stored ? stored : stolen ? stolen : released;
    if (!t) return;
    defect *d = own_defect(e, s, t == released ? "over-release" : "missing-incref", t->insn, f->val);
    if (!d) return;
    d->held = f->held, d->expected = expected;
    if (!e->dialect) d->confidence = CONFIDENCE_MEDIUM;
    bool loaded = f->origin == ORIGIN_LOADED;
    const char *what = t == released ? "is released, but the field that it was read from still holds it"
                       : t == stolen && loaded
                           ? "is given away, but the field that it was read from still holds it"
                           : "is stored in a counted field without a reference for it";
    d->message = own_text(e, "%s %s", own_describe(e, f->val), what);
}

/* ---- the record of one exit ---------------------------------------------------------------------------- */

static int param_of(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    return x->kind == VAL_SYM && x->n > e->insn_count ? (int)(x->n - e->insn_count - 1) : -1;
}

/* The same field was read before through another pointer, perhaps to the same struct, and counted under that name. */
static bool has_counted_twin(const engine *e, const state *s, own_val v)
{
    const value *x = own_value(e, v);
    const ir_insn *load = x->kind == VAL_SYM && x->n <= e->insn_count ? e->insns[x->n] : NULL;
    if (!load || load->op != IR_OP_load || !load->place.step_count) return false;
    const ir_step *last = &load->place.steps[load->place.step_count - 1];
    for (size_t i = 0; i < s->facts.n; i++) {
        const fact *f = &s->facts.at[i];
        const value *y = own_value(e, f->val);
        if (f->val == v || f->held <= 0 || y->kind != VAL_SYM || y->n > e->insn_count) continue;
        const ir_insn *other = e->insns[y->n];
        if (other->op != IR_OP_load || !other->place.step_count) continue;
        const ir_step *end = &other->place.steps[other->place.step_count - 1];
        if (end->kind == IR_STEP_FIELD && last->kind == IR_STEP_FIELD && end->record == last->record &&
            end->field == last->field)
            return true;
    }
    return false;
}

/* What a reference that the caller gets is worth: ours, somebody else's, or nobody can tell. */
static int worth(const engine *e, const state *s, const exit_record *r, const fact *f)
{
    const value *x = own_value(e, r->val);
    if (r->way == WAY_FAILURE) return RETURNS_NULL;
    if (x->kind == VAL_ADDR && own_slot_at(e, x->slot)->kind != SLOT_GLOBAL) return RETURNS_UNKNOWN;
    if ((f && (f->flags & FACT_ESCAPED)) || own_is_immortal(e, r->val)) return RETURNS_UNKNOWN;
    if (f && (f->flags & FACT_DEAD)) return RETURNS_DEAD;
    int stored = own_stored(e, s, r->val);
    if (f && f->held > stored) return RETURNS_OWNED;
    if (r->is_static) return f && f->held > 0 ? RETURNS_UNKNOWN : RETURNS_BORROWED;
    if (!f || f->origin == ORIGIN_UNKNOWN || (f->flags & FACT_INNER)) return RETURNS_UNKNOWN;
    if (f->origin == ORIGIN_NEW && f->held > 0) return RETURNS_UNKNOWN;
    if (f->origin == ORIGIN_LOADED && has_counted_twin(e, s, r->val)) return RETURNS_UNKNOWN;
    if (f->origin == ORIGIN_LOADED && !own_named(e, s, r->val))
        return RETURNS_UNKNOWN; /* moved out of its memory, perhaps */
    return r->param >= 0 ? RETURNS_PARAM : RETURNS_BORROWED;
}

static void classify_result(engine *e, const state *s, exit_record *r, own_val v)
{
    const fact *f = own_fact((state *)(uintptr_t)s, v);
    const value *x = own_value(e, v);
    r->val = v;
    r->param = param_of(e, v);
    r->stored = v && own_stored(e, s, v) > 0;
    r->is_static = x->kind == VAL_ADDR && own_slot_at(e, x->slot)->kind == SLOT_GLOBAL;
    r->maybe_null = !v || own_truth(e, s, v) != 1;
    r->by_contract =
        f && f->origin == ORIGIN_BORROWED && !(f->flags & FACT_INFERRED) && !last_of(s, v, TRACE_RELEASE);
    r->is_number = x->kind == VAL_INT;
    r->number = x->n;
    r->returned = r->returns_pointer ? worth(e, s, r, f) : RETURNS_NOTHING;
}

static uint8_t left_behind(engine *e, const state *s, own_val param)
{
    own_slot at = own_slot_root(e, SLOT_DEREF, param);
    own_val v = own_get(s, at);
    if (!v) return OUT_NONE;
    const value *x = own_value(e, v);
    const fact *f = own_fact((state *)(uintptr_t)s, v);
    if ((x->kind == VAL_INT && x->n == 0) || own_fact_is_null(f)) return OUT_NULL;
    return f && f->held > 0 && !(f->flags & FACT_ESCAPED) ? OUT_OWNED : OUT_OTHER;
}

static void record_params(engine *e, const state *s, exit_record *r)
{
    size_t n = e->unit->decls.at[e->func->decl].param_count;
    r->params = arena_alloc(&e->arena, (n + 1) * sizeof *r->params);
    for (size_t i = 0; i < n; i++) {
        own_val v = own_symbol(e, e->insn_count + 1 + (uint32_t)i, 0, 0);
        const fact *f = own_fact((state *)(uintptr_t)s, v);
        r->params[i].out = left_behind(e, s, v);
        r->params[i].nonnull = own_truth(e, s, v) == 1;
        if (!f) continue;
        r->params[i].held = (int8_t)f->held;
        r->params[i].escaped = f->flags & FACT_ESCAPED;
        r->params[i].null = own_fact_is_null(f);
        r->params[i].kept = f->flags & FACT_KEPT;
        r->params[i].told = (f->flags & (FACT_TOLD | FACT_ESCAPED)) || r->params[i].out != OUT_NONE;
        r->params[i].stored = own_stored(e, s, v) > 0;
    }
}

static void record_exit(engine *e, state *s, const ir_insn *ret, own_val v, way_out way)
{
    exit_record *r = vec_add(&e->exits);
    const ir_type *function = ir_type_of(e->unit, e->unit->decls.at[e->func->decl].type);
    r->way = way;
    r->returns_pointer = ir_type_of(e->unit, function->of)->kind == IR_POINTER;
    r->at = ret;
    r->trace = s->trace;
    r->error = s->error;
    r->error_sure = s->error == ERR_SET && s->error_sure;
    r->doubtful = s->doubtful;
    classify_result(e, s, r, v);
    record_params(e, s, r);
}

/* ---- what a variable's cleanup ends -------------------------------------------------------------------- */

static const ir_insn *definition(const engine *e, const ir_opnd *o)
{
    return o->kind == IR_TEMP ? e->defs[o->temp] : NULL;
}

/* The variable that is returned as it stands, or 0. */
static ir_local_id returned_variable(const engine *e, const ir_insn *ret)
{
    const ir_insn *from = definition(e, &ret->a);
    while (from && (from->op == IR_OP_cast || from->op == IR_OP_copy)) from = definition(e, &from->a);
    bool whole = from && from->op == IR_OP_load && !from->place.step_count;
    return whole && from->place.base == IR_BASE_LOCAL ? from->place.id : 0;
}

/* A call that nobody wrote where it stands: the cleanup function of a variable. */
static bool is_cleanup_of(const engine *e, const ir_insn *insn, ir_local_id local)
{
    if (insn->op != IR_OP_call || insn->span.line || insn->arg_count != 1) return false;
    const ir_insn *address = definition(e, &insn->args[0]);
    return address && address->op == IR_OP_addr && address->place.base == IR_BASE_LOCAL &&
           address->place.id == local && !address->place.step_count;
}

/* The value is read, then the variable's cleanup ends what it refers to, then the value is returned. */
static void check_cleaned(engine *e, state *s, const ir_insn *ret, own_val v)
{
    ir_local_id local = returned_variable(e, ret);
    if (!local || own_truth(e, s, v) == 0 || (own_fact(s, v) && own_fact(s, v)->held > 1)) return;
    const ir_insn *before = NULL;
    for (uint32_t i = e->current; i-- > 1 && !before;) {
        const ir_insn *insn = e->insns[i];
        if (is_cleanup_of(e, insn, local)) before = insn;
        if (insn->op != IR_OP_call && insn->op != IR_OP_addr && insn->op != IR_OP_end) break;
        if (insn->op == IR_OP_call && insn->span.line) break;
    }
    defect *d = before ? own_defect(e, s, "use-after-release", ret, v) : NULL;
    if (!d) return;
    d->held = 0, d->expected = 1;
    d->message = own_text(e, "'%s' is returned, but its cleanup %s releases it first",
                          e->func->locals[local].name, e->unit->decls.at[before->a.name].name);
}

void own_exit(engine *e, state *s, const ir_insn *ret)
{
    own_val v = ret->a.kind == IR_NONE ? 0 : own_operand(e, s, &ret->a);
    const ir_type *function = ir_type_of(e->unit, e->unit->decls.at[e->func->decl].type);
    bool pointer = ir_type_of(e->unit, function->of)->kind == IR_POINTER;
    way_out way = ret->a.kind == IR_NONE ? WAY_SUCCESS : way_of(e, s, v, pointer);
    e->exit_states++;
    record_exit(e, s, ret, v, way);
    if (pointer) check_cleaned(e, s, ret, v);
    bool borrows = e->own_contract && (e->own_contract->result == CONTRACT_RESULT_BORROWED ||
                                       e->own_contract->result == CONTRACT_RESULT_BORROWED_FROM);
    own_val returned = pointer && !borrows ? v : 0;
    if (way != WAY_FAILURE) own_check_stored(e, s, returned);
    for (size_t i = 0; i < s->facts.n; i++) {
        fact f = s->facts.at[i];
        if (f.held > 0) check_held(e, s, ret, &f, returned, way);
        check_fields(e, s, &f, returned);
        if (f.held < 0 && f.origin != ORIGIN_LOADED && f.origin != ORIGIN_UNKNOWN) check_given(e, s, &f);
    }
}
