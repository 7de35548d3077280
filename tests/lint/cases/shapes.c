/* SPDX-License-Identifier: MIT
 *
 * A method is a method wherever its table stands; a function that is called by its name may follow a rule of its own.
 */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *name;
} Thing;

PyObject *looked_up(PyObject *self, PyObject *key)
{
    PyObject *found = PyDict_GetItemWithError(self, key);
    if (found == NULL && !PyErr_Occurred()) PyErr_SetObject(PyExc_KeyError, key);
    return found; // expect: missing-incref
}

PyObject *looked_up_and_kept(PyObject *self, PyObject *key)
{
    PyObject *found = PyDict_GetItemWithError(self, key);
    if (found == NULL && !PyErr_Occurred()) PyErr_SetObject(PyExc_KeyError, key);
    return Py_XNewRef(found);
}

PyObject *get_name(Thing *self, void *closure)
{
    return self->name; // expect: missing-incref
}

PyObject *get_name_with_a_reference(Thing *self, void *closure)
{
    return Py_NewRef(self->name);
}

int set_name(Thing *self, PyObject *value, void *closure)
{
    if (value == NULL) return -1; // expect: error-not-set
    Py_XSETREF(self->name, Py_NewRef(value));
    return 0;
}

PyObject *silent(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (kwargs) return NULL; // expect: error-not-set
    return Py_NewRef(args);
}

/* Borrows by agreement with its caller. */
static PyObject *borrow(PyObject *self, PyObject *key)
{
    return PyDict_GetItem(self, key);
}

PyObject *borrows(PyObject *self, PyObject *key)
{
    PyObject *found = borrow(self, key);
    if (found == NULL) Py_RETURN_NONE;
    return Py_NewRef(found);
}
