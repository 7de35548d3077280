/* SPDX-License-Identifier: MIT
 *
 * Directed graphs with named nodes and weighted edges, and the searches that everyone needs. An edge owns the
 * node it leads to, so a graph with a cycle in it is a cycle of objects: it dies in the collector. Nodes may
 * be in several graphs at once; results are graphs and paths that share the nodes they were found among.
 */
#ifndef GRAPH_H
#define GRAPH_H

#include <recount.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct Node Node;
typedef struct Edge Edge;
typedef struct NodeList NodeList;
typedef struct Graph Graph;

struct RC_CLASS Edge {
    RC_HEAD;
    RC_WEAK Node *from;
    Node *to;
    double weight;
    Edge *next; /* of the same node */
};

struct RC_CLASS Node {
    RC_HEAD;
    char *name;
    Edge *edges;
    struct {
        RC_UNOWNED Node *via; /* where the search came from; both ends are in the graph that is searched */
        double distance;
        int order, low;
        bool open;
    } search;
};
RC_FINALIZER void node_finalize(Node *self);

struct RC_CLASS NodeList {
    RC_HEAD;
    size_t n;
    RC_COUNTED_BY(n) Node **at;
};

struct RC_CLASS Graph {
    RC_HEAD;
    NodeList *nodes;
    size_t edges;
};

/* A path found, or none: a plain value that owns what it names. */
typedef struct Path {
    NodeList *nodes; /* NULL: there is none */
    double length;
} Path;

NodeList *list_new(void);
void list_add(NodeList *list, Node *node);
Node *list_pop(NodeList *list); /* the last; NULL when there is none */
void list_reverse(NodeList *list);

Graph *graph_new(void);
RC_RETURNS_BORROWED Node *graph_find(Graph *graph, const char *name);
RC_RETURNS_BORROWED Node *graph_node(Graph *graph, const char *name); /* made when it is not there */
void graph_connect(Graph *graph, Node *from, Node *to, double weight);
bool graph_disconnect(Graph *graph, Node *from, Node *to);
bool graph_remove(Graph *graph, Node *node); /* with the edges from and to it */
bool graph_read(Graph *graph, const char *text,
                RC_OUT Node **last); /* lines "a b 1.5"; `last`: the last node named */
void graph_dot(Graph *graph, FILE *to);

/* Calls `visit` in the order of a breadth-first search until it returns false. */
typedef bool NodeVisit(Node *node, void *context);
void graph_walk(Graph *graph, Node *start, NodeVisit *visit, void *context);

Path graph_shortest(Graph *graph, Node *from, Node *to);
NodeList *graph_sorted(Graph *graph);                      /* topologically; NULL: there is a cycle */
size_t graph_components(Graph *graph, NodeList **largest); /* strongly connected ones; how many */
Graph *graph_transposed(Graph *graph);                     /* copies of the nodes, all edges turned */

#endif
