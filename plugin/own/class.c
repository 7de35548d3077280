/* SPDX-License-Identifier: MIT
 *
 * The class graph: which class can hold references to which, by which field. A `Base *` reaches every
 * subclass, an `rc_object *` and a pointer to a class that the unit does not complete reach every class.
 * Inheritance is by first member. A class is proved acyclic only when no strong path can lead back to it
 * whatever other units define: a base class that a header shows to them may have subclasses that nobody here
 * knows.
 */
#include <stdlib.h>
#include <string.h>

#include "class_p.h"

static const char no_class[] = "";

bool own_class_is_any(const own_edge *edge)
{
    return edge->to == (size_t)-1;
}

static const char *path_of(const ir_unit *unit, const ir_span *span)
{
    return span->file && span->file < unit->files.n ? unit->files.at[span->file].path : unit->path;
}

/* ---- classes ------------------------------------------------------------------------------------------- */

static bool is_class(const ir_record *r)
{
    return ir_annotated(&r->annots, "class");
}

static void add_classes(class_graph *g)
{
    g->of_record = x_malloc((g->unit->records.n + 1) * sizeof *g->of_record);
    for (size_t i = 0; i < g->unit->records.n; i++) {
        const ir_record *r = &g->unit->records.at[i];
        g->of_record[i] = (size_t)-1;
        if (i == 0 || !is_class(r)) continue;
        g->of_record[i] = g->out->classes.n;
        own_class c = {.name = arena_strdup(&g->out->arena, r->name),
                       .usr = arena_strdup(&g->out->arena, r->usr ? r->usr : no_class),
                       .file = arena_strdup(&g->out->arena, path_of(g->unit, &r->span)),
                       .line = r->span.line};
        vec_push(&g->out->classes, c);
        vec_push(&g->records, (ir_record_id)i);
    }
}

static size_t base_of(const class_graph *g, size_t class)
{
    const ir_record *r = &g->unit->records.at[g->records.at[class]];
    if (!r->complete || !r->field_count) return (size_t)-1;
    const ir_type *first = ir_type_of(g->unit, r->fields[0].type);
    return first->kind == IR_RECORD ? g->of_record[first->record] : (size_t)-1;
}

/* Whether `class` is `base` or inherits from it. */
static bool inherits(const class_graph *g, size_t class, size_t base)
{
    for (size_t depth = 0; class != (size_t)-1 && depth <= g->records.n; depth++, class = base_of(g, class))
        if (class == base) return true;
    return false;
}

bool own_class_related(const class_graph *g, size_t a, size_t b)
{
    return inherits(g, a, b) || inherits(g, b, a);
}

/* ---- edges --------------------------------------------------------------------------------------------- */

static const char *ownership(const ir_unit *unit, const ir_field *field, ir_type_id pointer)
{
    const ir_annots *type = &ir_type_of(unit, pointer)->annots;
    if (ir_annotated(&field->annots, "weak") || ir_annotated(type, "weak")) return "weak";
    if (ir_annotated(&field->annots, "unowned") || ir_annotated(type, "unowned")) return "unowned";
    return "strong";
}

static bool is_any_object(const class_graph *g, ir_record_id record)
{
    const ir_record *r = &g->unit->records.at[record];
    return strcmp(r->name, "rc_object") == 0 || (is_class(r) && !r->complete);
}

static void add_edge(class_graph *g, size_t from, const char *prefix, const ir_field *field,
                     ir_type_id pointer, bool many)
{
    ir_record_id record;
    if (!ir_type_is_pointer_to_record(g->unit, pointer, &record)) return;
    bool any = is_any_object(g, record);
    if (!any && g->of_record[record] == (size_t)-1) return;
    own_edge e = {.from = from,
                  .field = arena_printf(&g->out->arena, "%s%s", prefix, field->name),
                  .to = any ? (size_t)-1 : g->of_record[record],
                  .ownership = ownership(g->unit, field, pointer),
                  .file = arena_strdup(&g->out->arena, path_of(g->unit, &field->span)),
                  .line = field->span.line,
                  .column = field->span.column};
    vec_push(&g->out->edges, e);
    vec_push(&g->many, many);
}

static void add_fields(class_graph *g, size_t from, const char *prefix, ir_record_id record, int depth);

