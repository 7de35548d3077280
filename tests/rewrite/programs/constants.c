/* SPDX-License-Identifier: MIT
 *
 * Immortal objects, singletons and interned ones.
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

#include <string.h>

RC_IMMORTAL static Obj none = {RC_HEAD_INIT(Obj), "none", NULL};

typedef struct Config Config;
struct RC_CLASS RC_SINGLETON Config {
    RC_HEAD;
    int verbose;
};

typedef struct Sym Sym;
struct RC_CLASS Sym {
    RC_HEAD;
    char text[16];
};

static Obj *or_none(Obj *o)
{
    return o ? o : &none;
}

static Sym *sym(const char *text)
{
    bool created;
    Sym *self = rc_intern(Sym, text, strlen(text), &created);

    if (created) {
        strcpy(self->text, text);
        printf("new %s\n", text);
    }
    return self;
}

int main(void)
{
    Obj *o = or_none(NULL);

    for (int i = 0; i < 1000; i++) o = or_none(NULL);
    printf("%s\n", o->name);
    o = or_none(obj("mortal"));
    printf("%s\n", o->name);
    o = &none;
    o->next = obj("held");
    o->next = NULL;
    o = NULL;
    Config *a = rc_new(Config), *b = rc_new(Config);
    a->verbose = 3;
    printf("%d %d\n", a == b, b->verbose);
    Sym *x = sym("x"), *y = sym("y"), *again = sym("x");
    printf("%d %d %s\n", x == again, x == y, again->text);
    x = y = again = NULL;
    Obj *forever = obj("forever");
    rc_immortalize(forever);
    forever = NULL;
    puts("end");
    return 0;
}
