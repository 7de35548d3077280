/* SPDX-License-Identifier: MIT
 *
 * record: the findings database (schema.sql is its public form). The only stage that sees SQLite.
 *
 * A worker hands over what it found about one translation unit as rows; the driver takes them into a stage, a
 * database of the same schema, settles what needs the whole run there, and merges the stage into the database
 * of the user in one short transaction. Every call that can fail sets *error to one line, owned
 * by the caller. One thread; a handle stays in the process that opened it.
 */
#ifndef RECOUNT_RECORD_H
#define RECOUNT_RECORD_H

#include "../own/own.h"

typedef enum {
    RECORD_OK,
    RECORD_ABSENT,       /* there is no such file */
    RECORD_NOT_DATABASE, /* a file, but none of ours */
    RECORD_NEWER,        /* written by a newer version of the tool */
    RECORD_LOCKED,       /* another process held it for longer than the wait */
    RECORD_DENIED,       /* SQL of a user that is not allowed, or wrong */
    RECORD_FAILED
} record_status;

typedef enum {
    RECORD_READ,  /* must exist; SQL of users runs here */
    RECORD_WRITE, /* made when absent, migrated when old */
    RECORD_SHARD  /* a new private file: fast, and not safe from a crash */
} record_mode;

typedef struct record record;

/* wait: seconds to wait for other processes. */
record_status record_open(const char *path, record_mode mode, unsigned wait, record **out, char **error);
void record_close(record *r);
/* Whether a later record_open(RECORD_WRITE) can succeed: asked before long work. Does not wait and does not
 * create. */
record_status record_probe(const char *path, char **error);

/* ---- writing one run --------------------------------------------------------------------- */
typedef struct record_run {
    char id[17];
    char started[40];
    const char *mode;    /* lint, rewrite, cc, run */
    const char *command; /* as typed */
    const char *tool_version;
    const char *git_revision; /* or NULL */
    const char *root;         /* absolute; paths below it are stored relative to it */
    size_t files, errors;
} record_run;

/* Fills id and started. The strings are borrowed. */
void record_run_init(record_run *run);
record_status record_run_write(record *stage, const record_run *run, char **error);

typedef struct record_unit {
    const char *path;          /* the source file; relative to the working directory or absolute */
    const ir_unit *unit;       /* NULL when there is none */
    const own_result *own;     /* NULL when it was not analysed */
    const diag_list *diags;    /* findings beside own's, or NULL */
    const own_counter_op *ops; /* what the rewriter inserted */
    size_t op_count;
    bool parsed, analysed;
    const char *error; /* the first error, or NULL */
    double ms;
    bool part; /* of a unit whose other functions have, or will have, rows of their own */
} record_unit;

/* Appends all rows about one unit, for any run of the same root: what a worker hands to the driver, and what is kept of a
 * unit that does not change. */
void record_unit_rows(const record_run *run, const record_unit *unit, strbuf *out);
/* Takes in such rows as those of `run`, in one transaction; rows that are there already are let alone. */
record_status record_take(record *into, const record_run *run, const char *rows, size_t n, char **error);
/* A whole run that needs no settling: its rows, its own, and which files are gone, in one transaction. */
record_status record_run_take(record *into, const record_run *run, const char *rows, size_t n, char **error);
/* Both at once. */
record_status record_unit_write(record *into, const record_run *run, const record_unit *unit, char **error);

/* Takes in every row of the database at `path` that `into` does not have, in one transaction. Associative,
 * commutative and idempotent. */
record_status record_merge(record *into, const char *path, char **error);

/* ---- what is kept of units for later runs ------------------------------------------------ */
typedef struct record_capture { /* strings as in schema.sql */
    const char *id, *path, *key, *inputs, *files, *directory, *flags, *settings, *told, *links;
    bool failed;
} record_capture;
/* Every capture of the database in order of path and id; the strings live until `take` returns. The database is read as
 * it is now until it is closed. */
record_status record_captures(record *r, void (*take)(const record_capture *capture, void *arg), void *arg,
                              char **error);
/* Takes the rows of a capture of `r` into the stage. */
record_status record_capture_take(record *r, const char *id, record *stage, const record_run *run, char **error);
record_status record_capture_write(record *stage, const record_capture *capture, const char *rows, size_t n,
                                   char **error);
