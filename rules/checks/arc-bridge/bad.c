/* SPDX-License-Identifier: MIT
 *
 * A queue of raw pointers gets a node, and nobody says who owns it.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

static void *slot;

static void push(void *raw) { slot = raw; }

void keep(Node *node) { push(node); } // expect: arc-bridge

int peek(void)
{
    Node *node = slot; // expect: arc-bridge
    return node->n;
}
