/* SPDX-License-Identifier: MIT
 *
 * Operands are evaluated once and in the order of the source, whatever is counted around them.
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

static Obj *said(const char *name)
{
    printf("make %s\n", name);
    return obj(name);
}

static int step(int n)
{
    printf("step %d\n", n);
    return n;
}

static Obj *slots[4];
static int turn;

static int next_turn(void)
{
    printf("turn %d\n", turn);
    return turn++;
}

int main(void)
{
    Obj *a = NULL, *b;

    (void)((a = said("a"), step(1)) && (a = said("b"), step(0)) && (a = said("never"), step(2)));
    (void)(step(3) || (a = said("never"), step(4)));
    b = step(0) ? said("yes") : said("no");
    printf("%s %s\n", a->name, b->name);
    int i = 0;
    slots[i++] = a;
    slots[i++] = b;
    slots[i++] = said("c");
    printf("i %d\n", i);
    slots[next_turn()] = NULL;
    slots[next_turn()]->next = slots[2];
    printf("%s\n", slots[1]->next->name);
    Obj **p = slots;
    *p++ = said("e");
    *++p = NULL;
    printf("%d\n", (int)(p - slots));
    a = b = NULL;
    puts("locals gone");
    for (int k = 0; k < 4; step(k), k++) slots[k] = NULL;
    Obj *x = (said("left"), said("right"));
    printf("%s\n", x->name);
    x = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
