/* SPDX-License-Identifier: MIT
 *
 * A unit as bytes, for another process of the same program: structures as they lie in memory, with offsets for pointers
 * (0: NULL). A table says where in each structure pointers stand, so that writing and reading are one walk each, and
 * what the IR gains needs a row here. The bytes live no longer than a run; they are not a format.
 */
#include <stdlib.h>
#include <string.h>

#include "ir_p.h"

typedef enum {
    SHAPE_ANNOTS,
    SHAPE_OPND,
    SHAPE_STEP,
    SHAPE_PLACE,
    SHAPE_INSN,
    SHAPE_BLOCK,
    SHAPE_LOCAL,
    SHAPE_STMT,
    SHAPE_FUNC,
    SHAPE_TYPE,
    SHAPE_FIELD,
    SHAPE_RECORD,
    SHAPE_INIT,
    SHAPE_ITEM,
    SHAPE_PARAM,
    SHAPE_DECL,
    SHAPE_FILE,
    SHAPE_TYPEDEF,
    SHAPE_FACT,
    SHAPE_EXPANSION,
    SHAPE_UNIT,
    SHAPE_COUNT
} shape;

typedef enum {
    MEMBER_END,
    MEMBER_PART,  /* a structure inside */
    MEMBER_TEXT,  /* a string */
    MEMBER_TEXTS, /* an array of strings */
    MEMBER_WORD,  /* the string of an operand, when it is one */
    MEMBER_BYTES, /* an array without pointers */
    MEMBER_ARRAY, /* an array of structures */
    MEMBER_EACH,  /* an array of pointers to one structure each */
    MEMBER_ONE    /* a pointer to one structure */
} member_kind;

typedef struct member {
    member_kind kind;
    size_t at, count; /* offsets of the pointer, and of how many there are */
    size_t size;      /* bytes an element */
    shape shape;
} member;

#define PART(type, field, shape)                                                                             \
 {                                                                                                           \
  MEMBER_PART, offsetof(type, field), 0, 0, shape                                                            \
 }
#define TEXT(type, field)                                                                                    \
 {                                                                                                           \
  MEMBER_TEXT, offsetof(type, field), 0, 0, 0                                                                \
 }
#define LIST(kind, type, field, count, shape)                                                                \
 {                                                                                                           \
  kind, offsetof(type, field), offsetof(type, count), sizeof *((type *)0)->field, shape                      \
 }
#define ONE(type, field, shape)                                                                              \
 {                                                                                                           \
  MEMBER_ONE, offsetof(type, field), 0, sizeof *((type *)0)->field, shape                                    \
 }

typedef struct ir_init_item init_item;
enum { MOST_MEMBERS = 12 };

