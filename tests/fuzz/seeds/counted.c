/* SPDX-License-Identifier: MIT */
#include <recount_annotations.h>

typedef struct Object {
    long count;
} Object;
typedef struct Pair {
    Object base;
    Object *left, *right;
    Object *many[4];
} Pair;
RC_OBJECT_TYPE(Object, keep, drop);
void keep(RC_RETAINS Object *o);
void drop(RC_RELEASES Object *o);
RC_RETURNS_NEW RC_NULLABLE Object *make(int n);
RC_RETURNS_BORROWED_FROM(p) Object *peek(Pair *p, int i);
int put(Pair *p, RC_STEALS_ON_SUCCESS Object *o);
int fill(RC_OUT Object **out);
int next(int);
#define CLEAR(x)                                                                                             \
 do {                                                                                                        \
  Object *old_ = (x);                                                                                        \
  (x) = 0;                                                                                                   \
  if (old_) drop(old_);                                                                                      \
 } while (0)

static Object *choose(int n)
{
    switch (n) {
    case 0: return make(1);
    case 1 ... 3: return n > 2 ? make(n) : 0;
    default: break;
    }
    return choose(n - 1);
}

int ladder(Pair *p, int n)
{
    Object *a = 0, *b = 0, *c = 0;
    int status = -1;
    if (!(a = make(1))) goto done;
    if (fill(&b) < 0 || !b) goto done;
    for (int i = 0; i < n; i++) {
        c = choose(i);
        if (!c) goto done;
        if (i & 1) {
            drop(c);
            c = 0;
            continue;
        }
        if (put(p, c) < 0) goto done;
        c = 0;
    }
    status = 0;
done:
    if (a) drop(a);
    if (b) drop(b);
    if (c) drop(c);
    return status;
}

int machine(Pair *p, int state)
{
    Object *held = 0;
    while (1) {
        switch (state) {
        case 0:
            CLEAR(held);
            held = make(state);
            state = next(state);
            break;
        case 1:
            switch (next(2)) {
            case 0: state = 2; break;
            case 1:
                CLEAR(p->left);
                p->left = held;
                held = 0;
                state = 0;
                break;
            default: CLEAR(held); return 1;
            }
            break;
        case 2:
            for (int i = 0; i < 4; i++) {
                Object *o = peek(p, i);
                keep(o);
                CLEAR(p->many[i]);
                p->many[i] = o;
            }
            state = 3;
            break;
        default: CLEAR(held); return 0;
        }
    }
}
