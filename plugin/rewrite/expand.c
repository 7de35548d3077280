/* SPDX-License-Identifier: MIT
 *
 * Expanding macros in the text. Counted code that a macro's body holds cannot be edited where it stands: the
 * uses of such macros are replaced by what they expand to, and the file is lowered again. The preprocessor of
 * a compiler does the work: it is given the file with a mark before and behind each use, and what comes out
 * between the marks is the expansion. A header's uses are put behind the main file, which is right for macros that
 * keep one meaning from there to the end; others are refused. The runtime's own macros stay as they are, because
 * its headers are skipped by their include guards.
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
    uint32_t begin, end, line;
} macro_range;
typedef VEC(macro_range) range_vec;

typedef struct marked_file { /* one with uses to expand */
    const char *path, *text;
    size_t n;
    bool main;
    char *read; /* to be freed */
    range_vec uses;
} marked_file;
typedef VEC(marked_file) marked_vec;

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
            return (macro_range){use->begin, use->end, span->line};
    }
    return (macro_range){0};
}

/* The uses in the file, in order, each once. */
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

static void find_uses(const ir_unit *unit, const rewrite_result *result, const rewrite_options *options,
                      marked_vec *files)
{
    for (uint32_t i = 1; i < unit->files.n; i++) {
        marked_file file = {.path = unit->files.at[i].path, .main = unit->files.at[i].main};
        collect_uses(unit, result, i, &file.uses);
        if (!file.uses.n && !file.main) continue;
        const rewrite_file *replaced = find_replaced(options, file.path);
        if (file.main)
            file.text = unit->source, file.n = unit->source_size, file.path = unit->path;
        else if (replaced)
            file.text = replaced->text, file.n = replaced->n;
        else if (file_read(file.path, &file.read, &file.n) == 0)
            file.text = file.read;
        if (file.text)
            vec_push(files, file);
        else
            vec_fini(&file.uses);
    }
}

static void write_use(const marked_file *file, const macro_range *use, size_t number, strbuf *out)
{
    strbuf_printf(out, " %s%zu ", mark_open, number);
    strbuf_addn(out, file->text + use->begin, use->end - use->begin);
    strbuf_printf(out, " %s%zu ", mark_close, number);
}

static void write_main(const marked_file *file, size_t *number, strbuf *out)
{
    size_t at = 0;
    strbuf_printf(out, "#line 1 \"%s\"\n", file->path);
    for (size_t i = 0; i < file->uses.n; i++) {
        const macro_range *use = &file->uses.at[i];
        strbuf_addn(out, file->text + at, use->begin - at);
        write_use(file, use, (*number)++, out);
        at = use->end;
    }
    strbuf_addn(out, file->text + at, file->n - at);
}

/* The main file with its marks, then the headers' uses, each on a line that says where it stands. */
static void write_marked(const marked_vec *files, strbuf *out)
{
    size_t number = 0;
    for (size_t i = 0; i < files->n; i++)
        if (files->at[i].main) write_main(&files->at[i], &number, out);
    for (size_t i = 0; i < files->n; i++) {
        const marked_file *file = &files->at[i];
        for (size_t k = 0; k < file->uses.n && !file->main; k++) {
            strbuf_printf(out, "\n#line %u \"%s\"\n", file->uses.at[k].line, file->path);
            write_use(file, &file->uses.at[k], number++, out);
        }
    }
    strbuf_addc(out, '\n');
}

