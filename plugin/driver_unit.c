/* SPDX-License-Identifier: MIT
 *
 * recount lint in a worker: a unit is parsed and analysed as far as it rests on itself; what rests on other units is
 * analysed in later rounds, by other processes, from the unit's image. A worker leaves its results in files named
 * after the unit and the round.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "driver_lint_p.h"

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ---- what a worker leaves ---------------------------------------------------------------- */
static int leave_files(lint *l, size_t unit, const ir_unit *parsed, FILE *lines)
{
    strbuf text = {0};
    for (size_t i = 1; i < parsed->files.n; i++) {
        char *real = path_real(parsed->files.at[i].path);
        strbuf_printf(&text, "%s\n", real);
        free(real);
    }
    int status = stage_write_file(&l->stage, unit, "files", &text, lines);
    strbuf_fini(&text);
    return status;
}

static int leave_links(lint *l, size_t unit, const char *kind, const own_result *own, bool passing,
                       FILE *lines)
{
    strbuf text = {0};
    if (passing) strbuf_add(&text, "passing\n");
    if (own->habits) strbuf_printf(&text, "habits\t%s\n", own->habits);
    for (size_t i = 0; i < own->links.n; i++) {
        own_link link = own->links.at[i];
        char *real = path_real(link.file);
        link.file = real; /* one name for one file, wherever units were compiled */
        lint_link_write(&link, &text);
        free(real);
    }
    int status = stage_write_file(&l->stage, unit, kind, &text, lines);
    strbuf_fini(&text);
    return status;
}

/* ---- the image of a unit ----------------------------------------------------------------- */
typedef struct needs { /* which bodies the rounds may ask about */
    const ir_unit *unit;
    const ir_func **body; /* by decl */
    bool *needed;         /* by decl */
    VEC(ir_decl_id) open; /* needed, and their callees not yet looked at */
} needs;

static bool is_main(const needs *n, const ir_func *f)
{
    return f && n->unit->files.at[f->span.file].main;
}

static void need(needs *n, ir_decl_id decl)
{
    if (n->needed[decl] || !n->body[decl]) return;
    n->needed[decl] = true;
    vec_push(&n->open, decl);
}

/* Hands the callees of a body to `need`; yields whether one of them is of the main file. */
static bool follow(needs *n, const ir_func *f, bool take)
{
    bool any = false;
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            if (insn->op != IR_OP_call || insn->a.kind != IR_NAME) continue;
            any |= is_main(n, n->body[insn->a.name]);
            if (take) need(n, insn->a.name);
        }
    return any;
}

static bool is_needed(const ir_func *func, void *arg)
{
    return ((const needs *)arg)->needed[func->decl];
}

/* Of the main file all bodies, of headers those that are to be analysed, and what any of them calls: of a body that is done
 * it still counts what it writes. Headers are full of others. */
static void write_image(const ir_unit *unit, const own_result *own, strbuf *image)
{
    needs n = {.unit = unit};
    map open = {0};
    n.body = x_calloc(unit->decls.n + 1, sizeof *n.body);
    n.needed = x_calloc(unit->decls.n + 1, sizeof *n.needed);
    for (size_t i = 0; i < own->links.n; i++)
        if (!own->links.at[i].summary) map_set(&open, own->links.at[i].name, &n);
    for (size_t i = 0; i < unit->funcs.n; i++) n.body[unit->funcs.at[i]->decl] = unit->funcs.at[i];
    for (size_t i = 0; i < unit->funcs.n; i++) {
        const ir_func *f = unit->funcs.at[i];
        if (is_main(&n, f) || map_get(&open, unit->decls.at[f->decl].name) || follow(&n, f, false))
            need(&n, f->decl);
    }
    while (n.open.n) follow(&n, n.body[vec_pop(&n.open)], true);
    ir_image_write(unit, is_needed, &n, image);
    map_fini(&open);
    vec_fini(&n.open);
    free(n.body);
    free(n.needed);
}

