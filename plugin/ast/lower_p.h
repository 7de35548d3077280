/* SPDX-License-Identifier: MIT
 *
 * What the files of ast/ share: the state of lowering one translation unit. A `lower` lives as long as
 * ast_parse runs; what it builds lives in the unit's arena, its own tables on the heap until lower_fini.
 *
 * Cursors do not tell casts apart, print `for` without its missing parts and hide what macros did; the
 * comments at each function say what is recovered and how.
 */
#ifndef RECOUNT_AST_LOWER_P_H
#define RECOUNT_AST_LOWER_P_H

#include <clang-c/Index.h>
#include <string.h>

#include "ast.h"

static inline bool is_null(CXCursor cursor)
{
    return cursor.kind == CXCursor_InvalidFile;
}

/* ---- cursors as keys ----------------------------------------------------------------------- */
typedef struct cursor_slot {
    CXCursor cursor;
    uint32_t value; /* 0: empty */
} cursor_slot;
typedef struct cursor_map {
    cursor_slot *slots;
    size_t n, cap;
} cursor_map;
uint32_t cursor_map_get(const cursor_map *map, CXCursor cursor); /* 0: absent */
void cursor_map_set(cursor_map *map, CXCursor cursor, uint32_t value);
void cursor_map_fini(cursor_map *map);

/* ---- places in files ----------------------------------------------------------------------- */
typedef struct source_file {
    CXFile handle;
    bool read, flagged; /* text and size, main and system are known */
    bool main, system;
    bool source;      /* a .c file: what is included so belongs to no other unit */
    const char *text; /* libclang's buffer */
    size_t size;
    uint32_t id; /* in unit->files, once anything stands there */
} source_file;

typedef struct cursor_place { /* where a cursor stands; files are indices into lower.files */
    CXCursor cursor;
    bool used, written; /* written: its first token stands in the file itself */
    uint32_t source, spelt;
    unsigned begin, end, spelt_begin, line, column, end_line, end_column;
    CXSourceLocation start, finish;
} cursor_place;

enum { PLACES = 1024, HANDLES = 1024, NAMES = 1024 }; /* slots of caches; powers of two */

typedef struct macro_use { /* an expansion written in a file (an index into lower.files); they nest */
    uint32_t file, begin, end, parent; /* parent: index + 1 */
    const char *name;
    CXCursor cursor;
} macro_use;

/* ---- one node of the scopes' tree
 * ---------------------------------------------------------------------------------- A position in a function
 * is the chain of locals declared before it in the blocks around it. Nodes are never changed once made, so a
 * jump's source and target keep theirs, and what ends on the way is found by climbing. */
typedef struct scope {
    struct scope *up;
    unsigned depth;
    ir_local_id local;  /* 0: the opening of a block */
    ir_stmt_id stmt;    /* opening: the block */
    ir_decl_id cleanup; /* local: the function of its cleanup attribute, or 0 */
} scope;

typedef struct label {
    const char *name;
    CXCursor target;
    ir_block_id block;
    scope *at; /* NULL until its statement was lowered */
    bool address_taken;
} label;

typedef struct pending_goto { /* its ends are known once all labels are */
    ir_block_id block;
    size_t label;
    scope *from;
    ir_stmt_id stmt;
    ir_span span;
} pending_goto;

typedef struct pending_dispatch {
    ir_block_id block;
    ir_insn insn;
} pending_dispatch;

typedef struct loop { /* what break and continue lead to */
    struct loop *up;
    ir_block_id on_break, on_continue; /* on_continue 0: a switch */
    scope *at;
    struct switch_cases *cases;
} loop;

typedef VEC(CXSourceLocation) location_vec;
typedef struct printed { /* the function as clang prints it, made when something has to be recovered from it
                          */
    char *text;
    location_vec loops, generics;    /* in the order of the text */
    VEC(size_t) loop_at, generic_at; /* offsets in it: behind `for`, of `_Generic` */
} printed;

