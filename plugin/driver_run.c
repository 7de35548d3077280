/* SPDX-License-Identifier: MIT
 *
 * recount run and recount profile: a program with its runtime events recorded. The runtime appends to
 * FILE.spool of the database FILE; what the program left there becomes one run.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "driver_p.h"

static void add_debug(const char *more)
{
    const char *old = getenv("RECOUNT_DEBUG");
    strbuf b = {0};
    strbuf_printf(&b, "%s%s%s", old ? old : "", old && *old ? "," : "", more);
    setenv("RECOUNT_DEBUG", b.s, 1);
    strbuf_fini(&b);
}

/* The program's exit status, as a shell tells it. */
static int run_program(const invocation *in, const char *database)
{
    int status;
    str_vec argv = {0};
    for (size_t i = 0; i < in->rest.n; i++) vec_push(&argv, in->rest.at[i]);
    vec_push(&argv, NULL);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        setenv("RECOUNT_DB", database, 1);
        if (driver_flag(in, OPTION_DEBUG)) add_debug("fill,leaks");
        execvp(argv.at[0], (char *const *)argv.at);
        driver_error("%s: %s", argv.at[0], strerror(errno));
        _exit(errno == ENOENT ? 127 : 126);
    }
    vec_fini(&argv);
    signal(SIGINT, SIG_IGN); /* the program decides what to do with it */
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    signal(SIGINT, SIG_DFL);
    if (pid < 0) {
        driver_error("%s: %s", in->rest.at[0], strerror(errno));
        return 126;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static char *absolute(const invocation *in, const char *path)
{
    return *path == '/' ? x_strdup(path) : driver_join(in->cwd, path);
}

/* Runs the program and takes its spool in; *status: the program's. EXIT_CLEAN, or EXIT_OUTPUT after one line.
 */
static int record_program(const invocation *in, int *status)
{
    char *error = NULL, *database = NULL, *spool = NULL;
    stage s;
    strbuf name = {0};
    int result = stage_open(in, "run", &s);
    if (result == EXIT_CLEAN) {
        /* The program writes into a private place: another program on the same database has its own. */
        database = driver_join(s.folder, "run.db");
        strbuf_printf(&name, "%s.spool", database);
        spool = strbuf_take(&name);
        char *where = absolute(in, database);
        *status = run_program(in, where);
        free(where);
        if (record_spool(s.stage, &s.run, spool, &error) != RECORD_OK)
            result = driver_fail(EXIT_OUTPUT, &error);
        if (result == EXIT_CLEAN) result = stage_commit(in, &s);
    }
    stage_close(&s);
    free(database);
    free(spool);
    return result;
}

/* The first program that the spool speaks of. */
static const char *spool_program(stage *s, const char *spool)
{
    char *text;
    size_t n;
    const char *name = NULL;
    if (file_read(spool, &text, &n) != 0) return "";
    if (str_starts(text, "run\t")) {
        char *end = strchr(text, '\n');
        if (end) *end = '\0';
        name = arena_strdup(&s->arena, strrchr(text, '\t') + 1);
    }
    free(text);
    return name ? name : "";
}

int driver_take_spool(const invocation *in)
{
    char *path = driver_database(in), *error = NULL;
    strbuf spool = {0}, taken = {0};
    strbuf_printf(&spool, "%s.spool", path);
    strbuf_printf(&taken, "%s.%ld", spool.s, (long)getpid());
    int status = EXIT_CLEAN;
    /* Renamed first: what programs append from here on is the next one's. */
    if (access(spool.s, F_OK) == 0 && rename(spool.s, taken.s) == 0) {
        stage s;
        status = stage_open(in, "run", &s);
        if (status == EXIT_CLEAN) {
            s.run.command = spool_program(&s, taken.s);
            if (record_spool(s.stage, &s.run, taken.s, &error) != RECORD_OK)
                status = driver_fail(EXIT_OUTPUT, &error);
        }
        if (status == EXIT_CLEAN) status = stage_commit(in, &s);
        if (status == EXIT_CLEAN)
            unlink(taken.s);
        else
            rename(taken.s, spool.s);
        stage_close(&s);
    }
    strbuf_fini(&spool);
    strbuf_fini(&taken);
    free(path);
    return status;
}

int command_run(invocation *in)
{
    int program = 0;
    if (!in->rest.n) {
        driver_error("run: -- PROG ARGS...");
        return EXIT_USAGE;
    }
    int status = record_program(in, &program);
    return program ? program : status;
}

/* ---- profile ----------------------------------------------------------------------------- */
static const struct {
    const char *name, *column;
} sort_keys[] = {{"calls", "calls"},
                 {"own", "own_ns"},
                 {"total", "total_ns"},
                 {"allocations", "allocations"},
                 {"bytes", "bytes"}};

static const char *sort_column(const invocation *in)
{
    const char *key = driver_option(in, OPTION_SORT);
    for (size_t i = 0; i < sizeof sort_keys / sizeof *sort_keys; i++)
        if (strcmp(sort_keys[i].name, key ? key : "own") == 0) return sort_keys[i].column;
    driver_error("profile: -s is calls, own, total, allocations or bytes");
    return NULL;
}

static int print_profile(const invocation *in, const char *column)
{
    char *path = driver_database(in), *error = NULL;
    record *r = NULL;
    strbuf sql = {0};
    strbuf_printf(
        &sql,
        "SELECT function, calls, round(own_ns / 1e6, 3) AS own_ms, round(total_ns / 1e6, 3) AS total_ms,"
        " allocations, bytes FROM profile WHERE run_id = (SELECT p.run_id FROM profile AS p"
        " JOIN run ON run.id = p.run_id ORDER BY run.started DESC LIMIT 1) ORDER BY %s DESC, function",
        column);
    int status = record_open(path, RECORD_READ, 30, &r, &error) == RECORD_OK
                     ? driver_print_query(in, r, sql.s)
                     : driver_fail(EXIT_INPUT, &error);
    strbuf_fini(&sql);
    record_close(r);
    free(path);
    return status;
}

int command_profile(invocation *in)
{
    const char *column = sort_column(in), *output = driver_option(in, OPTION_OUTPUT);
    int program = 0, status = column ? EXIT_CLEAN : EXIT_USAGE;
    if (output && column) { /* -o names the database here */
        vec_push(&in->values[OPTION_DB], output);
        in->values[OPTION_OUTPUT].n = 0;
    }
    if (status == EXIT_CLEAN && in->rest.n) status = record_program(in, &program);
    if (status == EXIT_CLEAN) status = driver_take_spool(in);
    if (status == EXIT_CLEAN) status = print_profile(in, column);
    return program ? program : status;
}
