// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *pair_of(long a)
{
    PyObject *x = NULL, *list = PyList_New(0);
    if (list == NULL)
        goto failed;
    x = PyLong_FromLong(a);
    if (x == NULL || PyList_Append(list, x) < 0)
        goto failed;
    Py_DECREF(x);
    return list;
failed:
    Py_XDECREF(list);
    Py_DECREF(x); // expect: null-argument
    return NULL;
}
