/* SPDX-License-Identifier: MIT
 *
 * recount contracts infer: the summaries of the last run as a contract header to review and keep. The database knows
 * what is done to an operand and not its type, so that pointers are void * and numbers int.
 */
#include <stdlib.h>
#include <string.h>

#include "driver_p.h"

enum { MOST_ARGS = 64 };

typedef struct inferred { /* one function; strings live in the arena */
    const char *id, *name;
    const char *result; /* an effect, or NULL: no pointer */
    bool nullable;
    const char *args[MOST_ARGS]; /* effects; NULL: no pointer, or none */
    size_t arg_count;
} inferred;

typedef struct writer {
    arena arena;
    inferred open;
    map written; /* names */
    strbuf text, skipped;
} writer;

/* What an effect is called in a contract; NULL: there is no word for it. */
static const char *annotation_of(const char *effect)
{
    static const struct {
        const char *effect, *annotation;
    } words[] = {
        {"borrowed", ""},
        {"steals", "RC_STEALS "},
        {"steals_on_success", "RC_STEALS_ON_SUCCESS "},
        {"retains", "RC_RETAINS "},
        {"retains_on_success", "RC_RETAINS_ON_SUCCESS "},
        {"releases", "RC_RELEASES "},
        {"out", "RC_OUT "},
        {"out_borrowed", "RC_OUT RC_BORROWED "},
        {"inout", "RC_OUT RC_STEALS "},
        {"returns_new", "RC_RETURNS_NEW "},
        {"returns_borrowed", "RC_RETURNS_BORROWED "},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].effect, effect) == 0) return words[i].annotation;
    return NULL;
}

static bool is_slot(const char *effect)
{
    return str_starts(effect, "out") || strcmp(effect, "inout") == 0;
}

/* The one pointer that can be meant by "the same as an argument"; -1: several can. */
static int only_pointer(const inferred *f)
{
    int found = -1;
    for (size_t i = 0; i < f->arg_count; i++) {
        if (f->args[i] && found >= 0) return -1;
        if (f->args[i]) found = (int)i;
    }
    return found;
}

/* False: the result cannot be told in the vocabulary. */
static bool add_result(const inferred *f, strbuf *line)
{
    if (!f->result) {
        strbuf_add(line, "int ");
        return true;
    }
    const char *annotation = annotation_of(f->result);
    int same = only_pointer(f);
    if (strcmp(f->result, "returns_arg") == 0 && same >= 0)
        strbuf_printf(line, "RC_RETURNS_ARG(arg%d) ", same);
    else if (annotation)
        strbuf_add(line, annotation);
    else
        return false;
    strbuf_printf(line, "%svoid *", f->nullable ? "RC_NULLABLE " : "");
    return true;
}

static bool add_args(const inferred *f, strbuf *line)
{
    for (size_t i = 0; i < f->arg_count; i++) {
        const char *effect = f->args[i], *annotation = effect ? annotation_of(effect) : "";
        if (!annotation) return false;
        strbuf_printf(line, "%s%s%sarg%zu", i ? ", " : "", annotation,
                      !effect           ? "int "
                      : is_slot(effect) ? "void **"
                                        : "void *",
                      i);
    }
    if (!f->arg_count) strbuf_add(line, "void");
    return true;
}

/* What cannot be told in full is named and left to the reader: a prototype without a word would say that it borrows. */
static void close_function(writer *w)
{
    const inferred *f = &w->open;
    strbuf line = {0};
    if (!f->name) return;
    bool told = add_result(f, &line);
    strbuf_printf(&line, "%s(", f->name);
    told = add_args(f, &line) && told && !map_get(&w->written, f->name);
    if (told)
        strbuf_printf(&w->text, "%s);\n", line.s);
    else
        strbuf_printf(&w->skipped, "%s %s", w->skipped.n ? "," : "", f->name);
    map_set(&w->written, f->name, w);
    strbuf_fini(&line);
}

static void take_row(void *arg, size_t n, const char *const *names, const char *const *values,
                     const char *types)
{
    (void)names, (void)types;
    writer *w = arg;
    if (n != 5 || !values || !values[0] || !values[1] || !values[2] || !values[3]) return;
    if (!w->open.id || strcmp(w->open.id, values[0]) != 0) {
        close_function(w);
        w->open =
            (inferred){.id = arena_strdup(&w->arena, values[0]), .name = arena_strdup(&w->arena, values[1])};
    }
    const char *effect = arena_strdup(&w->arena, values[3]);
    size_t at = str_starts(values[2], "arg") ? strtoul(values[2] + 3, NULL, 10) : MOST_ARGS;
    if (at < MOST_ARGS) {
        w->open.args[at] = effect;
        if (at >= w->open.arg_count) w->open.arg_count = at + 1;
    } else {
        w->open.result = effect;
        w->open.nullable = values[4] && strcmp(values[4], "0") != 0;
    }
}

static int write_header(const invocation *in, writer *w)
{
    strbuf out = {0};
    strbuf_add(
        &out,
        "/* Made by `recount contracts infer` from what function bodies do. Review it: the types are not "
        "known,\n"
        " * and an argument behind the last pointer is left out. */\n#include <recount_annotations.h>\n\n"
        "RC_IMPORTED(\"infer\");\n\n");
    if (w->text.n) strbuf_add(&out, w->text.s);
    if (w->skipped.n)
        strbuf_printf(&out, "\n/* Not told, for there is no word for what they do:%s. */\n", w->skipped.s);
    int status = driver_write(driver_option(in, OPTION_OUTPUT), out.s, out.n);
    strbuf_fini(&out);
    return status;
}

int contracts_infer(invocation *in, const str_vec *files)
{
    static const char sql[] =
        "SELECT function.id, function.name, operand, effect, nullable FROM summary"
        " JOIN function ON function.id = summary.function_id"
        " JOIN _history ON _history.file_id = function.file_id AND _history.age = 1 ORDER BY 2, 1, 3";
    record *r = NULL;
    char *error = NULL;
    if (files->n != 1) {
        driver_error("contracts infer: one database");
        return EXIT_USAGE;
    }
    if (record_open(files->at[0], RECORD_READ, 0, &r, &error) != RECORD_OK)
        return driver_fail(EXIT_INPUT, &error);
    writer w = {0};
    int status = EXIT_CLEAN;
    if (record_query(r, sql, take_row, &w, &error) != RECORD_OK) {
        status = driver_fail(EXIT_INPUT, &error);
    } else {
        close_function(&w);
        status = write_header(in, &w);
    }
    map_fini(&w.written);
    strbuf_fini(&w.text);
    strbuf_fini(&w.skipped);
    arena_fini(&w.arena);
    record_close(r);
    return status;
}