static const member members[SHAPE_COUNT][MOST_MEMBERS] = {
    [SHAPE_ANNOTS] = {LIST(MEMBER_TEXTS, ir_annots, at, n, 0)},
    [SHAPE_OPND] = {{MEMBER_WORD, offsetof(ir_opnd, text), offsetof(ir_opnd, kind), 0, 0}},
    [SHAPE_STEP] = {PART(ir_step, index, SHAPE_OPND)},
    [SHAPE_PLACE] = {LIST(MEMBER_ARRAY, ir_place, steps, step_count, SHAPE_STEP)},
    [SHAPE_INSN] = {PART(ir_insn, a, SHAPE_OPND), PART(ir_insn, b, SHAPE_OPND),
                    PART(ir_insn, place, SHAPE_PLACE),
                    LIST(MEMBER_ARRAY, ir_insn, args, arg_count, SHAPE_OPND),
                    LIST(MEMBER_BYTES, ir_insn, arg_spans, arg_count, 0), TEXT(ir_insn, macro),
                    TEXT(ir_insn, inner_macro), TEXT(ir_insn, text),
                    LIST(MEMBER_BYTES, ir_insn, cases, case_count, 0),
                    LIST(MEMBER_BYTES, ir_insn, succ, succ_count, 0)},
    [SHAPE_BLOCK] = {LIST(MEMBER_ARRAY, ir_block, insns, n, SHAPE_INSN), TEXT(ir_block, label)},
    [SHAPE_LOCAL] = {TEXT(ir_local, name), PART(ir_local, annots, SHAPE_ANNOTS)},
    [SHAPE_STMT] = {TEXT(ir_stmt, label)},
    [SHAPE_FUNC] = {LIST(MEMBER_ARRAY, ir_func, blocks, block_count, SHAPE_BLOCK),
                    LIST(MEMBER_ARRAY, ir_func, locals, local_count, SHAPE_LOCAL),
                    LIST(MEMBER_BYTES, ir_func, temp_types, temp_count, 0),
                    LIST(MEMBER_ARRAY, ir_func, stmts, stmt_count, SHAPE_STMT),
                    LIST(MEMBER_BYTES, ir_func, fulls, full_count, 0), TEXT(ir_func, tainted)},
    [SHAPE_TYPE] = {LIST(MEMBER_BYTES, ir_type, params, param_count, 0),
                    LIST(MEMBER_ARRAY, ir_type, param_annots, param_count, SHAPE_ANNOTS),
                    PART(ir_type, annots, SHAPE_ANNOTS), TEXT(ir_type, spelling)},
    [SHAPE_FIELD] = {TEXT(ir_field, name), PART(ir_field, annots, SHAPE_ANNOTS)},
    [SHAPE_RECORD] = {TEXT(ir_record, name), TEXT(ir_record, spelling), TEXT(ir_record, usr),
                      LIST(MEMBER_ARRAY, ir_record, fields, field_count, SHAPE_FIELD),
                      PART(ir_record, annots, SHAPE_ANNOTS)},
    [SHAPE_INIT] = {PART(ir_init, value, SHAPE_OPND), PART(ir_init, place, SHAPE_PLACE),
                    LIST(MEMBER_ARRAY, ir_init, items, item_count, SHAPE_ITEM)},
    [SHAPE_ITEM] = {ONE(init_item, init, SHAPE_INIT)},
    [SHAPE_PARAM] = {TEXT(ir_param, name), PART(ir_param, annots, SHAPE_ANNOTS)},
    [SHAPE_DECL] = {TEXT(ir_decl, name), TEXT(ir_decl, source_name), TEXT(ir_decl, usr),
                    LIST(MEMBER_ARRAY, ir_decl, params, param_count, SHAPE_PARAM),
                    PART(ir_decl, annots, SHAPE_ANNOTS), ONE(ir_decl, init, SHAPE_INIT)},
    [SHAPE_FILE] = {TEXT(ir_file, path)},
    [SHAPE_TYPEDEF] = {TEXT(ir_typedef, name), PART(ir_typedef, annots, SHAPE_ANNOTS)},
    [SHAPE_FACT] = {TEXT(ir_fact, text)},
    [SHAPE_EXPANSION] = {TEXT(ir_expansion, name)},
    [SHAPE_UNIT] = {TEXT(ir_unit, path),
                    LIST(MEMBER_ARRAY, ir_unit, files.at, files.n, SHAPE_FILE),
                    LIST(MEMBER_ARRAY, ir_unit, types.at, types.n, SHAPE_TYPE),
                    LIST(MEMBER_ARRAY, ir_unit, records.at, records.n, SHAPE_RECORD),
                    LIST(MEMBER_ARRAY, ir_unit, typedefs.at, typedefs.n, SHAPE_TYPEDEF),
                    LIST(MEMBER_ARRAY, ir_unit, decls.at, decls.n, SHAPE_DECL),
                    {MEMBER_EACH, offsetof(ir_unit, funcs.at), offsetof(ir_unit, funcs.n), sizeof(ir_func),
                     SHAPE_FUNC},
                    LIST(MEMBER_ARRAY, ir_unit, facts.at, facts.n, SHAPE_FACT),
                    LIST(MEMBER_ARRAY, ir_unit, expansions.at, expansions.n, SHAPE_EXPANSION),
                    LIST(MEMBER_BYTES, ir_unit, source, source_size, 0)},
};

