/* SPDX-License-Identifier: MIT
 *
 * List surgery through pointers to slots: insert, remove, reverse, sort, split.
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

static void insert(Obj **list, RC_STEALS Obj *o)
{
    while (*list && (*list)->name[0] < o->name[0]) list = &(*list)->next;
    o->next = *list;
    *list = o;
}

static int cut(Obj **list, char c)
{
    for (Obj **at = list; *at; at = &(*at)->next) {
        if ((*at)->name[0] == c) {
            *at = (*at)->next;
            return 1;
        }
    }
    return 0;
}

static Obj *reverse(RC_STEALS Obj *list)
{
    Obj *back = NULL;

    while (list) {
        Obj *next = list->next;
        list->next = back;
        back = list;
        list = next;
    }
    return back;
}

static Obj *pop(Obj **list)
{
    Obj *first = *list;

    if (first) {
        *list = first->next;
        first->next = NULL;
    }
    return first;
}

static void split(Obj *list, RC_OUT Obj **odd, RC_OUT Obj **even)
{
    Obj **to[2] = {odd, even};
    int n = 0;

    for (Obj *at = list; at; at = at->next, n = !n) {
        Obj *copy = obj(at->name);
        copy->next = *to[n];
        *to[n] = copy;
    }
}

static void show(const char *what, Obj *list)
{
    printf("%s:", what);
    for (; list; list = list->next) printf(" %s", list->name);
    puts("");
}

int main(void)
{
    static const char *const names[] = {"d", "b", "e", "a", "c"};
    Obj *list = NULL, *odd, *even;

    for (int i = 0; i < 5; i++) insert(&list, obj(names[i]));
    show("sorted", list);
    printf("%d %d\n", cut(&list, 'c'), cut(&list, 'x'));
    show("cut", list);
    list = reverse(list);
    show("reversed", list);
    split(list, &odd, &even);
    show("odd", odd);
    show("even", even);
    odd = even = NULL;
    for (Obj *o; (o = pop(&list)) != NULL;) printf("popped %s\n", o->name);
    show("empty", list);
    printf("live %zu\n", rc_live_objects());
    return 0;
}
