// SPDX-License-Identifier: MIT
// The ways in which references go wrong in real code, small.
#include <Python.h>

/* Made in place for a call that borrows. */
int set_version(PyObject *dict)
{
    return PyDict_SetItemString(dict, "version", PyLong_FromLong(3)); // expect: leak, unchecked-result
}

/* Passed on through a helper that returns something else. */
PyObject *iterate(PyObject *o)
{
    return PyObject_GetIter(PyObject_GetAttrString(o, "items")); // expect: leak, unchecked-result
}

/* Only a truth value. */
int has_name(PyObject *o)
{
    if (PyObject_GetAttrString(o, "name")) // expect: leak
        return 1;
    PyErr_Clear();
    return 0;
}

/* One label for exits from before and after the acquisition. */
PyObject *shared_label(PyObject *args)
{
    PyObject *name, *text = NULL;
    if (!PyArg_ParseTuple(args, "O", &name))
        return NULL;
    if (!PyUnicode_Check(name))
        goto failed;
    text = PyObject_Str(name);
    if (text == NULL)
        goto failed;
    return text;
failed:
    Py_DECREF(name); // expect: over-release
    return NULL;
}

/* Borrowed on one path, owned on the other. */
PyObject *mixed(PyObject *dict, PyObject *key)
{
    PyObject *value = PyDict_GetItem(dict, key), *result;
    if (value == NULL) {
        value = PyList_New(0);
        if (value == NULL)
            return NULL;
    }
    result = PySequence_Tuple(value);
    return result; // expect: leak
}

/* "N" takes it. */
PyObject *built(long n)
{
    PyObject *number = PyLong_FromLong(n), *pair;
    if (number == NULL)
        return NULL;
    pair = Py_BuildValue("(Ni)", number, 1);
    Py_DECREF(number); // expect: stolen-reuse
    return pair;
}

/* An inner buffer outlives its object. */
Py_ssize_t length(PyObject *o)
{
    PyObject *bytes = PyUnicode_AsUTF8String(o);
    const char *s;
    if (bytes == NULL)
        return -1;
    s = PyBytes_AS_STRING(bytes);
    Py_DECREF(bytes);
    return (Py_ssize_t)s[0]; // expect: use-after-release
}

/* The flag is forgotten on one way out. */
PyObject *forgotten(PyObject *o, int copy)
{
    PyObject *text = o, *result;
    if (copy) {
        text = PyObject_Str(o);
        if (text == NULL)
            return NULL;
    }
    result = PyUnicode_FromFormat("<%U>", text);
    if (result == NULL)
        return NULL; // expect: leak-on-error
    if (copy)
        Py_DECREF(text);
    return result;
}

/* The helper takes the item; so does the caller. */
static int take(PyObject *list, PyObject *item)
{
    int status = PyList_Append(list, item);
    Py_DECREF(item);
    return status;
}

int taken_twice(PyObject *list)
{
    PyObject *item = PyLong_FromLong(1);
    int status;
    if (item == NULL)
        return -1;
    status = take(list, item);
    Py_DECREF(item); // expect: stolen-reuse
    return status;
}

/* A helper of the file makes it. */
static PyObject *make_pair(PyObject *a) { return Py_BuildValue("(OO)", a, a); }

Py_ssize_t made(PyObject *a)
{
    PyObject *pair = make_pair(a);
    if (pair == NULL)
        return -1;
    return PyTuple_Size(pair); // expect: leak
}
