/* SPDX-License-Identifier: MIT
 *
 * What the instructions do to the pointer is not visible.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

int hidden(void)
{
    Node *node = rc_new(Node);
    __asm__ volatile("" : "+r"(node)); // expect: arc-inline-asm
    return node->n;
}
