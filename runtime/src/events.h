/* SPDX-License-Identifier: MIT
 *
 * The spool: what the runtime tells the findings database. With RECOUNT_DB=FILE in the environment the
 * runtime appends to FILE.spool, text in UTF-8, one record a line, fields parted by one TAB:
 *
 *   run      1 PID SECONDS PROGRAM
 *   event    KIND CLASS FILE LINE COUNT BYTES
 *   profile  FUNCTION FILE LINE CALLER CALLS OWN_NS TOTAL_NS ALLOCATIONS BYTES
 *   end      STATUS
 *
 * `run` opens a process's records (1 is the format's version, SECONDS since 1970 when it started); every
 * other record belongs to the `run` above it. A process writes its records at once, in one append, so that
 * processes that share a spool do not mix; `end` (STATUS: `exit` or `fatal`) closes them, and without it the
 * tail was cut off. KIND: leak (alive at exit, held by a cycle or by nobody), reachable (alive at exit, held
 * by a global or by what is), cycle-collected, negative-refcount, use-after-free, memory-damage. COUNT
 * objects of class CLASS, BYTES in all, were made at FILE:LINE; for the fatal kinds that is where the fatal
 * operation stands. A field that is not known is `-`. In a field, \t \n \r \\ stand for TAB, newline, return
 * and backslash.
 */
#ifndef RCI_EVENTS_H
#define RCI_EVENTS_H

#include "check_p.h"
#include "recount.h"

enum rci_event_kind {
    RCI_EVENT_LEAK,
    RCI_EVENT_REACHABLE,
    RCI_EVENT_CYCLE,
    RCI_EVENT_NEGATIVE,
    RCI_EVENT_USE_AFTER_FREE,
    RCI_EVENT_DAMAGE,
};

/* RECOUNT_DB is set. */
bool rci_events_on(void);
void rci_events_start(const char *db);
/* Counts one object under its class and site. Without memory the event is lost. */
void rci_event_object(enum rci_event_kind kind, const rc_object *o);
void rci_event(enum rci_event_kind kind, const char *type_name, const char *site, size_t count, size_t bytes);
/* Appends everything to the spool. */
void rci_events_flush(const char *status);

#endif
