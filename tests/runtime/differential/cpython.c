/* SPDX-License-Identifier: MIT
 *
 * The reference: nodes are objects of a static C type in an embedded CPython 3.11, collected by its own
 * collector.
 *
 * The interpreter's own objects are moved off its generation lists once, so that the collector sees ours
 * alone; an object that dies unlinks itself from whatever list it is on, so they come to no harm. Counts,
 * thresholds and statistics are read from and written to the collector's state itself: the Python-level
 * functions would allocate containers and so change what they measure.
 */
#define PY_SSIZE_T_CLEAN
#define Py_BUILD_CORE 1
#include <Python.h>

#include "internal/pycore_gc.h"
#include "internal/pycore_interp.h"
#include "internal/pycore_pystate.h"

#include "machine.h"

typedef struct {
    PyObject_HEAD PyObject *watchers;
    body body;
} Node;

/* A callable that no collector counts, and that takes its arguments without a tuple. */
typedef struct {
    PyObject_HEAD vectorcallfunc call;
    int weak_id;
} Callback;

static struct _gc_runtime_state *gc;
static PyObject *gc_collect, *gc_freeze, *gc_unfreeze;
static PyGC_Head hidden;
static bool log_clears;
static PyTypeObject silent_type, logging_type, callback_type;

static bool is_node(PyObject *object)
{
    return Py_TYPE(object) == &silent_type || Py_TYPE(object) == &logging_type;
}

/* ---- what order the trash is in
 * ------------------------------------------------------------------------------ */

/* The collector traverses twice with the same visitor: first all that it looks at, then, after the
 * finalizers, the trash alone; each time in the order of its lists. */
static struct {
    visitproc subtract; /* that visitor */
    unsigned epoch;     /* counts the moments at which a collection may begin */
    unsigned marked;    /* the epoch of the last mark */
    size_t mark;
    int last_seen, last_trash;
    bool disordered, trash_disordered;
} order;

/* Here a collection may begin, unless one is running. */
static void note_moment(void)
{
    if (!gc->collecting) order.epoch++;
}

static void note_first_pass(body *node)
{
    if (order.marked != order.epoch) {
        order.marked = order.epoch;
        order.mark = machine_mark_collection();
        order.last_seen = order.last_trash = 0;
        order.disordered = order.trash_disordered = false;
    }
    node->epoch = order.epoch;
    if (node->id < order.last_seen) order.disordered = true;
    order.last_seen = node->id;
}

static void note_trash(const body *node)
{
    if (node->id < order.last_trash) order.trash_disordered = true;
    order.last_trash = node->id;
    if (order.trash_disordered) machine_disordered(order.mark, machine_mutated_since(order.mark));
}

/* A finalizer that changes objects may free some before the second pass sees them: the order of all stands
 * for it. */
static void note_finalizer(const body *node)
{
    if (node->finalizer >= FINALIZER_CUT && gc->collecting && order.marked == order.epoch && order.disordered)
        machine_disordered(order.mark, true);
}

static void note_traversal(body *node, visitproc visit)
{
    if (!order.subtract) order.subtract = visit;
    if (visit != order.subtract || order.epoch == 0) return;
    if (node->epoch != order.epoch)
        note_first_pass(node);
    else
        note_trash(node);
}

/* ---- nodes
 * ------------------------------------------------------------------------------------------------------ */

static int node_traverse(PyObject *self, visitproc visit, void *arg)
{
    Node *node = (Node *)self;
    note_traversal(&node->body, visit);
    for (int i = 0; i < SLOTS; i++) Py_VISIT((PyObject *)node->body.slot[i]);
    return 0;
}

static int node_clear(PyObject *self)
{
    Node *node = (Node *)self;
    if (log_clears) machine_cleared(&node->body);
    for (int i = 0; i < SLOTS; i++) {
        PyObject *old = node->body.slot[i];
        node->body.slot[i] = NULL;
        Py_XDECREF(old);
    }
    return 0;
}

static void node_finalize(PyObject *self)
{
    Node *node = (Node *)self;
    note_finalizer(&node->body);
    machine_finalized(&node->body);
}

/* PyObject_ClearWeakRefs makes a tuple of 2n when there are n > 1 references with callbacks. Put one on the
 * free list, from where it comes without being counted as an allocation. */
static void stock_tuple(Py_ssize_t n)
{
    int count = gc->generations[0].count, enabled = gc->enabled;
    gc->enabled = 0;
    PyObject *tuple = PyTuple_New(n);
    Py_XDECREF(tuple);
    gc->enabled = enabled;
    gc->generations[0].count = count;
}

static void clear_watchers(Node *node)
{
    Py_ssize_t n = node->watchers ? _PyWeakref_GetWeakrefCount((PyWeakReference *)node->watchers) : 0;
    bool shared = n > 0 && !((PyWeakReference *)node->watchers)->wr_callback; /* goes before the others */
    if (n - shared > 1) stock_tuple(2 * (n - shared));
    if (n > 0) PyObject_ClearWeakRefs((PyObject *)node);
}

