// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *measured(PyObject *self, PyObject *o)
{
    Py_buffer view;
    if (PyObject_GetBuffer(o, &view, PyBUF_SIMPLE) < 0) return NULL;
    if (view.len == 0) return PyErr_Format(PyExc_ValueError, "empty"); // expect: resource-leak
    PyObject *n = PyLong_FromSsize_t(view.len);
    PyBuffer_Release(&view);
    return n;
}

PyObject *parsed(PyObject *self, PyObject *args)
{
    Py_buffer text;
    if (!PyArg_ParseTuple(args, "y*", &text)) return NULL;
    return PyLong_FromSsize_t(text.len); // expect: resource-leak
}
