/* SPDX-License-Identifier: MIT
 *
 * The builtin objects' layouts. They are ordinary classes with field tables: the collector and the release of
 * an object know nothing of them but rc_tuple_type, whose instances it untracks when they hold nothing that
 * is tracked.
 */
#ifndef RCI_BUILTIN_P_H
#define RCI_BUILTIN_P_H

#include "check_p.h"
#include "recount.h"

struct rc_int {
    RC_HEAD;
    int64_t value;
};

struct rc_float {
    RC_HEAD;
    double value;
};

/* hash: 0 until it is asked for. text ends with a NUL that n does not count. */
struct rc_str {
    RC_HEAD;
    size_t n;
    uint64_t hash;
    char text[];
};

struct rc_bytes {
    RC_HEAD;
    size_t n;
    unsigned char data[];
};

struct rc_tuple {
    RC_HEAD;
    size_t n;
    rc_object *items[];
};

/* items: a counted buffer of at least n elements; those beyond n are NULL. */
struct rc_list {
    RC_HEAD;
    size_t n;
    rc_object **items;
};

/* A hash table in order of insertion. Entry e owns elements e*width .. e*width+width-1 of `items`: the key,
 * and in a dict the value; a removed entry is NULLs. `index` (see builtin_table.c) finds entries by hash; it
 * is an object only so that the field table frees it. A cleared table has neither and is empty. */
typedef struct rci_table {
    rc_object **items;
    rc_bytes *index;
    size_t cells;   /* of the index                 */
    size_t live;    /* entries that are not removed */
    size_t used;    /* entries, removed ones too    */
    unsigned width; /* 1 in a set, 2 in a dict      */
} rci_table;

struct rc_dict {
    RC_HEAD;
    rci_table table;
};

struct rc_set {
    RC_HEAD;
    rci_table table;
};

#endif
