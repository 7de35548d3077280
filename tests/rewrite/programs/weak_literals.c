/* SPDX-License-Identifier: MIT
 *
 * Weak fields initialised with new references.
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
typedef struct Ref {
    RC_WEAK N *w;
    int k;
} Ref;
static int get(Ref r)
{
    return r.w ? r.w->v : -1;
}
static int peek(const Ref *r)
{
    return r->w ? r->w->v : -1;
}
static Ref ref(N *n)
{
    Ref r = {n, 1};
    return r;
}
static Ref pass(Ref r)
{
    return r;
}
int main(void)
{
    printf("%d\n", get((Ref){mk(1), 2}));
    printf("%d\n", peek(&(Ref){mk(2), 2}));
    printf("%d\n", get(ref(mk(3))));
    N *n = mk(4);
    Ref r = ref(n), s = pass(r), t[2] = {r, {n, 5}};
    printf("%d %d %d\n", get(s), peek(&r), get(t[1]));
    n = NULL;
    printf("%d %d %d %d\n", get(s), peek(&r), get(t[0]), get(t[1]));
    RC_WEAK N *w = mk(5);
    printf("%d\n", w == NULL);
    w = mk(6);
    printf("%d\n", w == NULL);
    N *strong = mk(7);
    w = strong;
    N *again = w;
    strong = NULL;
    printf("%d\n", w->v);
    again = NULL;
    printf("%d\n", w == NULL);
    return 0;
}
