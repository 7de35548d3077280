/* SPDX-License-Identifier: MIT
 *
 * From annotations to contracts. One reader for the user's own headers, shipped packs and importers' output:
 * what it reads is the annotations that ast kept on declarations, never text.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "contract_p.h"

/* ---- one parameter ------------------------------------------------------------------------------------- */

static const struct {
    const char *annotation;
    contract_effect effect;
} param_effects[] = {
    {"steals", CONTRACT_STEALS},
    {"steals_on_success", CONTRACT_STEALS_ON_SUCCESS},
    {"consumed", CONTRACT_STEALS},
    {"retains", CONTRACT_RETAINS},
    {"retains_on_success", CONTRACT_RETAINS_ON_SUCCESS},
    {"releases", CONTRACT_RELEASES},
    {"out", CONTRACT_OUT_NEW},
    {"borrowed", CONTRACT_BORROWED},
};

static contract_effect effect_of(const ir_annots *a)
{
    if (ir_annotated(a, "out") && ir_annotated(a, "borrowed")) return CONTRACT_OUT_BORROWED;
    if (ir_annotated(a, "out") && ir_annotated(a, "steals")) return CONTRACT_INOUT;
    for (size_t i = 0; i < sizeof param_effects / sizeof *param_effects; i++)
        if (ir_annotated(a, param_effects[i].annotation)) return param_effects[i].effect;
    return CONTRACT_BORROWED; /* the vocabulary's default for a parameter */
}

static bool is_variable(const ir_unit *unit, ir_type_id type)
{
    const ir_type *t = ir_type_of(unit, type);
    return t->kind == IR_POINTER && ir_type_of(unit, t->of)->kind == IR_POINTER;
}

static bool is_object_pointer(const contract_set *set, const ir_unit *unit, ir_type_id type)
{
    ir_record_id record;
    return ir_type_is_pointer_to_record(unit, type, &record) && contract_object_of(set, unit, record);
}

static bool is_class_pointer(const ir_unit *unit, ir_type_id type)
{
    ir_record_id record;
    return ir_type_is_pointer_to_record(unit, type, &record) &&
           ir_annotated(&unit->records.at[record].annots, "class");
}

static void read_param(contract_param *out, const ir_annots *a)
{
    out->effect = effect_of(a);
    out->nullable = ir_annotated(a, "nullable");
    out->nonnull = ir_annotated(a, "nonnull");
    out->keeps = ir_annotated(a, "keeps");
    out->drops = ir_annotated(a, "drops");
    out->sinks = ir_annotated(a, "sinks");
    out->raises = ir_annotated(a, "raises");
}

/* ---- the function's own annotations -------------------------------------------------------------------- */

static int param_index(const contract_fn *fn, const char *name)
{
    for (size_t i = 0; i < fn->param_count; i++)
        if (fn->params[i].name && strcmp(fn->params[i].name, name) == 0) return (int)i;
    return isdigit((unsigned char)*name) ? atoi(name) : -1;
}

static contract_failure failure_of(const char *text)
{
    char flat[32];
    size_t n = 0;
    for (const char *s = text; *s && n + 1 < sizeof flat; s++)
        if (*s != ' ') flat[n++] = *s;
    flat[n] = '\0';
    if (strcmp(flat, "1") == 0) return CONTRACT_FAILS_ALWAYS;
    if (strcmp(flat, "0") == 0) return CONTRACT_FAILS_NEVER;
    if (strcmp(flat, "result==0") == 0 || strcmp(flat, "!result") == 0) return CONTRACT_FAILS_ZERO;
    if (strcmp(flat, "result!=0") == 0 || strcmp(flat, "result") == 0) return CONTRACT_FAILS_NONZERO;
    return CONTRACT_FAILS_USUAL;
}

/* "parse:2": the kind and the number, from 1, of the argument that is the format. */
static void read_format(arena *a, contract_fn *fn, const char *text)
{
    const char *colon = text ? strchr(text, ':') : NULL;
    if (!colon) return;
    fn->format_kind = arena_strndup(a, text, (size_t)(colon - text));
    fn->format_arg = atoi(colon + 1) - 1;
}

static void read_result(contract_fn *fn, const ir_annots *a)
{
    const char *from = ir_annot_arg(a, "returns_borrowed_from");
    const char *same = ir_annot_arg(a, "returns_arg");
    if (ir_annotated(a, "returns_new"))
        fn->result = CONTRACT_RESULT_NEW;
    else if (ir_annotated(a, "returns_borrowed"))
        fn->result = CONTRACT_RESULT_BORROWED;
    if (from) fn->result = CONTRACT_RESULT_BORROWED_FROM, fn->result_arg = param_index(fn, from);
    if (same) fn->result = CONTRACT_RESULT_ARG, fn->result_arg = param_index(fn, same);
    if ((from || same) && fn->result_arg < 0) fn->result = CONTRACT_RESULT_BORROWED, fn->result_arg = 0;
    fn->nullable = ir_annotated(a, "nullable");
    fn->nonnull = ir_annotated(a, "nonnull");
}

