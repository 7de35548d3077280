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

/* ---- files --------------------------------------------------------------------------------- */
static uint32_t add_source(lower *lw, CXFile file)
{
    for (size_t i = 1; i < lw->files.n; i++) /* one file may have several handles */
        if (clang_File_isEqual(lw->files.at[i].handle, file)) return (uint32_t)i;
    vec_push(&lw->files, ((source_file){.handle = file}));
    return (uint32_t)(lw->files.n - 1);
}

uint32_t source_index(lower *lw, CXFile file)
{
    if (!file) return 0;
    if (lw->files.at[lw->recent].handle == file) return lw->recent;
    size_t hash = ((uintptr_t)file >> 4) * 0x9E3779B97F4A7C15u >> 40 & (HANDLES - 1);
    struct handle *slot = &lw->handles[hash];
    if (slot->file != file) *slot = (struct handle){file, add_source(lw, file)};
    return lw->recent = slot->source;
}

const source_file *source_read(lower *lw, uint32_t source)
{
    source_file *file = &lw->files.at[source];
    if (source && !file->read) file->text = clang_getFileContents(lw->tu, file->handle, &file->size);
    file->read = true;
    return file;
}

static bool in_project(const lower *lw, CXFile file)
{
    const char *project = lw->options->project;
    if (!project) return false;
    CXString name = clang_File_tryGetRealPathName(file);
    const char *path = clang_getCString(name);
    bool below = path && path_below(project, path) != path;
    clang_disposeString(name);
    return below;
}

const source_file *source_flags(lower *lw, uint32_t source, CXSourceLocation inside)
{
    source_file *file = &lw->files.at[source];
    if (!source || file->flagged) return file;
    file->main = lw->main && clang_File_isEqual(file->handle, lw->main);
    file->system = clang_Location_isInSystemHeader(inside) != 0;
    CXString name = clang_getFileName(file->handle);
    file->source = str_ends(clang_getCString(name), ".c") || (!file->system && in_project(lw, file->handle));
    clang_disposeString(name);
    file->flagged = true;
    return file;
}

static uint32_t file_of(lower *lw, uint32_t source, CXSourceLocation inside)
{
    if (!source || lw->files.at[source].id) return lw->files.at[source].id;
    const source_file *from = source_flags(lw, source, inside);
    ir_file file = {keep_string(lw, clang_getFileName(from->handle)), from->main, from->system};
    if (file.main) file.path = lw->unit->path;
    vec_push(&lw->unit->files, file);
    vec_push(&lw->sources, source);
    return lw->files.at[source].id = (uint32_t)(lw->unit->files.n - 1);
}

/* Of a file that nothing was lowered from its name is known; whether it is the system's is dear to ask. */
void file_included(lower *lw, CXFile handle)
{
    uint32_t source = source_index(lw, handle);
    if (!source || lw->files.at[source].id) return;
    vec_push(&lw->unit->files, ((ir_file){.path = keep_string(lw, clang_getFileName(handle))}));
    vec_push(&lw->sources, source);
    lw->files.at[source].id = (uint32_t)(lw->unit->files.n - 1);
}

uint32_t file_id(lower *lw, CXFile handle, CXSourceLocation inside)
{
    return file_of(lw, source_index(lw, handle), inside);
}

/* ---- text ---------------------------------------------------------------------------------- */
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

const char *span_text(lower *lw, ir_span span, size_t *n)
{
    const source_file *file = source_read(lw, lw->sources.at[span.file]);
    *n = 0;
    if (!file->text || span.begin > span.end || span.end > file->size) return "";
    *n = span.end - span.begin;
    return file->text + span.begin;
}

/* ---- spans --------------------------------------------------------------------------------- */
/* Bit for bit: cheaper than the library's comparison, and a miss does no harm. */
static bool identical(CXCursor a, CXCursor b)
{
    return a.kind == b.kind && a.data[0] == b.data[0] && a.data[1] == b.data[1] && a.data[2] == b.data[2];
}

