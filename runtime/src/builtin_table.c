/* SPDX-License-Identifier: MIT
 *
 * Dicts and sets: entries in order of insertion, found through an open-addressed index, as CPython's compact
 * dict.
 *
 * The index is one rc_bytes: `cells` 32-bit cells, a power of two, at most two thirds in use, then one hash
 * an entry. A cell holds an entry's number plus 1; 0 is free. A removed entry keeps its cell until the next
 * rebuild, with NULL for its key, so that probes go on past it. No user code runs inside: comparison and
 * hashing are the library's own, and what a change drops dies after the table is whole again.
 */
#include <string.h>

#include "builtin_p.h"
#include "share_p.h"

enum { CELLS_LEAST = 8 };

static const rc_field table_fields[] = {RC_FIELD_BUFFER(rci_table, items), RC_FIELD_STRONG(rci_table, index),
                                        RC_FIELD_END};
static const rc_field dict_fields[] = {RC_FIELD_STRUCT(rc_dict, table, table_fields), RC_FIELD_END};
static const rc_field set_fields[] = {RC_FIELD_STRUCT(rc_set, table, table_fields), RC_FIELD_END};

const rc_type rc_dict_type = {
    .name = "dict", .size = sizeof(rc_dict), .flags = RC_TYPE_GC, .fields = dict_fields};
const rc_type rc_set_type = {
    .name = "set", .size = sizeof(rc_set), .flags = RC_TYPE_GC, .fields = set_fields};

/* ---- the table ----------------------------------------------------------------------------------------- */
typedef struct index_view {
    uint32_t *cells;
    uint64_t *hashes;
    size_t cell_count;
} index_view;

/* Dicts and sets have their tables in the same place. */
static const rc_object *owner_of(const rci_table *t)
{
    return (const rc_object *)((const char *)t - offsetof(rc_dict, table));
}
_Static_assert(offsetof(rc_dict, table) == offsetof(rc_set, table), "owner_of");

static size_t room_for(size_t cells)
{
    return cells * 2 / 3;
}

static size_t index_bytes(size_t cells)
{
    return cells * sizeof(uint32_t) + room_for(cells) * sizeof(uint64_t);
}

static index_view view(rc_bytes *index, size_t cells)
{
    index_view v = {.cells = (uint32_t *)(void *)index->data, .cell_count = cells};
    v.hashes = (uint64_t *)(void *)(index->data + cells * sizeof(uint32_t));
    return v;
}

static size_t used(const rci_table *t)
{
    return t->items && t->index ? t->used : 0;
}

static rc_object *key_of(const rci_table *t, size_t entry)
{
    return t->items[entry * t->width];
}

static void place(index_view *v, size_t entry)
{
    size_t mask = v->cell_count - 1, at = v->hashes[entry] & mask;
    while (v->cells[at]) at = (at + 1) & mask;
    v->cells[at] = (uint32_t)entry + 1;
}

/* The entry of `key`, or SIZE_MAX. */
static size_t find(const rci_table *t, const void *key, uint64_t hash)
{
    if (!used(t)) return SIZE_MAX;
    index_view v = view(t->index, t->cells);
    size_t mask = v.cell_count - 1;
    for (size_t at = hash & mask; v.cells[at]; at = (at + 1) & mask) {
        size_t entry = v.cells[at] - 1;
        rc_object *there = key_of(t, entry);
        if (v.hashes[entry] == hash && there && rc_equal(there, key)) return entry;
    }
    return SIZE_MAX;
}

static size_t cells_for(size_t entries)
{
    size_t cells = CELLS_LEAST;
    while (room_for(cells) < entries) cells *= 2;
    return cells;
}

/* Moves the live entries to the front, in order, with their hashes. */
static void compact(rci_table *t, const index_view *from, index_view *to)
{
    size_t kept = 0, old = used(t);
    for (size_t entry = 0; entry < old; entry++) {
        if (!key_of(t, entry)) continue;
        to->hashes[kept] = from->hashes[entry];
        if (kept != entry) {
            size_t bytes = t->width * sizeof *t->items;
            memcpy(t->items + kept * t->width, t->items + entry * t->width, bytes);
            memset(t->items + entry * t->width, 0, bytes);
        }
        place(to, kept++);
    }
    t->used = kept;
}

/* Makes room for one entry more. 0, or -1 and nothing changed. */
static int make_room(rci_table *t)
{
    if (used(t) && used(t) < room_for(t->cells)) return 0;
    size_t cells = cells_for(used(t) ? t->live * 2 + 1 : 1);
    if (room_for(cells) >= UINT32_MAX) return -1;
    rc_bytes *index = rc_bytes_new(NULL, index_bytes(cells));
    if (!index) return -1;
    rci_stored_for(owner_of(t), index);
    size_t have = rc_array_len(t->items), want = room_for(cells) * t->width;
    if (have < want && rc_array_resize(rc_object, t->items, have, want) < 0) {
        RC_DECREF(index);
        return -1;
    }
    index_view to = view(index, cells);
    if (t->index) {
        index_view from = view(t->index, t->cells);
        compact(t, &from, &to);
    } else {
        t->used = t->live = 0;
    }
    t->cells = cells;
    RC_XSETREF(t->index, index);
    return 0;
}

