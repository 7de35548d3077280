// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *measured(PyObject *self, PyObject *o)
{
    Py_buffer view;
    if (PyObject_GetBuffer(o, &view, PyBUF_SIMPLE) < 0) return NULL;
    if (view.len == 0) {
        PyBuffer_Release(&view);
        return PyErr_Format(PyExc_ValueError, "empty");
    }
    PyObject *n = PyLong_FromSsize_t(view.len);
    PyBuffer_Release(&view);
    return n;
}

/* Closed where it is open. */
PyObject *parsed(PyObject *self, PyObject *args)
{
    PyObject *n = NULL;
    Py_buffer text = {NULL, NULL};
    if (!PyArg_ParseTuple(args, "y*", &text)) goto out;
    n = PyLong_FromSsize_t(text.len);
out:
    if (text.obj) PyBuffer_Release(&text);
    return n;
}

typedef struct {
    PyObject_HEAD
    Py_buffer view;
} Holder;

/* Opened for somebody else. */
int filled(PyObject *exporter, Py_buffer *view)
{
    return PyObject_GetBuffer(exporter, view, PyBUF_SIMPLE);
}

PyObject *held(Holder *self, PyObject *o)
{
    Py_buffer view;
    if (PyObject_GetBuffer(o, &view, PyBUF_SIMPLE) < 0) return NULL;
    self->view = view;
    Py_RETURN_NONE;
}

/* A length that no buffer has says that it is not open. */
PyObject *compared(PyObject *self, PyObject *o)
{
    PyObject *n = NULL;
    Py_buffer view;
    view.len = -1;
    if (PyObject_GetBuffer(o, &view, PyBUF_SIMPLE) == 0) n = PyLong_FromSsize_t(view.len);
    if (view.len != -1) PyBuffer_Release(&view);
    return n;
}
