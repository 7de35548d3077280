/* SPDX-License-Identifier: MIT
 *
 * Threads: heaps of their own, blocks freed elsewhere, shared objects, collections that stop the world.
 */
#include "kit.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 8 };

static int rounds(int n)
{
    return kit_under_valgrind() ? n / 10 : n;
}

/* Runs fn in THREADS threads at once, each with its number, and waits for all. */
static void in_threads(void *(*fn)(void *number))
{
    pthread_t thread[THREADS];
    for (intptr_t i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, fn, (void *)i), 0);
    rc_blocking_begin();
    for (int i = 0; i < THREADS; i++) pthread_join(thread[i], NULL);
    rc_blocking_end();
}

static uint32_t draw(uint64_t *state, uint32_t limit)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 33) % limit);
}

/* ---- objects of one thread ------------------------------------------------------------------------------------ */

static Node *new_node(const rc_type *type)
{
    Node *node = (Node *)rc_alloc(type);
    if (!node) abort();
    return node;
}

static void *build_and_drop(void *number)
{
    uint64_t state = (uint64_t)(intptr_t)number + 1;
    Node *reg[32] = {NULL};
    for (int i = 0; i < rounds(20000); i++) {
        Node **a = &reg[draw(&state, 32)], **b = &reg[draw(&state, 32)];
        switch (draw(&state, 4)) {
        case 0: RC_XSETREF(*a, new_node(draw(&state, 2) ? &kit_plain : &kit_table)); break;
        case 1:
            if (*a) RC_XSETREF((*a)->slot[draw(&state, KIT_SLOTS)], (rc_object *)rc_newref(*b));
            break;
        case 2: RC_CLEAR(*a); break;
        case 3:
            if (i % 1000 == 0)
                rc_gc_collect();
            else
                rc_safepoint();
            break;
        }
    }
    for (int i = 0; i < 32; i++) RC_CLEAR(reg[i]);
    return NULL;
}

static void every_thread_has_objects_of_its_own(void)
{
    in_threads(build_and_drop);
    rc_gc_collect();
    rc_gc_collect();
    assert_int_equal(rc_live_objects(), 0);
    assert_int_equal(rc_heap_verify(), 0);
}

/* ---- blocks freed elsewhere -------------------------------------------------------------------------------------- */

enum { MAILBOXES = 64 };

static void *mailbox[MAILBOXES];

/* Everybody puts blocks into mailboxes and frees what others left there. */
static void *exchange_blocks(void *number)
{
    uint64_t state = (uint64_t)(intptr_t)number + 99;
    for (int i = 0; i < rounds(50000); i++) {
        size_t size = 1 + draw(&state, 600);
        unsigned char *fresh = rc_obj_malloc(size);
        if (!fresh) abort();
        memset(fresh, (int)size, size);
        rc_obj_free(__atomic_exchange_n(&mailbox[draw(&state, MAILBOXES)], fresh, __ATOMIC_ACQ_REL));
        if (i % 64 == 0) rc_safepoint();
    }
    return NULL;
}

static void blocks_may_be_freed_by_other_threads(void)
{
    in_threads(exchange_blocks);
    for (int i = 0; i < MAILBOXES; i++) rc_obj_free(mailbox[i]);
    rc_mem_info info;
    rc_mem_trim();
    rc_mem_get_info(&info);
    assert_int_equal(info.blocks_allocated, 0);
    assert_int_equal(rc_heap_verify(), 0);
}

/* ---- shared objects ------------------------------------------------------------------------------------------------- */

static Node *shared;
static rc_weakref *shared_weak;

static void *count_shared(void *number)
{
    (void)number;
    for (int i = 0; i < rounds(100000); i++) {
        Node *mine = rc_newref(shared);
        rc_object *child = (rc_object *)rc_newref(mine->slot[0]);
        RC_DECREF(child);
        RC_DECREF(mine);
        if (i % 256 == 0) rc_safepoint();
    }
    return NULL;
}

