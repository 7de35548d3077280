/* SPDX-License-Identifier: MIT
 *
 * Macros that declare, loop, return and repeat counted code.
 */
#include <assert.h>
#include <recount.h>
#include <stdio.h>
typedef struct N N;
struct RC_CLASS N {
    RC_HEAD;
    int v;
    N *next, *prev_strong;
};
RC_FINALIZER static void fin(N *n)
{
    printf("~%d\n", n->v);
}
static N *mk(int v)
{
    N *n = rc_new(N);
    n->v = v;
    return n;
}
#define SWAP(T, a, b)                                                                                        \
 do {                                                                                                        \
  T tmp_ = (a);                                                                                              \
  (a) = (b);                                                                                                 \
  (b) = tmp_;                                                                                                \
 } while (0)
#define MAX(a, b)          ((a)->v > (b)->v ? (a) : (b))
#define FOREACH(it, head)  for (N *it = (head); it != NULL; it = it->next)
#define LIST_PUSH(head, n) ((n)->next = (head), (head) = (n))
#define LOG(fmt, ...)      printf("log: " fmt "\n", ##__VA_ARGS__)
#define CHECK(e)                                                                                             \
 do {                                                                                                        \
  if (!(e)) {                                                                                                \
   puts("failed: " #e);                                                                                      \
   return 1;                                                                                                 \
  }                                                                                                          \
 } while (0)
#define RETURN_IF(n)                                                                                         \
 if ((n)->v > 5) return (n)
#define WITH(n, expr)                                                                                        \
 do {                                                                                                        \
  N *with_ = (n);                                                                                            \
  (void)with_;                                                                                               \
  expr;                                                                                                      \
 } while (0)
#define FIELDS(X)       X(alpha, 1) X(beta, 2)
#define DECL(name, v)   static N *name;
#define INIT(name, val) name = mk(val);
#define DROP(name, v)   name = NULL;
FIELDS(DECL)
static N *big(N *a)
{
    RETURN_IF(a);
    return mk(6);
}
static int test(void)
{
    N *a = mk(11), *b = mk(12), *head = NULL;
    SWAP(N *, a, b);
    CHECK(a->v == 12);
    CHECK(MAX(a, b) == a);
    LIST_PUSH(head, a);
    LIST_PUSH(head, b);
    FOREACH(it, head) LOG("%d", it->v);
    FOREACH(it, head)
    {
        if (it == a) break;
        LOG("skip %d", it->v);
    }
    a = MAX(a, b);
    WITH(mk(13), LOG("with %d", with_->v));
    assert(a->v == 12 && mk(14)->v == 14);
    LOG("big %d %d", big(a)->v, big(mk(1))->v);
    CHECK(head == NULL || MAX(head, head->next)->v == 13);
    return 0;
}
int main(void)
{
    FIELDS(INIT)
    printf("%d %d\n", alpha->v, beta->v);
    printf("%d\n", test());
    FIELDS(DROP)
    return 0;
}
