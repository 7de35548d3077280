/* SPDX-License-Identifier: MIT
 *
 * A diagnostic: one defect with the path that leads to it and the edits that would mend it. The analysis and the
 * rewriter make them, record stores them, report prints them. All strings live in the list's arena.
 */
#ifndef RECOUNT_DIAG_H
#define RECOUNT_DIAG_H

#include <stdbool.h>
#include <stddef.h>

typedef enum { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } severity;
typedef enum { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH } confidence;

/* Lines and columns count from 1, columns in bytes; 0 is unknown. Offsets count bytes from 0. */
typedef struct diag_place {
    const char *file;
    unsigned line, column, end_line, end_column;
} diag_place;

#define REFS_UNKNOWN (-9999) /* a step that has no count to show */

typedef struct diag_step {
    diag_place place;
    const char *kind; /* acquire, steal, release, branch, call, exit, note ... */
    const char *message;
    int held, expected; /* references after the step, or REFS_UNKNOWN */
} diag_step;

typedef struct diag_fix {
    const char *file;
    size_t start, end; /* bytes [start, end) are replaced */
    const char *replacement;
    const char *other; /* to try when that does not do, or NULL; not recorded */
} diag_fix;

typedef struct diag {
    const char *check; /* an id of rules/checks */
    severity severity;
    confidence confidence;
    diag_place place;
    const char *function; /* the function, variable or class that it is about; may be NULL */
    const char *message;
    const char
        *shape; /* what tells it from its neighbours, free of line numbers: goes into the fingerprint */
    diag_step *steps;
    size_t step_count;
    diag_fix *fixes;
    size_t fix_count;
} diag;

struct arena;
typedef struct diag_list {
    struct arena *arena; /* borrowed: everything in the list lives there */
    diag *at;
    size_t n, cap; /* at is on the heap: diag_list_fini */
} diag_list;

/* Appends one finding (severity warning, confidence high) whose message is printf-formatted; valid until the next.
 * Message and file are copied, `check` and a step's `kind` are not. */
diag *diag_add(diag_list *list, const char *check, diag_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
diag_step *diag_add_step(diag_list *list, diag *d, const char *kind, diag_place place, int held, int expected,
                         const char *format, ...) __attribute__((format(printf, 7, 8)));
diag_fix *diag_add_fix(diag_list *list, diag *d, const char *file, size_t start, size_t end,
                       const char *replacement);
/* Drops findings of less confidence than `least`. */
void diag_list_keep(diag_list *list, confidence least);
void diag_list_fini(diag_list *list);
/* By file, line, column, check and message: the order of every report, whatever -j was. */
void diag_list_sort(diag_list *list);

#endif
