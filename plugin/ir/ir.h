/* SPDX-License-Identifier: MIT
 *
 * The IR: a translation unit lowered once, for two readers. The linter follows its blocks; the rewriter needs, beside
 * them, where each thing stands in the source. It is three-address code over *places* (variables and what they reach)
 * and *temporaries* (values, each defined once but for `copy`); doc.md describes the printed form.
 *
 * A unit and all that hangs on it live in the unit's arena: ir_unit_free frees everything. A unit is built by one
 * thread and read-only afterwards. Ids are indices into the unit's or the function's tables; 0 is "none" in each.
 */
#ifndef RECOUNT_IR_H
#define RECOUNT_IR_H

#include "../support/support.h"

typedef uint32_t ir_type_id, ir_record_id, ir_decl_id, ir_local_id, ir_temp, ir_block_id, ir_stmt_id, ir_full_id;

/* ---- where things stand ------------------------------------------------------------------------------------- */
typedef struct ir_span {
    uint32_t file;       /* index into unit->files; 0: no place                                                 */
    uint32_t begin, end; /* byte offsets in that file, [begin, end)                                             */
    uint32_t line, column, end_line, end_column;
    bool macro;          /* comes out of a macro body: the range is the expansion's, and may not be edited inside */
} ir_span;

typedef struct ir_file {
    const char *path;
    bool main;    /* the translation unit's own source file */
    bool system;  /* a system header; known of files that anything was lowered from */
} ir_file;

/* Annotations are the strings behind "rc:" (recount_annotations.h), such as "steals" or "counted_by:n"; native attributes
 * that mean the same are stored under the same names. */
typedef struct ir_annots {
    const char **at;
    size_t n;
} ir_annots;
bool ir_annotated(const ir_annots *a, const char *name);           /* exactly `name`                              */
const char *ir_annot_arg(const ir_annots *a, const char *name);    /* what follows "name:", or NULL               */

/* ---- types ----------------------------------------------------------------------------------------------------- */
typedef enum {
    IR_VOID, IR_BOOL, IR_INT, IR_FLOAT, IR_POINTER, IR_ARRAY, IR_RECORD, IR_FUNCTION, IR_OTHER /* complex, vector … */
} ir_type_kind;

typedef struct ir_type {
    ir_type_kind kind;
    bool is_signed, is_const, is_volatile, is_atomic;
    bool is_vla;            /* array whose length is not constant */
    bool variadic;          /* function */
    bool prototyped;        /* function; false: f()  */
    uint64_t size;          /* bytes; 0 when unknown or incomplete */
    uint64_t length;        /* array: elements; 0 for a flexible or variable one */
    ir_type_id of;          /* pointer: pointee; array: element; function: result */
    ir_record_id record;    /* record */
    ir_type_id *params;     /* function */
    ir_annots *param_annots;/* function: of a type that carries annotations; else NULL */
    size_t param_count;
    ir_annots annots;       /* annotations that a typedef carried; function: those of its result too */
    const char *spelling;   /* C spelling without qualifiers of the outermost level, for messages and emitted code */
} ir_type;

typedef struct ir_field {
    const char *name;       /* "" for an anonymous member */
    ir_type_id type;
    uint64_t bit_offset;
    bool bitfield;
    ir_annots annots;
    ir_span span;           /* its declarator */
} ir_field;

typedef struct ir_record {
    const char *name;       /* tag, or the typedef's name for an untagged one, or "" */
    const char *spelling;   /* as C names it: "struct Node", "Node" */
    const char *usr;
    bool is_union, complete;
    uint64_t size;
    ir_field *fields;
    size_t field_count;
    ir_annots annots;
    ir_span span;           /* of the definition; of the first declaration when incomplete */
} ir_record;

/* ---- declarations at file level ------------------------------------------------------------------------------------ */
typedef enum { IR_DECL_FUNCTION, IR_DECL_GLOBAL } ir_decl_kind;
typedef enum { IR_LINK_EXTERN, IR_LINK_STATIC } ir_linkage;

