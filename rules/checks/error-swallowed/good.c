// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *width(PyObject *self, PyObject *o)
{
    long n;
    PyObject *hint = PyObject_GetAttrString(o, "width");
    if (hint == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_AttributeError)) return NULL;
        PyErr_Clear();
        n = 8;
    } else {
        n = PyList_Check(hint);
        Py_DECREF(hint);
    }
    return PyBool_FromLong(n);
}

int add_all(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *list = PyObject_GetAttrString(self, "list");
    if (list == NULL) return -1;
    int status = PyList_Append(list, args);
    Py_DECREF(list);
    return status;
}

/* What cannot be reported to the caller is reported to the user. */
int closed(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *result = PyObject_CallMethod(self, "close", NULL);
    if (result == NULL)
        PyErr_WriteUnraisable(self);
    else
        Py_DECREF(result);
    return 0;
}
