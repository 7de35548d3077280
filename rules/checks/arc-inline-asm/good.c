/* SPDX-License-Identifier: MIT
 *
 * The instructions get an unowned copy.
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
    void *raw = (void *)node;
    __asm__ volatile("" : "+r"(raw));
    return node->n;
}
