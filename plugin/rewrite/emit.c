/* SPDX-License-Identifier: MIT
 *
 * What the source lacks: type objects at the end of the main file, their declarations and the functions that
 * copy, drop and assign plain structs in front of the first function that needs them.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

static const ir_record *record_at(const rewriter *rw, ir_record_id id)
{
    return &rw->unit->records.at[id];
}

/* ---- structs ------------------------------------------------------------------------------------ */
/* A function of one struct handles its counted fields in order; what it does to one is told by its type and
 * hold. */
typedef const char *field_text(rewriter *rw, ir_type_id type, hold how, const char *lvalue);

static const char *retain_text(rewriter *rw, ir_type_id id, hold how, const char *lvalue)
{
    arena *a = &rw->out->arena;
    const ir_type *type = ir_type_of(rw->unit, id);
    if (type->kind == IR_RECORD) return text_retain(rw, id, lvalue);
    if (type->kind != IR_ARRAY) return arena_printf(a, "RC_XINCREF(%s)", lvalue);
    const char *i = arena_printf(a, "i%u", rw->depth++);
    const char *element = retain_text(rw, type->of, how, arena_printf(a, "%s[%s]", lvalue, i));
    rw->depth--;
    return arena_printf(a, "for (size_t %s = 0; %s < %llu; %s++) %s", i, i, (unsigned long long)type->length,
                        i, element);
}

static const char *release_text(rewriter *rw, ir_type_id id, hold how, const char *lvalue)
{
    return how == HOLD_WEAK ? text_weak_end(rw, id, lvalue) : text_release(rw, id, lvalue);
}

static const char *land_text(rewriter *rw, ir_type_id id, hold how, const char *lvalue)
{
    return how == HOLD_WEAK || type_has_weak(rw, id) ? text_land(rw, id, lvalue) : NULL;
}

static void each_field(rewriter *rw, ir_record_id id, field_text *text, const char *prefix, strbuf *out)
{
    const ir_record *record = record_at(rw, id);
    for (size_t i = 0; i < record->field_count; i++) {
        const ir_field *field = &record->fields[i];
        counted kind;
        hold how;
        if (!field_counted(rw, field, &kind, &how) || how == HOLD_BUFFER) continue;
        const ir_type *type = ir_type_of(rw->unit, field->type);
        if (type->kind == IR_RECORD &&
            !record_name(rw, type->record)[0]) { /* a struct without a tag has no functions */
            const char *dot = field->name[0] ? "." : "";
            each_field(rw, type->record, text,
                       arena_printf(&rw->out->arena, "%s%s%s", prefix, field->name, dot), out);
            continue;
        }
        const char *done =
            text(rw, field->type, how, arena_printf(&rw->out->arena, "%s%s", prefix, field->name));
        if (done) strbuf_printf(out, " %s;", done);
    }
}

/* With weak fields *s ends in place, since the runtime knows their addresses; a copy keeps what it held until the
 * new value can be seen there. */
static void write_weak_set(rewriter *rw, ir_record_id id, strbuf *out)
{
    const char *drop = helper_name(rw, HELPER_DROP, id), *land = helper_name(rw, HELPER_LAND, id);
    strbuf_printf(out, "%s old = %s(*s); %s(s); *s = v; %s(s); %s(&old); %s(&old); } ",
                  record_at(rw, id)->spelling, helper_name(rw, HELPER_COPY, id), drop, land, land, drop);
}

/* One function of a struct that is held by value. */
static void write_helper(rewriter *rw, helper_verb verb, ir_record_id id, strbuf *out)
{
    const char *name = helper_name(rw, verb, id), *type = record_at(rw, id)->spelling;
    strbuf_printf(out, "static inline %s%s %s(", verb == HELPER_COPY ? "" : "void",
                  verb == HELPER_COPY ? type : "", name);
    switch (verb) {
    case HELPER_COPY:
        strbuf_printf(out, "%s v) {", type);
        each_field(rw, id, retain_text, "v.", out);
        strbuf_add(out, " return v; } ");
        return;
    case HELPER_DROP:
    case HELPER_LAND:
        strbuf_printf(out, "%s *s) {", type);
        each_field(rw, id, verb == HELPER_DROP ? release_text : land_text, "s->", out);
        strbuf_add(out, " } ");
        return;
    default:
        strbuf_printf(out, "%s *s, %s v) { ", type, type);
        if (record_has_weak(rw, id))
            write_weak_set(rw, id, out);
        else
            strbuf_printf(out, "%s old = *s; *s = v; %s(&old); } ", type, helper_name(rw, HELPER_DROP, id));
    }
}

