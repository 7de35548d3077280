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

/* A helper that drops its argument, unless there is none; and functions that a table of numbered slots names. */
static int append_and_drop(PyObject *list, PyObject *x)
{
    if (!x) return -1;
    int status = PyList_Append(list, x);
    Py_DECREF(x);
    return status;
}
static PyObject *drops_what_is_lent(PyObject *self, PyObject *o)
{
    PyObject *list = PyList_New(0);
    if (!list) return NULL;
    if (append_and_drop(list, o) < 0) { // expect: missing-incref
        Py_DECREF(list);
        return NULL;
    }
    return list;
}
static PyObject *drops_what_is_made(PyObject *self, PyObject *o)
{
    PyObject *list = PyList_New(0);
    if (!list) return NULL;
    if (append_and_drop(list, PyObject_Repr(o)) < 0) {
        Py_DECREF(list);
        return NULL;
    }
    return list;
}
PyMethodDef droppers[] = {
    {"a", drops_what_is_lent, METH_O, NULL}, {"b", drops_what_is_made, METH_O, NULL}, {NULL}};

static PyObject *lent_iterator(PyObject *self)
{
    return self; // expect: missing-incref
}
static PyObject *own_text(PyObject *self)
{
    return PyUnicode_FromString("x");
}
PyType_Slot numbered[] = {{Py_tp_iter, lent_iterator}, {Py_tp_repr, own_text}, {0, NULL}};

/* Two static objects by one return: one finding. */
static PyObject *answer(PyObject *self, PyObject *o)
{
    PyObject *yes = o == self ? Py_True : Py_False;
    return yes; // expect: missing-incref
}
PyMethodDef answers[] = {{"answer", answer, METH_O, NULL}, {NULL}};
