/* SPDX-License-Identifier: MIT
 *
 * Compound literals in loops and behind a backward goto, with weak fields, as arrays.
 */
#include <recount.h>
#include <stdio.h>
typedef struct O O;
struct RC_CLASS O {
    RC_HEAD;
    const char *name;
    RC_WEAK O *peer;
    O *in;
};
RC_FINALIZER static void o_fin(O *o)
{
    printf("~%s ", o->name);
}
static O *o(const char *n)
{
    O *x = rc_new(O);
    x->name = n;
    return x;
}
typedef struct {
    O *s;
    RC_WEAK O *w;
    int n;
} Mix;
typedef struct {
    O *a;
    O *b;
} Two;
static int show(Mix m)
{
    printf("<%s %s %d> ", m.s ? m.s->name : "-", m.w ? m.w->name : "-", m.n);
    return m.n;
}
static int look(const Two *t)
{
    printf("[%s %s] ", t->a ? t->a->name : "-", t->b ? t->b->name : "-");
    return 1;
}
static Two mk(const char *n)
{
    return (Two){.b = o(n)};
}
static int two(Two t)
{
    printf("{%s} ", t.b->name);
    return t.b->name[0] == 'l';
}
static void again(void)
{
    int n = 0;
top:
    look(&(Two){o(n ? "second" : "first"), NULL});
    if (++n < 2) goto top;
    puts("after");
}
static void inloop(void)
{
    for (int i = 0; i < 2; i++) {
        const Two *t = &(Two){o("x"), i ? o("y") : NULL};
        look(t);
        if (i) break;
        printf("cont ");
    }
    puts("done");
    int i = 0;
    while (i++ < 3 && (i != 2 || two(mk("l")))) printf("body%d ", i);
    puts("");
    for (int k = 0; k < 3 && (k == 1 ? two(mk("l")) : 1); k++) printf("k%d ", k);
    puts("");
}
static void weak(void)
{
    O *p = o("p");
    show((Mix){.s = p, .w = p, .n = 1});
    Mix m = {NULL, p, 2}, m2 = m;
    show(m2);
    p = NULL;
    puts("");
    show(m);
    show(m2);
    m = (Mix){o("q"), NULL, 3};
    m.w = m.s;
    Mix *h = &(Mix){.w = m.s, .n = 4};
    show(*h);
    m.s = NULL;
    show(*h);
    show((Mix){o("r"), NULL, 5});
    puts("");
}
static O *pick(int n)
{
    return n ? (Two){o("ta"), o("tb")}.b : ((Two){.a = o("ua")}).a;
}
static void arrays(void)
{
    O **list = (O *[]){o("l0"), o("l1"), NULL};
    for (O **p = list; *p; p++) printf("%s ", (*p)->name);
    list[0] = list[1];
    puts("");
    Two *ts = (Two[2]){{o("t0"), NULL}, mk("t1")};
    ts[0] = ts[1];
    look(ts);
    puts("");
}
int main(void)
{
    again();
    inloop();
    weak();
    puts(pick(0)->name);
    puts(pick(1)->name);
    arrays();
    rc_gc_collect();
    printf("live %zu\n", rc_live_objects());
}
