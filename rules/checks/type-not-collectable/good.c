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

static int node_traverse(Node *self, visitproc visit, void *arg)
{
    Py_VISIT(self->next);
    return 0;
}

static int node_clear(Node *self)
{
    Py_CLEAR(self->next);
    return 0;
}

static void node_dealloc(Node *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->next);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

PyTypeObject Node_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "node",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_init = (initproc)node_init,
    .tp_traverse = (traverseproc)node_traverse,
    .tp_clear = (inquiry)node_clear,
    .tp_dealloc = (destructor)node_dealloc,
};

/* A text leads nowhere. */
typedef struct {
    PyObject_HEAD
    PyObject *text;
} Label;

static int label_init(Label *self, PyObject *args, PyObject *kwargs)
{
    long number;
    if (!PyArg_ParseTuple(args, "l", &number)) return -1;
    PyObject *text = PyUnicode_FromFormat("%ld", number);
    if (text == NULL) return -1;
    Py_XSETREF(self->text, text);
    return 0;
}

static void label_dealloc(Label *self)
{
    Py_XDECREF(self->text);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

PyTypeObject Label_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "label",
    .tp_basicsize = sizeof(Label),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = (initproc)label_init,
    .tp_dealloc = (destructor)label_dealloc,
};
