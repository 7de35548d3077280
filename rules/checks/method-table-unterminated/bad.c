// SPDX-License-Identifier: MIT
#include <Python.h>

static PyObject *nothing(PyObject *self, PyObject *unused)
{
    (void)self, (void)unused;
    Py_RETURN_NONE;
}

PyMethodDef methods[] = {
    {"nothing", nothing, METH_NOARGS, NULL}, // expect: method-table-unterminated
};

int parse_keywords(PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"value"}; // expect: method-table-unterminated
    int n;
    return PyArg_ParseTupleAndKeywords(args, kwargs, "i", names, &n) ? n : -1;
}
