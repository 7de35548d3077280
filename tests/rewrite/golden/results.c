/* SPDX-License-Identifier: MIT
 *
 * Results: new, borrowed, moved, merged, through casts and conditionals, of a struct, of nothing.
 */
#include <recount.h>
#include <stdio.h>

typedef struct RC_CLASS Bead { RC_HEAD; int n; } Bead;
typedef struct Two { Bead *a, *b; } Two;

RC_FINALIZER static void bead_finalize(Bead *self)
{
    printf("~%d\n", self->n);
}

static Bead *kept;

static Bead *bead(int n)
{
    Bead *self = rc_new(Bead);

    self->n = n;
    return self;
}

RC_RETURNS_BORROWED static Bead *borrowed(void)
{
    return kept;
}

static Bead *again(void)
{
    return borrowed();
}

static Bead *either(Bead *b, int new)
{
    return new ? bead(8) : b;
}

static rc_object *any(Bead *b)
{
    if (!b) return NULL;
    return (rc_object *)b;
}

static Two two(Bead *a)
{
    Two t = {a, bead(9)};

    if (!a) return (Two){0};
    return t;
}

static int count(void)
{
    Bead *b = again();

    return b->n + bead(5)->n;
}

int main(void)
{
    kept = bead(1);
    borrowed();
    again();
    printf("%d %d\n", either(kept, 0)->n, either(kept, 1)->n);
    printf("%d %d\n", any(kept) != NULL, any(NULL) == NULL);
    printf("%d %d\n", two(kept).b->n, two(NULL).b == NULL);
    printf("%d\n", count());
    kept = NULL;
    return 0;
}
