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
    Py_DECREF(item); // expect: stolen-reuse
    return list;
}
