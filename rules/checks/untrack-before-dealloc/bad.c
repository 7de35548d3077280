// SPDX-License-Identifier: MIT
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *left;
} Node;

static int node_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((Node *)self)->left);
    return 0;
}

static void node_dealloc(Node *self)
{
    Py_XDECREF(self->left); // expect: untrack-before-dealloc
    PyObject_GC_Del(self);
}

PyTypeObject Node_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "node",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = node_traverse,
    .tp_dealloc = (destructor)node_dealloc,
};

static int link_clear(Node *self)
{
    Py_CLEAR(self->left);
    return 0;
}

static void link_dealloc(Node *self)
{
    PyTypeObject *type = Py_TYPE(self);
    link_clear(self); // expect: untrack-before-dealloc
    PyObject_GC_UnTrack(self);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyType_Slot link_slots[] = {
    {Py_tp_traverse, node_traverse},
    {Py_tp_clear, link_clear},
    {Py_tp_dealloc, link_dealloc},
    {0, NULL},
};
PyType_Spec link_spec = {
    .name = "link",
    .basicsize = sizeof(Node),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = link_slots,
};
