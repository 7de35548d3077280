/* SPDX-License-Identifier: MIT
 *
 * Merging: the union of rows by key. Keys are hashes of content, so the order of merging cannot matter.
 */
#include <unistd.h>

#include "record_p.h"

static record_status copy_tables(record *into, char **error)
{
    record_status status = RECORD_OK;
    for (size_t i = 0; status == RECORD_OK && i < TABLE_COUNT; i++) {
        strbuf sql = {0};
        const char *name = record_table_names[i];
        strbuf_printf(&sql, "INSERT OR IGNORE INTO main.\"%s\" SELECT * FROM shard.\"%s\"", name, name);
        status = record_exec(into, sql.s, error);
        strbuf_fini(&sql);
    }
    return status;
}

/* A fix that was tried in one of them holds in both. */
static record_status copy_verdicts(record *into, char **error)
{
    return record_exec(into,
                       "UPDATE main.fix SET verified = 1 WHERE NOT verified AND (finding_id, seq) IN"
                       " (SELECT finding_id, seq FROM shard.fix WHERE verified)",
                       error);
}

/* What is known of a file that is gone goes with it, and what is forgotten: a capture without key. */
static record_status copy_captures(record *into, char **error)
{
    return record_exec(into,
                       "INSERT OR REPLACE INTO main._capture SELECT * FROM shard._capture;"
                       "DELETE FROM main._capture WHERE key = '' OR path IN"
                       " (SELECT path FROM shard.file WHERE error = 'removed')",
                       error);
}

static record_status attach(record *into, const char *path, char **error)
{
    sqlite3_stmt *s = record_prepare(into, "ATTACH ?1 AS shard", error);
    if (!s) return RECORD_FAILED;
    sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
    int code = sqlite3_step(s);
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? RECORD_OK : record_fail(into, code, error);
}

static record_status merge(record *into, const char *path, bool captures, char **error)
{
    record *source = NULL; /* refuses what is not ours, and migrates nothing */
    record_status status = record_open(path, RECORD_READ, 30, &source, error);
    if (status != RECORD_OK) return status;
    record_close(source);
    status = attach(into, path, error);
    if (status != RECORD_OK) return status;
    status = record_exec(into, "BEGIN IMMEDIATE", error);
    if (status == RECORD_OK) {
        status = copy_tables(into, error);
        if (status == RECORD_OK) status = copy_verdicts(into, error);
        if (status == RECORD_OK && captures) status = copy_captures(into, error);
        if (status == RECORD_OK)
            status = record_exec(into, "COMMIT", error);
        else
            record_exec(into, "ROLLBACK", NULL);
    }
    record_exec(into, "DETACH shard", NULL);
    return status;
}

record_status record_merge(record *into, const char *path, char **error)
{
    return merge(into, path, false, error);
}

record_status record_commit(record *into, const char *path, char **error)
{
    return merge(into, path, true, error);
}

static void note_removed(record *stage, const record_run *run, record *old)
{
    sqlite3_stmt *s =
        record_prepare(old,
                       "SELECT DISTINCT h.path FROM _history AS h JOIN file ON file.id = h.file_id JOIN run "
                       "ON run.id = h.run_id"
                       " WHERE h.age = 1 AND h.mode = ?1 AND run.root = ?2 AND file.error IS NOT 'removed'",
                       NULL);
    sqlite3_bind_text(s, 1, run->mode, -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 2, run->root, -1, SQLITE_STATIC);
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        const char *name = record_text(s, 0);
        char id[ID_SIZE];
        strbuf full = {0};
        strbuf_printf(&full, "%s%s%s", *name == '/' ? "" : run->root, *name == '/' ? "" : "/", name);
        if (access(full.s, F_OK) < 0) {
            RECORD_ID(id, run->id, name);
            record_row(stage, TABLE_file, id, run->id, name, NULL, 0LL, 0LL, "removed", 0.0, 0.0);
        }
        strbuf_fini(&full);
    }
    sqlite3_finalize(s);
}

void record_removed(record *stage, const record_run *run, const char *path)
{
    record *old = NULL;
    if (record_open(path, RECORD_READ, 0, &old, NULL) != RECORD_OK) return; /* no history to speak of */
    note_removed(stage, run, old);
    record_close(old);
}

record_status record_run_take(record *into, const record_run *run, const char *rows, size_t n, char **error)
{
    record_status status = record_exec(into, "BEGIN IMMEDIATE", error);
    if (status != RECORD_OK) return status;
    note_removed(into, run, into);
    status = record_take_rows(into, run, rows, n, error);
    if (status == RECORD_OK) status = record_run_write(into, run, error);
    if (status == RECORD_OK) return record_exec(into, "COMMIT", error);
    record_exec(into, "ROLLBACK", NULL);
    return status;
}
