/* SPDX-License-Identifier: MIT
 *
 * Fingerprints: a finding's name that survives code that moves. Made of the check, the function, the
 * statement without its layout and comments, and the defect's shape; of two that agree in all that, the n-th
 * from the top keeps being the n-th. Never of line numbers or paths.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "record_p.h"

void source_text_init(source_text *t, const char *path)
{
    *t = (source_text){0};
    sha256 h;
    if (file_read(path, &t->text, &t->n)) return;
    sha256_init(&h);
    sha256_add(&h, t->text, t->n);
    sha256_hex(&h, t->sha256);
    for (size_t i = 0; i < t->n; i++) t->lines += t->text[i] == '\n';
    t->lines += t->n && t->text[t->n - 1] != '\n';
}

void source_text_fini(source_text *t)
{
    free(t->text);
    *t = (source_text){0};
}

const char *source_text_line(const source_text *t, unsigned line, size_t *n)
{
    *n = 0;
    if (!t->text || line == 0 || line > t->lines) return "";
    const char *p = t->text, *end = t->text + t->n;
    for (unsigned i = 1; i < line; i++) p = (const char *)memchr(p, '\n', (size_t)(end - p)) + 1;
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    *n = (size_t)((stop ? stop : end) - p);
    if (*n && p[*n - 1] == '\r') --*n;
    return p;
}

/* The end of the comment that starts at `p`, or `p` when none does. */
static const char *skip_comment(const char *p, const char *end)
{
    if (end - p < 2 || p[0] != '/') return p;
    if (p[1] == '/') {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        return stop ? stop : end;
    }
    if (p[1] != '*') return p;
    for (p += 2; end - p >= 2; p++)
        if (p[0] == '*' && p[1] == '/') return p + 2;
    return end;
}

/* Hashes the text with each run of layout and comments as one blank, and none at the ends. */
static void add_normalised(sha256 *h, const char *p, size_t n)
{
    const char *end = p + n;
    bool blank = false, begun = false;
    while (p < end) {
        const char *after = skip_comment(p, end);
        if (after > p || isspace((unsigned char)*p)) {
            blank = true;
            p = after > p ? after : p + 1;
            continue;
        }
        if (blank && begun) sha256_add(h, " ", 1);
        sha256_add(h, p++, 1);
        blank = false;
        begun = true;
    }
}

/* The finding's own text when its range is known, else its line. */
static void add_statement(sha256 *h, const diag_place *at, const source_text *text)
{
    size_t n, last;
    const char *p = source_text_line(text, at->line, &n), *end = p + n;
    if (at->end_line >= at->line && at->column && at->end_column && at->column <= n + 1) {
        const char *stop = source_text_line(text, at->end_line, &last);
        stop += at->end_column - 1 <= last ? at->end_column - 1 : last;
        p += at->column - 1;
        if (stop > p) end = stop;
    }
    add_normalised(h, p, (size_t)(end - p));
}

/* A message may name lines ("the reference from line 12"): they do not count. */
static void add_shape(sha256 *h, const diag *d)
{
    if (d->shape && *d->shape) {
        sha256_add(h, d->shape, strlen(d->shape));
        return;
    }
    for (const char *p = d->message; *p; p++)
        if (!isdigit((unsigned char)*p)) sha256_add(h, p, 1);
}

void record_fingerprint(char out[33], const diag *d, const source_text *text, unsigned ordinal)
{
    sha256 h;
    char hex[65];
    const char *function = d->function ? d->function : "";
    sha256_init(&h);
    sha256_add(&h, d->check, strlen(d->check) + 1);
    sha256_add(&h, function, strlen(function) + 1);
    add_statement(&h, &d->place, text);
    sha256_add(&h, "", 1);
    add_shape(&h, d);
    if (ordinal) {
        unsigned char n[4] = {ordinal & 255, ordinal >> 8 & 255, ordinal >> 16 & 255, ordinal >> 24};
        sha256_add(&h, n, sizeof n);
    }
    sha256_hex(&h, hex);
    memcpy(out, hex, 32);
    out[32] = '\0';
}
