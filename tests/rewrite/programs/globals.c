/* SPDX-License-Identifier: MIT
 *
 * Globals, statics and structs of them hold what they are given until it is taken away.
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

typedef struct Registry {
    Obj *first;
    Obj *slots[3];
    struct {
        Obj *deep;
        int n;
    } inner;
} Registry;

static Registry registry;
static Obj *matrix[2][2];

RC_RETURNS_BORROWED static Obj *cached(void)
{
    static Obj *cache;

    if (!cache)
        cache = obj("cached");
    else if (cache->next)
        cache = NULL;
    return cache;
}

static int counter(void)
{
    static Obj *last;
    static int n;

    last = obj(n++ ? "later" : "first");
    if (n == 3) last = NULL;
    return last ? n : -n;
}

int main(void)
{
    registry.first = obj("registered");
    registry.slots[2] = registry.first;
    registry.inner.deep = registry.slots[2];
    Registry *r = &registry;
    r->first = NULL;
    r->slots[2] = NULL;
    puts("only the deep one");
    r->inner.deep = NULL;
    matrix[1][0] = obj("m10");
    matrix[0][1] = matrix[1][0];
    Obj **row = matrix[1];
    row[0] = NULL;
    puts(matrix[0][1]->name);
    matrix[0][1] = NULL;
    puts(cached()->name);
    cached()->next = obj("after cached");
    printf("%s\n", cached() ? "?" : "nothing");
    while (counter() > 0) puts("counted");
    *r = (Registry){.first = obj("whole")};
    Registry copy = *r;
    *r = (Registry){0};
    puts(copy.first->name);
    copy.first = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
