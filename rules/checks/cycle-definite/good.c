// SPDX-License-Identifier: MIT
#define RECOUNT_REWRITTEN 1
#include <recount.h>

typedef struct Pair Pair;
struct RC_CLASS Pair {
    RC_HEAD;
    Pair *peer; // expect: cycle-possible
    RC_WEAK Pair *back;
};

void marry(Pair *a, Pair *b)
{
    RC_SETREF(a->peer, rc_newref(b));
    rc_weak_store((rc_object **)&b->back, (rc_object *)a);
}

void hand_over(Pair *a, Pair *b)
{
    RC_SETREF(a->peer, rc_newref(b));
    RC_CLEAR(a->peer);
    RC_SETREF(b->peer, rc_newref(a));
}

void chain(Pair *a, Pair *b, Pair *c)
{
    RC_SETREF(a->peer, rc_newref(b));
    RC_SETREF(b->peer, rc_newref(c));
}
