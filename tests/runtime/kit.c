/* SPDX-License-Identifier: MIT */
#include "kit.h"

#include <pthread.h>

#include <fcntl.h>
#include <inttypes.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- tests in children ------------------------------------------------------------------------------------
 */

/* Reads `fd` to its end; what does not fit is dropped, so that the writer never blocks. */
static void drain(int fd, char *text, size_t size)
{
    size_t used = 0;
    char rest[512];
    for (;;) {
        bool fits = used + 1 < size;
        ssize_t got = fits ? read(fd, text + used, size - 1 - used) : read(fd, rest, sizeof rest);
        if (got <= 0) break;
        if (fits) used += (size_t)got;
    }
    text[used] = '\0';
}

/* Forks; the child's standard output and error go to `*reader`. Returns as fork does. */
static pid_t fork_captured(int *reader)
{
    int ends[2];
    fflush(NULL);
    if (pipe(ends) != 0) return -1;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
    }
    close(ends[1]);
    *reader = ends[0];
    return child;
}

static void finish(kit_outcome *out, pid_t child, int reader)
{
    drain(reader, out->text, sizeof out->text);
    close(reader);
    waitpid(child, &out->status, 0);
}

/* Where fn lies in the program, whatever address that was loaded at. */
static intptr_t offset_of(kit_test fn)
{
    return (intptr_t)fn - (intptr_t)kit_main;
}

/* Becomes this program again, told to run fn alone. */
static void exec_again(const char *env, kit_test fn)
{
    char offset[32], path[4096], *args[16];
    int n = 0;
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length < 0) _exit(126);
    path[length] = '\0';
    snprintf(offset, sizeof offset, "%" PRIdPTR, offset_of(fn));
    char *emulator = getenv("KIT_EMULATOR");
    for (char *word = emulator ? strtok(emulator, " ") : NULL; word && n < 10; word = strtok(NULL, " "))
        args[n++] = word;
    args[n++] = path;
    args[n++] = (char *)(uintptr_t) "--run";
    args[n++] = offset;
    args[n] = NULL;
    putenv((char *)(uintptr_t)env);
    execvp(args[0], args);
    _exit(126);
}

void kit_run(kit_outcome *out, const char *env, kit_test fn)
{
    int reader = -1;
    pid_t child = fork_captured(&reader);
    if (child == 0) {
        if (env) exec_again(env, fn);
        fn();
        exit(0);
    }
    if (child < 0) fail_msg("cannot fork");
    finish(out, child, reader);
}

bool kit_exited_cleanly(const kit_outcome *out)
{
    return WIFEXITED(out->status) && WEXITSTATUS(out->status) == 0;
}

bool kit_died(const kit_outcome *out)
{
    return !kit_exited_cleanly(out);
}

static kit_test isolated; /* in a child: the test to run */

static void run_isolated_test(void **state)
{
    (void)state;
    isolated();
}

void kit_run_isolated(void **state)
{
    static kit_outcome out;
    int reader = -1;
    isolated = *(kit_test *)*state;
    pid_t child = fork_captured(&reader);
    if (child == 0) {
        cmocka_set_test_filter(NULL);
        const struct CMUnitTest alone[] = {{"isolated", run_isolated_test, NULL, NULL, NULL}};
        int failures = cmocka_run_group_tests(alone, NULL, NULL);
        fflush(NULL);
        /* Tests leave garbage on purpose: what happens at exit is a test of its own. */
        _exit(failures != 0);
    }
    if (child < 0) fail_msg("cannot fork");
    finish(&out, child, reader);
    if (!kit_exited_cleanly(&out)) fail_msg("status %#x\n%s", (unsigned)out.status, out.text);
}

int kit_main(int argc, char **argv, const struct CMUnitTest *tests, size_t count)
{
    if (argc > 2 && strcmp(argv[1], "--run") == 0) {
        ((kit_test)((intptr_t)kit_main + atol(argv[2])))();
        return 0;
    }
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    return _cmocka_run_group_tests(argv[0], tests, count, NULL, NULL);
}

bool kit_under_valgrind(void)
{
    return getenv("KIT_VALGRIND") != NULL;
}

/* ---- memory -------------------------------------------------------------------------------------------------- */

__attribute__((no_sanitize_address, noinline)) bool kit_all_are(const volatile unsigned char *p, size_t n,
                                                                unsigned char byte)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] != byte) return false;
    return true;
}

/* ---- the log ----------------------------------------------------------------------------------------------
 */

static struct {
    char text[2][65536];
    int side;
    size_t used;
} story;

/* Finalizers may run in several threads at once. */
static pthread_mutex_t story_lock = PTHREAD_MUTEX_INITIALIZER;

