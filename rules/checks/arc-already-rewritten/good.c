/* SPDX-License-Identifier: MIT
 *
 * An original: the rewriter has not seen it.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

Node *make(void)
{
    Node *node = rc_new(Node);
    return node;
}
