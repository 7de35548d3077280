/* SPDX-License-Identifier: MIT
 *
 * Counted code in macros is rewritten where they are used; uncounted ones stay as they are.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Ring Ring;
struct RC_CLASS Ring {
    RC_HEAD;
    int n;
    Ring *next;
};

#define SHOW(text, number) printf("%s %d\n", (text), (number))
#define NEXT(r) ((r)->next)
#define PUSH(list, item)        \
    do {                        \
        NEXT(item) = (list);    \
        (list) = (item);        \
    } while (0)
#define EACH(r, list) for (Ring *r = (list); r; r = NEXT(r))
#define RING(number) ring(number)

static Ring *ring(int n)
{
    Ring *self = rc_new(Ring);

    self->n = n;
    return self;
}

int main(void)
{
    Ring *list = NULL, *one = RING(1);

    PUSH(list, one);
    one = RING(2);
    PUSH(list, one);
    one = NULL;
    EACH(r, list) SHOW("ring", r->n);
    SHOW("next", NEXT(list)->n);
    NEXT(list) = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
