/* SPDX-License-Identifier: MIT
 *
 * recount fix: the fixes that open findings propose, each tried on a copy of its file before anything is shown or written
 * (driver_verify.c). Files are tried at once, each in a process of its own, in the state in which they were analysed.
 */
#include <stdlib.h>
#include <string.h>

#include "driver_fix_p.h"

static bool wanted(const invocation *in, const record_finding *f)
{
    if (!f->fix_count) return false;
    for (size_t i = 0; i < in->args.n; i++)
        if (str_starts(f->id, in->args.at[i]) || str_starts(f->fingerprint, in->args.at[i])) return true;
    return in->args.n == 0;
}

static fix_file *file_of(fix_run *r, const char *path)
{
    for (size_t i = 0; i < r->files.n; i++)
        if (strcmp(r->files.at[i].path, path) == 0) return &r->files.at[i];
    return NULL;
}

static void collect(fix_run *r)
{
    for (size_t i = 0; i < r->findings.list.n; i++) {
        const record_finding *f = &r->findings.list.at[i];
        if (!wanted(r->in, f)) continue;
        fix_file *file = file_of(r, f->fixes[0].path);
        if (!file) {
            file = vec_add(&r->files);
            file->path = f->fixes[0].path, file->sha256 = f->fixes[0].sha256;
        }
        vec_push(&file->wanted, f);
    }
}

/* ---- how the files were compiled ----------------------------------------------------------------------- */

static size_t each_line(fix_run *r, const char *text, const char ***out)
{
    str_vec lines = {0};
    for (size_t n; *text; text += n + (text[n] == '\n')) {
        n = strcspn(text, "\n");
        vec_push(&lines, arena_strndup(&r->arena, text, n));
    }
    size_t n = lines.n;
    *out = arena_alloc(&r->arena, (n + 1) * sizeof **out);
    if (n) memcpy(*out, lines.at, n * sizeof **out);
    vec_fini(&lines);
    return n;
}

/* Each unit is part of the program: what its functions do counts in the others. */
static void take_capture(const record_capture *capture, void *arg)
{
    fix_run *r = arg;
    fix_unit unit = {.number = own_program_unit(r->program, capture->key)};
    link_vec links = {0};
    lint_links_read(&r->pool, capture->links, &links);
    for (size_t i = 0; i < links.n; i++) own_program_add(r->program, unit.number, &links.at[i]);
    vec_fini(&links);
    fix_file *file = file_of(r, capture->path);
    if (!file || !*capture->directory) return;
    if (file->settings && strcmp(file->settings, capture->settings) != 0) return;
    file->settings = arena_strdup(&r->arena, capture->settings);
    unit.source.path = file->path;
    unit.source.directory = arena_strdup(&r->arena, capture->directory);
    unit.source.flag_count = each_line(r, capture->flags, &unit.source.flags);
    vec_push(&file->units, unit);
}

/* The options that the findings were found with. */
static void use_settings(fix_run *r, const char *settings)
{
    const char **lines;
    size_t n = each_line(r, settings, &lines);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (driver_decides(i)) r->in->values[i].n = 0;
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < OPTION_COUNT; i++) {
            size_t length = strlen(driver_options[i].name);
            if (strncmp(lines[k], driver_options[i].name, length) == 0 && lines[k][length] == '\t')
                vec_push(&r->in->values[i], lines[k] + length + 1);
        }
}

/* ---- the run ------------------------------------------------------------------------------------------- */

static void tried(size_t job, int status, const char *died, void *arg)
{
    fix_run *r = arg;
    fix_file *file = &r->files.at[r->jobs.at[job]];
    char *path = fix_verdicts(r, r->jobs.at[job]), *text;
    size_t n;
    if (died) driver_error("%s: %s", file->path, died);
    if (status > r->status) r->status = status;
    if (file_read(path, &text, &n) == 0) {
        const char **lines;
        n = each_line(r, text, &lines);
        for (size_t i = 0; i < n; i++) vec_push(&r->verified, lines[i]);
        free(text);
    }
    free(path);
}

