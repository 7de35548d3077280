/* SPDX-License-Identifier: MIT
 *
 * support: what every stage stands on: an arena, growing vectors, a string map, a string builder, files and
 * diagnostics. Sees libc alone. One thread; the process pool works with whole processes.
 *
 * Memory: whatever takes a `struct arena *` lives as long as that arena; everything else has a _fini or _free.
 * The tool cannot go on without memory: x_malloc and its kin end the process with exit status 4 and one line.
 */
#ifndef RECOUNT_SUPPORT_H
#define RECOUNT_SUPPORT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "diag.h"

#define PRINTF_LIKE(string, first) __attribute__((format(printf, string, first)))

/* Exit statuses of the command line (documented in the manual). */
enum { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2, EXIT_INPUT = 3, EXIT_OUTPUT = 4 };

/* ---- heap --------------------------------------------------------------------------------------------- */
void *x_malloc(size_t bytes);
void *x_calloc(size_t count, size_t bytes);
void *x_realloc(void *p, size_t bytes);
char *x_strdup(const char *s);

/* ---- arena: allocate, never free singly ---------------------------------------------------------------- */
typedef struct arena {
    struct arena_chunk *chunks;
    char *next, *limit;
} arena;
void arena_fini(arena *a);                     /* frees all; the arena is as if zeroed again              */
void *arena_alloc(arena *a, size_t bytes);     /* zeroed, aligned for any type                            */
char *arena_strdup(arena *a, const char *s);   /* NULL stays NULL                                         */
char *arena_strndup(arena *a, const char *s, size_t n);
char *arena_printf(arena *a, const char *format, ...) PRINTF_LIKE(2, 3);

/* ---- vectors: VEC(T) v = {0}; vec_push(&v, x); v.at[i]; v.n; vec_fini(&v) -------------------------------- */
#define VEC(T) struct { T *at; size_t n, cap; }
#define vec_push(v, x)                                                                                         \
    ((v)->n < (v)->cap ? (void)0 : vec_grow_((void **)&(v)->at, &(v)->cap, sizeof *(v)->at),                   \
     (void)((v)->at[(v)->n++] = (x)))
/* Appends one zeroed element and yields its address; valid until the next push. */
#define vec_add(v)                                                                                             \
    ((v)->n < (v)->cap ? (void)0 : vec_grow_((void **)&(v)->at, &(v)->cap, sizeof *(v)->at),                   \
     vec_zero_((v)->at + (v)->n, sizeof *(v)->at), &(v)->at[(v)->n++])
#define vec_pop(v)   ((v)->at[--(v)->n])
#define vec_last(v)  ((v)->at[(v)->n - 1])
#define vec_fini(v)  (vec_free_((v)->at), (v)->at = NULL, (v)->n = (v)->cap = 0)
void vec_grow_(void **at, size_t *cap, size_t element);
void vec_zero_(void *p, size_t bytes);
void vec_free_(void *p);
typedef VEC(const char *) str_vec;

/* ---- map: strings to pointers; keys are copied ----------------------------------------------------------- */
typedef struct map {
    struct map_slot *slots;
    size_t n, cap;
} map;
void map_fini(map *m);
void *map_get(const map *m, const char *key);              /* NULL when absent                             */
void map_set(map *m, const char *key, void *value);        /* value must not be NULL                       */
bool map_next(const map *m, size_t *cursor, const char **key, void **value);   /* order: unspecified; cursor starts at 0 */

/* ---- string builder ---------------------------------------------------------------------------------------- */
typedef struct strbuf {
    char *s;          /* NUL-terminated once anything was added; NULL before  */
    size_t n, cap;    /* n: bytes without the NUL                             */
} strbuf;
void strbuf_fini(strbuf *b);
void strbuf_add(strbuf *b, const char *s);
void strbuf_addn(strbuf *b, const char *s, size_t n);
void strbuf_addc(strbuf *b, char c);
void strbuf_printf(strbuf *b, const char *format, ...) PRINTF_LIKE(2, 3);
void strbuf_vprintf(strbuf *b, const char *format, va_list args);
char *strbuf_take(strbuf *b);   /* the string, owned by the caller ("" when empty); the builder is empty again */

bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);

/* ---- files ----------------------------------------------------------------------------------------------------- */
/* Reads a whole regular file. 0, or an errno value (EISDIR for a directory). *out is owned by the caller and has a NUL
 * after its *n bytes. */
int file_read(const char *path, char **out, size_t *n);
/* Writes to a temporary name beside `path` and renames: never half a file. 0 or an errno value. */
int file_write(const char *path, const char *data, size_t n);
/* Makes a folder and its parents. 0 or an errno value. */
int dir_make(const char *path);
/* Absolute and free of symbolic links, "." and ".."; the input's copy when it does not exist. Owned by the caller. */
char *path_real(const char *path);
/* `path` as seen from `root` when it is below it, else `path`. Points into `path`. */
const char *path_below(const char *root, const char *path);

/* ---- hash: content keys (SHA-256) ------------------------------------------------------------------------------- */
typedef struct sha256 {
    uint32_t state[8];
    uint64_t bytes;
    unsigned char block[64];
} sha256;
void sha256_init(sha256 *h);
void sha256_add(sha256 *h, const void *data, size_t n);
void sha256_hex(sha256 *h, char out[65]);   /* ends the hash */

#endif
