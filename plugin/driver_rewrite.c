/* SPDX-License-Identifier: MIT
 *
 * recount rewrite: annotated C to plain C, a process a file; what was inserted goes into the database. A file
 * with any error leaves no output.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver_p.h"
#include "report/report.h"
#include "rewrite/rewrite.h"

typedef struct job_list {
    invocation *in;
    sources sources;
    packs packs;   /* for what verifies: rewriting asks no contract */
    char *include; /* of recount.h */
    stage stage;
    int level;
    int status; /* the worst so far */
} job_list;

/* ---- messages ---------------------------------------------------------------------------- */
static void print_place(FILE *to, const diag_place *at, const char *level, const char *message,
                        const char *check)
{
    fprintf(to, "%s:%u:%u: %s: %s", at->file ? at->file : "", at->line, at->column ? at->column : 1, level,
            message);
    if (check) fprintf(to, " [%s]", check);
    fputc('\n', to);
}

void driver_print_diags(const diag_list *list, FILE *to)
{
    for (size_t i = 0; i < list->n; i++) {
        const diag *d = &list->at[i];
        print_place(to, &d->place, severity_name(d->severity), d->message, d->check);
        for (size_t k = 0; k < d->step_count; k++)
            print_place(to, &d->steps[k].place, "note", d->steps[k].message, NULL);
    }
}

static void explain_ops(const char *path, const rewrite_result *result, FILE *to)
{
    for (size_t i = 0; i < result->ops.n; i++) {
        const own_counter_op *op = &result->ops.at[i];
        fprintf(to, "%s:%u: %s %s(%s)%s%s%s%s\n", path, op->line, op->origin, op->op,
                op->expression ? op->expression : "", op->function_name ? " in " : "",
                op->function_name ? op->function_name : "", op->why ? ": " : "", op->why ? op->why : "");
    }
}

/* ---- outputs ----------------------------------------------------------------------------- */
static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The output's name, or NULL for standard output; owned by the caller. */
static char *output_path(const invocation *in, const char *source)
{
    const char *file = driver_option(in, OPTION_OUTPUT), *folder = driver_option(in, OPTION_OUT_DIR);
    if (folder) return driver_join(folder, base_name(source));
    return file ? x_strdup(file) : NULL;
}

static int write_output(const char *path, const char *text, size_t n, const pool_streams *streams)
{
    if (!path || strcmp(path, "-") == 0)
        return fwrite(text, 1, n, streams->out) == n ? EXIT_CLEAN : EXIT_OUTPUT;
    int failed = file_write(path, text, n);
    if (failed) fprintf(streams->lines, "recount: %s: cannot be written: %s\n", path, strerror(failed));
    return failed ? EXIT_OUTPUT : EXIT_CLEAN;
}

static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* A header as its includers name it: below a folder of the search path, the longest, or the source's own. */
static const char *included_name(const source *s, const char *path)
{
    static const char *const words[] = {"-I", "-iquote", "-isystem", "-idirafter"};
    while (str_starts(path, "./")) path += 2;
    const char *best = path[0] == '/' || str_starts(path, "../") ? base_name(path) : path;
    char *folder = x_strdup(s->path), *slash = strrchr(folder, '/');
    if (slash) *slash = '\0';
    if (slash && path_below(folder, path) != path) best = path_below(folder, path);
    for (size_t i = 0; i < s->flag_count; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            if (!str_starts(s->flags[i], words[k])) continue;
            const char *word = s->flags[i] + strlen(words[k]);
            if (!*word) word = i + 1 < s->flag_count ? s->flags[i + 1] : word;
            while (str_starts(word, "./")) word += 2;
            const char *below = path_below(word, path);
            if (below != path && (strlen(below) < strlen(best) || best == path)) best = below;
        }
    free(folder);
    return best;
}

