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

/* A text that replaces a file's has a second handle for the same file. */
bool same_file(CXFile a, CXFile b)
{
    return a == b || (a && b && clang_File_isEqual(a, b));
}

/* ---- files --------------------------------------------------------------------------------- */
uint32_t source_index(lower *lw, CXFile file)
{
    if (!file) return 0;
    if (lw->files.at[lw->recent].handle == file) return lw->recent;
    for (size_t i = 1; i < lw->files.n; i++)
        if (lw->files.at[i].handle == file || clang_File_isEqual(lw->files.at[i].handle, file))
            return lw->recent = (uint32_t)i;
    source_file source = {.handle = file};
    source.text = clang_getFileContents(lw->tu, file, &source.size);
    CXSourceLocation start = clang_getLocationForOffset(lw->tu, file, 0);
    source.main = clang_Location_isFromMainFile(start) != 0;
    source.system = clang_Location_isInSystemHeader(start) != 0;
    vec_push(&lw->files, source);
    return lw->recent = (uint32_t)(lw->files.n - 1);
}

uint32_t file_id(lower *lw, CXFile handle)
{
    uint32_t index = source_index(lw, handle);
    if (!index || lw->files.at[index].id) return lw->files.at[index].id;
    const source_file *source = &lw->files.at[index];
    ir_file file = {keep_string(lw, clang_getFileName(handle)), source->main, source->system};
    if (file.main) file.path = lw->unit->path;
    vec_push(&lw->unit->files, file);
    vec_push(&lw->sources, index);
    return lw->files.at[index].id = (uint32_t)(lw->unit->files.n - 1);
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

const char *span_text(const lower *lw, ir_span span, size_t *n)
{
    const source_file *file = source_of(lw, span.file);
    *n = 0;
    if (!file->text || span.begin > span.end || span.end > file->size) return "";
    *n = span.end - span.begin;
    return file->text + span.begin;
}

/* ---- spans --------------------------------------------------------------------------------- */
/* Moves an end of a range that stands inside a macro's body to that of the use: libclang shows where the use
 * begins when it is an argument of another macro. */
static void end_of_use(lower *lw, CXSourceLocation end, ir_span *span)
{
    CXFile file = NULL, spelt = NULL;
    unsigned offset;
    clang_getFileLocation(end, &file, NULL, NULL, NULL);
    clang_getSpellingLocation(end, &spelt, NULL, NULL, &offset);
    if (same_file(file, spelt) && offset == span->end) return;
    const macro_use *use = macro_use_at(lw, source_index(lw, file), span->end, false);
    if (use) span_end_at(lw, span, use->end);
}

static ir_span plain_span(lower *lw, CXCursor cursor, CXFile *spelt, unsigned *spelt_begin)
{
    ir_span span = {0};
    CXFile file = NULL;
    CXSourceRange range = clang_getCursorExtent(cursor);
    CXSourceLocation start = clang_getRangeStart(range), end = clang_getRangeEnd(range);
    clang_getFileLocation(start, &file, &span.line, &span.column, &span.begin);
    clang_getSpellingLocation(start, spelt, NULL, NULL, spelt_begin);
    clang_getFileLocation(end, NULL, &span.end_line, &span.end_column, &span.end);
    span.file = file_id(lw, file);
    if (span.file) end_of_use(lw, end, &span);
    if (span.end < span.begin) span.end = span.begin, span.macro = true;
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

static void span_begin_at(lower *lw, ir_span *span, uint32_t begin)
{
    const source_file *file = source_of(lw, span->file);
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
    CXFile file = NULL;
    unsigned left = 0, right = 0;
    clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(kid_first(lw, cursor))), &file, NULL,
                          NULL, &left);
    clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(kid_last(lw, cursor))), &file, NULL, NULL,
                          &right);
    return right <= left;
}

ir_span span_of(lower *lw, CXCursor cursor)
{
    CXFile spelt = NULL;
    unsigned spelt_begin = 0;
    ir_span span = plain_span(lw, cursor, &spelt, &spelt_begin);
    if (!span.file || span.macro) return span;
    uint32_t in = lw->sources.at[span.file];
    const source_file *file = &lw->files.at[in];
    if (!same_file(file->handle, spelt) || span.begin != spelt_begin) {
        const macro_use *use = macro_use_at(lw, in, span.begin, false);
        span.macro = !use || !spelt || !macro_opens(lw, use, cursor, span.end <= use->end);
        if (use && span.end < use->end) span.macro = true;
        return span;
    }
    const macro_use *use = macro_use_at(lw, in, span.begin, true);
    end_in_argument(lw, in, use, &span);
    if (use && one_argument_twice(lw, cursor)) widen(lw, &span, use);
    bool readable = file->text && span.end <= file->size;
    if (use && (span.end >= use->end || (readable && crosses_comma(file->text, span.begin, span.end))))
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
    span.file = file_id(lw, file);
    span.end = span.begin + n;
    span.end_line = span.line, span.end_column = span.column + n;
    span.macro = !same_file(file, spelt) || offset != span.begin;
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
    const source_file *file = source_of(lw, span->file);
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
