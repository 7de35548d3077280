/* SPDX-License-Identifier: MIT
 *
 * Declarations at file level and what attributes say of them.
 */
#include <ctype.h>
#include <stdlib.h>

#include "lower_p.h"

/* ---- attributes ---------------------------------------------------------------------------- */
typedef struct synonym {
    const char *spelling, *annotation;
} synonym;
static const synonym natives[] = {
#define ATTR(spelling, annotation) {spelling, annotation},
#define FOREIGN(text, annotation)
#define FOREIGN_MACRO(definition)
#include "attrs.def"
#undef ATTR
#undef FOREIGN
#undef FOREIGN_MACRO
};
static const synonym foreigners[] = {
#define ATTR(spelling, annotation)
#define FOREIGN(text, annotation) {text, annotation},
#define FOREIGN_MACRO(definition)
#include "attrs.def"
#undef ATTR
#undef FOREIGN
#undef FOREIGN_MACRO
};

void annots_add(lower *lw, ir_annots *into, const char *text)
{
    if (ir_annotated(into, text)) return;
    const char **longer = arena_alloc(&lw->unit->arena, (into->n + 1) * sizeof *longer);
    if (into->n) memcpy(longer, into->at, into->n * sizeof *longer);
    longer[into->n] = arena_strdup(&lw->unit->arena, text);
    into->at = longer;
    into->n++;
}

/* An attribute's name as spelt, without namespace and underscores around it. */
static size_t attribute_name(lower *lw, CXCursor attribute, const char **name, const char **rest,
                             size_t *rest_n)
{
    size_t n, at = 0;
    const char *text = spelt_at(lw, attribute, &n);
    size_t end = skip_token(text, n, 0);
    if (end + 1 < n && text[end] == ':' && text[end + 1] == ':') at = end + 2, end = skip_token(text, n, at);
    *rest = text + end, *rest_n = n - end;
    if (end - at > 4 && strncmp(text + at, "__", 2) == 0 && strncmp(text + end - 2, "__", 2) == 0)
        at += 2, end -= 2;
    *name = text + at;
    return end - at;
}

static void nonnull_params(lower *lw, const char *text, size_t n, ir_decl *decl)
{
    size_t at = skip_blank(text, n, 0);
    if (at >= n || text[at] != '(') {
        for (size_t i = 0; i < decl->param_count; i++)
            if (ir_type_of(lw->unit, decl->params[i].type)->kind == IR_POINTER)
                annots_add(lw, &decl->params[i].annots, "nonnull");
        return;
    }
    for (at++; at < n && text[at] != ')'; at++)
        if (isdigit((unsigned char)text[at])) {
            char *end;
            unsigned long i = strtoul(text + at, &end, 10);
            if (i && i <= decl->param_count) annots_add(lw, &decl->params[i - 1].annots, "nonnull");
            at = (size_t)(end - text) - 1;
        }
}

/* Arguments that a macro was given (`nonnull params`, `nonnull (list)`) do not stand where the attribute is
 * spelt; the printed declaration has them. */
static void nonnull(lower *lw, CXCursor cursor, const char *text, size_t n, ir_decl *decl)
{
    size_t at = skip_blank(text, n, 0);
    bool given = at < n && is_word(text[at]);
    if (at < n && text[at] == '(') given = !isdigit((unsigned char)text[skip_blank(text, n, at + 1)]);
    if (!given) {
        nonnull_params(lw, text, n, decl);
        return;
    }
    char *printed = take_string(clang_getCursorPrettyPrinted(cursor, NULL));
    const char *body = strchr(printed, '{');
    for (const char *p = strstr(printed, "nonnull("); p && (!body || p < body); p = strstr(p + 1, "nonnull("))
        nonnull_params(lw, p + 7, strlen(p + 7), decl);
    free(printed);
}

static void native_attribute(lower *lw, CXCursor cursor, CXCursor attribute, ir_annots *into, ir_decl *decl)
{
    const char *name, *rest;
    size_t rest_n, n = attribute_name(lw, attribute, &name, &rest, &rest_n);
    for (size_t i = 0; i < sizeof natives / sizeof *natives; i++)
        if (strlen(natives[i].spelling) == n && strncmp(name, natives[i].spelling, n) == 0)
            annots_add(lw, into, natives[i].annotation);
    if (!decl) return;
    if ((n == 8 && strncmp(name, "noreturn", n) == 0) || (n == 9 && strncmp(name, "_Noreturn", n) == 0))
        decl->noreturn = true;
    if (n == 7 && strncmp(name, "nonnull", n) == 0) nonnull(lw, cursor, rest, rest_n, decl);
}

