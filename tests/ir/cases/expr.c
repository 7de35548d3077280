/* SPDX-License-Identifier: MIT */
/* flags: -std=gnu11 */
#define NULL ((void *)0)
#define offsetof(type, member) __builtin_offsetof(type, member)
#define va_start(list, last) __builtin_va_start(list, last)
#define va_arg(list, type) __builtin_va_arg(list, type)
#define va_end(list) __builtin_va_end(list)
typedef __builtin_va_list va_list;
typedef struct Pair { int a, b; } Pair;
typedef struct Node Node;
struct Node {
    Node *next, *kids[4];
    union { int tag; float real; };
    unsigned bits : 3, more : 5;
    Pair pair;
    int (*call)(Node *, int);
};
enum { ONE = 1, BIG = 0x7fffffff };
Node *make(int n);
Pair make_pair(void);
int use(const void *p, ...);
extern Node *root;

int arithmetic(int a, unsigned b, double d)
{
    long c = a + b * 2 - a % 3;
    c <<= 2, c ^= ~a, c = -c;
    d = d / 2 + 1.5e3;
    c += 'x' + '\n' + ONE + (BIG & 0xffu) + 5000000000;
    return (char)c + (int)d + !a;
}
int steps(int *p, Node **q)
{
    int i = 0;
    i++, --i, (*p)--, ++*q;
    return *p++ + i++;
}
Node *pointers(Node *n, Node **list, void *raw, int i)
{
    Node *null = NULL, *zero = 0, *same = (Node *)raw;
    raw = n;
    list[i] = n->kids[i + 1];
    *list = *n->kids;
    n->next->next = i[list];
    (*n).next = &n->next[2];
    if (null == zero || raw != NULL || !same) return (void *)list;
    return &*n;
}
int members(Node *n, Node copy)
{
    n->tag = copy.tag;
    n->bits = 5, n->more |= copy.bits;
    n->pair = copy.pair;
    copy.pair = make_pair();
    copy = *n;
    return make_pair().b + n->pair.a;
}
int calls(Node *n, int (*f)(Node *, int), int i)
{
    int (*table[2])(Node *, int) = {f, n->call};
    use("text", n, i, &i, table);
    use(f, use);
    return f(n, 1) + (*f)(n, 2) + n->call(n, 3) + (i ? f : n->call)(n, 4) + table[i](n, 5) + (&use)("x");
}
int logic(int a, int b, Node *n)
{
    int both = a && b, either = a || n, mixed = a && (b || n->tag) && !n->next;
    int same = a == b && n != NULL;
    a && use(n);
    return both + either + mixed + same + (a ? b : n->tag) + (a ?: b) + (n ? 1 : 0);
}
int unevaluated(Node *n, int i)
{
    return sizeof(*make(1)) + sizeof n->kids + _Alignof(Node) + offsetof(Node, pair) + __builtin_offsetof(Node, kids[1]) +
           __builtin_constant_p(make(2)) + __builtin_types_compatible_p(int, int) + (int)sizeof(int[i]);
}
int chosen(Node *n, int i)
{
    return _Generic(i, int: use(n), unsigned: use(0), default: 3) + _Generic(n, Node *: 1, default: 2) +
           _Generic(i + 1u, int: use(0), unsigned: use(n), default: 3) + __builtin_choose_expr(1, use(n), use(root));
}
int inner(Node *n)
{
    int r = ({
        Node *m = make(1);
        if (!m) return 1;
        m->tag;
    });
    ({ use(n); });
    return r;
}
int variadic(int n, ...)
{
    va_list ap;
    va_start(ap, n);
    Node *p = va_arg(ap, Node *);
    int i = va_arg(ap, int);
    va_end(ap);
    return p->tag + i;
}
int atomics(_Atomic int *count, int *plain, int old)
{
    __atomic_fetch_add(plain, 1, __ATOMIC_RELAXED);
    __c11_atomic_fetch_sub(count, 1, __ATOMIC_ACQ_REL);
    *count += 1;
    __atomic_store_n(plain, 2, __ATOMIC_SEQ_CST);
    while (!__atomic_compare_exchange_n(plain, &old, old + 1, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) continue;
    return __sync_sub_and_fetch(plain, 1) + *count;
}
void discarded(Node *n, volatile int *port)
{
    n;
    (void)n;
    (void)n->next->tag;
    *port;
    n, make(1), (void)make(2);
    n ? (void)make(3) : (void)0;
    n ? make(4) : NULL;
}
const char *texts(int i)
{
    const char *name = __func__, letters[] = "ab\0c\x41\"\\", *second = &"xyz"[1];
    const char *wide = (const char *)L"w";
    return i ? name : "abc" + i ? letters : second ? wide : "tail"
                                                            "ed";
}
