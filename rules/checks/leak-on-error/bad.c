// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *two_numbers(long a, long b)
{
    PyObject *pair = PyTuple_New(2), *x, *y;
    if (pair == NULL)
        return NULL;
    x = PyLong_FromLong(a);
    if (x == NULL)
        return NULL; // expect: leak-on-error
    PyTuple_SET_ITEM(pair, 0, x);
    y = PyLong_FromLong(b);
    if (y == NULL) {
        Py_DECREF(pair);
        return NULL;
    }
    PyTuple_SET_ITEM(pair, 1, y);
    return pair;
}