typedef struct ir_param {
    const char *name;       /* "" when unnamed */
    ir_type_id type;
    ir_annots annots;
    ir_span span;
} ir_param;

typedef struct ir_decl {
    ir_decl_kind kind;
    const char *name;       /* a static local is a global named "function.name" (source_name tells its name) */
    const char *source_name;
    const char *usr;
    ir_type_id type;        /* function: its function type */
    ir_linkage linkage;
    bool is_inline, noreturn, defined;
    bool is_static_local;
    ir_param *params;       /* function: as declared; annotations of all redeclarations merged */
    size_t param_count;
    ir_annots annots;       /* of the declaration; for a function those of its result too */
    ir_span span;           /* the whole declaration; of the definition when there is one */
    ir_span name_span;
    struct ir_init *init;   /* global: its initialiser, or NULL */
} ir_decl;

/* ---- operands and places ------------------------------------------------------------------------------------------------ */
typedef enum { IR_NONE, IR_TEMP, IR_INTEGER, IR_REAL, IR_STRING, IR_NULL, IR_NAME /* a function's address */ } ir_opnd_kind;
typedef struct ir_opnd {
    ir_opnd_kind kind;
    union {
        ir_temp temp;
        int64_t integer;
        const char *text;  /* REAL: as spelled; STRING: the bytes, unescaped, NUL-terminated */
        ir_decl_id name;
    };
} ir_opnd;

typedef enum { IR_BASE_NONE, IR_BASE_LOCAL, IR_BASE_GLOBAL, IR_BASE_MEMORY /* what a temporary points at */ } ir_base_kind;
typedef struct ir_step {   /* one step from a base towards a part of it */
    enum { IR_STEP_FIELD, IR_STEP_INDEX } kind;
    ir_record_id record;   /* FIELD */
    uint32_t field;        /* FIELD: index into the record's fields */
    ir_opnd index;         /* INDEX */
} ir_step;
typedef struct ir_place {
    ir_base_kind base;
    uint32_t id;           /* local, decl or temp */
    ir_step *steps;
    size_t step_count;
} ir_place;

/* What a global is initialised with: method tables, type objects. Elements that the source leaves out are absent. */
typedef struct ir_init {
    ir_type_id type;
    ir_span span;
    bool is_list;
    ir_opnd value;             /* scalar: a constant, a function's name, or ... */
    ir_place place;            /* ... the address of this place (base NONE when not an address) */
    struct ir_init_item { uint32_t index; /* field or element */ struct ir_init *init; } *items;
    size_t item_count;
} ir_init;

/* ---- instructions ------------------------------------------------------------------------------------------------------ */
typedef enum {
#define OP(name, result, place, operands, terminator) IR_OP_##name,
#include "ops.def"
#undef OP
    IR_OP_COUNT
} ir_op;

typedef struct ir_op_info {
    const char *name;
    bool result, place, terminator;
    unsigned operands;
} ir_op_info;
extern const ir_op_info ir_ops[IR_OP_COUNT];

typedef enum {   /* un and bin; also what br, jump and store came from */
    IR_SUB_NONE,
    IR_NEG, IR_BITNOT, IR_NOT,
    IR_ADD, IR_SUBTRACT, IR_MUL, IR_DIV, IR_REM, IR_SHL, IR_SHR, IR_BITAND, IR_BITOR, IR_BITXOR,
    IR_EQ, IR_NE, IR_LT, IR_LE, IR_GT, IR_GE,
    /* br: the construct that tests; the CFG comparison matches them with clang's terminators */
    IR_BR_IF, IR_BR_WHILE, IR_BR_DO, IR_BR_FOR, IR_BR_AND, IR_BR_OR, IR_BR_COND,
    /* jump; a branch on a constant is a jump with its IR_BR_ */
    IR_JUMP_FALL, IR_JUMP_BREAK, IR_JUMP_CONTINUE, IR_JUMP_GOTO, IR_JUMP_BACK /* a loop's closing edge */,
    /* store */
    IR_STORE_ASSIGN, IR_STORE_COMPOUND /* += ++ */, IR_STORE_INIT,
    IR_SUB_COUNT
} ir_sub;
extern const char *const ir_sub_names[IR_SUB_COUNT];

