/* SPDX-License-Identifier: MIT
 *
 * What is read from the array of a container through a macro: `list->ob_item[i]` is borrowed from the list, as the
 * function of the same meaning says of its result, unless this function may also move it out of that array.
 */
#include <string.h>

#include "own_p.h"

enum { DEEPEST_CHAIN = 8 };

static bool is_strong(const engine *e, const ir_step *step)
{
    if (step->kind != IR_STEP_FIELD) return false;
    const ir_record *record = &e->unit->records.at[step->record];
    const contract_field *field =
        contract_find_field(e->contracts, record->name, record->fields[step->field].name);
    return field && field->ownership == CONTRACT_FIELD_STRONG;
}

/* The temporary that points to the container whose array of strong references the place is an element of; 0: none. */
static ir_temp container_of(const engine *e, const ir_place *place)
{
    if (place->base != IR_BASE_MEMORY || !place->step_count ||
        place->steps[place->step_count - 1].kind != IR_STEP_INDEX)
        return 0;
    if (place->step_count == 2) return is_strong(e, &place->steps[0]) ? place->id : 0;
    const ir_insn *array = place->step_count == 1 ? e->defs[place->id] : NULL;
    if (!array || array->op != IR_OP_load || array->place.base != IR_BASE_MEMORY || !array->place.step_count)
        return 0;
    return is_strong(e, &array->place.steps[array->place.step_count - 1]) ? array->place.id : 0;
}

/* The local variable that a temporary was read from, through casts; 0: none. */
static ir_local_id variable_of(const engine *e, ir_temp t)
{
    for (int depth = 0; t && depth < DEEPEST_CHAIN; depth++) {
        const ir_insn *insn = e->defs[t];
        if (!insn) return 0;
        if (insn->op == IR_OP_load)
            return insn->place.base == IR_BASE_LOCAL && !insn->place.step_count ? insn->place.id : 0;
        if (insn->op != IR_OP_cast && insn->op != IR_OP_copy) return 0;
        t = insn->a.kind == IR_TEMP ? insn->a.temp : 0;
    }
    return 0;
}

static bool may_be(ir_local_id a, ir_local_id b)
{
    return !a || !b || a == b;
}

/* The load that a value comes from through casts, or NULL. */
static const ir_insn *load_of(const engine *e, ir_temp t)
{
    const ir_insn *insn = t ? e->defs[t] : NULL;
    for (int depth = 0; insn && insn->op == IR_OP_cast && depth < DEEPEST_CHAIN; depth++)
        insn = e->defs[ir_temp_of(&insn->a)];
    return insn && insn->op == IR_OP_load ? insn : NULL;
}

/* A call that may change what the container in `local` holds: one that gives it something to keep, one that nobody has
 * described, and one that counts an element where it is, which the next load of it cannot be told from. */
static bool call_moves(const engine *e, const ir_insn *insn, ir_local_id local)
{
    const contract_fn *fn = contract_find(e->contracts, e->unit->decls.at[insn->a.name].name);
    for (size_t i = 0; i < insn->arg_count; i++) {
        ir_temp t = ir_temp_of(&insn->args[i]);
        if (!fn && t && local && variable_of(e, t) == local) return true;
        if (!fn || i >= fn->param_count) continue;
        bool steals = i > 0 && fn->params[i].effect == CONTRACT_STEALS;
        if (steals && may_be(variable_of(e, ir_temp_of(&insn->args[0])), local)) return true;
        const ir_insn *load = fn->params[i].effect == CONTRACT_RETAINS ? load_of(e, t) : NULL;
        if (load && container_of(e, &load->place)) return true;
    }
    return false;
}

static bool moves(const engine *e, const ir_insn *insn, ir_local_id local)
{
    if (insn->op == IR_OP_store) {
        ir_temp to = container_of(e, &insn->place);
        return to && may_be(variable_of(e, to), local);
    }
    return insn->op == IR_OP_call && insn->a.kind == IR_NAME && call_moves(e, insn, local);
}

static bool stays(const engine *e, ir_temp container)
{
    ir_local_id local = variable_of(e, container);
    for (uint32_t i = 1; i <= e->insn_count; i++)
        if (moves(e, e->insns[i], local)) return false;
    return true;
}

bool own_is_element(engine *e, const state *s, const ir_insn *load, own_val *container)
{
    enum { NOT_ASKED, NO, YES };
    uint8_t *known = &e->elements[e->current];
    if (*known == NO) return false;
    ir_temp t = container_of(e, &load->place);
    if (*known == NOT_ASKED) *known = t && stays(e, t) ? YES : NO;
    if (*known == NO) return false;
    ir_local_id local = variable_of(e, t);
    *container = local ? own_get(s, own_slot_root(e, SLOT_LOCAL, local)) : own_temp(s, t);
    return true;
}
