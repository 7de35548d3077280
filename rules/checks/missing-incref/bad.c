// SPDX-License-Identifier: MIT
#include <Python.h>

static PyObject *is_empty(PyObject *self, PyObject *list)
{
    (void)self;
    if (PyList_Size(list) == 0)
        return Py_True; // expect: missing-incref
    Py_RETURN_FALSE;
}

static PyObject *wrap(PyObject *self, PyObject *item)
{
    PyObject *tuple = PyTuple_New(1);
    (void)self;
    if (tuple == NULL)
        return NULL;
    PyTuple_SET_ITEM(tuple, 0, item); // expect: missing-incref
    return tuple;
}

PyMethodDef missing_methods[] = {
    {"is_empty", is_empty, METH_O, NULL},
    {"wrap", wrap, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
