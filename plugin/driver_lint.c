/* SPDX-License-Identifier: MIT
 *
 * recount lint: each unit through ast, contract and own into its shard, then the run as a whole, then the
 * report.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "driver_p.h"
#include "report/report.h"

typedef struct lint {
    invocation *in;
    sources sources;
    packs packs;
    stage stage;
    bool failed;   /* some input could not be analysed */
    bool unstored; /* a worker could not write its shard */
} lint;

/* ---- in a worker ------------------------------------------------------------------------- */
static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* An error of the dialect stays one. */
static void set_severities(const invocation *in, diag_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].severity != SEVERITY_ERROR)
            list->at[i].severity = driver_check_severity(in, list->at[i].check, list->at[i].severity);
}

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

/* The option's value was looked at before any worker began. */
static confidence least_confidence(const invocation *in)
{
    const char *level = driver_option(in, OPTION_CONFIDENCE);
    return level ? (confidence)confidence_parse(level) : CONFIDENCE_MEDIUM;
}

static int analyse(lint *l, size_t job, const char *path, const ast_options *parse, ast_result *parsed,
                   char *problem, double start, const pool_streams *streams)
{
    own_result own;
    own_options options = {.enabled = driver_check_enabled, .arg = l->in, .least = least_confidence(l->in)};
    const invocation *in = l->in;
    contract_set *contracts = driver_contracts(&l->packs, parsed->unit);
    own_result_init(&own);
    own_analyse(parsed->unit, contracts, &options, &own);
    driver_verify_fixes(path, parsed, parse, contracts, &options, &own.findings);
    diag_list_sort(&own.findings);
    set_severities(in, &own.findings);
    char *errors = describe_errors(parsed, path);
    if (errors) fprintf(streams->lines, "recount: %s\n", errors);
    for (size_t i = 0; i < parsed->ignored_count; i++)
        fprintf(streams->lines, "recount: %s: %s, which is left out\n", path, parsed->ignored[i]);
    if (problem) fprintf(streams->lines, "recount: %s: %s\n", path, problem);
    record_unit unit = {.path = path,
                        .unit = parsed->unit,
                        .own = &own,
                        .parsed = !errors && !problem,
                        .analysed = true,
                        .error = errors ? errors : problem,
                        .ms = now_ms() - start};
    int status = stage_write_unit(&l->stage, job, &unit, streams->lines);
    bool clean = unit.parsed;
    own_result_fini(&own);
    contract_set_free(contracts);
    free(errors);
    return status != EXIT_CLEAN ? status : clean ? EXIT_CLEAN : EXIT_INPUT;
}

static int refuse(lint *l, size_t job, const char *path, const char *why, const pool_streams *streams)
{
    record_unit unit = {.path = path, .error = why};
    if (str_starts(why, path))
        fprintf(streams->lines, "recount: %s\n", why);
    else
        fprintf(streams->lines, "recount: %s: %s\n", path, why);
    int status = stage_write_unit(&l->stage, job, &unit, streams->lines);
    return status == EXIT_CLEAN ? EXIT_INPUT : status;
}

static int lint_source(size_t job, const pool_streams *streams, void *arg)
{
    lint *l = arg;
    const source *s = &l->sources.list.at[job];
    const char *includes[] = {l->packs.include};
    ast_options options = {.flags = s->flags,
                           .flag_count = s->flag_count,
                           .directory = s->directory,
                           .project = l->in->root,
                           .includes = includes,
                           .include_count = 1};
    ast_result parsed;
    bool fatal, elsewhere = strcmp(s->directory, l->in->cwd) != 0;
    char *problem = driver_source_problem(s->path, &fatal),
         *path = elsewhere ? path_real(s->path) : x_strdup(s->path);
    double start = now_ms();
    int status;
    if (problem && fatal) {
        status = refuse(l, job, s->path, problem, streams);
    } else if (chdir(s->directory) < 0) {
        status = refuse(l, job, s->path, "the folder it was compiled in is not there", streams);
    } else if (ast_parse(path, &options, &parsed) != AST_OK) {
        status = refuse(l, job, s->path, parsed.message ? parsed.message : "could not be parsed", streams);
    } else {
        status = analyse(l, job, path, &options, &parsed, problem, start, streams);
        ast_result_fini(&parsed);
    }
    free(problem);
    free(path);
    return status;
}

