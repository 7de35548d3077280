/* SPDX-License-Identifier: MIT */
#include "thread_p.h"

#include "field_p.h"
#include "gc_p.h"

#ifdef RECOUNT_THREADS

# include <pthread.h>
# include <time.h>

/* What another thread must know of one. */
enum thread_state {
    RUNNING, /* may be in user code, touching objects     */
    AT_REST, /* in the library, waiting for it, or blocked */
};

typedef struct thread {
    struct thread *next, *prev;
    enum thread_state state; /* atomic: the thread itself writes it */
    unsigned depth;          /* entries into the library, nested    */
    bool attached, blocked;
} thread;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static thread *threads; /* under the lock */
static RCI_THREAD_LOCAL thread self;

/* ---- attaching ----------------------------------------------------------------------------------------- */

static pthread_key_t exit_key;
static pthread_once_t exit_once = PTHREAD_ONCE_INIT;

static void detach(void *arg)
{
    thread *t = arg;
    pthread_mutex_lock(&lock);
    if (t->next) t->next->prev = t->prev;
    if (t->prev)
        t->prev->next = t->next;
    else
        threads = t->next;
    t->attached = false;
    pthread_mutex_unlock(&lock);
}

/* A child process starts with the heap in order, and with the one thread that forked. */
static void before_fork(void)
{
    rci_lock();
}

static void after_fork_in_child(void)
{
    threads = &self;
    self.next = self.prev = NULL;
    rci_unlock();
}

static void watch_threads(void)
{
    pthread_key_create(&exit_key, detach);
    pthread_atfork(before_fork, rci_unlock, after_fork_in_child);
}

/* The key's destructor takes the thread off the list when it ends. */
static void attach_locked(void)
{
    if (self.attached) return;
    self.attached = true;
    self.prev = NULL;
    self.next = threads;
    if (threads) threads->prev = &self;
    threads = &self;
    pthread_once(&exit_once, watch_threads);
    pthread_setspecific(exit_key, &self);
}

void rci_thread_attach(void)
{
    RCI_GUARD;
    attach_locked();
}

/* ---- the lock ------------------------------------------------------------------------------------------ */

static void set_state(enum thread_state state)
{
    __atomic_store_n(&self.state, state, __ATOMIC_RELEASE);
}

void rci_lock(void)
{
    if (self.depth++ > 0) return;
    set_state(AT_REST);
    pthread_mutex_lock(&lock);
    attach_locked();
}

void rci_unlock(void)
{
    if (--self.depth > 0) return;
    set_state(self.blocked ? AT_REST : RUNNING);
    pthread_mutex_unlock(&lock);
}

/* ---- stopping the world -------------------------------------------------------------------------------- */

# define PATIENCE_STEPS 200
# define STEP_NS        100000

static bool all_at_rest(void)
{
    for (const thread *t = threads; t; t = t->next) {
        if (t != &self && __atomic_load_n(&t->state, __ATOMIC_ACQUIRE) == RUNNING) return false;
    }
    return true;
}

/* Nothing has to start the world again: the threads at rest wait for the lock. */
bool rci_stop_world(void)
{
    for (int i = 0; i < PATIENCE_STEPS; i++) {
        if (all_at_rest()) return true;
        nanosleep(&(struct timespec){0, STEP_NS}, NULL);
    }
    return false;
}

void rc_safepoint(void)
{
    RCI_GUARD;
}

void rc_blocking_begin(void)
{
    RCI_GUARD;
    attach_locked();
    self.blocked = true;
    set_state(AT_REST);
}

void rc_blocking_end(void)
{
    RCI_GUARD;
    self.blocked = false;
    set_state(RUNNING);
}

/* ---- shared objects ------------------------------------------------------------------------------------ */

bool rci_sharing;

static rc_object **share_top; /* of a stack in the collector's scratch: no object is pushed twice */

static int share_one(rc_object *o, void *arg)
{
    bool *changed = arg;
    if (o->count <= 0) return 0;
    __atomic_store_n(&o->count, -o->count, __ATOMIC_RELAXED);
    *changed = true;
    if (share_top) *share_top++ = o;
    return 0;
}

static void share_children(rc_object *o, void *changed)
{
    if (rci_is_shared(o)) rci_traverse(o, o->type, share_one, changed);
}

/* While a collection uses the scratch the heap is searched for shared objects with unshared children instead. */
void rc_share(void *p)
{
    RCI_GUARD;
    bool changed = false;
    if (!p) return;
    rci_sharing = true;
    share_top = rci_gc.collecting ? NULL : rci_gc.scratch;
    share_one(p, &changed);
    while (share_top && share_top > (rc_object **)rci_gc.scratch) share_children(*--share_top, &changed);
    while (!share_top && changed) {
        changed = false;
        rci_each_object(share_children, &changed);
    }
}

/* A reference was stored at `slot`: in a field of a shared object it has to be shared too. */
void rci_store_barrier(const void *slot, const void *p)
{
    RCI_GUARD;
    rci_arena *a = rci_arena_of(slot);
    if (!a || (const char *)slot < a->first) return;
    rci_pool *pool = rci_arena_pool(a, slot);
    if (!pool->used || rci_pool_kind(pool) == RCI_BLOCKS) return;
    char *start = rci_pool_page(pool) + rci_pool_start(pool);
    size_t bytes = rci_pool_block_bytes(pool);
    const rc_object *o = (const rc_object *)(start + (size_t)((const char *)slot - start) / bytes * bytes);
    if (rci_is_shared(o)) rc_share((void *)(uintptr_t)p);
}

#else

void rc_share(void *p)
{
    (void)p;
}

void rc_safepoint(void) {}
void rc_blocking_begin(void) {}
void rc_blocking_end(void) {}

#endif
