/* SPDX-License-Identifier: MIT */
/* flags: -std=gnu11 */
#include "no_such_header.h"
typedef struct Obj { int n; } Obj;
Obj *make(int);
#define BROKEN(x) (x)->missing

int before(Obj *o) { return o->n; }
int unknown_type(void)
{
    Missing *m = make(1);
    return m->n;
}
int undeclared(Obj *o)
{
    if (o->n) return absent(o);
    return 0;
}
int inside_macro(Obj *o) { return BROKEN(o); }
int syntax(Obj *o)
{
    o->n = ;
    return 0;
}
int after(Obj *o)
{
    return make(o->n)->n;
}
int bad_parameter(Missing *m) { return 0; }
int last(void) { return 1; }
