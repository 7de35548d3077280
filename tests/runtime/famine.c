/* SPDX-License-Identifier: MIT
 *
 * Hostility: in a run of each part of the interface every request for memory fails once, whoever makes it. Beside the
 * domains' and the arenas', through hooks, the library's own requests to the system are counted: the linker leads them
 * here (--wrap).
 *
 * Each refusal has a process of its own, in which the library starts anew. After it nothing may be left behind, the
 * heap is sound, the same run succeeds at the second try, and shutting down finds nothing.
 */
#include "kit.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- requests ------------------------------------------------------------------------------------------- */

/* The request that takes `left` to 0 is refused. */
static long left;
static bool refused;

static bool refuse(void)
{
    if (left == 0 || __atomic_sub_fetch(&left, 1, __ATOMIC_RELAXED) != 0) return false;
    refused = true;
    errno = ENOMEM;
    return true;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *p, size_t size);
void *__real_mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset);
void *__real_mremap(void *p, size_t size, size_t wanted, int flags, ...);
FILE *__real_open_memstream(char **text, size_t *size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *p, size_t size);
void *__wrap_mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset);
void *__wrap_mremap(void *p, size_t size, size_t wanted, int flags, ...);
FILE *__wrap_open_memstream(char **text, size_t *size);

void *__wrap_malloc(size_t size)
{
    return refuse() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return refuse() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    return refuse() ? NULL : __real_realloc(p, size);
}

void *__wrap_mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
    return refuse() ? MAP_FAILED : __real_mmap(at, size, protection, flags, fd, offset);
}

void *__wrap_mremap(void *p, size_t size, size_t wanted, int flags, ...)
{
    return refuse() ? MAP_FAILED : __real_mremap(p, size, wanted, flags);
}

FILE *__wrap_open_memstream(char **text, size_t *size)
{
    return refuse() ? NULL : __real_open_memstream(text, size);
}

/* ---- hooks that refuse ------------------------------------------------------------------------------------ */

static struct {
    rc_allocator next[3];
    rc_arena_allocator arenas;
} real;

static void *hook_malloc(void *ctx, size_t size)
{
    const rc_allocator *next = ctx;
    return refuse() ? NULL : next->malloc(next->ctx, size);
}

static void *hook_calloc(void *ctx, size_t count, size_t size)
{
    const rc_allocator *next = ctx;
    return refuse() ? NULL : next->calloc(next->ctx, count, size);
}

static void *hook_realloc(void *ctx, void *p, size_t size)
{
    const rc_allocator *next = ctx;
    return refuse() ? NULL : next->realloc(next->ctx, p, size);
}

static void hook_free(void *ctx, void *p)
{
    const rc_allocator *next = ctx;
    next->free(next->ctx, p);
}

static void *hook_arena(void *ctx, size_t size)
{
    const rc_arena_allocator *next = ctx;
    return refuse() ? NULL : next->alloc(next->ctx, size);
}

static void hook_arena_free(void *ctx, void *p, size_t size)
{
    const rc_arena_allocator *next = ctx;
    next->free(next->ctx, p, size);
}

static void install_hooks(void)
{
    for (int d = RC_DOMAIN_RAW; d <= RC_DOMAIN_OBJ; d++) {
        rc_mem_get_allocator((rc_domain)d, &real.next[d]);
        rc_allocator hook = {&real.next[d], hook_malloc, hook_calloc, hook_realloc, hook_free};
        rc_mem_set_allocator((rc_domain)d, &hook);
    }
    rc_arena_get_allocator(&real.arenas);
    rc_arena_allocator hook = {&real.arenas, hook_arena, hook_arena_free};
    rc_arena_set_allocator(&hook);
}

/* ---- one refusal ------------------------------------------------------------------------------------------ */

enum { REFUSED, NOT_REFUSED, BROKEN };

static int fault(const char *what)
{
    fprintf(stderr, "%s\n", what);
    return BROKEN;
}

static int check_nothing_left(void)
{
    rc_error_clear();
    rc_gc_collect();
    if (rc_live_objects() != 0) return fault("objects are left");
    if (rc_heap_verify() != 0) return fault("the heap is damaged");
    return REFUSED;
}

/* How much of the run is short of memory, and by whose hand. */
enum { TO_THE_END = 1, BY_HOOKS = 2, MODES = 4 };

