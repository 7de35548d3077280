/* SPDX-License-Identifier: MIT
 *
 * RECOUNT_DEBUG=fill: each domain's allocator wrapped in guards and patterns, laid out as CPython's debug
 * hooks do:
 *
 *   p - 2S      the size asked for, S bytes, big-endian (S is sizeof(size_t))
 *   p - S       the domain's letter, then S - 1 guard bytes
 *   p           the block: CLEAN when fresh, DEAD when freed
 *   p + size    S guard bytes
 *
 * On a machine with S = 4 another 8 guard bytes in front keep p a multiple of 16.
 */
#include "debug_p.h"

#include <ctype.h>

#define CLEAN 0xCD
#define DEAD  0xDD
#define GUARD 0xFD

#define S     sizeof(size_t)
#define FRONT 16
#define TAIL  S

typedef struct wrapper {
    char letter;
    rc_allocator inner;
} wrapper;

static wrapper wrappers[] = {{.letter = 'r'}, {.letter = 'm'}, {.letter = 'o'}};

/* ---- what is around a block ---------------------------------------------------------------------------- */

static void write_size(unsigned char *at, size_t n)
{
    for (size_t i = S; i-- > 0; n >>= 8) at[i] = (unsigned char)n;
}

static size_t read_size(const unsigned char *at)
{
    size_t n = 0;
    for (size_t i = 0; i < S; i++) n = n << 8 | at[i];
    return n;
}

static unsigned char *dress(unsigned char *raw, char letter, size_t size)
{
    unsigned char *p = raw + FRONT;
    memset(raw, GUARD, FRONT);
    write_size(p - 2 * S, size);
    p[-(ptrdiff_t)S] = (unsigned char)letter;
    memset(p + size, GUARD, TAIL);
    return p;
}

static size_t size_of(const unsigned char *p)
{
    return read_size(p - 2 * S);
}

/* ---- damage -------------------------------------------------------------------------------------------- */

static void dump_guard(const char *what, const unsigned char *guard, size_t n)
{
    size_t bad = 0;
    for (size_t i = 0; i < n; i++) bad += guard[i] != GUARD;
    if (!bad) {
        fprintf(stderr, "    The %zu pad bytes at %s are FORBIDDENBYTE, as expected.\n", n, what);
        return;
    }
    fprintf(stderr, "    The %zu pad bytes at %s are not all FORBIDDENBYTE (0x%02x):\n", n, what, GUARD);
    for (size_t i = 0; i < n; i++)
        fprintf(stderr, "        at %s%+td: 0x%02x%s\n", what, (ptrdiff_t)i, guard[i],
                guard[i] == GUARD ? "" : " *** OUCH");
}

static void dump_data(const unsigned char *p, size_t size)
{
    size_t shown = size < 16 ? size : 16;
    fprintf(stderr, "    Data at p:");
    for (size_t i = 0; i < shown; i++) fprintf(stderr, " %02x", p[i]);
    fprintf(stderr, "%s\n", shown < size ? " ..." : "");
}

/* Behind a damaged front nothing that the size says can be believed. */
static _Noreturn void die(const unsigned char *p, char letter, const char *what)
{
    unsigned char found = p[-(ptrdiff_t)S];
    size_t size = size_of(p);
    fprintf(stderr, "Debug memory block at address p=%p: API '%c'\n", (const void *)p,
            isprint(found) ? found : '?');
    if (found == (unsigned char)letter) {
        fprintf(stderr, "    %zu bytes originally requested\n", size);
        dump_guard("p-7", p - S + 1, S - 1);
        dump_guard("tail", p + size, TAIL);
        dump_data(p, size);
    }
    fprintf(stderr, "recount: fatal: bad memory block: %s\n", what);
    rci_fatal_damage();
}

static bool intact(const unsigned char *guard, size_t n)
{
    while (n > 0 && guard[n - 1] == GUARD) n--;
    return n == 0;
}

static void check(const unsigned char *p, char letter)
{
    char text[96];
    unsigned char found = p[-(ptrdiff_t)S];
    if (found == DEAD || (found != 'r' && found != 'm' && found != 'o'))
        die(p, letter,
            "bad ID: it was freed before, or its front was overwritten (double free, or a stray write)");
    if (found != (unsigned char)letter) {
        snprintf(text, sizeof text, "bad ID: Allocated using API '%c', verified using API '%c'", found,
                 letter);
        die(p, letter, text);
    }
    if (!intact(p - S + 1, S - 1)) die(p, letter, "bad leading pad byte");
    if (!intact(p + size_of(p), TAIL)) die(p, letter, "bad trailing pad byte");
}

/* ---- the hooks ----------------------------------------------------------------------------------------- */

static void *fill_malloc(void *ctx, size_t size)
{
    wrapper *w = ctx;
    if (size > PTRDIFF_MAX - FRONT - TAIL) return NULL;
    unsigned char *raw = w->inner.malloc(w->inner.ctx, size + FRONT + TAIL);
    if (!raw) return NULL;
    memset(raw + FRONT, CLEAN, size);
    return dress(raw, w->letter, size);
}

static void *fill_calloc(void *ctx, size_t count, size_t size)
{
    wrapper *w = ctx;
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX - FRONT - TAIL) return NULL;
    unsigned char *raw = w->inner.calloc(w->inner.ctx, 1, bytes + FRONT + TAIL);
    return raw ? dress(raw, w->letter, bytes) : NULL;
}

static void fill_free(void *ctx, void *block)
{
    wrapper *w = ctx;
    unsigned char *p = block;
    if (!p) return;
    check(p, w->letter);
    memset(p - FRONT, DEAD, FRONT + size_of(p) + TAIL);
    w->inner.free(w->inner.ctx, p - FRONT);
}

/* Always moves: a pointer to the old place reads DEAD bytes at once. */
static void *fill_realloc(void *ctx, void *block, size_t size)
{
    wrapper *w = ctx;
    unsigned char *p = block;
    if (!p) return fill_malloc(ctx, size);
    check(p, w->letter);
    size_t had = size_of(p);
    void *q = fill_malloc(ctx, size);
    if (!q) return NULL;
    memcpy(q, p, size < had ? size : had);
    fill_free(ctx, p);
    return q;
}

void rci_fill_start(void)
{
    for (unsigned domain = RC_DOMAIN_RAW; domain <= RC_DOMAIN_OBJ; domain++) {
        wrapper *w = &wrappers[domain];
        rc_mem_get_allocator((rc_domain)domain, &w->inner);
        if (w->inner.malloc == fill_malloc) continue;
        rc_allocator hook = {w, fill_malloc, fill_calloc, fill_realloc, fill_free};
        rc_mem_set_allocator((rc_domain)domain, &hook);
    }
}
