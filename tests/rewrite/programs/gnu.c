/* SPDX-License-Identifier: MIT
 *
 * Statement expressions, typeof, __auto_type, elvis and _Generic.
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

#define MAX_OF(a, b)                                                                                         \
 ({                                                                                                          \
typeof(a) left = (a), right = (b);                                                                            \
left->name[0] > right->name[0] ? left : right;                                                                \
 })
#define KIND(x) _Generic((x), Obj * : "object", int : "int", default : "other")

static int leaves(int n)
{
    Obj *outer = obj("outer");
    int got = ({
        Obj *inner = obj("inner");
        if (n) return printf("left with %s %s\n", outer->name, inner->name);
        inner->name[0];
    });
    return printf("%c\n", got);
}

int main(void)
{
    Obj *big = MAX_OF(obj("a"), obj("z"));
    puts(big->name);
    __auto_type copy = big;
    typeof(big) third = copy;
    big = NULL;
    copy = NULL;
    printf("%s %s %s\n", third->name, KIND(third), KIND(1));
    third = third->next ?: obj("default");
    puts(third->name);
    third = third ?: obj("never");
    leaves(0);
    leaves(1);
    printf("%s\n", ({
               Obj *t = obj("inside");
               t->name;
           }));
    for (int i = 0; i < 2; i++) {
        third = ({
            if (i) break;
            obj("from a block");
        });
        puts("stored");
    }
    third = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
