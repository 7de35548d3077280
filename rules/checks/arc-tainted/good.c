/* SPDX-License-Identifier: MIT
 *
 * It compiles.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

int mended(void)
{
    Node *node = rc_new(Node);
    node->n = 1;
    return node->n;
}
