/* SPDX-License-Identifier: MIT
 *
 * The whole-heap verifier: every invariant that the headers state, checked from outside the fast paths.
 */
#include "field_p.h"
#include "gc_p.h"
#include "weak_p.h"

#include <stdarg.h>

static int faults;

static __attribute__((format(printf, 1, 2))) void fault(const char *format, ...)
{
    va_list args;
    faults++;
    fputs("recount: heap: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

/* ---- pools --------------------------------------------------------------------------------------------- */

/* A free block lies on a block boundary of its pool, between its start and what was carved. */
static bool is_block(const rci_pool *pool, const void *p)
{
    size_t at = (size_t)((const char *)p - rci_pool_page(pool)), start = rci_pool_start(pool);
    return at >= start && at < pool->bump && (at - start) % rci_pool_block_bytes(pool) == 0;
}

RCI_PEEKS static void check_pool(const rci_pool *pool)
{
    size_t bytes = rci_pool_block_bytes(pool), carved = (pool->bump - rci_pool_start(pool)) / bytes, n = 0;
    size_t room = (RCI_POOL_BYTES - pool->bump) / bytes;
    const rci_block *b = pool->free;
    for (; b && !rci_is_uncarved(b); b = b->next, n++) {
        if (!is_block(pool, b) || n > carved) {
            fault("pool %p: its free list leads to %p", (const void *)pool, (const void *)b);
            return;
        }
        if (rci_pool_kind(pool) != RCI_BLOCKS && b->count != 0)
            fault("pool %p: free block %p was written to", (const void *)pool, (const void *)b);
    }
    if (n + pool->live != carved)
        fault("pool %p: %zu blocks carved, %u live and %zu free", (const void *)pool, carved, pool->live, n);
    if (b != (room ? rci_uncarved(rci_pool_page(pool) + pool->bump) : NULL))
        fault("pool %p: room for %zu blocks, and its free list ends otherwise", (const void *)pool, room);
    if (pool->slot >= RCI_SLOTS) fault("pool %p: no such class: %u", (const void *)pool, pool->slot);
}

static void check_arena(rci_arena *a)
{
    unsigned used = 0, listed = 0;
    for (unsigned i = 0; i < a->fresh; i++) {
        const rci_pool *pool = rci_arena_nth(a, i);
        if (!pool->used) continue;
        used++;
        check_pool(pool);
    }
    for (const rci_pool *p = a->free_pools; p && listed <= a->fresh; p = p->next) listed++;
    if (used + a->free_count != a->pool_count)
        fault("arena %p: %u pools, %u used and %u free", (void *)a, a->pool_count, used, a->free_count);
    if (listed + used != a->fresh)
        fault("arena %p: %u pools touched, %u used and %u listed", (void *)a, a->fresh, used, listed);
    if (rci_arena_of(a) != a || rci_arena_of((char *)a + RCI_ARENA_BYTES - 1) != a)
        fault("arena %p: its addresses do not lead to it", (void *)a);
}

/* Each pool of a slot's list has that slot, and room. */
static void check_slots(const rci_heap *heap)
{
    for (unsigned slot = 0; slot < RCI_SLOTS; slot++) {
        for (const rci_pool *p = heap->front.active[slot]; p != &heap->front.end; p = p->next) {
            if (p->slot != slot || rci_pool_arena(p)->heap != heap)
                fault("pool %p: of slot %u, in a list of %u", (const void *)p, p->slot, slot);
            if (!p->used || !p->free) fault("pool %p: in a list, and not usable", (const void *)p);
            if (p->next != &heap->front.end && p->next->prev != p)
                fault("pool %p: linked one way", (const void *)p);
        }
    }
}

static void check_heap(const rci_heap *heap)
{
    size_t n = 0;
    check_slots(heap);
    for (unsigned i = 0; i <= RCI_ARENA_POOLS; i++) {
        bool any = heap->by_free[i] != NULL, marked = i && heap->by_free_mask >> (i - 1) & 1;
        if (any != marked) fault("arenas with %u free pools: list and mask differ", i);
        for (const rci_arena *a = heap->by_free[i]; a; a = a->next) {
            if (a->free_count != i || a->heap != heap)
                fault("arena %p: %u pools free, listed with %u", (const void *)a, a->free_count, i);
        }
    }
    for (const rci_arena *a = rci_arenas.first; a; a = a->all_next) n += a->heap == heap;
    if (n != heap->arena_count) fault("a heap of %zu arenas, and %zu are counted", n, heap->arena_count);
}

/* To their pools they are in use. Other threads may go on to put blocks in front meanwhile. */
RCI_PEEKS static void check_mail(const rci_heap *heap)
{
    size_t n = 0, most = heap->arena_count * (RCI_ARENA_BYTES >> RCI_ALIGN_SHIFT);
    const rci_block *b = __atomic_load_n(&heap->mail, __ATOMIC_ACQUIRE);
    for (; b && n <= most; b = b->next, n++) {
        rci_arena *a = rci_arena_of(b);
        const rci_pool *pool = a ? rci_arena_pool(a, b) : NULL;
        if (!pool || a->heap != heap || !pool->used || !pool->live || !is_block(pool, b)) {
            fault("a block that is none of the heap's in its mail: %p", (const void *)b);
            return;
        }
        if (rci_pool_kind(pool) != RCI_BLOCKS && b->count != 0)
            fault("pool %p: freed block %p was written to", (const void *)pool, (const void *)b);
    }
    if (n > most) fault("a heap's mail leads in a circle");
}

static void check_all_mail(void)
{
    for (const rci_heap *h = rci_heaps; h; h = h->next) {
        if (rci_heap_rests(h)) check_mail(h);
    }
}

static void check_arenas(void)
{
    size_t n = 0;
    for (rci_arena *a = rci_arenas.first; a; a = a->all_next, n++) {
        if (rci_heap_rests(a->heap)) check_arena(a);
    }
    if (n != rci_arenas.current || rci_arenas.total - rci_arenas.reclaimed != n)
        fault("%zu arenas, and %zu are counted", n, rci_arenas.current);
    for (const rci_heap *h = rci_heaps; h; h = h->next) {
        if (rci_heap_rests(h)) check_heap(h);
    }
}

/* ---- objects ------------------------------------------------------------------------------------------- */

static int check_child(rc_object *child, void *arg)
{
    if (child->count == 0 || !child->type)
        fault("object %p of class %s refers to a freed object: %p", arg, ((rc_object *)arg)->type->name,
              (void *)child);
    return 0;
}

static void check_object(rc_object *o, void *arg)
{
    (void)arg;
    enum rci_state state = rci_state(o);
    if (state >= RCI_STATES) fault("object %p: no such state: %d", (void *)o, state);
    if (!o->type) {
        fault("object %p: no type", (void *)o);
        return;
    }
    if (state == RCI_DYING) return;
    if (o->count < 0 && o->count != RC_IMMORTAL_COUNT && !rci_is_shared(o))
        fault("object %p: count %d", (void *)o, (int)o->count);
    bool tracked = state <= RCI_FROZEN || state == RCI_DOOMED;
    if (tracked && !(o->type->flags & RC_TYPE_GC))
        fault("object %p: class %s is never tracked", (void *)o, o->type->name);
    if (state == RCI_DOOMED && !rci_gc.collecting)
        fault("object %p: doomed, and no collection runs", (void *)o);
    rci_arena *a = o->word & RCI_LISTED ? NULL : rci_arena_of(o);
    if (a && state <= RCI_GEN1 && rci_arena_pool(a, o)->young > state)
        fault("object %p: generation %d, and its pool is in no such list", (void *)o, state);
    rci_traverse(o, o->type, check_child, o);
}

static void check_rings(void)
{
    for (unsigned i = 0; i < RCI_STATES; i++) {
        for (const rci_listed *l = rci_lists[i].next; l != &rci_lists[i]; l = l->next) {
            const rc_object *o = rci_listed_object((rci_listed *)(uintptr_t)l);
            if (l->next->prev != l) fault("object %p: linked one way", (const void *)o);
            if (rci_state(o) != i)
                fault("object %p: state %d, in the list of %u", (const void *)o, rci_state(o), i);
        }
    }
}

/* Between collections no working count is left. */
static void check_sides(void)
{
    for (const rci_arena *a = rci_arenas.first; a && !rci_gc.collecting; a = a->all_next) {
        for (size_t i = 0; a->side && i < RCI_ARENA_BYTES >> RCI_ALIGN_SHIFT; i++) {
            if (a->side[i] == 0) continue;
            fault("arena %p: a working count is left over at %p", (const void *)a,
                  (const void *)((const char *)a + (i << RCI_ALIGN_SHIFT)));
            break;
        }
    }
}

int rc_heap_verify(void)
{
    RCI_GUARD;
    faults = 0;
    bool still = rci_halt_world();
    check_all_mail();
    if (still && faults == 0) rci_stop_world();
    check_arenas();
    check_rings();
    if (still && faults == 0) rci_each_object(check_object, NULL);
    check_sides();
    return faults + rci_weak_verify();
}
