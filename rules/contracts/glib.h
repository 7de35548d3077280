/* SPDX-License-Identifier: MIT
 *
 * GLib, GObject and the core of GIO: who owns what. The rest comes from `recount contracts import-gir`.
 *
 * Facts come from the annotations in the projects' documentation (LGPL-2.1-or-later); no text of theirs is here.
 *
 * A floating reference is the maker's until someone sinks it: g_variant_new and its family say RC_FLOATING, and what
 * takes a value over says RC_SINKS. g_object_ref_sink and g_variant_ref_sink leave the caller with that reference as its
 * own. Widgets are made floating too: their constructors say nothing here, and an unknown count yields no finding.
 * A GError, an iterator and a list are no counted objects: each is a resource with one function that ends it.
 */
#include <recount_annotations.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* clang-format off: a row per function reads as a table */

#define NEW_REF     RC_RETURNS_NEW RC_NULLABLE               /* transfer full, nullable */
#define MADE        RC_RETURNS_NEW RC_NONNULL                /* transfer full: GLib stops the program without memory */
#define FLOATS      RC_RETURNS_NEW RC_FLOATING RC_NONNULL
#define GOT_FROM(p) RC_RETURNS_BORROWED_FROM(p) RC_NULLABLE  /* transfer none */
#define GOT         RC_RETURNS_BORROWED RC_NULLABLE
#define SUCCEEDS    RC_FAILS(result == 0) gboolean           /* FALSE: the error is set */
#define ERROR_OUT   RC_OUT RC_RAISES GError **error          /* a new error when the call fails, else untouched */

/* ---- types --------------------------------------------------------------------------------------------------- */
typedef int gboolean, gint;
typedef unsigned guint, guint32;
typedef unsigned char guint8, guchar;
typedef char gchar;
typedef long gssize, glong;
typedef unsigned long gsize, gulong, GType;
typedef int64_t gint64;
typedef uint64_t guint64;
typedef double gdouble;
typedef void *gpointer;
typedef const void *gconstpointer;
typedef guint32 GQuark;

typedef void (*GDestroyNotify)(gpointer data);
typedef void (*GFunc)(gpointer data, gpointer user_data);
typedef void (*GCallback)(void);
typedef gboolean (*GSourceFunc)(gpointer user_data);
typedef guint (*GHashFunc)(gconstpointer key);
typedef gboolean (*GEqualFunc)(gconstpointer a, gconstpointer b);
typedef gint (*GCompareFunc)(gconstpointer a, gconstpointer b);
typedef gpointer (*GThreadFunc)(gpointer data);

typedef struct _GTypeInstance { void *g_class; } GTypeInstance;
typedef struct _GObject { GTypeInstance g_type_instance; guint ref_count; void *qdata; } GObject;
typedef GObject GInitiallyUnowned;
typedef struct _GParameter GParameter;
typedef struct _GParamSpec GParamSpec;
typedef struct _GValue GValue;
typedef struct _GClosure GClosure;
typedef struct _GWeakRef GWeakRef;
typedef struct _GError GError;
typedef struct _GList GList;
typedef struct _GSList GSList;
typedef struct _GArray GArray;
typedef struct _GByteArray GByteArray;
typedef struct _GPtrArray GPtrArray;
typedef struct _GHashTable GHashTable;
typedef struct _GBytes GBytes;
typedef struct _GVariant GVariant;
typedef struct _GVariantType GVariantType;
typedef struct _GVariantBuilder GVariantBuilder;
typedef struct _GVariantDict GVariantDict;
typedef struct _GVariantIter GVariantIter;
typedef struct _GMainContext GMainContext;
typedef struct _GMainLoop GMainLoop;
typedef struct _GSource GSource;
typedef struct _GThread GThread;
typedef struct _GAsyncQueue GAsyncQueue;
typedef struct _GDateTime GDateTime;
typedef struct _GTimeZone GTimeZone;
typedef struct _GKeyFile GKeyFile;
typedef struct _GRegex GRegex;
typedef struct _GMatchInfo GMatchInfo;
typedef struct _GMappedFile GMappedFile;
typedef struct _GIOChannel GIOChannel;
typedef struct _GTree GTree;
typedef struct _GUri GUri;
RC_DESCRIBES("glib.h glib-object.h gio/gio.h");
RC_KIND(resources, "_GError GError");
RC_KIND(errors, "_GError GError");
RC_KIND(asserts, "g_assert g_assert_true g_assert_false g_assert_null g_assert_nonnull g_assert_cmpint g_assert_cmpuint "
        "g_assert_cmpstr g_assert_no_error");
