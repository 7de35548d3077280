/* SPDX-License-Identifier: MIT
 *
 * What every benchmark program prints and how it measures: one line a figure, "workload unit value", for
 * table.py.
 */
#ifndef BENCH_H
#define BENCH_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Seconds on a clock that only runs forward. */
static inline double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* xorshift64*: the same numbers for every peer. */
static inline uint64_t bench_random(uint64_t *state)
{
    uint64_t x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * 2685821657736338717u;
}

static inline uint32_t bench_below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)(((bench_random(state) >> 32) * limit) >> 32);
}

/* Resident memory of this process, in KiB. */
static inline double bench_resident(void)
{
    long size = 0, resident = 0;
    FILE *in = fopen("/proc/self/statm", "r");
    if (!in) return 0;
    if (fscanf(in, "%ld %ld", &size, &resident) != 2) resident = 0;
    fclose(in);
    return (double)resident * 4.0;
}

static inline void bench_report(const char *workload, const char *unit, double value)
{
    printf("%s %s %.7g\n", workload, unit, value);
    fflush(stdout);
}

/* Whether argv names this workload, or names none; a leading "-" argument is an option. */
static inline bool bench_wanted(int argc, char **argv, const char *workload)
{
    bool named = false;
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == '-') continue;
        named = true;
        if (strcmp(argv[i], workload) == 0) return true;
    }
    return !named;
}

static inline bool bench_option(int argc, char **argv, const char *option)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], option) == 0) return true;
    return false;
}

#endif
