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

static void a_thread_that_was_silent_is_asked_again_once_it_is_heard_of(void)
{
    ssize_t found = collect_beside(false);
    kit_garbage_ring(&kit_plain, 1, 2);
    assert_int_equal(found + rc_gc_collect(), 3 + 2);
    assert_int_equal(collect_beside(true), 3);
}

/* ---- threads come and go -------------------------------------------------------------------------------------------- */

static void *fill_mailboxes(void *number)
{
    uint64_t state = (uint64_t)(intptr_t)number + 7;
    for (int i = 0; i < 2000; i++) {
        void *fresh = rc_obj_malloc(1 + draw(&state, 500));
        if (!fresh) abort();
        rc_obj_free(__atomic_exchange_n(&mailbox[draw(&state, MAILBOXES)], fresh, __ATOMIC_ACQ_REL));
    }
    return NULL;
}

static void empty_mailboxes(void)
{
    for (int i = 0; i < MAILBOXES; i++) rc_obj_free(__atomic_exchange_n(&mailbox[i], NULL, __ATOMIC_ACQ_REL));
}

/* What is freed here belongs to threads that have ended, or are about to. */
static void threads_may_end_while_others_free_their_blocks(void)
{
    for (int round = 0; round < rounds(30); round++) {
        pthread_t thread[THREADS];
        for (intptr_t i = 0; i < THREADS; i++)
            pthread_create(&thread[i], NULL, fill_mailboxes, (void *)(i + round));
        for (int i = 0; i < 50; i++) empty_mailboxes();
        rc_blocking_begin();
        for (int i = 0; i < THREADS; i++) pthread_join(thread[i], NULL);
        rc_blocking_end();
        assert_int_equal(rc_heap_verify(), 0);
    }
    empty_mailboxes();
    rc_mem_info info;
    rc_mem_trim();
    rc_mem_get_info(&info);
    assert_int_equal(info.blocks_allocated, 0);
    assert_int_equal(info.arenas_current, 0);
}

static void *leave_one_block(void *out)
{
    *(void **)out = rc_obj_malloc(40);
    return NULL;
}

static void a_thread_takes_over_the_heap_of_one_that_ended(void)
{
    void *block[100];
    for (int i = 0; i < 100; i++) {
        pthread_t thread;
        assert_int_equal(pthread_create(&thread, NULL, leave_one_block, &block[i]), 0);
        pthread_join(thread, NULL);
    }
    rc_mem_info info;
    rc_mem_get_info(&info);
    assert_int_equal(info.arenas_current, 1);
    assert_int_equal(info.blocks_allocated, 100);
    for (int i = 0; i < 100; i++) rc_obj_free(block[i]);
    assert_int_equal(rc_heap_verify(), 0);
    rc_mem_get_info(&info);
    assert_int_equal(info.blocks_allocated, 0);
}

static void *free_all(void *blocks)
{
    for (void **p = blocks; *p; p++) rc_obj_free(*p);
    return NULL;
}

static void what_others_free_is_allocated_again(void)
{
    enum { BLOCKS = 20000 };
    static void *block[BLOCKS + 1];
    rc_mem_info before, after;
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < BLOCKS; i++) assert_non_null(block[i] = rc_obj_malloc(48));
        rc_mem_get_info(round ? &after : &before);
        pthread_t thread;
        assert_int_equal(pthread_create(&thread, NULL, free_all, block), 0);
        pthread_join(thread, NULL);
    }
    assert_int_equal(after.arenas_total, before.arenas_total);
    assert_int_equal(after.blocks_allocated, before.blocks_allocated);
}

static rc_arena_allocator arenas_before;
static int arenas_left;

static void *few_arenas(void *ctx, size_t size)
{
    (void)ctx;
    if (__atomic_fetch_sub(&arenas_left, 1, __ATOMIC_RELAXED) <= 0) return NULL;
    return arenas_before.alloc(arenas_before.ctx, size);
}

