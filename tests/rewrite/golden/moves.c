/* SPDX-License-Identifier: MIT
 *
 * Rules 3 and 7: what is returned, or given to a parameter that steals on its last use, is moved.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Card Card;
struct RC_CLASS Card {
    RC_HEAD;
    int n;
    Card *below;
};

static Card *pile;

static Card *card(int n)
{
    Card *self = rc_new(Card);

    self->n = n;
    return self;
}

static void push(RC_STEALS Card *c)
{
    c->below = pile;
    pile = c;
}

static Card *pop(void)
{
    Card *c = pile;

    if (c) pile = c->below;
    return c;
}

static Card *pass_on(RC_STEALS Card *c)
{
    return c;
}

int main(void)
{
    Card *a = card(1), *b = card(2);

    push(a);
    push(b); /* b is read again, so it keeps a reference */
    push(pass_on(card(3)));
    printf("%d %zu\n", b->n, rc_refcount(b));
    if (b->n > 2) push(b); /* moved on one path only */
    Card *top = pop();
    printf("%d, live %zu\n", top->n, rc_live_objects());
    pile = NULL;
    return 0;
}
