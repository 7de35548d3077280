/* SPDX-License-Identifier: MIT
 *
 * Introspection files to the model. A file of ten megabytes is mostly prose, so it is read as a stream of
 * elements; what does not bear on ownership (signals, virtual methods, fields, documentation) is skipped with
 * all that it contains.
 */
#include <stdlib.h>
#include <string.h>

#include <expat.h>

#include "gir_p.h"

typedef struct reader {
    gir *g;
    bool wanted;            /* this file's functions, not only its types */
    const char *space;      /* "Gtk" */
    gir_type *owner;        /* the class or record that is open */
    gir_type *alias;        /* the alias that is open */
    gir_fn *fn;             /* the function that is open */
    gir_value *value;       /* the parameter or result that is open */
    int depth, value_depth; /* of the element; of the open value */
    int skipped;            /* everything below this depth is of no interest; 0: nothing */
    const char *folder;     /* where included files are looked for */
    int folder_length;
} reader;

static const char *attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0) return attributes[1];
    return NULL;
}

static bool is_one(const char *text)
{
    return text && strcmp(text, "1") == 0;
}

static char *keep(reader *r, const char *text)
{
    return arena_strdup(&r->g->arena, text);
}

/* Names in a file are relative to its namespace unless they carry one. */
static const char *qualified(reader *r, const char *name)
{
    if (!name) return NULL;
    return strchr(name, '.') ? keep(r, name) : arena_printf(&r->g->arena, "%s.%s", r->space, name);
}

/* ---- types --------------------------------------------------------------------------------------------- */

static gir_type *open_type(reader *r, gir_kind kind, const char **attributes)
{
    const char *name = attribute(attributes, "name"), *c_type = attribute(attributes, "c:type");
    if (!c_type) c_type = attribute(attributes, "glib:type-name");
    if (!name || !c_type || !r->space) return NULL;
    gir_type *type = arena_alloc(&r->g->arena, sizeof *type);
    *type = (gir_type){.kind = kind,
                       .name = qualified(r, name),
                       .c_type = keep(r, c_type),
                       .parent = qualified(r, attribute(attributes, "parent")),
                       .ref = keep(r, attribute(attributes, "glib:ref-func")),
                       .unref = keep(r, attribute(attributes, "glib:unref-func")),
                       .disguised = is_one(attribute(attributes, "disguised"))};
    map_set(&r->g->types, type->name, type);
    map_set(&r->g->c_types, type->c_type, type);
    return type;
}

static void on_class(reader *r, const char **a)
{
    r->owner = open_type(r, GIR_CLASS, a);
}
static void on_interface(reader *r, const char **a)
{
    r->owner = open_type(r, GIR_INTERFACE, a);
}
static void on_record(reader *r, const char **a)
{
    r->owner = open_type(r, GIR_RECORD, a);
}
static void on_union(reader *r, const char **a)
{
    r->owner = open_type(r, GIR_UNION, a);
}
static void on_enum(reader *r, const char **a)
{
    r->owner = open_type(r, GIR_ENUM, a);
}
static void on_alias(reader *r, const char **a)
{
    r->alias = open_type(r, GIR_ALIAS, a);
}

static void on_callback(reader *r, const char **a)
{
    open_type(r, GIR_CALLBACK, a);
    r->skipped = r->depth;
}

/* ---- functions ----------------------------------------------------------------------------------------- */

/* The functions by which instances of a type are counted or freed go by these names. */
static void note_count(gir_type *owner, const gir_fn *fn)
{
    if (strcmp(fn->name, "ref") == 0 && !owner->ref) owner->ref = fn->symbol;
    if (strcmp(fn->name, "unref") == 0 && !owner->unref) owner->unref = fn->symbol;
    if (strcmp(fn->name, "free") == 0 && !owner->free) owner->free = fn->symbol;
}

static void open_function(reader *r, const char **attributes, bool constructor, bool method)
{
    const char *symbol = attribute(attributes, "c:identifier"), *name = attribute(attributes, "name");
    const char *throws = attribute(attributes, "throws");
    if (!symbol || !name || attribute(attributes, "moved-to") || map_get(&r->g->symbols, symbol)) {
        r->skipped = r->depth;
        return;
    }
    gir_fn *fn = arena_alloc(&r->g->arena, sizeof *fn);
    fn->symbol = keep(r, symbol);
    fn->name = keep(r, name);
    fn->owner = r->owner;
    fn->constructor = constructor;
    fn->throws = throws && strcmp(throws, "1") == 0;
    if (method && r->owner) note_count(r->owner, fn);
    if (!r->wanted) {
        r->skipped = r->depth;
        return;
    }
    map_set(&r->g->symbols, fn->symbol, fn);
    vec_push(&r->g->fns, fn);
    r->fn = fn;
}

