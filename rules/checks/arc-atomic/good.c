/* SPDX-License-Identifier: MIT
 *
 * An ordinary reference, under a lock of the program's.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

static Node *head;

int is_empty(void) { return head == NULL; }
