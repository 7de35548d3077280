/* SPDX-License-Identifier: MIT
 *
 * Weak fields of structs without a name, in loops, as caches.
 */
#include <recount.h>
#include <stdio.h>
typedef struct Node Node;
typedef struct Obs Obs;
struct RC_CLASS Node {
    RC_HEAD;
    int id;
    RC_WEAK Node *parent;
    Node *kids[3];
    int n;
};
struct RC_CLASS Obs {
    RC_HEAD;
    struct {
        RC_WEAK Node *who;
        int calls;
    } watch[2];
    RC_WEAK Node *cache;
};
RC_FINALIZER static void node_fin(Node *n)
{
    printf("~%d(%s) ", n->id, n->parent ? "p" : "-");
}
static Node *node(int id, Node *parent)
{
    Node *n = rc_new(Node);
    n->id = id;
    n->parent = parent;
    if (parent) parent->kids[parent->n++] = n;
    return n;
}
static int depth(Node *n)
{
    int d = 0;
    while ((n = n->parent)) d++;
    return d;
}
static Node *root(Node *n)
{
    while (n->parent) n = n->parent;
    return n;
}
static void swapw(Obs *o)
{
    Node *t = o->watch[0].who;
    o->watch[0].who = o->watch[1].who;
    o->watch[1].who = t;
}
int main(void)
{
    Node *r = node(1, NULL), *k = node(2, r), *g = node(3, k);
    Obs *o = rc_new(Obs);
    o->watch[0].who = g;
    o->watch[1].who = k;
    o->cache = r;
    printf("%d %d %d\n", depth(g), root(g)->id, g->parent->parent == r);
    swapw(o);
    printf("%d %d\n", o->watch[0].who->id, o->watch[1].who->id);
    for (Node *n = g; n; n = n->parent) printf("%d ", n->id);
    for (RC_WEAK Node *n = g; n; n = n->parent) printf("%d ", n->id);
    puts("");
    r = NULL;
    printf("| %d %d\n", o->cache == NULL, k->parent == NULL);
    Node *h = o->watch[0].who ? o->watch[0].who : g;
    printf("%d\n", h->id);
    h = k = NULL;
    printf("| %d %d\n", o->watch[0].who == NULL, g->parent == NULL);
    o->cache = o->watch[1].who;
    g = o->cache;
    printf("%d\n", g == o->cache);
    g = node(4, NULL);
    printf("| %d\n", !o->cache);
    o->cache = node(5, NULL);
    printf("| %d\n", o->cache == NULL);
    return 0;
}
