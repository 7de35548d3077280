/* SPDX-License-Identifier: MIT
 *
 * ledger: a small account book for Python. Lines such as "2024-03-01;rent;-700" become (date, account, amount) tuples;
 * a Book keeps the entries, the total of each account, and tells a callback of every new entry.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <stddef.h>
#include <string.h>

typedef struct {
    PyObject_HEAD
    PyObject *entries;  /* list of tuples                     */
    PyObject *totals;   /* dict: account to float             */
    PyObject *on_entry; /* called with each entry, or NULL    */
} Book;

/* ---- lines ----------------------------------------------------------------------------------------------------- */

/* The next field of a line up to a semicolon or the end; `*at` moves behind it. */
static PyObject *next_field(const char **at)
{
    size_t length = strcspn(*at, ";");
    PyObject *field = PyUnicode_FromStringAndSize(*at, (Py_ssize_t)length);

    *at += length + ((*at)[length] == ';');
    return field;
}

static PyObject *next_amount(const char **at)
{
    PyObject *text = next_field(at), *amount;

    if (text == NULL)
        return NULL;
    amount = PyFloat_FromString(text);
    Py_DECREF(text);
    return amount;
}

static PyObject *parse_line(const char *line)
{
    PyObject *date, *account, *amount, *entry;

    date = next_field(&line);
    if (date == NULL)
        return NULL;
    account = next_field(&line);
    if (account == NULL) {
        Py_DECREF(date);
        return NULL;
    }
    if (PyUnicode_GetLength(account) == 0) {
        PyErr_SetString(PyExc_ValueError, "an entry without an account");
        Py_DECREF(account);
        Py_DECREF(date);
        return NULL;
    }
    amount = next_amount(&line);
    if (amount == NULL) {
        Py_DECREF(account);
        Py_DECREF(date);
        return NULL;
    }
    entry = PyTuple_New(3);
    if (entry == NULL) {
        Py_DECREF(amount);
        Py_DECREF(account);
        Py_DECREF(date);
        return NULL;
    }
    PyTuple_SET_ITEM(entry, 0, date);
    PyTuple_SET_ITEM(entry, 1, account);
    PyTuple_SET_ITEM(entry, 2, amount);
    return entry;
}

static PyObject *ledger_parse(PyObject *module, PyObject *args)
{
    const char *line;

    (void)module;
    if (!PyArg_ParseTuple(args, "s:parse", &line))
        return NULL;
    return parse_line(line);
}

/* ---- books ------------------------------------------------------------------------------------------------------ */

/* Adds the amount of an entry to the total of its account. */
static int add_to_total(Book *self, PyObject *entry)
{
    PyObject *account = PyTuple_GET_ITEM(entry, 1);
    PyObject *amount = PyTuple_GET_ITEM(entry, 2);
    PyObject *before, *after;
    int status;

    before = PyDict_GetItemWithError(self->totals, account);
    if (before == NULL) {
        if (PyErr_Occurred())
            return -1;
        return PyDict_SetItem(self->totals, account, amount);
    }
    after = PyNumber_Add(before, amount);
    if (after == NULL)
        return -1;
    status = PyDict_SetItem(self->totals, account, after);
    Py_DECREF(after);
    return status;
}

static int add_entry(Book *self, PyObject *entry)
{
    PyObject *answer;

    if (PyList_Append(self->entries, entry) < 0)
        return -1;
    if (add_to_total(self, entry) < 0)
        return -1;
    if (self->on_entry == NULL)
        return 0;
    answer = PyObject_CallFunctionObjArgs(self->on_entry, entry, NULL);
    if (answer == NULL)
        return -1;
    Py_DECREF(answer);
    return 0;
}

