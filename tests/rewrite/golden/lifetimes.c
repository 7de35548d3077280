/* SPDX-License-Identifier: MIT
 *
 * Rule 6: what dies where, what a finalizer may do, and what keeps an object from dying.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Fish Fish;
struct RC_CLASS Fish {
    RC_HEAD;
    int n;
    Fish *prey;
    RC_WEAK Fish *friend;
};

static Fish *saved;

RC_FINALIZER static void fish_finalize(Fish *self)
{
    Fish *prey = self->prey;

    printf("~%d\n", self->n);
    self->prey = NULL;
    if (prey) printf("eats %d\n", prey->n);
    if (self->n == 5) saved = self;
}

static Fish *fish(int n, Fish *prey)
{
    Fish *self = rc_new(Fish);

    self->n = n;
    self->prey = prey;
    return self;
}

int main(void)
{
    Fish *big = fish(3, fish(2, fish(1, NULL)));

    big->friend = big->prey;
    big = NULL;
    puts("--");
    big = fish(5, NULL);
    big = NULL;
    printf("saved %d\n", saved->n);
    saved = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
