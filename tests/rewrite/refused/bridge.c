/* SPDX-License-Identifier: MIT
 *
 * Conversions between a class and something else, and between classes that are no relatives.
 */
#include <recount.h>

typedef struct Obj Obj;
struct RC_CLASS Obj {
    RC_HEAD;
    Obj *next;
    int n;
};

#include <stdint.h>

typedef struct Other Other;
struct RC_CLASS Other {
    RC_HEAD;
    int n;
};
typedef struct Plain {
    int n;
} Plain;

void take_raw(void *raw);
void take_obj(Obj *o);

static void good(Obj *o)
{
    void *raw = (void *)o;
    uintptr_t number = (uintptr_t)o;
    Obj *again = rc_ref(Obj, raw);
    rc_object *any = (rc_object *)again;
    Obj *back = (Obj *)any;

    take_raw((void *)back);
    take_raw(rc_give(o));
    back->n = number != 0 && rc_refcount(back) == 1;
}

static void bad(Obj *o, void *raw, Plain *plain)
{
    Obj *from_void = raw; // expect: arc-bridge
    Obj *from_cast = (Obj *)raw; // expect: arc-bridge
    Obj *from_plain = (Obj *)plain; // expect: arc-bridge
    void *to_void = o; // expect: arc-bridge
    Plain *to_plain = (Plain *)o; // expect: arc-bridge
    Other *to_other = (Other *)o; // expect: arc-bridge
    void *slot = &from_void; // expect: arc-bridge
    long number = (long)o; // expect: arc-bridge

    take_raw(o); // expect: arc-bridge
    take_obj(raw); // expect: arc-bridge
    o = (Obj *)(uintptr_t)42; // expect: arc-bridge
    (void)from_cast, (void)from_plain, (void)to_void, (void)to_plain, (void)to_other, (void)slot, (void)number;
}

int main(void)
{
    good(rc_new(Obj));
    bad(NULL, NULL, NULL);
    return 0;
}
