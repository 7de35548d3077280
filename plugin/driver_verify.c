/* SPDX-License-Identifier: MIT
 *
 * Fixes on trial: proposed edits are applied to a copy of the file, which is analysed again in every unit that it makes. They
 * hold when the findings are gone and none is new. All of a file at once first; when that does not do, each half of them
 * beside what holds already, down to the single one.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver_fix_p.h"

typedef struct proposal {
    const record_finding *of;
    const diag *found; /* in the first unit that shows it; NULL: none does */
    bool other;        /* the alternative text is meant */
    bool holds;
} proposal;

typedef struct view { /* the file as one unit sees it */
    const fix_unit *unit;
    ast_result parsed;
    own_result before;
} view;

typedef struct trial {
    const fix_run *run;
    const fix_file *file;
    const pool_streams *streams;
    char *path, *text; /* absolute; as it is */
    size_t n;
    VEC(view) views;
    VEC(proposal) proposals;
} trial;

char *fix_verdicts(const fix_run *r, size_t file)
{
    char name[32];
    snprintf(name, sizeof name, "%zu.verified", file);
    return driver_join(r->folder, name);
}

/* ---- one analysis -------------------------------------------------------------------------------------- */

typedef struct seat { /* where a unit sits in the program */
    const own_program *program;
    size_t unit;
} seat;

static const char *summary_of(const char *function, void *of)
{
    const seat *s = of;
    return own_program_summary(s->program, s->unit, function);
}

/* The file with that text in place of its own; false when it does not parse. The results are the caller's in any case. */
static bool analyse(const trial *t, const fix_unit *unit, const char *text, ast_result *parsed,
                    own_result *out)
{
    const fix_run *r = t->run;
    ast_text replaced = {t->path, text, strlen(text)};
    ast_options parse = driver_parse_options(r->in, &r->packs, &unit->source);
    seat here = {r->program, unit->number};
    own_options options = {.enabled = driver_check_enabled,
                           .arg = r->in,
                           .least = driver_least_confidence(r->in),
                           .summary = summary_of,
                           .of = &here};
    parse.texts = &replaced, parse.text_count = 1;
    *parsed = (ast_result){0};
    own_result_init(out);
    if (chdir(unit->source.directory) != 0 || ast_parse(t->path, &parse, parsed) != AST_OK ||
        parsed->error_count)
        return false;
    contract_set *contracts = driver_contracts(&r->packs, parsed->unit);
    own_analyse(parsed->unit, contracts, &options, out);
    contract_set_free(contracts);
    return true;
}

/* ---- edits --------------------------------------------------------------------------------------------- */

typedef struct edit {
    size_t start, end, order;
    const char *text;
} edit;

static int by_start(const void *a, const void *b)
{
    const edit *x = a, *y = b;
    if (x->start != y->start) return (x->start > y->start) - (x->start < y->start);
    return (x->order > y->order) - (x->order < y->order);
}

/* The text with the edits of all proposals that hold, owned by the caller; NULL when two of them are about the same bytes. */
static char *edited(const trial *t)
{
    VEC(edit) edits = {0};
    strbuf out = {0};
    size_t at = 0;
    bool apart = true;
    for (size_t i = 0; i < t->proposals.n; i++) {
        const proposal *p = &t->proposals.at[i];
        for (size_t k = 0; p->holds && k < p->found->fix_count; k++) {
            const diag_fix *f = &p->found->fixes[k];
            const char *text = p->other && f->other ? f->other : f->replacement;
            vec_push(&edits, ((edit){f->start, f->end, edits.n, text}));
        }
    }
    if (edits.n) qsort(edits.at, edits.n, sizeof *edits.at, by_start);
    for (size_t i = 0; i < edits.n && apart; i++) {
        const edit *x = &edits.at[i];
        apart = x->start >= at && x->end >= x->start && x->end <= t->n;
        if (!apart) break;
        strbuf_addn(&out, t->text + at, x->start - at);
        strbuf_add(&out, x->text);
        at = x->end;
    }
    if (apart) strbuf_addn(&out, t->text + at, t->n - at);
    vec_fini(&edits);
    if (apart) return strbuf_take(&out);
    strbuf_fini(&out);
    return NULL;
}

/* ---- verdicts ------------------------------------------------------------------------------------------ */

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

static bool is(const diag *d, const record_finding *f)
{
    return d->place.line == f->line && d->place.column == f->column && strcmp(d->check, f->check) == 0 &&
           strcmp(d->function ? d->function : "", f->function ? f->function : "") == 0;
}

/* How many findings like `d` of the unit the edits are about. */
static size_t mended(const trial *t, const view *v, const diag *d)
{
    size_t n = 0;
    for (size_t i = 0; i < v->before.findings.n; i++) {
        const diag *f = &v->before.findings.at[i];
        bool meant = false;
        for (size_t k = 0; k < t->proposals.n && !meant; k++)
            meant = t->proposals.at[k].holds && is(f, t->proposals.at[k].of);
        n += meant && alike(f, d);
    }
    return n;
}

static bool gone_and_none_new(const trial *t, const view *v, const diag_list *after)
{
    const diag_list *before = &v->before.findings;
    for (size_t i = 0; i < after->n; i++)
        if (count(after, &after->at[i]) > count(before, &after->at[i])) return false;
    for (size_t i = 0; i < before->n; i++) {
        size_t gone = mended(t, v, &before->at[i]);
        if (gone && count(after, &before->at[i]) + gone > count(before, &before->at[i])) return false;
    }
    return true;
}