RC_OBJECT_TYPE(GObject, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GParamSpec, g_param_spec_ref, g_param_spec_unref);
RC_OBJECT_TYPE(GClosure, g_closure_ref, g_closure_unref);
RC_OBJECT_TYPE(GArray, g_array_ref, g_array_unref);
RC_OBJECT_TYPE(GByteArray, g_byte_array_ref, g_byte_array_unref);
RC_OBJECT_TYPE(GPtrArray, g_ptr_array_ref, g_ptr_array_unref);
RC_OBJECT_TYPE(GHashTable, g_hash_table_ref, g_hash_table_unref);
RC_OBJECT_TYPE(GBytes, g_bytes_ref, g_bytes_unref);
RC_OBJECT_TYPE(GVariant, g_variant_ref, g_variant_unref);
RC_OBJECT_TYPE(GVariantBuilder, g_variant_builder_ref, g_variant_builder_unref);
RC_OBJECT_TYPE(GVariantDict, g_variant_dict_ref, g_variant_dict_unref);
RC_OBJECT_TYPE(GMainContext, g_main_context_ref, g_main_context_unref);
RC_OBJECT_TYPE(GMainLoop, g_main_loop_ref, g_main_loop_unref);
RC_OBJECT_TYPE(GSource, g_source_ref, g_source_unref);
RC_OBJECT_TYPE(GThread, g_thread_ref, g_thread_unref);
RC_OBJECT_TYPE(GAsyncQueue, g_async_queue_ref, g_async_queue_unref);
RC_OBJECT_TYPE(GDateTime, g_date_time_ref, g_date_time_unref);
RC_OBJECT_TYPE(GTimeZone, g_time_zone_ref, g_time_zone_unref);
RC_OBJECT_TYPE(GKeyFile, g_key_file_ref, g_key_file_unref);
RC_OBJECT_TYPE(GRegex, g_regex_ref, g_regex_unref);
RC_OBJECT_TYPE(GMatchInfo, g_match_info_ref, g_match_info_unref);
RC_OBJECT_TYPE(GMappedFile, g_mapped_file_ref, g_mapped_file_unref);
RC_OBJECT_TYPE(GIOChannel, g_io_channel_ref, g_io_channel_unref);
RC_OBJECT_TYPE(GTree, g_tree_ref, g_tree_unref);
RC_OBJECT_TYPE(GUri, g_uri_ref, g_uri_unref);

/* GIO's classes and interfaces that its headers leave opaque: instances of GObject all the same. */
typedef struct _GAction GAction;
typedef struct _GActionGroup GActionGroup;
typedef struct _GAppInfo GAppInfo;
typedef struct _GAsyncResult GAsyncResult;
typedef struct _GCancellable GCancellable;
typedef struct _GDBusConnection GDBusConnection;
typedef struct _GDBusMessage GDBusMessage;
typedef struct _GDBusMethodInvocation GDBusMethodInvocation;
typedef struct _GDBusProxy GDBusProxy;
typedef struct _GDrive GDrive;
typedef struct _GFile GFile;
typedef struct _GFileEnumerator GFileEnumerator;
typedef struct _GFileInfo GFileInfo;
typedef struct _GFileInputStream GFileInputStream;
typedef struct _GFileOutputStream GFileOutputStream;
typedef struct _GIcon GIcon;
typedef struct _GInputStream GInputStream;
typedef struct _GListModel GListModel;
typedef struct _GListStore GListStore;
typedef struct _GMount GMount;
typedef struct _GOutputStream GOutputStream;
typedef struct _GSettings GSettings;
typedef struct _GSubprocess GSubprocess;
typedef struct _GTask GTask;
typedef struct _GTlsCertificate GTlsCertificate;
typedef struct _GVolume GVolume;
RC_OBJECT_TYPE(GAction, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GActionGroup, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GAppInfo, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GAsyncResult, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GCancellable, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GDBusConnection, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GDBusMessage, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GDBusMethodInvocation, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GDBusProxy, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GDrive, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GFile, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GFileEnumerator, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GFileInfo, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GFileInputStream, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GFileOutputStream, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GIcon, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GInputStream, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GListModel, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GListStore, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GMount, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GOutputStream, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GSettings, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GSubprocess, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GTask, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GTlsCertificate, g_object_ref, g_object_unref);
RC_OBJECT_TYPE(GVolume, g_object_ref, g_object_unref);
typedef void (*GAsyncReadyCallback)(GObject *source, GAsyncResult *result, gpointer user_data);

