/* SPDX-License-Identifier: MIT
 *
 * GLib: errors that come back by argument, objects, floating references.
 */
// contracts: glib
#include <stddef.h>

typedef struct _GError { int code; char *message; } GError;
typedef struct _GObject GObject;
typedef struct _GFile GFile;
typedef struct _GFileInputStream GFileInputStream;
typedef struct _GVariant GVariant;
typedef struct _GVariantBuilder GVariantBuilder;
GFile *g_file_new_for_path(const char *path);
GFileInputStream *g_file_read(GFile *file, void *cancellable, GError **error);
void g_object_unref(void *object);
void g_clear_object(GObject **object);
void g_error_free(GError *error);
void g_clear_error(GError **error);
GVariantBuilder *g_variant_builder_new(const void *type);
void g_variant_builder_unref(GVariantBuilder *builder);
void g_variant_builder_add_value(GVariantBuilder *builder, GVariant *value);
GVariant *g_variant_builder_end(GVariantBuilder *builder);
GVariant *g_variant_new_string(const char *text);
GVariant *g_variant_ref_sink(GVariant *value);
void show(const char *text);

const char *read_all(const char *path)
{
    GError *error = NULL;
    GFile *file = g_file_new_for_path(path);
    GFileInputStream *stream = g_file_read(file, NULL, &error);
    g_object_unref(file);
    if (!stream) {
        show(error->message);
        g_error_free(error);
        return NULL;
    }
    g_object_unref(stream);
    return "done";
}

void lost_error(GFile *file)
{
    GError *error = NULL;
    GFileInputStream *stream = g_file_read(file, NULL, &error);
    if (!stream) return; // expect: resource-leak
    g_object_unref(stream);
}

void cleared(GFile *file)
{
    GError *error = NULL;
    GFileInputStream *stream = g_file_read(file, NULL, &error);
    g_clear_object((GObject **)&stream);
    g_clear_error(&error);
}

int lost_file(const char *path)
{
    GFile *file = g_file_new_for_path(path);
    return file != NULL; // expect: leak
}

GVariant *packed(void)
{
    GVariantBuilder *builder = g_variant_builder_new("as");
    g_variant_builder_add_value(builder, g_variant_new_string("a"));
    GVariant *value = g_variant_ref_sink(g_variant_builder_end(builder));
    g_variant_builder_unref(builder);
    return value;
}
