// SPDX-License-Identifier: MIT
#include <Python.h>

Py_ssize_t references(long n)
{
    PyObject *number = PyLong_FromLong(n);
    Py_ssize_t count = 0;
    if (number == NULL)
        return number->ob_refcnt; // expect: null-dereference
    count = number->ob_refcnt;
    Py_DECREF(number);
    return count;
}
