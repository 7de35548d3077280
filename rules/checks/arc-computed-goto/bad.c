/* SPDX-License-Identifier: MIT
 *
 * Which scopes the jump leaves is not known.
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
    static void *const table[] = {&&zero, &&one};
    Node *node = rc_new(Node);
    goto *table[op]; // expect: arc-computed-goto
zero:
    return node->n;
one:
    return node->n + 1;
}
