/* SPDX-License-Identifier: MIT
 *
 * The three domains and their hooks. While a domain has its own allocator its fast path goes straight to the pools of
 * the thread's heap.
 */
#include "domain_p.h"

#include "pool_p.h"
#include "trace_p.h"

#include <stdlib.h>

/* ---- the allocators that domains start with ------------------------------------------------------------ */

static void *system_malloc(void *ctx, size_t size)
{
    (void)ctx;
    return malloc(size ? size : 1);
}

static void *system_calloc(void *ctx, size_t count, size_t size)
{
    (void)ctx;
    return count == 0 || size == 0 ? calloc(1, 1) : calloc(count, size);
}

static void *system_realloc(void *ctx, void *p, size_t size)
{
    (void)ctx;
    return realloc(p, size ? size : 1);
}

static void system_free(void *ctx, void *p)
{
    (void)ctx;
    free(p);
}

/* NULL: no memory, or no heap. */
static void *take_block(size_t size)
{
    rci_pool *from;
    if (rci_heap_is_none(rci_heap_self())) rci_thread_attach();
    rci_heap *heap = rci_heap_self();
    unsigned slot = rci_slot_of(size, RCI_BLOCKS);
    if (rci_heap_is_none(heap)) return NULL;
    return rci_pool_ready(heap, slot) || rci_pool_refill(heap, slot) ? rci_pool_take(heap, slot, &from)
                                                                     : NULL;
}

static void *pool_malloc(void *ctx, size_t size)
{
    (void)ctx;
    size += size == 0;
    void *p = size <= RCI_SMALL_MAX ? take_block(size) : NULL;
    return p ? p : rci_raw_malloc(size, NULL);
}

static void *pool_calloc(void *ctx, size_t count, size_t size)
{
    (void)ctx;
    size_t bytes = count * size;
    bytes += bytes == 0;
    void *p = bytes <= RCI_SMALL_MAX ? take_block(bytes) : NULL;
    return p ? memset(p, 0, bytes) : rci_raw_calloc(1, bytes, NULL);
}

/* The block's pool is known: it is the caller's own, or the owner gets it by mail. */
static void free_block(rci_arena *a, void *p)
{
    rci_heap *heap = rci_heap_self();
    if (a->heap == heap)
        rci_pool_free(heap, rci_arena_pool(a, p), p);
    else
        rci_heap_send(a->heap, p);
}

static void pool_free(void *ctx, void *p)
{
    (void)ctx;
    rci_arena *a = rci_arena_of(p);
    if (a)
        free_block(a, p);
    else if (p)
        rc_raw_free(p);
}

/* In place unless the block is outgrown, or a quarter of it or more would be idle. */
static void *pool_realloc(void *ctx, void *p, size_t size)
{
    if (!p) return pool_malloc(ctx, size);
    rci_arena *a = rci_arena_of(p);
    if (!a) return rci_raw_realloc(p, size, NULL);
    size_t has = rci_pool_block_bytes(rci_arena_pool(a, p));
    size += size == 0;
    if (size <= has && size * 4 > has * 3) return p;
    void *q = pool_malloc(ctx, size);
    if (!q) return size <= has ? p : NULL;
    memcpy(q, p, size < has ? size : has);
    free_block(a, p);
    return q;
}

/* ---- domains ------------------------------------------------------------------------------------------- */

#define FROM_SYSTEM                                                                                          \
 {                                                                                                           \
  NULL, system_malloc, system_calloc, system_realloc, system_free                                            \
 }
#define FROM_POOLS                                                                                           \
 {                                                                                                           \
  NULL, pool_malloc, pool_calloc, pool_realloc, pool_free                                                    \
 }
static rc_allocator domains[] = {
    [RC_DOMAIN_RAW] = FROM_SYSTEM,
    [RC_DOMAIN_MEM] = FROM_POOLS,
    [RC_DOMAIN_OBJ] = FROM_POOLS,
};

_Static_assert(RC_DOMAIN_MEM == 1 && RC_DOMAIN_OBJ == 2, "programs know the domains by these numbers");

bool rci_started;

/* Before the first request of any kind: the settings of the environment take effect. */
#define STARTED()                                                                                            \
 do {                                                                                                        \
  if (RCI_UNLIKELY(!__atomic_load_n(&rci_started, __ATOMIC_RELAXED))) rci_start();                           \
 } while (0)

void rci_domains_choose(void)
{
    for (int d = RC_DOMAIN_MEM; d <= RC_DOMAIN_OBJ; d++) {
        bool ours = domains[d].malloc == pool_malloc;
        rci_limit_blocks((rc_domain)d, ours && !rc_trace_is_on() ? RCI_SMALL_MAX : 0);
    }
}

void rci_domains_start(void)
{
    __atomic_store_n(&rci_started, true, __ATOMIC_RELAXED);
    rci_domains_choose();
}

