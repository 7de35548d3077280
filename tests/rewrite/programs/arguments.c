/* SPDX-License-Identifier: MIT
 *
 * Arguments of macros that show their text, or that are expanded twice.
 */
#include <assert.h>
#include <recount.h>
#include <stdio.h>
typedef struct O O;
struct RC_CLASS O {
    RC_HEAD;
    int n;
    O *next;
};
RC_FINALIZER static void o_fini(O *o)
{
    printf("~%d\n", o->n);
}
static O *mk(int n)
{
    O *o = rc_new(O);
    o->n = n;
    return o;
}
#define TWICE(e) ((e) ? (e) : NULL)
#define SHOW(e)  printf("%s %d\n", #e, (e)->n)
int main(void)
{
    O *o = TWICE(mk(1));
    SHOW(mk(2));
    assert(mk(3)->n == 3);
    SHOW(o = mk(4));
    return o->n != 4;
}
