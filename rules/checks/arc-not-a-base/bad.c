/* SPDX-License-Identifier: MIT
 *
 * A class without RC_BASE is exact.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

typedef struct Named Named;
struct RC_CLASS Named {
    Node node; // expect: arc-not-a-base
    const char *name;
};
