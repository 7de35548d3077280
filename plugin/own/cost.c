/* SPDX-License-Identifier: MIT
 *
 * The efficiency family: calls that cost more than they need. Each check is a pattern over one body, its loops and the
 * kinds of functions that a contract names (RC_KIND); no count is followed. Every one is off by default: what is slow is
 * not wrong.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

typedef struct cost {
    const ir_unit *unit;
    const contract_set *contracts;
    const own_options *options;
    const ir_func *func;
    own_result *out;
    const ir_insn **defs; /* by temp */
    ir_cfg cfg;
    bool *inside; /* by block: the loop that is looked at */
    bool sets_up;
} cost;

/* ---- what is where ----------------------------------------------------------------------------------------------------- */

static const char *callee(const cost *c, const ir_insn *insn)
{
    return insn->op == IR_OP_call && insn->a.kind == IR_NAME ? c->unit->decls.at[insn->a.name].name : NULL;
}

/* A function that is a macro reads memory in its place. */
static bool is_kind(const cost *c, const ir_insn *insn, const char *kind)
{
    const char *name = !insn ? NULL : insn->op == IR_OP_load ? insn->macro : callee(c, insn);
    return name && contract_is_kind(c->contracts, kind, name);
}

static const ir_insn *definition(const cost *c, const ir_opnd *o)
{
    const ir_insn *insn = o->kind == IR_TEMP ? c->defs[o->temp] : NULL;
    while (insn && (insn->op == IR_OP_cast || insn->op == IR_OP_copy) && insn->a.kind == IR_TEMP)
        insn = c->defs[insn->a.temp];
    return insn;
}

/* The local variable that an operand is the value or the address of; 0: none. */
static ir_local_id local_of(const cost *c, const ir_opnd *o)
{
    const ir_insn *insn = definition(c, o);
    bool reads = insn && (insn->op == IR_OP_load || insn->op == IR_OP_addr);
    return reads && insn->place.base == IR_BASE_LOCAL && !insn->place.step_count ? insn->place.id : 0;
}

static bool stores_whole(const ir_insn *insn, ir_local_id local)
{
    return insn->op == IR_OP_store && insn->place.base == IR_BASE_LOCAL && insn->place.id == local &&
           !insn->place.step_count;
}

/* The local variable that the result of a call is put into; 0: none. */
static ir_local_id result_local(const cost *c, const ir_insn *call)
{
    for (ir_block_id b = 1; b < c->func->block_count; b++)
        for (size_t i = 0; i < c->func->blocks[b].n; i++) {
            const ir_insn *insn = &c->func->blocks[b].insns[i];
            bool whole =
                insn->op == IR_OP_store && insn->place.base == IR_BASE_LOCAL && !insn->place.step_count;
            if (whole && definition(c, &insn->a) == call) return insn->place.id;
        }
    return 0;
}

/* Whether the loop that is looked at writes the variable, or hands its address on. */
static bool changes(const cost *c, ir_local_id local)
{
    for (ir_block_id b = 1; b < c->func->block_count; b++)
        for (size_t i = 0; i < c->func->blocks[b].n && c->inside[b]; i++) {
            const ir_insn *insn = &c->func->blocks[b].insns[i];
            bool mine = insn->place.base == IR_BASE_LOCAL && insn->place.id == local;
            if (mine && (insn->op == IR_OP_store || insn->op == IR_OP_addr || insn->op == IR_OP_decl))
                return true;
        }
    return false;
}

static bool is_constant(const cost *c, const ir_opnd *o)
{
    if (o->kind == IR_STRING || o->kind == IR_INTEGER || o->kind == IR_REAL || o->kind == IR_NAME ||
        o->kind == IR_NULL)
        return true;
    const ir_insn *insn = o->kind == IR_TEMP ? c->defs[o->temp] : NULL;
    return insn && (insn->op == IR_OP_cast || insn->op == IR_OP_copy) && is_constant(c, &insn->a);
}

/* The same in each turn of the loop that is looked at. */
static bool is_invariant(const cost *c, const ir_opnd *o)
{
    if (is_constant(c, o)) return true;
    const ir_insn *insn = definition(c, o);
    if (insn && insn->op == IR_OP_addr && insn->place.base == IR_BASE_GLOBAL && !insn->place.step_count)
        return true;
    ir_local_id local = local_of(c, o);
    return local && insn->op == IR_OP_load && !changes(c, local);
}

