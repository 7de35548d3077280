/* SPDX-License-Identifier: MIT
 *
 * Nodes, devices and counters: walks that are left early, references that flags and loops carry.
 */
// contracts: linux
#include <stddef.h>
typedef struct {
    int counter;
} atomic_t;
typedef struct refcount_struct {
    atomic_t refs;
} refcount_t;
struct kref {
    refcount_t refcount;
};
struct device {
    struct kref kref;
    void *data;
};
struct device_node {
    const char *name;
    struct device_node *parent;
};
struct platform_device {
    struct device dev;
};
struct fwnode_handle {
    int x;
};
struct device_node *of_find_node_by_name(struct device_node *from, const char *name);
struct device_node *of_find_compatible_node(struct device_node *from, const char *type, const char *compat);
struct device_node *of_get_next_child(const struct device_node *node, struct device_node *prev);
struct device_node *of_get_parent(const struct device_node *node);
struct device_node *of_parse_phandle(const struct device_node *np, const char *name, int index);
struct device_node *of_node_get(struct device_node *node);
void of_node_put(struct device_node *node);
struct device *get_device(struct device *dev);
void put_device(struct device *dev);
struct platform_device *of_find_device_by_node(struct device_node *np);
void kref_init(struct kref *k);
void kref_get(struct kref *k);
int kref_put(struct kref *k, void (*release)(struct kref *k));
int of_property_read_u32(const struct device_node *np, const char *name, unsigned *out);
int of_device_is_available(const struct device_node *np);
void *kzalloc(size_t n, unsigned flags);
void kfree(const void *p);
#define for_each_child_of_node(parent, child)                                                                \
 for (child = of_get_next_child(parent, NULL); child != NULL; child = of_get_next_child(parent, child))
#define container_of(p, T, m) ((T *)((char *)(p)-offsetof(T, m)))
int b_find(void)
{
    struct device_node *np = of_find_node_by_name(NULL, "cpus");
    unsigned v;
    if (!np) return -19;
    if (of_property_read_u32(np, "x", &v)) return -22; // expect: leak-on-error
    of_node_put(np);
    return v;
}
int g_find(void)
{
    struct device_node *np = of_find_node_by_name(NULL, "cpus");
    unsigned v;
    int ret = 0;
    if (!np) return -19;
    if (of_property_read_u32(np, "x", &v)) ret = -22;
    of_node_put(np);
    return ret;
}
int b_each_break(struct device_node *parent)
{
    struct device_node *child;
    int n = 0;
    for_each_child_of_node(parent, child)
    {
        if (of_device_is_available(child)) break;
        n++;
    }
    return n; // expect: loop-exit-leak
}
int g_each_break(struct device_node *parent)
{
    struct device_node *child;
    int n = 0;
    for_each_child_of_node(parent, child)
    {
        if (of_device_is_available(child)) {
            of_node_put(child);
            break;
        }
        n++;
    }
    return n;
}
struct device_node *g_each_return(struct device_node *parent)
{
    struct device_node *child;
    for_each_child_of_node(parent, child) if (of_device_is_available(child)) return child;
    return NULL;
}
int b_each_goto(struct device_node *parent)
{
    struct device_node *child;
    int ret;
    unsigned v;
    for_each_child_of_node(parent, child)
    {
        ret = of_property_read_u32(child, "reg", &v);
        if (ret) goto err;
    }
    return 0;
err:
    return ret; // expect: loop-exit-leak
}
int b_pdev(struct device_node *np)
{
    struct platform_device *p = of_find_device_by_node(np);
    if (!p) return -19;
    if (!p->dev.data) return -11; // expect: leak-on-error
    put_device(&p->dev);
    return 0;
}
int g_pdev(struct device_node *np)
{
    struct platform_device *p = of_find_device_by_node(np);
    int r = 0;
    if (!p) return -19;
    if (!p->dev.data) r = -11;
    put_device(&p->dev);
    return r;
}
struct obj {
    struct kref ref;
    int x;
    struct obj *next;
};
static void obj_release(struct kref *k)
{
    kfree(container_of(k, struct obj, ref));
}
int b_kref_use(struct obj *o)
{
    kref_get(&o->ref);
    if (o->x < 0) return -1; // expect: leak-on-error
    o->x++;
    kref_put(&o->ref, obj_release);
    return 0;
}
int g_kref_use(struct obj *o)
{
    kref_get(&o->ref);
    if (o->x < 0) {
        kref_put(&o->ref, obj_release);
        return -1;
    }
    o->x++;
    kref_put(&o->ref, obj_release);
    return 0;
}
struct obj *g_kref_new(int x)
{
    struct obj *o = kzalloc(sizeof *o, 0);
    if (!o) return NULL;
    kref_init(&o->ref);
    o->x = x;
    return o;
}
int b_double_put(struct device_node *np)
{
    struct device_node *p = of_get_parent(np);
    if (!p) return -1;
    if (!of_device_is_available(p)) {
        of_node_put(p);
        goto out;
    }
    of_node_put(p);
    return 0;
out:
    of_node_put(p); // expect: over-release
    return -1;
}
int b_put_use(struct device_node *np)
{
    struct device_node *p = of_parse_phandle(np, "x", 0);
    if (!p) return -1;
    of_node_put(p);
    return of_device_is_available(p); // expect: use-after-release
}
int g_cond(struct device_node *np, int want)
{
    struct device_node *p = NULL;
    int r = 0;
    unsigned v;
    if (want) {
        p = of_parse_phandle(np, "x", 0);
        if (!p) return -1;
    }
    r = of_property_read_u32(np, "y", &v);
    if (want) of_node_put(p);
    return r;
}
int g_null_put(struct device_node *np)
{
    struct device_node *p = of_parse_phandle(np, "x", 0), *q = of_parse_phandle(np, "y", 0);
    int r = p && q ? 0 : -1;
    of_node_put(q);
    of_node_put(p);
    return r;
}
int b_overwrite(struct device_node *np)
{
    struct device_node *p = of_parse_phandle(np, "x", 0);
    p = of_get_parent(p); // expect: overwrite-leak
    of_node_put(p);
    return 0;
}
int g_walk(struct device_node *np)
{
    struct device_node *p = of_node_get(np);
    while (p && !of_device_is_available(p)) {
        struct device_node *next = of_get_parent(p);
        of_node_put(p);
        p = next;
    }
    int found = p != NULL;
    of_node_put(p);
    return found;
}