static bool holds(const trial *t)
{
    char *text = edited(t);
    bool ok = text != NULL;
    for (size_t i = 0; i < t->views.n && ok; i++) {
        ast_result parsed;
        own_result after;
        ok = analyse(t, t->views.at[i].unit, text, &parsed, &after) &&
             gone_and_none_new(t, &t->views.at[i], &after.findings);
        own_result_fini(&after);
        ast_result_fini(&parsed);
    }
    free(text);
    return ok;
}

static void assume(trial *t, size_t from, size_t to, bool held)
{
    for (size_t i = from; i < to; i++) t->proposals.at[i].holds = held && t->proposals.at[i].found;
}

/* Leaves those of [from, to) assumed that hold beside what was assumed before. */
static void settle(trial *t, size_t from, size_t to)
{
    assume(t, from, to, true);
    if (from == to || holds(t)) return;
    assume(t, from, to, false);
    if (to - from == 1) {
        proposal *p = &t->proposals.at[from];
        bool any = false;
        for (size_t i = 0; p->found && i < p->found->fix_count; i++) any |= p->found->fixes[i].other != NULL;
        p->other = p->holds = any;
        if (any) p->holds = holds(t);
        return;
    }
    size_t middle = from + (to - from) / 2;
    settle(t, from, middle);
    settle(t, middle, to);
}

static void find_proposals(trial *t)
{
    for (size_t i = 0; i < t->file->wanted.n; i++) {
        proposal p = {.of = t->file->wanted.at[i]};
        for (size_t v = 0; v < t->views.n && !p.found; v++) {
            const diag_list *list = &t->views.at[v].before.findings;
            for (size_t k = 0; k < list->n && !p.found; k++)
                if (list->at[k].fix_count && is(&list->at[k], p.of)) p.found = &list->at[k];
        }
        vec_push(&t->proposals, p);
    }
}

/* ---- a file -------------------------------------------------------------------------------------------- */

static void tell(const trial *t, strbuf *verdicts)
{
    bool listing = !driver_flag(t->run->in, OPTION_APPLY) && !driver_flag(t->run->in, OPTION_DIFF);
    for (size_t i = 0; i < t->proposals.n; i++) {
        const proposal *p = &t->proposals.at[i];
        const record_finding *f = p->of;
        if (!p->holds && !driver_flag(t->run->in, OPTION_QUIET))
            fprintf(t->streams->lines, "recount: %s:%u: the fix of %.12s is refused: %s\n", f->path, f->line,
                    f->fingerprint,
                    p->found ? "on trial the finding stayed, or another came up"
                             : "the finding is not found any more");
        if (p->holds && listing)
            fprintf(t->streams->out, "%.12s  %s:%u: %s [%s]\n", f->fingerprint, f->path, f->line, f->message,
                    f->check);
        if (p->holds && !p->other) strbuf_printf(verdicts, "%s\n", f->id);
    }
}

static int write_text(const trial *t, const char *fresh)
{
    if (driver_flag(t->run->in, OPTION_DIFF)) {
        strbuf diff = {0};
        driver_diff(t->file->path, t->text, t->file->path, fresh, &diff);
        fwrite(diff.s ? diff.s : "", 1, diff.n, t->streams->out);
        strbuf_fini(&diff);
    } else if (driver_flag(t->run->in, OPTION_APPLY)) {
        int failed = file_write(t->path, fresh, strlen(fresh));
        if (failed) fprintf(t->streams->lines, "recount: %s: %s\n", t->path, strerror(failed));
        if (failed) return EXIT_OUTPUT;
    }
    return EXIT_CLEAN;
}

static int conclude(const trial *t, size_t file)
{
    strbuf verdicts = {0};
    char *fresh = edited(t), *path = fix_verdicts(t->run, file);
    bool any = false;
    for (size_t i = 0; i < t->proposals.n; i++) any |= t->proposals.at[i].holds;
    tell(t, &verdicts);
    int status = any ? write_text(t, fresh) : EXIT_CLEAN;
    if (status == EXIT_CLEAN) file_write(path, verdicts.s ? verdicts.s : "", verdicts.n);
    strbuf_fini(&verdicts);
    free(fresh);
    free(path);
    return status;
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

static int try_file(trial *t, size_t file)
{
    for (size_t i = 0; i < t->file->units.n; i++) {
        view *v = vec_add(&t->views);
        v->unit = &t->file->units.at[i];
        analyse(t, v->unit, t->text, &v->parsed, &v->before);
    }
    find_proposals(t);
    settle(t, 0, t->proposals.n);
    return conclude(t, file);
}

int fix_try(size_t job, const pool_streams *streams, void *arg)
{
    fix_run *r = arg;
    size_t file = r->jobs.at[job];
    trial t = {.run = r, .file = &r->files.at[file], .streams = streams};
    t.path = *t.file->path == '/' ? x_strdup(t.file->path) : driver_join(r->findings.root, t.file->path);
    int failed = file_read(t.path, &t.text, &t.n), status = EXIT_INPUT;
    if (failed || !unchanged(t.text, t.n, t.file->sha256))
        fprintf(streams->lines, "recount: %s: %s\n", t.file->path,
                failed ? strerror(failed) : "has changed since it was analysed");
    else
        status = try_file(&t, file);
    for (size_t i = 0; i < t.views.n; i++) {
        own_result_fini(&t.views.at[i].before);
        ast_result_fini(&t.views.at[i].parsed);
    }
    vec_fini(&t.views);
    vec_fini(&t.proposals);
    free(t.text);
    free(t.path);
    return status;
}
