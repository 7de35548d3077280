/* SPDX-License-Identifier: MIT
 *
 * Tests of the cache; silent but for a last line.
 */
#include "lru.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

#define CHECK(cond)                                                                                          \
 do {                                                                                                        \
  if (!(cond)) {                                                                                             \
   printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #cond);                                                 \
   failures++;                                                                                               \
  }                                                                                                          \
 } while (0)

/* A value that counts how many of its kind there are. */
typedef struct Page Page;
struct RC_CLASS Page {
    RC_HEAD;
    int number;
};
static int pages;
RC_FINALIZER static void page_finalize(Page *self)
{
    (void)self;
    pages--;
}

static rc_object *page_new(int number)
{
    Page *self = rc_new(Page);

    self->number = number;
    pages++;
    return (rc_object *)self;
}

static int number_of(rc_object *value)
{
    return value ? ((Page *)value)->number : -1;
}

static const char *key_of(int n)
{
    static char key[16];

    snprintf(key, sizeof key, "page%d", n);
    return key;
}

/* The numbers from the newest to the oldest. */
static bool in_order(LruCache *cache, const char *expected)
{
    char got[128] = "";
    LruCursor cursor = lru_newest(cache);

    while (cursor.at) {
        snprintf(got + strlen(got), sizeof got - strlen(got), " %d", number_of(cursor.at->value));
        lru_older(&cursor);
    }
    if (strcmp(got, expected)) printf("got%s instead of%s\n", got, expected);
    return !strcmp(got, expected) && lru_verify(cache);
}

static void fill(LruCache *cache, int from, int to)
{
    for (int i = from; i < to; i++) CHECK(lru_put(cache, key_of(i), page_new(i), 1));
}

static void test_order(void)
{
    LruCache *cache = lru_new((LruOptions){.capacity = 3});

    fill(cache, 0, 3);
    CHECK(in_order(cache, " 2 1 0"));
    CHECK(number_of(lru_get(cache, "page0")) == 0);
    CHECK(in_order(cache, " 0 2 1"));
    CHECK(number_of(lru_get(cache, "page2")) == 2);
    CHECK(in_order(cache, " 2 0 1"));
    CHECK(number_of(lru_peek(cache, "page1")) == 1);
    fill(cache, 3, 4);
    CHECK(in_order(cache, " 3 2 0"));
    CHECK(!lru_get(cache, "page1") && pages == 3);
    CHECK(cache->stats.hits == 2 && cache->stats.misses == 1 && cache->stats.evictions == 1);
    LruCursor cursor = lru_oldest(cache);
    CHECK(number_of(cursor.at->value) == 0);
    CHECK(lru_newer(&cursor) && number_of(cursor.at->value) == 2);
    CHECK(lru_newer(&cursor) && !lru_newer(&cursor));
}

static void test_outliving(void)
{
    LruCache *cache = lru_new((LruOptions){.capacity = 2});
    rc_object *kept;

    fill(cache, 0, 2);
    kept = lru_get(cache, "page0");
    fill(cache, 2, 5);
    CHECK(in_order(cache, " 4 3") && pages == 3);
    LruCursor cursor = lru_oldest(cache);
    CHECK(lru_remove(cache, "page3") && !lru_remove(cache, "page3"));
    CHECK(!lru_newer(&cursor));
    cache = NULL;
    CHECK(number_of(kept) == 0 && pages == 1);
}

static void test_many(void)
{
    LruCache *cache = lru_new((LruOptions){.capacity = 0});

    fill(cache, 0, 5000);
    CHECK(cache->used == 5000 && cache->chains == 8192 && lru_verify(cache));
    for (int i = 0; i < 5000; i += 2) CHECK(lru_remove(cache, key_of(i)));
    for (int i = 0; i < 5000; i++) CHECK(number_of(lru_peek(cache, key_of(i))) == (i % 2 ? i : -1));
    CHECK(pages == 2500 && lru_verify(cache));
}

static void test_cost(void)
{
    LruCache *cache = lru_new((LruOptions){.capacity = 10});

    CHECK(lru_put(cache, "a", page_new(1), 4));
    CHECK(lru_put(cache, "b", page_new(2), 4));
    CHECK(!lru_put(cache, "c", page_new(3), 11) && pages == 2);
    CHECK(lru_put(cache, "d", page_new(4), 9));
    CHECK(in_order(cache, " 4") && cache->cost == 9);
    CHECK(lru_put(cache, "d", page_new(5), 1) && lru_put(cache, "e", page_new(6), 9));
    CHECK(in_order(cache, " 6 5") && pages == 2);
}

static unsigned ticks;
static unsigned clock_now(void)
{
    return ticks;
}

static void test_expiry(void)
{
    LruCache *cache = lru_new((LruOptions){.lifetime = 10, .now = clock_now});

    fill(cache, 0, 3);
    ticks += 5;
    fill(cache, 3, 5);
    CHECK(number_of(lru_get(cache, "page0")) == 0);
    ticks += 5;
    CHECK(!lru_peek(cache, "page0") && !lru_get(cache, "page1"));
    CHECK(lru_expire(cache) == 2 && in_order(cache, " 4 3"));
    CHECK(cache->stats.expirations == 3);
}

typedef struct Log {
    int left[5];
    Page *last;
} Log;

static void leave(const char *key, RC_STEALS rc_object *value, LruReason reason, void *context)
{
    Log *log = context;

    CHECK(!strncmp(key, "page", 4));
    log->left[reason]++;
    log->last = (Page *)value;
}

static void test_leaving(void)
{
    Log log = {{0}, NULL};
    LruCache *cache = lru_new((LruOptions){.capacity = 2, .leave = leave, .context = &log});

    fill(cache, 0, 3);
    CHECK(log.last->number == 0 && pages == 3);
    fill(cache, 2, 3);
    CHECK(log.last->number == 2 && log.left[LRU_REPLACED] == 1 && log.left[LRU_EVICTED] == 1);
    lru_remove(cache, "page1");
    CHECK(log.last->number == 1 && log.left[LRU_REMOVED] == 1);
    lru_clear(cache);
    CHECK(log.last->number == 2 && log.left[LRU_CLEARED] == 1 && pages == 1 && lru_verify(cache));
}

static rc_object *load_page(const char *key, void *context)
{
    int *loads = context;
    int number = atoi(key + 4);

    if (number > 99) return NULL;
    ++*loads;
    return page_new(number);
}

static void test_loading(void)
{
    int loads = 0;
    unsigned seed = 1, hits = 0;
    LruCache *cache = lru_new((LruOptions){.capacity = 20, .load = load_page, .context = &loads});

    for (int i = 0; i < 2000; i++) {
        seed = seed * 1103515245 + 12345;
        int number = (int)(seed >> 16) % 100 * ((int)(seed >> 24) % 4 ? 1 : 2) / 4;
        if (lru_peek(cache, key_of(number))) hits++;
        CHECK(number_of(lru_get(cache, key_of(number))) == number);
    }
    CHECK(!lru_get(cache, "page100"));
    CHECK(cache->stats.hits == hits && cache->stats.loads == (size_t)loads && pages == 20 &&
          lru_verify(cache));
}

int main(void)
{
    static void (*const tests[])(void) = {test_order,  test_outliving, test_many,   test_cost,
                                          test_expiry, test_leaving,   test_loading};

    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        tests[i]();
        CHECK(pages == 0);
    }
    CHECK(rc_live_objects() == 0);
    printf("%d failures\n", failures);
    return failures != 0;
}
