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

int remember(PyObject *item);

int same_then_use(PyObject *list, PyObject *wanted)
{
    PyObject *item = PyList_GetItem(list, 0);
    if (!item)
        return -1;
    int same = PyObject_RichCompareBool(item, wanted, Py_EQ);
    return same == 1 ? remember(item) : same; // expect: borrowed-escape
}

PyObject *replaced(PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0);
    if (!item)
        return NULL;
    if (PyList_SetItem(list, 1, PyLong_FromLong(0)) < 0)
        return NULL;
    return PyObject_Repr(item); // expect: borrowed-escape
}

PyObject *deleted(PyObject *dict, PyObject *key)
{
    PyObject *value = PyDict_GetItemWithError(dict, key);
    if (!value)
        return NULL;
    if (PyDict_DelItem(dict, key) < 0)
        return NULL;
    return Py_NewRef(value); // expect: borrowed-escape
}

Py_ssize_t without_the_lock(PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0);
    if (!item)
        return -1;
    Py_BEGIN_ALLOW_THREADS
    Py_END_ALLOW_THREADS
    return PyObject_Size(item); // expect: borrowed-escape
}