static void read_function_annotations(arena *arena, contract_fn *fn, const ir_annots *a)
{
    read_result(fn, a);
    fn->raises = ir_annotated(a, "raises");
    fn->calls_out = ir_annotated(a, "calls_out");
    fn->no_effect = ir_annotated(a, "no_effect");
    fn->repeats = ir_annotated(a, "repeats");
    fn->sets_up = ir_annotated(a, "sets_up");
    fn->clears_error = ir_annotated(a, "clears_error");
    fn->tells_error = ir_annotated(a, "tells_error");
    fn->may_miss = ir_annotated(a, "may_miss");
    fn->kept = ir_annotated(a, "keeps");
    fn->floating = ir_annotated(a, "floating");
    fn->acyclic = ir_annotated(a, "acyclic");
    fn->fails = arena_strdup(arena, ir_annot_arg(a, "fails"));
    fn->failure = fn->fails ? failure_of(fn->fails) : CONTRACT_FAILS_USUAL;
    fn->noreturn_on = arena_strdup(arena, ir_annot_arg(a, "noreturn_on"));
    read_format(arena, fn, ir_annot_arg(a, "format"));
}

static bool param_says_something(const contract_param *p)
{
    return p->effect != CONTRACT_BORROWED || p->nullable || p->nonnull || p->keeps || p->sinks || p->drops;
}

/* ---- declarations -------------------------------------------------------------------------------------- */

static const char *source_of(arena *a, const ir_unit *unit, const ir_span *span)
{
    const char *path =
        span->file && span->file < unit->files.n ? unit->files.at[span->file].path : unit->path;
    const char *slash = path ? strrchr(path, '/') : NULL;
    return arena_printf(a, "%s:%u", slash ? slash + 1 : path ? path : "", span->line);
}

static bool is_class_variable(const ir_unit *unit, ir_type_id type)
{
    const ir_type *t = ir_type_of(unit, type);
    return t->kind == IR_POINTER && is_class_pointer(unit, t->of);
}

/* A pointer to a class means something by itself: borrowed as a parameter, new as a result. */
static bool decl_names_class(const ir_unit *unit, const ir_decl *decl)
{
    if (is_class_pointer(unit, ir_type_of(unit, decl->type)->of)) return true;
    for (size_t i = 0; i < decl->param_count; i++)
        if (is_class_pointer(unit, decl->params[i].type) || is_class_variable(unit, decl->params[i].type))
            return true;
    return false;
}

static contract_fn *read_prototype(contract_set *set, const ir_unit *unit, const ir_decl *decl)
{
    const ir_type *type = ir_type_of(unit, decl->type);
    contract_fn *fn = arena_alloc(&set->arena, sizeof *fn);
    fn->name = arena_strdup(&set->arena, decl->name);
    fn->variadic = type->variadic;
    fn->noreturn = decl->noreturn;
    fn->param_count = decl->param_count;
    fn->params = arena_alloc(&set->arena, (decl->param_count + 1) * sizeof *fn->params);
    for (size_t i = 0; i < decl->param_count; i++) {
        read_param(&fn->params[i], &decl->params[i].annots);
        fn->params[i].name = arena_strdup(&set->arena, decl->params[i].name);
        fn->params[i].variable = is_variable(unit, decl->params[i].type);
        fn->params[i].pointer = ir_type_of(unit, decl->params[i].type)->kind == IR_POINTER;
        fn->params[i].object = is_object_pointer(set, unit, decl->params[i].type);
    }
    read_function_annotations(&set->arena, fn, &decl->annots);
    if (fn->result == CONTRACT_RESULT_UNKNOWN && ir_type_of(unit, type->of)->kind != IR_POINTER)
        fn->result = CONTRACT_RESULT_NONE;
    if (fn->result == CONTRACT_RESULT_UNKNOWN && is_class_pointer(unit, type->of))
        fn->result = CONTRACT_RESULT_NEW;
    fn->dialect = decl_names_class(unit, decl);
    for (size_t i = 0; i < fn->param_count && fn->dialect; i++) {
        if (fn->params[i].effect != CONTRACT_BORROWED) continue;
        if (is_class_variable(unit, decl->params[i].type)) /* a T ** is a variable of the caller's */
            fn->params[i].effect = CONTRACT_INOUT;
        else if (is_class_pointer(
                     unit, decl->params[i].type)) /* that it takes nothing is not that it keeps nothing */
            fn->params[i].keeps = true;
    }
    fn->source = source_of(&set->arena, unit, &decl->span);
    return fn;
}

