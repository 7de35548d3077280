/* SPDX-License-Identifier: MIT
 *
 * The jump passes the declaration by.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

int depth(int n)
{
    if (n > 3) goto deep; // expect: arc-goto-into-scope
    {
        Node *node = rc_new(Node);
        node->n = n;
    deep:
        n++;
    }
    return n;
}
