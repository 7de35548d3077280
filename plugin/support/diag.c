/* SPDX-License-Identifier: MIT */
#include "diag.h"

#include <stdlib.h>
#include <string.h>

#include "support.h"

static const char *format_in(arena *a, const char *format, va_list args)
{
    strbuf b = {0};
    strbuf_vprintf(&b, format, args);
    const char *copy = arena_strndup(a, b.s ? b.s : "", b.n);
    strbuf_fini(&b);
    return copy;
}

diag *diag_add(diag_list *list, const char *check, diag_place place, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (list->n == list->cap) vec_grow_((void **)&list->at, &list->cap, sizeof *list->at);
    diag *d = &list->at[list->n++];
    *d = (diag){.check = check, .severity = SEVERITY_WARNING, .confidence = CONFIDENCE_HIGH, .place = place};
    d->place.file = arena_strdup(list->arena, place.file);
    d->message = format_in(list->arena, format, args);
    d->shape = "";
    va_end(args);
    return d;
}

/* Steps and fixes are few and short-lived: each append copies the array within the arena. */
static void *append(arena *a, const void *old, size_t n, size_t size)
{
    char *fresh = arena_alloc(a, (n + 1) * size);
    if (n) memcpy(fresh, old, n * size);
    return fresh;
}

diag_step *diag_add_step(diag_list *list, diag *d, const char *kind, diag_place place, int held, int expected,
                         const char *format, ...)
{
    va_list args;
    va_start(args, format);
    d->steps = append(list->arena, d->steps, d->step_count, sizeof *d->steps);
    diag_step *step = &d->steps[d->step_count++];
    *step = (diag_step){.place = place, .kind = kind, .held = held, .expected = expected};
    step->place.file = arena_strdup(list->arena, place.file);
    step->message = format_in(list->arena, format, args);
    va_end(args);
    return step;
}

diag_fix *diag_add_fix(diag_list *list, diag *d, const char *file, size_t start, size_t end,
                       const char *replacement)
{
    d->fixes = append(list->arena, d->fixes, d->fix_count, sizeof *d->fixes);
    diag_fix *fix = &d->fixes[d->fix_count++];
    *fix = (diag_fix){.file = file, .start = start, .end = end};
    fix->replacement = arena_strdup(list->arena, replacement);
    return fix;
}

void diag_list_keep(diag_list *list, confidence least)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].confidence >= least) list->at[kept++] = list->at[i];
    list->n = kept;
}

void diag_list_fini(diag_list *list)
{
    free(list->at);
    list->at = NULL;
    list->n = list->cap = 0;
}

static int compare_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int compare(const void *left, const void *right)
{
    const diag *a = left, *b = right;
    int order = compare_text(a->place.file, b->place.file);
    if (!order) order = (a->place.line > b->place.line) - (a->place.line < b->place.line);
    if (!order) order = (a->place.column > b->place.column) - (a->place.column < b->place.column);
    if (!order) order = compare_text(a->check, b->check);
    if (!order) order = compare_text(a->message, b->message);
    return order ? order : compare_text(a->function, b->function);
}

void diag_list_sort(diag_list *list)
{
    if (list->n) qsort(list->at, list->n, sizeof *list->at, compare);
}
