/* SPDX-License-Identifier: MIT
 *
 * GLib's ways of saying that a call failed, and of saying what class an object has.
 */
// contracts: glib
#include <stddef.h>

typedef int gboolean;
typedef unsigned long GType;
typedef struct _GTypeInstance { void *g_class; } GTypeInstance;
typedef struct _GObject { GTypeInstance g_type_instance; unsigned ref_count; void *qdata; } GObject;
typedef struct _GError { int code; char *message; } GError;
typedef struct _GFile GFile;
typedef struct _GIcon GIcon;
typedef struct _GValue GValue;
void *g_object_new(GType type, const char *first, ...);
void *g_value_dup_object(const GValue *value);
GTypeInstance *g_type_check_instance_cast(GTypeInstance *instance, GType type);
GType g_icon_get_type(void);
GType g_file_get_type(void);
void g_set_error(GError **error, unsigned domain, int code, const char *format, ...);
void g_clear_error(GError **error);
#define CAST(o, T, type) ((T *)(void *)g_type_check_instance_cast((GTypeInstance *)(o), (type)))
#define G_ICON(o)        CAST(o, GIcon, g_icon_get_type())
#define G_FILE(o)        CAST(o, GFile, g_file_get_type())

typedef struct Holder {
    GObject parent;
    GFile *file;
} Holder;

/* A checked cast gives what it is given. */
GIcon *cast_on_the_way_out(GFile *file)
{
    return G_ICON(g_object_new(g_icon_get_type(), "file", file, NULL));
}

void cast_on_the_way_in(Holder *holder, const GValue *value)
{
    holder->file = G_FILE(g_value_dup_object(value));
}

void cast_and_lost(GFile *file)
{
    GIcon *icon = G_ICON(g_object_new(g_icon_get_type(), "file", file, NULL));
    (void)icon;
} // expect: leak

/* A body that sets the error exactly where it gives 0, or NULL. */
static gboolean check(const int *n, GError **error)
{
    if (n == NULL) {
        g_set_error(error, 1, 2, "closed");
        return 0;
    }
    return 1;
}

int checked(const int *n)
{
    GError *error = NULL;
    if (!check(n, &error)) {
        g_clear_error(&error);
        return -1;
    }
    return 0;
}

int checked_and_lost(const int *n)
{
    GError *error = NULL;
    if (!check(n, &error)) return -1; // expect: resource-leak
    return 0;
}
