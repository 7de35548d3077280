/* SPDX-License-Identifier: MIT
 *
 * search [SIDE [ROUNDS]]: the cheapest ways through a graph. A grid of places with roads between neighbours; what has been
 * found so far is a path, a list from its end to its start that other paths share; the open ones wait in a heap.
 */
#include "variant.h"

typedef struct Place Place;
typedef struct Path Path;
typedef struct Graph Graph;
typedef struct Heap Heap;

struct RC_CLASS Place {
    RC_HEAD;
    int id, reached; /* in the round of that number */
    int price[4];
    Place *road[4];
};

struct RC_CLASS Path {
    RC_HEAD;
    Path *from;
    Place *at;
    int cost, length;
};

struct RC_CLASS Graph {
    RC_HEAD;
    size_t n;
    RC_COUNTED_BY(n) Place **places;
};

struct RC_CLASS Heap {
    RC_HEAD;
    size_t n, room;
    RC_COUNTED_BY(n) Path **open;
};

HAND(static const rc_field place_fields[] = {RC_FIELD_ARRAY(Place, road, 4), RC_FIELD_END};
     static const rc_type Place_type = {.name = "Place",
                                        .size = sizeof(Place),
                                        .flags = RC_TYPE_GC,
                                        .fields = place_fields};
     static const rc_field path_fields[] = {RC_FIELD_STRONG(Path, from), RC_FIELD_STRONG(Path, at),
                                            RC_FIELD_END};
     static const rc_type Path_type = {.name = "Path",
                                       .size = sizeof(Path),
                                       .flags = RC_TYPE_GC,
                                       .fields = path_fields};
     static const rc_field graph_fields[] = {RC_FIELD_BUFFER(Graph, places), RC_FIELD_END};
     static const rc_type Graph_type = {.name = "Graph",
                                        .size = sizeof(Graph),
                                        .flags = RC_TYPE_GC,
                                        .fields = graph_fields};
     static const rc_field heap_fields[] = {RC_FIELD_BUFFER(Heap, open), RC_FIELD_END};
     static const rc_type Heap_type = {
         .name = "Heap", .size = sizeof(Heap), .flags = RC_TYPE_GC, .fields = heap_fields};)

#ifdef BY_MALLOC
static const rc_type Place_type = {sizeof(Place), 0, NULL}, Graph_type = {sizeof(Graph), 0, NULL};
static const rc_type Heap_type = {sizeof(Heap), 0, NULL};
static void path_end(void *path);
static const rc_type Path_type = {sizeof(Path), 0, path_end};

/* Paths share their beginnings: nobody but a count knows who is last. */
static void path_end(void *path)
{
    Path *from = ((Path *)path)->from;
    if (from) RC_DECREF(from);
}

static void graph_free(Graph *graph)
{
    for (size_t i = 0; i < graph->n; i++) free(graph->places[i]);
    free(graph->places);
    free(graph);
}

static void heap_free(Heap *heap)
{
    for (size_t i = 0; i < heap->n; i++) RC_DECREF(heap->open[i]);
    free(heap->open);
    free(heap);
}
#elif defined BY_HAND
# define graph_free(graph) RC_DECREF(graph)
# define heap_free(heap)   RC_DECREF(heap)
#endif

static unsigned seed = 1;

static int draw(int limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (int)((seed >> 8) % (unsigned)limit);
}

static Place *place_new(int id)
{
    Place *self = NEW(Place);

    if (!self) abort();
    self->id = id;
    return self;
}

static void connect(Place *a, int side, Place *b, int other)
{
    int price = 1 + draw(100);

    a->road[side] = KEEP(b);
    b->road[other] = KEEP(a);
    a->price[side] = b->price[other] = price;
}

static Graph *graph_new(int side)
{
    Graph *self = NEW(Graph);
    size_t n = (size_t)side * (size_t)side;

    if (!self) abort();
    self->places = rc_array_new(Place, n);
    if (!self->places) abort();
    self->n = n;
    for (size_t i = 0; i < n; i++) self->places[i] = place_new((int)i);
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            Place *here = self->places[y * side + x];
            if (x + 1 < side) connect(here, 0, self->places[y * side + x + 1], 1);
            if (y + 1 < side) connect(here, 2, self->places[(y + 1) * side + x], 3);
        }
    }
    return self;
}

/* Steals nothing: the path keeps what it comes from. */
static Path *path_new(Path *from, Place *at, int price)
{
    Path *self = NEW(Path);

    if (!self) abort();
    self->from = from AUTHOR(? rc_newref(from) : NULL);
    self->at = KEEP(at);
    self->cost = from ? from->cost + price : 0;
    self->length = from ? from->length + 1 : 1;
    return self;
}

static void heap_push(Heap *heap, RC_STEALS Path *path)
{
    size_t i = heap->n;

    if (heap->n == heap->room) {
        size_t room = heap->room ? 2 * heap->room : 64;
        if (rc_array_resize(Path, heap->open, heap->room, room)) abort();
        heap->room = room;
    }
    heap->n++;
    while (i > 0 && heap->open[(i - 1) / 2]->cost > path->cost) {
        heap->open[i] = heap->open[(i - 1) / 2];
        AUTHOR(heap->open[(i - 1) / 2] = NULL;)
        i = (i - 1) / 2;
    }
    heap->open[i] = path;
}

static Path *heap_pop(Heap *heap)
{
    Path *top = heap->open[0], *last = heap->open[--heap->n];
    size_t i = 0, child = 1;

    AUTHOR(heap->open[heap->n] = NULL; if (heap->n == 0) return top;)
    heap->open[heap->n] = NULL;
    if (heap->n == 0) return top;
    for (; child < heap->n; i = child, child = 2 * i + 1) {
        if (child + 1 < heap->n && heap->open[child + 1]->cost < heap->open[child]->cost) child++;
        if (heap->open[child]->cost >= last->cost) break;
        heap->open[i] = heap->open[child];
    }
    heap->open[i] = last;
    return top;
}

/* The cheapest path, or NULL. */
static Path *search(Place *start, Place *goal, int round)
{
    Heap *heap = NEW(Heap);
    Path *path = NULL;

    if (!heap) abort();
    heap_push(heap, path_new(NULL, start, 0));
    while (heap->n > 0) {
        path = heap_pop(heap);
        Place *at = path->at;
        if (at == goal) break;
        if (at->reached != round) {
            at->reached = round;
            for (int i = 0; i < 4; i++) {
                Place *next = at->road[i];
                if (next && next->reached != round) heap_push(heap, path_new(path, next, at->price[i]));
            }
        }
        AUTHOR(RC_DECREF(path);)
        path = NULL;
    }
    AUTHOR(heap_free(heap);)
    return path;
}

static int turns(Path *path)
{
    int n = 0;

    for (Path *p = path; p && p->from && p->from->from; p = p->from) {
        int step = p->at->id - p->from->at->id, before = p->from->at->id - p->from->from->at->id;
        n += step != before;
    }
    return n;
}

int main(int argc, char **argv)
{
    int side = option(argc, argv, 1, 100), rounds = option(argc, argv, 2, 40);
    Graph *graph = graph_new(side);

    for (int i = 1; i <= rounds; i++) {
        Place *start = graph->places[draw((int)graph->n)], *goal = graph->places[draw((int)graph->n)];
        Path *path = search(start, goal, i);
        if (i % 10 == 0 && path)
            printf("%d to %d: %d places, %d turns, cost %d\n", start->id, goal->id, path->length, turns(path),
                   path->cost);
        AUTHOR(if (path) RC_DECREF(path);)
    }
    AUTHOR(graph_free(graph);)
    return 0;
}
