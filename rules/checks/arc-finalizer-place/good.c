/* SPDX-License-Identifier: MIT
 *
 * Static, in the file that completes the struct.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

RC_FINALIZER static void node_finalize(Node *self) { self->n = 0; }
