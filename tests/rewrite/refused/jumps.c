/* SPDX-License-Identifier: MIT
 *
 * Jumps into the scope of a strong variable, and other control flow that would pass a release by.
 */
#include <recount.h>

typedef struct Obj Obj;
struct RC_CLASS Obj {
    RC_HEAD;
    Obj *next;
    int n;
};

#include <setjmp.h>

static jmp_buf env;

static int good(int n)
{
    int i = 0;
again:;
    Obj *o = rc_new(Obj);

    if (++i < n) goto again;
    switch (n) {
    case 0: {
        Obj *inner = o;
        if (inner->n) goto out;
        break;
    }
    default: break;
    }
out:
    return o->n;
}

static int into(int n)
{
    if (n) goto inside; // expect: arc-goto-into-scope
    {
        Obj *o = rc_new(Obj);
        o->n = n;
    inside:
        n++;
    }
    switch (n) {
        Obj *early;
    case 1: // expect: arc-goto-into-scope
        early = rc_new(Obj);
        return early->n;
    case 2: n++; // expect: arc-goto-into-scope
        Obj *late = NULL;
        n += late != NULL;
    case 3: // expect: arc-goto-into-scope
        n++;
    }
    return n;
}

static int jumped(Obj *o)
{
    Obj *kept = o;

    if (setjmp(env)) return 1; // expect: arc-setjmp
    return kept->n;
}

static int computed(Obj *o, int n)
{
    static void *const targets[] = {&&one, &&two};
    Obj *kept = o;

    goto *targets[n]; // expect: arc-computed-goto
one:
    return kept->n;
two:
    return 2;
}

static int machine(Obj *o)
{
    Obj *kept = o;

    __asm__ volatile("" : "+r"(kept)); // expect: arc-inline-asm
    return kept->n;
}

static int plain(int n)
{
    __asm__ volatile("" : "+r"(n));
    return n;
}

int main(void)
{
    Obj *o = rc_new(Obj);

    return good(1) + into(1) + jumped(o) + computed(o, 0) + machine(o) + plain(0);
}