static int put(rci_table *t, void *key, void *value)
{
    uint64_t hash;
    if (rc_hash(key, &hash) < 0) return -1;
    /* Sharing is a safepoint: the table is whole there. */
    rci_stored_for(owner_of(t), key);
    rci_stored_for(owner_of(t), value);
    size_t entry = find(t, key, hash);
    if (entry != SIZE_MAX) {
        if (t->width > 1) RC_XSETREF(t->items[entry * t->width + 1], rc_newref((rc_object *)value));
        return 0;
    }
    if (make_room(t) < 0) return -1;
    index_view v = view(t->index, t->cells);
    entry = t->used++;
    t->live++;
    v.hashes[entry] = hash;
    t->items[entry * t->width] = rc_newref((rc_object *)key);
    if (t->width > 1) t->items[entry * t->width + 1] = rc_newref((rc_object *)value);
    place(&v, entry);
    return 0;
}

static int drop(rci_table *t, const void *key)
{
    uint64_t hash;
    if (rc_hash(key, &hash) < 0) return -1;
    size_t entry = find(t, key, hash);
    if (entry == SIZE_MAX) return -1;
    rc_object **at = t->items + entry * t->width;
    rc_object *old_key = at[0], *old_value = t->width > 1 ? at[1] : NULL;
    memset(at, 0, t->width * sizeof *at);
    t->live--;
    RC_DECREF(old_key);
    RC_XDECREF(old_value);
    return 0;
}

static bool next(const rci_table *t, size_t *pos, size_t *entry)
{
    while (*pos < used(t) && !key_of(t, *pos)) ++*pos;
    if (*pos >= used(t)) return false;
    *entry = (*pos)++;
    return true;
}

static size_t length(const rci_table *t)
{
    return used(t) ? t->live : 0;
}

static void clear(rci_table *t)
{
    rc_object **items = t->items;
    rc_bytes *index = t->index;
    t->items = NULL;
    t->index = NULL;
    t->used = t->live = 0;
    rc_array_free(rc_object, items);
    RC_XDECREF(index);
}

/* ---- dicts --------------------------------------------------------------------------------------------- */
rc_dict *rc_dict_new(void)
{
    rc_dict *d = (rc_dict *)rc_alloc(&rc_dict_type);
    if (d) d->table.width = 2;
    return d;
}

int rc_dict_set(rc_dict *d, void *key, void *value)
{
    return put(&d->table, key, value);
}

rc_object *rc_dict_get(const rc_dict *d, void *key)
{
    uint64_t hash;
    if (rc_hash(key, &hash) < 0) return NULL;
    size_t entry = find(&d->table, key, hash);
    return entry == SIZE_MAX ? NULL : d->table.items[entry * 2 + 1];
}

int rc_dict_remove(rc_dict *d, void *key)
{
    return drop(&d->table, key);
}

bool rc_dict_next(const rc_dict *d, size_t *pos, rc_object **key, rc_object **value)
{
    size_t entry;
    if (!next(&d->table, pos, &entry)) return false;
    if (key) *key = d->table.items[entry * 2];
    if (value) *value = d->table.items[entry * 2 + 1];
    return true;
}

size_t rc_dict_len(const rc_dict *d)
{
    return length(&d->table);
}

void rc_dict_clear(rc_dict *d)
{
    clear(&d->table);
}

/* ---- sets ---------------------------------------------------------------------------------------------- */
rc_set *rc_set_new(void)
{
    rc_set *s = (rc_set *)rc_alloc(&rc_set_type);
    if (s) s->table.width = 1;
    return s;
}

int rc_set_add(rc_set *s, void *item)
{
    return put(&s->table, item, NULL);
}

int rc_set_contains(const rc_set *s, void *item)
{
    uint64_t hash;
    if (rc_hash(item, &hash) < 0) return -1;
    return find(&s->table, item, hash) != SIZE_MAX;
}

int rc_set_remove(rc_set *s, void *item)
{
    return drop(&s->table, item);
}

bool rc_set_next(const rc_set *s, size_t *pos, rc_object **item)
{
    size_t entry;
    if (!next(&s->table, pos, &entry)) return false;
    if (item) *item = s->table.items[entry];
    return true;
}

size_t rc_set_len(const rc_set *s)
{
    return length(&s->table);
}

void rc_set_clear(rc_set *s)
{
    clear(&s->table);
}
