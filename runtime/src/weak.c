/* SPDX-License-Identifier: MIT */
#include "weak_p.h"

#include "error_p.h"
#include "gc_p.h"
#include "map_p.h"
#include "share_p.h"

/* A registered weak variable. */
typedef struct variable {
    rc_object **slot;
    struct variable *next, *prev;
} variable;

/* What knows one target. Without references and variables it is freed. */
typedef struct watch {
    rc_weakref *references; /* the one without callback first, then the newest first */
    variable *variables;
} watch;

static rci_map watches;   /* target -> watch  */
static rci_map variables; /* slot -> variable */

static watch *watch_of(rc_object *o)
{
    if (!(o->word & RCI_WEAK)) return NULL;
    return rci_map_get(&watches, o);
}

/* The target's watch, made if need be; NULL: no memory. */
static watch *want_watch(rc_object *o)
{
    watch *w = watch_of(o);
    if (w) return w;
    w = rci_mem_calloc(1, sizeof *w, NULL);
    if (w && rci_map_put(&watches, o, w) != 0) {
        rc_mem_free(w);
        return NULL;
    }
    if (w) rci_set_word(o, o->word | RCI_WEAK);
    return w;
}

/* A shared object keeps the mark: it tells who drops its last reference that somebody else may have come by one in this
 * way just now. */
static void drop_if_idle(rc_object *o, watch *w)
{
    if (w->references || w->variables) return;
    rci_map_remove(&watches, o);
    if (!rci_is_shared(o)) rci_set_word(o, o->word & ~RCI_WEAK);
    rc_mem_free(w);
}

static bool is_dead(const rc_object *o)
{
    return !rc_is_immortal(o) && !rci_is_counted(o);
}

/* Whose last reference somebody holds who has not the lock, or is about to let it die. */
static bool has_one_reference(const rc_object *o)
{
    int32_t n = __atomic_load_n(&o->count, __ATOMIC_ACQUIRE);
    return n == 1 || n == -1;
}

/* ---- weak variables ------------------------------------------------------------------------------------ */

static int watch_variable(rc_object *o, rc_object **slot)
{
    watch *w = want_watch(o);
    if (!w) return -1;
    variable *v = rci_mem_malloc(sizeof *v, NULL);
    if (!v || rci_map_put(&variables, slot, v) != 0) {
        rc_mem_free(v);
        drop_if_idle(o, w);
        return -1;
    }
    *v = (variable){slot, w->variables, NULL};
    if (v->next) v->next->prev = v;
    w->variables = v;
    return 0;
}

static void forget_variable(rc_object *o, rc_object **slot)
{
    variable *v = rci_map_remove(&variables, slot);
    if (!v) return;
    watch *w = watch_of(o);
    if (v->next) v->next->prev = v->prev;
    if (v->prev)
        v->prev->next = v->next;
    else
        w->variables = v->next;
    rc_mem_free(v);
    drop_if_idle(o, w);
}

rc_object *rc_weak_load(rc_object *const *slot)
{
    RCI_GUARD;
    return rc_newref(*slot);
}

void rc_weak_store(rc_object **slot, rc_object *p)
{
    RCI_GUARD;
    if (*slot == p) return;
    if (*slot) forget_variable(*slot, slot);
    *slot = NULL;
    if (!p || is_dead(p)) return;
    if (!rc_is_immortal(p) && watch_variable(p, slot) != 0) {
        rc_error_set("no memory for a weak reference");
        return;
    }
    *slot = p;
    RCI_STORED(slot, p);
}

void rc_weak_fini(rc_object **slot)
{
    RCI_GUARD;
    if (*slot) forget_variable(*slot, slot);
    *slot = NULL;
}

/* ---- weak reference objects ---------------------------------------------------------------------------- */

void rci_weakref_detach(rc_weakref *r)
{
    rc_object *o = r->target;
    if (!o) return;
    watch *w = watch_of(o);
    r->target = NULL;
    if (!w) return;
    if (r->next) r->next->prev = r->prev;
    if (r->prev)
        r->prev->next = r->next;
    else
        w->references = r->next;
    drop_if_idle(o, w);
}

/* Not 0: it does not die, its target's death has it called. */
static int weakref_dies(rc_object *self)
{
    RCI_GUARD;
    if (!has_one_reference(self)) return 1;
    rci_weakref_detach((rc_weakref *)self);
    return 0;
}

static const rc_field no_fields[] = {RC_FIELD_END};

const rc_type rc_weakref_type = {
    .name = "weakref",
    .size = sizeof(rc_weakref),
    .flags = RC_TYPE_GC | RCI_TYPE_BUILTIN,
    .clear = weakref_dies,
    .fields = no_fields,
};

static void link_reference(watch *w, rc_weakref *r)
{
    rc_weakref *shared = w->references && !w->references->callback ? w->references : NULL;
    rc_weakref *before = r->callback ? shared : NULL;
    r->prev = before;
    r->next = before ? before->next : w->references;
    if (r->next) r->next->prev = r;
    if (before)
        before->next = r;
    else
        w->references = r;
}

