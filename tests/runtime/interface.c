/* SPDX-License-Identifier: MIT
 *
 * The public interface as programs may count on it: each function declared once more, so that its type cannot change
 * unnoticed, and each macro used. interface.sh has it compiled as C11 and as C++, by every compiler there is, without a
 * warning.
 */
#define RECOUNT_REWRITTEN
#include <recount.h>

#ifdef __cplusplus
extern "C" {
#endif

/* clang-format off */
rc_object *(rc_alloc)(const rc_type *type);
rc_object *(rc_alloc_items)(const rc_type *type, size_t n);
size_t (rc_refcount)(const void *p);
const rc_type *(rc_type_of)(const void *p);
size_t (rc_live_objects)(void);
void (rc_immortalize)(void *p);
void (rc_shutdown)(void);
rc_weakref *(rc_weakref_new)(void *p, rc_weakref_callback callback , void *arg);
rc_object *(rc_weakref_get)(rc_weakref *w);
size_t (rc_weakref_count)(const void *p);
rc_object *(rc_weak_load)(rc_object *const *slot);
void (rc_weak_store)(rc_object **slot, rc_object *p);
void (rc_weak_fini)(rc_object **slot);
ssize_t (rc_gc_collect)(void);
ssize_t (rc_gc_collect_generation)(int generation);
void (rc_gc_enable)(void);
void (rc_gc_disable)(void);
bool (rc_gc_is_enabled)(void);
void (rc_gc_set_threshold)(size_t t0, size_t t1, size_t t2);
void (rc_gc_get_threshold)(size_t out[3]);
void (rc_gc_get_count)(size_t out[3]);
void (rc_gc_get_stats)(rc_gc_stats out[3]);
int (rc_gc_add_callback)(rc_gc_callback callback, void *arg);
int (rc_gc_remove_callback)(rc_gc_callback callback, void *arg);
bool (rc_gc_is_tracked)(const void *p);
bool (rc_gc_is_finalized)(const void *p);
void (rc_gc_track)(void *p);
void (rc_gc_untrack)(void *p);
size_t (rc_gc_get_objects)(int generation , rc_object **out, size_t max);
size_t (rc_gc_get_referrers)(const void *p, rc_object **out, size_t max);
size_t (rc_gc_get_referents)(const void *p, rc_object **out, size_t max);
void (rc_gc_freeze)(void);
void (rc_gc_unfreeze)(void);
size_t (rc_gc_freeze_count)(void);
void (rc_gc_set_debug)(unsigned flags);
unsigned (rc_gc_get_debug)(void);
size_t (rc_gc_garbage)(rc_object **out, size_t max);
void (rc_gc_clear_garbage)(void);
void (rc_mem_get_allocator)(rc_domain domain, rc_allocator *out);
void (rc_mem_set_allocator)(rc_domain domain, const rc_allocator *allocator);
void (rc_arena_get_allocator)(rc_arena_allocator *out);
void (rc_arena_set_allocator)(const rc_arena_allocator *allocator);
void (rc_mem_get_info)(rc_mem_info *out);
void (rc_mem_stats)(FILE *out);
size_t (rc_mem_trim)(void);
size_t (rc_size_class)(size_t bytes);
void *(rc_raw_malloc)(size_t);
void *(rc_raw_calloc)(size_t, size_t);
void *(rc_raw_realloc)(void *, size_t);
void (rc_raw_free)(void *);
void *(rc_mem_malloc)(size_t);
void *(rc_mem_calloc)(size_t, size_t);
void *(rc_mem_realloc)(void *, size_t);
void (rc_mem_free)(void *);
void *(rc_obj_malloc)(size_t);
void *(rc_obj_calloc)(size_t, size_t);
void *(rc_obj_realloc)(void *, size_t);
void (rc_obj_free)(void *);
/* clang-format on */

#ifdef __cplusplus
}
#endif

typedef struct Part {
    struct Node *left;
} Part;

typedef struct Node {
    RC_HEAD;
    struct Node *next, *weak, **many;
    Part part, parts[2];
    rc_object *pair[2];
} Node;

