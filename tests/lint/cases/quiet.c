// SPDX-License-Identifier: MIT
// What good code does that looks wrong at first, each beside what is wrong indeed.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *name;
} holder;

/* A value that was found to be None is None's one object: it neither dies nor is released too often. */
PyObject *none_does_not_die(PyObject *make, PyObject *seen)
{
    PyObject *v = PyObject_CallNoArgs(make);
    if (v == NULL) return NULL;
    if (v == Py_None) Py_DECREF(v);
    if (PyDict_SetItemString(seen, "v", v) < 0) return NULL; // expect: leak-on-error
    if (v != Py_None) Py_DECREF(v);
    Py_RETURN_NONE;
}

void field_that_is_none(holder *self)
{
    if (self->name == Py_None) {
        self->name = NULL;
        Py_DECREF(Py_None);
    }
}

void none_of_nobody(void)
{
    Py_DECREF(Py_None); // expect: over-release
}

PyObject *dies(PyObject *make, PyObject *seen)
{
    PyObject *v = PyObject_CallNoArgs(make);
    if (v == NULL) return NULL;
    Py_DECREF(v);
    if (PyDict_SetItemString(seen, "v", v) < 0) return NULL; // expect: use-after-release
    Py_RETURN_NONE;
}

/* The error is asked for instead of the result. */
PyObject *asks_for_the_error(PyObject *o)
{
    PyObject *v = PyObject_GetAttrString(o, "v");
    if (PyErr_Occurred()) return NULL;
    PyObject *t = PyObject_Type(v);
    Py_DECREF(v);
    return t;
}

PyObject *asks_nobody(PyObject *o)
{
    PyObject *v = PyObject_GetAttrString(o, "v");
    PyObject *t = PyObject_Type(v); // expect: unchecked-result
    Py_DECREF(v);
    return t;
}

PyObject *found_or_error(PyObject *dict, PyObject *key)
{
    PyObject *v = PyDict_GetItemWithError(dict, key);
    Py_XINCREF(v);
    if (PyErr_Occurred()) return NULL;
    if (v == NULL) return PyLong_FromLong(0);
    return v;
}

PyObject *found_and_lost(PyObject *dict, PyObject *key)
{
    PyObject *v = PyDict_GetItemWithError(dict, key);
    Py_XINCREF(v); // expect: leak
    if (PyErr_Occurred()) return NULL;
    return PyLong_FromLong(0);
}

/* Forgetting the error leaves none: a failure after it has none to show. */
static PyObject *forgets(PyObject *self, PyObject *args)
{
    PyObject *v = PyObject_GetAttrString(self, "v");
    if (v == NULL) {
        PyErr_Clear();
        return NULL; // expect: error-not-set
    }
    return v;
}

static PyObject *restores(PyObject *self, PyObject *args)
{
    PyObject *type, *value, *tb, *v = PyObject_GetAttrString(self, "v");
    if (v != NULL) return v;
    PyErr_Fetch(&type, &value, &tb);
    PyErr_Restore(type, value, tb);
    return NULL;
}

/* A helper looks at what it is given. */
static int looks(PyObject *v)
{
    if (v == NULL) return -1;
    if (!PyUnicode_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "no str");
        return -1;
    }
    return 0;
}

static int looks_away(PyObject *v)
{
    return PyErr_CheckSignals() < 0 && v ? -1 : 0;
}

Py_ssize_t helper_looks(PyObject *o)
{
    PyObject *v = PyObject_Str(o);
    if (looks(v) < 0) {
        Py_XDECREF(v);
        return -1;
    }
    Py_ssize_t n = PyUnicode_GET_LENGTH(v);
    Py_DECREF(v);
    return n;
}

Py_ssize_t helper_looks_away(PyObject *o)
{
    PyObject *v = PyObject_Str(o);
    if (looks_away(v) < 0) {
        Py_XDECREF(v);
        return -1;
    }
    Py_ssize_t n = PyUnicode_GET_LENGTH(v); // expect: unchecked-result
    Py_DECREF(v);
    return n;
}

/* At its end a step through a container leaves the variables alone. */
int steps(PyObject *dict)
{
    PyObject *key = NULL, *value = NULL;
    Py_ssize_t i = 0;
    while (PyDict_Next(dict, &i, &key, &value)) {
        Py_INCREF(key);
        if (PyObject_IsTrue(key) < 0) goto failed;
        Py_CLEAR(key);
    }
    if (PyErr_CheckSignals() < 0) goto failed;
    return 0;
failed:
    Py_XDECREF(key);
    return -1;
}

int steps_and_drops(PyObject *dict)
{
    PyObject *key = NULL, *value = NULL;
    Py_ssize_t i = 0;
    while (PyDict_Next(dict, &i, &key, &value)) {
        if (PyObject_IsTrue(key) < 0) goto failed;
    }
    return 0;
failed:
    Py_XDECREF(key); // expect: over-release
    return -1;
}

/* What is below is not equal, in whichever words it is asked. */
PyObject *below_is_not_equal(PyObject *o, Py_ssize_t i, Py_ssize_t n)
{
    PyObject *v = NULL;
    if (i < n) v = PyObject_Str(o);
    if (i >= n) {
        PyErr_SetString(PyExc_ValueError, "too many");
        return NULL;
    }
    return v;
}

