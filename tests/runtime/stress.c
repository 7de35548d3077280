/* SPDX-License-Identifier: MIT
 *
 * Seeded stress of everything at once, with the whole heap verified on the way.
 *
 *   stress [--seconds S] [--every N] [SEED [ROUNDS]]
 *
 * A round is OPERATIONS random operations from one seed: objects of every shape, edges, weak references, buffers,
 * containers, memory of all domains, collections. Finalizers and callbacks do the same in their turn. The heap is
 * verified after every N-th operation (1), and at the end of a round everything must be gone. ROUNDS seeds follow each
 * other from SEED on (1, 1), or as many as start within S seconds. Exit status 1: a fault, with its seed.
 */
#include <recount.h>

#include <stdlib.h>
#include <time.h>

enum { OPERATIONS = 20000, REGISTERS = 48, WEAK = 12, BLOCKS = 64, SLOTS = 3, DEPTH = 3 };

static uint64_t random_state, seed, operations, verified;
static unsigned every = 1;

static uint32_t draw(uint32_t limit)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random_state >> 33) % limit);
}

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "stress: seed %llu, operation %llu: %s\n", (unsigned long long)seed,
            (unsigned long long)operations, what);
    abort();
}

/* ---- classes ------------------------------------------------------------------------------------------- */

typedef struct Pair {
    rc_object *left, *right;
} Pair;

/* Has every kind of field; the classes below use what their tables name. */
typedef struct Thing {
    RC_HEAD;
    rc_object *slot[SLOTS];
    rc_object *watched;
    rc_object **buffer;
    Pair pair;
    rc_object *rest[];
} Thing;

static void act(void);

static void act_sometimes(rc_object *self);

static int traverse(rc_object *object, rc_visit visit, void *arg)
{
    Thing *self = (Thing *)object;
    for (int i = 0; i < SLOTS; i++) RC_VISIT(self->slot[i]);
    return 0;
}

static int clear(rc_object *object)
{
    Thing *self = (Thing *)object;
    for (int i = 0; i < SLOTS; i++) RC_CLEAR(self->slot[i]);
    return 0;
}

static const rc_field pair_fields[] = {RC_FIELD_STRONG(Pair, left), RC_FIELD_STRONG(Pair, right),
                                       RC_FIELD_END};
static const rc_field run[] = {RC_FIELD_ARRAY(Thing, slot, SLOTS), RC_FIELD_END};
static const rc_field all[] = {RC_FIELD_ARRAY(Thing, slot, SLOTS), RC_FIELD_WEAK(Thing, watched),
                               RC_FIELD_BUFFER(Thing, buffer),     RC_FIELD_STRUCT(Thing, pair, pair_fields),
                               RC_FIELD_FLEX(Thing, rest),         RC_FIELD_END};

#define CLASS(...)                                                                                           \
 {                                                                                                           \
  .size = sizeof(Thing), .flags = RC_TYPE_GC, __VA_ARGS__                                                    \
 }
static const rc_type leaf = {.name = "Leaf", .size = 40};
static const rc_type speaking_leaf = {.name = "SpeakingLeaf", .size = 24, .finalize = act_sometimes};
static const rc_type plain = CLASS(.name = "Plain", .fields = run);
static const rc_type by_hand = CLASS(.name = "ByHand", .traverse = traverse, .clear = clear);
static const rc_type speaking = CLASS(.name = "Speaking", .fields = run, .finalize = act_sometimes);
static const rc_type derived = CLASS(.name = "Derived", .base = &speaking);
static const rc_type hand_speaking =
    CLASS(.name = "HandSpeaking", .traverse = traverse, .clear = clear, .finalize = act_sometimes);
static const rc_type many = CLASS(.name = "Many", .fields = all, .item_size = sizeof(rc_object *));

/* The first have no fields. */
static const rc_type *const classes[] = {&leaf,    &speaking_leaf, &plain,         &plain, &by_hand,
                                         &derived, &speaking,      &hand_speaking, &many};
enum { LEAVES = 2, CLASSES = sizeof classes / sizeof classes[0] };

/* ---- what the program holds ---------------------------------------------------------------------------- */

static rc_object *reg[REGISTERS];
static rc_weakref *weakref[WEAK];
static rc_object *weak[WEAK];

static struct block {
    unsigned char *p;
    size_t size;
    unsigned char fill;
    int domain;
} block[BLOCKS];

