/* SPDX-License-Identifier: MIT
 *
 * What the parser dropped cannot be counted.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

int broken(void)
{
    Node *node = rc_new(Node);
    node->missing = 1; // expect: arc-tainted
    return node->n;
}
