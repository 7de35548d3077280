/* SPDX-License-Identifier: MIT
 *
 * What calls through pointers take and give: in tables, chosen by a condition, returned, handed on.
 */
#include <recount.h>
#include <stdio.h>
typedef struct RC_CLASS N {
    RC_HEAD;
    int v;
} N;
RC_FINALIZER static void fin(N *n)
{
    printf("~%d\n", n->v);
}
static N *mk(int v)
{
    N *n = rc_new(N);
    n->v = v;
    return n;
}
typedef void (*sink)(RC_STEALS N *n);
typedef N *(*src)(int);
typedef RC_RETURNS_BORROWED N *(*peek)(void);
static N *store;
static void keep(RC_STEALS N *n)
{
    store = n;
}
static void toss(RC_STEALS N *n)
{
    printf("toss %d\n", n->v);
}
RC_RETURNS_BORROWED static N *look(void)
{
    return store;
}
struct ops {
    sink put;
    src make;
    RC_RETURNS_BORROWED N *(*see)(void);
    void (*fill)(RC_OUT N **o, int v);
};
static void fill(RC_OUT N **o, int v)
{
    *o = v ? mk(v) : NULL;
}
static const struct ops table[] = {{keep, mk, look, fill}, {toss, mk, look, fill}};
static void run(const struct ops *o, int v)
{
    o->put(o->make(v));
    N *n = o->see();
    if (n) printf("see %d\n", n->v);
    N *m = mk(90);
    o->fill(&m, v + 10);
    printf("m %d\n", m->v);
    o->fill(&m, 0);
    printf("m %d\n", m == NULL);
}
static sink choose(int k)
{
    return k ? keep : toss;
}
static void each(int n, sink s)
{
    for (int i = 0; i < n; i++) s(mk(100 + i));
}
int main(void)
{
    run(&table[0], 1);
    run(table + 1, 2);
    choose(0)(mk(3));
    choose(1)(mk(4));
    (*table[1].put)(mk(5));
    for (int i = 0; i < 2; i++) (i ? keep : toss)(mk(20 + i));
    sink s = (store != NULL) ? keep : toss;
    s(mk(30));
    each(2, keep);
    peek pk = look;
    printf("%d\n", pk()->v);
    store = NULL;
    return 0;
}
