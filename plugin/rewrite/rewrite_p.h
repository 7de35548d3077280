/* SPDX-License-Identifier: MIT
 *
 * What the files of rewrite/ share. A `rewriter` is one unit's run: it knows what is counted, and collects
 * edits a file. A `plan` is one function's run: values, helper variables, and the text that goes before and
 * after statements.
 *
 * The order of passes: counted (what types and places own) -> value (what expressions yield and who uses it)
 * -> full, scope (where references are taken and dropped) -> statement (text around statements) -> emit (type
 * objects). Strings live in the result's arena; the tables of a plan are freed with it.
 */
#ifndef RECOUNT_REWRITE_P_H
#define RECOUNT_REWRITE_P_H

#include "edit_p.h"
#include "rewrite.h"

/* ---- what is counted ---------------------------------------------------------------------------- */
typedef enum counted {
    COUNTED_NO,
    COUNTED_REF,    /* a pointer to an object of a class                 */
    COUNTED_STRUCT, /* a struct that is no class, with counted fields    */
    COUNTED_ARRAY   /* an array of one of these                          */
} counted;

typedef enum hold { HOLD_NONE, HOLD_STRONG, HOLD_WEAK, HOLD_UNOWNED, HOLD_BUFFER } hold;

typedef enum effect { EFFECT_BORROWED, EFFECT_STEALS, EFFECT_OUT } effect;

typedef struct file_cache {
    const char *text;
    size_t n;
    bool failed;
} file_cache;

/* The functions that a struct by value may need: rc_copy_S makes an owned copy, rc_drop_S ends one, rc_set_S
 * assigns, rc_land_S makes its weak fields known to the runtime. */
typedef enum helper_verb { HELPER_COPY, HELPER_DROP, HELPER_LAND, HELPER_SET, HELPER_VERBS } helper_verb;

typedef struct body_plan { /* the edits of one function body in a header */
    uint32_t file, begin;
    size_t first, n;
} body_plan;

typedef struct slot_table slot_table; /* private to optimise_slots.c */
typedef struct kind_table kind_table; /* private to optimise_kinds.c */

typedef struct rewriter {
    const ir_unit *unit;
    const rewrite_options *options;
    rewrite_result *out;
    edit_list *edits; /* one a file of the unit */
    unsigned char
        *records; /* memo of record_is_class and record_is_counted: 0 unknown, 1 no, 2 yes; two halves */
    unsigned char *wanted, *written; /* one a record: bits of helper_verb */
    file_cache *texts;               /* one a file of the unit */
    bool *tables;                    /* one a record: its table of fields was written */
    bool *declared;                  /* one a record: its type object was declared */
    unsigned char *drops;            /* one a declaration: whether a call of it may release something */
    bool assumed;                    /* ... was concluded from an assumption about a recursion */
    unsigned nesting;                /* of such questions */
    kind_table *kinds;
    slot_table *slots;               /* NULL until something asks */
    unsigned depth;                  /* of generated loops, to name their counters */
    VEC(body_plan) bodies;           /* of headers: what was planned for each */
    own_result graph;
    size_t errors;
    bool expand; /* some macro has to be expanded before anything can be written */
} rewriter;

bool record_is_class(rewriter *rw, ir_record_id record);
bool record_is_counted(rewriter *rw, ir_record_id record);        /* a plain struct with counted fields */
const char *record_name(const rewriter *rw, ir_record_id record); /* what follows RC_TYPE( and rc_copy_ */
counted type_counted(rewriter *rw, ir_type_id type);
ir_record_id type_class(const rewriter *rw, ir_type_id type); /* of a pointer to a class; else 0 */
hold hold_of(rewriter *rw, ir_type_id type, const ir_annots *annots);
bool field_counted(rewriter *rw, const ir_field *field, counted *kind, hold *how);
bool file_is_runtime(const rewriter *rw, uint32_t file);
bool file_is_editable(const rewriter *rw, uint32_t file);
diag *complain(rewriter *rw, const char *id, ir_span at, const char *function, const char *format, ...)
    PRINTF_LIKE(5, 6);

