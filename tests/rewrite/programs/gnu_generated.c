/* SPDX-License-Identifier: MIT
 *
 * An expression tree whose functions and tables X-macros make.
 */
#include <recount.h>
#include <stdio.h>
typedef struct T T;
struct RC_CLASS T {
    RC_HEAD;
    int kind;
    T *l, *r;
    double v;
};
RC_FINALIZER static void t_fin(T *t)
{
    printf("~%d", t->kind);
}
#define OPS(X) X(NUM, 0) X(ADD, 2) X(MUL, 2) X(NEG, 1)
enum {
#define X(n, a) K_##n,
    OPS(X)
#undef X
};
static const struct {
    const char *name;
    int arity;
} ops[] = {
#define X(n, a) {#n, a},
    OPS(X)
#undef X
};
#define X(n, a)                                                                                              \
 static T *mk_##n(T *l, T *r)                                                                                \
 {                                                                                                           \
  T *t = rc_new(T);                                                                                          \
  t->kind = K_##n;                                                                                           \
  t->l = l;                                                                                                  \
  t->r = r;                                                                                                  \
  return t;                                                                                                  \
 }
OPS(X)
#undef X
#define N(x) _Generic((x), int : num_i, double : num_d, T * : num_t)(x)
static T *num_d(double v)
{
    T *t = mk_NUM(NULL, NULL);
    t->v = v;
    return t;
}
static T *num_i(int v)
{
    return num_d(v);
}
static T *num_t(T *t)
{
    return t;
}
static T *table[4], *memo[2][2];
static double eval(t)
T *t;
{
    switch (t->kind) {
    case K_NUM: return t->v;
    case K_NEG: return -eval(t->l);
    case K_ADD: {
        double a = eval(t->l);
        return a + eval(t->r);
    }
    default: break;
    }
    return eval(t->l) * eval(t->r);
}
static T *cached(n, t)
int n;
T *t;
{
    static T *last;
    static int hits;
    if (!t) t = last ? (hits++, last) : N(hits);
    last = t;
    if (n < 0) last = NULL;
    return t;
}
static T *simplify(RC_STEALS T *t)
{
    if (t->l) t->l = simplify(t->l);
    if (t->r) t->r = simplify(t->r);
    if (t->kind == K_NEG && t->l->kind == K_NEG) return t->l->l;
    if (t->kind == K_MUL && t->r->kind == K_NUM && t->r->v == 1) t = t->l;
    return t;
}
static int depth(T *t)
{
    int l = t->l ? depth(t->l) : 0, r = t->r ? depth(t->r) : 0;
    return 1 + (l > r ? l : r);
}
static void vla(int n, T *t)
{
    double vals[n];
    T *nodes[3] = {t};
    int idx[n][2];
    for (int i = 0; i < n; i++) {
        T *cur = i ? nodes[0]->l : nodes[0];
        if (!cur) break;
        vals[i] = eval(cur);
        idx[i][0] = idx[i][1] = i;
        nodes[0] = cur;
        nodes[2] = nodes[1], nodes[1] = cur;
        printf("%g/%d ", vals[i], idx[i][1]);
    }
    puts("");
}
int main(void)
{
    T *e = mk_ADD(mk_MUL(N(2), N(1)), mk_NEG(mk_NEG(N(1.5), NULL), NULL));
    printf("%g %d %s/%d\n", eval(e), depth(e), ops[e->kind].name, ops[e->kind].arity);
    e = simplify(e);
    puts("");
    printf("%g %d\n", eval(e), depth(e));
    vla(3, e);
    table[e->kind] = e;
    memo[1][0] = memo[0][1] = N(e)->l;
    e = NULL;
    printf("%g\n", eval(cached(1, memo[1][0])));
    printf("%g\n", eval(cached(1, NULL)));
    do {
        T *x = cached(-1, NULL);
        if (!x->l) break;
        puts("never");
    } while (0);
    printf("%g\n", eval(cached(-1, NULL)));
    T *z = table[0] ?: table[1];
    z = (z->kind == K_ADD && z->r) ? (puts("yes"), z->r) : N(7);
    for (int i = 0; i < 4; i++) table[i] = NULL;
    puts("");
    memo[0][1] = NULL;
    memo[1][0] = z;
    puts("");
    z = memo[1][0] = NULL;
    puts("");
    rc_gc_collect();
    printf("live %zu\n", rc_live_objects());
}
