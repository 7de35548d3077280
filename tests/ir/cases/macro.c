/* SPDX-License-Identifier: MIT */
/* flags: -std=gnu11 */
/* dump: places */
typedef struct Obj { int n; struct Obj *link; } Obj;
Obj *make(int);
void keep(Obj *), drop(Obj *), log_it(const char *, int);
extern Obj none;

#define KEEP(x) keep((Obj *)(x))
#define CLEAR(x) do { Obj *tmp_ = (x); if (tmp_ != NULL) { (x) = NULL; drop(tmp_); } } while (0)
#define MY_CLEAR(x) CLEAR(x)
#define NULL ((void *)0)
#define NONE (&none)
#define SELF self
#define SET(d, v) d = make(v)
#define SET_IN_BLOCK(d, v) do { d = make(v); } while (0)
#define TWO(a, b) a; b
#define BOTH(a, b) do { a; b; } while (0)
#define PAIR(a, b) a, b
#define SUM(a, b) a + b
#define TWICE(x) x + x
#define DECLARE(name, v) Obj *name = make(v)
#define RETURN_NONE return KEEP(NONE), NONE
#define CHECK(c) if (!(c)) return 1
#define FOREVER for (;;)
#define EACH(it, list) for (Obj *it = (list); it; it = it->link)
#define STATEMENT drop(NULL);
#define CALL(f, ...) f(__VA_ARGS__)
#define STRING(x) #x
#define GLUE(a, b) a##b
#define SEMI ;

int uses(Obj *self, Obj *other, int n)
{
    KEEP(self);
    CLEAR(self->link); /* after */
    MY_CLEAR ( other ) ;
    SET(self, 1);
    SET_IN_BLOCK(self, 2);
    TWO(keep(self), drop(other));
    BOTH(keep(self), if (n) drop(other));
    log_it(PAIR("text", n));
    n = SUM(n, 1) * 2;
    n = TWICE(self->n);
    DECLARE(fresh, 3);
    Obj *GLUE(pas, ted) = make(4);
    SELF->link = NONE;
    other = NULL;
    if (self == NULL) drop(fresh);
    if (NULL != self) keep(SELF);
    CHECK(self->n + n);
    CHECK((pasted = make(5)) != NULL);
    FOREVER { n++; break; }
    EACH(item, self) keep(item);
    STATEMENT
    CALL(log_it, STRING(n), n);
    n = 1 SEMI n = 2;
    return n + (KEEP(other), SELF->n);
}
Obj *none_of(void)
{
    RETURN_NONE;
}
#define FUNCTION(name, op) static int name(int a, int b) { return a op b; }
FUNCTION(add, +)
#define METHOD(name) {#name, name}
struct { const char *name; int (*call)(int, int); } table[] = {METHOD(add), {NULL, 0}};