/* ---- one function ------------------------------------------------------------------------------- */
typedef enum value_kind {
    VALUE_OTHER,
    VALUE_NEW,      /* owns a reference                             */
    VALUE_BORROWED, /* something else owns it                       */
    VALUE_NULL,     /* a constant: no reference at all              */
    VALUE_MERGE,    /* ?: and its kin: one of several               */
    VALUE_ALIAS     /* a cast: the same reference as another value  */
} value_kind;

typedef enum use_kind {
    USE_PLAIN, /* compared, converted to something uncounted, thrown away */
    USE_BASE,  /* what it points at is read or written                    */
    USE_ARGUMENT,
    USE_STEAL, /* an argument whose reference the callee takes            */
    USE_STORE, /* into a strong place                                     */
    USE_WEAK,  /* into a weak or unowned place                            */
    USE_RETURN,
    USE_YIELD, /* the value of a statement expression: a reference of its own leaves it */
    USE_MERGE
} use_kind;

typedef struct use {
    use_kind kind;
    const ir_insn *insn;
    size_t pos;
    size_t arg;
    ir_span span; /* of the expression that is used here: the value's own, or an assignment of it */
} use;

typedef struct value {
    value_kind kind;
    counted counted;
    bool stable;      /* borrowed from a variable that nothing can change meanwhile */
    bool conditional; /* not every evaluation of its full expression makes it */
    const ir_insn *def;
    size_t pos;
    ir_temp root;                /* ALIAS: what it stands for */
    ir_local_id local;           /* borrowed from this whole local */
    VEC(const ir_insn *) inputs; /* MERGE: the copies */
    VEC(use) uses;               /* of a root: those of its aliases too */
} value;

typedef struct cleanup { /* what happens at the end of a full expression, the latest first */
    const char *text;    /* an expression, without semicolon */
    const char *clear;   /* the same, leaving NULL behind */
    bool conditional;
} cleanup;

typedef struct full_plan {
    VEC(cleanup) cleanups;
    bool drops_known, drops;
} full_plan;

typedef struct stmt_plan { /* the text around one statement */
    strbuf decls, before, after;
    strbuf ends;     /* behind `after`: what lived as long as a body without braces */
    strbuf last;     /* a compound: before its closing brace */
    strbuf first;    /* a compound: behind its opening brace */
    bool moved_head; /* a `for` whose head was opened up to end its variables' lifetime */
    bool open;       /* the value of a statement expression: no braces, or it yields nothing */
    bool block;      /* needs braces whatever stands around it */
} stmt_plan;

typedef struct local_plan {
    counted counted;
    hold hold;
    bool owned;        /* what it holds is released when its life ends */
    bool retained;     /* a parameter that is retained on entry */
    bool borrowed;     /* -O1: another variable keeps what it holds alive */
    bool kept;         /* -O1: a parameter; `keeper` owns what the function assigns to it */
    const char *keeper;
    bool nulled;       /* set to NULL where it is moved from, since not all paths move it */
    const char *alias; /* a pointer to it, where its own name is hidden or it has none */
    const char *guard; /* a compound literal: whether it was evaluated at all */
} local_plan;

typedef struct move { /* a variable's reference goes to the callee or the caller */
    ir_local_id local;
    const ir_insn *insn; /* the call or the return */
    size_t arg;
    ir_span span;
} move;

typedef struct null_fact { /* the variable is NULL when control gets to the instruction */
    ir_local_id local;
    const ir_insn *insn;
} null_fact;

typedef struct transfer {        /* a place's reference goes to what is assigned from it */
    const ir_insn *take, *store; /* the store that takes it, and the one that overwrites the place */
} transfer;

