/* SPDX-License-Identifier: MIT */
#include "thread_p.h"

#include "heap_p.h"

#ifdef RECOUNT_THREADS

# include <pthread.h>
# include <sched.h>
# include <time.h>

/* What another thread must know of one. */
enum thread_state {
    RUNNING, /* may be in user code, touching objects, or in its heap */
    AT_REST, /* waiting for the lock, or holding it, or blocked       */
};

typedef struct thread {
    struct thread *next, *prev;
    rci_heap *heap;          /* or rci_no_heap: there was no memory for one                  */
    enum thread_state state; /* atomic: the thread itself writes it                          */
    unsigned depth;          /* of the lock                                                  */
    bool attached, blocked;
    bool silent; /* did not come to rest when it was last asked, and has not been heard of since */
} thread;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static thread *threads; /* under the lock, with all but `state` of each */
static RCI_THREAD_LOCAL thread self;

static void set_state(enum thread_state state)
{
    __atomic_store_n(&self.state, state, __ATOMIC_RELEASE);
}

static bool is_running(const thread *t)
{
    return t != &self && __atomic_load_n(&t->state, __ATOMIC_ACQUIRE) == RUNNING;
}

/* ---- attaching ----------------------------------------------------------------------------------------- */

static pthread_key_t exit_key;
static pthread_once_t exit_once = PTHREAD_ONCE_INIT;

static void take_off(thread *t)
{
    if (t->next) t->next->prev = t->prev;
    if (t->prev)
        t->prev->next = t->next;
    else
        threads = t->next;
}

/* The thread ends. Should it come again – another key's destructor uses the library – it attaches anew. */
static void detach(void *arg)
{
    (void)arg;
    rci_lock();
    take_off(&self);
    if (!rci_heap_is_none(self.heap)) rci_heap_abandon(self.heap);
    self = (thread){.state = AT_REST};
    rci_heap_set_self(&rci_no_heap);
    pthread_mutex_unlock(&lock);
}

/* A child process has the one thread that forked. Who was at rest has left its heap in order; and who was not, perhaps
 * in the middle of a change. */
static void before_fork(void)
{
    rci_lock();
    rci_stop_world();
}

static void after_fork_in_child(void)
{
    for (const thread *t = threads; t; t = t->next) {
        if (t != &self && !rci_heap_is_none(t->heap))
            t->heap->owner = is_running(t) ? RCI_LOST : RCI_ABANDONED;
    }
    threads = &self;
    self.next = self.prev = NULL;
    rci_unlock();
}

static void watch_threads(void)
{
    pthread_key_create(&exit_key, detach);
    pthread_atfork(before_fork, rci_unlock, after_fork_in_child);
}

/* The key's destructor takes the thread off the list when it ends. Without memory for a heap the thread gets along:
 * its blocks come from the raw domain, its objects each from there too. */
static void attach(void)
{
    if (!rci_heap_is_none(rci_heap_self())) return;
    if (!self.attached) {
        self.attached = true;
        self.heap = &rci_no_heap;
        self.prev = NULL;
        self.next = threads;
        if (threads) threads->prev = &self;
        threads = &self;
        pthread_once(&exit_once, watch_threads);
        pthread_setspecific(exit_key, &self);
    }
    rci_heap *heap = rci_heap_adopt();
    if (!heap) return;
    self.heap = heap;
    rci_heap_set_self(heap);
    rci_heap_open(heap);
}

void rci_thread_attach(void)
{
    if (!rci_heap_is_none(rci_heap_self())) return;
    RCI_GUARD;
    attach();
}

/* ---- the lock ------------------------------------------------------------------------------------------ */

/* Who has the lock may use its heap, whatever state the thread is in. */
void rci_lock(void)
{
    if (self.depth++ > 0) return;
    set_state(AT_REST);
    pthread_mutex_lock(&lock);
    self.silent = false;
    if (!rci_heap_is_none(rci_heap_self())) rci_heap_open(rci_heap_self());
}

void rci_unlock(void)
{
    if (--self.depth > 0) return;
    if (!self.blocked)
        set_state(RUNNING);
    else if (!rci_heap_is_none(rci_heap_self()))
        rci_heap_close(rci_heap_self());
    pthread_mutex_unlock(&lock);
}

/* ---- stopping the world -------------------------------------------------------------------------------- */

/* How long a thread is waited for: a while of yielding, then some 200 ms. */
# define YIELDS  200
# define SLEEPS  2000
# define STEP_NS 50000

/* Asks all running threads to come to rest. False: one of them was asked before and did not answer. */
static bool ask(void)
{
    for (thread *t = threads; t; t = t->next) {
        if (!is_running(t)) continue;
        if (t->silent) return false;
        if (!rci_heap_is_none(t->heap)) rci_heap_close(t->heap);
    }
    return true;
}

static bool all_at_rest(void)
{
    const thread *t = threads;
    while (t && !is_running(t)) t = t->next;
    return !t;
}

static bool wait_for_all(void)
{
    for (int i = 0; i < YIELDS + SLEEPS; i++) {
        if (all_at_rest()) return true;
        if (i < YIELDS)
            sched_yield();
        else
            nanosleep(&(struct timespec){0, STEP_NS}, NULL);
    }
    for (thread *t = threads; t; t = t->next) {
        if (is_running(t)) t->silent = true;
    }
    return false;
}

/* Nothing has to start the world again: the threads at rest wait for the lock. */
bool rci_halt_world(void)
{
    return ask() && wait_for_all();
}

bool rci_stop_world(void)
{
    if (!rci_halt_world()) return false;
    for (rci_heap *h = rci_heaps; h; h = h->next) {
        if (rci_heap_has_mail(h) && h->owner != RCI_LOST) rci_heap_receive(h);
    }
    return true;
}

bool rci_heap_rests(const rci_heap *heap)
{
    if (heap->owner == RCI_LOST) return false;
    const thread *t = threads;
    while (t && t->heap != heap) t = t->next;
    return !t || !is_running(t);
}

void rc_safepoint(void)
{
    rci_heap *heap = rci_heap_self();
    if (!rci_heap_is_open(heap)) {
        RCI_GUARD;
        attach();
    }
    if (rci_heap_has_mail(heap) && rci_heap_is_open(heap)) rci_heap_receive(heap);
}

void rc_blocking_begin(void)
{
    RCI_GUARD;
    attach();
    self.blocked = true;
}

void rc_blocking_end(void)
{
    RCI_GUARD;
    self.blocked = false;
}

#else

void rci_thread_attach(void)
{
    if (!rci_heaps) rci_heap_open(rci_heap_adopt());
}

void rc_safepoint(void) {}
void rc_blocking_begin(void) {}
void rc_blocking_end(void) {}

#endif
