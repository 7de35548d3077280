/* SPDX-License-Identifier: MIT
 *
 * recount fix: the verified fixes of open findings. All edits of a file are made at once, from its end to its
 * beginning, and only when the file is byte for byte the one that was analysed.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "driver_p.h"

typedef struct edit {
    const record_finding *of;
    const record_fix *fix;
} edit;
typedef VEC(edit) edit_vec;

static bool wanted(const invocation *in, const record_finding *f)
{
    for (size_t i = 0; i < in->args.n; i++)
        if (str_starts(f->id, in->args.at[i]) || str_starts(f->fingerprint, in->args.at[i])) return true;
    return in->args.n == 0;
}

static bool verified(const record_finding *f)
{
    for (size_t i = 0; i < f->fix_count; i++)
        if (!f->fixes[i].verified) return false;
    return f->fix_count > 0;
}

static int by_place(const void *a, const void *b)
{
    const record_fix *x = ((const edit *)a)->fix, *y = ((const edit *)b)->fix;
    int paths = strcmp(x->path, y->path);
    if (paths) return paths;
    return x->start != y->start ? (x->start > y->start) - (x->start < y->start)
                                : (x->end > y->end) - (x->end < y->end);
}

static void collect(const invocation *in, const record_findings *findings, edit_vec *out)
{
    for (size_t i = 0; i < findings->list.n; i++) {
        const record_finding *f = &findings->list.at[i];
        if (!wanted(in, f) || !verified(f)) continue;
        for (size_t k = 0; k < f->fix_count; k++) vec_push(out, ((edit){f, &f->fixes[k]}));
    }
    if (out->n) qsort(out->at, out->n, sizeof *out->at, by_place);
}

static void list(const edit_vec *edits)
{
    const record_finding *last = NULL;
    for (size_t i = 0; i < edits->n; i++) {
        const record_finding *f = edits->at[i].of;
        if (f != last)
            printf("%.12s  %s:%u: %s [%s]\n", f->fingerprint, f->path, f->line, f->message, f->check);
        last = f;
    }
}

/* The edited text, or NULL after one line. Edits that overlap an earlier one wait for the next run. */
static char *edited(const char *path, const char *text, size_t n, const edit *edits, size_t count)
{
    strbuf out = {0};
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const record_fix *x = edits[i].fix;
        if (x->end > n || x->end < x->start) {
            driver_error("%s: the fix of %.12s lies outside the file", path, edits[i].of->fingerprint);
            strbuf_fini(&out);
            return NULL;
        }
        if (x->start < at) {
            driver_error("%s: the fix of %.12s overlaps another and is left for the next run", path,
                         edits[i].of->fingerprint);
            continue;
        }
        strbuf_addn(&out, text + at, x->start - at);
        strbuf_add(&out, x->replacement);
        at = x->end;
    }
    strbuf_addn(&out, text + at, n - at);
    return strbuf_take(&out);
}

static bool unchanged(const char *text, size_t n, const char *digest)
{
    sha256 h;
    char hex[65];
    sha256_init(&h);
    sha256_add(&h, text, n);
    sha256_hex(&h, hex);
    return digest && strcmp(hex, digest) == 0;
}

static int fix_file(const invocation *in, const char *root, const edit *edits, size_t count)
{
    const char *stored = edits[0].fix->path;
    char *path = *stored == '/' ? x_strdup(stored) : driver_join(root, stored), *text = NULL, *fresh = NULL;
    size_t n;
    int failed = file_read(path, &text, &n), status = EXIT_CLEAN;
    if (failed || !unchanged(text, n, edits[0].fix->sha256)) {
        driver_error("%s: %s", stored, failed ? strerror(failed) : "has changed since it was analysed");
        status = EXIT_INPUT;
    } else if (!(fresh = edited(stored, text, n, edits, count))) {
        status = EXIT_INPUT;
    } else if (driver_flag(in, OPTION_DIFF)) {
        strbuf diff = {0};
        driver_diff(stored, text, stored, fresh, &diff);
        status = driver_write(NULL, diff.s ? diff.s : "", diff.n);
        strbuf_fini(&diff);
    } else {
        status = driver_write(path, fresh, strlen(fresh));
    }
    free(text);
    free(fresh);
    free(path);
    return status;
}

static int fix_all(const invocation *in, const char *root, const edit_vec *edits)
{
    int status = EXIT_CLEAN;
    for (size_t from = 0, to; from < edits->n; from = to) {
        for (to = from; to < edits->n && strcmp(edits->at[to].fix->path, edits->at[from].fix->path) == 0;)
            to++;
        int one = fix_file(in, root, &edits->at[from], to - from);
        if (one > status) status = one;
    }
    return status;
}

int command_fix(invocation *in)
{
    char *path = driver_database(in), *error = NULL;
    record *r = NULL;
    record_findings findings = {0};
    edit_vec edits = {0};
    int status = EXIT_CLEAN;
    if (record_open(path, RECORD_READ, 30, &r, &error) != RECORD_OK ||
        record_findings_read(r, "v_open", NULL, &findings, &error) != RECORD_OK)
        status = driver_fail(EXIT_INPUT, &error);
    if (status == EXIT_CLEAN) {
        collect(in, &findings, &edits);
        if (driver_flag(in, OPTION_APPLY) || driver_flag(in, OPTION_DIFF))
            status = fix_all(in, findings.root, &edits);
        else
            list(&edits);
    }
    vec_fini(&edits);
    record_findings_fini(&findings);
    record_close(r);
    free(path);
    return status;
}