static int starve_once(void (*use)(void), long n, int mode)
{
    if (mode & BY_HOOKS) install_hooks();
    left = n;
    use();
    if (mode & TO_THE_END) rc_shutdown();
    left = 0;
    bool was_refused = refused;
    if (check_nothing_left() == BROKEN) return BROKEN;
    use();
    if (check_nothing_left() == BROKEN) return BROKEN;
    rc_shutdown();
    rc_mem_info info;
    rc_mem_get_info(&info);
    if (info.arenas_current != 0) return fault("arenas are left after shutdown");
    return was_refused ? REFUSED : NOT_REFUSED;
}

static int starve_in_child(void (*use)(void), long n, int mode)
{
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        int result = starve_once(use, n, mode);
        fflush(NULL);
        exit(result);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) fail_msg("no child process");
    return WIFEXITED(status) ? WEXITSTATUS(status) : BROKEN;
}

/* Where each process is slow some of the refusals have to do. */
static bool is_slow(void)
{
    const char *emulator = getenv("KIT_EMULATOR");
    return kit_under_valgrind() || (emulator && *emulator);
}

static long next(long n)
{
    if (is_slow()) return n > 2 ? n * 2 : n + 1;
    return n + 1 + (KIT_ASAN ? n / 4 : 0);
}

static void starve(void (*use)(void), const char *settings)
{
    setenv("RECOUNT_DEBUG", settings, 1);
    for (int mode = 0; mode < MODES; mode++) {
        for (long n = 1;; n = next(n)) {
            int result = starve_in_child(use, n, mode);
            if (result == NOT_REFUSED) break;
            if (result != REFUSED) fail_msg("settings `%s', mode %d: request %ld refused", settings, mode, n);
            if (n > 20000) fail_msg("no end");
        }
    }
    unsetenv("RECOUNT_DEBUG");
}

static void starve_with_all_settings(void (*use)(void))
{
    starve(use, "");
    if (!is_slow()) starve(use, "fill");
    starve(use, "trace");
}

static void drop(void *p)
{
    rc_object *object = p;
    RC_XDECREF(object);
}

static FILE *nowhere;

static FILE *open_nowhere(void)
{
    if (!nowhere) nowhere = fopen("/dev/null", "w");
    return nowhere;
}

/* ---- memory -------------------------------------------------------------------------------------------------- */

static const struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void (*free)(void *);
} domain[] = {{rc_raw_malloc, rc_raw_calloc, rc_raw_realloc, rc_raw_free},
              {rc_mem_malloc, rc_mem_calloc, rc_mem_realloc, rc_mem_free},
              {rc_obj_malloc, rc_obj_calloc, rc_obj_realloc, rc_obj_free}};

/* A block that could not be moved is as it was. */
static void resize_blocks(int d, size_t from, size_t to)
{
    unsigned char *p = domain[d].malloc(from), *q;
    if (!p) return;
    memset(p, 7, from);
    q = domain[d].realloc(p, to);
    assert_true(kit_all_are(q ? q : p, from < to ? from : to, 7));
    domain[d].free(q ? q : p);
}

static void use_memory(void)
{
    static const size_t sizes[] = {0, 1, 16, 100, 400, 512, 513, 5000, 200000};
    for (int d = 0; d < 3; d++) {
        for (int i = 0; i < 9; i++) {
            domain[d].free(domain[d].malloc(sizes[i]));
            unsigned char *zeroed = domain[d].calloc(3, sizes[i]);
            if (zeroed) assert_true(kit_all_are(zeroed, 3 * sizes[i], 0));
            domain[d].free(zeroed);
            domain[d].free(domain[d].realloc(NULL, sizes[i]));
            resize_blocks(d, sizes[i], sizes[8 - i]);
        }
    }
    rc_mem_trim();
    rc_mem_stats(open_nowhere());
}

static void memory(void)
{
    starve_with_all_settings(use_memory);
}

/* ---- objects --------------------------------------------------------------------------------------------------- */

static const rc_type large = {.name = "Large",
                              .size = sizeof(Node),
                              .item_size = 1,
                              .flags = RC_TYPE_GC,
                              .traverse = kit_traverse,
                              .clear = kit_clear};

static void use_objects(void)
{
    static const rc_type *const types[] = {&kit_plain, &kit_table, &kit_leaf, &kit_node, &large};
    Node *first = NULL;
    for (int i = 0; i < 30; i++) {
        const rc_type *type = types[i % 5];
        Node *node = (Node *)(type == &large ? rc_alloc_items(type, (size_t)i * 200) : rc_alloc(type));
        if (!node) continue;
        if (!first) {
            first = node;
            continue;
        }
        kit_set(first, i % KIT_SLOTS, node);
        if (type != &kit_leaf) kit_set(node, 0, first);
        drop(node);
    }
    if (first) kit_set(first, 0, NULL);
    drop(first);
    kit_log_take();
}

