// SPDX-License-Identifier: MIT
#include <Python.h>

static PyObject *key;

int set_up(PyObject *module)
{
    key = PyUnicode_InternFromString("id");
    return key ? PyModule_AddObjectRef(module, "key", key) : -1;
}

int mark_all(PyObject *list)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++)
        if (PyObject_SetAttr(PyList_GET_ITEM(list, i), key, Py_None) < 0)
            return -1;
    return 0;
}

PyObject *name(PyObject *self)
{
    return PyUnicode_FromString("name");
}

PyObject *number(long n)
{
    PyObject *o = PyLong_FromLong(n), *text = NULL;
    if (o)
        text = PyObject_Str(o);
    Py_XDECREF(o);
    return text;
}
