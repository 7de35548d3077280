// SPDX-License-Identifier: MIT
#include <Python.h>

int use(PyObject *key);

int each_key(PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    int n = 0;
    while (PyDict_Next(dict, &at, &key, &value))
        n += use(key);
    return n;
}

int shrink(PyObject *dict)
{
    PyObject *keys = PyDict_Keys(dict);
    if (!keys)
        return -1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(keys); i++)
        if (use(PyList_GET_ITEM(keys, i)) && PyDict_DelItem(dict, PyList_GET_ITEM(keys, i)) < 0) {
            Py_DECREF(keys);
            return -1;
        }
    Py_DECREF(keys);
    return 0;
}

PyObject *kept(PyObject *dict)
{
    PyObject *keys = PyDict_Keys(dict);
    if (keys && PyList_GET_SIZE(keys) > 1)
        PyList_Sort(keys);
    return keys;
}
