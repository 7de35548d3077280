/* SPDX-License-Identifier: MIT
 *
 * A list that can bite its own tail.
 */
#include <recount.h>

typedef struct Ring Ring;
struct RC_CLASS RC_ACYCLIC Ring { // expect: arc-acyclic-broken
    RC_HEAD;
    Ring *next;
};
