/* SPDX-License-Identifier: MIT
 *
 * A plain struct with strong fields is copied, passed, returned and dropped by value.
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

typedef struct Two {
    Obj *a, *b;
    int n;
} Two;

typedef struct Nested {
    Two two;
    Obj *own;
} Nested;

static Two two(const char *a, const char *b)
{
    Two t = {obj(a), NULL, 1};

    t.b = obj(b);
    return t;
}

static void show(Two t)
{
    printf("%s %s %d\n", t.a ? t.a->name : "-", t.b ? t.b->name : "-", t.n);
}

static Two changed(Two t)
{
    t.a = obj("changed");
    t.n++;
    return t;
}

static Two *point(Two *t)
{
    t->n = 9;
    return t;
}

static void counts(void)
{
    Two t = two("x", "y"), u = t;

    printf("%zu %zu\n", rc_refcount(t.a), rc_refcount(u.b));
    u.b = NULL;
    printf("%zu\n", rc_refcount(t.b));
    t.a = NULL;
}

int main(void)
{
    Two t = two("a", "b");
    show(t);
    Two u = changed(t);
    show(t);
    show(u);
    t = u;
    puts("assigned");
    u.a = NULL;
    u.b = NULL;
    t.a = NULL;
    puts("cleared");
    t = (Two){.n = 3};
    puts("overwritten");
    counts();
    show(two("temporary", "pair"));
    printf("%s\n", two("member", "of a call").a->name);
    {
        show((Two){obj("literal"), NULL, 4});
        puts("still there");
    }
    Two many[2] = {[1] = two("m", "n")};
    many[0] = many[1];
    many[1] = t;
    show(many[0]);
    point(&many[0])->b = NULL;
    many[0].a = NULL;
    Nested nested = {two("p", "q"), obj("own")}, other = nested;
    nested.two = t;
    nested.own = NULL;
    show(other.two);
    other = nested;
    puts("nested gone");
    printf("live %zu\n", rc_live_objects());
    return 0;
}
