/* SPDX-License-Identifier: MIT
 *
 * Seeded stress of everything at once, with the whole heap verified on the way.
 *
 *   stress [--seconds S] [--every N] [--threads T] [SEED [ROUNDS]]
 *
 * A round is OPERATIONS random operations from one seed: objects of every shape and size, edges, weak references,
 * interning, buffers, containers, memory of all domains, collections. Finalizers and callbacks do the same in their turn.
 * The heap is verified after every N-th operation (1), and at the end of a round everything must be gone. ROUNDS seeds
 * follow each other from SEED on (1, 1), or as many as start within S seconds. Exit status 1: a fault, with its seed.
 *
 * With T threads each runs a round, from T seeds in a row. What they have in common lies in places with a lock each, in
 * the tables of interning and in the mail of blocks; an object that is shared is changed only in its place.
 */
#include <recount.h>

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum { OPERATIONS = 20000, REGISTERS = 48, WEAK = 12, BLOCKS = 64, SLOTS = 3, DEPTH = 3 };

/* Of one thread. */
static _Thread_local uint64_t random_state, seed, operations, verified;

static unsigned every = 1, threads = 1;
static uint64_t all_operations, all_verified; /* of the rounds that are over */

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
static const rc_type wide = CLASS(.name = "Wide", .fields = run, .item_size = 1);
static const rc_type many = CLASS(.name = "Many", .fields = all, .item_size = sizeof(rc_object *));

/* Interned, and never changed. */
static const rc_type flyweight = CLASS(.name = "Flyweight", .fields = run);

/* The first have no fields. */
static const rc_type *const classes[] = {&leaf,    &speaking_leaf, &plain,         &plain, &by_hand,
                                         &derived, &speaking,      &hand_speaking, &many,  &wide};
enum { LEAVES = 2, CLASSES = sizeof classes / sizeof classes[0] };

/* ---- what the program holds ---------------------------------------------------------------------------- */

/* On the stack of the thread: what is stored elsewhere may be another's to find, and is shared by that. */
typedef struct Holdings {
    rc_object *reg[REGISTERS];
    rc_weakref *weakref[WEAK];
    rc_object *weak[WEAK];
} Holdings;

static _Thread_local Holdings *my;

static _Thread_local struct block {
    unsigned char *p;
    size_t size;
    unsigned char fill;
    int domain;
} block[BLOCKS];

static bool is_shared(const rc_object *o)
{
    int32_t n = __atomic_load_n(&o->count, __ATOMIC_RELAXED);
    return n < 0 && n != RC_IMMORTAL_COUNT;
}

/* What may be changed. Sizes do not tell: with pointers of four bytes a leaf is as large as a Thing. */
static Thing *as_thing(rc_object *o)
{
    if (o && is_shared(o)) return NULL;
    for (int i = LEAVES; o && i < CLASSES; i++) {
        if (rc_type_of(o) == classes[i]) return (Thing *)o;
    }
    return NULL;
}

static rc_object **any(void)
{
    return &my->reg[draw(REGISTERS)];
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
    size_t items = type == &wide ? draw(6000) : type == &many ? draw(8) == 0 ? 100 : draw(6) : 0;
    rc_object *o = type->item_size ? rc_alloc_items(type, items) : rc_alloc(type);
    Thing *thing = as_thing(o);
    if (!o) give_up("no memory");
    if (type == &many && draw(2)) thing->buffer = rc_array_new(rc_object, draw(20));
    for (size_t i = 0; type == &many && i < items; i++) {
        if (draw(3) == 0) thing->rest[i] = held();
    }
    RC_XSETREF(*any(), o);
}

static void intern(void)
{
    uint32_t key = draw(40);
    bool created;
    rc_object *o = rci_intern(&flyweight, &key, sizeof key, &created, RCI_SITE);
    rc_object *again = rci_intern(&flyweight, &key, sizeof key, NULL, RCI_SITE);
    if (!o || o != again) give_up("two objects for one key");
    /* Another thread may have come by it, and watch it, as soon as it is in the table. */
    if (created && threads == 1 && rc_weakref_count(o) != 0) give_up("a new object with weak references");
    RC_DECREF(again);
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
    if (o && rc_type_of(o) == &many && !is_shared(o)) change_many((Thing *)o);
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
        RC_XSETREF(my->weakref[i], rc_weakref_new(o, draw(2) ? watch_death : NULL, NULL));
    else
        rc_weak_store(&my->weak[i], o);
}

