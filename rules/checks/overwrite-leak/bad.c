// SPDX-License-Identifier: MIT
#include <Python.h>

PyObject *name_of(PyObject *o)
{
    PyObject *name = PyObject_GetAttrString(o, "name");
    if (name == NULL)
        return NULL;
    name = PyObject_Str(name); // expect: overwrite-leak
    return name;
}