PyObject *below_and_lost(PyObject *o, Py_ssize_t i, Py_ssize_t n)
{
    PyObject *v = NULL;
    if (i < n) v = PyObject_Str(o);
    if (i != n) {
        PyErr_SetString(PyExc_ValueError, "not all");
        return NULL; // expect: leak-on-error
    }
    Py_RETURN_NONE;
}

/* A body that retains what it returns gives back the same object. */
static PyObject *again(PyObject *v)
{
    Py_INCREF(v);
    return v;
}

void once_more(void)
{
    PyObject *v = PyLong_FromLong(1);
    if (v == NULL) return;
    (void)again(v);
    Py_DECREF(v);
    Py_DECREF(v);
}

void once_too_often(void)
{
    PyObject *v = PyLong_FromLong(1);
    if (v == NULL) return;
    (void)again(v);
    Py_DECREF(v);
} // expect: leak

/* A helper that always fails makes its caller's exit a failure. */
static PyObject *complain(const char *what)
{
    PyErr_SetString(PyExc_RuntimeError, what);
    return NULL;
}

PyObject *returns_the_complaint(void)
{
    PyObject *v = PyLong_FromLong(1);
    if (v == NULL) return NULL;
    if (PyErr_CheckSignals() < 0) return complain("signal"); // expect: leak-on-error
    return v;
}

/* What an exception or the table of modules still holds outlives the reference that was asked for. */
int also_held_elsewhere(PyObject *exc, PyObject *other)
{
    PyObject *c = PyException_GetContext(exc);
    if (c == NULL) return 0;
    Py_DECREF(c);
    return c == other || PyObject_IsTrue(c);
}

PyObject *slice_parts(PyObject *type, PyObject *value, PyObject *tb)
{
    PyErr_Restore(Py_NewRef(type), Py_NewRef(value), Py_NewRef(tb));
    PyErr_Fetch(&type, &value, &tb);
    Py_DECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
    Py_RETURN_NONE;
}

/* One release of what came from two places is one defect. */
void dropped_once_for_both(PyObject *o, int which)
{
    PyObject *v = which ? PyObject_Str(o) : PyObject_Repr(o);
    if (v == NULL) return;
    Py_DECREF(v);
    Py_DECREF(v); // expect: over-release
}

/* A member that the body in between does not write is what it was. */
typedef struct {
    PyObject_HEAD
    PyObject *hook;
    int spare;
} reader;

static void note(reader *self, const char *what)
{
    self->spare++;
    PyErr_SetString(PyExc_ValueError, what);
}

static void change(reader *self)
{
    self->hook = NULL;
}

PyObject *asks_twice(reader *self, PyObject *items, int n)
{
    PyObject *pairs = NULL, *result;
    int hooked = self->hook != Py_None;
    if (hooked) {
        pairs = PyList_New(0);
        if (pairs == NULL) return NULL;
    }
    if (n < 0) {
        note(self, "negative");
        Py_XDECREF(pairs);
        return NULL;
    }
    if (n == 0) note(self, "none");
    if (self->hook == Py_None) return PyObject_CallNoArgs(items);
    result = PyObject_CallOneArg(self->hook, pairs);
    Py_DECREF(pairs);
    return result;
}

PyObject *asks_twice_of_another(reader *self, PyObject *items)
{
    PyObject *pairs = NULL, *result;
    if (self->hook != Py_None) {
        pairs = PyList_New(0);
        if (pairs == NULL) return NULL;
    }
    change(self);
    if (self->hook == Py_None) return PyObject_CallNoArgs(items); // expect: leak
    result = PyObject_CallOneArg(self->hook, pairs);              // expect: null-argument
    Py_XDECREF(pairs);
    return result;
}

/* What fails while a module comes up is lost once; what a refused call leaves behind is a habit that shows elsewhere. */
static struct PyModuleDef quiet_module = {PyModuleDef_HEAD_INIT, "quiet", NULL, -1, NULL, NULL, NULL, NULL, NULL};

PyObject *comes_up(void)
{
    PyObject *m = PyModule_Create(&quiet_module), *v;
    if (m == NULL) return NULL;
    v = PyLong_FromLong(1);
    if (v == NULL) return NULL; // low: leak-on-error
    if (PyModule_AddObject(m, "v", v) < 0) {
        Py_DECREF(m);
        return NULL; // expect: leak-on-error
    }
    return m;
}

/* What one call makes again and again is lost for one reason. */
int the_same_thrice(PyObject *dict)
{
    if (PyDict_SetItemString(dict, "a", PyLong_FromLong(1)) < 0) return -1; // expect: leak, unchecked-result
    if (PyDict_SetItemString(dict, "b", PyLong_FromLong(2)) < 0) return -1;
    return PyDict_SetItemString(dict, "c", PyLong_FromLong(3));
}

/* One body that fails without releasing what it was given. */
static PyObject *finish(PyObject *v)
{
    if (PyErr_CheckSignals() < 0) return NULL;
    return v;
}

PyObject *finishes(PyObject *o)
{
    PyObject *v = PyObject_Str(o);
    return v ? finish(v) : NULL; // expect: leak-on-error
}

PyObject *finishes_too(PyObject *o)
{
    PyObject *v = PyObject_Repr(o);
    return v ? finish(v) : NULL;
}

/* An element by its number is there. */
int third_is_true(PyObject *list)
{
    PyObject *v = PyList_GetItem(list, 2);
    return PyObject_IsTrue(v);
}

PyMethodDef quiet_methods[] = {
    {"forgets", forgets, METH_NOARGS, NULL},
    {"restores", restores, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