/* annotate("rc:...") is ours; what other tools wrote there may mean the same. */
static void annotation(lower *lw, const char *text, ir_annots *into, ir_decl *decl)
{
    if (str_starts(text, "rc:")) annots_add(lw, into, text + 3);
    for (size_t i = 0; i < sizeof foreigners / sizeof *foreigners; i++) {
        const synonym *other = &foreigners[i];
        unsigned long param = 0;
        if (str_ends(other->spelling, ":") && str_starts(text, other->spelling))
            param = strtoul(text + strlen(other->spelling), NULL, 10);
        else if (strcmp(text, other->spelling) == 0)
            annots_add(lw, into, other->annotation);
        if (decl && param && param <= decl->param_count)
            annots_add(lw, &decl->params[param - 1].annots, other->annotation);
    }
}

/* What stands before the declarations of an old-style definition's parameters, `int f(o) RC_STEALS T *o; { ... }`, clang
 * gives to the function: it is those parameters'. */
static bool old_style(lower *lw, CXCursor attribute, const char *text, ir_decl *decl)
{
    ir_span at = span_of(lw, attribute), first = {0};
    if (!decl->span.file || at.file != decl->span.file || at.begin < decl->name_span.end) return false;
    for (size_t i = 0; i < decl->param_count; i++) {
        ir_span param = decl->params[i].span;
        if (param.file == at.file && param.begin > at.begin && (!first.file || param.begin < first.begin))
            first = param;
    }
    for (size_t i = 0; first.file && i < decl->param_count; i++)
        if (decl->params[i].span.begin == first.begin) annotation(lw, text, &decl->params[i].annots, NULL);
    return first.file != 0;
}

void lower_annots(lower *lw, CXCursor cursor, ir_annots *into, ir_decl *decl)
{
    kids k = kids_of(lw, cursor, KIDS_ALL);
    for (size_t i = 0; i < k.n; i++) {
        CXCursor attribute = kid(lw, k, i);
        enum CXCursorKind kind = clang_getCursorKind(attribute);
        if (kind == CXCursor_AnnotateAttr) {
            char *text = take_string(clang_getCursorSpelling(attribute));
            if (!decl || !old_style(lw, attribute, text, decl)) annotation(lw, text, into, decl);
            free(text);
        } else if (clang_isAttribute(kind)) {
            native_attribute(lw, cursor, attribute, into, decl);
        }
    }
    kids_end(lw, k);
}

/* The function of `cleanup(f)`: only the printed declaration tells it when a macro wrote the attribute. */
ir_decl_id cleanup_of(lower *lw, CXCursor var)
{
    if (!clang_Cursor_hasAttrs(var)) return 0;
    ir_decl_id found = 0;
    char *printed = take_string(clang_getCursorPrettyPrinted(var, NULL));
    const char *p = strstr(printed, "__attribute__((cleanup(");
    size_t skip = strlen("__attribute__((cleanup(");
    if (!p) p = strstr(printed, "gnu::cleanup("), skip = strlen("gnu::cleanup(");
    if (p) {
        p += skip;
        size_t n = skip_token(p, strlen(p), 0);
        char *name = arena_strndup(&lw->unit->arena, p, n);
        for (size_t i = 0; i < lw->redecl_list.n && !found; i++) {
            CXCursor cursor = lw->redecl_list.at[i].cursor;
            if (clang_getCursorKind(cursor) != CXCursor_FunctionDecl) continue;
            CXString spelling = clang_getCursorSpelling(cursor);
            bool same = strcmp(clang_getCString(spelling), name) == 0;
            clang_disposeString(spelling);
            if (same) found = lower_decl(lw, cursor);
        }
    }
    free(printed);
    return found;
}

/* ---- functions ----------------------------------------------------------------------------- */
static void merge_params(lower *lw, CXCursor cursor, ir_decl *decl, bool names)
{
    int n = clang_Cursor_getNumArguments(cursor);
    for (int i = 0; i < n && (size_t)i < decl->param_count; i++) {
        CXCursor param = clang_Cursor_getArgument(cursor, (unsigned)i);
        ir_param *into = &decl->params[i];
        if (clang_Cursor_hasAttrs(param)) lower_annots(lw, param, &into->annots, NULL);
        if (!names && into->name && into->name[0]) continue;
        into->name = keep_string(lw, clang_getCursorSpelling(param));
        into->span = span_of(lw, param);
        into->type = lower_declared_type(lw, param);
    }
}

