/* SPDX-License-Identifier: MIT
 *
 * What only a library built with RECOUNT_TRACE_REFS keeps: the total of all counts, and the list of all objects.
 */
#include "object_p.h"

#ifdef RECOUNT_TRACE_REFS

ssize_t rci_total_refs;

ssize_t rc_total_refs(void)
{
    return __atomic_load_n(&rci_total_refs, __ATOMIC_RELAXED);
}

struct list {
    rc_object **out;
    size_t max, n;
};

static void add(rc_object *o, void *arg)
{
    struct list *l = arg;
    if (rci_state(o) == RCI_DYING) return;
    if (l->n < l->max) l->out[l->n] = o;
    l->n++;
}

size_t rc_all_objects(rc_object **out, size_t max)
{
    RCI_STOPPED;
    struct list l = {out, max, 0};
    rci_each_object(add, &l);
    return l.n;
}

#else
typedef int rci_refs_are_not_traced;
#endif
