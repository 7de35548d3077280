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
} own_function;

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
} own_result;

typedef struct own_options {
    size_t max_states;                             /* per function; 0: the default */
    bool (*enabled)(const char *check, void *arg); /* NULL: all default checks */
    void *arg;
    confidence least; /* findings of less confidence are left out */
} own_options;

void own_result_init(own_result *result);
void own_analyse(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                 own_result *out);
/* The class graph alone (the rewriter asks it what is acyclic). */
void own_class_graph(const ir_unit *unit, const contract_set *contracts, own_result *out);
void own_result_fini(own_result *result);

#endif
