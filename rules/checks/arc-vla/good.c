/* SPDX-License-Identifier: MIT
 *
 * A fixed array, and a buffer that knows its length.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

int count(int n)
{
    Node *found[4] = {NULL};
    Node **more = rc_array_new(Node, (size_t)n);
    int any = found[0] != NULL || (more && more[0] != NULL);
    rc_array_free(Node, more);
    return any;
}
