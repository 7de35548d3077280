/* SPDX-License-Identifier: MIT
 *
 * What is borrowed from a field or a global lives to the end of its full expression once a call could have dropped it;
 * the optimiser may leave that out only where nothing in the rest of the expression drops it.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Link Link;
struct RC_CLASS Link {
    RC_HEAD;
    int n;
    Link *next;
};
static Link *first;
RC_FINALIZER static void link_gone(Link *self) { printf("~%d\n", self->n); }

static Link *link(int n, Link *next)
{
    Link *self = rc_new(Link);

    if (self) self->n = n, self->next = next;
    return self;
}

static int look(const Link *l) { return printf("look %d\n", l ? l->n : -1); }

static int cut(Link *l)
{
    puts("cut");
    if (l) l->next = NULL;
    else first = NULL;
    return puts("was cut");
}

int main(void)
{
    Link *l = link(1, link(2, NULL));

    if (look(l->next) && cut(l)) puts("kept through the cut");
    first = link(3, NULL);
    if (look(first) && cut(NULL)) puts("kept through the cut");
    first = link(4, NULL);
    if (first && cut(NULL)) puts("compared only");
    l->next = link(5, NULL);
    printf("%d\n", look(l->next) && look(l->next) && cut(l));
    return 0;
}
