/* SPDX-License-Identifier: MIT
 *
 * Two nodes with one set of counted fields.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

void overwrite(Node *to, Node *from)
{
    *to = *from; // expect: arc-bitwise-copy
}
