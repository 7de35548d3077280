/* SPDX-License-Identifier: MIT
 *
 * Switches with declarations in blocks, falling through, in loops and around loops.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Obj Obj;
struct RC_CLASS Obj {
    RC_HEAD;
    const char *name;
    Obj *next;
};
RC_FINALIZER static void obj_finalize(Obj *self)
{
    printf("~%s\n", self->name);
}

static Obj *obj(const char *name)
{
    Obj *self = rc_new(Obj);

    self->name = name;
    return self;
}

static const char *classify(int n)
{
    switch (n) {
    case 0: return obj("zero")->name;
    case 1: {
        Obj *one = obj("one");
        if (one->next) break;
        return one->name;
    }
    case 2: {
        Obj *two = obj("two");
        printf("falls from %s\n", two->name);
    }
        /* fall through */
    case 3: {
        Obj *three = obj("three");
        printf("in %s\n", three->name);
        break;
    }
    default: {
        Obj *other = obj("other");
        for (int i = 0; i < n; i++) {
            Obj *inner = obj("inner");
            switch (i) {
            case 0: continue;
            case 1: break;
            default: goto out;
            }
            printf("%s after the inner switch\n", inner->name);
        }
    out:
        puts("leaving");
        return other->name;
    }
    }
    return "broke";
}

static void drain(int n)
{
    Obj *o = obj("counted");
    switch (n % 4) {
    case 0:
        do {
            printf("%d %s\n", n, o->name);
            /* fall through */
        case 3:
            n--;
            /* fall through */
        case 2:
            n--;
            /* fall through */
        case 1: n--;
        } while (n > 0);
    }
}

int main(void)
{
    for (int i = 0; i < 5; i++) puts(classify(i));
    drain(0);
    drain(2);
    return 0;
}