/* ---- objects: the argument is a gpointer, so that every class passes ----------------------------------------- */
MADE gpointer g_object_new(GType type, const gchar *first_property, ...);
MADE gpointer g_object_newv(GType type, guint n, GParameter *parameters);
MADE GObject *g_object_new_with_properties(GType type, guint n, const char *names[], const GValue *values);
MADE GObject *g_object_new_valist(GType type, const gchar *first_property, va_list args);
RC_RETURNS_ARG(object) gpointer g_object_ref(RC_RETAINS RC_NONNULL gpointer object);
RC_RETURNS_ARG(object) gpointer g_object_ref_sink(RC_SINKS RC_RETAINS RC_NONNULL gpointer object);
RC_RETURNS_ARG(object) gpointer g_object_take_ref(gpointer object);
void g_object_unref(RC_RELEASES RC_NONNULL gpointer object);
gboolean g_object_is_floating(gpointer object);
void g_object_force_floating(GObject *object);
void g_clear_object(RC_RELEASES GObject **object_ptr);
void g_object_weak_ref(GObject *object, void (*notify)(gpointer data, GObject *object), gpointer data);
void g_object_add_weak_pointer(GObject *object, gpointer *location);
void g_object_remove_weak_pointer(GObject *object, gpointer *location);
void g_weak_ref_init(GWeakRef *weak_ref, gpointer object);
void g_weak_ref_set(GWeakRef *weak_ref, gpointer object);
NEW_REF gpointer g_weak_ref_get(GWeakRef *weak_ref);
void g_weak_ref_clear(GWeakRef *weak_ref);
RC_CALLS_OUT void g_object_run_dispose(GObject *object);
RC_CALLS_OUT void g_object_set(RC_NONNULL gpointer object, const gchar *first_property, ...);
RC_CALLS_OUT void g_object_get(RC_NONNULL gpointer object, const gchar *first_property, ...);
RC_CALLS_OUT void g_object_set_property(GObject *object, const gchar *name, const GValue *value);
RC_CALLS_OUT void g_object_get_property(GObject *object, const gchar *name, GValue *value);
RC_CALLS_OUT void g_object_notify(GObject *object, const gchar *name);
RC_CALLS_OUT void g_object_notify_by_pspec(GObject *object, GParamSpec *pspec);
gpointer g_object_get_data(GObject *object, const gchar *key);
void g_object_set_data(GObject *object, const gchar *key, gpointer data);
void g_object_set_data_full(GObject *object, const gchar *key, RC_STEALS gpointer data, GDestroyNotify destroy);
gpointer g_object_steal_data(GObject *object, const gchar *key);
RC_CALLS_OUT void g_signal_emit(gpointer instance, guint signal, GQuark detail, ...);
RC_CALLS_OUT void g_signal_emit_by_name(gpointer instance, const gchar *signal, ...);
gulong g_signal_connect_data(gpointer instance, const gchar *signal, GCallback handler, gpointer data,
        void (*destroy)(gpointer data, GClosure *closure), int flags);
gulong g_signal_connect_object(gpointer instance, const gchar *signal, GCallback handler, gpointer object, int flags);
RC_RETURNS_ARG(instance) RC_NO_EFFECT GTypeInstance *g_type_check_instance_cast(GTypeInstance *instance, GType type);
RC_NO_EFFECT gboolean g_type_check_instance_is_a(GTypeInstance *instance, GType type);

/* ---- values, parameters, closures ---------------------------------------------------------------------------- */
void g_value_set_object(GValue *value, RC_KEEPS gpointer object);
void g_value_take_object(GValue *value, RC_STEALS gpointer object);
GOT_FROM(value) gpointer g_value_get_object(const GValue *value);
NEW_REF gpointer g_value_dup_object(const GValue *value);
void g_value_set_variant(GValue *value, RC_SINKS RC_KEEPS GVariant *variant);
void g_value_take_variant(GValue *value, RC_STEALS GVariant *variant);
GOT_FROM(value) GVariant *g_value_get_variant(const GValue *value);
NEW_REF GVariant *g_value_dup_variant(const GValue *value);
void g_value_set_boxed(GValue *value, gconstpointer boxed);
void g_value_take_boxed(GValue *value, RC_STEALS gconstpointer boxed);
GOT_FROM(value) gpointer g_value_get_boxed(const GValue *value);
void g_value_unset(GValue *value);
RC_RETURNS_ARG(pspec) GParamSpec *g_param_spec_ref(RC_RETAINS GParamSpec *pspec);
RC_RETURNS_ARG(pspec) GParamSpec *g_param_spec_ref_sink(RC_RETAINS GParamSpec *pspec);
void g_param_spec_unref(RC_RELEASES GParamSpec *pspec);
RC_RETURNS_ARG(closure) GClosure *g_closure_ref(RC_RETAINS GClosure *closure);
void g_closure_unref(RC_RELEASES GClosure *closure);

