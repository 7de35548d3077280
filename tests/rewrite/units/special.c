/* SPDX-License-Identifier: MIT */
#include "special.h"

Item *special_new(const char *name, RC_STEALS Secret *secret)
{
    Special *self = rc_new(Special);

    self->item.name = name;
    self->secret = secret;
    return (Item *)self;
}

void special_finalize(Special *self)
{
    printf("~special %s\n", self->item.name);
}
