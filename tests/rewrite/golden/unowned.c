/* SPDX-License-Identifier: MIT
 *
 * RC_UNOWNED pointers are plain C, also in unions, arrays and slots.
 */
#include <recount.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Job Job;
struct RC_CLASS Job {
    RC_HEAD;
    int cost;
    RC_UNOWNED Job *rival;
};

typedef union Either { RC_UNOWNED Job *job; long number; } Either;

static int by_cost(const void *a, const void *b)
{
    RC_UNOWNED Job *const *x = a, *const *y = b;

    return (*x)->cost - (*y)->cost;
}

static Job *job(int cost)
{
    Job *self = rc_new(Job);

    self->cost = cost;
    return self;
}

int main(void)
{
    Job *a = job(3), *b = job(1);
    RC_UNOWNED Job *order[2] = {a, b};
    Either e = {.job = b};

    a->rival = b;
    b->rival = a;
    qsort(order, 2, sizeof *order, by_cost);
    printf("%d %d %d\n", order[0]->cost, e.job->cost, a->rival->rival == a);
    RC_UNOWNED Job *seen = order[1];
    Job *kept = seen;
    printf("%d %zu\n", kept->cost, rc_refcount(kept));
    return 0;
}
