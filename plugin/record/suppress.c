/* SPDX-License-Identifier: MIT
 *
 * Suppressions. A comment `recount: ignore[check, ...] reason` speaks for the code on its line, or, on a line
 * of its own, for the next line that has code; on the head of a function it speaks for the whole function.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "record_p.h"

#define LL(x) ((long long)(x))

/* ---- reading comments -------------------------------------------------------------------- */
typedef struct scanner {
    const char *p, *end;
    unsigned line, code_line; /* code_line: of the last code met */
} scanner;

typedef struct mark {
    unsigned line, target; /* target 0: the next code decides */
    char *checks, *reason;
} mark;

static void strip(strbuf *b)
{
    while (b->n && isspace((unsigned char)b->s[b->n - 1])) b->s[--b->n] = '\0';
}

/* ",leak,overwrite-leak," out of "leak, overwrite-leak": each id between commas. */
static char *id_list(const char *p, const char *end)
{
    strbuf b = {0};
    strbuf_addc(&b, ',');
    for (; p < end; p++)
        if (!isspace((unsigned char)*p)) strbuf_addc(&b, *p);
    strbuf_addc(&b, ',');
    return strbuf_take(&b);
}

/* The text of a comment, without its signs. false: it is none of ours. */
static bool read_mark(const char *p, const char *end, mark *out)
{
    while (p < end && (isspace((unsigned char)*p) || *p == '*')) p++;
    if (end - p < 8 || memcmp(p, "recount:", 8) != 0) return false;
    for (p += 8; p < end && isspace((unsigned char)*p);) p++;
    out->checks = out->reason = NULL;
    const char *close =
        end - p > 7 && memcmp(p, "ignore[", 7) == 0 ? memchr(p, ']', (size_t)(end - p)) : NULL;
    if (!close) return true;
    out->checks = id_list(p + 7, close);
    for (p = close + 1; p < end && isspace((unsigned char)*p);) p++;
    strbuf reason = {0};
    strbuf_addn(&reason, p, (size_t)(end - p));
    strip(&reason);
    out->reason = strbuf_take(&reason);
    return true;
}

static void skip_quoted(scanner *s)
{
    char quote = *s->p++;
    while (s->p < s->end && *s->p != quote && *s->p != '\n')
        s->p += *s->p == '\\' && s->p + 1 < s->end ? 2 : 1;
    if (s->p < s->end && *s->p == quote) s->p++;
}

/* Stands on a comment: its text, and moves behind it. */
static void take_comment(scanner *s, const char **text, const char **text_end)
{
    bool block = s->p[1] == '*';
    *text = s->p + 2;
    for (s->p += 2; s->p < s->end; s->p++) {
        if (!block && *s->p == '\n') break;
        if (block && *s->p == '*' && s->p + 1 < s->end && s->p[1] == '/') break;
        s->line += *s->p == '\n';
    }
    *text_end = s->p;
    if (block) s->p = s->end - s->p >= 2 ? s->p + 2 : s->end;
}

static void settle(scanner *s, mark *marks, size_t n)
{
    s->code_line = s->line;
    for (size_t i = n; i > 0 && marks[i - 1].target == 0; i--) marks[i - 1].target = s->line;
}

void record_marks(record *r, const char *file_id, const source_text *text)
{
    if (!text->text || !memmem(text->text, text->n, "recount:", 8)) return;
    scanner s = {.p = text->text, .end = text->text + text->n, .line = 1};
    VEC(mark) marks = {0};
    while (s.p < s.end) {
        if (*s.p == '\n' || isspace((unsigned char)*s.p)) {
            s.line += *s.p++ == '\n';
        } else if (*s.p == '/' && s.end - s.p >= 2 && (s.p[1] == '/' || s.p[1] == '*')) {
            mark m = {.line = s.line, .target = s.code_line == s.line ? s.line : 0};
            const char *from, *to;
            take_comment(&s, &from, &to);
            if (read_mark(from, to, &m)) vec_push(&marks, m);
        } else {
            settle(&s, marks.at, marks.n);
            if (*s.p == '"' || *s.p == '\'')
                skip_quoted(&s);
            else
                s.p++;
        }
    }
    for (size_t i = 0; i < marks.n; i++) {
        const mark *m = &marks.at[i];
        record_row(r, TABLE__mark, file_id, LL(m->line), LL(m->target ? m->target : m->line),
                   m->checks ? m->checks : "", m->reason ? m->reason : "");
        free(marks.at[i].checks);
        free(marks.at[i].reason);
    }
    vec_fini(&marks);
}

