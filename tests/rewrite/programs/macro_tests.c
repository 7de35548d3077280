/* SPDX-License-Identifier: MIT
 *
 * The value of a macro as a truth value: by itself, or by a comparison in the macro.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Coin Coin;
struct RC_CLASS Coin {
    RC_HEAD;
    int n;
    Coin *next;
};
RC_FINALIZER static void coin_gone(Coin *self) { printf("~%d\n", self->n); }
#define IS_MADE(n)   (coin(n) ? 1 : 0)
#define IS_NULL(n)   (coin(n) == NULL)
#define ANOTHER(c)   rc_ref(Coin, (void *)(c))

static Coin *coin(int n)
{
    Coin *self = rc_new(Coin);

    if (self) self->n = n;
    return self;
}

int main(void)
{
    Coin *one = coin(1);

    printf("%d\n", rc_take(Coin, rc_give(one)) ? 1 : 0);
    printf("%d\n", one && rc_ref(Coin, (void *)one));
    printf("%d\n", rc_ref(Coin, (void *)one) && one->n);
    printf("%d\n", !ANOTHER(one) || ANOTHER(one)->n == 2);
    printf("%d %d\n", IS_MADE(2) && one, one && IS_NULL(3));
    if (rc_ref(Coin, (void *)one) || one) puts("either");
    return 0;
}