static void weakly(void)
{
    uint32_t i = draw(WEAK);
    rc_object *o, *got;
    switch (draw(6)) {
    case 0: RC_CLEAR(my->weakref[i]); break;
    case 1:
        if (my->weakref[i] && (got = rc_weakref_get(my->weakref[i])) != NULL) RC_XSETREF(*any(), got);
        break;
    case 2:
        if ((got = rc_weak_load(&my->weak[i])) != NULL) RC_XSETREF(*any(), got);
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
    if (o && a && b && !is_shared(o)) use_container(o, a, b);
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

/* ---- what threads have in common ------------------------------------------------------------------------- */

enum { PLACES = 32, MAILBOXES = 64 };

static struct {
    pthread_mutex_t lock;
    Thing *thing;
    rc_object *weak;
    rc_weakref *reference;
} place[PLACES];

static void enter(uint32_t i)
{
    rc_blocking_begin();
    pthread_mutex_lock(&place[i].lock);
    rc_blocking_end();
}

static void leave(uint32_t i)
{
    pthread_mutex_unlock(&place[i].lock);
}

/* The thing is new: no other place has it. What the place had before dies outside. */
static void publish(uint32_t i)
{
    static const rc_type *const types[] = {&plain, &by_hand, &speaking, &derived};
    Thing *thing = (Thing *)rc_alloc(types[draw(4)]);
    if (!thing) give_up("no memory");
    for (uint32_t n = 0; n < draw(SLOTS); n++) thing->slot[n] = held();
    if (draw(4) == 0) thing->slot[2] = (rc_object *)rc_newref(thing);
    rc_share(thing);
    rc_weakref *reference = rc_weakref_new(thing, draw(2) ? watch_death : NULL, NULL);
    enter(i);
    Thing *old = place[i].thing;
    rc_weakref *old_reference = place[i].reference;
    place[i].thing = thing;
    place[i].reference = reference;
    rc_weak_store(&place[i].weak, (rc_object *)thing);
    leave(i);
    RC_XDECREF(old);
    RC_XDECREF(old_reference);
}

static rc_object *look(uint32_t i)
{
    rc_object *o = NULL;
    rc_weakref *w = NULL;
    uint32_t how = draw(4);
    enter(i);
    if (how == 0) o = (rc_object *)rc_newref(place[i].thing);
    if (how == 1) o = rc_weak_load(&place[i].weak);
    if (how == 2) w = rc_newref(place[i].reference);
    if (how == 3 && place[i].thing) o = rc_newref(place[i].thing->slot[draw(SLOTS)]);
    leave(i);
    if (w) o = rc_weakref_get(w);
    RC_XDECREF(w);
    return o;
}

/* Stores something of this thread's, which is shared by that. */
static void change(uint32_t i)
{
    rc_object *o = held(), *old = NULL;
    uint32_t n = draw(SLOTS);
    enter(i);
    if (place[i].thing) {
        old = rc_newref(place[i].thing->slot[n]);
        RC_XSETREF(place[i].thing->slot[n], o);
        o = NULL;
    }
    leave(i);
    RC_XDECREF(o);
    RC_XDECREF(old);
}

static void empty(uint32_t i)
{
    enter(i);
    Thing *old = place[i].thing;
    rc_weakref *old_reference = place[i].reference;
    place[i].thing = NULL;
    place[i].reference = NULL;
    leave(i);
    RC_XDECREF(old);
    RC_XDECREF(old_reference);
}

/* A block starts with its size, and is filled with the lowest byte of that. */
static size_t *mailbox[MAILBOXES];

static void check_mail(size_t *block)
{
    for (size_t i = sizeof *block; block && i < *block; i++) {
        if (((unsigned char *)block)[i] != (unsigned char)*block) give_up("a block changed in the mail");
    }
    rc_obj_free(block);
}

static void send_block(void)
{
    size_t size = sizeof(size_t) + (draw(8) ? draw(500) : draw(5000));
    size_t *block = rc_obj_malloc(size);
    if (!block) give_up("no memory for the mail");
    memset(block, (int)(size & 255), size);
    *block = size;
    check_mail(__atomic_exchange_n(&mailbox[draw(MAILBOXES)], block, __ATOMIC_ACQ_REL));
}

static _Thread_local unsigned depth;

/* Not in finalizers and callbacks: in a collection who has the lock may be stopped. */
static void meet(void)
{
    uint32_t i = draw(PLACES);
    rc_object *o;
    if (depth > 1) return;
    switch (draw(8)) {
    case 0:
    case 1: publish(i); break;
    case 2: change(i); break;
    case 3: empty(i); break;
    case 4: send_block(); break;
    case 5: rc_safepoint(); break;
    default:
        o = look(i);
        if (draw(2)) RC_XSETREF(*any(), rc_newref(o));
        RC_XDECREF(o);
        break;
    }
}

static const struct {
    unsigned weight;
    void (*run)(void);
} operation[] = {{12, make},      {5, make_builtin},  {10, let_go},   {5, copy},   {12, link},
                 {5, move},       {7, link_many},     {4, make_ring}, {9, weakly}, {8, use_builtin},
                 {8, use_memory}, {6, use_collector}, {3, intern},    {6, meet}};
enum { WEIGHTS = 100 };

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
    if (draw(5) == 0) {
        /* It may be another thread's that the collection found. */
        if (threads > 1) rc_share(self);
        RC_XSETREF(*any(), rc_newref(self));
    }
    if (draw(3) == 0) act();
}

/* ---- rounds -------------------------------------------------------------------------------------------- */

static void verify(void)
{
    verified++;
    if (rc_heap_verify() != 0) give_up("the heap is damaged");
}

static bool drop_all(void)
{
    bool any_left = false;
    for (int i = 0; i < REGISTERS; i++) RC_CLEAR(my->reg[i]);
    for (int i = 0; i < WEAK; i++) {
        RC_CLEAR(my->weakref[i]);
        rc_weak_fini(&my->weak[i]);
    }
    for (int i = 0; i < REGISTERS; i++) any_left |= my->reg[i] != NULL;
    return any_left;
}

static void free_blocks(void)
{
    for (int i = 0; i < BLOCKS; i++) {
        if (block[i].p) release[block[i].domain](block[i].p);
        block[i] = (struct block){0};
    }
}

/* Each pass may bring some back that had not been finalized, and never the same ones twice. */
static void let_go_of_everything(void)
{
    depth = DEPTH;
    rc_gc_unfreeze();
    for (uint32_t i = 0; i < PLACES; i++) empty(i);
    for (int i = 0; i < MAILBOXES; i++) {
        check_mail(mailbox[i]);
        mailbox[i] = NULL;
    }
    for (int pass = 0; pass == 0 || (pass < 1000 && rc_live_objects() > 0); pass++) {
        drop_all();
        rc_gc_collect();
    }
    free_blocks();
    depth = 0;
}

static void run_operations(void)
{
    random_state = seed * 2654435761u;
    for (int i = 0; i < OPERATIONS; i++) {
        act();
        if (++operations % every == 0) verify();
    }
}

static void count_up(void)
{
    __atomic_add_fetch(&all_operations, operations, __ATOMIC_RELAXED);
    __atomic_add_fetch(&all_verified, verified, __ATOMIC_RELAXED);
    operations = verified = 0;
}

#ifdef RECOUNT_THREADS
static void *run_thread(void *arg)
{
    Holdings holdings = {0};
    my = &holdings;
    seed = *(const uint64_t *)arg;
    run_operations();
    depth = DEPTH;
    while (drop_all()) continue;
    free_blocks();
    count_up();
    return NULL;
}

static void run_threads(uint64_t first)
{
    pthread_t thread[64];
    uint64_t seeds[64];
    for (unsigned i = 0; i < threads; i++) {
        seeds[i] = first + i;
        if (pthread_create(&thread[i], NULL, run_thread, &seeds[i]) != 0) give_up("no thread");
    }
    rc_blocking_begin();
    for (unsigned i = 0; i < threads; i++) pthread_join(thread[i], NULL);
    rc_blocking_end();
}
#else
static void run_threads(uint64_t first)
{
    seed = first;
    give_up("this library is for one thread");
}
#endif

static void run_round(uint64_t first)
{
    Holdings holdings = {0};
    my = &holdings;
    seed = first;
    if (threads > 1)
        run_threads(first);
    else
        run_operations();
    let_go_of_everything();
    verify();
    if (rc_leak_report(stderr) != 0) give_up("objects are left");
    count_up();
}

static void report(uint64_t seeds)
{
    rc_gc_stats stats[3];
    rc_mem_info info;
    rc_gc_get_stats(stats);
    printf(
        "%llu operations from %llu seeds, the heap verified %llu times; %zu collections found %zu objects\n",
        (unsigned long long)all_operations, (unsigned long long)seeds, (unsigned long long)all_verified,
        stats[0].collections + stats[1].collections + stats[2].collections,
        stats[0].collected + stats[1].collected + stats[2].collected);
    rc_shutdown();
    rc_mem_get_info(&info);
    if (info.arenas_current != 0) give_up("arenas are left");
}

int main(int argc, char **argv)
{
    double seconds = 0;
    int at = 1;
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (strcmp(argv[at], "--seconds") == 0) seconds = atof(argv[at + 1]);
        if (strcmp(argv[at], "--every") == 0) every = (unsigned)atoi(argv[at + 1]);
        if (strcmp(argv[at], "--threads") == 0) threads = (unsigned)atoi(argv[at + 1]);
    }
    uint64_t first = at < argc ? strtoull(argv[at], NULL, 10) : 1, next = first;
    uint64_t rounds = at + 1 < argc ? strtoull(argv[at + 1], NULL, 10) : 1;
    time_t start = time(NULL);
    if (every == 0) every = 1;
    if (threads == 0 || threads > 64) threads = 1;
    for (int i = 0; i < PLACES; i++) pthread_mutex_init(&place[i].lock, NULL);
    for (; seconds > 0 ? difftime(time(NULL), start) < seconds : next < first + rounds * threads;
         next += threads)
        run_round(next);
    report(next - first);
    return 0;
}
