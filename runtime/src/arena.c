/* SPDX-License-Identifier: MIT */
#include "arena_p.h"

#include "check_p.h"
#include "heap_p.h"
#include "os_p.h"
#include "region_p.h"

_Static_assert(offsetof(rci_block, next) == 8, "a free block's link must leave the count alone");
_Static_assert(RCI_POOL_BYTES - sizeof(rci_arena) % RCI_POOL_BYTES >= RCI_SMALL_MAX,
               "pool 0 must have room for a block of the last class");

struct rci_arenas rci_arenas;
rci_leaf_entry *rci_radix[(size_t)1 << RCI_ROOT_BITS];

#define SIDE_BYTES ((RCI_ARENA_BYTES >> RCI_ALIGN_SHIFT) * sizeof(uint32_t))
#define LEAF_BYTES (((size_t)1 << RCI_LEAF_BITS) * sizeof(rci_leaf_entry))
/* An arena goes back once it has been wholly free for this many turnovers of the whole heap. */
#define IDLE_TURNS 4

/* ---- the arena allocator ------------------------------------------------------------------------------- */

/* Leak checkers look for pointers only where they know that a program keeps some. */
extern void __lsan_register_root_region(const void *p, size_t size) __attribute__((weak));
extern void __lsan_unregister_root_region(const void *p, size_t size) __attribute__((weak));

static rci_regions arena_regions = {.piece = RCI_ARENA_BYTES}, side_regions = {.piece = SIDE_BYTES};

/* Sizes other than an arena's are those of a hook that asks for something of its own. */
static void *map_arena(void *ctx, size_t size)
{
    (void)ctx;
    return size == RCI_ARENA_BYTES ? rci_region_take(&arena_regions) : rci_os_map(size, RCI_ARENA_BYTES);
}

static void unmap_arena(void *ctx, void *p, size_t size)
{
    (void)ctx;
    if (size == RCI_ARENA_BYTES)
        rci_region_give(&arena_regions, p);
    else
        rci_os_unmap(p, size);
}

static rc_arena_allocator allocator = {NULL, map_arena, unmap_arena};

void rc_arena_get_allocator(rc_arena_allocator *out)
{
    RCI_GUARD;
    *out = allocator;
}

void rc_arena_set_allocator(const rc_arena_allocator *a)
{
    RCI_GUARD;
    allocator = *a;
}

/* ---- the radix tree ------------------------------------------------------------------------------------ */

static rci_leaf_entry *entry(uintptr_t key)
{
    uintptr_t root = key >> RCI_LEAF_BITS;
    if (root >> RCI_ROOT_BITS != 0) return NULL;
    if (!rci_radix[root]) __atomic_store_n(&rci_radix[root], rci_os_map(LEAF_BYTES, 1), __ATOMIC_RELEASE);
    return rci_radix[root] ? &rci_radix[root][key & (((uintptr_t)1 << RCI_LEAF_BITS) - 1)] : NULL;
}

static void enter_mine(rci_arena *a, bool there)
{
    uintptr_t *e = rci_mine_entry(&a->heap->front, a), last = (uintptr_t)a + RCI_ARENA_BYTES - 1;
    if (there)
        *e = last;
    else if (*e == last)
        *e = 0;
}

/* Makes the addresses of `a` lead to `value` (a itself, or NULL): 0, or -1: no memory. */
static int enter(rci_arena *a, rci_arena *value)
{
    uintptr_t low = (uintptr_t)a >> RCI_ARENA_SHIFT;
    uintptr_t high = ((uintptr_t)a + RCI_ARENA_BYTES - 1) >> RCI_ARENA_SHIFT;
    rci_leaf_entry *first = entry(low), *second = entry(high);
    if (!first || !second) return -1;
    __atomic_store_n(&first->starts, value, __ATOMIC_RELEASE);
    first->side = NULL;
    if (high != low) __atomic_store_n(&second->reaches, value, __ATOMIC_RELEASE);
    if (((uintptr_t)a & (RCI_ARENA_BYTES - 1)) == 0) enter_mine(a, value != NULL);
    return 0;
}

/* ---- lists --------------------------------------------------------------------------------------------- */

