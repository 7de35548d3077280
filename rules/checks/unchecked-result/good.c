// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *keep_name(PyObject *o)
{
    PyObject *name = PyObject_GetAttrString(o, "name");
    if (name == NULL)
        return NULL;
    Py_INCREF(name);
    Py_DECREF(name);
    return name;
}
