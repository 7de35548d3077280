// SPDX-License-Identifier: MIT
#include <Python.h>

static PyObject *is_empty(PyObject *self, PyObject *list)
{
    PyObject *answer = PyList_Size(list) == 0 ? Py_True : Py_False;
    (void)self;
    Py_INCREF(answer);
    return answer;
}

static PyObject *wrap(PyObject *self, PyObject *item)
{
    PyObject *tuple = PyTuple_New(1);
    (void)self;
    if (tuple == NULL)
        return NULL;
    PyTuple_SET_ITEM(tuple, 0, item);
    Py_INCREF(item);
    return tuple;
}

PyMethodDef good_methods[] = {
    {"is_empty", is_empty, METH_O, NULL},
    {"wrap", wrap, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
