/* SPDX-License-Identifier: MIT
 *
 * Proposed edits are applied to a copy of the file and that is analysed again: what is left is verified, the finding being
 * gone and none new. All at once first; when that does not do, one finding after the other.
 */
#include <stdlib.h>
#include <string.h>

#include "driver_p.h"

/* Of one finding alone, in a file: each parses the file again. */
enum { MOST_TRIES = 2 };

typedef struct trial {
    const char *path;
    const ir_unit *unit;
    const ast_options *parse;
    const contract_set *contracts;
    const own_options *options;
    diag_list *findings;
} trial;

static int by_start(const void *a, const void *b)
{
    size_t x = (*(diag_fix *const *)a)->start, y = (*(diag_fix *const *)b)->start;
    return (x > y) - (x < y);
}

/* The source with the edits of finding `only`, or of all when it is NULL; the caller frees it. */
static char *edited(const trial *t, const diag *only)
{
    VEC(diag_fix *) edits = {0};
    strbuf out = {0};
    size_t at = 0, n = strlen(t->unit->source);
    for (size_t i = 0; i < t->findings->n; i++) {
        diag *d = &t->findings->at[i];
        for (size_t k = 0; (!only || only == d) && k < d->fix_count; k++) vec_push(&edits, &d->fixes[k]);
    }
    if (edits.n) qsort(edits.at, edits.n, sizeof *edits.at, by_start);
    for (size_t i = 0; i < edits.n; i++) {
        const diag_fix *x = edits.at[i];
        if (x->start < at || x->end > n) continue;
        strbuf_addn(&out, t->unit->source + at, x->start - at);
        strbuf_add(&out, x->replacement);
        at = x->end;
    }
    strbuf_addn(&out, t->unit->source + at, n - at);
    vec_fini(&edits);
    return strbuf_take(&out);
}

static bool alike(const diag *a, const diag *b)
{
    return strcmp(a->check, b->check) == 0 && strcmp(a->message, b->message) == 0 &&
           strcmp(a->function ? a->function : "", b->function ? b->function : "") == 0;
}

static size_t count(const diag_list *list, const diag *like)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) n += alike(&list->at[i], like);
    return n;
}

/* How many findings like `d` the edits that were made are about. */
static size_t mended(const trial *t, const diag *only, const diag *d)
{
    size_t n = 0;
    for (size_t i = 0; i < t->findings->n; i++) {
        const diag *f = &t->findings->at[i];
        n += f->fix_count && (!only || only == f) && alike(f, d);
    }
    return n;
}

static bool gone_and_none_new(const trial *t, const diag *only, const diag_list *after)
{
    for (size_t i = 0; i < after->n; i++)
        if (count(after, &after->at[i]) > count(t->findings, &after->at[i])) return false;
    for (size_t i = 0; i < t->findings->n; i++) {
        const diag *d = &t->findings->at[i];
        size_t gone = mended(t, only, d);
        if (gone && count(after, d) + gone > count(t->findings, d)) return false;
    }
    return true;
}

static bool holds(const trial *t, const diag *only)
{
    ast_result parsed;
    char *text = edited(t, only);
    ast_text replaced = {t->path, text, strlen(text)};
    ast_options parse = *t->parse;
    parse.texts = &replaced, parse.text_count = 1;
    bool ok = ast_parse(t->path, &parse, &parsed) == AST_OK && !parsed.error_count;
    if (ok) {
        own_result own;
        own_result_init(&own);
        own_options options = *t->options;
        options.habits = NULL; /* they are of the declarations as they were */
        (options.due ? own_analyse_due : own_analyse)(parsed.unit, t->contracts, &options, &own);
        ok = gone_and_none_new(t, only, &own.findings);
        own_result_fini(&own);
    }
    ast_result_fini(&parsed);
    free(text);
    return ok;
}

static void set_verified(diag *d, bool verified)
{
    for (size_t k = 0; k < d->fix_count; k++) d->fixes[k].verified = verified;
}

static bool take_other(diag *d)
{
    bool any = false;
    for (size_t k = 0; k < d->fix_count; k++)
        if (d->fixes[k].other) d->fixes[k].replacement = d->fixes[k].other, any = true;
    return any;
}

void driver_verify_fixes(const char *path, const ast_result *parsed, const ast_options *parse,
                         const contract_set *contracts, const own_options *options, diag_list *findings)
{
    trial t = {path, parsed->unit, parse, contracts, options, findings};
    size_t proposed = 0, left = MOST_TRIES;
    for (size_t i = 0; i < findings->n; i++) proposed += findings->at[i].fix_count > 0;
    if (!proposed || parsed->error_count) return;
    bool all = holds(&t, NULL);
    for (size_t i = 0; i < findings->n; i++) {
        diag *d = &findings->at[i];
        if (!d->fix_count) continue;
        bool one = all || (proposed > 1 && left && left-- && holds(&t, d));
        if (!one && left && take_other(d)) left--, one = holds(&t, d);
        set_verified(d, one);
        if (!one) d->fix_count = 0; /* a proposal that does not hold is none */
    }
}