/* ---- the preprocessor --------------------------------------------------------------------------- */
static char **preprocessor_arguments(const rewrite_compiler *compiler, const char *path, arena *a)
{
    char **argv = arena_alloc(a, (compiler->flag_count + 16) * sizeof *argv);
    size_t n = 0;
    const char *slash = strrchr(path, '/');
    argv[n++] = arena_strdup(a, compiler->name ? compiler->name : "cc");
    for (const char *const *fixed =
             (const char *const[]){"-E", "-dD", "-x", "c", "-D__RECOUNT__", "-DRECOUNT_H",
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

/* ---- macros that headers use -------------------------------------------------------------------- */
/* Whether the directive stands in the preprocessed text, for this name; *count of them, the last one's end in *tail. */
static size_t count_directives(const char *preprocessed, const char *directive, const char *name, size_t n,
                               const char **tail)
{
    size_t count = 0;
    for (const char *at = strstr(preprocessed, directive); at; at = strstr(at + 1, directive)) {
        const char *word = at + strlen(directive);
        bool whole = strncmp(word, name, n) == 0 && !isalnum((unsigned char)word[n]) && word[n] != '_';
        if (!whole || (at > preprocessed && at[-1] != '\n')) continue;
        count++;
        *tail = word + n;
    }
    return count;
}

/* No macro that the text names, or that one of those does, changes its meaning in the unit. */
static bool is_settled(const char *preprocessed, const char *text, size_t size, unsigned depth)
{
    enum { DEEPEST = 16 };
    for (size_t i = 0; i < size;) {
        size_t n = 0;
        const char *body = NULL, *tail = NULL;
        while (i + n < size && (isalnum((unsigned char)text[i + n]) || text[i + n] == '_')) n++;
        if (n && !isdigit((unsigned char)text[i])) {
            size_t defined = count_directives(preprocessed, "#define ", text + i, n, &body);
            if (defined && count_directives(preprocessed, "#undef ", text + i, n, &tail)) return false;
            if (defined > 1 || (defined && depth == DEEPEST)) return false;
            if (defined && !is_settled(preprocessed, body, strcspn(body, "\n"), depth + 1)) return false;
        }
        i += n ? n : 1;
    }
    return true;
}

static bool are_settled(const marked_file *file, const char *preprocessed)
{
    for (size_t i = 0; i < file->uses.n; i++) {
        const macro_range *use = &file->uses.at[i];
        if (!is_settled(preprocessed, file->text + use->begin, use->end - use->begin, 0)) return false;
    }
    return true;
}

/* The file's lines stay where they are: a use over several lines keeps its line ends behind its expansion. */
static bool put_back(const marked_file *file, size_t *number, const char *preprocessed, strbuf *out)
{
    const char *text = file->text;
    size_t at = 0;
    for (size_t i = 0; i < file->uses.n; i++) {
        const macro_range *use = &file->uses.at[i];
        strbuf_addn(out, text + at, use->begin - at);
        if (!add_expansion(preprocessed, (*number)++, out)) return false;
        for (uint32_t k = use->begin; k < use->end; k++)
            if (text[k] == '\n') strbuf_add(out, text[k - 1] == '\r' ? "\r\n" : "\n");
        at = use->end;
    }
    strbuf_addn(out, text + at, file->n - at);
    return true;
}

static void keep_text(const char *path, strbuf *text, rewrite_file_vec *files)
{
    rewrite_file file = {.path = path, .n = text->n};
    file.text = strbuf_take(text);
    for (size_t i = 0; i < files->n; i++) {
        if (strcmp(files->at[i].path, path) != 0) continue;
        free(files->at[i].text);
        file.path = files->at[i].path;
        files->at[i] = file;
        return;
    }
    file.path = x_strdup(path);
    vec_push(files, file);
}

/* The main file's uses are numbered first. */
static bool put_all_back(const marked_vec *marked, const char *preprocessed, strbuf *texts)
{
    size_t number = 0;
    for (unsigned headers = 0; headers < 2; headers++)
        for (size_t i = 0; i < marked->n; i++) {
            const marked_file *file = &marked->at[i];
            if (file->main == (headers == 1)) continue;
            if (!file->main && !are_settled(file, preprocessed)) return false;
            if (!put_back(file, &number, preprocessed, &texts[i])) return false;
        }
    return number > 0;
}

bool rewrite_expand(const ir_unit *unit, const rewrite_result *result, const rewrite_options *options,
                    const rewrite_compiler *compiler, rewrite_file_vec *files)
{
    marked_vec marked = {0};
    strbuf text = {0}, preprocessed = {0};
    find_uses(unit, result, options, &marked);
    write_marked(&marked, &text);
    strbuf *texts = x_calloc(marked.n + 1, sizeof *texts);
    bool good = preprocess(compiler, unit->path, &text, &preprocessed) && preprocessed.s &&
                put_all_back(&marked, preprocessed.s, texts);
    for (size_t i = 0; i < marked.n; i++) {
        if (good && marked.at[i].uses.n) keep_text(marked.at[i].path, &texts[i], files);
        strbuf_fini(&texts[i]);
        vec_fini(&marked.at[i].uses);
    }
    for (size_t i = 0; i < marked.n; i++) free(marked.at[i].read);
    free(texts);
    vec_fini(&marked);
    strbuf_fini(&text);
    strbuf_fini(&preprocessed);
    return good;
}
