/* SPDX-License-Identifier: MIT
 *
 * Casts along a line of classes count nothing; the finalizers of the whole line run.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Shape Shape;
typedef struct Circle Circle;
typedef struct Group Group;
struct RC_CLASS RC_BASE Shape {
    RC_HEAD;
    const char *name;
    double (*area)(Shape *self);
};
struct RC_CLASS Circle {
    Shape shape;
    double r;
};
struct RC_CLASS Group {
    Shape shape;
    size_t n;
    RC_COUNTED_BY(n) Shape *part[];
};
RC_FINALIZER static void shape_finalize(Shape *self)
{
    printf("~shape %s\n", self->name);
}
RC_FINALIZER static void group_finalize(Group *self)
{
    printf("~group %s of %zu\n", self->shape.name, self->n);
}

static double circle_area(Shape *self)
{
    Circle *circle = (Circle *)self;

    return circle->r * circle->r * 3;
}

static double group_area(Shape *self)
{
    Group *group = (Group *)self;
    double sum = 0;

    for (size_t i = 0; i < group->n; i++) sum += group->part[i]->area(group->part[i]);
    return sum;
}

static Shape *circle_new(const char *name, double r)
{
    Circle *self = rc_new(Circle);

    self->shape.name = name;
    self->shape.area = circle_area;
    self->r = r;
    return (Shape *)self;
}

static Group *group_new(const char *name, RC_STEALS Shape *a, RC_STEALS Shape *b)
{
    Group *self = rc_new_extra(Group, 2);

    self->shape.name = name;
    self->shape.area = group_area;
    self->n = 2;
    self->part[0] = a;
    self->part[1] = b;
    return self;
}

static void show(Shape *shape)
{
    Circle *circle = (Circle *)shape;

    printf("r %g\n", circle->r);
}

int main(void)
{
    Group *inner = group_new("inner", circle_new("small", 1), circle_new("large", 2));
    Shape *outer = &group_new("outer", (Shape *)inner, circle_new("lone", 3))->shape;

    printf("%g\n", outer->area(outer));
    Shape *first = inner->part[0];
    show(first);
    inner->part[0] = (Shape *)inner->part[1];
    printf("%g\n", outer->area(outer));
    inner = NULL;
    puts("inner dropped");
    ((Group *)outer)->part[0] = NULL;
    puts("inner cut");
    first = outer = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
