/* SPDX-License-Identifier: MIT
 *
 * The public tables for other engines: comma-separated values (RFC 4180), and SQL text for PostgreSQL.
 */
#include <stdlib.h>
#include <string.h>

#include "record_p.h"

static sqlite3_stmt *all_rows(record *r, const char *table, char **error)
{
    strbuf sql = {0};
    strbuf_printf(&sql, "SELECT * FROM \"%s\"", table);
    sqlite3_stmt *s = record_prepare(r, sql.s, error);
    strbuf_fini(&sql);
    return s;
}

/* Columns of a table that are public: those that begin with an underscore come last. */
static int public_columns(sqlite3_stmt *s)
{
    int n = sqlite3_column_count(s);
    while (n && sqlite3_column_name(s, n - 1)[0] == '_') n--;
    return n;
}

static void add_csv(strbuf *out, const char *text)
{
    if (!text[strcspn(text, ",\"\r\n")]) {
        strbuf_add(out, text);
        return;
    }
    strbuf_addc(out, '"');
    for (; *text; text++) {
        if (*text == '"') strbuf_addc(out, '"');
        strbuf_addc(out, *text);
    }
    strbuf_addc(out, '"');
}

static record_status csv_table(record *r, const char *table, strbuf *out, char **error)
{
    sqlite3_stmt *s = all_rows(r, table, error);
    if (!s) return RECORD_FAILED;
    int n = public_columns(s), code;
    for (int i = 0; i < n; i++) strbuf_printf(out, "%s%s", i ? "," : "", sqlite3_column_name(s, i));
    strbuf_add(out, "\r\n");
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        for (int i = 0; i < n; i++) {
            if (i) strbuf_addc(out, ',');
            add_csv(out, record_text(s, i));
        }
        strbuf_add(out, "\r\n");
    }
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? RECORD_OK : record_fail(r, code, error);
}

static record_status write_table(const char *folder, const char *table, const strbuf *text, char **error)
{
    strbuf path = {0};
    strbuf_printf(&path, "%s/%s.csv", folder, table);
    int failed = file_write(path.s, text->s, text->n);
    if (failed) {
        strbuf b = {0};
        strbuf_printf(&b, "%s: %s", path.s, strerror(failed));
        *error = strbuf_take(&b);
    }
    strbuf_fini(&path);
    return failed ? RECORD_FAILED : RECORD_OK;
}

record_status record_export_csv(record *r, const char *folder, char **error)
{
    record_status status = RECORD_OK;
    for (size_t i = 0; status == RECORD_OK && i < TABLE_COUNT; i++) {
        const char *table = record_table_names[i];
        strbuf text = {0};
        if (*table == '_') continue;
        status = csv_table(r, table, &text, error);
        if (status == RECORD_OK) status = write_table(folder, table, &text, error);
        strbuf_fini(&text);
    }
    return status;
}

/* ---- PostgreSQL -------------------------------------------------------------------------- */
static void add_copy(strbuf *out, const char *text)
{
    for (; *text; text++) {
        const char *special = strchr("\\\b\f\n\r\t\v", *text);
        if (special)
            strbuf_printf(out, "\\%c", "\\bfnrtv"[special - "\\\b\f\n\r\t\v"]);
        else
            strbuf_addc(out, *text);
    }
}

static const char *postgres_type(char column)
{
    return strchr("tkR", column) ? "text" : column == 'r' ? "double precision" : "bigint";
}

static void postgres_head(strbuf *out, const char *table, const char *types, sqlite3_stmt *s)
{
    int n = public_columns(s);
    strbuf_printf(out, "CREATE TABLE IF NOT EXISTS \"%s\" (", table);
    for (int i = 0; i < n; i++)
        strbuf_printf(out, "%s\"%s\" %s", i ? ", " : "", sqlite3_column_name(s, i), postgres_type(types[i]));
    strbuf_printf(out, ");\nCOPY \"%s\" FROM stdin;\n", table);
}

static record_status postgres_table(record *r, record_table table, strbuf *out, char **error)
{
    sqlite3_stmt *s = all_rows(r, record_table_names[table], error);
    if (!s) return RECORD_FAILED;
    int n = public_columns(s), code;
    postgres_head(out, record_table_names[table], record_table_columns[table], s);
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        for (int i = 0; i < n; i++) {
            if (i) strbuf_addc(out, '\t');
            if (sqlite3_column_type(s, i) == SQLITE_NULL)
                strbuf_add(out, "\\N");
            else
                add_copy(out, record_text(s, i));
        }
        strbuf_addc(out, '\n');
    }
    strbuf_add(out, "\\.\n");
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? RECORD_OK : record_fail(r, code, error);
}

record_status record_export_postgres(record *r, strbuf *out, char **error)
{
    record_status status = RECORD_OK;
    strbuf_add(out, "BEGIN;\n");
    for (size_t i = 0; status == RECORD_OK && i < TABLE_COUNT; i++)
        if (record_table_names[i][0] != '_') status = postgres_table(r, (record_table)i, out, error);
    strbuf_add(out, "COMMIT;\n");
    return status;
}
