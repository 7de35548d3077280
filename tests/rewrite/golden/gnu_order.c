/* SPDX-License-Identifier: MIT
 *
 * Rule 5: each operand is evaluated as often, and when, the source says.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Leaf Leaf;
struct RC_CLASS Leaf {
    RC_HEAD;
    int n;
    Leaf *next;
};

static Leaf *row[4];

static int at(int i)
{
    printf("at %d\n", i);
    return i;
}

static Leaf *leaf(int n)
{
    Leaf *self = rc_new(Leaf);

    printf("leaf %d\n", n);
    self->n = n;
    return self;
}

int main(void)
{
    int i = 0;
    Leaf *l = NULL;

    row[i++] = leaf(1);
    row[at(1)] = row[0];
    row[1]->next = (at(2), leaf(2));
    l = at(0) ? leaf(3) : row[at(1)]->next;
    if (l && at(5) && !(l = NULL)) puts("cleared");
    l = row[2] ?: leaf(4);
    row[3] = l = row[at(0)];
    *(at(3) ? &row[2] : &l) = row[0];
    printf("%d %d %d %d\n", i, l->n, row[2] == row[3], row[1] == row[0]);
    for (i = 0; i < 4; i++) row[i] = NULL;
    l->next = NULL;
    return rc_live_objects() != 1;
}
