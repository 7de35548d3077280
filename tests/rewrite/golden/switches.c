/* SPDX-License-Identifier: MIT
 *
 * Switches: declarations in front and in blocks, falling through, jumps from one.
 */
#include <recount.h>
#include <stdio.h>

typedef struct RC_CLASS Coin { RC_HEAD; int n; } Coin;

RC_FINALIZER static void coin_finalize(Coin *self)
{
    printf("~%d\n", self->n);
}

static Coin *coin(int n)
{
    Coin *self = rc_new(Coin);

    self->n = n;
    return self;
}

static int insert(int n)
{
    Coin *in = coin(n);

    switch (in->n) {
        int change;
    case 1: {
        Coin *extra = coin(10);
        in = extra;
    }
        /* fall through */
    case 2:
        change = in->n;
        if (change > 5) break;
        return change;
    case 3:
        for (;;) {
            Coin *again = coin(30);
            if (again->n) goto done;
        }
    default: return -1;
    }
    puts("broke");
done:
    return 0;
}

int main(void)
{
    for (int i = 1; i < 5; i++) printf("= %d\n", insert(i));
    return 0;
}
