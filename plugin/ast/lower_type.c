/* SPDX-License-Identifier: MIT
 *
 * Types and records.
 */
#include <stdlib.h>

#include "lower_p.h"

static void complete_record(lower *lw, ir_record_id id);

/* ---- kinds --------------------------------------------------------------------------------- */
static ir_type_kind kind_of(enum CXTypeKind kind, bool *is_signed)
{
    *is_signed = false;
    switch (kind) {
    case CXType_Void: return IR_VOID;
    case CXType_Bool: return IR_BOOL;
    case CXType_Char_S:
    case CXType_SChar:
    case CXType_Short:
    case CXType_Int:
    case CXType_Long:
    case CXType_LongLong:
    case CXType_Int128: *is_signed = true; return IR_INT;
    case CXType_Char_U:
    case CXType_UChar:
    case CXType_Char16:
    case CXType_Char32:
    case CXType_WChar:
    case CXType_UShort:
    case CXType_UInt:
    case CXType_ULong:
    case CXType_ULongLong:
    case CXType_UInt128:
    case CXType_Enum: return IR_INT;
    case CXType_Half:
    case CXType_Float16:
    case CXType_BFloat16:
    case CXType_Float:
    case CXType_Double:
    case CXType_LongDouble:
    case CXType_Ibm128:
    case CXType_Float128: return IR_FLOAT;
    case CXType_NullPtr:
    case CXType_Pointer: return IR_POINTER;
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_VariableArray: return IR_ARRAY;
    case CXType_Record: return IR_RECORD;
    case CXType_FunctionProto:
    case CXType_FunctionNoProto: return IR_FUNCTION;
    default: return IR_OTHER;
    }
}

/* ---- sugar: what lies between a type as written and its shape ------------------------------ */
static bool strip_sugar(lower *lw, CXType *type, ir_type *into)
{
    into->is_const |= clang_isConstQualifiedType(*type) != 0;
    into->is_volatile |= clang_isVolatileQualifiedType(*type) != 0;
    switch (type->kind) {
    case CXType_Elaborated: *type = clang_Type_getNamedType(*type); return true;
    case CXType_Attributed: *type = clang_Type_getModifiedType(*type); return true;
    case CXType_Atomic:
        into->is_atomic = true;
        *type = clang_Type_getValueType(*type);
        return true;
    case CXType_Typedef: {
        CXCursor decl = clang_getTypeDeclaration(*type);
        if (clang_Cursor_hasAttrs(decl)) lower_annots(lw, decl, &into->annots, NULL);
        lower_typedef(lw, decl);
        *type = clang_getTypedefDeclUnderlyingType(decl);
        return true;
    }
    case CXType_Unexposed:
    case CXType_Auto: {
        CXType canonical = clang_getCanonicalType(*type);
        bool other = canonical.kind != type->kind;
        *type = canonical;
        return other;
    }
    default: return false;
    }
}

static const char *spell(lower *lw, CXType type)
{
    CXType plain = clang_getUnqualifiedType(type);
    if (plain.kind == CXType_Unexposed || plain.kind == CXType_Auto || plain.kind == CXType_Invalid)
        plain = clang_getUnqualifiedType(clang_getCanonicalType(type));
    return keep_string(lw, clang_getTypeSpelling(plain));
}

static void function_shape(lower *lw, CXType type, ir_type *into)
{
    into->of = lower_type(lw, clang_getResultType(type));
    into->variadic = clang_isFunctionTypeVariadic(type) != 0;
    into->prototyped = type.kind == CXType_FunctionProto;
    int n = clang_getNumArgTypes(type);
    if (n <= 0) return;
    into->param_count = (size_t)n;
    into->params = arena_alloc(&lw->unit->arena, into->param_count * sizeof *into->params);
    for (int i = 0; i < n; i++) into->params[i] = lower_type(lw, clang_getArgType(type, (unsigned)i));
}

