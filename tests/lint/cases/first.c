// SPDX-License-Identifier: MIT
#include <Python.h>

static PyObject *pair(PyObject *self, PyObject *args)
{
    PyObject *list = PyList_New(0), *item;
    (void)self, (void)args;
    if (list == NULL)
        return NULL;
    item = PyLong_FromLong(3);
    if (item == NULL)
        return NULL; // expect: leak-on-error
    if (PyList_Append(list, item) < 0) {
        Py_DECREF(list);
        Py_DECREF(item);
        return NULL;
    }
    Py_DECREF(item);
    return list;
}

static PyObject *pair_ok(PyObject *self, PyObject *args)
{
    PyObject *list = PyList_New(0), *item = NULL;
    (void)self, (void)args;
    if (list == NULL)
        goto fail;
    item = PyLong_FromLong(3);
    if (item == NULL)
        goto fail;
    if (PyList_Append(list, item) < 0)
        goto fail;
    Py_CLEAR(item);
    return list;
fail:
    Py_XDECREF(list);
    Py_XDECREF(item);
    return NULL;
}

static PyObject *dropped(PyObject *self, PyObject *args)
{
    PyObject *r;
    if (!PyArg_ParseTuple(args, "O", &r))
        return NULL;
    PyObject_CallMethod(r, "close", NULL); // expect: leak
    (void)self;
    Py_DECREF(r); // expect: over-release
    return Py_None; // expect: missing-incref
}

static PyMethodDef methods[] = {
    {"pair", pair, METH_NOARGS, NULL},
    {"pair_ok", pair_ok, METH_NOARGS, NULL},
    {"dropped", dropped, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
PyMethodDef *table(void) { return methods; }