static void objects(void)
{
    starve_with_all_settings(use_objects);
}

static void ignore(rc_weakref *w, void *arg)
{
    ++*(int *)arg;
    drop(rc_weakref_new(w, NULL, NULL));
}

static void watch_and_die(Node *node)
{
    int deaths = 0, expected = 0;
    rc_weakref *w[5];
    rc_object *slot[4] = {NULL};
    for (int i = 0; i < 5; i++) {
        w[i] = rc_weakref_new(node, i % 2 ? ignore : NULL, &deaths);
        expected += i % 2 && w[i];
    }
    for (int i = 0; i < 4; i++) {
        rc_weak_store(&slot[i], (rc_object *)node);
        assert_true(slot[i] || rc_error_occurred());
        rc_error_clear();
        drop(rc_weak_load(&slot[i]));
    }
    rc_weak_store(&slot[3], NULL);
    assert_true(rc_weakref_count(node) <= 3);
    drop(node);
    rc_gc_collect();
    assert_int_equal(deaths, expected);
    for (int i = 0; i < 5; i++) {
        if (w[i]) assert_null(rc_weakref_get(w[i]));
        drop(w[i]);
    }
    for (int i = 0; i < 4; i++) {
        assert_null(rc_weak_load(&slot[i]));
        rc_weak_fini(&slot[i]);
    }
}

static void use_weak_references(void)
{
    Node *node = (Node *)rc_alloc(&kit_plain), *cyclic = (Node *)rc_alloc(&kit_plain);
    if (cyclic) kit_set(cyclic, 0, cyclic);
    if (node) watch_and_die(node);
    if (cyclic) watch_and_die(cyclic);
}

static void weak_references(void)
{
    starve_with_all_settings(use_weak_references);
}

static void use_buffers(void)
{
    Node **buffer = rc_array_new(Node, 3);
    for (size_t n = 3; n < 300; n *= 3) {
        size_t before = rc_array_len(buffer);
        if (before > 0 && !buffer[before - 1]) buffer[before - 1] = (Node *)rc_alloc(&kit_plain);
        if (rc_array_resize(Node, buffer, before, n) != 0) assert_int_equal(rc_array_len(buffer), before);
    }
    (void)rc_array_resize(Node, buffer, rc_array_len(buffer), 2);
    rc_array_free(Node, buffer);
    rc_array_free(Node, rc_array_new(Node, 0));
}

static void buffers(void)
{
    starve_with_all_settings(use_buffers);
}

static const rc_type singleton = {.name = "Singleton", .size = sizeof(Node), .flags = RC_TYPE_SINGLETON};

static void use_interning(void)
{
    rc_object *seen[140];
    bool created;
    for (int i = 0; i < 140; i++) {
        int key = i / 2;
        seen[i] = rci_intern(&kit_plain, &key, sizeof key, &created, RCI_SITE);
        if (i % 2 && seen[i] && seen[i - 1]) assert_ptr_equal(seen[i], seen[i - 1]);
        if (!seen[i]) assert_false(created);
    }
    for (int i = 0; i < 140; i++) drop(seen[i]);
    rc_object *one = rc_alloc(&singleton), *other = rc_alloc(&singleton);
    if (one && other) assert_ptr_equal(one, other);
    drop(one);
    drop(other);
}

static void interning(void)
{
    starve_with_all_settings(use_interning);
}

/* ---- the collector -------------------------------------------------------------------------------------------- */

static void ignore_phase(rc_gc_phase phase, const rc_gc_info *info, void *arg)
{
    (void)phase, (void)info, (void)arg;
    drop(rc_alloc(&kit_plain));
}

static Node *escaped;

static void escape(rc_object *self)
{
    if (!escaped) escaped = rc_newref((Node *)self);
    drop(rc_alloc(&kit_plain));
}

static const rc_type escaping = {.name = "Escaping",
                                 .size = sizeof(Node),
                                 .flags = RC_TYPE_GC,
                                 .traverse = kit_traverse,
                                 .clear = kit_clear,
                                 .finalize = escape};

static const rc_type unclearable = {
    .name = "Unclearable", .size = sizeof(Node), .flags = RC_TYPE_GC, .traverse = kit_traverse};

static void leave_loops(void)
{
    static const rc_type *const types[] = {&kit_plain, &escaping, &unclearable};
    for (int i = 0; i < 30; i++) {
        Node *node = (Node *)rc_alloc(types[i % 3]);
        if (node) kit_set(node, 0, node);
        drop(node);
    }
}

