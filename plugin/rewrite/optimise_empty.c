/* SPDX-License-Identifier: MIT
 *
 * Places that hold NULL for certain when they are assigned: `if (!o->f) o->f = x;`, `while (o->next) o = o->next;
 * o->next = x;`, and what was set to NULL, or declared, before. Why that cannot be observed: the release that is left out
 * is one of NULL.
 *
 * From the assignment back over every way that leads there: each has to come by a test of the place or an assignment that
 * says NULL, with nothing behind it that may write the place or what it is found by. The store still goes through the
 * runtime where the object may be one that threads share.
 */
#include "rewrite_p.h"

#include <stdlib.h>

typedef enum { GOES_ON, IS_NULL, IS_OTHER } verdict;

typedef struct search {
    const ir_place *place;
    const ir_cfg *cfg;
    chain slots;
    bool *seen;
} search;

static bool is_own_place(const plan *p, const ir_place *place);

/* ---- what may change it ------------------------------------------------------------------------------------ */
static bool writes_place(const plan *p, const ir_insn *insn, const ir_place *place)
{
    bool writes =
        insn->op == IR_OP_store || insn->op == IR_OP_zero || insn->op == IR_OP_decl || insn->op == IR_OP_end;
    return writes && (places_meet(place, &insn->place) || place_depends(p, place, &insn->place));
}

/* No call can change what the place is found by: it is spelled from variables of the function's own. */
static bool is_own_operand(const plan *p, ir_opnd a)
{
    const ir_insn *def = a.kind == IR_TEMP ? p->values[value_root(p, a.temp)].def : NULL;
    if (!def) return a.kind != IR_TEMP;
    if (def->op == IR_OP_load)
        return def->place.base == IR_BASE_LOCAL && !def->place.step_count &&
               !p->func->locals[def->place.id].address_taken;
    if (def->op == IR_OP_addr) return is_own_place(p, &def->place);
    if (def->op == IR_OP_bin) return is_own_operand(p, def->a) && is_own_operand(p, def->b);
    return (def->op == IR_OP_cast || def->op == IR_OP_un) && is_own_operand(p, def->a);
}

static bool is_own_place(const plan *p, const ir_place *place)
{
    ir_opnd base = {.kind = IR_TEMP, .temp = place->id};
    if (place->base == IR_BASE_MEMORY && !is_own_operand(p, base)) return false;
    for (size_t i = 0; i < place->step_count; i++)
        if (place->steps[i].kind == IR_STEP_INDEX && !is_own_operand(p, place->steps[i].index)) return false;
    return true;
}

/* Code that is not known, a finalizer's perhaps. */
static bool outside_writes(const plan *p, const search *s)
{
    return s->slots.any || outside_overwrites(p, s->slots.slots.at, s->slots.slots.n);
}

static bool changes(plan *p, const search *s, const ir_insn *insn)
{
    if (insn->op == IR_OP_asm || insn->op == IR_OP_unknown || writes_place(p, insn, s->place)) return true;
    if (insn->op == IR_OP_call && (!calls_system(p, insn) || insn_drops(p, insn))) {
        if (s->slots.any || !is_own_place(p, s->place)) return true;
        if (insn_overwrites(p, insn, s->slots.slots.at, s->slots.slots.n)) return true;
    }
    bool releases = insn->op == IR_OP_call ? releases_value(p, insn) : insn_releases(p, insn);
    return releases && !type_is_quiet(p, insn->type) && outside_writes(p, s);
}

/* What is made in a full expression may be released at its end, behind everything else in it. */
static bool releases_late(plan *p, const search *s, ir_full_id full)
{
    for (size_t i = 0; full && i < p->count; i++)
        if (p->order[i]->full == full && releases_value(p, p->order[i]) &&
            !type_is_quiet(p, p->order[i]->type))
            return outside_writes(p, s);
    return false;
}

