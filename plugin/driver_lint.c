/* SPDX-License-Identifier: MIT
 *
 * recount lint: the units of the program (driver_program.c), what the whole run shows, then the report.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver_lint_p.h"
#include "report/report.h"

/* ---- the run as a whole ------------------------------------------------------------------ */
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

static int run_lint(lint *l, pool *workers)
{
    lint_captures_load(l);
    l->stage.run.files = l->units.n;
    int status = lint_program(l, workers);
    pool_end();
    if (status == EXIT_CLEAN) status = lint_rows_take(l);
    if (status == EXIT_CLEAN) status = settle(l);
    if (status != EXIT_CLEAN && status != EXIT_OUTPUT) return status;
    char *stage_path = driver_join(l->stage.folder, "stage.db");
    int stored = status == EXIT_CLEAN ? stage_commit(l->in, &l->stage) : status;
    status = report(l, stored == EXIT_CLEAN ? l->stage.database : stage_path);
    free(stage_path);
    if (stored != EXIT_CLEAN || l->unstored || status == EXIT_OUTPUT) return EXIT_OUTPUT;
    return l->failed || l->sources.failed ? EXIT_INPUT : status;
}

static void lint_fini(lint *l)
{
    record_close(l->known);
    own_program_free(l->program);
    for (size_t i = 0; i < l->units.n; i++) vec_fini(&l->units.at[i].links);
    for (size_t i = 0; i < l->others.n; i++) vec_fini(&l->others.at[i].links);
    vec_fini(&l->units);
    vec_fini(&l->others);
    vec_fini(&l->jobs);
    vec_fini(&l->stale);
    map_fini(&l->hashes);
    stage_close(&l->stage);
    driver_packs_fini(&l->packs);
    driver_sources_fini(&l->sources);
    link_pool_fini(&l->pool);
    arena_fini(&l->arena);
}

/* Of a large program what is surest comes first: what needs memory to run out, or rests on an inference, is left out. */
static confidence least_confidence(const invocation *in, const sources *sources)
{
    enum { LARGE_PROGRAM = 1 << 20 }; /* bytes of source files */
    const char *level = driver_option(in, OPTION_CONFIDENCE);
    if (level) return (confidence)confidence_parse(level);
    uint64_t size = 0;
    for (size_t i = 0; i < sources->list.n; i++) {
        const source *s = &sources->list.at[i];
        char *path = *s->path == '/' ? x_strdup(s->path) : driver_join(s->directory, s->path);
        struct stat about;
        if (stat(path, &about) == 0) size += (uint64_t)about.st_size;
        free(path);
    }
    if (size <= LARGE_PROGRAM) return CONFIDENCE_MEDIUM;
    if (!driver_flag(in, OPTION_QUIET) && isatty(STDERR_FILENO))
        fputs("recount: a large program: findings of high confidence alone; --confidence medium shows the "
              "others\n",
              stderr);
    return CONFIDENCE_HIGH;
}

int command_lint(invocation *in)
{
    lint l = {.in = in};
    pool workers = {0};
    int status = check_usage(in);
    if (status == EXIT_CLEAN) status = driver_checks_verify(in);
    if (status == EXIT_CLEAN) status = pool_settings(in, &workers);
    if (status == EXIT_CLEAN) status = driver_sources(in, &l.sources);
    if (status == EXIT_CLEAN) l.least = least_confidence(in, &l.sources);
    if (status == EXIT_CLEAN) status = stage_open(in, "lint", &l.stage);
    if (status == EXIT_CLEAN) status = driver_packs_load(in, &l.packs);
    if (status == EXIT_CLEAN) driver_checks_load(in);
    if (status == EXIT_CLEAN) status = run_lint(&l, &workers);
    lint_fini(&l);
    return status;
}
