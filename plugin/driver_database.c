/* SPDX-License-Identifier: MIT
 *
 * The commands that work on databases alone: report, baseline, diff, merge, export; and the check pages.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver_p.h"
#include "report/report.h"

static int open_read(const invocation *in, const char *path, record **out)
{
    char *error = NULL;
    bool bad = false;
    unsigned wait = driver_number(in, OPTION_WAIT, 30, &bad);
    if (bad) return EXIT_USAGE;
    return record_open(path, RECORD_READ, wait, out, &error) == RECORD_OK ? EXIT_CLEAN
                                                                          : driver_fail(EXIT_INPUT, &error);
}

static int open_default(const invocation *in, record **out)
{
    char *path = driver_database(in);
    int status = open_read(in, path, out);
    free(path);
    return status;
}

/* ---- report ------------------------------------------------------------------------------ */
int command_report(invocation *in)
{
    const char *name = driver_option(in, OPTION_FORMAT), *run = driver_option(in, OPTION_RUN);
    const char *output = driver_option(in, OPTION_OUTPUT);
    const report_format *format = report_find(name ? name : "text");
    report_options options = {.cwd = in->cwd, .color = !output && driver_color(in, stdout)};
    record *r = NULL;
    char *error = NULL;
    if (!format) {
        driver_error("report: there is no format %s", name);
        return EXIT_USAGE;
    }
    int status = open_default(in, &r);
    if (status != EXIT_CLEAN) return status;
    record_findings findings = {0};
    strbuf text = {0};
    if (record_findings_read(r, run ? "_all" : "v_open", run ? run : "last", &findings, &error) ==
        RECORD_OK) {
        format->write(&findings, &options, &text);
        status = driver_write(output, text.s ? text.s : "", text.n);
    } else {
        status = driver_fail(EXIT_INPUT, &error);
    }
    strbuf_fini(&text);
    record_findings_fini(&findings);
    record_close(r);
    return status;
}

/* ---- baseline, diff ---------------------------------------------------------------------- */
int command_baseline(invocation *in)
{
    const char *name = in->args.n ? in->args.at[0] : "baseline";
    char *path = driver_database(in), *error = NULL;
    bool bad = false, clear = driver_flag(in, OPTION_CLEAR);
    unsigned wait = driver_number(in, OPTION_WAIT, 30, &bad);
    record *r = NULL;
    size_t accepted = 0;
    int status = bad ? EXIT_USAGE : EXIT_CLEAN;
    if (status == EXIT_CLEAN && access(path, F_OK) < 0) {
        driver_error("%s: %s", path, strerror(errno));
        status = EXIT_INPUT;
    }
    if (status == EXIT_CLEAN && (record_open(path, RECORD_WRITE, wait, &r, &error) != RECORD_OK ||
                                 record_baseline(r, clear ? NULL : name, &accepted, &error) != RECORD_OK))
        status = driver_fail(EXIT_OUTPUT, &error);
    if (status == EXIT_CLEAN && !clear && !driver_flag(in, OPTION_QUIET))
        printf("%s: %zu finding%s accepted\n", name, accepted, accepted == 1 ? "" : "s");
    record_close(r);
    free(path);
    return status;
}

static int print_difference(const invocation *in, record *a, record *b, const char *sign, size_t *n)
{
    record_findings findings;
    char *error = NULL;
    report_options options = {.cwd = in->cwd};
    if (record_difference(a, b, &findings, &error) != RECORD_OK) return driver_fail(EXIT_INPUT, &error);
    *n = findings.list.n;
    for (size_t i = 0; i < findings.list.n; i++) findings.list.at[i].step_count = 0;
    strbuf text = {0};
    report_find("text")->write(&findings, &options, &text);
    for (char *line = text.s, *end; line && *line; line = end + 1) {
        end = strchr(line, '\n');
        printf("%s%.*s\n", sign, (int)(end - line), line);
    }
    strbuf_fini(&text);
    record_findings_fini(&findings);
    return EXIT_CLEAN;
}

int command_diff(invocation *in)
{
    record *a = NULL, *b = NULL;
    size_t fresh = 0, fixed = 0;
    if (in->args.n != 2) {
        driver_error("diff: two databases");
        return EXIT_USAGE;
    }
    int status = open_read(in, in->args.at[0], &a);
    if (status == EXIT_CLEAN) status = open_read(in, in->args.at[1], &b);
    if (status == EXIT_CLEAN) status = print_difference(in, a, b, "+ ", &fresh);
    if (status == EXIT_CLEAN) status = print_difference(in, b, a, "- ", &fixed);
    record_close(a);
    record_close(b);
    return status == EXIT_CLEAN && fresh ? EXIT_FINDINGS : status;
}

/* ---- merge, export ----------------------------------------------------------------------- */
/* Joins everything in a private file, which takes the output's name when it is whole. */
static int merge_into(const invocation *in, const char *path)
{
    char *error = NULL;
    record *into = NULL;
    record_status status = record_open(path, RECORD_SHARD, 0, &into, &error);
    int result = status == RECORD_OK ? EXIT_CLEAN : driver_fail(EXIT_OUTPUT, &error);
    for (size_t i = 0; result == EXIT_CLEAN && i < in->args.n; i++)
        if (record_merge(into, in->args.at[i], &error) != RECORD_OK) result = driver_fail(EXIT_INPUT, &error);
    record_close(into);
    return result;
}

int command_merge(invocation *in)
{
    const char *output = driver_option(in, OPTION_OUTPUT);
    if (!output || !in->args.n) {
        driver_error("merge: databases to join, and -o FILE");
        return EXIT_USAGE;
    }
    char *folder = driver_temporary(), *data = NULL;
    if (!folder) return EXIT_OUTPUT;
    char *path = driver_join(folder, "all.db");
    size_t n = 0;
    int status = merge_into(in, path);
    if (status == EXIT_CLEAN) {
        int failed = file_read(path, &data, &n);
        if (failed) driver_error("%s: %s", path, strerror(failed));
        status = failed ? EXIT_OUTPUT : driver_write(output, data, n);
    }
    free(data);
    free(path);
    driver_remove(folder);
    return status;
}

int command_export(invocation *in)
{
    const char *csv = driver_option(in, OPTION_CSV), *postgres = driver_option(in, OPTION_POSTGRES);
    if (driver_option(in, OPTION_PARQUET)) {
        driver_error("export: Parquet is not written [export-parquet]; --csv and --postgres are");
        return EXIT_USAGE;
    }
    if (!csv == !postgres) {
        driver_error("export: --csv DIR or --postgres FILE");
        return EXIT_USAGE;
    }
    record *r = NULL;
    char *error = NULL;
    int status = open_default(in, &r);
    if (status != EXIT_CLEAN) return status;
    strbuf text = {0};
    int failed = csv ? dir_make(csv) : 0;
    if (failed) {
        driver_error("%s: cannot be made: %s", csv, strerror(failed));
        status = EXIT_OUTPUT;
    } else if ((csv ? record_export_csv(r, csv, &error) : record_export_postgres(r, &text, &error)) !=
               RECORD_OK) {
        status = driver_fail(EXIT_OUTPUT, &error);
    } else if (postgres) {
        status = driver_write(postgres, text.s, text.n);
    }
    strbuf_fini(&text);
    record_close(r);
    return status;
}
