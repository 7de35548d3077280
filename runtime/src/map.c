/* SPDX-License-Identifier: MIT */
#include "map_p.h"

#include "check_p.h"
#include "recount.h"

static size_t home(const rci_map *m, const void *key)
{
    uint64_t h = (uint64_t)(uintptr_t)key >> 3;
    return (size_t)((h * 0x9E3779B97F4A7C15u) >> 32) & (m->capacity - 1);
}

/* Where the key is, or the empty entry where it would go. */
static size_t find(const rci_map *m, const void *key)
{
    size_t i = home(m, key);
    while (m->entries[i].key && m->entries[i].key != key) i = (i + 1) & (m->capacity - 1);
    return i;
}

static int grow(rci_map *m)
{
    rci_map bigger = {NULL, m->capacity ? m->capacity * 2 : 16, m->used};
    bigger.entries = rci_mem_calloc(bigger.capacity, sizeof *bigger.entries, NULL);
    if (!bigger.entries) return -1;
    for (size_t i = 0; i < m->capacity; i++) {
        if (m->entries[i].key) bigger.entries[find(&bigger, m->entries[i].key)] = m->entries[i];
    }
    rc_mem_free(m->entries);
    *m = bigger;
    return 0;
}

void *rci_map_get(const rci_map *m, const void *key)
{
    return m->used ? m->entries[find(m, key)].value : NULL;
}

int rci_map_put(rci_map *m, const void *key, void *value)
{
    if ((m->used + 1) * 4 > m->capacity * 3 && grow(m) != 0) return -1;
    struct rci_map_entry *e = &m->entries[find(m, key)];
    if (!e->key) m->used++;
    e->key = key;
    e->value = value;
    return 0;
}

/* Entries behind the gap move up into it, unless that would put them in front of their home. */
void *rci_map_remove(rci_map *m, const void *key)
{
    if (!m->used) return NULL;
    size_t gap = find(m, key), mask = m->capacity - 1;
    if (!m->entries[gap].key) return NULL;
    void *value = m->entries[gap].value;
    for (size_t i = (gap + 1) & mask; m->entries[i].key; i = (i + 1) & mask) {
        if (((i - home(m, m->entries[i].key)) & mask) < ((i - gap) & mask)) continue;
        m->entries[gap] = m->entries[i];
        gap = i;
    }
    m->entries[gap] = (struct rci_map_entry){NULL, NULL};
    if (--m->used == 0) rci_map_fini(m);
    return value;
}

void rci_map_fini(rci_map *m)
{
    rc_mem_free(m->entries);
    *m = (rci_map){NULL, 0, 0};
}
