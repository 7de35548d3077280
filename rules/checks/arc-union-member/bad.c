/* SPDX-License-Identifier: MIT
 *
 * Which member is alive is not the compiler's to know.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

typedef struct Value Value;
struct RC_CLASS Value {
    RC_HEAD;
    int is_node;
    union {
        Node *node; // expect: arc-union-member
        long number;
    } as;
};
