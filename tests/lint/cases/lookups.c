/* SPDX-License-Identifier: MIT
 *
 * Look-ups whose NULL says that there is nothing, without an exception; results by argument that stay NULL on failure;
 * texts that a parse allocates.
 */
#include <Python.h>

static PyObject *not_found(PyObject *self, PyObject *d)
{
    PyObject *v = PyDict_GetItemString(d, "x");
    if (!v) return NULL; // expect: error-not-set
    return Py_NewRef(v);
}
static PyObject *said_so(PyObject *self, PyObject *d)
{
    PyObject *v = PyDict_GetItemString(d, "x");
    if (!v) {
        PyErr_SetString(PyExc_KeyError, "x");
        return NULL;
    }
    return Py_NewRef(v);
}
static PyObject *either(PyObject *self, PyObject *args)
{
    PyObject *d, *k;
    if (!PyArg_ParseTuple(args, "OO", &d, &k)) return NULL;
    PyObject *v = PyDict_GetItemWithError(d, k);
    if (!v) return NULL; // expect: error-not-set
    return Py_NewRef(v);
}
static PyObject *asked(PyObject *self, PyObject *args)
{
    PyObject *d, *k;
    if (!PyArg_ParseTuple(args, "OO", &d, &k)) return NULL;
    PyObject *v = PyDict_GetItemWithError(d, k);
    if (v) return Py_NewRef(v);
    if (PyErr_Occurred()) return NULL;
    return Py_NewRef(Py_None);
}
static PyObject *asked_late(PyObject *self, PyObject *args)
{
    PyObject *d, *k;
    if (!PyArg_ParseTuple(args, "OO", &d, &k)) return NULL;
    PyObject *v = PyDict_GetItemWithError(d, k);
    if (!v) {
        if (!PyErr_Occurred()) PyErr_SetObject(PyExc_KeyError, k);
        return NULL;
    }
    return Py_NewRef(v);
}

static int show(PyObject *o, PyObject **out)
{
    *out = PyObject_Repr(o);
    return *out ? 0 : -1;
}
static PyObject *shown_and_lost(PyObject *self, PyObject *o)
{
    PyObject *r;
    if (show(o, &r) < 0) return NULL;
    return PyLong_FromSsize_t(PyUnicode_GetLength(r)); // expect: leak
}
static PyObject *shown(PyObject *self, PyObject *o)
{
    PyObject *r;
    if (show(o, &r) < 0) return NULL;
    Py_ssize_t n = PyUnicode_GetLength(r);
    Py_DECREF(r);
    return PyLong_FromSsize_t(n);
}

static PyObject *encoded(PyObject *self, PyObject *args)
{
    char *text = NULL;
    if (!PyArg_ParseTuple(args, "es", "utf-8", &text)) return NULL;
    PyObject *n = PyLong_FromSize_t(strlen(text));
    PyMem_Free(text);
    return n;
}

PyMethodDef methods[] = {
    {"not_found", not_found, METH_O, NULL},
    {"said_so", said_so, METH_O, NULL},
    {"either", either, METH_VARARGS, NULL},
    {"asked", asked, METH_VARARGS, NULL},
    {"asked_late", asked_late, METH_VARARGS, NULL},
    {"shown_and_lost", shown_and_lost, METH_O, NULL},
    {"shown", shown, METH_O, NULL},
    {"encoded", encoded, METH_VARARGS, NULL},
    {NULL},
};
