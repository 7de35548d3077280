// SPDX-License-Identifier: MIT
#include <Python.h>

int check_type(PyObject *reader)
{
    PyObject *bytes = PyObject_CallMethod(reader, "read", NULL);
    if (bytes == NULL)
        return -1;
    if (!PyBytes_Check(bytes)) {
        Py_DECREF(bytes);
        PyErr_Format(PyExc_TypeError, "expected bytes, got %s", Py_TYPE(bytes)->tp_name); // expect: use-after-release
        return -1;
    }
    Py_DECREF(bytes);
    return 0;
}
