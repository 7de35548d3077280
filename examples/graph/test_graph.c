/* SPDX-License-Identifier: MIT
 *
 * Tests of the graphs; silent but for a last line.
 */
#include "graph.h"

#include <math.h>
#include <string.h>

static int failures;

#define CHECK(cond)                                                                                          \
 do {                                                                                                        \
  if (!(cond)) {                                                                                             \
   printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #cond);                                                 \
   failures++;                                                                                               \
  }                                                                                                          \
 } while (0)

static const char roads[] = "home park 2\n"
                            "home shop 7\n"
                            "park shop 3\n"
                            "shop work 4\n"
                            "park work 9\n"
                            "work home 1\n"
                            "work pub 2\n";

static Graph *read(const char *text)
{
    Graph *graph = graph_new();
    Node *last;

    CHECK(graph_read(graph, text, &last));
    CHECK(!last || graph_find(graph, last->name) == last);
    return graph;
}

static bool names(NodeList *list, const char *expected)
{
    char got[128] = "";

    for (size_t i = 0; list && i < list->n; i++) {
        strcat(got, i ? " " : "");
        strcat(got, list->at[i]->name);
    }
    if (strcmp(got, expected)) printf("got %s\n", got);
    return !strcmp(got, expected);
}

typedef struct Walk {
    NodeList *seen;
    size_t most;
} Walk;

static bool note(Node *node, void *context)
{
    Walk *walk = context;

    list_add(walk->seen, node);
    return walk->seen->n < walk->most;
}

static void test_walk(void)
{
    Graph *graph = read(roads);
    Walk walk = {list_new(), 100};

    graph_walk(graph, graph_find(graph, "home"), note, &walk);
    CHECK(names(walk.seen, "home park shop work pub"));
    walk = (Walk){list_new(), 2};
    graph_walk(graph, graph_find(graph, "shop"), note, &walk);
    CHECK(names(walk.seen, "shop work"));
}

static void test_shortest(void)
{
    Graph *graph = read(roads);
    Node *home = graph_find(graph, "home"), *pub = graph_find(graph, "pub");
    Path path = graph_shortest(graph, home, pub);

    CHECK(names(path.nodes, "home park shop work pub") && path.length == 11);
    graph_connect(graph, home, pub, 12);
    CHECK(graph_shortest(graph, home, pub).length == 11);
    CHECK(graph_disconnect(graph, graph_find(graph, "park"), graph_find(graph, "shop")));
    path = graph_shortest(graph, home, pub);
    CHECK(names(path.nodes, "home pub"));
    path = graph_shortest(graph, pub, home);
    CHECK(!path.nodes && isinf(path.length));
    path = graph_shortest(graph, home, home);
    graph = NULL;
    home = pub = NULL;
    CHECK(names(path.nodes, "home") && path.length == 0);
}

static void test_sorted(void)
{
    Graph *graph =
        read("shirt tie 1\ntie jacket 1\ntrousers shoes 1\ntrousers belt 1\nbelt jacket 1\nsocks shoes 1\n");

    CHECK(names(graph_sorted(graph), "socks trousers belt shoes shirt tie jacket"));
    graph_connect(graph, graph_find(graph, "jacket"), graph_find(graph, "shirt"), 1);
    CHECK(!graph_sorted(graph));
}

static void test_components(void)
{
    Graph *graph = read("a b 1\nb c 1\nc a 1\nc d 1\nd e 1\ne d 1\nf f 1\n");
    NodeList *largest = NULL;

    CHECK(graph_components(graph, &largest) == 3 && names(largest, "c b a"));
    CHECK(graph_components(graph, NULL) == 3);
    Graph *turned = graph_transposed(graph);
    CHECK(graph_components(turned, &largest) == 3 && largest->n == 3 && turned->edges == graph->edges);
    graph = NULL;
    CHECK(graph_find(turned, "a")->edges->to == graph_find(turned, "c"));
}

static void test_removal(void)
{
    Graph *graph = read(roads);
    Node *shop = graph_find(graph, "shop");

    CHECK(graph_remove(graph, shop) && !graph_remove(graph, shop));
    CHECK(graph->nodes->n == 4 && graph->edges == 4 && !graph_find(graph, "shop"));
    CHECK(!strcmp(shop->name, "shop") && !shop->edges);
    CHECK(graph_shortest(graph, graph_find(graph, "home"), graph_find(graph, "pub")).length == 13);
    Node *last = shop;
    CHECK(!graph_read(graph, "one two\n", &last) && !last);
}

/* A graph without a cycle dies with its last reference, one with a cycle in the collector. */
static void test_death(void)
{
    Graph *graph = read("a b 1\nb c 1\na c 1\n");
    RC_WEAK Node *seen = graph_find(graph, "c");

    graph = NULL;
    CHECK(!seen);
    graph = read("a b 1\nb c 1\nc a 1\n");
    seen = graph_find(graph, "c");
    graph = NULL;
    CHECK(seen && !strcmp(seen->edges->to->name, "a"));
    rc_gc_collect();
    CHECK(!seen);
}

static void test_long(void)
{
    Graph *graph = graph_new();
    Node *before = graph_node(graph, "start"), *node;
    char name[16];

    for (int i = 0; i < 2000; i++, before = node) {
        snprintf(name, sizeof name, "n%d", i);
        node = graph_node(graph, name);
        graph_connect(graph, before, node, 1);
    }
    CHECK(graph_shortest(graph, graph_find(graph, "start"), before).length == 2000);
}

int main(void)
{
    static void (*const tests[])(void) = {test_walk,    test_shortest, test_sorted, test_components,
                                          test_removal, test_death,    test_long};

    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) tests[i]();
    graph_dot(read("a b 1\nb a 0.5\n"), stdout);
    rc_gc_collect();
    CHECK(rc_live_objects() == 0);
    printf("%d failures\n", failures);
    return failures != 0;
}
