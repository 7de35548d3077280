/* SPDX-License-Identifier: MIT
 *
 * The Recount runtime: reference counts, weak references, a cyclic collector and the heap under them.
 *
 * Owns: every object from rc_alloc, every block from rc_raw_*, rc_mem_*, rc_obj_*. Arguments are borrowed and
 * results are owned by the caller unless an annotation says otherwise. An object is freed by the release that
 * takes its count to 0, or by the collector. Functions that need memory return NULL (or -1) when there is none.
 * Thread: see the section on threads; without RECOUNT_THREADS one at a time may be inside the library.
 * The behaviour is that of CPython 3.8 to 3.11; its name for a thing stands in [brackets].
 */
#ifndef RECOUNT_H
#define RECOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include "recount_annotations.h"

#define RECOUNT_VERSION_MAJOR 0
#define RECOUNT_VERSION_MINOR 1
#define RECOUNT_VERSION_PATCH 0
#define RECOUNT_VERSION_STRING "0.1.0"
/* One number that grows with every release: 0xMMmmpp. */
#define RECOUNT_VERSION (RECOUNT_VERSION_MAJOR << 16 | RECOUNT_VERSION_MINOR << 8 | RECOUNT_VERSION_PATCH)

#ifndef RC_API
# define RC_API __attribute__((visibility("default")))
#endif
/* Besides: a call takes the address from the program's table at once, without the linker's detour. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
# define RCI_NEAR __attribute__((noplt))
#else
# define RCI_NEAR
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that is running, as RECOUNT_VERSION; compare it with the header's. */
RC_API unsigned rc_version(void);

/* ---- objects ------------------------------------------------------------------------------------------- */

/* The number line of `count`:
 *    n > 0          n references
 *    0              a free block
 *    RC_IMMORTAL_COUNT   never written, never freed [PEP 683]; a count that overflows ends up here
 *    other n < 0    -n references, of several threads; or the object is being released
 * Never touch `count` and `word` together as one 64-bit value: mixed widths cost a store-forwarding stall. */
#define RC_IMMORTAL_COUNT INT32_MIN

typedef struct rc_type rc_type;
typedef struct rc_object {
    int32_t count;
    uint32_t word; /* private: collector state and serial number */
    const rc_type *type;
} rc_object;

/* First member of every class [PyObject_HEAD]; what initialises it in an immortal static object. */
#define RC_HEAD         rc_object rc_head
#define RC_HEAD_INIT(T) { RC_IMMORTAL_COUNT, 0, &RC_TYPE(T) }

/* Called by a traverse function for each strong field; non-zero stops the traversal and is handed through. */
typedef int (*rc_visit)(rc_object *child, void *arg);

/* One row of a class's table of counted fields; the table ends with RC_FIELD_END. A table holds the fields that
 * the class itself declares, in order of declaration: the base's come from `base`. */
typedef struct rc_field {
    unsigned char kind;           /* enum rc_field_kind                                                  */
    unsigned offset;              /* bytes from the start of the object, or of the embedded struct       */
    unsigned count;               /* elements: 1 unless a fixed array                                    */
    unsigned stride;              /* bytes from one embedded struct to the next                          */
    const struct rc_field *table; /* the embedded struct's own fields                                    */
} rc_field;

enum rc_field_kind {
    RC_KIND_END,        /* ends the table                                                                */
    RC_KIND_STRONG,     /* `count` strong pointers                                                       */
    RC_KIND_WEAK,       /* `count` zeroing weak pointers                                                 */
    RC_KIND_BUFFER,     /* `count` pointers to a buffer of rc_array_new                                  */
    RC_KIND_STRUCT,     /* `count` plain structs by value, each with the fields of `table`               */
    RC_KIND_FLEX,       /* flexible array of strong pointers, to the end of the object                   */
    RC_KIND_FLEX_STRUCT /* flexible array of plain structs, to the end of the object                     */
};

/* Rows: T is the class (or the plain struct whose table it is), f the member; f may be a path (`pos.owner`). */
#define RC_FIELD_STRONG(T, f)     { RC_KIND_STRONG, (unsigned)offsetof(T, f), 1, 0, NULL }
#define RC_FIELD_WEAK(T, f)       { RC_KIND_WEAK, (unsigned)offsetof(T, f), 1, 0, NULL }
#define RC_FIELD_ARRAY(T, f, n)   { RC_KIND_STRONG, (unsigned)offsetof(T, f), (n), 0, NULL }
#define RC_FIELD_WEAK_ARRAY(T, f, n) { RC_KIND_WEAK, (unsigned)offsetof(T, f), (n), 0, NULL }
#define RC_FIELD_BUFFER(T, f)     { RC_KIND_BUFFER, (unsigned)offsetof(T, f), 1, 0, NULL }
#define RC_FIELD_BUFFER_ARRAY(T, f, n) { RC_KIND_BUFFER, (unsigned)offsetof(T, f), (n), 0, NULL }
#define RC_FIELD_FLEX(T, f)       { RC_KIND_FLEX, (unsigned)offsetof(T, f), 0, 0, NULL }
/* tab is the table of the embedded struct; RC_FIELD_STRUCT_ARRAY takes the number of elements as well. */
#define RC_FIELD_STRUCT(T, f, tab) \
    { RC_KIND_STRUCT, (unsigned)offsetof(T, f), 1, (unsigned)sizeof(((T *)0)->f), (tab) }
#define RC_FIELD_STRUCT_ARRAY(T, f, n, tab) \
    { RC_KIND_STRUCT, (unsigned)offsetof(T, f), (n), (unsigned)sizeof(((T *)0)->f[0]), (tab) }
