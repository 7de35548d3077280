/* SPDX-License-Identifier: MIT
 *
 * Functions without contract and body: what the unit's own code expects of them. A result that its callers
 * release, and never retain, is a new reference; an argument whose type is an object is borrowed, as
 * everywhere in the language. Both are inferences: findings that rest on them have less confidence.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

struct families {
    uint8_t *seen;            /* by decl: SEEN_ bits */
    const contract_fn **made; /* by decl: the contract that follows, made on demand */
    size_t n;
};

/* For one function: which callee's result a local was given, and what happens to the local. */
typedef struct scan {
    const ir_unit *unit;
    const ir_func *func;
    const contract_set *contracts;
    ir_decl_id *temp_from;   /* temp -> callee whose result it is */
    ir_local_id *temp_local; /* temp -> local that it was loaded from */
    uint8_t *local_seen;
} scan;

static bool whole_local(const ir_place *p)
{
    return p->base == IR_BASE_LOCAL && p->step_count == 0;
}

static void scan_call(scan *s, const ir_insn *insn)
{
    if (insn->a.kind != IR_NAME) return;
    s->temp_from[insn->dst] = insn->a.name;
    const contract_fn *fn = contract_find(s->contracts, s->unit->decls.at[insn->a.name].name);
    for (size_t i = 0; fn && i < insn->arg_count && i < fn->param_count; i++) {
        ir_local_id local = s->temp_local[ir_temp_of(&insn->args[i])];
        contract_effect x = fn->params[i].effect;
        if (x == CONTRACT_RELEASES || x == CONTRACT_STEALS) s->local_seen[local] |= SEEN_RELEASED;
        if (x == CONTRACT_RETAINS) s->local_seen[local] |= SEEN_RETAINED;
    }
}

static void scan_insn(scan *s, const ir_insn *insn)
{
    if (insn->op == IR_OP_call) scan_call(s, insn);
    if (insn->op == IR_OP_load && whole_local(&insn->place)) s->temp_local[insn->dst] = insn->place.id;
    if (insn->op == IR_OP_cast || insn->op == IR_OP_copy) {
        s->temp_from[insn->dst] = s->temp_from[ir_temp_of(&insn->a)];
        s->temp_local[insn->dst] = s->temp_local[ir_temp_of(&insn->a)];
    }
}

static void each_insn(scan *s, families *f)
{
    for (ir_block_id b = 1; b < s->func->block_count; b++)
        for (size_t i = 0; i < s->func->blocks[b].n; i++) {
            const ir_insn *insn = &s->func->blocks[b].insns[i];
            if (!f) {
                scan_insn(s, insn);
            } else if (insn->op == IR_OP_store && whole_local(&insn->place)) {
                ir_decl_id from = s->temp_from[ir_temp_of(&insn->a)];
                if (from < f->n) f->seen[from] |= s->local_seen[insn->place.id];
            }
        }
}

static void scan_init(scan *s, const ir_unit *unit, const contract_set *contracts, const ir_func *func)
{
    *s = (scan){.unit = unit, .func = func, .contracts = contracts};
    s->temp_from = x_calloc(func->temp_count + 1, sizeof *s->temp_from);
    s->temp_local = x_calloc(func->temp_count + 1, sizeof *s->temp_local);
    s->local_seen = x_calloc(func->local_count + 1, sizeof *s->local_seen);
}

static void scan_fini(scan *s)
{
    free(s->temp_from);
    free(s->temp_local);
    free(s->local_seen);
}

static void scan_function(families *f, const ir_unit *unit, const contract_set *contracts,
                          const ir_func *func)
{
    scan s;
    scan_init(&s, unit, contracts, func);
    each_insn(&s, NULL);
    s.local_seen[0] = 0;
    each_insn(&s, f);
    scan_fini(&s);
}

families *own_families_new(const ir_unit *unit, const contract_set *contracts, const char *habits)
{
    families *f = x_calloc(1, sizeof *f);
    f->n = unit->decls.n;
    f->seen = x_calloc(f->n + 1, sizeof *f->seen);
    f->made = x_calloc(f->n + 1, sizeof(const contract_fn *));
    for (size_t i = 0; i < unit->funcs.n && !habits; i++)
        scan_function(f, unit, contracts, unit->funcs.at[i]);
    if (!habits) own_find_setups(unit, contracts, f->seen);
    for (size_t i = 0; habits && i < f->n && habits[i] && habits[i] != '/'; i++)
        f->seen[i] = (uint8_t)(habits[i] - '0');
    f->seen[0] = 0;
    return f;
}

