/* SPDX-License-Identifier: MIT
 *
 * What the driver's files share: one invocation with its options and config, the sources it is about, the
 * process pool. An invocation owns its strings (driver_fini); commands borrow it.
 */
#ifndef RECOUNT_DRIVER_P_H
#define RECOUNT_DRIVER_P_H

#include "ast/ast.h"
#include "record/record.h"
#include "rewrite/rewrite.h"

/* ---- commands and options ---------------------------------------------------------------- */
enum {
#define COMMAND(name, set, synopsis, summary, text) COMMAND_AT_##set,
#include "commands.def"
#undef COMMAND
};
enum { /* which commands an option belongs to */
#define COMMAND(name, set, synopsis, summary, text) COMMANDS_##set = 1 << COMMAND_AT_##set,
#include "commands.def"
#undef COMMAND
       COMMANDS_ALL = (1 << 30) - 1,
       COMMANDS_SOURCES = COMMANDS_LINT | COMMANDS_REWRITE | COMMANDS_CONTRACTS,
       COMMANDS_FORMATS =
           COMMANDS_LINT | COMMANDS_REPORT | COMMANDS_QUERY | COMMANDS_PROFILE | COMMANDS_COMPARE,
       COMMANDS_OUTPUTS = COMMANDS_LINT | COMMANDS_REWRITE | COMMANDS_REPORT | COMMANDS_MERGE |
                          COMMANDS_QUERY | COMMANDS_PROFILE | COMMANDS_CONTRACTS,
       COMMANDS_POOLS = COMMANDS_SOURCES | COMMANDS_FIX,
       COMMANDS_DIFFS = COMMANDS_REWRITE | COMMANDS_FIX
};

typedef enum {
#define OPTION(id, letter, name, argument, kind, commands, help) OPTION_##id,
#include "options.def"
#undef OPTION
    OPTION_COUNT
} option_id;

typedef struct option_row {
    char letter;
    const char *name, *argument;
    char kind; /* F, S or P */
    unsigned commands;
    const char *help;
} option_row;
extern const option_row driver_options[OPTION_COUNT];

typedef struct invocation invocation;
typedef struct command_row {
    const char *name;
    unsigned set;
    int (*run)(invocation *in);
    const char *synopsis, *summary, *text;
} command_row;
const command_row *driver_command(const char *name); /* NULL: none */
const command_row *driver_command_at(size_t at);     /* NULL: beyond the last */

struct invocation {
    arena arena;
    const command_row *command;
    str_vec values[OPTION_COUNT]; /* as given, then the config's when none was given; a flag holds "" */
    str_vec args;                 /* before --                             */
    str_vec rest;                 /* after --                              */
    bool has_rest;
    const char *typed; /* the command line, for the record      */
    const char *cwd;
    const char *root;        /* the config's folder, or cwd           */
    const char *config_path; /* or NULL                               */
    VEC(record_suppression) suppressions;
    map levels;     /* check -> "off", "note" ... : of the config, and "off" of its page */
    map severities; /* check -> its page's */
};

const char *driver_option(const invocation *in, option_id id); /* the last value, or NULL */
bool driver_flag(const invocation *in, option_id id);
/* The option's number, or `otherwise` when it is absent; a value that is none ends in a usage error: *bad is
 * set. */
unsigned driver_number(const invocation *in, option_id id, unsigned otherwise, bool *bad);
/* EXIT_CLEAN, or EXIT_USAGE after one line on standard error. */
const char *driver_version(void);
int driver_parse(int argc, char **argv, const command_row *command, invocation *out);
int driver_config_read(invocation *in); /* driver_config.c; EXIT_CLEAN, EXIT_USAGE or EXIT_INPUT */
void driver_fini(invocation *in);
void driver_help(const command_row *command, FILE *out);
/* Reads what the check pages say of severities and defaults (driver_checks.c). */
void driver_checks_load(invocation *in);
/* EXIT_USAGE and one line when --check or --no-check names what is no check, or --check what is not looked for. */
int driver_checks_verify(invocation *in);
/* Whether a check is looked for, by --check, --no-check, the config and its page. */
bool driver_check_enabled(const char *check, void *invocation);
/* Whether an option decides what is found. */
bool driver_decides(option_id id);
/* Of findings; the option's value was looked at before. */
confidence driver_least_confidence(const invocation *in);
severity driver_check_severity(const invocation *in, const char *check, severity otherwise);

/* "recount: ..." and a newline on standard error. */
void driver_error(const char *format, ...) PRINTF_LIKE(1, 2);
/* Prints *error as driver_error does and frees it; yields `status`. */
int driver_fail(int status, char **error);
/* Standard output, or a file that is whole or absent; EXIT_OUTPUT after one line when it cannot be written.
 */
int driver_write(const char *path, const char *data, size_t n);
/* Prints what one statement yields in the format asked for. */
int driver_print_query(const invocation *in, record *r, const char *sql);
bool driver_color(const invocation *in, FILE *stream);

/* ---- where things are (driver_paths.c) --------------------------------------------------- */
/* Each is owned by the caller; NULL when it is not there. */
char *driver_rules(const char *below); /* a file or folder under rules/ */
char *driver_include(void);            /* the folder of recount.h and recount_annotations.h */
char *driver_library(bool shared);     /* the runtime to link */
const char *driver_library_flags(void);            /* what linking it takes besides; "" when nothing; static */
char *driver_join(const char *folder, const char *name);
char *driver_database(const invocation *in); /* the path of the findings database */
/* The database's folder is made when it is the default one. EXIT_CLEAN or EXIT_OUTPUT after one line. */
int driver_database_ready(const invocation *in, const char *path);
char *driver_temporary(void);     /* a new private folder; NULL after one line */
void driver_remove(char *folder); /* with all in it; frees the name */

