// SPDX-License-Identifier: MIT
#include <Python.h>

Py_ssize_t count_strings(PyObject *iterator)
{
    PyObject *item;
    Py_ssize_t n = 0;
    while ((item = PyIter_Next(iterator)) != NULL) { // expect: loop-exit-leak
        if (!PyUnicode_Check(item))
            continue;
        n++;
        Py_DECREF(item);
    }
    return n;
}
