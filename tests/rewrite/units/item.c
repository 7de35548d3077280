/* SPDX-License-Identifier: MIT */
#include "item.h"

struct RC_CLASS Secret {
    RC_HEAD;
    Item *item;
};
RC_FINALIZER static void secret_finalize(Secret *self)
{
    printf("~secret of %s\n", self->item->name);
}

Item *item_shared;

void item_finalize(Item *self)
{
    printf("~%s\n", self->name);
}

Item *item_new(const char *name)
{
    Item *self = rc_new(Item);

    self->name = name;
    return self;
}

Secret *secret_new(RC_STEALS Item *item)
{
    Secret *self = rc_new(Secret);

    self->item = item;
    return self;
}

Item *secret_item(Secret *secret)
{
    return secret->item;
}

Item *secret_swap(Secret *secret, RC_STEALS Item *item)
{
    Item *before = secret->item;

    secret->item = item;
    return before;
}
