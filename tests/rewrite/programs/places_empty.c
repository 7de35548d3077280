/* SPDX-License-Identifier: MIT
 *
 * Places that are NULL when they are assigned, and those that only seem to be: code in between fills them again.
 */
#include <recount.h>
#include <stdio.h>

typedef struct N N;
struct RC_CLASS N {
    RC_HEAD;
    int v;
    N *next, *other;
};
typedef struct Pair {
    N *a, *b;
} Pair;
typedef struct Row Row; /* nothing runs when a row ends */
struct RC_CLASS Row {
    RC_HEAD;
    int v;
    Row *next;
};
typedef struct Desk Desk;
struct RC_CLASS Desk {
    RC_HEAD;
    int v;
    Row *rows;
    Desk *peer;
};

static N *g;
static int refill;
static RC_UNOWNED Desk *desks[2];

RC_FINALIZER static void n_end(N *self)
{
    printf("~%d ", self->v);
    if (!refill || !g) return;
    refill = 0;
    N *fresh = rc_new(N);
    fresh->v = 90;
    g->next = fresh;
}

static N *n(int v)
{
    N *self = rc_new(N);
    self->v = v;
    return self;
}

static Row *row(int v, RC_STEALS Row *next)
{
    Row *self = rc_new(Row);
    self->v = v;
    self->next = next;
    return self;
}

static void append(N *to, RC_STEALS N *item)
{
    if (!to->next) {
        to->next = item;
        return;
    }
    N *last = to->next;
    while (last->next) last = last->next;
    last->next = item;
}

static void drop_and_set(N *to, N *item)
{
    if (!to->next) {
        to->other = NULL; /* its finalizer fills to->next again */
        to->next = item;
    }
}

static void other_place(N *a, N *b)
{
    if (!a->next) {
        b->next = n(40);
        a->next = n(41); /* b may be a */
    }
}

static void step(N *at)
{
    if (!at->next) {
        at = at->other;
        at->next = n(50); /* of another object */
    }
}

static void by_call(N *at, void (*f)(N *))
{
    at->next = NULL;
    f(at);
    at->next = n(60);
}
static void fill(N *at)
{
    at->next = n(61);
}

static void rounds(N *at)
{
    for (int i = 0; i < 2; i++) {
        if (i == 0) at->next = NULL;
        at->next = n(70 + i);
    }
}

static Pair pair(int v)
{
    Pair p = {NULL, NULL};
    p.a = n(v);
    if (v & 1) p.b = n(v + 1);
    p.b = n(v + 2);
    return p;
}

static void two(void)
{
    Pair p, q = {n(80), NULL};
    p.b = n(81);
    q.b = n(82);
    q = pair(83);
    q.b = n(84);
    printf("two ");
}

static N *pick(N *x)
{
    N *y = x ? n(x->v + 1) : NULL;
    return y ? y : n(30);
}

static int tested(N *x)
{
    N *y = x ? n(33) : NULL, *z = y;
    if (!y) return 1;
    if (y->v == 33) z = NULL;
    printf("%s ", z ? "z" : "no z");
    return z ? 2 : 3;
}

static void lend(Desk *desk, RC_STEALS Row *with)
{
    desk->rows = with; /* ends rows, and no desk */
}

static int borrow(int i)
{
    Desk *desk = desks[i];
    lend(desk, row(1, row(2, NULL)));
    lend(desk, NULL);
    return desk->v;
}

static void unlink_peer(Desk *of)
{
    of->peer = NULL;
}

static int borrow_peer(Desk *of)
{
    Desk *desk = of->peer;
    desks[1] = desk;
    Desk *again = desks[1];
    unlink_peer(of); /* the last reference but ours */
    return again->v + desk->v;
}

int main(void)
{
    N *top = n(1);
    append(top, n(2));
    append(top, n(3));
    append(top, n(4));
    for (N *at = top; at; at = at->next) printf("%d ", at->v);
    puts("appended");
    g = n(5);
    g->other = n(6);
    refill = 1;
    drop_and_set(g, top);
    printf("%d refilled\n", g->next->v);
    N *same = n(7);
    other_place(same, same);
    printf("%d same\n", same->next->v);
    N *far = n(8);
    far->other = n(9);
    far->other->next = n(10);
    step(far);
    printf("%d stepped\n", far->other->next->v);
    by_call(far, fill);
    printf("%d called\n", far->next->v);
    rounds(far);
    printf("%d round\n", far->next->v);
    two();
    puts("");
    N *p = pick(top), *q = pick(NULL);
    printf("%d %d %d %d picked\n", p->v, q->v, tested(top), tested(NULL));
    Desk *desk = rc_new(Desk), *peer = rc_new(Desk);
    desk->v = 100, peer->v = 200;
    desks[0] = desk;
    desk->peer = peer;
    peer = NULL;
    printf("%d %d borrowed\n", borrow(0), borrow_peer(desk));
    g = NULL;
    top = NULL;
    puts("end");
    return 0;
}
