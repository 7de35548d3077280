/* SPDX-License-Identifier: MIT
 *
 * The inside of the analysis: values, slots, facts, states, and the engine that moves states through one
 * function.
 *
 * A *value* is what a place may hold, interned per function: a constant, an address, a symbol (the result of
 * one instruction; its last two instances in a loop are told apart), or an expression over these. A *slot* is
 * a place that a value can be bound to. A *fact* is what one state knows of one value. All of it lives in the
 * engine's arena, states alone on the heap: who holds a `state *` frees it.
 */
#ifndef RECOUNT_OWN_P_H
#define RECOUNT_OWN_P_H

#include "own.h"

typedef uint32_t own_val;  /* index into the engine's values; 0: unknown  */
typedef uint32_t own_slot; /* index into the engine's slots; 0: no place  */

/* ---- values -------------------------------------------------------------------------------------------- */
typedef enum { VAL_UNKNOWN, VAL_INT, VAL_TEXT, VAL_FUNC, VAL_ADDR, VAL_SYM, VAL_EXPR, VAL_PURE } val_kind;

typedef struct value {
    val_kind kind;
    int64_t n;     /* INT: the number; FUNC: the decl; SYM: the instruction's number in the function      */
    uint32_t part; /* SYM: 0 the result, 1 + i what argument i received; PURE: the callee's decl          */
    uint32_t generation; /* SYM: 0 the latest instance, 1 the one before */
    own_slot slot;       /* ADDR */
    ir_sub op;           /* EXPR */
    own_val a, b;   /* EXPR: operands, b may be 0; PURE: the first two arguments                           */
    uint32_t depth; /* EXPR: nesting, bounded                                                              */
} value;

typedef enum { SLOT_NONE, SLOT_LOCAL, SLOT_GLOBAL, SLOT_DEREF, SLOT_FIELD, SLOT_INDEX } slot_kind;
typedef struct slot {
    slot_kind kind;
    uint32_t id;   /* LOCAL, GLOBAL: id; DEREF: the pointer's value; FIELD: the field                     */
    int64_t index; /* INDEX */
    ir_record_id record;   /* FIELD */
    own_slot parent, root; /* FIELD, INDEX; root: itself for the others */
} slot;

/* ---- facts --------------------------------------------------------------------------------------------- */
/* Where the reference that a value stands for comes from; decides what may be said of its count. */
typedef enum {
    ORIGIN_UNKNOWN,  /* nothing is known: never the cause of a finding        */
    ORIGIN_NEW,      /* a call gave us the reference                          */
    ORIGIN_BORROWED, /* a contract says that somebody else holds it           */
    ORIGIN_PARAM,    /* an argument: the caller holds it                      */
    ORIGIN_LOADED,   /* read from memory: the memory holds it, perhaps        */
    ORIGIN_STATIC    /* the address of an object that is never freed          */
} origin;

enum {
    FACT_NONZERO = 1 << 0,
    FACT_ESCAPED = 1 << 1,  /* somebody unknown may hold or drop references of ours: no finding any more   */
    FACT_DEAD = 1 << 2,     /* we dropped the last reference that we know of                               */
    FACT_STOLEN = 1 << 3,   /* our reference went to a callee                                              */
    FACT_KEPT = 1 << 4,     /* somebody may hold a reference of their own: outlives ours                   */
    FACT_MAY_FAIL = 1 << 5, /* a contract says that it may be NULL, and nobody looked yet                  */
    FACT_INFERRED = 1 << 6, /* rests on an inference, not on a contract                                    */
    FACT_IN_LOOP = 1 << 7,  /* made inside a loop                                                          */
    FACT_COUNTED = 1 << 8,  /* references of it were made or dropped: it is an object                      */
    FACT_INNER = 1 << 9,    /* a pointer into its owner: no count of its own                               */
    FACT_IN_FIELD =
        1 << 11, /* the counted field that it was read from is out of sight, and still has its own  */
    FACT_STATIC = 1 << 12, /* compared equal with a static object; of a static object: has another name */
    FACT_ELEMENT =
        1 << 13, /* borrowed from a container's array: releasing it may be how the array is emptied  */
    FACT_REFUSED = 1 << 14,  /* a call that would have taken our reference failed, and left it to us    */
    FACT_RAISES = 1 << 10,   /* failure, once it is known, means that the error indicator is set           */
    FACT_MAY_MISS = 1 << 15, /* NULL, once it is known, leaves open whether the error indicator is set   */
    FACT_TOLD = 1 << 18,     /* where our caller looks for an error: some call was given it               */
    FACT_LOOSE = 1 << 17,    /* a call may have ended it: nothing that we know of holds it                */
    FACT_FLOATING = 1 << 16  /* our reference is the first's who sinks it                                */
};

