/* SPDX-License-Identifier: MIT
 *
 * The caller keeps what the function takes.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

typedef void Consumer(Node *node);

static int sum;

static void sink(RC_STEALS Node *node) { sum += node->n; }

Consumer *consumer(void)
{
    Consumer *c = sink; // expect: arc-effects-mismatch
    return c;
}
