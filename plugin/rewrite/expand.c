/* SPDX-License-Identifier: MIT
 *
 * Expanding macros in the text. Counted code that a macro's body holds cannot be edited where it stands: the
 * uses of such macros are replaced by what they expand to, and the file is lowered again. The preprocessor of
 * a compiler does the work: it is given the file with a mark before and behind each use, and what comes out
 * between the marks is the expansion. The runtime's own macros stay as they are, because its headers are
 * skipped by their include guards.
 */
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rewrite_p.h"

static const char mark_open[] = "rc_mark_open_", mark_close[] = "rc_mark_close_";

typedef struct macro_range {
    uint32_t begin, end;
} macro_range;
typedef VEC(macro_range) range_vec;

/* ---- where the uses are ------------------------------------------------------------------------- */
static int compare_ranges(const void *a, const void *b)
{
    const macro_range *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

/* The use that the span is part of: its macro's body or its arguments. */
static macro_range use_around(const ir_unit *unit, const ir_span *span)
{
    for (size_t i = 0; i < unit->expansions.n; i++) {
        const ir_expansion *use = &unit->expansions.at[i];
        if (use->file == span->file && use->begin <= span->begin && span->begin < use->end)
            return (macro_range){use->begin, use->end};
    }
    return (macro_range){0};
}

/* The uses in the main file, in order, each once. */
static void collect_uses(const ir_unit *unit, const rewrite_result *result, uint32_t file, range_vec *uses)
{
    for (size_t i = 0; i < result->expand.n; i++) {
        macro_range use = use_around(unit, &result->expand.at[i]);
        if (result->expand.at[i].file == file && use.end) vec_push(uses, use);
    }
    if (uses->n) qsort(uses->at, uses->n, sizeof *uses->at, compare_ranges);
    size_t kept = 0;
    for (size_t i = 0; i < uses->n; i++)
        if (!kept || uses->at[i].begin >= uses->at[kept - 1].end) uses->at[kept++] = uses->at[i];
    uses->n = kept;
}

static void write_marked(const char *path, const char *text, size_t n, const range_vec *uses, strbuf *out)
{
    size_t at = 0;
    strbuf_printf(out, "#line 1 \"%s\"\n", path);
    for (size_t i = 0; i < uses->n; i++) {
        const macro_range *use = &uses->at[i];
        strbuf_addn(out, text + at, use->begin - at);
        strbuf_printf(out, " %s%zu ", mark_open, i);
        strbuf_addn(out, text + use->begin, use->end - use->begin);
        strbuf_printf(out, " %s%zu ", mark_close, i);
        at = use->end;
    }
    strbuf_addn(out, text + at, n - at);
}

/* ---- the preprocessor --------------------------------------------------------------------------- */
static char **preprocessor_arguments(const rewrite_compiler *compiler, const char *path, arena *a)
{
    char **argv = arena_alloc(a, (compiler->flag_count + 16) * sizeof *argv);
    size_t n = 0;
    const char *slash = strrchr(path, '/');
    argv[n++] = arena_strdup(a, compiler->name ? compiler->name : "cc");
    for (const char *const *fixed = (const char *const[]){"-E", "-x", "c", "-D__RECOUNT__", "-DRECOUNT_H",
                                                          "-DRECOUNT_ANNOTATIONS_H", "-w", NULL};
         *fixed; fixed++)
        argv[n++] = arena_strdup(a, *fixed);
    argv[n++] = arena_strdup(a, "-iquote");
    argv[n++] = slash ? arena_strndup(a, path, (size_t)(slash - path)) : arena_strdup(a, ".");
    for (size_t i = 0; i < compiler->flag_count; i++) argv[n++] = arena_strdup(a, compiler->flags[i]);
    argv[n++] = arena_strdup(a, "-");
    argv[n] = NULL;
    return argv;
}

static void run_child(char **argv, const char *directory, int in, int out)
{
    if (directory && chdir(directory) != 0) _exit(127);
    dup2(in, 0);
    dup2(out, 1);
    for (int fd = 3; fd < 256; fd++) close(fd);
    execvp(argv[0], argv);
    _exit(127);
}

/* Feeds the child and drains it in turns, so that neither waits for the other. */
static void exchange(int to, int from, const char *text, size_t n, strbuf *out)
{
    size_t sent = 0;
    for (;;) {
        struct pollfd fds[2] = {{from, POLLIN, 0}, {sent < n ? to : -1, POLLOUT, 0}};
        if (poll(fds, 2, -1) < 0 && errno != EINTR) break;
        if (fds[1].revents) {
            ssize_t wrote = write(to, text + sent, n - sent > 4096 ? 4096 : n - sent);
            sent = wrote < 0 ? n : sent + (size_t)wrote;
            if (sent >= n) close(to);
        }
        if (fds[0].revents) {
            char buffer[16384];
            ssize_t got = read(from, buffer, sizeof buffer);
            if (got <= 0) break;
            strbuf_addn(out, buffer, (size_t)got);
        }
    }
    if (sent < n) close(to);
}

static bool preprocess(const rewrite_compiler *compiler, const char *path, const strbuf *text, strbuf *out)
{
    int to[2], from[2];
    arena a = {0};
    char **argv = preprocessor_arguments(compiler, path, &a);
    if (pipe(to) != 0) return false;
    if (pipe(from) != 0) {
        close(to[0]);
        close(to[1]);
        return false;
    }
    pid_t child = fork();
    if (child == 0) run_child(argv, compiler->directory, to[0], from[1]);
    close(to[0]);
    close(from[1]);
    if (child > 0)
        exchange(to[1], from[0], text->s, text->n, out);
    else
        close(to[1]);
    close(from[0]);
    int status = 1;
    if (child > 0) waitpid(child, &status, 0);
    arena_fini(&a);
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* ---- putting it back ---------------------------------------------------------------------------- */
/* The expansion on one line: no line markers, blanks in a row become one. */
static void add_flat(const char *s, size_t n, strbuf *out)
{
    bool blank = true, line_start = false;
    char quote = 0;
    for (size_t i = 0; i < n; i++) {
        char c = s[i];
        if (line_start && c == '#') {
            while (i < n && s[i] != '\n') i++;
            continue;
        }
        line_start = c == '\n';
        if (!quote && isspace((unsigned char)c)) {
            if (!blank) strbuf_addc(out, ' ');
            blank = true;
            continue;
        }
        if (quote && c == '\\' && i + 1 < n) {
            strbuf_addc(out, c);
            c = s[++i];
        } else if (quote ? c == quote : c == '"' || c == '\'') {
            quote = quote ? 0 : c;
        }
        strbuf_addc(out, c);
        blank = false;
    }
    while (out->n && out->s[out->n - 1] == ' ') out->s[--out->n] = '\0';
}

static bool add_expansion(const char *preprocessed, size_t use, strbuf *out)
{
    char open[64], close[64];
    snprintf(open, sizeof open, "%s%zu ", mark_open, use);
    snprintf(close, sizeof close, "%s%zu", mark_close, use);
    const char *begin = strstr(preprocessed, open);
    if (!begin) snprintf(open, sizeof open, "%s%zu\n", mark_open, use), begin = strstr(preprocessed, open);
    const char *end = begin ? strstr(begin, close) : NULL;
    if (!end) return false;
    begin += strlen(open) - 1;
    add_flat(begin, (size_t)(end - begin), out);
    return true;
}

/* The file's lines stay where they are: a use over several lines keeps its line ends behind its expansion. */
static bool put_back(const char *text, size_t n, const range_vec *uses, const char *preprocessed, strbuf *out)
{
    size_t at = 0;
    for (size_t i = 0; i < uses->n; i++) {
        const macro_range *use = &uses->at[i];
        strbuf_addn(out, text + at, use->begin - at);
        if (!add_expansion(preprocessed, i, out)) return false;
        for (uint32_t k = use->begin; k < use->end; k++)
            if (text[k] == '\n') strbuf_add(out, text[k - 1] == '\r' ? "\r\n" : "\n");
        at = use->end;
    }
    strbuf_addn(out, text + at, n - at);
    return true;
}

char *rewrite_expand(const ir_unit *unit, const rewrite_result *result, const rewrite_compiler *compiler,
                     size_t *n)
{
    range_vec uses = {0};
    strbuf marked = {0}, preprocessed = {0}, out = {0};
    uint32_t file = 0;
    for (size_t i = 1; i < unit->files.n && !file; i++)
        if (unit->files.at[i].main) file = (uint32_t)i;
    collect_uses(unit, result, file, &uses);
    bool good = uses.n > 0;
    if (good) {
        write_marked(unit->path, unit->source, unit->source_size, &uses, &marked);
        good = preprocess(compiler, unit->path, &marked, &preprocessed) && preprocessed.s &&
               put_back(unit->source, unit->source_size, &uses, preprocessed.s, &out);
    }
    vec_fini(&uses);
    strbuf_fini(&marked);
    strbuf_fini(&preprocessed);
    if (!good) {
        strbuf_fini(&out);
        return NULL;
    }
    *n = out.n;
    return strbuf_take(&out);
}