typedef struct plan {
    rewriter *rw;
    const ir_func *func;
    const ir_decl *decl;
    bool returns_new;        /* a counted result that the caller owns */
    const ir_insn **order;   /* all instructions, as control reaches them */
    ir_block_id *block_of;   /* beside order */
    size_t value_count;      /* of values: temporaries, then what statement expressions yield */
    size_t count, reachable; /* order[reachable ..] cannot be reached */
    value *values;           /* one a temporary */
    full_plan *fulls;
    stmt_plan *stmts;
    local_plan *locals;
    bool optimise;              /* -O1, and nothing here asks for counts */
    bool literal;               /* for the moment: what would -O0 do? */
    VEC(const ir_insn *) fresh; /* stores to fields of a new object that are NULL for certain */
    VEC(const ir_insn *) empty; /* ... to other places */
    VEC(transfer) transfers;
    VEC(move) moves;
    VEC(null_fact) nulls;
    unsigned helper_count;
    size_t first_edit; /* in the edits of the function's file: those before are other functions' */
} plan;

void plan_function(rewriter *rw, const ir_func *func);
void plan_look(plan *p, rewriter *rw, const ir_func *func); /* values, and what locals own by the rules */
void plan_open(plan *p, rewriter *rw,
               const ir_func *func); /* all that is decided before anything is written */
void plan_close(plan *p);
void note(plan *p, ir_span at, const char *op, const char *expression, const char *origin, const char *why);
void note_text(plan *p, ir_span span, const char *op, const char *origin,
               const char *why); /* of what stands there */

/* value.c */
void values_find(plan *p);
void values_fini(plan *p);
ir_temp value_root(const plan *p, ir_temp temp);
value *value_of(plan *p, ir_opnd operand);     /* the root's; NULL when it is not counted */
bool insn_drops(plan *p, const ir_insn *insn); /* may run code that drops references */
bool calls_system(const plan *p, const ir_insn *call); /* code that knows nothing of counted places */
effect call_effect(plan *p, const ir_insn *call, size_t arg);
hold pointee_hold(plan *p, ir_temp temp, ir_type_id type); /* of what the pointer points at, of that type */
ir_type_id declared_type(const plan *p, ir_temp temp);     /* of a function pointer, with its annotations */
const ir_annots *pointer_annots(const plan *p,
                                ir_temp temp); /* of the variable that it was loaded from, or NULL */
const ir_type *typedef_type(const ir_unit *unit, const ir_type *type);
hold place_hold(plan *p, const ir_place *place, ir_type_id *type);
size_t insn_position(const plan *p, const ir_insn *insn);

/* full.c, store.c */
bool store_is_statement(const plan *p, const ir_insn *store); /* a whole expression statement */
bool may_name(plan *p, const ir_insn *at, ir_type_id type);   /* else complains */
void plan_values(plan *p);
void plan_stores(plan *p);

/* scope.c, move.c */
void plan_ownership(plan *p);
void plan_locals(plan *p);
void plan_moves(plan *p);
void plan_literals(plan *p);
void plan_exits(plan *p);
bool encloses(const plan *p, ir_stmt_id outer, ir_stmt_id inner);
bool use_moves(const plan *p, const use *u);
bool moves_settle(plan *p, ir_local_id local); /* each way out finds it either held or moved */
bool local_moved_by(const plan *p, ir_local_id local, const ir_insn *insn);
ir_full_id whole_full(const plan *p, const ir_insn *insn); /* around statement expressions, too */

/* optimise_*.c: one transformation each; -O0 does without */
bool function_drops(rewriter *rw, ir_decl_id decl);
bool asks_counts(const plan *p);
void optimise_fresh(plan *p);
bool store_is_fresh(const plan *p, const ir_insn *store);
bool places_overlap(const ir_place *a, const ir_place *b); /* in one object */
void optimise_empty(plan *p);
bool store_is_empty(const plan *p, const ir_insn *store);
void optimise_transfer(plan *p);
bool store_is_emptied(const plan *p, const ir_insn *store);
bool use_transfers(const plan *p, const use *u);
bool same_place(const plan *p, const ir_place *a, const ir_place *b); /* spelled from the same variables */
bool places_meet(const ir_place *a, const ir_place *b);               /* they may be the same */
/* Whether a write may change what the place is found by. */
bool place_depends(const plan *p, const ir_place *a, const ir_place *written);
void optimise_borrow(plan *p);
void optimise_keep(plan *p);
void store_in_keeper(plan *p, const ir_insn *store); /* an assignment to a parameter that is kept */
void optimise_move(plan *p);
bool store_borrows(const plan *p, const ir_insn *store); /* into a variable that keeps no reference */
bool releases_value(const plan *p, const ir_insn *insn); /* a new one that nothing takes */
bool insn_releases(plan *p,
                   const ir_insn *insn); /* insn_drops, and what the end of a variable or a value does */
