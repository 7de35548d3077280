/* SPDX-License-Identifier: MIT
 *
 * Stands in for the runtime's header where a benchmark runs on malloc and free: a count, and a function that drops what
 * an object holds, written by hand for each class. No collector, no weak references, no tables of fields.
 */
#ifndef RECOUNT_H
#define RECOUNT_H

#include <recount_annotations.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct rc_type {
    size_t size, item_size;
    void (*end)(void *self); /* drops what the object holds; NULL: nothing */
} rc_type;

#define RC_IMMORTAL_COUNT INT32_MAX
typedef struct rc_object {
    int32_t count;
    const rc_type *type;
} rc_object;

#define RC_HEAD rc_object rc_head
#define RC_HEAD_INIT(T)                                                                                      \
 {                                                                                                           \
  RC_IMMORTAL_COUNT, &RC_TYPE(T)                                                                             \
 }
#define RC_TYPE(T) T##_type

static inline void *rc_make(const rc_type *type, size_t n)
{
    rc_object *o = calloc(1, type->size + n * type->item_size);
    if (o) o->count = 1, o->type = type;
    return o;
}

static inline void rc_drop(rc_object *o)
{
    if (o->count == RC_IMMORTAL_COUNT || --o->count > 0) return;
    if (o->type->end) o->type->end(o);
    free(o);
}

static inline void *rc_keep(void *p)
{
    rc_object *o = p;
    if (o && o->count != RC_IMMORTAL_COUNT) o->count++;
    return p;
}

static inline void rc_set(void *slot, const void *p)
{
    rc_object *old;
    memcpy(&old, slot, sizeof old);
    memcpy(slot, &p, sizeof p);
    if (old) rc_drop(old);
}

static inline int rc_resize(void *slot, size_t size, size_t from, size_t to)
{
    char *old, *larger;
    memcpy(&old, slot, sizeof old);
    larger = realloc(old, to * size);
    if (!larger) return -1;
    if (to > from) memset(larger + from * size, 0, (to - from) * size);
    memcpy(slot, &larger, sizeof larger);
    return 0;
}

#define rc_alloc(type)                  rc_make((type), 0)
#define rc_alloc_items(type, n)         rc_make((type), (n))
#define rc_newref(p)                    ((__typeof__(p))rc_keep(p))
#define RC_INCREF(p)                    ((void)rc_keep(p))
#define RC_DECREF(p)                    rc_drop((rc_object *)(p))
#define RC_XDECREF(p)                   ((p) ? rc_drop((rc_object *)(p)) : (void)0)
#define RC_SETREF(v, p)                 rc_set(&(v), (p))
#define RC_CLEAR(v)                     rc_set(&(v), NULL)
#define rc_array_new(T, n)              ((T **)calloc((n), sizeof(T *)))
#define rc_array_resize(T, v, from, to) rc_resize(&(v), sizeof(T *), (from), (to))

#endif