static void shape(lower *lw, CXType type, ir_type *into)
{
    into->kind = kind_of(type.kind, &into->is_signed);
    long long size = clang_Type_getSizeOf(type);
    if (size > 0 && into->kind != IR_FUNCTION && into->kind != IR_VOID) into->size = (uint64_t)size;
    switch (into->kind) {
    case IR_POINTER:
        lw->lazy += lw->in_header;
        into->of = lower_type(lw, clang_getPointeeType(type));
        lw->lazy -= lw->in_header;
        break;
    case IR_ARRAY:
        into->of = lower_type(lw, clang_getArrayElementType(type));
        into->is_vla = type.kind == CXType_VariableArray;
        if (type.kind == CXType_ConstantArray) into->length = (uint64_t)clang_getArraySize(type);
        break;
    case IR_RECORD: into->record = lower_record(lw, clang_getTypeDeclaration(type)); break;
    case IR_FUNCTION: function_shape(lw, type, into); break;
    case IR_INT:
        if (type.kind == CXType_Enum) {
            CXType of = clang_getCanonicalType(clang_getEnumDeclIntegerType(clang_getTypeDeclaration(type)));
            (void)kind_of(of.kind, &into->is_signed);
        }
        break;
    default: break;
    }
}

/* ---- the cache: clang gives equal types equal pointers ------------------------------------- */
static struct type_slot *type_slot(lower *lw, const void *key)
{
    uintptr_t hash = (uintptr_t)key;
    size_t at = (hash ^ hash >> 17) * 0x9E3779B97F4A7C15u >> 20 & (lw->types.n - 1);
    while (lw->types.at[at].type && lw->types.at[at].type != key) at = (at + 1) & (lw->types.n - 1);
    return &lw->types.at[at];
}

static void remember_type(lower *lw, const void *key, ir_type_id id)
{
    if (lw->type_count * 2 >= lw->types.n) {
        struct type_slot *old = lw->types.at;
        size_t n = lw->types.n;
        lw->types.n = lw->types.cap = n ? n * 2 : 256;
        lw->types.at = x_calloc(lw->types.n, sizeof *old);
        for (size_t i = 0; i < n; i++)
            if (old[i].type) *type_slot(lw, old[i].type) = old[i];
        free(old);
    }
    struct type_slot *slot = type_slot(lw, key);
    lw->type_count += !slot->type;
    slot->type = key, slot->id = id;
}

static const ir_type *function_inside(const lower *lw, ir_type_id id)
{
    const ir_type *type = ir_type_of(lw->unit, id);
    while (type->kind == IR_POINTER || type->kind == IR_ARRAY) type = ir_type_of(lw->unit, type->of);
    return type->kind == IR_FUNCTION ? type : NULL;
}

/* The typedef below whose name stands a function type that carries annotations; 0: none. */
static ir_type_id annotated_alias(lower *lw, CXType type)
{
    while (type.kind == CXType_Elaborated) type = clang_Type_getNamedType(type);
    if (type.kind != CXType_Typedef) return 0;
    ir_type_id alias = lower_typedef(lw, clang_getTypeDeclaration(type));
    const ir_type *function = function_inside(lw, alias);
    return function && function->param_annots ? alias : 0;
}

/* A type met before may lead to a record whose fields nobody wanted then. */
static ir_type_id completed(lower *lw, ir_type_id id)
{
    const ir_type *type = ir_type_of(lw->unit, id);
    while (type->kind == IR_POINTER || type->kind == IR_ARRAY) type = ir_type_of(lw->unit, type->of);
    if (type->kind == IR_RECORD && !lw->lazy) complete_record(lw, type->record);
    return id;
}

ir_type_id lower_type(lower *lw, CXType type)
{
    if (type.kind == CXType_Invalid || !type.data[0]) return 0;
    if (lw->types.n && type_slot(lw, type.data[0])->type)
        return completed(lw, type_slot(lw, type.data[0])->id);
    ir_type lowered = {0};
    CXType plain = type;
    ir_type_id alias = annotated_alias(lw, type);
    while (strip_sugar(lw, &plain, &lowered)) continue;
    if (alias) {
        bool constant = lowered.is_const, is_volatile = lowered.is_volatile;
        ir_annots annots = lowered.annots;
        lowered = *ir_type_of(lw->unit, alias);
        lowered.is_const = constant, lowered.is_volatile = is_volatile;
        if (lowered.kind != IR_FUNCTION) lowered.annots = annots;
    } else {
        shape(lw, plain, &lowered);
    }
    lowered.spelling = spell(lw, type);
    ir_type_id id = ir_type_intern(lw->unit, &lowered);
    remember_type(lw, type.data[0], id);
    return id;
}

