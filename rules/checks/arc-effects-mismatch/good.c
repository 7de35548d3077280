/* SPDX-License-Identifier: MIT
 *
 * The pointer's type says what its functions do.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

typedef void Consumer(RC_STEALS Node *node);

static int sum;

static void sink(RC_STEALS Node *node) { sum += node->n; }

Consumer *consumer(void)
{
    Consumer *c = sink;
    return c;
}
