// SPDX-License-Identifier: MIT
#include <Python.h>

Py_ssize_t references(long n)
{
    PyObject *number = PyLong_FromLong(n);
    Py_ssize_t count;
    if (number == NULL)
        return -1;
    count = number->ob_refcnt;
    Py_DECREF(number);
    return count;
}
