// SPDX-License-Identifier: MIT
#include <Python.h>

int add_number(PyObject *list, long number)
{
    PyObject *item = PyLong_FromLong(number);
    int status;
    if (item == NULL)
        return -1;
    status = PyList_Append(list, item);
    Py_DECREF(item);
    return status;
}

int close_stream(PyObject *stream)
{
    PyObject *done = PyObject_CallMethod(stream, "close", NULL);
    if (done == NULL)
        return -1;
    Py_DECREF(done);
    return 0;
}