static int write_header(const char *folder, const source *s, const char *path, const char *text, size_t n,
                        bool copied, const pool_streams *streams)
{
    int status = EXIT_CLEAN;
    strbuf output = {0}, all = {0};
    strbuf_printf(&output, "%s%s", folder ? folder : "", included_name(s, path));
    bool same = !folder || same_file(output.s, path);
    if (same && !copied) {
        fprintf(streams->lines, "recount: %s: is rewritten too, and needs another folder: use --out-dir\n",
                path);
        status = EXIT_FINDINGS;
    } else if (!same) {
        char *below = x_strdup(output.s);
        *strrchr(below, '/') = '\0';
        dir_make(below); /* writing there tells what is wrong */
        strbuf_printf(&all, "#line 1 \"%s\"\n", path);
        strbuf_addn(&all, text, n);
        status = write_output(output.s, all.s, all.n, streams);
        free(below);
    }
    strbuf_fini(&output);
    strbuf_fini(&all);
    return status;
}

/* Whether the text includes a file of this name, from wherever. */
static bool includes(const char *text, const char *path)
{
    const char *name = base_name(path);
    size_t n = strlen(name);
    for (const char *at = strstr(text, name); at; at = strstr(at + 1, name))
        if (at > text && strchr("/\"<", at[-1]) && (at[n] == '"' || at[n] == '>')) return true;
    return false;
}

typedef struct header_text { /* of a file of the unit; NULL: it stays where it is */
    const char *text;
    char *copied;
    size_t n;
} header_text;

/* A header that includes a rewritten one, or one that does, is copied: it would find the original beside itself. */
static bool add_copies(const ir_unit *unit, header_text *texts)
{
    bool added = false;
    for (size_t i = 1; i < unit->files.n; i++) {
        const ir_file *file = &unit->files.at[i];
        char *text = NULL;
        size_t n = 0;
        if (texts[i].text || file->main || file->system || file_read(file->path, &text, &n) != 0) continue;
        for (size_t k = 1; k < unit->files.n && !texts[i].text; k++)
            if (texts[k].text && includes(text, unit->files.at[k].path))
                texts[i] = (header_text){text, text, n};
        if (texts[i].text)
            added = true;
        else
            free(text);
    }
    return added;
}

/* A rewritten header stands in the output's folder, where a quoted include looks first, under the name that it is
 * included by; never in place of the original. */
static int write_headers(const char *output, const source *s, const ir_unit *unit,
                         const rewrite_result *result, const pool_streams *streams)
{
    int status = EXIT_CLEAN;
    const char *slash = output ? strrchr(output, '/') : NULL;
    char *folder = output ? x_strdup(slash ? output : "./") : NULL; /* NULL: to standard output */
    header_text *texts = x_calloc(unit->files.n, sizeof *texts);
    if (slash) folder[slash - output + 1] = '\0';
    for (size_t i = 1; i < unit->files.n; i++)
        for (size_t k = 0; k < result->headers.n; k++)
            if (strcmp(result->headers.at[k].path, unit->files.at[i].path) == 0)
                texts[i] = (header_text){result->headers.at[k].text, NULL, result->headers.at[k].n};
    while (result->headers.n && add_copies(unit, texts)) {
    }
    for (size_t i = 1; i < unit->files.n; i++) {
        if (texts[i].text && status == EXIT_CLEAN)
            status = write_header(folder, s, unit->files.at[i].path, texts[i].text, texts[i].n,
                                  texts[i].copied != NULL, streams);
        free(texts[i].copied);
    }
    free(texts);
    free(folder);
    return status;
}

static int print_diff(const char *path, const char *text, const char *fresh, const pool_streams *streams)
{
    strbuf diff = {0};
    driver_diff(path, text, path, fresh, &diff);
    if (diff.n) fputs(diff.s, streams->out);
    strbuf_fini(&diff);
    return EXIT_CLEAN;
}