void rc_mem_get_allocator(rc_domain domain, rc_allocator *out)
{
    RCI_GUARD;
    STARTED();
    *out = domains[domain];
}

void rc_mem_set_allocator(rc_domain domain, const rc_allocator *allocator)
{
    RCI_STOPPED;
    STARTED();
    domains[domain] = *allocator;
    rci_domains_choose();
    if (domain == RC_DOMAIN_OBJ) rci_objects_hooked(allocator->malloc != pool_malloc);
}

/* The library's own allocators need no lock; a hook is called by one thread at a time. A thread whose heap is closed
 * comes to rest first. */
static inline bool needs_lock(const rc_allocator *d)
{
    return (d->malloc != pool_malloc && d->malloc != system_malloc) || !rci_heap_is_open(rci_heap_self());
}

void *rci_malloc_slow(int domain, size_t size, const char *site)
{
    const rc_allocator *d = &domains[domain];
    if (size > PTRDIFF_MAX) return NULL;
    STARTED();
    RCI_GUARD_IF(needs_lock(d));
    void *p = d->malloc(d->ctx, size);
    rci_trace_block(p, size, site);
    return p;
}

static inline void *domain_calloc(rc_domain domain, size_t count, size_t size, const char *site)
{
    const rc_allocator *d = &domains[domain];
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX) return NULL;
    STARTED();
    RCI_GUARD_IF(needs_lock(d));
    void *p = d->calloc(d->ctx, count, size);
    rci_trace_block(p, bytes, site);
    return p;
}

/* A block that could not be resized stays what it was. */
static inline void *domain_realloc(rc_domain domain, void *p, size_t size, const char *site)
{
    const rc_allocator *d = &domains[domain];
    if (size > PTRDIFF_MAX) return NULL;
    STARTED();
    RCI_GUARD_IF(needs_lock(d));
    rci_traced was = rci_untrace_block(p);
    void *q = d->realloc(d->ctx, p, size);
    if (q)
        rci_trace_block(q, size, site);
    else
        rci_trace_block(was.p, was.bytes, was.site);
    return q;
}

void rci_free_slow(int domain, void *p)
{
    const rc_allocator *d = &domains[domain];
    if (domain != RC_DOMAIN_RAW && rci_heap_is_none(rci_heap_self())) rci_thread_attach();
    RCI_GUARD_IF(needs_lock(d));
    rci_untrace_block(p);
    if (d->malloc == pool_malloc)
        pool_free(NULL, p);
    else
        d->free(d->ctx, p);
}

/* The rare cases are calls in tail position, so that the others need no frame. */
static inline void *domain_malloc(rc_domain domain, size_t size, const char *site)
{
    return domain == RC_DOMAIN_RAW ? rci_malloc_slow(domain, size, site) : rci_malloc(domain, size, site);
}

static inline void domain_free(rc_domain domain, void *p)
{
    if (domain == RC_DOMAIN_RAW)
        rci_free_slow(domain, p);
    else
        rci_free(domain, p);
}

#define DOMAIN(name, DOMAIN)                                                                                 \
 void *rci_##name##_malloc(size_t size, const char *site)                                                    \
 {                                                                                                           \
  return domain_malloc(RC_DOMAIN_##DOMAIN, size, site);                                                      \
 }                                                                                                           \
 void *rci_##name##_calloc(size_t count, size_t size, const char *site)                                      \
 {                                                                                                           \
  return domain_calloc(RC_DOMAIN_##DOMAIN, count, size, site);                                               \
 }                                                                                                           \
 void *rci_##name##_realloc(void *p, size_t size, const char *site)                                          \
 {                                                                                                           \
  return domain_realloc(RC_DOMAIN_##DOMAIN, p, size, site);                                                  \
 }                                                                                                           \
 void *(rc_##name##_malloc)(size_t size)                                                                     \
 {                                                                                                           \
  return domain_malloc(RC_DOMAIN_##DOMAIN, size, NULL);                                                      \
 }                                                                                                           \
 void *(rc_##name##_calloc)(size_t count, size_t size)                                                       \
 {                                                                                                           \
  return domain_calloc(RC_DOMAIN_##DOMAIN, count, size, NULL);                                               \
 }                                                                                                           \
 void *(rc_##name##_realloc)(void *p, size_t size)                                                           \
 {                                                                                                           \
  return domain_realloc(RC_DOMAIN_##DOMAIN, p, size, NULL);                                                  \
 }                                                                                                           \
 void rc_##name##_free(void *p)                                                                              \
 {                                                                                                           \
  domain_free(RC_DOMAIN_##DOMAIN, p);                                                                        \
 }
DOMAIN(raw, RAW)
DOMAIN(mem, MEM)
DOMAIN(obj, OBJ)

size_t rc_size_class(size_t bytes)
{
    if (bytes == 0) return 0;
    return bytes <= RCI_SMALL_MAX ? (bytes - 1) >> RCI_ALIGN_SHIFT : (size_t)-1;
}
