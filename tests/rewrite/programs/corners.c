/* SPDX-License-Identifier: MIT
 *
 * Where several rules meet: weak fields in returned structs, shadowed names on the way out, jumps out of statement
 * expressions, old-style definitions.
 */
#include <recount.h>
#include <stdio.h>
typedef struct O O;
struct RC_CLASS O {
    RC_HEAD;
    int n;
    O *next;
};
RC_FINALIZER static void o_fini(O *o)
{
    printf("~%d\n", o->n);
}
static O *mk(int n)
{
    O *o = rc_new(O);
    o->n = n;
    return o;
}
typedef struct S {
    O *a;
    RC_WEAK O *w;
    int k;
} S;
static S ms(O *o)
{
    S s = {mk(10), o, 3};
    return s;
}
static int use(S s)
{
    return s.w ? s.w->n + s.a->n : -1;
}
static O *old(a, n)
O *a;
int n;
{
    return n ? a : NULL;
}
static int shadow(int c)
{
    O *x = mk(20);
    {
        O *x = mk(21);
        if (c) return x->n;
        x->n++;
    }
    return x->n;
}
static void arr(int n)
{
    O *v[2][2] = {{mk(30), NULL}, {mk(31)}};
    v[1][1] = v[0][0];
    if (n) return;
    v[0][0] = NULL;
    puts("arr");
}
static int st(int c)
{
    O *k = mk(40);
    int r = ({
        O *t = mk(41);
        if (c) return k->n;
        t->n;
    });
    return r;
}
static inline O *first(O *a, ...)
{
    return a;
}
#define SWAP(a, b)                                                                                           \
 do {                                                                                                        \
  __typeof__(a) t_ = a;                                                                                      \
  a = b;                                                                                                     \
  b = t_;                                                                                                    \
 } while (0)
int main(void)
{
    O *o = mk(1);
    printf("%d\n", use(ms(o)));
    printf("%d\n", ms(o).a->n);
    S s = ms(o), t = s;
    s.a = NULL;
    printf("%d\n", t.a->n);
    t = (S){.k = 1};
    puts("t");
    printf("%d %d\n", shadow(0), old(o, 1)->n);
    shadow(1);
    arr(0);
    arr(1);
    printf("%d\n", st(0));
    printf("%d\n", st(1));
    O *p = mk(50), *q = mk(51);
    SWAP(p, q);
    printf("%d %d\n", p->n, q->n);
    O *const c = mk(60);
    printf("%d\n", first(c, q)->n);
    __auto_type z = mk(70);
    __typeof__(z) y = z;
    for (O *i = mk(80), *j = i; i; i = i->next) printf("%d\n", j->n);
    _Generic(z, O * : puts("generic"), default : puts("?"));
    z = NULL;
    y->n = 71;
    while (mk(90)->n < 90) puts("never");
    do {
        O *d = mk(91);
        if (d->n) continue;
    } while (0);
    goto end;
end:
    puts("end");
    return 0;
}
