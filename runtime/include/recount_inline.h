/* SPDX-License-Identifier: MIT
 *
 * Private to the library, but for the one thing that it does: in programs that are compiled with RECOUNT_INLINE, as
 * pkg-config and the CMake package say, the compiler puts what most calls of rc_mem_malloc, rc_obj_malloc and their
 * frees come to in the caller's place. A call into a shared library costs as much as the rest of an allocation.
 *
 * So this much of a heap is the same in the program and in the library. Programs that were compiled with another layout
 * must not start: the name of rci_my_front carries a number, which changes with the layout.
 */
#ifndef RECOUNT_INLINE_H
#define RECOUNT_INLINE_H

/* The C standard would have extern inline functions call nothing static. */
#ifdef RECOUNT_INLINE
# pragma GCC system_header
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- geometry ------------------------------------------------------------------------------------------ */

/* One row a geometry: log2 of a pool's bytes. An arena is always 64 pools. */
#ifdef RECOUNT_GEOMETRY_LARGE
# define RCI_POOL_SHIFT 14
#else
# define RCI_POOL_SHIFT 12
#endif
#define RCI_POOL_BYTES  ((size_t)1 << RCI_POOL_SHIFT)
#define RCI_ARENA_POOLS 64
#define RCI_ARENA_SHIFT (RCI_POOL_SHIFT + 6)
#define RCI_ARENA_BYTES ((size_t)1 << RCI_ARENA_SHIFT)
#define RCI_ALIGN_SHIFT 4
#define RCI_CLASSES     32
#define RCI_SMALL_MAX   ((size_t)RCI_CLASSES << RCI_ALIGN_SHIFT)

/* What a pool's blocks are. Only pools of objects can be walked, only pools of tracked ones are by the
 * collector. */
enum rci_kind { RCI_BLOCKS, RCI_PLAIN, RCI_TRACKED, RCI_KINDS };
#define RCI_SLOTS ((unsigned)RCI_KINDS * RCI_CLASSES)

/* ---- pools --------------------------------------------------------------------------------------------- */

/* A free block. In pools of objects the first four bytes are a count of 0, which no live object has. */
typedef struct rci_block {
    uint32_t count, word;
    struct rci_block *next;
} rci_block;

/* Three states: free (in its arena's list, or never used), listed in its slot (can give a block), and full: on no
 * list, `free` is NULL. */
typedef struct rci_pool {
    rci_block *free;              /* LIFO; ends in an rci_uncarved while there is room behind `bump`      */
    struct rci_pool *next, *prev; /* of its slot; next:  in its arena's list when free                    */
    uint16_t live;                /* blocks in use                                                        */
    uint16_t bump;                /* offset in the page of the first block not carved yet                 */
    uint8_t slot;                 /* kind * RCI_CLASSES + size class                                      */
    uint8_t index;                /* in its arena                                                         */
    uint8_t young;                /* youngest generation that it may hold: 0, 1, else 2 and in no list    */
    uint8_t used;                 /* 0: free; 1: has, or keeps, a class                                   */
} rci_pool;

/* Ends the free list of a pool that has blocks never handed out: the address of the first of them, marked by its lowest
 * bit. So taking a block is taking what `free` says, and carving the next costs no memory but the pool's header. */
static inline rci_block *rci_uncarved(void *first)
{
    return (rci_block *)((uintptr_t)first | 1);
}
static inline bool rci_is_uncarved(const rci_block *b)
{
    return (uintptr_t)b & 1;
}
static inline uintptr_t rci_uncarved_address(const rci_block *b)
{
    return (uintptr_t)b - 1;
}

/* ---- the front of a heap ------------------------------------------------------------------------------- */

/* Largest requests that the fast paths may serve; 0: they have to ask. */
typedef struct rci_limits {
    size_t block[3]; /* by domain */
    size_t object;
} rci_limits;

/* Arenas that the library maps are aligned to their size, so that the pool of an address in one follows from the
 * address alone, and all there is to find out is whose arena it is. `mine` answers that with one load: at the place
 * that its address gives it stands the last address of one of the heap's own arenas. */
#define RCI_MINE_BITS 12