static bool decl_says_something(const ir_decl *decl)
{
    if (decl->annots.n) return true;
    for (size_t i = 0; i < decl->param_count; i++)
        if (decl->params[i].annots.n) return true;
    return false;
}

/* In a pack or contract file a bare prototype speaks too: it borrows its arguments. In a program's own source
 * only one that is annotated or names a class is a contract; what a pack includes of the system's headers says
 * nothing. */
static bool is_contract(const ir_unit *unit, const ir_decl *decl, contract_trust trust)
{
    if (decl->kind != IR_DECL_FUNCTION) return false;
    if (decl_says_something(decl) || decl_names_class(unit, decl)) return true;
    bool system =
        decl->span.file && decl->span.file < unit->files.n && unit->files.at[decl->span.file].system;
    return trust != CONTRACT_TRUST_SOURCE && !system;
}

static void add_function(contract_set *set, const ir_unit *unit, const ir_decl *decl, contract_trust trust)
{
    const contract_fn *old = map_get(&set->functions, decl->name);
    if (old && old->trust > trust) return;
    contract_fn *fn = read_prototype(set, unit, decl);
    fn->trust = trust;
    if (ir_annotated(&decl->annots, "role"))
        vec_push(&set->roles, fn);
    else
        map_set(&set->functions, decl->name, fn);
}

/* ---- function types and fields ------------------------------------------------------------------------- */

static const ir_type *function_behind(const ir_unit *unit, ir_type_id id, const ir_annots **outer)
{
    const ir_type *type = ir_type_of(unit, id);
    if (type->kind == IR_POINTER) {
        if (type->annots.n) *outer = &type->annots;
        type = ir_type_of(unit, type->of);
    }
    return type->kind == IR_FUNCTION ? type : NULL;
}

static contract_fn *read_function_type(arena *a, const ir_unit *unit, ir_type_id id,
                                       const ir_annots *of_declarator)
{
    const ir_annots *outer = NULL;
    const ir_type *type = function_behind(unit, id, &outer);
    if (!type) return NULL;
    if (!outer) outer = &type->annots;
    if (of_declarator && of_declarator->n) outer = of_declarator;
    bool speaks = outer->n > 0;
    contract_fn *fn = arena_alloc(a, sizeof *fn);
    fn->variadic = type->variadic;
    fn->param_count = type->param_count;
    fn->params = arena_alloc(a, (type->param_count + 1) * sizeof *fn->params);
    for (size_t i = 0; i < type->param_count; i++) {
        static const ir_annots none = {0};
        read_param(&fn->params[i], type->param_annots ? &type->param_annots[i] : &none);
        speaks =
            speaks || param_says_something(&fn->params[i]) || (type->param_annots && type->param_annots[i].n);
    }
    if (!speaks) return NULL;
    read_function_annotations(a, fn, outer);
    if (fn->result == CONTRACT_RESULT_UNKNOWN && ir_type_of(unit, type->of)->kind != IR_POINTER)
        fn->result = CONTRACT_RESULT_NONE;
    return fn;
}

const contract_fn *contract_of_type(arena *a, const ir_unit *unit, ir_type_id function_type)
{
    return read_function_type(a, unit, function_type, NULL);
}

static contract_ownership ownership_of(const ir_annots *a)
{
    if (ir_annotated(a, "strong")) return CONTRACT_FIELD_STRONG;
    if (ir_annotated(a, "weak")) return CONTRACT_FIELD_WEAK;
    return ir_annotated(a, "unowned") ? CONTRACT_FIELD_UNOWNED : CONTRACT_FIELD_NONE;
}

static void add_field(contract_set *set, const ir_unit *unit, const ir_record *record, const ir_field *field,
                      contract_trust trust)
{
    contract_field read = {ownership_of(&field->annots), NULL};
    contract_fn *fn = read_function_type(&set->arena, unit, field->type, &field->annots);
    if (read.ownership == CONTRACT_FIELD_NONE && !fn) return;
    if (fn) {
        fn->name = arena_strdup(&set->arena, field->name);
        fn->trust = trust;
        fn->source = source_of(&set->arena, unit, &field->span);
        read.fn = fn;
    }
    contract_field *kept = arena_alloc(&set->arena, sizeof *kept);
    *kept = read;
    map_set(&set->fields, arena_printf(&set->arena, "%s.%s", record->name, field->name), kept);
}

static void add_record(contract_set *set, const ir_unit *unit, const ir_record *record, contract_trust trust)
{
    if (!record->name || !*record->name) return;
    for (size_t i = 0; i < record->field_count; i++) add_field(set, unit, record, &record->fields[i], trust);
}

