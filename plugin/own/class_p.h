/* SPDX-License-Identifier: MIT
 *
 * The class graph while it is built: tables of the result, beside what only the search for cycles needs.
 */
#ifndef RECOUNT_CLASS_P_H
#define RECOUNT_CLASS_P_H

#include "own_p.h"

typedef struct class_graph {
    const ir_unit *unit;
    own_result *out;
    size_t *of_record;         /* record -> class, or (size_t)-1 */
    VEC(ir_record_id) records; /* class -> record                */
    VEC(bool) many;            /* edge -> an array or a buffer   */
} class_graph;

bool own_class_is_any(const own_edge *edge);
/* One is the other or inherits from it: an object of the one may be, or has the fields of, the other. */
bool own_class_related(const class_graph *g, size_t a, size_t b);
void own_find_cycles(class_graph *g);

#endif
