/* SPDX-License-Identifier: MIT
 *
 * Macros: where they are used, and what their bodies tell of the cursors that come out of them. The
 * preprocessing record knows uses that were written in a file; those inside bodies are told by where tokens
 * are spelt.
 */
#include <stdlib.h>

#include "lower_p.h"

/* ---- the record ---------------------------------------------------------------------------- */
void macros_index(lower *lw, CXCursor cursor)
{
    CXSourceRange range = clang_getCursorExtent(cursor);
    CXFile file;
    unsigned begin, end;
    if (clang_getCursorKind(cursor) == CXCursor_MacroDefinition) {
        if (clang_Cursor_isMacroBuiltin(cursor)) return;
        vec_push(&lw->bodies, ((macro_body){.cursor = cursor}));
        return;
    }
    clang_getFileLocation(clang_getRangeStart(range), &file, NULL, NULL, &begin);
    clang_getFileLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &end);
    if (!file) return;
    vec_push(&lw->uses,
             ((macro_use){.file = source_index(lw, file), .begin = begin, .end = end, .cursor = cursor}));
}

static int by_place(const void *a, const void *b)
{
    const macro_use *x = a, *y = b;
    if (x->file != y->file) return x->file < y->file ? -1 : 1;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

static int by_body(const void *a, const void *b)
{
    const macro_body *x = a, *y = b;
    if (x->file != y->file) return x->file < y->file ? -1 : 1;
    return x->begin < y->begin ? -1 : x->begin > y->begin;
}

/* Expansions nest (an argument may hold another one): each learns what it is in. */
void macros_sort(lower *lw)
{
    if (lw->uses.n) qsort(lw->uses.at, lw->uses.n, sizeof *lw->uses.at, by_place);
    for (size_t i = 1; i < lw->uses.n; i++) {
        macro_use *use = &lw->uses.at[i];
        uint32_t parent = (uint32_t)i;
        while (parent &&
               !(lw->uses.at[parent - 1].file == use->file && lw->uses.at[parent - 1].end > use->begin))
            parent = lw->uses.at[parent - 1].parent;
        use->parent = parent;
    }
}

/* The innermost expansion that `offset` is in; `inside`: not at its very beginning. */
macro_use *macro_use_at(lower *lw, uint32_t file, uint32_t offset, bool inside)
{
    size_t low = 0, high = lw->uses.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const macro_use *use = &lw->uses.at[middle];
        bool before =
            use->file < file || (use->file == file && (inside ? use->begin < offset : use->begin <= offset));
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i; i = lw->uses.at[i - 1].parent) {
        macro_use *use = &lw->uses.at[i - 1];
        if (use->file == file && use->end > offset) return use;
    }
    return NULL;
}

static const char *use_name(lower *lw, macro_use *use)
{
    if (!use->name) use->name = keep_string(lw, clang_getCursorSpelling(use->cursor));
    return use->name;
}

static void sort_bodies(lower *lw)
{
    if (lw->bodies_sorted) return;
    lw->bodies_sorted = true;
    for (size_t i = 0; i < lw->bodies.n; i++) {
        macro_body *body = &lw->bodies.at[i];
        CXSourceRange range = clang_getCursorExtent(body->cursor);
        CXFile file;
        clang_getSpellingLocation(clang_getRangeStart(range), &file, NULL, NULL, &body->begin);
        clang_getSpellingLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &body->end);
        body->file = source_index(lw, file);
    }
    if (lw->bodies.n) qsort(lw->bodies.at, lw->bodies.n, sizeof *lw->bodies.at, by_body);
}

static const macro_body *body_at(lower *lw, uint32_t file, uint32_t offset)
{
    sort_bodies(lw);
    size_t low = 0, high = lw->bodies.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const macro_body *body = &lw->bodies.at[middle];
        if (body->file < file || (body->file == file && body->begin <= offset))
            low = middle + 1;
        else
            high = middle;
    }
    if (!low) return NULL;
    const macro_body *body = &lw->bodies.at[low - 1];
    return body->file == file && body->end > offset ? body : NULL;
}