bool is_returned_at(const plan *p, ir_local_id local, const ir_insn *end);
bool is_stolen_at(const plan *p, ir_local_id local, const ir_insn *call);
void optimise_null(plan *p);
/* The value that a branch tests against NULL, or 0; *when_true: it is not NULL when the condition holds. */
ir_temp branch_tests(const plan *p, const ir_insn *br, bool *when_true);
bool is_null_at(const plan *p, ir_local_id local, const ir_insn *insn);
/* The way out of the block is taken only when the variable holds NULL. */
bool edge_says_null(const plan *p, const ir_block *block, size_t succ, ir_local_id local);
bool out_is_null(const plan *p,
                 const ir_insn *addr); /* the variable whose address is taken there holds NULL */

/* optimise_kinds.c: what a release may run and end, by class */
void kinds_init(rewriter *rw);
void kinds_fini(rewriter *rw);
bool type_is_quiet(const plan *p, ir_type_id type); /* its releases run no code of the program's */
typedef struct kind_effect {                        /* what a call of a function may end */
    bool *ends;                                     /* one a record: releases references to it */
    bool all, collects;                             /* anything; runs the collector */
} kind_effect;
void kinds_mark(plan *p, kind_effect *e);
bool kinds_join(kind_effect *to, const kind_effect *from, size_t n); /* whether `to` changed */
bool insn_may_end(plan *p, const ir_insn *insn, ir_record_id class); /* an object of the class */
/* Of the body behind a call, all that it calls included; NULL: *known says whether there is a body, with code that is not
 * known in it. */
const kind_effect *known_kinds(plan *p, const ir_insn *call, bool *known);
bool makes_untracked(const plan *p, const ir_insn *call); /* an object that the collector need not know */

/* optimise_slots.c: fields and variables at file level, by number; 0 is one that nothing is known of */
void slots_need(rewriter *rw); /* before any of these */
void slots_fini(rewriter *rw);
uint32_t slot_of_step(const rewriter *rw, const ir_step *step);
uint32_t slot_of_global(const rewriter *rw, ir_decl_id decl);
bool insn_overwrites(plan *p, const ir_insn *insn, const uint32_t *slots, size_t n);
bool outside_overwrites(const plan *p, const uint32_t *slots,
                        size_t n); /* code that is not known, a finalizer's */

/* optimise_chain.c, optimise_borrow.c: what keeps a borrowed value alive; chain_fini frees it */
typedef struct chain {
    VEC(uint32_t) slots;
    VEC(ir_local_id) roots;
    bool any;   /* something that is not known */
    bool brief; /* ... a new reference, which ends with its full expression */
    ir_record_id class; /* of the object at its end, where that may tell that it lives; 0: it does not */
} chain;
void chain_add(plan *p, chain *c, ir_opnd a);                   /* what keeps this value alive */
void chain_add_place(plan *p, chain *c, const ir_place *place); /* ... what this place holds */
void chain_fini(chain *c);
bool chain_broken(plan *p, const chain *c, const ir_insn *insn, ir_local_id but); /* `but` is no root */
bool chain_lasts(plan *p, const chain *c, const ir_insn *from,
                 ir_local_id id); /* ... to the end of the local's life */
bool chain_lasts_value(plan *p, const chain *c, const ir_insn *from,
                       ir_local_id id); /* ... or its next assignment */
