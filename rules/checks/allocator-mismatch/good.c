// SPDX-License-Identifier: MIT
#include <Python.h>
#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    PyObject *left;
} Node;

static int node_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(((Node *)self)->left);
    return 0;
}

static void node_dealloc(PyObject *o)
{
    Node *self = (Node *)o;
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->left);
    PyObject_GC_Del(self);
}

PyTypeObject Node_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "node",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = node_traverse,
    .tp_dealloc = node_dealloc,
};

/* Its own memory is not the object's. */
typedef struct {
    PyObject_HEAD
    char *buffer;
    PyObject *name;
} Text;

static void text_dealloc(PyObject *o)
{
    Text *self = (Text *)o;
    PyMem_Free(self->buffer);
    Py_XDECREF(self->name);
    PyObject_Free(self);
}

PyTypeObject Text_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "text",
    .tp_basicsize = sizeof(Text),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = text_dealloc,
};

int measure(Py_ssize_t n, int wide)
{
    char *text = wide ? malloc((size_t)n) : PyMem_Malloc((size_t)n);
    if (text == NULL) return -1;
    if (wide)
        free(text);
    else
        PyMem_Free(text);
    return 0;
}

char *grown(void)
{
    char *text = PyMem_Malloc(8), *more = text ? PyMem_Realloc(text, 16) : NULL;
    if (more == NULL) PyMem_Free(text);
    return more;
}
