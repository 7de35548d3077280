/* SPDX-License-Identifier: MIT
 *
 * A conservative look at the program's global variables: a leak report can then tell what merely outlives
 * main from what nobody can release any more.
 */
#include "reach_p.h"

#include "field_p.h"

#include <link.h>
#include <stdlib.h>

/* Objects on the heap, sorted by address, each with a mark. */
static struct {
    rc_object **objects;
    bool *marks;
    size_t n, capacity;
    size_t *pending;
    size_t pending_count;
} reach;

static void add(rc_object *o, void *arg)
{
    (void)arg;
    if (reach.n < reach.capacity) reach.objects[reach.n] = o;
    reach.n++;
}

static int by_address(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t) * (rc_object *const *)a, y = (uintptr_t) * (rc_object *const *)b;
    return (x > y) - (x < y);
}

/* Its index, or SIZE_MAX. */
static size_t find(uintptr_t address)
{
    size_t low = 0, high = reach.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if ((uintptr_t)reach.objects[middle] < address)
            low = middle + 1;
        else
            high = middle;
    }
    return low < reach.n && (uintptr_t)reach.objects[low] == address ? low : SIZE_MAX;
}

static void mark(uintptr_t address)
{
    size_t i = find(address);
    if (i == SIZE_MAX || reach.marks[i]) return;
    reach.marks[i] = true;
    reach.pending[reach.pending_count++] = i;
}

static int mark_child(rc_object *child, void *arg)
{
    (void)arg;
    mark((uintptr_t)child);
    return 0;
}

/* Global variables of the program and its libraries, this one's own among them. */
__attribute__((no_sanitize("address"))) static int scan(struct dl_phdr_info *info, size_t size, void *arg)
{
    (void)size;
    (void)arg;
    for (unsigned i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *h = &info->dlpi_phdr[i];
        if (h->p_type != PT_LOAD || !(h->p_flags & PF_W)) continue;
        uintptr_t from = info->dlpi_addr + h->p_vaddr, to = from + h->p_memsz;
        from = (from + sizeof(uintptr_t) - 1) & ~(sizeof(uintptr_t) - 1);
        for (; from + sizeof(uintptr_t) <= to; from += sizeof(uintptr_t)) mark(*(const uintptr_t *)from);
    }
    return 0;
}

void rci_reach_globals(void)
{
    reach.n = reach.capacity = 0;
    rci_each_object(add, NULL);
    size_t n = reach.n;
    reach.objects = malloc((n + 1) * sizeof *reach.objects);
    reach.marks = calloc(n + 1, sizeof *reach.marks);
    reach.pending = malloc((n + 1) * sizeof *reach.pending);
    reach.n = 0;
    if (!reach.objects || !reach.marks || !reach.pending) return;
    reach.capacity = n;
    rci_each_object(add, NULL);
    qsort(reach.objects, reach.n, sizeof *reach.objects, by_address);
    dl_iterate_phdr(scan, NULL);
    while (reach.pending_count) {
        rc_object *o = reach.objects[reach.pending[--reach.pending_count]];
        if (rci_state(o) != RCI_DYING) rci_traverse(o, o->type, mark_child, NULL);
    }
}

bool rci_is_reachable(const rc_object *o)
{
    size_t i = find((uintptr_t)o);
    return i != SIZE_MAX && reach.marks[i];
}

void rci_reach_done(void)
{
    free(reach.objects);
    free(reach.marks);
    free(reach.pending);
    memset(&reach, 0, sizeof reach);
}
