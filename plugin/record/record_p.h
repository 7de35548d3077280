/* SPDX-License-Identifier: MIT
 *
 * What the files of record share: the handle, failing with one line, and inserting rows by table.
 */
#ifndef RECOUNT_RECORD_P_H
#define RECOUNT_RECORD_P_H

#include <sqlite3.h>

#include "record.h"

typedef enum {
#define TABLE(name, columns) TABLE_##name,
#include "tables.def"
#undef TABLE
    TABLE_COUNT
} record_table;
extern const char *const record_table_names[TABLE_COUNT];
extern const char *const record_table_columns[TABLE_COUNT];

/* Of schema.sql, and stored in every file as PRAGMA user_version. It grows with each change of a table, an index or a
 * view that was ever written by a program that others have. */
#define RECORD_SCHEMA_VERSION 4

#define ID_SIZE 17 /* 16 hexadecimal digits and a NUL */

struct record {
    strbuf *rows; /* rows go there and into no database, or NULL */
    sqlite3 *db;
    char *path;
    int wait;                          /* seconds */
    sqlite3_stmt *insert[TABLE_COUNT]; /* made at first use */
};

extern const char record_schema[]; /* schema.sql */

/* Sets *error to "PATH: cause" after the last failing call on the handle, and yields the status that fits. */
record_status record_fail(record *r, int code, char **error);
record_status record_exec(record *r, const char *sql, char **error);
int record_version(record *r, long long *version); /* an SQLite code */
/* migrate.c: brings an older file up to the schema's version, or leaves it as it was. */
record_status record_migrate(record *r, char **error);
/* Inserts one row unless its key is there already. Arguments as tables.def says: const char *, long long,
 * double. A failure is remembered by SQLite and found by the commit: the row's return value may be ignored.
 */
int record_row(record *r, record_table table, ...);
/* The statement that inserts a row of the table, NULL on failure; and its end, which makes it ready for the next. */
sqlite3_stmt *record_insert(record *r, record_table table);
int record_insert_done(sqlite3_stmt *s);
/* rows.c: appends one row. */
void record_rows_add(strbuf *rows, record_table table, va_list columns);
/* NULL and *error on failure. */
sqlite3_stmt *record_prepare(record *r, const char *sql, char **error);
const char *record_text(sqlite3_stmt *s, int column); /* "" for NULL */

/* The id of what the strings name: parts are hashed with their ends, so that "ab","c" is not "a","bc". */
void record_id(char out[ID_SIZE], const char *const *parts, size_t n);
#define RECORD_ID(out, ...)                                                                                  \
 record_id((out), (const char *const[]){__VA_ARGS__},                                                        \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* fingerprint.c */
typedef struct source_text {
    char *text; /* NULL when the file could not be read */
    size_t n;
    char sha256[65];
    unsigned lines;
} source_text;
void source_text_init(source_text *t, const char *path);
void source_text_fini(source_text *t);
/* The bytes of a line, without its end; *n is 0 beyond the end. Lines count from 1. */
const char *source_text_line(const source_text *t, unsigned line, size_t *n);
void record_fingerprint(char out[33], const diag *d, const source_text *text, unsigned ordinal);

/* suppress.c: writes a _mark row for each comment in the text. */
void record_marks(record *r, const char *file_id, const source_text *text);

/* record_take inside of a transaction. */
record_status record_take_rows(record *into, const record_run *run, const char *rows, size_t n, char **error);

#endif
