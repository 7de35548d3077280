/* SPDX-License-Identifier: MIT
 *
 * compile_commands.json, read by libclang's own reader of it.
 */
#include <clang-c/CXCompilationDatabase.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lower_p.h"

static int fail(char **error, const char *path, const char *why)
{
    strbuf message = {0};
    strbuf_printf(&message, "%s: %s", path, why);
    *error = strbuf_take(&message);
    return -1;
}

static const char *keep(ast_commands *commands, CXString s)
{
    const char *kept = arena_strdup(&commands->arena, clang_getCString(s));
    clang_disposeString(s);
    return kept ? kept : "";
}

/* Everything but the compiler's name and the files that are compiled. */
static void add_flags(ast_commands *commands, CXCompileCommand from, ast_command *into)
{
    unsigned n = clang_CompileCommand_getNumArgs(from);
    into->flags = arena_alloc(&commands->arena, (n + 1) * sizeof *into->flags);
    for (unsigned i = 1; i < n; i++) {
        const char *flag = keep(commands, clang_CompileCommand_getArg(from, i));
        if (strcmp(flag, "--") == 0) break; /* files alone come behind it */
        into->flags[into->flag_count++] = flag;
    }
    into->flag_count = ast_flags_filter(into->flags, into->flag_count);
}

static bool is_c(const char *path)
{
    return str_ends(path, ".c") || str_ends(path, ".h");
}

/* One entry a file: what was compiled last holds. */
static void add_command(ast_commands *commands, CXCompileCommand from)
{
    ast_command command = {.file = keep(commands, clang_CompileCommand_getFilename(from)),
                           .directory = keep(commands, clang_CompileCommand_getDirectory(from))};
    if (!is_c(command.file)) return;
    add_flags(commands, from, &command);
    for (size_t i = 0; i < commands->n; i++) {
        ast_command *known = &commands->at[i];
        if (strcmp(known->file, command.file) == 0 && strcmp(known->directory, command.directory) == 0) {
            *known = command;
            return;
        }
    }
    commands->at[commands->n++] = command;
}

static char *folder_of(const char *path, int *why)
{
    struct stat st;
    *why = stat(path, &st) == 0 ? 0 : errno;
    if (*why) return NULL;
    if (S_ISDIR(st.st_mode)) return x_strdup(path);
    char *folder = path_real(path), *slash = strrchr(folder, '/');
    if (slash) *slash = '\0';
    return folder;
}

/* libclang prints its own account of a malformed file, in several lines; ours is one. */
static CXCompilationDatabase open_quietly(const char *folder)
{
    CXCompilationDatabase_Error code = CXCompilationDatabase_NoError;
    fflush(stderr);
    int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0) dup2(nowhere, STDERR_FILENO);
    CXCompilationDatabase database = clang_CompilationDatabase_fromDirectory(folder, &code);
    if (kept >= 0) dup2(kept, STDERR_FILENO);
    if (nowhere >= 0) close(nowhere);
    if (kept >= 0) close(kept);
    return code == CXCompilationDatabase_NoError ? database : NULL;
}

int ast_commands_read(const char *path, ast_commands *out, char **error)
{
    *out = (ast_commands){0};
    int why;
    char *folder = folder_of(path, &why);
    if (!folder) return fail(error, path, strerror(why));
    strbuf file = {0};
    strbuf_printf(&file, "%s/compile_commands.json", folder);
    struct stat st;
    if (stat(file.s, &st) != 0) {
        fail(error, file.s, strerror(errno));
        strbuf_fini(&file);
        free(folder);
        return -1;
    }
    CXCompilationDatabase database = open_quietly(folder);
    free(folder);
    if (!database) {
        fail(error, file.s, "not a compilation database: the JSON is malformed");
        strbuf_fini(&file);
        return -1;
    }
    strbuf_fini(&file);
    CXCompileCommands all = clang_CompilationDatabase_getAllCompileCommands(database);
    unsigned n = clang_CompileCommands_getSize(all);
    out->at = arena_alloc(&out->arena, (n + 1) * sizeof *out->at);
    for (unsigned i = 0; i < n; i++) add_command(out, clang_CompileCommands_getCommand(all, i));
    clang_CompileCommands_dispose(all);
    clang_CompilationDatabase_dispose(database);
    return 0;
}

void ast_commands_fini(ast_commands *commands)
{
    arena_fini(&commands->arena);
    *commands = (ast_commands){0};
}
