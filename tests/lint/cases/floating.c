/* SPDX-License-Identifier: MIT
 *
 * Floating references, variables with a cleanup, errors of calls that nobody looks at, and errors that nobody sets.
 */
// contracts: glib
#include <stddef.h>

typedef struct _GError { int code; char *message; } GError;
typedef struct _GObject GObject;
typedef struct _GFile GFile;
typedef struct _GVariant GVariant;
typedef struct _GVariantBuilder GVariantBuilder;
GVariant *g_variant_new_int32(int value);
GVariant *g_variant_new_variant(GVariant *value);
int g_variant_get_int32(GVariant *value);
GVariant *g_variant_ref(GVariant *value);
GVariant *g_variant_ref_sink(GVariant *value);
void g_variant_unref(GVariant *value);
void g_variant_builder_add_value(GVariantBuilder *builder, GVariant *value);
void g_variant_builder_add(GVariantBuilder *builder, const char *format, ...);
GFile *g_file_new_for_path(const char *path);
int g_file_delete(GFile *file, void *cancellable, GError **error);
void g_object_unref(void *object);
void g_error_free(GError *error);
void g_set_error(GError **error, unsigned domain, int code, const char *format, ...);
void g_clear_error(GError **error);
void g_propagate_error(GError **error, GError *inner);

int lost(void)
{
    GVariant *v = g_variant_new_int32(4);
    return g_variant_get_int32(v); // expect: leak
}

int sunk(void)
{
    GVariant *v = g_variant_ref_sink(g_variant_new_int32(4));
    int n = g_variant_get_int32(v);
    g_variant_unref(v);
    return n;
}

int sunk_and_lost(void)
{
    GVariant *v = g_variant_ref_sink(g_variant_new_int32(4));
    return g_variant_get_int32(v); // expect: leak
}

void put(GVariantBuilder *b)
{
    g_variant_builder_add_value(b, g_variant_new_variant(g_variant_new_int32(4)));
    g_variant_builder_add(b, "v", g_variant_new_int32(5));
}

void put_and_drop(GVariantBuilder *b)
{
    GVariant *v = g_variant_new_int32(4);
    g_variant_builder_add_value(b, v);
    g_variant_unref(v); // expect: stolen-reuse
}

void put_own(GVariantBuilder *b)
{
    GVariant *v = g_variant_ref_sink(g_variant_new_int32(4));
    g_variant_builder_add_value(b, v);
    g_variant_unref(v);
}

void put_own_and_keep(GVariantBuilder *b)
{
    GVariant *v = g_variant_ref_sink(g_variant_new_int32(4));
    g_variant_builder_add_value(b, v);
} // expect: leak

GVariant *handed_on(void)
{
    return g_variant_new_int32(4);
}

static inline void drop_file(GFile **file)
{
    if (*file) g_object_unref(*file);
}
#define AUTO __attribute__((cleanup(drop_file)))

GFile *cleaned(void)
{
    AUTO GFile *f = g_file_new_for_path("/");
    return f; // expect: use-after-release
}

GFile *taken_out(void)
{
    AUTO GFile *f = g_file_new_for_path("/");
    GFile *mine = f;
    f = NULL;
    return mine;
}

GFile *never_there(void)
{
    AUTO GFile *f = NULL;
    return f;
}

int error_lost(GFile *f)
{
    GError *e = NULL;
    g_file_delete(f, NULL, &e);
    return e != NULL; // expect: resource-leak
}

int error_seen(GFile *f)
{
    GError *e = NULL;
    g_file_delete(f, NULL, &e);
    if (!e) return 0;
    g_error_free(e);
    return 1;
}

int error_unwanted(GFile *f)
{
    g_file_delete(f, NULL, NULL);
    return 0;
}

int silent(const char *s, GError **error)
{
    if (!*s) return 0; // expect: error-not-set
    if (s[1]) {
        g_set_error(error, 1, 2, "too long");
        return 0;
    }
    return 1;
}

int says_why(GFile *f, const char *s, GError **error)
{
    if (!*s) {
        g_set_error(error, 1, 2, "empty");
        return 0;
    }
    if (!g_file_delete(f, NULL, error)) return 0;
    return 1;
}

/* What the call set is passed on before its result is looked at. */
int passes_on(GFile *f, const char *s, GError **error)
{
    GError *inner = NULL;
    if (!*s) {
        g_set_error(error, 1, 2, "empty");
        return 0;
    }
    int done = g_file_delete(f, NULL, &inner);
    if (inner) g_propagate_error(error, inner);
    if (!done) return 0;
    return 1;
}

/* 0 is success here. */
int status(const char *s, GError **error)
{
    if (!*s) return 0;
    g_set_error(error, 1, 2, "not empty");
    return -1;
}

GFile *asserts(const char *s, GError **error)
{
#define CHECK_ARGUMENT(s)                                                                                    \
 do {                                                                                                        \
  if (!(s)) return NULL;                                                                                     \
 } while (0)
    CHECK_ARGUMENT(s);
    if (!*s) {
        g_set_error(error, 1, 2, "empty");
        return NULL;
    }
    return g_file_new_for_path(s);
}
