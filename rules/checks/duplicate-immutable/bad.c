// SPDX-License-Identifier: MIT
#include <Python.h>

int mark_all(PyObject *list)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *key = PyUnicode_FromString("id"); // expect: duplicate-immutable
        if (!key)
            return -1;
        int status = PyObject_SetAttr(PyList_GET_ITEM(list, i), key, Py_None);
        Py_DECREF(key);
        if (status < 0)
            return -1;
    }
    return 0;
}

PyObject *value_of(PyObject *o)
{
    PyObject *key = PyUnicode_FromString("value"); // expect: duplicate-immutable
    if (!key)
        return NULL;
    PyObject *value = PyObject_GetAttr(o, key);
    Py_DECREF(key);
    return value;
}