typedef struct ir_case { int64_t low, high; } ir_case;

typedef struct ir_insn {
    ir_op op;
    ir_sub sub;
    bool implicit;           /* cast: written by nobody */
    bool postfix;            /* store of x++ and x--: the expression's value is the old one */
    ir_temp dst;             /* 0: none */
    ir_type_id type;         /* of dst; of the place for decl, store, zero, end; of the value for ret */
    ir_opnd a, b;
    ir_place place;
    ir_opnd *args;           /* call, asm */
    ir_span *arg_spans;      /* call: each argument's expression, without its comma */
    size_t arg_count;
    ir_span span;            /* the whole expression: the call, the assignment, the lvalue that is loaded */
    ir_span a_span;          /* store: the right side; ret: the value; br, switch: the condition; call: the callee;
                              * copy: the branch's expression */
    ir_span place_span;      /* store: the left side */
    const char *macro;       /* the outermost macro whose expansion it came out of, or NULL */
    const char *inner_macro; /* the innermost one (RC_INCREF inside PROJECT_KEEP), or NULL */
    const char *text;        /* unknown: why; asm: its template */
    ir_stmt_id stmt;         /* the statement that it is part of; for `end`: the jump, or the scope that is left */
    ir_full_id full;         /* the full expression that it is part of; 0: none */
    ir_case *cases;          /* switch */
    size_t case_count;
    ir_block_id *succ;       /* terminators: br true, false; switch: one a case, then the default */
    size_t succ_count;
} ir_insn;

/* ---- the source's own structure, beside the blocks ---------------------------------------------------------------------- */
typedef enum {
    IR_STMT_NONE, IR_STMT_COMPOUND, IR_STMT_EXPR, IR_STMT_DECL, IR_STMT_IF, IR_STMT_WHILE, IR_STMT_DO, IR_STMT_FOR,
    IR_STMT_SWITCH, IR_STMT_CASE, IR_STMT_DEFAULT, IR_STMT_LABEL, IR_STMT_GOTO, IR_STMT_BREAK, IR_STMT_CONTINUE,
    IR_STMT_RETURN, IR_STMT_NULL, IR_STMT_ASM, IR_STMT_KIND_COUNT
} ir_stmt_kind;

typedef struct ir_stmt {
    ir_stmt_kind kind;
    ir_stmt_id parent;    /* 0: the function's body */
    bool bare;            /* the body of an if, else, loop, switch or label that has no braces of its own */
    bool stmt_expr;       /* COMPOUND: the body of a statement expression */
    ir_span span;         /* with its semicolon or braces */
    ir_full_id in_full;   /* COMPOUND of a statement expression: the full expression around it */
    const char *label;    /* LABEL, GOTO */
} ir_stmt;

typedef enum {
    IR_FULL_NONE, IR_FULL_EXPR, IR_FULL_INIT, IR_FULL_RETURN, IR_FULL_IF, IR_FULL_WHILE, IR_FULL_DO, IR_FULL_FOR_INIT,
    IR_FULL_FOR_COND, IR_FULL_FOR_STEP, IR_FULL_SWITCH, IR_FULL_VLA, IR_FULL_KIND_COUNT
} ir_full_kind;

typedef struct ir_full {   /* a full expression: temporaries that nothing takes die at its end */
    ir_full_kind kind;
    ir_stmt_id stmt;
    ir_span span;
    ir_local_id local;     /* INIT: the variable */
} ir_full;

typedef struct ir_local {
    const char *name;      /* as in the source; "" for a compound literal */
    ir_type_id type;
    bool is_param, is_literal;
    uint32_t param;        /* its index */
    ir_annots annots;
    ir_stmt_id scope;      /* the block that ends its lifetime: a COMPOUND, a FOR, for literals any construct
                            * or its bare body; 0: the function (parameters) */
    ir_stmt_id stmt;       /* the DECL statement */
    ir_span span;          /* the declarator with its initialiser */
    ir_span name_span, init_span;
    bool address_taken;
} ir_local;

