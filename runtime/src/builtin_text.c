/* SPDX-License-Identifier: MIT
 *
 * Strings and bytes: one block each, the text behind the header.
 */
#include <string.h>

#include "builtin_p.h"
#include "intern_p.h"
#include "thread_p.h"

const rc_type rc_str_type = {.name = "str", .size = sizeof(rc_str), .item_size = 1};
const rc_type rc_bytes_type = {.name = "bytes", .size = sizeof(rc_bytes), .item_size = 1};

rc_str *rc_str_new_size(const char *text, size_t n)
{
    if (n == SIZE_MAX) return NULL;
    rc_str *s = (rc_str *)rc_alloc_items(&rc_str_type, n + 1);
    if (!s) return NULL;
    s->n = n;
    if (n) memcpy(s->text, text, n);
    return s;
}

rc_str *rc_str_new(const char *text)
{
    return rc_str_new_size(text, strlen(text));
}

rc_str *rc_str_intern(const char *text)
{
    RCI_GUARD; /* nobody finds it before it is whole */
    bool created;
    size_t n = strlen(text);
    rc_str *s = (rc_str *)rci_intern_items(&rc_str_type, text, n, n + 1, &created, RCI_SITE);
    if (s && created) {
        s->n = n;
        memcpy(s->text, text, n);
    }
    return s;
}

rc_str *rc_str_concat(const rc_str *a, const rc_str *b)
{
    if (a->n >= SIZE_MAX - 1 - b->n) return NULL;
    rc_str *s = (rc_str *)rc_alloc_items(&rc_str_type, a->n + b->n + 1);
    if (!s) return NULL;
    s->n = a->n + b->n;
    memcpy(s->text, a->text, a->n);
    memcpy(s->text + a->n, b->text, b->n);
    return s;
}

const char *rc_str_data(const rc_str *s)
{
    return s->text;
}

size_t rc_str_len(const rc_str *s)
{
    return s->n;
}

rc_bytes *rc_bytes_new(const void *data, size_t n)
{
    if (n == SIZE_MAX) return NULL;
    rc_bytes *b = (rc_bytes *)rc_alloc_items(&rc_bytes_type, n + 1);
    if (!b) return NULL;
    b->n = n;
    if (data && n) memcpy(b->data, data, n);
    return b;
}

void *rc_bytes_data(rc_bytes *b)
{
    return b->data;
}

size_t rc_bytes_len(const rc_bytes *b)
{
    return b->n;
}
