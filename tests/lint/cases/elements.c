/* SPDX-License-Identifier: MIT
 *
 * What a macro reads from a container's array is borrowed from the container.
 */
#include <Python.h>

PyObject *copied(PyObject *self, PyObject *list)
{
    Py_ssize_t n = PyList_Size(list);
    PyObject *copy = n < 0 ? NULL : PyTuple_New(n);
    if (copy == NULL) return NULL;
    for (Py_ssize_t i = 0; i < n; i++)
        PyTuple_SET_ITEM(copy, i, PyList_GET_ITEM(list, i)); // expect: missing-incref
    return copy;
}

PyObject *copied_with_references(PyObject *self, PyObject *list)
{
    Py_ssize_t n = PyList_Size(list);
    PyObject *copy = n < 0 ? NULL : PyTuple_New(n);
    if (copy == NULL) return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PyList_GET_ITEM(list, i);
        Py_INCREF(item);
        PyTuple_SET_ITEM(copy, i, item);
    }
    return copy;
}

PyObject *counted_where_they_are(PyObject *self, PyObject *list)
{
    Py_ssize_t n = PyList_Size(list);
    PyObject *copy = n < 0 ? NULL : PyTuple_New(n);
    if (copy == NULL) return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_INCREF(PyList_GET_ITEM(list, i));
        PyTuple_SET_ITEM(copy, i, PyList_GET_ITEM(list, i));
    }
    return copy;
}

PyObject *second(PyObject *self, PyObject *tuple)
{
    return PyTuple_GET_ITEM(tuple, 1); // expect: missing-incref
}

PyObject *second_with_a_reference(PyObject *self, PyObject *tuple)
{
    return Py_NewRef(PyTuple_GET_ITEM(tuple, 1));
}

/* The place in the array is filled again: what stood there was moved. */
PyObject *exchanged(PyObject *self, PyObject *list)
{
    PyObject *old = PyList_GET_ITEM(list, 0);
    PyList_SET_ITEM(list, 0, Py_NewRef(Py_None));
    return old;
}

PyObject *outlived(PyObject *self, PyObject *source)
{
    PyObject *tuple = PySequence_Tuple(source);
    if (tuple == NULL) return NULL;
    PyObject *first = PyTuple_GET_ITEM(tuple, 0);
    Py_DECREF(tuple);
    return PyObject_Repr(first); // expect: borrowed-escape
}

PyObject *kept_alive(PyObject *self, PyObject *source)
{
    PyObject *tuple = PySequence_Tuple(source);
    if (tuple == NULL) return NULL;
    PyObject *text = PyObject_Repr(PyTuple_GET_ITEM(tuple, 0));
    Py_DECREF(tuple);
    return text;
}
