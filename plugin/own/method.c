/* SPDX-License-Identifier: MIT
 *
 * format-mismatch in a method table: the flags of an entry say with how many arguments its function is called, and the cast
 * that puts the function there hides from the compiler that it takes another number.
 */
#include <string.h>

#include "own_p.h"

static const struct {
    const char *record, *function, *flags;
    int64_t ignored; /* bits that say nothing of the arguments */
} tables[] = {
#define METHODS(record, function, flags, ignored) {record, function, flags, ignored},
#define CALLED(record, flags, arguments, least, words)
#include "methods.def"
#undef METHODS
#undef CALLED
};

static const struct {
    const char *record;
    int64_t flags;
    size_t arguments, least;
    const char *words;
} calls[] = {
#define METHODS(record, function, flags, ignored)
#define CALLED(record, flags, arguments, least, words) {record, flags, arguments, least, words},
#include "methods.def"
#undef METHODS
#undef CALLED
};

static const ir_init *member(const ir_unit *unit, const ir_init *entry, const char *name)
{
    const ir_record *record = &unit->records.at[ir_type_of(unit, entry->type)->record];
    for (size_t i = 0; i < entry->item_count; i++) {
        uint32_t field = entry->items[i].index;
        if (field < record->field_count && strcmp(record->fields[field].name, name) == 0)
            return entry->items[i].init;
    }
    return NULL;
}

static void report(const ir_unit *unit, const ir_decl *table, const ir_init *entry, own_result *out,
                   confidence sure, const char *message)
{
    diag *d = diag_add(&out->findings, "format-mismatch", own_place(unit, &entry->span), "%s", message);
    d->function = arena_strdup(&out->arena, table->source_name);
    d->shape = arena_strdup(&out->arena, message);
    d->confidence = sure;
}

static void check_function(const ir_unit *unit, const ir_decl *table, const ir_init *entry, size_t t,
                           own_result *out)
{
    const ir_init *function = member(unit, entry, tables[t].function),
                  *flags = member(unit, entry, tables[t].flags);
    if (!function || function->is_list || function->value.kind != IR_NAME) return;
    if (flags && (flags->is_list || flags->value.kind != IR_INTEGER)) return;
    const ir_decl *decl = &unit->decls.at[function->value.name];
    if (!ir_type_of(unit, decl->type)->prototyped) return;
    int64_t how = flags ? flags->value.integer & ~tables[t].ignored : 0;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        if (calls[i].flags != how || strcmp(calls[i].record, tables[t].record) != 0) continue;
        if (decl->param_count == calls[i].arguments) return;
        confidence sure = decl->param_count > calls[i].arguments ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM;
        if (decl->param_count >= calls[i].least)
            report(unit, table, entry, out, sure,
                   arena_printf(&out->arena, "%s takes %zu parameters, and with %s it is called with %zu",
                                decl->name, decl->param_count, calls[i].words, calls[i].arguments));
        return;
    }
    report(unit, table, entry, out, CONFIDENCE_HIGH,
           arena_printf(&out->arena, "the flags of %s name no way to call it", decl->name));
}

static void check_table(const ir_unit *unit, const ir_decl *table, own_result *out)
{
    const ir_type *type = ir_type_of(unit, table->type);
    const ir_type *element = type->kind == IR_ARRAY ? ir_type_of(unit, type->of) : NULL;
    if (!element || element->kind != IR_RECORD || !table->init->is_list) return;
    const char *name = unit->records.at[element->record].name;
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        if (strcmp(tables[t].record, name) != 0) continue;
        for (size_t i = 0; i < table->init->item_count; i++) {
            const ir_init *entry = table->init->items[i].init;
            if (entry && entry->is_list) check_function(unit, table, entry, t, out);
        }
    }
}

void own_check_methods(const ir_unit *unit, const own_options *options, own_result *out)
{
    if (!own_wants(options, "format-mismatch")) return;
    for (size_t i = 1; i < unit->decls.n; i++)
        if (unit->decls.at[i].kind == IR_DECL_GLOBAL && unit->decls.at[i].init)
            check_table(unit, &unit->decls.at[i], out);
}