/* ---- bodies -------------------------------------------------------------------------------- */
typedef struct replacement { /* the text that a use becomes */
    const macro_body *body;
    const char *text; /* of its file */
    size_t begin, end;
} replacement;

static bool replacement_of(lower *lw, CXCursor definition, replacement *out)
{
    CXFile handle = NULL;
    unsigned begin;
    clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(definition)), &handle, NULL, NULL,
                              &begin);
    out->body = handle ? body_at(lw, source_index(lw, handle), begin) : NULL;
    if (!out->body) return false;
    const source_file *file = &lw->files.at[out->body->file];
    if (!file->text || out->body->end > file->size) return false;
    out->text = file->text;
    out->end = out->body->end;
    size_t at = skip_token(file->text, out->end, out->body->begin);
    if (at < out->end && file->text[at] == '(') {
        while (at < out->end && file->text[at] != ')') at++;
        at++;
    }
    out->begin = skip_blank(file->text, out->end, at);
    return out->begin < out->end;
}

/* Behind the bracket that closes the one at `at`. */
static size_t skip_brackets(const replacement *r, size_t at)
{
    int depth = 0;
    for (; at < r->end; at = skip_blank(r->text, r->end, skip_token(r->text, r->end, at))) {
        if (strchr("([{", r->text[at])) depth++;
        if (strchr(")]}", r->text[at]) && --depth <= 0) return at + 1;
    }
    return r->end;
}

static bool ends(const replacement *r, size_t at)
{
    return skip_blank(r->text, r->end, at) >= r->end;
}

enum shape { SHAPE_OTHER, SHAPE_TOKEN, SHAPE_BRACKETS, SHAPE_CALL };

static enum shape shape_of(const replacement *r)
{
    size_t next = skip_token(r->text, r->end, r->begin);
    if (ends(r, next)) return SHAPE_TOKEN;
    if (r->text[r->begin] == '(') return ends(r, skip_brackets(r, r->begin)) ? SHAPE_BRACKETS : SHAPE_OTHER;
    next = skip_blank(r->text, r->end, next);
    bool call = is_word(r->text[r->begin]) && r->text[next] == '(' && ends(r, skip_brackets(r, next));
    return call ? SHAPE_CALL : SHAPE_OTHER;
}

/* The macro whose body spells the cursor's first token, when that is the first one that `use` becomes,
 * through macros that begin with macros. `*delegated`: those consist of nothing but that use. */
static bool first_body(lower *lw, const macro_use *use, CXCursor cursor, replacement *r, bool *delegated)
{
    CXFile handle = NULL;
    unsigned offset;
    clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(cursor)), &handle, NULL, NULL,
                              &offset);
    if (!handle) return false;
    uint32_t file = source_index(lw, handle);
    CXCursor definition = clang_getCursorReferenced(use->cursor);
    *delegated = true;
    for (int i = 0; i < 8 && replacement_of(lw, definition, r); i++) {
        if (r->body->file == file && r->begin == offset) return true;
        const macro_body *spelt = body_at(lw, file, offset);
        if (!spelt || spelt == r->body) return false;
        char *name = take_string(clang_getCursorSpelling(spelt->cursor));
        size_t n = skip_token(r->text, r->end, r->begin) - r->begin;
        bool same = strlen(name) == n && strncmp(name, r->text + r->begin, n) == 0;
        free(name);
        if (!same) return false;
        enum shape shape = shape_of(r);
        *delegated &= shape == SHAPE_TOKEN || shape == SHAPE_CALL;
        definition = spelt->cursor;
    }
    return false;
}

static CXCursor written(lower *lw, CXCursor cursor)
{
    while (clang_getCursorKind(cursor) == CXCursor_UnexposedExpr) {
        CXCursor inner = kid_first(lw, cursor);
        if (clang_Cursor_isNull(inner) || !same_start(cursor, inner)) break;
        cursor = inner;
    }
    return cursor;
}