typedef struct rci_front {
    rci_limits limits; /* 0 while the heap is closed                                                     */
    rci_pool end; /* of every list of pools: has nothing to hand out; its `prev` is written, never read */
    rci_pool *active[RCI_SLOTS]; /* the first of a slot's pools that can give a block                    */
    uintptr_t mine[(size_t)1 << RCI_MINE_BITS];
} rci_front;

static inline size_t rci_limit(const size_t *limit)
{
    return __atomic_load_n(limit, __ATOMIC_RELAXED);
}

static inline uintptr_t *rci_mine_entry(rci_front *front, const void *p)
{
    return &front->mine[(uintptr_t)p >> RCI_ARENA_SHIFT & (((uintptr_t)1 << RCI_MINE_BITS) - 1)];
}

/* p lies in an aligned arena of this heap. False says nothing. */
static inline bool rci_is_mine(rci_front *front, const void *p)
{
    return __builtin_expect(*rci_mine_entry(front, p) == ((uintptr_t)p | (RCI_ARENA_BYTES - 1)), 1);
}

/* The pool of a block in an aligned arena, whose header begins with those of its pools. */
static inline rci_pool *rci_aligned_pool(const void *p)
{
    rci_pool *pools = (rci_pool *)((uintptr_t)p & ~(uintptr_t)(RCI_ARENA_BYTES - 1));
    return &pools[((uintptr_t)p & (RCI_ARENA_BYTES - 1)) >> RCI_POOL_SHIFT];
}

/* ---- taking and giving back a block -------------------------------------------------------------------- */

/* With lifetimes at random every second allocation and free takes a pool off its slot's list or puts one there, which
 * no processor can predict: both paths choose by conditional moves where the lists end up. The compiler knows nothing
 * of x from here on: two choices by x stay two conditional moves, instead of one branch. */
#define RCI_OPAQUE(x) __asm__("" : "+r"(x))

/* What a checked build of the library says about its blocks. */
#ifndef RCI_POISON_BLOCK
# define RCI_POISON_BLOCK(p, n)   ((void)0)
# define RCI_UNPOISON_BLOCK(p, n) ((void)0)
#endif

static inline unsigned rci_slot_of(size_t bytes, enum rci_kind kind)
{
    return (unsigned)kind * RCI_CLASSES + (unsigned)((bytes - 1) >> RCI_ALIGN_SHIFT);
}

/* Whether rci_block_take can follow. */
static inline bool rci_block_ready(const rci_front *front, unsigned slot)
{
    return __builtin_expect(front->active[slot]->free != NULL, 1);
}

/* Takes the first block that was never handed out: what `free` of its pool is then. */
static inline rci_block *rci_carve(rci_pool *pool, size_t bytes, rci_block *free)
{
    uintptr_t block = rci_uncarved_address(free);
    size_t end = (block & (RCI_POOL_BYTES - 1)) + bytes;
    pool->bump = (uint16_t)end;
    return end + bytes <= RCI_POOL_BYTES ? rci_uncarved((void *)(block + bytes)) : NULL;
}

/* Takes `block`, the first of `pool`, which is the first of its slot; not zeroed. `bytes`: the class's. */
static inline void *rci_block_take_first(rci_front *front, unsigned slot, rci_pool *pool, rci_block *block,
                                         size_t bytes)
{
    rci_block *left;
    if (rci_is_uncarved(block)) {
        left = rci_carve(pool, bytes, block);
        block = (rci_block *)rci_uncarved_address(block);
        RCI_UNPOISON_BLOCK(block, bytes);
    } else {
        RCI_UNPOISON_BLOCK(block, bytes);
        left = block->next;
    }
    pool->free = left;
    pool->live++;
    rci_pool *rest = pool->next;
    RCI_OPAQUE(left);
    front->active[slot] = left ? pool : rest;
    return block;
}

/* A block of the slot's class, not zeroed, and the pool it is from. */
static inline void *rci_block_take(rci_front *front, unsigned slot, rci_pool **from)
{
    rci_pool *pool = *from = front->active[slot];
    return rci_block_take_first(front, slot, pool, pool->free,
                                (size_t)(slot % RCI_CLASSES + 1) << RCI_ALIGN_SHIFT);
}

