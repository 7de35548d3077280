/* SPDX-License-Identifier: MIT
 *
 * Rows outside a database: a byte for the table, then its columns; a text is its length plus one, 0 for NULL, and its
 * bytes. Their ids are hashes of what they name within the unit and know no run; when rows get their run, each id is
 * hashed with the run's, so that the same rows can be taken by every run that finds the unit unchanged.
 */
#include <stdlib.h>
#include <string.h>

#include "record_p.h"

enum { MOST_COLUMNS = 16 };

static void add_number(strbuf *rows, uint64_t n)
{
    strbuf_addn(rows, (const char *)&n, sizeof n);
}

static void add_text(strbuf *rows, const char *text)
{
    size_t n = text ? strlen(text) : 0;
    add_number(rows, text ? n + 1 : 0);
    if (n) strbuf_addn(rows, text, n);
}

void record_rows_add(strbuf *rows, record_table table, va_list columns)
{
    const char *types = record_table_columns[table];
    strbuf_addc(rows, (char)table);
    for (int i = 0; types[i]; i++) {
        if (strchr("tkR", types[i])) {
            add_text(rows, va_arg(columns, const char *));
        } else if (types[i] == 'r') {
            double value = va_arg(columns, double);
            strbuf_addn(rows, (const char *)&value, sizeof value);
        } else {
            long long value = va_arg(columns, long long);
            add_number(rows, (uint64_t)value);
        }
    }
}

/* ---- taking ------------------------------------------------------------------------------ */
typedef struct reader {
    const char *at, *end;
    bool bad;
} reader;

static bool take(reader *in, void *out, size_t n)
{
    if ((size_t)(in->end - in->at) < n) in->bad = true;
    if (in->bad) return false;
    memcpy(out, in->at, n);
    in->at += n;
    return true;
}

static const char *take_text(reader *in, size_t *n)
{
    uint64_t length = 0;
    if (!take(in, &length, sizeof length) || length == 0) return NULL;
    if (length - 1 > (uint64_t)(in->end - in->at)) in->bad = true;
    if (in->bad) return NULL;
    const char *text = in->at;
    *n = (size_t)(length - 1);
    in->at += *n;
    return text;
}

static void rehash(char out[ID_SIZE], const char *run, const char *id, size_t n)
{
    sha256 h;
    char hex[65];
    sha256_init(&h);
    sha256_add(&h, run, strlen(run) + 1);
    sha256_add(&h, id, n);
    sha256_add(&h, "", 1);
    sha256_hex(&h, hex);
    memcpy(out, hex, ID_SIZE - 1);
    out[ID_SIZE - 1] = '\0';
}

static void bind_column(reader *in, sqlite3_stmt *s, int at, char type, const char *run, char id[ID_SIZE])
{
    size_t n = 0;
    uint64_t number = 0;
    double real = 0;
    if (strchr("tkR", type)) {
        const char *text = take_text(in, &n);
        if (text && type == 'k') rehash(id, run, text, n), text = id, n = ID_SIZE - 1;
        if (text && type == 'R') text = run, n = strlen(run);
        if (text) sqlite3_bind_text(s, at, text, (int)n, SQLITE_STATIC);
    } else if (type == 'r') {
        if (take(in, &real, sizeof real)) sqlite3_bind_double(s, at, real);
    } else if (take(in, &number, sizeof number) && (type != 'n' || (long long)number != REFS_UNKNOWN)) {
        sqlite3_bind_int64(s, at, (long long)number);
    }
}

static record_status take_row(record *into, const char *run, reader *in, char **error)
{
    unsigned char table = 0;
    char ids[MOST_COLUMNS][ID_SIZE];
    take(in, &table, 1);
    sqlite3_stmt *s = table < TABLE_COUNT ? record_insert(into, (record_table)table) : NULL;
    if (!s) return record_fail(into, SQLITE_CORRUPT, error);
    const char *types = record_table_columns[table];
    for (int i = 0; types[i]; i++) bind_column(in, s, i + 1, types[i], run, ids[i]);
    int code = record_insert_done(s);
    if (in->bad) code = SQLITE_CORRUPT;
    return code == SQLITE_OK ? RECORD_OK : record_fail(into, code, error);
}

record_status record_take_rows(record *into, const record_run *run, const char *rows, size_t n, char **error)
{
    reader in = {.at = rows, .end = rows + n};
    record_status status = RECORD_OK;
    while (status == RECORD_OK && in.at < in.end) status = take_row(into, run->id, &in, error);
    return status;
}

record_status record_take(record *into, const record_run *run, const char *rows, size_t n, char **error)
{
    record_status status = record_exec(into, "BEGIN", error);
    if (status != RECORD_OK) return status;
    status = record_take_rows(into, run, rows, n, error);
    if (status == RECORD_OK) return record_exec(into, "COMMIT", error);
    record_exec(into, "ROLLBACK", NULL);
    return status;
}
