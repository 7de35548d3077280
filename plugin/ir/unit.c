/* SPDX-License-Identifier: MIT
 *
 * Units, type interning and look-up by name.
 */
#include <stdlib.h>
#include <string.h>

#include "ir_p.h"

const ir_op_info ir_ops[IR_OP_COUNT] = {
#define OP(name, result, place, operands, terminator) {#name, result, place, terminator, operands},
#include "ops.def"
#undef OP
};

const char *const ir_sub_names[IR_SUB_COUNT] = {
    [IR_SUB_NONE] = "",
    [IR_NEG] = "neg",
    [IR_BITNOT] = "bitnot",
    [IR_NOT] = "not",
    [IR_ADD] = "add",
    [IR_SUBTRACT] = "sub",
    [IR_MUL] = "mul",
    [IR_DIV] = "div",
    [IR_REM] = "rem",
    [IR_SHL] = "shl",
    [IR_SHR] = "shr",
    [IR_BITAND] = "and",
    [IR_BITOR] = "or",
    [IR_BITXOR] = "xor",
    [IR_EQ] = "eq",
    [IR_NE] = "ne",
    [IR_LT] = "lt",
    [IR_LE] = "le",
    [IR_GT] = "gt",
    [IR_GE] = "ge",
    [IR_BR_IF] = "if",
    [IR_BR_WHILE] = "while",
    [IR_BR_DO] = "do",
    [IR_BR_FOR] = "for",
    [IR_BR_AND] = "and",
    [IR_BR_OR] = "or",
    [IR_BR_COND] = "cond",
    [IR_JUMP_FALL] = "fall",
    [IR_JUMP_BREAK] = "break",
    [IR_JUMP_CONTINUE] = "continue",
    [IR_JUMP_GOTO] = "goto",
    [IR_JUMP_BACK] = "back",
    [IR_STORE_ASSIGN] = "assign",
    [IR_STORE_COMPOUND] = "compound",
    [IR_STORE_INIT] = "init",
};

bool ir_annotated(const ir_annots *a, const char *name)
{
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->at[i], name) == 0) return true;
    return false;
}

const char *ir_annot_arg(const ir_annots *a, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i < a->n; i++)
        if (strncmp(a->at[i], name, n) == 0 && a->at[i][n] == ':') return a->at[i] + n + 1;
    return NULL;
}

ir_unit *ir_unit_new(const char *path)
{
    ir_unit *unit = x_calloc(1, sizeof *unit);
    unit->path = arena_strdup(&unit->arena, path);
    vec_push(&unit->files, (ir_file){0});
    vec_push(&unit->types, (ir_type){0});
    vec_push(&unit->records, (ir_record){0});
    vec_push(&unit->decls, (ir_decl){0});
    return unit;
}

void ir_unit_free(ir_unit *unit)
{
    if (!unit) return;
    vec_fini(&unit->files);
    vec_fini(&unit->types);
    vec_fini(&unit->records);
    vec_fini(&unit->typedefs);
    vec_fini(&unit->decls);
    vec_fini(&unit->funcs);
    vec_fini(&unit->facts);
    vec_fini(&unit->expansions);
    map_fini(&unit->names.types);
    map_fini(&unit->names.decls);
    arena_fini(&unit->arena);
    free(unit->image);
    free(unit);
}

static void key_annots(strbuf *key, const ir_annots *a)
{
    for (size_t i = 0; i < a->n; i++) {
        strbuf_addc(key, '|');
        strbuf_add(key, a->at[i]);
    }
}

/* Digits in any base will do, but no NUL: keys are strings. */
static void key_number(strbuf *key, uint64_t n)
{
    char digits[16];
    size_t at = sizeof digits;
    do digits[--at] = (char)('@' + (n & 15));
    while (n >>= 4);
    strbuf_addn(key, digits + at, sizeof digits - at);
    strbuf_addc(key, ',');
}

/* Everything that tells two types apart. Record and component ids are unique already, so the key is short. */
static void type_key(const ir_type *t, strbuf *key)
{
    key_number(key, (uint64_t)t->kind << 8 | t->is_signed << 6 | t->is_const << 5 | t->is_volatile << 4 |
                        t->is_atomic << 3 | t->is_vla << 2 | t->variadic << 1 | t->prototyped);
    key_number(key, t->size);
    key_number(key, t->length);
    key_number(key, t->of);
    key_number(key, t->record);
    key_annots(key, &t->annots);
    for (size_t i = 0; i < t->param_count; i++) {
        key_number(key, t->params[i]);
        if (t->param_annots) key_annots(key, &t->param_annots[i]);
    }
    strbuf_addc(key, '#');
    strbuf_add(key, t->spelling ? t->spelling : "");
}

ir_type_id ir_type_intern(ir_unit *unit, const ir_type *type)
{
    strbuf key = {0};
    type_key(type, &key);
    ir_type_id id = (ir_type_id)(uintptr_t)map_get(&unit->names.types, key.s);
    if (!id) {
        id = (ir_type_id)unit->types.n;
        ir_type *fresh = vec_add(&unit->types);
        *fresh = *type;
        fresh->spelling = arena_strdup(&unit->arena, type->spelling);
        map_set(&unit->names.types, key.s, (void *)(uintptr_t)id);
    }
    strbuf_fini(&key);
    return id;
}

const ir_type *ir_type_of(const ir_unit *unit, ir_type_id id)
{
    return &unit->types.at[id < unit->types.n ? id : 0];
}

bool ir_type_is_pointer_to_record(const ir_unit *unit, ir_type_id id, ir_record_id *record)
{
    const ir_type *t = ir_type_of(unit, id);
    if (t->kind != IR_POINTER) return false;
    const ir_type *pointee = ir_type_of(unit, t->of);
    if (pointee->kind != IR_RECORD) return false;
    if (record) *record = pointee->record;
    return true;
}

ir_decl_id ir_decl_add(ir_unit *unit, const ir_decl *decl)
{
    ir_decl_id id = (ir_decl_id)unit->decls.n;
    vec_push(&unit->decls, *decl);
    map_set(&unit->names.decls, decl->name, (void *)(uintptr_t)id);
    return id;
}

ir_decl_id ir_decl_find(const ir_unit *unit, const char *name)
{
    return (ir_decl_id)(uintptr_t)map_get(&unit->names.decls, name);
}

ir_record_id ir_record_find(const ir_unit *unit, const char *name)
{
    for (size_t i = 1; i < unit->records.n; i++)
        if (strcmp(unit->records.at[i].name, name) == 0) return (ir_record_id)i;
    for (size_t i = 0; i < unit->typedefs.n; i++) {
        const ir_typedef *alias = &unit->typedefs.at[i];
        const ir_type *type = ir_type_of(unit, alias->type);
        if (type->kind == IR_RECORD && strcmp(alias->name, name) == 0) return type->record;
    }
    return 0;
}
