/* SPDX-License-Identifier: MIT
 *
 * Small functions of a module and of a type made at run time: what is tricky and right beside what is wrong.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
typedef struct {
    PyObject_HEAD PyObject *q;
    PyObject *cb;
    PyObject *weakrefs;
    Py_ssize_t n;
    PyObject **slots;
    int closed;
} Obj;
typedef struct {
    PyObject *err;
    PyObject *type;
} mstate;
static PyObject *Error;
static PyObject *cache_name;
static PyTypeObject *HeapType;

static PyObject *g_tern(PyObject *self, PyObject *o)
{
    return o == Py_None ? PyLong_FromLong(0) : Py_NewRef(o);
}
static PyObject *g_static_cache(PyObject *self, PyObject *o)
{
    if (cache_name == NULL) {
        cache_name = PyUnicode_InternFromString("x");
        if (cache_name == NULL) return NULL;
    }
    return PyObject_GetAttr(o, cache_name);
}
static PyObject *g_retry(PyObject *self, PyObject *o)
{
    PyObject *r = NULL;
    for (int i = 0; i < 3; i++) {
        Py_XDECREF(r);
        r = PyObject_CallNoArgs(o);
        if (r == NULL) return NULL;
        if (r != Py_None) break;
    }
    return r;
}
static PyObject *g_swap(Obj *self, PyObject *o)
{
    PyObject *old = self->cb;
    self->cb = Py_NewRef(o);
    if (old == NULL) Py_RETURN_NONE;
    return old;
}
static PyObject *g_do_while(PyObject *self, PyObject *seq)
{
    PyObject *it = PyObject_GetIter(seq), *x, *last = NULL;
    if (!it) return NULL;
    do {
        x = PyIter_Next(it);
        if (x) Py_XSETREF(last, x);
    } while (x);
    Py_DECREF(it);
    if (PyErr_Occurred()) {
        Py_XDECREF(last);
        return NULL;
    }
    if (!last) {
        PyErr_SetString(PyExc_ValueError, "empty");
        return NULL;
    }
    return last;
}
static int g_append_steal(PyObject *list, PyObject *x)
{
    if (x == NULL) return -1;
    int r = PyList_Append(list, x);
    Py_DECREF(x);
    return r;
}
static PyObject *g_use_steal(PyObject *self, PyObject *o)
{
    PyObject *l = PyList_New(0);
    if (!l) return NULL;
    if (g_append_steal(l, PyLong_FromLong(1)) < 0 || g_append_steal(l, PyObject_Repr(o)) < 0) {
        Py_DECREF(l);
        return NULL;
    }
    return l;
}
static PyObject *b_use_steal(PyObject *self, PyObject *o)
{
    PyObject *l = PyList_New(0);
    if (!l) return NULL;
    if (g_append_steal(l, o) < 0) { // expect: missing-incref
        Py_DECREF(l);
        return NULL;
    }
    return l;
}
static PyObject *g_tuple_partial(PyObject *self, PyObject *args)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    PyObject *t = PyTuple_New(n);
    if (!t) return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *x = PyObject_Str(PyTuple_GET_ITEM(args, i));
        if (!x) goto fail;
        PyTuple_SET_ITEM(t, i, x);
    }
    return t;
fail:
    Py_DECREF(t);
    return NULL;
}
static PyObject *g_err_chain(PyObject *self, PyObject *o)
{
    PyObject *r = PyObject_Repr(o);
    if (!r) {
        PyObject *t, *v, *tb;
        PyErr_Fetch(&t, &v, &tb);
        PyErr_NormalizeException(&t, &v, &tb);
        PyErr_SetString(PyExc_RuntimeError, "wrapped");
        Py_XDECREF(t);
        Py_XDECREF(v);
        Py_XDECREF(tb);
        return NULL;
    }
    return r;
}
static PyObject *g_setdefault(PyObject *self, PyObject *args)
{
    PyObject *d, *k, *v;
    if (!PyArg_ParseTuple(args, "OO", &d, &k)) return NULL;
    v = PyDict_SetDefault(d, k, Py_None);
    return Py_XNewRef(v);
}
static PyObject *g_kw(PyObject *self, PyObject *args, PyObject *kw)
{
    PyObject *d = kw ? PyDict_Copy(kw) : PyDict_New();
    if (!d) return NULL;
    PyObject *r = PyObject_Call(self, args, d);
    Py_DECREF(d);
    return r;
}
static PyObject *g_gil(PyObject *self, PyObject *o)
{
    PyGILState_STATE s = PyGILState_Ensure();
    PyObject *r = PyObject_CallNoArgs(o);
    if (!r)
        PyErr_Print();
    else
        Py_DECREF(r);
    PyGILState_Release(s);
    Py_RETURN_NONE;
}
static PyObject *g_bool(PyObject *self, PyObject *o)
{
    int r = PyObject_IsTrue(o);
    if (r < 0) return NULL;
    return PyBool_FromLong(!r);
}
static PyObject *g_optional_out(PyObject *self, PyObject *args)
{
    PyObject *cb = Py_None;
    if (!PyArg_ParseTuple(args, "|O", &cb)) return NULL;
    if (cb != Py_None && !PyCallable_Check(cb)) {
        PyErr_SetString(PyExc_TypeError, "cb");
        return NULL;
    }
    Py_INCREF(cb);
    return cb;
}
static PyObject *g_unicode_cmp(PyObject *self, PyObject *o)
{
    if (PyUnicode_CompareWithASCIIString(o, "abc") == 0) Py_RETURN_TRUE;
    Py_RETURN_FALSE;
}
static PyObject *g_memview(PyObject *self, PyObject *o)
{
    Py_buffer view = {0};
    PyObject *r = NULL;
    if (PyObject_GetBuffer(o, &view, PyBUF_SIMPLE) != 0) goto done;
    r = PyBytes_FromStringAndSize(view.buf, view.len);
done:
    if (view.obj) PyBuffer_Release(&view);
    return r;
}
static PyObject *g_fast_kw(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *kwnames)
{
    PyObject *d = PyDict_New();
    if (!d) return NULL;
    for (Py_ssize_t i = 0; kwnames && i < PyTuple_GET_SIZE(kwnames); i++)
        if (PyDict_SetItem(d, PyTuple_GET_ITEM(kwnames, i), args[n + i]) < 0) {
            Py_DECREF(d);
            return NULL;
        }
    return d;
}
static PyObject *g_arr_heap(PyObject *self, PyObject *seq)
{
    Py_ssize_t n = PySequence_Size(seq);
    if (n < 0) return NULL;
    PyObject **v = PyMem_New(PyObject *, n ? n : 1);
    if (!v) return PyErr_NoMemory();
    Py_ssize_t i;
    for (i = 0; i < n; i++) {
        v[i] = PySequence_GetItem(seq, i);
        if (!v[i]) goto fail;
    }
    PyObject *r = PyLong_FromSsize_t(n);
    for (i = 0; i < n; i++) Py_DECREF(v[i]);
    PyMem_Free(v);
    return r;
fail:
    while (--i >= 0) Py_DECREF(v[i]);
    PyMem_Free(v);
    return NULL;
}
static PyObject *g_module_attr(PyObject *self, PyObject *unused)
{
    PyObject *m = PyImport_AddModule("__main__");
    if (!m) return NULL;
    PyObject *d = PyModule_GetDict(m);
    Py_INCREF(d);
    return d;
}
static PyObject *g_exc_new(PyObject *m, PyObject *unused)
{
    if (Error == NULL) {
        Error = PyErr_NewException("m.Error", NULL, NULL);
        if (Error == NULL) return NULL;
        Py_INCREF(Error);
        if (PyModule_AddObject(m, "Error", Error) < 0) {
            Py_DECREF(Error);
            Py_CLEAR(Error);
            return NULL;
        }
    }
    Py_RETURN_NONE;
}
static PyObject *g_inplace(PyObject *self, PyObject *o)
{
    PyObject *acc = PyLong_FromLong(0);
    for (int i = 0; acc && i < 4; i++) {
        PyObject *next = PyNumber_InPlaceAdd(acc, o);
        Py_DECREF(acc);
        acc = next;
    }
    return acc;
}
static PyObject *b_inplace(PyObject *self, PyObject *o)
{
    PyObject *acc = PyLong_FromLong(0);
    for (int i = 0; acc && i < 4; i++)
        acc = PyNumber_InPlaceAdd(acc, o); // expect: loop-exit-leak, overwrite-leak
    return acc;
}
static PyObject *g_late_check(PyObject *self, PyObject *o)
{
    PyObject *a = PyObject_GetAttrString(o, "a");
    PyObject *b = a ? PyObject_GetAttrString(o, "b") : NULL;
    PyObject *r = b ? PyTuple_Pack(2, a, b) : NULL;
    Py_XDECREF(a);
    Py_XDECREF(b);
    return r;
}
static PyObject *b_late_check(PyObject *self, PyObject *o)
{
    PyObject *a = PyObject_GetAttrString(o, "a");
    PyObject *b = PyObject_GetAttrString(o, "b");
    if (!a || !b) return NULL; // expect: leak-on-error
    PyObject *r = PyTuple_Pack(2, a, b);
    Py_DECREF(a);
    Py_DECREF(b);
    return r;
}
static PyObject *g_enter(Obj *self, PyObject *unused)
{
    if (self->closed) {
        PyErr_SetString(PyExc_ValueError, "closed");
        return NULL;
    }
    Py_INCREF(self);
    return (PyObject *)self;
}
static PyObject *g_iter(PyObject *self)
{
    return Py_NewRef(self);
}
static PyObject *g_iternext(Obj *self)
{
    if (self->n >= 10) return NULL;
    return PyLong_FromSsize_t(self->n++);
}
static PyObject *b_iter(PyObject *self)
{
    return self; // expect: missing-incref
}
static Py_ssize_t g_len(Obj *self)
{
    return self->q ? PyObject_Length(self->q) : 0;
}
static PyObject *g_getq(Obj *self, void *c)
{
    if (!self->q) Py_RETURN_NONE;
    return Py_NewRef(self->q);
}
static PyObject *b_getq(Obj *self, void *c)
{
    if (!self->q) Py_RETURN_NONE;
    return self->q; // expect: missing-incref
}
static int g_contains(Obj *self, PyObject *o)
{
    if (!self->q) return 0;
    return PySequence_Contains(self->q, o);
}
static int g_ass(Obj *self, Py_ssize_t i, PyObject *v)
{
    if (i < 0 || i >= self->n) {
        PyErr_SetString(PyExc_IndexError, "i");
        return -1;
    }
    Py_XINCREF(v);
    Py_XSETREF(self->slots[i], v);
    return 0;
}
static PyObject *g_item(Obj *self, Py_ssize_t i)
{
    if (i < 0 || i >= self->n) {
        PyErr_SetString(PyExc_IndexError, "i");
        return NULL;
    }
    return Py_XNewRef(self->slots[i]);
}
static PyObject *g_call(Obj *self, PyObject *args, PyObject *kw)
{
    return PyObject_Call(self->cb, args, kw);
}
static PyObject *g_new(PyTypeObject *t, PyObject *args, PyObject *kw)
{
    Obj *o = (Obj *)t->tp_alloc(t, 0);
    if (o == NULL) return NULL;
    o->q = PyList_New(0);
    if (o->q == NULL) {
        Py_DECREF(o);
        return NULL;
    }
    o->cb = Py_NewRef(Py_None);
    return (PyObject *)o;
}
static int g_traverse(Obj *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->q);
    Py_VISIT(self->cb);
    for (Py_ssize_t i = 0; i < self->n; i++) Py_VISIT(self->slots[i]);
    return 0;
}
static int g_clear(Obj *self)
{
    Py_CLEAR(self->q);
    Py_CLEAR(self->cb);
    for (Py_ssize_t i = 0; i < self->n; i++) Py_CLEAR(self->slots[i]);
    return 0;
}
static void g_dealloc(Obj *self)
{
    PyTypeObject *tp = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    if (self->weakrefs) PyObject_ClearWeakRefs((PyObject *)self);
    g_clear(self);
    PyMem_Free(self->slots);
    tp->tp_free((PyObject *)self);
    Py_DECREF(tp);
}
static PyType_Slot sl[] = {
    {Py_tp_new, g_new},           {Py_tp_dealloc, g_dealloc}, {Py_tp_traverse, g_traverse},
    {Py_tp_clear, g_clear},       {Py_tp_iter, g_iter},       {Py_tp_iternext, g_iternext},
    {Py_sq_length, g_len},        {Py_sq_item, g_item},       {Py_sq_ass_item, g_ass},
    {Py_sq_contains, g_contains}, {Py_tp_call, g_call},       {0, NULL}};
static PyType_Spec spec = {"m.Obj", sizeof(Obj), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, sl};
static PyType_Slot sl2[] = {{Py_tp_iter, b_iter}, {0, NULL}};
static PyType_Spec spec2 = {"m.Obj2", sizeof(PyObject), 0, Py_TPFLAGS_DEFAULT, sl2};
static PyGetSetDef gs[] = {{"q", (getter)g_getq}, {"r", (getter)b_getq}, {NULL}};
static int g_exec(PyObject *m)
{
    mstate *st = PyModule_GetState(m);
    st->type = PyType_FromModuleAndSpec(m, &spec, NULL);
    if (!st->type) return -1;
    if (PyModule_AddType(m, (PyTypeObject *)st->type) < 0) return -1;
    st->err = PyErr_NewException("m.E", NULL, NULL);
    if (PyModule_AddObjectRef(m, "E", st->err) < 0) return -1;
    return 0;
}
static int m_traverse(PyObject *m, visitproc visit, void *arg)
{
    mstate *st = PyModule_GetState(m);
    Py_VISIT(st->type);
    Py_VISIT(st->err);
    return 0;
}
static int m_clear(PyObject *m)
{
    mstate *st = PyModule_GetState(m);
    Py_CLEAR(st->type);
    Py_CLEAR(st->err);
    return 0;
}
static void m_free(void *m)
{
    m_clear((PyObject *)m);
}
static PyModuleDef_Slot ms[] = {{Py_mod_exec, g_exec}, {0, NULL}};
static PyMethodDef me[] = {{"a", g_tern, METH_O},
                           {"b", g_static_cache, METH_O},
                           {"c", g_retry, METH_O},
                           {"d", (PyCFunction)g_swap, METH_O},
                           {"e", g_do_while, METH_O},
                           {"f", g_use_steal, METH_O},
                           {"f2", b_use_steal, METH_O},
                           {"g", g_tuple_partial, METH_VARARGS},
                           {"h", g_err_chain, METH_O},
                           {"i", g_setdefault, METH_VARARGS},
                           {"j", (PyCFunction)g_kw, METH_VARARGS | METH_KEYWORDS},
                           {"k", g_gil, METH_O},
                           {"l", g_bool, METH_O},
                           {"m", g_optional_out, METH_VARARGS},
                           {"n", g_unicode_cmp, METH_O},
                           {"o", g_memview, METH_O},
                           {"p", (PyCFunction)(void (*)(void))g_fast_kw, METH_FASTCALL | METH_KEYWORDS},
                           {"q", g_arr_heap, METH_O},
                           {"r", g_module_attr, METH_NOARGS},
                           {"s", g_exc_new, METH_NOARGS},
                           {"t", g_inplace, METH_O},
                           {"u", b_inplace, METH_O},
                           {"v", g_late_check, METH_O},
                           {"w", b_late_check, METH_O},
                           {"x", (PyCFunction)g_enter, METH_NOARGS},
                           {NULL}};
static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "m",   .m_size = sizeof(mstate),
                                 .m_methods = me,       .m_slots = ms,   .m_traverse = m_traverse,
                                 .m_clear = m_clear,    .m_free = m_free};
PyMODINIT_FUNC PyInit_m(void)
{
    return PyModuleDef_Init(&def);
}
void *keep[] = {&spec2, gs, &HeapType};
