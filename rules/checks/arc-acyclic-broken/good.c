/* SPDX-License-Identifier: MIT
 *
 * The way back is not counted.
 */
#include <recount.h>

typedef struct Ring Ring;
struct RC_CLASS RC_ACYCLIC Ring {
    RC_HEAD;
    RC_WEAK Ring *next;
};