#define RC_FIELD_FLEX_STRUCT(T, f, tab) \
    { RC_KIND_FLEX_STRUCT, (unsigned)offsetof(T, f), 0, (unsigned)sizeof(((T *)0)->f[0]), (tab) }
#define RC_FIELD_END              { RC_KIND_END, 0, 0, 0, NULL }

enum rc_type_flags {
    RC_TYPE_GC = 1,       /* instances may be part of a cycle, so the collector tracks them [Py_TPFLAGS_HAVE_GC] */
    RC_TYPE_SINGLETON = 2 /* rc_alloc yields the one instance, which is immortal                                 */
};

/* A class [PyTypeObject]. Static, and never changed once an instance exists. At a count of 0: weak references
 * become NULL, finalize runs (this type's, then each base's), then clear or the field tables, then the memory is
 * free. A hand-written traverse or clear calls its base's itself; with `fields`, traverse and clear stay NULL. */
struct rc_type {
    const char *name;
    size_t size;      /* bytes of an instance without its trailing items                                     */
    size_t item_size; /* bytes of a trailing item, or 0                                                       */
    const struct rc_type *base;
    unsigned flags;
    int (*traverse)(rc_object *self, rc_visit visit, void *arg); /* RC_VISIT(self->f) for every strong field  */
    int (*clear)(rc_object *self);                               /* RC_CLEAR(self->f) for every strong field  */
    void (*finalize)(rc_object *self); /* once in a life, on an intact object; may resurrect [tp_finalize]     */
    const struct rc_field *fields;
    unsigned abi; /* 0 */
};

/* RC_TYPE(T) is the type object that `recount rewrite` generates. In a file that was not rewritten it names a
 * type of the library's, and rc_new stops the program with a line that names the file. */
#ifdef RECOUNT_REWRITTEN
# define RC_TYPE(T) rc_type_##T
# define rc_new(T) ((T *)rc_alloc(&RC_TYPE(T)))
# define rc_new_extra(T, n) ((T *)rc_alloc_items(&RC_TYPE(T), (n)))
# define rc_intern(T, key, bytes, created) ((T *)rci_intern(&RC_TYPE(T), (key), (bytes), (created), RCI_SITE))
#else
# define RC_TYPE(T) rc_type_unrewritten
# define rc_new(T) ((T *)rci_unrewritten(__FILE__, sizeof(T)))
# define rc_new_extra(T, n) ((T *)rci_unrewritten(__FILE__, sizeof(T) + 0 * (size_t)(n)))
# define rc_intern(T, key, bytes, created) ((T *)rci_intern_unrewritten(__FILE__, (key), (bytes), (created)))
#endif
RC_API extern const rc_type rc_type_unrewritten;
RC_RETURNS_NEW RC_CALLS_OUT RC_API rc_object *rci_unrewritten(const char *file, size_t size);
RC_RETURNS_NEW RC_CALLS_OUT RC_API rc_object *rci_intern_unrewritten(const char *file, const void *key, size_t bytes,
                                                        bool *created);

/* Where an operation stands in the source, as "file:line": only slow paths look at it. RECOUNT_NO_SITES leaves the
 * strings out. */
#define RCI_STRING_(x) #x
#define RCI_STRING(x)  RCI_STRING_(x)
#ifdef RECOUNT_NO_SITES
# define RCI_SITE NULL
#else
# define RCI_SITE (__FILE__ ":" RCI_STRING(__LINE__))
#endif

/* A new instance: zeroed, one reference, in generation 0 when RC_TYPE_GC. It comes from the object domain,
 * through its hooks. NULL: no memory. May start a collection first. [PyType_GenericAlloc] */
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT RC_API rc_object *rc_alloc(const rc_type *type);
/* The same with n trailing items of type->item_size bytes. NULL: no memory, or the size overflows. */
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT RC_API rc_object *rc_alloc_items(const rc_type *type, size_t n);
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT RC_API RCI_NEAR rc_object *rci_alloc(const rc_type *type, const char *site);
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT RC_API RCI_NEAR rc_object *rci_alloc_items(const rc_type *type, size_t n, const char *site);
#define rc_alloc(type)          rci_alloc((type), RCI_SITE)
#define rc_alloc_items(type, n) rci_alloc_items((type), (n), RCI_SITE)

/* rc_intern(T, key, bytes, &created): the one live instance of T for the `bytes` bytes at `key` (copied): a new
 * reference, and *created (a bool, may be NULL) tells whether it was made just now. The table does not own it:
 * once the last reference is gone the key is free again. NULL: no memory. */
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT RC_API rc_object *rci_intern(const rc_type *type, const void *key, size_t bytes,
                                                        bool *created, const char *site);

/* References that p has; (size_t)INT32_MAX + 1 when it is immortal; 0 while it dies. [Py_REFCNT] */
RC_API size_t rc_refcount(RC_NONNULL const void *p);
/* The class that p was made with. [Py_TYPE] */
RC_API const rc_type *rc_type_of(RC_NONNULL const void *p);
/* Whether p is an instance of `type` or of a class derived from it. NULL is an instance of nothing.
 * [PyObject_TypeCheck] */
RC_API bool rc_is_instance(const void *p, const rc_type *type);
/* Objects not yet freed; immortal ones are not counted. Takes time in proportion to the heap. */
RC_API size_t rc_live_objects(void);
/* From now on p's count is never written; what p holds stays too. NULL is allowed. [PEP 683] */
RC_API void rc_immortalize(void *p);
/* Whether it was, or is a static object of RC_HEAD_INIT. NULL is not. */
RC_API bool rc_is_immortal(const void *p);
/* Collects, reports on standard error the classes of what stays (nothing when nothing does), and frees the heap:
 * every pointer into it is invalid afterwards. Without this call a collection still runs at exit. */
