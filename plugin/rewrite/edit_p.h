/* SPDX-License-Identifier: MIT
 *
 * edit: changes to one file's bytes, collected in any order, applied once. Ranges nest or are disjoint, as
 * expressions and statements do; anything else is a conflict, and a file with a conflict is not written.
 *
 * At one offset the text comes in this order: what closes ranges that end there (inner before outer),
 * insertions, what opens ranges that begin there (outer before inner), replacements. Of two equal ranges the
 * one of the lower rank is inner, then the one that was given first. Strings are borrowed: they live in the
 * caller's arena. edit_list_fini frees the list.
 */
#ifndef RECOUNT_EDIT_P_H
#define RECOUNT_EDIT_P_H

#include "../support/support.h"

enum edit_rank {
    RANK_READ,
    RANK_VALUE,
    RANK_MOVE,
    RANK_STORE,
    RANK_ASSIGNED,
    RANK_KEEP,
    RANK_FULL,
    RANK_STATEMENT
};

typedef struct edit {
    uint32_t begin, end;
    const char *before, *after; /* a wrap: written before and after the range; "" for nothing */
    const char *text;           /* a replacement of the range, or NULL */
    int rank;
} edit;

typedef struct edit_list {
    VEC(edit) at;
} edit_list;

void edit_wrap(edit_list *list, int rank, uint32_t begin, uint32_t end, const char *before,
               const char *after);
void edit_insert(edit_list *list, uint32_t at, const char *text);
void edit_replace(edit_list *list, uint32_t begin, uint32_t end, const char *text);
/* The edited text in *out. false: two edits contradict each other at byte *conflict, and *out is of no use.
 */
bool edit_apply(const edit_list *list, const char *source, size_t n, strbuf *out, uint32_t *conflict);
void edit_list_fini(edit_list *list);

#endif
