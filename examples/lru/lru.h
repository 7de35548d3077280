/* SPDX-License-Identifier: MIT
 *
 * A cache of objects under text keys that forgets what was used longest ago. Entries stand in a list from the
 * newest to the oldest: the links towards the oldest own, all others do not, so there is no cycle and a cache
 * dies at once. A value that the cache forgets lives on where the program still holds it.
 */
#ifndef LRU_H
#define LRU_H

#include <recount.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct LruEntry LruEntry;
typedef struct LruCache LruCache;

typedef enum LruReason { LRU_REPLACED, LRU_EVICTED, LRU_EXPIRED, LRU_REMOVED, LRU_CLEARED } LruReason;

/* Makes the value of a key that is not there; NULL: it cannot. */
typedef rc_object *LruLoad(const char *key, void *context);

/* Takes over a value that leaves the cache. */
typedef void LruLeave(const char *key, RC_STEALS rc_object *value, LruReason reason, void *context);

/* What a cache can be told; zeros are the defaults. */
typedef struct LruOptions {
    size_t capacity;       /* in cost; 0: no limit */
    unsigned lifetime;     /* in ticks of `now`; 0: for ever */
    unsigned (*now)(void); /* the clock; NULL: time stands still */
    LruLoad *load;         /* NULL: what is not there is NULL */
    LruLeave *leave;       /* NULL: values are dropped */
    void *context;         /* of load and leave; the caller's */
} LruOptions;

typedef struct LruStats {
    size_t hits, misses, loads, evictions, expirations;
} LruStats;

struct RC_CLASS LruEntry {
    RC_HEAD;
    char *key;
    unsigned hash, made;
    size_t cost;
    rc_object *value;
    LruEntry *older;
    RC_WEAK LruEntry *newer;
    RC_UNOWNED LruEntry *chain; /* the next entry under the same hash; the order owns both */
};
RC_FINALIZER void lru_entry_finalize(LruEntry *self);

struct RC_CLASS LruCache {
    RC_HEAD;
    LruOptions options;
    LruStats stats;
    size_t used, cost;
    LruEntry *newest;
    RC_WEAK LruEntry *oldest;
    size_t chains; /* a power of two */
    RC_COUNTED_BY(chains) LruEntry **chain;
};

LruCache *lru_new(LruOptions options); /* NULL: no memory */

/* A new reference, also when the value is loaded; makes the entry the newest. NULL: not there. */
rc_object *lru_get(LruCache *cache, const char *key);

/* As lru_get, but neither loads nor changes the order. */
RC_RETURNS_BORROWED rc_object *lru_peek(LruCache *cache, const char *key);

/* A cost over the capacity is refused, as is what there is no memory for. */
bool lru_put(LruCache *cache, const char *key, RC_STEALS rc_object *value, size_t cost);
bool lru_remove(LruCache *cache, const char *key);
void lru_clear(LruCache *cache);
size_t lru_expire(LruCache *cache); /* forgets what is too old; how many */

/* A place in the order. An entry that leaves the cache meanwhile ends the walk. */
typedef struct LruCursor {
    LruEntry *at;
} LruCursor;
LruCursor lru_newest(LruCache *cache);
LruCursor lru_oldest(LruCache *cache);
bool lru_older(LruCursor *cursor);
bool lru_newer(LruCursor *cursor);

bool lru_verify(LruCache *cache); /* the order, the chains and the sums agree */

#endif
