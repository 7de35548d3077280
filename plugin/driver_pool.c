/* SPDX-License-Identifier: MIT
 *
 * The process pool: a process a job, so that a crash, an endless loop or a memory hog in one file costs that
 * file only. What jobs print is kept and shown in the order of jobs: the output does not depend on how many
 * ran at once.
 */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "driver_p.h"

/* A worker ends with this plus its status: a sanitizer's or a library's own exit is told from a result. */
#define WORKER_BASE 64

typedef struct slot {
    pid_t pid; /* 0: not started, -1: ended */
    int status;
    pool_streams streams;
} slot;

/* Set by a signal that asks us to end: no job is started any more, and those that run are told. */
static volatile sig_atomic_t interrupted;

static void note_signal(int number)
{
    interrupted = number;
}

static void watch_signals(void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler}; /* without SA_RESTART: it ends the wait */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

int pool_settings(const invocation *in, pool *out)
{
    bool bad = false;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    out->jobs = driver_number(in, OPTION_JOBS, cores > 0 ? (unsigned)cores : 1, &bad);
    out->timeout = driver_number(in, OPTION_TIMEOUT, 300, &bad);
    out->memory = driver_number(in, OPTION_MEMORY, 4096, &bad);
    out->verbose = driver_flag(in, OPTION_VERBOSE);
    out->progress = isatty(STDERR_FILENO) && !driver_flag(in, OPTION_QUIET);
    if (out->jobs == 0) out->jobs = 1;
    watch_signals(note_signal); /* what is set up for the pool must be taken down */
    return bad ? EXIT_USAGE : EXIT_CLEAN;
}

/* Of the processor's time, so that what is given up does not depend on what else the machine does; a worker that waits for
 * something that does not come is given up too. The signals' default action ends the process. */
static void limit_time(unsigned seconds)
{
    enum { PATIENCE = 20 };
    struct itimerval timer = {.it_value = {.tv_sec = seconds}};
    if (!seconds) return;
    setitimer(ITIMER_PROF, &timer, NULL);
    alarm(seconds < UINT_MAX / PATIENCE ? seconds * PATIENCE : UINT_MAX);
}

static void limit_worker(const pool *p)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    /* What a dying library prints is for its authors; the driver says what happened to the file. */
    if (!p->verbose && !freopen("/dev/null", "w", stderr)) _exit(WORKER_BASE + EXIT_OUTPUT);
    limit_time(p->timeout);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    struct rlimit memory = {(rlim_t)p->memory << 20, (rlim_t)p->memory << 20};
    if (p->memory) setrlimit(RLIMIT_AS, &memory);
#endif
}

static void start(const pool *p, size_t job, slot *s)
{
    s->streams.out = tmpfile();
    s->streams.lines = tmpfile();
    s->pid = s->streams.out && s->streams.lines ? fork() : -1;
    if (s->pid == 0) {
        watch_signals(SIG_DFL);
        limit_worker(p);
        int status = p->work(job, &s->streams, p->arg);
        fflush(s->streams.out);
        fflush(s->streams.lines);
        _exit(WORKER_BASE + status);
    }
    if (s->pid < 0) s->status = -1;
}

static void copy_out(FILE *from, FILE *to)
{
    char buffer[4096];
    size_t n;
    if (!from) return;
    rewind(from);
    while ((n = fread(buffer, 1, sizeof buffer, from)) > 0) fwrite(buffer, 1, n, to);
    fclose(from);
}

static char *how_it_died(const pool *p, int status)
{
    strbuf b = {0};
    if (status == -1)
        strbuf_add(&b, "no process could be started for it");
    else if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGPROF || WTERMSIG(status) == SIGALRM))
        strbuf_printf(&b, "the analysis took longer than %u seconds", p->timeout);
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        strbuf_add(&b, "the analysis was killed, perhaps for want of memory");
    else if (WIFSIGNALED(status))
        strbuf_printf(&b, "the analysis crashed: %s", strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status) == EXIT_OUTPUT)
        strbuf_printf(&b, "the analysis needed more than %zu MiB of memory", p->memory);
    else
        strbuf_printf(&b, "the analysis ended early with status %d", WEXITSTATUS(status));
    return strbuf_take(&b);
}

static void finish(const pool *p, size_t job, slot *s)
{
    bool regular = s->status != -1 && WIFEXITED(s->status) && WEXITSTATUS(s->status) >= WORKER_BASE &&
                   WEXITSTATUS(s->status) <= WORKER_BASE + EXIT_OUTPUT;
    char *died = regular ? NULL : how_it_died(p, s->status);
    if (p->progress) fputs("\r\033[K", stderr);
    copy_out(s->streams.out, stdout);
    copy_out(s->streams.lines, stderr);
    p->done(job, regular ? WEXITSTATUS(s->status) - WORKER_BASE : EXIT_INPUT, died, p->arg);
    free(died);
}

/* Waits for one worker to end. */
static void reap(slot *slots, size_t from, size_t to)
{
    int status;
    pid_t pid = waitpid(-1, &status, 0);
    if (pid < 0 && errno == EINTR) {
        for (size_t i = from; interrupted && i < to; i++)
            if (slots[i].pid > 0) kill(slots[i].pid, SIGTERM);
        return;
    }
    for (size_t i = from; i < to; i++) {
        bool lost = pid < 0 && errno == ECHILD && slots[i].pid > 0;
        if (slots[i].pid != pid && !lost) continue;
        slots[i].status = lost ? -1 : status;
        slots[i].pid = -1;
    }
}

static void start_some(const pool *p, size_t n, slot *slots, size_t *started, size_t running)
{
    for (; *started < n && running < p->jobs && !interrupted; ++*started) {
        start(p, *started, &slots[*started]);
        running += slots[*started].pid > 0;
        if (p->progress)
            fprintf(stderr, "\r\033[K[%zu/%zu] %s", *started + 1, n,
                    p->name ? p->name(*started, p->arg) : "");
    }
}

static void discard(slot *slots, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (slots[i].streams.out) fclose(slots[i].streams.out);
        if (slots[i].streams.lines) fclose(slots[i].streams.lines);
    }
}

int pool_run(const pool *p, size_t n)
{
    slot *slots = x_calloc(n + 1, sizeof *slots);
    size_t started = 0, finished = 0, running = 0;
    fflush(stdout);
    fflush(stderr);
    while (finished < n) {
        start_some(p, n, slots, &started, running);
        bool waiting = false;
        for (size_t i = finished; i < started; i++) waiting |= slots[i].pid > 0;
        if (waiting) reap(slots, finished, started);
        running = 0;
        for (size_t i = finished; i < started; i++) running += slots[i].pid > 0;
        if (interrupted && !running) break;
        for (; !interrupted && finished < started && slots[finished].pid < 0; finished++)
            finish(p, finished, &slots[finished]);
    }
    if (p->progress) fputs("\r\033[K", stderr);
    discard(slots, finished, started);
    free(slots);
    return interrupted ? 128 + interrupted : EXIT_CLEAN;
}

void pool_end(void)
{
    watch_signals(SIG_DFL);
}