bool macro_opens(lower *lw, const macro_use *use, CXCursor cursor, bool closes)
{
    replacement r;
    bool delegated;
    if (!first_body(lw, use, cursor, &r, &delegated)) return false;
    if (!closes) return true;
    if (!delegated) return false;
    enum CXCursorKind kind = clang_getCursorKind(written(lw, cursor));
    switch (shape_of(&r)) {
    case SHAPE_TOKEN: return true;
    case SHAPE_BRACKETS: return kind == CXCursor_ParenExpr || kind == CXCursor_StmtExpr;
    case SHAPE_CALL: return kind == CXCursor_CallExpr;
    default: return false;
    }
}

/* The first token of a body is one of the macro's parameters. */
static bool begins_with_parameter(const replacement *r)
{
    size_t n = skip_token(r->text, r->end, r->begin) - r->begin;
    size_t at = skip_token(r->text, r->end, r->body->begin);
    while (at < r->begin) {
        size_t next = skip_token(r->text, r->end, at);
        if (next - at == n && strncmp(r->text + at, r->text + r->begin, n) == 0) return true;
        at = skip_blank(r->text, r->end, next);
    }
    return false;
}

bool macro_is_statement(lower *lw, const macro_use *use, CXCursor cursor)
{
    replacement r, outer;
    bool delegated;
    if (!replacement_of(lw, clang_getCursorReferenced(use->cursor), &outer)) return false;
    if (!first_body(lw, use, cursor, &r, &delegated) && !begins_with_parameter(&outer)) return false;
    for (size_t at = outer.begin; at < outer.end;) {
        if (outer.text[at] == ';') return false;
        size_t next =
            strchr("([{", outer.text[at]) ? skip_brackets(&outer, at) : skip_token(outer.text, outer.end, at);
        at = skip_blank(outer.text, outer.end, next);
    }
    return true;
}

/* What the rewriter may have to expand: the outermost uses in files that may be edited. */
void macros_record(lower *lw)
{
    for (size_t i = 0; i < lw->uses.n; i++) {
        macro_use *use = &lw->uses.at[i];
        CXFile handle = lw->files.at[use->file].handle;
        if (use->parent || lw->files.at[use->file].system) continue;
        CXCursor definition = clang_getCursorReferenced(use->cursor);
        ir_expansion expansion = {.file = file_id(lw, handle), .begin = use->begin, .end = use->end};
        expansion.name = use_name(lw, use);
        expansion.function_like = clang_Cursor_isMacroFunctionLike(definition) != 0;
        if (!clang_Cursor_isMacroBuiltin(definition)) expansion.definition = span_of(lw, definition);
        size_t n = 0;
        const char *text = expansion.definition.file ? span_text(lw, expansion.definition, &n) : "";
        expansion.stringizes = memchr(text, '#', n) != NULL;
        vec_push(&lw->unit->expansions, expansion);
    }
}

void macro_names(lower *lw, CXCursor cursor, const char **outer, const char **inner)
{
    CXSourceLocation at = clang_getRangeStart(clang_getCursorExtent(cursor));
    CXFile file, spelt;
    unsigned offset, spelt_offset;
    *outer = *inner = NULL;
    clang_getFileLocation(at, &file, NULL, NULL, &offset);
    clang_getSpellingLocation(at, &spelt, NULL, NULL, &spelt_offset);
    if (!file) return;
    uint32_t in = source_index(lw, file);
    if (same_file(file, spelt) &&
        offset == spelt_offset) { /* an argument: does the expression go on in the body? */
        unsigned end;
        clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(cursor)), NULL, NULL, NULL, &end);
        macro_use *use = macro_use_at(lw, in, offset, true);
        if (use && end >= use->end) *outer = *inner = use_name(lw, use);
        return;
    }
    macro_use *use = macro_use_at(lw, in, offset, false);
    if (use) *outer = use_name(lw, use);
    const macro_body *body = spelt ? body_at(lw, source_index(lw, spelt), spelt_offset) : NULL;
    *inner = body ? keep_string(lw, clang_getCursorSpelling(body->cursor)) : *outer;
}
