/* SPDX-License-Identifier: MIT
 *
 * Initialisers that return, continue or break: what is declared holds nothing yet.
 */
#include <recount.h>
#include <stdio.h>
typedef struct O O;
struct RC_CLASS O {
    RC_HEAD;
    const char *name;
};
RC_FINALIZER static void o_fin(O *o)
{
    printf("~%s ", o->name);
}
static O *o(const char *n)
{
    if (!n) return NULL;
    O *x = rc_new(O);
    x->name = n;
    printf("+%s ", n);
    return x;
}
#define TRY(e)                                                                                               \
 ({                                                                                                          \
__typeof__(e) tried = (e);                                                                                    \
if (!tried)                                                                                                   \
return NULL;                                                                                                 \
tried;                                                                                                        \
 })
#define TRYC(e)                                                                                              \
 ({                                                                                                          \
O *tried = (e);                                                                                               \
if (!tried)                                                                                                   \
continue;                                                                                                    \
tried;                                                                                                        \
 })
typedef struct {
    O *a, *b;
} Two;
static O *chain(const char *a, const char *b)
{
    O *x = TRY(o(a));
    O *y = TRY(o(b));
    printf("%s%s ", x->name, y->name);
    return y;
}
static void loop(void)
{
    static const char *const names[] = {"p", NULL, "q"};
    for (int i = 0; i < 3; i++) {
        O *first = o("f");
        O *n = TRYC(o(names[i]));
        Two t = ({
            if (i == 2) break;
            (Two){o("ta"), NULL};
        });
        printf("%s%s%s ", first->name, n->name, t.a->name);
    }
    puts("");
}
int main(void)
{
    for (int i = 0; i < 4; i++) {
        O *r = chain(i & 1 ? "x" : NULL, i & 2 ? "y" : NULL);
        printf("= %s\n", r ? r->name : "-");
    }
    puts("");
    loop();
    rc_gc_collect();
    printf("live %zu\n", rc_live_objects());
}
