// SPDX-License-Identifier: MIT
#include <Python.h>

int convert_all(PyObject *module, PyObject *list)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *f = PyObject_GetAttrString(module, "convert"); // expect: loop-invariant-lookup
        if (!f)
            return -1;
        PyObject *made = PyObject_CallOneArg(f, PyList_GET_ITEM(list, i));
        Py_DECREF(f);
        if (!made || PyList_SetItem(list, i, made) < 0)
            return -1;
    }
    return 0;
}
