/* SPDX-License-Identifier: MIT
 *
 * Captures: what an analysis of a unit yielded, for the runs after it.
 */
#include "record_p.h"

record_status record_captures(record *r, void (*take)(const record_capture *capture, void *arg), void *arg,
                              char **error)
{
    record_status status = record_exec(r, "BEGIN", error); /* later reads see the same */
    sqlite3_stmt *s =
        status == RECORD_OK
            ? record_prepare(
                  r,
                  "SELECT id, path, key, inputs, files, directory, flags, settings, told, links, failed"
                  " FROM _capture ORDER BY path, id",
                  error)
            : NULL;
    if (!s) return RECORD_FAILED;
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        record_capture capture = {.id = record_text(s, 0),
                                  .path = record_text(s, 1),
                                  .key = record_text(s, 2),
                                  .inputs = record_text(s, 3),
                                  .files = record_text(s, 4),
                                  .directory = record_text(s, 5),
                                  .flags = record_text(s, 6),
                                  .settings = record_text(s, 7),
                                  .told = record_text(s, 8),
                                  .links = record_text(s, 9),
                                  .failed = sqlite3_column_int(s, 10) != 0};
        take(&capture, arg);
    }
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? RECORD_OK : record_fail(r, code, error);
}

record_status record_capture_take(record *r, const char *id, record *stage, const record_run *run,
                                  char **error)
{
    sqlite3_stmt *s = record_prepare(r, "SELECT rows FROM _capture WHERE id = ?1", error);
    if (!s) return RECORD_FAILED;
    sqlite3_bind_text(s, 1, id, -1, SQLITE_STATIC);
    int code = sqlite3_step(s);
    record_status status =
        code == SQLITE_ROW
            ? record_take(stage, run, sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0), error)
            : record_fail(r, code == SQLITE_DONE ? SQLITE_CORRUPT : code, error);
    sqlite3_finalize(s);
    return status;
}

record_status record_capture_write(record *stage, const record_capture *capture, const char *rows, size_t n,
                                   char **error)
{
    const char *texts[] = {capture->id,    capture->path,      capture->key,   capture->inputs,
                           capture->files, capture->directory, capture->flags, capture->settings,
                           capture->told,  capture->links};
    enum { TEXTS = sizeof texts / sizeof *texts };
    sqlite3_stmt *s = record_prepare(
        stage, "INSERT OR REPLACE INTO _capture VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        error);
    if (!s) return RECORD_FAILED;
    for (int i = 0; i < TEXTS; i++) sqlite3_bind_text(s, i + 1, texts[i], -1, SQLITE_STATIC);
    sqlite3_bind_int(s, TEXTS + 1, capture->failed);
    sqlite3_bind_blob64(s, TEXTS + 2, rows ? rows : "", n, SQLITE_STATIC);
    int code = sqlite3_step(s);
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? RECORD_OK : record_fail(stage, code, error);
}

record_status record_capture_forget(record *stage, const char *id, char **error)
{
    record_capture none = {id, "", "", "", "", "", "", "", "", "", false};
    return record_capture_write(stage, &none, "", 0, error);
}