/* As subtype_dealloc does: the object is tracked anew while it is finalized. */
static void node_dealloc(PyObject *self)
{
    Node *node = (Node *)self;
    if (_PyObject_GC_IS_TRACKED(self)) PyObject_GC_UnTrack(self);
    clear_watchers(node);
    if (Py_TYPE(self)->tp_finalize) {
        PyObject_GC_Track(self);
        if (PyObject_CallFinalizerFromDealloc(self) != 0) return;
        PyObject_GC_UnTrack(self);
    }
    node_clear(self);
    PyObject_GC_Del(self);
}

#define NODE_TYPE(type_name, finalizer)                                                                      \
 {                                                                                                           \
  PyVarObject_HEAD_INIT(NULL, 0).tp_name = type_name, .tp_basicsize = sizeof(Node),                          \
                              .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,                           \
                              .tp_dealloc = node_dealloc, .tp_traverse = node_traverse,                      \
                              .tp_clear = node_clear, .tp_finalize = finalizer,                              \
                              .tp_weaklistoffset = offsetof(Node, watchers)                                  \
 }

static PyTypeObject silent_type = NODE_TYPE("differential.Silent", NULL);
static PyTypeObject logging_type = NODE_TYPE("differential.Logging", node_finalize);

static body *node_new(enum finalizer finalizer)
{
    note_moment();
    Node *node = PyObject_GC_New(Node, finalizer == FINALIZER_NONE ? &silent_type : &logging_type);
    if (!node) Py_FatalError("no memory");
    node->watchers = NULL;
    memset(&node->body, 0, sizeof node->body);
    node->body.self = node;
    node->body.finalizer = finalizer;
    PyObject_GC_Track(node);
    return &node->body;
}

static body *as_node(void *handle)
{
    return is_node(handle) ? &((Node *)handle)->body : NULL;
}

static void retain(void *handle)
{
    Py_INCREF((PyObject *)handle);
}

static void release(void *handle)
{
    Py_DECREF((PyObject *)handle);
}

/* ---- weak references
 * ---------------------------------------------------------------------------------------------- */

static PyObject *callback_call(PyObject *self, PyObject *const *args, size_t count, PyObject *names)
{
    (void)args, (void)count, (void)names;
    machine_called_back(((Callback *)self)->weak_id);
    Py_RETURN_NONE;
}

static void callback_dealloc(PyObject *self)
{
    PyObject_Free(self);
}

static PyTypeObject callback_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "differential.Callback",
    .tp_basicsize = sizeof(Callback),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_vectorcall_offset = offsetof(Callback, call),
    .tp_call = PyVectorcall_Call,
    .tp_dealloc = callback_dealloc,
};

static void *weak_new(void *handle, int id, bool wants_callback)
{
    Callback *callback = NULL;
    if (wants_callback) {
        callback = PyObject_New(Callback, &callback_type);
        if (!callback) Py_FatalError("no memory");
        callback->call = callback_call;
        callback->weak_id = id;
    }
    note_moment();
    PyObject *weak = PyWeakref_NewRef(handle, (PyObject *)callback);
    Py_XDECREF(callback);
    return weak;
}

static void *weak_get(void *weak)
{
    PyObject *target = PyWeakref_GET_OBJECT((PyObject *)weak);
    return target == Py_None ? NULL : Py_NewRef(target);
}

static size_t weak_count(void *handle)
{
    Node *node = handle;
    return node->watchers ? (size_t)_PyWeakref_GetWeakrefCount((PyWeakReference *)node->watchers) : 0;
}

/* ---- the collector
 * -------------------------------------------------------------------------------------------------- */

static long collect(int generation)
{
    note_moment();
    PyObject *argument = PyLong_FromLong(generation);
    PyObject *result = PyObject_CallOneArg(gc_collect, argument);
    if (!result) Py_FatalError("gc.collect failed");
    long found = PyLong_AsLong(result);
    Py_DECREF(result);
    Py_DECREF(argument);
    return found;
}

static void freeze(void)
{
    Py_XDECREF(PyObject_CallNoArgs(gc_freeze));
}

static void unfreeze(void)
{
    Py_XDECREF(PyObject_CallNoArgs(gc_unfreeze));
}

static PyGC_Head *next_of(PyGC_Head *g)
{
    return (PyGC_Head *)g->_gc_next;
}

/* The handle of a list entry, or NULL when it is not ours. */
static PyObject *object_of(PyGC_Head *g)
{
    PyObject *object = (PyObject *)(g + 1);
    return is_node(object) || PyWeakref_Check(object) ? object : NULL;
}

static size_t list(PyGC_Head *head, void **out, size_t at, size_t max)
{
    for (PyGC_Head *g = next_of(head); g != head; g = next_of(g)) {
        PyObject *object = object_of(g);
        if (!object) continue;
        if (at < max) out[at] = object;
        at++;
    }
    return at;
}

