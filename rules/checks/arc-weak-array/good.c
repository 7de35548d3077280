/* SPDX-License-Identifier: MIT
 *
 * Weak reference objects may lie in a buffer.
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
    RC_COUNTED_BY(n) rc_weakref **rows;
    size_t n;
};