typedef struct function { /* the body that is being lowered */
    ir_builder *b;
    ir_decl_id decl;
    const char *name;
    CXCursor cursor;
    cursor_map locals;
    scope *scope;
    loop *loop;
    ir_stmt_id stmt;
    ir_full_id full;
    VEC(label) labels;
    VEC(pending_goto) gotos;
    VEC(pending_dispatch) dispatches;
    printed printed;
    unsigned depth;
    bool bare; /* the next statement is a body without braces */
} function;

typedef struct error_place {
    uint32_t file, offset;
} error_place;

typedef struct lower {
    ir_unit *unit;
    CXTranslationUnit tu;
    CXFile main;
    const ast_options *options;
    ast_result *result;
    VEC(error_place) error_places; /* beside result->errors */
    VEC(source_file) files;        /* [0] unused */
    VEC(uint32_t) sources;         /* beside unit->files: indices into files */
    uint32_t recent;               /* the file asked for last */
    VEC(macro_use) uses;
    cursor_map decls, records, redecls, typedefs;
    VEC(CXCursor) definitions;     /* beside unit->records: of those whose fields are still to be lowered */
    unsigned lazy, in_header;      /* lowering what a pointer leads to; the fields of a record in a header */
    cursor_map fields;             /* their numbers in their records, from 1 */
    VEC(ir_type_id) typedef_types; /* [0] unused */
    VEC(struct redecl {
        CXCursor cursor;
        uint32_t next;
    })
    redecl_list; /* index + 1; lists of one declaration's forms */
    VEC(struct type_slot {
        const void *type;
        ir_type_id id;
    })
    types;
    size_t type_count;
    VEC(CXCursor) kids; /* the file's top level first */
    size_t top_count;
    cursor_place places[PLACES];
    struct spelt_name {
        uint32_t source, offset;
        const char *name;
    } names[NAMES];
    struct handle {
        CXFile file;
        uint32_t source;
    } handles[HANDLES];
    function *fn;
} lower;

void lower_unit(lower *lw);
void lower_fini(lower *lw);

/* ---- children: a stack of cursors; kids_end releases --------------------------------------- */
typedef struct kids {
    size_t base, n;
} kids;
typedef enum {
    KIDS_ALL,
    KIDS_EXPR,
    KIDS_STMT /* statements and expressions */,
    KIDS_INIT /* and member references */
} kids_kind;
kids kids_of(lower *lw, CXCursor cursor, kids_kind kind);
void kids_end(lower *lw, kids k);
bool kids_two(lower *lw, CXCursor cursor, CXCursor *left, CXCursor *right); /* operands, if there are two */
static inline CXCursor kid(const lower *lw, kids k, size_t i)
{
    return lw->kids.at[k.base + i];
}
/* The first or last child that is an expression; a null cursor when there is none. */
CXCursor kid_first(lower *lw, CXCursor cursor);
CXCursor kid_last(lower *lw, CXCursor cursor);

/* ---- span.c -------------------------------------------------------------------------------- */
uint32_t source_index(lower *lw, CXFile file);              /* in lower.files */
const source_file *source_read(lower *lw, uint32_t source); /* with its text */
/* With main and system; `inside` is a location in it. */
const source_file *source_flags(lower *lw, uint32_t source, CXSourceLocation inside);
const cursor_place *cursor_place_of(lower *lw,
                                    CXCursor cursor); /* valid until the next cursor is asked for */
uint32_t file_id(lower *lw, CXFile file, CXSourceLocation inside); /* in unit->files */
void file_included(lower *lw, CXFile file);

ir_span span_of(lower *lw, CXCursor cursor);
ir_span span_of_name(lower *lw, CXCursor cursor);
/* From the beginning of one to the end of the other. */
ir_span span_join(ir_span a, ir_span b);
/* Extends a statement by the semicolon that ends it; a statement without one in the file comes out of a
 * macro. */
void span_semicolon(lower *lw, ir_span *span, CXCursor cursor);
void span_end_at(lower *lw, ir_span *span, uint32_t end);
const char *span_text(lower *lw, ir_span span, size_t *n);
/* ---- macro.c ------------------------------------------------------------------------------- */
void macros_index(lower *lw, CXCursor cursor);
void macros_sort(lower *lw);
void macros_record(lower *lw);
/* The innermost use that `offset` of a source is in; `inside`: not at its very beginning. */
macro_use *macro_use_at(lower *lw, uint32_t source, uint32_t offset, bool inside);
/* true when the cursor's first token is the first one of the use; `closes`: and the cursor is all that it
 * becomes. */
