/* SPDX-License-Identifier: MIT
 *
 * The base says that it is one.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS RC_BASE Node {
    RC_HEAD;
    int n;
};

typedef struct Named Named;
struct RC_CLASS Named {
    Node node;
    const char *name;
};
