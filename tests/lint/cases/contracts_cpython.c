/* SPDX-License-Identifier: MIT
 *
 * CPython: what steals and when, references that come back by argument, calls through tables.
 */
#include <Python.h>
#include <datetime.h>
#include <structseq.h>

#if PY_VERSION_HEX < 0x030D0000
int PyDict_GetItemRef(PyObject *dict, PyObject *key, PyObject **result);
int PyWeakref_GetRef(PyObject *ref, PyObject **result);
int PyModule_Add(PyObject *module, const char *name, PyObject *value);
#endif

int add_object(PyObject *module)
{
    PyObject *value = PyLong_FromLong(1);
    if (!value) return -1;
    if (PyModule_AddObject(module, "one", value) < 0) {
        Py_DECREF(value);
        return -1;
    }
    return 0;
}

int add_object_leaks(PyObject *module)
{
    PyObject *value = PyLong_FromLong(1);
    if (!value) return -1;
    if (PyModule_AddObject(module, "one", value) < 0) return -1; // expect: leak-on-error
    return 0;
}

int add_ref_leaks(PyObject *module)
{
    PyObject *value = PyLong_FromLong(1);
    if (!value) return -1;
    if (PyModule_AddObjectRef(module, "one", value) < 0) {
        Py_DECREF(value);
        return -1;
    }
    return 0; // expect: leak
}

int add_takes_always(PyObject *module) { return PyModule_Add(module, "one", PyLong_FromLong(1)); }

int saved_error(PyObject *o)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    int status = PyObject_IsTrue(o);
    PyErr_Restore(type, value, traceback);
    return status;
}

void lost_error(void)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    Py_XDECREF(type);
    Py_XDECREF(traceback);
} // expect: leak

int found(PyObject *dict, PyObject *key)
{
    PyObject *item;
    if (PyDict_GetItemRef(dict, key, &item) < 0) return -1;
    int there = item != NULL;
    Py_XDECREF(item);
    return there;
}

int found_leaks(PyObject *dict, PyObject *key)
{
    PyObject *item;
    if (PyDict_GetItemRef(dict, key, &item) < 0) return -1;
    return item != NULL; // expect: leak
}

int alive(PyObject *ref)
{
    PyObject *target;
    int status = PyWeakref_GetRef(ref, &target);
    if (status == 1) Py_DECREF(target);
    return status;
}

PyObject *interned(const char *text)
{
    PyObject *s = PyUnicode_FromString(text);
    if (s) PyUnicode_InternInPlace(&s);
    return s;
}

PyObject *joined(const char *a, PyObject *b)
{
    PyObject *bytes = PyBytes_FromString(a);
    if (!bytes) return NULL;
    PyBytes_Concat(&bytes, b);
    return bytes;
}

PyObject *shrunk(Py_ssize_t n)
{
    PyObject *tuple = PyTuple_New(n);
    if (!tuple) return NULL;
    if (_PyTuple_Resize(&tuple, n / 2) < 0) return NULL;
    return tuple;
}

PyObject *row(PyTypeObject *type)
{
    PyObject *result = PyStructSequence_New(type);
    if (!result) return NULL;
    PyObject *field = PyLong_FromLong(1);
    if (!field) {
        Py_DECREF(result);
        return NULL;
    }
    PyStructSequence_SetItem(result, 0, field);
    return result;
}

int today_leaks(int year)
{
    PyObject *date = PyDate_FromDate(year, 1, 1);
    if (!date) return -1;
    return 0; // expect: leak
}

PyObject *allocated(PyTypeObject *type)
{
    PyObject *self = type->tp_alloc(type, 0);
    if (!self) return NULL;
    if (PyErr_CheckSignals() < 0) return NULL; // expect: leak-on-error
    return self;
}

int buffer_text(PyObject *o, char *into)
{
    PyObject *bytes = NULL;
    if (!PyUnicode_FSConverter(o, &bytes)) return -1;
    strcpy(into, PyBytes_AS_STRING(bytes));
    return 0; // expect: leak
}