static void return_arena(void *ctx, void *p, size_t size)
{
    (void)ctx;
    arenas_before.free(arenas_before.ctx, p, size);
}

static void threads_get_along_without_arenas(void)
{
    rc_arena_get_allocator(&arenas_before);
    for (int most = 0; most < 6; most++) {
        arenas_left = most;
        rc_arena_set_allocator(&(rc_arena_allocator){NULL, few_arenas, return_arena});
        in_threads(fill_mailboxes);
        in_threads(build_and_drop);
        empty_mailboxes();
        rc_gc_collect();
        assert_int_equal(rc_live_objects(), 0);
        assert_int_equal(rc_heap_verify(), 0);
        rc_mem_trim();
    }
}

static pthread_t made_in_collection;

static void *use_the_library(void *unused)
{
    (void)unused;
    Node *node = new_node(&kit_plain);
    RC_DECREF(node);
    rc_gc_collect();
    return NULL;
}

static void start_thread(Node *self)
{
    (void)self;
    if (pthread_create(&made_in_collection, NULL, use_the_library, NULL) != 0) abort();
}

static void a_finalizer_in_a_collection_may_start_a_thread(void)
{
    Node *ring = kit_ring(&kit_node, 1, 2);
    ring->on_finalize = start_thread;
    RC_DECREF(ring);
    assert_int_equal(rc_gc_collect(), 2);
    rc_blocking_begin();
    pthread_join(made_in_collection, NULL);
    rc_blocking_end();
    assert_int_equal(rc_live_objects(), 0);
    assert_int_equal(rc_heap_verify(), 0);
}

static int forks_done;

static void *allocate_until_forked(void *number)
{
    while (__atomic_load_n(&forks_done, __ATOMIC_ACQUIRE) == 0) fill_mailboxes(number);
    return NULL;
}

static void use_the_heap_after_fork(void)
{
    for (int i = 0; i < 1000; i++) kit_garbage_ring(&kit_plain, 1, 2);
    rc_gc_collect();
    fill_mailboxes(NULL);
    if (rc_live_objects() != 0) abort();
    if (rc_heap_verify() != 0) abort();
}

static void a_child_process_has_a_heap_in_order(void)
{
    pthread_t thread[3];
    if (KIT_ASAN)
        return; /* its leak checker's own lock may be held across the fork, and nobody is left to release it */
    use_the_heap_after_fork();
    for (intptr_t i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, allocate_until_forked, (void *)i), 0);
    for (int i = 0; i < 10; i++) {
        kit_outcome out;
        kit_run(&out, NULL, use_the_heap_after_fork);
        assert_clean_exit(&out);
    }
    __atomic_store_n(&forks_done, 1, __ATOMIC_RELEASE);
    for (int i = 0; i < 3; i++) pthread_join(thread[i], NULL);
}

/* ---- what sharing reaches ------------------------------------------------------------------------------------------- */

/* Takes and drops references to what *slot holds, as fast as it can. */
static void *hammer(void *slot)
{
    for (int i = 0; i < rounds(20000); i++) {
        rc_object *mine = rc_newref(*(rc_object **)slot);
        RC_XDECREF(mine);
    }
    return NULL;
}

/* The main thread counts *slot too, while others do. */
static void hammer_from_all(rc_object **slot)
{
    pthread_t thread[3];
    size_t before = rc_refcount(*slot);
    for (int i = 0; i < 3; i++) assert_int_equal(pthread_create(&thread[i], NULL, hammer, slot), 0);
    hammer(slot);
    for (int i = 0; i < 3; i++) pthread_join(thread[i], NULL);
    assert_int_equal(rc_refcount(*slot), before);
}

static void what_is_stored_into_a_shared_object_is_shared(void)
{
    Node *owner = kit_new(&kit_plain, 1), *child = kit_new(&kit_plain, 2), *inner = kit_new(&kit_plain, 3);
    rc_share(owner);
    RC_XSETREF(child->slot[0], (rc_object *)inner);
    RC_XSETREF(owner->slot[0], (rc_object *)child);
    hammer_from_all(&owner->slot[0]);
    hammer_from_all(&child->slot[0]);
    RC_DECREF(owner);
    assert_int_equal(rc_live_objects(), 0);
}

