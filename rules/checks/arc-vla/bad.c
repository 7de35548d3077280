/* SPDX-License-Identifier: MIT
 *
 * Every way out of the scope would need a loop.
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
    Node *found[n]; // expect: arc-vla
    found[0] = NULL;
    return found[0] != NULL;
}
