/* SPDX-License-Identifier: MIT
 *
 * Functions that stand in a table must do what the table's users expect: a contract for the member that holds
 * them (a method table's function pointer) is a contract for each of them. A function whose table stands in another file
 * is known by its shape (RC_ROLE), as long as nobody here calls it by name.
 */
#include <stdlib.h>
#include <string.h>

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

/* A table whose entries are a number and a function of any type. */
static const struct {
    const char *table, *record, *member;
    int64_t number;
} slots[] = {
#define SLOT(table, number, record, member) {table, record, member, number},
#include "slots.def"
#undef SLOT
};

static void assign_slot(roles *r, const ir_unit *unit, const contract_set *contracts, const ir_init *entry)
{
    const char *table = unit->records.at[ir_type_of(unit, entry->type)->record].name;
    if (entry->item_count < 2 || strcmp(table, slots[0].table) != 0) return;
    const ir_init *number = entry->items[0].init, *function = entry->items[1].init;
    if (!number || !function || number->value.kind != IR_INTEGER || function->value.kind != IR_NAME) return;
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        if (slots[i].number != number->value.integer || function->value.name >= r->n) continue;
        const contract_field *c = contract_find_field(contracts, slots[i].record, slots[i].member);
        if (c && c->fn && !r->at[function->value.name]) r->at[function->value.name] = c->fn;
    }
}

static void visit(roles *r, const ir_unit *unit, const contract_set *contracts, const ir_init *init)
{
    if (!init || !init->is_list) return;
    const ir_type *type = ir_type_of(unit, init->type);
    if (type->kind == IR_RECORD) assign_slot(r, unit, contracts, init);
    for (size_t i = 0; i < init->item_count; i++) {
        const ir_init *item = init->items[i].init;
        if (!item) continue;
        if (type->kind == IR_RECORD) assign(r, unit, contracts, type->record, init->items[i].index, item);
        visit(r, unit, contracts, item);
    }
}

/* ---- by shape ------------------------------------------------------------------------------------------ */

static bool fits(const ir_unit *unit, const contract_set *contracts, const ir_decl *decl,
                 const contract_fn *role)
{
    ir_type_id result = ir_type_of(unit, decl->type)->of;
    if (decl->param_count != role->param_count || strcmp(decl->params[0].name, role->params[0].name) != 0)
        return false;
    if ((role->result == CONTRACT_RESULT_NEW) != (contract_object_at(contracts, unit, result) != NULL))
        return false;
    if (role->result == CONTRACT_RESULT_NONE && ir_type_of(unit, result)->kind != IR_INT) return false;
    for (size_t i = 0; i < decl->param_count; i++) {
        const ir_type *type = ir_type_of(unit, decl->params[i].type);
        bool variable = type->kind == IR_POINTER && ir_type_of(unit, type->of)->kind == IR_POINTER;
        if ((type->kind == IR_POINTER) != role->params[i].pointer || variable != role->params[i].variable ||
            (contract_object_at(contracts, unit, decl->params[i].type) != NULL) != role->params[i].object)
            return false;
    }
    return true;
}

static void mark_called(const ir_unit *unit, bool *called)
{
    for (size_t i = 0; i < unit->funcs.n; i++) {
        const ir_func *f = unit->funcs.at[i];
        for (ir_block_id b = 1; b < f->block_count; b++)
            for (size_t k = 0; k < f->blocks[b].n; k++)
                if (f->blocks[b].insns[k].op == IR_OP_call && f->blocks[b].insns[k].a.kind == IR_NAME)
                    called[f->blocks[b].insns[k].a.name] = true;
    }
}

static void assign_by_shape(roles *r, const ir_unit *unit, const contract_set *contracts)
{
    if (!contract_role(contracts, 0)) return;
    bool *called = x_calloc(r->n + 1, sizeof *called);
    mark_called(unit, called);
    for (size_t i = 0; i < unit->funcs.n; i++) {
        ir_decl_id id = unit->funcs.at[i]->decl;
        const ir_decl *decl = &unit->decls.at[id];
        const contract_fn *role;
        for (size_t k = 0;
             !r->at[id] && !called[id] && decl->param_count && (role = contract_role(contracts, k)); k++)
            if (fits(unit, contracts, decl, role)) r->at[id] = role;
    }
    free(called);
}

roles *own_roles_new(const ir_unit *unit, const contract_set *contracts)
{
    roles *r = x_calloc(1, sizeof *r);
    r->n = unit->decls.n;
    r->at = x_calloc(r->n + 1, sizeof(const contract_fn *));
    for (size_t i = 1; i < unit->decls.n; i++) visit(r, unit, contracts, unit->decls.at[i].init);
    assign_by_shape(r, unit, contracts);
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
