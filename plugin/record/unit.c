/* SPDX-License-Identifier: MIT
 *
 * One translation unit as rows. Rows refer to files, functions, classes and edges by ids that are hashes of
 * what they name, so that another unit that sees the same header makes the same rows.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record_p.h"

#define LL(x) ((long long)(x))

typedef struct file_entry {
    const char *id; /* the path as stored */
    source_text text;
} file_entry;

typedef struct function_entry {
    char id[ID_SIZE];
    size_t ops, stores; /* rows so far */
} function_entry;

typedef struct writer {
    record *r;
    const record_run *run;
    const record_unit *in;
    arena arena;
    map files;     /* path as met -> file_entry */
    map stored;    /* path as stored -> file_entry */
    map bodies;    /* function name -> ir_func */
    map functions; /* name -> function_entry */
    map ordinals;  /* fingerprint -> how often met, as a pointer */
    char (*classes)[ID_SIZE];
    char (*edges)[ID_SIZE];
} writer;

/* ---- files ------------------------------------------------------------------------------- */
/* Absolute also when there is no such file, so that it may be below the root. */
static char *absolute(const char *path)
{
    char *real = path_real(path), *here = NULL;
    if (*real == '/' || !(here = getcwd(NULL, 0))) return real;
    strbuf b = {0};
    strbuf_printf(&b, "%s/%s", here, real + (str_starts(real, "./") ? 2 : 0));
    free(real);
    free(here);
    return strbuf_take(&b);
}

static void write_file(writer *w, const file_entry *f, bool main)
{
    const record_unit *in = w->in;
    bool parsed = main ? in->parsed : true, analysed = main ? in->analysed : true;
    record_row(w->r, TABLE_file, f->id, "", f->id, f->text.text ? f->text.sha256 : NULL, LL(parsed),
               LL(analysed), main ? in->error : NULL, f->text.lines / 1000.0, main ? in->ms : 0.0);
    if (analysed) record_marks(w->r, f->id, &f->text);
}

static file_entry *enter_file(writer *w, const char *path)
{
    if (!path || !*path) path = w->in->path;
    file_entry *f = map_get(&w->files, path);
    if (f) return f;
    char *real = absolute(path);
    const char *stored = path_below(w->run->root, real);
    f = map_get(&w->stored, stored);
    if (!f) {
        f = arena_alloc(&w->arena, sizeof *f);
        f->id = arena_strdup(&w->arena, stored);
        source_text_init(&f->text, real);
        write_file(w, f, w->stored.n == 0);
        map_set(&w->stored, stored, f);
    }
    map_set(&w->files, path, f);
    free(real);
    return f;
}

/* ---- functions --------------------------------------------------------------------------- */
static const char *file_of(const writer *w, ir_span span)
{
    return w->in->unit && span.file < w->in->unit->files.n && span.file
               ? w->in->unit->files.at[span.file].path
               : NULL;
}

static function_entry *add_function(writer *w, const own_function *f, bool complete)
{
    const ir_func *body = map_get(&w->bodies, f->name);
    const file_entry *file = enter_file(w, f->file);
    unsigned line = body ? body->span.line : f->line, brace = body ? body->body.line : f->line;
    function_entry *e = arena_alloc(&w->arena, sizeof *e);
    RECORD_ID(e->id, file->id, f->usr && *f->usr ? f->usr : f->name);
    map_set(&w->functions, f->name, e);
    if (f->postponed) return e;
    record_row(w->r, TABLE_function, e->id, file->id, f->name, f->usr, LL(line), LL(f->end_line),
               LL(f->paths), LL(complete), f->incomplete_why, f->ms, LL(brace));
    return e;
}

static function_entry *enter_function(writer *w, const char *name)
{
    function_entry *e = map_get(&w->functions, name);
    return e ? e : add_function(w, &(own_function){.name = name}, false);
}

