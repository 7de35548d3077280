// SPDX-License-Identifier: MIT
#include <Python.h>

int use(PyObject *key);

int each_key(PyObject *dict)
{
    PyObject *keys = PyDict_Keys(dict); // expect: materialised-sequence
    if (!keys)
        return -1;
    int n = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(keys); i++)
        n += use(PyList_GET_ITEM(keys, i));
    Py_DECREF(keys);
    return n;
}
