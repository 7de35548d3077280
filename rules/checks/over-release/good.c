// SPDX-License-Identifier: MIT
#include <Python.h>

long first_as_number(PyObject *list)
{
    PyObject *item = PySequence_GetItem(list, 0);
    long number;
    if (item == NULL)
        return -1;
    number = PyLong_AsLong(item);
    Py_DECREF(item);
    return number;
}

/* The same, with a borrowed item that is kept for a while. */
long first_kept(PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0);
    long number;
    Py_XINCREF(item);
    if (item == NULL)
        return -1;
    number = PyLong_AsLong(item);
    Py_DECREF(item);
    return number;
}
