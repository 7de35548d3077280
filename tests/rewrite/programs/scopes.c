/* SPDX-License-Identifier: MIT
 *
 * The end of a scope releases its variables in reverse order, on every way out of it.
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

static void fall_through(void)
{
    Obj *a = obj("a");
    Obj *b = obj("b");
    {
        Obj *c = obj("c");
        printf("inner %s%s%s\n", a->name, b->name, c->name);
    }
    puts("outer");
}

static int early(int n)
{
    Obj *a = obj("a");
    for (;;) {
        Obj *b = obj("b");
        if (n == 0) return printf("return %s%s\n", a->name, b->name);
        if (n == 1) break;
        n--;
        if (n == 1) continue;
        puts("turn");
    }
    puts("after the loop");
    return 0;
}

static void jumps(void)
{
    static const char *const names[] = {"0", "1", "2"};
    int i = 0;
again:;
    Obj *o = obj(names[i]);
    {
        Obj *inner = obj("inner");
        if (++i < 3) goto again;
        printf("%s %s\n", o->name, inner->name);
        goto out;
    }
out:
    puts("out");
}

static void redeclared(void)
{
    for (int i = 0; i < 3; i++) {
        Obj *o;
        if (i == 1)
            o = obj("one");
        else
            o = NULL;
        printf("%d %s\n", i, o ? o->name : "nothing");
    }
    Obj *late = NULL;
    while (!late) late = obj("late");
    do {
        Obj *o = late;
        late = NULL;
        printf("do %s\n", o->name);
        if (o->next) continue;
    } while (late);
    puts("done");
}

int main(void)
{
    fall_through();
    early(0);
    early(3);
    jumps();
    redeclared();
    printf("live %zu\n", rc_live_objects());
    return 0;
}
