// SPDX-License-Identifier: MIT
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *key;
    PyObject *value;
} Pair;

static int pair_traverse(PyObject *op, visitproc visit, void *arg)
{
    Pair *self = (Pair *)op;
    Py_VISIT(self->key);
    Py_VISIT(self->value);
    return 0;
}

static int pair_clear(PyObject *op)
{
    Pair *self = (Pair *)op;
    Py_CLEAR(self->key);
    Py_CLEAR(self->value);
    return 0;
}

static void pair_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    (void)pair_clear(op);
    Py_TYPE(op)->tp_free(op);
}

PyTypeObject Pair_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "pair.Pair",
    .tp_basicsize = sizeof(Pair),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = pair_traverse,
    .tp_clear = pair_clear,
    .tp_dealloc = pair_dealloc,
};
