/* SPDX-License-Identifier: MIT */
/* flags: -std=gnu11 */
typedef struct Point { int x, y; } Point;
typedef struct Shape {
    const char *name;
    Point at, corners[2];
    union { int i; double d; void *p; } u;
    struct { short s; };
    int : 4;
    int (*draw)(struct Shape *, int);
    const struct Shape *base;
    char tag[4];
} Shape;
typedef struct Method { const char *name; int (*call)(Shape *, int); int flags; } Method;
enum { FLAG = 4 };
int draw(Shape *, int), other(Shape *, int), f(int);

static Method methods[] = {
    {"draw", draw, FLAG | 1},
    {.flags = -1, .call = (int (*)(Shape *, int))other, .name = "other"},
    {0},
};
static Shape base = {"base", {1, 2}, {{3, 4}, {5, 6}}, {7}, {8}, draw, 0, "abc"};
Shape shape = {
    .name = "shape" " two",
    .at.y = 2,
    .corners = {[1] = {.x = 9}},
    .u.d = 1.5,
    .s = sizeof(Shape),
    .base = &base,
    .tag = {'a', [2] = 'c'},
};
Shape flat = {"flat", 1, 2, 3, 4, 5, 6, 7, 8, draw, &base, 'x', 'y'};
int ranges[8] = {[0 ... 2] = 1, 5, [6] = 7}, *inside = &ranges[3], *past = &shape.at.y, matrix[2][2] = {1, 2, 3};
const char *const words[] = {[2] = "two", "three", [0] = "zero"};
Point *literal = &(Point){1, 2}, *list[] = {(Point[]){{3, 4}}, 0, &base.at};
void *address = (void *)&base, *function = &draw;
double ratio = 2.5, third = 1.0 / 3;
struct Flexible { int n; Point more[]; } flexible = {2, {{1, 2}, {3, 4}}};
Point whole = {}, copied[] = {{1}, [1].y = 2};
union { int a; Shape *p; } chosen = {.p = &base};
int scalar = {3}, letter = 'l', folded = 2 * 3 + FLAG;
char letters[] = {"abc"}, more[] = "de\0f";
extern int elsewhere;
static int counter;

void locals(int n, Shape *s)
{
    Point p = {n}, q = {.y = f(1), .x = f(2)}, copy = p;
    Shape t = {.at = p, .u.p = s, .corners[1].x = n, 7, .draw = s->draw, .base = s};
    Shape v = {"v", p, p, {n, f(3)}};
    Point grid[2][2] = {p, [1] = {{n}, q}};
    int a[4] = {[1 ... 2] = f(4), n}, b = {n}, c[] = {n, n}, none[2] = {};
    char text[8] = "text", same[] = {"x"};
    static Point kept = {1, 2};
    static int calls;
    static Method table[] = {{"local", draw}};
    p = (Point){.y = n};
    s->at = *&(Point){1, 2};
    calls += kept.x + table[0].flags + a[0] + b + c[0] + none[0] + text[0] + same[0] + copy.x + t.at.x + v.at.x;
    { static int calls = 2; calls++; }
    grid[0][1] = q;
}
