/* SPDX-License-Identifier: MIT
 *
 * Moves on some paths, in loops and beside other uses.
 */
#include <recount.h>
#include <stdio.h>
typedef struct S S;
struct RC_CLASS S {
    RC_HEAD;
    int v;
    S *up;
};
RC_FINALIZER static void s_fin(S *s)
{
    printf("~%d ", s->v);
}
static S *s(int v)
{
    S *x = rc_new(S);
    x->v = v;
    return x;
}
static S *wrap(RC_STEALS S *in, int v)
{
    S *x = s(v);
    x->up = in;
    return x;
}
static S *unwrap(RC_STEALS S *in)
{
    S *up = in->up;
    return up;
}
static S *same(RC_STEALS S *in)
{
    return in;
}
static void eat(RC_STEALS S *in)
{
    printf("eat%d ", in ? in->v : 0);
}
static void eat2(RC_STEALS S *a, RC_STEALS S *b)
{
    printf("eat%d+%d ", a->v, b->v);
}
RC_RETURNS_BORROWED static S *top(S *x)
{
    while (x->up) x = x->up;
    return x;
}
static int val(S *x)
{
    return x ? x->v : -1;
}
static S *maybe(int n)
{
    return n ? s(n) : NULL;
}
static S *global;
static int bump(void)
{
    global = NULL;
    return 1;
}
static S *choose(S *a, S *b, int n)
{
    return n > 0 ? a : n < 0 ? b : s(77);
}
static void branchy(int n)
{
    S *x = s(n), *y = NULL;
    if (n & 1)
        eat(x);
    else
        y = x;
    if (n & 2) {
        eat(same(same(x)));
        return;
    }
    x = y ? y : s(100 + n);
    eat2(x, x);
}
static int count(S *list)
{
    return list ? 1 + count(list->up) : 0;
}
static void loops(void)
{
    S *acc = NULL;
    for (int i = 0; i < 3; i++) acc = wrap(acc, i);
    while (acc && val(unwrap(same(acc))) >= 0) acc = acc->up;
    printf("%d ", count(acc));
    acc = NULL;
    for (S *p = s(5); p && p->v > 3; p = p->v > 4 ? wrap(p, p->v - 1) : NULL)
        printf("p%d/%d ", p->v, count(p));
    puts("");
}
static S *recurse(RC_STEALS S *x, int n)
{
    if (n == 0) return x;
    return recurse(wrap(x, n), n - 1);
}
static void moved(int n)
{
    S *x = s(20), *y = s(21), *z = s(22);
    (void)(n && (eat(x), 1));
    y = wrap(y, 23);
    puts("");
    n ? eat(z) : (void)puts("no");
    if (!n) x = same(x), z = same(z);
    puts("end");
}
int main(void)
{
    moved(0);
    moved(1);
    printf("%d\n", val(unwrap(wrap(wrap(s(1), 2), 3))));
    printf("%d\n", val(top(wrap(wrap(s(1), 2), 3))));
    eat(unwrap(wrap(s(4), 5)));
    puts("");
    printf("%d %d\n", maybe(0) && maybe(1), 0);
    global = wrap(s(8), 9);
    printf("%d\n", (bump(), val(maybe(3) ?: maybe(4))));
    for (int i = 0; i < 4; i++) {
        branchy(i);
        puts("");
    }
    S *a = s(11), *b = s(12);
    printf("%d %d %d\n", val(choose(a, b, 1)), 0, 0);
    a = b = choose(b, a, 1);
    puts("");
    a = NULL, b = (eat(b), a);
    puts("");
    loops();
    global = recurse(s(0), 3);
    printf("%d\n", count(global));
    global = top(global);
    puts("");
    bump();
    puts("");
    rc_gc_collect();
    printf("live %zu\n", rc_live_objects());
}
