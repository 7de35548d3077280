/* SPDX-License-Identifier: MIT
 *
 * own: the analysis. For each function, on every path: references held against references accounted for; what
 * a function does to its operands (summaries); the class graph and its cycles. Works on the IR and contracts
 * alone.
 *
 * A result owns its arena: own_result_fini. The unit and the contract set are borrowed for the call.
 */
#ifndef RECOUNT_OWN_H
#define RECOUNT_OWN_H

#include "../contract/contract.h"

typedef struct own_function { /* a body analysed */
    const char *name, *usr, *file;
    unsigned line, end_line;
    size_t paths;               /* states that reached an exit */
    bool complete;              /* false: a limit was hit, or the body is tainted */
    const char *incomplete_why; /* or NULL */
    double ms;
    bool postponed; /* to be analysed by own_analyse_due: nothing of the above but the place is known */
} own_function;

/* A function's place in the call graph of the program. */
typedef struct own_link {
    const char *name, *file; /* file: where its body is */
    bool exported;
    const char *summary; /* as text; "": its body tells nothing; NULL: postponed */
    const char **calls;  /* functions without contract that decide what it does, and that it knows too little of */
    size_t call_count;
} own_link;

typedef struct own_summary {
    size_t function; /* index */
    const char *operand, *effect, *source;
    bool nullable;
} own_summary;

typedef struct own_class {
    const char *name, *usr, *file;
    unsigned line;
    bool tracked;       /* may be part of a cycle */
    const char *reason; /* why, or why not */
} own_class;

typedef struct own_edge { /* a field that can hold a reference */
    size_t from;          /* index of a class */
    const char *field;
    size_t to;             /* index of a class; (size_t)-1: any class */
    const char *ownership; /* strong, weak, unowned */
    const char *file;
    unsigned line, column;
} own_edge;

typedef struct own_cycle {
    size_t *edges;
    size_t length;
    const char *text;
    const char *suggested_weak;
} own_cycle;

typedef struct own_store {
    size_t function;
    unsigned line;
    size_t edge;
    const char *kind;
} own_store;
typedef struct own_counter_op {
    size_t function;
    const char *function_name;
    unsigned line;
    const char *op, *expression, *origin /* source, inserted, removed */, *why;
} own_counter_op;

typedef struct own_result {
    arena arena;
    diag_list findings;
    VEC(own_function) functions;
    VEC(own_summary) summaries;
    VEC(own_class) classes;
    VEC(own_edge) edges;
    VEC(own_cycle) cycles;
    VEC(own_store) stores;
    VEC(own_counter_op) counter_ops;
    VEC(own_link) links; /* of the bodies that others may ask for */
    const char *habits;  /* of own_analyse: what the unit's callers do with results; for own_analyse_due */
} own_result;

typedef struct own_options {
    size_t max_states;                             /* per function; 0: the default */
    bool (*enabled)(const char *check, void *arg); /* NULL: all default checks */
    void *arg;
    confidence least; /* findings of less confidence are left out */
    bool postpone; /* leave the functions that rest on bodies of other units for own_analyse_due */
    const char *habits;
    /* The summary of a function whose body is elsewhere, as text, or NULL; and which functions are due, with whether
     * only their summaries are wanted yet. */
    const char *(*summary)(const char *function, void *of);
    bool (*due)(const char *function, bool *summary_only, void *of);
    void *of;
} own_options;

void own_result_init(own_result *result);
#define OWN_SUMMARY_NEVER "!" /* the text for a function that is taken to never return */
void own_analyse(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                 own_result *out);
/* The functions that are due, of a unit that own_analyse has seen; `unit` need not have other bodies. Fills functions,
 * summaries, findings and links alone. */
void own_analyse_due(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                     own_result *out);

/* ---- the program: all units of a run, and what they need of each other (program.c) ---- */

/* Functions whose summaries are still to be made are due in rounds: each in one where all that it rests on is settled, so
 * that the result depends neither on the order of units nor on how many are analysed at once. Functions of several units
 * that call each other are due three times: as if the others did not return, with the summaries that this gave, and, if
 * these came out the same again, with them for good, or else without. A name that several files define
 * is nobody's for the other units. */
typedef struct own_program own_program;
own_program *own_program_new(void);
void own_program_free(own_program *p);
/* Numbers count from 0. `key` changes with what the unit is made of. */
size_t own_program_unit(own_program *p, const char *key);
void own_program_add(own_program *p, size_t unit, const own_link *link); /* borrows the link's strings */
/* After the last unit: how many rounds there are. */
size_t own_program_plan(own_program *p);
void own_program_begin(own_program *p, size_t round); /* what follows is about this round */
/* Whether anything of the unit is due; for one function, whether only its summary is wanted yet. */
bool own_program_has_due(const own_program *p, size_t unit);
bool own_program_due(const own_program *p, size_t unit, const char *function, bool *summary_only);
void own_program_settle(own_program *p, size_t unit, const char *function, const char *summary);
/* As the unit sees it: its own function of that name, or that of another unit. NULL: not known. */
const char *own_program_summary(const own_program *p, size_t unit, const char *function);
/* Two programs in which a unit has the same inputs make the same of it. */
void own_program_inputs(const own_program *p, size_t unit, char hex[65]);
/* Each function of the unit with its present summary and its calls. */
void own_program_links(const own_program *p, size_t unit, void (*take)(const own_link *link, void *arg), void *arg);

/* The class graph alone (the rewriter asks it what is acyclic). */
void own_class_graph(const ir_unit *unit, own_result *out);
void own_result_fini(own_result *result);

#endif
