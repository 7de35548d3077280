/* SPDX-License-Identifier: MIT
 *
 * Attributes of cpychecker, as headers map them to annotate, are contracts.
 */
#include <Python.h>

#define BORROWED    __attribute__((annotate("cpychecker_returns_borrowed_ref")))
#define STEALS(n)   __attribute__((annotate("cpychecker_steals_reference_to_arg:" #n)))
#define SETS        __attribute__((annotate("cpychecker_sets_exception")))
#define SETS_IF_NEG __attribute__((annotate("cpychecker_negative_result_sets_exception")))

PyObject *lookup(PyObject *table, int n) BORROWED;
int store(PyObject *table, PyObject *value) STEALS(2);
void complain(const char *text) SETS;
int check(PyObject *o) SETS_IF_NEG;

PyObject *good(PyObject *table)
{
    PyObject *found = lookup(table, 1);
    if (found) {
        Py_INCREF(found);
        return found;
    }
    complain("not there");
    return NULL;
}

static PyObject *bad(PyObject *table, PyObject *args)
{
    PyObject *found = lookup(table, 1);
    return found; // expect: missing-incref
}

static PyObject *stolen(PyObject *table, PyObject *args)
{
    PyObject *value = PyLong_FromLong(1);
    if (!value) return NULL;
    if (store(table, value) < 0) return NULL;
    Py_RETURN_NONE;
}

static PyObject *run(PyObject *self, PyObject *o)
{
    if (check(o) < 0) return NULL;
    if (o == self) {
        complain("itself");
        return NULL;
    }
    Py_RETURN_NONE;
}

PyMethodDef methods[] = {
    {"run", run, METH_O, NULL},
    {"bad", bad, METH_VARARGS, NULL},
    {"stolen", stolen, METH_VARARGS, NULL},
    {NULL},
};
