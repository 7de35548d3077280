/* SPDX-License-Identifier: MIT
 *
 * From a file and its flags to a unit.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lower_p.h"

const char *ast_version(void)
{
    static char version[128];
    if (!version[0]) {
        char *text = take_string(clang_getClangVersion());
        snprintf(version, sizeof version, "%s", text);
        free(text);
    }
    return version;
}

/* ---- the argument vector ------------------------------------------------------------------- */
static void add_arguments(const ast_options *options, const char *directory, arena *a, str_vec *argv)
{
    static const char *const own[] = {
        "-D__RECOUNT__=1",
        "-Wno-everything",
        "-ferror-limit=0",
        "-fno-caret-diagnostics",
#define ATTR(spelling, annotation)
#define FOREIGN(text, annotation)
#define FOREIGN_MACRO(definition) "-D" definition,
#include "attrs.def"
#undef ATTR
#undef FOREIGN
#undef FOREIGN_MACRO
    };
    const char **flags = arena_alloc(a, (options->flag_count + 1) * sizeof *flags);
    if (options->flag_count) memcpy(flags, options->flags, options->flag_count * sizeof *flags);
    size_t n = ast_flags_filter(flags, options->flag_count);
    if (directory) vec_push(argv, arena_printf(a, "-working-directory=%s", directory));
    for (size_t i = 0; i < options->include_count; i++)
        vec_push(argv, arena_printf(a, "-I%s", options->includes[i]));
    for (size_t i = 0; i < n; i++) vec_push(argv, flags[i]);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) vec_push(argv, own[i]);
}

/* ---- diagnostics --------------------------------------------------------------------------- */
static void add_error(lower *lw, CXDiagnostic diagnostic, ast_error *into)
{
    enum CXDiagnosticSeverity severity = clang_getDiagnosticSeverity(diagnostic);
    CXFile file = NULL;
    unsigned offset = 0;
    clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), &file, &into->line, &into->column,
                          &offset);
    uint32_t id = file_id(lw, file, clang_getDiagnosticLocation(diagnostic));
    into->file = id ? lw->unit->files.at[id].path : lw->unit->path;
    if (!id) into->line = into->column = 0; /* -include: on no line of the file */
    into->message = keep_string(lw, clang_getDiagnosticSpelling(diagnostic));
    into->fatal = severity == CXDiagnostic_Fatal;
    vec_push(&lw->error_places, ((error_place){id, offset}));
}

/* What is no error of the source: flags that the driver does not know, and gcc's malloc(deallocator), which clang drops
 * (lower_decl.c reads it from the text). */
static bool harmless(CXDiagnostic diagnostic)
{
    unsigned line;
    clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), NULL, &line, NULL, NULL);
    CXString text = clang_getDiagnosticSpelling(diagnostic);
    bool known = strcmp(clang_getCString(text), "'malloc' attribute takes no arguments") == 0;
    clang_disposeString(text);
    return known || line == 0;
}

/* What clang says of the flags stands nowhere in the source. */
static void note_flag(ast_result *out, CXDiagnostic diagnostic)
{
    unsigned line;
    clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), NULL, &line, NULL, NULL);
    if (line) return;
    CXString text = clang_getDiagnosticSpelling(diagnostic);
    out->ignored[out->ignored_count++] = arena_strdup(&out->arena, clang_getCString(text));
    clang_disposeString(text);
}

static void collect_errors(lower *lw)
{
    unsigned n = clang_getNumDiagnostics(lw->tu);
    ast_result *out = lw->result;
    out->errors = arena_alloc(&lw->unit->arena, (n + 1) * sizeof *out->errors);
    const char **machine = out->ignored;
    out->ignored = arena_alloc(&out->arena, (out->ignored_count + n + 1) * sizeof *out->ignored);
    for (size_t i = 0; i < out->ignored_count; i++) out->ignored[i] = machine[i];
    for (unsigned i = 0; i < n; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(lw->tu, i);
        bool error = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
        if (error && harmless(diagnostic))
            note_flag(out, diagnostic);
        else if (error)
            add_error(lw, diagnostic, &out->errors[out->error_count++]);
        clang_disposeDiagnostic(diagnostic);
    }
}

/* ---- parsing ------------------------------------------------------------------------------- */
static ast_status refuse(ast_result *out, ast_status status, const char *path, const char *why)
{
    strbuf message = {0};
    strbuf_printf(&message, "%s: %s", path, why);
    out->message = strbuf_take(&message);
    return status;
}

enum { MAX_SOURCE = 512 << 20 }; /* bytes: offsets are 32 bits wide, in clang too */

static const char *unreadable(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0) return strerror(errno);
    if (S_ISDIR(st.st_mode)) return strerror(EISDIR);
    if (!S_ISREG(st.st_mode)) return "not a regular file";
    if (access(path, R_OK) != 0) return strerror(errno);
    if (st.st_size > MAX_SOURCE) return "too large to parse";
    return NULL;
}

static void keep_source(lower *lw, const char *path)
{
    CXFile file = clang_getFile(lw->tu, path);
    size_t n = 0;
    const char *text = file ? clang_getFileContents(lw->tu, file, &n) : NULL;
    if (!text) return;
    lw->unit->source = arena_strndup(&lw->unit->arena, text, n);
    lw->unit->source_size = n;
}

