/* SPDX-License-Identifier: MIT
 *
 * Variables that end where their name means something else.
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

static int variable(int early)
{
    Obj *o = obj(1);
    {
        Obj *o = obj(2);
        if (early) return o->id;
        o = obj(3);
    }
    for (int o = 0; o < 2; o++)
        if (o == 1) return o;
    return o->id;
}

static int parameter(Obj *o)
{
    o = obj(4);
    {
        int o = 5;
        if (o == 5) return o;
    }
    return o->id;
}

static int enumerator(void)
{
    Obj *v = obj(6);
    {
        enum { u, v = 9 };
        return v + u;
    }
}

static int type(void)
{
    Obj *T = obj(7);
    {
        typedef int T;
        T z = 3;
        return z;
    }
}

static int in_loop_head(void)
{
    Obj *s = obj(8);

    for (Obj *s = obj(9); s; s = s->next) {
        Obj *s = obj(10);
        if (s->id == 10) goto done;
    }
done:
    return s->id;
}

static int in_switch(int n)
{
    Obj *p = obj(11);

    switch (n) {
    case 0: {
        Obj *p = obj(12);
        if (p) return 1;
        break;
    }
    case 1: {
        char p = 'x';
        return p;
    }
    }
    return p->id;
}

int main(void)
{
    Obj *o = obj(20);

    printf("%d\n", variable(1));
    printf("%d\n", variable(0));
    printf("%d\n", parameter(o));
    printf("%d\n", enumerator());
    printf("%d\n", type());
    printf("%d\n", in_loop_head());
    for (int i = 0; i < 3; i++) printf("%d\n", in_switch(i));
    o = NULL;
    printf("\n%zu\n", rc_live_objects());
    return 0;
}
