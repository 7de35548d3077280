/* SPDX-License-Identifier: MIT
 *
 * Where cursors stand. A range may be edited only where its ends were written in the file themselves: file
 * location equals spelling location, and no macro's invocation is entered or left in between.
 */
#include <ctype.h>
#include <stdlib.h>

#include "lower_p.h"

const char *keep_string(lower *lw, CXString s)
{
    const char *text = clang_getCString(s);
    const char *kept = arena_strdup(&lw->unit->arena, text ? text : "");
    clang_disposeString(s);
    return kept;
}

char *take_string(CXString s)
{
    const char *text = clang_getCString(s);
    char *copy = x_strdup(text ? text : "");
    clang_disposeString(s);
    return copy;
}

/* ---- files
 * --------------------------------------------------------------------------------------------------- */
uint32_t source_index(lower *lw, CXFile file)
{
    if (!file) return 0;
    if (lw->files.at[lw->recent].handle == file) return lw->recent;
    for (size_t i = 1; i < lw->files.n; i++)
        if (lw->files.at[i].handle == file || clang_File_isEqual(lw->files.at[i].handle, file))
            return lw->recent = (uint32_t)i;
    source_file source = {.handle = file};
    source.text = clang_getFileContents(lw->tu, file, &source.size);
    vec_push(&lw->files, source);
    return lw->recent = (uint32_t)(lw->files.n - 1);
}

uint32_t file_id(lower *lw, CXFile handle)
{
    uint32_t index = source_index(lw, handle);
    if (!index || lw->files.at[index].id) return lw->files.at[index].id;
    CXSourceLocation start = clang_getLocationForOffset(lw->tu, handle, 0);
    ir_file file = {.path = keep_string(lw, clang_getFileName(handle)),
                    .main = clang_Location_isFromMainFile(start) != 0,
                    .system = clang_Location_isInSystemHeader(start) != 0};
    if (file.main) file.path = lw->unit->path;
    vec_push(&lw->unit->files, file);
    vec_push(&lw->sources, index);
    return lw->files.at[index].id = (uint32_t)(lw->unit->files.n - 1);
}

/* ---- text
 * ------------------------------------------------------------------------------------------------------ */
bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static size_t skip_comment(const char *text, size_t n, size_t at)
{
    if (text[at + 1] == '/') {
        while (at < n && text[at] != '\n') at += text[at] == '\\' && at + 1 < n ? 2 : 1;
        return at < n ? at : n;
    }
    for (at += 2; at + 1 < n; at++)
        if (text[at] == '*' && text[at + 1] == '/') return at + 2;
    return n;
}

size_t skip_blank(const char *text, size_t n, size_t at)
{
    while (at < n) {
        if (isspace((unsigned char)text[at]))
            at++;
        else if (text[at] == '\\' && at + 1 < n && (text[at + 1] == '\n' || text[at + 1] == '\r'))
            at += 2;
        else if (text[at] == '/' && at + 1 < n && (text[at + 1] == '/' || text[at + 1] == '*'))
            at = skip_comment(text, n, at);
        else
            break;
    }
    return at;
}

static size_t skip_quoted(const char *text, size_t n, size_t at)
{
    char quote = text[at++];
    while (at < n && text[at] != quote && text[at] != '\n') at += text[at] == '\\' && at + 1 < n ? 2 : 1;
    return at < n ? at + 1 : n;
}

/* One token that begins at `at`: a word or number, a literal, or a single character. */
size_t skip_token(const char *text, size_t n, size_t at)
{
    if (at >= n) return n;
    if (text[at] == '"' || text[at] == '\'') return skip_quoted(text, n, at);
    if (!is_word(text[at])) return at + 1;
    while (at < n && is_word(text[at])) at++;
    return at;
}

/* A comma outside brackets between two offsets: they are in different arguments of a macro. */
static bool crosses_comma(const char *text, size_t begin, size_t end)
{
    int depth = 0;
    for (size_t at = skip_blank(text, end, begin); at < end;
         at = skip_blank(text, end, skip_token(text, end, at))) {
        if (strchr("([{", text[at])) depth++;
        if (strchr(")]}", text[at]) && --depth < 0) return true;
        if (text[at] == ',' && depth == 0) return true;
    }
    return false;
}

