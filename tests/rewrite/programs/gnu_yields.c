/* SPDX-License-Identifier: MIT
 *
 * What a statement expression yields: a new reference, also in one branch of a conditional; one of the type that a cast
 * gives it; nothing, where it is thrown away.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Base Base;
typedef struct Leaf Leaf;
struct RC_CLASS RC_BASE Base {
    RC_HEAD;
    int n;
};
struct RC_CLASS Leaf {
    Base base;
    Leaf *next;
};
RC_FINALIZER static void base_gone(Base *self) { printf("~%d\n", self->n); }

static Leaf *leaf(int n)
{
    Leaf *self = rc_new(Leaf);

    if (self) self->base.n = n;
    return self;
}

#define LEAF(number)                \
    ({                              \
        Leaf *self_ = rc_new(Leaf); \
        self_->base.n = (number);   \
        self_;                      \
    })
static Leaf *by_macro(int n) { return LEAF(n); }
static Leaf *behind(Leaf *l, int n)
{
    l->next = LEAF(n);
    return LEAF(n + 1);
}

static int number(const Base *b) { return b ? b->n : -1; }

int main(void)
{
    int yes = 1;

    Leaf *one = yes ? ({ Leaf *made = leaf(1); made; }) : NULL;
    Leaf *two = yes ? ({ Leaf *made = leaf(2); yes ? made : made->next; }) : one;
    Leaf *none = !yes ? ({ Leaf *made = leaf(3); made; }) : NULL;
    printf("%d %d %d\n", number((Base *)one), number((Base *)two), none == NULL);
    printf("%d\n", number(yes ? ({ Leaf *made = leaf(4); (Base *)made; }) : NULL));
    if (({ (Base *)one; }) != NULL) puts("a base");
    one = ((void)({ Leaf *made = leaf(5); made->next = one; leaf(6); }), two);
    printf("%d\n", one == two);
    (void)({ Leaf *made = leaf(7); made; });
    one = by_macro(8);
    printf("%d\n", behind(LEAF(9), 10)->base.n + behind(({ Leaf *made = leaf(12); made; }), 13)->base.n);
    return 0;
}