/* Sizes do not tell: with pointers of four bytes a leaf is as large as a Thing. */
static Thing *as_thing(rc_object *o)
{
    for (int i = LEAVES; o && i < CLASSES; i++) {
        if (rc_type_of(o) == classes[i]) return (Thing *)o;
    }
    return NULL;
}

static rc_object **any(void)
{
    return &reg[draw(REGISTERS)];
}

/* Arguments are borrowed: what is passed on while finalizers may empty the registers is held here. */
static rc_object *held(void)
{
    return rc_newref(*any());
}

/* ---- operations ---------------------------------------------------------------------------------------- */

static void make(void)
{
    const rc_type *type = classes[draw(CLASSES)];
    size_t items = type->item_size ? draw(8) == 0 ? 100 : draw(6) : 0;
    rc_object *o = type->item_size ? rc_alloc_items(type, items) : rc_alloc(type);
    Thing *thing = as_thing(o);
    if (!o) give_up("no memory");
    if (type == &many && draw(2)) thing->buffer = rc_array_new(rc_object, draw(20));
    for (size_t i = 0; i < items; i++) {
        if (draw(3) == 0) thing->rest[i] = held();
    }
    RC_XSETREF(*any(), o);
}

static void make_builtin(void)
{
    char text[16];
    rc_object *o = NULL;
    snprintf(text, sizeof text, "%u", draw(30));
    switch (draw(9)) {
    case 0: o = (rc_object *)rc_int_new((int64_t)draw(600) - 100); break;
    case 1: o = (rc_object *)rc_float_new(draw(9)); break;
    case 2: o = (rc_object *)rc_str_new(text); break;
    case 3: o = (rc_object *)rc_str_intern(text); break;
    case 4: o = (rc_object *)rc_bytes_new(NULL, draw(700)); break;
    case 5: o = (rc_object *)rc_tuple_new(draw(5)); break;
    case 6: o = (rc_object *)rc_list_new(); break;
    case 7: o = (rc_object *)rc_dict_new(); break;
    case 8: o = (rc_object *)rc_set_new(); break;
    }
    if (!o) give_up("no memory for a value");
    RC_XSETREF(*any(), o);
}

static void let_go(void)
{
    RC_CLEAR(*any());
}

static void copy(void)
{
    rc_object *o = held();
    RC_XSETREF(*any(), o);
}

static void link(void)
{
    Thing *thing = as_thing(*any());
    if (thing) RC_XSETREF(thing->slot[draw(SLOTS)], held());
}

/* The register's own reference goes into the object, perhaps into itself. */
static void move(void)
{
    rc_object **from = any(), *o = *from;
    Thing *thing = as_thing(draw(4) ? *any() : o);
    if (!thing || !o) return;
    *from = NULL;
    RC_XSETREF(thing->slot[draw(SLOTS)], o);
}

static void change_many(Thing *thing)
{
    uint32_t i = draw(24);
    switch (draw(5)) {
    case 0: RC_XSETREF(thing->pair.left, held()); break;
    case 1: RC_XSETREF(thing->pair.right, held()); break;
    case 2: rc_weak_store(&thing->watched, *any()); break;
    case 3:
        if (i < rc_array_len(thing->buffer)) RC_XSETREF(thing->buffer[i], held());
        break;
    case 4:
        if (rc_array_resize(rc_object, thing->buffer, rc_array_len(thing->buffer), i) != 0)
            give_up("no buffer");
        break;
    }
}

static void link_many(void)
{
    rc_object *o = held();
    if (o && rc_type_of(o) == &many) change_many((Thing *)o);
    RC_XDECREF(o);
}

/* A list of edges that all lead one way, and most often a last one that does not. */
static void make_ring(void)
{
    const rc_type *type = classes[LEAVES + draw(CLASSES - LEAVES)];
    Thing *first = (Thing *)rc_alloc(type), *last = first;
    bool forward = draw(2);
    for (uint32_t n = draw(8); n > 0 && first; n--) {
        Thing *next = (Thing *)rc_alloc(type);
        if (!next) give_up("no memory");
        if (forward) {
            last->slot[0] = (rc_object *)next;
            last = next;
        } else {
            next->slot[1] = (rc_object *)first;
            first = next;
        }
    }
    if (draw(5)) RC_XSETREF(last->slot[2], (rc_object *)rc_newref(first));
    if (draw(3))
        RC_DECREF(first);
    else
        RC_XSETREF(*any(), (rc_object *)first);
}

