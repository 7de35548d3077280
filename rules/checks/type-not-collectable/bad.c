// SPDX-License-Identifier: MIT
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *next;
} Node;

static int node_init(Node *self, PyObject *args, PyObject *kwargs)
{
    PyObject *next;
    if (!PyArg_ParseTuple(args, "O", &next)) return -1;
    Py_XSETREF(self->next, Py_NewRef(next));
    return 0;
}

static void node_dealloc(Node *self)
{
    Py_XDECREF(self->next);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

PyTypeObject Node_Type = { // expect: type-not-collectable
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "node",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = (initproc)node_init,
    .tp_dealloc = (destructor)node_dealloc,
};