static void on_function(reader *r, const char **a)
{
    open_function(r, a, false, false);
}
static void on_method(reader *r, const char **a)
{
    open_function(r, a, false, true);
}
static void on_constructor(reader *r, const char **a)
{
    open_function(r, a, true, false);
}

static gir_transfer transfer_of(const char *text)
{
    if (!text) return GIR_UNSAID;
    if (strcmp(text, "full") == 0) return GIR_FULL;
    if (strcmp(text, "container") == 0) return GIR_CONTAINER;
    return strcmp(text, "none") == 0 ? GIR_NONE : GIR_UNSAID;
}

static gir_direction direction_of(const char *text)
{
    if (!text || strcmp(text, "in") == 0) return GIR_IN;
    return strcmp(text, "inout") == 0 ? GIR_INOUT : GIR_OUT;
}

static void open_value(reader *r, gir_value *value, const char **attributes)
{
    *value = (gir_value){.name = keep(r, attribute(attributes, "name")),
                         .transfer = transfer_of(attribute(attributes, "transfer-ownership")),
                         .direction = direction_of(attribute(attributes, "direction")),
                         .caller_allocates = is_one(attribute(attributes, "caller-allocates")),
                         .nullable = is_one(attribute(attributes, "nullable"))};
    r->value = value;
    r->value_depth = r->depth;
}

static void on_result(reader *r, const char **a)
{
    if (r->fn) open_value(r, &r->fn->result, a);
}

static void on_parameter(reader *r, const char **a)
{
    if (r->fn) open_value(r, vec_add(&r->fn->params), a);
}

static void on_instance(reader *r, const char **a)
{
    if (!r->fn) return;
    on_parameter(r, a);
    r->value->instance = true;
}

/* ---- what a value is of -------------------------------------------------------------------------------- */

static bool is_basic(const char *name)
{
    return name[0] >= 'a' && name[0] <= 'z' && !strchr(name, '.');
}

/* The element types inside an array's or a list's type are not the value's. */
static bool describes_value(const reader *r)
{
    return r->value && r->depth == r->value_depth + 1;
}

static void on_type(reader *r, const char **attributes)
{
    const char *name = attribute(attributes, "name"), *c_type = attribute(attributes, "c:type");
    if (describes_value(r)) {
        r->value->type = !name ? NULL : is_basic(name) ? keep(r, name) : qualified(r, name);
        r->value->c_type = keep(r, c_type);
    } else if (r->alias && !r->value) {
        r->alias->target = keep(r, c_type ? c_type : name);
        r->alias = NULL;
    }
}

static void on_array(reader *r, const char **attributes)
{
    if (describes_value(r)) r->value->c_type = keep(r, attribute(attributes, "c:type"));
}

static void on_varargs(reader *r, const char **attributes)
{
    (void)attributes;
    if (describes_value(r)) r->value->variadic = true;
}

/* ---- the file ------------------------------------------------------------------------------------------ */

static void on_namespace(reader *r, const char **attributes)
{
    r->space = keep(r, attribute(attributes, "name"));
}

static void on_include(reader *r, const char **attributes)
{
    const char *name = attribute(attributes, "name"), *version = attribute(attributes, "version");
    if (name && version)
        vec_push(&r->g->includes,
                 arena_printf(&r->g->arena, "%.*s%s-%s.gir", r->folder_length, r->folder, name, version));
}

static void on_header(reader *r, const char **attributes)
{
    const char *name = attribute(attributes, "name");
    if (r->wanted && name) vec_push(&r->g->headers, keep(r, name));
}

static void on_other(reader *r, const char **attributes)
{
    (void)attributes;
    r->skipped = r->depth;
}

static void on_container(reader *r, const char **attributes)
{
    (void)r, (void)attributes;
}

