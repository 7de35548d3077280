/* SPDX-License-Identifier: MIT
 *
 * A class that several units complete, counted code in a header, and a class that only its own unit
 * completes.
 */
#ifndef ITEM_H
#define ITEM_H

#include <recount.h>
#include <stdio.h>

typedef struct Item Item;
struct RC_CLASS RC_BASE Item {
    RC_HEAD;
    const char *name;
    Item *next;
    RC_WEAK Item *owner;
};
RC_FINALIZER void item_finalize(Item *self);

typedef struct Secret Secret;
struct RC_CLASS Secret;

Item *item_new(const char *name);
Secret *secret_new(RC_STEALS Item *item);
RC_RETURNS_BORROWED Item *secret_item(Secret *secret);
Item *secret_swap(Secret *secret, RC_STEALS Item *item);

extern Item *item_shared;

static inline Item *item_pair(const char *a, const char *b)
{
    Item *first = item_new(a), *second = item_new(b);

    first->next = second;
    second->owner = first;
    return first;
}

static inline void item_push(Item **list, RC_STEALS Item *item)
{
    item->next = *list;
    *list = item;
}

#define ITEM_LAST(var, list)                                                                                 \
 Item *var = (list);                                                                                         \
 while (var->next) var = var->next

#endif
