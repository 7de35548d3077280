/* SPDX-License-Identifier: MIT
 *
 * Tracing of the domains' blocks: an open-addressed table from the address of a block to where it was asked for.
 * Blocks have no header to keep that in. The table is the C library's memory: it does not go through the domains that it
 * watches.
 */
#include "trace_p.h"

#include "check_p.h"
#include "thread_p.h"

#include <stdlib.h>

static struct {
    rci_traced *all;
    size_t capacity; /* a power of two or 0 */
} blocks;

size_t rci_traced_blocks; /* entries in use */

static size_t home(const void *p)
{
    uint64_t h = (uint64_t)((uintptr_t)p >> 4) * 0x9E3779B97F4A7C15u;
    return (size_t)(h >> 32) & (blocks.capacity - 1);
}

/* The entry of p, or the free one that is p's to have. */
static size_t find(const void *p)
{
    size_t i = home(p);
    while (blocks.all[i].p && blocks.all[i].p != p) i = (i + 1) & (blocks.capacity - 1);
    return i;
}

static void set_used(size_t n)
{
    __atomic_store_n(&rci_traced_blocks, n, __ATOMIC_RELAXED);
}

/* At most half of the table is in use. */
static bool make_room(void)
{
    if (rci_traced_blocks * 2 < blocks.capacity) return true;
    size_t old = blocks.capacity, capacity = old ? old * 2 : 256;
    rci_traced *was = blocks.all, *more = calloc(capacity, sizeof *more);
    if (!more) return false;
    blocks.all = more;
    blocks.capacity = capacity;
    for (size_t i = 0; i < old; i++) {
        if (was[i].p) blocks.all[find(was[i].p)] = was[i];
    }
    free(was);
    return true;
}

void rci_trace_block_now(const void *p, size_t bytes, const char *site)
{
    if (!p || !site) return;
    RCI_GUARD;
    if (!make_room() || !(site = rci_trace_add(site, bytes))) return;
    rci_traced *t = &blocks.all[find(p)];
    /* A hook's own free may have taken back a block behind the domain's back. */
    if (t->p)
        rci_trace_subtract(t->site, t->bytes);
    else
        set_used(rci_traced_blocks + 1);
    *t = (rci_traced){p, site, bytes};
}

/* What follows in the same run moves up, unless that is before its home. */
static void close_gap(size_t gap)
{
    size_t mask = blocks.capacity - 1;
    for (size_t i = (gap + 1) & mask; blocks.all[i].p; i = (i + 1) & mask) {
        if (((i - home(blocks.all[i].p)) & mask) < ((i - gap) & mask)) continue;
        blocks.all[gap] = blocks.all[i];
        gap = i;
    }
    blocks.all[gap].p = NULL;
}

rci_traced rci_untrace_block_now(const void *p)
{
    RCI_GUARD;
    size_t i = blocks.capacity ? find(p) : 0;
    if (!blocks.capacity || !blocks.all[i].p) return (rci_traced){0};
    rci_traced was = blocks.all[i];
    rci_trace_subtract(was.site, was.bytes);
    close_gap(i);
    set_used(rci_traced_blocks - 1);
    return was;
}

const char *rci_traced_site(const void *p)
{
    const rci_traced *t = blocks.capacity ? &blocks.all[find(p)] : NULL;
    return t && t->p ? t->site : NULL;
}

void rci_trace_forget_blocks(void)
{
    for (size_t i = 0; i < blocks.capacity; i++) {
        if (blocks.all[i].p) rci_trace_subtract(blocks.all[i].site, blocks.all[i].bytes);
    }
    free(blocks.all);
    blocks.all = NULL;
    blocks.capacity = 0;
    set_used(0);
}