static void add_field(class_graph *g, size_t from, const char *prefix, const ir_field *field, int depth)
{
    ir_type_id id = field->type;
    bool many = false;
    while (ir_type_of(g->unit, id)->kind == IR_ARRAY) id = ir_type_of(g->unit, id)->of, many = true;
    const ir_type *type = ir_type_of(g->unit, id);
    if (type->kind == IR_RECORD) {
        if (g->of_record[type->record] != (size_t)-1) return; /* a base: its fields are its own */
        const char *below =
            arena_printf(&g->out->arena, "%s%s%s", prefix, field->name, *field->name ? "." : "");
        add_fields(g, from, below, type->record, depth + 1);
        return;
    }
    bool buffer = ir_annot_arg(&field->annots, "counted_by") != NULL;
    if (buffer && type->kind == IR_POINTER && ir_type_of(g->unit, type->of)->kind == IR_POINTER)
        id = type->of, many = true;
    add_edge(g, from, prefix, field, id, many);
}

static void add_fields(class_graph *g, size_t from, const char *prefix, ir_record_id record, int depth)
{
    enum { DEEPEST = 8 };
    const ir_record *r = &g->unit->records.at[record];
    for (size_t i = 0; i < r->field_count && depth < DEEPEST; i++)
        add_field(g, from, prefix, &r->fields[i], depth);
}

/* ---- what may be part of a cycle ----------------------------------------------------------------------- */

static bool is_strong(const own_edge *e)
{
    return strcmp(e->ownership, "strong") == 0;
}

static bool in_header(const class_graph *g, size_t class)
{
    const ir_record *r = &g->unit->records.at[g->records.at[class]];
    return !(r->span.file && r->span.file < g->unit->files.n && g->unit->files.at[r->span.file].main);
}

/* A base class that other units see: its subclasses there may hold anything. */
static bool is_open(const class_graph *g, size_t class)
{
    return ir_annotated(&g->unit->records.at[g->records.at[class]].annots, "base") && in_header(g, class);
}

static bool leads_to(const class_graph *g, const own_edge *e, size_t class)
{
    return own_class_is_any(e) || own_class_related(g, e->to, class);
}

/* Classes that strong paths from `from` reach; true when `from` itself is among them. */
static bool reaches_itself(const class_graph *g, size_t from, const own_edge **by)
{
    size_t n = g->records.n;
    bool *seen = x_calloc(n + 1, sizeof *seen), found = false;
    VEC(size_t) pending = {0};
    vec_push(&pending, from);
    while (pending.n && !found) {
        size_t at = vec_pop(&pending);
        for (size_t i = 0; i < g->out->edges.n && !found; i++) {
            const own_edge *e = &g->out->edges.at[i];
            if (!is_strong(e) || !own_class_related(g, e->from, at)) continue;
            bool unknown = !own_class_is_any(e) && is_open(g, e->to);
            found = leads_to(g, e, from) || unknown;
            if (at == from) *by = e;
            for (size_t to = 0; to < n; to++)
                if (!seen[to] && leads_to(g, e, to)) seen[to] = true, vec_push(&pending, to);
        }
    }
    vec_fini(&pending);
    free(seen);
    return found;
}

static void decide_tracking(class_graph *g, size_t i)
{
    own_class *c = &g->out->classes.at[i];
    const ir_record *r = &g->unit->records.at[g->records.at[i]];
    const own_edge *by = NULL;
    if (ir_annotated(&r->annots, "acyclic")) {
        c->reason = "marked RC_ACYCLIC";
    } else if (!r->complete) {
        c->tracked = true;
        c->reason = "its fields are not known here";
    } else if (is_open(g, i)) {
        c->tracked = true;
        c->reason = "a base class whose subclasses in other units are not known";
    } else if (reaches_itself(g, i, &by)) {
        c->tracked = true;
        c->reason = by ? arena_printf(&g->out->arena, "'%s.%s' can lead back to it",
                                      g->out->classes.at[by->from].name, by->field)
                       : "a field can lead back to it";
    } else {
        c->reason = "no strong path leads back to it";
    }
}

void own_class_graph(const ir_unit *unit, own_result *out)
{
    class_graph g = {.unit = unit, .out = out};
    add_classes(&g);
    for (size_t i = 0; i < g.records.n; i++) add_fields(&g, i, "", g.records.at[i], 0);
    for (size_t i = 0; i < g.records.n; i++) decide_tracking(&g, i);
    own_find_cycles(&g);
    free(g.of_record);
    vec_fini(&g.records);
    vec_fini(&g.many);
}
