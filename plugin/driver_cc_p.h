/* SPDX-License-Identifier: MIT
 *
 * A compiler's command line as recount cc understands it. Strings live in the line's arena.
 */
#ifndef RECOUNT_DRIVER_CC_P_H
#define RECOUNT_DRIVER_CC_P_H

#include "support/support.h"

typedef struct cc_input {
    size_t at;        /* index into args */
    const char *path; /* "-" for standard input */
    bool c;           /* C source, by its name or -x */
} cc_input;

typedef enum { CC_LINK, CC_COMPILE /* one output a source */, CC_ASK /* nothing is compiled */ } cc_mode;

typedef struct cc_line {
    arena arena;
    str_vec compiler; /* its words: "ccache gcc" are two */
    str_vec args;     /* response files expanded */
    VEC(cc_input) inputs;
    cc_mode mode;
    const char *output;         /* of -o, or NULL */
    const char *deps;           /* of -MF or -Wp,-MD, or NULL */
    bool has_deps;              /* a file of dependencies is written beside the output */
    bool has_response;          /* the line was too long for an argument vector */
    bool shared, partial, bare; /* -shared; -r; -nostdlib */
    bool preprocess;            /* -E */
    bool language;              /* a -x is in force at the end */
    size_t c_count;             /* inputs that are C */
} cc_line;

/* false: there is no compiler in it. argv is everything behind `recount cc`. */
bool cc_line_parse(size_t argc, const char *const *argv, cc_line *out);
void cc_line_fini(cc_line *line);
/* How many words of the line, from this one on, are for the linker alone: 0, 1 or 2. */
size_t cc_link_words(const char *word);

#endif
