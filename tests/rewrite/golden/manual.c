/* SPDX-License-Identifier: MIT
 *
 * RC_MANUAL: the author counts, and nothing is inserted.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Cell Cell;
struct RC_CLASS Cell {
    RC_HEAD;
    int n;
    Cell *next;
};

static Cell *cell(int n)
{
    Cell *self = rc_new(Cell);

    self->n = n;
    return self;
}

RC_MANUAL static Cell *reversed(RC_STEALS Cell *list)
{
    Cell *back = NULL;

    while (list) {
        Cell *next = list->next;
        list->next = back;
        back = list;
        list = next;
    }
    return back;
}

RC_MANUAL static int forget(Cell *c)
{
    Cell *own = c->next;

    RC_XINCREF(own);
    RC_CLEAR(c->next);
    int n = own ? own->n : 0;
    RC_XDECREF(own);
    return n;
}

int main(void)
{
    Cell *list = cell(1);

    list->next = cell(2);
    list = reversed(list);
    printf("%d\n", list->n);
    printf("%d\n", forget(list));
    printf("live %zu\n", rc_live_objects());
    return 0;
}
