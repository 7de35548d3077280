/* SPDX-License-Identifier: MIT
 *
 * minnow: a small Lisp. Text is read into lists (reader.c), lists are compiled into trees with resolved
 * variables (compile.c), trees are evaluated (eval.c). Every value is an object of a class below; who owns
 * what is said by the annotations and nowhere else. A function that fails leaves a message in the interpreter
 * and returns NULL.
 */
#ifndef MINNOW_H
#define MINNOW_H

#include <recount.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct Value Value;
typedef struct Number Number;
typedef struct String String;
typedef struct Symbol Symbol;
typedef struct Pair Pair;
typedef struct Entry Entry;
typedef struct Table Table;
typedef struct Closure Closure;
typedef struct Primitive Primitive;
typedef struct WeakBox WeakBox;
typedef struct Sentinel Sentinel;
typedef struct Env Env;
typedef struct Lambda Lambda;
typedef struct Node Node;
typedef struct Interp Interp;

/* ---- values
 * ------------------------------------------------------------------------------------------------ */

typedef enum Kind {
    KIND_NIL,
    KIND_TRUE,
    KIND_NUMBER,
    KIND_STRING,
    KIND_SYMBOL,
    KIND_PAIR,
    KIND_TABLE,
    KIND_CLOSURE,
    KIND_PRIMITIVE,
    KIND_WEAKBOX,
    KIND_SENTINEL
} Kind;

struct RC_CLASS RC_BASE Value {
    RC_HEAD;
    Kind kind;
};

struct RC_CLASS Number {
    Value base;
    double n;
};

struct RC_CLASS String {
    Value base;
    size_t length;
    char *text;
};
RC_FINALIZER void string_finalize(String *self);

/* One object per name. The table of all symbols does not keep them alive: a symbol that dies leaves its
 * chain. */
struct RC_CLASS Symbol {
    Value base;
    unsigned hash;
    char *name;
    RC_UNOWNED Symbol *next;
};
RC_FINALIZER void symbol_finalize(Symbol *self);

struct RC_CLASS Pair {
    Value base;
    Value *car, *cdr;
};

/* Chains of entries; the number of chains is a power of two. */
struct RC_CLASS Entry {
    RC_HEAD;
    size_t hash;
    Value *key, *value;
    Entry *next;
};

struct RC_CLASS Table {
    Value base;
    size_t used, chains;
    RC_COUNTED_BY(chains) Entry **chain;
};

/* A frame of variables. A closure that is stored in the frame it captures is the interpreter's everyday
 * cycle. */
struct RC_CLASS Env {
    RC_HEAD;
    Env *outer;
    size_t n;
    RC_COUNTED_BY(n) Value *slot[];
};

struct RC_CLASS Closure {
    Value base;
    Lambda *lambda;
    Env *env;
};

typedef Value *PrimitiveFn(Interp *in, Env *args);

typedef struct PrimitiveSpec {
    const char *name;
    size_t min, max; /* of arguments */
    PrimitiveFn *fn;
} PrimitiveSpec;

struct RC_CLASS Primitive {
    Value base;
    const PrimitiveSpec *spec;
};

struct RC_CLASS WeakBox {
    Value base;
    RC_WEAK Value *target;
};

/* Says its label when it dies: a window on the life of what holds it. */
struct RC_CLASS Sentinel {
    Value base;
    String *label;
};
RC_FINALIZER void sentinel_finalize(Sentinel *self);

RC_RETURNS_BORROWED Value *nil(void);
RC_RETURNS_BORROWED Value *truth(bool yes); /* the true value, or nil */
Value *number_new(double n);
Value *string_new(const char *text, size_t length);
Symbol *symbol_intern(const char *name, size_t length);
Value *pair_new(RC_STEALS Value *car, RC_STEALS Value *cdr);
Value *primitive_new(const PrimitiveSpec *spec);
Value *weakbox_new(Value *target);
Value *sentinel_new(String *label);
Env *env_new(Env *outer, size_t n);

