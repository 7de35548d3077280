// SPDX-License-Identifier: MIT
#include <Python.h>

Py_ssize_t common(PyObject *a, PyObject *b)
{
    Py_ssize_t found = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(a); i++)
        if (PySequence_Contains(b, PyList_GET_ITEM(a, i)) == 1) // expect: nested-loop-product
            found++;
    return found;
}
