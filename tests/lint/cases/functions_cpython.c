/* SPDX-License-Identifier: MIT
 *
 * Small functions of an extension: one that is wrong (b_) beside one that is right (g_).
 */
#include <Python.h>
/* goto ladders */
static PyObject *b_ladder1(PyObject *self, PyObject *args)
{
    PyObject *a = NULL, *b = NULL, *r = NULL;
    a = PyList_New(0);
    if (!a) goto done;
    b = PyDict_New();
    if (!b) goto done;
    if (PyList_Append(a, b) < 0) goto done;
    r = PyTuple_Pack(2, a, b);
done:
    Py_XDECREF(a);
    return r; // expect: leak
}
static PyObject *g_ladder1(PyObject *self, PyObject *args)
{
    PyObject *a = NULL, *b = NULL, *r = NULL;
    a = PyList_New(0);
    if (!a) goto done;
    b = PyDict_New();
    if (!b) goto done;
    if (PyList_Append(a, b) < 0) goto done;
    r = PyTuple_Pack(2, a, b);
done:
    Py_XDECREF(a);
    Py_XDECREF(b);
    return r;
}
static PyObject *b_ladder2(PyObject *self, PyObject *args)
{
    PyObject *name, *mod;
    if (!PyArg_ParseTuple(args, "O", &name)) return NULL;
    mod = PyImport_Import(name);
    if (mod == NULL) goto fail;
    if (PyModule_AddIntConstant(mod, "x", 1) < 0) goto fail;
    return mod;
fail:
    Py_XDECREF(mod);
    Py_DECREF(name); // expect: over-release
    return NULL;
}
static PyObject *g_ladder2(PyObject *self, PyObject *args)
{
    PyObject *name, *mod;
    if (!PyArg_ParseTuple(args, "O", &name)) return NULL;
    Py_INCREF(name);
    mod = PyImport_Import(name);
    if (mod == NULL) goto fail;
    if (PyModule_AddIntConstant(mod, "x", 1) < 0) goto fail;
    Py_DECREF(name);
    return mod;
fail:
    Py_XDECREF(mod);
    Py_DECREF(name);
    return NULL;
}
static PyObject *g_ladder3(PyObject *self, PyObject *arg)
{
    PyObject *it = PyObject_GetIter(arg), *item, *out;
    if (!it) return NULL;
    out = PyList_New(0);
    if (!out) goto err_it;
    while ((item = PyIter_Next(it))) {
        int ok = PyObject_IsTrue(item);
        if (ok < 0) goto err_item;
        if (ok && PyList_Append(out, item) < 0) goto err_item;
        Py_DECREF(item);
    }
    if (PyErr_Occurred()) goto err_out;
    Py_DECREF(it);
    return out;
err_item:
    Py_DECREF(item);
err_out:
    Py_DECREF(out);
err_it:
    Py_DECREF(it);
    return NULL;
}
static PyObject *b_ladder3(PyObject *self, PyObject *arg)
{
    PyObject *it = PyObject_GetIter(arg), *item, *out;
    if (!it) return NULL;
    out = PyList_New(0);
    if (!out) goto err_it;
    while ((item = PyIter_Next(it))) {
        int ok = PyObject_IsTrue(item);
        if (ok < 0) goto err_out;
        if (ok && PyList_Append(out, item) < 0) goto err_item;
        Py_DECREF(item);
    }
    if (PyErr_Occurred()) goto err_out;
    Py_DECREF(it);
    return out;
err_item:
    Py_DECREF(item);
err_out:
    Py_DECREF(out);
err_it:
    Py_DECREF(it);
    return NULL; // expect: leak-on-error
}
/* Py_CLEAR, SETREF */
typedef struct {
    PyObject_HEAD PyObject *dict, *cache, *cb;
    int flag;
} Obj;
static int g_set_cb(Obj *self, PyObject *v, void *c)
{
    if (v == NULL) {
        Py_CLEAR(self->cb);
        return 0;
    }
    if (!PyCallable_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "callable");
        return -1;
    }
    Py_INCREF(v);
    Py_XSETREF(self->cb, v);
    return 0;
}
static int b_set_cb(Obj *self, PyObject *v, void *c)
{
    if (v == NULL) {
        Py_CLEAR(self->cb);
        return 0;
    }
    if (!PyCallable_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "callable");
        return -1;
    }
    Py_XSETREF(self->cb, v); // expect: missing-incref
    return 0;
}
static PyGetSetDef gs[] = {
    {"a", NULL, (setter)g_set_cb, NULL, NULL}, {"b", NULL, (setter)b_set_cb, NULL, NULL}, {NULL}};