/* ---- in the driver ----------------------------------------------------------------------- */
static const char *source_name(size_t job, void *arg)
{
    return ((lint *)arg)->sources.list.at[job].path;
}

static void take_result(size_t job, int status, const char *died, void *arg)
{
    lint *l = arg;
    const char *path = l->sources.list.at[job].path;
    if (died) {
        driver_error("%s: %s", path, died);
        stage_add_failure(&l->stage, path, died);
    } else {
        stage_add(&l->stage, job);
        l->stage.run.errors += status == EXIT_INPUT;
    }
    l->failed |= status == EXIT_INPUT;
    l->unstored |= status == EXIT_OUTPUT;
}

/* Runs DIR/ID/query.sql and, in a folder of the user's, DIR/ID.sql. */
static int run_check_file(lint *l, const char *folder, const char *name)
{
    char *path = NULL, *text = NULL, *error = NULL, id[64];
    size_t n;
    strbuf b = {0};
    bool plain = str_ends(name, ".sql");
    snprintf(id, sizeof id, "%.*s", (int)(strlen(name) - (plain ? 4 : 0)), name);
    strbuf_printf(&b, "%s/%s%s", folder, name, plain ? "" : "/query.sql");
    path = strbuf_take(&b);
    int status = EXIT_CLEAN;
    if (driver_check_enabled(id, l->in) && file_read(path, &text, &n) == 0 &&
        record_check(l->stage.stage, &l->stage.run, id, text, &error) != RECORD_OK) {
        driver_error("%s: %s", path, error);
        free(error);
        status = EXIT_USAGE;
    }
    free(text);
    free(path);
    return status;
}

static int visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static int run_checks(lint *l, const char *folder)
{
    struct dirent **names = NULL;
    int n = scandir(folder, &names, visible, alphasort), status = EXIT_CLEAN;
    for (int i = 0; i < n; i++) {
        int one = run_check_file(l, folder, names[i]->d_name);
        if (one != EXIT_CLEAN) status = one;
        free(names[i]);
    }
    free(names);
    return status;
}

static int settle(lint *l)
{
    char *shipped = driver_rules("checks"), *error = NULL;
    const char *own = driver_option(l->in, OPTION_CHECKS);
    int status = shipped ? run_checks(l, shipped) : EXIT_CLEAN;
    if (status == EXIT_CLEAN && own) status = run_checks(l, own);
    free(shipped);
    if (status != EXIT_CLEAN) return status;
    record_status done =
        record_suppress(l->stage.stage, &l->stage.run, l->in->suppressions.at, l->in->suppressions.n,
                        l->sources.whole, driver_check_enabled, l->in, &error);
    return done == RECORD_OK ? EXIT_CLEAN : driver_fail(EXIT_OUTPUT, &error);
}

/* Drops from `findings` what is open in the database at `path`. */
static int subtract(record *r, const char *path, record_findings *findings)
{
    record *before = NULL;
    char *error = NULL;
    record_findings fresh;
    record_status status = record_open(path, RECORD_READ, 30, &before, &error);
    if (status == RECORD_OK) status = record_difference(before, r, &fresh, &error);
    record_close(before);
    if (status != RECORD_OK) return driver_fail(EXIT_INPUT, &error);
    map kept = {0};
    for (size_t i = 0; i < fresh.list.n; i++) map_set(&kept, fresh.list.at[i].id, &fresh);
    size_t n = 0;
    for (size_t i = 0; i < findings->list.n; i++)
        if (map_get(&kept, findings->list.at[i].id)) findings->list.at[n++] = findings->list.at[i];
    findings->list.n = n;
    map_fini(&kept);
    record_findings_fini(&fresh);
    return EXIT_CLEAN;
}