/* A pointer to what the array holds, spelt as C does: `T *`, and `T (**)(…)` for functions. */
static ir_type_id decayed(lower *lw, ir_type_id array)
{
    ir_type pointer = {.kind = IR_POINTER, .of = ir_type_of(lw->unit, array)->of, .size = sizeof(void *)};
    const ir_type *of = ir_type_of(lw->unit, pointer.of);
    const char *spelling = of->spelling ? of->spelling : "", *hole = strstr(spelling, "(*");
    arena *a = &lw->unit->arena;
    size_t n = strlen(spelling);
    if (!hole && of->kind == IR_ARRAY) hole = strchr(spelling, '[');
    if (hole && *hole == '[')
        pointer.spelling = arena_printf(a, "%.*s(*)%s", (int)(hole - spelling), spelling, hole);
    else if (hole)
        pointer.spelling = arena_printf(a, "%.*s(**%s", (int)(hole - spelling), spelling, hole + 2);
    else
        pointer.spelling = arena_printf(a, n && spelling[n - 1] == '*' ? "%s*" : "%s *", spelling);
    return ir_type_intern(lw->unit, &pointer);
}

/* A parameter that was written as an array is a pointer, and so is what reads it: libclang tells the type as it was
 * written. */
static bool is_array_parameter(lower *lw, CXCursor cursor)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_ParmDecl) return true;
    if (kind != CXCursor_DeclRefExpr && kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr)
        return false;
    cursor = strip_casts(lw, cursor);
    return clang_getCursorKind(cursor) == CXCursor_DeclRefExpr &&
           clang_getCursorKind(clang_getCursorReferenced(cursor)) == CXCursor_ParmDecl;
}

ir_type_id lower_cursor_type(lower *lw, CXCursor cursor)
{
    ir_type_id id = lower_type(lw, clang_getCursorType(cursor));
    if (ir_type_of(lw->unit, id)->kind != IR_ARRAY || !is_array_parameter(lw, cursor)) return id;
    return decayed(lw, id);
}

/* ---- annotated function types -------------------------------------------------------------- */
static ir_type_id annotate_function(lower *lw, ir_type function, kids params, const ir_annots *annots)
{
    function.annots = *annots;
    function.param_annots = arena_alloc(&lw->unit->arena, (function.param_count + 1) * sizeof(ir_annots));
    size_t found = 0;
    for (size_t i = 0; i < params.n; i++)
        if (clang_getCursorKind(kid(lw, params, i)) == CXCursor_ParmDecl && found++ < function.param_count)
            lower_annots(lw, kid(lw, params, i), &function.param_annots[found - 1], NULL);
    if (found != function.param_count)
        memset(function.param_annots, 0, function.param_count * sizeof(ir_annots));
    return ir_type_intern(lw->unit, &function);
}

static ir_type_id rebuild(lower *lw, ir_type_id id, ir_type_id function)
{
    ir_type type = *ir_type_of(lw->unit, id);
    if (type.kind == IR_FUNCTION) return function;
    type.of = rebuild(lw, type.of, function);
    return ir_type_intern(lw->unit, &type);
}

ir_type_id lower_declared_type(lower *lw, CXCursor cursor)
{
    CXType type = clang_getCursorType(cursor);
    if (clang_getCursorKind(cursor) == CXCursor_TypedefDecl)
        type = clang_getTypedefDeclUnderlyingType(cursor);
    ir_type_id id = lower_type(lw, type);
    if (ir_type_of(lw->unit, id)->kind == IR_ARRAY && clang_getCursorKind(cursor) == CXCursor_ParmDecl)
        id = decayed(lw, id);
    const ir_type *function = function_inside(lw, id);
    if (!function) return id;
    ir_type plain = *function;
    ir_annots annots = {0};
    if (clang_Cursor_hasAttrs(cursor)) lower_annots(lw, cursor, &annots, NULL);
    kids k = kids_of(lw, cursor, KIDS_ALL);
    bool annotated = annots.n > 0;
    for (size_t i = 0; i < k.n; i++)
        annotated |=
            clang_getCursorKind(kid(lw, k, i)) == CXCursor_ParmDecl && clang_Cursor_hasAttrs(kid(lw, k, i));
    if (annotated) id = rebuild(lw, id, annotate_function(lw, plain, k, &annots));
    kids_end(lw, k);
    return id;
}

