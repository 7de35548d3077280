/* SPDX-License-Identifier: MIT
 *
 * RC_COUNTED_BY: a buffer of counted references with one owner, a flexible array, a fixed one.
 */
#include <recount.h>
#include <stdio.h>

typedef struct RC_CLASS Atom { RC_HEAD; int n; } Atom;

RC_FINALIZER static void atom_finalize(Atom *self)
{
    printf("~%d\n", self->n);
}

typedef struct RC_CLASS Stack {
    RC_HEAD;
    size_t n, room;
    RC_COUNTED_BY(n) Atom **item;
} Stack;

typedef struct RC_CLASS Tuple {
    RC_HEAD;
    Atom *fixed[2];
    size_t n;
    RC_COUNTED_BY(n) Atom *rest[];
} Tuple;

static Atom *atom(int n)
{
    Atom *self = rc_new(Atom);

    self->n = n;
    return self;
}

static void push(Stack *s, RC_STEALS Atom *a)
{
    if (s->n == s->room) {
        if (rc_array_resize(Atom, s->item, s->room, s->room + 2)) return;
        s->room += 2;
    }
    s->item[s->n++] = a;
}

static Atom *pop(Stack *s)
{
    Atom *top = s->item[--s->n];

    s->item[s->n] = NULL;
    return top;
}

int main(void)
{
    Stack *s = rc_new(Stack);
    Tuple *t = rc_new_extra(Tuple, 2);

    for (int i = 0; i < 3; i++) push(s, atom(i));
    t->n = 2;
    t->rest[0] = pop(s);
    t->rest[1] = t->fixed[1] = s->item[0];
    s->item = rc_array_new(Atom, 1);
    s->n = s->room = 1;
    s->item[0] = atom(7);
    puts("end");
    return 0;
}
