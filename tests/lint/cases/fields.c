/* SPDX-License-Identifier: MIT
 *
 * Fields that the file itself releases: what is stored there comes with a reference, and what stood there is dropped.
 */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *name, *value, *dict, *lent;
    int owns_lent;
} Thing;

static int set_borrowed(Thing *self, PyObject *v, void *closure)
{
    PyObject *old = self->value;
    self->value = v; // expect: missing-incref
    Py_XDECREF(old);
    return 0;
}
static int set_taken(Thing *self, PyObject *v, void *closure)
{
    PyObject *old = self->value;
    Py_XINCREF(v);
    self->value = v;
    Py_XDECREF(old);
    return 0;
}
static int set_taken_after(Thing *self, PyObject *v, void *closure)
{
    PyObject *old = self->value;
    self->value = v;
    Py_XINCREF(self->value);
    Py_XDECREF(old);
    return 0;
}
static PyObject *set_item(Thing *self, PyObject *list)
{
    PyObject *item = PyList_GetItem(list, 0);
    if (!item) return NULL;
    Py_XDECREF(self->value);
    self->value = item; // expect: missing-incref
    Py_RETURN_NONE;
}
static PyObject *set_none(Thing *self, PyObject *unused)
{
    Py_XDECREF(self->value);
    self->value = Py_None; // expect: missing-incref
    Py_RETURN_NONE;
}
static PyObject *lend(Thing *self, PyObject *o)
{
    if (self->owns_lent) Py_CLEAR(self->lent);
    self->owns_lent = 0;
    self->lent = o;
    Py_RETURN_NONE;
}

static int init_again(Thing *self, PyObject *args, PyObject *kwargs)
{
    self->dict = PyDict_New(); // expect: overwrite-leak
    return self->dict ? 0 : -1;
}
static int init_once(Thing *self, PyObject *args, PyObject *kwargs)
{
    PyObject *dict = PyDict_New();
    if (!dict) return -1;
    Py_XSETREF(self->dict, dict);
    return 0;
}
static int init_guarded(Thing *self, PyObject *args, PyObject *kwargs)
{
    if (self->dict) {
        PyErr_SetString(PyExc_RuntimeError, "already there");
        return -1;
    }
    self->dict = PyDict_New();
    return self->dict ? 0 : -1;
}
static void drop(Thing *self)
{
    Py_CLEAR(self->name);
    Py_CLEAR(self->value);
    Py_CLEAR(self->dict);
}
static int init_emptied(Thing *self, PyObject *args, PyObject *kwargs)
{
    drop(self);
    self->dict = PyDict_New();
    return self->dict ? 0 : -1;
}

static PyObject *make(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *name;
    if (!PyArg_ParseTuple(args, "O", &name)) return NULL;
    Thing *self = (Thing *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->name = name; // expect: missing-incref
    self->dict = PyDict_New();
    if (!self->dict) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}
static void end(Thing *self)
{
    drop(self);
    if (self->owns_lent) Py_CLEAR(self->lent);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef methods[] = {
    {"set_item", (PyCFunction)set_item, METH_O, NULL},
    {"set_none", (PyCFunction)set_none, METH_NOARGS, NULL},
    {"lend", (PyCFunction)lend, METH_O, NULL},
    {NULL},
};
static PyGetSetDef accessors[] = {
    {"a", NULL, (setter)set_borrowed, NULL, NULL},
    {"b", NULL, (setter)set_taken, NULL, NULL},
    {"c", NULL, (setter)set_taken_after, NULL, NULL},
    {NULL},
};
#define TYPE(initialiser)                                                                                    \
 {                                                                                                           \
  PyVarObject_HEAD_INIT(NULL, 0).tp_name = "fields.Thing", .tp_basicsize = sizeof(Thing),                    \
                              .tp_dealloc = (destructor)end, .tp_new = make, .tp_init = (initproc)initialiser, \
                              .tp_methods = methods, .tp_getset = accessors                                  \
 }
PyTypeObject types[] = {TYPE(init_again), TYPE(init_once), TYPE(init_guarded), TYPE(init_emptied)};