rc_weakref *rc_weakref_new(void *p, rc_weakref_callback callback, void *arg)
{
    RCI_GUARD;
    rc_object *o = p;
    watch *w = watch_of(o);
    if (!callback && w && w->references && !w->references->callback) return rc_newref(w->references);
    /* The allocation may start a collection, which may take the last other weak reference with it. */
    rc_weakref *r = (rc_weakref *)rc_alloc(&rc_weakref_type);
    if (!r) return NULL;
    r->callback = callback;
    r->arg = arg;
    if (is_dead(o)) return r;
    r->target = o;
    if (rc_is_immortal(o)) return r;
    if (!(w = want_watch(o))) {
        r->target = NULL;
        RC_DECREF(r);
        return NULL;
    }
    link_reference(w, r);
    if (rci_is_shared(o)) rc_share(r);
    return r;
}

rc_object *rc_weakref_get(rc_weakref *w)
{
    RCI_GUARD;
    return rc_newref(w->target);
}

size_t rc_weakref_count(const void *p)
{
    RCI_GUARD;
    watch *w = watch_of((rc_object *)(uintptr_t)p);
    size_t n = 0;
    for (rc_weakref *r = w ? w->references : NULL; r; r = r->next) n++;
    return n;
}

/* ---- when the target dies ------------------------------------------------------------------------------ */

void rci_weak_detach(rc_object *o, rc_weakref ***list)
{
    watch *w = watch_of(o);
    rci_set_word(o, o->word & ~RCI_WEAK);
    if (!w) return;
    rci_map_remove(&watches, o);
    for (variable *v = w->variables, *next; v; v = next) {
        next = v->next;
        *v->slot = NULL;
        rci_map_remove(&variables, v->slot);
        rc_mem_free(v);
    }
    for (rc_weakref *r = w->references, *next; r; r = next) {
        next = r->next;
        r->target = NULL;
        r->next = r->prev = NULL;
        if (!list || !r->callback || is_dead(&r->rc_head) || rci_state(&r->rc_head) == RCI_DOOMED) continue;
        RC_INCREF(r);
        **list = r;
        *list = &r->next;
    }
    rc_mem_free(w);
}

size_t rci_weak_call(rc_weakref *list)
{
    size_t died = 0;
    rci_nest outer = rci_nest_enter();
    for (rc_weakref *r = list, *next; r; r = next) {
        rci_error saved;
        next = r->next;
        r->next = NULL;
        rci_error_save(&saved);
        r->callback(r, r->arg);
        rci_error_restore(&saved, "callback", "weakref");
        died += rc_refcount(r) == 1;
        RC_DECREF(r);
    }
    rci_nest_leave(outer);
    return died;
}

static bool detach_last(rc_object *o, rc_weakref ***list)
{
    RCI_GUARD;
    if (!has_one_reference(o)) return false;
    rci_weak_detach(o, list);
    return true;
}

bool rci_weak_clear(rc_object *o, bool callbacks)
{
    rc_weakref *list = NULL, **tail = &list;
    if (!detach_last(o, callbacks ? &tail : NULL)) return false;
    if (list) rci_weak_call(list);
    return true;
}

void rci_weak_visit(rc_object *o, rc_visit visit, void *arg)
{
    watch *w = watch_of(o);
    if (o->type == &rc_weakref_type && ((rc_weakref *)o)->target) visit(((rc_weakref *)o)->target, arg);
    for (rc_weakref *r = w ? w->references : NULL; r; r = r->next) visit(&r->rc_head, arg);
}

/* ---- the whole ----------------------------------------------------------------------------------------- */

void rci_weak_fini_all(void)
{
    for (size_t i = 0; i < variables.capacity; i++) rc_mem_free(variables.entries[i].value);
    for (size_t i = 0; i < watches.capacity; i++) rc_mem_free(watches.entries[i].value);
    rci_map_fini(&variables);
    rci_map_fini(&watches);
}

static int fault(const char *what, const void *p)
{
    fprintf(stderr, "recount: heap: %s: %p\n", what, p);
    return 1;
}

int rci_weak_verify(void)
{
    int faults = 0;
    size_t seen = 0;
    for (size_t i = 0; i < watches.capacity; i++) {
        const rc_object *o = watches.entries[i].key;
        watch *w = watches.entries[i].value;
        if (!o) continue;
        if (!(o->word & RCI_WEAK)) faults += fault("weak references to an object without the mark", o);
        for (rc_weakref *r = w->references; r; r = r->next) {
            if (r->target != o) faults += fault("a weak reference in the list of another target", r);
            if (r->next && r->next->prev != r) faults += fault("weak references linked one way", r);
        }
        for (variable *v = w->variables; v; v = v->next, seen++) {
            if (*v->slot != o) faults += fault("a weak variable changed behind the runtime's back", v->slot);
        }
    }
    if (seen != variables.used) faults += fault("weak variables without a target", NULL);
    return faults;
}
