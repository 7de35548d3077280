/* SPDX-License-Identifier: MIT
 *
 * The project's own runtime: what each function of recount.h does to references.
 *
 * Facts are recount.h's own. Its macros expand to the functions named rci_, so those stand here: RC_INCREF(p) is a call
 * of rci_incref, RC_CLEAR(v) and RC_SETREF(v, p) are calls of rci_setref on the address of v, rc_new(T) is rci_alloc.
 * The `site` that most of them take last is a text for messages.
 */
#include <recount_annotations.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* clang-format off: a row per function reads as a table */

#define NEW_REF RC_RETURNS_NEW RC_NULLABLE                     /* a new reference, or NULL without memory */
#define GOT_FROM(p) RC_RETURNS_BORROWED_FROM(p) RC_NULLABLE    /* valid while p holds it                  */

/* ---- types --------------------------------------------------------------------------------------------------- */
typedef struct rc_type rc_type;
typedef struct rc_object { int32_t count; uint32_t word; const rc_type *type; } rc_object;
typedef struct rc_weakref rc_weakref;
typedef struct rc_int rc_int;
typedef struct rc_float rc_float;
typedef struct rc_str rc_str;
typedef struct rc_bytes rc_bytes;
typedef struct rc_tuple rc_tuple;
typedef struct rc_list rc_list;
typedef struct rc_dict rc_dict;
typedef struct rc_set rc_set;
RC_DESCRIBES("recount.h");
RC_OBJECT_TYPE(rc_object, RC_INCREF, RC_DECREF);
RC_OBJECT_TYPE(rc_weakref, RC_INCREF, RC_DECREF);
RC_OBJECT_TYPE(rc_int, RC_INCREF, RC_DECREF);
RC_OBJECT_TYPE(rc_float, RC_INCREF, RC_DECREF);
RC_OBJECT_TYPE(rc_str, RC_INCREF, RC_DECREF);
RC_OBJECT_TYPE(rc_bytes, RC_INCREF, RC_DECREF);
RC_OBJECT_TYPE(rc_tuple, RC_INCREF, RC_DECREF);
RC_OBJECT_TYPE(rc_list, RC_INCREF, RC_DECREF);
RC_OBJECT_TYPE(rc_dict, RC_INCREF, RC_DECREF);
RC_OBJECT_TYPE(rc_set, RC_INCREF, RC_DECREF);

/* A type's own functions: each gets an object that it does not own. */
typedef int (*rc_visit)(rc_object *child, void *arg);
typedef void (*rc_weakref_callback)(rc_weakref *w, void *arg);
struct rc_type {
    const char *name;
    size_t size, item_size;
    const rc_type *base;
    unsigned flags;
    int (*traverse)(rc_object *self, rc_visit visit, void *arg);
    int (*clear)(rc_object *self);
    void (*finalize)(rc_object *self);
};

/* ---- objects ------------------------------------------------------------------------------------------------- */
NEW_REF rc_object *rci_alloc(const rc_type *type, const char *site);
NEW_REF rc_object *rci_alloc_items(const rc_type *type, size_t n, const char *site);
NEW_REF rc_object *rc_alloc(const rc_type *type);
NEW_REF rc_object *rc_alloc_items(const rc_type *type, size_t n);
NEW_REF rc_object *rci_intern(const rc_type *type, const void *key, size_t bytes, bool *created, const char *site);
RC_RETURNS_NEW rc_object *rci_unrewritten(const char *file, size_t size);
RC_RETURNS_NEW rc_object *rci_intern_unrewritten(const char *file, const void *key, size_t bytes, bool *created);
size_t rc_refcount(RC_NONNULL const void *p);
const rc_type *rc_type_of(RC_NONNULL const void *p);
RC_NO_EFFECT bool rc_is_instance(const void *p, const rc_type *type);
size_t rc_live_objects(void);
void rc_immortalize(void *p);
bool rc_is_immortal(const void *p);
RC_CALLS_OUT void rc_shutdown(void);

/* ---- counting ------------------------------------------------------------------------------------------------ */
void rci_incref(RC_RETAINS RC_NONNULL rc_object *p, const char *site);
void rci_decref(RC_RELEASES RC_NONNULL rc_object *p, const char *site);
void rci_xincref(RC_RETAINS rc_object *p, const char *site);
void rci_xdecref(RC_RELEASES rc_object *p, const char *site);
RC_RETURNS_ARG(p) rc_object *rci_newref(RC_RETAINS rc_object *p, const char *site);
void rci_setref(RC_OUT RC_STEALS void *slot, RC_STEALS const void *p, const char *site);
void rci_initref(RC_OUT void *slot, RC_STEALS const void *p);

/* ---- the border ---------------------------------------------------------------------------------------------- */
RC_NULLABLE void *rc_give(RC_STEALS const void *p);
RC_RETURNS_NEW rc_object *rci_take(void *raw);
RC_RETURNS_ARG(raw) rc_object *rci_ref(RC_RETAINS const void *raw, const char *site);

/* ---- buffers of strong elements: a buffer is a resource that ends with rci_array_free ------------------------ */
RC_RETURNS_NEW RC_NULLABLE void *rci_array_new(size_t n, const char *site);
void rci_setarray(RC_OUT RC_STEALS void *slot, RC_STEALS const void *buffer, const char *site);
int rci_array_resize(void *slot, size_t old_n, size_t new_n, const char *site);
size_t rci_array_len(const void *buffer);
void rci_array_free(RC_RELEASES void *buffer, const char *site);

