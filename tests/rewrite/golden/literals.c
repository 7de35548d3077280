/* SPDX-License-Identifier: MIT
 *
 * Compound literals and initialisers: a literal lives to the end of its block.
 */
#include <recount.h>
#include <stdio.h>

typedef struct RC_CLASS Dot { RC_HEAD; int x; } Dot;
typedef struct Line { Dot *from, *to; } Line;

RC_FINALIZER static void dot_finalize(Dot *self)
{
    printf("~%d\n", self->x);
}

static Dot *dot(int x)
{
    Dot *self = rc_new(Dot);

    self->x = x;
    return self;
}

static int length(const Line *l)
{
    return l->to->x - l->from->x;
}

int main(void)
{
    Dot *o = dot(0);
    {
        int n = length(&(Line){o, dot(4)});
        const Line *kept = n > 3 ? &(Line){.to = dot(9), .from = o} : NULL;
        Line all[] = {{o, dot(1)}, [2] = {.from = dot(2)}};

        printf("%d %d %d\n", n, length(kept), all[2].from->x + all[0].to->x);
    }
    puts("outside");
    for (int i = 0; i < 2; i++) printf("%d\n", (Line){dot(10 + i), NULL}.from->x);
    return 0;
}
