/* SPDX-License-Identifier: MIT
 *
 * What a pointer out of an object points at lives as long as the expression that uses it.
 */
#include <recount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct N N;
struct RC_CLASS N {
    RC_HEAD;
    char *name;
    N *left, *right;
    int n[3];
    struct {
        int deep;
        char buf[8];
    } s;
};
RC_FINALIZER static void n_fin(N *n)
{
    printf("~%s ", n->name);
    free(n->name);
}
static N *root;
static N *n(const char *name)
{
    N *x = rc_new(N);
    x->name = strdup(name);
    x->n[1] = (int)strlen(name);
    strcpy(x->s.buf, "buf");
    return x;
}
static int drop(const char *s)
{
    N *r = root;
    r->left = NULL;
    r->right = NULL;
    return (int)strlen(s);
}
static int dropi(const int *p)
{
    root->left = NULL;
    return p[1];
}
static int dropn(N *x)
{
    root->left = NULL;
    root = NULL;
    return x->n[1];
}
static N *mk(void)
{
    root = n("root");
    root->left = n("left");
    root->right = n("right");
    root->left->left = n("leftleft");
    return root;
}
int main(void)
{
    mk();
    printf("%d\n", drop(root->left->name));
    mk();
    puts("");
    printf("%d\n", dropi(root->left->n));
    mk();
    puts("");
    printf("%d\n", dropn(root->left));
    mk();
    puts("");
    N *p = mk();
    root = NULL;
    printf("%d\n", (p = p->left, p->n[1]));
    p = NULL;
    puts("");
    mk();
    printf("%d\n", drop(root->right->s.buf));
    root = NULL;
    puts("");
    rc_gc_collect();
    printf("live %zu\n", rc_live_objects());
}
