/* SPDX-License-Identifier: MIT
 *
 * CPython's refcounts.dat to a contract header. Its lines read "function:type:parameter:effect:comment", the
 * one without a parameter being the result's. The data tells new results from borrowed ones and which
 * arguments are kept; which are stolen it does not tell (PyList_SetItem has 0 there), and a -1 is about the
 * callee's own references: arguments are therefore given as the vocabulary's default, and the header is
 * trusted after a pack that a person wrote.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "contract.h"
#include "import_p.h"

enum { FIELDS = 4 }; /* function, type, parameter, effect */

typedef struct writer {
    strbuf *out, types;
    arena arena;
    map declared, seen;
    const char *function; /* that is open, or NULL */
    strbuf line;          /* its prototype so far  */
    size_t params;
} writer;

static char *trimmed(arena *a, const char *s, size_t n)
{
    while (n && isspace((unsigned char)*s)) s++, n--;
    while (n && isspace((unsigned char)s[n - 1])) n--;
    return arena_strndup(a, s, n);
}

/* Splits at colons; what is behind the last wanted one is comment. False: too few. */
static bool split(arena *a, const char *line, size_t n, const char *fields[FIELDS])
{
    const char *end = line + n;
    for (int i = 0; i < FIELDS; i++) {
        const char *colon = memchr(line, ':', (size_t)(end - line));
        if (!colon) return false;
        fields[i] = trimmed(a, line, (size_t)(colon - line));
        line = colon + 1;
    }
    return true;
}

static bool is_identifier(const char *s)
{
    if (!isalpha((unsigned char)*s) && *s != '_') return false;
    while (isalnum((unsigned char)*s) || *s == '_') s++;
    return !*s;
}

/* ---- C types ------------------------------------------------------------------------------------------- */

static const char *number_behind(const char *name)
{
    static const struct {
        const char *name, *is;
    } known[] = {{"Py_ssize_t", "long"}, {"Py_hash_t", "long"},           {"Py_UCS4", "unsigned"},
                 {"Py_UNICODE", "int"},  {"size_t", "unsigned long"},     {"wchar_t", "int"},
                 {"time_t", "long"},     {"va_list", "__builtin_va_list"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].name, name) == 0) return known[i].is;
    return NULL;
}

/* A struct that begins with an object is an object: PyTypeObject, PyCodeObject, PyVarObject. */
static bool is_object_name(const char *name)
{
    return str_starts(name, "Py") && str_ends(name, "Object");
}

/* `tag` is "struct" in front of a tagged name, else NULL. */
static void declare(writer *w, const char *tag, const char *name)
{
    const char *number = number_behind(name);
    const char *key = tag ? arena_printf(&w->arena, "%s %s", tag, name) : name;
    if (map_get(&w->declared, key) || strcmp(name, "PyObject") == 0) return;
    map_set(&w->declared, key, w);
    if (tag)
        strbuf_printf(&w->types, "%s;\n", key);
    else if (number)
        strbuf_printf(&w->types, "typedef %s %s;\n", number, name);
    else if (is_object_name(name))
        strbuf_printf(&w->types, "typedef struct { PyObject ob_base; } %s;\n", name);
    else
        strbuf_printf(&w->types, "typedef struct %s %s;\n", name, name);
}

static void declare_words(writer *w, const char *type)
{
    const char *word, *tag = NULL;
    while ((word = import_word(&w->arena, &type))) {
        if (!import_is_keyword(word)) declare(w, tag, word);
        tag = strcmp(word, "struct") == 0 || strcmp(word, "union") == 0 ? word : NULL;
    }
}

static bool is_object_pointer(const char *type)
{
    const char *star = strchr(type, '*');
    return star && !strchr(star + 1, '*') && strstr(type, "Object");
}

/* Function types have the name inside; the data's spelling is kept otherwise. */
static void add_typed(writer *w, const char *type, const char *name)
{
    const char *pointer = strstr(type, "(*)");
    declare_words(w, type);
    if (pointer) {
        strbuf_printf(&w->line, "%.*s(*%s)%s", (int)(pointer - type), type, name, pointer + 3);
        return;
    }
    import_add_typed(&w->line, type, name);
}

/* ---- prototypes ---------------------------------------------------------------------------------------- */

