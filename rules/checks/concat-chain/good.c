// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *three(PyObject *x, PyObject *y, PyObject *z)
{
    return PyUnicode_FromFormat("%U%U%U", x, y, z);
}

PyObject *two(PyObject *x, PyObject *y)
{
    return PyUnicode_Concat(x, y);
}
