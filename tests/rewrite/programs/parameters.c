/* SPDX-License-Identifier: MIT
 *
 * RC_STEALS, RC_OUT, in-out and parameters that are assigned to.
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

static int fetch(int ok, RC_OUT Obj **out)
{
    if (!ok) return -1;
    *out = obj("fetched");
    return 0;
}

static int fetch_twice(RC_OUT Obj **out)
{
    *out = obj("once");
    *out = obj("twice");
    return fetch(0, out);
}

static void advance(Obj **at)
{
    *at = (*at)->next;
}

static void consume(RC_STEALS Obj *o)
{
    printf("consume %s\n", o->name);
}

static void keep_or_drop(RC_STEALS Obj *o, Obj **keep)
{
    if (keep) *keep = o;
    puts(keep ? "kept" : "dropped");
}

static int walk(Obj *o)
{
    int n = 0;

    while (o) {
        n++;
        o = o->next;
    }
    return n;
}

static void forget(Obj *o)
{
    o = NULL;
    puts(o ? "?" : "forgotten");
}

static void skip(Obj *o)
{
    advance(&o);
    printf("skipped to %s\n", o->name);
}

static Obj *pass_through(RC_STEALS Obj *o)
{
    return o;
}

static Obj *chain(RC_STEALS Obj *head, RC_STEALS Obj *tail)
{
    head->next = tail;
    return head;
}

int main(void)
{
    Obj *o = obj("old");
    int status = fetch(1, &o);
    printf("%d %s\n", status, o->name);
    status = fetch(0, &o);
    printf("%d %s\n", status, o ? o->name : "nothing");
    status = fetch_twice(&o);
    printf("%d %s\n", status, o ? o->name : "nothing");
    o = chain(obj("1"), chain(obj("2"), obj("3")));
    printf("%d\n", walk(o));
    skip(o);
    advance(&o);
    printf("%s\n", o->name);
    Obj *moved = obj("moved");
    consume(moved);
    puts("after the move");
    Obj *copied = obj("copied");
    consume(copied);
    printf("after the copy %s\n", copied->name);
    consume(obj("temporary"));
    Obj *slot = NULL;
    keep_or_drop(obj("k"), &slot);
    keep_or_drop(obj("d"), NULL);
    puts(slot->name);
    forget(obj("f"));
    forget(slot);
    slot = pass_through(pass_through(slot));
    printf("%s\n", slot->name);
    printf("live %zu\n", rc_live_objects());
    return 0;
}
