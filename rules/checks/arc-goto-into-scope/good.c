/* SPDX-License-Identifier: MIT
 *
 * The declaration stands before the jump; a jump out is free.
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
    Node *node = NULL;
    if (n > 3) goto deep;
    node = rc_new(Node);
    node->n = n;
deep:
    return n + (node != NULL);
}
