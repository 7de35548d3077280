/* SPDX-License-Identifier: MIT
 *
 * The error indicator from inside: code of the user's that the library calls starts with a clear one and
 * cannot disturb the caller's. One per thread.
 */
#ifndef RCI_ERROR_P_H
#define RCI_ERROR_P_H

#include "check_p.h"
#include "recount.h"

typedef struct rci_error {
    bool set;
    char text[256];
} rci_error;

/* Moves the indicator to *out and clears it. */
void rci_error_save(rci_error *out);
/* Prints and clears what a `what` of `whose` left, then puts the saved indicator back. */
void rci_error_restore(const rci_error *saved, const char *what, const char *whose);

#endif
