/* SPDX-License-Identifier: MIT
 *
 * Function pointers carry the effects of their parameters and results.
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

typedef Obj *Maker(const char *name);
typedef void (*Sink)(RC_STEALS Obj *o, void *context);
typedef int (*Test)(Obj *o);
typedef struct Ops {
    const char *label;
    Obj *(*make)(const char *name);
    void (*sink)(RC_STEALS Obj *o, void *context);
    RC_RETURNS_BORROWED Obj *(*peek)(Obj *o);
    int (*fetch)(RC_OUT Obj **out);
} Ops;

static Obj *kept;

static void drop(RC_STEALS Obj *o, void *context)
{
    printf("drop %s %s\n", o->name, (const char *)context);
}

static void keep(RC_STEALS Obj *o, void *context)
{
    (void)context;
    kept = o;
}

RC_RETURNS_BORROWED static Obj *peek_next(Obj *o)
{
    return o->next;
}

static int fetch(RC_OUT Obj **out)
{
    *out = obj("fetched");
    return 1;
}

static int is_named(Obj *o)
{
    return o->name != NULL;
}
static int has_next(Obj *o)
{
    return o->next != NULL;
}

static const Ops all[] = {{"first", obj, drop, peek_next, fetch}, {"second", obj, keep, peek_next, fetch}};
static const Test tests[] = {is_named, has_next};

static void each(Obj *list, void (*visit)(Obj *o, int *n), int *n)
{
    for (Obj *at = list; at; at = at->next) visit(at, n);
}

static void visit(Obj *o, int *n)
{
    printf("%d %s\n", (*n)++, o->name);
}

static Obj *build(Maker *make, const char *a, const char *b)
{
    Obj *head = make(a);

    head->next = make(b);
    return head;
}

static Sink choose(int n)
{
    return n ? keep : drop;
}

int main(void)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const Ops *ops = &all[i];
        Obj *o = ops->make("made"), *got = NULL;
        o->next = ops->make("next");
        printf("%s: %s\n", ops->label, ops->peek(o)->name);
        printf("%d %s\n", ops->fetch(&got), "ok");
        printf("%s %d%d\n", got->name, tests[0](o), tests[1](got));
        ops->sink(o, "by a table");
        puts("turn done");
    }
    printf("kept %s\n", kept->name);
    choose(0)(kept, "chosen");
    choose(1)(obj("stays"), NULL);
    choose(0)(obj("goes"), "at once");
    int n = 0;
    Obj *list = build(obj, "x", "y");
    each(list, visit, &n);
    (*all[0].sink)(list, "dereferenced");
    kept = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
