/* SPDX-License-Identifier: MIT
 *
 * An inline function counts like any other, and the number is made outside.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

static inline int take(Node *to, Node *from, int turn)
{
    to->next = from;
    return turn;
}

int swap(Node *a, Node *b) { return take(a, b, __COUNTER__) + take(b, a, __COUNTER__); }
