/* SPDX-License-Identifier: MIT
 *
 * Two functions, each in its own words.
 */
#include <recount.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
    RC_UNOWNED Node *other;
};

static inline void keep_first(Node *to, Node *from) { to->next = from; }
static inline void keep_second(Node *to, Node *from) { to->other = from; }

void both(Node *to, Node *from)
{
    keep_first(to, from);
    keep_second(to, from);
}