static int print_diffs(const char *path, const ir_unit *unit, const rewrite_result *result,
                       const pool_streams *streams)
{
    print_diff(path, unit->source ? unit->source : "", result->text, streams);
    for (size_t i = 0; i < result->headers.n; i++) {
        char *text;
        size_t n;
        if (file_read(result->headers.at[i].path, &text, &n) != 0) continue;
        print_diff(result->headers.at[i].path, text, result->headers.at[i].text, streams);
        free(text);
    }
    return EXIT_CLEAN;
}

static int emit(const job_list *l, const source *s, const ir_unit *unit, const rewrite_result *result,
                const pool_streams *streams)
{
    const char *path = s->path;
    char *output = output_path(l->in, path);
    int status = EXIT_CLEAN;
    if (driver_flag(l->in, OPTION_EXPLAIN)) explain_ops(path, result, streams->out);
    if (driver_flag(l->in, OPTION_DIFF))
        status = print_diffs(path, unit, result, streams);
    else if (output || !driver_flag(l->in, OPTION_EXPLAIN)) {
        status = write_headers(output, s, unit, result, streams);
        if (status == EXIT_CLEAN) status = write_output(output, result->text, result->n, streams);
    }
    free(output);
    return status;
}

/* ---- verifying --------------------------------------------------------------------------- */
static bool is_counting(const char *check)
{
    static const char *const family[] = {"leak",           "leak-on-error", "loop-exit-leak",
                                         "overwrite-leak", "over-release",  "use-after-release",
                                         "missing-incref", "stolen-reuse",  "borrowed-escape"};
    for (size_t i = 0; i < sizeof family / sizeof *family; i++)
        if (strcmp(check, family[i]) == 0) return true;
    return false;
}

/* The text is nowhere to be seen: a place in it is told as the original's, which lacks the two lines at its start. */
static void name_original(diag_place *at, const char *path, const char *original)
{
    if (!at->file || strcmp(at->file, path) != 0) return;
    at->file = original;
    at->line = at->line > 2 ? at->line - 2 : 1;
}

/* What the linter finds in the counting of the rewritten text refutes it. */
static int judge(const job_list *l, const source *s, const char *path, const ast_result *parsed,
                 const pool_streams *streams)
{
    own_result own;
    contract_set *contracts = driver_contracts(&l->packs, parsed->unit);
    own_result_init(&own);
    own_analyse(parsed->unit, contracts, &(own_options){0}, &own);
    size_t kept = 0;
    for (size_t i = 0; i < own.findings.n; i++)
        if (is_counting(own.findings.at[i].check)) own.findings.at[kept++] = own.findings.at[i];
    own.findings.n = kept;
    for (size_t i = 0; i < kept; i++) {
        diag *d = &own.findings.at[i];
        name_original(&d->place, path, s->path);
        for (size_t k = 0; k < d->step_count; k++) name_original(&d->steps[k].place, path, s->path);
    }
    driver_print_diags(&own.findings, streams->lines);
    for (size_t i = 0; i < parsed->error_count; i++) {
        const ast_error *e = &parsed->errors[i];
        fprintf(streams->lines, "%s:%u:%u: error: %s\n", e->file ? e->file : s->path, e->line, e->column,
                e->message);
    }
    own_result_fini(&own);
    contract_set_free(contracts);
    return kept || parsed->error_count ? EXIT_FINDINGS : EXIT_CLEAN;
}

