/* SPDX-License-Identifier: MIT
 *
 * Old definitions, variables in registers, layout without blanks.
 */
#include <recount.h>
#include <stdio.h>
typedef struct RC_CLASS K {
    RC_HEAD;
    int n;
} K;
RC_FINALIZER static void kfin(K *k)
{
    printf("~%d\n", k->n);
}
static K *mk(n)
int n;
{
    K *k = rc_new(K);
    k->n = n;
    return k;
}
static K *pick(a, b, w)
K *a, *b;
int w;
{
    return w ? a : b;
}
static int both(a, b)
register K *a;
K *b;
{
    a = b; /* assigned parameter */
    return a->n + b->n;
}
static K *table[3];
int main()
{
    K /* a */ * /* b */ x /* c */ = /* d */ mk(1) /* e */;
    K *y = mk(2), *z;
    z = pick(x, y, 0);
    printf("%d %d\n", z->n, both(x, y));
    table[0] = x, table[1] = y, table[2] = pick(table[0], table[1], 1);
    x = y = z = (K *)0;
    printf("%d\n", table[2]->n);
    for (int i = 0; i < 3; i++) table[i] = 0;
    if (table[0])
        x = mk(3);
    else
        x = mk(4);
    if (x) y = x;
    do {
        x = 0;
    } while (x);
    return y->n - 4;
}