const char *span_text(const lower *lw, ir_span span, size_t *n)
{
    const source_file *file = source_of(lw, span.file);
    *n = 0;
    if (!file->text || span.begin > span.end || span.end > file->size) return "";
    *n = span.end - span.begin;
    return file->text + span.begin;
}

/* ---- macros
 * ------------------------------------------------------------------------------------------------------ */
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
static macro_use *use_at(lower *lw, uint32_t file, uint32_t offset, bool inside)
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

/* Offset of the first token of a replacement list. */
static uint32_t body_first(const lower *lw, const macro_body *body)
{
    const source_file *file = &lw->files.at[body->file];
    if (!file->text || body->end > file->size) return body->end;
    size_t at = skip_token(file->text, body->end, body->begin);
    if (at < body->end && file->text[at] == '(') {
        while (at < body->end && file->text[at] != ')') at++;
        at++;
    }
    return (uint32_t)skip_blank(file->text, body->end, at);
}

/* true when the token spelt at (file, offset) is the first one that `use` expands to, through macros that
 * begin with macros. */
static bool begins_use(lower *lw, const macro_use *use, uint32_t file, uint32_t offset)
{
    CXCursor definition = clang_getCursorReferenced(use->cursor);
    for (int i = 0; i < 8; i++) {
        CXFile handle;
        unsigned begin;
        clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(definition)), &handle, NULL, NULL,
                                  &begin);
        const macro_body *body = handle ? body_at(lw, source_index(lw, handle), begin) : NULL;
        if (!body) return false;
        uint32_t first = body_first(lw, body);
        if (body->file == file && first == offset) return true;
        const macro_body *spelt = body_at(lw, file, offset);
        if (!spelt || spelt == body) return false;
        const char *text = lw->files.at[body->file].text;
        char *name = take_string(clang_getCursorSpelling(spelt->cursor));
        size_t n = skip_token(text, body->end, first) - first;
        bool same = strlen(name) == n && strncmp(name, text + first, n) == 0;
        free(name);
        if (!same) return false;
        definition = spelt->cursor;
    }
    return false;
}

/* What the rewriter may have to expand: the outermost uses in files that may be edited. */
void macros_record(lower *lw)
{
    for (size_t i = 0; i < lw->uses.n; i++) {
        macro_use *use = &lw->uses.at[i];
        CXFile handle = lw->files.at[use->file].handle;
        if (use->parent || clang_Location_isInSystemHeader(clang_getLocationForOffset(lw->tu, handle, 0)))
            continue;
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
    if (file == spelt && offset == spelt_offset) { /* an argument: does the expression go on in the body? */
        unsigned end;
        clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(cursor)), NULL, NULL, NULL, &end);
        macro_use *use = use_at(lw, in, offset, true);
        if (use && end >= use->end) *outer = *inner = use_name(lw, use);
        return;
    }
    macro_use *use = use_at(lw, in, offset, false);
    if (use) *outer = use_name(lw, use);
    const macro_body *body = spelt ? body_at(lw, source_index(lw, spelt), spelt_offset) : NULL;
    *inner = body ? keep_string(lw, clang_getCursorSpelling(body->cursor)) : *outer;
}

/* ---- spans
 * ----------------------------------------------------------------------------------------------------------
 */
static bool from_macro(lower *lw, const ir_span *span, CXFile spelt, unsigned spelt_begin)
{
    uint32_t in = lw->sources.at[span->file];
    const source_file *file = &lw->files.at[in];
    if (file->handle != spelt || span->begin != spelt_begin) {
        macro_use *use = use_at(lw, in, span->begin, false);
        return !use || span->end <= use->end || !spelt ||
               !begins_use(lw, use, source_index(lw, spelt), spelt_begin);
    }
    macro_use *use = use_at(lw, in, span->begin, true);
    if (!use) return false;
    bool readable = file->text && span->end <= file->size;
    return span->end >= use->end || (readable && crosses_comma(file->text, span->begin, span->end));
}