/* Where a cursor stands is asked for many times while it is lowered: the last ones are remembered. */
const cursor_place *cursor_place_of(lower *lw, CXCursor cursor)
{
    uintptr_t hash = (uintptr_t)cursor.data[1] ^ (uintptr_t)cursor.data[0] ^ (uintptr_t)cursor.kind << 8;
    cursor_place *at = &lw->places[hash * 0x9E3779B97F4A7C15u >> 40 & (PLACES - 1)];
    if (at->used && identical(at->cursor, cursor)) return at;
    CXSourceRange range = clang_getCursorExtent(cursor);
    CXFile file = NULL, spelt = NULL;
    *at = (cursor_place){.used = true, .cursor = cursor, .start = clang_getRangeStart(range)};
    clang_getFileLocation(at->start, &file, &at->line, &at->column, &at->begin);
    clang_getSpellingLocation(at->start, &spelt, NULL, NULL, &at->spelt_begin);
    at->finish = clang_getRangeEnd(range);
    clang_getFileLocation(at->finish, NULL, &at->end_line, &at->end_column, &at->end);
    at->source = source_index(lw, file);
    at->spelt = source_index(lw, spelt);
    at->written = at->source == at->spelt && at->begin == at->spelt_begin;
    return at;
}

/* Moves an end of a range that stands inside a macro's body to that of the use: libclang shows where the use
 * begins when it is an argument of another macro. */
static void end_of_use(lower *lw, const cursor_place *at, ir_span *span)
{
    CXFile spelt = NULL;
    unsigned offset;
    clang_getSpellingLocation(at->finish, &spelt, NULL, NULL, &offset);
    if (source_index(lw, spelt) == at->source && offset == span->end) return;
    const macro_use *use = macro_use_at(lw, at->source, span->end, false);
    if (use) span_end_at(lw, span, use->end);
}

static ir_span plain_span(lower *lw, const cursor_place *at)
{
    ir_span span = {.file = file_of(lw, at->source, at->start),
                    .begin = at->begin,
                    .line = at->line,
                    .column = at->column};
    span.end = at->end, span.end_line = at->end_line, span.end_column = at->end_column;
    if (span.file && lw->uses.n) end_of_use(lw, at, &span);
    if (span.end < span.begin) span.end = span.begin, span.macro = true;
    return span;
}

void span_end_at(lower *lw, ir_span *span, uint32_t end)
{
    const source_file *file = source_read(lw, lw->sources.at[span->file]);
    if (!file->text || end > file->size) return;
    for (uint32_t at = span->end; at < end; at++)
        if (file->text[at] == '\n')
            span->end_line++, span->end_column = 1;
        else
            span->end_column++;
    span->end = end;
}

static void span_begin_at(lower *lw, ir_span *span, uint32_t begin)
{
    const source_file *file = source_read(lw, lw->sources.at[span->file]);
    if (!file->text || span->begin > file->size) return;
    for (uint32_t at = span->begin; at-- > begin;) span->line -= file->text[at] == '\n';
    uint32_t line_start = begin;
    while (line_start && file->text[line_start - 1] != '\n') line_start--;
    span->column = begin - line_start + 1;
    span->begin = begin;
}

/* What begins in an argument and goes on in the macro's body, or in another argument, stands nowhere in one
 * piece: its span is that of the use. */
static void widen(lower *lw, ir_span *span, const macro_use *use)
{
    span->macro = true;
    span_begin_at(lw, span, use->begin);
    if (span->end < use->end) span_end_at(lw, span, use->end);
}

/* A range that enters a use and ends in an argument of it goes to the use's end: the argument stands last in
 * the body. */