/* Lints the rewritten text, with the original's folder searched for its headers. */
static int verify(const job_list *l, const source *s, const rewrite_result *result,
                  const pool_streams *streams)
{
    char *path = driver_join(l->stage.folder, base_name(s->path)), *folder = path_real(s->path);
    char *slash = strrchr(folder, '/');
    if (slash) slash[slash == folder] = '\0';
    const char *includes[] = {l->include, folder};
    ast_options options = {.flags = s->flags,
                           .flag_count = s->flag_count,
                           .directory = s->directory,
                           .includes = includes,
                           .include_count = 2};
    ast_result parsed = {0};
    int status = write_output(path, result->text, result->n, streams);
    if (status == EXIT_CLEAN) {
        bool read = ast_parse(path, &options, &parsed) == AST_OK;
        status = read ? judge(l, s, path, &parsed, streams) : EXIT_FINDINGS;
        if (status != EXIT_CLEAN)
            fprintf(streams->lines, "recount: %s: the rewritten text did not verify, and is not written\n",
                    s->path);
        ast_result_fini(&parsed);
    }
    unlink(path);
    free(path);
    free(folder);
    return status;
}

/* ---- one file ---------------------------------------------------------------------------- */
static int rewrite_parsed(const job_list *l, size_t job, const source *s, const ir_unit *unit,
                          const ast_options *parse, const pool_streams *streams)
{
    rewrite_result result = {0};
    rewrite_options options = {.level = l->level};
    bool done = driver_rewrite_unit(s->path, parse, NULL, unit, &options, &result);
    int status = done ? EXIT_CLEAN : EXIT_FINDINGS;
    diag_list_sort(&result.diagnostics);
    driver_print_diags(&result.diagnostics, streams->lines);
    if (done && driver_flag(l->in, OPTION_VERIFY)) status = verify(l, s, &result, streams);
    if (status == EXIT_CLEAN) status = emit(l, s, unit, &result, streams);
    record_unit row = {.path = s->path,
                       .unit = unit,
                       .diags = &result.diagnostics,
                       .ops = result.ops.at,
                       .op_count = result.ops.n,
                       .parsed = true,
                       .analysed = true};
    int stored = stage_write_unit(&l->stage, job, &row, streams->lines);
    rewrite_result_fini(&result);
    return stored == EXIT_CLEAN ? status : stored;
}

static int refuse(const job_list *l, size_t job, const source *s, const char *why,
                  const pool_streams *streams)
{
    record_unit row = {.path = s->path, .error = why};
    fprintf(streams->lines, str_starts(why, s->path) ? "recount: %.0s%s\n" : "recount: %s: %s\n", s->path,
            why);
    int stored = stage_write_unit(&l->stage, job, &row, streams->lines);
    return stored == EXIT_CLEAN ? EXIT_INPUT : stored;
}

static int refuse_errors(const job_list *l, size_t job, const source *s, const ast_result *parsed,
                         const pool_streams *streams)
{
    for (size_t i = 1; i < parsed->error_count && driver_flag(l->in, OPTION_VERBOSE); i++) {
        const ast_error *e = &parsed->errors[i];
        fprintf(streams->lines, "%s:%u:%u: error: %s\n", e->file ? e->file : s->path, e->line, e->column,
                e->message);
    }
    const ast_error *e = &parsed->errors[0];
    strbuf b = {0};
    strbuf_printf(&b, "%s:%u:%u: error: %s", e->file && *e->file ? e->file : s->path, e->line, e->column,
                  e->message);
    if (parsed->error_count > 1) strbuf_printf(&b, " (and %zu more)", parsed->error_count - 1);
    int status = refuse(l, job, s, b.s, streams);
    strbuf_fini(&b);
    return status;
}

/* An error inside a function is the rewriter's to report, with the function. */
static bool has_tainted(const ir_unit *unit)
{
    for (size_t i = 0; i < unit->funcs.n; i++)
        if (unit->funcs.at[i]->tainted) return true;
    return false;
}

