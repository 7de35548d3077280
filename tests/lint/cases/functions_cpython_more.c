/* SPDX-License-Identifier: MIT
 *
 * Small functions of an extension: one that is wrong (b_) beside one that is right (g_).
 */
#include <Python.h>
typedef struct {
    PyObject_HEAD PyObject *a, *b;
    PyObject *weak;
    Py_ssize_t n;
} Node;
extern PyTypeObject Node_Type;
/* type_new / dealloc */
static PyObject *b_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    Node *self = (Node *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->a = PyList_New(0);
    if (!self->a) return NULL; // expect: leak-on-error
    return (PyObject *)self;
}
static PyObject *g_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    Node *self = (Node *)type->tp_alloc(type, 0);
    if (self != NULL) {
        self->a = PyUnicode_FromString("");
        if (self->a == NULL) {
            Py_DECREF(self);
            return NULL;
        }
        self->b = Py_NewRef(Py_None);
        self->n = 0;
    }
    return (PyObject *)self;
}
static void g_dealloc(Node *self)
{
    PyTypeObject *tp = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->a);
    Py_XDECREF(self->b);
    tp->tp_free((PyObject *)self);
    Py_DECREF(tp);
}
static PyObject *g_make_node(PyObject *self, PyObject *args)
{
    Node *n = PyObject_New(Node, &Node_Type);
    PyObject *x;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &x)) {
        Py_XDECREF(n);
        return NULL;
    }
    if (!n) return NULL;
    n->a = Py_NewRef(x);
    n->b = NULL;
    return (PyObject *)n;
}
/* weakrefs */
static PyObject *b_weak(PyObject *self, PyObject *ref)
{
    PyObject *o = PyWeakref_GetObject(ref);
    if (o == Py_None) {
        PyErr_SetString(PyExc_ReferenceError, "gone");
        return NULL;
    }
    return o; // expect: missing-incref
}
static PyObject *g_weak(PyObject *self, PyObject *ref)
{
    PyObject *o = PyWeakref_GetObject(ref);
    if (o == NULL) return NULL;
    if (o == Py_None) {
        PyErr_SetString(PyExc_ReferenceError, "gone");
        return NULL;
    }
    Py_INCREF(o);
    return o;
}
static PyObject *b_weak2(PyObject *self, PyObject *o)
{
    PyObject *w = PyWeakref_NewRef(o, NULL);
    if (!w) return NULL;
    PyObject *t = PyWeakref_GetObject(w);
    if (t == Py_None) Py_RETURN_NONE;
    return Py_NewRef(t); // expect: leak
}
/* iterators */
static PyObject *b_iter(PyObject *self, PyObject *arg)
{
    PyObject *it = PyObject_GetIter(arg), *x;
    long sum = 0;
    if (!it) return NULL;
    while ((x = PyIter_Next(it)) != NULL) {
        long v = PyLong_AsLong(x);
        if (v == -1 && PyErr_Occurred()) break;
        sum += v;
        Py_DECREF(x);
    }
    Py_DECREF(it);
    if (PyErr_Occurred()) return NULL;
    return PyLong_FromLong(sum); // expect: loop-exit-leak
}
static PyObject *g_iter(PyObject *self, PyObject *arg)
{
    PyObject *it = PyObject_GetIter(arg), *x;
    long sum = 0;
    if (!it) return NULL;
    while ((x = PyIter_Next(it)) != NULL) {
        long v = PyLong_AsLong(x);
        Py_DECREF(x);
        if (v == -1 && PyErr_Occurred()) break;
        sum += v;
    }
    Py_DECREF(it);
    if (PyErr_Occurred()) return NULL;
    return PyLong_FromLong(sum);
}
static int b_iter_cont(PyObject *arg)
{
    PyObject *it = PyObject_GetIter(arg), *x;
    int n = 0;
    if (!it) return -1;
    while ((x = PyIter_Next(it))) { // expect: loop-exit-leak
        if (!PyUnicode_Check(x)) continue;
        n++;
        Py_DECREF(x);
    }
    Py_DECREF(it);
    return PyErr_Occurred() ? -1 : n;
}
static int b_iter_ret(PyObject *arg)
{
    PyObject *it = PyObject_GetIter(arg), *x;
    if (!it) return -1;
    while ((x = PyIter_Next(it))) {
        if (x == Py_None) {
            Py_DECREF(x);
            return 1; // expect: leak
        }
        Py_DECREF(x);
    }
    Py_DECREF(it);
    return PyErr_Occurred() ? -1 : 0;
}
/* dict iteration */
static PyObject *b_dict(PyObject *self, PyObject *d)
{
    PyObject *k, *v, *out = PyList_New(0);
    Py_ssize_t pos = 0;
    if (!out) return NULL;
    while (PyDict_Next(d, &pos, &k, &v)) {
        PyObject *t = PyTuple_Pack(2, k, v);
        if (!t || PyList_Append(out, t) < 0) {
            Py_XDECREF(t);
            Py_DECREF(out);
            return NULL;
        }
        Py_DECREF(t);
        Py_DECREF(k); // expect: over-release
    }
    return out;
}
static PyObject *g_dict(PyObject *self, PyObject *d)
{
    PyObject *k, *v, *out = PyList_New(0);
    Py_ssize_t pos = 0;
    if (!out) return NULL;
    while (PyDict_Next(d, &pos, &k, &v)) {
        PyObject *t = PyTuple_Pack(2, k, v);
        if (!t || PyList_Append(out, t) < 0) {
            Py_XDECREF(t);
            Py_DECREF(out);
            return NULL;
        }
        Py_DECREF(t);
    }
    return out;
}
static int b_dict_set(PyObject *d)
{
    return PyDict_SetItemString(d, "n", PyLong_FromLong(1)); // expect: leak, unchecked-result
}
static int g_dict_set(PyObject *d)
{
    PyObject *o = PyLong_FromLong(1);
    int rc;
    if (o == NULL) return -1;
    rc = PyDict_SetItemString(d, "n", o);
    Py_DECREF(o);
    return rc;
}
/* tables */
static PyObject *ErrA, *ErrB;
static struct {
    const char *name;
    PyObject **slot;
} errors[] = {{"m.A", &ErrA}, {"m.B", &ErrB}, {NULL, NULL}};
static int g_errors(PyObject *m)
{
    for (int i = 0; errors[i].name; i++) {
        PyObject *e = PyErr_NewException(errors[i].name, NULL, NULL);
        if (!e) return -1;
        *errors[i].slot = e;
        Py_INCREF(e);
        if (PyModule_AddObject(m, errors[i].name + 2, e) < 0) {
            Py_DECREF(e);
            return -1;
        }
    }
    return 0;
}
/* truth and comparison */
static int b_truth(PyObject *o)
{
    if (PyObject_GetAttrString(o, "x")) return 1; // expect: leak
    PyErr_Clear();
    return 0;
}
static int b_truth2(PyObject *o)
{
    return PyObject_IsTrue(PyObject_CallMethod(o, "ready", NULL)); // expect: leak, unchecked-result
}
static int g_truth2(PyObject *o)
{
    PyObject *r = PyObject_CallMethod(o, "ready", NULL);
    if (r == NULL) return -1;
    int t = PyObject_IsTrue(r);
    Py_DECREF(r);
    return t;
}
static int b_drop(PyObject *o)
{
    PyObject_CallMethod(o, "close", NULL); // expect: leak
    return 0;
}
static PyObject *b_helper_ret(PyObject *self, PyObject *o)
{
    return PySequence_List(PyObject_GetAttrString(o, "items")); // expect: leak
}
/* errors */
static PyObject *b_err(PyObject *self, PyObject *o)
{
    if (!PyList_Check(o)) return NULL; // expect: error-not-set
    return PyLong_FromSsize_t(PyList_GET_SIZE(o));
}
static PyObject *g_err(PyObject *self, PyObject *o)
{
    Py_ssize_t n = PyObject_Size(o);
    if (n < 0) return NULL;
    if (n > 10) return PyErr_Format(PyExc_ValueError, "%zd", n);
    return PyLong_FromSsize_t(n);
}
static PyObject *b_unchecked(PyObject *self, PyObject *o)
{
    PyObject *l = PyList_New(1);
    PyList_SET_ITEM(l, 0, Py_NewRef(o)); // expect: unchecked-result
    return l;
}
static PyObject *b_nullarg(PyObject *self, PyObject *o)
{
    PyObject *l = NULL;
    if (o == Py_None) l = PyList_New(0);
    if (l == NULL) Py_DECREF(l); // expect: null-argument
    return Py_NewRef(o);         // expect: leak
}
/* use after */
static PyObject *b_uar(PyObject *self, PyObject *o)
{
    PyObject *s = PyObject_Str(o);
    if (!s) return NULL;
    const char *t = PyUnicode_AsUTF8(s);
    Py_DECREF(s);
    if (!t) return NULL;
    return PyBytes_FromString(t); // expect: use-after-release
}
static PyObject *g_uar(PyObject *self, PyObject *o)
{
    PyObject *s = PyObject_Str(o), *r = NULL;
    if (!s) return NULL;
    const char *t = PyUnicode_AsUTF8(s);
    if (t) r = PyBytes_FromString(t);
    Py_DECREF(s);
    return r;
}
static PyObject *b_double(PyObject *self, PyObject *o)
{
    PyObject *s = PyObject_Str(o), *r;
    if (!s) return NULL;
    r = PyObject_Repr(s);
    if (!r) {
        Py_DECREF(s);
        goto fail;
    }
    Py_DECREF(s);
    return r;
fail:
    Py_DECREF(s); // expect: over-release
    return NULL;
}
static PyObject *b_overwrite(PyObject *self, PyObject *o)
{
    PyObject *r = PyUnicode_FromString("a");
    if (!r) return NULL;
    if (PyList_Check(o)) r = PyUnicode_FromString("b"); // expect: overwrite-leak
    return r;
}
static PyObject *g_overwrite(PyObject *self, PyObject *o)
{
    PyObject *r = PyUnicode_FromString("a");
    if (!r) return NULL;
    if (PyList_Check(o)) {
        Py_DECREF(r);
        r = PyUnicode_FromString("b");
    }
    return r;
}
static PyObject *b_none(PyObject *self, PyObject *o)
{
    if (PyList_Reverse(o) < 0) return NULL;
    return Py_None; // expect: missing-incref
}
static PyObject *g_concat(PyObject *self, PyObject *o)
{
    PyObject *s = PyUnicode_FromString("a");
    PyUnicode_Append(&s, o);
    PyUnicode_AppendAndDel(&s, PyObject_Repr(o));
    return s;
}
static PyObject *g_fetch(PyObject *self, PyObject *o)
{
    PyObject *t, *v, *tb, *r;
    r = PyObject_Repr(o);
    if (r) return r;
    PyErr_Fetch(&t, &v, &tb);
    PyErr_NormalizeException(&t, &v, &tb);
    Py_XDECREF(tb);
    Py_XDECREF(t);
    if (!v) Py_RETURN_NONE;
    return v;
}
static PyObject *b_fetch(PyObject *self, PyObject *o)
{
    PyObject *t, *v, *tb, *r;
    r = PyObject_Repr(o);
    if (r) return r;
    PyErr_Fetch(&t, &v, &tb);
    Py_XDECREF(v);
    Py_XDECREF(t);
    Py_RETURN_NONE; // expect: leak
}
static PyObject *g_correlated(PyObject *self, PyObject *args)
{
    PyObject *src, *tmp = NULL;
    int wrap = 0;
    if (!PyArg_ParseTuple(args, "O|p", &src, &wrap)) return NULL;
    if (wrap && !(tmp = PyTuple_Pack(1, src))) return NULL;
    PyObject *r = PyObject_Repr(wrap ? tmp : src);
    if (wrap) Py_DECREF(tmp);
    return r;
}
static PyObject *g_swap(Node *self, PyObject *v)
{
    PyObject *old = self->a;
    self->a = Py_NewRef(v);
    if (old) return old;
    Py_RETURN_NONE;
}
static PyObject *g_pop(Node *self, PyObject *u)
{
    PyObject *r = self->a;
    if (!r) {
        PyErr_SetNone(PyExc_IndexError);
        return NULL;
    }
    self->a = NULL;
    return r;
}
static PyObject *b_ret_field(Node *self, PyObject *u)
{
    return self->a; // expect: missing-incref
}
static PyObject *g_getref(PyObject *self, PyObject *d)
{
    PyObject *v;
    if (PyObject_HasAttrString(d, "x")) {
        v = PyObject_GetAttrString(d, "x");
    } else {
        v = Py_None;
        Py_INCREF(v);
    }
    return v;
}
static int g_static_cache(void)
{
    static PyObject *cache;
    if (cache == NULL) cache = PyUnicode_InternFromString("n");
    return cache ? 0 : -1;
}
static PyObject *g_vector(PyObject *self, PyObject *const *args, Py_ssize_t n)
{
    PyObject *stack[4];
    Py_ssize_t i;
    if (n > 3) {
        PyErr_SetString(PyExc_TypeError, "n");
        return NULL;
    }
    stack[0] = self;
    for (i = 0; i < n; i++) stack[i + 1] = args[i];
    return PyObject_Vectorcall(stack[0], stack + 1, n, NULL);
}
static PyMethodDef m[] = {{"b_nullarg", b_nullarg, METH_O, ""},
                          {"b_ret_field", (PyCFunction)b_ret_field, METH_NOARGS, ""},
                          {"b_err", b_err, METH_O, ""},
                          {NULL, NULL, 0, NULL}};