static size_t freeze_count(void)
{
    return list(&gc->permanent_generation.head, NULL, 0, 0);
}

static size_t objects(int generation, void **out, size_t max)
{
    if (generation >= 0) return list(&gc->generations[generation].head, out, 0, max);
    size_t n = 0;
    for (int g = 0; g < 3; g++) n = list(&gc->generations[g].head, out, n, max);
    return n;
}

static void set_threshold(size_t t0, size_t t1, size_t t2)
{
    gc->generations[0].threshold = (int)t0;
    gc->generations[1].threshold = (int)t1;
    gc->generations[2].threshold = (int)t2;
}

static void enable(bool on)
{
    gc->enabled = on;
}

static void counts(size_t out[3])
{
    for (int g = 0; g < 3; g++) out[g] = (size_t)gc->generations[g].count;
}

static void stats(gc_stats out[3])
{
    for (int g = 0; g < 3; g++) {
        const struct gc_generation_stats *from = &gc->generation_stats[g];
        out[g] = (gc_stats){(size_t)from->collections, (size_t)from->collected, (size_t)from->uncollectable};
    }
}

static size_t referents(void *handle, void **out, size_t max)
{
    const Node *node = handle;
    size_t n = 0;
    for (int i = 0; i < SLOTS; i++)
        if (node->body.slot[i] && n++ < max) out[n - 1] = node->body.slot[i];
    return n;
}

static size_t refcount(void *handle)
{
    return (size_t)Py_REFCNT((PyObject *)handle);
}

static bool is_tracked(void *handle)
{
    return PyObject_GC_IsTracked(handle);
}

static bool is_finalized(void *handle)
{
    return PyObject_GC_IsFinalized(handle);
}

static size_t live(void)
{
    return objects(-1, NULL, 0) + freeze_count();
}

/* ---- the interpreter
 * ---------------------------------------------------------------------------------------------------- */

static void hide_interpreter(void)
{
    hidden._gc_next = hidden._gc_prev = (uintptr_t)&hidden;
    PyGC_Head *heads[] = {&gc->generations[0].head, &gc->generations[1].head, &gc->generations[2].head,
                          &gc->permanent_generation.head};
    for (int i = 0; i < 4; i++) {
        PyGC_Head *head = heads[i], *first = next_of(head), *last = (PyGC_Head *)head->_gc_prev;
        if (first == head) continue;
        PyGC_Head *tail = (PyGC_Head *)hidden._gc_prev;
        tail->_gc_next = (uintptr_t)first;
        _PyGCHead_SET_PREV(first, tail);
        last->_gc_next = (uintptr_t)&hidden;
        hidden._gc_prev = (uintptr_t)last;
        head->_gc_next = head->_gc_prev = (uintptr_t)head;
    }
}

static void start(void)
{
    Py_InitializeEx(0);
    PyObject *module = PyImport_ImportModule("gc");
    gc = &PyInterpreterState_Get()->gc;
    gc_collect = PyObject_GetAttrString(module, "collect");
    gc_freeze = PyObject_GetAttrString(module, "freeze");
    gc_unfreeze = PyObject_GetAttrString(module, "unfreeze");
    if (!gc_collect || !gc_freeze || !gc_unfreeze || PyType_Ready(&silent_type) != 0 ||
        PyType_Ready(&logging_type) != 0 || PyType_Ready(&callback_type) != 0)
        Py_FatalError("cannot set up");
    gc->enabled = 0;
    for (int i = 0; i < 3; i++) collect(2);
    freeze();
    collect(2);
    hide_interpreter();
    order.epoch = 0;
    body *probe = node_new(FINALIZER_NONE); /* its traversal tells the visitor */
    order.epoch = 0;
    PyObject *argument = PyLong_FromLong(0);
    Py_XDECREF(PyObject_CallOneArg(gc_collect, argument));
    Py_DECREF(argument);
    release(probe->self);
}

static void begin(bool table)
{
    if (!gc) start();
    log_clears = !table;
    order.epoch = 1;
    order.marked = 0;
    collect(2);
    set_threshold(700, 10, 10);
    enable(true);
}

const backend cpython_backend = {
    .name = "CPython",
    .begin = begin,
    .node_new = node_new,
    .retain = retain,
    .release = release,
    .as_node = as_node,
    .weak_new = weak_new,
    .weak_get = weak_get,
    .weak_count = weak_count,
    .collect = collect,
    .freeze = freeze,
    .unfreeze = unfreeze,
    .freeze_count = freeze_count,
    .set_threshold = set_threshold,
    .enable = enable,
    .counts = counts,
    .stats = stats,
    .objects = objects,
    .referents = referents,
    .refcount = refcount,
    .is_tracked = is_tracked,
    .is_finalized = is_finalized,
    .live = live,
};
