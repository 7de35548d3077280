// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *keep_name(PyObject *o)
{
    PyObject *name = PyObject_GetAttrString(o, "name");
    Py_INCREF(name); // expect: unchecked-result
    Py_DECREF(name);
    return name;
}