RC_CALLS_OUT RC_API void rc_shutdown(void);

/* ---- counting ------------------------------------------------------------------------------------------ */

/* All evaluate their arguments once, are void expressions, and take a pointer to any class.
 *   RC_INCREF(p)       p != NULL: one reference more            RC_XINCREF(p)  the same, or nothing for NULL
 *   RC_DECREF(p)       p != NULL: one less, and at 0 it dies     RC_XDECREF(p)  the same, or nothing for NULL
 *   RC_CLEAR(v)        v = NULL, then drops what v held
 *   RC_SETREF(v, p)    v = p (stolen), then drops what v held; RC_XSETREF: v may have held NULL
 *   RC_INITREF(v, p)   v = p (stolen), where v holds nothing
 *   RC_VISIT(f)        inside a traverse(self, visit, arg): hands f to the visitor
 *   rc_newref(p)       p with one reference more, of p's type; NULL stays NULL [Py_XNewRef]
 * A count that would go below 0 stops the program with the operation's file and line. */
#define RC_INCREF(p)     rci_incref((rc_object *)(p), RCI_SITE)
#define RC_DECREF(p)     rci_decref((rc_object *)(p), RCI_SITE)
#define RC_XINCREF(p)    rci_xincref((rc_object *)(p), RCI_SITE)
#define RC_XDECREF(p)    rci_xdecref((rc_object *)(p), RCI_SITE)
#define RC_CLEAR(v)      rci_setref(&(v), NULL, RCI_SITE)
#define RC_SETREF(v, p)  rci_setref(&(v), (0 ? (v) : (p)), RCI_SITE)
#define RC_XSETREF(v, p) rci_setref(&(v), (0 ? (v) : (p)), RCI_SITE)
#ifdef RECOUNT_THREADS
# define RC_INITREF(v, p) rci_initref(&(v), (0 ? (v) : (p)))
#else
# define RC_INITREF(v, p) ((void)((v) = (p)))
#endif
#define RC_VISIT(f)                                               \
    do {                                                          \
        rc_object *rci_child = (rc_object *)(f);                  \
        int rci_stop = rci_child ? visit(rci_child, arg) : 0;     \
        if (rci_stop) return rci_stop;                            \
    } while (0)
#define rc_newref(p) ((__typeof__(p))rci_newref((rc_object *)(p), RCI_SITE))

/* The slow halves: the count is at an end of the number line. */
RC_API RCI_NEAR void rci_retain_slow(rc_object *p, const char *site);
RC_API RCI_NEAR void rci_release_slow(rc_object *p, const char *site);

#ifdef RECOUNT_TRACE_REFS
/* All references there are [_Py_RefTotal]; only programs and libraries built with RECOUNT_TRACE_REFS have it. */
RC_API extern ssize_t rci_total_refs;
# define RCI_TOTAL(n) ((void)__atomic_fetch_add(&rci_total_refs, (n), __ATOMIC_RELAXED))
#else
# define RCI_TOTAL(n) ((void)0)
#endif

#ifdef RECOUNT_THREADS
/* Some object is shared: what is stored into one has to be shared too. */
RC_API extern bool rci_sharing;
RC_API void rci_store_barrier(const void *slot, const void *p);
# define RCI_STORED(slot, p) ((void)((p) && __atomic_load_n(&rci_sharing, __ATOMIC_RELAXED) ? rci_store_barrier((slot), (p)) : (void)0))
#else
# define RCI_STORED(slot, p) ((void)0)
#endif

/* Relaxed atomics are plain moves: another thread may look at the count of an object that is not shared with it,
 * and finds out no more than that. */
static inline void rci_incref(rc_object *p, const char *site)
{
    int32_t n = __atomic_load_n(&p->count, __ATOMIC_RELAXED);
    if (__builtin_expect(n > 0, 1)) {
        __atomic_store_n(&p->count, (int32_t)((uint32_t)n + 1), __ATOMIC_RELAXED);
        RCI_TOTAL(1);
    } else if (n != RC_IMMORTAL_COUNT) {
        rci_retain_slow(p, site);
    }
}

static inline void rci_decref(rc_object *p, const char *site)
{
    int32_t n = __atomic_load_n(&p->count, __ATOMIC_RELAXED);
    if (__builtin_expect(n > 1, 1)) {
        __atomic_store_n(&p->count, n - 1, __ATOMIC_RELAXED);
        RCI_TOTAL(-1);
    } else if (n != RC_IMMORTAL_COUNT) {
        rci_release_slow(p, site);
    }
}

static inline void rci_xincref(rc_object *p, const char *site)
{
    if (p) rci_incref(p, site);
}

static inline void rci_xdecref(rc_object *p, const char *site)
{
    if (p) rci_decref(p, site);
}

static inline rc_object *rci_newref(rc_object *p, const char *site)
{
    if (p) rci_incref(p, site);
    return p;
}

/* `slot` is the address of a pointer of any class's type: memcpy keeps the accesses free of aliasing trouble. The barrier
 * comes first, where a collection may run: until the store the caller's reference keeps p alive, and no other thread
 * finds p before it is shared. */
static inline void rci_setref(void *slot, const void *p, const char *site)
{
    rc_object *old;
    RCI_STORED(slot, p);
    memcpy(&old, slot, sizeof old);
    memcpy(slot, &p, sizeof p);
    if (old) rci_decref(old, site);
}