static void counts_of_shared_objects_are_exact(void)
{
    shared = kit_new(&kit_node, 1);
    shared->slot[0] = (rc_object *)kit_new(&kit_node, 2);
    rc_share(shared);
    in_threads(count_shared);
    assert_int_equal(rc_refcount(shared), 1);
    assert_int_equal(rc_refcount(shared->slot[0]), 1);
    RC_CLEAR(shared);
    assert_log("f1 c1 f2 c2");
    assert_int_equal(rc_live_objects(), 0);
}

static void *revive_weakly(void *number)
{
    (void)number;
    for (int i = 0; i < rounds(20000); i++) {
        rc_object *target = rc_weakref_get(shared_weak);
        if (!target) break;
        RC_DECREF(target);
        rc_safepoint();
    }
    return NULL;
}

static void weak_references_to_shared_objects_can_be_read_anywhere(void)
{
    shared = kit_new(&kit_plain, 1);
    shared_weak = rc_weakref_new(shared, NULL, NULL);
    rc_share(shared);
    rc_share(shared_weak);
    in_threads(revive_weakly);
    assert_int_equal(rc_refcount(shared), 1);
    RC_CLEAR(shared);
    assert_null(rc_weakref_get(shared_weak));
    RC_CLEAR(shared_weak);
    assert_int_equal(rc_live_objects(), 0);
}

static void *drop_shared(void *number)
{
    (void)number;
    Node *mine = shared;
    RC_DECREF(mine);
    return NULL;
}

static void the_last_reference_may_be_dropped_by_any_thread(void)
{
    for (int i = 0; i < rounds(200); i++) {
        shared = kit_ring(&kit_plain, 1, 1);
        kit_set(shared, 0, NULL);
        for (int k = 1; k < THREADS; k++) RC_INCREF(shared);
        rc_share(shared);
        in_threads(drop_shared);
        assert_int_equal(rc_live_objects(), 0);
    }
}

/* ---- stopping the world ---------------------------------------------------------------------------------------------- */

static int release_blocked;

static void *block(void *said)
{
    Node *mine = new_node(&kit_plain);
    if (said) rc_blocking_begin();
    __atomic_add_fetch(&release_blocked, 1, __ATOMIC_ACQ_REL);
    while (__atomic_load_n(&release_blocked, __ATOMIC_ACQUIRE) < 2) usleep(1000);
    if (said) rc_blocking_end();
    RC_DECREF(mine);
    return NULL;
}

/* Collects while another thread is blocked; returns what the collection said. */
static ssize_t collect_beside(bool said)
{
    pthread_t thread;
    release_blocked = 0;
    assert_int_equal(pthread_create(&thread, NULL, block, said ? &thread : NULL), 0);
    while (__atomic_load_n(&release_blocked, __ATOMIC_ACQUIRE) < 1) usleep(1000);
    kit_garbage_ring(&kit_plain, 1, 3);
    ssize_t found = rc_gc_collect();
    __atomic_add_fetch(&release_blocked, 1, __ATOMIC_ACQ_REL);
    pthread_join(thread, NULL);
    return found;
}

static void a_thread_that_says_it_blocks_holds_nobody_up(void)
{
    assert_int_equal(collect_beside(true), 3);
    assert_int_equal(rc_live_objects(), 0);
}

static void a_thread_that_blocks_in_silence_cannot_deadlock_a_collection(void)
{
    time_t start = time(NULL);
    collect_beside(false);
    assert_true(time(NULL) - start < 30);
    rc_gc_collect();
    assert_int_equal(rc_live_objects(), 0);
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(every_thread_has_objects_of_its_own),
    KIT_TEST(blocks_may_be_freed_by_other_threads),
    KIT_TEST(counts_of_shared_objects_are_exact),
    KIT_TEST(weak_references_to_shared_objects_can_be_read_anywhere),
    KIT_TEST(the_last_reference_may_be_dropped_by_any_thread),
    KIT_TEST(a_thread_that_says_it_blocks_holds_nobody_up),
    KIT_TEST(a_thread_that_blocks_in_silence_cannot_deadlock_a_collection),
};

KIT_MAIN(tests)
