// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *name_of(PyObject *o)
{
    PyObject *name = PyObject_GetAttrString(o, "name"), *text;
    if (name == NULL)
        return NULL;
    text = PyObject_Str(name);
    Py_DECREF(name);
    return text;
}

PyObject *name_set(PyObject *o)
{
    PyObject *name = PyObject_GetAttrString(o, "name");
    if (name == NULL)
        return NULL;
    Py_SETREF(name, PyObject_Str(name));
    return name;
}