typedef struct fact {
    own_val val;
    own_val owner;  /* borrowed from this object; 0: none        */
    int64_t lo, hi; /* the number, or 0 for NULL                 */
    int16_t held;   /* references over those at the entry: N + held */
    uint8_t origin;
    uint32_t flags;
} fact;

typedef struct binding {
    own_slot slot;
    own_val val;
} binding;
typedef struct tempval {
    ir_temp temp;
    own_val val;
} tempval;

typedef enum {
    ERR_UNKNOWN,
    ERR_CLEAR,
    ERR_SET,
    ERR_EITHER /* a look-up gave NULL, and nobody asked whether it failed or found nothing */
} error_state;

/* ---- the way that a state came ------------------------------------------------------------------------- */
typedef enum {
    TRACE_ENTRY,
    TRACE_ACQUIRE,
    TRACE_BORROW,
    TRACE_RETAIN,
    TRACE_RELEASE,
    TRACE_STEAL,
    TRACE_STORE,
    TRACE_KEEP,
    TRACE_LOSE,
    TRACE_TRUE,
    TRACE_FALSE,
    TRACE_CASE,
    TRACE_SUCCEEDS,
    TRACE_FAILS,
    TRACE_NULL
} trace_kind;
typedef struct trace {
    const struct trace *up;
    const ir_insn *insn; /* NULL at the entry          */
    trace_kind kind;
    uint32_t length;
    bool rare;        /* some call on the way failed that fails only where memory has run out */
    own_val val;      /* the object it happens to; CASE: the number of the case */
    int held;         /* after it                   */
    const char *what; /* the callee, or NULL        */
    const char *why;  /* the contract it rests on, or NULL */
} trace;

typedef struct state {
    VEC(binding) binds; /* sorted by slot  */
    VEC(tempval) temps; /* sorted by temp  */
    VEC(fact) facts;    /* sorted by value */
    const trace *trace;
    error_state error;
    own_val suspect; /* result of the last call that could set the error; 0: nothing is known of it */
    uint64_t key;    /* hash of what keeps states apart, once it waits at a block */
    bool waiting;
    bool error_sure; /* ERR_SET is more than what a negative number, perhaps a good one, makes likely */
    bool doubtful;   /* came by the missing default of a switch: perhaps no case at all */
} state;

/* ---- a candidate for a finding ------------------------------------------------------------------------- */
typedef struct defect {
    const char *check;
    const ir_insn *at;
    own_val val;
    const trace *trace;
    int held, expected;
    confidence confidence;
    const char *message; /* in the engine's arena */
    const char *shape;
    size_t finding; /* index in the result + 1, once it is one */
} defect;

/* What one way out of the function did. */
typedef enum { WAY_OPEN, WAY_FAILURE, WAY_SUCCESS } way_out;
enum { OUT_NONE, OUT_NULL, OUT_OWNED, OUT_OTHER };
struct exit_param {
    uint8_t out; /* what the caller finds where a T ** argument points: an OUT_ constant */
    int8_t held;
    bool escaped, stored, kept, nonnull, null, told;
};
typedef struct exit_record {
    way_out way;
    bool returns_pointer;
    enum {
        RETURNS_NOTHING,
        RETURNS_NULL,
        RETURNS_OWNED,
        RETURNS_BORROWED,
        RETURNS_PARAM,
        RETURNS_DEAD,
        RETURNS_UNKNOWN
    } returned;
    int param; /* RETURNS_PARAM */
    own_val val;
    const ir_insn *at;
    const trace *trace;
    bool maybe_null, is_static, stored, is_number;
    bool doubtful; /* the path may not get here at all */
    bool error_sure;
    bool by_contract; /* what is returned was borrowed, or new, by a contract */
    int64_t number;
    error_state error;
    struct exit_param *params;
} exit_record;

/* ---- one function under analysis ----------------------------------------------------------------------- */
typedef VEC(state *) state_vec;
typedef struct block_states {
    state_vec at;
    bool coarse;
    size_t visits;
} block_states;

