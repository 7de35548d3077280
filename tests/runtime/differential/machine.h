/* SPDX-License-Identifier: MIT
 *
 * The machine that runs a script over a backend, and the log of what happened.
 *
 * A backend is a memory system: CPython's or the runtime's. It knows nodes and weak reference objects by
 * opaque handles, and tells the machine when a finalizer, a clear or a callback runs. Both backends run the
 * same machine, so that a difference between two logs is a difference between the two systems. One script
 * runs at a time.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include "script.h"

/* What both backends keep inside a node. */
typedef struct {
    int id;     /* from 1, in order of allocation, within one script */
    void *self; /* the handle                                          */
    enum finalizer finalizer;
    bool cleared;   /* its first clear is in the log                       */
    unsigned epoch; /* last collection in which the backend saw it traversed  */
    void *slot[SLOTS];
} body;

typedef struct {
    size_t collections, collected, uncollectable;
} gc_stats;

/* Handles that a function returns are new references; handles that it takes are borrowed. */
typedef struct backend {
    const char *name;
    void (*begin)(bool table); /* counts are (0,0,0) and nothing of an earlier script is left */
    body *(*node_new)(enum finalizer finalizer);
    void (*retain)(void *handle);
    void (*release)(void *handle);
    body *(*as_node)(void *handle); /* NULL for a weak reference object */
    void *(*weak_new)(void *handle, int id, bool callback);
    void *(*weak_get)(void *weak);
    size_t (*weak_count)(void *handle);
    long (*collect)(int generation);
    void (*freeze)(void);
    void (*unfreeze)(void);
    size_t (*freeze_count)(void);
    void (*set_threshold)(size_t t0, size_t t1, size_t t2);
    void (*enable)(bool on);
    void (*counts)(size_t out[3]);
    void (*stats)(gc_stats out[3]);
    size_t (*objects)(int generation, void **out, size_t max); /* borrowed; -1 for all generations */
    size_t (*referents)(void *handle, void **out, size_t max); /* borrowed                          */
    size_t (*refcount)(void *handle);
    bool (*is_tracked)(void *handle);
    bool (*is_finalized)(void *handle);
    size_t (*live)(void); /* nodes and weak reference objects that are not freed */
} backend;

extern const backend cpython_backend, recount_backend;

/* ---- what backends tell
 * ------------------------------------------------------------------------------------ */

void machine_finalized(body *node);
void machine_cleared(body *node);
void machine_called_back(int weak_id);

/* A collection begins, as far as the backend can see; returns the place of the mark for machine_disordered.
 */
size_t machine_mark_collection(void);
/* The trash of the collection marked at `mark` is not in allocation order; `mutated` when finalizers of it
 * changed objects, so that what follows depends on that order. */
void machine_disordered(size_t mark, bool mutated);
/* Whether a finalizer that changes objects ran since `mark`. */
bool machine_mutated_since(size_t mark);

/* ---- logs
 * -------------------------------------------------------------------------------------------------- */

typedef enum {
    EVENT_OP,     /* an operation begins: id is its index                              */
    EVENT_RESULT, /* what an operation returned, or a count after it                     */
    EVENT_MARK,   /* a collection begins; id is 1 when its trash is out of order, 2 when that matters after it
                   */
    EVENT_CALLBACK, /* id: the weak reference's                                           */
    EVENT_FINALIZE, /* id: the node's                                                      */
    EVENT_CLEAR,    /* id: the node's                                                       */
} event_kind;

typedef struct {
    event_kind kind;
    long id;
    long value; /* callback, finalizer: which weak registers still read their target */
} event;

typedef struct {
    event *events;
    size_t count, room;
} event_log;

void log_fini(event_log *log);

/* Runs `s` over `b` and appends to `log`. */
void machine_run(const script *s, const backend *b, event_log *log);

/* How far a comparison came. */
typedef struct {
    long exact;    /* operations compared line for line                                              */
    long unsorted; /* operations in which some collection was compared without the order of its events */
    long skipped;  /* operations after one whose finalizers changed objects in an order of CPython's own */
    long at;       /* the operation that was looked at last                                          */
} comparison;

/* Whether the logs tell the same story; `expected` is CPython's. Where its trash was out of order, the events
 * of that collection are compared without their order. When that order matters later, the comparison ends. */
bool logs_agree(const event_log *expected, const event_log *actual, comparison *result);

/* Prints the events of operation `at`, of both logs side by side. */
void logs_print(FILE *out, const event_log *expected, const event_log *actual, long at);

#endif
