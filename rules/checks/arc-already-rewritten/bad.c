/* SPDX-License-Identifier: MIT */ // expect: arc-already-rewritten
/* What the rewriter wrote says so, and its counting is in it. */
#define RECOUNT_REWRITTEN 1
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
};
const rc_type rc_type_Node = {"Node", sizeof(Node), 0, NULL, 0, NULL, NULL, NULL, NULL, 0};

Node *make(void)
{
    Node *node = rc_new(Node);
    return node;
}
