/* SPDX-License-Identifier: MIT
 *
 * Baselines: what is open now, accepted under a name. v_new and v_fixed compare with the one that is set.
 */
#include "record_p.h"

static record_status run_with(record *r, const char *sql, const char *name, char **error)
{
    sqlite3_stmt *s = record_prepare(r, sql, error);
    if (!s) return RECORD_FAILED;
    sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
    int code = sqlite3_step(s);
    sqlite3_finalize(s);
    return code == SQLITE_DONE ? RECORD_OK : record_fail(r, code, error);
}

static record_status set(record *r, const char *name, size_t *accepted, char **error)
{
    record_status status = run_with(r, "DELETE FROM _baseline WHERE name = ?1", name, error);
    if (status == RECORD_OK)
        status = run_with(r, "INSERT INTO _baseline SELECT ?1, id, fingerprint FROM v_open", name, error);
    *accepted = (size_t)sqlite3_changes(r->db);
    if (status == RECORD_OK)
        status = run_with(r, "INSERT OR REPLACE INTO _setting VALUES ('baseline', ?1)", name, error);
    return status;
}

record_status record_baseline(record *r, const char *name, size_t *accepted, char **error)
{
    *accepted = 0;
    record_status status = record_exec(r, "BEGIN IMMEDIATE", error);
    if (status != RECORD_OK) return status;
    status = name ? set(r, name, accepted, error)
                  : run_with(r, "DELETE FROM _setting WHERE key = 'baseline' AND ?1 IS NULL", NULL, error);
    if (status == RECORD_OK) return record_exec(r, "COMMIT", error);
    record_exec(r, "ROLLBACK", NULL);
    return status;
}
