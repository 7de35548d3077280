/* SPDX-License-Identifier: MIT
 *
 * Walking what an object refers to, by its class's field tables or by its traverse function.
 *
 * Tables are in order of declaration, so offsets ascend, the base class's before the derived one's: a byte
 * offset alone says how far a walk has come.
 */
#ifndef RCI_FIELD_P_H
#define RCI_FIELD_P_H

#include "object_p.h"

/* A buffer of rc_array_new: this in front of its elements. */
typedef struct rci_buffer {
    size_t length;
    size_t done;      /* elements released, while the owner dies       */
    const char *site; /* "file:line" of its making, or NULL            */
    size_t reserved;
} rci_buffer;
_Static_assert(sizeof(rci_buffer) % 16 == 0, "elements are 16-byte aligned");

/* Frees a buffer whose elements are gone. */
void rci_buffer_release(rci_buffer *b);

static inline rci_buffer *rci_buffer_of(const void *elements)
{
    return (rci_buffer *)(uintptr_t)elements - 1;
}

static inline rc_object **rci_buffer_elements(rci_buffer *b)
{
    return (rc_object **)(b + 1);
}

typedef struct rci_place {
    size_t offset;           /* bytes from the start of the object                     */
    enum rc_field_kind kind; /* RC_KIND_STRONG, _WEAK or _BUFFER                     */
} rci_place;

/* The first field at `from` or behind it that is not NULL; false: none. */
bool rci_next_field(const rc_object *o, size_t from, rci_place *out);
/* The same in one table; `base` is the start of what the table describes. */
bool rci_next_in_table(const rc_field *table, const char *base, size_t from, rci_place *out);

/* The class's counted fields are all in tables (also when it has none at all). */
static inline bool rci_by_table(const rc_type *type)
{
    while (type && (type->fields || !(type->clear || type->traverse))) type = type->base;
    return !type;
}

int rci_traverse_struct(const rc_field *table, char *base, rc_visit visit, void *arg);
int rci_traverse_rest(rc_object *o, const rc_type *type, rc_visit visit, void *arg);

/* Hands every strong reference of o to the visitor; stops at the first non-zero result. Inlined, so that a
 * visitor known at compile time costs no call. */
static inline __attribute__((always_inline)) int rci_traverse(rc_object *o, const rc_type *type,
                                                              rc_visit visit, void *arg)
{
    const rc_field *f = type->fields;
    if (RCI_UNLIKELY(!f || type->base)) return rci_traverse_rest(o, type, visit, arg);
    for (; f->kind == RC_KIND_STRONG; f++) {
        rc_object **slot = (rc_object **)((char *)o + f->offset);
        for (rc_object **end = slot + f->count; slot < end; slot++) {
            int stop = *slot ? visit(*slot, arg) : 0;
            if (stop) return stop;
        }
    }
    if (f->kind == RC_KIND_END) return 0;
    return rci_traverse_struct(f, (char *)o, visit, arg);
}

/* What the collector remembers of the classes it meets: most have nothing but strong pointers, side by side. */
typedef struct rci_shape {
    const rc_type *type; /* NULL: an empty place                                             */
    uint32_t offset;     /* of the first of `count` strong pointers                          */
    uint32_t count;      /* RCI_SHAPELESS: the table, or the traverse function, has to say   */
    bool untracks;       /* RCI_TYPE_UNTRACKS                                                */
} rci_shape;
#define RCI_SHAPELESS UINT32_MAX
#define RCI_SHAPES    16u
extern rci_shape rci_shapes[RCI_SHAPES];

void rci_shape_learn(rci_shape *shape, const rc_type *type);
/* Types may have gone since: a library was unloaded. */
void rci_shapes_forget(void);

static inline const rci_shape *rci_shape_of(const rc_type *type)
{
    rci_shape *shape = &rci_shapes[((uintptr_t)type >> 4) % RCI_SHAPES];
    if (RCI_UNLIKELY(shape->type != type)) rci_shape_learn(shape, type);
    return shape;
}

static inline __attribute__((always_inline)) int rci_traverse_shaped(rc_object *o, const rci_shape *shape,
                                                                     rc_visit visit, void *arg)
{
    if (RCI_UNLIKELY(shape->count == RCI_SHAPELESS)) return rci_traverse(o, shape->type, visit, arg);
    rc_object **slot = (rc_object **)((char *)o + shape->offset);
    for (rc_object **end = slot + shape->count; slot < end; slot++) {
        int stop = *slot ? visit(*slot, arg) : 0;
        if (stop) return stop;
    }
    return 0;
}

#endif