static ir_span plain_span(lower *lw, CXSourceRange range, CXFile *spelt, unsigned *spelt_begin)
{
    ir_span span = {0};
    CXFile file = NULL;
    CXSourceLocation start = clang_getRangeStart(range);
    clang_getFileLocation(start, &file, &span.line, &span.column, &span.begin);
    clang_getSpellingLocation(start, spelt, NULL, NULL, spelt_begin);
    clang_getFileLocation(clang_getRangeEnd(range), NULL, &span.end_line, &span.end_column, &span.end);
    span.file = file_id(lw, file);
    if (span.end < span.begin) span.end = span.begin, span.macro = true;
    return span;
}

ir_span span_of_range(lower *lw, CXSourceRange range)
{
    CXFile spelt = NULL;
    unsigned spelt_begin = 0;
    ir_span span = plain_span(lw, range, &spelt, &spelt_begin);
    if (span.file && !span.macro) span.macro = from_macro(lw, &span, spelt, spelt_begin);
    return span;
}

ir_span span_of(lower *lw, CXCursor cursor)
{
    return span_of_range(lw, clang_getCursorExtent(cursor));
}

ir_span span_of_name(lower *lw, CXCursor cursor)
{
    ir_span span = {0};
    CXFile file = NULL, spelt = NULL;
    unsigned offset;
    CXSourceLocation at = clang_getCursorLocation(cursor);
    clang_getFileLocation(at, &file, &span.line, &span.column, &span.begin);
    clang_getSpellingLocation(at, &spelt, NULL, NULL, &offset);
    CXString name = clang_getCursorSpelling(cursor);
    uint32_t n = (uint32_t)strlen(clang_getCString(name));
    clang_disposeString(name);
    span.file = file_id(lw, file);
    span.end = span.begin + n;
    span.end_line = span.line, span.end_column = span.column + n;
    span.macro = file != spelt || offset != span.begin;
    return span;
}

void span_end_at(lower *lw, ir_span *span, uint32_t end)
{
    const source_file *file = source_of(lw, span->file);
    if (!file->text || end > file->size) return;
    for (uint32_t at = span->end; at < end; at++)
        if (file->text[at] == '\n')
            span->end_line++, span->end_column = 1;
        else
            span->end_column++;
    span->end = end;
}

ir_span span_join(ir_span a, ir_span b)
{
    if (!a.file || a.file != b.file || b.end < a.end) return a;
    a.end = b.end, a.end_line = b.end_line, a.end_column = b.end_column;
    a.macro |= b.macro;
    return a;
}

/* A statement that begins an expansion and whose semicolon stands behind it is whole: its span may be edited.
 */
void span_semicolon(lower *lw, ir_span *span, CXCursor cursor)
{
    const source_file *file = source_of(lw, span->file);
    if (!file->text || span->end > file->size) return;
    size_t at = skip_blank(file->text, file->size, span->end);
    if (at >= file->size || file->text[at] != ';') {
        if (span->end > span->begin && file->text[span->end - 1] == ';') return;
        span->macro = true;
        return;
    }
    ir_span longer = *span;
    span_end_at(lw, &longer, (uint32_t)at + 1);
    if (span->macro) {
        CXFile spelt = NULL;
        unsigned spelt_begin = 0;
        ir_span plain = plain_span(lw, clang_getCursorExtent(cursor), &spelt, &spelt_begin);
        plain.end = longer.end;
        longer.macro = from_macro(lw, &plain, spelt, spelt_begin);
        if (longer.macro) return;
    }
    *span = longer;
}

/* ---- spelling
 * -------------------------------------------------------------------------------------------------------- */
const char *spelt_at(lower *lw, CXCursor cursor, size_t *n)
{
    CXFile file = NULL;
    unsigned offset;
    *n = 0;
    clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(cursor)), &file, NULL, NULL, &offset);
    if (!file) return "";
    const source_file *source = &lw->files.at[source_index(lw, file)];
    if (!source->text || offset > source->size) return "";
    *n = source->size - offset;
    return source->text + offset;
}

bool spelt_word(lower *lw, CXCursor cursor, const char *word)
{
    size_t n, length = strlen(word);
    const char *text = spelt_at(lw, cursor, &n);
    return n >= length && strncmp(text, word, length) == 0 && (n == length || !is_word(text[length]));
}

bool same_start(CXCursor a, CXCursor b)
{
    return clang_equalLocations(clang_getRangeStart(clang_getCursorExtent(a)),
                                clang_getRangeStart(clang_getCursorExtent(b))) != 0;
}
