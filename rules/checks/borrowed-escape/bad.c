// SPDX-License-Identifier: MIT
#include <Python.h>

long first_of_pair(PyObject *maker)
{
    PyObject *pair = PyObject_CallNoArgs(maker), *first;
    if (pair == NULL)
        return -1;
    first = PyTuple_GetItem(pair, 0);
    Py_DECREF(pair);
    if (first == NULL)
        return -1;
    return PyLong_AsLong(first); // expect: borrowed-escape
}