/* ---- facts --------------------------------------------------------------------------------------------- */

/* The n-th of the parts between colons, in the arena; NULL when there are fewer. */
static const char *part(arena *a, const char *text, int n)
{
    for (; n > 0; n--) {
        text = strchr(text, ':');
        if (!text) return NULL;
        text++;
    }
    const char *end = strchr(text, ':');
    return end ? arena_strndup(a, text, (size_t)(end - text)) : arena_strdup(a, text);
}

/* Calls `add` for each of the names between blanks. */
static void each_name(contract_set *set, const char *names, const char *of,
                      void (*add)(contract_set *set, const char *name, const char *of))
{
    while (names && *(names += strspn(names, " "))) {
        size_t n = strcspn(names, " ");
        add(set, arena_strndup(&set->arena, names, n), of);
        names += n;
    }
}

static void add_kind(contract_set *set, const char *name, const char *kind)
{
    map_set(&set->kinds, arena_printf(&set->arena, "%s %s", kind, name), (void *)(uintptr_t)kind);
}

static void add_maker(contract_set *set, const char *name, const char *domain)
{
    map_set(&set->makers, name, (void *)(uintptr_t)domain);
}

static void add_ender(contract_set *set, const char *name, const char *domain)
{
    const char *old = map_get(&set->enders, name);
    const char *all = old ? arena_printf(&set->arena, "%s %s", old, domain) : domain;
    map_set(&set->enders, name, (void *)(uintptr_t)all);
}

static void add_fact(contract_set *set, const char *text)
{
    const char *second = part(&set->arena, text, 2), *third = part(&set->arena, text, 3);
    if (str_starts(text, "object_type:") && second && third) {
        contract_object object = {part(&set->arena, text, 1), second, third};
        vec_push(&set->objects, object);
    } else if (str_starts(text, "kind:") && second) {
        each_name(set, second, part(&set->arena, text, 1), add_kind);
    } else if (str_starts(text, "allocator:") && third) {
        const char *domain = part(&set->arena, text, 1);
        each_name(set, second, domain, add_maker);
        each_name(set, third, domain, add_ender);
    } else if (str_starts(text, "embeds:") && second) {
        map_set(&set->embeds, part(&set->arena, text, 1), (void *)(uintptr_t)second);
    }
}

/* The two operations that RC_OBJECT_TYPE names need no annotations of their own: they add or drop one reference of their
 * first argument. */
static void add_operation(contract_set *set, const ir_unit *unit, const ir_decl *decl, contract_trust trust,
                          contract_effect effect)
{
    const contract_fn *old = map_get(&set->functions, decl->name);
    if (decl_says_something(decl) || !decl->param_count || (old && old->trust > trust)) return;
    contract_fn *fn = read_prototype(set, unit, decl);
    fn->trust = trust;
    fn->params[0].effect = effect;
    if (ir_type_of(unit, ir_type_of(unit, decl->type)->of)->kind == IR_POINTER)
        fn->result = CONTRACT_RESULT_ARG, fn->result_arg = 0;
    map_set(&set->functions, decl->name, fn);
}

static void add_operations(contract_set *set, const ir_unit *unit, size_t first, contract_trust trust)
{
    for (size_t i = 1; i < unit->decls.n; i++) {
        const ir_decl *decl = &unit->decls.at[i];
        for (size_t k = first; k < set->objects.n && decl->kind == IR_DECL_FUNCTION; k++) {
            if (strcmp(decl->name, set->objects.at[k].incref) == 0)
                add_operation(set, unit, decl, trust, CONTRACT_RETAINS);
            if (strcmp(decl->name, set->objects.at[k].decref) == 0)
                add_operation(set, unit, decl, trust, CONTRACT_RELEASES);
        }
    }
}

static bool is_imported(const ir_unit *unit)
{
    for (size_t i = 0; i < unit->facts.n; i++)
        if (str_starts(unit->facts.at[i].text, "imported:")) return true;
    return false;
}

void contract_add_unit(contract_set *set, const ir_unit *unit, contract_trust trust)
{
    if (trust > CONTRACT_TRUST_IMPORTED && trust < CONTRACT_TRUST_SOURCE && is_imported(unit))
        trust = CONTRACT_TRUST_IMPORTED;
    size_t objects = set->objects.n;
    for (size_t i = 0; i < unit->facts.n; i++) add_fact(set, unit->facts.at[i].text);
    for (size_t i = 1; i < unit->records.n; i++) add_record(set, unit, &unit->records.at[i], trust);
    for (size_t i = 1; i < unit->decls.n; i++)
        if (is_contract(unit, &unit->decls.at[i], trust)) add_function(set, unit, &unit->decls.at[i], trust);
    add_operations(set, unit, objects, trust);
}
