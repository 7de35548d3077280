/* SPDX-License-Identifier: MIT
 *
 * GObject Introspection files to a contract header. What the files say of strings, arrays and lists is about
 * memory and not about references, and is left out. Functions named ref, ref_sink, unref and free do what
 * their names say, whatever the file's transfer is; a constructor that transfers nothing makes a floating
 * object, of which nothing is said.
 */
#include <stdlib.h>
#include <string.h>

#include "contract.h"
#include "gir_p.h"
#include "import_p.h"

typedef struct writer {
    gir g;
    strbuf *out;
    map declared;    /* C names that have a typedef by now */
    map by_value;    /* C names that a signature uses without a star */
    str_vec counted; /* lines of RC_OBJECT_TYPE            */
} writer;

/* ---- what is counted ----------------------------------------------------------------------------------- */

static const gir_type *type_of(const writer *w, const gir_value *value)
{
    return gir_type_find(&w->g, value->type);
}

static bool is_instance(const gir_type *type)
{
    return type->kind == GIR_CLASS || type->kind == GIR_INTERFACE;
}

/* The operations that count instances of a type; false: they are not counted. */
static bool counting_of(const writer *w, const gir_type *type, const char **ref, const char **unref)
{
    const gir_type *at = type;
    for (int i = 0; at && i < 64; i++, at = gir_type_find(&w->g, at->parent)) {
        if (!at->ref || !at->unref) continue;
        *ref = at->ref, *unref = at->unref;
        return true;
    }
    if (!is_instance(type)) return false;
    *ref = "g_object_ref", *unref = "g_object_unref";
    return true;
}

static bool is_counted(const writer *w, const gir_type *type)
{
    const char *ref, *unref;
    return type && counting_of(w, type, &ref, &unref);
}

/* Counted, or a record that one function frees: what may be owned. */
static bool is_owned(const writer *w, const gir_value *value)
{
    const gir_type *type = type_of(w, value);
    return type && (is_counted(w, type) || (type->kind == GIR_RECORD && type->free));
}

static bool may_float(const writer *w, const gir_type *type)
{
    return gir_is_a(&w->g, type, "GObject.InitiallyUnowned") || strcmp(type->name, "GLib.Variant") == 0 ||
           strcmp(type->name, "GObject.ParamSpec") == 0;
}

/* ---- C types ------------------------------------------------------------------------------------------- */

static const struct {
    const char *name, *is;
} basics[] = {
    {"FILE", "struct _IO_FILE"},
    {"GQuark", "unsigned"},
    {"GType", "unsigned long"},
    {"gboolean", "int"},
    {"gchar", "char"},
    {"gconstpointer", "const void *"},
    {"gdouble", "double"},
    {"gfloat", "float"},
    {"gint", "int"},
    {"gint16", "short"},
    {"gint32", "int"},
    {"gint64", "long"},
    {"gint8", "signed char"},
    {"gintptr", "long"},
    {"glong", "long"},
    {"goffset", "long"},
    {"gpointer", "void *"},
    {"gshort", "short"},
    {"gsize", "unsigned long"},
    {"gssize", "long"},
    {"guchar", "unsigned char"},
    {"guint", "unsigned"},
    {"guint16", "unsigned short"},
    {"guint32", "unsigned"},
    {"guint64", "unsigned long"},
    {"guint8", "unsigned char"},
    {"guintptr", "unsigned long"},
    {"gulong", "unsigned long"},
    {"gunichar", "unsigned"},
    {"gunichar2", "unsigned short"},
    {"gushort", "unsigned short"},
    {"int16_t", "short"},
    {"int32_t", "int"},
    {"int64_t", "long"},
    {"int8_t", "signed char"},
    {"pid_t", "int"},
    {"size_t", "unsigned long"},
    {"ssize_t", "long"},
    {"time_t", "long"},
    {"uid_t", "unsigned"},
    {"uint16_t", "unsigned short"},
    {"uint32_t", "unsigned"},
    {"uint64_t", "unsigned long"},
    {"uint8_t", "unsigned char"},
    {"va_list", "__builtin_va_list"},
};

static const char *basic_type(const char *name)
{
    for (size_t i = 0; i < sizeof basics / sizeof *basics; i++)
        if (strcmp(basics[i].name, name) == 0) return basics[i].is;
    return NULL;
}

/* The name that a type's spelling rests on ("const GtkWidget* const*": GtkWidget), in the arena; NULL: C's
 * own words. */
static const char *name_inside(writer *w, const char *spelling)
{
    const char *word;
    do word = import_word(&w->g.arena, &spelling);
    while (word && import_is_keyword(word));
    return word;
}

static void declare(writer *w, const char *spelling);

static void note_counted(writer *w, const gir_type *type)
{
    const char *ref, *unref;
    if (counting_of(w, type, &ref, &unref))
        vec_push(&w->counted,
                 arena_printf(&w->g.arena, "RC_OBJECT_TYPE(%s, %s, %s);", type->c_type, ref, unref));
}