static void write_functions(writer *w)
{
    const ir_unit *unit = w->in->unit;
    const own_result *own = w->in->own;
    for (size_t i = 0; unit && i < unit->funcs.n; i++)
        map_set(&w->bodies, unit->decls.at[unit->funcs.at[i]->decl].name, unit->funcs.at[i]);
    for (size_t i = 0; own && i < own->functions.n; i++)
        add_function(w, &own->functions.at[i], own->functions.at[i].complete);
    for (size_t i = 0; unit && !w->in->part && i < unit->funcs.n; i++) {
        const ir_func *f = unit->funcs.at[i];
        const ir_decl *decl = &unit->decls.at[f->decl];
        bool main = f->span.file < unit->files.n && unit->files.at[f->span.file].main;
        if (map_get(&w->functions, decl->name) || (own && !main)) continue;
        own_function row = {.name = decl->name,
                            .usr = decl->usr,
                            .file = file_of(w, f->span),
                            .line = f->span.line,
                            .end_line = f->span.end_line};
        row.incomplete_why = f->tainted ? f->tainted : own ? "not analysed" : NULL;
        add_function(w, &row, row.incomplete_why == NULL);
    }
}

static void write_summaries(writer *w)
{
    const own_result *own = w->in->own;
    for (size_t i = 0; i < own->summaries.n; i++) {
        const own_summary *s = &own->summaries.at[i];
        record_row(w->r, TABLE_summary, enter_function(w, own->functions.at[s->function].name)->id,
                   s->operand, s->effect, LL(s->nullable), s->source);
    }
}

/* ---- the class graph --------------------------------------------------------------------- */
/* What another unit must agree on: each field's name, type and annotations, in order. false: the record is not complete. */
static bool shape_of(const ir_unit *unit, const char *name, char out[ID_SIZE])
{
    ir_record_id id = unit ? ir_record_find(unit, name) : 0;
    const ir_record *record = id ? &unit->records.at[id] : NULL;
    strbuf b = {0};
    if (!record || !record->complete) return false;
    for (size_t i = 0; i < record->annots.n; i++) strbuf_printf(&b, "%s;", record->annots.at[i]);
    for (size_t i = 0; i < record->field_count; i++) {
        const ir_field *f = &record->fields[i];
        const char *type = ir_type_of(unit, f->type)->spelling;
        strbuf_printf(&b, "%s %s", type ? type : "", f->name);
        for (size_t k = 0; k < f->annots.n; k++) strbuf_printf(&b, " %s", f->annots.at[k]);
        strbuf_addc(&b, ';');
    }
    RECORD_ID(out, b.s ? b.s : "");
    strbuf_fini(&b);
    return true;
}

static void write_classes(writer *w)
{
    const own_result *own = w->in->own;
    w->classes = arena_alloc(&w->arena, (own->classes.n + 1) * ID_SIZE);
    for (size_t i = 0; i < own->classes.n; i++) {
        const own_class *c = &own->classes.at[i];
        const file_entry *file = enter_file(w, c->file);
        char shape[ID_SIZE];
        const char *seen = shape_of(w->in->unit, c->name, shape) ? shape : NULL;
        RECORD_ID(w->classes[i], file->id, "class", c->name, seen);
        record_row(w->r, TABLE_class, w->classes[i], c->name, c->usr, file->id, LL(c->line), LL(c->tracked),
                   c->reason, seen);
    }
}

static void write_edges(writer *w)
{
    const own_result *own = w->in->own;
    w->edges = arena_alloc(&w->arena, (own->edges.n + 1) * ID_SIZE);
    for (size_t i = 0; i < own->edges.n; i++) {
        const own_edge *e = &own->edges.at[i];
        const char *from = w->classes[e->from], *to = e->to < own->classes.n ? w->classes[e->to] : NULL;
        RECORD_ID(w->edges[i], from, e->field, to);
        record_row(w->r, TABLE_class_edge, w->edges[i], from, e->field, to, e->ownership,
                   enter_file(w, e->file)->id, LL(e->line));
    }
}

static void write_cycles(writer *w)
{
    const own_result *own = w->in->own;
    for (size_t i = 0; i < own->cycles.n; i++) {
        const own_cycle *c = &own->cycles.at[i];
        const char **parts = arena_alloc(&w->arena, (c->length + 1) * sizeof *parts);
        char id[ID_SIZE];
        for (size_t k = 0; k < c->length; k++) parts[k] = w->edges[c->edges[k]];
        record_id(id, parts, c->length);
        record_row(w->r, TABLE_cycle, id, "", LL(c->length), c->text, c->suggested_weak);
        for (size_t k = 0; k < c->length; k++)
            record_row(w->r, TABLE_cycle_edge, id, LL(k), w->edges[c->edges[k]]);
    }
}

