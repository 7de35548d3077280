/* SPDX-License-Identifier: MIT */
#include "lru.h"

#include <stdlib.h>
#include <string.h>

enum { FEWEST_CHAINS = 16 };

void lru_entry_finalize(LruEntry *self)
{
    free(self->key);
}

static unsigned hash_key(const char *key)
{
    unsigned h = 2166136261u;

    while (*key) h = (h ^ (unsigned char)*key++) * 16777619u;
    return h;
}

static unsigned now(LruCache *cache)
{
    return cache->options.now ? cache->options.now() : 0;
}

static bool is_old(LruCache *cache, LruEntry *entry)
{
    return cache->options.lifetime && now(cache) - entry->made >= cache->options.lifetime;
}

LruCache *lru_new(LruOptions options)
{
    LruCache *self = rc_new(LruCache);

    if (!self) return NULL;
    self->options = options;
    self->chain = rc_array_new(LruEntry, FEWEST_CHAINS);
    if (!self->chain) return NULL;
    self->chains = FEWEST_CHAINS;
    return self;
}

static LruEntry *entry_new(const char *key, RC_STEALS rc_object *value, size_t cost)
{
    LruEntry *self = rc_new(LruEntry);
    size_t length = strlen(key) + 1;

    if (!self) return NULL;
    self->key = malloc(length);
    if (!self->key) return NULL;
    memcpy(self->key, key, length);
    self->hash = hash_key(key);
    self->value = value;
    self->cost = cost;
    return self;
}

/* ---- the order
 * ------------------------------------------------------------------------------------------------- */

static void link_newest(LruCache *cache, LruEntry *entry)
{
    if (cache->newest)
        cache->newest->newer = entry;
    else
        cache->oldest = entry;
    entry->older = cache->newest;
    cache->newest = entry;
}

static void unlink_entry(LruCache *cache, LruEntry *entry)
{
    LruEntry *newer = entry->newer, *older = entry->older;

    if (newer)
        newer->older = older;
    else
        cache->newest = older;
    if (older)
        older->newer = newer;
    else
        cache->oldest = newer;
    entry->newer = NULL;
    entry->older = NULL;
}

/* ---- the chains
 * ------------------------------------------------------------------------------------------------- */

RC_RETURNS_BORROWED static LruEntry *find(LruCache *cache, const char *key)
{
    unsigned hash = hash_key(key);
    LruEntry *entry = cache->chain[hash & (cache->chains - 1)];

    for (; entry; entry = entry->chain) {
        if (entry->hash == hash && !strcmp(entry->key, key)) break;
    }
    return entry;
}

static void unchain(LruCache *cache, LruEntry *entry)
{
    size_t home = entry->hash & (cache->chains - 1);
    RC_UNOWNED LruEntry *before = cache->chain[home];

    if (before == entry) {
        cache->chain[home] = entry->chain;
    } else {
        while (before->chain != entry) before = before->chain;
        before->chain = entry->chain;
    }
    entry->chain = NULL;
}

static void chain_up(LruCache *cache, LruEntry *entry)
{
    size_t home = entry->hash & (cache->chains - 1);

    entry->chain = cache->chain[home];
    cache->chain[home] = entry;
}

/* Every entry is in the order, so the chains can be made anew from it. */
static bool grow(LruCache *cache)
{
    size_t more = cache->chains * 2;

    if (rc_array_resize(LruEntry, cache->chain, cache->chains, more)) return false;
    for (size_t i = 0; i < cache->chains; i++) cache->chain[i] = NULL;
    cache->chains = more;
    for (LruEntry *entry = cache->newest; entry; entry = entry->older) chain_up(cache, entry);
    return true;
}

/* ---- entries leave
 * ----------------------------------------------------------------------------------------------- */

static void forget(LruCache *cache, LruEntry *entry, LruReason reason)
{
    rc_object *value = entry->value;

    unlink_entry(cache, entry);
    unchain(cache, entry);
    cache->used--;
    cache->cost -= entry->cost;
    switch (reason) {
    case LRU_EVICTED: cache->stats.evictions++; break;
    case LRU_EXPIRED: cache->stats.expirations++; break;
    default: break;
    }
    entry->value = NULL;
    if (cache->options.leave) cache->options.leave(entry->key, value, reason, cache->options.context);
}

