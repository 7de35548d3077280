/* SPDX-License-Identifier: MIT
 *
 * A struct with a weak field is assigned: finalizers see the new value.
 */
#include <recount.h>
#include <stdio.h>
typedef struct O O;
struct RC_CLASS O {
    RC_HEAD;
    const char *name;
};
typedef struct {
    O *s;
    RC_WEAK O *w;
} Mix;
static Mix g;
RC_FINALIZER static void o_fin(O *o)
{
    printf("~%s sees %s/%s\n", o->name, g.s ? g.s->name : "-", g.w ? g.w->name : "-");
}
static O *o(const char *n)
{
    O *x = rc_new(O);
    x->name = n;
    return x;
}
static Mix mix(O *s, O *w)
{
    Mix m = {s, w};
    return m;
}
int main(void)
{
    O *a = o("a");
    g = mix(o("first"), a);
    g = mix(a, a);
    g.s = NULL;
    a = NULL;
    g = (Mix){o("last"), NULL};
    g.w = g.s;
    g = (Mix){0};
    puts("end");
    rc_gc_collect();
    printf("live %zu\n", rc_live_objects());
}
