/* SPDX-License-Identifier: MIT
 *
 * The profile from inside. One thread.
 */
#ifndef RCI_PROFILE_P_H
#define RCI_PROFILE_P_H

#include "thread_p.h"

/* Not NULL while an instrumented function runs: what it allocated so far. */
extern RCI_THREAD_LOCAL struct rci_profile_frame *rci_profile_top;
void rci_profile_add(size_t bytes);
void rci_profile_fini(void);

/* An object of so many bytes was made. */
static inline void rci_profile_count(size_t bytes)
{
    if (__builtin_expect(rci_profile_top != NULL, 0)) rci_profile_add(bytes);
}

#endif
