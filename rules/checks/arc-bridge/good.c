/* SPDX-License-Identifier: MIT
 *
 * One reference is handed out, and brought back by the reader.
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

void keep(Node *node) { push(rc_give(node)); }

Node *unkeep(void)
{
    Node *node = rc_take(Node, slot);
    slot = NULL;
    return node;
}

int same(Node *node, const void *raw) { return (void *)node == raw; }
