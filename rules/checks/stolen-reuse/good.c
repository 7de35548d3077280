// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *one(long n)
{
    PyObject *list = PyList_New(1), *item;
    if (list == NULL)
        return NULL;
    item = PyLong_FromLong(n);
    if (item == NULL) {
        Py_DECREF(list);
        return NULL;
    }
    PyList_SET_ITEM(list, 0, item);
    return list;
}

PyObject *both(long n)
{
    PyObject *item = PyLong_FromLong(n);
    if (item == NULL)
        return NULL;
    return Py_BuildValue("(N)", item);
}