static void function_params(lower *lw, CXCursor cursor, ir_decl *decl)
{
    int n = clang_Cursor_getNumArguments(cursor);
    if (n <= 0) return;
    decl->param_count = (size_t)n;
    decl->params = arena_alloc(&lw->unit->arena, decl->param_count * sizeof *decl->params);
}

/* clang drops `malloc` with a deallocator; the text of the declaration still has it. */
static void deallocator(lower *lw, const ir_decl *decl, ir_annots *into)
{
    size_t n;
    const char *text = span_text(lw, decl->span, &n);
    const char *body = memchr(text, '{', n);
    if (body) n = (size_t)(body - text);
    if (!memmem(text, n, "malloc", 6)) return;
    for (size_t at = skip_blank(text, n, 0), end; at < n; at = skip_blank(text, n, end)) {
        end = skip_token(text, n, at);
        bool named = (end - at == 6 && strncmp(text + at, "malloc", 6) == 0) ||
                     (end - at == 10 && strncmp(text + at, "__malloc__", 10) == 0);
        size_t open = skip_blank(text, n, end), begin = skip_blank(text, n, open + 1);
        if (!named || open >= n || text[open] != '(' || begin >= n || !is_word(text[begin])) continue;
        int length = (int)(skip_token(text, n, begin) - begin);
        if (memmem(text, at, "attribute", 9))
            annots_add(lw, into, arena_printf(&lw->unit->arena, "malloc:%.*s", length, text + begin));
    }
}

static bool type_is_noreturn(CXType type)
{
    CXString spelling = clang_getTypeSpelling(type);
    bool found = strstr(clang_getCString(spelling), "noreturn") != NULL;
    clang_disposeString(spelling);
    return found;
}

static void merge_function(lower *lw, CXCursor cursor, ir_decl *decl)
{
    bool definition = clang_isCursorDefinition(cursor) != 0;
    merge_params(lw, cursor, decl, definition);
    decl->noreturn = decl->noreturn || type_is_noreturn(clang_getCursorType(cursor));
    bool first = definition || !decl->span.file;
    if (first) decl->span = span_of(lw, cursor);
    if (first) decl->name_span = span_of_name(lw, cursor);
    if (clang_Cursor_hasAttrs(cursor)) lower_annots(lw, cursor, &decl->annots, decl);
    if (!first) return;
    decl->defined |= definition;
    deallocator(lw, decl, &decl->annots);
}

/* ---- globals ------------------------------------------------------------------------------- */
static void merge_global(lower *lw, CXCursor cursor, ir_decl *decl)
{
    if (clang_Cursor_hasAttrs(cursor)) lower_annots(lw, cursor, &decl->annots, NULL);
    CXCursor init = clang_Cursor_getVarDeclInitializer(cursor);
    bool definition = clang_isCursorDefinition(cursor) || !is_null(init);
    if (decl->span.file && !definition) return;
    decl->defined |= definition;
    decl->span = span_of(lw, cursor);
    decl->name_span = span_of_name(lw, cursor);
    decl->type = lower_declared_type(lw, cursor);
}

static CXCursor find_initialiser(lower *lw, CXCursor canonical, CXCursor cursor)
{
    for (uint32_t i = cursor_map_get(&lw->redecls, canonical); i; i = lw->redecl_list.at[i - 1].next) {
        CXCursor init = clang_Cursor_getVarDeclInitializer(lw->redecl_list.at[i - 1].cursor);
        if (!is_null(init)) return init;
    }
    return clang_Cursor_getVarDeclInitializer(cursor);
}

static void set_initialiser(lower *lw, ir_decl_id id, CXCursor init)
{
    if (is_null(init) || clang_isInvalid(clang_getCursorKind(init))) return;
    ir_init *lowered = lower_init(lw, lw->unit->decls.at[id].type, init);
    lw->unit->decls.at[id].init = lowered;
}

