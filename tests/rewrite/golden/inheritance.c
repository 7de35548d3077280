/* SPDX-License-Identifier: MIT
 *
 * RC_BASE, casts along the line, finalizers of both classes, a table of functions.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Shape Shape;
typedef struct Methods { double (*area)(Shape *self); } Methods;
struct RC_CLASS RC_BASE Shape {
    RC_HEAD;
    const Methods *methods;
    Shape *next;
};
typedef struct RC_CLASS Square { Shape base; double side; } Square;
typedef struct RC_CLASS Frame { Shape base; Square *inner; } Frame;

RC_FINALIZER static void shape_finalize(Shape *self)
{
    printf("~shape %g\n", self->methods->area(self));
}

RC_FINALIZER static void frame_finalize(Frame *self)
{
    printf("~frame %d\n", self->inner != NULL);
}

static double square_area(Shape *self)
{
    Square *s = (Square *)self;

    return s->side * s->side;
}

static double frame_area(Shape *self)
{
    return square_area(&((Frame *)self)->inner->base) / 2;
}

static const Methods square_methods = {square_area}, frame_methods = {frame_area};

static Shape *square(double side, Shape *next)
{
    Square *self = rc_new(Square);

    self->base.methods = &square_methods;
    self->base.next = next;
    self->side = side;
    return &self->base;
}

static Shape *frame(RC_STEALS Shape *inner)
{
    Frame *self = rc_new(Frame);

    self->base.methods = &frame_methods;
    self->inner = (Square *)inner;
    return (Shape *)self;
}

int main(void)
{
    Shape *shapes = square(2, frame(square(4, NULL)));

    for (Shape *s = shapes; s; s = s->next) printf("%g\n", s->methods->area(s));
    return 0;
}