static void write_with_needed(rewriter *rw, ir_record_id id, helper_verb verb, strbuf *out);

static void write_wanted(rewriter *rw, strbuf *out)
{
    for (size_t i = 1; i < rw->unit->records.n; i++)
        for (unsigned verb = 0; verb < HELPER_VERBS; verb++)
            if (rw->wanted[i] & ~rw->written[i] & 1u << verb)
                write_with_needed(rw, (ir_record_id)i, (helper_verb)verb, out);
}

/* A function behind those that it calls: what it wants is told apart from what was wanted before. */
static void write_with_needed(rewriter *rw, ir_record_id id, helper_verb verb, strbuf *out)
{
    size_t n = rw->unit->records.n;
    unsigned char *before = x_malloc(n);
    memcpy(before, rw->wanted, n);
    memset(rw->wanted, 0, n);
    rw->written[id] |= (unsigned char)(1u << verb);
    strbuf own = {0};
    write_helper(rw, verb, id, &own);
    write_wanted(rw, out);
    strbuf_addn(out, own.s, own.n);
    strbuf_fini(&own);
    for (size_t i = 0; i < n; i++) rw->wanted[i] |= before[i];
    free(before);
}

/* ---- declarations in front of a function -------------------------------------------------------- */
bool type_is_emitted(rewriter *rw, ir_record_id id)
{
    const ir_record *record = record_at(rw, id);
    return record->complete && !record_is_inner(rw, id) && record_is_class(rw, id) &&
           file_is_editable(rw, record->span.file);
}

/* The names that RC_TYPE may be given for a class: its tag, and its typedefs. */
static void each_name(rewriter *rw, ir_record_id id,
                      void (*visit)(rewriter *, ir_record_id, const char *, strbuf *), strbuf *out)
{
    const char *own = record_name(rw, id);
    visit(rw, id, own, out);
    for (size_t i = 0; i < rw->unit->typedefs.n; i++) {
        const ir_typedef *alias = &rw->unit->typedefs.at[i];
        const ir_type *type = ir_type_of(rw->unit, alias->type);
        if (type->kind == IR_RECORD && type->record == id && strcmp(alias->name, own) != 0)
            visit(rw, id, alias->name, out);
    }
}

static void declare_name(rewriter *rw, ir_record_id id, const char *name, strbuf *out)
{
    (void)rw;
    (void)id;
    strbuf_printf(out, "extern const rc_type rc_type_%s; ", name);
}

void emit_before_function(plan *p)
{
    strbuf out = {0};
    write_wanted(p->rw, &out);
    if (out.n)
        edit_insert(&p->rw->edits[p->func->span.file], p->decl->span.begin,
                    arena_strndup(&p->rw->out->arena, out.s, out.n));
    strbuf_fini(&out);
}

/* ---- type objects ------------------------------------------------------------------------------- */
bool class_is_acyclic(const rewriter *rw, ir_record_id id)
{
    for (size_t i = 0; i < rw->graph.classes.n; i++)
        if (strcmp(rw->graph.classes.at[i].name, record_name(rw, id)) == 0)
            return !rw->graph.classes.at[i].tracked;
    return false;
}

static void table_write(rewriter *rw, ir_record_id id, const char *name, const char *type, strbuf *out);

