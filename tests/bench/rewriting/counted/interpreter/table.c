/* SPDX-License-Identifier: MIT
 *
 * The example's tables, counted by hand. Chains are taken apart and put together as they are.
 */
#include "minnow.h"

#include <stdint.h>

extern const rc_type rc_type_Table, rc_type_Entry;

enum { FEWEST_CHAINS = 8 };

static size_t hash_bytes(const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    size_t h = 5381;

    while (n--) h = (h * 33) ^ *at++;
    return h;
}

static size_t hash_value(Value *key)
{
    switch (key->kind) {
    case KIND_NUMBER: {
        double n = ((Number *)key)->n;
        return hash_bytes(&n, sizeof n);
    }
    case KIND_STRING: return hash_bytes(((String *)key)->text, ((String *)key)->length);
    case KIND_SYMBOL: return ((Symbol *)key)->hash;
    default: return (size_t)((uintptr_t)key >> 4);
    }
}

static bool is_key(Entry *entry, size_t hash, Value *key)
{
    if (entry->hash != hash) return false;
    return entry->key == key || ((is(key, KIND_NUMBER) || is(key, KIND_STRING)) && equal(entry->key, key));
}

Table *table_new(void)
{
    NEW(Table, self, KIND_TABLE);
    self->chain = rc_array_new(Entry, FEWEST_CHAINS);
    if (!self->chain) out_of_memory();
    self->chains = FEWEST_CHAINS;
    return self;
}

static Entry *find(Table *table, size_t hash, Value *key)
{
    Entry *entry = table->chain[hash & (table->chains - 1)];

    while (entry && !is_key(entry, hash, key)) entry = entry->next;
    return entry;
}

/* Twice the chains: the entries of chain i stay there or move to i + half, by one more bit of their hash. */
static void grow(Table *table)
{
    size_t half = table->chains;

    if (rc_array_resize(Entry, table->chain, half, half * 2)) out_of_memory();
    table->chains = half * 2;
    for (size_t i = 0; i < half; i++) {
        Entry *entry = table->chain[i];

        table->chain[i] = NULL;
        while (entry) {
            Entry *next = entry->next;
            size_t home = entry->hash & (table->chains - 1);

            entry->next = table->chain[home];
            table->chain[home] = entry;
            entry = next;
        }
    }
}

Value *table_get(Table *table, Value *key)
{
    Entry *entry = find(table, hash_value(key), key);

    return entry ? entry->value : NULL;
}

void table_set(Table *table, Value *key, Value *value)
{
    size_t hash = hash_value(key), home;
    Entry *entry = find(table, hash, key);

    if (!entry) {
        if (table->used >= table->chains) grow(table);
        entry = rc_new(Entry);
        if (!entry) out_of_memory();
        entry->hash = hash;
        entry->key = rc_newref(key);
        home = hash & (table->chains - 1);
        entry->next = table->chain[home];
        table->chain[home] = entry;
        table->used++;
    }
    RC_XSETREF(entry->value, rc_newref(value));
}

bool table_remove(Table *table, Value *key)
{
    size_t hash = hash_value(key);

    for (Entry **link = &table->chain[hash & (table->chains - 1)]; *link; link = &(*link)->next) {
        if (is_key(*link, hash, key)) {
            Entry *gone = *link;
            *link = gone->next;
            gone->next = NULL;
            RC_DECREF(gone);
            table->used--;
            return true;
        }
    }
    return false;
}