static void write_stores(writer *w)
{
    const own_result *own = w->in->own;
    for (size_t i = 0; i < own->stores.n; i++) {
        const own_store *s = &own->stores.at[i];
        function_entry *f = enter_function(w, own->functions.at[s->function].name);
        record_row(w->r, TABLE_store, f->id, LL(f->stores++), LL(s->line), w->edges[s->edge], s->kind);
    }
}

static void write_ops(writer *w, const own_counter_op *ops, size_t n)
{
    const own_result *own = w->in->own;
    for (size_t i = 0; i < n; i++) {
        const own_counter_op *op = &ops[i];
        const char *name = op->function_name;
        if (!name && own && op->function < own->functions.n) name = own->functions.at[op->function].name;
        function_entry *f = enter_function(w, name ? name : "");
        record_row(w->r, TABLE_counter_op, f->id, LL(f->ops++), LL(op->line), op->op, op->expression,
                   op->origin, op->why);
    }
}

/* ---- findings ---------------------------------------------------------------------------- */
static void write_steps(writer *w, const char *id, const diag *d)
{
    for (size_t i = 0; i < d->step_count; i++) {
        const diag_step *s = &d->steps[i];
        record_row(w->r, TABLE_finding_step, id, LL(i), enter_file(w, s->place.file)->id, LL(s->place.line),
                   LL(s->place.column), s->kind, s->message, LL(s->held), LL(s->expected));
    }
    for (size_t i = 0; i < d->fix_count; i++) {
        const diag_fix *f = &d->fixes[i];
        record_row(w->r, TABLE_fix, id, LL(i), enter_file(w, f->file)->id, LL(f->start), LL(f->end),
                   f->replacement, 0LL);
    }
}

static void write_finding(writer *w, const diag *d)
{
    file_entry *file = enter_file(w, d->place.file);
    char print[33], id[ID_SIZE], key[64];
    record_fingerprint(print, d, &file->text, 0);
    snprintf(key, sizeof key, "%s%s", file->id, print);
    uintptr_t before = (uintptr_t)map_get(&w->ordinals, key);
    map_set(&w->ordinals, key, (void *)(before + 1));
    if (before) record_fingerprint(print, d, &file->text, (unsigned)before);
    RECORD_ID(id, file->id, print);
    const diag_place *at = &d->place;
    record_row(w->r, TABLE_finding, id, "", d->check, severity_name(d->severity),
               confidence_name(d->confidence), file->id, LL(at->line), LL(at->column), LL(at->end_line),
               LL(at->end_column), d->function, d->message, print);
    write_steps(w, id, d);
}

static void write_findings(writer *w, const diag_list *list)
{
    for (size_t i = 0; list && i < list->n; i++) write_finding(w, &list->at[i]);
}

static void write_all(writer *w)
{
    const own_result *own = w->in->own;
    enter_file(w, w->in->path);
    write_functions(w);
    if (own) {
        write_summaries(w);
        write_classes(w);
        write_edges(w);
        write_cycles(w);
        write_stores(w);
        write_ops(w, own->counter_ops.at, own->counter_ops.n);
        write_findings(w, &own->findings);
    }
    write_ops(w, w->in->ops, w->in->op_count);
    write_findings(w, w->in->diags);
}

static void writer_fini(writer *w)
{
    size_t cursor = 0;
    const char *path;
    void *entry;
    while (map_next(&w->stored, &cursor, &path, &entry)) source_text_fini(&((file_entry *)entry)->text);
    map_fini(&w->files);
    map_fini(&w->stored);
    map_fini(&w->bodies);
    map_fini(&w->functions);
    map_fini(&w->ordinals);
    arena_fini(&w->arena);
}

void record_unit_rows(const record_run *run, const record_unit *unit, strbuf *out)
{
    record rows = {.rows = out};
    writer w = {.r = &rows, .run = run, .in = unit};
    write_all(&w);
    writer_fini(&w);
}

record_status record_unit_write(record *into, const record_run *run, const record_unit *unit, char **error)
{
    strbuf rows = {0};
    record_unit_rows(run, unit, &rows);
    record_status status = record_take(into, run, rows.s, rows.n, error);
    strbuf_fini(&rows);
    return status;
}
