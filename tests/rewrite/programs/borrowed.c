/* SPDX-License-Identifier: MIT
 *
 * What is only borrowed from a field or a global stays alive as long as the expression that uses it.
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

static Obj *top;

static int drop_top(void)
{
    top = NULL;
    puts("dropped");
    return 1;
}

static void show_after_drop(Obj *o)
{
    drop_top();
    printf("still %s\n", o->name);
}

RC_RETURNS_BORROWED static Obj *get_top(void)
{
    return top;
}

static Obj *second_of(Obj *list)
{
    return list->next;
}

static int cut(Obj *list, Obj *second)
{
    list->next = NULL;
    printf("cut, still %s\n", second->name);
    return 0;
}

static Obj *replace(Obj **slot, Obj *value)
{
    *slot = value;
    return *slot;
}

int main(void)
{
    top = obj("global");
    show_after_drop(top);
    top = obj("borrowed return");
    show_after_drop(get_top());
    top = obj("list");
    top->next = obj("second");
    cut(top, top->next);
    puts("1");
    top->next = obj("third");
    Obj *kept = second_of(top);
    drop_top();
    printf("kept %s\n", kept->name);
    top = obj("compared");
    printf("%d\n", get_top() == kept);
    drop_top();
    top = kept;
    kept = NULL;
    Obj *now = replace(&top, obj("new"));
    printf("%s\n", now->name);
    now = NULL;
    top->next = top;
    top->next = NULL;
    top = top->next;
    puts("end");
    printf("live %zu\n", rc_live_objects());
    return 0;
}