static inline void rci_initref(void *slot, const void *p)
{
    RCI_STORED(slot, p);
    memcpy(slot, &p, sizeof p);
}

/* The n references at `slots` become those at `fresh`, which are taken over. */
static inline void rci_set_slots(void *slots, size_t n, const void *fresh)
{
    for (size_t i = 0; i < n; i++) {
        const void *p;
        memcpy(&p, (const char *)fresh + i * sizeof p, sizeof p);
        rci_setref((char *)slots + i * sizeof p, p, NULL);
    }
}

/* ---- the border (references as raw pointers) ----------------------------------------------------------- */

/* rc_give(p): takes the reference p and hands it out as a raw pointer; whoever has it must bring it back.
 * rc_take(T, raw): takes over the reference that an rc_give handed out. rc_ref(T, raw): makes a new reference from
 * an unowned pointer. NULL passes through all three. */
static inline RC_NULLABLE void *rc_give(RC_STEALS const void *p) { return (void *)(uintptr_t)p; }
#define rc_take(T, raw) ((T *)rci_take(raw))
#define rc_ref(T, raw)  ((T *)rci_ref((raw), RCI_SITE))
static inline RC_RETURNS_NEW rc_object *rci_take(RC_STEALS void *raw) { return (rc_object *)raw; }
static inline RC_RETURNS_NEW rc_object *rci_ref(const void *raw, const char *site)
{
    return rci_newref((rc_object *)(uintptr_t)raw, site);
}

/* ---- buffers of strong elements ------------------------------------------------------------------------ */

/* T **rc_array_new(T, n): a buffer of n NULLs, owned by the caller; NULL: no memory. */
#define rc_array_new(T, n) ((T **)rci_array_new((n), RCI_SITE))
/* int rc_array_resize(T, v, old_n, new_n): changes the length of the buffer in the lvalue v (NULL: an empty one);
 * new elements are NULL, those cut off are released in ascending order. 0, or -1 and nothing changed: no memory.
 * The buffer's own length is what counts, old_n is what the program believes it to be. */
#define rc_array_resize(T, v, old_n, new_n) \
    (rci_array_resize((0 ? (T ***)NULL : &(v)), (old_n), (new_n), RCI_SITE))
/* Elements of a buffer; 0 for NULL. */
#define rc_array_len(v) rci_array_len(v)
/* Releases the elements in ascending order, and the buffer; NULL is allowed. */
#define rc_array_free(T, v) rci_array_free((0 ? (T **)NULL : (v)), RCI_SITE)

RC_API void *rci_array_new(size_t n, const char *site);
RC_CALLS_OUT RC_API int rci_array_resize(void *slot, size_t old_n, size_t new_n, const char *site);
RC_API size_t rci_array_len(const void *buffer);
RC_CALLS_OUT RC_API void rci_array_free(void *buffer, const char *site);

/* ---- weak references ----------------------------------------------------------------------------------- */

/* A weak reference is an object itself: tracked, counted, released with RC_DECREF [PyWeakref_NewRef]. */
typedef struct rc_weakref rc_weakref;
struct RC_CLASS rc_weakref;
/* Runs after the target's weak references became NULL, newest reference first; w is borrowed. An error that it
 * leaves is printed and cleared. */
typedef void (*rc_weakref_callback)(rc_weakref *w, void *arg);
/* A new reference to a weak reference to p; without a callback (NULL) the target's existing one is shared. p is borrowed
 * and may be of any class; `arg` is handed to the callback as it is, and not counted. NULL: no memory. May start a
 * collection first. [PyWeakref_NewRef] */
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT RC_API rc_weakref *rc_weakref_new(void *p, rc_weakref_callback callback, void *arg);
/* The target (a new reference), or NULL once it died. w is borrowed. [calling a weakref.ref] */
RC_RETURNS_NEW RC_NULLABLE RC_KEEPS RC_API rc_object *rc_weakref_get(rc_weakref *w);
/* Weak reference objects that p has [weakref.getweakrefcount]; weak variables are not counted. */
RC_API size_t rc_weakref_count(const void *p);
RC_API extern const rc_type rc_weakref_type;

/* Weak variables (RC_WEAK): a pointer that the runtime knows the address of and sets to NULL when the target dies.
 * The variable starts as NULL, must not move, and is given up with rc_weak_fini.
 * Load: the target (a new reference) or NULL. Store: p is borrowed and may be NULL; without memory the variable becomes
 * NULL and the error indicator is set. Fini: the variable is NULL and forgotten. No counterpart in CPython. */
RC_RETURNS_NEW RC_NULLABLE RC_KEEPS RC_API rc_object *rc_weak_load(rc_object *const *slot);
RC_API void rc_weak_store(rc_object **slot, rc_object *p);
RC_API void rc_weak_fini(rc_object **slot);

/* The same for variables of any class, each argument evaluated once:
 *   RC_WEAK_LOAD(v)      the target (a new reference) or NULL, of v's type
 *   RC_WEAK_STORE(v, p)  v refers to p from now on; p may be NULL
 *   RC_WEAK_INIT(v)      v was initialised with a new reference: it becomes a weak variable, the reference is dropped
 *   RC_WEAK_FINI(v)      v's lifetime ends                                                                      */
#define RC_WEAK_LOAD(v)     ((__typeof__(v))rc_weak_load((rc_object *const *)&(v)))
#define RC_WEAK_STORE(v, p) rc_weak_store((rc_object **)&(v), (rc_object *)(0 ? (v) : (p)))
#define RC_WEAK_INIT(v)     rci_weak_init(&(v), RCI_SITE)
#define RC_WEAK_FINI(v)     rc_weak_fini((rc_object **)&(v))
static inline void rci_weak_init(void *slot, const char *site)
{
    rc_object *p;
    memcpy(&p, slot, sizeof p);
    memset(slot, 0, sizeof p);
    rc_weak_store((rc_object **)slot, p);
    rci_xdecref(p, site);
}

