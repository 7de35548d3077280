/* SPDX-License-Identifier: MIT
 *
 * Tuples and lists. A list grows by an eighth and six, as CPython's list_resize, so that n appends cost O(n).
 */
#include <string.h>

#include "builtin_p.h"
#include "gc_p.h"
#include "share_p.h"

static const rc_field tuple_fields[] = {RC_FIELD_FLEX(rc_tuple, items), RC_FIELD_END};
static const rc_field list_fields[] = {RC_FIELD_BUFFER(rc_list, items), RC_FIELD_END};

const rc_type rc_tuple_type = {.name = "tuple",
                               .size = sizeof(rc_tuple),
                               .item_size = sizeof(rc_object *),
                               .flags = RC_TYPE_GC | RCI_TYPE_UNTRACKS,
                               .fields = tuple_fields};
const rc_type rc_list_type = {
    .name = "list", .size = sizeof(rc_list), .flags = RC_TYPE_GC, .fields = list_fields};

static int out_of_range(const char *what, size_t i, size_t n)
{
    rc_error_set("%s index %zu out of range (%zu items)", what, i, n);
    return -1;
}

/* ---- tuples -------------------------------------------------------------------------------------------- */
static rc_tuple no_items = {.rc_head = {RC_IMMORTAL_COUNT, 0, &rc_tuple_type}};

rc_tuple *rc_tuple_new(size_t n)
{
    if (n == 0) return &no_items;
    rc_tuple *t = (rc_tuple *)rc_alloc_items(&rc_tuple_type, n);
    if (t) t->n = n;
    return t;
}

int rc_tuple_set(rc_tuple *t, size_t i, void *item)
{
    if (i >= t->n) {
        out_of_range("tuple", i, t->n);
        RC_XDECREF(item);
        return -1;
    }
    /* A collection may have found nothing in it that it could be in a cycle with, nor in tuples that hold it. */
    if (!rc_gc_is_tracked(t)) rci_gc_track_again();
    rc_gc_track(t);
    RC_XSETREF(t->items[i], (rc_object *)item);
    return 0;
}

rc_object *rc_tuple_get(const rc_tuple *t, size_t i)
{
    if (i < t->n) return t->items[i];
    out_of_range("tuple", i, t->n);
    return NULL;
}

size_t rc_tuple_len(const rc_tuple *t)
{
    return t->n;
}

/* ---- lists --------------------------------------------------------------------------------------------- */
rc_list *rc_list_new(void)
{
    return (rc_list *)rc_alloc(&rc_list_type);
}

static int make_room(rc_list *l)
{
    size_t room = rc_array_len(l->items);
    if (l->n < room) return 0;
    return rc_array_resize(rc_object, l->items, room, room + room / 8 + 6);
}

int rc_list_insert(rc_list *l, size_t i, void *item)
{
    /* Sharing is a safepoint: the list is whole there. */
    rci_stored_for(&l->rc_head, item);
    if (make_room(l) < 0) return -1;
    if (i > l->n) i = l->n;
    memmove(l->items + i + 1, l->items + i, (l->n - i) * sizeof *l->items);
    l->items[i] = rc_newref((rc_object *)item);
    l->n++;
    return 0;
}

int rc_list_append(rc_list *l, void *item)
{
    return rc_list_insert(l, l->n, item);
}

int rc_list_set(rc_list *l, size_t i, void *item)
{
    if (i >= l->n) return out_of_range("list", i, l->n);
    RC_XSETREF(l->items[i], rc_newref((rc_object *)item));
    return 0;
}

/* The item at i, its reference handed to the caller; the list is whole before anything can die. */
static rc_object *take(rc_list *l, size_t i)
{
    rc_object *item = l->items[i];
    memmove(l->items + i, l->items + i + 1, (l->n - i - 1) * sizeof *l->items);
    l->items[--l->n] = NULL;
    return item;
}

int rc_list_remove(rc_list *l, size_t i)
{
    if (i >= l->n) return out_of_range("list", i, l->n);
    rc_object *item = take(l, i);
    RC_XDECREF(item);
    return 0;
}

rc_object *rc_list_get(const rc_list *l, size_t i)
{
    if (i < l->n) return l->items[i];
    out_of_range("list", i, l->n);
    return NULL;
}

rc_object *rc_list_pop(rc_list *l)
{
    if (l->n) return take(l, l->n - 1);
    rc_error_set("pop from an empty list");
    return NULL;
}

size_t rc_list_len(const rc_list *l)
{
    return l->n;
}

void rc_list_clear(rc_list *l)
{
    rc_object **items = l->items;
    l->items = NULL;
    l->n = 0;
    rc_array_free(rc_object, items);
}
