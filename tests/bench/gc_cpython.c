/* SPDX-License-Identifier: MIT
 *
 * Collector workloads on CPython through its C API: a static type with two references, as an extension would
 * write it.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "bench.h"

typedef struct Node {
    PyObject_HEAD struct Node *to[2];
} * node;

static int traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((node)self)->to[0]);
    Py_VISIT(((node)self)->to[1]);
    return 0;
}

static int clear(PyObject *self)
{
    Py_CLEAR(((node)self)->to[0]);
    Py_CLEAR(((node)self)->to[1]);
    return 0;
}

static void dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, dealloc);
    clear(self);
    PyObject_GC_Del(self);
    Py_TRASHCAN_END;
}

static PyTypeObject node_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bench.Node",
    .tp_basicsize = sizeof(struct Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_dealloc = dealloc,
    .tp_traverse = traverse,
    .tp_clear = clear,
};

static inline node node_new(void)
{
    node n = PyObject_GC_New(struct Node, &node_type);
    if (!n) abort();
    n->to[0] = n->to[1] = NULL;
    PyObject_GC_Track((PyObject *)n);
    return n;
}

static inline void node_give(node n, int i, node to)
{
    node old = n->to[i];
    n->to[i] = to;
    Py_XDECREF(old);
}

static inline void node_set(node n, int i, node to)
{
    Py_INCREF(to);
    node_give(n, i, to);
}

static inline void node_drop(node *held)
{
    Py_CLEAR(*held);
}

/* PyGC_Collect does nothing while automatic collections are off. */
static void graph_collect(void)
{
    int was = PyGC_Enable();
    PyGC_Collect();
    if (!was) PyGC_Disable();
}

static void graph_automatic(bool on)
{
    if (on)
        PyGC_Enable();
    else
        PyGC_Disable();
}

static void graph_watch_pauses(void);
static void graph_start(void);

#include "graph.h"

static PyObject *on_phase(PyObject *self, PyObject *const *args, Py_ssize_t count)
{
    (void)self;
    bool begins = count > 0 && PyUnicode_CompareWithASCIIString(args[0], "start") == 0;
    if (begins)
        graph_pause_begins();
    else
        graph_pause_ends();
    Py_RETURN_NONE;
}

static void graph_watch_pauses(void)
{
    static PyMethodDef method = {"on_phase", (PyCFunction)(void (*)(void))on_phase, METH_FASTCALL, NULL};
    PyObject *module = PyImport_ImportModule("gc"), *callbacks = PyObject_GetAttrString(module, "callbacks");
    PyList_Append(callbacks, PyCFunction_New(&method, NULL));
}

static void graph_start(void)
{
    Py_InitializeEx(0);
    if (PyType_Ready(&node_type) != 0) abort();
}