/* ---- matching ---------------------------------------------------------------------------- */
typedef struct settler {
    record *r;
    const record_run *run;
    bool whole;
    bool (*enabled)(const char *, void *);
    void *arg;
} settler;

static void accept_finding(settler *s, const char *fingerprint, const char *pattern, const char *reason,
                           const char *place)
{
    char id[ID_SIZE];
    RECORD_ID(id, s->run->id, fingerprint, place);
    record_row(s->r, TABLE_suppression, id, s->run->id, fingerprint, pattern, reason, place);
}

/* A finding about the suppression itself. */
static void complain(settler *s, const char *file_id, long long line, const char *message)
{
    char id[ID_SIZE], print[33], number[24];
    snprintf(number, sizeof number, "%lld", line);
    RECORD_ID(id, file_id, "unused-suppression", number);
    diag d = {.check = "unused-suppression", .message = message};
    record_fingerprint(print, &d, &(source_text){0}, 0);
    record_row(s->r, TABLE_finding, id, s->run->id, d.check, "warning", "high", file_id, line, LL(1), line,
               LL(0), NULL, message, print);
}

static size_t accept_rows(settler *s, sqlite3_stmt *q, const char *pattern, const char *reason,
                          const char *place)
{
    size_t n = 0;
    for (; sqlite3_step(q) == SQLITE_ROW; n++) accept_finding(s, record_text(q, 0), pattern, reason, place);
    sqlite3_reset(q);
    return n;
}

/* Whether one of the ids in ",a,b," is a check that this run looked for. */
static bool any_enabled(const settler *s, const char *checks)
{
    if (!s->enabled) return true;
    bool any = false;
    char *copy = x_strdup(checks), *state = NULL;
    for (char *id = strtok_r(copy, ",", &state); id; id = strtok_r(NULL, ",", &state))
        any |= s->enabled(id, s->arg);
    free(copy);
    return any;
}

/* Columns: file_id, path, line, first_line, checks, reason, cut. */
static void settle_mark(settler *s, sqlite3_stmt *mark, sqlite3_stmt *matches)
{
    const char *file_id = record_text(mark, 0), *checks = record_text(mark, 4),
               *reason = record_text(mark, 5);
    long long line = sqlite3_column_int64(mark, 2);
    strbuf text = {0};
    if (!*checks) {
        complain(s, file_id, line, "suppression is not understood: write `recount: ignore[check] reason`");
        return;
    }
    strbuf_printf(&text, "[%.*s]", (int)strlen(checks) - 2, checks + 1);
    if (!*reason) {
        strbuf_printf(&text, ": a suppression without a reason has no effect");
        complain(s, file_id, line, text.s);
        strbuf_fini(&text);
        return;
    }
    char *place = NULL;
    strbuf where = {0};
    strbuf_printf(&where, "%s:%lld", record_text(mark, 1), line);
    place = strbuf_take(&where);
    sqlite3_bind_text(matches, 1, file_id, -1, SQLITE_STATIC);
    sqlite3_bind_text(matches, 2, checks, -1, SQLITE_STATIC);
    sqlite3_bind_int64(matches, 3, sqlite3_column_int64(mark, 3));
    size_t n = accept_rows(s, matches, text.s, reason, place);
    if (n == 0 && !sqlite3_column_int(mark, 6) && any_enabled(s, checks)) {
        strbuf_printf(&text, ": this suppression matches no finding");
        complain(s, file_id, line, text.s);
    }
    strbuf_fini(&text);
    free(place);
}