typedef struct liveness liveness;
typedef struct summaries summaries;
typedef struct families families;
typedef struct writes writes;
typedef struct drops drops;

typedef struct engine {
    arena arena;
    const ir_unit *unit;
    const ir_func *func;
    const contract_set *contracts;
    const own_options *options;
    summaries *summaries;
    families *families;
    const writes *writes;
    const drops *drops;
    own_result *result;
    const contract_fn
        *own_contract; /* what this function promises, by annotation or by its place in a table; or NULL */
    bool
        sets_up; /* runs once, while a module or program comes up: what it leaks when it fails is lost once */
    bool fills_statics; /* puts what it makes into variables that outlive it: what it loses is lost once */
    bool merged;        /* states were joined that differ: a path may not exist as a whole */
    bool report; /* false: only the summary is wanted                                              */
    bool
        dialect; /* a field of a class is what its annotation says, so that what is loaded from one is still held there */

    VEC(value) values;
    VEC(slot) slots;
    uint32_t *value_index, *slot_index; /* open hash tables of ids */
    size_t value_cap, slot_cap;

    uint32_t *insn_base;   /* block -> number of its first instruction */
    const ir_insn **insns; /* by number, from 1                        */
    uint32_t insn_count;
    bool *in_loop;        /* by instruction number */
    const ir_insn **defs; /* by temporary: the instruction that makes it */
    uint8_t *elements;    /* by instruction number: what own_is_element found; 0: not asked yet */
    ir_cfg cfg;
    uint32_t *rpo_index; /* by block */
    liveness *live;
    bool *exposed; /* by local: its address went where the IR does not see */

    block_states *blocks;
    state_vec now, next; /* states at the instruction being executed, and behind it */
    uint32_t current;    /* number of the instruction being executed */
    uint64_t steps;
    size_t step_limit, state_limit;
    const char *incomplete; /* why the analysis gave up, or NULL */
    const ir_insn *incomplete_at;

    VEC(defect) defects;
    VEC(exit_record) exits;
    size_t exit_states;
} engine;

/* ---- value.c ---- */
void own_values_init(engine *e);
void own_values_fini(engine *e);
own_val own_int(engine *e, int64_t n);
own_val own_simple(engine *e, val_kind kind, int64_t n);
own_val own_addr(engine *e, own_slot slot);
own_val own_symbol(engine *e, uint32_t insn, uint32_t part, uint32_t generation);
own_val own_expr(engine *e, ir_sub op, own_val a, own_val b);
own_val own_pure(engine *e, uint32_t callee, own_val a, own_val b);
own_slot own_slot_root(engine *e, slot_kind kind, uint32_t id);
own_slot own_slot_field(engine *e, own_slot parent, ir_record_id record, uint32_t field);
own_slot own_slot_index(engine *e, own_slot parent, int64_t index);
static inline const value *own_value(const engine *e, own_val v)
{
    return &e->values.at[v];
}
static inline const slot *own_slot_at(const engine *e, own_slot s)
{
    return &e->slots.at[s];
}
/* Whether `v` is `of`, or an address inside it or computed from it: whoever has v can reach `of`. */
bool own_reaches(const engine *e, own_val v, own_val of);
bool own_slot_below(const engine *e, own_slot s, own_slot ancestor);
/* The pointer whose target the slot is part of; 0 for locals and globals. */
own_val own_slot_base(const engine *e, own_slot s);
/* Operators on constants; false when they do not fold. */
bool own_fold(ir_sub op, int64_t a, int64_t b, int64_t *out);

/* ---- state.c ---- */
state *own_state_new(void);
state *own_state_copy(const state *s);
void own_state_free(state *s);
own_val own_get(const state *s, own_slot slot);
void own_bind(state *s, own_slot slot, own_val v);
void own_unbind(state *s, own_slot slot);
own_val own_temp(const state *s, ir_temp t);
void own_temp_set(state *s, ir_temp t, own_val v);
void own_temp_kill(state *s, ir_temp t);
fact *own_fact(state *s, own_val v);      /* NULL when there is none    */
fact *own_fact_make(state *s, own_val v); /* creates one that says nothing */
void own_fact_drop(state *s, own_val v);
bool own_fact_is_null(const fact *f);
/* Whether anything that the state can still use reaches v. */
bool own_reachable(const engine *e, const state *s, own_val v);
/* How often memory beyond this function's locals names v; and how many references it keeps for that: the place that v
 * was loaded from has its own. */