static void items_of_shared_containers_are_shared(void)
{
    rc_list *list = rc_list_new();
    rc_dict *dict = rc_dict_new();
    rc_share(list);
    rc_share(dict);
    rc_object *item = (rc_object *)kit_new(&kit_plain, 1), *value = (rc_object *)kit_new(&kit_plain, 2);
    assert_int_equal(rc_list_append(list, item), 0);
    assert_int_equal(rc_dict_set(dict, item, value), 0);
    hammer_from_all(&item);
    hammer_from_all(&value);
    RC_DECREF(item);
    RC_DECREF(value);
    RC_DECREF(list);
    RC_DECREF(dict);
    assert_int_equal(rc_live_objects(), 0);
}

static void a_weak_reference_and_its_target_are_shared_together(void)
{
    rc_object *target = (rc_object *)kit_new(&kit_plain, 1), *other = (rc_object *)kit_new(&kit_plain, 2);
    rc_object *before = (rc_object *)rc_weakref_new(target, NULL, NULL);
    rc_object *alone = (rc_object *)rc_weakref_new(other, NULL, NULL);
    rc_share(target);
    hammer_from_all(&before);
    rc_share(alone);
    hammer_from_all(&other);
    rc_object *after = (rc_object *)rc_weakref_new(target, NULL, NULL);
    assert_ptr_equal(after, before);
    RC_DECREF(after);
    RC_DECREF(target);
    RC_DECREF(other);
    assert_null(rc_weakref_get((rc_weakref *)before));
    assert_null(rc_weakref_get((rc_weakref *)alone));
    RC_DECREF(before);
    RC_DECREF(alone);
    assert_int_equal(rc_live_objects(), 0);
}

static void *intern_names(void *number)
{
    uint64_t state = (uint64_t)(intptr_t)number;
    for (int i = 0; i < rounds(20000); i++) {
        char name[8];
        snprintf(name, sizeof name, "n%u", draw(&state, 10));
        rc_str *a = rc_str_intern(name), *b = rc_str_intern(name);
        if (a != b || strcmp(rc_str_data(a), name) != 0) abort();
        RC_DECREF(a);
        RC_DECREF(b);
    }
    return NULL;
}

static void interned_strings_are_every_threads(void)
{
    in_threads(intern_names);
    assert_int_equal(rc_live_objects(), 0);
}

static int called;

static void count_call(rc_weakref *w, void *arg)
{
    (void)w;
    (void)arg;
    __atomic_add_fetch(&called, 1, __ATOMIC_RELAXED);
}

static void a_callback_runs_once_whoever_drops_the_last_reference(void)
{
    for (int i = 0; i < rounds(200); i++) {
        called = 0;
        shared = kit_new(&kit_plain, 1);
        for (int k = 1; k < THREADS; k++) RC_INCREF(shared);
        rc_share(shared);
        rc_weakref *w = rc_weakref_new(shared, count_call, NULL);
        in_threads(drop_shared);
        assert_int_equal(called, 1);
        assert_null(rc_weakref_get(w));
        RC_DECREF(w);
    }
}

/* ---- all of it at once ---------------------------------------------------------------------------------------------- */

enum { PLACES = 16 };

/* Shared objects and weak references to them, each place with a lock of its own. */
static struct {
    pthread_mutex_t lock;
    rc_object *object;
    rc_weakref *weak;
} place[PLACES];

static rc_object *look(int i)
{
    pthread_mutex_lock(&place[i].lock);
    rc_object *o = rc_newref(place[i].object);
    pthread_mutex_unlock(&place[i].lock);
    return o;
}

static void look_and_leave(int i)
{
    rc_object *o = look(i);
    RC_XDECREF(o);
}

