/* SPDX-License-Identifier: MIT
 *
 * The runtime's spool: text that programs append to, a line a record, fields apart by tabs; the runtime's
 * events.h has its whole description. Read here are event    KIND CLASS FILE LINE COUNT BYTES profile
 * FUNCTION FILE LINE CALLER CALLS OWN_NS TOTAL_NS ALLOCATIONS BYTES where - is a field that is not known and
 * \t, \n, \r and \\ are escapes. Records about the same thing are summed. Others say when a process began and
 * ended; a last line that a killed program did not finish is left out.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "record_p.h"

#define MOST_FIELDS 12

/* Undoes the escapes in place. */
static void unescape(char *s)
{
    char *to = s;
    for (; *s; s++) {
        if (*s == '\\' && s[1])
            *to++ = *++s == 't' ? '\t' : *s == 'n' ? '\n' : *s;
        else
            *to++ = *s;
    }
    *to = '\0';
}

/* Cuts a line at its tabs; yields how many fields it has. */
static size_t split(char *line, const char *fields[MOST_FIELDS])
{
    size_t n = 0;
    for (char *p = line; p && n < MOST_FIELDS;) {
        char *tab = strchr(p, '\t');
        if (tab) *tab++ = '\0';
        unescape(p);
        fields[n++] = strcmp(p, "-") == 0 ? "" : p;
        p = tab;
    }
    return n;
}

static int step_bound(sqlite3_stmt *s, const record_run *run, const char *const *fields, size_t n)
{
    sqlite3_bind_text(s, 1, run->id, -1, SQLITE_STATIC);
    for (size_t i = 0; i < n; i++) sqlite3_bind_text(s, (int)i + 2, fields[i], -1, SQLITE_STATIC);
    int code = sqlite3_step(s);
    sqlite3_reset(s);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int take_lines(char *text, const record_run *run, sqlite3_stmt *event, sqlite3_stmt *profile)
{
    int code = SQLITE_OK;
    for (char *line = text, *end; code == SQLITE_OK && (end = strchr(line, '\n')); line = end + 1) {
        const char *fields[MOST_FIELDS];
        *end = '\0';
        size_t n = split(line, fields);
        if (n == 7 && strcmp(fields[0], "event") == 0)
            code = step_bound(event, run, fields + 1, 6);
        else if (n == 10 && strcmp(fields[0], "profile") == 0)
            code = step_bound(
                profile, run,
                (const char *const[]){fields[1], fields[5], fields[6], fields[7], fields[8], fields[9]}, 6);
    }
    return code;
}

record_status record_spool(record *stage, const record_run *run, const char *spool, char **error)
{
    char *text;
    size_t n;
    if (file_read(spool, &text, &n) != 0) return RECORD_OK; /* nothing was seen */
    sqlite3_stmt *event =
        record_prepare(stage,
                       "INSERT INTO event VALUES (?1, ?2, ?3, ?4, CAST(?5 AS INTEGER),"
                       " CAST(?6 AS INTEGER), CAST(?7 AS INTEGER)) ON CONFLICT DO UPDATE"
                       " SET count = count + excluded.count, bytes = bytes + excluded.bytes",
                       error);
    sqlite3_stmt *profile = record_prepare(
        stage,
        "INSERT INTO profile VALUES (?1, ?2, CAST(?3 AS INTEGER), CAST(?4 AS INTEGER), CAST(?5 AS INTEGER),"
        " CAST(?6 AS INTEGER), CAST(?7 AS INTEGER)) ON CONFLICT DO UPDATE SET calls = calls + excluded.calls,"
        " own_ns = own_ns + excluded.own_ns, total_ns = total_ns + excluded.total_ns,"
        " allocations = allocations + excluded.allocations, bytes = bytes + excluded.bytes",
        error);
    record_status status = event && profile ? record_exec(stage, "BEGIN", error) : RECORD_FAILED;
    if (status == RECORD_OK) {
        int code = take_lines(text, run, event, profile);
        status = code == SQLITE_OK ? record_exec(stage, "COMMIT", error) : record_fail(stage, code, error);
    }
    sqlite3_finalize(event);
    sqlite3_finalize(profile);
    free(text);
    return status;
}
