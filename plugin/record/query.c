/* SPDX-License-Identifier: MIT
 *
 * SQL that others wrote: a user's queries, the named queries and the whole-program checks. It runs under an
 * authorizer that lets it read and nothing else.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "record_p.h"

/* Functions that reach outside the database, or that a build of SQLite may have for it. */
static bool harmless(const char *function)
{
    static const char *const refused[] = {"load_extension", "readfile", "writefile", "edit",
                                          "fts3_tokenizer", "zipfile",  "fsdir"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (strcasecmp(function, refused[i]) == 0) return false;
    return true;
}

static int authorize(void *arg, int action, const char *a, const char *b, const char *database,
                     const char *inner)
{
    (void)arg, (void)a, (void)database, (void)inner;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_FUNCTION: return b && harmless(b) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA:
        return a && (!strcasecmp(a, "table_info") || !strcasecmp(a, "table_list")) ? SQLITE_OK : SQLITE_DENY;
    default: return SQLITE_DENY;
    }
}

static record_status deny(char **error, const char *cause)
{
    strbuf b = {0};
    strbuf_printf(&b, "query refused: %s", cause);
    *error = strbuf_take(&b);
    return RECORD_DENIED;
}

static bool only_layout(const char *p)
{
    while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r' || *p == ';') p++;
    if (p[0] == '-' && p[1] == '-') {
        const char *end = strchr(p, '\n');
        return !end || only_layout(end);
    }
    return *p == '\0';
}

/* One statement, prepared under the authorizer. */
static record_status prepare_user(record *r, const char *sql, sqlite3_stmt **out, char **error)
{
    const char *tail = "";
    sqlite3_set_authorizer(r->db, authorize, NULL);
    int code = sqlite3_prepare_v2(r->db, sql, -1, out, &tail);
    sqlite3_set_authorizer(r->db, NULL, NULL);
    if (code == SQLITE_AUTH) return deny(error, "it may only read this database");
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return record_fail(r, code, error);
    if (code != SQLITE_OK) return deny(error, sqlite3_errmsg(r->db));
    if (!*out) return deny(error, "there is no statement in it");
    if (!only_layout(tail)) return deny(error, "one statement at a time");
    return sqlite3_stmt_readonly(*out) ? RECORD_OK : deny(error, "it may only read this database");
}

static char type_of(sqlite3_stmt *s, int column)
{
    switch (sqlite3_column_type(s, column)) {
    case SQLITE_INTEGER: return 'i';
    case SQLITE_FLOAT: return 'r';
    case SQLITE_NULL: return '0';
    default: return 't';
    }
}

static void yield_row(sqlite3_stmt *s, size_t n, const char **names, record_row_fn *row, void *arg)
{
    const char **values = x_calloc(n + 1, sizeof *values);
    char *types = x_calloc(n + 1, 1);
    for (size_t i = 0; i < n; i++) {
        types[i] = type_of(s, (int)i);
        values[i] = (const char *)sqlite3_column_text(s, (int)i);
    }
    row(arg, n, names, values, types);
    free(values);
    free(types);
}

record_status record_query(record *r, const char *sql, record_row_fn *row, void *arg, char **error)
{
    sqlite3_stmt *s = NULL;
    record_status status = prepare_user(r, sql, &s, error);
    if (status == RECORD_OK) {
        size_t n = (size_t)sqlite3_column_count(s);
        const char **names = x_calloc(n + 1, sizeof *names);
        int code;
        for (size_t i = 0; i < n; i++) names[i] = sqlite3_column_name(s, (int)i);
        row(arg, n, names, NULL, NULL);
        while ((code = sqlite3_step(s)) == SQLITE_ROW) yield_row(s, n, names, row, arg);
        if (code != SQLITE_DONE) status = record_fail(r, code, error);
        free(names);
    }
    sqlite3_finalize(s);
    return status;
}

/* ---- whole-program checks ---------------------------------------------------------------- */
static int column_named(sqlite3_stmt *s, const char *name)
{
    for (int i = 0; i < sqlite3_column_count(s); i++)
        if (strcasecmp(sqlite3_column_name(s, i), name) == 0) return i;
    return -1;
}

static const char *text_or(sqlite3_stmt *s, int column, const char *otherwise)
{
    return column >= 0 && sqlite3_column_type(s, column) != SQLITE_NULL ? record_text(s, column) : otherwise;
}

static void add_check_row(record *r, const record_run *run, const char *check, sqlite3_stmt *s)
{
    char file_id[ID_SIZE], id[ID_SIZE], print[33];
    const char *path = text_or(s, column_named(s, "path"), "");
    int line_column = column_named(s, "line");
    long long line = line_column < 0 ? 0 : sqlite3_column_int64(s, line_column);
    diag d = {.check = check,
              .function = text_or(s, column_named(s, "function"), NULL),
              .message = text_or(s, column_named(s, "message"), check)};
    record_fingerprint(print, &d, &(source_text){0}, 0);
    RECORD_ID(file_id, run->id, path);
    RECORD_ID(id, file_id, print);
    record_row(r, TABLE_file, file_id, run->id, path, NULL, 1LL, 1LL, NULL, 0.0, 0.0);
    record_row(r, TABLE_finding, id, run->id, check, text_or(s, column_named(s, "severity"), "warning"),
               text_or(s, column_named(s, "confidence"), "medium"), file_id, line, 1LL, line, 0LL, d.function,
               d.message, print);
}

record_status record_check(record *stage, const record_run *run, const char *check, const char *sql,
                           char **error)
{
    sqlite3_stmt *s = NULL;
    record_status status = prepare_user(stage, sql, &s, error);
    /* The rows are made after the last one was read: a check does not see its own findings. */
    if (status == RECORD_OK && (column_named(s, "path") < 0 || column_named(s, "message") < 0))
        status = deny(error, "a check's columns are path, line, function and message");
    if (status == RECORD_OK) {
        status = record_exec(stage, "BEGIN", error);
        while (sqlite3_step(s) == SQLITE_ROW) add_check_row(stage, run, check, s);
        if (status == RECORD_OK) status = record_exec(stage, "COMMIT", error);
    }
    sqlite3_finalize(s);
    return status;
}
