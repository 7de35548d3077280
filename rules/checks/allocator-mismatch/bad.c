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
    PyObject_Free(self); // expect: allocator-mismatch
}

PyTypeObject Node_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "node",
    .tp_basicsize = sizeof(Node),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = node_traverse,
    .tp_dealloc = node_dealloc,
};

int measure(Py_ssize_t n)
{
    char *text = PyMem_Malloc((size_t)n);
    if (text == NULL) return -1;
    free(text); // expect: allocator-mismatch
    return 0;
}

char *grown(void)
{
    char *text = malloc(8);
    return text ? PyMem_Realloc(text, 16) : NULL; // expect: allocator-mismatch
}
