/* SPDX-License-Identifier: MIT
 *
 * The C text of single counted operations, as a person would write it.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

const rewrite_file *find_replaced(const rewrite_options *options, const char *path)
{
    for (size_t i = 0; i < options->header_count; i++)
        if (strcmp(options->headers[i].path, path) == 0) return &options->headers[i];
    return NULL;
}

const char *file_text(const rewriter *rw, uint32_t file, size_t *n)
{
    file_cache *cache = &((rewriter *)rw)->texts[file];
    const rewrite_file *replaced;
    if (!cache->text && !cache->failed) {
        if (rw->unit->files.at[file].main && rw->unit->source) {
            cache->text = arena_strndup(&rw->out->arena, rw->unit->source, rw->unit->source_size);
            cache->n = rw->unit->source_size;
        } else if ((replaced = find_replaced(rw->options, rw->unit->files.at[file].path))) {
            cache->text = replaced->text;
            cache->n = replaced->n;
        } else {
            char *text = NULL;
            cache->failed = file_read(rw->unit->files.at[file].path, &text, &cache->n) != 0;
            if (!cache->failed) cache->text = arena_strndup(&rw->out->arena, text, cache->n);
            free(text);
        }
    }
    if (n) *n = cache->n;
    return cache->text;
}

static const ir_type *type_at(const rewriter *rw, ir_type_id type)
{
    return ir_type_of(rw->unit, type);
}

const char *helper_name(rewriter *rw, helper_verb verb, ir_record_id record)
{
    static const char *const verbs[] = {"copy", "drop", "land", "set"};
    rw->wanted[record] |= (unsigned char)(1u << verb);
    return arena_printf(&rw->out->arena, "rc_%s_%s", verbs[verb], record_name(rw, record));
}

/* Whether a struct has weak variables in it: the runtime knows their addresses, so that a copy of them has to
 * land. */
bool record_has_weak(rewriter *rw, ir_record_id id)
{
    const ir_record *record = &rw->unit->records.at[id];
    for (size_t i = 0; i < record->field_count; i++) {
        counted kind;
        hold how;
        if (!field_counted(rw, &record->fields[i], &kind, &how)) continue;
        if (how == HOLD_WEAK || type_has_weak(rw, record->fields[i].type)) return true;
    }
    return false;
}

bool type_has_weak(rewriter *rw, ir_type_id id)
{
    const ir_type *type = type_at(rw, id);
    if (type->kind == IR_ARRAY) return type_has_weak(rw, type->of);
    return type->kind == IR_RECORD && type_counted(rw, id) != COUNTED_NO && record_has_weak(rw, type->record);
}

/* Does something to each element of an array; `text` says what, for one. */
typedef const char *element_text(rewriter *rw, ir_type_id type, const char *lvalue);

static const char *each_element(rewriter *rw, const ir_type *array, const char *lvalue, element_text *text)
{
    arena *a = &rw->out->arena;
    const char *i = rw->depth ? arena_printf(a, "rc_i%u", rw->depth) : "rc_i";
    rw->depth++;
    const char *element = text(rw, array->of, arena_printf(a, "%s[%s]", lvalue, i));
    rw->depth--;
    return arena_printf(a, "for (size_t %s = 0; %s < %llu; %s++) %s", i, i, (unsigned long long)array->length,
                        i, element);
}

/* &lvalue; p for a pointer's target, *p or (*p). */
static const char *address_of(rewriter *rw, const char *lvalue)
{
    size_t n = strlen(lvalue);
    if (n > 3 && str_starts(lvalue, "(*") &&
        strspn(lvalue + 2, "abcdefghijklmnopqrstuvwxyz_0123456789") == n - 3)
        return arena_strndup(&rw->out->arena, lvalue + 2, n - 3);
    if (*lvalue == '*') return lvalue + 1;
    return arena_printf(&rw->out->arena, "&%s", lvalue);
}

/* A struct that has no functions of its own, since no name for it reaches to file level: field by field. */
static const char *each_field(rewriter *rw, ir_record_id id, const char *lvalue, element_text *strong,
                              element_text *weak)
{
    const ir_record *record = &rw->unit->records.at[id];
    strbuf b = {0};
    for (size_t i = 0; i < record->field_count; i++) {
        const ir_field *field = &record->fields[i];
        counted kind;
        hold how;
        if (!field_counted(rw, field, &kind, &how) || how == HOLD_BUFFER) continue;
        const char *dot = field->name[0] ? "." : "";
        const char *member = arena_printf(&rw->out->arena, "%s%s%s", lvalue, dot, field->name);
        element_text *text = how == HOLD_WEAK || (!strong && type_has_weak(rw, field->type)) ? weak : strong;
        if (text) strbuf_printf(&b, " %s;", text(rw, field->type, member));
    }
    const char *text = arena_printf(&rw->out->arena, "do {%s } while (0)", b.s ? b.s : "");
    strbuf_fini(&b);
    return text;
}

