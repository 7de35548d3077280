/* SPDX-License-Identifier: MIT
 *
 * Counted code in macros is rewritten where it is expanded.
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

#define NEW(var, text) Obj *var = obj(text)
#define SWAP(T, a, b)                                                                                        \
 do {                                                                                                        \
  T swapped = (a);                                                                                           \
  (a) = (b);                                                                                                 \
  (b) = swapped;                                                                                             \
 } while (0)
#define PUSH(list, text)                                                                                     \
 do {                                                                                                        \
  Obj *cell = obj(text);                                                                                     \
  cell->next = (list);                                                                                       \
  (list) = cell;                                                                                             \
 } while (0)
#define REQUIRE(cond)                                                                                        \
 do {                                                                                                        \
  if (!(cond)) return -1;                                                                                    \
 } while (0)
#define TRY(var, call)                                                                                       \
 if (!((var) = (call))) goto fail
#define EACH(at, list) for (Obj *at = (list); at; at = at->next)
#define NAME(o)        ((o)->name)
#define MAYBE(flag, o) ((flag) ? (o) : NULL)
#define SETTER(field)                                                                                        \
 static void set_##field(Obj *self, Obj *value)                                                              \
 {                                                                                                           \
  self->field = value;                                                                                       \
 }
SETTER(next)

static int check(int n)
{
    NEW(a, "a");
    NEW(b, "b");
    REQUIRE(n > 0);
    a->next = b;
    REQUIRE(n > 1);
    return printf("%s%s\n", NAME(a), NAME(a->next));
}

static int tries(int n)
{
    Obj *one, *two;

    TRY(one, obj("one"));
    TRY(two, MAYBE(n, obj("two")));
    printf("%s %s\n", one->name, two->name);
    return 0;
fail:
    puts("failed");
    return -1;
}

int main(void)
{
    printf("%d\n", check(0));
    printf("%d\n", check(1));
    printf("%d\n", check(2));
    tries(0);
    tries(1);
    Obj *x = obj("x"), *y = obj("y");
    SWAP(Obj *, x, y);
    printf("%s %s\n", NAME(x), NAME(y));
    SWAP(Obj *, x, y->next);
    printf("%s %s\n", x ? NAME(x) : "nothing", NAME(y->next));
    Obj *list = NULL;
    PUSH(list, "1");
    PUSH(list, "2");
    PUSH(list->next, "between");
    EACH(at, list) printf("%s ", NAME(at));
    puts("");
    set_next(list, NULL);
    puts("cut");
    set_next(list, MAYBE(1, obj("new")));
    if (NAME(obj("temporary"))[0] == 't') puts("in a condition");
    y = MAYBE(0, y);
    puts("end");
    return 0;
}