static record_status settle_marks(settler *s, char **error)
{
    sqlite3_stmt *marks =
        record_prepare(s->r,
                       "SELECT m.file_id, file.path, m.line, m.first_line, m.checks, m.reason,"
                       "  EXISTS (SELECT 1 FROM function AS f WHERE f.file_id = m.file_id AND NOT f.complete"
                       "          AND m.first_line BETWEEN f.line AND f.end_line)"
                       " FROM _mark AS m JOIN file ON file.id = m.file_id ORDER BY file.path, m.line",
                       error);
    sqlite3_stmt *matches = record_prepare(
        s->r,
        "SELECT d.fingerprint FROM finding AS d WHERE d.file_id = ?1 AND instr(?2, ',' || d.check_id || ',')"
        " AND (?3 BETWEEN d.line AND max(d.line, d.end_line)"
        "      OR d.function IN (SELECT f.name FROM function AS f WHERE f.file_id = ?1"
        "                        AND ?3 BETWEEN f.line AND f._body_line))",
        error);
    bool ready = marks && matches;
    while (ready && sqlite3_step(marks) == SQLITE_ROW) settle_mark(s, marks, matches);
    sqlite3_finalize(marks);
    sqlite3_finalize(matches);
    return ready ? RECORD_OK : RECORD_FAILED;
}

/* ---- suppressions of the config ---------------------------------------------------------- */
static const char *const config_sql[] = {
    [SUPPRESS_PATH] =
        "SELECT d.fingerprint FROM finding AS d JOIN file ON file.id = d.file_id WHERE path GLOB ?1",
    [SUPPRESS_CHECK] = "SELECT fingerprint FROM finding WHERE check_id = ?1",
    [SUPPRESS_FINGERPRINT] = "SELECT fingerprint FROM finding WHERE fingerprint GLOB ?1 || '*'",
};

/* The config file's row, made when something is to be said about it. */
static void complain_config(settler *s, const record_suppression *c)
{
    const char *colon = strrchr(c->place, ':');
    char *path = x_strdup(c->place), file_id[ID_SIZE];
    if (colon) path[colon - c->place] = '\0';
    RECORD_ID(file_id, s->run->id, path);
    record_row(s->r, TABLE_file, file_id, s->run->id, path, NULL, LL(1), LL(1), NULL, 0.0, 0.0);
    strbuf b = {0};
    strbuf_printf(&b, "%s: this suppression %s", c->pattern,
                  *c->reason ? "matches no finding" : "has no reason and no effect");
    complain(s, file_id, colon ? atoll(colon + 1) : 0, b.s);
    strbuf_fini(&b);
    free(path);
}

static record_status settle_config(settler *s, const record_suppression *c, char **error)
{
    sqlite3_stmt *q = record_prepare(s->r, config_sql[c->kind], error);
    if (!q) return RECORD_FAILED;
    sqlite3_bind_text(q, 1, c->pattern, -1, SQLITE_STATIC);
    size_t n = *c->reason ? accept_rows(s, q, c->pattern, c->reason, c->place) : 0;
    sqlite3_finalize(q);
    if (n == 0 && (s->whole || !*c->reason)) complain_config(s, c);
    return RECORD_OK;
}

record_status record_suppress(record *stage, const record_run *run, const record_suppression *config,
                              size_t n, bool whole, bool (*enabled)(const char *check, void *arg), void *arg,
                              char **error)
{
    settler s = {.r = stage, .run = run, .whole = whole, .enabled = enabled, .arg = arg};
    record_status status = record_exec(stage, "BEGIN", error);
    if (status == RECORD_OK) status = settle_marks(&s, error);
    for (size_t i = 0; status == RECORD_OK && i < n; i++) status = settle_config(&s, &config[i], error);
    return status == RECORD_OK ? record_exec(stage, "COMMIT", error) : status;
}
