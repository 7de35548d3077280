// SPDX-License-Identifier: MIT
#include <Python.h>

long first_of_pair(PyObject *maker)
{
    PyObject *pair = PyObject_CallNoArgs(maker), *first;
    long number = -1;
    if (pair == NULL)
        return -1;
    first = PyTuple_GetItem(pair, 0);
    if (first != NULL)
        number = PyLong_AsLong(first);
    Py_DECREF(pair);
    return number;
}

long first_kept(PyObject *maker)
{
    PyObject *pair = PyObject_CallNoArgs(maker), *first;
    long number;
    if (pair == NULL)
        return -1;
    first = PyTuple_GetItem(pair, 0);
    Py_XINCREF(first);
    Py_DECREF(pair);
    if (first == NULL)
        return -1;
    number = PyLong_AsLong(first);
    Py_DECREF(first);
    return number;
}
