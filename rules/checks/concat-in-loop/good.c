// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *joined(PyObject *list)
{
    PyObject *nothing = PyUnicode_FromString("");
    if (!nothing)
        return NULL;
    PyObject *text = PyUnicode_Join(nothing, list);
    Py_DECREF(nothing);
    return text;
}

int pairs(PyObject *list, PyObject *suffix)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *both = PyUnicode_Concat(PyList_GET_ITEM(list, i), suffix);
        if (!both || PyList_SetItem(list, i, both) < 0)
            return -1;
    }
    return 0;
}
