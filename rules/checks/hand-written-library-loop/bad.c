// SPDX-License-Identifier: MIT
#include <Python.h>

int extend(PyObject *a, PyObject *b)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(a); i++)
        if (PyList_Append(b, PyList_GET_ITEM(a, i)) < 0) // expect: hand-written-library-loop
            return -1;
    return 0;
}

int extend_from(PyObject *a, PyObject *b)
{
    Py_ssize_t n = PyTuple_Size(a);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PyTuple_GetItem(a, i);
        if (!item || PyList_Append(b, item) < 0) // expect: hand-written-library-loop
            return -1;
    }
    return 0;
}
