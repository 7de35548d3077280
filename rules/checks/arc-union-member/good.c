/* SPDX-License-Identifier: MIT
 *
 * The pointer in the union is not counted; a field beside it owns the node.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

typedef struct Value Value;
struct RC_CLASS Value {
    RC_HEAD;
    Node *owner;
    union {
        RC_UNOWNED Node *node;
        long number;
    } as;
};

void set_node(Value *value, Node *node)
{
    value->owner = node;
    value->as.node = node;
}
