/* SPDX-License-Identifier: MIT
 *
 * A buffer moves, and weak variables are known by their address.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    int n;
};

typedef struct Table Table;
struct RC_CLASS Table {
    RC_HEAD;
    RC_COUNTED_BY(n) RC_WEAK Node **rows; // expect: arc-weak-array
    size_t n;
};
