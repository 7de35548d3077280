/* SPDX-License-Identifier: MIT
 *
 * The thread interface of a library that one thread at a time may use.
 */
#include "recount.h"

void rc_share(void *p)
{
    (void)p;
}

void rc_safepoint(void) {}
void rc_blocking_begin(void) {}
void rc_blocking_end(void) {}