static bool is_word(const char *kind)
{
    ir_opnd_kind k;
    memcpy(&k, kind, sizeof k);
    return k == IR_REAL || k == IR_STRING;
}

static size_t size_at(const char *p)
{
    size_t n;
    memcpy(&n, p, sizeof n);
    return n;
}

/* ---- writing ----------------------------------------------------------------------------------------- */
enum { TEXT_SLOTS = 4096 };

typedef struct writer {
    strbuf *out;
    size_t base; /* where the image begins in out */
    struct {
        const char *text;
        size_t at;
    } texts[TEXT_SLOTS]; /* by address: one string stands in many places */
} writer;

static size_t put(writer *w, const void *data, size_t n)
{
    static const char zeros[8];
    size_t at = w->out->n - w->base, gap = -at & 7;
    strbuf_addn(w->out, zeros, gap);
    strbuf_addn(w->out, data, n);
    return at + gap;
}

static size_t put_text(writer *w, const char *text)
{
    size_t slot = (uintptr_t)text * 0x9E3779B97F4A7C15u >> 40 & (TEXT_SLOTS - 1);
    if (w->texts[slot].text != text) {
        w->texts[slot].text = text;
        w->texts[slot].at = w->out->n - w->base;
        strbuf_addn(w->out, text, strlen(text) + 1);
    }
    return w->texts[slot].at;
}

/* The copy of a pointer at offset `at` of the image becomes an offset. */
static void link(writer *w, size_t at, size_t to)
{
    memcpy(w->out->s + w->base + at, &to, sizeof to);
}

static void save(writer *w, shape s, size_t at, const void *from);

static void save_each(writer *w, const member *m, size_t at, void *const *from, size_t n)
{
    size_t list = put(w, from, n * sizeof *from);
    link(w, at, list);
    for (size_t i = 0; i < n; i++) {
        size_t one = put(w, from[i], m->size);
        link(w, list + i * sizeof *from, one);
        save(w, m->shape, one, from[i]);
    }
}

static void save_texts(writer *w, size_t at, const char *const *from, size_t n)
{
    size_t list = put(w, from, n * sizeof *from);
    link(w, at, list);
    for (size_t i = 0; i < n; i++) link(w, list + i * sizeof *from, from[i] ? put_text(w, from[i]) : 0);
}

static void save_array(writer *w, const member *m, size_t at, const char *from, size_t n)
{
    size_t list = put(w, from, n * m->size);
    link(w, at, list);
    for (size_t i = 0; i < n && m->kind != MEMBER_BYTES; i++)
        save(w, m->shape, list + i * m->size, from + i * m->size);
}

static void save_member(writer *w, const member *m, size_t at, const char *from)
{
    void *pointer;
    memcpy(&pointer, from + m->at, sizeof pointer);
    if (m->kind == MEMBER_WORD && !is_word(from + m->count)) return;
    if (!pointer) return;
    switch (m->kind) {
    case MEMBER_TEXT:
    case MEMBER_WORD: link(w, at + m->at, put_text(w, pointer)); break;
    case MEMBER_TEXTS: save_texts(w, at + m->at, pointer, size_at(from + m->count)); break;
    case MEMBER_EACH: save_each(w, m, at + m->at, pointer, size_at(from + m->count)); break;
    case MEMBER_ONE: save_array(w, m, at + m->at, pointer, 1); break;
    default: save_array(w, m, at + m->at, pointer, size_at(from + m->count)); break;
    }
}

static void save(writer *w, shape s, size_t at, const void *from)
{
    for (const member *m = members[s]; m->kind; m++)
        if (m->kind == MEMBER_PART)
            save(w, m->shape, at + m->at, (const char *)from + m->at);
        else
            save_member(w, m, at, from);
}

