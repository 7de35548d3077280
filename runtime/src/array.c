/* SPDX-License-Identifier: MIT
 *
 * Buffers of strong elements. A buffer knows its own length, which is what death and the collector go by.
 */
#include "debug_p.h"
#include "field_p.h"

static bool buffer_bytes(size_t n, size_t *bytes)
{
    return !__builtin_mul_overflow(n, sizeof(rc_object *), bytes) &&
           !__builtin_add_overflow(*bytes, sizeof(rci_buffer), bytes);
}

void *rci_array_new(size_t n, const char *site)
{
    size_t bytes;
    rci_buffer *b = buffer_bytes(n, &bytes) ? rci_obj_calloc(1, bytes, NULL) : NULL;
    if (!b) return NULL;
    b->length = n;
    rci_trace_buffer(b, site);
    return rci_buffer_elements(b);
}

size_t rci_array_len(const void *buffer)
{
    return buffer ? rci_buffer_of(buffer)->length : 0;
}

void rci_buffer_release(rci_buffer *b)
{
    rci_untrace_buffer(b);
    rc_obj_free(b);
}

/* Drops the elements from n on. A finalizer may run and change the very variable that holds the buffer. */
static void cut(void *slot, size_t n, const char *site)
{
    void *elements;
    for (size_t i = n;; i++) {
        memcpy(&elements, slot, sizeof elements);
        if (i >= rci_array_len(elements)) break;
        rc_object **element = (rc_object **)elements + i;
        if (*element) rci_setref(element, NULL, site);
    }
    if (rci_array_len(elements) > n) {
        rci_untrace_buffer(rci_buffer_of(elements));
        rci_buffer_of(elements)->length = n;
    }
}

int rci_array_resize(void *slot, size_t old_n, size_t new_n, const char *site)
{
    (void)old_n;
    void *elements;
    size_t bytes;
    memcpy(&elements, slot, sizeof elements);
    size_t length = rci_array_len(elements);
    if (!buffer_bytes(new_n, &bytes)) return -1;
    rci_buffer *b = elements ? rci_buffer_of(elements) : NULL;
    if (new_n < length) {
        cut(slot, new_n, site);
        memcpy(&elements, slot, sizeof elements);
        if (!elements || rci_array_len(elements) != new_n) return 0;
        b = rci_buffer_of(elements);
        length = new_n;
    } else if (b) {
        rci_untrace_buffer(b);
    }
    rci_buffer *moved = rci_obj_realloc(b, bytes, NULL);
    if (!moved) {
        if (b) rci_trace_buffer(b, b->site);
        return b && length == new_n ? 0 : -1;
    }
    if (!b) memset(moved, 0, sizeof *moved);
    moved->length = new_n;
    elements = rci_buffer_elements(moved);
    memset((rc_object **)elements + length, 0, (new_n - length) * sizeof(rc_object *));
    memcpy(slot, &elements, sizeof elements);
    rci_trace_buffer(moved, b ? moved->site : site);
    return 0;
}

void rci_array_free(void *buffer, const char *site)
{
    if (!buffer) return;
    rci_buffer *b = rci_buffer_of(buffer);
    for (size_t i = 0; i < b->length; i++) {
        rc_object **element = rci_buffer_elements(b) + i;
        if (*element) rci_setref(element, NULL, site);
    }
    rci_buffer_release(b);
}
