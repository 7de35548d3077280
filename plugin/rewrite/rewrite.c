/* SPDX-License-Identifier: MIT
 *
 * One unit: every function is planned, the types are emitted, and the edits of each file are applied.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

static const char marker[] = "#define RECOUNT_REWRITTEN 1";
static const char bom[] = "\xef\xbb\xbf";

/* Code that counts by hand has no annotated class: it needs no rewriting. */
static bool is_annotated(rewriter *rw)
{
    for (size_t i = 1; i < rw->unit->records.n; i++) {
        const ir_record *record = &rw->unit->records.at[i];
        if (file_is_editable(rw, record->span.file) && ir_annotated(&record->annots, "class")) return true;
    }
    return false;
}

static bool is_rewritten(const rewriter *rw)
{
    const char *source = rw->unit->source;
    return source && strstr(source, marker) != NULL;
}

static void begin(rewriter *rw, const ir_unit *unit, const rewrite_options *options, rewrite_result *out)
{
    *rw = (rewriter){.unit = unit, .options = options, .out = out};
    rw->edits = x_calloc(unit->files.n, sizeof *rw->edits);
    rw->texts = x_calloc(unit->files.n, sizeof *rw->texts);
    rw->records = x_calloc(2 * unit->records.n, 1);
    rw->wanted = x_calloc(unit->records.n, 1);
    rw->written = x_calloc(unit->records.n, 1);
    rw->drops = x_calloc(unit->decls.n, 1);
    rw->tables = x_calloc(unit->records.n, sizeof *rw->tables);
    rw->declared = x_calloc(unit->records.n, sizeof *rw->declared);
    own_result_init(&rw->graph);
    own_class_graph(unit, &rw->graph);
    kinds_init(rw);
}

static void end(rewriter *rw)
{
    for (size_t i = 0; i < rw->unit->files.n; i++) edit_list_fini(&rw->edits[i]);
    free(rw->edits);
    free(rw->texts);
    free(rw->records);
    free(rw->wanted);
    free(rw->written);
    vec_fini(&rw->bodies);
    free(rw->drops);
    free(rw->tables);
    free(rw->declared);
    slots_fini(rw);
    kinds_fini(rw);
    own_result_fini(&rw->graph);
}

static bool is_inside_use(const rewriter *rw, ir_span span)
{
    for (size_t i = 0; i < rw->unit->expansions.n; i++) {
        const ir_expansion *use = &rw->unit->expansions.at[i];
        if (use->file == span.file && use->begin <= span.begin && span.end <= use->end) return true;
    }
    return false;
}

/* A function that a macro's use makes as a whole has no text of its own until the use is expanded. */
static void expand_functions(rewriter *rw)
{
    bool *lowered = x_calloc(rw->unit->decls.n, sizeof *lowered);
    for (size_t i = 0; i < rw->unit->funcs.n; i++) lowered[rw->unit->funcs.at[i]->decl] = true;
    for (size_t i = 1; i < rw->unit->decls.n; i++) {
        const ir_decl *decl = &rw->unit->decls.at[i];
        if (decl->kind != IR_DECL_FUNCTION || !decl->defined || !decl->span.file) continue;
        bool main = rw->unit->files.at[decl->span.file].main;
        if ((lowered[i] || !main) && !is_inside_use(rw, decl->span)) continue;
        if (file_is_editable(rw, decl->span.file) && rw->options->expand && !rw->options->expanded)
            vec_push(&rw->out->expand, decl->span);
    }
    free(lowered);
}

static bool apply(rewriter *rw, uint32_t file, strbuf *text)
{
    size_t n = 0;
    uint32_t conflict = 0;
    const char *source = file_text(rw, file, &n);
    if (!source) return false;
    if (edit_apply(&rw->edits[file], source, n, text, &conflict)) return true;
    ir_span at = {.file = file, .line = 1};
    for (uint32_t i = 0; i < conflict && i < n; i++)
        if (source[i] == '\n') at.line++;
    complain(rw, "arc-macro-body", at, NULL, "two changes to the text contradict each other here");
    return false;
}

static uint32_t main_file(const rewriter *rw)
{
    for (size_t i = 1; i < rw->unit->files.n; i++)
        if (rw->unit->files.at[i].main) return (uint32_t)i;
    return 0;
}

static void write_main(rewriter *rw)
{
    rewrite_result *out = rw->out;
    strbuf text = {0}, body = {0};
    uint32_t file = main_file(rw);
    if (!apply(rw, file, &body)) {
        strbuf_fini(&body);
        return;
    }
    const char *start = body.s ? body.s : "";
    if (str_starts(start, bom)) {
        strbuf_add(&text, bom);
        start += 3;
    }
    const char *path = rw->options->line_path ? rw->options->line_path : rw->unit->path;
    strbuf_printf(&text, "%s\n#line 1 \"", marker);
    for (const char *c = path; *c; c++) strbuf_printf(&text, *c == '"' || *c == '\\' ? "\\%c" : "%c", *c);
    strbuf_printf(&text, "\"\n%s", start);
    if (text.s[text.n - 1] != '\n') strbuf_addc(&text, '\n');
    emit_types(rw, &text);
    out->n = text.n;
    out->text = arena_strndup(&out->arena, text.s, text.n);
    strbuf_fini(&text);
    strbuf_fini(&body);
}

static void write_headers(rewriter *rw)
{
    for (uint32_t i = 1; i < rw->unit->files.n; i++) {
        if (rw->unit->files.at[i].main || !rw->edits[i].at.n) continue;
        strbuf text = {0};
        if (apply(rw, i, &text)) {
            rewrite_file header = {arena_strdup(&rw->out->arena, rw->unit->files.at[i].path),
                                   arena_strndup(&rw->out->arena, text.s, text.n), text.n};
            vec_push(&rw->out->headers, header);
        }
        strbuf_fini(&text);
    }
}

static void rewrite(rewriter *rw)
{
    check_unit(rw);
    declare_types(rw);
    expand_functions(rw);
    for (size_t i = 0; i < rw->unit->funcs.n; i++) plan_function(rw, rw->unit->funcs.at[i]);
    if (rw->errors || rw->out->expand.n) return;
    write_main(rw);
    write_headers(rw);
    if (rw->errors) rw->out->text = NULL;
}

bool rewrite_unit(const ir_unit *unit, const rewrite_options *options, rewrite_result *out)
{
    rewriter rw;
    *out = (rewrite_result){0};
    out->diagnostics.arena = &out->arena;
    begin(&rw, unit, options, out);
    if (is_rewritten(&rw)) {
        ir_span at = {.file = main_file(&rw), .line = 1, .column = 1};
        complain(&rw, "arc-already-rewritten", at, NULL,
                 "this file was written by 'recount rewrite'; rewrite its original");
    } else if (is_annotated(&rw)) {
        out->counted = true;
        rewrite(&rw);
    } else {
        out->text = arena_strndup(&out->arena, unit->source, unit->source_size);
        out->n = unit->source_size;
    }
    end(&rw);
    return out->text != NULL;
}

void rewrite_result_fini(rewrite_result *result)
{
    vec_fini(&result->headers);
    vec_fini(&result->expand);
    vec_fini(&result->ops);
    diag_list_fini(&result->diagnostics);
    arena_fini(&result->arena);
}
