/* SPDX-License-Identifier: MIT
 *
 * Field by field, each reference is counted.
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
    to->next = from->next;
    to->n = from->n;
}
