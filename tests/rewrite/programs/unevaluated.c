/* SPDX-License-Identifier: MIT
 *
 * Operands that are not evaluated are not counted either; shadowing and names of all kinds.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Obj Obj;
struct RC_CLASS Obj {
    RC_HEAD;
    const char *name;
    Obj *next;
};
RC_FINALIZER static void obj_finalize(Obj *self) { printf("~%s\n", self->name); }

static Obj *obj(const char *name)
{
    Obj *self = rc_new(Obj);

    self->name = name;
    return self;
}

static int calls;

static Obj *counted(const char *name)
{
    calls++;
    return obj(name);
}

static int helper(int RC_INCREF_count)
{
    Obj *rc_t1 = obj("rc_t1"), *rc_r1 = rc_t1, *self = rc_r1;
    int tmp = RC_INCREF_count;
    {
        Obj *self = obj("inner self");
        Obj *rc_t1 = self;
        if (tmp) return rc_t1->name[0];
    }
    return self->name[0];
}

int main(void)
{
    Obj *o = NULL;
    size_t n = sizeof(counted("never")) + _Alignof(Obj *) + sizeof *o;

    printf("%d %d\n", n == 2 * sizeof(void *) + sizeof(Obj), calls);
    int size[2][sizeof(counted("never")) / sizeof(void *)] = {{1}, {2}};
    printf("%d %d\n", size[1][0], calls);
    if (0) o = counted("dead code");
    while (0) counted("dead loop");
    if (1 || counted("short")) puts("short");
    for (Obj *o = obj("shadow"), *end = NULL; o != end; o = o->next) {
        const char *name = o->name;
        Obj *o = obj(name);
        printf("%s\n", o->name);
    }
    printf("%d %d\n", o == NULL, calls);
    printf("%c\n", helper(1));
    printf("%c\n", helper(0));
    goto end;
end:
    o = obj("last");
    _Static_assert(sizeof(o) == sizeof(void *), "a pointer");
    enum { LOCAL = sizeof(Obj *) };
    struct { int a[LOCAL]; Obj *held; } local = {{1}, o};
    o = NULL;
    printf("%s\n", local.held->name);
    typedef Obj *Ref;
    extern Ref later;
    later = local.held;
    local.held = NULL;
    printf("%s\n", later->name);
    later = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}

Obj *later;