/* ---- both ---------------------------------------------------------------------------------- */
static void merge(lower *lw, CXCursor cursor, ir_decl *decl)
{
    if (decl->kind == IR_DECL_FUNCTION)
        merge_function(lw, cursor, decl);
    else
        merge_global(lw, cursor, decl);
    if (clang_Cursor_getStorageClass(cursor) == CX_SC_Static) decl->linkage = IR_LINK_STATIC;
    if (decl->kind == IR_DECL_FUNCTION && clang_Cursor_isFunctionInlined(cursor)) decl->is_inline = true;
}

/* Every form of one declaration, the oldest first: lists grow at their head. */
static void merge_all(lower *lw, CXCursor canonical, CXCursor cursor, ir_decl *decl)
{
    size_t base = lw->kids.n;
    for (uint32_t i = cursor_map_get(&lw->redecls, canonical); i; i = lw->redecl_list.at[i - 1].next)
        vec_push(&lw->kids, lw->redecl_list.at[i - 1].cursor);
    if (lw->kids.n == base) vec_push(&lw->kids, cursor);
    for (size_t i = lw->kids.n; i > base; i--) merge(lw, lw->kids.at[i - 1], decl);
    lw->kids.n = base;
}

ir_decl_id lower_decl(lower *lw, CXCursor cursor)
{
    CXCursor canonical = clang_getCanonicalCursor(cursor);
    ir_decl_id id = cursor_map_get(&lw->decls, canonical);
    if (id) return id;
    const char *name = keep_string(lw, clang_getCursorSpelling(cursor));
    id = ir_decl_find(lw->unit, name);
    if (id) {
        cursor_map_set(&lw->decls, canonical, id);
        return id;
    }
    ir_decl decl = {.name = name, .source_name = name};
    bool function = clang_getCursorKind(cursor) == CXCursor_FunctionDecl;
    decl.kind = function ? IR_DECL_FUNCTION : IR_DECL_GLOBAL;
    decl.usr = keep_string(lw, clang_getCursorUSR(cursor));
    if (function) {
        decl.type = lower_cursor_type(lw, cursor);
        function_params(lw, cursor, &decl);
    }
    id = ir_decl_add(lw->unit, &decl); /* first, since initialisers may name it */
    cursor_map_set(&lw->decls, canonical, id);
    merge_all(lw, canonical, cursor, &decl);
    lw->unit->decls.at[id] = decl;
    if (!function) set_initialiser(lw, id, find_initialiser(lw, canonical, cursor));
    return id;
}

ir_decl_id lower_static_local(lower *lw, CXCursor cursor)
{
    ir_decl_id id = cursor_map_get(&lw->decls, cursor);
    if (id) return id;
    ir_decl decl = {.kind = IR_DECL_GLOBAL, .linkage = IR_LINK_STATIC, .is_static_local = true};
    decl.source_name = keep_string(lw, clang_getCursorSpelling(cursor));
    decl.name = arena_printf(&lw->unit->arena, "%s.%s", lw->fn->name, decl.source_name);
    for (unsigned i = 2; ir_decl_find(lw->unit, decl.name); i++)
        decl.name = arena_printf(&lw->unit->arena, "%s.%s_%u", lw->fn->name, decl.source_name, i);
    decl.usr = keep_string(lw, clang_getCursorUSR(cursor));
    merge_global(lw, cursor, &decl);
    id = ir_decl_add(lw->unit, &decl);
    cursor_map_set(&lw->decls, cursor, id);
    set_initialiser(lw, id, clang_Cursor_getVarDeclInitializer(cursor));
    return id;
}

/* A compound literal at file level is a nameless static object. */
ir_decl_id lower_literal_global(lower *lw, CXCursor cursor)
{
    ir_decl decl = {
        .kind = IR_DECL_GLOBAL, .linkage = IR_LINK_STATIC, .source_name = "", .usr = "", .defined = true};
    decl.span = decl.name_span = span_of(lw, cursor);
    decl.type = lower_cursor_type(lw, cursor);
    decl.name = arena_printf(&lw->unit->arena, "literal.at_%u_%u", decl.span.line, decl.span.column);
    for (unsigned i = 2; ir_decl_find(lw->unit, decl.name); i++)
        decl.name =
            arena_printf(&lw->unit->arena, "literal.at_%u_%u_%u", decl.span.line, decl.span.column, i);
    ir_decl_id id = ir_decl_add(lw->unit, &decl);
    set_initialiser(lw, id, kid_last(lw, cursor));
    return id;
}
