/* SPDX-License-Identifier: MIT
 *
 * What rc_refcount shows: each variable, field and array element counts one.
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

static Obj *global;
static Obj *table[2];

static void by_parameter(Obj *o)
{
    printf("borrowed %zu\n", rc_refcount(o));
    Obj *mine = o;
    printf("copied %zu\n", rc_refcount(mine));
}

static void by_assigned(Obj *o)
{
    printf("retained on entry %zu\n", rc_refcount(o));
    o = NULL;
    (void)o;
}

static void by_steal(RC_STEALS Obj *o)
{
    printf("stolen %zu\n", rc_refcount(o));
}

int main(void)
{
    Obj *a = obj("a");
    printf("%zu\n", rc_refcount(a));
    Obj *b = a;
    printf("%zu\n", rc_refcount(a));
    b = NULL;
    printf("%zu\n", rc_refcount(a));
    global = a;
    table[0] = table[1] = a;
    printf("%zu\n", rc_refcount(a));
    Obj *owner = obj("owner");
    owner->next = a;
    printf("%zu\n", rc_refcount(a));
    RC_WEAK Obj *weak = a;
    RC_UNOWNED Obj *bare = a;
    printf("%zu\n", rc_refcount(a));
    printf("%d\n", weak == bare);
    owner = NULL;
    global = table[0] = NULL;
    printf("%zu\n", rc_refcount(a));
    table[1] = NULL;
    by_assigned(a);
    by_steal(a);
    printf("%zu\n", rc_refcount(a));
    {
        Obj *many[3] = {a, a, a};
        printf("%zu %s\n", rc_refcount(a), many[2]->name);
    }
    printf("%zu\n", rc_refcount(a));
    by_parameter(a);
    return b != NULL;
}
