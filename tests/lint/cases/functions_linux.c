/* SPDX-License-Identifier: MIT
 *
 * Small functions over nodes, devices and counters: one that is wrong beside one that is right.
 */
// contracts: linux
#include <stddef.h>
typedef struct {
    int refs;
} refcount_t;
struct kref {
    refcount_t refcount;
};
struct device;
struct device_node;
struct fwnode_handle;
extern void kref_init(struct kref *k);
extern void kref_get(struct kref *k);
extern int kref_put(struct kref *k, void (*release)(struct kref *k));
extern int kref_get_unless_zero(struct kref *k);
extern struct device_node *of_node_get(struct device_node *n);
extern void of_node_put(struct device_node *n);
extern struct device_node *of_find_node_by_name(struct device_node *from, const char *name);
extern struct device_node *of_find_compatible_node(struct device_node *from, const char *type,
                                                   const char *compat);
extern struct device_node *of_get_child_by_name(const struct device_node *n, const char *name);
extern struct device_node *of_get_next_child(const struct device_node *n, struct device_node *prev);
extern struct device_node *of_get_parent(const struct device_node *n);
extern struct device_node *of_parse_phandle(const struct device_node *n, const char *name, int i);
extern int of_property_read_u32(const struct device_node *n, const char *name, unsigned *out);
extern int of_device_is_available(const struct device_node *n);
extern struct device *get_device(struct device *d);
extern void put_device(struct device *d);
extern struct device *bus_find_device(void *bus, struct device *from, const void *data,
                                      int (*match)(struct device *, const void *));
#define for_each_child_of_node(p, c)                                                                         \
 for (c = of_get_next_child(p, NULL); c != NULL; c = of_get_next_child(p, c))
#define ENODEV 19
#define EINVAL 22
static int b_find(void)
{
    struct device_node *np = of_find_node_by_name(NULL, "x");
    unsigned v;
    if (!np) return -ENODEV;
    if (of_property_read_u32(np, "reg", &v)) return -EINVAL; // expect: leak-on-error
    of_node_put(np);
    return v;
}
static int g_find(void)
{
    struct device_node *np = of_find_node_by_name(NULL, "x");
    unsigned v;
    int rc = 0;
    if (!np) return -ENODEV;
    if (of_property_read_u32(np, "reg", &v)) rc = -EINVAL;
    of_node_put(np);
    return rc;
}
static int b_child(struct device_node *p)
{
    struct device_node *c;
    for_each_child_of_node(p, c)
    {
        if (!of_device_is_available(c)) return -ENODEV; // expect: leak-on-error
    }
    return 0;
}
static int g_child(struct device_node *p)
{
    struct device_node *c;
    for_each_child_of_node(p, c)
    {
        if (!of_device_is_available(c)) {
            of_node_put(c);
            return -ENODEV;
        }
    }
    return 0;
}
static int b_child_put(struct device_node *p)
{
    struct device_node *c;
    for_each_child_of_node(p, c) // expect: missing-incref
    {
        of_device_is_available(c);
        of_node_put(c);
    }
    return 0;
}
static struct device_node *g_child_ret(struct device_node *p)
{
    struct device_node *c;
    for_each_child_of_node(p, c) if (of_device_is_available(c)) return c;
    return NULL;
}
static int b_ladder(struct device_node *p)
{
    struct device_node *a, *b;
    unsigned v;
    int rc;
    a = of_parse_phandle(p, "a", 0);
    if (!a) return -ENODEV;
    b = of_parse_phandle(p, "b", 0);
    if (!b) {
        rc = -ENODEV;
        goto out;
    }
    rc = of_property_read_u32(b, "reg", &v);
    if (rc) goto out;
    of_node_put(b);
out:
    of_node_put(a);
    return rc; // expect: leak
}
static int g_ladder(struct device_node *p)
{
    struct device_node *a, *b;
    unsigned v;
    int rc;
    a = of_parse_phandle(p, "a", 0);
    if (!a) return -ENODEV;
    b = of_parse_phandle(p, "b", 0);
    if (!b) {
        rc = -ENODEV;
        goto out;
    }
    rc = of_property_read_u32(b, "reg", &v);
    if (rc) goto out_b;
out_b:
    of_node_put(b);
out:
    of_node_put(a);
    return rc;
}
static int g_put_null(void)
{
    struct device_node *n = of_find_compatible_node(NULL, NULL, "x");
    of_node_put(n);
    return n != NULL;
}
static int b_uaf(struct device_node *p)
{
    struct device_node *n = of_get_parent(p);
    unsigned v;
    if (!n) return -ENODEV;
    of_node_put(n);
    return of_property_read_u32(n, "reg", &v); // expect: use-after-release
}
static int g_find_loop(void)
{
    struct device_node *n = NULL;
    int k = 0;
    while ((n = of_find_compatible_node(n, NULL, "x"))) k++;
    return k;
}
static int b_find_loop(void)
{
    struct device_node *n = NULL;
    while ((n = of_find_compatible_node(n, NULL, "x"))) {
        if (of_device_is_available(n)) break;
    }
    return n ? 1 : 0; // expect: loop-exit-leak
}
static int b_from(struct device_node *p)
{
    struct device_node *n;
    n = of_find_compatible_node(p, NULL, "x"); // known: missing-incref
    if (!n) return -ENODEV;
    of_node_put(n);
    return of_device_is_available(p);
}
struct thing {
    int id;
    struct kref ref;
    struct thing *next;
};
static void thing_release(struct kref *k) {}
static struct thing *head;
static struct thing *g_lookup(int id)
{
    struct thing *t;
    for (t = head; t; t = t->next)
        if (t->id == id && kref_get_unless_zero(&t->ref)) return t;
    return NULL;
}
static int b_use(int id)
{
    struct thing *t = g_lookup(id);
    if (!t) return -ENODEV;
    if (t->id < 0) return -EINVAL; // expect: leak-on-error
    kref_put(&t->ref, thing_release);
    return 0;
}
static int g_use(int id)
{
    struct thing *t = g_lookup(id);
    int rc = 0;
    if (!t) return -ENODEV;
    if (t->id < 0) rc = -EINVAL;
    kref_put(&t->ref, thing_release);
    return rc;
}
static int b_kget(struct thing *t, int k)
{
    kref_get(&t->ref);
    if (k) return -EINVAL; // expect: leak-on-error
    kref_put(&t->ref, thing_release);
    return 0;
}
static int g_kget(struct thing *t, int k)
{
    if (!kref_get_unless_zero(&t->ref)) return -ENODEV;
    if (k) goto put;
    k = t->id;
put:
    kref_put(&t->ref, thing_release);
    return k;
}
static int b_kafter(int id)
{
    struct thing *t = g_lookup(id);
    if (!t) return 0;
    kref_put(&t->ref, thing_release);
    return t->id; // expect: use-after-release
}
static int match(struct device *d, const void *x)
{
    return 1;
}
static int b_dev(void *bus)
{
    struct device *d = bus_find_device(bus, NULL, NULL, match);
    return d ? 0 : -ENODEV; // expect: leak
}
static int g_dev(void *bus)
{
    struct device *d = bus_find_device(bus, NULL, NULL, match);
    if (!d) return -ENODEV;
    put_device(d);
    return 0;
}
