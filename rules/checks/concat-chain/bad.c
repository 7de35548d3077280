// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *three(PyObject *x, PyObject *y, PyObject *z)
{
    PyObject *a = PyUnicode_Concat(x, y);
    if (!a)
        return NULL;
    PyObject *b = PyUnicode_Concat(a, z); // expect: concat-chain
    Py_DECREF(a);
    return b;
}