typedef struct ir_block {
    ir_insn *insns;
    size_t n;
    const char *label;     /* a source label that begins here, or NULL */
    bool address_taken;    /* &&label */
} ir_block;

typedef struct ir_func {
    ir_decl_id decl;
    ir_span span, body;    /* body: from { to } */
    ir_block *blocks;      /* blocks[0] is unused; blocks[1] is the entry */
    size_t block_count;
    ir_local *locals;      /* [0] unused; parameters first */
    size_t local_count;
    ir_type_id *temp_types;/* [0] unused */
    size_t temp_count;
    ir_stmt *stmts;        /* [0] unused; stmts[1] is the body */
    size_t stmt_count;
    ir_full *fulls;        /* [0] unused */
    size_t full_count;
    const char *tainted;   /* why the body may not be trusted (a compile error inside, a shape that did not add up), or NULL */
    ir_span tainted_at;
    size_t unknowns;       /* UNKNOWN events inside */
    bool setjmp, computed_goto, has_asm;
} ir_func;

/* ---- a translation unit ---------------------------------------------------------------------------------------------------- */
typedef struct ir_typedef {
    const char *name;
    ir_type_id type;
    ir_annots annots;
} ir_typedef;

typedef struct ir_fact {   /* RC_OBJECT_TYPE, RC_EMBEDS: "object_type:PyObject:Py_INCREF:Py_DECREF" */
    const char *text;
    ir_span span;
} ir_fact;

/* The use of a macro in a file whose bodies were lowered (the main one, on demand headers outside the system's); not
 * those inside the arguments of another use. */
typedef struct ir_expansion {
    uint32_t file, begin, end; /* with its arguments */
    const char *name;
    ir_span definition;        /* from the name to the end of the replacement */
    bool function_like;
    bool stringizes;           /* the replacement has a # or ## */
} ir_expansion;

typedef struct ir_unit {
    arena arena;
    const char *path;      /* the main file, as given */
    VEC(ir_file) files;    /* [0] unused */
    VEC(ir_type) types;    /* [0] unused */
    VEC(ir_record) records;
    VEC(ir_typedef) typedefs;   /* from 0 */
    VEC(ir_decl) decls;
    VEC(ir_func *) funcs;  /* from 0; those with a body that was lowered */
    VEC(ir_fact) facts;    /* from 0 */
    VEC(ir_expansion) expansions;   /* from 0; by file, then begin */
    const char *source;    /* the main file's bytes; NULL when read from IR text */
    size_t source_size;
    char *image;           /* of a unit that came out of one: its bytes, which it owns */
    struct { map types, decls; } names;   /* private to ir/ */
} ir_unit;

ir_unit *ir_unit_new(const char *path);
void ir_unit_free(ir_unit *unit);

/* Interning constructors: equal types get equal ids. */
ir_type_id ir_type_intern(ir_unit *unit, const ir_type *type);
const ir_type *ir_type_of(const ir_unit *unit, ir_type_id id);
ir_type_id ir_place_type(const ir_unit *unit, const ir_func *func, const ir_place *place);   /* 0: unknown */
bool ir_type_is_pointer_to_record(const ir_unit *unit, ir_type_id id, ir_record_id *record);   /* one level, for `T *` */
/* Appends a declaration; its name must not be in the unit yet (look first: redeclarations merge). */
/* The temporary that an operand is; 0: none. */
static inline ir_temp ir_temp_of(const ir_opnd *o)
{
    return o->kind == IR_TEMP ? o->temp : 0;
}
static inline bool ir_is_null_constant(ir_opnd o)
{
    return o.kind == IR_NULL || (o.kind == IR_INTEGER && o.integer == 0);
}
/* Whether the place is all of that variable. */
static inline bool ir_is_local(const ir_place *place, ir_local_id local)
{
    return place->base == IR_BASE_LOCAL && place->id == local && !place->step_count;
}
static inline bool ir_span_within(ir_span inner, ir_span outer)
{
    return inner.file == outer.file && inner.begin >= outer.begin && inner.end <= outer.end;
}
static inline bool ir_span_same(ir_span a, ir_span b)
{
    return a.file == b.file && a.begin == b.begin && a.end == b.end;
}
const ir_step *ir_last_field(const ir_place *place);                    /* NULL: it names no member */
bool ir_in_system_header(const ir_unit *unit, const ir_span *span);