/* ---- errors -------------------------------------------------------------------------------------------------- */
MADE GError *g_error_new(GQuark domain, gint code, const gchar *format, ...);
MADE GError *g_error_new_literal(GQuark domain, gint code, const gchar *message);
MADE GError *g_error_copy(const GError *error);
void g_error_free(RC_RELEASES RC_NONNULL GError *error);
gboolean g_error_matches(const GError *error, GQuark domain, gint code);
void g_clear_error(RC_RELEASES GError **error);
RC_FAILS(1) void g_set_error(ERROR_OUT, GQuark domain, gint code, const gchar *format, ...);
RC_FAILS(1) void g_set_error_literal(ERROR_OUT, GQuark domain, gint code, const gchar *message);
RC_FAILS(1) void g_propagate_error(RC_OUT RC_RAISES GError **dest, RC_STEALS GError *source);
RC_FAILS(1) void g_propagate_prefixed_error(RC_OUT RC_RAISES GError **dest, RC_STEALS GError *source,
        const gchar *format, ...);

/* ---- variants ------------------------------------------------------------------------------------------------ */
RC_RETURNS_ARG(value) GVariant *g_variant_ref(RC_RETAINS RC_NONNULL GVariant *value);
RC_RETURNS_ARG(value) GVariant *g_variant_ref_sink(RC_SINKS RC_RETAINS RC_NONNULL GVariant *value);
RC_RETURNS_ARG(value) GVariant *g_variant_take_ref(RC_SINKS GVariant *value);
void g_variant_unref(RC_RELEASES RC_NONNULL GVariant *value);
gboolean g_variant_is_floating(GVariant *value);
FLOATS GVariant *g_variant_new(const gchar *format_string, ...);
FLOATS GVariant *g_variant_new_va(const gchar *format_string, const gchar **endptr, va_list *app);
FLOATS GVariant *g_variant_new_boolean(gboolean value);
FLOATS GVariant *g_variant_new_byte(guint8 value);
FLOATS GVariant *g_variant_new_int16(short value);
FLOATS GVariant *g_variant_new_uint16(unsigned short value);
FLOATS GVariant *g_variant_new_int32(gint value);
FLOATS GVariant *g_variant_new_uint32(guint32 value);
FLOATS GVariant *g_variant_new_int64(gint64 value);
FLOATS GVariant *g_variant_new_uint64(guint64 value);
FLOATS GVariant *g_variant_new_handle(gint value);
FLOATS GVariant *g_variant_new_double(gdouble value);
FLOATS GVariant *g_variant_new_string(RC_NONNULL const gchar *string);
FLOATS GVariant *g_variant_new_take_string(gchar *string);
FLOATS GVariant *g_variant_new_printf(const gchar *format_string, ...);
FLOATS GVariant *g_variant_new_object_path(const gchar *object_path);
FLOATS GVariant *g_variant_new_signature(const gchar *signature);
FLOATS GVariant *g_variant_new_bytestring(const gchar *string);
FLOATS GVariant *g_variant_new_strv(const gchar *const *strv, gssize length);
FLOATS GVariant *g_variant_new_objv(const gchar *const *strv, gssize length);
FLOATS GVariant *g_variant_new_bytestring_array(const gchar *const *strv, gssize length);
FLOATS GVariant *g_variant_new_variant(RC_SINKS RC_KEEPS GVariant *value);
FLOATS GVariant *g_variant_new_maybe(const GVariantType *child_type, RC_SINKS RC_KEEPS GVariant *child);
FLOATS GVariant *g_variant_new_dict_entry(RC_SINKS RC_KEEPS GVariant *key, RC_SINKS RC_KEEPS GVariant *value);
FLOATS GVariant *g_variant_builder_end(GVariantBuilder *builder);
FLOATS GVariant *g_variant_dict_end(GVariantDict *dict);
gboolean g_variant_get_boolean(GVariant *value);
guint8 g_variant_get_byte(GVariant *value);
short g_variant_get_int16(GVariant *value);
unsigned short g_variant_get_uint16(GVariant *value);
gint g_variant_get_int32(GVariant *value);
guint32 g_variant_get_uint32(GVariant *value);
gint64 g_variant_get_int64(GVariant *value);
guint64 g_variant_get_uint64(GVariant *value);
gint g_variant_get_handle(GVariant *value);
gdouble g_variant_get_double(GVariant *value);
gsize g_variant_n_children(GVariant *value);
gsize g_variant_get_size(GVariant *value);
gboolean g_variant_is_container(GVariant *value);
gboolean g_variant_is_of_type(GVariant *value, const GVariantType *type);
gchar *g_variant_print(GVariant *value, gboolean type_annotate);
gchar *g_variant_dup_string(GVariant *value, gsize *length);
gboolean g_variant_equal(gconstpointer one, gconstpointer two);
NEW_REF GVariant *g_variant_get_child_value(GVariant *container, gsize index);
NEW_REF GVariant *g_variant_get_variant(GVariant *value);
NEW_REF GVariant *g_variant_get_maybe(GVariant *value);
NEW_REF GVariant *g_variant_get_normal_form(GVariant *value);
NEW_REF GVariant *g_variant_byteswap(GVariant *value);
NEW_REF GVariant *g_variant_lookup_value(GVariant *dict, const gchar *key, const GVariantType *type);
NEW_REF GVariant *g_variant_parse(const GVariantType *type, const gchar *text, const gchar *limit, const gchar **end,
        ERROR_OUT);