/* ---- weak references ----------------------------------------------------------------------------------------- */
NEW_REF rc_weakref *rc_weakref_new(void *p, rc_weakref_callback callback, void *arg);
NEW_REF RC_KEEPS rc_object *rc_weakref_get(rc_weakref *w);
size_t rc_weakref_count(const void *p);
NEW_REF RC_KEEPS rc_object *rc_weak_load(rc_object *const *slot);
void rc_weak_store(rc_object **slot, rc_object *p);
void rc_weak_fini(rc_object **slot);

/* ---- the error indicator ------------------------------------------------------------------------------------- */
void rc_error_set(const char *format, ...);
RC_NULLABLE const char *rc_error_occurred(void);
void rc_error_clear(void);

/* ---- the collector ------------------------------------------------------------------------------------------- */
RC_CALLS_OUT ssize_t rc_gc_collect(void);
RC_CALLS_OUT ssize_t rc_gc_collect_generation(int generation);
void rc_gc_enable(void);
void rc_gc_disable(void);
bool rc_gc_is_enabled(void);
bool rc_gc_is_tracked(const void *p);
bool rc_gc_is_finalized(const void *p);
void rc_gc_track(void *p);
void rc_gc_untrack(void *p);
RC_CALLS_OUT void rc_gc_clear_garbage(void);

/* ---- values -------------------------------------------------------------------------------------------------- */
NEW_REF rc_int *rc_int_new(int64_t value);
int64_t rc_int_value(RC_NONNULL const rc_int *i);
NEW_REF rc_float *rc_float_new(double value);
double rc_float_value(RC_NONNULL const rc_float *f);
NEW_REF rc_str *rc_str_new(const char *text);
NEW_REF rc_str *rc_str_new_size(const char *text, size_t n);
NEW_REF rc_str *rc_str_intern(const char *text);
NEW_REF rc_str *rc_str_concat(RC_NONNULL const rc_str *a, RC_NONNULL const rc_str *b);
RC_RETURNS_BORROWED_FROM(s) const char *rc_str_data(RC_NONNULL const rc_str *s);
size_t rc_str_len(RC_NONNULL const rc_str *s);
NEW_REF rc_bytes *rc_bytes_new(const void *data, size_t n);
RC_RETURNS_BORROWED_FROM(b) void *rc_bytes_data(RC_NONNULL rc_bytes *b);
size_t rc_bytes_len(RC_NONNULL const rc_bytes *b);
int rc_hash(RC_NONNULL const void *p, uint64_t *out);
bool rc_equal(const void *a, const void *b);

/* ---- containers: what is dropped from one may die there ------------------------------------------------------ */
NEW_REF rc_tuple *rc_tuple_new(size_t n);
int rc_tuple_set(RC_NONNULL rc_tuple *t, size_t i, RC_STEALS void *item);
GOT_FROM(t) rc_object *rc_tuple_get(RC_NONNULL const rc_tuple *t, size_t i);
size_t rc_tuple_len(RC_NONNULL const rc_tuple *t);
NEW_REF rc_list *rc_list_new(void);
int rc_list_append(RC_NONNULL rc_list *l, RC_KEEPS void *item);
int rc_list_insert(RC_NONNULL rc_list *l, size_t i, RC_KEEPS void *item);
RC_CALLS_OUT int rc_list_set(RC_NONNULL rc_list *l, size_t i, RC_KEEPS void *item);
RC_CALLS_OUT int rc_list_remove(RC_NONNULL rc_list *l, size_t i);
GOT_FROM(l) rc_object *rc_list_get(RC_NONNULL const rc_list *l, size_t i);
NEW_REF rc_object *rc_list_pop(RC_NONNULL rc_list *l);
size_t rc_list_len(RC_NONNULL const rc_list *l);
RC_CALLS_OUT void rc_list_clear(RC_NONNULL rc_list *l);
NEW_REF rc_dict *rc_dict_new(void);
RC_CALLS_OUT int rc_dict_set(RC_NONNULL rc_dict *d, RC_KEEPS void *key, RC_KEEPS void *value);
GOT_FROM(d) rc_object *rc_dict_get(RC_NONNULL const rc_dict *d, void *key);
RC_CALLS_OUT int rc_dict_remove(RC_NONNULL rc_dict *d, void *key);
bool rc_dict_next(RC_NONNULL const rc_dict *d, size_t *pos, RC_OUT RC_BORROWED rc_object **key,
        RC_OUT RC_BORROWED rc_object **value);
size_t rc_dict_len(RC_NONNULL const rc_dict *d);
RC_CALLS_OUT void rc_dict_clear(RC_NONNULL rc_dict *d);
NEW_REF rc_set *rc_set_new(void);
int rc_set_add(RC_NONNULL rc_set *s, RC_KEEPS void *item);
int rc_set_contains(RC_NONNULL const rc_set *s, void *item);
RC_CALLS_OUT int rc_set_remove(RC_NONNULL rc_set *s, void *item);
bool rc_set_next(RC_NONNULL const rc_set *s, size_t *pos, RC_OUT RC_BORROWED rc_object **item);
size_t rc_set_len(RC_NONNULL const rc_set *s);
RC_CALLS_OUT void rc_set_clear(RC_NONNULL rc_set *s);
/* clang-format on */