static bool fails(const invocation *in, const record_findings *findings)
{
    const char *level = driver_option(in, OPTION_FAIL_ON);
    if (level && strcmp(level, "never") == 0) return false;
    int least = level ? severity_parse(level) : SEVERITY_WARNING;
    for (size_t i = 0; i < findings->list.n; i++)
        if ((int)findings->list.at[i].severity >= least) return true;
    return false;
}

/* Reads the run back and writes the report; after a failed commit there is only the stage to read from. */
static int report(lint *l, const char *database)
{
    const char *format = driver_option(l->in, OPTION_FORMAT), *other = driver_option(l->in, OPTION_BASELINE);
    const char *output = driver_option(l->in, OPTION_OUTPUT);
    report_options options = {.cwd = l->in->cwd, .color = !output && driver_color(l->in, stdout)};
    record *r = NULL;
    char *error = NULL;
    record_findings findings = {0};
    strbuf text = {0};
    record_status read = record_open(database, RECORD_READ, 30, &r, &error);
    if (read == RECORD_OK)
        read = record_findings_read(r, driver_flag(l->in, OPTION_NEW_ONLY) ? "v_new" : "v_open",
                                    l->stage.run.id, &findings, &error);
    int status = read == RECORD_OK ? EXIT_CLEAN : driver_fail(EXIT_OUTPUT, &error);
    if (status == EXIT_CLEAN && other) status = subtract(r, other, &findings);
    if (status == EXIT_CLEAN) {
        report_find(format ? format : "text")->write(&findings, &options, &text);
        status = driver_write(output, text.s ? text.s : "", text.n);
        if (status == EXIT_CLEAN && fails(l->in, &findings)) status = EXIT_FINDINGS;
    }
    strbuf_fini(&text);
    record_findings_fini(&findings);
    record_close(r);
    return status;
}

static int check_usage(const invocation *in)
{
    const char *format = driver_option(in, OPTION_FORMAT), *level = driver_option(in, OPTION_FAIL_ON);
    if (format && !report_find(format)) {
        driver_error("lint: there is no format %s", format);
        return EXIT_USAGE;
    }
    if (level && strcmp(level, "never") != 0 && severity_parse(level) < 0) {
        driver_error("lint: --fail-on is note, warning, error or never");
        return EXIT_USAGE;
    }
    const char *sure = driver_option(in, OPTION_CONFIDENCE);
    if (sure && confidence_parse(sure) < 0) {
        driver_error("lint: --confidence is low, medium or high");
        return EXIT_USAGE;
    }
    return EXIT_CLEAN;
}

static int run_lint(lint *l, const pool *workers)
{
    l->stage.run.files = l->sources.list.n;
    int status = pool_run(workers, l->sources.list.n);
    if (status == EXIT_CLEAN) status = settle(l);
    if (status != EXIT_CLEAN && status != EXIT_OUTPUT) return status;
    char *stage_path = driver_join(l->stage.folder, "stage.db");
    int stored = status == EXIT_CLEAN ? stage_commit(l->in, &l->stage) : status;
    status = report(l, stored == EXIT_CLEAN ? l->stage.database : stage_path);
    free(stage_path);
    if (stored != EXIT_CLEAN || l->unstored || status == EXIT_OUTPUT) return EXIT_OUTPUT;
    return l->failed || l->sources.failed ? EXIT_INPUT : status;
}

int command_lint(invocation *in)
{
    lint l = {.in = in};
    pool workers = {.work = lint_source, .done = take_result, .name = source_name, .arg = &l};
    int status = check_usage(in);
    if (status == EXIT_CLEAN) status = driver_checks_verify(in);
    if (status == EXIT_CLEAN) status = pool_settings(in, &workers);
    if (status == EXIT_CLEAN) status = driver_sources(in, &l.sources);
    if (status == EXIT_CLEAN) status = stage_open(in, "lint", &l.stage);
    if (status == EXIT_CLEAN) status = driver_packs_load(in, &l.packs);
    if (status == EXIT_CLEAN) driver_checks_load(in);
    if (status == EXIT_CLEAN) status = run_lint(&l, &workers);
    stage_close(&l.stage);
    driver_packs_fini(&l.packs);
    driver_sources_fini(&l.sources);
    return status;
}
