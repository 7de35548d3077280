/* SPDX-License-Identifier: MIT
 *
 * rewrite: annotated C to plain C. Plans where references are taken and dropped on the IR, turns the plan
 * into edits of the source's bytes, and emits the type objects. A file with any error yields no output.
 *
 * A result owns its memory (rewrite_result_fini); the unit is borrowed for the call.
 */
#ifndef RECOUNT_REWRITE_H
#define RECOUNT_REWRITE_H

#include "../own/own.h"

typedef struct rewrite_file { /* a rewritten header goes into the overlay folder */
    const char *path;         /* the original */
    char *text;
    size_t n;
} rewrite_file;

typedef struct rewrite_options {
    int level;             /* 0 or 1 */
    const char *line_path; /* the name that #line gives the original; NULL: the unit's path */
    bool expand;   /* the caller can expand macros in the text and come again (rewrite_result.expand) */
    bool expanded; /* it has done so: what is still inside a macro is an error */
    const rewrite_file *headers; /* what was lowered in place of these headers' own text */
    size_t header_count;
} rewrite_options;

typedef struct rewrite_result {
    arena arena;
    bool counted; /* false: nothing to rewrite; the text is the source as it was */
    char *text;   /* NULL when there is an error */
    size_t n;
    VEC(rewrite_file) headers;
    VEC(ir_span) expand;   /* not empty: these uses of macros hold counted code; expand them and call again */
    diag_list diagnostics; /* arc-... errors and warnings */
    VEC(own_counter_op) ops; /* what was inserted, with its reason */
} rewrite_result;

/* true when the unit was rewritten, false when any diagnostic is an error. */
bool rewrite_unit(const ir_unit *unit, const rewrite_options *options, rewrite_result *out);
typedef struct rewrite_compiler {
    const char *name;         /* NULL: cc */
    const char *const *flags; /* compile flags, without the file */
    size_t flag_count;
    const char *directory; /* where it runs; NULL: here */
} rewrite_compiler;
typedef VEC(rewrite_file) rewrite_file_vec;
/* Replaces the macro uses of result->expand by their expansions, to be lowered again: *files gets the new text of each
 * file that has some (the caller frees each `text`), in place of what it had of that path. `options` are those of the
 * run. false: the preprocessor failed, or a header's macro means something else at the end of the unit (then call
 * rewrite_unit with `expanded` to get the errors). */
bool rewrite_expand(const ir_unit *unit, const rewrite_result *result, const rewrite_options *options,
                    const rewrite_compiler *compiler, rewrite_file_vec *files);
void rewrite_result_fini(rewrite_result *result);

#endif
