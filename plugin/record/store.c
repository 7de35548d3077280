/* SPDX-License-Identifier: MIT
 *
 * The handle: opening with the checks that keep foreign and newer files out, rows, and the unit of work.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "record_p.h"

#define APPLICATION_ID 1380142676 /* "RCNT" with the schema's PRAGMA */

const char *const record_table_names[TABLE_COUNT] = {
#define TABLE(name, columns) #name,
#include "tables.def"
#undef TABLE
};
const char *const record_table_columns[TABLE_COUNT] = {
#define TABLE(name, columns) columns,
#include "tables.def"
#undef TABLE
};

/* ---- failing ----------------------------------------------------------------------------- */
static char *line(const char *format, ...) PRINTF_LIKE(1, 2);
static char *line(const char *format, ...)
{
    strbuf b = {0};
    va_list args;
    va_start(args, format);
    strbuf_vprintf(&b, format, args);
    va_end(args);
    return strbuf_take(&b);
}

static record_status status_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK: return RECORD_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return RECORD_LOCKED;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: return RECORD_NOT_DATABASE;
    case SQLITE_AUTH: return RECORD_DENIED;
    default: return RECORD_FAILED;
    }
}

record_status record_fail(record *r, int code, char **error)
{
    record_status status = status_of(code);
    const char *cause = status == RECORD_LOCKED         ? "the database is locked by another process"
                        : status == RECORD_NOT_DATABASE ? "is not a findings database"
                        : r->db                         ? sqlite3_errmsg(r->db)
                                                        : sqlite3_errstr(code);
    if (error) *error = line("%s: %s", r->path, cause);
    return status;
}

record_status record_exec(record *r, const char *sql, char **error)
{
    int code = sqlite3_exec(r->db, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? RECORD_OK : record_fail(r, code, error);
}

sqlite3_stmt *record_prepare(record *r, const char *sql, char **error)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, sql, -1, &s, NULL);
    if (code != SQLITE_OK) record_fail(r, code, error);
    return s;
}

const char *record_text(sqlite3_stmt *s, int column)
{
    const unsigned char *text = sqlite3_column_text(s, column);
    return text ? (const char *)text : "";
}

/* ---- ids and rows ------------------------------------------------------------------------ */
void record_id(char out[ID_SIZE], const char *const *parts, size_t n)
{
    sha256 h;
    char hex[65];
    sha256_init(&h);
    for (size_t i = 0; i < n; i++) {
        const char *part = parts[i] ? parts[i] : "";
        sha256_add(&h, part, strlen(part) + 1);
    }
    sha256_hex(&h, hex);
    memcpy(out, hex, ID_SIZE - 1);
    out[ID_SIZE - 1] = '\0';
}

sqlite3_stmt *record_insert(record *r, record_table table)
{
    if (r->insert[table]) return r->insert[table];
    strbuf sql = {0};
    strbuf_printf(&sql, "INSERT OR IGNORE INTO \"%s\" VALUES (?", record_table_names[table]);
    for (size_t i = 1; record_table_columns[table][i]; i++) strbuf_add(&sql, ",?");
    strbuf_add(&sql, ")");
    sqlite3_prepare_v2(r->db, sql.s, -1, &r->insert[table], NULL);
    strbuf_fini(&sql);
    return r->insert[table];
}

static void bind_integer(sqlite3_stmt *s, int at, char type, long long value)
{
    if (type == 'n' && value == REFS_UNKNOWN)
        sqlite3_bind_null(s, at);
    else
        sqlite3_bind_int64(s, at, value);
}

int record_row(record *r, record_table table, ...)
{
    va_list args;
    va_start(args, table);
    if (r->rows) {
        record_rows_add(r->rows, table, args);
        va_end(args);
        return SQLITE_OK;
    }
    const char *types = record_table_columns[table];
    sqlite3_stmt *s = record_insert(r, table);
    for (int i = 0; s && types[i]; i++) {
        if (strchr("tkR", types[i]))
            sqlite3_bind_text(s, i + 1, va_arg(args, const char *), -1, SQLITE_STATIC);
        else if (types[i] == 'r')
            sqlite3_bind_double(s, i + 1, va_arg(args, double));
        else
            bind_integer(s, i + 1, types[i], va_arg(args, long long));
    }
    va_end(args);
    return s ? record_insert_done(s) : sqlite3_errcode(r->db);
}

