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
