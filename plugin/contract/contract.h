/* SPDX-License-Identifier: MIT
 *
 * contract: what a callee does to references, from the annotations on prototypes: the user's own code, contract files and
 * the shipped packs, all lowered to ir_units by ast and read here by one reader.
 *
 * A set owns its tables (contract_set_free); the units that it was read from may be freed afterwards.
 */
#ifndef RECOUNT_CONTRACT_H
#define RECOUNT_CONTRACT_H

#include "../ir/ir.h"

typedef enum { CONTRACT_UNKNOWN, CONTRACT_BORROWED, CONTRACT_STEALS, CONTRACT_STEALS_ON_SUCCESS, CONTRACT_RETAINS,
               CONTRACT_RETAINS_ON_SUCCESS, CONTRACT_RELEASES, CONTRACT_OUT_NEW } contract_effect;
typedef enum { CONTRACT_RESULT_UNKNOWN, CONTRACT_RESULT_NONE, CONTRACT_RESULT_NEW, CONTRACT_RESULT_BORROWED,
               CONTRACT_RESULT_BORROWED_FROM, CONTRACT_RESULT_ARG } contract_result;
typedef enum { CONTRACT_TRUST_DEFAULT, CONTRACT_TRUST_INFERRED, CONTRACT_TRUST_IMPORTED, CONTRACT_TRUST_PACK,
               CONTRACT_TRUST_FILE, CONTRACT_TRUST_SOURCE } contract_trust;

typedef struct contract_param { contract_effect effect; bool nullable, nonnull, object; const char *name; } contract_param;

typedef struct contract_fn {
    const char *name;
    contract_result result;
    int result_arg;             /* BORROWED_FROM, ARG: index of the parameter */
    bool nullable, nonnull;     /* the result */
    bool raises, calls_out, noreturn, no_effect, variadic;
    const char *fails;          /* RC_FAILS, or NULL: NULL and -1 */
    const char *noreturn_on;    /* or NULL */
    const char *format_kind;    /* or NULL */
    int format_arg;             /* from 0 */
    contract_param *params;
    size_t param_count;
    contract_trust trust;
    const char *source;         /* "cpython.h:120": for notes */
} contract_fn;

typedef struct contract_object {   /* RC_OBJECT_TYPE */
    const char *type, *incref, *decref;
} contract_object;

typedef struct contract_set contract_set;
contract_set *contract_set_new(void);
void contract_set_free(contract_set *set);
/* Adds every annotated declaration and fact of `unit`; a higher trust replaces a lower one, an equal one the earlier. */
void contract_add_unit(contract_set *set, const ir_unit *unit, contract_trust trust);
const contract_fn *contract_find(const contract_set *set, const char *function);
/* Whether a pointer to this record is counted, and by what: looks through first members. NULL: not counted. */
const contract_object *contract_object_of(const contract_set *set, const ir_unit *unit, ir_record_id record);

#endif
