/* SPDX-License-Identifier: MIT
 *
 * Jumps out of statement expressions while the expressions around them hold references.
 */
#include <recount.h>
#include <stdio.h>
typedef struct O O;
struct RC_CLASS O {
    RC_HEAD;
    const char *name;
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
    printf("+%s ", n);
    return x;
}
static int one(O *a)
{
    printf("(%s) ", a ? a->name : "-");
    return 1;
}
static void loops(void)
{
    for (int i = 0; i < 3; i++) {
        if (one(o("outer")) && ({
                if (i == 0) continue;
                if (i == 2) break;
                one(o("inner"));
            }))
            printf("yes ");
        puts("done");
    }
    puts("out");
    int n = 0;
    while (n < 2) {
        O *l = o("local");
        n += (one(l), one(o("m")), ({
                  O *t = o("t");
                  if (n == 1) {
                      printf("b ");
                      break;
                  }
                  one(t);
              }));
        puts("turn");
    }
    puts("after while");
    int k = 0;
    do {
        k++;
        O *r;
        r = one(o("x")) && ({
                if (k == 1) goto again;
                1;
            })
                ? o("yes")
                : o("no");
        puts(r->name);
    again:;
    } while (k < 2);
    puts("");
}
static int early(int n)
{
    return (one(o("p")), 1) + 0 * n && ({
               if (n) return one(o("q")) + 10;
               5;
           });
}
static O *make(int n)
{
    O *keep = o("keep");
    return ({
        O *in = o("in");
        if (n) return keep;
        in->in = keep;
        in;
    });
}
struct S {
    O *a, *b;
};
static int three(struct S s)
{
    printf("<%s %s> ", s.a->name, s.b ? s.b->name : "-");
    return 2;
}
static struct S mk(const char *n)
{
    return (struct S){o(n), NULL};
}
static void structs(void)
{
    for (int i = 0; i < 2; i++) {
        int r = (three(mk("s")), ({
                     if (i) break;
                     three(mk("w"));
                 }));
        printf("ok%d\n", r);
    }
    puts("end");
    struct S z = ({
        struct S t = mk("zz");
        t.b = o("zb");
        t;
    });
    three(z);
    puts("");
}
static int sw(int n)
{
    switch (one(o("head")), ({
                if (n == 9) return -1;
                n + 1;
            })) {
    case 1: return one(o("c1"));
    case 2: {
        O *l = o("c2");
        one(l);
        break;
    }
    default:
        one(({
            O *q = o("d");
            q;
        }));
    }
    return 0;
}
int main(void)
{
    loops();
    printf("%d\n", early(0));
    printf("%d\n", early(1));
    puts(make(1)->name);
    puts(make(0)->in->name);
    structs();
    for (int i = 0; i < 3; i++) printf("%d\n", sw(i));
    printf("%d\n", sw(9));
    rc_gc_collect();
    printf("live %zu\n", rc_live_objects());
}