static void watch_death(rc_weakref *w, void *arg)
{
    (void)arg;
    if (rc_weakref_get(w)) give_up("a weak reference led to the dead");
    if (draw(3) == 0) act();
}

static void watch(rc_object *o)
{
    uint32_t i = draw(WEAK);
    if (draw(2))
        RC_XSETREF(weakref[i], rc_weakref_new(o, draw(2) ? watch_death : NULL, NULL));
    else
        rc_weak_store(&weak[i], o);
}

static void weakly(void)
{
    uint32_t i = draw(WEAK);
    rc_object *o, *got;
    switch (draw(6)) {
    case 0: RC_CLEAR(weakref[i]); break;
    case 1:
        if (weakref[i] && (got = rc_weakref_get(weakref[i])) != NULL) RC_XSETREF(*any(), got);
        break;
    case 2:
        if ((got = rc_weak_load(&weak[i])) != NULL) RC_XSETREF(*any(), got);
        break;
    default:
        o = held();
        if (o) watch(o);
        RC_XDECREF(o);
        break;
    }
}

static void use_list(rc_list *l, rc_object *item)
{
    size_t n = rc_list_len(l), i = draw(10);
    rc_object *got;
    switch (draw(6)) {
    case 0: rc_list_append(l, item); break;
    case 1: rc_list_insert(l, i, item); break;
    case 2:
        if (i < n) rc_list_set(l, i, item);
        break;
    case 3:
        if (i < n) rc_list_remove(l, i);
        break;
    case 4:
        if (n && (got = rc_list_pop(l)) != NULL) RC_XSETREF(*any(), got);
        break;
    case 5:
        if (draw(4) == 0) rc_list_clear(l);
        break;
    }
}

static void use_dict(rc_dict *d, rc_object *key, rc_object *value)
{
    rc_object *got;
    switch (draw(4)) {
    case 0:
    case 1: rc_dict_set(d, key, value); break;
    case 2: rc_dict_remove(d, key); break;
    case 3:
        if ((got = rc_dict_get(d, key)) != NULL) RC_XSETREF(*any(), rc_newref(got));
        break;
    }
    if (rc_dict_len(d) > 60) rc_dict_clear(d);
}

/* What a container refuses it says so of. */
static void use_container(rc_object *o, rc_object *a, rc_object *b)
{
    const rc_type *type = rc_type_of(o);
    if (type == &rc_list_type) use_list((rc_list *)o, a);
    if (type == &rc_dict_type) use_dict((rc_dict *)o, a, b);
    if (type == &rc_set_type && draw(2)) rc_set_add((rc_set *)o, a);
    if (type == &rc_set_type && draw(2)) rc_set_remove((rc_set *)o, b);
    if (type == &rc_tuple_type) rc_tuple_set((rc_tuple *)o, draw(5), rc_newref(a));
    rc_error_clear();
}

static void use_builtin(void)
{
    rc_object *o = held(), *a = held(), *b = held();
    if (o && a && b) use_container(o, a, b);
    RC_XDECREF(o);
    RC_XDECREF(a);
    RC_XDECREF(b);
}

static void *(*const allocate[])(size_t) = {rc_raw_malloc, rc_mem_malloc, rc_obj_malloc};
static void *(*const reallocate[])(void *, size_t) = {rc_raw_realloc, rc_mem_realloc, rc_obj_realloc};
static void (*const release[])(void *) = {rc_raw_free, rc_mem_free, rc_obj_free};

/* Each block is filled with a byte of its own, which must still be there. */
static void use_memory(void)
{
    struct block *b = &block[draw(BLOCKS)];
    size_t size = draw(8) ? draw(560) : draw(5000), kept = b->size < size ? b->size : size;
    for (size_t i = 0; i < b->size; i++) {
        if (b->p[i] != b->fill) give_up("a block was written to");
    }
    if (!b->p) {
        b->domain = (int)draw(3);
        b->p = allocate[b->domain](size);
        kept = 0;
    } else if (draw(3) == 0) {
        b->p = reallocate[b->domain](b->p, size);
    } else {
        release[b->domain](b->p);
        *b = (struct block){0};
        return;
    }
    if (!b->p) give_up("no memory for a block");
    for (size_t i = 0; i < kept; i++) {
        if (b->p[i] != b->fill) give_up("a block changed as it moved");
    }
    b->fill = (unsigned char)draw(256);
    b->size = size;
    memset(b->p, b->fill, size);
}

