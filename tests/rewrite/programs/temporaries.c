/* SPDX-License-Identifier: MIT
 *
 * A new reference that no variable takes is released at the end of the full expression.
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

static Obj *wrap(Obj *o, const char *name)
{
    Obj *self = obj(name);

    self->next = o;
    return self;
}

static int length(Obj *o)
{
    int n = 0;

    for (; o; o = o->next) n++;
    return n;
}

static int first(void)
{
    return obj("returned")->name[0];
}

int main(void)
{
    int turns = 0;

    obj("unused");
    puts("1");
    printf("%s\n", obj("argument")->name);
    puts("2");
    printf("%d\n", length(wrap(wrap(obj("x"), "y"), "z")));
    puts("3");
    if (obj("condition")->name[0] == 'c') puts("then");
    while (length(obj("while")) == 1 && turns < 2) turns++;
    for (int i = 0; i < length(wrap(obj("for1"), "for2")) - 1; i++) puts("body");
    switch (length(obj("switch"))) {
    case 1: puts("case"); break;
    default: puts("default");
    }
    puts("4");
    int n = (obj("comma"), length(obj("value")));
    printf("%d %c\n", n, first());
    const char *text = turns ? obj("yes")->name : obj("no")->name;
    puts(text);
    Obj *kept = wrap(obj("inner"), "outer");
    puts("5");
    kept = kept->next;
    puts("6");
    printf("%d\n", turns && obj("and")->name && !obj("not"));
    do puts("do");
    while (obj("do while")->next);
    printf("live %zu\n", rc_live_objects());
    return kept == NULL;
}