NEW_REF GBytes *g_variant_get_data_as_bytes(GVariant *value);
GOT_FROM(value) const gchar *g_variant_get_string(GVariant *value, gsize *length);
GOT_FROM(value) const gchar *g_variant_get_type_string(GVariant *value);
NEW_REF GVariant *g_variant_iter_next_value(GVariantIter *iter);
MADE GVariantIter *g_variant_iter_new(GVariant *value);
void g_variant_iter_free(RC_RELEASES GVariantIter *iter);
MADE GVariantBuilder *g_variant_builder_new(const GVariantType *type);
RC_RETURNS_ARG(builder) GVariantBuilder *g_variant_builder_ref(RC_RETAINS GVariantBuilder *builder);
void g_variant_builder_unref(RC_RELEASES GVariantBuilder *builder);
void g_variant_builder_clear(GVariantBuilder *builder);
void g_variant_builder_add_value(GVariantBuilder *builder, RC_SINKS RC_KEEPS GVariant *value);
void g_variant_builder_add(GVariantBuilder *builder, const gchar *format, ...);
MADE GVariantDict *g_variant_dict_new(GVariant *from);
RC_RETURNS_ARG(dict) GVariantDict *g_variant_dict_ref(RC_RETAINS GVariantDict *dict);
void g_variant_dict_unref(RC_RELEASES GVariantDict *dict);
NEW_REF GVariant *g_variant_dict_lookup_value(GVariantDict *dict, const gchar *key, const GVariantType *type);
void g_variant_dict_insert_value(GVariantDict *dict, const gchar *key, RC_SINKS RC_KEEPS GVariant *value);

/* ---- bytes and arrays ---------------------------------------------------------------------------------------- */
MADE GBytes *g_bytes_new(gconstpointer data, gsize size);
MADE GBytes *g_bytes_new_take(gpointer data, gsize size);
MADE GBytes *g_bytes_new_static(gconstpointer data, gsize size);
MADE GBytes *g_bytes_new_with_free_func(gconstpointer data, gsize size, GDestroyNotify free_func, gpointer user_data);
MADE GBytes *g_bytes_new_from_bytes(RC_KEEPS GBytes *bytes, gsize offset, gsize length);
RC_RETURNS_ARG(bytes) GBytes *g_bytes_ref(RC_RETAINS RC_NONNULL GBytes *bytes);
void g_bytes_unref(RC_RELEASES GBytes *bytes);
GOT_FROM(bytes) gconstpointer g_bytes_get_data(GBytes *bytes, gsize *size);
gsize g_bytes_get_size(GBytes *bytes);
gpointer g_bytes_unref_to_data(RC_STEALS GBytes *bytes, gsize *size);
MADE GByteArray *g_bytes_unref_to_array(RC_STEALS GBytes *bytes);
MADE GArray *g_array_new(gboolean zero_terminated, gboolean clear, guint element_size);
MADE GArray *g_array_sized_new(gboolean zero_terminated, gboolean clear, guint element_size, guint reserved);
RC_RETURNS_ARG(array) GArray *g_array_ref(RC_RETAINS GArray *array);
void g_array_unref(RC_RELEASES GArray *array);
gchar *g_array_free(RC_RELEASES GArray *array, gboolean free_segment);
MADE GByteArray *g_byte_array_new(void);
RC_RETURNS_ARG(array) GByteArray *g_byte_array_ref(RC_RETAINS GByteArray *array);
void g_byte_array_unref(RC_RELEASES GByteArray *array);
guint8 *g_byte_array_free(RC_RELEASES GByteArray *array, gboolean free_segment);
MADE GBytes *g_byte_array_free_to_bytes(RC_STEALS GByteArray *array);
MADE GPtrArray *g_ptr_array_new(void);
MADE GPtrArray *g_ptr_array_sized_new(guint reserved);
MADE GPtrArray *g_ptr_array_new_with_free_func(GDestroyNotify free_func);
MADE GPtrArray *g_ptr_array_new_full(guint reserved, GDestroyNotify free_func);
RC_RETURNS_ARG(array) GPtrArray *g_ptr_array_ref(RC_RETAINS GPtrArray *array);
void g_ptr_array_unref(RC_RELEASES GPtrArray *array);
gpointer *g_ptr_array_free(RC_RELEASES GPtrArray *array, gboolean free_segment);

