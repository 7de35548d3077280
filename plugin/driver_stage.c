/* SPDX-License-Identifier: MIT
 *
 * One run on its way into the database: the workers' rows meet on a stage in a private folder; what needs
 * the whole run is settled there; the database is held for one short transaction at the end.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "driver_p.h"

/* Whether the folder is in a working tree of git's: else there is nobody to ask. */
static bool in_work_tree(const char *root)
{
    char *folder = path_real(root), *slash;
    bool found = false;
    for (; !found && (slash = strrchr(folder, '/')); *slash = '\0') {
        char *entry = driver_join(folder, ".git");
        found = access(entry, F_OK) == 0;
        free(entry);
    }
    free(folder);
    return found;
}

/* Asks git which commit is checked out; it answers while the run goes on. The tool depends on git in nothing else. */
static void ask_revision(stage *s, const char *root)
{
    int ends[2];
    pid_t pid;
    posix_spawn_file_actions_t files;
    char *argv[] = {"git", "-C", (char *)root, "rev-parse", "HEAD", NULL};
    if (!in_work_tree(root) || pipe2(ends, O_CLOEXEC) < 0) return;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&pid, argv[0], &files, NULL, argv, environ) == 0)
        s->revision = ends[0], s->asked = pid;
    else
        close(ends[0]);
    posix_spawn_file_actions_destroy(&files);
    close(ends[1]);
}

/* The answer: a hash, since a tree without a commit yields something else; the pool may have reaped who gave it. */
static const char *take_revision(stage *s)
{
    char line[128];
    if (!s->asked) return NULL;
    ssize_t n = read(s->revision, line, sizeof line - 1);
    close(s->revision);
    waitpid(s->asked, NULL, 0);
    s->asked = 0;
    line[n > 0 ? n : 0] = '\0';
    line[strcspn(line, "\n")] = '\0';
    bool hash = strlen(line) >= 40 && strspn(line, "0123456789abcdef") == strlen(line);
    return hash ? arena_strdup(&s->arena, line) : NULL;
}

int stage_open_plain(const invocation *in, const char *mode, stage *out)
{
    *out = (stage){.database = driver_database(in)};
    if (driver_database_ready(in, out->database) != EXIT_CLEAN || !(out->folder = driver_temporary()))
        return EXIT_OUTPUT;
    record_run_init(&out->run);
    out->run.mode = mode;
    out->run.command = in->typed;
    out->run.tool_version = driver_version();
    out->run.root = in->root;
    ask_revision(out, in->root);
    return EXIT_CLEAN;
}

int stage_open(const invocation *in, const char *mode, stage *out)
{
    char *error = NULL;
    int opened = stage_open_plain(in, mode, out);
    if (opened != EXIT_CLEAN) return opened;
    char *path = driver_join(out->folder, "stage.db");
    record_status status = record_open(path, RECORD_SHARD, 0, &out->stage, &error);
    free(path);
    return status == RECORD_OK ? EXIT_CLEAN : driver_fail(EXIT_OUTPUT, &error);
}

char *stage_file(const stage *s, size_t job, const char *kind)
{
    char name[48];
    snprintf(name, sizeof name, "%zu.%s", job, kind);
    return driver_join(s->folder, name);
}

void stage_add(stage *s, size_t job)
{
    char *path = stage_file(s, job, "rows"), *error = NULL, *rows;
    size_t n;
    if (file_read(path, &rows, &n) == 0) {
        if (!s->stage)
            strbuf_addn(&s->rows, rows, n);
        else if (record_take(s->stage, &s->run, rows, n, &error) != RECORD_OK)
            driver_fail(0, &error);
        free(rows);
        unlink(path);
    }
    free(path);
}

void stage_add_failure(stage *s, const char *path, const char *why)
{
    char *error = NULL;
    record_unit unit = {.path = path, .error = why};
    s->run.errors++;
    if (!s->stage)
        record_unit_rows(&s->run, &unit, &s->rows);
    else if (record_unit_write(s->stage, &s->run, &unit, &error) != RECORD_OK)
        driver_fail(0, &error);
}

int stage_write_file(const stage *s, size_t job, const char *kind, const strbuf *data, FILE *lines)
{
    char *path = stage_file(s, job, kind);
    int failed = file_write(path, data->s ? data->s : "", data->n);
    if (failed) fprintf(lines, "recount: %s: %s\n", path, strerror(failed));
    free(path);
    return failed ? EXIT_OUTPUT : EXIT_CLEAN;
}

int stage_write_unit(const stage *s, size_t job, const record_unit *unit, FILE *lines)
{
    strbuf rows = {0};
    record_unit_rows(&s->run, unit, &rows);
    int status = stage_write_file(s, job, "rows", &rows, lines);
    strbuf_fini(&rows);
    return status;
}

/* The rows as they are. */
static record_status commit_plain(stage *s, unsigned wait, char **error)
{
    record *into = NULL;
    record_status status = record_open(s->database, RECORD_WRITE, wait, &into, error);
    if (status == RECORD_OK)
        status = record_run_take(into, &s->run, s->rows.s ? s->rows.s : "", s->rows.n, error);
    record_close(into);
    return status;
}

static record_status commit_settled(stage *s, unsigned wait, char **error)
{
    char *path = driver_join(s->folder, "stage.db");
    record *into = NULL;
    record_status status = record_run_write(s->stage, &s->run, error);
    if (status == RECORD_OK) record_removed(s->stage, &s->run, s->database);
    record_close(s->stage); /* its file is read from here on */
    s->stage = NULL;
    if (status == RECORD_OK) status = record_open(s->database, RECORD_WRITE, wait, &into, error);
    if (status == RECORD_OK) status = record_commit(into, path, error);
    record_close(into);
    free(path);
    return status;
}

int stage_commit(const invocation *in, stage *s)
{
    char *error = NULL;
    bool bad = false;
    unsigned wait = driver_number(in, OPTION_WAIT, 30, &bad);
    s->run.git_revision = take_revision(s);
    record_status status = s->stage ? commit_settled(s, wait, &error) : commit_plain(s, wait, &error);
    return status == RECORD_OK ? EXIT_CLEAN : driver_fail(EXIT_OUTPUT, &error);
}

void stage_close(stage *s)
{
    take_revision(s);
    record_close(s->stage);
    strbuf_fini(&s->rows);
    driver_remove(s->folder);
    free(s->database);
    arena_fini(&s->arena);
}
