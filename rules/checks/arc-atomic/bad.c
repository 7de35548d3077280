/* SPDX-License-Identifier: MIT
 *
 * The pointer and the count do not change in one step.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

static _Atomic(Node *) head; // expect: arc-atomic

int is_empty(void) { return head == NULL; }
