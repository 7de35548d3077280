/* SPDX-License-Identifier: MIT
 *
 * How sure a finding is by how likely its path is: high where an ordinary run may meet it, medium where memory has to
 * run out first or the caller may know better, low where it is lost once, or in an assertion.
 */
#include <Python.h>
#include <assert.h>

PyObject *lost_where_memory_runs_out(PyObject *item)
{
    PyObject *list = PyList_New(0);
    if (!list) return NULL;
    PyObject *number = PyLong_FromLong(1000);
    if (!number) return NULL; /* medium: leak-on-error */
    PyObject *both = PyTuple_Pack(2, list, number);
    Py_DECREF(list);
    Py_DECREF(number);
    return both;
}

/* The same end, reached by a failure of the item's own code as well. */
PyObject *lost_where_code_fails(PyObject *item)
{
    PyObject *number = PyLong_FromLong(1000), *text = NULL;
    if (!number) goto failed;
    text = PyObject_Repr(item);
    if (!text) goto failed;
    PyObject *both = PyTuple_Pack(2, number, text);
    Py_DECREF(number);
    Py_DECREF(text);
    return both;
failed:
    Py_XDECREF(text);
    return NULL; /* expect: leak-on-error */
}

/* A body that fails only where memory has run out is such a call itself. */
static PyObject *make_pair(void)
{
    PyObject *pair = PyTuple_New(2);
    if (pair == NULL) return NULL;
    Py_INCREF(Py_None);
    PyTuple_SET_ITEM(pair, 0, Py_None);
    Py_INCREF(Py_None);
    PyTuple_SET_ITEM(pair, 1, Py_None);
    return pair;
}

PyObject *lost_behind_a_body(PyObject *item)
{
    PyObject *text = PyObject_Str(item);
    if (!text) return NULL;
    PyObject *pair = make_pair();
    if (!pair) return NULL; /* medium: leak-on-error */
    PyTuple_SetItem(pair, 0, text);
    return pair;
}

char *lost_where_it_says_so(PyObject *item, size_t size)
{
    PyObject *text = PyObject_Str(item);
    if (!text) return NULL;
    if (size > 1000000) {
        PyErr_NoMemory();
        return NULL; /* medium: leak-on-error */
    }
    Py_DECREF(text);
    return "";
}

PyObject *a_text_in_the_source(PyObject *item)
{
    PyObject *text = PyObject_Str(item);
    if (!text) return NULL;
    PyObject *mark = PyUnicode_FromString("mark");
    if (!mark) return NULL; /* medium: leak-on-error */
    PyObject *both = PyUnicode_Concat(text, mark);
    Py_DECREF(mark);
    Py_DECREF(text);
    return both;
}

PyObject *unchecked_new(void)
{
    PyObject *list = PyList_New(1);
    PyList_SET_ITEM(list, 0, PyLong_FromLong(1000)); /* medium: unchecked-result */
    return list;
}

Py_ssize_t unchecked_lookup(PyObject *o)
{
    PyObject *found = PyObject_GetAttrString(o, "size");
    Py_ssize_t n = PyLong_AsSsize_t(found);
    Py_DECREF(found); /* expect: unchecked-result */
    return n;
}

/* Every way to fail is one that the caller may have ruled out. */
static PyObject *pop(PyObject *list)
{
    Py_ssize_t n = PyList_GET_SIZE(list);
    if (n == 0) {
        PyErr_SetString(PyExc_IndexError, "empty");
        return NULL;
    }
    PyObject *last = PyList_GET_ITEM(list, n - 1);
    Py_INCREF(last);
    return last;
}

void drop_last(PyObject *list)
{
    if (PyList_GET_SIZE(list) < 3) return;
    PyObject *last = pop(list);
    Py_DECREF(last); /* medium: unchecked-result */
}

int asserted(PyTypeObject *type)
{
    PyObject *name = PyObject_GetAttrString((PyObject *)type, "__name__");
    assert(PyUnicode_GetLength(name) == 3); /* low: unchecked-result */
    Py_XDECREF(name);
    return 0;
}

/* What was looked up is most often still held by where it was found. */
void raise_own(PyObject *module, PyObject *what)
{
    PyObject *type = PyObject_GetAttrString(module, "Error");
    if (type == NULL) return;
    Py_DECREF(type);
    PyErr_SetObject(type, what); /* medium: use-after-release */
}

/* ---- what runs once -------------------------------------------------------------------------------------------------- */
static PyObject *cached;

static int fill(void)
{
    PyObject *module = PyImport_ImportModule("json");
    if (module == NULL) return -1;
    cached = PyObject_GetAttrString(module, "loads");
    return cached ? 0 : -1; /* medium: leak */
}

static int add_numbers(PyObject *m)
{
    PyObject *numbers = PyDict_New();
    if (numbers == NULL) return -1;
    if (PyObject_SetAttrString(m, "numbers", numbers) < 0) return -1; /* low: leak-on-error */
    Py_DECREF(numbers);
    return 0;
}

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "once", NULL, -1, NULL};

PyMODINIT_FUNC PyInit_once(void)
{
    PyObject *m = PyModule_Create(&definition);
    if (m == NULL) return NULL;
    if (add_numbers(m) < 0 || fill() < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}

/* ---- what the code takes for granted --------------------------------------------------------------------------------- */
typedef struct reader {
    PyObject_HEAD
    PyObject *hook;
    int mode;
} reader;

int use(PyObject *o);

/* Some call may have changed the field; that it has not is what the code takes for granted. */
int same_question_twice(reader *r)
{
    PyObject *list = NULL;
    if (r->mode == 2) list = PySequence_List(r->hook);
    if (r->mode == 2 && list == NULL) return -1;
    use((PyObject *)r);
    if (r->mode == 2) Py_DECREF(list); /* low: null-argument */
    return 0; /* low: leak */
}

/* Nobody else asks for the parts of what goes away here, but by the name that the interpreter's headers have for them. */
void end_function(PyObject *m)
{
    PyObject_GC_UnTrack(m);
    Py_XDECREF(PyCFunction_GET_SELF(m));
    PyObject_GC_Del(m);
}