/* What the garbage list had no room for is found again. */
static void clear_garbage(void)
{
    rc_object *out[64];
    for (int pass = 0; pass < 3; pass++) {
        rc_gc_collect();
        size_t n = rc_gc_garbage(out, 64);
        for (size_t i = 0; i < n && i < 64; i++) RC_CLEAR(((Node *)out[i])->slot[0]);
        rc_gc_clear_garbage();
        RC_CLEAR(escaped);
    }
}

static void use_collector(void)
{
    char tag[10];
    bool added[10];
    rc_object *out[8];
    for (int i = 0; i < 10; i++) added[i] = rc_gc_add_callback(ignore_phase, &tag[i]) == 0;
    leave_loops();
    rc_gc_collect_generation(0);
    rc_gc_collect_generation(1);
    rc_gc_set_debug(RC_GC_DEBUG_SAVEALL);
    leave_loops();
    rc_gc_collect();
    rc_gc_set_debug(0);
    rc_gc_freeze();
    rc_gc_get_objects(-1, out, 8);
    rc_gc_unfreeze();
    Node *node = (Node *)rc_alloc(&kit_plain);
    if (node) rc_gc_get_referrers(node, out, 8);
    if (node) rc_gc_get_referents(node, out, 8);
    drop(node);
    for (int i = 0; i < 10; i++)
        assert_int_equal(rc_gc_remove_callback(ignore_phase, &tag[i]), added[i] ? 0 : -1);
    clear_garbage();
}

static void collector(void)
{
    starve_with_all_settings(use_collector);
}

/* ---- builtins ---------------------------------------------------------------------------------------------------- */

static void use_values(void)
{
    rc_str *a = rc_str_new("a string that is not so short"), *b = rc_str_intern("another");
    rc_str *sized = rc_str_new_size("sized", 3), *again = rc_str_intern("another");
    rc_str *both = a && b ? rc_str_concat(a, b) : NULL;
    if (b && again) assert_ptr_equal(b, again);
    drop(rc_int_new(3));
    for (int i = 0; i < 100; i++) drop(rc_int_new(123456789 + i));
    drop(rc_float_new(0.5));
    drop(rc_bytes_new(NULL, 700));
    drop(rc_bytes_new("abc", 3));
    drop(rc_tuple_new(0));
    drop(sized);
    drop(again);
    drop(both);
    drop(a);
    drop(b);
}

static void values(void)
{
    starve_with_all_settings(use_values);
}

static void use_sequences(rc_int *value, rc_list *l, rc_tuple *t, size_t i)
{
    size_t n = l ? rc_list_len(l) : 0;
    if (l && rc_list_append(l, value) != 0) assert_int_equal(rc_list_len(l), n);
    if (l && i % 8 == 0) (void)rc_list_insert(l, 1, value);
    if (l && i % 8 == 1) (void)rc_list_set(l, 0, value);
    if (l && i % 8 == 2) (void)rc_list_remove(l, 0);
    if (l && i % 8 == 3) drop(rc_list_pop(l));
    if (t && i < 3) (void)rc_tuple_set(t, i, rc_newref(value));
}

static void use_tables(rc_int *value, rc_dict *d, rc_set *s, size_t i)
{
    size_t n = d ? rc_dict_len(d) : 0, m = s ? rc_set_len(s) : 0;
    if (d && rc_dict_set(d, value, value) != 0) assert_int_equal(rc_dict_len(d), n);
    if (d && rc_dict_len(d) > n) assert_ptr_equal(rc_dict_get(d, value), value);
    if (s && rc_set_add(s, value) != 0) assert_int_equal(rc_set_len(s), m);
    if (s) assert_int_equal(rc_set_contains(s, value), rc_set_len(s) > m);
    if (d && i % 5 == 0) (void)rc_dict_remove(d, value);
    if (s && i % 5 == 1) (void)rc_set_remove(s, value);
}

static void use_containers(void)
{
    rc_list *l = rc_list_new();
    rc_dict *d = rc_dict_new();
    rc_set *s = rc_set_new();
    rc_tuple *t = rc_tuple_new(3);
    for (size_t i = 0; i < 40; i++) {
        rc_int *value = rc_int_new(1000 + (int64_t)i);
        if (!value) continue;
        use_sequences(value, l, t, i);
        use_tables(value, d, s, i);
        drop(value);
        rc_error_clear();
    }
    if (l && d) (void)rc_list_append(l, d);
    if (t && l) (void)rc_tuple_set(t, 0, rc_newref(l));
    if (t && l) (void)rc_list_append(l, t);
    if (s && t) (void)rc_set_add(s, t);
    if (d) rc_dict_clear(d);
    if (s) rc_set_clear(s);
    drop(d);
    drop(s);
    drop(t);
    drop(l);
}

