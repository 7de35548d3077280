// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *joined(PyObject *list)
{
    PyObject *text = PyUnicode_FromString("");
    for (Py_ssize_t i = 0; text && i < PyList_GET_SIZE(list); i++)
        PyUnicode_Append(&text, PyList_GET_ITEM(list, i)); // expect: concat-in-loop
    return text;
}

PyObject *joined_by_hand(PyObject *list)
{
    PyObject *text = PyUnicode_FromString("");
    for (Py_ssize_t i = 0; text && i < PyList_GET_SIZE(list); i++) {
        PyObject *longer = PyUnicode_Concat(text, PyList_GET_ITEM(list, i)); // expect: concat-in-loop
        Py_DECREF(text);
        text = longer;
    }
    return text;
}
