/* SPDX-License-Identifier: MIT
 *
 * Layout, comments, old definitions and #if regions stay as they are.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Part Part;
struct RC_CLASS Part {
    RC_HEAD;
#if defined WIDE
    long n;
#else
    int n;
#endif
    Part *of;
};

static Part *part(n, of)
    int n;   /* an old definition */
    Part *of;
{
    Part *self = rc_new(Part);
    self->n = n,   self -> of = of  /* grüße */ ;
    return	self;
}

static int depth(Part *p) { int n = 0; while (p) { n++; p = p->of; } return n; }

int main(void)
{
    Part *p =
        part(1,
             /* a temporary: */ part(2,
                  NULL));
#ifdef WIDE
    Part *lost = p;
#else
    Part *other = p->of; // kept
#endif
    if (depth(p) == 2)
        p = NULL; else
        p->of = NULL;
    printf("%d\n", other->n);
    return 0;
}
