/* SPDX-License-Identifier: MIT
 *
 * Weak references from inside. An object with any has RCI_WEAK set and an entry in the table of targets;
 * immortal objects never die and are not entered.
 */
#ifndef RCI_WEAK_P_H
#define RCI_WEAK_P_H

#include "object_p.h"

struct rc_weakref {
    RC_HEAD;
    rc_object *target;       /* unowned; NULL once it died                           */
    rc_weakref *next, *prev; /* of the target; then, in `next`, of those to be called */
    rc_weakref_callback callback;
    void *arg;
};

/* Sets all weak references to o to NULL. Appends to *list (newest first, each with a reference taken) the
 * weak reference objects that have a callback and are neither dying nor doomed; list NULL: none is wanted. */
void rci_weak_detach(rc_object *o, rc_weakref ***list);
/* Calls the callbacks of a list that ends with NULL and drops it: how many of its references died by that. */
size_t rci_weak_call(rc_weakref *list);
/* Both for one object that dies. False, and nothing changed: through one of them somebody took a reference. */
bool rci_weak_clear(rc_object *o, bool callbacks);
/* Hands the weak references to o, and the target when o is one itself, to the visitor. The caller holds the lock. */
void rci_weak_visit(rc_object *o, rc_visit visit, void *arg);
/* A doomed weak reference object forgets its target. */
void rci_weakref_detach(rc_weakref *w);
void rci_weak_fini_all(void);
/* Faults found in the tables: printed, and counted. */
int rci_weak_verify(void);

#endif
