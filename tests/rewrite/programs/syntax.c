/* SPDX-License-Identifier: MIT
 *
 * Declarations and layouts that C allows and few expect: café ☕.
 */
#include <recount.h>
#include <stdio.h>

struct obj_tag;
typedef struct obj_tag Obj, *ObjRef, *const FixedRef;
typedef ObjRef Pairs[2];
struct RC_CLASS obj_tag {
    RC_HEAD;
    const char *name;
    ObjRef next;
};
RC_FINALIZER static void obj_finalize(ObjRef self) { printf("~%s\n", self->name); }

static ObjRef obj(name)
const char *name;
{
    ObjRef self = rc_new(Obj);
    self->name = name; /* ← a tab and	a bullet • */ return self;
}

static const struct obj_tag *pick(const struct obj_tag *a, int n, ...) { return n ? a : NULL; }

static struct obj_tag *one_line(const char *s) { struct obj_tag *o = obj(s), *p = o; if (p->next) return p->next; else return o; }

#if 0
static void never(void) { ObjRef o = obj("never"); o = obj("never again"); }
#endif

static int dangling(int n)
{
    ObjRef o = NULL;
    if (n)
        o = obj("if");
    else
        o = obj("else");
    for (int i = 0; i < 2; i++)
        if (i)
            o = obj("nested");
        else while (n-- > 0)
            o = obj("while");
    if (!o) return 0; else if (o->next) return 1; else return printf("%s\n", o->name);
}

static void arrays(void)
{
    Pairs pair = {obj("p0")};
    struct obj_tag *(*rows)[2] = &pair, *matrix[2][2] = {{obj("m00"), NULL}, [1] = {[1] = obj("m11")}};
    (*rows)[1] = matrix[1][1];
    1 [matrix[1]] = NULL;
    printf("%s %s %s\n", pair[0]->name, (*rows)[1]->name, matrix[0][0]->name);
    matrix[0][0] = *pair;
    *pair = NULL;
    pair[1] = NULL;
    (*matrix)[0] = NULL;
}

static void fixed(void)
{
    FixedRef f = obj("fixed");
    struct obj_tag *const g = f, *const *slot = &g;
    const struct obj_tag *viewed = *slot;
    register struct obj_tag *fast = f;
    auto struct obj_tag *plain = fast;
    printf("%s %s %s\n", viewed->name, pick(viewed, 1, 2, 3)->name, plain->name);
}

static void parenthesised(void)
{
    struct obj_tag *(o) = (obj)("o"), *((q)) = (o);
    (o) = ((NULL));
    ((q)->next) = (obj("n"));
    (void)(*(&(q)))->next;
    { { { struct obj_tag *deep = q; (void)(deep); } } }
    ; ; if (q) ; else puts("?");
    puts((q)->next->name);
}

static int
counted
(
    struct obj_tag
        *o
)
{
    return \
        o->next \
            ? 2 : 1;
}

int main(void)
{
    printf("%s\n", one_line("single")->name);
    dangling(0); dangling(2);
    arrays();
    fixed();
    parenthesised();
    printf("%d\n", counted(obj("line\
 joined")));
    printf("live %zu\n", rc_live_objects()); return 0; }
