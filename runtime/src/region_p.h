/* SPDX-License-Identifier: MIT
 *
 * Regions: the system's memory in stretches as long as one of its large pages, cut into pieces of one size. A heap that
 * has outgrown its first region asks for large pages: 512 times fewer page faults, and fewer misses of what translates
 * addresses. A heap that has not would only be resident without need. Owns the regions; under the lock.
 */
#ifndef RCI_REGION_P_H
#define RCI_REGION_P_H

#include <stddef.h>
#include <stdint.h>

#define RCI_REGION_BYTES ((size_t)1 << 21)

typedef struct rci_region {
    char *base;
    uint64_t taken; /* bit i: piece i */
} rci_region;

typedef struct rci_regions {
    size_t piece; /* bytes: a power of two, from RCI_REGION_BYTES / 64 to RCI_REGION_BYTES */
    rci_region *list;
    size_t count, capacity;
    size_t roomy; /* those before it have no piece left */
} rci_regions;

/* A zeroed piece at a multiple of its size; NULL: no memory. */
void *rci_region_take(rci_regions *regions);
/* Its pages cost nothing from now on. */
void rci_region_give(rci_regions *regions, void *piece);
/* Pages around p were discarded one by one, and the system is not to put them back. Nothing for an address elsewhere. */
void rci_region_thin(const rci_regions *regions, const void *p);

#endif
