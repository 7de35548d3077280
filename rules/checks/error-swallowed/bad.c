// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *width(PyObject *self, PyObject *o)
{
    long n;
    PyObject *hint = PyObject_GetAttrString(o, "width");
    if (hint == NULL) {
        n = 8;
    } else {
        n = PyList_Check(hint);
        Py_DECREF(hint);
    }
    return PyBool_FromLong(n); // expect: error-swallowed
}

int add_all(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *list = PyObject_GetAttrString(self, "list");
    if (list == NULL) return -1;
    if (PyList_Append(list, args) < 0) {
        Py_DECREF(list);
        return 0; // expect: error-swallowed
    }
    Py_DECREF(list);
    return 0;
}