/* ---- what says NULL ------------------------------------------------------------------------------------------ */
static verdict says(plan *p, const search *s, const ir_insn *insn)
{
    const ir_place *place = s->place;
    bool whole = place->base == IR_BASE_LOCAL && insn->place.base == IR_BASE_LOCAL &&
                 insn->place.id == place->id && !insn->place.step_count;
    if (whole && (insn->op == IR_OP_decl || insn->op == IR_OP_zero)) return IS_NULL;
    if (insn->op == IR_OP_store && same_place(p, place, &insn->place) && ir_is_null_constant(insn->a)) {
        bool ends =
            insn_drops(p, insn) && !type_is_quiet(p, insn->type); /* its finalizer may fill the place */
        return (ends && outside_writes(p, s)) || releases_late(p, s, insn->full) ? IS_OTHER : IS_NULL;
    }
    return changes(p, s, insn) ? IS_OTHER : GOES_ON;
}

/* Of a branch's condition, on its way to a block: read from the place in the branch's own block, and nothing behind. */
static verdict test_says(plan *p, const search *s, const ir_block *from, ir_block_id to)
{
    const ir_insn *br = &from->insns[from->n - 1];
    bool when_true;
    ir_temp temp = branch_tests(p, br, &when_true);
    const ir_insn *load = temp ? p->values[temp].def : NULL;
    if (!load || load->op != IR_OP_load || !same_place(p, s->place, &load->place)) return GOES_ON;
    if (br->succ_count != 2 || br->succ[0] == br->succ[1]) return GOES_ON;
    if (load < from->insns || load >= br || releases_late(p, s, br->full)) return GOES_ON;
    for (const ir_insn *insn = load + 1; insn < br; insn++)
        if (changes(p, s, insn)) return GOES_ON;
    return br->succ[when_true ? 0 : 1] == to ? IS_OTHER : IS_NULL;
}

static bool block_says_null(plan *p, search *s, ir_block_id id, size_t from);

static bool ways_say_null(plan *p, search *s, ir_block_id id)
{
    if (id == 1 || !s->cfg->pred_counts[id]) return false;
    for (size_t i = 0; i < s->cfg->pred_counts[id]; i++) {
        ir_block_id before = s->cfg->preds[id][i];
        const ir_block *block = &p->func->blocks[before];
        verdict v = test_says(p, s, block, id);
        if (v == IS_OTHER) return false;
        if (v == GOES_ON && !s->seen[before] && !block_says_null(p, s, before, block->n)) return false;
    }
    return true;
}

static bool block_says_null(plan *p, search *s, ir_block_id id, size_t from)
{
    const ir_block *block = &p->func->blocks[id];
    if (from == block->n) s->seen[id] = true; /* a way round comes by nothing new */
    for (size_t i = from; i-- > 0;) {
        verdict v = says(p, s, &block->insns[i]);
        if (v != GOES_ON) return v == IS_NULL;
    }
    return ways_say_null(p, s, id);
}

/* ---- candidates ------------------------------------------------------------------------------------------------ */
static bool is_candidate(plan *p, const ir_insn *store)
{
    ir_type_id type;
    const ir_place *place = &store->place;
    if (store->op != IR_OP_store || store->sub == IR_STORE_INIT || store_is_fresh(p, store)) return false;
    if (place->base == IR_BASE_LOCAL) {
        const ir_local *local = &p->func->locals[place->id];
        if (!place->step_count || local->address_taken || local->is_literal || !p->locals[place->id].owned)
            return false;
    }
    return place_hold(p, place, &type) == HOLD_STRONG && type_counted(p->rw, type) == COUNTED_REF;
}

void optimise_empty(plan *p)
{
    ir_cfg cfg = {0};
    if (!p->optimise) return;
    ir_cfg_init(&cfg, p->func);
    for (size_t i = 0; i < p->reachable; i++) {
        const ir_insn *store = p->order[i];
        if (!is_candidate(p, store)) continue;
        search s = {.place = &store->place, .cfg = &cfg};
        ir_block_id id = p->block_of[i];
        slots_need(p->rw);
        s.seen = x_calloc(p->func->block_count, sizeof *s.seen);
        chain_add_place(p, &s.slots, &store->place);
        if (block_says_null(p, &s, id, (size_t)(store - p->func->blocks[id].insns)))
            vec_push(&p->empty, store);
        chain_fini(&s.slots);
        free(s.seen);
    }
    ir_cfg_fini(&cfg);
}

bool store_is_empty(const plan *p, const ir_insn *store)
{
    for (size_t i = 0; i < p->empty.n; i++)
        if (p->empty.at[i] == store) return true;
    return false;
}
