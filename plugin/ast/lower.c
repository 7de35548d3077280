/* SPDX-License-Identifier: MIT
 *
 * One translation unit: its top level is read once for macros and redeclarations, then declarations are
 * lowered: the main file's all, of headers what is annotated or referred to.
 */
#include <stdlib.h>

#include "lower_p.h"

/* ---- cursors as keys ----------------------------------------------------------------------- */
static cursor_slot *find_slot(const cursor_map *map, CXCursor cursor)
{
    size_t at = clang_hashCursor(cursor) & (map->cap - 1);
    while (map->slots[at].value && !clang_equalCursors(map->slots[at].cursor, cursor))
        at = (at + 1) & (map->cap - 1);
    return &map->slots[at];
}

uint32_t cursor_map_get(const cursor_map *map, CXCursor cursor)
{
    return map->cap ? find_slot(map, cursor)->value : 0;
}

static void grow(cursor_map *map)
{
    cursor_map old = *map;
    map->cap = old.cap ? old.cap * 2 : 64;
    map->slots = x_calloc(map->cap, sizeof *map->slots);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].value) *find_slot(map, old.slots[i].cursor) = old.slots[i];
    free(old.slots);
}

void cursor_map_set(cursor_map *map, CXCursor cursor, uint32_t value)
{
    if (map->n * 2 >= map->cap) grow(map);
    cursor_slot *slot = find_slot(map, cursor);
    map->n += !slot->value;
    *slot = (cursor_slot){cursor, value};
}

void cursor_map_fini(cursor_map *map)
{
    free(map->slots);
    *map = (cursor_map){0};
}

/* ---- children ------------------------------------------------------------------------------ */
struct visit {
    lower *lw;
    kids_kind kind;
};

static bool wanted(kids_kind kind, enum CXCursorKind c)
{
    switch (kind) {
    case KIDS_EXPR: return clang_isExpression(c);
    case KIDS_STMT: return clang_isExpression(c) || clang_isStatement(c);
    case KIDS_INIT: return clang_isExpression(c) || c == CXCursor_MemberRef;
    default: return true;
    }
}

static enum CXChildVisitResult push_kid(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct visit *visit = data;
    if (wanted(visit->kind, clang_getCursorKind(cursor))) vec_push(&visit->lw->kids, cursor);
    return CXChildVisit_Continue;
}

kids kids_of(lower *lw, CXCursor cursor, kids_kind kind)
{
    kids k = {.base = lw->kids.n};
    clang_visitChildren(cursor, push_kid, &(struct visit){lw, kind});
    k.n = lw->kids.n - k.base;
    return k;
}

void kids_end(lower *lw, kids k)
{
    lw->kids.n = k.base;
}

bool kids_two(lower *lw, CXCursor cursor, CXCursor *left, CXCursor *right)
{
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    bool both = k.n == 2;
    if (both) *left = kid(lw, k, 0), *right = kid(lw, k, 1);
    kids_end(lw, k);
    return both;
}

CXCursor kid_first(lower *lw, CXCursor cursor)
{
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    CXCursor found = k.n ? kid(lw, k, 0) : clang_getNullCursor();
    kids_end(lw, k);
    return found;
}

CXCursor kid_last(lower *lw, CXCursor cursor)
{
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    CXCursor found = k.n ? kid(lw, k, k.n - 1) : clang_getNullCursor();
    kids_end(lw, k);
    return found;
}

/* ---- the top level ------------------------------------------------------------------------- */
static bool redeclares(enum CXCursorKind kind)
{
    return kind == CXCursor_FunctionDecl || kind == CXCursor_VarDecl || kind == CXCursor_StructDecl ||
           kind == CXCursor_UnionDecl;
}

/* Attributes that a later declaration adds hold for the earlier ones too, so all are kept together. */
static void note_redeclaration(lower *lw, CXCursor cursor)
{
    CXCursor canonical = clang_getCanonicalCursor(cursor);
    struct redecl redecl = {cursor, cursor_map_get(&lw->redecls, canonical)};
    vec_push(&lw->redecl_list, redecl);
    cursor_map_set(&lw->redecls, canonical, (uint32_t)lw->redecl_list.n);
}

