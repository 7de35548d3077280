/* SPDX-License-Identifier: MIT
 *
 * Variadic arguments are borrowed.
 */
#include <recount.h>
#include <stdarg.h>
#include <stdio.h>

typedef struct List List;
struct RC_CLASS List {
    RC_HEAD;
    int n;
    List *next;
};

static List *list(int n, ...)
{
    List *self = NULL;
    va_list args;

    va_start(args, n);
    while (n-- > 0) {
        List *tail = self;
        self = rc_new(List);
        self->n = n;
        self->next = tail ? tail : va_arg(args, List *);
    }
    va_end(args);
    return self;
}

int main(void)
{
    List *l = list(2, list(1, NULL), NULL);

    printf("%d %d, live %zu\n", l->n, l->next->next->n, rc_live_objects());
    l = list(1, l);
    printf("%d, live %zu\n", l->next->n, rc_live_objects());
    return 0;
}