/* Headers that nothing was lowered from are files of the unit too. */
static void add_inclusion(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    (void)stack, (void)depth;
    file_included(data, file);
}

static void lower_tu(CXTranslationUnit tu, const char *path, const ast_options *options, ast_result *out)
{
    out->unit = ir_unit_new(path);
    lower *lw = x_calloc(1, sizeof *lw);
    lw->unit = out->unit, lw->tu = tu, lw->options = options, lw->result = out;
    vec_push(&lw->files, (source_file){0});
    vec_push(&lw->sources, 0);
    keep_source(lw, path);
    lw->main = clang_getFile(tu, path);
    if (lw->main) file_id(lw, lw->main, clang_getLocationForOffset(tu, lw->main, 0)); /* it is file 1 */
    collect_errors(lw);
    lower_unit(lw);
    clang_getInclusions(tu, add_inclusion, lw);
    lower_fini(lw);
    free(lw);
}

/* The folder that relative paths count from; NULL: the process's own. */
static const char *working_directory(const ast_options *options, arena *a)
{
    if (!options->directory || !options->directory[0]) return NULL;
    char *absolute = path_real(options->directory);
    const char *kept = arena_strdup(a, absolute);
    free(absolute);
    return kept;
}

static bool has_text(const char *path, const ast_options *options)
{
    for (size_t i = 0; i < options->text_count; i++)
        if (strcmp(options->texts[i].path, path) == 0) return true;
    return false;
}

static struct CXUnsavedFile *unsaved_files(const ast_options *options, arena *a)
{
    struct CXUnsavedFile *files = arena_alloc(a, (options->text_count + 1) * sizeof *files);
    for (size_t i = 0; i < options->text_count; i++) {
        const ast_text *text = &options->texts[i];
        files[i] = (struct CXUnsavedFile){text->path, text->text, (unsigned long)text->n};
    }
    return files;
}

/* Machine flags of another compiler may stop clang: without them it still parses. */
static size_t without_machine_flags(const char **argv, size_t n, ast_result *out)
{
    size_t kept = 0;
    out->ignored = arena_alloc(&out->arena, (n + 1) * sizeof *out->ignored);
    for (size_t i = 0; i < n; i++)
        if (!str_starts(argv[i], "-m"))
            argv[kept++] = argv[i];
        else
            out->ignored[out->ignored_count++] = arena_printf(&out->arena, "unknown argument: '%s'", argv[i]);
    return kept;
}

static enum CXErrorCode parse_with(CXIndex index, const char *path, const str_vec *argv,
                                   const ast_options *options, arena *a, CXTranslationUnit *tu)
{
    unsigned how = CXTranslationUnit_DetailedPreprocessingRecord | CXTranslationUnit_KeepGoing;
    return clang_parseTranslationUnit2(index, path, argv->at, (int)argv->n, unsaved_files(options, a),
                                       (unsigned)options->text_count, how, tu);
}

/* libclang parses in a thread of its own whose stack a few thousand nested operators exhaust. On ours, which may grow, as
 * deep as the kernel leaves room for it, they parse. */
static void parse_on_own_stack(void)
{
    enum { MOST_STACK = 120 << 20 };
    struct rlimit stack;
    setenv("LIBCLANG_NOTHREADS", "1", 1);
    if (getrlimit(RLIMIT_STACK, &stack) != 0 || stack.rlim_cur >= MOST_STACK) return;
    stack.rlim_cur = stack.rlim_max < MOST_STACK ? stack.rlim_max : MOST_STACK;
    setrlimit(RLIMIT_STACK, &stack);
}

ast_status ast_parse(const char *path, const ast_options *options, ast_result *out)
{
    *out = (ast_result){0};
    parse_on_own_stack();
    const char *directory = working_directory(options, &out->arena), *resolved = path;
    if (directory && path[0] != '/') resolved = arena_printf(&out->arena, "%s/%s", directory, path);
    const char *why = has_text(path, options) ? NULL : unreadable(resolved);
    if (why) return refuse(out, AST_UNREADABLE, path, why);
    str_vec argv = {0};
    add_arguments(options, directory, &out->arena, &argv);
    CXIndex index = clang_createIndex(0, 0);
    CXTranslationUnit tu = NULL;
    enum CXErrorCode code = parse_with(index, path, &argv, options, &out->arena, &tu);
    if (!tu) {
        argv.n = without_machine_flags(argv.at, argv.n, out);
        if (out->ignored_count) code = parse_with(index, path, &argv, options, &out->arena, &tu);
    }
    vec_fini(&argv);
    ast_status status = AST_OK;
    if (code == CXError_Success && tu)
        lower_tu(tu, path, options, out);
    else if (code == CXError_Crashed)
        status = refuse(out, AST_UNPARSED, path, "libclang crashed while parsing it");
    else
        status = refuse(out, AST_UNPARSED, path, "libclang could not parse it with these flags");
    if (tu) clang_disposeTranslationUnit(tu);
    clang_disposeIndex(index);
    return status;
}

void ast_result_fini(ast_result *result)
{
    ir_unit_free(result->unit);
    free(result->message);
    arena_fini(&result->arena);
    *result = (ast_result){0};
}