static void unlink_by_free(rci_arena *a)
{
    rci_heap *heap = a->heap;
    unsigned n = a->free_count;
    if (n == 0) return;
    if (a->next) a->next->prev = a->prev;
    if (a->prev)
        a->prev->next = a->next;
    else if (!(heap->by_free[n] = a->next))
        heap->by_free_mask &= ~((uint64_t)1 << (n - 1));
}

static void link_by_free(rci_arena *a)
{
    rci_heap *heap = a->heap;
    unsigned n = a->free_count;
    if (n == 0) return;
    a->prev = NULL;
    a->next = heap->by_free[n];
    if (a->next) a->next->prev = a;
    heap->by_free[n] = a;
    heap->by_free_mask |= (uint64_t)1 << (n - 1);
}

/* By falling address, and in order of making. */
static void link_all(rci_arena *a)
{
    rci_arena *after = rci_arenas.last;
    while (after && after < a) after = after->all_prev;
    a->all_prev = after;
    a->all_next = after ? after->all_next : rci_arenas.first;
    if (a->all_next)
        a->all_next->all_prev = a;
    else
        rci_arenas.last = a;
    if (after)
        after->all_next = a;
    else
        rci_arenas.first = a;
    a->made_prev = rci_arenas.newest;
    if (a->made_prev)
        a->made_prev->made_next = a;
    else
        rci_arenas.oldest = a;
    rci_arenas.newest = a;
}

static void unlink_all(rci_arena *a)
{
    if (a->all_next)
        a->all_next->all_prev = a->all_prev;
    else
        rci_arenas.last = a->all_prev;
    if (a->all_prev)
        a->all_prev->all_next = a->all_next;
    else
        rci_arenas.first = a->all_next;
    if (a->made_next)
        a->made_next->made_prev = a->made_prev;
    else
        rci_arenas.newest = a->made_prev;
    if (a->made_prev)
        a->made_prev->made_next = a->made_next;
    else
        rci_arenas.oldest = a->made_next;
}

/* ---- making and giving back ---------------------------------------------------------------------------- */

static rci_arena *make_arena(rci_heap *heap)
{
    RCI_GUARD;
    rc_arena_allocator owner = allocator;
    rci_arena *a = owner.alloc(owner.ctx, RCI_ARENA_BYTES);
    if (!a) return NULL;
    memset(a, 0, sizeof *a);
    a->heap = heap;
    if (enter(a, a) != 0) {
        enter(a, NULL);
        owner.free(owner.ctx, a, RCI_ARENA_BYTES);
        return NULL;
    }
    uintptr_t start = ((uintptr_t)a + sizeof *a + 15) & ~(uintptr_t)15;
    uintptr_t end = (uintptr_t)a + RCI_ARENA_BYTES;
    a->first = (char *)(start & ~(uintptr_t)(RCI_POOL_BYTES - 1));
    a->start = (uint16_t)(start & (RCI_POOL_BYTES - 1));
    if (RCI_POOL_BYTES - a->start < RCI_SMALL_MAX) {
        a->first += RCI_POOL_BYTES;
        a->start = 0;
    }
    a->base = a;
    a->owner = owner;
    a->pool_count = (uint16_t)((end - (uintptr_t)a->first) >> RCI_POOL_SHIFT);
    a->free_count = a->pool_count;
    a->idle_since = heap->clock;
    for (unsigned i = 0; i < RCI_ARENA_POOLS; i++) a->pools[i].index = (uint8_t)i;
    link_all(a);
    link_by_free(a);
    heap->arena_count++;
    rci_arenas.total++;
    if (++rci_arenas.current > rci_arenas.highwater) rci_arenas.highwater = rci_arenas.current;
    if (__lsan_register_root_region) __lsan_register_root_region(a, RCI_ARENA_BYTES);
    return a;
}

/* The caller has taken it out of by_free. */
static void drop_arena(rci_arena *a)
{
    RCI_GUARD;
    rc_arena_allocator owner = a->owner;
    if (__lsan_unregister_root_region) __lsan_unregister_root_region(a, RCI_ARENA_BYTES);
    RCI_UNPOISON_PAGES(a->base, RCI_ARENA_BYTES);
    unlink_all(a);
    enter(a, NULL);
    if (a->side) rci_region_give(&side_regions, a->side);
    a->heap->arena_count--;
    rci_arenas.current--;
    rci_arenas.reclaimed++;
    owner.free(owner.ctx, a->base, RCI_ARENA_BYTES);
}