static void containers(void)
{
    starve_with_all_settings(use_containers);
}

/* ---- looking at the heap -------------------------------------------------------------------------------------------- */

static void use_tracing(void)
{
    size_t now = 1, peak;
    rc_trace_start();
    Node *a = (Node *)rc_alloc(&kit_plain), *b = (Node *)rc_alloc(&kit_leaf);
    Node **buffer = rc_array_new(Node, 10);
    void *block = rc_raw_malloc(100);
    rc_list *l = rc_list_new();
    for (int i = 0; l && a && i < 20; i++) (void)rc_list_append(l, a);
    if (a) (void)rc_trace_site(a);
    rc_trace_report(open_nowhere());
    rc_leak_report(open_nowhere());
    rc_trace_stop();
    rc_trace_get(&now, &peak);
    assert_true(now <= peak);
    drop(l);
    drop(a);
    drop(b);
    rc_array_free(Node, buffer);
    rc_raw_free(block);
    rc_trace_get(&now, NULL);
    assert_int_equal(now, 0);
}

static void tracing(void)
{
    starve(use_tracing, "");
    starve(use_tracing, "fill,leaks,stats");
}

static void call(int depth)
{
    static const char *const name[] = {"a", "b", "c", "d", "e"};
    rc_profile_enter(name[depth % 5], "file.c", depth);
    drop(rc_alloc(&kit_plain));
    if (depth < 12) call(depth + 1);
    if (depth < 12 && depth % 3 == 0) call(depth + 4);
    rc_profile_leave();
}

static void use_profile(void)
{
    rc_profile_row row[64];
    call(0);
    size_t n = rc_profile_get(row, 64);
    for (size_t i = 0; i < n && i < 64; i++)
        assert_true(row[i].total_ns >= row[i].own_ns || row[i].calls > 1);
    rc_profile_reset();
    assert_int_equal(rc_profile_get(NULL, 0), 0);
    rc_profile_leave();
}

static void profile(void)
{
    starve(use_profile, "");
}

/* Leaks, collected cycles and the profile go to the spool. */
static void use_spool(void)
{
    leave_loops();
    call(0);
    kit_garbage_ring(&kit_plain, 1, 3);
    clear_garbage();
}

static void use_spool_if_there_is_memory(void)
{
    if (left == 0) {
        use_spool();
        return;
    }
    leave_loops();
    call(0);
    clear_garbage();
}

static void spool(void)
{
    char path[] = "/tmp/recount-famine-XXXXXX", spooled[64];
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    setenv("RECOUNT_DB", path, 1);
    starve(use_spool_if_there_is_memory, "");
    starve(use_spool_if_there_is_memory, "leaks,trace");
    unsetenv("RECOUNT_DB");
    snprintf(spooled, sizeof spooled, "%s.spool", path);
    unlink(path);
    unlink(spooled);
}

/* ---- threads ---------------------------------------------------------------------------------------------------------- */

#ifdef RECOUNT_THREADS
static Node *common;

static void *live_in_a_thread(void *arg)
{
    (void)arg;
    for (int i = 0; i < 10; i++) {
        Node *node = (Node *)rc_alloc(&kit_plain);
        if (node) kit_set(node, 0, common);
        if (common && node) kit_set(common, i % KIT_SLOTS, node);
        drop(node);
        rc_obj_free(rc_obj_malloc(100));
    }
    rc_safepoint();
    return NULL;
}

static void use_threads(void)
{
    pthread_t thread;
    common = (Node *)rc_alloc(&kit_plain);
    rc_share(common);
    if (pthread_create(&thread, NULL, live_in_a_thread, NULL) != 0) fail_msg("no thread");
    rc_blocking_begin();
    pthread_join(thread, NULL);
    rc_blocking_end();
    RC_CLEAR(common);
}

static void threads(void)
{
    starve_with_all_settings(use_threads);
}
#endif

static const struct CMUnitTest tests[] = {
    KIT_TEST(memory),    KIT_TEST(objects),   KIT_TEST(weak_references), KIT_TEST(buffers),
    KIT_TEST(interning), KIT_TEST(collector), KIT_TEST(values),          KIT_TEST(containers),
    KIT_TEST(tracing),   KIT_TEST(profile),   KIT_TEST(spool),
#ifdef RECOUNT_THREADS
    KIT_TEST(threads),
#endif
};

KIT_MAIN(tests)
