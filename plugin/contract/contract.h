/* SPDX-License-Identifier: MIT
 *
 * contract: what a callee does to references, from the annotations on prototypes: the user's own code,
 * contract files and the shipped packs, all lowered to ir_units by ast and read here by one reader.
 *
 * A set owns its tables (contract_set_free); the units that it was read from may be freed afterwards. A set
 * that was opened over another one borrows that one, which must not change meanwhile.
 */
#ifndef RECOUNT_CONTRACT_H
#define RECOUNT_CONTRACT_H

#include "../ir/ir.h"

typedef enum {
    CONTRACT_UNKNOWN,  /* nothing is said: may keep, drop or ignore                                */
    CONTRACT_BORROWED, /* the caller's reference is untouched                                      */
    CONTRACT_STEALS,   /* takes the caller's reference, also on failure                            */
    CONTRACT_STEALS_ON_SUCCESS,
    CONTRACT_RETAINS, /* adds one reference to the caller's                                       */
    CONTRACT_RETAINS_ON_SUCCESS,
    CONTRACT_RELEASES, /* drops one reference of the caller's                                      */
    CONTRACT_RELEASES_ON_FAILURE,
    CONTRACT_OUT_NEW,      /* T **: a new reference or NULL on return                                  */
    CONTRACT_OUT_BORROWED, /* T **: a borrowed reference or NULL on return                             */
    CONTRACT_INOUT         /* T **: the reference in it is taken, a new one or NULL stands there after */
} contract_effect;

typedef enum {
    CONTRACT_RESULT_UNKNOWN,
    CONTRACT_RESULT_NONE, /* no reference: a number, void                                             */
    CONTRACT_RESULT_NEW,
    CONTRACT_RESULT_BORROWED,
    CONTRACT_RESULT_BORROWED_FROM, /* valid while argument result_arg holds it */
    CONTRACT_RESULT_ARG /* the same reference as argument result_arg                                */
} contract_result;

typedef enum {
    CONTRACT_TRUST_DEFAULT,
    CONTRACT_TRUST_INFERRED,
    CONTRACT_TRUST_IMPORTED,
    CONTRACT_TRUST_PACK,
    CONTRACT_TRUST_FILE,
    CONTRACT_TRUST_SOURCE
} contract_trust;

/* The results that mean failure. */
typedef enum {
    CONTRACT_FAILS_USUAL, /* NULL, or a negative number                                               */
    CONTRACT_FAILS_ZERO,
    CONTRACT_FAILS_NONZERO,
    CONTRACT_FAILS_ALWAYS,
    CONTRACT_FAILS_NEVER
} contract_failure;

typedef struct contract_param {
    contract_effect effect;
    bool nullable, nonnull;
    bool object;   /* its type is a pointer to a counted object, as far as the contract's unit knows */
    bool keeps;    /* the callee may keep a reference of its own: the object outlives the caller's   */
    bool variable; /* its type is T **: effects are on what the variable holds */
    bool pointer;
    bool drops;     /* a container: the call may release what it holds */
    bool sinks;     /* takes over a floating reference, for the caller when the result is this argument */
    bool raises;    /* T **out: the error itself, set when the call fails and untouched otherwise */
    bool looked_at; /* a body that succeeds only when it is not NULL */
    const char *name;
} contract_param;

typedef struct contract_fn {
    const char *name;
    contract_result result;
    int result_arg;         /* BORROWED_FROM, ARG: index of the parameter, from 0                       */
    bool nullable, nonnull; /* the result                                                               */
    bool raises, calls_out, noreturn, no_effect, variadic;
    bool tells_error;   /* the result is not zero exactly when the error indicator is set */
    bool clears_error;  /* no error is set afterwards */
    bool may_miss;      /* NULL may mean that there is nothing, with the error indicator as it was */
    bool repeats;       /* may be called again on an object that it was called on before */
    bool sets_up;       /* is called once, while a module or program comes up */
    bool floating;      /* the new reference is the first's who sinks it, and the caller's meanwhile */
    bool kept;          /* the result is held elsewhere as well: it outlives the caller's reference */
    bool acyclic;       /* the result refers to nothing that a cycle could lead through */
    bool finds;         /* a body that answers 1 when it filled its out-arguments, and 0 when not */
    bool fails_rarely; /* a body that fails only where memory has run out */
    bool succeeds_zero; /* a body that returns a negative number when it fails, and else 0 */
    contract_failure failure;
    const char *fails;       /* RC_FAILS as written, or NULL                                             */
    const char *noreturn_on; /* or NULL                                                                  */
    const char *format_kind; /* or NULL                                                                  */
    int format_arg;          /* from 0                                                                   */
    bool dialect;            /* by the dialect's rules: every counted field has a reference of its own */
    contract_param *params;
    size_t param_count;
    contract_trust trust;
    const char *source; /* "cpython.h:120": for notes                                               */
} contract_fn;

