/* SPDX-License-Identifier: MIT
 *
 * A handler could see the slot between the store and the release.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

static Node *volatile current; // expect: arc-volatile

int is_set(void) { return current != NULL; }
