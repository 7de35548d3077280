/* SPDX-License-Identifier: MIT
 *
 * The struct is completed here, so the finalizer has to be static.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

RC_FINALIZER void node_finalize(Node *self) { self->n = 0; } // expect: arc-finalizer-place