typedef struct contract_object { /* RC_OBJECT_TYPE */
    const char *type, *incref, *decref;
} contract_object;

typedef enum {
    CONTRACT_FIELD_NONE,
    CONTRACT_FIELD_STRONG,
    CONTRACT_FIELD_WEAK,
    CONTRACT_FIELD_UNOWNED
} contract_ownership;

typedef struct contract_field { /* a member of a struct that a contract describes */
    contract_ownership ownership;
    const contract_fn
        *fn; /* a function pointer with effects: what may be stored there, what a call of it does */
} contract_field;

typedef struct contract_set contract_set;
contract_set *contract_set_new(void);
/* A set whose misses are looked up in `base` (borrowed, may be NULL). */
contract_set *contract_set_over(const contract_set *base);
void contract_set_free(contract_set *set);
/* Adds every annotated declaration and fact of `unit`; a higher trust replaces a lower one, an equal one the
 * earlier. */
void contract_add_unit(contract_set *set, const ir_unit *unit, contract_trust trust);
/* NULL: nothing is known. */
const contract_fn *contract_find(const contract_set *set, const char *function);
/* Whether RC_KIND names the function so. */
bool contract_is_kind(const contract_set *set, const char *kind, const char *function);
/* The domain of memory that a function hands out, and those that it takes back, between blanks (RC_ALLOCATOR); or NULL. */
const char *contract_allocates(const contract_set *set, const char *function);
const char *contract_frees(const contract_set *set, const char *function);
/* Prototypes that stand for every function of their shape (RC_ROLE): same kinds of parameters and result, and the first
 * parameter of the same name. Such a function is known by the users that call it through a pointer, wherever its table
 * stands. The i-th, or NULL behind the last. */
const contract_fn *contract_role(const contract_set *set, size_t i);
/* What a contract says of the member `field` of the struct with tag or name `record`; NULL: nothing. */
const contract_field *contract_find_field(const contract_set *set, const char *record, const char *field);
/* Effects that a function type carries by itself (parameter annotations, an annotated typedef); the caller's
 * arena holds the result. NULL when the type says nothing. */
const contract_fn *contract_of_type(arena *a, const ir_unit *unit, ir_type_id function_type);
/* Whether a pointer to this record is counted, and by what: looks through first members. NULL: not counted.
 */
const contract_object *contract_object_of(const contract_set *set, const ir_unit *unit, ir_record_id record);
/* The same of what a type points to. */
const contract_object *contract_object_at(const contract_set *set, const ir_unit *unit, ir_type_id pointer);
/* The member by which `record` is counted when it is not the first (RC_EMBEDS), or NULL. */
const char *contract_embeds(const contract_set *set, const ir_unit *unit, ir_record_id record);

/* ---- importers: the text of a contract header, appended to `out` -------------------------------------------------- */
/* From GObject Introspection files. 0, or -1 with one line in *error (owned by the caller). */
int contract_import_gir(const char *const *paths, size_t n, strbuf *out, char **error);
/* From CPython's refcounts.dat, the same way. */
int contract_import_refcounts(const char *path, strbuf *out, char **error);

/* ---- a contract beside the headers that it speaks of ---------------------------------------------------------------- */
/* What RC_DESCRIBES names ("Python.h marshal.h"), or NULL. */
const char *contract_describes(const ir_unit *contract);
/* Appends C text that includes `headers` (names between blanks) and asks for the type of each function of the contract's
 * own file; its unit is what contract_check compares with. A header that lacks one makes an error there, behind the lines
 * that include, whose number is the result. */
unsigned contract_probe(const ir_unit *contract, const char *headers, strbuf *out);
/* Adds a finding (contract-mismatch) for each prototype of the contract's own file that disagrees with the header's, each
 * function that the header lacks (a macro of that name will do), and each annotation that is unknown, misplaced or
 * contradicts another. `probe` NULL: the annotations alone. */
void contract_check(const ir_unit *contract, const ir_unit *probe, diag_list *out);

#endif
