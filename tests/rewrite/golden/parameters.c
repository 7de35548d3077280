/* SPDX-License-Identifier: MIT
 *
 * Rule 8, and what a parameter may be: borrowed, stolen, in and out, out.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Link Link;
struct RC_CLASS Link {
    RC_HEAD;
    int n;
    Link *next;
};

RC_FINALIZER static void link_finalize(Link *self)
{
    printf("~%d\n", self->n);
}

static Link *chain(int n, RC_STEALS Link *next)
{
    Link *self = rc_new(Link);

    self->n = n;
    self->next = next;
    return self;
}

static int last(Link *l)
{
    while (l->next) l = l->next;
    return l->n;
}

static void advance(Link **slot)
{
    if (*slot) *slot = (*slot)->next;
}

static int second(Link *l)
{
    advance(&l);
    return l ? l->n : 0;
}

static int find(Link *l, int n, RC_OUT Link **found)
{
    for (; l; l = l->next) {
        if (l->n != n) continue;
        *found = l;
        return 1;
    }
    return 0;
}

static void unused(RC_STEALS Link *l)
{
    (void)l;
}

int main(void)
{
    Link *l = chain(1, chain(2, chain(3, NULL))), *found = chain(9, NULL);

    printf("%d %d\n", last(l), second(l));
    if (find(l, 2, &found)) printf("found %d\n", found->n);
    printf("%d\n", find(l, 7, &found));
    printf("%d\n", found == NULL);
    unused(chain(4, NULL));
    advance(&l->next);
    advance(&l);
    puts("end");
    return 0;
}
