/* SPDX-License-Identifier: MIT */
#include "events.h"

#include "debug_p.h"
#include "profile_p.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* What has been counted and not yet written: one entry for each kind, class and site. */
typedef struct event {
    enum rci_event_kind kind;
    const char *type_name, *site;
    size_t count, bytes;
} event;

static struct {
    char *path; /* NULL: off */
    long long started;
    event *all;
    size_t n, capacity;
} spool;

static const char *const kind_names[] = {
    [RCI_EVENT_LEAK] = "leak",
    [RCI_EVENT_REACHABLE] = "reachable",
    [RCI_EVENT_CYCLE] = "cycle-collected",
    [RCI_EVENT_NEGATIVE] = "negative-refcount",
    [RCI_EVENT_USE_AFTER_FREE] = "use-after-free",
    [RCI_EVENT_DAMAGE] = "memory-damage",
};

bool rci_events_on(void)
{
    return spool.path != NULL;
}

void rci_events_start(const char *db)
{
    if (asprintf(&spool.path, "%s.spool", db) < 0) spool.path = NULL;
    spool.started = (long long)time(NULL);
}

/* ---- counting ------------------------------------------------------------------------------------------ */

static event *event_of(enum rci_event_kind kind, const char *type_name, const char *site)
{
    for (size_t i = 0; i < spool.n; i++) {
        event *e = &spool.all[i];
        if (e->kind == kind && e->type_name == type_name && e->site == site) return e;
    }
    if (spool.n == spool.capacity) {
        size_t capacity = spool.capacity ? spool.capacity * 2 : 32;
        event *more = realloc(spool.all, capacity * sizeof *more);
        if (!more) return NULL;
        spool.all = more;
        spool.capacity = capacity;
    }
    spool.all[spool.n] = (event){kind, type_name, site, 0, 0};
    return &spool.all[spool.n++];
}

void rci_event(enum rci_event_kind kind, const char *type_name, const char *site, size_t count, size_t bytes)
{
    event *e = spool.path ? event_of(kind, type_name, site) : NULL;
    if (!e) return;
    e->count += count;
    e->bytes += bytes;
}

void rci_event_object(enum rci_event_kind kind, const rc_object *o)
{
    rci_event(kind, o->type->name, rc_trace_site(o), 1, rci_object_bytes(o));
}

/* ---- writing ------------------------------------------------------------------------------------------- */

/* One field, its first `length` bytes; an empty or missing one is `-`. */
static void put_field(FILE *out, const char *text, int length)
{
    fputc('\t', out);
    if (!text || length == 0) fputc('-', out);
    for (int i = 0; text && i < length && text[i]; i++) {
        static const char special[] = "\t\n\r\\", escape[] = "tnr\\";
        const char *s = strchr(special, text[i]);
        if (s)
            fprintf(out, "\\%c", escape[s - special]);
        else
            fputc(text[i], out);
    }
}

static void put_text(FILE *out, const char *text)
{
    put_field(out, text, text ? (int)strlen(text) : 0);
}

static void put_event(FILE *out, const event *e)
{
    long line;
    int length = rci_site_split(e->site, &line);
    fprintf(out, "event\t%s", kind_names[e->kind]);
    put_text(out, e->type_name);
    put_field(out, e->site, e->site && e->site[0] == '?' ? 0 : length);
    fprintf(out, "\t%ld\t%zu\t%zu\n", line, e->count, e->bytes);
}

static void put_profile(FILE *out)
{
    size_t n = rc_profile_get(NULL, 0);
    rc_profile_row *rows = n ? malloc(n * sizeof *rows) : NULL;
    if (!rows) return;
    if (rc_profile_get(rows, n) < n) n = 0;
    for (size_t i = 0; i < n; i++) {
        const rc_profile_row *r = &rows[i];
        fputs("profile", out);
        put_text(out, r->function);
        put_text(out, r->file);
        fprintf(out, "\t%d", r->line);
        put_text(out, r->caller);
        fprintf(out, "\t%llu\t%llu\t%llu\t%llu\t%llu\n", (unsigned long long)r->calls,
                (unsigned long long)r->own_ns, (unsigned long long)r->total_ns,
                (unsigned long long)r->allocations, (unsigned long long)r->bytes);
    }
    free(rows);
}

/* One append of everything, however often the system splits it. */
static void append(const char *text, size_t size)
{
    int fd = open(spool.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    while (fd >= 0 && size > 0) {
        ssize_t n = write(fd, text, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        text += n;
        size -= (size_t)n;
    }
    if (fd < 0 || size > 0) fprintf(stderr, "recount: cannot write %s: %s\n", spool.path, strerror(errno));
    if (fd >= 0) close(fd);
}

void rci_events_flush(const char *status)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = spool.path ? open_memstream(&text, &size) : NULL;
    if (!out) return;
    fprintf(out, "run\t1\t%ld\t%lld", (long)getpid(), spool.started);
    put_text(out, program_invocation_name);
    fputc('\n', out);
    for (size_t i = 0; i < spool.n; i++) put_event(out, &spool.all[i]);
    put_profile(out);
    fprintf(out, "end\t%s\n", status);
    if (fclose(out) == 0) append(text, size);
    free(text);
    free(spool.all);
    spool.all = NULL;
    spool.n = spool.capacity = 0;
    rc_profile_reset();
}