void ir_image_write(const ir_unit *unit, bool (*wanted)(const ir_func *func, void *arg), void *arg,
                    strbuf *out)
{
    ir_unit copy = *unit;
    ir_func **funcs = x_calloc(unit->funcs.n + 1, sizeof(ir_func *));
    writer *w = x_calloc(1, sizeof *w);
    copy.funcs.at = funcs, copy.funcs.n = 0;
    for (size_t i = 0; i < unit->funcs.n; i++)
        if (wanted(unit->funcs.at[i], arg)) funcs[copy.funcs.n++] = unit->funcs.at[i];
    copy.arena = (arena){0};
    memset(&copy.names, 0, sizeof copy.names);
    w->out = out, w->base = out->n;
    put(w, &(uint64_t){0}, sizeof(uint64_t)); /* nothing stands at offset 0 */
    save(w, SHAPE_UNIT, put(w, &copy, sizeof copy), &copy);
    free(funcs);
    free(w);
}

/* ---- reading ----------------------------------------------------------------------------------------- */
typedef struct reader {
    char *image;
    size_t size;
    bool bad;
} reader;

static bool holds(reader *r, size_t at, size_t n, size_t size)
{
    if (at > r->size || (size && n > (r->size - at) / size)) r->bad = true;
    return !r->bad;
}

static void load(reader *r, shape s, char *at);

static void load_elements(reader *r, const member *m, char *pointer, size_t to, size_t n)
{
    bool texts = m->kind == MEMBER_TEXTS, each = m->kind == MEMBER_EACH;
    size_t size = texts || each ? sizeof(char *) : m->size;
    if (!holds(r, to, n, size)) return;
    char *list = r->image + to;
    memcpy(pointer, &list, sizeof list);
    for (size_t i = 0; i < n && m->kind != MEMBER_BYTES && !r->bad; i++) {
        char *element = list + i * size;
        if (texts || each) {
            size_t target = size_at(element);
            char *address = target ? r->image + target : NULL;
            if (!holds(r, target, 1, texts ? 1 : m->size)) return;
            memcpy(element, &address, sizeof address);
            element = address;
        }
        if (!texts) load(r, m->shape, element);
    }
}

static void load_member(reader *r, const member *m, char *at)
{
    if (m->kind == MEMBER_WORD && !is_word(at + m->count)) return;
    size_t to = size_at(at + m->at);
    if (!to) return;
    if (m->kind == MEMBER_TEXT || m->kind == MEMBER_WORD) {
        char *text = r->image + to;
        if (holds(r, to, 1, 1)) memcpy(at + m->at, &text, sizeof text);
    } else {
        load_elements(r, m, at + m->at, to, m->kind == MEMBER_ONE ? 1 : size_at(at + m->count));
    }
}

static void load(reader *r, shape s, char *at)
{
    for (const member *m = members[s]; m->kind && !r->bad; m++)
        if (m->kind == MEMBER_PART)
            load(r, m->shape, at + m->at);
        else
            load_member(r, m, at);
}

/* A table of the image becomes one that can grow and be freed. */
#define KEEP(vec)                                                                                            \
 ((vec).at =                                                                                                 \
      (vec).n ? memcpy(x_malloc((vec).n * sizeof *(vec).at), (vec).at, (vec).n * sizeof *(vec).at) : NULL,   \
  (vec).cap = (vec).n)

ir_unit *ir_image_read(char *image, size_t n)
{
    reader r = {.image = image, .size = n};
    ir_unit *unit = x_calloc(1, sizeof *unit);
    unit->image = image;
    if (n < sizeof(uint64_t) + sizeof *unit) return ir_unit_free(unit), NULL;
    char *at = image + sizeof(uint64_t);
    load(&r, SHAPE_UNIT, at);
    if (r.bad) return ir_unit_free(unit), NULL;
    memcpy(unit, at, sizeof *unit);
    unit->image = image;
    KEEP(unit->files);
    KEEP(unit->types);
    KEEP(unit->records);
    KEEP(unit->typedefs);
    KEEP(unit->decls);
    KEEP(unit->funcs);
    KEEP(unit->facts);
    KEEP(unit->expansions);
    for (size_t i = 1; i < unit->decls.n; i++)
        map_set(&unit->names.decls, unit->decls.at[i].name, (void *)(uintptr_t)i);
    return unit;
}
