/* SPDX-License-Identifier: MIT */
/* An object of a type that is made from a table of slots has a reference to its type, which dealloc gives back. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *value;
} box;

static void forgets_dealloc(box *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_CLEAR(self->value);
    type->tp_free((PyObject *)self); // expect: leak
}

static void drop(box *self)
{
    Py_CLEAR(self->value);
}

static void helped_dealloc(box *self)
{
    drop(self);
    Py_TYPE(self)->tp_free((PyObject *)self); // expect: leak
}

static int box_clear(box *self)
{
    Py_CLEAR(self->value);
    return 0;
}

static void clears_dealloc(box *self)
{
    PyTypeObject *type = Py_TYPE(self);
    type->tp_clear((PyObject *)self);
    type->tp_free((PyObject *)self); // expect: leak
}

static void frees_dealloc(PyObject *self)
{
    Py_CLEAR(((box *)self)->value);
    PyObject_Free(self); // expect: leak
}

static void right_dealloc(box *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_CLEAR(self->value);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static void object_dealloc(PyObject *self)
{
    PyObject *type = (PyObject *)Py_TYPE(self);
    Py_CLEAR(((box *)self)->value);
    freefunc release = PyType_GetSlot((PyTypeObject *)type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

static void base_dealloc(box *self)
{
    Py_CLEAR(self->value);
    Py_TYPE(self)->tp_base->tp_dealloc((PyObject *)self); /* ends the memory and the type's reference */
}

static void static_dealloc(box *self)
{
    Py_CLEAR(self->value);
    Py_TYPE(self)->tp_free((PyObject *)self); /* a type that is there for good counts nothing */
}

#define TYPE(name)                                                                                                     \
    static PyType_Slot name##_slots[] = {{Py_tp_dealloc, name##_dealloc}, {Py_tp_clear, box_clear}, {0, NULL}};        \
    PyType_Spec name##_spec = {"box." #name, sizeof(box), 0, Py_TPFLAGS_DEFAULT, name##_slots};

TYPE(forgets)
TYPE(clears)
TYPE(frees)
TYPE(helped)
TYPE(right)
TYPE(object)
TYPE(base)

PyTypeObject static_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "box.static",
    .tp_basicsize = sizeof(box),
    .tp_dealloc = (destructor)static_dealloc,
};