int own_named(const engine *e, const state *s, own_val v);
int own_stored(const engine *e, const state *s, own_val v);
/* The memory that names v can no longer be asked about: from here on that memory holds a reference. */
void own_hand_over(engine *e, state *s, own_slot at, own_val v);
void own_collect(engine *e, state *s); /* drops what nothing can use any more */
bool own_same(const engine *e, const state *a, const state *b, bool coarse);
uint64_t own_key(const engine *e, const state *s, bool coarse);
bool own_join(engine *e, state *into, const state *from); /* true when `into` changed */

/* ---- range.c: conditions ---- */
bool own_assume(engine *e, state *s, own_val v, bool truth); /* false: cannot be */
bool own_constrain(engine *e, state *s, own_val v, int64_t lo, int64_t hi);
int own_truth(const engine *e, const state *s, own_val v); /* 1, 0, or -1: open */
bool own_range(const engine *e, const state *s, own_val v, int64_t *lo, int64_t *hi);

/* ---- live.c ---- */
liveness *own_live_new(engine *e);
void own_live_free(liveness *l);
/* What is dead after instruction `number`: temps, and locals whose address nobody took. */
const uint32_t *own_dead_temps(const liveness *l, uint32_t number, size_t *n);
const uint32_t *own_dead_locals(const liveness *l, uint32_t number, size_t *n);

/* ---- transfer.c ---- */
void own_execute(engine *e, ir_block_id block, size_t index); /* e->now through one instruction into e->now */
/* What a fresh number's type alone says of it. */
void own_type_range(const ir_type *type, fact *f);
own_slot own_resolve(engine *e, state *s, const ir_insn *insn, const ir_place *place);
own_val own_operand(engine *e, const state *s, const ir_opnd *o);
/* Drops what is dead after instruction `number`; a reference that only a dead temporary held is a leak there.
 */
void own_bury(engine *e, state *s, const ir_insn *insn, uint32_t number);
bool own_null_is_certain(const state *s, own_val v);
void own_touch(engine *e, state *s, const ir_insn *insn, own_val v, bool dereference, const char *what);
void own_store_value(engine *e, state *s, const ir_insn *insn, own_slot slot, own_val v);
/* A fresh instance of a symbol: the one before becomes the older generation. */
own_val own_fresh(engine *e, state *s, const ir_insn *insn, uint32_t part);

/* ---- effect.c: what happens to counts ---- */
void own_note(engine *e, state *s, const ir_insn *insn, trace_kind kind, own_val v, const char *what,
              const char *why);
/* A counted field: of a class, and neither weak nor unowned. */
bool own_slot_counts(const engine *e, own_slot at);
/* Whether v was read from the counted field `at`, which still has the reference that it had at the entry. */
bool own_is_of_field(const engine *e, const state *s, own_slot at, own_val v);
/* The field gives that reference up: what is held of v from here on is this function's alone. */
void own_leave_field(engine *e, state *s, own_val v);
bool own_is_immortal(const engine *e, own_val v); /* its count is never written, so that nothing can be wrong with it */
bool own_promised_borrow(const engine *e, own_val v); /* an argument that this function may not take */
/* A record of a kind that is no counted object, but has to be given back: an open buffer, an error. */
bool own_is_resource(const engine *e, own_val v);
void own_retain(engine *e, state *s, const ir_insn *insn, own_val v, const char *callee);
void own_release(engine *e, state *s, const ir_insn *insn, own_val v, const char *callee);
void own_steal(engine *e, state *s, const ir_insn *insn, own_val v, const contract_fn *callee);
void own_escape(engine *e, state *s, own_val v);
void own_escape_below(engine *e, state *s, own_slot slot); /* all that a place and its parts hold */
void own_havoc(engine *e, state *s, own_slot slot);        /* an unknown hand wrote there */
/* Memory that a stranger writes; what is known of a body (0: of none) spares the rest. */
void own_havoc_memory(engine *e, state *s, ir_decl_id callee);
void own_lost(engine *e, state *s, const ir_insn *insn, own_val v, const char *how);
confidence own_leak_confidence(const fact *f);

/* ---- ring.c: a store, after it happened, that closes a cycle ---- */
void own_check_ring(engine *e, state *s, const ir_insn *insn, own_slot at, own_val v);

