/* SPDX-License-Identifier: MIT
 *
 * Function pointers that disagree with the functions about what is taken and given.
 */
#include <recount.h>

typedef struct Obj Obj;
struct RC_CLASS Obj {
    RC_HEAD;
    Obj *next;
    int n;
};

typedef void Sink(RC_STEALS Obj *o);
typedef void Look(Obj *o);
typedef struct Ops {
    Look *look;
    RC_RETURNS_BORROWED Obj *(*get)(void);
    int (*fetch)(RC_OUT Obj **out);
} Ops;

static Obj *global;

static void drop(RC_STEALS Obj *o) { o->n++; }
static void look(Obj *o) { o->n++; }
static Obj *make(void) { return rc_new(Obj); }
RC_RETURNS_BORROWED static Obj *get(void) { return global; }
static int fetch(RC_OUT Obj **out) { return (*out = rc_new(Obj)) ? 0 : -1; }
static int change(Obj **in_out) { return *in_out ? 0 : -1; }
static void with(Sink *sink) { sink(rc_new(Obj)); }

static const Ops good = {look, get, fetch};
static const Ops bad = {
    drop,   // expect: arc-effects-mismatch
    make,   // expect: arc-effects-mismatch
    change, // expect: arc-effects-mismatch
};

int main(void)
{
    Sink *sink = drop;
    Look *looks = look;

    with(sink);
    with(look); // expect: arc-effects-mismatch
    sink = looks; // expect: arc-effects-mismatch
    looks = drop; // expect: arc-effects-mismatch
    (looks ? drop : look)(global); // expect: arc-effects-mismatch
    sink = looks ? NULL : look; // expect: arc-effects-mismatch
    void (*by)(Sink *) = with;
    by(look); // expect: arc-effects-mismatch
    return good.look == bad.look && sink && looks && fetch(&global);
}
