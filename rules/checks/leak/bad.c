// SPDX-License-Identifier: MIT
#include <Python.h>

/* The list takes a reference of its own: ours stays. */
int add_number(PyObject *list, long number)
{
    PyObject *item = PyLong_FromLong(number);
    if (item == NULL)
        return -1;
    if (PyList_Append(list, item) < 0) {
        Py_DECREF(item);
        return -1;
    }
    return 0; // expect: leak
}

/* A result that nobody takes. */
int close_stream(PyObject *stream)
{
    PyObject *done = PyObject_CallMethod(stream, "flush", NULL);
    if (done == NULL)
        return -1;
    Py_DECREF(done);
    PyObject_CallMethod(stream, "close", NULL); // expect: leak
    return 0;
}
