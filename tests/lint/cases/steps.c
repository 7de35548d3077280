/* SPDX-License-Identifier: MIT
 *
 * What the steps of a path say: conditions in the words of the source, counts, and where they are known from.
 */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *items;
    int kind;
} Box;

PyObject *pointer(PyObject *self, PyObject *name)
{
    PyObject *list = PyList_New(0); // step: +1 new reference from PyList_New (cpython.h:LINE): 1 held
    if (!list) return NULL;         // step: 'list' is not NULL
    if (PyList_Append(list, name) < 0) // step: 'PyList_Append(...)' < 0
        return NULL; // expect: leak-on-error
    return list;
}

PyObject *number_and_field(Box *self, PyObject *name)
{
    PyObject *text = PyObject_Str(name);
    if (text == NULL) return NULL;
    if (self->kind == 3) { // step: 'self->kind' is 3
        Py_INCREF(text);   // step: +1 by Py_INCREF (cpython.h:LINE): 2 held
        return text;       // expect: leak
    }
    return text;
}

PyObject *macros(PyObject *self, PyObject *name)
{
    PyObject *text = PyObject_Str(name);
    if (PyUnicode_Check(name)) // step: 'PyUnicode_Check(...)' is true
        Py_RETURN_NONE; // expect: leak
    return text;
}

int loops(PyObject *source)
{
    PyObject *item, *it = PyObject_GetIter(source);
    if (it == NULL) return -1;
    while ((item = PyIter_Next(it))) { // step: the loop goes round: 'item' is not NULL
        if (item == Py_None) break;    // step: 'item' is Py_None
        Py_DECREF(item);
    }
    Py_DECREF(it);
    return 0; // expect: loop-exit-leak
}

int chosen(PyObject *name, int how)
{
    PyObject *text = PyObject_Str(name);
    switch (how) { // step: 'how' is 7
    case 7:
        return 0; // expect: leak
    default:
        Py_XDECREF(text);
        return 1;
    }
}
