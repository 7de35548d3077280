/* SPDX-License-Identifier: MIT
 *
 * The library's start, at the first request for memory, and what a change of the object domain's hook means for
 * objects. Under the lock.
 */
#ifndef RCI_DOMAIN_P_H
#define RCI_DOMAIN_P_H

#include "check_p.h"
#include "recount.h"

/* The object domain has a hook (or has not any more): objects made from now on go through it. */
void rci_objects_hooked(bool hooked);

/* Whether the library has looked at its environment; what makes it do so; what that tells the domains first. */
extern RCI_HIDDEN bool rci_started;
void rci_start(void);
void rci_domains_start(void);
/* Tracing went on or off: whether blocks come straight from the pools. */
void rci_domains_choose(void);

#endif
