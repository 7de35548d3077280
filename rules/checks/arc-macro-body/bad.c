/* SPDX-License-Identifier: MIT
 *
 * Each expansion counts on, and the text would have to be expanded twice.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

#define TAKE(to, from) ((to)->next = (from), __COUNTER__) // expect: arc-macro-body

int swap(Node *a, Node *b) { return TAKE(a, b) + TAKE(b, a); }