/* When anything is left for the rounds. */
static int leave_image(lint *l, size_t unit, const ir_unit *parsed, const own_result *own, FILE *lines)
{
    strbuf image = {0};
    bool any = false;
    for (size_t i = 0; i < own->links.n; i++) any |= !own->links.at[i].summary;
    if (!any) return EXIT_CLEAN;
    write_image(parsed, own, &image);
    int status = stage_write_file(&l->stage, unit, "image", &image, lines);
    strbuf_fini(&image);
    return status;
}

/* An error of the dialect stays one. */
static void set_severities(const invocation *in, diag_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].severity != SEVERITY_ERROR)
            list->at[i].severity = driver_check_severity(in, list->at[i].check, list->at[i].severity);
}

/* ---- parsing ----------------------------------------------------------------------------- */
/* One line: the first error, how many more, and what that cost. */
static char *describe_errors(const ast_result *parsed, const char *path)
{
    if (!parsed->error_count) return NULL;
    strbuf b = {0};
    const ast_error *e = &parsed->errors[0];
    size_t tainted = 0;
    for (size_t i = 0; i < parsed->unit->funcs.n; i++) tainted += parsed->unit->funcs.at[i]->tainted != NULL;
    strbuf_printf(&b, "%s:%u:%u: error: %s", e->file && *e->file ? e->file : path, e->line, e->column,
                  e->message);
    if (parsed->error_count > 1) strbuf_printf(&b, " (and %zu more)", parsed->error_count - 1);
    if (tainted) strbuf_printf(&b, "; %zu function%s not analysed", tainted, tainted > 1 ? "s" : "");
    return strbuf_take(&b);
}

/* What was wrong with the input: the driver prints it, now and in each run that keeps the unit. */
static int tell(const lint *l, size_t unit, const ast_result *parsed, const char *path, const char *errors,
                const char *problem, FILE *lines)
{
    strbuf text = {0};
    if (errors) strbuf_printf(&text, "recount: %s\n", errors);
    for (size_t i = 0; i < parsed->ignored_count; i++)
        strbuf_printf(&text, "recount: %s: %s, which is left out\n", path, parsed->ignored[i]);
    if (problem) strbuf_printf(&text, "recount: %s: %s\n", path, problem);
    int status = stage_write_file(&l->stage, unit, "told", &text, lines);
    strbuf_fini(&text);
    return status;
}

/* A header that is not there may be there in the next run, and is no file of the unit: it must be parsed again then. */
static bool lacks_header(const ast_result *parsed)
{
    for (size_t i = 0; i < parsed->error_count; i++)
        if (parsed->errors[i].fatal || str_ends(parsed->errors[i].message, "file not found")) return true;
    return false;
}

static int analyse(lint *l, size_t unit, const char *path, const ast_result *parsed, char *problem,
                   double start, const pool_streams *streams)
{
    own_result own;
    own_options options = {
        .enabled = driver_check_enabled, .arg = l->in, .least = l->least, .postpone = true};
    contract_set *contracts = driver_contracts(&l->packs, parsed->unit);
    own_result_init(&own);
    own_analyse(parsed->unit, contracts, &options, &own);
    set_severities(l->in, &own.findings);
    char *errors = describe_errors(parsed, path);
    record_unit rows = {.path = path,
                        .unit = parsed->unit,
                        .own = &own,
                        .parsed = !errors && !problem,
                        .analysed = true,
                        .error = errors ? errors : problem,
                        .ms = now_ms() - start};
    int status = tell(l, unit, parsed, path, errors, problem, streams->lines);
    if (status == EXIT_CLEAN) status = stage_write_unit(&l->stage, unit, &rows, streams->lines);
    if (status == EXIT_CLEAN)
        status = leave_links(l, unit, "links", &own, lacks_header(parsed), streams->lines);
    if (status == EXIT_CLEAN) status = leave_files(l, unit, parsed->unit, streams->lines);
    if (status == EXIT_CLEAN) status = leave_image(l, unit, parsed->unit, &own, streams->lines);
    bool clean = rows.parsed;
    own_result_fini(&own);
    contract_set_free(contracts);
    free(errors);
    return status != EXIT_CLEAN ? status : clean ? EXIT_CLEAN : EXIT_INPUT;
}