void kit_log(const char *format, ...)
{
    pthread_mutex_lock(&story_lock);
    char *text = story.text[story.side];
    size_t room = sizeof story.text[0] - story.used;
    if (story.used > 0 && room > 1) {
        text[story.used++] = ' ';
        room--;
    }
    va_list args;
    va_start(args, format);
    int wrote = vsnprintf(text + story.used, room, format, args);
    va_end(args);
    story.used += (size_t)wrote < room ? (size_t)wrote : room - 1;
    pthread_mutex_unlock(&story_lock);
}

const char *kit_log_take(void)
{
    char *text = story.text[story.side];
    text[story.used] = '\0';
    story.side ^= 1;
    story.used = 0;
    return text;
}

/* ---- classes
 * ----------------------------------------------------------------------------------------------- */

static void finalize(rc_object *object)
{
    Node *self = (Node *)object;
    kit_log("f%d", self->id);
    if (self->on_finalize) self->on_finalize(self);
}

int kit_traverse(rc_object *object, rc_visit visit, void *arg)
{
    Node *self = (Node *)object;
    for (int i = 0; i < KIT_SLOTS; i++) RC_VISIT(self->slot[i]);
    return 0;
}

int kit_clear(rc_object *object)
{
    Node *self = (Node *)object;
    for (int i = 0; i < KIT_SLOTS; i++) RC_CLEAR(self->slot[i]);
    return 0;
}

static int clear(rc_object *object)
{
    Node *self = (Node *)object;
    if (!self->cleared) kit_log("c%d", self->id);
    self->cleared = true;
    return kit_clear(object);
}

const rc_type kit_node = {.name = "Node",
                          .size = sizeof(Node),
                          .flags = RC_TYPE_GC,
                          .traverse = kit_traverse,
                          .clear = clear,
                          .finalize = finalize};

const rc_type kit_plain = {
    .name = "Plain", .size = sizeof(Node), .flags = RC_TYPE_GC, .traverse = kit_traverse, .clear = kit_clear};

static const rc_field fields[] = {RC_FIELD_ARRAY(Node, slot, KIT_SLOTS), RC_FIELD_END};

const rc_type kit_table = {
    .name = "Table", .size = sizeof(Node), .flags = RC_TYPE_GC, .finalize = finalize, .fields = fields};

const rc_type kit_leaf = {.name = "Leaf", .size = sizeof(Node), .finalize = finalize};

Node *kit_new(const rc_type *type, int id)
{
    Node *node = (Node *)rc_alloc(type);
    assert_non_null(node);
    node->id = id;
    return node;
}

void kit_set(Node *node, int slot, void *value)
{
    rc_object *object = value;
    RC_XINCREF(object);
    RC_XSETREF(node->slot[slot], object);
}

Node *kit_ring(const rc_type *type, int first, int n)
{
    Node *head = kit_new(type, first), *last = head;
    for (int i = 1; i < n; i++) {
        Node *next = kit_new(type, first + i);
        last->slot[0] = (rc_object *)next;
        last = next;
    }
    kit_set(last, 0, head);
    return head;
}

void kit_garbage_ring(const rc_type *type, int first, int n)
{
    Node *head = kit_ring(type, first, n);
    RC_DECREF(head);
}

/* ---- an allocator that counts and refuses
 * ------------------------------------------------------------------- */

static void *hook_malloc(void *ctx, size_t size)
{
    kit_hook *hook = ctx;
    hook->mallocs++;
    hook->last_size = size;
    return hook->refuse ? NULL : hook->next.malloc(hook->next.ctx, size);
}

static void *hook_calloc(void *ctx, size_t count, size_t size)
{
    kit_hook *hook = ctx;
    hook->mallocs++;
    hook->last_size = count * size;
    return hook->refuse ? NULL : hook->next.calloc(hook->next.ctx, count, size);
}

static void *hook_realloc(void *ctx, void *p, size_t size)
{
    kit_hook *hook = ctx;
    hook->moves++;
    hook->last_size = size;
    return hook->refuse ? NULL : hook->next.realloc(hook->next.ctx, p, size);
}

static void hook_free(void *ctx, void *p)
{
    kit_hook *hook = ctx;
    hook->frees++;
    hook->next.free(hook->next.ctx, p);
}

void kit_hook_install(kit_hook *hook, rc_domain domain)
{
    rc_allocator counting = {hook, hook_malloc, hook_calloc, hook_realloc, hook_free};
    rc_mem_get_allocator(domain, &hook->next);
    rc_mem_set_allocator(domain, &counting);
}

void kit_hook_remove(kit_hook *hook, rc_domain domain)
{
    rc_mem_set_allocator(domain, &hook->next);
}

void assert_counts(size_t c0, size_t c1, size_t c2)
{
    size_t count[3];
    rc_gc_get_count(count);
    if (count[0] != c0 || count[1] != c1 || count[2] != c2)
        fail_msg("counts (%zu,%zu,%zu), expected (%zu,%zu,%zu)", count[0], count[1], count[2], c0, c1, c2);
}
