/* SPDX-License-Identifier: MIT */
#include "region_p.h"

#include "os_p.h"

#define LIST_BYTES ((size_t)4096)

static uint64_t all_pieces(const rci_regions *r)
{
    return ~(uint64_t)0 >> (64 - RCI_REGION_BYTES / r->piece);
}

/* The list is an array without a hole. */
static int make_room(rci_regions *r)
{
    size_t bytes = r->capacity * sizeof *r->list, more = bytes ? bytes * 2 : LIST_BYTES;
    if (r->count < r->capacity) return 0;
    rci_region *list = rci_os_grow(r->list, bytes, more);
    if (!list) return -1;
    r->list = list;
    r->capacity = more / sizeof *list;
    return 0;
}

static rci_region *make_region(rci_regions *r)
{
    if (make_room(r) != 0) return NULL;
    char *base = rci_os_map(RCI_REGION_BYTES, RCI_REGION_BYTES);
    if (!base) return NULL;
    if (r->count == 1) rci_os_large_pages(r->list[0].base, RCI_REGION_BYTES, true);
    if (r->count > 0) rci_os_large_pages(base, RCI_REGION_BYTES, true);
    r->list[r->count] = (rci_region){base, 0};
    return &r->list[r->count++];
}

static void drop_region(rci_regions *r, rci_region *region)
{
    rci_os_unmap(region->base, RCI_REGION_BYTES);
    *region = r->list[--r->count];
    if (r->count > 0) return;
    rci_os_unmap(r->list, r->capacity * sizeof *r->list);
    r->list = NULL;
    r->capacity = 0;
}

static rci_region *region_of(const rci_regions *r, const void *p)
{
    for (size_t i = r->count; i-- > 0;) {
        if ((uintptr_t)p - (uintptr_t)r->list[i].base < RCI_REGION_BYTES) return &r->list[i];
    }
    return NULL;
}

void *rci_region_take(rci_regions *r)
{
    while (r->roomy < r->count && r->list[r->roomy].taken == all_pieces(r)) r->roomy++;
    rci_region *region = r->roomy < r->count ? &r->list[r->roomy] : make_region(r);
    if (!region) return NULL;
    unsigned i = (unsigned)__builtin_ctzll(~region->taken);
    region->taken |= (uint64_t)1 << i;
    return region->base + i * r->piece;
}

void rci_region_give(rci_regions *r, void *piece)
{
    rci_region *region = region_of(r, piece);
    size_t i = (size_t)((char *)piece - region->base) / r->piece;
    size_t at = (size_t)(region - r->list);
    region->taken &= ~((uint64_t)1 << i);
    if (at < r->roomy) r->roomy = at;
    if (region->taken)
        rci_os_discard(piece, r->piece);
    else
        drop_region(r, region);
}

void rci_region_thin(const rci_regions *r, const void *p)
{
    rci_region *region = region_of(r, p);
    if (region) rci_os_large_pages(region->base, RCI_REGION_BYTES, false);
}
