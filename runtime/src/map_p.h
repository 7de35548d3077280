/* SPDX-License-Identifier: MIT
 *
 * A map from addresses to pointers. Owns its table (mem domain), neither keys nor values. Under the lock.
 */
#ifndef RCI_MAP_P_H
#define RCI_MAP_P_H

#include <stddef.h>

typedef struct rci_map {
    struct rci_map_entry {
        const void *key; /* NULL: empty */
        void *value;
    } * entries;
    size_t capacity, used; /* capacity is a power of two or 0 */
} rci_map;

void *rci_map_get(const rci_map *m, const void *key);
/* Adds or replaces: 0, or -1: no memory and nothing changed. */
int rci_map_put(rci_map *m, const void *key, void *value);
/* The value that was there, or NULL. */
void *rci_map_remove(rci_map *m, const void *key);
void rci_map_fini(rci_map *m);

#endif