bool macro_opens(lower *lw, const macro_use *use, CXCursor cursor, bool closes);
/* true when the use becomes one statement without its semicolon, the cursor's. */
bool macro_is_statement(lower *lw, const macro_use *use, CXCursor cursor);
/* The names of the outermost and the innermost macro whose body the cursor's first token stands in. */
void macro_names(lower *lw, CXCursor cursor, const char **outer, const char **inner);
/* What is spelt at a cursor's first token, macro bodies included; runs to the end of its file. */
const char *spelt_at(lower *lw, CXCursor cursor, size_t *n);
bool spelt_word(lower *lw, CXCursor cursor, const char *word);
bool same_start(lower *lw, CXCursor a, CXCursor b);
size_t skip_blank(const char *text, size_t n, size_t at);
size_t skip_token(const char *text, size_t n, size_t at);
bool is_word(char c);

/* ---- strings ------------------------------------------------------------------------------- */
const char *keep_string(lower *lw, CXString s); /* in the unit's arena; disposes of it */
char *take_string(CXString s);                  /* on the heap; disposes of it */

/* ---- types and declarations ---------------------------------------------------------------- */
ir_type_id lower_type(lower *lw, CXType type);
ir_type_id lower_cursor_type(lower *lw, CXCursor cursor);
ir_record_id lower_record(lower *lw, CXCursor decl);
/* The type of what a cursor declares: function types in it carry the annotations of its parameters. */
ir_type_id lower_declared_type(lower *lw, CXCursor cursor);
ir_type_id lower_typedef(lower *lw, CXCursor cursor);
ir_decl_id lower_decl(lower *lw, CXCursor cursor);
ir_decl_id lower_static_local(lower *lw, CXCursor cursor);
ir_decl_id lower_literal_global(lower *lw, CXCursor cursor);
void lower_function_body(lower *lw, CXCursor cursor, ir_decl_id decl);
/* Adds what the cursor's attributes say. `params`, when not NULL, takes what `nonnull(1, 2)` says of
 * parameters. */
void lower_annots(lower *lw, CXCursor cursor, ir_annots *into, ir_decl *decl);
void annots_add(lower *lw, ir_annots *into, const char *text);
ir_decl_id cleanup_of(lower *lw, CXCursor var);

/* ---- initialisers -------------------------------------------------------------------------- */
/* Walks a braced list as C does, brace elision and designators resolved; `leaf` gets each element's place
 * below the object: steps[0 .. n). false: a shape that was not understood. */
typedef void (*init_leaf)(lower *lw, void *arg, const ir_step *steps, size_t n, ir_type_id type,
                          CXCursor value);
bool init_walk(lower *lw, ir_type_id type, CXCursor list, init_leaf leaf, void *arg);
ir_init *lower_init(lower *lw, ir_type_id type, CXCursor value);
/* Steps from a record to a field that may be inside anonymous members; 0: not found. */
size_t field_path(lower *lw, ir_record_id from, CXCursor field, ir_step *steps, size_t max);
enum { MAX_STEPS = 16 };

/* ---- constants ----------------------------------------------------------------------------- */
bool eval_integer(CXCursor cursor, int64_t *value);
bool literal_integer(lower *lw, CXCursor cursor, int64_t *value);
const char *literal_string(lower *lw, CXCursor cursor);
bool is_null_constant(lower *lw, CXCursor cursor);

/* ---- expressions --------------------------------------------------------------------------- */
CXCursor strip_parens(lower *lw, CXCursor cursor);
CXCursor strip_casts(lower *lw, CXCursor cursor); /* parentheses and what is not written */
bool is_lvalue(lower *lw, CXCursor cursor);
ir_opnd lower_value(lower *lw, CXCursor cursor);
void lower_effect(lower *lw, CXCursor cursor); /* its value is thrown away */
ir_place lower_place(lower *lw, CXCursor cursor);
ir_opnd lower_unexposed(lower *lw, CXCursor cursor);
ir_opnd lower_builtin(lower *lw,
                      CXCursor cursor); /* what looks like a call and is none: va_arg, offsetof, atomics */
