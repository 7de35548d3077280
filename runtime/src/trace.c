/* SPDX-License-Identifier: MIT
 *
 * Allocation tracing: which line of the program made what is alive.
 */
#include "debug_p.h"
#include "trace_p.h"

#include <stdlib.h>

/* One allocation site. Sites are string constants of the program, one pointer each. */
typedef struct place {
    const char *site;
    size_t count, bytes;
} place;

bool rci_tracing;

static struct {
    size_t current, peak;
    place **places;
    size_t n, capacity;
} trace;

static const char nowhere[] = "?:0";

bool rc_trace_is_on(void)
{
    return __atomic_load_n(&rci_tracing, __ATOMIC_RELAXED);
}

void rc_trace_start(void)
{
    RCI_STOPPED;
    __atomic_store_n(&rci_tracing, true, __ATOMIC_RELAXED);
    rci_trace_changed();
}

void rc_trace_stop(void)
{
    RCI_STOPPED;
    __atomic_store_n(&rci_tracing, false, __ATOMIC_RELAXED);
    rci_trace_forget_blocks();
    rci_trace_changed();
}

void rc_trace_get(size_t *current, size_t *peak)
{
    RCI_GUARD;
    if (current) *current = trace.current;
    if (peak) *peak = trace.peak;
}

/* Sites come sorted by address, so that finding one takes log n steps. */
static size_t position(const char *site)
{
    size_t low = 0, high = trace.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((uintptr_t)trace.places[middle]->site < (uintptr_t)site)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The tables of a debugging aid do not go through the domains that it watches. */
static place *place_of(const char *site)
{
    size_t i = position(site);
    if (i < trace.n && trace.places[i]->site == site) return trace.places[i];
    if (trace.n == trace.capacity) {
        size_t capacity = trace.capacity ? trace.capacity * 2 : 64;
        place **more = realloc(trace.places, capacity * sizeof *more);
        if (!more) return NULL;
        trace.places = more;
        trace.capacity = capacity;
    }
    place *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    p->site = site;
    memmove(&trace.places[i + 1], &trace.places[i], (trace.n - i) * sizeof *trace.places);
    trace.places[i] = p;
    trace.n++;
    return p;
}

const char *rci_trace_add(const char *site, size_t bytes)
{
    if (!rc_trace_is_on()) return NULL;
    RCI_GUARD;
    place *p = place_of(site ? site : nowhere);
    if (!p) return NULL;
    p->count++;
    p->bytes += bytes;
    trace.current += bytes;
    if (trace.current > trace.peak) trace.peak = trace.current;
    return p->site;
}

void rci_trace_subtract(const char *site, size_t bytes)
{
    if (!site) return;
    RCI_GUARD;
    place *p = place_of(site);
    if (!p) return;
    p->count--;
    p->bytes -= bytes;
    trace.current -= bytes;
}

void rci_trace_object(rci_listed *l, const char *site)
{
    l->site = rci_trace_add(site, l->bytes);
}

void rci_untrace_object(rci_listed *l)
{
    rci_trace_subtract(l->site, l->bytes);
}

void rci_trace_buffer(rci_buffer *b, const char *site)
{
    b->site = rci_trace_add(site, b->length * sizeof(rc_object *));
}

void rci_untrace_buffer(rci_buffer *b)
{
    rci_trace_subtract(b->site, b->length * sizeof(rc_object *));
    b->site = NULL;
}

const char *rc_trace_site(const void *p)
{
    RCI_GUARD;
    const rc_object *o = p;
    const char *site = rci_traced_site(p);
    if (site) return site;
    return o->word & RCI_LISTED ? rci_listed_of(o)->site : NULL;
}

static int by_bytes(const void *a, const void *b)
{
    const place *x = *(place *const *)a, *y = *(place *const *)b;
    return x->bytes != y->bytes ? (x->bytes < y->bytes ? 1 : -1) : strcmp(x->site, y->site);
}

void rc_trace_report(FILE *out)
{
    RCI_GUARD;
    place **sorted = malloc((trace.n + 1) * sizeof *sorted);
    if (!sorted) return;
    memcpy(sorted, trace.places, trace.n * sizeof *sorted);
    qsort(sorted, trace.n, sizeof *sorted, by_bytes);
    fprintf(out, "recount: trace: %zu bytes now, %zu at most\n", trace.current, trace.peak);
    for (size_t i = 0; i < trace.n; i++) {
        const place *p = sorted[i];
        if (p->count)
            fprintf(out, "recount: trace: %s: %zu blocks, %zu bytes\n", p->site, p->count, p->bytes);
    }
    free(sorted);
}

void rci_trace_fini(void)
{
    rci_trace_forget_blocks();
    for (size_t i = 0; i < trace.n; i++) free(trace.places[i]);
    free(trace.places);
    trace.places = NULL;
    trace.n = trace.capacity = trace.current = trace.peak = 0;
}
