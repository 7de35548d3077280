/* SPDX-License-Identifier: MIT
 *
 * The types of places.
 */
#include "ir_p.h"

ir_type_id iri_base_type(const ir_unit *unit, const ir_func *func, const ir_place *place)
{
    switch (place->base) {
    case IR_BASE_LOCAL: return place->id < func->local_count ? func->locals[place->id].type : 0;
    case IR_BASE_GLOBAL: return place->id < unit->decls.n ? unit->decls.at[place->id].type : 0;
    case IR_BASE_MEMORY: {
        const ir_type *t = ir_type_of(unit, place->id < func->temp_count ? func->temp_types[place->id] : 0);
        return t->kind == IR_POINTER ? t->of : 0;
    }
    default: return 0;
    }
}

ir_type_id iri_step_type(const ir_unit *unit, ir_type_id from, const ir_step *step)
{
    const ir_type *t = ir_type_of(unit, from);
    /* Inside an array; else beside the object that a pointer names (a pointer to arrays is moved by `add`). */
    if (step->kind == IR_STEP_INDEX) return t->kind == IR_ARRAY ? t->of : from;
    if (step->record == 0 || step->record >= unit->records.n) return 0;
    const ir_record *record = &unit->records.at[step->record];
    return step->field < record->field_count ? record->fields[step->field].type : 0;
}

ir_type_id ir_place_type(const ir_unit *unit, const ir_func *func, const ir_place *place)
{
    ir_type_id type = iri_base_type(unit, func, place);
    for (size_t i = 0; i < place->step_count; i++) type = iri_step_type(unit, type, &place->steps[i]);
    return type;
}

const ir_step *ir_last_field(const ir_place *place)
{
    const ir_step *last = NULL;
    for (size_t i = 0; i < place->step_count; i++)
        if (place->steps[i].kind == IR_STEP_FIELD) last = &place->steps[i];
    return last;
}

bool ir_in_system_header(const ir_unit *unit, const ir_span *span)
{
    return span->file && span->file < unit->files.n && unit->files.at[span->file].system;
}
