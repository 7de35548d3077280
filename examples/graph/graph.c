/* SPDX-License-Identifier: MIT
 *
 * Graphs and how they change.
 */
#include "graph.h"

#include <stdlib.h>
#include <string.h>

static void no_memory(void)
{
    fputs("graph: no memory\n", stderr);
    abort();
}

/* `var` is what was made; nothing here goes on without memory. */
#define MADE(var)                                                                                            \
 do {                                                                                                        \
  if (!(var)) no_memory();                                                                                   \
 } while (0)

/* ---- lists
 * ------------------------------------------------------------------------------------------------------ */

NodeList *list_new(void)
{
    NodeList *self = rc_new(NodeList);

    MADE(self);
    self->at = rc_array_new(Node, 8);
    MADE(self->at);
    return self;
}

void list_add(NodeList *list, Node *node)
{
    size_t room = rc_array_len(list->at);

    if (list->n == room && rc_array_resize(Node, list->at, room, room * 2)) no_memory();
    list->at[list->n++] = node;
}

Node *list_pop(NodeList *list)
{
    Node *last;

    if (!list->n) return NULL;
    last = list->at[--list->n];
    list->at[list->n] = NULL;
    return last;
}

void list_reverse(NodeList *list)
{
    for (size_t i = 0, k = list->n; i + 1 < k--; i++) {
        Node *swapped = list->at[i];
        list->at[i] = list->at[k];
        list->at[k] = swapped;
    }
}

/* ---- nodes and edges
 * ------------------------------------------------------------------------------------------------ */

void node_finalize(Node *self)
{
    free(self->name);
}

static Node *node_new(const char *name)
{
    Node *self = rc_new(Node);
    size_t length = strlen(name) + 1;

    MADE(self);
    self->name = malloc(length);
    MADE(self->name);
    memcpy(self->name, name, length);
    return self;
}

Graph *graph_new(void)
{
    Graph *self = rc_new(Graph);

    MADE(self);
    self->nodes = list_new();
    return self;
}

Node *graph_find(Graph *graph, const char *name)
{
    for (size_t i = 0; i < graph->nodes->n; i++) {
        Node *node = graph->nodes->at[i];
        if (!strcmp(node->name, name)) return node;
    }
    return NULL;
}

Node *graph_node(Graph *graph, const char *name)
{
    Node *node = graph_find(graph, name);

    if (!node) {
        node = node_new(name);
        list_add(graph->nodes, node);
    }
    return node;
}

void graph_connect(Graph *graph, Node *from, Node *to, double weight)
{
    Edge *edge = rc_new(Edge), **end = &from->edges;

    MADE(edge);
    edge->from = from;
    edge->to = to;
    edge->weight = weight;
    while (*end) end = &(*end)->next;
    *end = edge;
    graph->edges++;
}

bool graph_disconnect(Graph *graph, Node *from, Node *to)
{
    for (Edge **link = &from->edges; *link; link = &(*link)->next) {
        if ((*link)->to != to) continue;
        *link = (*link)->next;
        graph->edges--;
        return true;
    }
    return false;
}

bool graph_remove(Graph *graph, Node *node)
{
    NodeList *nodes = graph->nodes;
    size_t i = 0;

    while (i < nodes->n && nodes->at[i] != node) i++;
    if (i == nodes->n) return false;
    for (size_t k = 0; k < nodes->n; k++) {
        while (graph_disconnect(graph, nodes->at[k], node)) continue;
    }
    for (Edge *edge = node->edges; edge; edge = edge->next) graph->edges--;
    node->edges = NULL;
    for (; i + 1 < nodes->n; i++) nodes->at[i] = nodes->at[i + 1];
    list_pop(nodes);
    return true;
}

Graph *graph_transposed(Graph *graph)
{
    Graph *turned = graph_new();

    for (size_t i = 0; i < graph->nodes->n; i++) graph_node(turned, graph->nodes->at[i]->name);
    for (size_t i = 0; i < graph->nodes->n; i++) {
        for (Edge *edge = graph->nodes->at[i]->edges; edge; edge = edge->next)
            graph_connect(turned, graph_find(turned, edge->to->name), turned->nodes->at[i], edge->weight);
    }
    return turned;
}

/* ---- text
 * -------------------------------------------------------------------------------------------------------------
 */

bool graph_read(Graph *graph, const char *text, RC_OUT Node **last)
{
    char from[32], to[32];
    double weight;
    int used;

    for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
        switch (sscanf(text, "%31s%31s%lf%n", from, to, &weight, &used)) {
        case EOF: return true;
        case 3: break;
        default: return false;
        }
        Node *start = graph_node(graph, from);
        *last = graph_node(graph, to);
        graph_connect(graph, start, *last, weight);
        text += used;
    }
    return true;
}

void graph_dot(Graph *graph, FILE *to)
{
    fputs("digraph {\n", to);
    for (size_t i = 0; i < graph->nodes->n; i++) {
        for (Edge *edge = graph->nodes->at[i]->edges; edge; edge = edge->next) {
            fprintf(to, "  %s -> %s [label=\"%g\"]\n", edge->from ? edge->from->name : "?", edge->to->name,
                    edge->weight);
        }
    }
    fputs("}\n", to);
}
