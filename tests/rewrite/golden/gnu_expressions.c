/* SPDX-License-Identifier: MIT
 *
 * Statement expressions, ?: without its middle, typeof, __auto_type, _Generic, case ranges.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Word Word;
struct RC_CLASS Word {
    RC_HEAD;
    int n;
    Word *next;
};

RC_FINALIZER static void word_finalize(Word *self)
{
    printf("~%d\n", self->n);
}

static Word *word(int n)
{
    Word *self = rc_new(Word);

    self->n = n;
    return self;
}

static int kind(Word *w)
{
    switch (_Generic(w, Word *: w->n, default: 0)) {
    case 0 ... 4: return 1;
    default: return 2;
    }
}

static int first(Word *w)
{
    int n = ({
        Word *inner = w->next ?: word(7);
        if (!w->next) return kind(inner);
        inner->n;
    });
    return n;
}

int main(void)
{
    __auto_type a = word(1);
    __typeof__(a) b = ({ Word *made = word(2); made->next = a; made; });

    printf("%d %d\n", first(a), first(b));
    printf("%d\n", (a->next ?: b)->n);
    a = ({ puts("block"); b->next; });
    printf("%d\n", kind(a));
    return 0;
}
