/* SPDX-License-Identifier: MIT
 *
 * String builder and string map.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

/* ---- builder ------------------------------------------------------------------------------------------ */
void strbuf_fini(strbuf *b)
{
    free(b->s);
    *b = (strbuf){0};
}

static void reserve(strbuf *b, size_t more)
{
    if (b->n + more + 1 <= b->cap) return;
    b->cap = (b->n + more + 1) * 2;
    b->s = x_realloc(b->s, b->cap);
}

void strbuf_addn(strbuf *b, const char *s, size_t n)
{
    reserve(b, n);
    if (n) memcpy(b->s + b->n, s, n);
    b->n += n;
    b->s[b->n] = '\0';
}

void strbuf_add(strbuf *b, const char *s)
{
    strbuf_addn(b, s, strlen(s));
}

void strbuf_addc(strbuf *b, char c)
{
    strbuf_addn(b, &c, 1);
}

void strbuf_vprintf(strbuf *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n > 0) {
        reserve(b, (size_t)n);
        vsnprintf(b->s + b->n, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

void strbuf_printf(strbuf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_vprintf(b, format, args);
    va_end(args);
}

char *strbuf_take(strbuf *b)
{
    char *s = b->s ? b->s : x_strdup("");
    *b = (strbuf){0};
    return s;
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

/* ---- map: open addressing, linear probing, at most two thirds full; nothing is ever removed ------------ */
struct map_slot {
    char *key;
    void *value;
};

static uint64_t hash(const char *s)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (; *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
    return h;
}

static struct map_slot *find(const map *m, const char *key)
{
    size_t i = hash(key) & (m->cap - 1);
    while (m->slots[i].key && strcmp(m->slots[i].key, key) != 0) i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

void map_fini(map *m)
{
    for (size_t i = 0; i < m->cap; i++) free(m->slots[i].key);
    free(m->slots);
    *m = (map){0};
}

void *map_get(const map *m, const char *key)
{
    return m->cap ? find(m, key)->value : NULL;
}

static void grow(map *m)
{
    map bigger = {.n = m->n, .cap = m->cap ? m->cap * 2 : 16};
    bigger.slots = x_calloc(bigger.cap, sizeof *bigger.slots);
    for (size_t i = 0; i < m->cap; i++)
        if (m->slots[i].key) *find(&bigger, m->slots[i].key) = m->slots[i];
    free(m->slots);
    *m = bigger;
}

void map_set(map *m, const char *key, void *value)
{
    if ((m->n + 1) * 3 > m->cap * 2) grow(m);
    struct map_slot *slot = find(m, key);
    if (!slot->key) {
        slot->key = x_strdup(key);
        m->n++;
    }
    slot->value = value;
}

bool map_next(const map *m, size_t *cursor, const char **key, void **value)
{
    while (*cursor < m->cap && !m->slots[*cursor].key) ++*cursor;
    if (*cursor >= m->cap) return false;
    *key = m->slots[*cursor].key;
    *value = m->slots[(*cursor)++].value;
    return true;
}