static int refuse(lint *l, size_t unit, const char *path, const char *why, const pool_streams *streams)
{
    record_unit rows = {.path = path, .error = why};
    strbuf text = {0};
    strbuf_printf(&text, "recount: %s%s%s\n", str_starts(why, path) ? "" : path,
                  str_starts(why, path) ? "" : ": ", why);
    int status = stage_write_file(&l->stage, unit, "told", &text, streams->lines);
    strbuf_fini(&text);
    if (status == EXIT_CLEAN) status = stage_write_unit(&l->stage, unit, &rows, streams->lines);
    return status == EXIT_CLEAN ? EXIT_INPUT : status;
}

int lint_parse(size_t job, const pool_streams *streams, void *arg)
{
    lint *l = arg;
    size_t unit = l->jobs.at[job];
    const source *s = l->units.at[unit].source;
    ast_options options = driver_parse_options(l->in, &l->packs, s);
    ast_result parsed;
    bool fatal, elsewhere = strcmp(s->directory, l->in->cwd) != 0;
    char *problem = driver_source_problem(s->path, &fatal),
         *path = elsewhere ? path_real(s->path) : x_strdup(s->path);
    double start = now_ms();
    int status;
    if (problem && fatal) {
        status = refuse(l, unit, s->path, problem, streams);
    } else if (chdir(s->directory) < 0) {
        status = refuse(l, unit, s->path, "the folder it was compiled in is not there", streams);
    } else if (ast_parse(path, &options, &parsed) != AST_OK) {
        status = refuse(l, unit, s->path, parsed.message ? parsed.message : "could not be parsed", streams);
    } else {
        status = analyse(l, unit, path, &parsed, problem, start, streams);
        ast_result_fini(&parsed);
    }
    free(problem);
    free(path);
    return status;
}

/* ---- a round ----------------------------------------------------------------------------- */
typedef struct seat { /* where a worker sits in the program */
    const lint *lint;
    size_t unit;
} seat;

static const char *summary_of(const char *function, void *of)
{
    const seat *s = of;
    return own_program_summary(s->lint->program, s->unit, function);
}

static bool is_due(const char *function, bool *summary_only, void *of)
{
    const seat *s = of;
    return own_program_due(s->lint->program, s->unit, function, summary_only);
}

static int analyse_due(lint *l, size_t unit, ir_unit *parsed, const pool_streams *streams)
{
    char kind[32];
    own_result own;
    seat here = {l, unit};
    own_options options = {.enabled = driver_check_enabled,
                           .arg = l->in,
                           .least = l->least,
                           .habits = l->units.at[unit].habits,
                           .summary = summary_of,
                           .due = is_due,
                           .of = &here};
    contract_set *contracts = driver_contracts(&l->packs, parsed);
    own_result_init(&own);
    own_analyse_due(parsed, contracts, &options, &own);
    set_severities(l->in, &own.findings);
    record_unit rows = {
        .path = parsed->path, .unit = parsed, .own = &own, .parsed = true, .analysed = true, .part = true};
    strbuf text = {0};
    record_unit_rows(&l->stage.run, &rows, &text);
    snprintf(kind, sizeof kind, "%zu.rows", l->round);
    int status = stage_write_file(&l->stage, unit, kind, &text, streams->lines);
    snprintf(kind, sizeof kind, "%zu.links", l->round);
    if (status == EXIT_CLEAN) status = leave_links(l, unit, kind, &own, false, streams->lines);
    strbuf_fini(&text);
    own_result_fini(&own);
    contract_set_free(contracts);
    return status;
}

int lint_round(size_t job, const pool_streams *streams, void *arg)
{
    lint *l = arg;
    size_t unit = l->jobs.at[job], n;
    char *path = stage_file(&l->stage, unit, "image"), *image = NULL;
    int status = EXIT_OUTPUT, failed = file_read(path, &image, &n);
    ir_unit *parsed = failed ? NULL : ir_image_read(image, n);
    if (!parsed)
        fprintf(streams->lines, "recount: %s: %s\n", path, failed ? strerror(failed) : "cannot be read back");
    else if (chdir(l->units.at[unit].source->directory) == 0)
        status = analyse_due(l, unit, parsed, streams);
    ir_unit_free(parsed);
    free(path);
    return status;
}
