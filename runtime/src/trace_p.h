/* SPDX-License-Identifier: MIT
 *
 * Tracing was switched on or off: objects have to come from where their sites can be kept.
 */
#ifndef RCI_TRACE_P_H
#define RCI_TRACE_P_H

void rci_trace_changed(void);

#endif