/* Walks control from behind an instruction to every end of the variable's life; stops when `visit` says so. */
typedef bool visitor(plan *p, const ir_insn *insn, ir_local_id id, void *context);
bool walk_life(plan *p, const ir_insn *start, ir_local_id id, visitor *visit, void *context);
bool walk_value(plan *p, const ir_insn *start, ir_local_id id, visitor *visit,
                void *context); /* to its next assignment */
bool value_endangered(plan *p, const value *v, const ir_insn *insn);
bool value_outlives(plan *p, const value *v); /* its last use, by the rules, where that can be seen */

/* statement.c */
const char *helper_new(plan *p, ir_stmt_id stmt, ir_type_id type, const char *stem, const char *init);
ir_stmt_id stmt_outer(const plan *p, ir_stmt_id stmt);
ir_stmt_id last_statement(const plan *p, ir_stmt_id compound); /* of a block; 0 when it is empty */
void full_cleanup(plan *p, ir_full_id full, cleanup c);
bool has_block(const plan *p, ir_full_id full); /* a statement expression */
bool is_jump(const plan *p, ir_stmt_id id);
void leave_blocks(plan *p, ir_stmt_id jump,
                  ir_stmt_id scope); /* before a variable of that scope is released */
void write_statements(plan *p);

/* text.c: C for one counted operation */
const char *text_release(rewriter *rw, ir_type_id type,
                         const char *lvalue); /* a statement without its semicolon */
const char *text_copy(rewriter *rw,
                      ir_type_id type); /* up to the value that becomes an owned copy; then ")" */
const char *text_retain(rewriter *rw, ir_type_id type, const char *lvalue); /* after a copy as bytes */
const char *text_place(plan *p, const ir_place *place); /* NULL: it cannot be written twice */
const char *text_set(rewriter *rw, ir_type_id type); /* up to the struct that is assigned; then ", value)" */
const char *helper_name(rewriter *rw, helper_verb verb,
                        ir_record_id record); /* which is wanted from now on */
bool record_is_inner(const rewriter *rw,
                     ir_record_id record); /* no name at file level: nothing can be written about it there */
bool type_has_weak(rewriter *rw, ir_type_id type);
bool record_has_weak(rewriter *rw, ir_record_id id);
const char *text_land(rewriter *rw, ir_type_id type,
                      const char *lvalue); /* a weak variable was initialised */
const char *text_weak_end(rewriter *rw, ir_type_id type,
                          const char *lvalue); /* a weak variable's life ends     */
const char *text_declare(rewriter *rw, ir_type_id type, const char *name);
const rewrite_file *find_replaced(const rewrite_options *options,
                                  const char *path);                 /* NULL: it has its own text */
const char *file_text(const rewriter *rw, uint32_t file, size_t *n); /* NULL when it cannot be had */

/* Whether text may be written around this expression: it is spelled in an editable file, or it is the whole
 * of a macro's expansion. Otherwise the expansion is asked for, or refused. */
bool may_wrap(plan *p, const ir_insn *insn, ir_span span);
bool may_edit(plan *p, ir_span span);
uint32_t macro_use_end(const char *source, uint32_t at); /* of a use that begins there, with its arguments */
bool may_edit_stmt(plan *p, ir_stmt_id stmt);
void wrap(plan *p, int rank, ir_span span, const char *before, const char *after);

/* check.c, effects.c */
void check_unit(rewriter *rw);
void check_function(plan *p);
void check_effects(plan *p);
void check_initialisers(rewriter *rw);

/* emit.c */
void emit_types(rewriter *rw, strbuf *out);
bool class_is_acyclic(const rewriter *rw, ir_record_id id); /* the collector need not know its objects */
bool type_is_emitted(rewriter *rw, ir_record_id record);
void declare_type(rewriter *rw, ir_record_id record, strbuf *out); /* once a class */

/* declare.c */
void declare_types(rewriter *rw);
void emit_before_function(plan *p);

#endif