bool lru_remove(LruCache *cache, const char *key)
{
    LruEntry *entry = find(cache, key);

    if (!entry) return false;
    forget(cache, entry, LRU_REMOVED);
    return true;
}

void lru_clear(LruCache *cache)
{
    LruEntry *entry;

    while ((entry = cache->oldest)) forget(cache, entry, LRU_CLEARED);
}

size_t lru_expire(LruCache *cache)
{
    size_t n = 0;
    LruEntry *entry = cache->oldest, *newer;

    for (; entry; entry = newer) {
        newer = entry->newer;
        if (!is_old(cache, entry)) continue;
        forget(cache, entry, LRU_EXPIRED);
        n++;
    }
    return n;
}

/* ---- getting and putting
 * ----------------------------------------------------------------------------------------- */

rc_object *lru_peek(LruCache *cache, const char *key)
{
    LruEntry *entry = find(cache, key);

    return entry && !is_old(cache, entry) ? entry->value : NULL;
}

static rc_object *load(LruCache *cache, const char *key)
{
    rc_object *value;

    cache->stats.misses++;
    if (!cache->options.load) return NULL;
    value = cache->options.load(key, cache->options.context);
    if (!value) return NULL;
    cache->stats.loads++;
    lru_put(cache, key, value, 1);
    return value;
}

rc_object *lru_get(LruCache *cache, const char *key)
{
    LruEntry *entry = find(cache, key);

    if (entry && is_old(cache, entry)) {
        forget(cache, entry, LRU_EXPIRED);
        entry = NULL;
    }
    if (!entry) return load(cache, key);
    cache->stats.hits++;
    unlink_entry(cache, entry);
    link_newest(cache, entry);
    return entry->value;
}

static void make_room(LruCache *cache, size_t cost)
{
    LruEntry *entry;

    while (cache->cost + cost > cache->options.capacity && (entry = cache->oldest))
        forget(cache, entry, LRU_EVICTED);
}

bool lru_put(LruCache *cache, const char *key, RC_STEALS rc_object *value, size_t cost)
{
    LruEntry *entry, *before;

    if (cache->options.capacity && cost > cache->options.capacity) return false;
    if (cache->used >= cache->chains && !grow(cache)) return false;
    entry = entry_new(key, value, cost);
    if (!entry) return false;
    before = find(cache, key);
    if (before) forget(cache, before, LRU_REPLACED);
    if (cache->options.capacity) make_room(cache, cost);
    entry->made = now(cache);
    link_newest(cache, entry);
    chain_up(cache, entry);
    cache->used++;
    cache->cost += cost;
    return true;
}

/* ---- walking
 * ------------------------------------------------------------------------------------------------------- */

LruCursor lru_newest(LruCache *cache)
{
    return (LruCursor){cache->newest};
}

LruCursor lru_oldest(LruCache *cache)
{
    LruCursor cursor = {.at = cache->oldest};

    return cursor;
}

bool lru_older(LruCursor *cursor)
{
    if (cursor->at) cursor->at = cursor->at->older;
    return cursor->at != NULL;
}

bool lru_newer(LruCursor *cursor)
{
    if (cursor->at) cursor->at = cursor->at->newer;
    return cursor->at != NULL;
}

bool lru_verify(LruCache *cache)
{
    size_t used = 0, cost = 0, chained = 0;
    RC_UNOWNED LruEntry *before = NULL;

    for (LruEntry *entry = cache->newest; entry; entry = entry->older) {
        if (entry->newer != before || find(cache, entry->key) != entry) return false;
        if (!entry->older && cache->oldest != entry) return false;
        used++;
        cost += entry->cost;
        before = entry;
    }
    for (size_t i = 0; i < cache->chains; i++) {
        for (LruEntry *entry = cache->chain[i]; entry; entry = entry->chain) chained++;
    }
    return used == cache->used && chained == used && cost == cache->cost;
}
