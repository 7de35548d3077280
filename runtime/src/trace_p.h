/* SPDX-License-Identifier: MIT
 *
 * Allocation tracing from inside: the sites and their sums (trace.c), the domains' blocks (trace_block.c). Under the lock,
 * but for what takes it itself: to trace a block, and to find that none is traced.
 */
#ifndef RCI_TRACE_P_H
#define RCI_TRACE_P_H

#include "check_p.h"
#include "recount.h"

/* Tracing was switched on or off: objects and blocks have to come from where their sites can be kept. */
void rci_trace_changed(void);

/* A site has `bytes` more in one block more: the site as it is kept, or NULL: tracing is off, or no memory. */
const char *rci_trace_add(const char *site, size_t bytes);
void rci_trace_subtract(const char *site, size_t bytes);

/* A block of a domain. */
typedef struct rci_traced {
    const void *p;
    const char *site;
    size_t bytes;
} rci_traced;

/* Whether new blocks, and whether any blocks, are traced: read without the lock. */
extern RCI_HIDDEN bool rci_tracing;
extern RCI_HIDDEN size_t rci_traced_blocks;

void rci_trace_block_now(const void *p, size_t bytes, const char *site);
rci_traced rci_untrace_block_now(const void *p);

/* p (or NULL) was handed out to `site`; nothing without a site, or while tracing is off. */
static inline void rci_trace_block(const void *p, size_t bytes, const char *site)
{
    if (RCI_UNLIKELY(__atomic_load_n(&rci_tracing, __ATOMIC_RELAXED))) rci_trace_block_now(p, bytes, site);
}

/* p is about to be freed: what was known of it, or zeroes. */
static inline rci_traced rci_untrace_block(const void *p)
{
    if (RCI_LIKELY(__atomic_load_n(&rci_traced_blocks, __ATOMIC_RELAXED) == 0)) return (rci_traced){0};
    return rci_untrace_block_now(p);
}

/* Where a traced block comes from, else NULL. */
const char *rci_traced_site(const void *p);
void rci_trace_forget_blocks(void);

#endif
