/* SPDX-License-Identifier: MIT
 *
 * Serial numbers, which keep the order of allocation beside a 32-bit count: they run out, and all objects are numbered
 * anew. Looks inside the library, to get there sooner.
 */
#include "gc_p.h"

#include "kit.h"

#include <pthread.h>

/* The next object asks for serials, and there are only `runs` runs of them left before it is time for new ones. */
static void come_near_the_end(unsigned runs)
{
    rci_heap *heap = rci_heap_self();
    rci_gc.serial = RCI_SERIALS_ENOUGH - runs * 1024 * RCI_SERIAL_UNIT;
    rci_gc.serial += RCI_SERIAL_UNIT - rci_gc.serial % RCI_SERIAL_UNIT;
    heap->serial = heap->serial_last = rci_gc.serial;
}

static uint32_t serial(const void *p)
{
    return ((const rc_object *)p)->word / RCI_SERIAL_UNIT;
}

static void drop(void *p)
{
    rc_object *object = p;
    RC_DECREF(object);
}

static void assert_finalized_in_order(int from, int n)
{
    static char expected[65536];
    size_t used = 0;
    for (int i = from; i < from + n; i++)
        used += (size_t)snprintf(expected + used, sizeof expected - used, "%sf%d", i > from ? " " : "", i);
    assert_log(expected);
}

/* Trash that is not in the order of its addresses: what is freed in between is used again. */
static const rc_type quiet = {
    .name = "Quiet", .size = sizeof(Node), .flags = RC_TYPE_GC, .traverse = kit_traverse, .clear = kit_clear};

static Node *scattered(int first, int n)
{
    Node *hole[200], *head = NULL, *last = NULL;
    for (int i = 0; i < 200; i++) hole[i] = kit_new(&quiet, 0);
    for (int i = 0; i < 200; i++) drop(hole[i * 77 % 200]);
    for (int i = 0; i < n; i++) {
        Node *node = kit_new(&kit_table, first + i);
        if (!head) head = node;
        if (last) last->slot[0] = (rc_object *)node;
        last = node;
    }
    kit_set(last, 0, head);
    return head;
}

static void objects_keep_their_order_when_they_are_numbered_anew(void)
{
    rc_gc_disable();
    Node *a = scattered(1, 100);
    come_near_the_end(0);
    uint32_t before = serial(a);
    Node *b = scattered(101, 100);
    assert_true(serial(a) < serial(b));
    assert_true(serial(b) < 2000);
    assert_true(serial(a) != before || before < 2000);
    assert_int_equal(rc_heap_verify(), 0);
    drop(b);
    drop(a);
    assert_int_equal(rc_gc_collect(), 200);
    assert_finalized_in_order(1, 200);
}

/* Whatever state they are in: frozen, old, young, outside the pools, untracked for what they hold. */
static void objects_of_every_kind_are_numbered(void)
{
    static const rc_type large = {.name = "Large",
                                  .size = sizeof(Node) + 4096,
                                  .flags = RC_TYPE_GC,
                                  .traverse = kit_traverse,
                                  .clear = kit_clear};
    const void *o[8];
    int n = 0;
    rc_gc_disable();
    o[n++] = kit_new(&quiet, 0);
    o[n++] = kit_new(&large, 0);
    rc_gc_freeze();
    o[n++] = kit_new(&quiet, 0);
    o[n++] = rc_tuple_new(2);
    o[n++] = kit_new(&large, 0);
    rc_gc_collect();
    assert_false(rc_gc_is_tracked(o[3]));
    o[n++] = kit_new(&quiet, 0);
    come_near_the_end(0);
    o[n++] = kit_new(&quiet, 0);
    o[n++] = kit_new(&large, 0);
    for (int i = 0; i < n; i++) assert_int_equal(serial(o[i]), i + 1);
    assert_int_equal(rc_gc_freeze_count(), 2);
    assert_int_equal(rc_heap_verify(), 0);
}

static void make_more(Node *self)
{
    for (int i = 0; i < 3000; i++) drop(kit_new(&quiet, 0));
    kit_garbage_ring(&kit_table, self->id + 1, 1);
}

