/* SPDX-License-Identifier: MIT
 *
 * Functions that stand in a table must do what the table's users expect: a contract for the member that holds
 * them (a method table's function pointer) is a contract for each of them.
 */
#include <stdlib.h>

#include "own_p.h"

struct roles {
    const contract_fn **at;
    size_t n;
};

static void assign(roles *r, const ir_unit *unit, const contract_set *contracts, ir_record_id record,
                   uint32_t field, const ir_init *value)
{
    if (value->is_list || value->value.kind != IR_NAME) return;
    const ir_record *rec = &unit->records.at[record];
    if (field >= rec->field_count) return;
    const contract_field *c = contract_find_field(contracts, rec->name, rec->fields[field].name);
    if (c && c->fn && value->value.name < r->n && !r->at[value->value.name]) r->at[value->value.name] = c->fn;
}

static void visit(roles *r, const ir_unit *unit, const contract_set *contracts, const ir_init *init)
{
    if (!init || !init->is_list) return;
    const ir_type *type = ir_type_of(unit, init->type);
    for (size_t i = 0; i < init->item_count; i++) {
        const ir_init *item = init->items[i].init;
        if (!item) continue;
        if (type->kind == IR_RECORD) assign(r, unit, contracts, type->record, init->items[i].index, item);
        visit(r, unit, contracts, item);
    }
}

roles *own_roles_new(const ir_unit *unit, const contract_set *contracts)
{
    roles *r = x_calloc(1, sizeof *r);
    r->n = unit->decls.n;
    r->at = x_calloc(r->n + 1, sizeof(const contract_fn *));
    for (size_t i = 1; i < unit->decls.n; i++) visit(r, unit, contracts, unit->decls.at[i].init);
    return r;
}

void own_roles_free(roles *r)
{
    if (!r) return;
    free(r->at);
    free(r);
}

const contract_fn *own_role_find(const roles *r, ir_decl_id function)
{
    return function < r->n ? r->at[function] : NULL;
}