ir_decl_id ir_decl_add(ir_unit *unit, const ir_decl *decl);
ir_decl_id ir_decl_find(const ir_unit *unit, const char *name);       /* 0: none */
ir_record_id ir_record_find(const ir_unit *unit, const char *name);   /* by tag or typedef name; 0: none */

/* ---- building a function ------------------------------------------------------------------------------------------------------ */
typedef struct ir_builder ir_builder;
ir_builder *ir_builder_new(ir_unit *unit, ir_decl_id decl);
ir_local_id ir_build_local(ir_builder *b, const ir_local *local);
ir_stmt_id ir_build_stmt(ir_builder *b, const ir_stmt *stmt);
ir_full_id ir_build_full(ir_builder *b, const ir_full *full);
ir_temp ir_build_temp(ir_builder *b, ir_type_id type);
ir_block_id ir_build_block(ir_builder *b);                            /* new and empty; not yet current                */
void ir_build_label(ir_builder *b, ir_block_id block, const char *label, bool address_taken);
void ir_build_at(ir_builder *b, ir_block_id block);                   /* later instructions go there                    */
ir_block_id ir_build_current(const ir_builder *b);                    /* 0 when the last instruction was a terminator   */
ir_insn *ir_build_insn(ir_builder *b, const ir_insn *insn);           /* copies; valid until the next. After a terminator the
                                                                       * current block is a new unreachable one on demand */
ir_func *ir_builder_func(ir_builder *b);                              /* the function under construction: flags may be set, tables read */
/* Drops unreachable empty blocks, numbers blocks in order of creation, appends the function to the unit, frees the builder. */
ir_func *ir_builder_finish(ir_builder *b);
void ir_builder_abandon(ir_builder *b);

/* ---- reading, printing, checking ------------------------------------------------------------------------------------------------ */
void ir_print_unit(const ir_unit *unit, strbuf *out);
void ir_print_func(const ir_unit *unit, const ir_func *func, strbuf *out);
void ir_print_insn(const ir_unit *unit, const ir_func *func, const ir_insn *insn, strbuf *out);
void ir_print_place(const ir_unit *unit, const ir_func *func, const ir_place *place, strbuf *out);
void ir_print_type(const ir_unit *unit, ir_type_id type, strbuf *out);
/* Reads the printed form. NULL on bad text, with one message "line N: cause" in *error (owned by the caller). */
ir_unit *ir_read(const char *path, const char *text, size_t n, char **error);
/* A unit as bytes for another process of this program, with the bodies that are wanted. ir_image_read takes what
 * ir_image_write appended, on the heap and at its beginning; the unit owns it. NULL, and the bytes freed, when it is none. */
void ir_image_write(const ir_unit *unit, bool (*wanted)(const ir_func *func, void *arg), void *arg, strbuf *out);
ir_unit *ir_image_read(char *image, size_t n);
/* Every invariant that the readers of the IR rely on. true when it holds; else one message in *error (owned by the caller). */
bool ir_verify(const ir_unit *unit, const ir_func *func, char **error);

/* Predecessor lists and a reverse postorder from the entry; ir_cfg_fini frees. */
typedef struct ir_cfg {
    ir_block_id *rpo;
    size_t rpo_count;
    ir_block_id **preds;   /* indexed by block; preds[b][0 .. pred_counts[b]) */
    size_t *pred_counts;
    ir_block_id *storage;
} ir_cfg;
void ir_cfg_init(ir_cfg *cfg, const ir_func *func);
void ir_cfg_fini(ir_cfg *cfg);

#endif