/* RC_SETARRAY(v, b): the counted buffer v becomes b (stolen), then the old buffer goes with its elements. */
#define RC_SETARRAY(v, b) rci_setarray(&(v), (0 ? (v) : (b)), RCI_SITE)
static inline void rci_setarray(void *slot, const void *buffer, const char *site)
{
    void *old;
    memcpy(&old, slot, sizeof old);
    memcpy(slot, &buffer, sizeof buffer);
    if (old != buffer) rci_array_free(old, site);
}

/* ---- the error indicator ------------------------------------------------------------------------------- */

/* A message per thread, set by callbacks, finalizers and builtins that fail [PyErr_Occurred]. While it is set no
 * collection starts by itself. The message is copied and cut at 255 bytes. */
RC_API void rc_error_set(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The message, valid until the thread's next change, or NULL: none is set. */
RC_RETURNS_BORROWED RC_API const char *rc_error_occurred(void);
/* None is set afterwards. [PyErr_Clear] */
RC_API void rc_error_clear(void);

/* ---- the collector [gc] -------------------------------------------------------------------------------- */

typedef struct {
    size_t collections, collected, uncollectable;
} rc_gc_stats;
typedef enum { RC_GC_START, RC_GC_STOP } rc_gc_phase;
typedef struct {
    int generation;
    size_t collected, uncollectable; /* 0 at RC_GC_START */
} rc_gc_info;
/* Called before and after each collection; what it allocates starts none. */
typedef void (*rc_gc_callback)(rc_gc_phase phase, const rc_gc_info *info, void *arg);

/* A full collection, enabled or not: unreachable objects found (collected and uncollectable); 0 from inside a
 * collection [gc.collect]. */
RC_CALLS_OUT RC_API ssize_t rc_gc_collect(void);
/* The same for one generation, 0 to 2, and the younger ones; -1 with errno EINVAL for any other. */
RC_CALLS_OUT RC_API ssize_t rc_gc_collect_generation(int generation);
/* Automatic collection, which is on at the start [gc.enable, gc.disable, gc.isenabled]. */
RC_API void rc_gc_enable(void);
RC_API void rc_gc_disable(void);
RC_API bool rc_gc_is_enabled(void);
/* 700, 10, 10 at the start. t0: tracked objects made less those released, t1 and t2: collections of the generation below,
 * over which a generation is collected; t0 = 0 turns automatic collection off [gc.set_threshold, gc.get_threshold]. */
RC_API void rc_gc_set_threshold(size_t t0, size_t t1, size_t t2);
RC_API void rc_gc_get_threshold(size_t out[3]);
/* What is compared with the thresholds [gc.get_count]. */
RC_API void rc_gc_get_count(size_t out[3]);
/* Of each generation since the start [gc.get_stats]. */
RC_API void rc_gc_get_stats(rc_gc_stats out[3]);
/* 0, or -1: no memory. Called in the order of adding, once for each time it was added; arg is handed to it as it is
 * [gc.callbacks]. */
RC_API int rc_gc_add_callback(rc_gc_callback callback, void *arg);
/* The first that was added with these two goes. 0, or -1: not there. */
RC_API int rc_gc_remove_callback(rc_gc_callback callback, void *arg);
/* Whether p is in a generation, the permanent one too [gc.is_tracked]. */
RC_API bool rc_gc_is_tracked(const void *p);
/* Whether p's finalizer has run, and so will not run again [gc.is_finalized]. */
RC_API bool rc_gc_is_finalized(const void *p);
/* Puts p into generation 0; nothing when it is tracked, or when its class is not RC_TYPE_GC [PyObject_GC_Track]. */
RC_API void rc_gc_track(void *p);
/* No collection looks at p from now on, nor at what only p holds; nothing when it is not tracked
 * [PyObject_GC_UnTrack]. */
RC_API void rc_gc_untrack(void *p);
/* The objects of a generation, 0 to 2; -1: of every one but the permanent [gc.get_objects]. At most max of them,
 * borrowed, into `out` (may be NULL when max is 0); the result is how many there are, 0 for any other generation. */
RC_API size_t rc_gc_get_objects(int generation, rc_object **out, size_t max);
/* Tracked objects that refer to p, the frozen ones left out; `out`, `max` and the result as above
 * [gc.get_referrers]. */
RC_API size_t rc_gc_get_referrers(const void *p, rc_object **out, size_t max);
/* What p refers to, as its traverse or field table shows it, repetitions and all; `out`, `max` and the result as above
 * [gc.get_referents]. */
RC_API size_t rc_gc_get_referents(const void *p, rc_object **out, size_t max);
/* Moves all tracked objects to a permanent generation, which no collection looks at, and zeroes the counts; nothing from
 * inside a collection [gc.freeze]. */
RC_API void rc_gc_freeze(void);
/* Moves the permanent generation into generation 2 [gc.unfreeze]. */
RC_API void rc_gc_unfreeze(void);
/* Objects in the permanent generation [gc.get_freeze_count]. */
RC_API size_t rc_gc_freeze_count(void);
/* Any of these, or 0 [gc.set_debug]. To standard error: STATS each collection, COLLECTABLE and UNCOLLECTABLE the objects
 * found. SAVEALL: what is found goes to the garbage list and is not freed. */
enum { RC_GC_DEBUG_STATS = 1, RC_GC_DEBUG_COLLECTABLE = 2, RC_GC_DEBUG_UNCOLLECTABLE = 4, RC_GC_DEBUG_SAVEALL = 32 };
RC_API void rc_gc_set_debug(unsigned flags);
RC_API unsigned rc_gc_get_debug(void);
/* What collections could not free [gc.garbage]: at most max objects, borrowed, into `out`; the result is how many there
 * are. The list holds a reference to each. Without memory for the list an object is left in its generation. */
RC_API size_t rc_gc_garbage(rc_object **out, size_t max);
/* Empties the list and drops its references: what is still in a cycle is found again. */
RC_CALLS_OUT RC_API void rc_gc_clear_garbage(void);

/* ---- memory -------------------------------------------------------------------------------------------- */

typedef enum { RC_DOMAIN_RAW, RC_DOMAIN_MEM, RC_DOMAIN_OBJ } rc_domain;
typedef struct {
    void *ctx;
    void *(*malloc)(void *ctx, size_t size);
    void *(*calloc)(void *ctx, size_t count, size_t size);
    void *(*realloc)(void *ctx, void *p, size_t size);
    void (*free)(void *ctx, void *p);
} rc_allocator;
typedef struct {
    void *ctx;
    void *(*alloc)(void *ctx, size_t size); /* 16-byte aligned, need not be zeroed; NULL: none */
    void (*free)(void *ctx, void *p, size_t size);
} rc_arena_allocator;

/* Three domains, each with hooks of its own [PyMem_Raw, PyMem, PyObject]: raw is the C library's heap, mem and obj
 * are the pools (up to 512 bytes; beyond it they call the raw domain). Blocks are 16-byte aligned; size 0 yields a
 * unique block; sizes over SSIZE_MAX and products that overflow yield NULL. realloc(NULL, n) is malloc(n). */
RC_API void *rc_raw_malloc(size_t size);
RC_API void *rc_raw_calloc(size_t count, size_t size);
RC_API void *rc_raw_realloc(void *p, size_t size);
RC_API void rc_raw_free(void *p);
RC_API void *rc_mem_malloc(size_t size);
RC_API void *rc_mem_calloc(size_t count, size_t size);
RC_API void *rc_mem_realloc(void *p, size_t size);
RC_API void rc_mem_free(void *p);
RC_API void *rc_obj_malloc(size_t size);
RC_API void *rc_obj_calloc(size_t count, size_t size);
RC_API void *rc_obj_realloc(void *p, size_t size);
RC_API void rc_obj_free(void *p);
/* The same with the place of the request, for allocation tracing; without one (NULL) the block is not traced. */
RC_API void *rci_raw_malloc(size_t size, const char *site);
RC_API void *rci_raw_calloc(size_t count, size_t size, const char *site);
RC_API void *rci_raw_realloc(void *p, size_t size, const char *site);
RC_API void *rci_mem_malloc(size_t size, const char *site);
RC_API void *rci_mem_calloc(size_t count, size_t size, const char *site);
RC_API void *rci_mem_realloc(void *p, size_t size, const char *site);
RC_API void *rci_obj_malloc(size_t size, const char *site);
RC_API void *rci_obj_calloc(size_t count, size_t size, const char *site);
RC_API void *rci_obj_realloc(void *p, size_t size, const char *site);
#ifndef RECOUNT_NO_SITES
# define rc_raw_malloc(size)        rci_raw_malloc((size), RCI_SITE)
# define rc_raw_calloc(count, size) rci_raw_calloc((count), (size), RCI_SITE)
# define rc_raw_realloc(p, size)    rci_raw_realloc((p), (size), RCI_SITE)
# define rc_mem_malloc(size)        rci_mem_malloc((size), RCI_SITE)
# define rc_mem_calloc(count, size) rci_mem_calloc((count), (size), RCI_SITE)
# define rc_mem_realloc(p, size)    rci_mem_realloc((p), (size), RCI_SITE)
# define rc_obj_malloc(size)        rci_obj_malloc((size), RCI_SITE)
# define rc_obj_calloc(count, size) rci_obj_calloc((count), (size), RCI_SITE)
# define rc_obj_realloc(p, size)    rci_obj_realloc((p), (size), RCI_SITE)
#endif
#ifndef __RECOUNT__
# include "recount_inline.h"
#endif
/* What serves a domain, and what gives the pools their arenas [PyMem_GetAllocator, PyObject_GetArenaAllocator]; the
 * structs are copied. Set a hook before the domain's first block, or let it hand on what it does not know to the one it
 * replaces. One thread at a time is in a hook; it must not call the domain that it serves. */
RC_API void rc_mem_get_allocator(rc_domain domain, rc_allocator *out);
RC_API void rc_mem_set_allocator(rc_domain domain, const rc_allocator *allocator);
RC_API void rc_arena_get_allocator(rc_arena_allocator *out);
RC_API void rc_arena_set_allocator(const rc_arena_allocator *allocator);

typedef struct {
    size_t arena_bytes, pool_bytes; /* the geometry                               */
    size_t arenas_total;            /* arenas ever had from the system            */
    size_t arenas_reclaimed;        /* ... and given back                         */
    size_t arenas_highwater;        /* most at any one time                       */
    size_t arenas_current;
    size_t pools_used, pools_free;
    size_t blocks_allocated, blocks_free; /* in the pools used                     */
    size_t bytes_allocated;               /* blocks_allocated, each in bytes of its class */
} rc_mem_info;
/* The heap in numbers; what the raw domain has is not in them. Stops the other threads. */
RC_API void rc_mem_get_info(rc_mem_info *out);
/* Per class pools, blocks and what is available; then arenas and totals [sys._debugmallocstats]. */
RC_API void rc_mem_stats(FILE *out);
/* Gives every wholly free arena back, and the free pools' pages: bytes returned to the system. */
RC_API size_t rc_mem_trim(void);
/* 0 to 31 for 0 to 512 bytes, else (size_t)-1: the raw domain. */
RC_API size_t rc_size_class(size_t bytes);

/* ---- debugging ----------------------------------------------------------------------------------------- */

/* RECOUNT_DEBUG in the environment is a list of: fill (guards and patterns around each block), leaks (a report at
 * exit), trace (where each object was allocated), stats (the table of rc_mem_stats at exit). RECOUNT_DB=FILE has
 * leaks, collected cycles, fatal errors and the profile appended to FILE.spool. A set-id program ignores both. */

/* Walks the whole heap (arenas, pools, free lists, what waits for its owner, objects, lists, weak references) and prints
 * each fault found to standard error: the number of faults, so 0 for a sound heap. The heap of a thread that does not
 * come to rest is left out. */
RC_API int rc_heap_verify(void);
/* Prints one line per class (and allocation site, where traced) of what is alive: the number of objects. */
RC_API size_t rc_leak_report(FILE *out);
/* Allocation tracing [tracemalloc]: from start on, objects, buffers and the blocks of all three domains remember where
 * they were asked for; what goes on inside the library is not traced. A block whose request has no site
 * (RECOUNT_NO_SITES, a function's address) is not traced either. After stop objects and buffers keep their sites, blocks
 * do not. Without memory for its tables an allocation succeeds and is not traced. */
RC_API void rc_trace_start(void);
RC_API void rc_trace_stop(void);
RC_API bool rc_trace_is_on(void);
/* Bytes of what is traced now, and the most there were [get_traced_memory]. Either may be NULL. */
RC_API void rc_trace_get(size_t *current, size_t *peak);
/* The traced sites by bytes, largest first. */
RC_API void rc_trace_report(FILE *out);
/* "file:line" where the object, or the traced block, p was asked for, or NULL: it was not traced
 * [get_object_traceback]. */
RC_API const char *rc_trace_site(const void *p);
#ifdef RECOUNT_TRACE_REFS
/* [sys.gettotalrefcount, sys.getobjects] */
RC_API ssize_t rc_total_refs(void);
RC_API size_t rc_all_objects(rc_object **out, size_t max);
#endif

/* ---- profile ------------------------------------------------------------------------------------------- */

/* Instrumented code calls the first on entry and the second on every way out [cProfile]. The strings are kept, not
 * copied. The table goes to the spool of RECOUNT_DB at exit. */
RC_API void rc_profile_enter(const char *function, const char *file, int line);
RC_API void rc_profile_leave(void);
/* One function called by one other. Times in nanoseconds; caller NULL: from code that is not instrumented. */
typedef struct {
    const char *function, *file, *caller;
    int line;
    uint64_t calls, own_ns, total_ns, allocations, bytes;
} rc_profile_row;
/* At most max rows into `out`; the result is how many there are. */
RC_API size_t rc_profile_get(rc_profile_row *out, size_t max);
RC_API void rc_profile_reset(void);

/* ---- threads ------------------------------------------------------------------------------------------- */

/* With RECOUNT_THREADS any thread may call the library; it takes part from its first block or object on. Each allocates
 * from a heap of its own, and any may free a block. An object is confined to the thread that made it until rc_share(p)
 * marks it, and all it reaches (weakly too), as used by several: from then on its count is exact whoever changes it.
 * RC_SETREF and RC_XSETREF into a field of a shared object, or an element of a buffer, share what they store.
 * Unsynchronised stores to one field are the program's race.
 *
 * A collection stops the other threads where they allocate, in rc_safepoint, or between rc_blocking_begin and _end. A
 * thread that does none of these for some 200 ms holds it up no longer: the collection is given up (rc_gc_collect
 * returns 0) and tried later. What a collection runs – finalizers, callbacks – must not wait for other threads; what
 * runs when the last reference is dropped runs in the dropping thread, beside the others. The count of generation 0 is
 * kept for each thread, and each compares its own with the threshold; rc_gc_get_count adds them up. Functions that look
 * at the whole heap stop the world in the same way, and where that fails see what they happen to see. */
RC_API void rc_share(void *p);
/* A point at which a collection may stop this thread; takes back what other threads freed of its blocks. */
RC_CALLS_OUT RC_API void rc_safepoint(void);
/* Around calls that may block: in between the thread touches no object. */
RC_API void rc_blocking_begin(void);
RC_API void rc_blocking_end(void);

/* ---- builtin objects ----------------------------------------------------------------------------------- */

/* Immutable values and containers with allocators of their own: free lists, a table of small integers, interned
 * strings. Constructors return a new reference, or NULL without memory; getters return borrowed references unless
 * they say `new`. Errors (an index out of range, an unhashable key) set the error indicator and return NULL or -1. */
typedef struct rc_int rc_int;
typedef struct rc_float rc_float;
typedef struct rc_str rc_str;
typedef struct rc_bytes rc_bytes;
typedef struct rc_tuple rc_tuple;
typedef struct rc_list rc_list;
typedef struct rc_dict rc_dict;
typedef struct rc_set rc_set;
struct RC_CLASS rc_int;
struct RC_CLASS rc_float;
struct RC_CLASS rc_str;
struct RC_CLASS rc_bytes;
struct RC_CLASS rc_tuple;
struct RC_CLASS rc_list;
struct RC_CLASS rc_dict;
struct RC_CLASS rc_set;
RC_API extern const rc_type rc_int_type, rc_float_type, rc_str_type, rc_bytes_type;
RC_API extern const rc_type rc_tuple_type, rc_list_type, rc_dict_type, rc_set_type;

/* -5 to 256 are immortal and shared [PyLong_FromLongLong, PyLong_AsLongLong, PyFloat_FromDouble, PyFloat_AsDouble]. */
RC_RETURNS_NEW RC_NULLABLE RC_API rc_int *rc_int_new(int64_t value);
RC_API int64_t rc_int_value(const rc_int *i);
RC_RETURNS_NEW RC_NULLABLE RC_API rc_float *rc_float_new(double value);
RC_API double rc_float_value(const rc_float *f);

/* Bytes up to a NUL, or n bytes, copied; the data of both kinds ends with a NUL that is not counted, and is the object's
 * own [PyUnicode_FromStringAndSize, PyBytes_FromStringAndSize]. */
RC_RETURNS_NEW RC_NULLABLE RC_API rc_str *rc_str_new(const char *text);
RC_RETURNS_NEW RC_NULLABLE RC_API rc_str *rc_str_new_size(const char *text, size_t n);
/* The one string of this text while any reference to it lives (new) [PyUnicode_InternFromString]. */
RC_RETURNS_NEW RC_NULLABLE RC_API rc_str *rc_str_intern(const char *text);
RC_RETURNS_NEW RC_NULLABLE RC_API rc_str *rc_str_concat(const rc_str *a, const rc_str *b);
RC_API const char *rc_str_data(const rc_str *s);
RC_API size_t rc_str_len(const rc_str *s);
RC_RETURNS_NEW RC_NULLABLE RC_API rc_bytes *rc_bytes_new(const void *data, size_t n); /* data NULL: zeroes */
RC_API void *rc_bytes_data(rc_bytes *b);
RC_API size_t rc_bytes_len(const rc_bytes *b);

/* A tuple starts as n NULLs; the empty one is immortal and shared. set steals item, also when it fails: 0, or -1 with an
 * error: no such index [PyTuple_New, PyTuple_SetItem, PyTuple_GetItem]. */
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT RC_API rc_tuple *rc_tuple_new(size_t n);
RC_CALLS_OUT RC_API int rc_tuple_set(rc_tuple *t, size_t i, RC_STEALS void *item);
RC_RETURNS_BORROWED RC_NULLABLE RC_API rc_object *rc_tuple_get(const rc_tuple *t, size_t i);
RC_API size_t rc_tuple_len(const rc_tuple *t);

/* append, insert and set keep a reference of their own to item; insert puts an index beyond the end at the end. 0, or -1:
 * no memory, or, with an error, no such index [PyList_Append, PyList_Insert, list.pop]. */
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT RC_API rc_list *rc_list_new(void);
RC_API int rc_list_append(rc_list *l, void *item);
RC_API int rc_list_insert(rc_list *l, size_t i, void *item);
RC_CALLS_OUT RC_API int rc_list_set(rc_list *l, size_t i, void *item);
RC_CALLS_OUT RC_API int rc_list_remove(rc_list *l, size_t i);
RC_RETURNS_BORROWED RC_NULLABLE RC_API rc_object *rc_list_get(const rc_list *l, size_t i);
/* The last item, no longer in the list (new). */
RC_RETURNS_NEW RC_NULLABLE RC_API rc_object *rc_list_pop(rc_list *l);
RC_API size_t rc_list_len(const rc_list *l);
RC_CALLS_OUT RC_API void rc_list_clear(rc_list *l);

/* Keys: int, float, str, bytes and tuples of such compare by value; lists, dicts and sets are unhashable; any other
 * object is a key by identity. set and add keep references of their own; 0, or -1: no memory, or, with an error, an
 * unhashable key. get: NULL when the key is not there. Iteration is in the order of insertion: start with *pos = 0; false
 * at the end; entries may be removed meanwhile [PyDict_SetItem, PyDict_GetItem, PyDict_Next, PySet_Add]. */
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT RC_API rc_dict *rc_dict_new(void);
RC_CALLS_OUT RC_API int rc_dict_set(rc_dict *d, void *key, void *value);
RC_RETURNS_BORROWED RC_NULLABLE RC_API rc_object *rc_dict_get(const rc_dict *d, void *key);
RC_CALLS_OUT RC_API int rc_dict_remove(rc_dict *d, void *key); /* 0, or -1 without an error: not there */
RC_API bool rc_dict_next(const rc_dict *d, size_t *pos, rc_object **key, rc_object **value); /* borrowed */
RC_API size_t rc_dict_len(const rc_dict *d);
RC_CALLS_OUT RC_API void rc_dict_clear(rc_dict *d);
RC_RETURNS_NEW RC_NULLABLE RC_CALLS_OUT RC_API rc_set *rc_set_new(void);
RC_API int rc_set_add(rc_set *s, void *item);
RC_API int rc_set_contains(const rc_set *s, void *item); /* 1, 0, or -1 with an error */
RC_CALLS_OUT RC_API int rc_set_remove(rc_set *s, void *item);         /* 0, or -1 without an error: not there */
RC_API bool rc_set_next(const rc_set *s, size_t *pos, rc_object **item); /* borrowed */
RC_API size_t rc_set_len(const rc_set *s);
RC_CALLS_OUT RC_API void rc_set_clear(rc_set *s);

/* Hash and equality of any two objects, as for keys. rc_hash: 0, or -1 with an error for the unhashable. */
RC_API int rc_hash(const void *p, uint64_t *out);
RC_API bool rc_equal(const void *a, const void *b);

#ifdef __cplusplus
}
#endif

#endif
