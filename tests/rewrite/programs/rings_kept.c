/* SPDX-License-Identifier: MIT
 *
 * A last use that goes into a place of a ring: the variable keeps the ring over whatever may run the collector.
 */
#include <recount.h>
#include <stdio.h>
typedef struct RC_CLASS Dog {
    RC_HEAD;
    const char *name;
    struct Dog *friend;
} Dog;
RC_FINALIZER static void bury(Dog *d)
{
    if (d->name) printf("~%s\n", d->name);
}
static Dog *dog(const char *name)
{
    Dog *d = rc_new(Dog);
    d->name = name;
    return d;
}
static void collect(void)
{
    rc_gc_collect();
}
static void direct(void)
{
    Dog *rex = dog("rex");
    rex->friend = dog("fido");
    rex->friend->friend = rex;
    rc_gc_collect();
    puts("direct");
}
static void through(void)
{
    Dog *max = dog("max");
    max->friend = dog("moritz");
    max->friend->friend = max;
    collect();
    puts("through");
}
static void pair(void)
{
    Dog *a = dog("a"), *b = dog("b");
    a->friend = b;
    b->friend = a;
    rc_gc_collect();
    puts("pair");
}
static void self(void)
{
    Dog *me = dog("me");
    me->friend = me;
    rc_gc_collect();
    puts("self");
}
static Dog *more(Dog *last)
{
    Dog *d = rc_new(Dog);
    d->friend = last;
    return d;
}
static void allocating(void)
{
    Dog *ace = dog("ace");
    ace->friend = ace;
    Dog *pups[2000];
    for (int i = 0; i < 2000; i++) pups[i] = more(NULL);
    puts(pups[0] ? "allocating" : "");
}
static void variable(void)
{
    Dog *one = dog("one"), *list = NULL;
    list = one;
    one->friend = list;
    rc_gc_collect();
    puts("variable");
}
int main(void)
{
    direct();
    rc_gc_collect();
    through();
    rc_gc_collect();
    pair();
    rc_gc_collect();
    self();
    rc_gc_collect();
    allocating();
    rc_gc_collect();
    variable();
    rc_gc_collect();
    return 0;
}