static bool all_arguments(const cost *c, const ir_insn *call, bool (*are)(const cost *, const ir_opnd *))
{
    for (size_t i = 0; i < call->arg_count; i++)
        if (!are(c, &call->args[i])) return false;
    return call->arg_count > 0;
}

static void report(const cost *c, const char *check, const ir_insn *at, const char *message)
{
    if (!own_wants(c->options, check)) return;
    diag_place place = own_place(c->unit, &at->span);
    for (size_t i = 0; i < c->out->findings.n; i++) {
        const diag *old = &c->out->findings.at[i];
        if (strcmp(old->check, check) == 0 && old->place.line == place.line &&
            old->place.column == place.column)
            return;
    }
    diag *d = diag_add(&c->out->findings, check, place, "%s", message);
    d->function = arena_strdup(&c->out->arena, c->unit->decls.at[c->func->decl].name);
    d->shape = arena_strdup(&c->out->arena, message);
    d->confidence = CONFIDENCE_MEDIUM;
}

static const char *say(const cost *c, const char *format, const char *name)
{
    return arena_printf(&c->out->arena, format, name);
}

/* ---- in a loop ----------------------------------------------------------------------------------------------------------- */

/* x = concat(x, y), at once or by way of another variable. */
static bool grows(const cost *c, const ir_insn *call)
{
    ir_local_id from = call->arg_count ? local_of(c, &call->args[0]) : 0, to = result_local(c, call);
    if (!from || !to) return false;
    if (from == to) return true;
    for (ir_block_id b = 1; b < c->func->block_count; b++)
        for (size_t i = 0; i < c->func->blocks[b].n && c->inside[b]; i++) {
            const ir_insn *insn = &c->func->blocks[b].insns[i];
            if (stores_whole(insn, from) && local_of(c, &insn->a) == to) return true;
        }
    return false;
}

static void check_growth(const cost *c, const ir_insn *insn)
{
    bool in_place = is_kind(c, insn, "appends_by_copy") && insn->arg_count && local_of(c, &insn->args[0]);
    if (in_place || (is_kind(c, insn, "concatenates") && grows(c, insn)))
        report(c, "concat-in-loop", insn,
               say(c, "%s copies all that the turns before have put together", callee(c, insn)));
}

static void check_lookup(const cost *c, const ir_insn *insn)
{
    if (is_kind(c, insn, "looks_up") && all_arguments(c, insn, is_invariant))
        report(c, "loop-invariant-lookup", insn,
               say(c, "%s finds the same in each turn of the loop", callee(c, insn)));
}

/* The searched sequence is the same in each turn, what is searched for is not; sets and dictionaries are not searched. */
static void check_search(const cost *c, const ir_insn *insn)
{
    if (!is_kind(c, insn, "searches") || insn->arg_count < 2) return;
    ir_local_id local = local_of(c, &insn->args[0]);
    if (!is_invariant(c, &insn->args[0]) || is_invariant(c, &insn->args[1])) return;
    for (ir_block_id b = 1; b < c->func->block_count && local; b++)
        for (size_t i = 0; i < c->func->blocks[b].n; i++) {
            const ir_insn *store = &c->func->blocks[b].insns[i];
            if (stores_whole(store, local) && is_kind(c, definition(c, &store->a), "hashed")) return;
        }
    report(c, "nested-loop-product", insn,
           say(c, "%s walks the same sequence in each turn of the loop", callee(c, insn)));
}

static void check_constant(const cost *c, const ir_insn *insn)
{
    if (is_kind(c, insn, "makes_constants") && all_arguments(c, insn, is_constant))
        report(c, "duplicate-immutable", insn,
               say(c, "%s makes the same constant anew in each turn of the loop", callee(c, insn)));
}

/* The loop does nothing but put one element of a sequence after the other into a list. */
static void check_copy(const cost *c, const ir_insn *append)
{
    if (!is_kind(c, append, "appends") || append->arg_count < 2 || !is_invariant(c, &append->args[0])) return;
    const ir_insn *from = definition(c, &append->args[1]);
    ir_local_id item = local_of(c, &append->args[1]);
    bool element = is_kind(c, from, "elements");
    for (ir_block_id b = 1; b < c->func->block_count; b++)
        for (size_t i = 0; i < c->func->blocks[b].n && c->inside[b]; i++) {
            const ir_insn *insn = &c->func->blocks[b].insns[i];
            if (item && stores_whole(insn, item) && is_kind(c, definition(c, &insn->a), "elements"))
                element = true;
            if (insn->op != IR_OP_call || insn == append) continue;
            if (!is_kind(c, insn, "elements") && !is_kind(c, insn, "bookkeeping")) return;
        }
    if (element)
        report(c, "hand-written-library-loop", append,
               say(c, "the loop copies a sequence by %s, element by element", callee(c, append)));
}

