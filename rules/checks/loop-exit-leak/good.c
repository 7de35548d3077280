// SPDX-License-Identifier: MIT
#include <Python.h>

Py_ssize_t count_strings(PyObject *iterator)
{
    PyObject *item;
    Py_ssize_t n = 0;
    while ((item = PyIter_Next(iterator)) != NULL) {
        n += PyUnicode_Check(item) != 0;
        Py_DECREF(item);
    }
    return PyErr_Occurred() ? -1 : n;
}

PyObject *first_string(PyObject *iterator)
{
    PyObject *item;
    while ((item = PyIter_Next(iterator)) != NULL) {
        if (PyUnicode_Check(item))
            break;
        Py_DECREF(item);
    }
    return item;
}
