/* SPDX-License-Identifier: MIT
 *
 * Structs with counted fields that have no name at file level: copied in declarations and assignments.
 */
#include <recount.h>
#include <stdio.h>
typedef struct RC_CLASS Obj {
    RC_HEAD;
    int id;
} Obj;
RC_FINALIZER static void obj_fin(Obj *o)
{
    printf("~%d\n", o->id);
}
static Obj *obj(int id)
{
    Obj *o = rc_new(Obj);
    o->id = id;
    return o;
}
typedef struct {
    Obj *a, *b;
} Pair;
typedef struct {
    Pair p[2];
    int n;
} Deep;
static Pair pair(int a, int b)
{
    Pair p = {obj(a), obj(b)};
    return p;
}
static int sum(Pair p)
{
    return p.a->id + p.b->id;
}
static Pair flip(Pair p)
{
    Obj *t = p.a;
    p.a = p.b;
    p.b = t;
    return p;
}
static Deep deep(Pair p)
{
    Deep d = {.p = {p, flip(p)}, .n = 2};
    return d;
}
struct {
    Obj *one;
    int k;
} global;
int main(void)
{
    Pair p = pair(1, 2), q = p;
    printf("%d %d\n", sum(p), sum(flip(q)));
    Deep d = deep(p);
    p = d.p[1];
    printf("%d %d\n", p.a->id, d.p[0].a->id);
    struct local {
        Obj *x;
        int y;
    } l = {obj(7), 3}, m;
    m = l;
    m.x = obj(8);
    l = m;
    printf("%d %d\n", l.x->id, m.y);
    struct {
        Obj *z;
    } anon = {obj(9)}, copy = anon;
    anon.z = NULL;
    printf("%d\n", copy.z->id);
    global.one = copy.z;
    struct local arr[2] = {l, {.x = obj(10)}};
    arr[0] = arr[1];
    printf("%d\n", arr[0].x->id);
    global.one = NULL;
    d = (Deep){0};
    puts("end");
    return 0;
}