static void put(int i, rc_object *o, rc_weakref *weak)
{
    pthread_mutex_lock(&place[i].lock);
    rc_object *old = place[i].object;
    rc_weakref *old_weak = place[i].weak;
    place[i].object = o;
    place[i].weak = weak;
    pthread_mutex_unlock(&place[i].lock);
    RC_XDECREF(old);
    RC_XDECREF(old_weak);
}

static void publish(int i, uint64_t *state)
{
    Node *node = new_node(draw(state, 2) ? &kit_plain : &kit_table);
    node->slot[1] = (rc_object *)new_node(&kit_plain);
    if (draw(state, 2)) RC_XSETREF(node->slot[2], (rc_object *)rc_newref(node));
    rc_share(node);
    put(i, (rc_object *)node, rc_weakref_new(node, draw(state, 2) ? count_call : NULL, NULL));
}

static void read_weakly(int i)
{
    pthread_mutex_lock(&place[i].lock);
    rc_weakref *w = rc_newref(place[i].weak);
    pthread_mutex_unlock(&place[i].lock);
    rc_object *o = w ? rc_weakref_get(w) : NULL;
    RC_XDECREF(o);
    RC_XDECREF(w);
}

static void *live_dangerously(void *number)
{
    uint64_t state = (uint64_t)(intptr_t)number * 77 + 5;
    for (int i = 0; i < rounds(3000); i++) {
        int at = (int)draw(&state, PLACES);
        switch (draw(&state, 8)) {
        case 0: publish(at, &state); break;
        case 1: read_weakly(at); break;
        case 2: put(at, NULL, NULL); break;
        case 3: kit_garbage_ring(&kit_plain, 1, 3); break;
        case 4:
            rc_obj_free(
                __atomic_exchange_n(&mailbox[at], rc_obj_malloc(1 + draw(&state, 700)), __ATOMIC_ACQ_REL));
            break;
        case 5:
            if (draw(&state, 50) == 0 && rc_heap_verify() != 0) abort();
            if (draw(&state, 50) == 0) rc_gc_collect();
            break;
        default: look_and_leave(at); break;
        }
    }
    return NULL;
}

static void everything_at_once(void)
{
    for (int i = 0; i < PLACES; i++) pthread_mutex_init(&place[i].lock, NULL);
    for (int round = 0; round < 4; round++) in_threads(live_dangerously);
    for (int i = 0; i < PLACES; i++) put(i, NULL, NULL);
    empty_mailboxes();
    rc_gc_collect();
    rc_gc_collect();
    assert_int_equal(rc_live_objects(), 0);
    assert_int_equal(rc_heap_verify(), 0);
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(every_thread_has_objects_of_its_own),
    KIT_TEST(blocks_may_be_freed_by_other_threads),
    KIT_TEST(counts_of_shared_objects_are_exact),
    KIT_TEST(weak_references_to_shared_objects_can_be_read_anywhere),
    KIT_TEST(the_last_reference_may_be_dropped_by_any_thread),
    KIT_TEST(a_thread_that_says_it_blocks_holds_nobody_up),
    KIT_TEST(a_thread_that_blocks_in_silence_cannot_deadlock_a_collection),
    KIT_TEST(a_thread_that_was_silent_is_asked_again_once_it_is_heard_of),
    KIT_TEST(threads_may_end_while_others_free_their_blocks),
    KIT_TEST(a_thread_takes_over_the_heap_of_one_that_ended),
    KIT_TEST(what_others_free_is_allocated_again),
    KIT_TEST(threads_get_along_without_arenas),
    KIT_TEST(a_finalizer_in_a_collection_may_start_a_thread),
    KIT_TEST(a_child_process_has_a_heap_in_order),
    KIT_TEST(what_is_stored_into_a_shared_object_is_shared),
    KIT_TEST(items_of_shared_containers_are_shared),
    KIT_TEST(a_weak_reference_and_its_target_are_shared_together),
    KIT_TEST(interned_strings_are_every_threads),
    KIT_TEST(a_callback_runs_once_whoever_drops_the_last_reference),
    KIT_TEST(everything_at_once),
};

KIT_MAIN(tests)
