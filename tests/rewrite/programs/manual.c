/* SPDX-License-Identifier: MIT
 *
 * A function that counts by hand is left as it is.
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

RC_MANUAL static void rotate(Obj *list)
{
    Obj *second = list->next;

    list->next = second->next;
    RC_XINCREF(list->next);
    RC_SETREF(second->next, rc_newref(list));
    RC_DECREF(second);
}

RC_MANUAL static Obj *made_by_hand(const char *name)
{
    Obj *self = rc_new(Obj);

    if (!self) return NULL;
    self->name = name;
    RC_INCREF(self);
    RC_DECREF(self);
    return self;
}

RC_MANUAL static void clear_next(Obj *o)
{
    RC_CLEAR(o->next);
}

static void clear_both(Obj *a, Obj *b)
{
    clear_next(a);
    clear_next(b);
}

int main(void)
{
    Obj *a = made_by_hand("a"), *b = made_by_hand("b"), *c = obj("c");

    a->next = b;
    b->next = c;
    rotate(a);
    printf("%s %s %s\n", a->name, a->next->name, b->next->name);
    c = NULL;
    puts("c dropped");
    clear_both(a, b);
    puts("cleared");
    printf("%zu\n", rc_refcount(a));
    return 0;
}