int record_insert_done(sqlite3_stmt *s)
{
    int code = sqlite3_step(s);
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* ---- opening ----------------------------------------------------------------------------- */
static int pragma(record *r, const char *sql, long long *value)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(r->db, sql, -1, &s, NULL);
    if (code == SQLITE_OK) code = sqlite3_step(s);
    if (code == SQLITE_ROW) *value = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

int record_version(record *r, long long *version)
{
    return pragma(r, "PRAGMA user_version", version);
}

typedef enum { STATE_EMPTY, STATE_OLD, STATE_CURRENT } file_state;

/* Tells ours from foreign and newer files. */
static record_status inspect(record *r, file_state *state, char **error)
{
    long long tables = 0, application = 0, version = 0;
    int code = pragma(r, "SELECT count(*) FROM sqlite_master", &tables);
    if (code == SQLITE_OK) code = pragma(r, "PRAGMA application_id", &application);
    if (code == SQLITE_OK) code = record_version(r, &version);
    if (code != SQLITE_OK) return record_fail(r, code, error);
    *state = tables == 0 && application == 0   ? STATE_EMPTY
             : version < RECORD_SCHEMA_VERSION ? STATE_OLD
                                               : STATE_CURRENT;
    if (*state == STATE_EMPTY) return RECORD_OK;
    if (application != APPLICATION_ID) return record_fail(r, SQLITE_NOTADB, error);
    if (version <= RECORD_SCHEMA_VERSION) return RECORD_OK;
    if (error)
        *error = line("%s: schema version %lld is newer than this program's %d", r->path, version,
                      RECORD_SCHEMA_VERSION);
    return RECORD_NEWER;
}

static record_status create(record *r, char **error)
{
    record_status status = record_exec(r, "BEGIN IMMEDIATE", error);
    if (status != RECORD_OK) return status;
    file_state state = STATE_EMPTY; /* another process may have been quicker */
    status = inspect(r, &state, error);
    if (status == RECORD_OK && state == STATE_EMPTY) status = record_exec(r, record_schema, error);
    if (status == RECORD_OK) return record_exec(r, "COMMIT", error);
    record_exec(r, "ROLLBACK", NULL);
    return status;
}

static record_status prepare_write(record *r, char **error)
{
    file_state state = STATE_EMPTY;
    record_status status = inspect(r, &state, error);
    if (status != RECORD_OK) return status;
    /* A reader that is slow to let go keeps the old journal mode for this time; it costs concurrency, not
     * safety. */
    sqlite3_exec(r->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", NULL, NULL, NULL);
    return state == STATE_EMPTY ? create(r, error)
           : state == STATE_OLD ? record_migrate(r, error)
                                : RECORD_OK;
}

static record_status prepare_shard(record *r, char **error)
{
    record_status status = record_exec(
        r, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE", error);
    return status == RECORD_OK ? record_exec(r, record_schema, error) : status;
}

/* Through a handle that may write, which is closed again: readers keep one that may not. */
static record_status migrate_for_reading(record *r, char **error)
{
    char *cause = NULL;
    record writer = {.path = r->path};
    int code = sqlite3_open_v2(r->path, &writer.db, SQLITE_OPEN_READWRITE, NULL);
    if (code == SQLITE_OK) sqlite3_busy_timeout(writer.db, r->wait * 1000);
    record_status status =
        code == SQLITE_OK ? record_migrate(&writer, &cause) : record_fail(&writer, code, &cause);
    sqlite3_close(writer.db);
    if (status != RECORD_OK && error)
        *error = line("%s: its schema is older than version %d and cannot be brought up to it: %s", r->path,
                      RECORD_SCHEMA_VERSION, cause ? cause + strlen(r->path) + 2 : "");
    free(cause);
    return status;
}

static record_status prepare_read(record *r, char **error)
{
    file_state state = STATE_EMPTY;
    record_status status = inspect(r, &state, error);
    if (status != RECORD_OK || state == STATE_CURRENT) return status;
    return state == STATE_EMPTY ? record_fail(r, SQLITE_NOTADB, error) : migrate_for_reading(r, error);
}

static record_status absent(const char *path, int code, char **error)
{
    if (error) *error = line("%s: %s", path, strerror(code));
    return code == ENOENT ? RECORD_ABSENT : RECORD_FAILED;
}

static int open_handle(record *r, record_mode mode)
{
    int flags = mode == RECORD_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(r->path, &r->db, flags, NULL);
    return code == SQLITE_OK ? sqlite3_extended_result_codes(r->db, 0) : code;
}

record_status record_open(const char *path, record_mode mode, unsigned wait, record **out, char **error)
{
    struct stat st;
    int missing = stat(path, &st) < 0 ? errno : S_ISDIR(st.st_mode) ? EISDIR : 0;
    if (missing && (mode == RECORD_READ || missing != ENOENT)) return absent(path, missing, error);
    record *r = x_calloc(1, sizeof *r);
    r->path = x_strdup(path);
    r->wait = (int)wait;
    int code = open_handle(r, mode);
    record_status status = code == SQLITE_OK ? RECORD_OK : record_fail(r, code, error);
    if (status == RECORD_OK) {
        sqlite3_busy_timeout(r->db, r->wait * 1000);
        sqlite3_db_config(r->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(r->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        status = mode == RECORD_READ    ? prepare_read(r, error)
                 : mode == RECORD_SHARD ? prepare_shard(r, error)
                                        : prepare_write(r, error);
    }
    if (status != RECORD_OK) {
        record_close(r);
        return status;
    }
    *out = r;
    return RECORD_OK;
}

void record_close(record *r)
{
    if (!r) return;
    for (size_t i = 0; i < TABLE_COUNT; i++) sqlite3_finalize(r->insert[i]);
    sqlite3_close(r->db);
    free(r->path);
    free(r);
}

static record_status probe_folder(const char *path, char **error)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? x_strdup(path) : x_strdup(".");
    if (slash) folder[slash == path ? 1 : slash - path] = '\0';
    struct stat st;
    int code = stat(folder, &st) < 0      ? errno
               : !S_ISDIR(st.st_mode)     ? ENOTDIR
               : access(folder, W_OK) < 0 ? errno
                                          : 0;
    free(folder);
    if (!code) return RECORD_OK;
    *error = line("%s: cannot be created: %s", path, strerror(code));
    return RECORD_FAILED;
}

record_status record_probe(const char *path, char **error)
{
    struct stat st;
    record *r = NULL;
    if (stat(path, &st) < 0) return errno == ENOENT ? probe_folder(path, error) : absent(path, errno, error);
    if (S_ISREG(st.st_mode) && st.st_size == 0) return RECORD_OK;
    if (access(path, W_OK) < 0) return absent(path, errno, error);
    record_status status = record_open(path, RECORD_READ, 0, &r, error);
    record_close(r);
    if (status != RECORD_LOCKED) return status;
    free(*error); /* it may be free by the time of the commit */
    *error = NULL;
    return RECORD_OK;
}

/* ---- runs -------------------------------------------------------------------------------- */
void record_run_init(record_run *run)
{
    struct timespec now;
    struct tm utc;
    unsigned char nonce[16] = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    size_t n = strftime(run->started, sizeof run->started, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(run->started + n, sizeof run->started - n, ".%06ldZ", now.tv_nsec / 1000);
    if (getrandom(nonce, sizeof nonce, 0) < 0) memcpy(nonce, &(pid_t){getpid()}, sizeof(pid_t));
    char salt[2 * sizeof nonce + 1];
    for (size_t i = 0; i < sizeof nonce; i++) snprintf(salt + 2 * i, 3, "%02x", nonce[i]);
    RECORD_ID(run->id, run->started, salt);
}

record_status record_run_write(record *stage, const record_run *run, char **error)
{
    record_run now;
    record_run_init(&now);
    int code = record_row(stage, TABLE_run, run->id, run->mode, run->started, now.started, run->command,
                          run->tool_version, run->git_revision, run->root, (long long)run->files,
                          (long long)run->errors);
    return code == SQLITE_OK ? RECORD_OK : record_fail(stage, code, error);
}