/* True: the pool has no live block left, rci_pool_emptied has to be told. A pool that is listed already stays where it
 * is, and its neighbour is told again what it knows. */
static inline bool rci_block_give(rci_front *front, rci_pool *pool, void *p)
{
    rci_block *block = (rci_block *)p, *was = pool->free;
    rci_pool **active = &front->active[pool->slot], *first = *active, *next = pool->next;
    block->next = was;
    pool->free = block;
    RCI_POISON_BLOCK(block, (size_t)((pool->slot & (RCI_CLASSES - 1)) + 1) << RCI_ALIGN_SHIFT);
    RCI_OPAQUE(next);
    next = was ? next : first;
    RCI_OPAQUE(was);
    *active = was ? first : pool;
    pool->next = next;
    next->prev = pool;
    return __builtin_expect(--pool->live == 0, 0);
}

/* ---- in the caller's place ----------------------------------------------------------------------------- */

#ifdef __cplusplus
extern "C" {
#endif

/* The calling thread's heap; in a build without threads the only one. */
#define rci_my_front rci_my_front_1
#ifdef RECOUNT_THREADS
extern RC_API __thread rci_front *rci_my_front __attribute__((tls_model("initial-exec")));
#else
extern RC_API rci_front *rci_my_front;
#endif
/* What takes more than taking a block from a list, or putting it there; domain: an rc_domain. */
RC_API RCI_NEAR void *rci_malloc_slow(int domain, size_t size, const char *site);
RC_API RCI_NEAR void rci_free_slow(int domain, void *p);
RC_API RCI_NEAR void rci_pool_emptied(rci_front *front, rci_pool *pool);

static inline void *rci_malloc(int domain, size_t size, const char *site)
{
    if (__builtin_constant_p(size) && size - 1 >= RCI_SMALL_MAX) return rci_malloc_slow(domain, size, site);
    rci_front *front = rci_my_front;
    unsigned slot = rci_slot_of(size, RCI_BLOCKS);
    rci_pool *from;
    if (__builtin_expect(size - 1 < rci_limit(&front->limits.block[domain]), 1) &&
        rci_block_ready(front, slot))
        return rci_block_take(front, slot, &from);
    return rci_malloc_slow(domain, size, site);
}

static inline void rci_free(int domain, void *p)
{
    rci_front *front = rci_my_front;
    if (__builtin_expect(rci_limit(&front->limits.block[domain]) != 0, 1) && rci_is_mine(front, p)) {
        rci_pool *pool = rci_aligned_pool(p);
        if (rci_block_give(front, pool, p)) rci_pool_emptied(front, pool);
    } else {
        rci_free_slow(domain, p);
    }
}

#if defined(__SANITIZE_ADDRESS__)
# undef RECOUNT_INLINE
#elif defined(__has_feature)
# if __has_feature(address_sanitizer)
#  undef RECOUNT_INLINE
# endif
#endif

/* Beside these there are the library's own functions of the same names, for who takes their addresses, or is compiled
 * without optimisation. */
#if defined(RECOUNT_INLINE) && !defined(__RECOUNT__)
# define RCI_IN_PLACE extern inline __attribute__((gnu_inline))
RCI_IN_PLACE void *rci_mem_malloc(size_t size, const char *site)
{
    return rci_malloc(1, size, site);
}
RCI_IN_PLACE void *rci_obj_malloc(size_t size, const char *site)
{
    return rci_malloc(2, size, site);
}
RCI_IN_PLACE void *(rc_mem_malloc)(size_t size)
{
    return rci_malloc(1, size, NULL);
}
RCI_IN_PLACE void *(rc_obj_malloc)(size_t size)
{
    return rci_malloc(2, size, NULL);
}
RCI_IN_PLACE void rc_mem_free(void *p)
{
    rci_free(1, p);
}
RCI_IN_PLACE void rc_obj_free(void *p)
{
    rci_free(2, p);
}
# undef RCI_IN_PLACE
#endif

#ifdef __cplusplus
}
#endif

#endif