static void end_in_argument(lower *lw, uint32_t source, const macro_use *around, ir_span *span)
{
    const macro_use *use = macro_use_at(lw, source, span->end, true);
    if (!use || use == around || use->begin < span->begin) return;
    while (use->parent && &lw->uses.at[use->parent - 1] != around &&
           lw->uses.at[use->parent - 1].begin >= span->begin)
        use = &lw->uses.at[use->parent - 1];
    span_end_at(lw, span, use->end);
}

/* x + x where x is one argument: both operands stand at the same place. */
static bool one_argument_twice(lower *lw, CXCursor cursor)
{
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind != CXCursor_BinaryOperator && kind != CXCursor_ConditionalOperator) return false;
    uint32_t left = cursor_place_of(lw, kid_first(lw, cursor))->begin;
    uint32_t right = cursor_place_of(lw, kid_last(lw, cursor))->begin;
    return right <= left;
}

ir_span span_of(lower *lw, CXCursor cursor)
{
    if (is_null(cursor)) return (ir_span){0};
    const cursor_place *at = cursor_place_of(lw, cursor);
    uint32_t in = at->source;
    ir_span span = plain_span(lw, at);
    if (!span.file || span.macro) return span;
    if (!at->written) {
        const macro_use *use = macro_use_at(lw, in, span.begin, false);
        span.macro = !use || span.end < use->end || !macro_opens(lw, use, cursor, span.end <= use->end);
        return span;
    }
    const macro_use *use = macro_use_at(lw, in, span.begin, true);
    end_in_argument(lw, in, use, &span);
    if (!use) return span;
    const source_file *file = source_read(lw, in);
    bool readable = file->text && span.end <= file->size;
    if (span.end >= use->end || one_argument_twice(lw, cursor) ||
        (readable && crosses_comma(file->text, span.begin, span.end)))
        widen(lw, &span, use);
    return span;
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
    span.file = file_id(lw, file, at);
    span.end = span.begin + n;
    span.end_line = span.line, span.end_column = span.column + n;
    span.macro = source_index(lw, file) != source_index(lw, spelt) || offset != span.begin;
    return span;
}

ir_span span_join(ir_span a, ir_span b)
{
    if (!a.file || a.file != b.file || b.end < a.end) return a;
    a.end = b.end, a.end_line = b.end_line, a.end_column = b.end_column;
    a.macro |= b.macro;
    return a;
}

void span_semicolon(lower *lw, ir_span *span, CXCursor cursor)
{
    const source_file *file = source_read(lw, lw->sources.at[span->file]);
    if (!file->text || span->end > file->size) return;
    size_t at = skip_blank(file->text, file->size, span->end);
    if (at < file->size && file->text[at] == ';') {
        const macro_use *use = macro_use_at(lw, lw->sources.at[span->file], span->begin, false);
        if (span->macro && (!use || span->end != use->end || !macro_is_statement(lw, use, cursor))) return;
        span_end_at(lw, span, (uint32_t)at + 1);
        span->macro = false;
    } else if (span->end == span->begin || file->text[span->end - 1] != ';') {
        span->macro = true;
    }
}

/* ---- spelling ------------------------------------------------------------------------------ */
const char *spelt_at(lower *lw, CXCursor cursor, size_t *n)
{
    const cursor_place *at = cursor_place_of(lw, cursor);
    const source_file *source = source_read(lw, at->spelt);
    *n = 0;
    if (!source->text || at->spelt_begin > source->size) return "";
    *n = source->size - at->spelt_begin;
    return source->text + at->spelt_begin;
}

bool spelt_word(lower *lw, CXCursor cursor, const char *word)
{
    size_t n, length = strlen(word);
    const char *text = spelt_at(lw, cursor, &n);
    return n >= length && strncmp(text, word, length) == 0 && (n == length || !is_word(text[length]));
}

bool same_start(lower *lw, CXCursor a, CXCursor b)
{
    CXSourceLocation start = cursor_place_of(lw, a)->start;
    return clang_equalLocations(start, cursor_place_of(lw, b)->start) != 0;
}
