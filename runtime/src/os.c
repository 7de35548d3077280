/* SPDX-License-Identifier: MIT */
#include "os_p.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static void *map(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

void *rci_os_map(size_t size, size_t align)
{
    void *p = map(size);
    if (!p || ((uintptr_t)p & (align - 1)) == 0) return p;
    munmap(p, size);
    char *wide = map(size + align);
    if (!wide) return NULL;
    char *start = (char *)(((uintptr_t)wide + align - 1) & ~(uintptr_t)(align - 1));
    if (start > wide) munmap(wide, (size_t)(start - wide));
    size_t tail = (size_t)(wide + size + align - (start + size));
    if (tail) munmap(start + size, tail);
    return start;
}

void rci_os_unmap(void *p, size_t size)
{
    munmap(p, size);
}

void *rci_os_grow(void *p, size_t old_size, size_t new_size)
{
    if (!p) return map(new_size);
    void *q = mremap(p, old_size, new_size, MREMAP_MAYMOVE);
    return q == MAP_FAILED ? NULL : q;
}

void rci_os_large_pages(void *p, size_t size, bool wanted)
{
    (void)madvise(p, size, wanted ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
}

size_t rci_os_discard(void *p, size_t size)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)p + page - 1) & ~(page - 1), to = ((uintptr_t)p + size) & ~(page - 1);
    if (to <= from || madvise((void *)from, to - from, MADV_DONTNEED) != 0) return 0;
    return to - from;
}
