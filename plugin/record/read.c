/* SPDX-License-Identifier: MIT
 *
 * Findings out of the database, whole: with their steps and fixes, in the order of every report.
 */
#include <stdlib.h>
#include <string.h>

#include "record_p.h"

static const char *const severities[] = {"note", "warning", "error"};
static const char *const confidences[] = {"low", "medium", "high"};

const char *severity_name(severity s)
{
    return severities[s];
}

const char *confidence_name(confidence c)
{
    return confidences[c];
}

static int find_name(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0) return (int)i;
    return -1;
}

int severity_parse(const char *name)
{
    return find_name(severities, 3, name);
}

int confidence_parse(const char *name)
{
    return find_name(confidences, 3, name);
}

static const char *keep(record_findings *out, sqlite3_stmt *s, int column)
{
    return arena_strdup(&out->arena, (const char *)sqlite3_column_text(s, column));
}

static unsigned number(sqlite3_stmt *s, int column)
{
    return (unsigned)sqlite3_column_int64(s, column);
}

static int refs(sqlite3_stmt *s, int column)
{
    return sqlite3_column_type(s, column) == SQLITE_NULL ? REFS_UNKNOWN : sqlite3_column_int(s, column);
}

static void read_steps(record_findings *out, record_finding *f, sqlite3_stmt *s)
{
    VEC(record_step) steps = {0};
    sqlite3_bind_text(s, 1, f->id, -1, SQLITE_STATIC);
    while (sqlite3_step(s) == SQLITE_ROW) {
        record_step *step = vec_add(&steps);
        *step = (record_step){.path = keep(out, s, 0),
                              .line = number(s, 1),
                              .column = number(s, 2),
                              .kind = keep(out, s, 3),
                              .message = keep(out, s, 4),
                              .held = refs(s, 5),
                              .expected = refs(s, 6)};
    }
    sqlite3_reset(s);
    f->step_count = steps.n;
    f->steps = arena_alloc(&out->arena, steps.n * sizeof *f->steps + 1);
    if (steps.n) memcpy(f->steps, steps.at, steps.n * sizeof *f->steps);
    vec_fini(&steps);
}

static void read_fixes(record_findings *out, record_finding *f, sqlite3_stmt *s)
{
    VEC(record_fix) fixes = {0};
    sqlite3_bind_text(s, 1, f->id, -1, SQLITE_STATIC);
    while (sqlite3_step(s) == SQLITE_ROW) {
        record_fix *fix = vec_add(&fixes);
        *fix = (record_fix){.path = keep(out, s, 0),
                            .start = (size_t)sqlite3_column_int64(s, 1),
                            .end = (size_t)sqlite3_column_int64(s, 2),
                            .replacement = keep(out, s, 3),
                            .verified = sqlite3_column_int(s, 4) != 0,
                            .sha256 = keep(out, s, 5)};
    }
    sqlite3_reset(s);
    f->fix_count = fixes.n;
    f->fixes = arena_alloc(&out->arena, fixes.n * sizeof *f->fixes + 1);
    if (fixes.n) memcpy(f->fixes, fixes.at, fixes.n * sizeof *f->fixes);
    vec_fini(&fixes);
}

static void read_finding(record_findings *out, sqlite3_stmt *s)
{
    record_finding *f = vec_add(&out->list);
    int level = find_name(severities, 3, record_text(s, 2)),
        sure = find_name(confidences, 3, record_text(s, 3));
    *f = (record_finding){.id = keep(out, s, 0),
                          .check = keep(out, s, 1),
                          .path = keep(out, s, 4),
                          .line = number(s, 5),
                          .column = number(s, 6),
                          .end_line = number(s, 7),
                          .end_column = number(s, 8),
                          .function = keep(out, s, 9),
                          .message = keep(out, s, 10),
                          .fingerprint = keep(out, s, 11),
                          .state = keep(out, s, 12)};
    f->severity = level < 0 ? SEVERITY_WARNING : (severity)level;
    f->confidence = sure < 0 ? CONFIDENCE_HIGH : (confidence)sure;
}

static void read_unparsed(record *r, record_findings *out)
{
    sqlite3_stmt *s = record_prepare(r,
                                     "SELECT path, error FROM file WHERE run_id = ?1 AND NOT parsed"
                                     " AND error IS NOT 'removed' ORDER BY path",
                                     NULL);
    sqlite3_bind_text(s, 1, out->run_id, -1, SQLITE_STATIC);
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        record_finding *f = vec_add(&out->unparsed);
        *f =
            (record_finding){.path = keep(out, s, 0), .message = keep(out, s, 1), .severity = SEVERITY_ERROR};
        if (!f->message) f->message = "could not be analysed";
    }
    sqlite3_finalize(s);
}