static const struct {
    const char *element;
    void (*open)(reader *r, const char **attributes);
} elements[] = {
    {"alias", on_alias},
    {"array", on_array},
    {"bitfield", on_enum},
    {"c:include", on_header},
    {"callback", on_callback},
    {"class", on_class},
    {"constructor", on_constructor},
    {"enumeration", on_enum},
    {"function", on_function},
    {"glib:boxed", on_record},
    {"include", on_include},
    {"instance-parameter", on_instance},
    {"interface", on_interface},
    {"method", on_method},
    {"namespace", on_namespace},
    {"parameter", on_parameter},
    {"parameters", on_container},
    {"record", on_record},
    {"repository", on_container},
    {"return-value", on_result},
    {"type", on_type},
    {"union", on_union},
    {"varargs", on_varargs},
};

static void XMLCALL on_start(void *context, const char *element, const char **attributes)
{
    reader *r = context;
    r->depth++;
    if (r->skipped) return;
    void (*open)(reader *, const char **) = on_other;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].element, element) == 0) open = elements[i].open;
    open(r, attributes);
}

static bool is_one_of(const char *element, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(*names, element) == 0) return true;
    return false;
}

static void XMLCALL on_end(void *context, const char *element)
{
    static const char *const owners[] = {"class",       "interface", "record",     "union",
                                         "enumeration", "bitfield",  "glib:boxed", NULL};
    static const char *const functions[] = {"function", "method", "constructor", NULL};
    reader *r = context;
    bool skipped = r->skipped && r->depth > r->skipped;
    if (r->skipped == r->depth) r->skipped = 0;
    if (!skipped) {
        if (r->value && r->depth == r->value_depth) r->value = NULL;
        if (is_one_of(element, functions)) r->fn = NULL;
        if (is_one_of(element, owners)) r->owner = NULL;
        if (strcmp(element, "alias") == 0) r->alias = NULL;
    }
    r->depth--;
}

static int parse(reader *r, const char *path, char **error)
{
    char *text = NULL;
    size_t n = 0;
    strbuf message = {0};
    int failed = file_read(path, &text, &n);
    if (failed) {
        strbuf_printf(&message, "%s: %s", path, strerror(failed));
    } else {
        XML_Parser parser = XML_ParserCreate("UTF-8");
        if (!parser) abort();
        XML_SetUserData(parser, r);
        XML_SetElementHandler(parser, on_start, on_end);
        if (XML_Parse(parser, text, (int)n, XML_TRUE) != XML_STATUS_OK)
            strbuf_printf(&message, "%s:%lu: %s", path, (unsigned long)XML_GetCurrentLineNumber(parser),
                          XML_ErrorString(XML_GetErrorCode(parser)));
        else if (!r->space)
            strbuf_printf(&message, "%s: not an introspection file: it has no namespace", path);
        XML_ParserFree(parser);
    }
    free(text);
    if (!message.n) return 0;
    *error = strbuf_take(&message);
    return -1;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int read_file(gir *g, const char *path, bool wanted, char **error)
{
    if (map_get(&g->read, base_name(path))) return 0;
    map_set(&g->read, base_name(path), g);
    reader r = {.g = g, .wanted = wanted, .folder = path, .folder_length = (int)(base_name(path) - path)};
    return parse(&r, path, error);
}

int gir_read(gir *g, const char *const *paths, size_t n, char **error)
{
    int status = 0;
    for (size_t i = 0; status == 0 && i < n; i++) status = read_file(g, paths[i], true, error);
    for (size_t i = 0; status == 0 && i < g->includes.n; i++) {
        FILE *there = fopen(g->includes.at[i], "r");
        if (!there) continue;
        fclose(there);
        status = read_file(g, g->includes.at[i], false, error);
    }
    return status;
}

void gir_fini(gir *g)
{
    for (size_t i = 0; i < g->fns.n; i++) vec_fini(&g->fns.at[i]->params);
    vec_fini(&g->fns);
    vec_fini(&g->headers);
    vec_fini(&g->includes);
    map_fini(&g->types);
    map_fini(&g->c_types);
    map_fini(&g->symbols);
    map_fini(&g->read);
    arena_fini(&g->arena);
}

const gir_type *gir_type_find(const gir *g, const char *name)
{
    return name ? map_get(&g->types, name) : NULL;
}

bool gir_is_a(const gir *g, const gir_type *type, const char *ancestor)
{
    enum { DEEPEST = 64 }; /* a file may claim a circle */
    for (int i = 0; type && i < DEEPEST; i++, type = gir_type_find(g, type->parent)) {
        if (strcmp(type->name, ancestor) == 0) return true;
        if (type->parent && strcmp(type->parent, ancestor) == 0)
            return true; /* also of a file that is not here */
    }
    return false;
}