static void use_collector(void)
{
    switch (draw(16)) {
    case 0: rc_gc_collect(); break;
    case 1:
    case 2: rc_gc_collect_generation(0); break;
    case 3: rc_gc_collect_generation(1); break;
    case 4: rc_gc_set_threshold(draw(60), draw(5), draw(5)); break;
    case 5: rc_gc_freeze(); break;
    case 6: rc_gc_unfreeze(); break;
    case 7: rc_gc_enable(); break;
    case 8:
        if (draw(4) == 0) rc_gc_disable();
        break;
    case 9:
        if (draw(4) == 0) rc_mem_trim();
        break;
    case 10:
        if (draw(4) == 0) rc_error_set("set on purpose");
        rc_error_clear();
        break;
    default: break;
    }
}

static const struct {
    unsigned weight;
    void (*run)(void);
} operation[] = {{14, make},  {6, make_builtin}, {10, let_go},    {6, copy},
                 {14, link},  {5, move},         {8, link_many},  {4, make_ring},
                 {9, weakly}, {9, use_builtin},  {8, use_memory}, {7, use_collector}};
enum { WEIGHTS = 100 };

static unsigned depth;

static void act(void)
{
    if (depth == DEPTH) return;
    depth++;
    uint32_t at = draw(WEIGHTS);
    unsigned i = 0;
    for (; at >= operation[i].weight; i++) at -= operation[i].weight;
    operation[i].run();
    depth--;
}

/* A finalizer: may come back to life, and may do anything else. */
static void act_sometimes(rc_object *self)
{
    if (draw(5) == 0) RC_XSETREF(*any(), rc_newref(self));
    if (draw(3) == 0) act();
}

/* ---- rounds -------------------------------------------------------------------------------------------- */

static void verify(void)
{
    verified++;
    if (rc_heap_verify() != 0) give_up("the heap is damaged");
}

/* Each pass may bring some back that had not been finalized, and never the same ones twice. */
static void let_go_of_everything(void)
{
    depth = DEPTH;
    rc_gc_unfreeze();
    for (int pass = 0; pass == 0 || (pass < 1000 && rc_live_objects() > 0); pass++) {
        for (int i = 0; i < REGISTERS; i++) RC_CLEAR(reg[i]);
        for (int i = 0; i < WEAK; i++) {
            RC_CLEAR(weakref[i]);
            rc_weak_fini(&weak[i]);
            weak[i] = NULL;
        }
        rc_gc_collect();
    }
    for (int i = 0; i < BLOCKS; i++) {
        if (block[i].p) release[block[i].domain](block[i].p);
        block[i] = (struct block){0};
    }
    depth = 0;
}

static void run_round(void)
{
    random_state = seed * 2654435761u;
    for (int i = 0; i < OPERATIONS; i++) {
        act();
        if (++operations % every == 0) verify();
    }
    let_go_of_everything();
    verify();
    if (rc_leak_report(stderr) != 0) give_up("objects are left");
}

int main(int argc, char **argv)
{
    double seconds = 0;
    int at = 1;
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (strcmp(argv[at], "--seconds") == 0) seconds = atof(argv[at + 1]);
        if (strcmp(argv[at], "--every") == 0) every = (unsigned)atoi(argv[at + 1]);
    }
    uint64_t first = at < argc ? strtoull(argv[at], NULL, 10) : 1;
    uint64_t rounds = at + 1 < argc ? strtoull(argv[at + 1], NULL, 10) : 1;
    time_t start = time(NULL);
    if (every == 0) every = 1;
    for (seed = first; seconds > 0 ? difftime(time(NULL), start) < seconds : seed < first + rounds; seed++)
        run_round();
    rc_gc_stats stats[3];
    rc_gc_get_stats(stats);
    printf(
        "%llu operations from %llu seeds, the heap verified %llu times; %zu collections found %zu objects\n",
        (unsigned long long)operations, (unsigned long long)(seed - first), (unsigned long long)verified,
        stats[0].collections + stats[1].collections + stats[2].collections,
        stats[0].collected + stats[1].collected + stats[2].collected);
    rc_mem_info info;
    rc_shutdown();
    rc_mem_get_info(&info);
    if (info.arenas_current != 0) give_up("arenas are left");
    return 0;
}