/* ---- tables, trees, queues: the free functions that they were made with say what they own ----------- */
MADE GHashTable *g_hash_table_new(GHashFunc hash, GEqualFunc equal);
MADE GHashTable *g_hash_table_new_full(GHashFunc hash, GEqualFunc equal, GDestroyNotify key, GDestroyNotify value);
RC_RETURNS_ARG(table) GHashTable *g_hash_table_ref(RC_RETAINS GHashTable *table);
RC_CALLS_OUT void g_hash_table_unref(RC_RELEASES GHashTable *table);
RC_CALLS_OUT void g_hash_table_destroy(RC_RELEASES GHashTable *table);
RC_CALLS_OUT void g_hash_table_remove_all(GHashTable *table);
RC_CALLS_OUT gboolean g_hash_table_remove(GHashTable *table, gconstpointer key);
GOT_FROM(table) gpointer g_hash_table_lookup(GHashTable *table, gconstpointer key);
MADE GTree *g_tree_new_full(gint (*compare)(gconstpointer a, gconstpointer b, gpointer data), gpointer data,
        GDestroyNotify key, GDestroyNotify value);
RC_RETURNS_ARG(tree) GTree *g_tree_ref(RC_RETAINS GTree *tree);
void g_tree_unref(RC_RELEASES GTree *tree);
void g_tree_destroy(RC_RELEASES GTree *tree);
MADE GAsyncQueue *g_async_queue_new(void);
MADE GAsyncQueue *g_async_queue_new_full(GDestroyNotify item_free);
RC_RETURNS_ARG(queue) GAsyncQueue *g_async_queue_ref(RC_RETAINS GAsyncQueue *queue);
void g_async_queue_unref(RC_RELEASES GAsyncQueue *queue);

/* ---- main loop, sources, threads ----------------------------------------------------------------------------- */
MADE GMainContext *g_main_context_new(void);
RC_RETURNS_ARG(context) GMainContext *g_main_context_ref(RC_RETAINS GMainContext *context);
void g_main_context_unref(RC_RELEASES GMainContext *context);
RC_RETURNS_BORROWED RC_NONNULL GMainContext *g_main_context_default(void);
GOT GMainContext *g_main_context_get_thread_default(void);
MADE GMainContext *g_main_context_ref_thread_default(void);
RC_CALLS_OUT gboolean g_main_context_iteration(GMainContext *context, gboolean may_block);
MADE GMainLoop *g_main_loop_new(RC_KEEPS GMainContext *context, gboolean is_running);
RC_RETURNS_ARG(loop) GMainLoop *g_main_loop_ref(RC_RETAINS GMainLoop *loop);
void g_main_loop_unref(RC_RELEASES GMainLoop *loop);
RC_CALLS_OUT void g_main_loop_run(GMainLoop *loop);
GOT_FROM(loop) GMainContext *g_main_loop_get_context(GMainLoop *loop);
MADE GSource *g_idle_source_new(void);
MADE GSource *g_timeout_source_new(guint interval);
MADE GSource *g_timeout_source_new_seconds(guint interval);
RC_RETURNS_ARG(source) GSource *g_source_ref(RC_RETAINS GSource *source);
void g_source_unref(RC_RELEASES GSource *source);
guint g_source_attach(RC_KEEPS GSource *source, GMainContext *context);
void g_source_destroy(GSource *source);
GOT GSource *g_main_current_source(void);
MADE GThread *g_thread_new(const gchar *name, GThreadFunc func, gpointer data);
NEW_REF GThread *g_thread_try_new(const gchar *name, GThreadFunc func, gpointer data, ERROR_OUT);
RC_RETURNS_ARG(thread) GThread *g_thread_ref(RC_RETAINS GThread *thread);
void g_thread_unref(RC_RELEASES GThread *thread);
RC_CALLS_OUT gpointer g_thread_join(RC_STEALS GThread *thread);
GOT GThread *g_thread_self(void);

