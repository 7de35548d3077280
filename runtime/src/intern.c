/* SPDX-License-Identifier: MIT
 *
 * A hash table in which each entry holds its instance by a weak variable: an instance that dies takes itself
 * out, and its entry is dropped when the table is next rebuilt.
 */
#include "intern_p.h"

#include "object_p.h"
#include "share_p.h"

typedef struct entry {
    struct entry *next;
    rc_object *instance; /* weak */
    const rc_type *type;
    uint64_t hash;
    size_t bytes;
    unsigned char key[];
} entry;

static struct {
    entry **chains;
    size_t capacity, used; /* capacity: a power of two, or 0 */
} table;

static uint64_t hash_key(const rc_type *type, const void *key, size_t bytes)
{
    uint64_t h = 14695981039346656037u ^ (uint64_t)(uintptr_t)type;
    for (size_t i = 0; i < bytes; i++) h = (h ^ ((const unsigned char *)key)[i]) * 1099511628211u;
    return h ^ h >> 29;
}

static entry **chain_of(uint64_t hash)
{
    return &table.chains[hash & (table.capacity - 1)];
}

static void free_entry(entry *e)
{
    rc_weak_fini(&e->instance);
    rc_mem_free(e);
}

/* Drops the entries of the dead; then makes room where that was not enough. Without memory chains grow
 * longer. */
static void rebuild(void)
{
    size_t old = table.capacity, live = 0;
    for (size_t i = 0; i < old; i++) {
        for (entry **p = &table.chains[i]; *p;) {
            entry *e = *p;
            if (e->instance) {
                live++;
                p = &e->next;
            } else {
                *p = e->next;
                free_entry(e);
            }
        }
    }
    table.used = live;
    size_t capacity = old ? (live * 2 > old ? old * 2 : old) : 64;
    entry **chains = capacity > old ? rci_mem_calloc(capacity, sizeof *chains, NULL) : NULL,
          **was = table.chains;
    if (!chains) return;
    table.chains = chains;
    table.capacity = capacity;
    for (size_t i = 0; i < old; i++) {
        for (entry *e = was[i], *next; e; e = next) {
            next = e->next;
            e->next = *chain_of(e->hash);
            *chain_of(e->hash) = e;
        }
    }
    rc_mem_free(was);
}

rc_object *rci_intern_find(const rc_type *type, const void *key, size_t bytes)
{
    if (!table.used) return NULL;
    uint64_t hash = hash_key(type, key, bytes);
    for (entry *e = *chain_of(hash); e; e = e->next) {
        if (e->instance && e->hash == hash && e->type == type && e->bytes == bytes &&
            (bytes == 0 || !memcmp(e->key, key, bytes)))
            return rc_newref(e->instance);
    }
    return NULL;
}

int rci_intern_add(const rc_type *type, const void *key, size_t bytes, rc_object *o)
{
    if (table.used >= table.capacity) rebuild();
    if (!table.capacity || bytes > PTRDIFF_MAX - sizeof(entry)) return -1;
    entry *e = rci_mem_calloc(1, sizeof *e + bytes, NULL);
    if (!e) return -1;
    rc_weak_store(&e->instance, o);
    if (!e->instance) {
        rc_error_clear();
        rc_mem_free(e);
        return -1;
    }
    e->type = type;
    e->hash = hash_key(type, key, bytes);
    e->bytes = bytes;
    if (bytes) memcpy(e->key, key, bytes);
    e->next = *chain_of(e->hash);
    *chain_of(e->hash) = e;
    table.used++;
    return 0;
}

/* Making the instance may start a collection, whose finalizers may intern the same key. */
rc_object *rci_intern_items(const rc_type *type, const void *key, size_t bytes, size_t items, bool *created,
                            const char *site)
{
    RCI_GUARD;
    rc_object *o = rci_intern_find(type, key, bytes);
    if (created) *created = false;
    if (o) return o;
    rc_object *fresh = rci_alloc_instance(type, items, site);
    if (!fresh) return NULL;
    o = rci_intern_find(type, key, bytes);
    if (o || rci_intern_add(type, key, bytes, fresh) != 0) {
        RC_DECREF(fresh);
        return o;
    }
    rci_share_common(fresh);
    if (created) *created = true;
    return fresh;
}

rc_object *rci_intern(const rc_type *type, const void *key, size_t bytes, bool *created, const char *site)
{
    return rci_intern_items(type, key, bytes, 0, created, site);
}

rc_object *rci_singleton(const rc_type *type, const char *site)
{
    rc_object *o = rci_intern(type, NULL, 0, NULL, site);
    rc_immortalize(o);
    return o;
}

void rci_intern_fini(void)
{
    for (size_t i = 0; i < table.capacity; i++) {
        for (entry *e = table.chains[i], *next; e; e = next) {
            next = e->next;
            rc_mem_free(e);
        }
    }
    rc_mem_free(table.chains);
    memset(&table, 0, sizeof table);
}
