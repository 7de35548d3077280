// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *two_numbers(long a, long b)
{
    PyObject *pair = PyTuple_New(2), *item;
    if (pair == NULL)
        return NULL;
    if ((item = PyLong_FromLong(a)) == NULL)
        goto failed;
    PyTuple_SET_ITEM(pair, 0, item);
    if ((item = PyLong_FromLong(b)) == NULL)
        goto failed;
    PyTuple_SET_ITEM(pair, 1, item);
    return pair;
failed:
    Py_DECREF(pair);
    return NULL;
}