/* ---- dates, key files, expressions, mapped files, channels, URIs --------------------------------------------- */
NEW_REF GDateTime *g_date_time_new_now(GTimeZone *tz);
NEW_REF GDateTime *g_date_time_new_now_local(void);
NEW_REF GDateTime *g_date_time_new_now_utc(void);
NEW_REF GDateTime *g_date_time_new_from_unix_local(gint64 t);
NEW_REF GDateTime *g_date_time_new_from_unix_utc(gint64 t);
NEW_REF GDateTime *g_date_time_new_from_iso8601(const gchar *text, GTimeZone *default_tz);
NEW_REF GDateTime *g_date_time_add_seconds(GDateTime *datetime, gdouble seconds);
NEW_REF GDateTime *g_date_time_add_days(GDateTime *datetime, gint days);
NEW_REF GDateTime *g_date_time_to_local(GDateTime *datetime);
NEW_REF GDateTime *g_date_time_to_utc(GDateTime *datetime);
RC_RETURNS_ARG(datetime) GDateTime *g_date_time_ref(RC_RETAINS GDateTime *datetime);
void g_date_time_unref(RC_RELEASES GDateTime *datetime);
MADE GTimeZone *g_time_zone_new_local(void);
MADE GTimeZone *g_time_zone_new_utc(void);
RC_RETURNS_ARG(tz) GTimeZone *g_time_zone_ref(RC_RETAINS GTimeZone *tz);
void g_time_zone_unref(RC_RELEASES GTimeZone *tz);
MADE GKeyFile *g_key_file_new(void);
RC_RETURNS_ARG(key_file) GKeyFile *g_key_file_ref(RC_RETAINS GKeyFile *key_file);
void g_key_file_unref(RC_RELEASES GKeyFile *key_file);
void g_key_file_free(RC_RELEASES GKeyFile *key_file);
NEW_REF GRegex *g_regex_new(const gchar *pattern, int compile, int match, ERROR_OUT);
RC_RETURNS_ARG(regex) GRegex *g_regex_ref(RC_RETAINS GRegex *regex);
void g_regex_unref(RC_RELEASES GRegex *regex);
gboolean g_regex_match(const GRegex *regex, const gchar *string, int options, RC_OUT GMatchInfo **match_info);
RC_RETURNS_ARG(match_info) GMatchInfo *g_match_info_ref(RC_RETAINS GMatchInfo *match_info);
void g_match_info_unref(RC_RELEASES GMatchInfo *match_info);
void g_match_info_free(RC_RELEASES GMatchInfo *match_info);
NEW_REF GMappedFile *g_mapped_file_new(const gchar *filename, gboolean writable, ERROR_OUT);
RC_RETURNS_ARG(file) GMappedFile *g_mapped_file_ref(RC_RETAINS GMappedFile *file);
void g_mapped_file_unref(RC_RELEASES GMappedFile *file);
MADE GIOChannel *g_io_channel_unix_new(int fd);
NEW_REF GIOChannel *g_io_channel_new_file(const gchar *filename, const gchar *mode, ERROR_OUT);
RC_RETURNS_ARG(channel) GIOChannel *g_io_channel_ref(RC_RETAINS GIOChannel *channel);
void g_io_channel_unref(RC_RELEASES GIOChannel *channel);
NEW_REF GUri *g_uri_parse(const gchar *text, int flags, ERROR_OUT);
RC_RETURNS_ARG(uri) GUri *g_uri_ref(RC_RETAINS GUri *uri);
void g_uri_unref(RC_RELEASES GUri *uri);

SUCCEEDS g_file_get_contents(const gchar *filename, gchar **contents, gsize *length, ERROR_OUT);
SUCCEEDS g_file_set_contents(const gchar *filename, const gchar *contents, gssize length, ERROR_OUT);

/* ---- lists: a resource without a count; the nodes are freed, not what they hold ------------------------------ */
void g_list_free(GList *list);
RC_CALLS_OUT void g_list_free_full(GList *list, GDestroyNotify free_func);
void g_slist_free(GSList *list);
RC_CALLS_OUT void g_slist_free_full(GSList *list, GDestroyNotify free_func);

/* ---- GIO's core ---------------------------------------------------------------------------------------------- */
MADE GFile *g_file_new_for_path(const char *path);
MADE GFile *g_file_new_for_uri(const char *uri);
MADE GFile *g_file_new_for_commandline_arg(const char *arg);
MADE GFile *g_file_dup(GFile *file);
MADE GFile *g_file_get_child(GFile *file, const char *name);
NEW_REF GFile *g_file_get_parent(GFile *file);
MADE GFile *g_file_resolve_relative_path(GFile *file, const char *path);
NEW_REF GFileInputStream *g_file_read(GFile *file, GCancellable *cancellable, ERROR_OUT);
NEW_REF GFileOutputStream *g_file_create(GFile *file, int flags, GCancellable *cancellable, ERROR_OUT);
NEW_REF GFileOutputStream *g_file_replace(GFile *file, const char *etag, gboolean backup, int flags,
        GCancellable *cancellable, ERROR_OUT);
NEW_REF GFileInfo *g_file_query_info(GFile *file, const char *attributes, int flags, GCancellable *cancellable,
        ERROR_OUT);
NEW_REF GFileEnumerator *g_file_enumerate_children(GFile *file, const char *attributes, int flags,
        GCancellable *cancellable, ERROR_OUT);
