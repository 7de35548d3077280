/* SPDX-License-Identifier: MIT
 *
 * Stands in for the runtime's header where a benchmark runs on Boehm's collector: the annotations mean nothing, objects
 * and buffers are allocated and forgotten. Finalizers are not registered; what they free comes from the collector too.
 */
#ifndef RECOUNT_H
#define RECOUNT_H

#include <gc/gc.h>
#include <recount_annotations.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct rc_object {
    void *unused; /* a class without fields still has a size */
} rc_object;

#define RC_HEAD rc_object rc_head
#define RC_HEAD_INIT(T)                                                                                      \
 {                                                                                                           \
  NULL                                                                                                       \
 }
#define rc_new(T)                       ((T *)GC_MALLOC(sizeof(T)))
#define rc_new_extra(T, n)              ((T *)GC_MALLOC(sizeof(T) + (n) * sizeof(void *)))
#define rc_array_new(T, n)              ((T **)GC_MALLOC((n) * sizeof(T *)))
#define rc_array_resize(T, v, from, to) boehm_resize(&(v), sizeof(T *), (from), (to))
#define rc_ref(T, raw)                  ((T *)(uintptr_t)(raw))
#define rc_take(T, raw)                 ((T *)(raw))
#define rc_give(p)                      ((void *)(p))
#define rc_array_len(v)                 ((GC_size(v) - 1) / sizeof *(v)) /* the last byte is the collector's */
#define RC_INCREF(p)                    ((void)(p))
#define RC_DECREF(p)                    ((void)(p))
#define rc_gc_collect()                 ((ssize_t)(GC_gcollect(), 0))
#define rc_live_objects()               ((size_t)0)

static inline int boehm_resize(void *slot, size_t size, size_t from, size_t to)
{
    char *old, *larger;
    memcpy(&old, slot, sizeof old);
    larger = GC_REALLOC(old, to * size);
    if (!larger) return -1;
    if (to > from) memset(larger + from * size, 0, (to - from) * size);
    memcpy(slot, &larger, sizeof larger);
    return 0;
}

/* Bytes that hold no pointers; realloc is for those too. */
#define malloc(n)     GC_MALLOC_ATOMIC(n)
#define realloc(p, n) ((p) ? GC_REALLOC((p), (n)) : GC_MALLOC_ATOMIC(n))
#define free(p)       ((void)(p))

#endif
