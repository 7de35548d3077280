/* SPDX-License-Identifier: MIT
 *
 * Which objects global variables hold. Owns the marks between rci_reach_globals and rci_reach_done. One
 * thread.
 */
#ifndef RCI_REACH_P_H
#define RCI_REACH_P_H

#include "object_p.h"

/* Marks each object that a word of the program's writable data is the address of, and all that those reach.
 */
void rci_reach_globals(void);
bool rci_is_reachable(const rc_object *o);
void rci_reach_done(void);

#endif
