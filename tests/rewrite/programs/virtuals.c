/* SPDX-License-Identifier: MIT
 *
 * A hierarchy with a table of functions: up- and down-casts, clones, type objects named in expressions.
 */
#include <recount.h>
#include <stdio.h>
typedef struct Shape Shape;
typedef struct Vt {
    double (*area)(const Shape *);
    Shape *(*clone)(Shape *);
    void (*walk)(Shape *, void (*)(Shape *, int), int);
} Vt;
struct RC_CLASS RC_BASE Shape {
    RC_HEAD;
    const Vt *vt;
    const char *name;
    RC_WEAK Shape *parent;
};
struct RC_CLASS Sq {
    Shape base;
    double s;
    Shape *inner;
};
typedef struct Sq Sq;
typedef struct Group Group;
struct RC_CLASS Group {
    Shape base;
    size_t n;
    Shape *kids[3];
};
RC_FINALIZER static void shape_fin(Shape *s)
{
    printf("~%s%s ", s->name, s->parent ? "^" : "");
}
RC_FINALIZER static void sq_fin(Sq *s)
{
    printf("~sq%g:", s->s);
}
RC_FINALIZER static void group_fin(Group *g)
{
    printf("~group%zu:", g->n);
}
static double sq_area(const Shape *s)
{
    const Sq *q = (const Sq *)s;
    return q->s * q->s + (q->inner ? q->inner->vt->area(q->inner) : 0);
}
static Shape *sq(const char *name, double s);
static Shape *sq_clone(Shape *s)
{
    Shape *c = sq(s->name, ((Sq *)s)->s);
    if (((Sq *)s)->inner) ((Sq *)c)->inner = ((Sq *)s)->inner->vt->clone(((Sq *)s)->inner);
    return c;
}
static void sq_walk(Shape *s, void (*f)(Shape *, int), int d)
{
    f(s, d);
    if (((Sq *)s)->inner) ((Sq *)s)->inner->vt->walk(((Sq *)s)->inner, f, d + 1);
}
static const Vt sq_vt = {sq_area, sq_clone, sq_walk};
static Shape *sq(const char *name, double s)
{
    Sq *q = rc_new(Sq);
    q->base.vt = &sq_vt;
    q->base.name = name;
    q->s = s;
    return &q->base;
}
static double group_area(const Shape *s)
{
    double a = 0;
    const Group *g = (const Group *)s;
    for (size_t i = 0; i < g->n; i++) a += g->kids[i]->vt->area(g->kids[i]);
    return a;
}
static Shape *group_clone(Shape *);
static void group_walk(Shape *s, void (*f)(Shape *, int), int d)
{
    Group *g = (Group *)s;
    f(s, d);
    for (size_t i = 0; i < g->n; ++i) {
        Shape *k = g->kids[i];
        k->vt->walk(k, f, d + 1);
    }
}
static const Vt group_vt = {.area = group_area, .clone = group_clone, .walk = group_walk};
static Group *group(const char *name)
{
    Group *g = rc_new(Group);
    g->base.vt = &group_vt;
    g->base.name = name;
    return g;
}
static Group *add(Group *g, RC_STEALS Shape *s)
{
    s->parent = (Shape *)g;
    g->kids[g->n++] = s;
    return g;
}
static Shape *group_clone(Shape *s)
{
    Group *g = (Group *)s, *c = group("clone");
    for (size_t i = 0; i < g->n; i++) add(c, g->kids[i]->vt->clone(g->kids[i]));
    return (Shape *)c;
}
static void print(Shape *s, int d)
{
    printf("%*s%s %g\n", d, "", s->name, s->vt->area(s));
}
int main(void)
{
    Group *g = group("g");
    add(g, sq("a", 1));
    add(add(g, sq("b", 2)), &group("sub")->base);
    ((Sq *)g->kids[1])->inner = sq("in", 3);
    Shape *s = (Shape *)g;
    s->vt->walk(s, print, 0);
    Shape *c = s->vt->clone(&g->base);
    printf("%d %d\n", ((Sq *)g->kids[0])->base.parent == s, rc_is_instance(c, &RC_TYPE(Shape)));
    g = NULL;
    s = c->vt->clone(c)->vt->clone(c);
    puts("");
    c = ((Group *)c)->kids[1];
    puts("");
    printf("%s %d\n", c->name, c->parent == NULL);
    c = s = NULL;
    puts("");
    rc_gc_collect();
    printf("live %zu\n", rc_live_objects());
}
