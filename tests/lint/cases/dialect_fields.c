/* SPDX-License-Identifier: MIT
 *
 * Hand-counted code over classes: each counted field that names an object has a reference of its own.
 */
#define RECOUNT_REWRITTEN 1
#include <recount.h>

typedef struct Value Value;
struct RC_CLASS Value {
    RC_HEAD;
    int n;
    Value *next; // expect: cycle-possible
    RC_WEAK Value *watched;
    RC_UNOWNED Value *cache;
};
void use(Value *v);

void keeps_what_it_took(Value *a)
{
    Value *t = rc_newref(a->next);
    use(t);
} // expect: leak

void drops_what_it_took(Value *a)
{
    Value *t = rc_newref(a->next);
    use(t);
    RC_XDECREF(t);
}

void drops_the_fields_own(Value *a)
{
    Value *t = a->next;
    use(t);
    RC_XDECREF(t); // expect: over-release
}

Value *moves_out(Value *a)
{
    Value *t = a->next;
    a->next = NULL;
    return t;
}

Value *returns_the_fields_own(Value *a)
{
    return a->next; // expect: missing-incref
}

void stores_without_a_reference(Value *a, Value *b)
{
    RC_SETREF(a->next, b); // expect: missing-incref
}

void stores_with_a_reference(Value *a, Value *b)
{
    RC_SETREF(a->next, rc_newref(b));
    a->cache = b;
}

RC_MANUAL void stores_plainly(Value *a, Value *b)
{
    a->next = b; // expect: missing-incref
}

Value *step(Value *a)
{
    Value *t = rc_newref(a);
    RC_SETREF(t, t->next); // expect: missing-incref
    return t;
}

Value *steps(Value *a, int n)
{
    Value *t = rc_newref(a);
    while (n-- && t) RC_SETREF(t, rc_newref(t->next));
    return t;
}

void uses_what_the_field_dropped(Value *a, Value *b)
{
    Value *t = a->next;
    RC_SETREF(a->next, rc_newref(b));
    use(t); // expect: use-after-release
}

static void give_up(void) { __builtin_abort(); }

int goes_on_only_with_memory(void)
{
    Value *v = (Value *)rc_alloc(&rc_type_unrewritten);
    if (!v) give_up();
    int n = v->n;
    RC_DECREF(v);
    return n;
}

int drops_each_of_some(Value *a, Value *b, int which)
{
    Value *some[2] = {rc_newref(a), rc_newref(b)};
    int n = some[which]->n;
    for (int i = 0; i < 2; i++) RC_XDECREF(some[i]);
    return n;
}

RC_IMMORTAL static Value none = {RC_HEAD_INIT(Value), .n = 1};

Value *never_counts_what_never_dies(Value *a)
{
    if (!a) return &none;
    RC_SETREF(a->next, &none);
    RC_SETREF(a->next, &none);
    return rc_newref(a);
}

/* The field of the turn before is another object's. */
Value *turns_round(RC_STEALS Value *list)
{
    Value *back = NULL;
    while (list) {
        Value *next = list->next;
        list->next = back;
        back = rc_newref(list);
        RC_SETREF(list, rc_newref(next));
        RC_XDECREF(next);
    }
    return back;
}

Value *turns_round_and_loses(RC_STEALS Value *list)
{
    Value *back = NULL;
    while (list) {
        Value *next = list->next;
        list->next = back;
        back = rc_newref(list);
        RC_SETREF(list, rc_newref(next));
    }
    return back; // expect: loop-exit-leak
}

static void keeps_or_drops(RC_STEALS Value *v, Value **keep)
{
    if (keep)
        RC_SETREF(*keep, v);
    else
        RC_XDECREF(v);
}

void hands_over_to_nowhere(Value *v)
{
    keeps_or_drops(rc_newref(v), NULL);
}

int puts_twice(RC_OUT Value **out, Value *a)
{
    if (out) *out = NULL;
    RC_SETREF(*out, rc_newref(a));
    RC_SETREF(*out, rc_newref(a->next));
    Value *old = out ? *out : NULL;
    if (out) *out = NULL;
    RC_XDECREF(old);
    return 0;
}

void unlinks_while_it_walks(Value *v, int n)
{
    for (Value **at = &v->next; *at;) {
        if ((*at)->n == n)
            RC_SETREF(*at, rc_newref((*at)->next));
        else
            at = &(*at)->next;
    }
}

typedef struct Pair {
    Value *a, *b;
} Pair;

int drops_each_behind_a_pointer(Value *a, Value *b)
{
    Pair some[2] = {{rc_newref(a), rc_newref(b)}, {NULL, rc_newref(a)}}, (*all)[2] = &some;
    int n = (*all)[1].b->n;
    for (int i = 0; i < 2; i++) {
        RC_XDECREF((*all)[i].a);
        RC_XDECREF((*all)[i].b);
    }
    return n;
}

typedef struct Values Values;
struct RC_CLASS Values {
    RC_HEAD;
    size_t n;
    RC_COUNTED_BY(n) Value **at;
};
Value *value_new(void);
void values_add(Values *all, Value *v);

RC_RETURNS_BORROWED Value *lends_what_another_keeps(Values *all)
{
    Value *v = value_new();
    values_add(all, v);
    RC_XDECREF(v);
    return v;
}

RC_RETURNS_BORROWED Value *lends_what_it_watches(Value *a)
{
    Value *t = RC_WEAK_LOAD(a->watched);
    RC_XDECREF(t);
    return t;
}

int keeps_what_it_watches(Value *a)
{
    Value *t = RC_WEAK_LOAD(a->watched);
    return t ? t->n : 0; // expect: leak
}
