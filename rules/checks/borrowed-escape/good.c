// SPDX-License-Identifier: MIT
#include <Python.h>

long first_of_pair(PyObject *maker)
{
    PyObject *pair = PyObject_CallNoArgs(maker), *first;
    long number = -1;
    if (pair == NULL)
        return -1;
    first = PyTuple_GetItem(pair, 0);
    if (first != NULL)
        number = PyLong_AsLong(first);
    Py_DECREF(pair);
    return number;
}

long first_kept(PyObject *maker)
{
    PyObject *pair = PyObject_CallNoArgs(maker), *first;
    long number;
    if (pair == NULL)
        return -1;
    first = PyTuple_GetItem(pair, 0);
    Py_XINCREF(first);
    Py_DECREF(pair);
    if (first == NULL)
        return -1;
    number = PyLong_AsLong(first);
    Py_DECREF(first);
    return number;
}

int remember(PyObject *item);

int same_then_use(PyObject *list, PyObject *wanted)
{
    PyObject *item = Py_XNewRef(PyList_GetItem(list, 0));
    if (!item)
        return -1;
    int same = PyObject_RichCompareBool(item, wanted, Py_EQ);
    int status = same == 1 ? remember(item) : same;
    Py_DECREF(item);
    return status;
}

PyObject *other_key(PyObject *dict)
{
    PyObject *value = PyDict_GetItemString(dict, "a");
    if (!value)
        return NULL;
    if (PyDict_SetItemString(dict, "b", Py_None) < 0)
        return NULL;
    return Py_NewRef(value);
}

PyObject *own_list(PyObject *maker)
{
    PyObject *list = PyList_New(1), *item, *made;
    if (!list)
        return NULL;
    PyList_SET_ITEM(list, 0, Py_NewRef(maker));
    item = PyList_GetItem(list, 0);
    made = PyObject_CallNoArgs(maker);
    if (made && item)
        Py_SETREF(made, PyObject_Repr(item));
    Py_DECREF(list);
    return made;
}