/* ---- records ------------------------------------------------------------------------------- */
struct fields {
    lower *lw;
    VEC(ir_field) list;
    VEC(CXCursor) cursors;
    bool plain; /* no bit-field and no attribute: each field stands where its alignment puts it */
};

static enum CXVisitorResult add_field(CXCursor cursor, CXClientData data)
{
    struct fields *fields = data;
    lower *lw = fields->lw;
    ir_field field = {.type = lower_declared_type(lw, cursor), .span = span_of(lw, cursor)};
    field.name = keep_string(lw, clang_getCursorSpelling(cursor));
    if (strchr(field.name, '(')) field.name = "";
    field.bitfield = clang_Cursor_isBitField(cursor) != 0;
    if (clang_Cursor_hasAttrs(cursor)) lower_annots(lw, cursor, &field.annots, NULL);
    fields->plain = fields->plain && !field.bitfield && !clang_Cursor_hasAttrs(cursor);
    vec_push(&fields->list, field);
    vec_push(&fields->cursors, cursor);
    cursor_map_set(&lw->fields, cursor, (uint32_t)fields->list.n);
    return CXVisit_Continue;
}

static uint64_t offset_of(CXCursor field)
{
    long long offset = clang_Cursor_getOffsetOfField(field);
    return offset > 0 ? (uint64_t)offset : 0;
}

/* libclang looks at all fields of the record for each offset that it is asked for. So a long record is laid out by the
 * alignment of its fields, and libclang asked whether the last one came out right. */
static bool lay_out(struct fields *fields)
{
    uint64_t end = 0;
    for (size_t i = 0; i < fields->list.n; i++) {
        CXType type = clang_getCursorType(fields->cursors.at[i]);
        long long size = clang_Type_getSizeOf(type), align = clang_Type_getAlignOf(type);
        if (align <= 0) return false;
        end = (end + (uint64_t)align - 1) / (uint64_t)align * (uint64_t)align;
        fields->list.at[i].bit_offset = end * 8;
        end += size > 0 ? (uint64_t)size : 0;
    }
    return vec_last(&fields->list).bit_offset == offset_of(vec_last(&fields->cursors));
}

static void lower_fields(lower *lw, CXType type, ir_record_id id)
{
    enum { LONG_RECORD = 16 };
    struct fields fields = {.lw = lw};
    fields.plain =
        !lw->unit->records.at[id].is_union && !clang_Cursor_hasAttrs(clang_getTypeDeclaration(type));
    clang_Type_visitFields(type, add_field, &fields);
    if (fields.list.n < LONG_RECORD || !fields.plain || !lay_out(&fields))
        for (size_t i = 0; i < fields.list.n; i++)
            fields.list.at[i].bit_offset = offset_of(fields.cursors.at[i]);
    ir_record *record = &lw->unit->records.at[id];
    record->field_count = fields.list.n;
    record->fields = arena_alloc(&lw->unit->arena, (fields.list.n + 1) * sizeof *record->fields);
    if (fields.list.n) memcpy(record->fields, fields.list.at, fields.list.n * sizeof *record->fields);
    vec_fini(&fields.list);
    vec_fini(&fields.cursors);
}

static void record_annots(lower *lw, CXCursor canonical, CXCursor decl, ir_annots *into)
{
    uint32_t i = cursor_map_get(&lw->redecls, canonical);
    if (!i && clang_Cursor_hasAttrs(decl)) lower_annots(lw, decl, into, NULL);
    for (; i; i = lw->redecl_list.at[i - 1].next)
        if (clang_Cursor_hasAttrs(lw->redecl_list.at[i - 1].cursor))
            lower_annots(lw, lw->redecl_list.at[i - 1].cursor, into, NULL);
}

/* Headers lead from struct to struct without end: what is only pointed at by a header's field stays incomplete until
 * something else leads there. */
