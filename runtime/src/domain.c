/* SPDX-License-Identifier: MIT
 *
 * The three domains and their hooks. While a domain has its own allocator its fast path goes straight to the
 * pools.
 */
#include "domain_p.h"

#include "pool_p.h"

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

static void *take_block(size_t size)
{
    rci_pool *from;
    rci_heap *heap = rci_heap_self();
    unsigned slot = rci_slot_of(size, RCI_BLOCKS);
    return rci_pool_ready(heap, slot) || rci_pool_refill(heap, slot) ? rci_pool_take(heap, slot, &from)
                                                                     : NULL;
}

static void *pool_malloc(void *ctx, size_t size)
{
    (void)ctx;
    size += size == 0;
    void *p = size <= RCI_SMALL_MAX ? take_block(size) : NULL;
    return p ? p : rc_raw_malloc(size);
}

static void *pool_calloc(void *ctx, size_t count, size_t size)
{
    (void)ctx;
    size_t bytes = count * size;
    bytes += bytes == 0;
    void *p = bytes <= RCI_SMALL_MAX ? take_block(bytes) : NULL;
    return p ? memset(p, 0, bytes) : rc_raw_calloc(1, bytes);
}

static inline void pool_free_or_raw(void *p)
{
    rci_pool *pool = rci_pool_of(p);
    if (RCI_LIKELY(pool != NULL))
        rci_pool_free(rci_heap_self(), pool, p);
    else if (p)
        rc_raw_free(p);
}

static void pool_free(void *ctx, void *p)
{
    (void)ctx;
    pool_free_or_raw(p);
}

/* In place unless the block is outgrown, or a quarter of it or more would be idle. */
static void *pool_realloc(void *ctx, void *p, size_t size)
{
    if (!p) return pool_malloc(ctx, size);
    rci_pool *pool = rci_pool_of(p);
    if (!pool) return rc_raw_realloc(p, size);
    size_t has = rci_pool_block_bytes(pool);
    size += size == 0;
    if (size <= has && size * 4 > has * 3) return p;
    void *q = pool_malloc(ctx, size);
    if (!q) return size <= has ? p : NULL;
    memcpy(q, p, size < has ? size : has);
    rci_pool_free(rci_heap_self(), pool, p);
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

/* Largest request that the fast path takes: RCI_SMALL_MAX, or 0 while the domain has a hook, or nothing was started. */
static size_t fast_max[3];
bool rci_started;

/* Before the first request of any kind: the settings of the environment take effect. */
#define STARTED()                                                                                            \
 do {                                                                                                        \
  if (RCI_UNLIKELY(!rci_started)) rci_start();                                                               \
 } while (0)

void rci_domains_start(void)
{
    rci_started = true;
    fast_max[RC_DOMAIN_MEM] = fast_max[RC_DOMAIN_OBJ] = RCI_SMALL_MAX;
}

void rc_mem_get_allocator(rc_domain domain, rc_allocator *out)
{
    RCI_GUARD;
    STARTED();
    *out = domains[domain];
}

void rc_mem_set_allocator(rc_domain domain, const rc_allocator *allocator)
{
    RCI_GUARD;
    STARTED();
    domains[domain] = *allocator;
    bool ours = allocator->malloc == pool_malloc;
    if (domain != RC_DOMAIN_RAW) fast_max[domain] = ours ? RCI_SMALL_MAX : 0;
    if (domain == RC_DOMAIN_OBJ) rci_objects_hooked(!ours);
}

static __attribute__((noinline)) void *hooked_malloc(rc_domain domain, size_t size)
{
    if (size > PTRDIFF_MAX) return NULL;
    STARTED();
    return domains[domain].malloc(domains[domain].ctx, size);
}

static inline bool is_fast(rc_domain domain, size_t size)
{
    return RCI_LIKELY(size - 1 < fast_max[domain] &&
                      rci_pool_ready(rci_heap_self(), rci_slot_of(size, RCI_BLOCKS)));
}

static inline void *take_fast(size_t size)
{
    rci_pool *from;
    return rci_pool_take(rci_heap_self(), rci_slot_of(size, RCI_BLOCKS), &from);
}

static __attribute__((noinline)) void *guarded_malloc(rc_domain domain, size_t size)
{
    RCI_GUARD;
    return is_fast(domain, size) ? take_fast(size) : hooked_malloc(domain, size);
}

/* The rare cases are calls in tail position, so that this needs no frame. */
static inline void *domain_malloc(rc_domain domain, size_t size)
{
    return rci_alone() && is_fast(domain, size) ? take_fast(size) : guarded_malloc(domain, size);
}

static inline void *domain_calloc(rc_domain domain, size_t count, size_t size)
{
    RCI_GUARD;
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX) return NULL;
    STARTED();
    return domains[domain].calloc(domains[domain].ctx, count, size);
}

static inline void *domain_realloc(rc_domain domain, void *p, size_t size)
{
    RCI_GUARD;
    if (size > PTRDIFF_MAX) return NULL;
    STARTED();
    return domains[domain].realloc(domains[domain].ctx, p, size);
}

static __attribute__((noinline)) void guarded_free(rc_domain domain, void *p)
{
    RCI_GUARD;
    if (fast_max[domain])
        pool_free_or_raw(p);
    else
        domains[domain].free(domains[domain].ctx, p);
}

static inline void domain_free(rc_domain domain, void *p)
{
    if (rci_alone() && RCI_LIKELY(fast_max[domain]) && rci_is_mine(rci_heap_self(), p))
        rci_pool_free(rci_heap_self(), rci_aligned_pool(p), p);
    else
        guarded_free(domain, p);
}

#define DOMAIN(name, DOMAIN)                                                                                 \
 void *rc_##name##_malloc(size_t size)                                                                       \
 {                                                                                                           \
  return domain_malloc(RC_DOMAIN_##DOMAIN, size);                                                            \
 }                                                                                                           \
 void *rc_##name##_calloc(size_t count, size_t size)                                                         \
 {                                                                                                           \
  return domain_calloc(RC_DOMAIN_##DOMAIN, count, size);                                                     \
 }                                                                                                           \
 void *rc_##name##_realloc(void *p, size_t size)                                                             \
 {                                                                                                           \
  return domain_realloc(RC_DOMAIN_##DOMAIN, p, size);                                                        \
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