static void check_loop(const cost *c)
{
    for (ir_block_id b = 1; b < c->func->block_count; b++)
        for (size_t i = 0; i < c->func->blocks[b].n && c->inside[b]; i++) {
            const ir_insn *insn = &c->func->blocks[b].insns[i];
            if (insn->op != IR_OP_call) continue;
            check_growth(c, insn);
            check_lookup(c, insn);
            check_search(c, insn);
            check_constant(c, insn);
            check_copy(c, insn);
        }
}

/* ---- loops ----------------------------------------------------------------------------------------------------------------- */

/* The natural loop of a back edge: what reaches `from` without passing `head`. */
static void mark(cost *c, ir_block_id head, ir_block_id from)
{
    VEC(ir_block_id) pending = {0};
    memset(c->inside, 0, (c->func->block_count + 1) * sizeof *c->inside);
    c->inside[head] = true;
    vec_push(&pending, from);
    while (pending.n) {
        ir_block_id b = vec_pop(&pending);
        if (c->inside[b]) continue;
        c->inside[b] = true;
        for (size_t i = 0; i < c->cfg.pred_counts[b]; i++) vec_push(&pending, c->cfg.preds[b][i]);
    }
    vec_fini(&pending);
}

static void each_loop(cost *c)
{
    size_t *place = x_calloc(c->func->block_count + 1, sizeof *place);
    for (size_t i = 0; i < c->cfg.rpo_count; i++) place[c->cfg.rpo[i]] = i;
    for (size_t i = 0; i < c->cfg.rpo_count; i++) {
        const ir_block *block = &c->func->blocks[c->cfg.rpo[i]];
        const ir_insn *last = block->n ? &block->insns[block->n - 1] : NULL;
        for (size_t k = 0; last && k < last->succ_count; k++) {
            if (place[last->succ[k]] > i) continue;
            mark(c, last->succ[k], c->cfg.rpo[i]);
            check_loop(c);
        }
    }
    free(place);
}

/* ---- anywhere --------------------------------------------------------------------------------------------------------------- */

/* The concatenation whose result an operand is: at once, or by a variable. */
static const ir_insn *concatenation(const cost *c, const ir_opnd *o)
{
    const ir_insn *insn = definition(c, o);
    ir_local_id local = local_of(c, o);
    if (is_kind(c, insn, "concatenates")) return insn;
    const ir_insn *found = NULL;
    for (ir_block_id b = 1; b < c->func->block_count && local; b++)
        for (size_t i = 0; i < c->func->blocks[b].n; i++) {
            const ir_insn *store = &c->func->blocks[b].insns[i];
            const ir_insn *from = stores_whole(store, local) ? definition(c, &store->a) : NULL;
            if (from && is_kind(c, from, "concatenates")) found = from;
        }
    return found;
}

static void check_chain(const cost *c, const ir_insn *insn)
{
    if (!is_kind(c, insn, "concatenates") || insn->arg_count < 2) return;
    const ir_insn *before = concatenation(c, &insn->args[0]);
    if (!before) before = concatenation(c, &insn->args[1]);
    if (before && before != insn)
        report(c, "concat-chain", insn,
               say(c, "%s copies what another concatenation has just made", callee(c, insn)));
}

/* The variable that memory is reached from; 0: none. */
static ir_local_id reached_from(const cost *c, const ir_insn *load)
{
    enum { DEEPEST = 4 };
    for (int depth = 0; load && load->place.base == IR_BASE_MEMORY && depth < DEEPEST; depth++) {
        ir_opnd pointer = {.kind = IR_TEMP, .temp = load->place.id};
        load = definition(c, &pointer);
        if (load && load->op != IR_OP_load) return 0;
    }
    return load && load->place.base == IR_BASE_LOCAL && !load->place.step_count ? load->place.id : 0;
}

static bool names(const cost *c, const ir_insn *insn, ir_local_id local)
{
    for (size_t i = 0; i < insn->arg_count; i++)
        if (local_of(c, &insn->args[i]) == local) return true;
    return false;
}

