/* SPDX-License-Identifier: MIT
 *
 * Formats that agree with what follows them.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static int convert(PyObject *o, void *to) { return (*(long *)to = PyLong_AsLong(o)) != -1; }

Py_ssize_t every(PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", NULL};
    PyObject *a, *list;
    const char *s;
    char *encoded = NULL;
    Py_ssize_t length, n = 0;
    long converted, l;
    unsigned short h;
    unsigned char b;
    float f;
    double d;
    int on = 0;
    Py_buffer view;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OO!s#nO&lHp|d:every", names, &a, &PyList_Type, &list, &s, &length,
                                     &n, convert, &converted, &l, &h, &on, &d))
        return -1;
    if (!PyArg_ParseTuple(args, "(Bf)esy*;two", &b, &f, "utf-8", &encoded, &view)) return -1;
    PyMem_Free(encoded);
    PyBuffer_Release(&view);
    return n + length;
}

PyObject *values(PyObject *o, short small, char c)
{
    Py_ssize_t n = 3;
    return Py_BuildValue("{s:i,s:(nd),s:[OO]}s#hcL", "a", 1, "b", n, 2.5, "c", o, Py_None, "text", n, small, c,
                         (long long)small);
}

PyObject *call(PyObject *o, const char *format) { return PyObject_CallFunction(o, format, 1); }
PyObject *none(PyObject *o) { return PyObject_CallMethod(o, "close", NULL); }
PyObject *habit(PyObject *o, int n) { return PyObject_CallFunction(o, "Oi", o, n, NULL); }

PyObject *unpacked(PyObject *self, PyObject *args)
{
    PyObject *a, *b = NULL;
    if (!PyArg_UnpackTuple(args, "unpacked", 1, 2, &a, &b)) return NULL;
    return b ? PyTuple_Pack(2, a, b) : PyTuple_Pack(1, a);
}

PyObject *called(PyObject *self, PyObject *name)
{
    if (name) return PyObject_CallMethodObjArgs(self, name, name, NULL);
    return PyObject_CallFunctionObjArgs(self, self, (PyObject *)0);
}

static PyObject *keywords(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"a", "b", "", NULL};
    PyObject *a, *b = NULL;
    int x, y;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|(ii)O:f", names, &a, &x, &y, &b)) return NULL;
    Py_RETURN_NONE;
}

extern int to_int(PyObject *, void *);

static PyObject *converter(PyObject *self, PyObject *args)
{
    int n;
    if (!PyArg_ParseTuple(args, "O&", to_int, &n)) return NULL;
    Py_RETURN_NONE;
}

static PyObject *nothing(PyObject *self)
{
    Py_RETURN_NONE;
}

PyMethodDef methods[] = {
    {"keywords", (PyCFunction)(void (*)(void))keywords, METH_VARARGS | METH_KEYWORDS, NULL},
    {"converter", converter, METH_VARARGS | METH_CLASS, NULL},
    {"nothing", (PyCFunction)nothing, METH_NOARGS, NULL},
    {NULL},
};