static inline bool is(Value *v, Kind kind)
{
    return v->kind == kind;
}

/* The rest of a list after its first `n` elements; nil beyond the end. */
RC_RETURNS_BORROWED Value *list_tail(Value *list, size_t n);
RC_RETURNS_BORROWED Value *list_item(Value *list, size_t n);
size_t list_length(Value *list);

/* A list under construction. `last` is where the next element goes. */
typedef struct ListBuilder {
    Value *first;
    Pair *last;
} ListBuilder;
void list_append(ListBuilder *list, RC_STEALS Value *item);
Value *list_finish(ListBuilder *list);

bool equal(Value *a, Value *b);
void print(FILE *to, Value *v, bool quoted);

/* ---- tables
 * ------------------------------------------------------------------------------------------------- */

Table *table_new(void);
RC_RETURNS_BORROWED Value *table_get(Table *table, Value *key); /* NULL: there is none */
void table_set(Table *table, Value *key, Value *value);
bool table_remove(Table *table, Value *key);

/* ---- the interpreter
 * ---------------------------------------------------------------------------------------- */

struct Interp {
    Table *globals;
    unsigned depth; /* of evaluation, so that runaway recursion is an error and not a crash */
    char error[200];
};

/* Leaves a message as printf would make it; always NULL, to be returned. */
Value *fail(Interp *in, const char *format, ...) __attribute__((format(printf, 2, 3)));
void out_of_memory(void) __attribute__((noreturn));

/* ---- reading
 * ------------------------------------------------------------------------------------------------- */

typedef struct Reader {
    Interp *in;
    const char *at;
    int line;
} Reader;

typedef enum ReadStatus { READ_FORM, READ_CLOSE, READ_END, READ_ERROR } ReadStatus;

typedef struct Form {
    ReadStatus status;
    Value *value; /* with READ_FORM */
} Form;

Form read_form(Reader *reader);

/* ---- compiling
 * ----------------------------------------------------------------------------------------------- */

typedef enum Op {
    OP_CONSTANT,   /* value                                         */
    OP_LOCAL,      /* slot `index` of the frame `depth` levels out  */
    OP_GLOBAL,     /* value: the symbol                             */
    OP_SET_LOCAL,  /* kid 0                                         */
    OP_SET_GLOBAL, /* kid 0; value: the symbol                      */
    OP_DEFINE,     /* kid 0; value: the symbol                      */
    OP_IF,         /* kids 0, 1, 2                                  */
    OP_AND,
    OP_OR,
    OP_BEGIN,
    OP_WHILE, /* kid 0 is the condition                        */
    OP_LAMBDA,
    OP_CALL /* kid 0 is the function                         */
} Op;

struct RC_CLASS Node {
    RC_HEAD;
    Op op;
    unsigned depth, index;
    Value *value;
    Lambda *lambda;
    size_t n;
    RC_COUNTED_BY(n) Node *kid[];
};

struct RC_CLASS Lambda {
    RC_HEAD;
    Symbol *name; /* or NULL */
    size_t arity; /* without the rest parameter */
    bool rest;
    size_t frame; /* slots: parameters, then what the body defines */
    Node *body;
};

Node *compile(Interp *in, Value *form);

/* ---- evaluating
 * ---------------------------------------------------------------------------------------------- */

Value *eval(Interp *in, Node *code, Env *env);
Value *apply(Interp *in, Value *fn, RC_STEALS Env *args);

void interp_init(Interp *in);
bool interp_run(Interp *in, const char *text, bool echo);

extern const PrimitiveSpec minnow_primitives[]; /* ends with a NULL name */

/* Declares `var`, a fresh object of class T; there is no going on without memory. */
#define NEW(T, var, tag)                                                                                     \
 T *var = rc_new(T);                                                                                         \
 if (!var) out_of_memory();                                                                                  \
 var->base.kind = tag

#endif
