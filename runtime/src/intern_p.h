/* SPDX-License-Identifier: MIT
 *
 * Singletons, and one instance per key (flyweights). Owns the table and its keys, not the instances. One
 * thread.
 */
#ifndef RCI_INTERN_P_H
#define RCI_INTERN_P_H

#include "check_p.h"
#include "recount.h"

/* A new reference to the class's one instance, made immortal when it was made just now; NULL: no memory. */
rc_object *rci_singleton(const rc_type *type, const char *site);
/* The live instance of `type` for the key (a new reference), or NULL. */
rc_object *rci_intern_find(const rc_type *type, const void *key, size_t bytes);
/* rci_intern for an instance with trailing items. */
rc_object *rci_intern_items(const rc_type *type, const void *key, size_t bytes, size_t items, bool *created,
                            const char *site);
/* Enters o, of `type`, for the key: 0, or -1: no memory. There must be no other live instance for it. */
int rci_intern_add(const rc_type *type, const void *key, size_t bytes, rc_object *o);
void rci_intern_fini(void);

#endif