const char *text_release(rewriter *rw, ir_type_id id, const char *lvalue)
{
    const ir_type *type = type_at(rw, id);
    if (type->kind == IR_ARRAY) return each_element(rw, type, lvalue, text_release);
    if (type->kind == IR_RECORD && record_is_inner(rw, type->record))
        return each_field(rw, type->record, lvalue, text_release, text_weak_end);
    if (type->kind != IR_RECORD) return arena_printf(&rw->out->arena, "RC_XDECREF(%s)", lvalue);
    return arena_printf(&rw->out->arena, "%s(%s)", helper_name(rw, HELPER_DROP, type->record),
                        address_of(rw, lvalue));
}

/* What the lvalue holds is counted once more: it was copied as bytes. Of structs without a name at file level. */
const char *text_retain(rewriter *rw, ir_type_id id, const char *lvalue)
{
    const ir_type *type = type_at(rw, id);
    if (type->kind == IR_ARRAY) return each_element(rw, type, lvalue, text_retain);
    if (type->kind == IR_RECORD && record_is_inner(rw, type->record))
        return each_field(rw, type->record, lvalue, text_retain, text_retain);
    if (type->kind != IR_RECORD) return arena_printf(&rw->out->arena, "RC_XINCREF(%s)", lvalue);
    return arena_printf(&rw->out->arena, "%s = %s%s)", lvalue, text_copy(rw, id), lvalue);
}

/* The place as an lvalue that can be written twice: a variable, its fields and elements at constant indices. */
const char *text_place(plan *p, const ir_place *place)
{
    arena *a = &p->rw->out->arena;
    const char *text = NULL;
    if (place->base == IR_BASE_LOCAL && p->func->locals[place->id].name[0])
        text = p->func->locals[place->id].name;
    if (place->base == IR_BASE_GLOBAL) text = p->rw->unit->decls.at[place->id].source_name;
    for (size_t i = 0; text && i < place->step_count; i++) {
        const ir_step *step = &place->steps[i];
        const ir_field *field =
            step->kind == IR_STEP_FIELD ? &p->rw->unit->records.at[step->record].fields[step->field] : NULL;
        if (field)
            text = field->name[0] ? arena_printf(a, "%s.%s", text, field->name) : text;
        else if (step->index.kind == IR_INTEGER)
            text = arena_printf(a, "%s[%lld]", text, (long long)step->index.integer);
        else
            text = NULL;
    }
    return text;
}

/* What a weak variable was initialised with is a reference of its own until the variable is made known. */
const char *text_land(rewriter *rw, ir_type_id id, const char *lvalue)
{
    const ir_type *type = type_at(rw, id);
    if (type->kind == IR_ARRAY) return each_element(rw, type, lvalue, text_land);
    if (type->kind == IR_RECORD && record_is_inner(rw, type->record))
        return each_field(rw, type->record, lvalue, NULL, text_land);
    if (type->kind != IR_RECORD) return arena_printf(&rw->out->arena, "RC_WEAK_INIT(%s)", lvalue);
    return arena_printf(&rw->out->arena, "%s(%s)", helper_name(rw, HELPER_LAND, type->record),
                        address_of(rw, lvalue));
}

const char *text_weak_end(rewriter *rw, ir_type_id id, const char *lvalue)
{
    const ir_type *type = type_at(rw, id);
    if (type->kind == IR_ARRAY) return each_element(rw, type, lvalue, text_weak_end);
    return arena_printf(&rw->out->arena, "RC_WEAK_FINI(%s)", lvalue);
}

const char *text_copy(rewriter *rw, ir_type_id id)
{
    const ir_type *type = type_at(rw, id);
    if (type->kind != IR_RECORD) return "rc_newref(";
    return arena_printf(&rw->out->arena, "%s(", helper_name(rw, HELPER_COPY, type->record));
}

const char *text_set(rewriter *rw, ir_type_id id)
{
    return arena_printf(&rw->out->arena, "%s(&", helper_name(rw, HELPER_SET, type_at(rw, id)->record));
}

bool record_is_inner(const rewriter *rw, ir_record_id id)
{
    const ir_record *record = &rw->unit->records.at[id];
    if (!record->name[0]) return true;
    for (size_t i = 0; i < rw->unit->funcs.n; i++) {
        const ir_span body = rw->unit->funcs.at[i]->body;
        if (body.file == record->span.file && record->span.begin > body.begin && record->span.end <= body.end)
            return true;
    }
    return false;
}

/* A declaration of `name`: the name goes where the spelling has room for it. */
const char *text_declare(rewriter *rw, ir_type_id id, const char *name)
{
    arena *a = &rw->out->arena;
    const ir_type *type = type_at(rw, id);
    if (type->kind == IR_ARRAY)
        return text_declare(rw, type->of,
                            arena_printf(a, *name == '*' ? "(%s)[%llu]" : "%s[%llu]", name,
                                         (unsigned long long)type->length));
    const char *spelling = type->spelling;
    const char *hole = strstr(spelling, "(*");
    if (type->kind == IR_POINTER && hole) {
        hole += strspn(hole, "(*");
        return arena_printf(a, "%.*s%s%s", (int)(hole - spelling), spelling, name, hole);
    }
    size_t n = strlen(spelling);
    return arena_printf(a, n && spelling[n - 1] == '*' ? "%s%s" : "%s %s", spelling, name);
}
