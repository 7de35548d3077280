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

/* ---- what is said once ------------------------------------------------------------------------------------------------ */

/* One exit that forgets two objects is one finding. */
PyObject *forgets_two(PyObject *item)
{
    PyObject *one = PyObject_Str(item);
    if (!one) return NULL;
    PyObject *other = PyObject_Repr(item);
    if (!other) goto failed;
    PyObject *both = PyObject_CallFunctionObjArgs(item, one, other, NULL);
    if (!both) return NULL; /* expect: leak-on-error */
    Py_DECREF(other);
    Py_DECREF(one);
    return both;
failed:
    Py_DECREF(one);
    return NULL;
}

/* A mark that only callers in C pass says what they are lent. */
static PyObject *check_open(PyObject *self, PyObject *args)
{
    if (PyObject_IsTrue(self) < 0) return NULL;
    if (args == Py_True) return Py_None; /* medium: missing-incref */
    Py_RETURN_NONE;
}

int is_open(PyObject *self)
{
    return check_open(self, Py_True) != NULL;
}

static PyMethodDef methods[] = {{"check_open", check_open, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *all_methods = methods;

/* ---- the same place by two names --------------------------------------------------------------------------------------- */
typedef struct module_state {
    PyObject *index;
} module_state;

static module_state *state_of(PyObject *module)
{
    return PyModule_GetState(module);
}

PyObject *index_of(PyObject *module)
{
    Py_INCREF(state_of(module)->index);
    return state_of(module)->index;
}

PyObject *call_index(PyObject *module)
{
    PyObject *index = index_of(module);
    PyObject *result = PyObject_CallNoArgs(index);
    Py_DECREF(index);
    return result;
}

/* ---- numbers without a sign -------------------------------------------------------------------------------------------- */
void fill_in(const char **text, size_t *n);

size_t never_empty(void)
{
    const char *text = NULL;
    size_t n, length = 0;
    fill_in(&text, &n);
    if (n == 0) return 0;
    PyObject *last = NULL;
    for (size_t i = 0; i < n; i++) {
        Py_XDECREF(last);
        last = PyUnicode_FromString(text);
        if (!last) return 0;
    }
    length = (size_t)PyUnicode_GetLength(last);
    Py_DECREF(last);
    return length;
}

/* What cannot be is not worth an exception. */
PyObject *compare(PyObject *a, PyObject *b, int op)
{
    switch (op) {
    case Py_EQ: return PyBool_FromLong(a == b);
    case Py_NE: return PyBool_FromLong(a != b);
    case Py_LT:
    case Py_LE:
    case Py_GT:
    case Py_GE: Py_RETURN_NOTIMPLEMENTED;
    default: return NULL;
    }
}

PyTypeObject compared = {PyVarObject_HEAD_INIT(NULL, 0).tp_name = "compared", .tp_richcompare = compare};

/* The bytes of what is open go somewhere, and are released there. */
int keep_open(PyObject *o, void *place)
{
    Py_buffer view;
    if (PyObject_GetBuffer(o, &view, PyBUF_SIMPLE) < 0) return -1;
    memcpy(place, &view, sizeof view);
    return 0;
}

/* ---- variables that a call writes through their address ---------------------------------------------------------------- */
int is_text(PyObject *o)
{
    char *text = NULL;
    Py_ssize_t length = 0;
    if (PyBytes_AsStringAndSize(o, &text, &length) < 0) return -1;
    return strcmp(text, "text") == 0;
}

PyObject *tail_of(PyObject *o)
{
    Py_ssize_t length = 0;
    const char *text = PyUnicode_AsUTF8AndSize(o, &length);
    if (!text) return NULL;
    PyObject *copy = PyBytes_FromString(text);
    if (!copy) return NULL;
    if (length > 3) return PyBytes_FromString(text + 3); /* expect: leak */
    return copy;
}

/* NULL of what is no object is a failure as well. */
static PyObject *open_capsule(PyObject *self, PyObject *capsule)
{
    void *inside = PyCapsule_GetPointer(capsule, "inside");
    if (inside == NULL) return NULL;
    return PyLong_FromVoidPtr(inside);
}

static PyMethodDef more[] = {{"open_capsule", open_capsule, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *more_methods = more;
