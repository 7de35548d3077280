/* SPDX-License-Identifier: MIT
 *
 * What the variable holds after the jump is indeterminate.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

#include <setjmp.h>

static jmp_buf place;

int guarded(void)
{
    Node *node = rc_new(Node);
    if (setjmp(place)) return -1; // expect: arc-setjmp
    return node->n;
}
