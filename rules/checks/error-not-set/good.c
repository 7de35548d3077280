// SPDX-License-Identifier: MIT
#include <Python.h>

static PyObject *half(PyObject *self, PyObject *arg)
{
    long n = PyLong_AsLong(arg);
    (void)self;
    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (n % 2 != 0) {
        PyErr_SetString(PyExc_ValueError, "an even number is needed");
        return NULL;
    }
    return PyLong_FromLong(n / 2);
}

PyMethodDef half_methods[] = {{"half", half, METH_O, NULL}, {NULL, NULL, 0, NULL}};