/* The run that a report is about: the one asked for, or the last. */
static record_status read_run(record *r, const char *run_id, record_findings *out, char **error)
{
    bool last = !run_id || strcmp(run_id, "last") == 0;
    sqlite3_stmt *s =
        record_prepare(r,
                       "SELECT id, root, tool_version, started, command FROM run"
                       " WHERE CASE WHEN ?2 THEN mode IN ('lint', 'rewrite', 'cc') ELSE id = ?1 END"
                       " ORDER BY started DESC, id DESC LIMIT 1",
                       error);
    if (!s) return RECORD_FAILED;
    sqlite3_bind_text(s, 1, run_id, -1, SQLITE_STATIC);
    sqlite3_bind_int(s, 2, last);
    bool found = sqlite3_step(s) == SQLITE_ROW;
    if (found) {
        out->run_id = keep(out, s, 0);
        out->root = keep(out, s, 1);
        out->tool_version = keep(out, s, 2);
        out->started = keep(out, s, 3);
        out->command = keep(out, s, 4);
    } else {
        out->run_id = out->root = out->tool_version = out->started = out->command = "";
    }
    sqlite3_finalize(s);
    if (found || last) return RECORD_OK;
    strbuf b = {0};
    strbuf_printf(&b, "%s: there is no run %s", r->path, run_id);
    *error = strbuf_take(&b);
    return RECORD_ABSENT;
}

static record_status read_list(record *r, const char *view, bool one_run, record_findings *out, char **error)
{
    strbuf sql = {0};
    strbuf_printf(
        &sql,
        "SELECT id, check_id, severity, confidence, path, line, \"column\", end_line, end_column, function,"
        " message, fingerprint, state FROM %s WHERE %s"
        " ORDER BY path, line, \"column\", check_id, message, fingerprint, id",
        view, one_run ? "run_id = ?1" : "1");
    sqlite3_stmt *s = record_prepare(r, sql.s, error);
    strbuf_fini(&sql);
    if (!s) return RECORD_FAILED;
    if (one_run) sqlite3_bind_text(s, 1, out->run_id, -1, SQLITE_STATIC);
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) read_finding(out, s);
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? RECORD_OK : record_fail(r, code, error);
}

static record_status read_details(record *r, record_findings *out, char **error)
{
    sqlite3_stmt *steps =
        record_prepare(r,
                       "SELECT file.path, s.line, s.\"column\", s.kind, s.message, s.refs_held,"
                       " s.refs_expected FROM finding_step AS s JOIN file ON file.id = s.file_id"
                       " WHERE s.finding_id = ?1 ORDER BY s.seq",
                       error);
    sqlite3_stmt *fixes = record_prepare(
        r,
        "SELECT file.path, x.start_offset, x.end_offset, x.replacement, x.verified, file.sha256"
        " FROM fix AS x JOIN file ON file.id = x.file_id"
        " WHERE x.finding_id = ?1 ORDER BY x.seq",
        error);
    bool ready = steps && fixes;
    for (size_t i = 0; ready && i < out->list.n; i++) {
        read_steps(out, &out->list.at[i], steps);
        read_fixes(out, &out->list.at[i], fixes);
    }
    sqlite3_finalize(steps);
    sqlite3_finalize(fixes);
    return ready ? RECORD_OK : RECORD_FAILED;
}

record_status record_findings_read(record *r, const char *view, const char *run_id, record_findings *out,
                                   char **error)
{
    *out = (record_findings){0};
    record_status status = read_run(r, run_id, out, error);
    if (status == RECORD_OK) status = read_list(r, view, run_id != NULL, out, error);
    if (status == RECORD_OK) status = read_details(r, out, error);
    if (status == RECORD_OK) read_unparsed(r, out);
    return status;
}

void record_findings_fini(record_findings *findings)
{
    vec_fini(&findings->list);
    vec_fini(&findings->unparsed);
    arena_fini(&findings->arena);
}

record_status record_difference(record *a, record *b, record_findings *out, char **error)
{
    record_findings before;
    map known = {0};
    record_status status = record_findings_read(a, "v_open", NULL, &before, error);
    if (status == RECORD_OK) {
        for (size_t i = 0; i < before.list.n; i++) map_set(&known, before.list.at[i].fingerprint, &before);
        status = record_findings_read(b, "v_open", NULL, out, error);
        size_t kept = 0;
        for (size_t i = 0; status == RECORD_OK && i < out->list.n; i++)
            if (!map_get(&known, out->list.at[i].fingerprint)) out->list.at[kept++] = out->list.at[i];
        out->list.n = kept;
    }
    map_fini(&known);
    record_findings_fini(&before);
    return status;
}

record_status record_fixes_verified(record *r, const char *const *ids, size_t n, char **error)
{
    record_status status = record_exec(r, "BEGIN IMMEDIATE", error);
    sqlite3_stmt *s = status == RECORD_OK
                          ? record_prepare(r, "UPDATE fix SET verified = 1 WHERE finding_id = ?1", error)
                          : NULL;
    if (status == RECORD_OK && !s) status = RECORD_FAILED;
    for (size_t i = 0; status == RECORD_OK && i < n; i++) {
        sqlite3_bind_text(s, 1, ids[i], -1, SQLITE_STATIC);
        int code = sqlite3_step(s);
        sqlite3_reset(s);
        if (code != SQLITE_DONE) status = record_fail(r, code, error);
    }
    sqlite3_finalize(s);
    if (status == RECORD_OK) return record_exec(r, "COMMIT", error);
    record_exec(r, "ROLLBACK", NULL);
    return status;
}
