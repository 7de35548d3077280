/* SPDX-License-Identifier: MIT
 *
 * One header, two meanings: no single text of it can be right.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    RC_UNOWNED Node *other;
};

#define KEEP kept_first
#define FIELD next
#include "keep.h"
#undef KEEP
#undef FIELD
#define KEEP kept_second
#define FIELD other
#include "keep.h" // expect: arc-header-variant