static void declare_known(writer *w, const gir_type *type)
{
    switch (type->kind) {
    case GIR_ALIAS:
        if (type->target) declare(w, type->target);
        strbuf_add(w->out, "typedef ");
        import_add_typed(w->out, type->target ? type->target : "int", type->c_type);
        strbuf_add(w->out, ";\n");
        break;
    case GIR_ENUM: strbuf_printf(w->out, "typedef int %s;\n", type->c_type); break;
    case GIR_CALLBACK: strbuf_printf(w->out, "typedef void (*%s)(void);\n", type->c_type); break;
    case GIR_UNION: strbuf_printf(w->out, "typedef union _%s %s;\n", type->c_type, type->c_type); break;
    default:
        strbuf_printf(w->out, "typedef struct _%s %s%s;\n", type->c_type,
                      type->disguised && map_get(&w->by_value, type->c_type) ? "*" : "", type->c_type);
        break;
    }
    note_counted(w, type);
}

/* Writes the typedef that a spelling needs, once. What no file tells of is an opaque struct, or a number when
 * it is passed by value. */
static void declare(writer *w, const char *spelling)
{
    const char *name = spelling ? name_inside(w, spelling) : NULL;
    if (!name || map_get(&w->declared, name)) return;
    map_set(&w->declared, name, w);
    const gir_type *type = map_get(&w->g.c_types, name);
    const char *basic = basic_type(name);
    if (basic)
        strbuf_printf(w->out, "typedef %s%s%s;\n", basic, str_ends(basic, "*") ? "" : " ", name);
    else if (type)
        declare_known(w, type);
    else if (strchr(spelling, '*'))
        strbuf_printf(w->out, "typedef struct _%s %s;\n", name, name);
    else
        strbuf_printf(w->out, "typedef int %s;\n", name);
}

/* ---- one function -------------------------------------------------------------------------------------- */

static bool takes_instance(const gir_fn *fn)
{
    return fn->params.n && fn->params.at[0].instance;
}

static bool is_named(const gir_fn *fn, const char *name)
{
    return takes_instance(fn) && strcmp(fn->name, name) == 0;
}

static bool retains_instance(const gir_fn *fn)
{
    return is_named(fn, "ref") || is_named(fn, "ref_sink");
}

static bool releases_instance(const gir_fn *fn)
{
    return is_named(fn, "unref") || is_named(fn, "free");
}

static void say_result(writer *w, const gir_fn *fn, strbuf *line)
{
    const gir_value *result = &fn->result;
    const gir_type *type = type_of(w, result);
    if (retains_instance(fn) || is_named(fn, "take_ref")) {
        strbuf_printf(line, "RC_RETURNS_ARG(%s) ", fn->params.at[0].name);
    } else if (is_owned(w, result) && result->transfer == GIR_FULL) {
        strbuf_add(line, "RC_RETURNS_NEW ");
    } else if (is_owned(w, result) && result->transfer == GIR_NONE &&
               !(fn->constructor && may_float(w, type))) {
        if (takes_instance(fn))
            strbuf_printf(line, "RC_RETURNS_BORROWED_FROM(%s) ", fn->params.at[0].name);
        else
            strbuf_add(line, "RC_RETURNS_BORROWED ");
    }
    bool pointer = result->c_type && strchr(result->c_type, '*');
    if (result->nullable || (fn->throws && pointer)) strbuf_add(line, "RC_NULLABLE ");
    if (fn->throws && result->c_type && strcmp(result->c_type, "gboolean") == 0)
        strbuf_add(line, "RC_FAILS(result == 0) ");
}

static void say_out(const writer *w, const gir_value *p, strbuf *line)
{
    if (p->caller_allocates || !is_owned(w, p) || !p->c_type || !strstr(p->c_type, "**")) return;
    if (p->direction == GIR_INOUT && p->transfer == GIR_FULL) strbuf_add(line, "RC_OUT RC_STEALS ");
    if (p->direction == GIR_OUT && p->transfer == GIR_FULL) strbuf_add(line, "RC_OUT ");
    if (p->direction == GIR_OUT && p->transfer == GIR_NONE) strbuf_add(line, "RC_OUT RC_BORROWED ");
    if (p->direction == GIR_OUT && p->nullable) strbuf_add(line, "RC_NULLABLE ");
}

/* An object that goes in untransferred may yet be kept by a reference of the callee's own, or sunk when it
 * floats. */
static void say_param(const writer *w, const gir_fn *fn, size_t i, strbuf *line)
{
    const gir_value *p = &fn->params.at[i];
    if (i == 0 && retains_instance(fn)) {
        strbuf_add(line, "RC_RETAINS ");
    } else if (i == 0 && releases_instance(fn)) {
        strbuf_add(line, "RC_RELEASES ");
    } else if (p->direction != GIR_IN) {
        say_out(w, p, line);
    } else if (is_owned(w, p)) {
        if (p->transfer == GIR_FULL) strbuf_add(line, "RC_STEALS ");
        if (p->transfer == GIR_NONE && !p->instance && is_counted(w, type_of(w, p)))
            strbuf_add(line, "RC_KEEPS ");
        if (p->nullable) strbuf_add(line, "RC_NULLABLE ");
    }
}

