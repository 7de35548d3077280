/* SPDX-License-Identifier: MIT
 *
 * Debugging from inside: what RECOUNT_DEBUG and RECOUNT_DB turn on, allocation sites, fatal errors. One
 * thread.
 */
#ifndef RCI_DEBUG_P_H
#define RCI_DEBUG_P_H

#include "events.h"
#include "field_p.h"

/* Reports and aborts: the operation at `site` (or NULL) found a count that cannot be. */
_Noreturn void rci_fatal_count(enum rci_event_kind kind, const rc_object *o, const char *site);
/* The same for a block that is damaged; the caller has printed what it found. */
_Noreturn void rci_fatal_damage(void);

/* Guards and patterns around the blocks of all three domains from now on. */
void rci_fill_start(void);

/* Sites are kept while tracing is on; an object or buffer made meanwhile has one. */
void rci_trace_object(rci_listed *l, const char *site);
void rci_untrace_object(rci_listed *l);
void rci_trace_buffer(rci_buffer *b, const char *site);
void rci_untrace_buffer(rci_buffer *b);
void rci_trace_fini(void);

/* Splits "file:line": the length of the file name, 0 for NULL. */
int rci_site_split(const char *site, long *line);

/* Prints what is alive to `out` (NULL: nowhere) and to the spool when it is on: the number of objects. */
size_t rci_leak_report(FILE *out, bool to_spool);

#endif
