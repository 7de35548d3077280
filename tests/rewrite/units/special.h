/* SPDX-License-Identifier: MIT */
#ifndef SPECIAL_H
#define SPECIAL_H

#include "item.h"

typedef struct Special Special;
struct RC_CLASS Special {
    Item item;
    Secret *secret;
};
RC_FINALIZER void special_finalize(Special *self);

Item *special_new(const char *name, RC_STEALS Secret *secret);

#endif