static const char *name_of(size_t job, void *arg)
{
    fix_run *r = arg;
    return r->files.at[r->jobs.at[job]].path;
}

/* The files that were analysed with the same settings as the first that is left. */
static int try_group(fix_run *r, pool *workers)
{
    const char *settings = NULL;
    r->jobs.n = 0;
    for (size_t i = 0; i < r->files.n; i++) {
        fix_file *f = &r->files.at[i];
        if (f->done || (settings && strcmp(settings, f->settings) != 0)) continue;
        settings = f->settings, f->done = true;
        vec_push(&r->jobs, i);
    }
    if (!settings) return EXIT_CLEAN;
    use_settings(r, settings);
    int status = driver_packs_load(r->in, &r->packs);
    if (status == EXIT_CLEAN) status = pool_run(workers, r->jobs.n);
    driver_packs_fini(&r->packs);
    return status;
}

static int try_all(fix_run *r)
{
    pool workers = {.work = fix_try, .done = tried, .name = name_of, .arg = r};
    size_t left = 0;
    int status = pool_settings(r->in, &workers);
    for (size_t i = 0; i < r->files.n; i++) {
        fix_file *f = &r->files.at[i];
        f->done = f->units.n == 0;
        left += !f->done;
        if (!f->done) continue;
        driver_error("%s: how it is compiled is not in the database; lint it again", f->path);
        r->status = EXIT_INPUT;
    }
    for (size_t before = 0; status == EXIT_CLEAN && before < left; before += r->jobs.n)
        status = try_group(r, &workers);
    pool_end();
    return status;
}

static int note_verified(fix_run *r, const char *database)
{
    record *into = NULL;
    char *error = NULL;
    bool bad = false;
    if (!r->verified.n) return EXIT_CLEAN;
    record_status status =
        record_open(database, RECORD_WRITE, driver_number(r->in, OPTION_WAIT, 30, &bad), &into, &error);
    if (status == RECORD_OK) status = record_fixes_verified(into, r->verified.at, r->verified.n, &error);
    record_close(into);
    return status == RECORD_OK ? EXIT_CLEAN : driver_fail(EXIT_OUTPUT, &error);
}

static int read_database(fix_run *r, const char *path)
{
    char *error = NULL;
    record *known = NULL;
    record_status status = record_open(path, RECORD_READ, 30, &known, &error);
    if (status == RECORD_OK) status = record_findings_read(known, "v_open", NULL, &r->findings, &error);
    if (status == RECORD_OK) {
        collect(r);
        if (r->findings.root && *r->findings.root) r->in->root = r->findings.root;
        status = record_captures(known, take_capture, r, &error);
    }
    record_close(known);
    return status == RECORD_OK ? EXIT_CLEAN : driver_fail(EXIT_INPUT, &error);
}

static void fix_fini(fix_run *r)
{
    for (size_t i = 0; i < r->files.n; i++) {
        vec_fini(&r->files.at[i].wanted);
        vec_fini(&r->files.at[i].units);
    }
    vec_fini(&r->files);
    vec_fini(&r->jobs);
    vec_fini(&r->verified);
    own_program_free(r->program);
    record_findings_fini(&r->findings);
    driver_remove(r->folder);
    link_pool_fini(&r->pool);
    arena_fini(&r->arena);
}

int command_fix(invocation *in)
{
    fix_run r = {.in = in, .program = own_program_new()};
    char *database = driver_database(in);
    int status = read_database(&r, database);
    driver_checks_load(in);
    if (status == EXIT_CLEAN && r.files.n && !(r.folder = driver_temporary())) status = EXIT_OUTPUT;
    if (status == EXIT_CLEAN) status = try_all(&r);
    if (status == EXIT_CLEAN) status = note_verified(&r, database);
    if (status == EXIT_CLEAN) status = r.status;
    fix_fini(&r);
    free(database);
    return status;
}
