/* SPDX-License-Identifier: MIT */
/* flags: -std=gnu11 */
int f(int), c0, c1;
_Noreturn void die(void);
void give_up(void) __attribute__((noreturn));

int branches(int a, int b)
{
    if (a) f(1);
    if (a && b || f(2)) f(3);
    else if (!(a || b)) return 1;
    else f(4);
    if (!a) { }
    return 0;
}
void loops(int n)
{
    while (n--) {
        if (n == 3) continue;
        if (n == 4) break;
        f(n);
    }
    do f(n); while (n < 5 && c0);
    for (int i = 0, j = n; i < j; i++, j--) f(i);
    for (;;) break;
    for (c0 = 0; c1;) f(1);
    for (; c0; c1++) f(2);
    for (c0 = 0;; c1++) if (f(3)) break;
}
int constant(int n)
{
    while (1) {
        if (n) break;
        do { f(1); } while (0);
    }
    if (0) f(2);
    if (sizeof(int) == 4) f(3);
    else f(4);
    return 1 ? n : f(5);
    f(6);
}
int choice(int x)
{
    switch (x) {
        f(0);
    case 1: f(1);
    case 2 ... 5: f(2); break;
    default: f(3);
    case 9:
    case 'a': { f(4); case 11: f(5); }
    }
    switch (x) case 7: return 1;
    switch (x) { default: break; }
    return 0;
}
void duff(int n)
{
    switch (n % 3) {
    case 0: do { f(0);
    case 2: f(2);
    case 1: f(1);
        } while (--n > 0);
    }
}
int jumps(int n)
{
again:
    if (n > 9) goto out;
    n++;
    if (n & 1) goto again;
    { inside: n += 2; }
    if (n == 8) goto inside;
out:
    return n;
}
int computed(int n)
{
    static void *table[] = {&&one, &&two};
    goto *table[n];
one: f(1);
two: return 2;
other: return f(n);
}
int assembly(int n)
{
    int r;
    __asm__ volatile("mov %1, %0" : "=r"(r) : "r"(n) : "memory");
    asm goto("jmp %l0" : : : : lab);
    return r;
lab:
    return 2;
}
int no_return(int n)
{
    if (n) die();
    else if (c0) give_up();
    if (c1) __builtin_unreachable();
    n = c0 ? die(), 1 : 2;
}
int fallthrough(int x)
{
    switch (x) {
    case 1: f(1); __attribute__((fallthrough));
    case 2: f(2);
    }
    return 0;
}
