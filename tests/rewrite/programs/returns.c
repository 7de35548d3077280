/* SPDX-License-Identifier: MIT
 *
 * What a function hands back: moved, copied, borrowed, made, chosen.
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

static Obj *moved(void)
{
    Obj *o = obj("moved");

    return o;
}

static Obj *of_field(Obj *o)
{
    return o->next;
}
static Obj *of_slot(Obj **slot)
{
    return *slot;
}
static Obj *of_global(void)
{
    return global;
}
static Obj *of_parameter(Obj *o)
{
    return o;
}
static Obj *assigned(void)
{
    return global = obj("assigned");
}
static Obj *comma(Obj *o)
{
    return puts("comma"), o;
}
static Obj *chosen(int n)
{
    return n == 0 ? obj("made") : n == 1 ? global : NULL;
}
static Obj *nested(int n)
{
    return n ? of_parameter(of_field(obj("no next"))) : moved();
}

static Obj *by_branch(int n)
{
    Obj *a = obj("first"), *b = obj("second");

    switch (n) {
    case 0: return a;
    case 1: return b;
    default: a->next = b; return a->next;
    }
}

static Obj *cleaned(int fail)
{
    Obj *result = NULL, *work = obj("work");

    if (fail) goto done;
    result = obj("result");
    result->next = work;
done:
    puts("cleaning");
    return result;
}

RC_RETURNS_BORROWED static Obj *borrowed(Obj *o)
{
    Obj *at = o;

    while (at->next) at = at->next;
    return at;
}

static int to_int(void)
{
    return obj("counted")->name[0];
}
static bool to_bool(Obj *o)
{
    return o && of_field(o) == NULL;
}
static void to_void(int n)
{
    Obj *o = obj("void");

    if (n) return;
    printf("%s\n", o->name);
}

static Obj *recurse(int n)
{
    Obj *below = n ? recurse(n - 1) : NULL;
    Obj *self = obj(n == 2 ? "two" : n == 1 ? "one" : "zero");

    self->next = below;
    return self;
}

int main(void)
{
    Obj *o = moved();
    puts(o->name);
    o->next = obj("field");
    Obj *field = of_field(o);
    o = NULL;
    puts(field->name);
    printf("%d %d\n", of_slot(&field) == field, of_parameter(field) == field);
    printf("%s\n", assigned()->name);
    field = comma(of_global());
    printf("%s %s\n", chosen(0)->name, chosen(1)->name);
    if (!chosen(2)) puts("nothing");
    if (!nested(1)) puts("nothing again");
    nested(0);
    for (int i = 0; i < 3; i++) puts(by_branch(i)->name);
    o = cleaned(0);
    puts(o->name);
    puts(cleaned(1) ? "?" : "failed");
    puts(borrowed(o)->name);
    printf("%d\n", to_int() > 0 && to_bool(moved()));
    to_void(0);
    to_void(1);
    o = recurse(2);
    puts(borrowed(o)->name);
    global = NULL;
    puts("end");
    return 0;
}
