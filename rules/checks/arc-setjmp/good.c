/* SPDX-License-Identifier: MIT
 *
 * The function that calls setjmp owns nothing.
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

static int work(void)
{
    Node *node = rc_new(Node);
    return node->n;
}

int guarded(void) { return setjmp(place) ? -1 : work(); }
