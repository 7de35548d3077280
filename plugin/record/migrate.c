/* SPDX-License-Identifier: MIT
 *
 * An older database becomes one of this version: every table is made anew, and takes over the columns that both
 * versions know; a column that is new is NULL, or empty where it must not be NULL. Views and indexes hold nothing and
 * are made anew too. What a user added stays. All in one transaction: a file that cannot be migrated stays as it was.
 */
#include <stdlib.h>

#include "record_p.h"

typedef VEC(char *) names;

static void names_fini(names *n)
{
    for (size_t i = 0; i < n->n; i++) free(n->at[i]);
    vec_fini(n);
}

/* The first column of what a query yields; its parameter, when it has one, is `about`. */
static record_status names_of(record *r, const char *sql, const char *about, names *out, char **error)
{
    sqlite3_stmt *s = record_prepare(r, sql, error);
    if (!s) return RECORD_FAILED;
    if (about) sqlite3_bind_text(s, 1, about, -1, SQLITE_STATIC);
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) vec_push(out, x_strdup(record_text(s, 0)));
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? RECORD_OK : record_fail(r, code, error);
}

/* Runs one statement for each of the names that the old file has too; format: with %w where the name goes. */
static record_status each_name(record *r, const names *wanted, const char *format, char **error)
{
    names found = {0};
    record_status status = RECORD_OK;
    for (size_t i = 0; status == RECORD_OK && i < wanted->n; i++)
        status = names_of(r, "SELECT name FROM sqlite_master WHERE name = ?1", wanted->at[i], &found, error);
    for (size_t i = 0; status == RECORD_OK && i < found.n; i++) {
        char *statement = sqlite3_mprintf(format, found.at[i], found.at[i]);
        status = record_exec(r, statement, error);
        sqlite3_free(statement);
    }
    names_fini(&found);
    return status;
}

/* Of the new table: each column with what it takes, from the old one or else nothing. */
static record_status copy_table(record *r, const char *table, char **error)
{
    static const char *const parts[] = {
        /* the columns */
        "SELECT group_concat('\"' || name || '\"', ',') FROM pragma_table_info(?1)",
        /* their values */
        "SELECT group_concat(CASE WHEN name IN (SELECT name FROM pragma_table_info('_old_' || ?1))"
        " THEN '\"' || name || '\"' WHEN NOT \"notnull\" THEN 'NULL' WHEN type = 'TEXT' THEN '''''' ELSE '0' "
        "END, ',')"
        " FROM pragma_table_info(?1)",
    };
    names found = {0};
    record_status status = names_of(r, parts[0], table, &found, error);
    if (status == RECORD_OK) status = names_of(r, parts[1], table, &found, error);
    if (status == RECORD_OK && found.n == 2) {
        char *statement = sqlite3_mprintf("INSERT OR IGNORE INTO \"%w\" (%s) SELECT %s FROM \"_old_%w\"",
                                          table, found.at[0], found.at[1], table);
        status = record_exec(r, statement, error);
        sqlite3_free(statement);
    }
    names_fini(&found);
    return status;
}

static record_status make_anew(record *r, const names *views, const names *indexes, const names *tables,
                               char **error)
{
    record_status status = each_name(r, views, "DROP VIEW \"%w\"", error);
    if (status == RECORD_OK) status = each_name(r, indexes, "DROP INDEX \"%w\"", error);
    if (status == RECORD_OK) status = each_name(r, tables, "ALTER TABLE \"%w\" RENAME TO \"_old_%w\"", error);
    if (status == RECORD_OK) status = record_exec(r, record_schema, error);
    for (size_t i = 0; status == RECORD_OK && i < tables->n; i++) {
        names old = {0};
        status = names_of(r, "SELECT name FROM sqlite_master WHERE name = '_old_' || ?1", tables->at[i], &old,
                          error);
        if (status == RECORD_OK && old.n) status = copy_table(r, tables->at[i], error);
        if (status == RECORD_OK) status = each_name(r, &old, "DROP TABLE \"%w\"", error);
        names_fini(&old);
    }
    return status;
}

/* What is not of the schema, such as a table of the user's, is let alone: the names come from an empty database of this
 * version. */
static record_status migrate(record *r, char **error)
{
    static const char sql[] = "SELECT name FROM sqlite_master WHERE type = ?1 AND sql IS NOT NULL";
    record empty = {.path = r->path};
    names views = {0}, indexes = {0}, tables = {0};
    int code = sqlite3_open(":memory:", &empty.db);
    record_status status =
        code == SQLITE_OK ? record_exec(&empty, record_schema, error) : record_fail(&empty, code, error);
    if (status == RECORD_OK) status = names_of(&empty, sql, "view", &views, error);
    if (status == RECORD_OK) status = names_of(&empty, sql, "index", &indexes, error);
    if (status == RECORD_OK) status = names_of(&empty, sql, "table", &tables, error);
    sqlite3_close(empty.db);
    if (status == RECORD_OK) status = make_anew(r, &views, &indexes, &tables, error);
    names_fini(&views);
    names_fini(&indexes);
    names_fini(&tables);
    return status;
}

record_status record_migrate(record *r, char **error)
{
    /* Views of the user's go on naming the tables as they did. */
    record_status status = record_exec(r, "PRAGMA legacy_alter_table = ON; BEGIN IMMEDIATE", error);
    if (status != RECORD_OK) return status;
    long long version = 0; /* another process may have been quicker */
    int code = record_version(r, &version);
    status = code == SQLITE_OK ? RECORD_OK : record_fail(r, code, error);
    if (status == RECORD_OK && version < RECORD_SCHEMA_VERSION) status = migrate(r, error);
    if (status == RECORD_OK) status = record_exec(r, "COMMIT", error);
    if (status != RECORD_OK) record_exec(r, "ROLLBACK", NULL);
    return status;
}