typedef struct Row {
    RC_HEAD;
    size_t n;
    Part first;
} Row;

static int traverse(rc_object *object, rc_visit visit, void *arg)
{
    Node *self = (Node *)object;
    RC_VISIT(self->next);
    RC_VISIT(self->pair[0]);
    return 0;
}

static int clear(rc_object *object)
{
    Node *self = (Node *)object;
    RC_CLEAR(self->next);
    RC_CLEAR(self->pair[0]);
    return 0;
}

static const rc_field part_fields[] = {RC_FIELD_STRONG(Part, left), RC_FIELD_END};
static const rc_field fields[] = {RC_FIELD_STRONG(Node, next),
                                  RC_FIELD_WEAK(Node, weak),
                                  RC_FIELD_BUFFER(Node, many),
                                  RC_FIELD_STRUCT(Node, part, part_fields),
                                  RC_FIELD_STRUCT_ARRAY(Node, parts, 2, part_fields),
                                  RC_FIELD_ARRAY(Node, pair, 2),
                                  RC_FIELD_END};

static const rc_type rc_type_Node = {"Node", sizeof(Node), 0, NULL, RC_TYPE_GC, NULL, NULL, NULL, fields, 0};
static const rc_type rc_type_Row = {"Row", sizeof(Row), sizeof(Part), NULL, 0, NULL, NULL, NULL, NULL, 0};
static const rc_type by_hand = {"ByHand", sizeof(Node), 0,    &rc_type_Row, RC_TYPE_GC,
                                traverse, clear,        NULL, NULL,         0};
static Row everlasting = {RC_HEAD_INIT(Row), 0, {NULL}};

static Node *use_counting(Node *p, const Node *q)
{
    RC_INCREF(p);
    RC_XINCREF(q);
    RC_DECREF(p);
    RC_XDECREF(q);
    RC_SETREF(p->next, rc_newref(p));
    RC_XSETREF(p->next, NULL);
    RC_SETREF(p->pair[1], (rc_object *)rc_newref(p));
    RC_CLEAR(p->pair[1]);
    void *raw = rc_give(rc_newref(p));
    Node *same = rc_ref(Node, raw);
    RC_DECREF(same);
    return rc_take(Node, raw);
}

static int use_buffers(Node *p)
{
    int failed = 0;
    RC_SETARRAY(p->many, rc_array_new(Node, 3));
    failed |= rc_array_resize(Node, p->many, 3, 5);
    failed |= rc_array_len(p->many) != 5;
    rc_array_free(Node, p->many);
    p->many = NULL;
    return failed;
}

static int use_weak_variables(Node *p)
{
    Node *weak = rc_newref(p), *got;
    RC_WEAK_INIT(weak);
    RC_WEAK_STORE(weak, p);
    got = RC_WEAK_LOAD(weak);
    RC_XDECREF(got);
    RC_WEAK_FINI(weak);
    return got != p;
}

static int use_making(void)
{
    bool created;
    Row *row = rc_new_extra(Row, 3), *again = rc_intern(Row, "key", 3, &created);
    Node *other = (Node *)rc_alloc(&by_hand), *node = rc_new(Node);
    int failed = !row || !again || !created || !other || rc_type_of(node) != &RC_TYPE(Node);
    failed |= use_buffers(node) | use_weak_variables(node);
    RC_DECREF(use_counting(node, node));
    RC_XDECREF(row);
    RC_XDECREF(again);
    RC_XDECREF(other);
    RC_CLEAR(node);
    return failed | !rc_is_immortal(&everlasting);
}

int main(void)
{
    if (rc_version() != RECOUNT_VERSION) return 1;
    if (use_making() || rc_live_objects() != 0) return 1;
    void *p = rc_raw_malloc(10), *q = rc_obj_calloc(2, 3);
    p = rc_raw_realloc(p, 20);
    rc_raw_free(p);
    rc_obj_free(q);
    rc_shutdown();
    return 0;
}
