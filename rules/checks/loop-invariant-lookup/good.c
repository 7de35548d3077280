// SPDX-License-Identifier: MIT
#include <Python.h>

int convert_all(PyObject *module, PyObject *list)
{
    PyObject *f = PyObject_GetAttrString(module, "convert");
    for (Py_ssize_t i = 0; f && i < PyList_GET_SIZE(list); i++) {
        PyObject *made = PyObject_CallOneArg(f, PyList_GET_ITEM(list, i));
        if (!made || PyList_SetItem(list, i, made) < 0) {
            Py_DECREF(f);
            return -1;
        }
    }
    Py_XDECREF(f);
    return 0;
}

int each_name(PyObject *list)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *item = PyList_GET_ITEM(list, i), *name = PyObject_GetAttrString(item, "name");
        if (!name)
            return -1;
        Py_DECREF(name);
    }
    return 0;
}