static void complete_record(lower *lw, ir_record_id id)
{
    CXCursor definition = lw->definitions.at[id];
    if (is_null(definition)) return;
    lw->definitions.at[id] = clang_getNullCursor();
    ir_record *record = &lw->unit->records.at[id];
    CXType type = clang_getCursorType(definition);
    long long size = clang_Type_getSizeOf(type);
    record->complete = true;
    record->size = size > 0 ? (uint64_t)size : 0;
    unsigned lazy = lw->lazy, in_header = lw->in_header;
    lw->lazy = 0;
    lw->in_header = record->span.file && !lw->unit->files.at[record->span.file].main && !record->annots.n;
    lower_fields(lw, type, id);
    lw->lazy = lazy, lw->in_header = in_header;
}

ir_record_id lower_record(lower *lw, CXCursor decl)
{
    CXCursor canonical = clang_getCanonicalCursor(decl);
    ir_record_id id = cursor_map_get(&lw->records, canonical);
    if (id) {
        if (!lw->lazy) complete_record(lw, id);
        return id;
    }
    CXCursor definition = clang_getCursorDefinition(decl);
    bool complete = !is_null(definition) && !clang_isInvalid(clang_getCursorKind(definition));
    if (complete) decl = definition;
    CXType type = clang_getCursorType(decl);
    ir_record record = {.is_union = clang_getCursorKind(decl) == CXCursor_UnionDecl,
                        .span = span_of(lw, decl),
                        .usr = keep_string(lw, clang_getCursorUSR(decl)),
                        .name = keep_string(lw, clang_getCursorSpelling(decl)),
                        .spelling = keep_string(lw, clang_getTypeSpelling(type))};
    if (strchr(record.name, '(')) record.name = "";
    record_annots(lw, canonical, decl, &record.annots);
    vec_push(&lw->unit->records, record);
    id = (ir_record_id)(lw->unit->records.n - 1);
    cursor_map_set(&lw->records, canonical, id);
    while (lw->definitions.n <= id) vec_push(&lw->definitions, clang_getNullCursor());
    if (complete) lw->definitions.at[id] = definition;
    if (!lw->lazy || record.annots.n) complete_record(lw, id);
    return id;
}

/* The type that a typedef stands for; 0 while it is being lowered. */
ir_type_id lower_typedef(lower *lw, CXCursor cursor)
{
    CXCursor canonical = clang_getCanonicalCursor(cursor);
    uint32_t known = cursor_map_get(&lw->typedefs, canonical);
    if (known) return lw->typedef_types.at[known];
    if (!lw->typedef_types.n) vec_push(&lw->typedef_types, 0);
    vec_push(&lw->typedef_types, 0);
    size_t i = lw->typedef_types.n - 1;
    cursor_map_set(&lw->typedefs, canonical, (uint32_t)i);
    ir_typedef alias = {.name = keep_string(lw, clang_getCursorSpelling(cursor)),
                        .type = lower_declared_type(lw, cursor)};
    if (clang_Cursor_hasAttrs(cursor)) lower_annots(lw, cursor, &alias.annots, NULL);
    vec_push(&lw->unit->typedefs, alias);
    return lw->typedef_types.at[i] = alias.type;
}

/* ---- steps to a field ---------------------------------------------------------------------- */
static size_t find_path(lower *lw, ir_record_id from, ir_record_id to, uint32_t index, ir_step *steps,
                        size_t max)
{
    if (max == 0) return 0;
    if (from == to) {
        steps[0] = (ir_step){.kind = IR_STEP_FIELD, .record = to, .field = index};
        return 1;
    }
    const ir_record *record = &lw->unit->records.at[from];
    for (uint32_t i = 0; i < record->field_count; i++) {
        const ir_type *type = ir_type_of(lw->unit, record->fields[i].type);
        if (record->fields[i].name[0] || type->kind != IR_RECORD) continue;
        size_t n = find_path(lw, type->record, to, index, steps + 1, max - 1);
        if (!n) continue;
        steps[0] = (ir_step){.kind = IR_STEP_FIELD, .record = from, .field = i};
        return n + 1;
    }
    return 0;
}

size_t field_path(lower *lw, ir_record_id from, CXCursor field, ir_step *steps, size_t max)
{
    if (clang_getCursorKind(field) != CXCursor_FieldDecl) return 0;
    ir_record_id record = lower_record(lw, clang_getCursorSemanticParent(field));
    uint32_t number = cursor_map_get(&lw->fields, field);
    return number ? find_path(lw, from, record, number - 1, steps, max) : 0;
}
