/* SPDX-License-Identifier: MIT */
#include "field_p.h"

/* Bytes from `base` to the end of the object that the flexible array is part of. A flexible array is the last
 * member of its class, never of an embedded struct. */
static size_t flex_bytes(const char *base, unsigned offset)
{
    size_t bytes = rci_object_bytes((const rc_object *)base);
    return bytes > offset ? bytes - offset : 0;
}

/* The part of a row that is left at `from`: elements of `size` bytes, as a range of offsets. */
struct span {
    size_t at, end, size;
};

static struct span row_span(const rc_field *f, const char *base, size_t from)
{
    bool nested = f->kind == RC_KIND_STRUCT || f->kind == RC_KIND_FLEX_STRUCT;
    bool flex = f->kind == RC_KIND_FLEX || f->kind == RC_KIND_FLEX_STRUCT;
    size_t size = nested ? f->stride : sizeof(rc_object *);
    size_t n = flex ? flex_bytes(base, f->offset) / size : f->count;
    struct span s = {f->offset, f->offset + n * size, size};
    if (from > s.at) s.at += (from - s.at) / size * size;
    if (!nested && from > s.at) s.at += size;
    return s;
}

bool rci_next_in_table(const rc_field *table, const char *base, size_t from, rci_place *out)
{
    for (const rc_field *f = table; f->kind != RC_KIND_END; f++) {
        for (struct span s = row_span(f, base, from); s.at < s.end; s.at += s.size) {
            if (f->kind == RC_KIND_STRUCT || f->kind == RC_KIND_FLEX_STRUCT) {
                if (!rci_next_in_table(f->table, base + s.at, from > s.at ? from - s.at : 0, out)) continue;
                out->offset += s.at;
                return true;
            }
            if (!*(void *const *)(base + s.at)) continue;
            out->offset = s.at;
            out->kind = f->kind == RC_KIND_FLEX ? RC_KIND_STRONG : (enum rc_field_kind)f->kind;
            return true;
        }
    }
    return false;
}

static bool next_in_class(const rc_type *type, const rc_object *o, size_t from, rci_place *out)
{
    if (type->base && next_in_class(type->base, o, from, out)) return true;
    return type->fields && rci_next_in_table(type->fields, (const char *)o, from, out);
}

bool rci_next_field(const rc_object *o, size_t from, rci_place *out)
{
    return next_in_class(o->type, o, from, out);
}

/* ---- traversal ----------------------------------------------------------------------------------------- */

static int traverse_slots(rc_object **slot, size_t n, rc_visit visit, void *arg)
{
    for (size_t i = 0; i < n; i++) {
        int stop = slot[i] ? visit(slot[i], arg) : 0;
        if (stop) return stop;
    }
    return 0;
}

static int traverse_buffers(rc_object ***buffer, size_t n, rc_visit visit, void *arg)
{
    for (size_t i = 0; i < n; i++) {
        int stop = buffer[i] ? traverse_slots(buffer[i], rci_buffer_of(buffer[i])->length, visit, arg) : 0;
        if (stop) return stop;
    }
    return 0;
}

static int traverse_row(const rc_field *f, char *base, rc_visit visit, void *arg)
{
    char *at = base + f->offset;
    switch ((enum rc_field_kind)f->kind) {
    case RC_KIND_END:
    case RC_KIND_WEAK: return 0;
    case RC_KIND_STRONG: return traverse_slots((rc_object **)at, f->count, visit, arg);
    case RC_KIND_BUFFER: return traverse_buffers((rc_object ***)at, f->count, visit, arg);
    case RC_KIND_FLEX:
        return traverse_slots((rc_object **)at, flex_bytes(base, f->offset) / sizeof(rc_object *), visit,
                              arg);
    case RC_KIND_STRUCT:
    case RC_KIND_FLEX_STRUCT: break;
    }
    size_t n = f->kind == RC_KIND_STRUCT ? f->count : flex_bytes(base, f->offset) / f->stride;
    for (size_t i = 0; i < n; i++) {
        int stop = rci_traverse_struct(f->table, at + i * f->stride, visit, arg);
        if (stop) return stop;
    }
    return 0;
}

int rci_traverse_struct(const rc_field *table, char *base, rc_visit visit, void *arg)
{
    for (const rc_field *f = table; f->kind != RC_KIND_END; f++) {
        int stop = traverse_row(f, base, visit, arg);
        if (stop) return stop;
    }
    return 0;
}

/* Classes with a base, or with a traverse function, which calls its base's itself. */
int rci_traverse_rest(rc_object *o, const rc_type *type, rc_visit visit, void *arg)
{
    if (!type->fields && type->traverse) return type->traverse(o, visit, arg);
    int stop = type->base ? rci_traverse_rest(o, type->base, visit, arg) : 0;
    if (stop || !type->fields) return stop;
    return rci_traverse_struct(type->fields, (char *)o, visit, arg);
}

/* ---- shapes -------------------------------------------------------------------------------------------- */

rci_shape rci_shapes[RCI_SHAPES];

void rci_shapes_forget(void)
{
    memset(rci_shapes, 0, sizeof rci_shapes);
}

void rci_shape_learn(rci_shape *shape, const rc_type *type)
{
    *shape = (rci_shape){type, 0, 0, (type->flags & RCI_TYPE_UNTRACKS) != 0};
    bool shapeless = !type->fields || type->base;
    for (const rc_field *f = type->fields; !shapeless && f->kind != RC_KIND_END; f++) {
        if (f->kind == RC_KIND_WEAK) continue;
        if (shape->count == 0) shape->offset = f->offset;
        if (f->kind != RC_KIND_STRONG || f->offset != shape->offset + shape->count * sizeof(rc_object *))
            shapeless = true;
        shape->count += f->count;
    }
    if (shapeless) shape->count = RCI_SHAPELESS;
}