/* The table of a struct by value. One without a name has its place in `owner` for a name and a type. */
static const char *inner_table(rewriter *rw, ir_record_id id, const char *owner, const char *path,
                               bool elements, strbuf *out)
{
    arena *a = &rw->out->arena;
    const char *name = record_name(rw, id), *type = record_at(rw, id)->spelling;
    if (!name[0]) {
        name = str_starts(owner, "struct ") ? owner + 7 : "";
        name = arena_printf(a, "%s_%s", name, path);
        for (char *c = (char *)name; *c; c++)
            if (strchr(".[]", *c)) *c = '_';
        type = arena_printf(a, "__typeof__(((%s *)0)->%s%s)", owner, path, elements ? "[0]" : "");
    }
    table_write(rw, id, name, type, out);
    return arena_printf(a, "rc_fields_%s", name);
}

/* The row of one counted field in the table of `owner`. The tables of structs by value are written before, to
 * `out`. */
static void write_row(rewriter *rw, const char *T, const ir_field *field, const char *path, strbuf *rows,
                      strbuf *out)
{
    counted kind;
    hold how;
    if (!field_counted(rw, field, &kind, &how)) return;
    const ir_type *type = ir_type_of(rw->unit, field->type);
    unsigned long long n = type->length;
    const ir_type *element = kind == COUNTED_ARRAY ? ir_type_of(rw->unit, type->of) : type;
    while (element->kind == IR_ARRAY) { /* an array of arrays is one of its innermost elements */
        n *= element->length;
        element = ir_type_of(rw->unit, element->of);
        path = arena_printf(&rw->out->arena, "%s[0]", path);
    }
    const char *table = NULL;
    if (element->kind == IR_RECORD) {
        table = inner_table(rw, element->record, T, path, type->kind == IR_ARRAY, out);
    }
    bool tail = kind == COUNTED_ARRAY && ir_annot_arg(&field->annots, "counted_by");
    if (how == HOLD_BUFFER)
        strbuf_printf(rows, "    RC_FIELD_BUFFER(%s, %s),\n", T, path);
    else if (table && tail)
        strbuf_printf(rows, "    RC_FIELD_FLEX_STRUCT(%s, %s, %s),\n", T, path, table);
    else if (table && kind == COUNTED_ARRAY)
        strbuf_printf(rows, "    RC_FIELD_STRUCT_ARRAY(%s, %s, %llu, %s),\n", T, path, n, table);
    else if (table)
        strbuf_printf(rows, "    RC_FIELD_STRUCT(%s, %s, %s),\n", T, path, table);
    else if (tail)
        strbuf_printf(rows, "    RC_FIELD_FLEX(%s, %s),\n", T, path);
    else if (kind == COUNTED_ARRAY)
        strbuf_printf(rows, "    RC_FIELD_%sARRAY(%s, %s, %llu),\n", how == HOLD_WEAK ? "WEAK_" : "", T, path,
                      n);
    else
        strbuf_printf(rows, "    RC_FIELD_%s(%s, %s),\n", how == HOLD_WEAK ? "WEAK" : "STRONG", T, path);
}

static void write_rows(rewriter *rw, const char *owner, ir_record_id in, const char *path, strbuf *rows,
                       strbuf *out)
{
    const ir_record *record = record_at(rw, in);
    for (size_t i = 0; i < record->field_count; i++) {
        const ir_field *field = &record->fields[i];
        const ir_type *type = ir_type_of(rw->unit, field->type);
        if (i == 0 && type->kind == IR_RECORD && record_is_class(rw, type->record))
            continue; /* the base has its own */
        const char *name = arena_printf(&rw->out->arena, "%s%s", path, field->name);
        if (type->kind != IR_RECORD || record_name(rw, type->record)[0])
            write_row(rw, owner, field, name, rows, out);
        else
            write_rows(rw, owner, type->record,
                       arena_printf(&rw->out->arena, field->name[0] ? "%s." : "%s", name), rows, out);
    }
}

/* static const rc_field rc_fields_S[], once a record; nothing for one without counted fields. */
static void table_write(rewriter *rw, ir_record_id id, const char *name, const char *type, strbuf *out)
{
    if (rw->tables[id]) return;
    rw->tables[id] = true;
    strbuf rows = {0};
    write_rows(rw, type, id, "", &rows, out);
    if (rows.n)
        strbuf_printf(out, "static const rc_field rc_fields_%s[] = {\n%s    RC_FIELD_END\n};\n", name,
                      rows.s);
    else
        rw->tables[id] = false;
    strbuf_fini(&rows);
}

