/* SPDX-License-Identifier: MIT
 *
 * Formats that disagree with what follows them.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

int narrow(PyObject *args)
{
    int n;
    if (!PyArg_ParseTuple(args, "n", &n)) return -1; // expect: format-mismatch
    return n;
}

int by_value(PyObject *args)
{
    double d = 0;
    if (!PyArg_ParseTuple(args, "d", d)) return -1; // expect: format-mismatch
    return 0;
}

int too_few(PyObject *args)
{
    PyObject *a, *b = NULL;
    if (!PyArg_ParseTuple(args, "O|Oi:too_few", &a, &b)) return -1; // expect: format-mismatch
    return b != NULL;
}

int no_length(PyObject *args)
{
    const char *s;
    if (!PyArg_ParseTuple(args, "s#", &s)) return -1; // expect: format-mismatch
    return *s;
}

int keyword(PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"on", NULL};
    char on = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|p", names, &on)) return -1; // expect: format-mismatch
    return on;
}

PyObject *number(long n) { return Py_BuildValue("i", n); }         // expect: format-mismatch
PyObject *text(double d) { return Py_BuildValue("(sO)", "x", d); } // expect: format-mismatch
PyObject *more(int a, int b) { return Py_BuildValue("i", a, b); }  // expect: format-mismatch
PyObject *letter(int a) { return Py_BuildValue("q", a); }          // expect: format-mismatch

PyObject *unpacked(PyObject *self, PyObject *args)
{
    PyObject *a, *b = NULL;
    if (!PyArg_UnpackTuple(args, "unpacked", 1, 3, &a, &b)) return NULL; // expect: format-mismatch
    return PyTuple_Pack(3, a, args); // expect: format-mismatch
}

PyObject *called(PyObject *self, PyObject *o)
{
    return PyObject_CallFunctionObjArgs(self, o); // expect: format-mismatch
}

PyObject *called_with_text(PyObject *self, PyObject *name)
{
    return PyObject_CallMethodObjArgs(self, name, "text", NULL); // expect: format-mismatch
}

static PyObject *keywords_missing(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"a", "b", NULL};
    PyObject *a, *b = NULL, *c = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O$O:f", names, &a, &b, &c)) return NULL; // expect: format-mismatch
    Py_RETURN_NONE;
}

static PyObject *short_length(PyObject *self, PyObject *args)
{
    const char *s;
    int n;
    if (!PyArg_ParseTuple(args, "s#", &s, &n)) return NULL; // expect: format-mismatch
    return PyLong_FromLong(n);
}

extern int to_size(PyObject *, Py_ssize_t *);
extern int lone(PyObject *);

static PyObject *converters(PyObject *self, PyObject *args)
{
    int n;
    if (!PyArg_ParseTuple(args, "O&", to_size, &n)) return NULL; // expect: format-mismatch
    if (!PyArg_ParseTuple(args, "O&", lone, &n)) return NULL;    // expect: format-mismatch
    if (!PyArg_ParseTuple(args, "O&", 42, &n)) return NULL;      // expect: format-mismatch
    Py_RETURN_NONE;
}

static PyObject *two(PyObject *self, PyObject *args)
{
    Py_RETURN_NONE;
}

PyMethodDef methods[] = {
    {"keywords", (PyCFunction)keywords_missing, METH_VARARGS, NULL}, // expect: format-mismatch
    {"short_length", (PyCFunction)short_length, METH_VARARGS | METH_KEYWORDS, NULL}, // expect: format-mismatch
    {"converters", (PyCFunction)converters, METH_FASTCALL, NULL}, // expect: format-mismatch
    {"two", two, METH_O | METH_STATIC, NULL},
    {NULL},
};
