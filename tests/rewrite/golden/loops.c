/* SPDX-License-Identifier: MIT
 *
 * Loops: variables in the head, in the body, conditions that assign, bodies without braces, nested breaks.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Step Step;
struct RC_CLASS Step {
    RC_HEAD;
    int n;
    Step *next;
};

static Step *steps(int n)
{
    Step *all = NULL;

    while (n) {
        Step *s = rc_new(Step);
        s->n = n--;
        s->next = all;
        all = s;
    }
    return all;
}

static Step *pop(Step **all)
{
    Step *first = *all;

    if (first) *all = first->next;
    return first;
}

int main(void)
{
    Step *all = steps(5), *s;
    int sum = 0;

    for (Step *a = all, *b; a; a = b) b = a->next, sum += a->n;
    for (Step *a = all; a; a = a->next)
        for (Step *b = a->next; b; b = b->next)
            if (b->n == 4) break;
            else sum += b->n;
    while ((s = pop(&all)) && s->n < 3) sum *= 2;
    do {
        Step *rest = all;
        if (!rest) continue;
        all = rest->next;
    } while (all);
    printf("%d %d, live %zu\n", sum, s->n, rc_live_objects());
    return 0;
}
