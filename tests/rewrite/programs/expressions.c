/* SPDX-License-Identifier: MIT
 *
 * Counted values inside of expressions: assignments as operands, conditionals on both sides, slots by
 * address.
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

static Obj *kept, *slots[3];
static int turn;

static Obj *join(Obj *a, Obj *b)
{
    a->next = b;
    return a;
}

static int length(Obj *o)
{
    int n = 0;

    for (; o; o = o->next) n++;
    return n;
}

static Obj *pop(void)
{
    static const char *const names[] = {"p0", "p1", "p2"};

    return turn < 3 ? obj(names[turn++]) : NULL;
}

static void put(Obj **slot, RC_STEALS Obj *o)
{
    *slot = o;
}

static Obj **slot_at(int i)
{
    return &slots[i];
}

int main(void)
{
    Obj *a, *b = NULL, *o;

    printf("%d\n", length(a = obj("a")));
    if ((b = join(obj("b"), a)) && b->next == a) puts("joined");
    a = NULL;
    while ((o = pop()) && o->name[1] != '1') printf("%s\n", o->name);
    puts("popped");
    o = NULL;
    for (int i = 0; i < 2; i++) {
        *(i ? &a : &kept) = obj(i ? "to a" : "to kept");
        (i ? a : kept)->next = obj(i ? "after a" : "after kept");
    }
    o = turn ? a : kept;
    printf("%s %s\n", o->name, (turn ? kept : a)->next->name);
    o = NULL;
    int i = 0;
    put(&slots[i++], obj("s0"));
    put(slot_at(i++), obj("s1"));
    *slot_at(i) = slots[0];
    printf("%s %s %s %d\n", slots[0]->name, (*slot_at(1))->name, slots[2]->name, i);
    Obj **p = slots;
    *p++ = NULL;
    (*p)->next = p[1];
    p[1] = NULL;
    *(p + 1) = *p;
    *p-- = NULL;
    printf("%d %d\n", length(p[2]), (int)(p - slots));
    slots[2] = NULL;
    a = (b = NULL, a->next);
    printf("%s\n", a->name);
    kept = kept ? kept->next : NULL;
    Obj *c = (kept = obj("new kept")), *d = c;
    d = (c = NULL) ? c : d;
    printf("%s %d\n", d->name, c == NULL);
    a = kept = d = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
