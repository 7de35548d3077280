/* SPDX-License-Identifier: MIT
 *
 * What the checks of types that are described by hand share: the parts that a type object or a table of slots names, and
 * the fields that each of them mentions. Everything is borrowed from the unit.
 */
#ifndef RECOUNT_TYPE_P_H
#define RECOUNT_TYPE_P_H

#include "own_p.h"

enum { PART_TRAVERSE, PART_CLEAR, PART_DEALLOC, PART_COUNT, MOST_FIELDS = 64 };

typedef struct type_check {
    const ir_unit *unit;
    const contract_set *contracts;
    const own_options *options;
    own_result *out;
    ir_func *const *by_decl;
} type_check;

typedef struct type_parts {
    ir_decl_id at[PART_COUNT];
    bool any;
    bool at_run_time; /* made from a table of slots: each object has a reference to its type */
    enum { COLLECTABLE_UNKNOWN, COLLECTABLE_NO, COLLECTABLE_YES } collectable; /* by the type's flags */
} type_parts;

typedef struct field_set {
    ir_record_id record;
    uint64_t bits;     /* fields that are mentioned                             */
    uint64_t released; /* ... whose value is released, or whose address is taken */
    bool clears;       /* the type's own clear is called through the type */
} field_set;

bool own_describes_type(const ir_record *r); /* the record of a type object, or of a table of its slots */
/* Whether the place is the member of a type object that holds its clear function. */
bool own_is_clear_member(const type_check *t, const ir_place *place);
bool own_type_counts(const type_check *t, ir_record_id record, size_t field);
diag *own_type_report(const type_check *t, const char *check, const ir_span *at, const char *function,
                      const char *message);

/* ---- collector.c ---- */
void own_check_collector(const type_check *t, const ir_decl *type, const type_parts *parts,
                         const field_set *sets);

#endif