static enum CXChildVisitResult survey(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    lower *lw = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_MacroExpansion)
        macros_index(lw, cursor);
    else if (!clang_isPreprocessing(kind))
        vec_push(&lw->kids, cursor);
    if (redeclares(kind)) note_redeclaration(lw, cursor);
    return CXChildVisit_Continue;
}

static enum CXChildVisitResult find_annotation(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    bool found = clang_getCursorKind(cursor) == CXCursor_AnnotateAttr;
    *(bool *)data |= found;
    return found ? CXChildVisit_Break : CXChildVisit_Continue;
}

/* Of what headers declare and nobody refers to, annotated things alone are wanted: contracts and classes. */
static bool annotated(CXCursor cursor)
{
    bool found = false;
    if (clang_Cursor_hasAttrs(cursor)) clang_visitChildren(cursor, find_annotation, &found);
    int n = clang_getCursorKind(cursor) == CXCursor_FunctionDecl ? clang_Cursor_getNumArguments(cursor) : 0;
    for (int i = 0; i < n && !found; i++) found = annotated(clang_Cursor_getArgument(cursor, (unsigned)i));
    return found;
}

static void lower_fact(lower *lw, CXCursor cursor)
{
    ir_annots annots = {0};
    lower_annots(lw, cursor, &annots, NULL);
    for (size_t i = 0; i < annots.n; i++)
        vec_push(&lw->unit->facts, ((ir_fact){annots.at[i], span_of(lw, cursor)}));
}

static bool is_fact(CXCursor cursor)
{
    CXString name = clang_getCursorSpelling(cursor);
    bool fact = str_starts(clang_getCString(name), "rc_fact_");
    clang_disposeString(name);
    return fact;
}

static void lower_top(lower *lw, CXCursor cursor)
{
    CXFile file = NULL; /* where a macro was used, not where it was written */
    CXSourceLocation at = clang_getCursorLocation(cursor);
    clang_getFileLocation(at, &file, NULL, NULL, NULL);
    const source_file *source = source_flags(lw, source_index(lw, file), at);
    bool main = source->main, system = !file || source->system;
    bool body = main || (!system && (source->source || lw->options->header_bodies));
    bool mine = main || (!system && (source->source || annotated(cursor)));
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_StructDecl:
    case CXCursor_UnionDecl:
        if (mine) lower_record(lw, cursor);
        break;
    case CXCursor_TypedefDecl:
        if (mine) lower_typedef(lw, cursor);
        break;
    case CXCursor_VarDecl:
        if (mine && is_fact(cursor))
            lower_fact(lw, cursor);
        else if (mine)
            lower_decl(lw, cursor);
        break;
    case CXCursor_FunctionDecl:
        if (mine) lower_decl(lw, cursor);
        if (body && clang_isCursorDefinition(cursor)) lower_function_body(lw, cursor, lower_decl(lw, cursor));
        break;
    default: break;
    }
}

void lower_unit(lower *lw)
{
    clang_visitChildren(clang_getTranslationUnitCursor(lw->tu), survey, lw);
    macros_sort(lw);
    macros_record(lw);
    lw->top_count = lw->kids.n;
    for (size_t i = 0; i < lw->top_count; i++) lower_top(lw, lw->kids.at[i]);
    lw->kids.n = 0;
}

void lower_fini(lower *lw)
{
    vec_fini(&lw->error_places);
    vec_fini(&lw->files);
    vec_fini(&lw->sources);
    vec_fini(&lw->uses);
    cursor_map_fini(&lw->decls);
    cursor_map_fini(&lw->records);
    cursor_map_fini(&lw->redecls);
    cursor_map_fini(&lw->typedefs);
    cursor_map_fini(&lw->fields);
    vec_fini(&lw->redecl_list);
    vec_fini(&lw->types);
    vec_fini(&lw->definitions);
    vec_fini(&lw->typedef_types);
    vec_fini(&lw->kids);
}
