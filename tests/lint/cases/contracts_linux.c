/* SPDX-License-Identifier: MIT
 *
 * Device tree nodes: the iterating function drops the node before and takes the next, so leaving early keeps one.
 */
// contracts: linux
#include <stddef.h>

struct device_node;
struct device_node *of_node_get(struct device_node *node);
void of_node_put(struct device_node *node);
struct device_node *of_get_next_child(const struct device_node *node, struct device_node *prev);
struct device_node *of_find_node_by_name(struct device_node *from, const char *name);
struct device_node *of_parse_phandle(const struct device_node *node, const char *name, int index);
int matches(const struct device_node *node);

#define for_each_child(parent, child) \
    for (child = of_get_next_child(parent, NULL); child != NULL; child = of_get_next_child(parent, child))

int count(struct device_node *parent)
{
    struct device_node *child;
    int n = 0;
    for_each_child(parent, child) n += matches(child);
    return n;
}

int found(struct device_node *parent)
{
    struct device_node *child;
    for_each_child(parent, child)
        if (matches(child)) {
            of_node_put(child);
            return 1;
        }
    return 0;
}

int left(struct device_node *parent)
{
    struct device_node *child;
    for_each_child(parent, child)
        if (matches(child)) return 1; // expect: loop-exit-leak
    return 0;
}

int broken(struct device_node *parent)
{
    struct device_node *child;
    for_each_child(parent, child)
        if (matches(child)) break;
    return child != NULL; // expect: loop-exit-leak
}

struct device_node *taken(struct device_node *parent)
{
    struct device_node *child;
    for_each_child(parent, child)
        if (matches(child)) break;
    return child;
}

int phandle(struct device_node *node)
{
    struct device_node *other = of_parse_phandle(node, "clock", 0);
    if (!other) return -1;
    int n = matches(other);
    return n; // expect: leak
}

int chain(void)
{
    struct device_node *node = of_find_node_by_name(NULL, "cpu");
    node = of_find_node_by_name(node, "cpu");
    of_node_put(node);
    return 0;
}

int twice(void)
{
    struct device_node *first = of_find_node_by_name(NULL, "cpu");
    struct device_node *second = of_find_node_by_name(first, "cpu");
    of_node_put(first); // expect: stolen-reuse
    of_node_put(second);
    return 0;
}
