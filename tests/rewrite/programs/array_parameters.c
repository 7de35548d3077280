/* SPDX-License-Identifier: MIT
 *
 * Parameters that are written as arrays are pointers; arrays of arrays, of references and of structs, in a class.
 */
#include <recount.h>
#include <stdio.h>

typedef struct RC_CLASS Tile {
    RC_HEAD;
    int n;
} Tile;
typedef Tile *Pair[2];
typedef struct Spot {
    Tile *tile;
    int weight;
} Spot;
typedef struct RC_CLASS Board {
    RC_HEAD;
    Spot spot[2][3];
    Tile *corner[2][2];
} Board;

RC_FINALIZER static void tile_finalize(Tile *self)
{
    printf("~%d ", self->n);
}

static Tile *tile(int n)
{
    Tile *self = rc_new(Tile);

    self->n = n;
    return self;
}

static int sum(Tile *const tiles[], int n)
{
    int total = 0;

    for (int i = 0; i < n; i++) total += tiles[i]->n;
    return total;
}

static void swap(Tile *pair[static 2])
{
    Tile *first = pair[0];

    pair[0] = pair[1];
    pair[1] = first;
}

static Tile *second(Pair pair)
{
    return *++pair;
}

static void fill(Spot spots[][3], int rows)
{
    for (int i = 0; i < rows * 3; i++) spots[i / 3][i % 3] = (Spot){tile(i), i};
}

int main(void)
{
    Pair pair = {tile(10), tile(20)};
    Board *board = rc_new(Board);

    printf("%d\n", sum(pair, 2));
    swap(pair);
    printf("%d %d\n", pair[0]->n, second(pair)->n);
    fill(board->spot, 2);
    swap(board->corner[1]);
    board->corner[1][1] = board->spot[1][2].tile;
    board->spot[0][1] = board->spot[1][0];
    puts("");
    board = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
