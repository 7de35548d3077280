/* SPDX-License-Identifier: MIT */
/* flags: -std=gnu11 */
typedef struct Obj { int n; struct Obj *link; } Obj;
Obj *make(int), *keep(Obj *, Obj *);
void drop(Obj **);
int f(int);

int exits(int n)
{
    Obj *a = make(1), *b = make(2);
    if (n == 1) return a->n;
    {
        Obj *c = make(3);
        if (n == 2) return c->n;
        Obj *d;
        if (n == 3) goto out;
        d = c;
    }
    for (Obj *e = make(4); e; e = e->link) {
        Obj *g = e;
        if (g->n) continue;
        if (n) break;
    }
    while (n--) {
        Obj *h = make(n);
        switch (n) {
        case 1: { Obj *i = h; if (f(1)) break; if (f(2)) continue; i = 0; }
        default: break;
        }
    }
out:
    return b->n;
}
int backwards(int n)
{
top:;
    Obj *a = make(n);
    {
        Obj *b = make(1);
        if (n--) goto top;
        if (b) goto into;
    }
    {
        Obj *c;
    into:
        c = a;
        f(c->n);
    }
    return 0;
}
int literals(int n)
{
    Obj *p = &(Obj){.n = n};
    if (n) keep(&(Obj){1, p}, (Obj[]){{2}, {3}});
    for (;;) {
        p = &(Obj){0};
        if (f(p->n)) break;
    }
    return p->n;
}
int cleaned(int n)
{
    __attribute__((cleanup(drop))) Obj *a = make(1);
#define AUTO __attribute__((cleanup(drop)))
    for (int i = 0; i < n; i++) {
        AUTO Obj *b = make(2);
        if (f(i)) break;
        if (f(i + 1)) return a->n;
    }
    return 0;
}
int sizes(int n)
{
    int a[n + f(1)], (*p)[f(2)] = &a;
    typedef int row[f(3)];
    row r;
    __typeof__(f(4)) same = f(5);
    return a[0] + (*p)[1] + p[1][2] + r[0] + same;
}
int statement_expr(int n)
{
    return ({ Obj *a = make(1); if (n) return f(0); a->n; }) + ({ __label__ l; int k = n; l: if (k--) goto l; k; });
}
int unreachable(int n)
{
    Obj *a = make(1);
    return a->n;
    Obj *b = make(2);
    return b->n;
}
