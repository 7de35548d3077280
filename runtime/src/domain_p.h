/* SPDX-License-Identifier: MIT
 *
 * What a change of the object domain's hook means for objects. One thread.
 */
#ifndef RCI_DOMAIN_P_H
#define RCI_DOMAIN_P_H

#include "recount.h"

/* The object domain has a hook (or has not any more): objects made from now on go through it. */
void rci_objects_hooked(bool hooked);

#endif