/* ---- sources (driver_sources.c) ---------------------------------------------------------- */
typedef struct source {
    const char *path;      /* as shown, and as found from `directory` */
    const char *directory; /* where its flags' relative paths count from */
    const char **flags;
    size_t flag_count;
} source;
typedef struct sources {
    VEC(source) list;
    ast_commands commands;
    size_t failed; /* inputs that could not be taken, each after one line */
    bool whole;    /* all that compile_commands.json names */
} sources;
int driver_sources(invocation *in, sources *out); /* EXIT_CLEAN, EXIT_USAGE or EXIT_INPUT */
void driver_sources_fini(sources *s);
/* What is wrong with a source as text: NULL, or a cause owned by the caller; *fatal: it cannot be analysed.
 */
char *driver_source_problem(const char *path, bool *fatal);

/* ---- contracts (driver_packs.c) ---------------------------------------------------------- */
typedef struct pack {
    char *path;
    ast_result parsed;
    contract_trust trust;
} pack;
typedef struct packs {
    VEC(pack) list;
    char *include;
} packs;
int driver_packs_load(const invocation *in, packs *out); /* EXIT_CLEAN, or EXIT_INPUT after one line */
void driver_packs_fini(packs *p);
/* The contracts that hold in a unit: the packs whose object types it knows, the files of the user, its own
 * annotations. */
contract_set *driver_contracts(const packs *p, const ir_unit *unit);
/* How a source of the linter is parsed; borrows from all three. */
ast_options driver_parse_options(const invocation *in, const packs *p, const source *s);
int contracts_infer(invocation *in, const str_vec *files); /* driver_infer.c: a database's summaries as a header */

/* rewrite_unit, with macros that hold counted code expanded by `compiler` (its words; NULL: cc) and the text parsed
 * again (driver_expand.c). `parse` and `unit` are those of the source as it is. */
bool driver_rewrite_unit(const char *path, const ast_options *parse, const str_vec *compiler, const ir_unit *unit,
                         const rewrite_options *options, rewrite_result *out);

/* ---- the pool (driver_pool.c) ------------------------------------------------------------ */
typedef struct pool_streams {
    FILE *out, *lines; /* what the job prints on standard output and standard error */
} pool_streams;
typedef struct pool {
    size_t jobs;      /* at once */
    unsigned timeout; /* seconds of the processor a job; 0: none */
    size_t memory;    /* MiB a job; 0: unlimited */
    bool progress, verbose;
    int (*work)(size_t job, const pool_streams *streams, void *arg); /* in the job's process */
    void (*done)(size_t job, int status, const char *died,
                 void *arg); /* here, in order of jobs; died: why, or NULL */
    const char *(*name)(size_t job, void *arg);
    void *arg;
} pool;
int pool_settings(const invocation *in,
                  pool *out); /* from -j, --timeout and --memory; EXIT_USAGE after one line */
/* EXIT_CLEAN, or 128 and the number of the signal that ended it: then nothing is to be stored. A pool may run often;
 * signals are ours until pool_end. */
int pool_run(const pool *p, size_t n);
void pool_end(void);

/* ---- one run (driver_stage.c) ------------------------------------------------------------ */
typedef struct stage {
    record_run run;
    char *folder; /* of the workers' rows */
    char *database;
    record *stage; /* NULL: `rows` go into the database as they are */
    strbuf rows;
    pid_t asked;  /* git, 0: nobody */
    int revision; /* where its answer is to be read */
    arena arena;
} stage;
int stage_open(const invocation *in, const char *mode, stage *out); /* EXIT_OUTPUT after one line */
/* The same for a run in which nothing has to be settled among units. */
int stage_open_plain(const invocation *in, const char *mode, stage *out);
/* The path of what a job leaves for the driver, owned by the caller; and one such file written. */
char *stage_file(const stage *s, size_t job, const char *kind);
int stage_write_file(const stage *s, size_t job, const char *kind, const strbuf *data, FILE *lines);
void stage_add(stage *s, size_t job);                               /* takes a job's rows in */
void stage_add_failure(stage *s, const char *path, const char *why);
/* Ends the run and merges it into the database; EXIT_CLEAN, or EXIT_OUTPUT after one line. */
int stage_commit(const invocation *in, stage *s);
void stage_close(stage *s);

/* Writes one unit's rows into its job's file; a failure is one line on `lines`. EXIT_CLEAN or EXIT_OUTPUT. */
int stage_write_unit(const stage *s, size_t job, const record_unit *unit, FILE *lines);

/* The main file's text with profiling hooks in its functions; `path` is what they say. Owned by the caller. */
char *driver_instrument(const ir_unit *unit, const char *path); /* driver_profile.c */

/* Takes in what programs that ran with RECOUNT_DB left beside the database. EXIT_CLEAN, or EXIT_OUTPUT after one line. */
int driver_take_spool(const invocation *in); /* driver_run.c */

/* Diagnostics in the compilers' shape. */
void driver_print_diags(const diag_list *list, FILE *to);
/* A unified diff of two texts (driver_diff.c). */
void driver_diff(const char *old_name, const char *old_text, const char *new_name, const char *new_text,
                 strbuf *out);

#endif
