/* SPDX-License-Identifier: MIT
 *
 * A unified diff, after E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986): the
 * furthest-reaching paths of each number of edits are kept, and the script is read backwards from them.
 */
#include <stdlib.h>
#include <string.h>

#include "driver_p.h"

#define CONTEXT 3
#define MOST_EDITS                                                                                           \
 4000 /* beyond it all of the middle counts as replaced: the trace would need too much memory */

typedef struct line {
    const char *s;
    size_t n;
} line;
typedef VEC(line) line_vec;
typedef struct edit {
    char kind;
    size_t a, b;
} edit; /* ' ', '-' or '+'; line numbers from 0 */
typedef VEC(edit) edit_vec;

static void split(const char *text, line_vec *out)
{
    for (const char *p = text, *end; *p; p = end) {
        end = strchr(p, '\n');
        end = end ? end + 1 : p + strlen(p);
        vec_push(out, ((line){p, (size_t)(end - p)}));
    }
}

static bool same(line a, line b)
{
    return a.n == b.n && memcmp(a.s, b.s, a.n) == 0;
}

/* One step of d edits over all diagonals; true when the end is reached. v is indexed by diagonal. */
static bool extend(const line_vec *a, const line_vec *b, long d, long *v)
{
    long n = (long)a->n, m = (long)b->n;
    for (long k = -d; k <= d; k += 2) {
        long x = k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1;
        while (x < n && x - k < m && x >= k && same(a->at[x], b->at[x - k])) x++;
        v[k] = x;
        if (x >= n && x - k >= m) return true;
    }
    return false;
}

/* Reads the edits backwards out of the trace: trace[d] holds the 2d+1 diagonals before step d. */
static void backtrack(long **trace, long d, long x, long y, edit_vec *out)
{
    for (; d > 0; d--) {
        const long *v = trace[d] + d;
        long k = x - y, from = k == -d || (k != d && v[k - 1] < v[k + 1]) ? k + 1 : k - 1;
        long px = v[from], py = px - from;
        for (; x > px && y > py; x--, y--) vec_push(out, ((edit){' ', (size_t)x - 1, (size_t)y - 1}));
        if (x > px)
            vec_push(out, ((edit){'-', (size_t)--x, (size_t)y}));
        else
            vec_push(out, ((edit){'+', (size_t)x, (size_t)--y}));
    }
    for (; x > 0; x--, y--) vec_push(out, ((edit){' ', (size_t)x - 1, (size_t)y - 1}));
}

static void replace_all(const line_vec *a, const line_vec *b, edit_vec *out)
{
    for (size_t i = b->n; i > 0; i--) vec_push(out, ((edit){'+', a->n, i - 1}));
    for (size_t i = a->n; i > 0; i--) vec_push(out, ((edit){'-', i - 1, 0}));
}

/* The edits from last to first. */
static void compare(const line_vec *a, const line_vec *b, edit_vec *out)
{
    long most = (long)(a->n + b->n), d;
    if (most > MOST_EDITS) most = MOST_EDITS;
    long *storage = x_calloc((size_t)(2 * most + 3), sizeof *storage), *v = storage + most + 1;
    long **trace = x_calloc((size_t)most + 1, sizeof *trace);
    bool done = false;
    for (d = 0; d <= most && !done; d++) {
        trace[d] = x_malloc((size_t)(2 * d + 1) * sizeof **trace);
        memcpy(trace[d], v - d, (size_t)(2 * d + 1) * sizeof **trace);
        done = extend(a, b, d, v);
    }
    if (done)
        backtrack(trace, d - 1, (long)a->n, (long)b->n, out);
    else
        replace_all(a, b, out);
    for (long i = 0; i < d; i++) free(trace[i]);
    free(trace);
    free(storage);
}

static void add_line(strbuf *out, char sign, line l)
{
    strbuf_addc(out, sign);
    strbuf_addn(out, l.s, l.n);
    if (l.s[l.n - 1] != '\n') strbuf_add(out, "\n\\ No newline at end of file\n");
}

/* Edits [from, to) as one hunk. */
static void add_hunk(const line_vec *a, const line_vec *b, const edit *edits, size_t n, strbuf *out)
{
    size_t old = 0, new = 0;
    for (size_t i = 0; i < n; i++) {
        old += edits[i].kind != '+';
        new += edits[i].kind != '-';
    }
    strbuf_printf(out, "@@ -%zu,%zu +%zu,%zu @@\n", edits[0].a + (old > 0), old, edits[0].b + (new > 0), new);
    for (size_t i = 0; i < n; i++)
        add_line(out, edits[i].kind, edits[i].kind == '+' ? b->at[edits[i].b] : a->at[edits[i].a]);
}

static void add_hunks(const line_vec *a, const line_vec *b, const edit_vec *e, strbuf *out)
{
    for (size_t i = 0; i < e->n;) {
        if (e->at[i].kind == ' ') {
            i++;
            continue;
        }
        size_t from = i > CONTEXT ? i - CONTEXT : 0, last = i;
        for (size_t k = i; k < e->n && k <= last + 2 * CONTEXT; k++)
            if (e->at[k].kind != ' ') last = k;
        size_t to = last + CONTEXT + 1 < e->n ? last + CONTEXT + 1 : e->n;
        add_hunk(a, b, e->at + from, to - from, out);
        i = to;
    }
}

void driver_diff(const char *old_name, const char *old_text, const char *new_name, const char *new_text,
                 strbuf *out)
{
    line_vec a = {0}, b = {0};
    edit_vec edits = {0};
    if (strcmp(old_text, new_text) == 0) return;
    split(old_text, &a);
    split(new_text, &b);
    compare(&a, &b, &edits);
    for (size_t i = 0, k = edits.n; i + 1 < k; i++) { /* into the order of the lines */
        edit swapped = edits.at[i];
        edits.at[i] = edits.at[--k];
        edits.at[k] = swapped;
    }
    for (size_t i = 0, y = 0; i < edits.n;
         i++) { /* a deletion's place in the new text is what was made so far */
        if (edits.at[i].kind == '-') edits.at[i].b = y;
        y += edits.at[i].kind != '-';
    }
    strbuf_printf(out, "--- %s\n+++ %s\n", old_name, new_name);
    add_hunks(&a, &b, &edits, out);
    vec_fini(&a);
    vec_fini(&b);
    vec_fini(&edits);
}
