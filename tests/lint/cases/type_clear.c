// SPDX-License-Identifier: MIT
// A dealloc that leaves the fields to the type's clear.
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
} Box;

static int box_clear(Box *self)
{
    Py_CLEAR(self->value);
    return 0;
}

static int box_traverse(Box *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    return 0;
}

static void box_dealloc(Box *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    type->tp_clear((PyObject *)self);
    type->tp_free((PyObject *)self);
}

PyTypeObject Box_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "box.Box",
    .tp_basicsize = sizeof(Box),
    .tp_clear = (inquiry)box_clear,
    .tp_traverse = (traverseproc)box_traverse,
    .tp_dealloc = (destructor)box_dealloc,
};
