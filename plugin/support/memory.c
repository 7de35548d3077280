/* SPDX-License-Identifier: MIT
 *
 * Heap, arena and vectors.
 */
#include <stdlib.h>
#include <string.h>

#include "support.h"

enum { CHUNK_BYTES = 64 * 1024 };

struct arena_chunk {
    struct arena_chunk *next;
    max_align_t bytes[];
};

static _Noreturn void out_of_memory(size_t bytes)
{
    fprintf(stderr, "recount: error: out of memory (%zu bytes wanted)\n", bytes);
    exit(EXIT_OUTPUT);
}

void *x_malloc(size_t bytes)
{
    void *p = malloc(bytes ? bytes : 1);
    if (!p) out_of_memory(bytes);
    return p;
}

void *x_calloc(size_t count, size_t bytes)
{
    void *p = calloc(count ? count : 1, bytes ? bytes : 1);
    if (!p) out_of_memory(bytes);
    return p;
}

void *x_realloc(void *p, size_t bytes)
{
    p = realloc(p, bytes ? bytes : 1);
    if (!p) out_of_memory(bytes);
    return p;
}

char *x_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    return memcpy(x_malloc(n), s, n);
}

void arena_fini(arena *a)
{
    for (struct arena_chunk *c = a->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    *a = (arena){0};
}

void *arena_alloc(arena *a, size_t bytes)
{
    const size_t align = _Alignof(max_align_t);
    bytes = (bytes + align - 1) / align * align;
    if (bytes > (size_t)(a->limit - a->next)) {
        size_t room = bytes > CHUNK_BYTES / 4 ? bytes : CHUNK_BYTES;
        struct arena_chunk *c = x_malloc(sizeof *c + room);
        c->next = a->chunks;
        a->chunks = c;
        char *start = (char *)c->bytes;
        if (room != CHUNK_BYTES) return memset(start, 0, bytes); /* keeps the current chunk in use */
        a->next = start;
        a->limit = start + room;
    }
    void *p = a->next;
    a->next += bytes;
    return memset(p, 0, bytes);
}

char *arena_strndup(arena *a, const char *s, size_t n)
{
    char *copy = arena_alloc(a, n + 1);
    memcpy(copy, s, n);
    return copy;
}

char *arena_strdup(arena *a, const char *s)
{
    return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_printf(arena *a, const char *format, ...)
{
    va_list args;
    strbuf b = {0};
    va_start(args, format);
    strbuf_vprintf(&b, format, args);
    va_end(args);
    char *copy = arena_strndup(a, b.s ? b.s : "", b.n);
    strbuf_fini(&b);
    return copy;
}

void vec_grow_(void **at, size_t *cap, size_t element)
{
    *cap = *cap ? *cap * 2 : 8;
    *at = x_realloc(*at, *cap * element);
}

void vec_zero_(void *p, size_t bytes)
{
    memset(p, 0, bytes);
}

void vec_free_(void *p)
{
    free(p);
}