static void add_param(writer *w, const gir_fn *fn, size_t i, strbuf *part)
{
    const gir_value *p = &fn->params.at[i];
    if (p->variadic) {
        strbuf_add(part, "...");
        return;
    }
    say_param(w, fn, i, part);
    import_add_typed(part, p->c_type ? p->c_type : "void *", p->name ? p->name : "");
}

static void write_function(writer *w, const gir_fn *fn)
{
    strbuf *out = w->out;
    size_t start = out->n, n = fn->params.n + fn->throws;
    say_result(w, fn, out);
    import_add_typed(out, fn->result.c_type ? fn->result.c_type : "void", fn->symbol);
    strbuf_addc(out, '(');
    if (!n) strbuf_add(out, "void");
    for (size_t i = 0; i < n; i++) {
        strbuf part = {0};
        if (i < fn->params.n)
            add_param(w, fn, i, &part);
        else
            strbuf_add(&part, "RC_OUT RC_RAISES GError **error");
        if (i + 1 < n) strbuf_addc(&part, ',');
        import_add_part(out, &start, part.s, i == 0);
        strbuf_fini(&part);
    }
    strbuf_add(out, ");\n");
}

/* ---- the header ---------------------------------------------------------------------------------------- */

/* Parameter names that C keeps for itself, or that stand twice, get a letter more. */
static void name_params(writer *w, gir_fn *fn)
{
    for (size_t i = 0; i < fn->params.n; i++) {
        gir_value *p = &fn->params.at[i];
        bool taken = p->name && (import_is_keyword(p->name) || (fn->throws && strcmp(p->name, "error") == 0));
        for (size_t j = 0; p->name && !taken && j < i; j++)
            taken = fn->params.at[j].name && strcmp(fn->params.at[j].name, p->name) == 0;
        if (taken || !p->name) p->name = arena_printf(&w->g.arena, "%s_%zu", p->name ? p->name : "arg", i);
    }
}

static void note_by_value(writer *w, const char *spelling)
{
    const char *name = spelling && !strchr(spelling, '*') ? name_inside(w, spelling) : NULL;
    if (name) map_set(&w->by_value, name, w);
}

static void note_values(writer *w)
{
    for (size_t i = 0; i < w->g.fns.n; i++) {
        const gir_fn *fn = w->g.fns.at[i];
        note_by_value(w, fn->result.c_type);
        for (size_t j = 0; j < fn->params.n; j++) note_by_value(w, fn->params.at[j].c_type);
    }
}

static void declare_types(writer *w)
{
    note_values(w);
    for (size_t i = 0; i < w->g.fns.n; i++) {
        const gir_fn *fn = w->g.fns.at[i];
        declare(w, fn->result.c_type);
        for (size_t j = 0; j < fn->params.n; j++) declare(w, fn->params.at[j].c_type);
        if (fn->throws) declare(w, "GError*");
    }
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void write_head(writer *w, const char *const *paths, size_t n)
{
    strbuf *out = w->out;
    strbuf_add(out, "/* Made by `recount contracts import-gir` from");
    for (size_t i = 0; i < n; i++) strbuf_printf(out, "%s %s", i ? "," : "", base_name(paths[i]));
    strbuf_add(
        out,
        ".\n * Facts are those files' and under their licence. */\n#include <recount_annotations.h>\n\n");
    strbuf_add(out, "RC_IMPORTED(\"import-gir\");\n");
    if (!w->g.headers.n) return;
    strbuf_add(out, "RC_DESCRIBES(\"");
    for (size_t i = 0; i < w->g.headers.n; i++) strbuf_printf(out, "%s%s", i ? " " : "", w->g.headers.at[i]);
    strbuf_add(out, "\");\n");
}

int contract_import_gir(const char *const *paths, size_t n, strbuf *out, char **error)
{
    writer w = {.out = out};
    int status = gir_read(&w.g, paths, n, error);
    if (status == 0) {
        write_head(&w, paths, n);
        for (size_t i = 0; i < w.g.fns.n; i++) name_params(&w, w.g.fns.at[i]);
        declare_types(&w);
        strbuf_addc(out, '\n');
        for (size_t i = 0; i < w.counted.n; i++) strbuf_printf(out, "%s\n", w.counted.at[i]);
        strbuf_addc(out, '\n');
        for (size_t i = 0; i < w.g.fns.n; i++) write_function(&w, w.g.fns.at[i]);
    }
    vec_fini(&w.counted);
    map_fini(&w.declared);
    map_fini(&w.by_value);
    gir_fini(&w.g);
    return status;
}
