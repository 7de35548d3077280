// SPDX-License-Identifier: MIT
#include <Python.h>

static PyObject *half(PyObject *self, PyObject *arg)
{
    long n = PyLong_AsLong(arg);
    (void)self;
    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (n % 2 != 0)
        return NULL; // expect: error-not-set
    return PyLong_FromLong(n / 2);
}

PyMethodDef half_methods[] = {{"half", half, METH_O, NULL}, {NULL, NULL, 0, NULL}};