/* The commit of the stage drops the capture. */
record_status record_capture_forget(record *stage, const char *id, char **error);
/* As record_merge, and the stage's captures in the place of older ones. */
record_status record_commit(record *into, const char *path, char **error);

/* ---- settling a run on the stage --------------------------------------------------------- */
typedef struct record_suppression {
    enum { SUPPRESS_PATH, SUPPRESS_CHECK, SUPPRESS_FINGERPRINT } kind;
    const char *pattern, *reason, *place; /* pattern: a GLOB for paths; place: "recount.ini:12" */
} record_suppression;

/* Matches the suppressions of the sources and of the config with the run's findings; those that match nothing
 * become findings of the check unused-suppression unless `enabled` (may be NULL) refuses what they name;
 * those of the config only when the run saw the whole project. */
record_status record_suppress(record *stage, const record_run *run, const record_suppression *config,
                              size_t n, bool whole, bool (*enabled)(const char *check, void *arg), void *arg,
                              char **error);
/* Runs one whole-program check: a SELECT that yields path, line, function and message (and severity,
 * confidence when it names such columns) per finding. */
record_status record_check(record *stage, const record_run *run, const char *check, const char *sql,
                           char **error);
/* Notes which files of earlier runs in the database at `path` are no longer there; one that cannot be read
 * has none. */
void record_removed(record *stage, const record_run *run, const char *path);

/* The events that a runtime wrote to the spool file, as rows of `run`. */
record_status record_spool(record *stage, const record_run *run, const char *spool, char **error);

/* ---- reading findings -------------------------------------------------------------------- */
typedef struct record_step {
    const char *path, *kind, *message;
    unsigned line, column;
    int held, expected; /* or REFS_UNKNOWN */
} record_step;

typedef struct record_fix {
    const char *path, *replacement;
    const char *sha256; /* of the file that the offsets count in */
    size_t start, end;
    bool verified;
} record_fix;

typedef struct record_finding {
    const char *id, *check, *path, *function, *message, *fingerprint;
    const char *state; /* new, unchanged, reopened, suppressed, fixed */
    severity severity;
    confidence confidence;
    unsigned line, column, end_line, end_column;
    record_step *steps;
    size_t step_count;
    record_fix *fixes;
    size_t fix_count;
} record_finding;

typedef struct record_findings {
    arena arena;
    VEC(record_finding) list;
    const char *run_id, *root, *tool_version, *started, *command;
    VEC(record_finding) unparsed; /* check NULL: path and message of each file that could not be analysed */
} record_findings;

/* The rows of `view` (v_open, v_new, v_fixed), of one run when run_id is not NULL, by path, line, column and
 * check. run_id "last": of the last run. */
record_status record_findings_read(record *r, const char *view, const char *run_id, record_findings *out,
                                   char **error);
void record_findings_fini(record_findings *findings);
/* Notes of findings, by their ids, that their fixes hold. */
record_status record_fixes_verified(record *r, const char *const *ids, size_t n, char **error);
const char *severity_name(severity s);
const char *confidence_name(confidence c);
/* -1 when it is none. */
int severity_parse(const char *name);
int confidence_parse(const char *name); /* -1: no confidence has that name */

/* ---- SQL of users ------------------------------------------------------------------------ */
/* Called with the columns' names first (values NULL), then for each row; a NULL value is NULL; types: i, r, t
 * or 0. */
typedef void record_row_fn(void *arg, size_t n, const char *const *names, const char *const *values,
                           const char *types);
/* One statement that only reads: everything else is refused. */
record_status record_query(record *r, const char *sql, record_row_fn *row, void *arg, char **error);

/* ---- baselines, export ------------------------------------------------------------------- */
/* Accepts what is open under a name, and compares with it from now on. NULL: compare with the run before
 * again. */
record_status record_baseline(record *r, const char *name, size_t *accepted, char **error);
/* The findings that are open here and in no fingerprint there: into out->list those of b that a lacks. */
record_status record_difference(record *a, record *b, record_findings *out, char **error);
/* Every public table as `folder`/NAME.csv. */
record_status record_export_csv(record *r, const char *folder, char **error);
/* SQL text for PostgreSQL: tables and rows. */
record_status record_export_postgres(record *r, strbuf *out, char **error);

#endif
