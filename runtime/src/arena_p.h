/* SPDX-License-Identifier: MIT
 *
 * Arenas: where pools come from, and which pool an address belongs to.
 *
 * An arena is one block of RCI_ARENA_BYTES from the arena allocator, with its own header and all its pools'
 * headers at the front: kept together they do not compete for one cache set, as headers at page starts would.
 * Pool 0 is what the headers leave of their page, and is used last. Owns the arenas. Arenas
 * are made and go under the lock; their pools are their heap's.
 */
#ifndef RCI_ARENA_P_H
#define RCI_ARENA_P_H

#include "check_p.h"
#include "recount.h"
#include "recount_inline.h"

/* Of a pool of tracked objects: its place among those that may hold young ones. Kept apart, so that what every
 * allocation touches of a pool is half a cache line. */
typedef struct rci_young {
    struct rci_pool *next, *prev;
} rci_young;

typedef struct rci_heap rci_heap;

typedef struct rci_arena {
    rci_pool pools[RCI_ARENA_POOLS]; /* in front: two to a cache line                                    */
    rci_heap *heap;                  /* whose it is                                                      */
    struct rci_arena *next, *prev;   /* of the heap's with as many free pools                            */
    struct rci_arena *all_next;      /* by falling address                                               */
    struct rci_arena *made_next, *made_prev; /* in order of making                                      */
    struct rci_arena *all_prev;
    rci_pool *free_pools;            /* used before and free again, LIFO                                 */
    uint32_t *side;                  /* the collector's working count for each 16 bytes, or NULL         */
    char *first;                     /* page of pool 0                                                   */
    void *base;                      /* as the arena allocator returned it                               */
    rc_arena_allocator owner;        /* which allocator that was                                         */
    uint64_t idle_since;             /* the heap's clock when it became wholly free                      */
    uint16_t pool_count, free_count; /* all; free or never used                                          */
    uint16_t fresh;                  /* pools ever used since it was made, or last wholly free           */
    uint16_t start;                  /* offset of the first block of pool 0                              */
    rci_young young[RCI_ARENA_POOLS];
} rci_arena;

struct rci_arenas {
    rci_arena *first, *last;    /* by falling address   */
    rci_arena *oldest, *newest; /* in order of making   */
    size_t total, reclaimed, highwater, current;
};
extern RCI_HIDDEN struct rci_arenas rci_arenas;

/* A pool without class; NULL: no memory. From the heap's usable arena with the fewest free pools. */
rci_pool *rci_arena_take_pool(rci_heap *heap);
/* Takes back a pool without live blocks. */
void rci_arena_return_pool(rci_heap *heap, rci_pool *pool);
/* Gives back every wholly free arena and discards the free pools' pages: bytes. `sides`: no collection is using the
 * side arrays, which can go too. */
size_t rci_arena_trim(bool sides);
/* Gives back all arenas, whatever lives there. */
void rci_arena_fini(void);
/* Makes sure that the arena has its side array: 0, or -1: no memory. */
int rci_arena_reserve_side(rci_arena *arena);

/* ---- address look-up ----------------------------------------------------------------------------------- */

/* Two levels keyed by address / RCI_ARENA_BYTES; foreign memory is never read. Any thread may look: what it finds is
 * right for an address that it has a right to; leaves are never freed. An arena need not be aligned,
 * so a key can have one that starts in it and one that reaches into it. */
#if UINTPTR_MAX > 0xffffffffu
# define RCI_ADDRESS_BITS 48
#else
# define RCI_ADDRESS_BITS 32
#endif
#define RCI_KEY_BITS  (RCI_ADDRESS_BITS - RCI_ARENA_SHIFT)
#define RCI_LEAF_BITS (RCI_KEY_BITS < 15 ? RCI_KEY_BITS : 15)
#define RCI_ROOT_BITS (RCI_KEY_BITS - RCI_LEAF_BITS)

typedef struct rci_leaf_entry {
    rci_arena *starts, *reaches;
    uint32_t *side; /* of the arena that starts here */
} rci_leaf_entry;
extern RCI_HIDDEN rci_leaf_entry *rci_radix[(size_t)1 << RCI_ROOT_BITS];

static inline const rci_leaf_entry *rci_leaf_of(const void *p)
{
    uintptr_t key = (uintptr_t)p >> RCI_ARENA_SHIFT;
    uintptr_t root = key >> RCI_LEAF_BITS;
#if UINTPTR_MAX > 0xffffffffu
    if (__builtin_expect(root >> RCI_ROOT_BITS != 0, 0)) return NULL;
#endif
    const rci_leaf_entry *leaf = __atomic_load_n(&rci_radix[root], __ATOMIC_RELAXED);
    return leaf ? leaf + (key & (((uintptr_t)1 << RCI_LEAF_BITS) - 1)) : NULL;
}

/* The arena that p lies in, or NULL. */
static inline rci_arena *rci_arena_of(const void *p)
{
    const rci_leaf_entry *leaf = rci_leaf_of(p);
    if (__builtin_expect(!leaf, 0)) return NULL;
    rci_arena *a = __atomic_load_n(&leaf->starts, __ATOMIC_RELAXED);
    if (__builtin_expect(a && (const char *)p >= (const char *)a, 1)) return a;
    a = __atomic_load_n(&leaf->reaches, __ATOMIC_RELAXED);
    return a && (const char *)p < (const char *)a + RCI_ARENA_BYTES ? a : NULL;
}

static inline rci_arena *rci_pool_arena(const rci_pool *pool)
{
    return (rci_arena *)((char *)(uintptr_t)(pool - pool->index) - offsetof(rci_arena, pools));
}

static inline rci_young *rci_pool_young(const rci_pool *pool)
{
    return &rci_pool_arena(pool)->young[pool->index];
}

/* The pool of a block of arena a; NULL for an address in front of pool 0 or behind the last. */
static inline rci_pool *rci_arena_pool(rci_arena *a, const void *p)
{
    return &a->pools[(size_t)((const char *)p - a->first) >> RCI_POOL_SHIFT];
}

/* The order in which pools are used first: pool 0, which is smaller, comes last. */
static inline rci_pool *rci_arena_nth(rci_arena *a, unsigned i)
{
    return &a->pools[i + 1 < a->pool_count ? i + 1 : 0];
}

/* The pool that p is a block of, or NULL: p is not the heap's. */
static inline rci_pool *rci_pool_of(const void *p)
{
    rci_arena *a = rci_arena_of(p);
    return a ? rci_arena_pool(a, p) : NULL;
}

static inline char *rci_pool_page(const rci_pool *pool)
{
    return rci_pool_arena(pool)->first + ((size_t)pool->index << RCI_POOL_SHIFT);
}

/* Offset in its page of a pool's first block. */
static inline size_t rci_pool_start(const rci_pool *pool)
{
    return pool->index ? 0 : rci_pool_arena(pool)->start;
}

static inline size_t rci_pool_block_bytes(const rci_pool *pool)
{
    return (size_t)((pool->slot & (RCI_CLASSES - 1)) + 1) << RCI_ALIGN_SHIFT;
}

static inline enum rci_kind rci_pool_kind(const rci_pool *pool)
{
    return (enum rci_kind)(pool->slot / RCI_CLASSES);
}

#endif
