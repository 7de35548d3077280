/* SPDX-License-Identifier: MIT */
#include <recount.h>
#include <stdio.h>

typedef struct Dog Dog;
struct RC_CLASS Dog {
    RC_HEAD;
    const char *name;
    Dog *friend;
};
RC_FINALIZER static void dog_finalize(Dog *self)
{
    printf("%s is gone\n", self->name);
}

static Dog *dog(const char *name, Dog *friend)
{
    Dog *self = rc_new(Dog);

    if (!self) return NULL;
    self->name = name;
    self->friend = friend;
    return self;
}

int main(void)
{
    Dog *rex = dog("Rex", dog("Bella", NULL));

    rex = dog("Max", rex->friend);
    puts("Bella has a new friend");
    rex->friend->friend = rex;
    puts("and Max is hers");
    return 0;
}
