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
    clang_getFileLocation(clang_getRangeStart(range), &file, NULL, NULL, &begin);
    clang_getFileLocation(clang_getRangeEnd(range), NULL, NULL, NULL, &end);
    const source_file *in = source_flags(lw, source_index(lw, file), clang_getRangeStart(range));
    if (!in->main && (in->system || !(in->source || lw->options->header_bodies))) return;
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

/* ---- bodies -------------------------------------------------------------------------------- */
typedef struct replacement { /* a #define, as its file has it */
    uint32_t file;
    const char *text;        /* of the file */
    size_t name, begin, end; /* offsets: of the name, of what the name becomes */
} replacement;

static bool continued(const char *text, size_t newline)
{
    if (newline && text[newline - 1] == '\r') newline--;
    return newline && text[newline - 1] == '\\';
}

/* The #define on whose lines `offset` stands. */
static bool replacement_at(lower *lw, uint32_t source, size_t offset, replacement *out)
{
    const source_file *file = source_read(lw, source);
    if (!file->text || offset >= file->size) return false;
    size_t line = offset, end = offset;
    while (line && (file->text[line - 1] != '\n' || continued(file->text, line - 1))) line--;
    while (end < file->size && (file->text[end] != '\n' || continued(file->text, end))) end++;
    size_t at = skip_blank(file->text, end, line);
    if (at >= end || file->text[at] != '#') return false;
    at = skip_blank(file->text, end, at + 1);
    if (end - at < 7 || strncmp(file->text + at, "define", 6) != 0) return false;
    out->name = skip_blank(file->text, end, at + 6);
    out->file = source, out->text = file->text, out->end = end;
    at = skip_token(file->text, end, out->name);
    if (at < out->end && file->text[at] == '(') {
        while (at < out->end && file->text[at] != ')') at++;
        at++;
    }
    out->begin = skip_blank(file->text, out->end, at);
    return out->begin < out->end;
}

static bool replacement_of(lower *lw, const macro_use *use, replacement *out)
{
    CXFile handle = NULL;
    unsigned begin;
    CXCursor definition = clang_getCursorReferenced(use->cursor);
    clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(definition)), &handle, NULL, NULL,
                              &begin);
    return handle && replacement_at(lw, source_index(lw, handle), begin, out);
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
    const cursor_place *place = cursor_place_of(lw, cursor);
    uint32_t file = place->spelt, offset = place->spelt_begin;
    replacement spelt;
    if (!replacement_at(lw, file, offset, &spelt) || !replacement_of(lw, use, r)) return false;
    *delegated = true;
    for (int i = 0; i < 8; i++) {
        if (r->file == file && r->begin == offset) return true;
        size_t n = skip_token(r->text, r->end, r->begin) - r->begin;
        bool same = skip_token(spelt.text, spelt.end, spelt.name) - spelt.name == n &&
                    strncmp(spelt.text + spelt.name, r->text + r->begin, n) == 0;
        if (!same || spelt.name == r->name) return false;
        enum shape shape = shape_of(r);
        *delegated &= shape == SHAPE_TOKEN || shape == SHAPE_CALL;
        *r = spelt;
    }
    return false;
}

static CXCursor written(lower *lw, CXCursor cursor)
{
    while (clang_getCursorKind(cursor) == CXCursor_UnexposedExpr) {
        CXCursor inner = kid_first(lw, cursor);
        if (is_null(inner) || !same_start(lw, cursor, inner)) break;
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
    size_t at = skip_token(r->text, r->end, r->name);
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
    if (!replacement_of(lw, use, &outer)) return false;
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
        if (use->parent) continue;
        CXCursor definition = clang_getCursorReferenced(use->cursor);
        CXSourceLocation at = clang_getCursorLocation(use->cursor);
        ir_expansion expansion = {.file = file_id(lw, lw->files.at[use->file].handle, at),
                                  .begin = use->begin};
        expansion.end = use->end;
        expansion.name = use_name(lw, use);
        expansion.function_like = clang_Cursor_isMacroFunctionLike(definition) != 0;
        if (!clang_Cursor_isMacroBuiltin(definition)) expansion.definition = span_of(lw, definition);
        size_t n = 0;
        const char *text = expansion.definition.file ? span_text(lw, expansion.definition, &n) : "";
        expansion.stringizes = memchr(text, '#', n) != NULL;
        vec_push(&lw->unit->expansions, expansion);
    }
}

/* The macro whose body spells a token; asked for again by every instruction that the body makes. */
static const char *name_at(lower *lw, uint32_t source, uint32_t offset)
{
    struct spelt_name *slot = &lw->names[(source * 31 + offset) & (NAMES - 1)];
    if (slot->source == source && slot->offset == offset) return slot->name;
    replacement r;
    bool inside = replacement_at(lw, source, offset, &r);
    const char *name = inside ? r.text + r.name : NULL;
    size_t n = inside ? skip_token(r.text, r.end, r.name) - r.name : 0;
    *slot = (struct spelt_name){source, offset, inside ? arena_strndup(&lw->unit->arena, name, n) : NULL};
    return slot->name;
}

void macro_names(lower *lw, CXCursor cursor, const char **outer, const char **inner)
{
    const cursor_place *at = cursor_place_of(lw, cursor);
    *outer = *inner = NULL;
    if (!at->source) return;
    if (at->written) { /* an argument: does the expression go on in the body? */
        macro_use *use = macro_use_at(lw, at->source, at->begin, true);
        if (use && at->end >= use->end) *outer = *inner = use_name(lw, use);
        return;
    }
    macro_use *use = macro_use_at(lw, at->source, at->begin, false);
    if (use) *outer = use_name(lw, use);
    *inner = at->spelt ? name_at(lw, at->spelt, at->spelt_begin) : NULL;
    if (!*inner) *inner = *outer;
}
