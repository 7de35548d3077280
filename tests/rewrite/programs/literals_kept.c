/* SPDX-License-Identifier: MIT
 *
 * Compound literals in conditions end with the statement; those in loops are filled anew on each turn, and what they held
 * before ends then.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Coin Coin;
typedef struct Purse {
    Coin *a, *b;
} Purse;
struct RC_CLASS Coin {
    RC_HEAD;
    int n;
};
static int made;
RC_FINALIZER static void coin_gone(Coin *self) { printf("~%d\n", self->n); }

static Coin *coin(void)
{
    Coin *self = rc_new(Coin);

    if (self) self->n = ++made;
    return self;
}

static int worth(Purse p) { return printf("worth %d\n", (p.a ? p.a->n : 0) + (p.b ? p.b->n : 0)); }
static int sum(Coin **coins, int n)
{
    int all = 0;

    for (int i = 0; i < n; i++) all += coins[i] ? coins[i]->n : 0;
    return printf("sum %d\n", all);
}

int main(void)
{
    int turns = 0;
    Coin *mine = coin();

    if (worth((Purse){coin(), mine})) puts("in an if");
    puts("behind it");
    while (turns++ < 2 && worth((Purse){mine, coin()})) puts("in a while");
    puts("behind it");
    for (int i = 0; i < 2 && sum((Coin *[]){coin(), mine}, 2); i++) puts("in a for");
    puts("behind it");
    if (made) sum(&(Coin *){coin()}, 1);
    puts("behind it");
    switch (worth((Purse){.b = coin()})) {
    default: puts("in a switch");
    }
    do puts("in a do");
    while (!sum((Coin *[2]){coin()}, 2));
    turns = 0;
again:;
    if (turns ? 0 : worth((Purse){coin(), NULL})) puts("the first time");
    sum(turns ? &mine : (Coin *[]){coin()}, 1);
    if (turns++ < 2) goto again;
    puts("end");
    return 0;
}
