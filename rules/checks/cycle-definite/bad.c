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
    RC_SETREF(b->peer, rc_newref(a)); // expect: cycle-definite
}

void itself(Pair *a)
{
    RC_SETREF(a->peer, rc_newref(a)); // expect: cycle-definite
}

void through_another(Pair *a, Pair *b, Pair *c)
{
    RC_SETREF(a->peer, rc_newref(b));
    RC_SETREF(b->peer, rc_newref(c));
    RC_SETREF(c->peer, rc_newref(a)); // expect: cycle-definite
}
