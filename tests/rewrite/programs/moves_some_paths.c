/* SPDX-License-Identifier: MIT
 *
 * Moves on some paths only: variables that are NULL afterwards, inside of conditions and loops.
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
static int eat(RC_STEALS S *in)
{
    printf("eat%d ", in ? in->v : 0);
    return 1;
}
static void last(int n)
{
    S *x = s(20), *y = s(21), *z = s(22);
    (void)(n && eat(x));
    y = wrap(y, 23);
    puts("y");
    (void)(n ? eat(z) : puts("no"));
    puts("end");
}
static void both(S *b)
{
    S *a = b;
    a = NULL, b = (eat(b), a);
    puts("both");
}
static S *self(void)
{
    static S *one;
    if (!one) one = s(1);
    return one;
}
int main(void)
{
    last(0);
    last(1);
    both(s(5));
    self()->up = s(2);
    self()->up->up = NULL;
    ((S *)self())->up = NULL;
    puts("");
    printf("live %zu\n", rc_live_objects());
}
