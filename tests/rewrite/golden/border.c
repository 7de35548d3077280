/* SPDX-License-Identifier: MIT
 *
 * rc_give, rc_take, rc_ref and (void *): references on their way through code that does not count.
 */
#include <recount.h>
#include <stdio.h>

typedef struct RC_CLASS Ticket { RC_HEAD; int n; } Ticket;

static void *desk[2];

static Ticket *ticket(int n)
{
    Ticket *self = rc_new(Ticket);

    self->n = n;
    return self;
}

static void hand_in(int place, Ticket *t)
{
    desk[place] = rc_give(t);
}

static Ticket *collect(int place)
{
    void *raw = desk[place];

    desk[place] = NULL;
    return rc_take(Ticket, raw);
}

static void each(void (*visit)(void *arg), void *arg)
{
    visit(arg);
}

static void show(void *arg)
{
    Ticket *t = rc_ref(Ticket, arg);

    printf("%d %zu\n", t->n, rc_refcount(t));
}

int main(void)
{
    Ticket *t = ticket(5);

    hand_in(0, t);
    hand_in(1, ticket(6));
    each(show, (void *)t);
    t = collect(0);
    printf("%d %d\n", t->n, collect(1)->n);
    printf("%d, live %zu\n", (uintptr_t)t != 0, rc_live_objects());
    return 0;
}
