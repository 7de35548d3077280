/* SPDX-License-Identifier: MIT
 *
 * Which sources a command is about, and with which flags each is compiled. What cannot be a source is told in
 * one line.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver_p.h"

#define LARGEST_SOURCE ((off_t)32 << 20) /* bytes; the largest amalgamations have a third of it */

/* ---- what is wrong with a file ----------------------------------------------------------- */
/* The offset of the first byte that is no UTF-8, or n. */
static size_t first_foreign(const unsigned char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t more = s[i] < 0x80                   ? 0
                      : s[i] >= 0xc2 && s[i] < 0xe0 ? 1
                      : (s[i] & 0xf0) == 0xe0       ? 2
                      : s[i] >= 0xf0 && s[i] < 0xf5 ? 3
                                                    : n;
        if (more > n - i - 1) return i;
        for (size_t k = 1; k <= more; k++)
            if ((s[i + k] & 0xc0) != 0x80) return i;
        i += more + 1;
    }
    return n;
}

static char *problem_in(const char *text, size_t n, bool *fatal)
{
    strbuf b = {0};
    const char *nul = memchr(text, '\0', n);
    size_t at = nul ? (size_t)(nul - text) : first_foreign((const unsigned char *)text, n), line = 1;
    if (at == n) return NULL;
    for (size_t i = 0; i < at; i++) line += text[i] == '\n';
    *fatal = nul != NULL;
    if (nul)
        strbuf_printf(&b, "holds a NUL byte on line %zu", line);
    else
        strbuf_printf(&b, "is not UTF-8: byte 0x%02x on line %zu", (unsigned char)text[at], line);
    return strbuf_take(&b);
}

char *driver_source_problem(const char *path, bool *fatal)
{
    struct stat st;
    char *text, *problem;
    size_t n;
    *fatal = true;
    if (stat(path, &st) < 0) return x_strdup(strerror(errno));
    if (S_ISDIR(st.st_mode)) return x_strdup("is a directory");
    if (S_ISREG(st.st_mode) && st.st_size == 0) return x_strdup("is empty");
    if (st.st_size > LARGEST_SOURCE) return x_strdup("is larger than 32 MiB, the most that is analysed");
    int failed = file_read(path, &text, &n);
    if (failed) return x_strdup(failed == EINVAL ? "is not a regular file" : strerror(failed));
    problem = problem_in(text, n, fatal);
    free(text);
    return problem;
}

/* ---- compile_commands.json --------------------------------------------------------------- */
/* The file named by -p or the config, or one in the usual places; NULL: none. */
static char *commands_path(const invocation *in)
{
    static const char *const usual[] = {"compile_commands.json", "build/compile_commands.json"};
    const char *given = driver_option(in, OPTION_BUILD);
    if (given) return x_strdup(given);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        char *path = driver_join(in->root, usual[i]);
        if (access(path, F_OK) == 0) return path;
        free(path);
    }
    return NULL;
}

static char *entry_path(const ast_command *c)
{
    char *joined = *c->file == '/' || !c->directory ? x_strdup(c->file) : driver_join(c->directory, c->file);
    char *real = path_real(joined);
    free(joined);
    return real;
}

static void add_entry(invocation *in, sources *out, const ast_command *c, const char *real)
{
    source s = {.path = arena_strdup(&in->arena, path_below(in->cwd, real)),
                .directory = c->directory,
                .flags = c->flags,
                .flag_count = c->flag_count};
    vec_push(&out->list, s);
}

/* Adds the entries whose file is `only`, or below it, or all; yields how many. */
static size_t add_entries(invocation *in, sources *out, const char *only)
{
    size_t added = 0;
    for (size_t i = 0; i < out->commands.n; i++) {
        char *real = entry_path(&out->commands.at[i]);
        if (!only || strcmp(real, only) == 0 || path_below(only, real) != real) {
            add_entry(in, out, &out->commands.at[i], real);
            added++;
        }
        free(real);
    }
    return added;
}

/* ---- paths ------------------------------------------------------------------------------- */
static void add_path(invocation *in, sources *out, const char *path)
{
    char *real = path_real(path);
    struct stat st;
    bool folder = stat(real, &st) == 0 && S_ISDIR(st.st_mode);
    if ((in->has_rest && !folder) || add_entries(in, out, real) == 0) {
        if (folder) {
            driver_error("%s: is a directory%s", path,
                         out->commands.n
                             ? ", and compile_commands.json names nothing below it"
                             : "; its sources are known from compile_commands.json (-p BUILD_DIR)");
            out->failed++;
        } else {
            source s = {.path = path, .directory = in->cwd, .flags = in->rest.at, .flag_count = in->rest.n};
            vec_push(&out->list, s);
        }
    }
    free(real);
}

int driver_sources(invocation *in, sources *out)
{
    *out = (sources){0};
    char *path = commands_path(in), *error = NULL;
    bool needed = driver_option(in, OPTION_BUILD) || !in->has_rest;
    if (path && needed && ast_commands_read(path, &out->commands, &error) != 0) {
        free(path);
        return driver_fail(EXIT_INPUT, &error);
    }
    bool have = path && needed;
    free(path);
    in->rest.n = ast_flags_filter(in->rest.at, in->rest.n);
    for (size_t i = 0; i < in->args.n; i++) add_path(in, out, in->args.at[i]);
    if (in->args.n) return EXIT_CLEAN;
    if (!have) {
        driver_error("%s: which sources? Name them, or the folder of compile_commands.json with -p",
                     in->command->name);
        return EXIT_USAGE;
    }
    out->whole = true;
    add_entries(in, out, NULL);
    return EXIT_CLEAN;
}

void driver_sources_fini(sources *s)
{
    vec_fini(&s->list);
    ast_commands_fini(&s->commands);
}
