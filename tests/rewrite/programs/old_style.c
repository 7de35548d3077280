/* SPDX-License-Identifier: MIT
 *
 * C as it used to be written: parameters declared behind the list of their names, digraphs; and arrays that are handed
 * over as output slots.
 */
#include <recount.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Obj Obj;
struct RC_CLASS Obj {
    RC_HEAD;
    int id;
    Obj *next;
};
RC_FINALIZER static void obj_finalize(Obj *self) { printf("~%d ", self->id); }

static Obj *obj(int id)
{
    Obj *self = rc_new(Obj);

    if (!self) abort();
    self->id = id;
    return self;
}

static Obj *second(first) RC_STEALS Obj *first;
{
    printf("second of %d ", first->id);
    return first->next;
}

static int both(n, a, b, slot)
int n;
RC_STEALS Obj *a, *b;
Obj **slot;
{
    *slot = n ? a : b;
    return a->id + b->id;
}

static void fill(RC_OUT Obj **first, RC_OUT Obj **last)
{
    *first = obj(1);
    *last = obj(2);
}

static void digraphs(int n)
<%
    Obj *pair<:2:> = <% obj(n), obj(n + 1) %>;

    if (n) <% Obj *o = pair<:1:>; printf("%d ", o->id); %>
    printf("%d ", pair<:0:>->id);
%>

int main(void)
{
    {
        Obj *o = obj(10);

        o->next = obj(11);
        Obj *s = second(o);
        printf("is %d ", s->id);
    }
    puts("");
    {
        Obj *a = obj(20), *b = obj(21), *kept = NULL;

        printf("%d ", both(1, a, b, &kept));
        printf("%d ", kept->id);
    }
    puts("");
    {
        Obj *ends[2] = {obj(30), NULL};

        fill(ends, &ends[1]);
        fill(&ends[1], ends);
        printf("%d %d ", ends[0]->id, ends[1]->id);
    }
    puts("");
    digraphs(40);
    puts("");
    printf("%zu\n", rc_live_objects());
    return 0;
}