/* ---- loose.c: borrowed from a container that may have let go ---- */
void own_loosen(engine *e, state *s, const ir_insn *insn, const contract_fn *fn); /* after the call */
void own_touch_loose(engine *e, state *s, const ir_insn *insn, own_val v, const char *what);

/* ---- element.c ---- */
/* Whether the instruction being executed loads from the array of a container that keeps what it holds; which one, or 0. */
bool own_is_element(engine *e, const state *s, const ir_insn *load, own_val *container);

/* ---- call.c, format.c ---- */
void own_call(engine *e, state *s, const ir_insn *insn); /* consumes s; pushes what follows onto e->next */
/* How a call with a format ends: it fails, fills every variable, or leaves those of optional arguments as they were. ASK
 * changes nothing and says whether the last differs: a variable that would stay NULL. */
typedef enum { FORMAT_FAILS, FORMAT_FILLS, FORMAT_LEAST, FORMAT_ASK } format_way;
bool own_format(engine *e, state *s, const ir_insn *insn, const contract_fn *fn, format_way way);
/* Of a function pointer that was loaded from a struct's member: what the contracts say of that member, or NULL. */
const contract_fn *own_through_field(const ir_unit *unit, const contract_set *contracts, const ir_insn *load);
const contract_fn *own_callee(engine *e, const state *s, const ir_insn *insn, const char **name,
                              const ir_decl **decl);

/* ---- exit.c, conclude.c, report.c ---- */
bool own_promises_new(const engine *e); /* by annotation or by its place in a table */
void own_conclude(engine *e); /* what all exits together show */
void own_exit(engine *e, state *s, const ir_insn *insn);
defect *own_defect(engine *e, const state *s, const char *check, const ir_insn *at, own_val v);
void own_report(engine *e);
bool own_wants(const own_options *options, const char *check);
diag_place own_place(const ir_unit *unit, const ir_span *span); /* the path stays the unit's */
/* A function by the macro that the source calls it by, when that is part of its name: PyArg_ParseTuple. */
const char *own_written(const ir_insn *call, const char *name);
const char *own_describe(engine *e, own_val v); /* "result of f", "argument 'x'" */
const char *own_text(engine *e, const char *format, ...) PRINTF_LIKE(2, 3);

/* Whether argument i is where the caller looks for an error when the function fails: T **, and T is of the kind. */
bool own_is_error_out(const engine *e, size_t i);

/* ---- explain.c: in the words of the source ---- */
const char *own_place_text(engine *e, const ir_place *place, int depth); /* "self->items[i]", or NULL */
const char *own_branch_text(engine *e, const ir_insn *br, bool truth);   /* "'item' is NULL"          */
const char *own_case_text(engine *e, const ir_insn *chosen, size_t i);

/* ---- mend.c ---- */
void own_propose(engine *e, diag *out, const defect *d); /* edits, not verified yet, for the plain cases */

/* ---- solve.c ---- */
void own_solve(engine *e);
void own_engine_init(engine *e);
void own_engine_fini(engine *e);

/* ---- summary.c ---- */
summaries *own_summaries_new(void);
void own_summaries_free(summaries *s);
arena *own_summary_arena(summaries *s); /* lives as long as the unit is analysed */
const contract_fn *own_summary_find(const summaries *s, const char *name);
/* A summary of another process or unit, by options->summary; NULL: there is none. */
const contract_fn *own_summary_elsewhere(summaries *s, const own_options *options, const char *name);
/* What is said of a function before its body was looked at: that it never returns, or nothing at all. */
extern const contract_fn own_summary_marks[];
#define SUMMARY_NEVER (&own_summary_marks[0])
#define SUMMARY_NONE  (&own_summary_marks[1])
void own_summary_set(summaries *s, const char *name, const contract_fn *fn);
void own_summarise(engine *e); /* from the exits, for the function just solved */

/* ---- likely.c: how sure a finding is, by how likely its path is ---- */
/* Whether this step needs memory to have run out. */
bool own_is_rare(const engine *e, const ir_insn *insn, trace_kind kind, own_val v);
/* Whether the function just solved fails only there. */
bool own_fails_rarely(const engine *e);
/* From here on the path is rare when `call`, which always fails, says so (it reports that memory has run out). */
void own_fail_rarely(engine *e, state *s, const ir_insn *call);
confidence own_weigh(engine *e, const defect *d);

