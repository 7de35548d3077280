/* SPDX-License-Identifier: MIT
 *
 * A variable's last use moves its reference, unless the object is lent to the same call as well, or C may read the
 * variable after the call: operands are evaluated in any order.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Coin Coin;
struct RC_CLASS Coin {
    RC_HEAD;
    int value;
    Coin *next;
};
RC_FINALIZER static void coin_gone(Coin *self) { printf("~%d\n", self->value); }

static Coin *coin(int value)
{
    Coin *self = rc_new(Coin);

    if (self) self->value = value;
    return self;
}

static int spend(RC_STEALS Coin *c)
{
    int value = c ? c->value : 0;

    printf("spend %d\n", value);
    return value;
}

/* `seen` has to outlive what becomes of the stolen one. */
static int swap(const Coin *seen, RC_STEALS Coin *c)
{
    c = NULL;
    printf("swapped %d\n", seen ? seen->value : -1);
    return 1;
}

static int both(RC_STEALS Coin *a, RC_STEALS Coin *b)
{
    printf("both %d %d\n", a ? a->value : 0, b ? b->value : 0);
    return 1;
}

static int sum(const Coin *seen, int n) { return (seen ? seen->value : 0) + n; }
static int yes(int n) { return n; }

static Coin *lend_or_make(int n, Coin *spare)
{
    Coin *c;

    if (n > 1) c = coin(n);
    else c = spare;
    if (n) return yes(n - 1) ? (swap(c, c) ? coin(n + 1) : NULL) : coin(n + 2);
    return c;
}

int main(void)
{
    { Coin *c = coin(1); printf("%d\n", sum(c, spend(c))); puts("lent beside"); }
    { Coin *c = coin(2); printf("%d\n", c->value + spend(c)); puts("read beside"); }
    { Coin *c = coin(3); swap(c, c); puts("lent to the same"); }
    { Coin *c = coin(4); if (swap(c, c)) puts("... in a condition"); puts("end"); }
    { Coin *c = coin(5); if (swap(NULL, c)) puts("moved in a condition"); }
    { Coin *c = coin(6); if (c && spend(c)) puts("read before"); puts("end"); }
    { Coin *c = coin(7); both(c, c); puts("two taken, one moved"); }
    { Coin *c = coin(8); c->next = coin(9); swap(c->next, c); puts("what is lent is kept by itself"); }
    { Coin *c = coin(10); printf("%d\n", (yes(1) && both(c, c)) + (yes(0) ? 1 : 2)); puts("set to NULL behind the call"); }
    { Coin *c = coin(11); c = lend_or_make(3, c); puts("replaced"); c = lend_or_make(1, c); puts("again"); }
    return 0;
}