/* Made, read from front to back, dropped; and what it was made from is left alone meanwhile. */
static void check_material(const cost *c, const ir_insn *made)
{
    if (!is_kind(c, made, "materialises") || !made->arg_count) return;
    ir_local_id local = result_local(c, made), source = local_of(c, &made->args[0]);
    bool read = false, dropped = false;
    for (ir_block_id b = 1; b < c->func->block_count && local; b++)
        for (size_t i = 0; i < c->func->blocks[b].n; i++) {
            const ir_insn *insn = &c->func->blocks[b].insns[i];
            bool stored = insn->op == IR_OP_store && local_of(c, &insn->a) == local;
            if (stored || (insn->op == IR_OP_ret && local_of(c, &insn->a) == local)) return;
            if (stores_whole(insn, local) && definition(c, &insn->a) != made && !is_constant(c, &insn->a))
                return;
            read |= is_kind(c, insn, "elements") && insn->op == IR_OP_load && reached_from(c, insn) == local;
            if (insn->op != IR_OP_call || insn == made) continue;
            if (source && names(c, insn, source)) return;
            if (!names(c, insn, local)) continue;
            bool reads = is_kind(c, insn, "elements") || is_kind(c, insn, "iterates");
            if (!reads && !is_kind(c, insn, "bookkeeping")) return;
            read |= reads, dropped |= !reads;
        }
    if (read && dropped)
        report(c, "materialised-sequence", made,
               say(c, "what %s makes is only walked once and dropped", callee(c, made)));
}

/* A constant that lives no longer than the call that made it. */
static void check_short_lived(const cost *c, const ir_insn *made)
{
    if (c->sets_up || !is_kind(c, made, "makes_constants") || !all_arguments(c, made, is_constant)) return;
    ir_local_id local = result_local(c, made);
    bool dropped = false;
    for (ir_block_id b = 1; b < c->func->block_count && local; b++)
        for (size_t i = 0; i < c->func->blocks[b].n; i++) {
            const ir_insn *insn = &c->func->blocks[b].insns[i];
            const contract_fn *fn = callee(c, insn) ? contract_find(c->contracts, callee(c, insn)) : NULL;
            if (insn->op == IR_OP_ret && local_of(c, &insn->a) == local) return;
            for (size_t k = 0; fn && k < insn->arg_count && k < fn->param_count; k++) {
                if (local_of(c, &insn->args[k]) != local) continue;
                if (fn->params[k].effect == CONTRACT_STEALS) return;
                dropped |= fn->params[k].effect == CONTRACT_RELEASES;
            }
        }
    if (dropped)
        report(c, "duplicate-immutable", made,
               say(c, "%s makes the same constant anew on each call, to be dropped again", callee(c, made)));
}

static void each_call(const cost *c)
{
    for (ir_block_id b = 1; b < c->func->block_count; b++)
        for (size_t i = 0; i < c->func->blocks[b].n; i++) {
            const ir_insn *insn = &c->func->blocks[b].insns[i];
            if (insn->op != IR_OP_call) continue;
            check_chain(c, insn);
            check_material(c, insn);
            check_short_lived(c, insn);
        }
}

static bool wants_any(const own_options *options)
{
    static const char *const checks[] = {"concat-in-loop",        "concat-chain",
                                         "materialised-sequence", "loop-invariant-lookup",
                                         "nested-loop-product",   "hand-written-library-loop",
                                         "duplicate-immutable"};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (own_wants(options, checks[i])) return true;
    return false;
}

static void check_function(const cost *from, const ir_func *func)
{
    cost c = *from;
    c.func = func;
    c.defs = x_calloc(func->temp_count + 1, sizeof *c.defs);
    c.inside = x_calloc(func->block_count + 1, sizeof *c.inside);
    for (ir_block_id b = 1; b < func->block_count; b++)
        for (size_t i = 0; i < func->blocks[b].n; i++)
            if (func->blocks[b].insns[i].dst)
                c.defs[func->blocks[b].insns[i].dst] = &func->blocks[b].insns[i];
    ir_cfg_init(&c.cfg, func);
    each_loop(&c);
    each_call(&c);
    ir_cfg_fini(&c.cfg);
    free(c.defs);
    free(c.inside);
}

void own_check_cost(const ir_unit *unit, const contract_set *contracts, const families *families,
                    const own_options *options, own_result *out)
{
    if (!wants_any(options)) return;
    for (size_t f = 0; f < unit->funcs.n; f++) {
        const ir_func *func = unit->funcs.at[f];
        uint32_t file = unit->decls.at[func->decl].span.file;
        bool header = file && file < unit->files.n && unit->files.at[file].system;
        if (func->tainted || func->block_count < 2 || header) continue;
        cost c = {.unit = unit, .contracts = contracts, .options = options, .out = out};
        c.sets_up = own_sets_up(families, func->decl);
        check_function(&c, func);
    }
}
