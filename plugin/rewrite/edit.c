/* SPDX-License-Identifier: MIT
 *
 * Every edit becomes one or two events (write this text at that offset); sorting the events by offset, kind
 * and nesting gives the order in which they are written, and one pass over the source does the rest.
 */
#include "edit_p.h"

#include <stdlib.h>
#include <string.h>

typedef enum { CLOSE, POINT, OPEN, REPLACE } event_kind;

typedef struct event {
    uint32_t at, other; /* other: the far end of the range */
    event_kind kind;
    int rank;
    size_t order;
    const char *text;
} event;

typedef VEC(event) event_vec;

void edit_wrap(edit_list *list, int rank, uint32_t begin, uint32_t end, const char *before, const char *after)
{
    edit e = {begin, end, before, after, NULL, rank};
    vec_push(&list->at, e);
}

void edit_insert(edit_list *list, uint32_t at, const char *text)
{
    edit_wrap(list, 0, at, at, text, "");
}

void edit_replace(edit_list *list, uint32_t begin, uint32_t end, const char *text)
{
    edit e = {begin, end, "", "", text, 0};
    vec_push(&list->at, e);
}

void edit_list_fini(edit_list *list)
{
    vec_fini(&list->at);
}

/* Inner before outer when ranges close, outer before inner when they open; equal ranges by rank, then by age.
 */
static int compare(const void *left, const void *right)
{
    const event *a = left, *b = right;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->kind != POINT && a->other != b->other) return a->other > b->other ? -1 : 1;
    if (a->order == b->order) return 0;
    bool inner = a->rank != b->rank ? a->rank < b->rank : a->order < b->order;
    return inner == (a->kind != OPEN) ? -1 : 1;
}

static void collect(const edit_list *list, event_vec *events)
{
    for (size_t i = 0; i < list->at.n; i++) {
        const edit *e = &list->at.at[i];
        if (e->text) {
            event replace = {e->begin, e->end, REPLACE, 0, i, e->text};
            vec_push(events, replace);
        } else if (e->begin == e->end) {
            event point = {e->begin, e->begin, POINT, 0, i, e->before};
            vec_push(events, point);
        } else {
            event open = {e->begin, e->end, OPEN, e->rank, i, e->before};
            event close = {e->end, e->begin, CLOSE, e->rank, i, e->after};
            vec_push(events, open);
            vec_push(events, close);
        }
    }
    if (events->n) qsort(events->at, events->n, sizeof *events->at, compare);
}

/* Ranges nest when, read in order, every close matches the innermost open range. A replacement opens and
 * closes at once whatever lies inside it: only its two ends may be touched. */
static bool nests(const event_vec *events, uint32_t *conflict)
{
    VEC(const event *) open = {0};
    bool good = true;
    uint32_t replaced_to = 0;
    for (size_t i = 0; good && i < events->n; i++) {
        const event *e = &events->at[i];
        if (e->at < replaced_to) good = false;
        if (e->kind == OPEN) vec_push(&open, e);
        if (e->kind == REPLACE) replaced_to = e->other;
        if (e->kind == CLOSE) {
            good = good && open.n > 0 && vec_last(&open)->at == e->other && vec_last(&open)->other == e->at;
            if (open.n) open.n--;
        }
        if (!good) *conflict = e->at;
    }
    vec_fini(&open);
    return good;
}

bool edit_apply(const edit_list *list, const char *source, size_t n, strbuf *out, uint32_t *conflict)
{
    event_vec events = {0};
    collect(list, &events);
    bool good = nests(&events, conflict);
    size_t copied = 0;
    for (size_t i = 0; good && i < events.n; i++) {
        const event *e = &events.at[i];
        if (e->at > n || (e->kind == REPLACE && (e->other > n || e->other < e->at))) {
            *conflict = e->at;
            good = false;
            break;
        }
        strbuf_addn(out, source + copied, e->at - copied);
        strbuf_add(out, e->text);
        copied = e->kind == REPLACE ? e->other : e->at;
    }
    if (good) strbuf_addn(out, source + copied, n - copied);
    vec_fini(&events);
    return good;
}
