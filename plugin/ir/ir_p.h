/* SPDX-License-Identifier: MIT
 *
 * What the files of ir/ share: how types, places and operands step through the unit's tables.
 */
#ifndef RECOUNT_IR_P_H
#define RECOUNT_IR_P_H

#include "ir.h"

/* The type of a place's base, and of what one step leads to from a type; 0 when there is none. */
ir_type_id iri_base_type(const ir_unit *unit, const ir_func *func, const ir_place *place);
ir_type_id iri_step_type(const ir_unit *unit, ir_type_id from, const ir_step *step);

#endif
