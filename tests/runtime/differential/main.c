/* SPDX-License-Identifier: MIT
 *
 * Runs seeded scripts through CPython and through the runtime and compares what happened, line for line.
 *
 *   differential [SCRIPTS [OPERATIONS [SEED]]]    scripts with seeds SEED, SEED + 1, ...
 *   differential --replay FILE...                 scripts kept in files
 *   differential --print SEED [OPERATIONS]        a script as text
 *
 * Scripts run in batches, each in a child, so that one that crashes does not take the others along. A script
 * that fails is shrunk and printed; kept in regressions/, it is replayed by every test run.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "machine.h"

enum { BATCH = 250, FAILED = 1, TIME_LIMIT = 120 };

/* Shared with the children. */
static struct {
    uint64_t seed; /* of the script that is running */
    long scripts;  /* finished                        */
    long drawn[OP_CODES];
    comparison sum;
} * tally;

/* Runs one script through both; prints the difference when asked. */
static bool agrees(const script *s, FILE *report, comparison *result)
{
    static event_log expected, actual;
    expected.count = actual.count = 0;
    machine_run(s, &cpython_backend, &expected);
    machine_run(s, &recount_backend, &actual);
    bool same = logs_agree(&expected, &actual, result);
    if (!same && report) logs_print(report, &expected, &actual, result->at);
    return same;
}

/* Runs fn in a child and returns whether it left with status 0. */
static bool in_child(void (*fn)(void *arg), void *arg)
{
    int status;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        alarm(TIME_LIMIT);
        fn(arg);
        fflush(NULL);
        _exit(0);
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void check_quietly(void *arg)
{
    comparison result;
    if (!freopen("/dev/null", "w", stderr)) _exit(FAILED);
    if (!agrees(arg, NULL, &result)) _exit(FAILED);
}

static bool fails(const script *s)
{
    return !in_child(check_quietly, (void *)(uintptr_t)s);
}

static void check_aloud(void *arg)
{
    comparison result;
    if (agrees(arg, stdout, &result)) return;
    fflush(stdout);
    _exit(FAILED);
}

static void report_failure(script *s)
{
    script_shrink(s, fails);
    puts("shrunk to:");
    script_print(stdout, s);
    fflush(stdout);
    if (in_child(check_aloud, s))
        puts("(it passes now: the failure depends on what ran before it)");
    else
        puts("(without a difference above: it crashed)");
}

/* ---- seeds
 * --------------------------------------------------------------------------------------------------- */

typedef struct {
    uint64_t first;
    long scripts;
    size_t operations;
} batch;

static void run_batch(void *arg)
{
    const batch *b = arg;
    for (long i = 0; i < b->scripts; i++) {
        script s;
        comparison result;
        tally->seed = b->first + (uint64_t)i;
        script_generate(&s, tally->seed, b->operations);
        for (size_t k = 0; k < s.count; k++) tally->drawn[s.ops[k].code]++;
        if (!agrees(&s, NULL, &result)) _exit(FAILED);
        tally->scripts++;
        tally->sum.exact += result.exact;
        tally->sum.unsorted += result.unsorted;
        tally->sum.skipped += result.skipped;
        script_fini(&s);
    }
}

static void print_histogram(size_t operations)
{
    long total = 0, of_kind[KINDS] = {0};
    for (int c = 0; c < OP_CODES; c++) total += tally->drawn[c];
    if (total == 0) return;
    for (int c = 0; c < OP_CODES; c++) {
        of_kind[op_kind_of((enum op_code)c)] += tally->drawn[c];
        printf("  %-10s %9ld  %5.2f %%\n", op_name((enum op_code)c), tally->drawn[c],
               100.0 * (double)tally->drawn[c] / (double)total);
    }
    long telling = of_kind[KIND_CYCLE] + of_kind[KIND_WEAK] + of_kind[KIND_REVIVE];
    printf(
        "%ld scripts of %zu operations; %.1f %% of the operations in cycles (%ld), weak callbacks (%ld) or "
        "resurrection (%ld)\n",
        tally->scripts, operations, 100.0 * (double)telling / (double)total, of_kind[KIND_CYCLE],
        of_kind[KIND_WEAK], of_kind[KIND_REVIVE]);
    printf("compared exactly: %ld operations; with a collection whose order is CPython's own: %ld; not "
           "compared, "
           "because finalizers changed objects in such an order: %ld\n",
           tally->sum.exact, tally->sum.unsorted, tally->sum.skipped);
}

static int run_seeds(long scripts, size_t operations, uint64_t seed)
{
    int failures = 0;
    for (long done = 0; done < scripts && failures == 0; done += BATCH) {
        batch b = {seed + (uint64_t)done, scripts - done < BATCH ? scripts - done : BATCH, operations};
        if (in_child(run_batch, &b)) continue;
        printf("seed %llu fails\n", (unsigned long long)tally->seed);
        script s;
        script_generate(&s, tally->seed, operations);
        report_failure(&s);
        script_fini(&s);
        failures++;
    }
    print_histogram(operations);
    return failures;
}

/* ---- files
 * ---------------------------------------------------------------------------------------------------- */

static int replay(const char *path)
{
    FILE *in = fopen(path, "r");
    int line;
    script s;
    if (!in) {
        printf("%s: %s\n", path, strerror(errno));
        return 1;
    }
    int status = script_parse(&s, in, &line);
    fclose(in);
    if (status != 0) {
        printf("%s:%d: not an operation\n", path, line);
        return 1;
    }
    bool passed = in_child(check_aloud, &s);
    printf("%s: %s\n", path, passed ? "same" : "DIFFERENT");
    script_fini(&s);
    return !passed;
}

static void print_script(uint64_t seed, size_t operations)
{
    script s;
    script_generate(&s, seed, operations);
    script_print(stdout, &s);
    script_fini(&s);
}

int main(int argc, char **argv)
{
    tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tally == MAP_FAILED) return 2;
    if (argc > 1 && strcmp(argv[1], "--replay") == 0) {
        int failures = 0;
        for (int i = 2; i < argc; i++) failures += replay(argv[i]);
        return failures != 0;
    }
    if (argc > 2 && strcmp(argv[1], "--print") == 0) {
        print_script(strtoull(argv[2], NULL, 0), argc > 3 ? strtoul(argv[3], NULL, 0) : 200);
        return 0;
    }
    long scripts = argc > 1 ? strtol(argv[1], NULL, 0) : 10000;
    size_t operations = argc > 2 ? strtoul(argv[2], NULL, 0) : 200;
    uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 0) : 1;
    return run_seeds(scripts, operations, seed) != 0;
}
