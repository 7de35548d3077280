// SPDX-License-Identifier: MIT
#include <Python.h>

Py_ssize_t common(PyObject *a, PyObject *b)
{
    PyObject *set = PySet_New(b);
    Py_ssize_t found = 0;
    for (Py_ssize_t i = 0; set && i < PyList_GET_SIZE(a); i++)
        if (PySet_Contains(set, PyList_GET_ITEM(a, i)) == 1)
            found++;
    Py_XDECREF(set);
    return found;
}

int hashed(PyObject *a, PyObject *b)
{
    PyObject *set = PySet_New(b);
    int found = 0;
    for (Py_ssize_t i = 0; set && i < PyList_GET_SIZE(a); i++)
        found += PySequence_Contains(set, PyList_GET_ITEM(a, i)) == 1;
    Py_XDECREF(set);
    return found;
}
