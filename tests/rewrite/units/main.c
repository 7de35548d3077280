/* SPDX-License-Identifier: MIT */
#include "special.h"

static void pairs(void)
{
    Item *pair = item_pair("a", "b");
    ITEM_LAST(last, pair);

    printf("%s of %s\n", last->name, last->owner->name);
    item_push(&pair, item_new("pushed"));
    printf("%s %s\n", pair->name, pair->next->name);
}

static void secrets(void)
{
    Secret *secret = secret_new(item_new("one"));
    Item *before = secret_swap(secret, item_new("two"));

    printf("%s then %s\n", before->name, secret_item(secret)->name);
    Item *special = special_new("special", secret);
    printf("%s has %s\n", special->name, secret_item(((Special *)special)->secret)->name);
    item_shared = special;
}

int main(void)
{
    pairs();
    secrets();
    puts("shared");
    item_shared = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