/* That waits: what a finalizer makes then is still younger than what was there. */
static void serials_that_run_out_in_a_collection(void)
{
    rc_gc_disable();
    Node *ring = kit_ring(&kit_table, 1, 1), *kept = kit_ring(&kit_table, 2, 1);
    ring->on_finalize = make_more;
    ring->id = 2;
    drop(ring);
    kept->id = 1;
    come_near_the_end(0);
    assert_int_equal(rc_gc_collect(), 1);
    assert_log("f2");
    drop(kept);
    assert_int_equal(rc_gc_collect(), 2);
    assert_log("f1 f3");
    uint32_t large = rci_gc.serial;
    for (int i = 0; i < 2000; i++) drop(kit_new(&quiet, 0));
    assert_true(rci_gc.serial < large / 100);
}

/* Numbers that are equal, or in no order at all, hide no cycle. */
static void the_order_of_allocation_may_be_wrong(void)
{
    rc_gc_disable();
    for (int shape = 0; shape < 4; shape++) {
        for (int n = 1; n < 6; n++) {
            Node *ring = kit_ring(&quiet, 1, n), *node = ring;
            for (int i = 0; i < n; i++) {
                uint32_t wrong = shape == 0   ? 7u
                                 : shape == 1 ? 100u - (uint32_t)i
                                 : shape == 2 ? (uint32_t)i * 5 % 3
                                              : 0;
                node->rc_head.word = (node->rc_head.word & (RCI_SERIAL_UNIT - 1)) | wrong * RCI_SERIAL_UNIT;
                node = (Node *)node->slot[0];
            }
            drop(ring);
            assert_int_equal(rc_gc_collect_generation(shape % 3), n);
        }
    }
    assert_int_equal(rc_live_objects(), 0);
}

/* The way there without a short cut. */
static void every_serial_is_given_out(void)
{
    if (kit_under_valgrind() || KIT_ASAN) return;
    rc_gc_disable();
    Node *old = kit_ring(&kit_table, 1, 1);
    uint32_t given = 0;
    for (uint32_t last = 0; given < 55000000; given++) {
        Node *node = (Node *)rc_alloc(&quiet);
        uint32_t now = serial(node);
        drop(node);
        if (now < last) break;
        last = now;
    }
    assert_in_range(given, RCI_SERIALS_ENOUGH / RCI_SERIAL_UNIT - 2048,
                    RCI_SERIALS_ENOUGH / RCI_SERIAL_UNIT + 2048);
    kit_garbage_ring(&kit_table, 2, 1);
    drop(old);
    assert_int_equal(rc_gc_collect(), 2);
    assert_log("f1 f2");
}

#ifdef RECOUNT_THREADS
static void *allocate_in_order(void *arg)
{
    uint32_t last = 0;
    int *falls = arg;
    for (int i = 0; i < 200000; i++) {
        Node *node = (Node *)rc_alloc(&quiet);
        if (!node) abort();
        *falls += serial(node) < last;
        last = serial(node);
        drop(node);
    }
    return NULL;
}
#endif

/* Each sees its own serials grow, but for the one moment. */
static void threads_are_given_new_serials_together(void)
{
#ifdef RECOUNT_THREADS
    pthread_t thread[4];
    int falls[4] = {0};
    Node *before = kit_new(&quiet, 0);
    come_near_the_end(20);
    for (int i = 0; i < 4; i++) pthread_create(&thread[i], NULL, allocate_in_order, &falls[i]);
    rc_blocking_begin();
    for (int i = 0; i < 4; i++) pthread_join(thread[i], NULL);
    rc_blocking_end();
    for (int i = 0; i < 4; i++) assert_true(falls[i] <= 1);
    assert_true(rci_gc.serial < RCI_SERIALS_ENOUGH / 2);
    Node *after = kit_new(&quiet, 0);
    assert_true(serial(before) < serial(after));
    assert_int_equal(rc_heap_verify(), 0);
#endif
}

static const struct CMUnitTest tests[] = {
    KIT_TEST(objects_keep_their_order_when_they_are_numbered_anew),
    KIT_TEST(objects_of_every_kind_are_numbered),
    KIT_TEST(serials_that_run_out_in_a_collection),
    KIT_TEST(the_order_of_allocation_may_be_wrong),
    KIT_TEST(every_serial_is_given_out),
    KIT_TEST(threads_are_given_new_serials_together),
};

KIT_MAIN(tests)
