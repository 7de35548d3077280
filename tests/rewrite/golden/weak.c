/* SPDX-License-Identifier: MIT
 *
 * RC_WEAK reads NULL once the target died: as a field, a local, a global, in a plain struct.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    int n;
    RC_WEAK Node *parent;
    Node *child;
};

typedef struct Mark { RC_WEAK Node *at; int line; } Mark;

RC_WEAK static Node *last;

static Node *node(int n)
{
    Node *self = rc_new(Node);

    self->n = n;
    last = self;
    return self;
}

static void adopt(Node *parent, Node *child)
{
    parent->child = child;
    child->parent = parent;
}

int main(void)
{
    Node *child = node(2);
    {
        Node *parent = node(1);
        RC_WEAK Node *seen = parent;
        Mark mark = {parent, 3};

        adopt(parent, child);
        printf("%d %d %d\n", child->parent->n, seen->n, mark.at->n + mark.line);
        seen = child->parent->child;
        printf("%d\n", seen == child);
    }
    printf("%d %d\n", child->parent == NULL, last == NULL);
    last = child;
    child = NULL;
    printf("%d\n", last != NULL);
    return 0;
}