const char *own_habits(const families *f, const drops *d, arena *a)
{
    strbuf text = {0};
    for (size_t i = 0; i < f->n; i++) strbuf_printf(&text, "%c", '0' + f->seen[i]);
    own_drops_write(d, &text);
    const char *kept = arena_strdup(a, text.s ? text.s : "");
    strbuf_fini(&text);
    return kept;
}

void own_families_free(families *f)
{
    if (!f) return;
    free(f->seen);
    free(f->made);
    free(f);
}

/* ---- fields ------------------------------------------------------------------------------------------------------- */

static bool gives_new(const scan *s, ir_temp t)
{
    ir_decl_id from = s->temp_from[t];
    const contract_fn *fn = from ? contract_find(s->contracts, s->unit->decls.at[from].name) : NULL;
    if (fn && fn->result == CONTRACT_RESULT_NEW) return true;
    return s->temp_local[t] && (s->local_seen[s->temp_local[t]] & SEEN_RETAINED);
}

static uint64_t stores_into(const scan *s, ir_record_id record)
{
    uint64_t bits = 0;
    for (ir_block_id b = 1; b < s->func->block_count; b++)
        for (size_t i = 0; i < s->func->blocks[b].n; i++) {
            const ir_insn *insn = &s->func->blocks[b].insns[i];
            if (insn->op != IR_OP_store || !insn->place.step_count) continue;
            const ir_step *last = &insn->place.steps[insn->place.step_count - 1];
            bool field = last->kind == IR_STEP_FIELD && last->record == record && last->field < 64;
            if (field && gives_new(s, ir_temp_of(&insn->a))) bits |= (uint64_t)1 << last->field;
        }
    return bits;
}

uint64_t own_owned_fields(const ir_unit *unit, const contract_set *contracts, ir_record_id record)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < unit->funcs.n; i++) {
        scan s;
        scan_init(&s, unit, contracts, unit->funcs.at[i]);
        each_insn(&s, NULL);
        s.local_seen[0] = 0;
        bits |= stores_into(&s, record);
        scan_fini(&s);
    }
    return bits;
}

bool own_sets_up(const families *f, ir_decl_id decl)
{
    return decl < f->n && (f->seen[decl] & SEEN_SETS_UP);
}

bool own_fills_statics(const families *f, ir_decl_id decl)
{
    return decl < f->n && (f->seen[decl] & SEEN_FILLS);
}

/* ---- the contract that follows ------------------------------------------------------------------------- */

static const contract_fn *make(const engine *e, families *f, arena *a, ir_decl_id id)
{
    const ir_decl *decl = &e->unit->decls.at[id];
    contract_fn *fn = arena_alloc(a, sizeof *fn);
    fn->name = decl->name;
    fn->trust = CONTRACT_TRUST_DEFAULT;
    fn->source = "by its use in this file";
    fn->variadic = ir_type_of(e->unit, decl->type)->variadic;
    fn->param_count = decl->param_count;
    fn->params = arena_alloc(a, (decl->param_count + 1) * sizeof *fn->params);
    for (size_t i = 0; i < decl->param_count; i++) {
        bool object = contract_object_at(e->contracts, e->unit, decl->params[i].type);
        fn->params[i].effect = object ? CONTRACT_BORROWED : CONTRACT_UNKNOWN;
        fn->params[i].keeps = object;
    }
    ir_type_id result = ir_type_of(e->unit, decl->type)->of;
    if (ir_type_of(e->unit, result)->kind != IR_POINTER)
        fn->result = CONTRACT_RESULT_NONE;
    else if (contract_object_at(e->contracts, e->unit, result) &&
             (f->seen[id] & (SEEN_RELEASED | SEEN_RETAINED)) == SEEN_RELEASED)
        fn->result = CONTRACT_RESULT_NEW;
    return fn;
}

bool own_may_be_elsewhere(const ir_unit *unit, const ir_decl *decl)
{
    return !ir_in_system_header(unit, &decl->span) && ir_type_of(unit, decl->type)->prototyped;
}

const contract_fn *own_family_find(const engine *e, families *f, arena *a, ir_decl_id id)
{
    if (id >= f->n || !own_may_be_elsewhere(e->unit, &e->unit->decls.at[id])) return NULL;
    if (!f->made[id]) f->made[id] = make(e, f, a, id);
    return f->made[id];
}
