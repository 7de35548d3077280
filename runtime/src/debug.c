/* SPDX-License-Identifier: MIT
 *
 * The library's first and last moments, and its fatal errors.
 */
#include "debug_p.h"

#include "domain_p.h"
#include "gc_p.h"
#include "intern_p.h"
#include "profile_p.h"
#include "trace_p.h"
#include "weak_p.h"

#include <stdlib.h>

static struct {
    bool leaks, trace, stats;
    bool over; /* rc_shutdown was called, and nothing happened since */
} wanted;

static bool hooked;

static void choose_source(void)
{
    rci_limit_objects(hooked || rc_trace_is_on() ? 0 : RCI_SMALL_MAX);
}

void rci_objects_hooked(bool yes)
{
    hooked = yes;
    choose_source();
}

void rci_trace_changed(void)
{
    choose_source();
    rci_domains_choose();
}

/* ---- start --------------------------------------------------------------------------------------------- */

static void turn_on(const char *word, size_t length)
{
    if (length == 4 && !memcmp(word, "fill", 4))
        rci_fill_start();
    else if (length == 5 && !memcmp(word, "leaks", 5))
        wanted.leaks = true;
    else if (length == 5 && !memcmp(word, "trace", 5))
        wanted.trace = true;
    else if (length == 5 && !memcmp(word, "stats", 5))
        wanted.stats = true;
    else
        fprintf(stderr, "recount: RECOUNT_DEBUG: unknown setting `%.*s'\n", (int)length, word);
}

static void at_exit(void)
{
    RCI_GUARD;
    if (wanted.over && rci_arenas.first == NULL) return;
    rc_gc_collect();
    if (wanted.stats) rc_mem_stats(stderr);
    if (wanted.trace) rc_trace_report(stderr);
    if (wanted.leaks || rci_events_on()) rci_leak_report(wanted.leaks ? stderr : NULL, rci_events_on());
    rci_events_flush("exit");
}

void rci_start(void)
{
    RCI_GUARD;
    if (rci_started) return;
    rci_domains_start();
    choose_source();
    const char *settings = secure_getenv("RECOUNT_DEBUG");
    const char *db = secure_getenv("RECOUNT_DB");
    for (const char *p = settings; p && *p;) {
        size_t length = strcspn(p, ",");
        if (length) turn_on(p, length);
        p += length + (p[length] == ',');
    }
    if (db && *db) rci_events_start(db);
    if (wanted.leaks || wanted.trace || rci_events_on()) rc_trace_start();
    atexit(at_exit);
}

/* ---- end ----------------------------------------------------------------------------------------------- */

void rc_shutdown(void)
{
    RCI_STOPPED;
    rc_gc_collect();
    rci_leak_report(stderr, rci_events_on());
    if (wanted.stats) rc_mem_stats(stderr);
    rci_events_flush("exit");
    rci_weak_fini_all();
    rci_intern_fini();
    rci_object_fini();
    rci_gc_fini();
    rci_trace_fini();
    rci_profile_fini();
    rci_arena_fini();
    rci_heaps_reset();
    wanted.over = true;
}

/* ---- fatal errors -------------------------------------------------------------------------------------- */

static _Noreturn void stop(void)
{
    rci_events_flush("fatal");
    fflush(stderr);
    abort();
}

_Noreturn void rci_fatal_count(enum rci_event_kind kind, const rc_object *o, const char *site)
{
    bool negative = kind == RCI_EVENT_NEGATIVE;
    fprintf(stderr, "recount: fatal: %s: %s: object %p\n", site ? site : "(unknown place)",
            negative ? "negative reference count: one release too many"
                     : "use after free: reference to a freed object",
            (const void *)o);
    /* The object is gone: its type is not there to be asked. */
    rci_event(kind, NULL, site, 1, 0);
    stop();
}

_Noreturn void rci_fatal_damage(void)
{
    rci_event(RCI_EVENT_DAMAGE, NULL, NULL, 1, 0);
    stop();
}

int rci_site_split(const char *site, long *line)
{
    const char *colon = site ? strrchr(site, ':') : NULL;
    *line = colon ? strtol(colon + 1, NULL, 10) : 0;
    return colon ? (int)(colon - site) : 0;
}
