/* SPDX-License-Identifier: MIT
 *
 * Copies of references that nobody would count.
 */
#include <recount.h>

typedef struct Obj Obj;
struct RC_CLASS Obj {
    RC_HEAD;
    Obj *next;
    int n;
};

#include <stdlib.h>

typedef struct Two {
    Obj *a, *b;
} Two;
typedef struct Buffer Buffer;
struct RC_CLASS Buffer {
    RC_HEAD;
    size_t n;
    RC_COUNTED_BY(n) Obj **items;
    RC_COUNTED_BY(n) Obj **others;
};

int compare(const void *a, const void *b);

static void good(Two *a, Two *b, Obj *x)
{
    RC_UNOWNED Obj *bare[2] = {x, x};
    RC_UNOWNED Obj *copy[2];

    *a = *b;
    memcpy(copy, bare, sizeof copy);
    copy[0]->n = sizeof *a;
}

static void bad(Obj *a, Obj *b, Two *x, Two *y, Buffer *buffer)
{
    Obj *many[2] = {a, b};

    *a = *b; // expect: arc-bitwise-copy
    Obj c = *a; // expect: arc-bitwise-copy
    c.n++;
    memcpy(x, y, sizeof *x); // expect: arc-bitwise-copy
    qsort(many, 2, sizeof *many, compare); // expect: arc-bitwise-copy
    buffer->others = buffer->items; // expect: arc-bitwise-copy
}

int main(void)
{
    good(NULL, NULL, NULL);
    bad(NULL, NULL, NULL, NULL, NULL);
    return 0;
}
