/* SPDX-License-Identifier: MIT
 *
 * A store takes the new reference before it drops the old one, and is visible to the finalizer that this
 * runs.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Obj Obj;
struct RC_CLASS Obj {
    RC_HEAD;
    const char *name;
    Obj *next;
};
RC_FINALIZER static void obj_finalize(Obj *self)
{
    printf("~%s\n", self->name);
}

static Obj *obj(const char *name)
{
    Obj *self = rc_new(Obj);

    self->name = name;
    return self;
}

static Obj *current;

typedef struct Spy Spy;
struct RC_CLASS Spy {
    RC_HEAD;
    const char *name;
};
static Spy *spy;
RC_FINALIZER static void spy_finalize(Spy *self)
{
    printf("~%s sees %s\n", self->name, spy ? spy->name : "nothing");
}

static Spy *spy_new(const char *name)
{
    Spy *self = rc_new(Spy);
    self->name = name;
    return self;
}

static Obj *same(Obj *o)
{
    return o;
}

int main(void)
{
    spy = spy_new("first");
    spy = spy_new("second");
    spy = NULL;

    Obj *a = obj("a");
    Obj **at = &a;
    *at = a;
    a = same(*at);
    puts("itself");
    a->next = obj("b");
    a->next->next = obj("c");
    a = a->next;
    puts("advanced");
    a->next = a->next->next;
    puts("cut");
    current = a;
    a = current = obj("d");
    puts("chained");
    Obj *x, *y;
    x = y = a;
    current = NULL;
    x = y = a = NULL;
    puts("end");
    printf("live %zu\n", rc_live_objects());
    return x || y;
}
