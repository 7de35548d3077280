/* SPDX-License-Identifier: MIT
 *
 * Strong pointers where they cannot be followed.
 */
#include <recount.h>

typedef struct Obj Obj;
struct RC_CLASS Obj {
    RC_HEAD;
    Obj *next;
    int n;
};

typedef union Either {
    Obj *o; // expect: arc-union-member
    int n;
} Either;
typedef union Allowed {
    RC_UNOWNED Obj *o;
    int n;
} Allowed;
typedef struct Weaks Weaks;
struct RC_CLASS Weaks {
    RC_HEAD;
    size_t n;
    RC_COUNTED_BY(n) RC_WEAK Obj **seen; // expect: arc-weak-array
};

static Obj *volatile moving; // expect: arc-volatile
static _Atomic(Obj *) shared; // expect: arc-atomic
static RC_UNOWNED Obj *volatile looked_at;

static int variable(int n, Obj *o)
{
    RC_UNOWNED Obj *bare[n];
    Obj *strong[n]; // expect: arc-vla

    bare[0] = o;
    strong[0] = o;
    return bare[0] == strong[0];
}

int main(void)
{
    Either e = {NULL};
    Allowed a = {NULL};

    looked_at = a.o;
    moving = e.o;
    return variable(1, NULL) && shared && looked_at && rc_new(Weaks) != NULL;
}