NEW_REF GFileInfo *g_file_enumerator_next_file(GFileEnumerator *enumerator, GCancellable *cancellable, ERROR_OUT);
MADE GFile *g_file_enumerator_get_child(GFileEnumerator *enumerator, GFileInfo *info);
MADE GCancellable *g_cancellable_new(void);
SUCCEEDS g_file_delete(GFile *file, GCancellable *cancellable, ERROR_OUT);
SUCCEEDS g_file_trash(GFile *file, GCancellable *cancellable, ERROR_OUT);
SUCCEEDS g_file_make_directory(GFile *file, GCancellable *cancellable, ERROR_OUT);
SUCCEEDS g_file_make_directory_with_parents(GFile *file, GCancellable *cancellable, ERROR_OUT);
SUCCEEDS g_file_load_contents(GFile *file, GCancellable *cancellable, char **contents, gsize *length, char **etag_out,
        ERROR_OUT);
gboolean g_file_query_exists(GFile *file, GCancellable *cancellable);
GOT GCancellable *g_cancellable_get_current(void);
NEW_REF gpointer g_list_model_get_item(GListModel *list, guint position);
NEW_REF GObject *g_list_model_get_object(GListModel *list, guint position);
MADE GListStore *g_list_store_new(GType item_type);
void g_list_store_append(GListStore *store, RC_KEEPS gpointer item);
void g_list_store_insert(GListStore *store, guint position, RC_KEEPS gpointer item);
MADE GTask *g_task_new(RC_KEEPS gpointer source, RC_KEEPS GCancellable *cancellable, GAsyncReadyCallback callback,
        gpointer user_data);
RC_CALLS_OUT void g_task_return_pointer(GTask *task, RC_STEALS gpointer result, GDestroyNotify destroy);
RC_CALLS_OUT void g_task_return_error(GTask *task, RC_STEALS GError *error);
RC_CALLS_OUT void g_task_return_boolean(GTask *task, gboolean result);
RC_CALLS_OUT void g_task_return_new_error(GTask *task, GQuark domain, gint code, const char *format, ...);
void g_task_set_task_data(GTask *task, RC_STEALS gpointer data, GDestroyNotify destroy);
NEW_REF gpointer g_task_propagate_pointer(GTask *task, ERROR_OUT);
GOT_FROM(task) gpointer g_task_get_source_object(GTask *task);
GOT_FROM(task) gpointer g_task_get_task_data(GTask *task);
GOT_FROM(task) GCancellable *g_task_get_cancellable(GTask *task);
NEW_REF GObject *g_async_result_get_source_object(GAsyncResult *result);
MADE GSettings *g_settings_new(const gchar *schema);
NEW_REF GVariant *g_settings_get_value(GSettings *settings, const gchar *key);
gboolean g_settings_set_value(GSettings *settings, const gchar *key, RC_SINKS RC_KEEPS GVariant *value);
NEW_REF GDBusConnection *g_bus_get_sync(int bus_type, GCancellable *cancellable, ERROR_OUT);
NEW_REF GVariant *g_dbus_connection_call_sync(GDBusConnection *connection, const gchar *bus, const gchar *path,
        const gchar *interface, const gchar *method, RC_SINKS RC_KEEPS GVariant *parameters, const GVariantType *reply,
        int flags, gint timeout, GCancellable *cancellable, ERROR_OUT);
NEW_REF GVariant *g_dbus_connection_call_finish(GDBusConnection *connection, GAsyncResult *result, ERROR_OUT);
NEW_REF GVariant *g_dbus_proxy_call_sync(GDBusProxy *proxy, const gchar *method, RC_SINKS RC_KEEPS GVariant *parameters,
        int flags, gint timeout, GCancellable *cancellable, ERROR_OUT);
NEW_REF GVariant *g_dbus_proxy_call_finish(GDBusProxy *proxy, GAsyncResult *result, ERROR_OUT);
NEW_REF GVariant *g_dbus_proxy_get_cached_property(GDBusProxy *proxy, const gchar *name);
void g_dbus_method_invocation_return_value(RC_STEALS GDBusMethodInvocation *invocation, RC_SINKS RC_KEEPS GVariant *parameters);
void g_dbus_method_invocation_return_error(RC_STEALS GDBusMethodInvocation *invocation, GQuark domain, gint code,
        const gchar *format, ...);
void g_dbus_method_invocation_return_gerror(RC_STEALS GDBusMethodInvocation *invocation, const GError *error);
void g_dbus_method_invocation_take_error(RC_STEALS GDBusMethodInvocation *invocation, RC_STEALS GError *error);
GOT_FROM(invocation) GVariant *g_dbus_method_invocation_get_parameters(GDBusMethodInvocation *invocation);
/* clang-format on */