static void close_function(writer *w)
{
    if (!w->function) return;
    if (!w->params) strbuf_add(&w->line, "void");
    strbuf_printf(w->out, "%s);\n", w->line.s);
    strbuf_fini(&w->line);
    w->function = NULL;
}

static void open_function(writer *w, const char *fields[FIELDS])
{
    const char *type = fields[1], *effect = fields[3];
    w->function = fields[0];
    w->params = 0;
    map_set(&w->seen, w->function, w);
    if (is_object_pointer(type)) {
        if (strcmp(effect, "+1") == 0) strbuf_add(&w->line, "RC_RETURNS_NEW RC_NULLABLE ");
        if (strcmp(effect, "0") == 0) strbuf_add(&w->line, "RC_RETURNS_BORROWED RC_NULLABLE ");
        if (strcmp(effect, "null") == 0) strbuf_add(&w->line, "RC_RETURNS_BORROWED RC_NULLABLE RC_FAILS(1) ");
    }
    add_typed(w, strstr(type, "(*)") ? "void *" : type, w->function);
    strbuf_addc(&w->line, '(');
}

static void add_param(writer *w, const char *fields[FIELDS])
{
    const char *type = fields[1], *name = fields[2];
    strbuf_add(&w->line, w->params++ ? ", " : "");
    if (strcmp(name, "...") == 0) {
        strbuf_add(&w->line, "...");
        return;
    }
    if (is_object_pointer(type) && strcmp(fields[3], "+1") == 0) strbuf_add(&w->line, "RC_KEEPS ");
    bool usable = is_identifier(name) && !import_is_keyword(name);
    char *other = arena_printf(&w->arena, "arg%zu", w->params);
    add_typed(w, *type ? type : "PyObject *", usable ? name : other);
}

/* 0, or -1 for a line that is none of the format's. */
static int take_line(writer *w, const char *line, size_t n)
{
    const char *fields[FIELDS];
    char *whole = trimmed(&w->arena, line, n);
    if (!*whole || *whole == '#') return 0;
    if (!split(&w->arena, line, n, fields) || !is_identifier(fields[0])) return -1;
    bool open = w->function && strcmp(w->function, fields[0]) == 0;
    if (open && *fields[2]) {
        add_param(w, fields);
    } else if (!*fields[2] && *fields[1] && !map_get(&w->seen, fields[0])) {
        close_function(w);
        open_function(w, fields);
    } else if (!map_get(&w->seen, fields[0])) {
        return -1;
    }
    return 0;
}

static int take_lines(writer *w, const char *path, const char *text, size_t n, char **error)
{
    unsigned number = 1;
    for (size_t at = 0; at < n; number++) {
        const char *newline = memchr(text + at, '\n', n - at);
        size_t length = newline ? (size_t)(newline - text) - at : n - at;
        if (take_line(w, text + at, length) != 0) {
            strbuf message = {0};
            strbuf_printf(&message, "%s:%u: not a line of refcounts.dat", path, number);
            *error = strbuf_take(&message);
            return -1;
        }
        at += length + 1;
    }
    close_function(w);
    return 0;
}

int contract_import_refcounts(const char *path, strbuf *out, char **error)
{
    char *text = NULL;
    size_t n = 0;
    strbuf body = {0};
    writer w = {.out = &body};
    int failed = file_read(path, &text, &n), status = -1;
    if (failed) {
        strbuf message = {0};
        strbuf_printf(&message, "%s: %s", path, strerror(failed));
        *error = strbuf_take(&message);
    } else {
        status = take_lines(&w, path, text, n, error);
    }
    if (status == 0)
        strbuf_printf(
            out,
            "/* Made by `recount contracts import-refcounts`. Facts are CPython's (PSF License). Which "
            "arguments\n"
            " * are stolen is not in the data: say it by hand. */\n#include <recount_annotations.h>\n\n"
            "RC_IMPORTED(\"import-refcounts\");\nRC_DESCRIBES(\"Python.h\");\n\n"
            "typedef struct _object { long ob_refcnt; } PyObject;\n"
            "RC_OBJECT_TYPE(PyObject, Py_INCREF, Py_DECREF);\n%s\n%s",
            w.types.s ? w.types.s : "", body.s ? body.s : "");
    strbuf_fini(&w.types);
    strbuf_fini(&w.line);
    strbuf_fini(&body);
    map_fini(&w.declared);
    map_fini(&w.seen);
    arena_fini(&w.arena);
    free(text);
    return status;
}