CXCursor generic_choice(lower *lw, CXCursor cursor); /* of _Generic; a null cursor when it cannot be told */
CXCursor choose_expr(lower *lw,
                     CXCursor cursor); /* of __builtin_choose_expr; a null cursor when it is none */
bool too_deep(lower *lw);
ir_opnd lower_call(lower *lw, CXCursor cursor);
/* The operand of __builtin_expect, whose result it is; a null cursor for any other call. */
CXCursor expected_operand(lower *lw, CXCursor call);
void note_call(lower *lw, CXCursor call);
ir_opnd lower_statement_expr(lower *lw, CXCursor cursor, bool wanted);
/* A logical operator, ?: and their kin. */
ir_opnd lower_logical(lower *lw, CXCursor cursor);
ir_opnd lower_conditional(lower *lw, CXCursor cursor, bool wanted);
bool is_binary_conditional(lower *lw, CXCursor cursor);
void lower_cond(lower *lw, CXCursor cursor, ir_sub sub, CXCursor construct, ir_block_id yes, ir_block_id no);
bool is_logical(CXCursor cursor);
/* Fills a place from an initialiser. */
void lower_initialise(lower *lw, ir_place place, ir_type_id type, CXCursor value);
ir_place lower_literal(lower *lw, CXCursor cursor);

/* ---- emitting ------------------------------------------------------------------------------ */
ir_insn *emit(lower *lw, CXCursor cursor,
              const ir_insn *insn); /* adds span, macros, statement, full expression */
ir_opnd emit_value(lower *lw, CXCursor cursor, ir_insn insn, ir_type_id type);
ir_opnd emit_unknown(lower *lw, CXCursor cursor, const char *why);
ir_opnd emit_load(lower *lw, CXCursor cursor, ir_place place, ir_type_id type);
void emit_jump(lower *lw, ir_sub sub, ir_block_id to);
void emit_br(lower *lw, CXCursor cursor, CXCursor condition, ir_sub sub, ir_opnd value, ir_block_id yes,
             ir_block_id no);
ir_temp as_temp(lower *lw, CXCursor cursor, ir_opnd value, ir_type_id type);
static inline ir_opnd opnd_int(int64_t v)
{
    return (ir_opnd){.kind = IR_INTEGER, .integer = v};
}
static inline ir_opnd opnd_temp(ir_temp t)
{
    return (ir_opnd){.kind = IR_TEMP, .temp = t};
}
ir_place place_add(lower *lw, ir_place place, ir_step step);

/* ---- statements ---------------------------------------------------------------------------- */
void lower_stmt(lower *lw, CXCursor cursor);
void scope_open(lower *lw, ir_stmt_id stmt);
void scope_close(lower *lw, scope *outer); /* ends what was declared since, when control can get here */
void scope_declare(lower *lw, ir_local_id local, ir_decl_id cleanup);
void scope_leave(lower *lw, scope *from, const scope *to, ir_stmt_id stmt);
ir_stmt_id scope_stmt(const lower *lw);
ir_full_id full_open(lower *lw, ir_full_kind kind, CXCursor cursor,
                     ir_local_id local); /* yields the one around it */
void full_close(lower *lw, ir_full_id outer);
void lower_asm(lower *lw, CXCursor cursor);
size_t label_named(lower *lw, const char *name, size_t n);
void label_taken(lower *lw, CXCursor cursor); /* &&label */
size_t label_find(lower *lw, CXCursor target, const char *name);
/* Which of the three parts a `for` has: bit 0 init, bit 1 condition, bit 2 step; -1: it cannot be told. */
void printed_fini(printed *p);
const char *printed_generic(lower *lw, CXCursor cursor);
int for_parts(lower *lw, CXCursor cursor, size_t children);
void taint(lower *lw, CXCursor at, const char *why);

#endif
