/* SPDX-License-Identifier: MIT
 *
 * Scripts: seeded sequences of operations, their text form and their shrinking.
 *
 * A script owns its operations (script_fini frees them). The text form is one operation a line, name and
 * operands with blanks between them; lines that begin with # are comments. It is what the regressions folder
 * holds.
 */
#ifndef SCRIPT_H
#define SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { NODES = 24, WEAKS = 8, SLOTS = 4, OPERANDS = 4 };

enum op_code {
#define OP(name, operands, weight, kind) OP_##name,
#include "ops.def"
#undef OP
    OP_CODES
};

enum op_kind { KIND_PLAIN, KIND_CYCLE, KIND_WEAK, KIND_REVIVE, KINDS };

/* What a node does when it is finalized. From FINALIZER_CUT on, what follows depends on the order in which
 * finalizers ran. */
enum finalizer {
    FINALIZER_NONE,  /* its class has no finalizer       */
    FINALIZER_LOG,   /* logs                             */
    FINALIZER_SAVE,  /* logs and saves itself            */
    FINALIZER_PASS,  /* logs and saves what slot 0 holds  */
    FINALIZER_CUT,   /* logs and empties slot 0           */
    FINALIZER_LINK,  /* logs and stores itself into slot 1 */
    FINALIZER_BREED, /* logs and saves a new node */
    FINALIZERS
};

typedef struct {
    enum op_code code;
    int arg[OPERANDS];
} op;

typedef struct {
    op *ops;
    size_t count;
    bool table; /* the runtime's class has a table of fields instead of traverse and clear */
} script;

/* Fills in a script of `count` operations drawn from `seed`. Exits the program when memory is gone, as all
 * here. */
void script_generate(script *out, uint64_t seed, size_t count);
void script_copy(script *out, const script *from);
void script_fini(script *s);
void script_print(FILE *out, const script *s);

/* Returns 0, or -1 and the number of the line that makes no sense in *line. */
int script_parse(script *out, FILE *in, int *line);

/* Makes `s` as short as it can be while `fails(s)` stays true: drops ever smaller runs, then simplifies
 * operands. */
void script_shrink(script *s, bool (*fails)(const script *s));

const char *op_name(enum op_code code);
enum op_kind op_kind_of(enum op_code code);

#endif
