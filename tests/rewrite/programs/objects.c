/* SPDX-License-Identifier: MIT
 *
 * Any object: fields and variables of rc_object, weak reference objects with callbacks, types asked for at
 * run time.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Cat Cat;
typedef struct Box Box;
struct RC_CLASS Cat {
    RC_HEAD;
    const char *name;
};
struct RC_CLASS Box {
    RC_HEAD;
    rc_object *content;
    rc_object *more[2];
};
RC_FINALIZER static void cat_finalize(Cat *self)
{
    printf("~%s\n", self->name);
}
RC_FINALIZER static void box_finalize(Box *self)
{
    puts(self->content ? "~box" : "~empty box");
}

static Cat *cat(const char *name)
{
    Cat *self = rc_new(Cat);

    self->name = name;
    return self;
}

static Box *box(RC_STEALS rc_object *content)
{
    Box *self = rc_new(Box);

    self->content = content;
    return self;
}

static void describe(rc_object *o)
{
    if (!o)
        puts("nothing");
    else if (rc_is_instance(o, &RC_TYPE(Cat)))
        printf("a cat, %s\n", ((Cat *)o)->name);
    else if (rc_type_of(o) == &RC_TYPE(Box))
        describe(((Box *)o)->content);
    else
        printf("a %s\n", rc_type_of(o)->name);
}

static void gone(rc_weakref *w, void *counter)
{
    rc_object *target = rc_weakref_get(w);

    ++*(int *)counter;
    printf("told: %s\n", target ? "still there" : "gone");
}

int main(void)
{
    int told = 0;
    Cat *tom = cat("Tom");
    rc_object *any = (rc_object *)tom;
    rc_weakref *w = rc_weakref_new(tom, gone, &told);

    describe(any);
    printf("%zu weak\n", rc_weakref_count(tom));
    rc_object *found = rc_weakref_get(w);
    printf("%d\n", found == any);
    found = NULL;
    any = NULL;
    tom = NULL;
    printf("told %d\n", told);
    describe(rc_weakref_get(w));
    w = NULL;
    Box *outer = box((rc_object *)box((rc_object *)cat("Kit")));
    describe((rc_object *)outer);
    outer->more[0] = ((Box *)outer->content)->content;
    outer->content = outer->more[1] = NULL;
    describe(outer->more[0]);
    outer->more[1] = (rc_object *)outer;
    outer = NULL;
    printf("collected %zd\n", rc_gc_collect());
    printf("live %zu\n", rc_live_objects());
    return 0;
}
