/* SPDX-License-Identifier: MIT
 *
 * Effects of function pointers: in a typedef, a field, a parameter, a table.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Task Task;
typedef void take_fn(RC_STEALS Task *t);
typedef int (*make_fn)(int n, RC_OUT Task **made);
struct RC_CLASS Task {
    RC_HEAD;
    int n;
    Task *next;
    RC_RETURNS_BORROWED Task *(*follow)(Task *self);
};

static Task *queue;

RC_RETURNS_BORROWED static Task *next_of(Task *self)
{
    return self->next;
}

static void put(RC_STEALS Task *t)
{
    t->next = queue;
    queue = t;
}

static void drop(RC_STEALS Task *t)
{
    printf("dropped %d\n", t->n);
}

static int make(int n, RC_OUT Task **made)
{
    if (n < 0) return -1;
    *made = rc_new(Task);
    (*made)->n = n;
    (*made)->follow = next_of;
    return 0;
}

static void produce(make_fn maker, take_fn *take, int n)
{
    Task *t;

    if (maker(n, &t) == 0) take(t);
}

int main(void)
{
    take_fn *const ways[] = {put, put, drop};

    for (int i = -1; i < 3; i++) produce(make, ways[i < 0 ? 0 : i], i);
    for (Task *t = queue; t; t = t->follow(t)) printf("%d\n", t->n);
    queue = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