static PyObject *book_add(Book *self, PyObject *args)
{
    const char *line;
    PyObject *entry;
    int status;

    if (!PyArg_ParseTuple(args, "s:add", &line))
        return NULL;
    entry = parse_line(line);
    if (entry == NULL)
        return NULL;
    status = add_entry(self, entry);
    Py_DECREF(entry);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* Adds every line of an iterable; says how many there were. */
static PyObject *book_extend(Book *self, PyObject *lines)
{
    PyObject *iterator, *item, *entry;
    Py_ssize_t added = 0;
    const char *line;
    int status;

    iterator = PyObject_GetIter(lines);
    if (iterator == NULL)
        return NULL;
    while ((item = PyIter_Next(iterator)) != NULL) {
        line = PyUnicode_AsUTF8(item);
        entry = line ? parse_line(line) : NULL;
        Py_DECREF(item);
        if (entry == NULL) {
            Py_DECREF(iterator);
            return NULL;
        }
        status = add_entry(self, entry);
        Py_DECREF(entry);
        if (status < 0) {
            Py_DECREF(iterator);
            return NULL;
        }
        added++;
    }
    Py_DECREF(iterator);
    if (PyErr_Occurred())
        return NULL;
    return PyLong_FromSsize_t(added);
}

static PyObject *book_total(Book *self, PyObject *account)
{
    PyObject *total = PyDict_GetItemWithError(self->totals, account);

    if (total == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetObject(PyExc_KeyError, account);
        return NULL;
    }
    Py_INCREF(total);
    return total;
}

/* A list of "account: total" lines, sorted by account. */
static PyObject *book_report(Book *self, PyObject *unused)
{
    PyObject *totals, *report, *line, *item;
    Py_ssize_t i, n;

    (void)unused;
    totals = PyDict_Items(self->totals);
    if (totals == NULL)
        return NULL;
    if (PyList_Sort(totals) < 0)
        goto fail_totals;
    n = PyList_GET_SIZE(totals);
    report = PyList_New(n);
    if (report == NULL)
        goto fail_totals;
    for (i = 0; i < n; i++) {
        item = PyList_GET_ITEM(totals, i);
        line = PyUnicode_FromFormat("%U: %R", PyTuple_GET_ITEM(item, 0), PyTuple_GET_ITEM(item, 1));
        if (line == NULL)
            goto fail_report;
        PyList_SET_ITEM(report, i, line);
    }
    Py_DECREF(totals);
    return report;
fail_report:
    Py_DECREF(report);
fail_totals:
    Py_DECREF(totals);
    return NULL;
}

static Py_ssize_t book_length(Book *self)
{
    return PyList_GET_SIZE(self->entries);
}

static PyObject *book_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    static char *names[] = {"on_entry", NULL};
    PyObject *on_entry = NULL;
    Book *self;

    if (!PyArg_ParseTupleAndKeywords(args, keywords, "|O:Book", names, &on_entry))
        return NULL;
    if (on_entry == Py_None)
        on_entry = NULL;
    if (on_entry != NULL && !PyCallable_Check(on_entry)) {
        PyErr_SetString(PyExc_TypeError, "on_entry is not callable");
        return NULL;
    }
    self = (Book *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    Py_XINCREF(on_entry);
    self->on_entry = on_entry;
    self->entries = PyList_New(0);
    self->totals = PyDict_New();
    if (self->entries == NULL || self->totals == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static int book_traverse(Book *self, visitproc visit, void *arg)
{
    Py_VISIT(self->entries);
    Py_VISIT(self->totals);
    Py_VISIT(self->on_entry);
    return 0;
}

static int book_clear(Book *self)
{
    Py_CLEAR(self->entries);
    Py_CLEAR(self->totals);
    Py_CLEAR(self->on_entry);
    return 0;
}

static void book_dealloc(Book *self)
{
    PyObject_GC_UnTrack(self);
    book_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef book_methods[] = {
    {"add", (PyCFunction)book_add, METH_VARARGS, "add(line): one more entry"},
    {"extend", (PyCFunction)book_extend, METH_O, "extend(lines): entries from an iterable; how many"},
    {"total", (PyCFunction)book_total, METH_O, "total(account): the sum of its amounts"},
    {"report", (PyCFunction)book_report, METH_NOARGS, "report(): a line for each account"},
    {NULL, NULL, 0, NULL},
};

static PySequenceMethods book_as_sequence = {
    .sq_length = (lenfunc)book_length,
};

static PyTypeObject BookType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "ledger.Book",
    .tp_basicsize = sizeof(Book),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "Book(on_entry=None): entries and the total of each account",
    .tp_new = book_new,
    .tp_dealloc = (destructor)book_dealloc,
    .tp_traverse = (traverseproc)book_traverse,
    .tp_clear = (inquiry)book_clear,
    .tp_methods = book_methods,
    .tp_as_sequence = &book_as_sequence,
};

/* ---- module ------------------------------------------------------------------------------------------------------ */

static PyMethodDef ledger_methods[] = {
    {"parse", ledger_parse, METH_VARARGS, "parse(line): a (date, account, amount) tuple"},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef ledger_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "ledger",
    .m_doc = "A small account book.",
    .m_size = -1,
    .m_methods = ledger_methods,
};

PyMODINIT_FUNC PyInit_ledger(void)
{
    PyObject *module;

    if (PyType_Ready(&BookType) < 0)
        return NULL;
    module = PyModule_Create(&ledger_module);
    if (module == NULL)
        return NULL;
    Py_INCREF(&BookType);
    if (PyModule_AddObject(module, "Book", (PyObject *)&BookType) < 0) {
        Py_DECREF(&BookType);
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
