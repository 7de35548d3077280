/* SPDX-License-Identifier: MIT
 *
 * Not counted: whoever writes it keeps the node alive.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

static RC_UNOWNED Node *volatile current;

int is_set(void) { return current != NULL; }
