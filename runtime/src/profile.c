/* SPDX-License-Identifier: MIT
 *
 * A deterministic profile: every call of instrumented code, by function and caller.
 */
#include "profile_p.h"

#include <stdlib.h>
#include <time.h>

/* Calls of one function by one caller. */
typedef struct entry {
    rc_profile_row row;
    unsigned active;    /* frames of it on the stack: only the outermost adds to total_ns */
    struct entry *next; /* in its chain */
} entry;

/* One call that is under way. Frames are kept for reuse, `below` and `above` link them. */
typedef struct rci_profile_frame {
    entry *entry;
    struct rci_profile_frame *below, *above;
    uint64_t started, inside; /* nanoseconds; inside: spent in instrumented callees */
} frame;

#define CHAINS 1024
static entry *chains[CHAINS];
static RCI_THREAD_LOCAL frame *bottom;
RCI_THREAD_LOCAL frame *rci_profile_top;
static RCI_THREAD_LOCAL size_t lost; /* calls entered without memory for a frame: their leaving is skipped */

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Names are compared by content: a function in a header has one string for each unit. */
static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static size_t chain_of(const char *function, const char *caller)
{
    size_t h = 5381;
    for (const char *p = function; *p; p++) h = h * 33 + (unsigned char)*p;
    for (const char *p = caller ? caller : ""; *p; p++) h = h * 33 + (unsigned char)*p;
    return h % CHAINS;
}

static entry *entry_of(const char *function, const char *file, int line, const char *caller)
{
    entry **chain = &chains[chain_of(function, caller)];
    for (entry *e = *chain; e; e = e->next) {
        if (same(e->row.function, function) && same(e->row.caller, caller) && same(e->row.file, file) &&
            e->row.line == line)
            return e;
    }
    entry *e = calloc(1, sizeof *e);
    if (!e) return NULL;
    e->row.function = function;
    e->row.file = file;
    e->row.line = line;
    e->row.caller = caller;
    e->next = *chain;
    *chain = e;
    return e;
}

static frame *next_frame(void)
{
    frame **place = rci_profile_top ? &rci_profile_top->above : &bottom;
    if (!*place && (*place = calloc(1, sizeof **place))) (*place)->below = rci_profile_top;
    return *place;
}

void rc_profile_enter(const char *function, const char *file, int line)
{
    RCI_GUARD;
    const char *caller = rci_profile_top ? rci_profile_top->entry->row.function : NULL;
    entry *e = lost ? NULL : entry_of(function, file, line, caller);
    frame *f = e ? next_frame() : NULL;
    if (!f) {
        lost++;
        return;
    }
    f->entry = e;
    f->inside = 0;
    e->active++;
    e->row.calls++;
    rci_profile_top = f;
    f->started = now();
}

void rc_profile_leave(void)
{
    RCI_GUARD;
    if (lost) {
        lost--;
        return;
    }
    frame *f = rci_profile_top;
    if (!f) return;
    uint64_t spent = now() - f->started;
    entry *e = f->entry;
    e->row.own_ns += spent - f->inside;
    if (--e->active == 0) e->row.total_ns += spent;
    rci_profile_top = f->below;
    if (f->below) f->below->inside += spent;
}

void rci_profile_add(size_t bytes)
{
    rci_profile_top->entry->row.allocations++;
    rci_profile_top->entry->row.bytes += bytes;
}

size_t rc_profile_get(rc_profile_row *out, size_t max)
{
    RCI_GUARD;
    size_t n = 0;
    for (size_t i = 0; i < CHAINS; i++) {
        for (entry *e = chains[i]; e; e = e->next) {
            if (e->row.calls == 0) continue;
            if (n < max) out[n] = e->row;
            n++;
        }
    }
    return n;
}

/* Entries of calls that are under way stay: their frames lead to them. */
void rc_profile_reset(void)
{
    RCI_GUARD;
    for (size_t i = 0; i < CHAINS; i++) {
        for (entry *e = chains[i]; e; e = e->next) {
            e->row.calls = e->row.own_ns = e->row.total_ns = e->row.allocations = e->row.bytes = 0;
        }
    }
}

void rci_profile_fini(void)
{
    if (rci_profile_top) return;
    for (size_t i = 0; i < CHAINS; i++) {
        for (entry *e = chains[i], *next; e; e = next) {
            next = e->next;
            free(e);
        }
        chains[i] = NULL;
    }
    for (frame *f = bottom, *next; f; f = next) {
        next = f->above;
        free(f);
    }
    bottom = NULL;
}