static int g_reinit(Obj *self, PyObject *args, PyObject *kw)
{
    PyObject *d = PyDict_New(), *old;
    if (!d) return -1;
    old = self->dict;
    self->dict = d;
    Py_XDECREF(old);
    return 0;
}
static int b_reinit(Obj *self, PyObject *args, PyObject *kw)
{
    PyObject *v;
    if (!PyArg_ParseTuple(args, "O", &v)) return -1;
    Py_INCREF(v);
    self->dict = v; // expect: overwrite-leak
    return 0;
}
static PyTypeObject TG = {PyVarObject_HEAD_INIT(NULL, 0).tp_init = (initproc)g_reinit};
static PyTypeObject TB = {PyVarObject_HEAD_INIT(NULL, 0).tp_init = (initproc)b_reinit};
static PyObject *g_cached(Obj *self)
{
    if (self->cache == NULL) {
        self->cache = PyDict_New();
        if (self->cache == NULL) return NULL;
    }
    Py_INCREF(self->cache);
    return self->cache;
}
static PyObject *b_clear_use(Obj *self, PyObject *u)
{
    PyObject *c = PyList_New(0);
    if (!c) return NULL;
    PyObject *keep = c;
    Py_CLEAR(c);
    return PyObject_Repr(keep); // expect: use-after-release
}
static PyObject *g_clear_null(PyObject *self, PyObject *u)
{
    PyObject *c = PyList_New(0);
    if (!c) return NULL;
    if (PyList_Append(c, u) < 0) Py_CLEAR(c);
    return c;
}
/* arrays */
static PyObject *g_fill(PyObject *self, PyObject *arg)
{
    Py_ssize_t i, n = PyObject_Length(arg);
    if (n < 0) return NULL;
    PyObject *t = PyTuple_New(n);
    if (!t) return NULL;
    for (i = 0; i < n; i++) {
        PyObject *o = PySequence_GetItem(arg, i);
        if (!o) {
            Py_DECREF(t);
            return NULL;
        }
        PyTuple_SET_ITEM(t, i, o);
    }
    return t;
}
static PyObject *b_fill(PyObject *self, PyObject *arg)
{
    Py_ssize_t i, n = PyList_Size(arg);
    if (n < 0) return NULL;
    PyObject *t = PyTuple_New(n);
    if (!t) return NULL;
    for (i = 0; i < n; i++) {
        PyObject *o = PyList_GET_ITEM(arg, i);
        PyTuple_SET_ITEM(t, i, o); // expect: missing-incref
    }
    return t;
}
static PyObject *b_fill2(PyObject *self, PyObject *arg)
{
    Py_ssize_t i, n = PyObject_Length(arg);
    if (n < 0) return NULL;
    PyObject *t = PyTuple_New(n);
    if (!t) return NULL;
    for (i = 0; i < n; i++) {
        PyObject *o = PyLong_FromSsize_t(i);
        if (!o) return NULL; // expect: leak-on-error
        PyTuple_SET_ITEM(t, i, o);
    }
    return t;
}
static PyObject *g_local_array(PyObject *self, PyObject *arg)
{
    PyObject *v[3] = {NULL, NULL, NULL}, *r = NULL;
    for (int i = 0; i < 3; i++) {
        v[i] = PyLong_FromLong(i);
        if (!v[i]) goto out;
    }
    r = PyTuple_Pack(3, v[0], v[1], v[2]);
out:
    for (int i = 0; i < 3; i++) Py_XDECREF(v[i]);
    return r;
}
/* flags */
static PyObject *g_flag(PyObject *self, PyObject *arg)
{
    int owned = 0;
    PyObject *u = arg, *r;
    if (!PyBytes_Check(arg)) {
        u = PyObject_Bytes(arg);
        if (!u) return NULL;
        owned = 1;
    }
    r = PyObject_Repr(u);
    if (owned) Py_DECREF(u);
    return r;
}
static PyObject *b_flag(PyObject *self, PyObject *arg)
{
    int owned = 0;
    PyObject *u = arg, *r;
    if (!PyBytes_Check(arg)) {
        u = PyObject_Bytes(arg);
        if (!u) return NULL;
        owned = 1;
    }
    r = PyObject_Repr(u);
    if (!r) return NULL; // expect: leak-on-error
    if (owned) Py_DECREF(u);
    return r;
}
/* borrowed across calls */
static PyObject *b_borrow(PyObject *self, PyObject *list)
{
    PyObject *x = PyList_GetItem(list, 0);
    if (!x) return NULL;
    if (PyList_SetItem(list, 1, PyLong_FromLong(2)) < 0) return NULL;
    return PyObject_Repr(x); // expect: borrowed-escape
}
static PyObject *g_borrow(PyObject *self, PyObject *list)
{
    PyObject *x = PyList_GetItem(list, 0), *r;
    if (!x) return NULL;
    Py_INCREF(x);
    if (PyList_SetItem(list, 1, Py_NewRef(Py_None)) < 0) {
        Py_DECREF(x);
        return NULL;
    }
    r = PyObject_Repr(x);
    Py_DECREF(x);
    return r;
}
static PyObject *b_borrow2(PyObject *self, PyObject *arg)
{
    PyObject *t = PySequence_Tuple(arg), *x;
    if (!t) return NULL;
    x = PyTuple_GetItem(t, 0);
    Py_DECREF(t);
    return x; // expect: missing-incref
}
static PyObject *b_borrow3(PyObject *self, PyObject *d)
{
    PyObject *k = PyUnicode_FromString("k");
    if (!k) return NULL;
    PyObject *v = PyDict_GetItemWithError(d, k);
    Py_DECREF(k);
    if (!v) {
        if (!PyErr_Occurred()) PyErr_SetObject(PyExc_KeyError, Py_None);
        return NULL;
    }
    return v; // expect: missing-incref
}
static PyObject *g_borrow3(PyObject *self, PyObject *d)
{
    PyObject *k = PyUnicode_FromString("k");
    if (!k) return NULL;
    PyObject *v = PyDict_GetItemWithError(d, k);
    Py_DECREF(k);
    if (!v) {
        if (!PyErr_Occurred()) PyErr_SetObject(PyExc_KeyError, Py_None);
        return NULL;
    }
    return Py_NewRef(v);
}
static PyObject *b_owned_or_borrowed(PyObject *self, PyObject *d)
{
    PyObject *v = PyDict_GetItemString(d, "k");
    if (!v) v = PyLong_FromLong(1);
    return v; // expect: missing-incref
}
static PyObject *g_owned_or_borrowed(PyObject *self, PyObject *d)
{
    PyObject *v = PyDict_GetItemString(d, "k");
    if (!v)
        v = PyLong_FromLong(1);
    else
        Py_INCREF(v);
    return v;
}
/* steals */
static PyObject *b_steal_fail(PyObject *self, PyObject *arg)
{
    PyObject *t = PyTuple_New(1), *o;
    if (!t) return NULL;
    o = PyLong_FromLong(3);
    if (!o) {
        Py_DECREF(t);
        return NULL;
    }
    if (PyTuple_SetItem(t, 0, o) < 0) {
        Py_DECREF(o); // expect: stolen-reuse
        Py_DECREF(t);
        return NULL;
    }
    return t;
}
static PyObject *g_steal_fail(PyObject *self, PyObject *arg)
{
    PyObject *t = PyTuple_New(1), *o;
    if (!t) return NULL;
    o = PyLong_FromLong(3);
    if (!o || PyTuple_SetItem(t, 0, o) < 0) {
        Py_DECREF(t);
        return NULL;
    }
    return t;
}
static int b_addobject(PyObject *m)
{
    PyObject *v = PyDict_New();
    if (!v) return -1;
    if (PyModule_AddObject(m, "d", v) < 0) return -1; // expect: leak-on-error
    return 0;
}
static int g_addobject(PyObject *m)
{
    PyObject *v = PyDict_New();
    if (!v) return -1;
    if (PyModule_AddObject(m, "d", v) < 0) {
        Py_DECREF(v);
        return -1;
    }
    return 0;
}
static int b_addobjectref(PyObject *m)
{
    PyObject *v = PyDict_New();
    if (!v) return -1;
    return PyModule_AddObjectRef(m, "d", v); // expect: leak
}
static int g_addobjectref(PyObject *m)
{
    PyObject *v = PyDict_New();
    int rc = PyModule_AddObjectRef(m, "d", v);
    Py_XDECREF(v);
    return rc;
}
static int b_addobject_static(PyObject *m)
{
    return PyModule_AddObject(m, "None", Py_None); // expect: missing-incref
}
/* formats */
static PyObject *b_build_n(PyObject *self, PyObject *arg)
{
    PyObject *l = PyList_New(0);
    if (!l) return NULL;
    return Py_BuildValue("(Oi)", l, 1); // expect: leak
}
static PyObject *g_build_n(PyObject *self, PyObject *arg)
{
    PyObject *l = PyList_New(0);
    if (!l) return NULL;
    return Py_BuildValue("(Ni)", l, 1);
}
static PyObject *b_build_n2(PyObject *self, PyObject *arg)
{
    return Py_BuildValue("(Ni)", arg, 1); // expect: missing-incref
}
static PyObject *b_build_n3(PyObject *self, PyObject *arg)
{
    PyObject *l = PyList_New(0), *r;
    if (!l) return NULL;
    r = Py_BuildValue("[N]", l);
    Py_DECREF(l); // expect: stolen-reuse
    return r;
}
static PyObject *g_build_s(PyObject *self, PyObject *arg)
{
    PyObject *s = PyUnicode_FromString("x"), *r;
    if (!s) return NULL;
    r = Py_BuildValue("{s:S,s:O}", "a", s, "b", arg);
    Py_DECREF(s);
    return r;
}
static PyObject *b_parse_opt(PyObject *self, PyObject *args)
{
    PyObject *a, *b = NULL;
    if (!PyArg_ParseTuple(args, "O|O", &a, &b)) return NULL;
    Py_INCREF(b); // expect: null-argument
    return b;
}
static PyObject *g_parse_opt(PyObject *self, PyObject *args)
{
    PyObject *a, *b = Py_None;
    if (!PyArg_ParseTuple(args, "O|O:f", &a, &b)) return NULL;
    return Py_NewRef(b);
}
static PyObject *g_parse_fs(PyObject *self, PyObject *args)
{
    PyObject *path = NULL, *r;
    if (!PyArg_ParseTuple(args, "O&", PyUnicode_FSConverter, &path)) return NULL;
    r = PyObject_Repr(path);
    Py_DECREF(path);
    return r;
}
static PyObject *b_parse_fs(PyObject *self, PyObject *args)
{
    PyObject *path = NULL;
    if (!PyArg_ParseTuple(args, "O&", PyUnicode_FSConverter, &path)) return NULL;
    return PyLong_FromSsize_t(PyBytes_GET_SIZE(path)); // expect: leak
}
static PyObject *b_parse_type(PyObject *self, PyObject *args)
{
    long n;
    int k;
    if (!PyArg_ParseTuple(args, "ii", &n, &k)) return NULL; // expect: format-mismatch
    return PyLong_FromLong(n + k);
}
static PyObject *b_parse_count(PyObject *self, PyObject *args)
{
    int k;
    if (!PyArg_ParseTuple(args, "iO", &k)) return NULL; // expect: format-mismatch
    return PyLong_FromLong(k);
}
