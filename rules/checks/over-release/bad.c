// SPDX-License-Identifier: MIT
#include <Python.h>

long first_as_number(PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0);
    long number;
    if (item == NULL)
        return -1;
    number = PyLong_AsLong(item);
    Py_DECREF(item); // expect: over-release
    return number;
}

int forget_twice(long n)
{
    PyObject *number = PyLong_FromLong(n);
    if (number == NULL)
        return -1;
    Py_DECREF(number);
    Py_DECREF(number); // expect: over-release
    return 0;
}