/* ---- writes.c: what a call of a body may write ---- */
writes *own_writes_new(const ir_unit *unit, const contract_set *contracts);
void own_writes_free(writes *w);
bool own_writes_know(const writes *w, ir_decl_id callee);
/* Whether a body of this unit writes the field, itself or through others here. */
bool own_writes_field(const writes *w, ir_decl_id callee, ir_record_id record, uint32_t field);
bool own_writes_spare(const engine *e, ir_decl_id callee, own_slot at);

/* ---- drops.c: fields that own what they refer to, by what the unit releases ---- */
/* habits: of an earlier look at all bodies, or NULL. */
drops *own_drops_new(const ir_unit *unit, const contract_set *contracts, const char *habits);
void own_drops_free(drops *d);
void own_drops_write(const drops *d, strbuf *out);
bool own_drops(const engine *e, own_slot at);
bool own_is_borrowed(const engine *e, const fact *f, own_val v); /* somebody else's for certain; f may be NULL */
void own_check_stored(engine *e, state *s, own_val returned); /* at an exit that succeeds */
/* A store into the field `at`, before it happens: of a function that may be called again on the same object. */
void own_check_again(engine *e, state *s, const ir_insn *insn, own_slot at, own_val v);

/* One function that fails without releasing what it was given has one finding, not one a caller: whether a leak behind the
 * failure of `callee` is the first in the unit; own_tell_causes adds the number of the others to the first. */
bool own_first_of_cause(summaries *s, const char *callee, size_t finding);
void own_tell_causes(const summaries *s, own_result *out);

/* ---- wire.c: a summary as text ---- */
void own_summary_write(const contract_fn *fn, const char *file, strbuf *out);
const contract_fn *own_summary_read(arena *a, const char *name,
                                    const char *text); /* NULL: it tells nothing */

/* ---- role.c: what a function must do because of the table it stands in ---- */
typedef struct roles roles;
roles *own_roles_new(const ir_unit *unit, const contract_set *contracts);
void own_roles_free(roles *r);
const contract_fn *own_role_find(const roles *r, ir_decl_id function);

/* ---- family.c: functions that nobody describes ---- */
enum { /* what the unit tells of one of its functions; of those that are defined elsewhere the first two alone */
    SEEN_RELEASED = 1, /* callers release its result */
    SEEN_RETAINED = 2,
    SEEN_SETS_UP = 4,
    SEEN_FILLS = 8
};
/* habits: of an earlier look at all bodies, or NULL. */
families *own_families_new(const ir_unit *unit, const contract_set *contracts, const char *habits);
/* Whether a function may have a body in another unit of the project. */
bool own_may_be_elsewhere(const ir_unit *unit, const ir_decl *decl);
const char *own_habits(const families *f, const drops *d, arena *a); /* for the same of the next look */
void own_families_free(families *f);
bool own_sets_up(const families *f, ir_decl_id decl);
bool own_fills_statics(const families *f, ir_decl_id decl);
/* ---- setup.c: what runs once ---- */
void own_find_setups(const ir_unit *unit, const contract_set *contracts, uint8_t *seen);
const contract_fn *own_family_find(const engine *e, families *f, arena *a,
                                   ir_decl_id id); /* made in `a`, or NULL */

/* Counted fields of a record into which some function of the unit puts a reference that it made or retained: bits. */
uint64_t own_owned_fields(const ir_unit *unit, const contract_set *contracts, ir_record_id record);

/* ---- type.c ---- */
void own_check_types(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                     ir_func *const *by_decl, own_result *out);

/* ---- automatic.c ---- */
void own_check_automatic(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                         const ir_func *func, own_result *out);
void own_check_members(const ir_unit *unit, const own_options *options, own_result *out);

/* ---- argument.c ---- */
void own_check_formats(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                       own_result *out);

/* ---- method.c ---- */
void own_check_methods(const ir_unit *unit, const own_options *options, own_result *out);

/* ---- cost.c ---- */
void own_check_cost(const ir_unit *unit, const contract_set *contracts, const families *families,
                    const own_options *options, own_result *out);

/* ---- class.c, cycle.c ---- */
void own_report_cycles(const own_options *options, own_result *out);

/* facts.c: after the functions' rows and the class graph are there */
void own_facts(const ir_unit *unit, const contract_set *contracts, own_result *out);

#endif
