/* SPDX-License-Identifier: MIT
 *
 * The runtime's header, with a count of the counting operations that a rewritten program executes: each evaluation of one
 * of these macros is one, whether or not there is an object. Standard error gets the sum at exit.
 */
#include_next <recount.h>

#ifndef COUNTING_H
# define COUNTING_H

# include <stdio.h>

__attribute__((weak)) unsigned long long counting_operations;

/* One unit of the program prints; the weak definition is shared. */
__attribute__((weak, destructor)) void counting_report(void)
{
    fprintf(stderr, "operations %llu\n", counting_operations);
}

static inline rc_object *counting_newref(const void *p)
{
    counting_operations++;
    return rci_newref((rc_object *)(uintptr_t)p, NULL);
}

# undef RC_INCREF
# undef RC_DECREF
# undef RC_XINCREF
# undef RC_XDECREF
# undef RC_CLEAR
# undef RC_SETREF
# undef rc_newref
# define RC_INCREF(p)    (counting_operations++, rci_incref((rc_object *)(p), RCI_SITE))
# define RC_DECREF(p)    (counting_operations++, rci_decref((rc_object *)(p), RCI_SITE))
# define RC_XINCREF(p)   (counting_operations++, rci_xincref((rc_object *)(p), RCI_SITE))
# define RC_XDECREF(p)   (counting_operations++, rci_xdecref((rc_object *)(p), RCI_SITE))
# define RC_CLEAR(v)     (counting_operations++, rci_setref(&(v), NULL, RCI_SITE))
# define RC_SETREF(v, p) (counting_operations++, rci_setref(&(v), (0 ? (v) : (p)), RCI_SITE))
# define rc_newref(p)    ((__typeof__(p))counting_newref(p))

#endif
