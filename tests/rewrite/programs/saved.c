/* SPDX-License-Identifier: MIT
 *
 * A finalizer that saves its object into the place that was just emptied: the next assignment has something to drop.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Cat Cat;
struct RC_CLASS Cat {
    RC_HEAD;
    int lives;
};
static Cat *seen;
RC_FINALIZER static void cat_gone(Cat *self)
{
    printf("~%d\n", self->lives);
    if (!seen) seen = self;
}

static Cat *cat(int lives)
{
    Cat *self = rc_new(Cat);

    if (self) self->lives = lives;
    return self;
}

int main(void)
{
    seen = cat(9);
    seen = NULL;
    puts("saved");
    seen = cat(8);
    puts("replaced");
    printf("%zu\n", rc_live_objects());
    return 0;
}