static const ir_decl *finalizer_of(rewriter *rw, ir_record_id id)
{
    for (size_t i = 1; i < rw->unit->decls.n; i++) {
        const ir_decl *decl = &rw->unit->decls.at[i];
        if (decl->kind == IR_DECL_FUNCTION && ir_annotated(&decl->annots, "finalizer") &&
            decl->param_count == 1 && type_class(rw, decl->params[0].type) == id)
            return decl;
    }
    return NULL;
}

static ir_record_id base_of(rewriter *rw, ir_record_id id)
{
    const ir_record *record = record_at(rw, id);
    const ir_type *first = record->field_count ? ir_type_of(rw->unit, record->fields[0].type) : NULL;
    if (!first || first->kind != IR_RECORD || strcmp(record_at(rw, first->record)->name, "rc_object") == 0)
        return 0;
    return record_is_class(rw, first->record) ? first->record : 0;
}

static void emit_name(rewriter *rw, ir_record_id id, const char *name, strbuf *out)
{
    const char *own = record_name(rw, id);
    if (strcmp(name, own) != 0)
        strbuf_printf(out, "extern const rc_type rc_type_%s __attribute__((weak, alias(\"rc_type_%s\")));\n",
                      name, own);
}

static const ir_field *tail_of(const ir_record *record)
{
    if (!record->field_count) return NULL;
    const ir_field *last = &record->fields[record->field_count - 1];
    return ir_annot_arg(&last->annots, "counted_by") ? last : NULL;
}

static void emit_type(rewriter *rw, ir_record_id id, strbuf *out)
{
    const ir_record *record = record_at(rw, id);
    const char *name = record_name(rw, id);
    table_write(rw, id, name, record->spelling, out);
    bool fields = rw->tables[id];
    const ir_decl *finalizer = finalizer_of(rw, id);
    if (finalizer)
        strbuf_printf(out, "static void rc_finalize_%s(rc_object *self) { %s((%s *)self); }\n", name,
                      finalizer->name, record->spelling);
    strbuf_printf(
        out,
        "__attribute__((weak)) const rc_type rc_type_%s = {\n    .name = \"%s\",\n    .size = sizeof(%s),\n",
        name, name, record->spelling);
    const ir_field *tail = tail_of(record);
    if (tail && ir_type_of(rw->unit, tail->type)->kind == IR_ARRAY)
        strbuf_printf(out, "    .item_size = sizeof(((%s *)0)->%s[0]),\n", record->spelling, tail->name);
    ir_record_id base = base_of(rw, id);
    if (base) strbuf_printf(out, "    .base = &rc_type_%s,\n", record_name(rw, base));
    bool tracked = !class_is_acyclic(rw, id), single = ir_annotated(&record->annots, "singleton");
    if (tracked || single)
        strbuf_printf(out, "    .flags = %s%s%s,\n", tracked ? "RC_TYPE_GC" : "",
                      tracked && single ? " | " : "", single ? "RC_TYPE_SINGLETON" : "");
    if (finalizer) strbuf_printf(out, "    .finalize = rc_finalize_%s,\n", name);
    if (fields) strbuf_printf(out, "    .fields = rc_fields_%s,\n", name);
    strbuf_add(out, "};\n");
    each_name(rw, id, emit_name, out);
}

void declare_type(rewriter *rw, ir_record_id id, strbuf *out)
{
    if (rw->declared[id] || !type_is_emitted(rw, id)) return;
    rw->declared[id] = true;
    each_name(rw, id, declare_name, out);
}

void emit_types(rewriter *rw, strbuf *out)
{
    size_t before = out->n;
    for (size_t i = 1; i < rw->unit->records.n; i++)
        if (base_of(rw, (ir_record_id)i)) declare_type(rw, base_of(rw, (ir_record_id)i), out);
    if (out->n > before) out->s[out->n - 1] = '\n';
    for (size_t i = 1; i < rw->unit->records.n; i++)
        if (type_is_emitted(rw, (ir_record_id)i)) {
            strbuf_addc(out, '\n');
            emit_type(rw, (ir_record_id)i, out);
        }
}
