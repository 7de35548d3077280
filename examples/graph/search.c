/* SPDX-License-Identifier: MIT
 *
 * Searches. Each marks the nodes of its graph first, so one search at a time.
 */
#include "graph.h"

#include <math.h>

enum { UNSEEN = -1 };

static void mark_unseen(Graph *graph)
{
    for (size_t i = 0; i < graph->nodes->n; i++) {
        Node *node = graph->nodes->at[i];

        node->search.via = NULL;
        node->search.distance = INFINITY;
        node->search.order = UNSEEN;
        node->search.open = false;
    }
}

void graph_walk(Graph *graph, Node *start, NodeVisit *visit, void *context)
{
    NodeList *queue = list_new();

    mark_unseen(graph);
    list_add(queue, start);
    start->search.order = 0;
    for (size_t head = 0; head < queue->n; head++) {
        if (!visit(queue->at[head], context)) return;
        for (Edge *edge = queue->at[head]->edges; edge; edge = edge->next) {
            if (edge->to->search.order != UNSEEN) continue;
            edge->to->search.order = (int)queue->n;
            list_add(queue, edge->to);
        }
    }
}

/* ---- shortest paths: Dijkstra's algorithm with a binary heap
 * ---------------------------------------------------- */

typedef struct Heap {
    NodeList *nodes; /* by distance; search.order is the place in it */
} Heap;

static double distance_at(Heap heap, size_t i)
{
    return heap.nodes->at[i]->search.distance;
}

static void swap_nodes(Node **a, Node **b)
{
    Node *t = *a;
    int order = t->search.order;

    t->search.order = (*b)->search.order;
    (*b)->search.order = order;
    *a = *b;
    *b = t;
}

static void sift_up(Heap heap, size_t i)
{
    for (; i && distance_at(heap, i) < distance_at(heap, (i - 1) / 2); i = (i - 1) / 2)
        swap_nodes(&heap.nodes->at[i], &heap.nodes->at[(i - 1) / 2]);
}

static void sift_down(Heap heap)
{
    for (size_t i = 0, least; 2 * i + 1 < heap.nodes->n; i = least) {
        least = 2 * i + 1;
        if (least + 1 < heap.nodes->n && distance_at(heap, least + 1) < distance_at(heap, least)) least++;
        if (distance_at(heap, i) <= distance_at(heap, least)) break;
        swap_nodes(&heap.nodes->at[i], &heap.nodes->at[least]);
    }
}

static Node *take_nearest(Heap heap)
{
    Node *nearest;

    if (heap.nodes->n > 1) swap_nodes(&heap.nodes->at[0], &heap.nodes->at[heap.nodes->n - 1]);
    nearest = list_pop(heap.nodes);
    if (nearest) nearest->search.open = false;
    sift_down(heap);
    return nearest;
}

static void relax(Heap heap, Node *from, Edge *edge)
{
    Node *to = edge->to;
    double distance = from->search.distance + edge->weight;

    if (distance >= to->search.distance) return;
    if (to->search.order == UNSEEN) {
        to->search.order = (int)heap.nodes->n;
        to->search.open = true;
        list_add(heap.nodes, to);
    }
    if (!to->search.open) return;
    to->search.distance = distance;
    to->search.via = from;
    sift_up(heap, (size_t)to->search.order);
}

static Path path_to(Node *to)
{
    Path path = {list_new(), to->search.distance};

    for (RC_UNOWNED Node *at = to; at; at = at->search.via) list_add(path.nodes, at);
    list_reverse(path.nodes);
    return path;
}

Path graph_shortest(Graph *graph, Node *from, Node *to)
{
    Heap heap = {list_new()};
    Node *nearest;

    mark_unseen(graph);
    from->search.distance = 0;
    from->search.order = 0;
    from->search.open = true;
    list_add(heap.nodes, from);
    while ((nearest = take_nearest(heap))) {
        if (nearest == to) return path_to(to);
        for (Edge *edge = nearest->edges; edge; edge = edge->next) relax(heap, nearest, edge);
    }
    return (Path){NULL, INFINITY};
}

/* ---- order
 * -----------------------------------------------------------------------------------------------------------
 */

enum { DOING = 0, DONE = 1 };

static bool finish(Node *node, NodeList *done)
{
    node->search.order = DOING;
    for (Edge *edge = node->edges; edge; edge = edge->next) {
        switch (edge->to->search.order) {
        case UNSEEN:
            if (finish(edge->to, done)) continue;
            /* fall through */
        case DOING: return false;
        default: break;
        }
    }
    node->search.order = DONE;
    list_add(done, node);
    return true;
}

NodeList *graph_sorted(Graph *graph)
{
    NodeList *done = list_new();

    mark_unseen(graph);
    for (size_t i = 0; i < graph->nodes->n; i++) {
        Node *node = graph->nodes->at[i];
        if (node->search.order == UNSEEN && !finish(node, done)) return NULL;
    }
    list_reverse(done);
    return done;
}

/* ---- components: Tarjan's algorithm
 * ----------------------------------------------------------------------------------- */

typedef struct Tarjan {
    NodeList *stack, *largest;
    int order;
    size_t found;
} Tarjan;

static void close_component(Tarjan *t, Node *root)
{
    NodeList *component = list_new();
    Node *member;

    do {
        member = list_pop(t->stack);
        member->search.open = false;
        list_add(component, member);
    } while (member != root);
    t->found++;
    if (!t->largest || component->n > t->largest->n) t->largest = component;
}

static void connect(Tarjan *t, Node *node)
{
    node->search.order = node->search.low = t->order++;
    node->search.open = true;
    list_add(t->stack, node);
    for (Edge *edge = node->edges; edge; edge = edge->next) {
        Node *to = edge->to;
        int low;

        if (to->search.order == UNSEEN) {
            connect(t, to);
            low = to->search.low;
        } else if (to->search.open) {
            low = to->search.order;
        } else {
            continue;
        }
        if (low < node->search.low) node->search.low = low;
    }
    if (node->search.low == node->search.order) close_component(t, node);
}

size_t graph_components(Graph *graph, NodeList **largest)
{
    Tarjan t = {.stack = list_new()};

    mark_unseen(graph);
    for (size_t i = 0; i < graph->nodes->n; i++) {
        if (graph->nodes->at[i]->search.order == UNSEEN) connect(&t, graph->nodes->at[i]);
    }
    if (largest) *largest = t.largest;
    return t.found;
}
