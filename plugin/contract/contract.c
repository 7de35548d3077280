/* SPDX-License-Identifier: MIT
 *
 * The tables of a contract set and the look-ups in them. Keys are C names: packs are parsed alone, against
 * forward declarations of their own, so that nothing but the name connects a contract with what it speaks of.
 */
#include <stdlib.h>
#include <string.h>

#include "contract_p.h"

contract_set *contract_set_new(void)
{
    return x_calloc(1, sizeof(contract_set));
}

contract_set *contract_set_over(const contract_set *base)
{
    contract_set *set = contract_set_new();
    set->base = base;
    return set;
}

void contract_set_free(contract_set *set)
{
    if (!set) return;
    map_fini(&set->functions);
    map_fini(&set->fields);
    map_fini(&set->embeds);
    map_fini(&set->kinds);
    map_fini(&set->makers);
    map_fini(&set->enders);
    vec_fini(&set->objects);
    vec_fini(&set->roles);
    arena_fini(&set->arena);
    free(set);
}

const contract_fn *contract_find(const contract_set *set, const char *function)
{
    const contract_fn *best = NULL;
    for (; set; set = set->base) {
        const contract_fn *fn = map_get(&set->functions, function);
        if (fn && (!best || fn->trust > best->trust)) best = fn;
    }
    return best;
}

bool contract_is_kind(const contract_set *set, const char *kind, const char *function)
{
    char key[160];
    if ((size_t)snprintf(key, sizeof key, "%s %s", kind, function) >= sizeof key) return false;
    for (; set; set = set->base)
        if (map_get(&set->kinds, key)) return true;
    return false;
}

const char *contract_allocates(const contract_set *set, const char *function)
{
    const char *found = NULL;
    for (; set && !found; set = set->base) found = map_get(&set->makers, function);
    return found;
}

const char *contract_frees(const contract_set *set, const char *function)
{
    const char *found = NULL;
    for (; set && !found; set = set->base) found = map_get(&set->enders, function);
    return found;
}

const contract_fn *contract_role(const contract_set *set, size_t i)
{
    for (; set; i -= set->roles.n, set = set->base)
        if (i < set->roles.n) return set->roles.at[i];
    return NULL;
}

const contract_field *contract_find_field(const contract_set *set, const char *record, const char *field)
{
    char key[256];
    if ((size_t)snprintf(key, sizeof key, "%s.%s", record, field) >= sizeof key) return NULL;
    for (; set; set = set->base) {
        const contract_field *found = map_get(&set->fields, key);
        if (found) return found;
    }
    return NULL;
}

/* A record is known by its tag and by each typedef of it. */
bool contract_record_named(const ir_unit *unit, ir_record_id record, const char *name)
{
    if (strcmp(unit->records.at[record].name, name) == 0) return true;
    for (size_t i = 0; i < unit->typedefs.n; i++) {
        const ir_typedef *alias = &unit->typedefs.at[i];
        const ir_type *type = ir_type_of(unit, alias->type);
        if (type->kind == IR_RECORD && type->record == record && strcmp(alias->name, name) == 0) return true;
    }
    return false;
}

static const contract_object *declared_object(const contract_set *set, const ir_unit *unit,
                                              ir_record_id record)
{
    for (; set; set = set->base)
        for (size_t i = 0; i < set->objects.n; i++)
            if (contract_record_named(unit, record, set->objects.at[i].type)) return &set->objects.at[i];
    return NULL;
}

static ir_record_id first_member(const ir_unit *unit, ir_record_id record)
{
    const ir_record *r = &unit->records.at[record];
    if (!r->complete || r->is_union || r->field_count == 0) return 0;
    const ir_type *type = ir_type_of(unit, r->fields[0].type);
    return type->kind == IR_RECORD ? type->record : 0;
}

const contract_object *contract_object_of(const contract_set *set, const ir_unit *unit, ir_record_id record)
{
    enum { DEEPEST = 16 };
    for (int depth = 0; record && record < unit->records.n && depth < DEEPEST; depth++) {
        const contract_object *object = declared_object(set, unit, record);
        if (object) return object;
        record = first_member(unit, record);
    }
    return NULL;
}

const contract_object *contract_object_at(const contract_set *set, const ir_unit *unit, ir_type_id pointer)
{
    ir_record_id record;
    return ir_type_is_pointer_to_record(unit, pointer, &record) ? contract_object_of(set, unit, record)
                                                                : NULL;
}

const char *contract_embeds(const contract_set *set, const ir_unit *unit, ir_record_id record)
{
    for (; set; set = set->base) {
        size_t cursor = 0;
        const char *name;
        void *field;
        while (map_next(&set->embeds, &cursor, &name, &field))
            if (contract_record_named(unit, record, name)) return field;
    }
    return NULL;
}
