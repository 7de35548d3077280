/* SPDX-License-Identifier: MIT
 *
 * Counted buffers and flexible arrays own their elements; what a shrink cuts off dies.
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

typedef struct List List;
struct RC_CLASS List {
    RC_HEAD;
    size_t n;
    RC_COUNTED_BY(n) Obj **items;
};

typedef struct Tuple Tuple;
struct RC_CLASS Tuple {
    RC_HEAD;
    size_t n;
    RC_COUNTED_BY(n) Obj *item[];
};

static int append(List *list, RC_STEALS Obj *item)
{
    if (rc_array_resize(Obj, list->items, list->n, list->n + 1)) return -1;
    list->items[list->n++] = item;
    return 0;
}

static Obj *pop(List *list)
{
    Obj *item = list->items[list->n - 1];

    list->items[--list->n] = NULL;
    return item;
}

static void truncate_to(List *list, size_t n)
{
    if (!rc_array_resize(Obj, list->items, list->n, n)) list->n = n;
}

static Tuple *tuple_of(List *list)
{
    Tuple *self = rc_new_extra(Tuple, list->n);

    self->n = list->n;
    for (size_t i = 0; i < list->n; i++) self->item[i] = list->items[i];
    return self;
}

static void swap(Obj **a, Obj **b)
{
    Obj *t = *a;

    *a = *b;
    *b = t;
}

int main(void)
{
    static const char *const names[] = {"zero", "one", "two", "three", "four", "five"};
    List *list = rc_new(List);

    for (int i = 0; i < 6; i++) append(list, obj(names[i]));
    printf("%zu of %zu\n", list->n, rc_array_len(list->items));
    pop(list);
    puts("popped");
    Obj *kept = pop(list);
    printf("%s\n", kept->name);
    swap(&list->items[0], &list->items[3]);
    Tuple *tuple = tuple_of(list);
    truncate_to(list, 2);
    puts("truncated");
    tuple->item[2] = NULL;
    tuple = NULL;
    puts("tuple gone");
    list->items = NULL;
    list->n = 0;
    puts("buffer gone");
    append(list, kept);
    list->items = rc_array_new(Obj, 1);
    list->items[0] = kept;
    kept = NULL;
    list = NULL;
    Obj *local[3] = {obj("l0"), NULL, NULL};
    local[1] = local[0];
    local[0] = NULL;
    for (int i = 0; i < 3; i++) printf("%s ", local[i] ? local[i]->name : "-");
    puts("");
    local[1] = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
