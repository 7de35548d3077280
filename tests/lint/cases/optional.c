/* SPDX-License-Identifier: MIT
 *
 * Arguments that a format makes optional, and converters that make objects.
 */
#include <Python.h>

PyObject *second_or_nothing(PyObject *self, PyObject *args)
{
    PyObject *first, *second = NULL;
    if (!PyArg_ParseTuple(args, "O|O", &first, &second)) return NULL;
    Py_INCREF(second); // expect: null-argument
    return second;
}

PyObject *second_or_first(PyObject *self, PyObject *args)
{
    PyObject *first, *second = NULL;
    if (!PyArg_ParseTuple(args, "O|O", &first, &second)) return NULL;
    if (second == NULL) second = first;
    Py_INCREF(second);
    return second;
}

PyObject *path_length(PyObject *self, PyObject *args)
{
    PyObject *path;
    if (!PyArg_ParseTuple(args, "O&", PyUnicode_FSConverter, &path)) return NULL;
    return PyLong_FromSsize_t(PyBytes_GET_SIZE(path)); // expect: leak
}

PyObject *path_length_and_release(PyObject *self, PyObject *args)
{
    PyObject *path, *length;
    if (!PyArg_ParseTuple(args, "O&", PyUnicode_FSConverter, &path)) return NULL;
    length = PyLong_FromSsize_t(PyBytes_GET_SIZE(path));
    Py_DECREF(path);
    return length;
}

/* Whether the call that failed has set the error can no longer be asked of what a loop put into an array. */
PyObject *three(PyObject *self, PyObject *args)
{
    PyObject *part[3] = {NULL}, *all = NULL;
    for (int i = 0; i < 3; i++) {
        part[i] = PyLong_FromLong(i);
        if (part[i] == NULL) goto out;
    }
    all = PyTuple_Pack(3, part[0], part[1], part[2]);
out:
    for (int i = 0; i < 3; i++) Py_XDECREF(part[i]);
    return all;
}
