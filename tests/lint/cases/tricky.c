// SPDX-License-Identifier: MIT
// Correct code that looks wrong to an analysis that forgets something: every function here is silent.
#include <Python.h>

/* A flag says whether the reference is owned. */
PyObject *by_flag(PyObject *o, int copy)
{
    PyObject *text = o, *result;
    if (copy) {
        text = PyObject_Str(o);
        if (text == NULL)
            return NULL;
    }
    result = PyUnicode_FromFormat("<%U>", text);
    if (copy)
        Py_DECREF(text);
    return result;
}

/* One ladder for all exits. */
PyObject *ladder(PyObject *source)
{
    PyObject *a = NULL, *b = NULL, *result = NULL;
    a = PyObject_GetAttrString(source, "a");
    if (a == NULL)
        goto done;
    b = PyObject_GetAttrString(source, "b");
    if (b == NULL)
        goto done;
    result = PyNumber_Add(a, b);
done:
    Py_XDECREF(a);
    Py_XDECREF(b);
    return result;
}

/* A list that is filled by a loop, and dropped half full. */
PyObject *filled(Py_ssize_t n)
{
    PyObject *list = PyList_New(n);
    if (list == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PyLong_FromSsize_t(i);
        if (item == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, item);
    }
    return list;
}

/* A static cache owns what it was given. */
PyObject *cached(void)
{
    static PyObject *cache;
    if (cache == NULL) {
        cache = PyImport_ImportModule("string");
        if (cache == NULL)
            return NULL;
    }
    Py_INCREF(cache);
    return cache;
}

/* Stolen only on success. */
int add_constant(PyObject *module)
{
    PyObject *value = PyLong_FromLong(1);
    if (value == NULL)
        return -1;
    if (PyModule_AddObject(module, "one", value) < 0) {
        Py_DECREF(value);
        return -1;
    }
    return 0;
}

/* Through the address of a variable. */
static void drop(PyObject **slot)
{
    PyObject *old = *slot;
    *slot = NULL;
    Py_XDECREF(old);
}

int through_address(PyObject *o)
{
    PyObject *name = PyObject_GetAttrString(o, "name");
    int has = name != NULL;
    drop(&name);
    return has;
}

/* A helper that takes, one that makes, one that hands out by argument. */
static int take(PyObject *list, PyObject *item)
{
    int status = item == NULL ? -1 : PyList_Append(list, item);
    Py_XDECREF(item);
    return status;
}

static int make(PyObject **out, long n)
{
    PyObject *number = PyLong_FromLong(n);
    if (number == NULL)
        return -1;
    *out = number;
    return 0;
}

int helped(PyObject *list)
{
    PyObject *number;
    if (take(list, PyLong_FromLong(1)) < 0)
        return -1;
    if (make(&number, 2) < 0)
        return -1;
    return take(list, number);
}

/* The borrowed one or a new one, each with its own reference. */
PyObject *look_up(PyObject *dict, PyObject *key)
{
    PyObject *value = PyDict_GetItemWithError(dict, key);
    if (value != NULL)
        return Py_NewRef(value);
    if (PyErr_Occurred())
        return NULL;
    value = PyList_New(0);
    if (value == NULL)
        return NULL;
    if (PyDict_SetItem(dict, key, value) < 0) {
        Py_DECREF(value);
        return NULL;
    }
    return value;
}

/* A field changes hands. */
typedef struct {
    PyObject_HEAD
    PyObject *held;
} Holder;

PyObject *detach(Holder *self)
{
    PyObject *held = self->held;
    self->held = NULL;
    return held;
}

int replace(Holder *self, PyObject *value)
{
    PyObject *old = self->held;
    Py_INCREF(value);
    self->held = value;
    Py_XDECREF(old);
    return 0;
}

/* An object of one's own, half made. */
PyObject *holder_new(PyTypeObject *type, PyObject *value)
{
    Holder *self = (Holder *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->held = PyObject_Str(value);
    if (self->held == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

/* The last item of an iteration is kept. */
PyObject *last(PyObject *iterator)
{
    PyObject *item, *kept = NULL;
    while ((item = PyIter_Next(iterator)) != NULL)
        Py_XSETREF(kept, item);
    if (PyErr_Occurred())
        Py_CLEAR(kept);
    return kept;
}

/* A call behind a check that does not come back, though nothing says so. */
void give_up(void);

Py_ssize_t certain(PyObject *o)
{
    PyObject *text = PyObject_Str(o);
    Py_ssize_t n;
    if (text == NULL)
        give_up();
    n = text->ob_refcnt;
    Py_DECREF(text);
    return n;
}

/* Success is 0, so any other number means that nothing was left in the variable. */
static int find_reader(PyObject *source, PyObject **reader)
{
    *reader = PyObject_GetAttrString(source, "reader");
    if (*reader == NULL)
        return -1;
    return 0;
}

PyObject *reader_name(PyObject *source)
{
    PyObject *reader, *name;
    if (find_reader(source, &reader))
        return NULL;
    name = PyObject_Str(reader);
    Py_DECREF(reader);
    return name;
}

/* An object of this file never goes: one reference too many on an error path keeps nothing alive. */
static PyTypeObject Gate_Type = {PyVarObject_HEAD_INIT(NULL, 0).tp_name = "gate.Gate"};

int add_gate(PyObject *module)
{
    Py_INCREF(&Gate_Type);
    if (PyModule_AddObject(module, "Gate", (PyObject *)&Gate_Type) < 0)
        return -1;
    return 0;
}

/* The switch names every kind that there is: what stood in the variable before is not given away twice. */
PyObject *pair_of(int kind)
{
    PyObject *pair = PyTuple_New(2), *text;
    if (pair == NULL)
        return NULL;
    text = PyUnicode_FromString("zero");
    if (text == NULL) {
        Py_DECREF(pair);
        return NULL;
    }
    PyTuple_SET_ITEM(pair, 0, text);
    switch (kind) {
    case 1: text = PyUnicode_FromString("one"); break;
    case 2: text = PyUnicode_FromString("two"); break;
    }
    if (text == NULL) {
        Py_DECREF(pair);
        return NULL;
    }
    PyTuple_SET_ITEM(pair, 1, text);
    return pair;
}

/* The end of a set leaves the variable alone. */
int each_of(PyObject *set)
{
    PyObject *key;
    Py_ssize_t at = 0;
    Py_hash_t hash;
    while (_PySet_NextEntry(set, &at, &key, &hash)) {
        Py_INCREF(key);
        if (PyObject_IsTrue(key) < 0) {
            Py_DECREF(key);
            return -1;
        }
        Py_DECREF(key);
    }
    return 0;
}

/* Two names are compared to know whether the second one is a reference of its own. */
PyObject *call_with(PyObject *callable, PyObject *args, PyObject *names)
{
    PyObject *options = names, *result;
    if (!PyDict_Check(names)) {
        options = PyDict_Copy(names);
        if (options == NULL)
            return NULL;
    }
    result = PyObject_Call(callable, args, options);
    if (options != names)
        Py_DECREF(options);
    return result;
}
