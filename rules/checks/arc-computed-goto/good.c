/* SPDX-License-Identifier: MIT
 *
 * A switch, or a function that counts by hand.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

int step(int op)
{
    Node *node = rc_new(Node);
    switch (op) {
    case 0: return node->n;
    default: return node->n + 1;
    }
}
