/* SPDX-License-Identifier: MIT
 *
 * The inside of a contract set. Everything that the tables point at lives in the set's arena.
 */
#ifndef RECOUNT_CONTRACT_P_H
#define RECOUNT_CONTRACT_P_H

#include "contract.h"

struct contract_set {
    arena arena;
    const contract_set *base; /* looked in second; not owned */
    map functions;            /* name -> contract_fn         */
    map fields;               /* "record.field" -> contract_field */
    map embeds;               /* record -> name of its counter */
    map kinds;                /* "kind function" -> the kind   */
    map makers, enders;       /* function -> the domains of memory that it hands out or takes back, between blanks */
    VEC(contract_object) objects;
    VEC(const contract_fn *) roles;
};

/* Whether a record goes by this name: its tag, or a typedef of it. */
bool contract_record_named(const ir_unit *unit, ir_record_id record, const char *name);

#endif
