// SPDX-License-Identifier: MIT
#include <Python.h>

int wanted(PyObject *item);

int extend(PyObject *a, PyObject *b)
{
    return PyList_SetSlice(b, PyList_GET_SIZE(b), PyList_GET_SIZE(b), a);
}

int filter(PyObject *a, PyObject *b)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(a); i++)
        if (wanted(PyList_GET_ITEM(a, i)) && PyList_Append(b, PyList_GET_ITEM(a, i)) < 0)
            return -1;
    return 0;
}
