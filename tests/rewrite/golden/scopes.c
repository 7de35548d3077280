/* SPDX-License-Identifier: MIT
 *
 * Rules 1 and 3: variables begin as NULL, and end in reverse order on every way out of their scope.
 */
#include <recount.h>
#include <stdio.h>

typedef struct RC_CLASS Item { RC_HEAD; char name; } Item;

RC_FINALIZER static void item_finalize(Item *self)
{
    printf("~%c\n", self->name);
}

static Item *item(char name)
{
    Item *self = rc_new(Item);

    self->name = name;
    return self;
}

static int leave(int how)
{
    Item *outer = item('o');

    for (int i = 0; i < 3; i++) {
        Item *inner = item('a' + i), *none;

        if (none) return -1;
        if (i < how) continue;
        if (how == 1) break;
        if (how == 2) goto out;
        if (how == 0) return inner->name;
    }
    printf("fell through %c\n", outer->name);
    return 0;
out:
    return 1;
}

static void again(void)
{
    int turns = 0;
retry:;
    Item *each = item('r');
    if (++turns < 2) goto retry;
    {
        Item *nested = item('n');
        printf("%c\n", nested->name);
    }
    printf("%c\n", each->name);
}

int main(void)
{
    for (int how = 0; how < 3; how++) printf("= %d\n", leave(how));
    again();
    printf("live %zu\n", rc_live_objects());
    return 0;
}
