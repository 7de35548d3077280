/* SPDX-License-Identifier: MIT
 *
 * An object dies at once: weak references, finalizers from derived to base, then its fields in order.
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

typedef struct Base Base;
typedef struct Derived Derived;
struct RC_CLASS RC_BASE Base {
    RC_HEAD;
    Obj *b1, *b2;
};
struct RC_CLASS Derived {
    Base base;
    Obj *d1;
    Obj *pair[2];
    RC_COUNTED_BY(n) Obj **buffer;
    size_t n;
};
static RC_WEAK Derived *watched;
RC_FINALIZER static void base_finalize(Base *self)
{
    printf("~base %s\n", self->b1->name);
}
RC_FINALIZER static void derived_finalize(Derived *self)
{
    printf("~derived %s, %s\n", self->d1->name, watched ? "watched" : "not watched");
}

typedef struct Saver Saver;
struct RC_CLASS Saver {
    RC_HEAD;
    Obj *held;
};
static Saver *saved;
RC_FINALIZER static void saver_finalize(Saver *self)
{
    Obj *t = obj("temporary");
    t = NULL;
    puts("saver: after the temporary");
    self->held->next = NULL;
    puts("saver: after the cut");
    saved = self;
    (void)t;
}

typedef struct Link Link;
struct RC_CLASS Link {
    RC_HEAD;
    Link *next;
};
static int links;
RC_FINALIZER static void link_finalize(Link *self)
{
    (void)self;
    links++;
}

static void whole(void)
{
    Derived *d = rc_new(Derived);

    d->base.b1 = obj("b1");
    d->base.b2 = obj("b2");
    d->base.b2->next = obj("below b2");
    d->d1 = obj("d1");
    d->pair[0] = obj("pair0");
    d->pair[1] = obj("pair1");
    d->buffer = rc_array_new(Obj, 2);
    d->n = 2;
    d->buffer[0] = obj("buffer0");
    d->buffer[1] = obj("buffer1");
    watched = d;
    printf("%s\n", watched ? "watched" : "not watched");
}

static void saves(void)
{
    Saver *s = rc_new(Saver);

    s->held = obj("held");
    s->held->next = obj("held's");
}

static void chain(int n)
{
    Link *head = NULL;

    while (n--) {
        Link *link = rc_new(Link);
        link->next = head;
        head = link;
    }
}

int main(void)
{
    whole();
    saves();
    printf("saved %s\n", saved->held->name);
    saved = NULL;
    puts("only once");
    chain(1000000);
    printf("%d links\n", links);
    printf("live %zu\n", rc_live_objects());
    return 0;
}
