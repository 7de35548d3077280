/* SPDX-License-Identifier: MIT
 *
 * ast: the only stage that sees libclang. Turns one source file and its compile flags into an ir_unit.
 * A unit is owned by the caller (ir_unit_free). One parse at a time in a process.
 */
#ifndef RECOUNT_AST_H
#define RECOUNT_AST_H

#include "../ir/ir.h"

typedef struct ast_text { const char *path, *text; size_t n; } ast_text;

typedef struct ast_options {
    const char *const *flags;     /* compile flags, without the compiler's name and the source file */
    size_t flag_count;
    const char *directory;        /* where the flags' relative paths count from; NULL: here */
    const char *const *includes;  /* folders searched first (the annotation header's) */
    size_t include_count;
    const ast_text *texts;        /* read instead of the files of these paths, the main file's among them */
    size_t text_count;
    const char *project;          /* bodies of headers below this folder are lowered; NULL: of none */
    bool header_bodies;           /* lower function bodies of headers outside the system's too (of included .c files always) */
} ast_options;

typedef enum {
    AST_OK,          /* lowered; single functions may be tainted */
    AST_UNREADABLE,  /* the file cannot be read */
    AST_UNPARSED     /* libclang gave nothing to work on */
} ast_status;

typedef struct ast_error { const char *file; unsigned line, column; const char *message; bool fatal; } ast_error;

typedef struct ast_result {
    ir_unit *unit;             /* NULL unless AST_OK */
    ast_error *errors;         /* the compiler's errors, in the unit's arena (in `arena` when there is no unit) */
    size_t error_count;
    const char **ignored;      /* flags that clang does not know, as it says: the parse went on without them */
    size_t ignored_count;
    char *message;             /* not AST_OK: one line that names the file and the cause; owned by the caller */
    arena arena;
} ast_result;

ast_status ast_parse(const char *path, const ast_options *options, ast_result *out);
void ast_result_fini(ast_result *result);   /* frees the unit too, unless the caller took it (set to NULL) */

/* A compile_commands.json: one entry a source file. */
typedef struct ast_command { const char *file, *directory; const char **flags; size_t flag_count; } ast_command;
typedef struct ast_commands { ast_command *at; size_t n; arena arena; } ast_commands;
/* 0, or -1 with one line in *error (owned by the caller). `path` is the file or the build folder that holds it. */
int ast_commands_read(const char *path, ast_commands *out, char **error);
void ast_commands_fini(ast_commands *commands);
/* Removes what loads code or writes files (-fplugin, -load, -o, -M*, ...), what only gcc knows, and words that are no
 * flags (input files). Returns the new count. */
size_t ast_flags_filter(const char **flags, size_t n);
/* The version of libclang that runs, for the record; a static string. */
const char *ast_version(void);

#endif