static int rewrite_source(size_t job, const pool_streams *streams, void *arg)
{
    const job_list *l = arg;
    const source *s = &l->sources.list.at[job];
    const char *includes[] = {l->include};
    ast_options options = {.flags = s->flags,
                           .flag_count = s->flag_count,
                           .directory = s->directory,
                           .includes = includes,
                           .include_count = 1,
                           .header_bodies = true};
    ast_result parsed;
    bool fatal;
    char *problem = driver_source_problem(s->path, &fatal);
    int status;
    if (problem) {
        status = refuse(l, job, s, problem, streams);
        free(problem);
        return status;
    }
    if (ast_parse(s->path, &options, &parsed) != AST_OK)
        status = refuse(l, job, s, parsed.message ? parsed.message : "could not be parsed", streams);
    else if (parsed.error_count && !has_tainted(parsed.unit))
        status = refuse_errors(l, job, s, &parsed, streams);
    else
        status = rewrite_parsed(l, job, s, parsed.unit, &options, streams);
    ast_result_fini(&parsed);
    return status;
}

/* ---- all files --------------------------------------------------------------------------- */
static void take_result(size_t job, int status, const char *died, void *arg)
{
    job_list *l = arg;
    if (died) {
        driver_error("%s: %s", l->sources.list.at[job].path, died);
        stage_add_failure(&l->stage, l->sources.list.at[job].path, died);
        status = EXIT_INPUT;
    } else {
        stage_add(&l->stage, job);
        l->stage.run.errors += status == EXIT_INPUT;
    }
    if (status > l->status) l->status = status; /* 4 outranks 3, and 3 outranks 1 */
}

static const char *source_name(size_t job, void *arg)
{
    return ((job_list *)arg)->sources.list.at[job].path;
}

static int check_usage(const invocation *in, int *level)
{
    const char *text = driver_option(in, OPTION_LEVEL);
    const char *why = NULL;
    *level = text && strcmp(text, "0") == 0 ? 0 : 1;
    if (text && strcmp(text, "0") != 0 && strcmp(text, "1") != 0) why = "the level is -O0 or -O1";
    if (!in->args.n) why = "which files?";
    if (in->args.n > 1 && driver_option(in, OPTION_OUTPUT)) why = "several files need --out-dir";
    if (driver_option(in, OPTION_OUTPUT) && driver_option(in, OPTION_OUT_DIR))
        why = "-o or --out-dir, not both";
    if (why) driver_error("rewrite: %s", why);
    return why ? EXIT_USAGE : EXIT_CLEAN;
}

static int find_rules(const invocation *in, job_list *l)
{
    bool wanted = driver_flag(in, OPTION_VERIFY) || in->values[OPTION_CONTRACTS].n;
    l->include = driver_include();
    if (l->include) return wanted ? driver_packs_load(in, &l->packs) : EXIT_CLEAN;
    driver_error("recount_annotations.h is not where this program was installed");
    return EXIT_INPUT;
}

int command_rewrite(invocation *in)
{
    job_list l = {.in = in};
    pool workers = {.work = rewrite_source, .done = take_result, .name = source_name, .arg = &l};
    const char *folder = driver_option(in, OPTION_OUT_DIR);
    int status = check_usage(in, &l.level), failed = 0;
    if (status == EXIT_CLEAN) status = pool_settings(in, &workers);
    if (status == EXIT_CLEAN && folder && (failed = dir_make(folder))) {
        driver_error("%s: cannot be made: %s", folder, strerror(failed));
        status = EXIT_OUTPUT;
    }
    if (status == EXIT_CLEAN) status = driver_sources(in, &l.sources);
    if (status == EXIT_CLEAN) status = stage_open_plain(in, "rewrite", &l.stage);
    if (status == EXIT_CLEAN) status = find_rules(in, &l);
    if (status == EXIT_CLEAN) {
        l.stage.run.files = l.sources.list.n;
        status = pool_run(&workers, l.sources.list.n);
        pool_end();
        if (status == EXIT_CLEAN) status = stage_commit(in, &l.stage);
        if (status == EXIT_CLEAN) status = l.status == EXIT_CLEAN && l.sources.failed ? EXIT_INPUT : l.status;
    }
    stage_close(&l.stage);
    driver_packs_fini(&l.packs);
    free(l.include);
    driver_sources_fini(&l.sources);
    return status;
}
