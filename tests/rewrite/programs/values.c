/* SPDX-License-Identifier: MIT
 *
 * Structs of references in every position: members, elements, conditionals, results, loops.
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

typedef struct Pair {
    Obj *a;
    struct {
        Obj *b;
        int n;
    } in;
} Pair;

typedef struct Many {
    Pair pairs[2];
    Obj *objs[2];
} Many;

typedef struct Holder Holder;
struct RC_CLASS Holder {
    RC_HEAD;
    Pair pair;
    Many many[2];
};
RC_FINALIZER static void holder_finalize(Holder *self)
{
    printf("~holder %d\n", self->pair.in.n);
}

static Pair pair(const char *a, const char *b, int n)
{
    return (Pair){.in = {obj(b), n}, .a = obj(a)};
}

static const char *name_a(Pair p)
{
    return p.a ? p.a->name : "-";
}
static const char *name_b(Pair p)
{
    return p.in.b ? p.in.b->name : "-";
}

static Pair swapped(Pair p)
{
    Obj *t = p.a;

    p.a = p.in.b;
    p.in.b = t;
    return p;
}

static void fill(Pair *out, int n)
{
    out->a = NULL;
    out->in.b = NULL;
    if (n) *out = pair("out a", "out b", n);
}

static Pair identity(Pair p)
{
    return p;
}

static Holder *holder(Pair p)
{
    Holder *self = rc_new(Holder);

    self->pair = p;
    self->many[1].pairs[0] = p;
    self->many[1].objs[1] = p.a;
    return self;
}

static void inner(void)
{
    Pair p = pair("pa", "pb", 1), q = {0};

    for (int i = 0; i < 2; i++) {
        Pair turn = i ? p : q;
        printf("%s %s\n", name_a(turn), name_b(turn));
        if (!i) continue;
        q = turn;
    }
    p = swapped(q);
    printf("%s %s\n", name_a(p), name_b(q));
    q = p = identity(identity(p));
    printf("%s\n", name_a((0 ? p : q)));
    p.a = q.in.b = NULL;
    puts("halves");
    q = p;
    puts("q is p");
}

static void members(void)
{
    Holder *h = holder(pair("ha", "hb", 7));
    Many m = h->many[1], *at = &h->many[0];

    puts("held");
    *at = m;
    h->many[1] = (Many){.objs = {NULL, m.objs[1]}};
    h->pair = (Pair){NULL, {NULL, 8}};
    m = *at;
    printf("%s %s %s\n", name_a(at->pairs[0]), name_b(m.pairs[0]), h->many[1].objs[1]->name);
    *at = (Many){0};
    h = NULL;
    puts("holder gone");
    m.pairs[0].in.b = NULL;
    puts("end");
}

int main(void)
{
    inner();
    members();
    Pair p;
    fill(&p, 3);
    printf("%s %d\n", name_b(p), p.in.n);
    p = pair("x", "y", 0);
    printf("%s\n", name_a(pair("t", "u", 0)));
    p.a = NULL;
    p.in.b = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