int rci_arena_reserve_side(rci_arena *a)
{
    if (a->side) return 0;
    a->side = rci_region_take(&side_regions);
    if (!a->side) return -1;
    entry((uintptr_t)a >> RCI_ARENA_SHIFT)->side = a->side;
    return 0;
}

/* A heap always keeps one wholly free arena. Of the others the one that has been so for longest, which is the last
 * of its list, goes back when it has slept through IDLE_TURNS turnovers of the heap: a program that fills and empties its
 * heap in a rhythm keeps its memory, and page faults cost it nothing. */
static void drop_idle_arena(rci_heap *heap)
{
    for (unsigned n = RCI_ARENA_POOLS; n >= RCI_ARENA_POOLS - 1; n--) {
        rci_arena *a = heap->by_free[n];
        if (!a || !a->next) continue;
        while (a->next) a = a->next;
        uint64_t turn = (uint64_t)heap->arena_count * RCI_ARENA_POOLS * IDLE_TURNS;
        if (a->free_count != a->pool_count || heap->clock - a->idle_since < turn) continue;
        unlink_by_free(a);
        drop_arena(a);
        return;
    }
}

/* ---- pools --------------------------------------------------------------------------------------------- */

rci_pool *rci_arena_take_pool(rci_heap *heap)
{
    rci_arena *a;
    if (heap->by_free_mask)
        a = heap->by_free[__builtin_ctzll(heap->by_free_mask) + 1];
    else if (!(a = make_arena(heap)))
        return NULL;
    rci_pool *pool = a->free_pools;
    if (pool)
        a->free_pools = pool->next;
    else
        pool = rci_arena_nth(a, a->fresh++);
    unlink_by_free(a);
    a->free_count--;
    link_by_free(a);
    heap->clock++;
    pool->bump = (uint16_t)rci_pool_start(pool);
    pool->free = rci_uncarved(rci_pool_page(pool) + pool->bump);
    pool->next = pool->prev = NULL;
    pool->young = 2;
    pool->live = 0;
    pool->used = 1;
    return pool;
}

void rci_arena_return_pool(rci_heap *heap, rci_pool *pool)
{
    rci_arena *a = rci_pool_arena(pool);
    pool->used = 0;
    pool->free = NULL;
    pool->next = a->free_pools;
    a->free_pools = pool;
    unlink_by_free(a);
    a->free_count++;
    if (a->free_count == a->pool_count) {
        /* Start over with ascending addresses. */
        a->free_pools = NULL;
        a->fresh = 0;
        a->idle_since = heap->clock;
    }
    link_by_free(a);
    if ((++heap->clock & (RCI_ARENA_POOLS - 1)) == 0) drop_idle_arena(heap);
}

/* Discards the pages of the free pools of an arena that has live ones. */
static size_t discard_free_pools(rci_arena *a)
{
    size_t bytes = 0;
    for (unsigned i = 0; i < a->fresh; i++) {
        const rci_pool *pool = rci_arena_nth(a, i);
        if (!pool->used && pool->index) bytes += rci_os_discard(rci_pool_page(pool), RCI_POOL_BYTES);
    }
    if (bytes > 0) rci_region_thin(&arena_regions, a);
    return bytes;
}

size_t rci_arena_trim(bool sides)
{
    size_t bytes = 0;
    for (rci_arena *a = rci_arenas.first, *next; a; a = next) {
        next = a->all_next;
        if (!rci_heap_rests(a->heap)) continue;
        if (sides && a->side) rci_os_discard(a->side, SIDE_BYTES);
        if (a->free_count == a->pool_count) {
            unlink_by_free(a);
            drop_arena(a);
            bytes += RCI_ARENA_BYTES;
        } else if (a->owner.alloc == map_arena) {
            bytes += discard_free_pools(a);
        }
    }
    return bytes;
}

void rci_arena_fini(void)
{
    while (rci_arenas.first) {
        rci_arena *a = rci_arenas.first;
        unlink_by_free(a);
        drop_arena(a);
    }
}
