/* SPDX-License-Identifier: MIT */
/* A field that the type's own functions release has a reference of its own in what it names. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *key;   /* released by clear   */
    PyObject *value; /* released by dealloc */
    PyObject *owner; /* somebody else's     */
} pair;

static int pair_traverse(pair *self, visitproc visit, void *arg)
{
    Py_VISIT(self->key);
    Py_VISIT(self->value);
    return 0;
}

static int pair_clear(pair *self)
{
    Py_CLEAR(self->key);
    return 0;
}

static void pair_dealloc(pair *self)
{
    PyObject_GC_UnTrack(self);
    pair_clear(self);
    Py_XDECREF(self->value);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int pair_init(pair *self, PyObject *args, PyObject *kwds)
{
    PyObject *key, *value, *owner;
    if (!PyArg_ParseTuple(args, "OOO", &key, &value, &owner)) return -1;
    self->owner = owner;
    self->value = value; // expect: missing-incref
    Py_INCREF(key);
    Py_XSETREF(self->key, key);
    return 0;
}

static PyObject *pair_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *key, *value;
    if (!PyArg_ParseTuple(args, "OO", &key, &value)) return NULL;
    pair *self = (pair *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->key = key; /* counted below */
    self->value = value;
    Py_INCREF(self->key);
    Py_INCREF(self->value);
    return (PyObject *)self;
}

static int pair_set_key(pair *self, PyObject *key, void *closure)
{
    if (!key) {
        PyErr_SetString(PyExc_TypeError, "cannot delete the key");
        return -1;
    }
    Py_XSETREF(self->key, key); // expect: missing-incref
    return 0;
}

static int pair_set_value(pair *self, PyObject *value, void *closure)
{
    PyObject *old = self->value;
    Py_XINCREF(value);
    self->value = value;
    Py_XDECREF(old);
    return 0;
}

static PyObject *pair_copy(pair *self, PyObject *unused)
{
    pair *copy = PyObject_GC_New(pair, Py_TYPE(self));
    if (!copy) return NULL;
    copy->owner = self->owner;
    copy->key = self->key; // expect: missing-incref
    Py_XINCREF(self->value);
    copy->value = self->value;
    PyObject_GC_Track((PyObject *)copy);
    return (PyObject *)copy;
}

static PyObject *pair_take(pair *self, PyObject *unused)
{
    pair *copy = PyObject_GC_New(pair, Py_TYPE(self));
    if (!copy) return NULL;
    copy->owner = NULL;
    copy->key = self->key; /* moved */
    copy->value = self->value;
    self->key = NULL;
    self->value = NULL;
    PyObject_GC_Track((PyObject *)copy);
    return (PyObject *)copy;
}

int pair_changed(pair *self);

/* Whoever is told may look at the fields: what each holds is its own from then on. */
static PyObject *pair_reset(pair *self, PyObject *unused)
{
    Py_INCREF(Py_None);
    Py_XSETREF(self->key, Py_None);
    Py_XSETREF(self->value, Py_None); // expect: missing-incref
    if (pair_changed(self) < 0) return NULL;
    Py_RETURN_TRUE;
}

static PyObject *pair_set(pair *self, PyObject *key)
{
    Py_INCREF(key);
    Py_XSETREF(self->key, key);
    if (pair_changed(self) < 0) return NULL;
    Py_INCREF(key);
    return key;
}

static PyObject *pair_put(pair *self, PyObject *key)
{
    Py_XSETREF(self->key, key); // expect: missing-incref
    if (pair_changed(self) < 0) return NULL;
    Py_RETURN_NONE;
}

/* A failure ends what the fields hold, and nobody looks at them again. */
static int pair_fill(pair *self)
{
    self->key = PyList_New(0);
    if (!self->key) return -1;
    self->value = PyList_New(0);
    if (!self->value) {
        Py_DECREF(self->key);
        return -1;
    }
    return 0;
}

static PyObject *pair_filled(PyTypeObject *type, PyObject *unused)
{
    pair *self = (pair *)type->tp_alloc(type, 0);
    if (self && pair_fill(self) < 0) {
        self->key = NULL;
        Py_CLEAR(self);
    }
    return (PyObject *)self;
}

static PyObject *pair_as_tuple(pair *self, PyObject *unused)
{
    PyObject *result = PyTuple_New(2);
    if (!result) return NULL;
    PyTuple_SET_ITEM(result, 0, self->key); // expect: missing-incref
    Py_INCREF(self->value);
    PyTuple_SET_ITEM(result, 1, self->value);
    return result;
}

static PyGetSetDef pair_getset[] = {
    {"key", NULL, (setter)pair_set_key, NULL, NULL},
    {"value", NULL, (setter)pair_set_value, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef pair_methods[] = {
    {"copy", (PyCFunction)pair_copy, METH_NOARGS, NULL},
    {"reset", (PyCFunction)pair_reset, METH_NOARGS, NULL},
    {"set", (PyCFunction)pair_set, METH_O, NULL},
    {"put", (PyCFunction)pair_put, METH_O, NULL},
    {"filled", (PyCFunction)pair_filled, METH_NOARGS | METH_CLASS, NULL},
    {"take", (PyCFunction)pair_take, METH_NOARGS, NULL},
    {"as_tuple", (PyCFunction)pair_as_tuple, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

PyTypeObject pair_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "pair",
    .tp_basicsize = sizeof(pair),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)pair_traverse,
    .tp_clear = (inquiry)pair_clear,
    .tp_dealloc = (destructor)pair_dealloc,
    .tp_init = (initproc)pair_init,
    .tp_new = pair_new,
    .tp_getset = pair_getset,
    .tp_methods = pair_methods,
};

/* The argument itself on one way, a new reference on the other: the caller cannot tell. */
PyObject *as_number(PyObject *v)
{
    if (!PyLong_Check(v)) return PyNumber_Long(v);
    return v; // expect: missing-incref
}

PyObject *as_counted_number(PyObject *v)
{
    if (!PyLong_Check(v)) return PyNumber_Long(v);
    Py_INCREF(v);
    return v;
}

/* ... where the other way gives the argument up, it has one reference to give back on both. */
PyObject *to_number(PyObject *v)
{
    if (PyLong_Check(v)) return v;
    PyObject *n = PyNumber_Long(v);
    Py_DECREF(v);
    return n;
}
