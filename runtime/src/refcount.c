/* SPDX-License-Identifier: MIT
 *
 * Death. Postcondition of a release that takes a count to 0: the object, and every object that only it held,
 * went through last_words and is free, in depth-first order, each field's subtree before the next field.
 *
 * There is no recursion over objects. The object whose fields are being released is `up`; it remembers in its
 * own count how far it has come, and the slot it has come to holds its predecessor (pointer reversal, after
 * Deutsch, Schorr and Waite): the way back is threaded through memory that is dead anyway, so nothing can run
 * out.
 */
#include "debug_p.h"
#include "error_p.h"
#include "field_p.h"
#include "gc_p.h"
#include "share_p.h"
#include "weak_p.h"

static RCI_THREAD_LOCAL rci_nest nest;

rci_nest rci_nest_enter(void)
{
    rci_nest outer = nest;
    nest = (rci_nest){0, NULL};
    return outer;
}

void rci_nest_leave(rci_nest outer)
{
    nest = outer;
}

/* ---- last words ---------------------------------------------------------------------------------------- */

bool rci_has_finalizer(const rc_type *type)
{
    while (type && !type->finalize) type = type->base;
    return type != NULL;
}

void rci_finalize(rc_object *o)
{
    if (o->word & RCI_FINALIZED || !rci_has_finalizer(o->type)) return;
    rci_set_word(o, o->word | RCI_FINALIZED);
    rci_nest outer = rci_nest_enter();
    rci_error saved;
    rci_error_save(&saved);
    for (const rc_type *t = o->type; t; t = t->base) {
        if (t->finalize) t->finalize(o);
    }
    rci_error_restore(&saved, "finalizer", o->type->name);
    rci_nest_leave(outer);
}

/* As CPython's classes do, the object is young from here on: a collection that its finalizer starts counts it among
 * the youngest, and one that is saved is there already. */
static __attribute__((noinline)) void finalize_dying(rc_object *o)
{
    if (o->word & RCI_FINALIZED || !rci_has_finalizer(o->type)) return;
    rci_gc_rejuvenate(o);
    rci_finalize(o);
}

/* The reference that was the last is the caller's to drop. Code that ran since then may have made others, or shared the
 * object, or made it immortal: then it is dropped here, and false. */
static bool is_still_last(rc_object *o)
{
    int32_t n = __atomic_load_n(&o->count, __ATOMIC_RELAXED);
    if (n == 1) return true;
    if (n > 1)
        __atomic_store_n(&o->count, n - 1, __ATOMIC_RELAXED);
    else if (rci_is_shared(o))
        return rci_drop_shared(o);
    return false;
}

/* No weak reference leads to o any more. False: somebody came by one before, and keeps it. */
static bool sever(rc_object *o, bool callbacks)
{
    while (rci_word(o) & RCI_WEAK && !rci_weak_clear(o, callbacks)) {
        if (!is_still_last(o)) return false;
    }
    return true;
}

/* The last reference is the caller's to drop. True: nothing kept the object, it is dying now. */
static __attribute__((noinline)) bool last_words(rc_object *o)
{
    const rc_type *type = o->type;
    if (!sever(o, true)) return false;
    if (type->finalize || type->base) finalize_dying(o);
    if (!is_still_last(o) || !sever(o, false)) return false;
    if (rci_state(o) == RCI_DOOMED) rci_gc_forget_doomed(o);
    while (type->flags & RCI_TYPE_BUILTIN && type->clear(o) != 0) {
        if (!is_still_last(o)) return false;
    }
    rci_set_state(o, RCI_DYING);
    o->count = -1;
    return true;
}

/* ---- fields in tables ---------------------------------------------------------------------------------- */

/* Slots are counted from the header, in pointers; -1 - n is never RC_IMMORTAL_COUNT for an object that fits.
 */
static inline void set_cursor(rc_object *o, size_t offset)
{
    o->count = -1 - (int32_t)(offset / sizeof(void *));
}

static inline size_t cursor(const rc_object *o)
{
    return (size_t)(-1 - o->count) * sizeof(void *);
}

/* Memory that was filled on release reads like this. */
#define FREED_PATTERN ((int32_t)0xDDDDDDDD)

/* What a count at an end of the number line means. References to an object whose fields are being released are of no
 * consequence any more. A freed block has a count of 0 until it is handed out again. */
enum rare { SHARED, IMMORTAL, DYING, FREED };

static enum rare classify(const rc_object *o)
{
    int32_t n = __atomic_load_n(&o->count, __ATOMIC_RELAXED);
    if (n == RC_IMMORTAL_COUNT) return IMMORTAL;
    if (n >= 0 || n == FREED_PATTERN) return FREED;
    return rci_state(o) == RCI_DYING ? DYING : SHARED;
}

/* Drops a reference to an object whose count is not positive, unless it is the last: then true. */
static __attribute__((noinline)) bool drop_rare(rc_object *o, const char *site)
{
    enum rare what = classify(o);
    if (what == SHARED) {
        RCI_TOTAL(-1);
        return rci_drop_shared(o);
    }
    if (what == FREED)
        rci_fatal_count(o->count == FREED_PATTERN ? RCI_EVENT_USE_AFTER_FREE : RCI_EVENT_NEGATIVE, o, site);
    return false;
}

/* Drops one reference of a slot that has been emptied, unless it is the last: then true. */
static inline bool drop(rc_object *child)
{
    int32_t n = __atomic_load_n(&child->count, __ATOMIC_RELAXED);
    if (n > 1) {
        __atomic_store_n(&child->count, n - 1, __ATOMIC_RELAXED);
        RCI_TOTAL(-1);
        return false;
    }
    return n == 1 ? (RCI_TOTAL(-1), true) : n != RC_IMMORTAL_COUNT && drop_rare(child, NULL);
}

/* Goes on with the buffer in *field; the child whose last reference was at *slot, or NULL: the buffer is
 * gone. */
static rc_object *next_in_buffer(void **field, rc_object ***slot)
{
    rci_buffer *b = rci_buffer_of(*field);
    while (b->done < b->length) {
        *slot = rci_buffer_elements(b) + b->done++;
        rc_object *child = **slot;
        **slot = NULL;
        if (child && drop(child)) return child;
    }
    *field = NULL;
    rci_buffer_release(b);
    return NULL;
}

/* Nothing but the child at `slot` is left in o. */
static bool is_last(rc_object *o, rc_object **slot)
{
    rci_place place;
    size_t offset = cursor(o);
    if ((char *)slot != (char *)o + offset) return false;
    return !rci_next_field(o, offset + sizeof(void *), &place);
}

/* A child that dies now: the slot that it was in, and whether it was all that its parent still held. */
typedef struct heir {
    rc_object *child, **slot;
    bool last;
} heir;

/* The next child of o to die, found at or behind offset `from`; child NULL: no field is left. */
static heir next_heir(rc_object *o, size_t from)
{
    rci_place place;
    heir h = {NULL, NULL, false};
    while (!h.child && rci_next_field(o, from, &place)) {
        void **at = (void **)((char *)o + place.offset);
        from = place.offset + sizeof(void *);
        set_cursor(o, place.offset);
        if (place.kind == RC_KIND_WEAK) {
            rc_weak_fini((rc_object **)at);
        } else if (place.kind == RC_KIND_BUFFER) {
            h.child = next_in_buffer(at, &h.slot);
        } else {
            h.slot = (rc_object **)at;
            h.child = *at;
            *at = NULL;
            if (!drop(h.child)) h.child = NULL;
        }
    }
    h.last = h.child && is_last(o, h.slot);
    return h;
}

/* The slot that o stopped at: the current element of a buffer, else the field itself. */
static rc_object **current_slot(rc_object *o, size_t *from)
{
    rci_place place;
    rci_next_field(o, cursor(o), &place);
    void **at = (void **)((char *)o + place.offset);
    *from = place.offset + sizeof(void *);
    if (place.kind != RC_KIND_BUFFER) return (rc_object **)at;
    *from = place.offset;
    rci_buffer *b = rci_buffer_of(*at);
    return rci_buffer_elements(b) + b->done - 1;
}

/* ---- fields by hand ------------------------------------------------------------------------------------ */

/* A waiting object needs only its type and whether it is listed: 31 bits of the link go into count, the rest
 * into the serial's place. Addresses are multiples of 16 and below 2^61. */
static void wait(rc_object *o)
{
    uint64_t link = (uint64_t)(uintptr_t)nest.waiting >> 4;
    o->count = (int32_t)(0x80000000u | (uint32_t)(link & 0x7fffffff));
    o->word = (o->word & (RCI_LISTED | RCI_STATE_MASK)) | (uint32_t)(link >> 31) * RCI_SERIAL_UNIT;
    nest.waiting = o;
}

static rc_object *next_waiting(void)
{
    rc_object *o = nest.waiting;
    uint64_t link = (uint64_t)(o->word / RCI_SERIAL_UNIT) << 31 | ((uint32_t)o->count & 0x7fffffff);
    nest.waiting = (rc_object *)(uintptr_t)(link << 4);
    return o;
}

/* One class's own fields, each emptied before what it held is dropped. */
static void clear_table(rc_object *o, const rc_field *table)
{
    rci_place place;
    for (size_t from = 0; rci_next_in_table(table, (char *)o, from, &place);
         from = place.offset + sizeof(void *)) {
        void **at = (void **)((char *)o + place.offset);
        if (place.kind == RC_KIND_WEAK) {
            rc_weak_fini((rc_object **)at);
            continue;
        }
        void *held = *at;
        *at = NULL;
        if (place.kind == RC_KIND_BUFFER)
            rci_array_free(held, NULL);
        else
            rci_decref(held, NULL);
    }
}

static void clear_class(rc_object *o, const rc_type *type)
{
    if (type->clear && !type->fields) {
        type->clear(o);
        return;
    }
    if (type->base) clear_class(o, type->base);
    if (type->fields) clear_table(o, type->fields);
}

bool rci_can_clear(const rc_type *type)
{
    for (; type; type = type->base) {
        if (type->fields || type->clear) return true;
        if (type->traverse) return false;
    }
    return true;
}

/* Classes of nothing but strong fields, which most are, are walked in place. */
void rci_clear(rc_object *o)
{
    const rc_field *f = o->type->fields;
    if (RCI_UNLIKELY(!f || o->type->base)) {
        clear_class(o, o->type);
        return;
    }
    for (; f->kind == RC_KIND_STRONG; f++) {
        rc_object **slot = (rc_object **)((char *)o + f->offset);
        for (rc_object **end = slot + f->count; slot < end; slot++) {
            if (*slot) rci_setref(slot, NULL, NULL);
        }
    }
    if (f->kind != RC_KIND_END) clear_table(o, f);
}

static void clear_by_hand(rc_object *o)
{
    o->count = -1;
    nest.depth++;
    clear_class(o, o->type);
    nest.depth--;
    rci_object_free(o);
}

/* ---- the release loop ---------------------------------------------------------------------------------- */

/* One death and those that follow from it. An object is freed before its last child dies, but counted as released
 * after it, as if by recursion: a finalizer further down that allocates may start a collection, and must start the
 * same one. */
typedef struct burial {
    uintptr_t up;         /* link to the object whose fields are being released */
    uint32_t early;       /* freed, to be counted after the subtree             */
    uint32_t done;        /* to be counted before any user code runs            */
    const rc_type *plain; /* class of the last plain object, most often the next one's too; or NULL */
    const rc_field *rows; /* its table                                                              */
} burial;

/* Links are never 0, so that a slot that holds one does not read as empty. */
enum { LINK = 1, LINK_PLAIN = 2, LINK_BITS = 3 };

static inline rc_object *linked(uintptr_t link)
{
    return (rc_object *)(link & ~(uintptr_t)LINK_BITS);
}

static inline void count_done(burial *b)
{
    rci_gc_count_releases(rci_heap_self(), b->done);
    b->done = 0;
}

/* o waits until its child at `slot` is gone: its serial, of no use any more, makes room for `early`. */
static inline void push(burial *b, rc_object *o, rc_object **slot, uintptr_t link_bits)
{
    o->word = (o->word & (RCI_SERIAL_UNIT - 1)) | b->early * RCI_SERIAL_UNIT;
    *slot = (rc_object *)b->up;
    b->up = (uintptr_t)o | link_bits;
}

/* Goes back to the object that waited: the slot that its child was in, empty again. */
static inline void pop(burial *b, rc_object *o, rc_object **slot)
{
    uint32_t kept = o->word / RCI_SERIAL_UNIT;
    b->done += (b->early - kept) & (UINT32_MAX / RCI_SERIAL_UNIT);
    b->early = kept;
    b->up = (uintptr_t)*slot;
    *slot = NULL;
}

static inline bool is_strong(const rc_field *f)
{
    return f->kind == RC_KIND_STRONG || f->kind == RC_KIND_FLEX;
}

/* A class without fields of its own has this table. */
static const rc_field no_fields[] = {RC_FIELD_END};

static inline void note_plain(burial *b, const rc_type *type)
{
    b->plain = type;
    b->rows = type->fields ? type->fields : no_fields;
}

/* The class and those that it is derived from have nothing to look after at death. */
static bool is_bare(const rc_type *type)
{
    while (type && !type->fields && !type->finalize && !type->clear && !type->traverse) type = type->base;
    return !type;
}

/* Instances have nothing to look after at death but strong fields. */
static inline bool is_plain_class(const rc_type *type)
{
    const rc_field *f = type->fields;
    if (RCI_UNLIKELY(type->finalize || type->flags & RCI_TYPE_BUILTIN)) return false;
    if (type->base && !is_bare(type->base)) return false;
    if (!f) return !type->clear && !type->traverse;
    while (is_strong(f)) f++;
    return RCI_LIKELY(f->kind == RC_KIND_END);
}

/* Neither the object nor its class has anything else to look after: most are so. Then its class is noted. */
static inline bool is_plain(burial *b, const rc_object *o)
{
    const rc_type *type = o->type;
    if (RCI_UNLIKELY((rci_word(o) & (RCI_STATE_MASK | RCI_WEAK | RCI_LISTED)) > RCI_UNTRACKED)) return false;
    if (type == b->plain) return true;
    if (!is_plain_class(type)) return false;
    note_plain(b, type);
    return true;
}

/* The way through an object's strong fields: what is left of a row, and the rows behind it. */
typedef struct way {
    const rc_field *row;
    rc_object **slot, **end;
} way;

static inline void enter_row(way *w, const rc_object *o)
{
    const rc_field *f = w->row;
    w->slot = (rc_object **)((char *)(uintptr_t)o + f->offset);
    w->end = w->slot + f->count;
    if (RCI_UNLIKELY(f->kind == RC_KIND_FLEX))
        w->end = w->slot + (rci_object_bytes(o) - f->offset) / sizeof(rc_object *);
}

static inline way way_through(const burial *b, const rc_object *o)
{
    way w = {b->rows, NULL, NULL};
    enter_row(&w, o);
    return w;
}

/* The way on from behind the slot that was come to. */
static inline way way_behind(burial *b, const rc_object *o, rc_object **slot)
{
    note_plain(b, o->type);
    way w = way_through(b, o);
    while (slot >= w.end) {
        w.row++;
        enter_row(&w, o);
    }
    w.slot = slot + 1;
    return w;
}

/* On to a slot that is not empty; false: there is none. */
static inline bool next_on_way(way *w, const rc_object *o)
{
    for (;;) {
        for (; w->slot < w->end; w->slot++)
            if (*w->slot) return true;
        if (w->row->kind == RC_KIND_END || (++w->row)->kind == RC_KIND_END) return false;
        enter_row(w, o);
    }
}

/* Empties slots until one held the last reference to its child: it is w->slot. */
static inline bool next_heir_on_way(way *w, const rc_object *o, rc_object **child)
{
    for (; next_on_way(w, o); w->slot++) {
        *child = *w->slot;
        *w->slot = NULL;
        if (drop(*child)) return true;
    }
    return false;
}

/* Buries o, which is plain, and the plain ones that die with it, up to the last that waits. The result is an object
 * that dies next and is not plain; or NULL: who waits now, if anyone, is not plain. */
static rc_object *bury_plain(burial *b, rc_object *o)
{
    way w = way_through(b, o);
    rc_object *child;
    for (;;) {
        if (next_heir_on_way(&w, o, &child)) {
            rc_object **slot = w.slot++;
            if (next_on_way(&w, o)) {
                o->word = (o->word & ~RCI_STATE_MASK) | RCI_DYING;
                set_cursor(o, (size_t)((char *)slot - (char *)o));
                push(b, o, slot, LINK | LINK_PLAIN);
            } else {
                b->early += rci_object_release(o);
            }
            o = child;
            if (!is_plain(b, o)) return o;
            w = way_through(b, o);
        } else {
            b->done += rci_object_release(o);
            if (!(b->up & LINK_PLAIN)) return NULL;
            o = linked(b->up);
            rc_object **slot = (rc_object **)((char *)o + cursor(o));
            pop(b, o, slot);
            w = way_behind(b, o, slot);
        }
    }
}

/* The same for one object of any kind, from its field at `from` on: the next to die. */
static rc_object *bury_fields(burial *b, rc_object *o, size_t from)
{
    heir h = next_heir(o, from);
    if (h.child && !h.last)
        push(b, o, h.slot, LINK);
    else if (h.child)
        b->early += rci_object_release(o);
    else
        b->done += rci_object_release(o);
    return h.child;
}

/* What is left of the trash of a collection dies as anything else, once the trash has forgotten it. */
static inline void leave_trash(rc_object *o)
{
    if (RCI_LIKELY((o->word & (RCI_STATE_MASK | RCI_WEAK | RCI_LISTED)) != RCI_DOOMED)) return;
    if (o->type->finalize || o->type->base || o->type->flags & RCI_TYPE_BUILTIN) return;
    rci_gc_forget_doomed(o);
    o->word = (o->word & ~RCI_STATE_MASK) | RCI_GEN2;
}

static rc_object *bury(burial *b, rc_object *o)
{
    leave_trash(o);
    if (RCI_LIKELY(is_plain(b, o))) return bury_plain(b, o);
    b->plain = NULL;
    count_done(b);
    if (!last_words(o)) return NULL;
    if (rci_by_table(o->type)) return bury_fields(b, o, sizeof(rc_object));
    if (nest.depth < RCI_NEST_MAX)
        clear_by_hand(o);
    else
        wait(o);
    return NULL;
}

/* o's count is 1 and that reference is dropped here. */
static void release_one(rc_object *o)
{
    burial b = {LINK, 0, 0, NULL, NULL};
    for (;;) {
        while (o) o = bury(&b, o);
        o = linked(b.up);
        if (!o) break;
        size_t from;
        pop(&b, o, current_slot(o, &from));
        o = bury_fields(&b, o, from);
    }
    b.done += b.early;
    count_done(&b);
}

static void release(rc_object *o)
{
    release_one(o);
    while (RCI_UNLIKELY(nest.waiting != NULL) && nest.depth == 0) clear_by_hand(next_waiting());
}

/* A thread that has not used the library yet must not touch what a collection may be looking at. */
static inline void take_part(void)
{
#ifdef RECOUNT_THREADS
    if (rci_heap_is_none(rci_heap_self())) rci_thread_attach();
#endif
}

void rci_retain_slow(rc_object *o, const char *site)
{
    take_part();
    if (classify(o) == SHARED) {
        rci_retain_shared(o);
        RCI_TOTAL(1);
    } else if (classify(o) == FREED) {
        rci_fatal_count(RCI_EVENT_USE_AFTER_FREE, o, site);
    }
}

void rci_release_slow(rc_object *o, const char *site)
{
    take_part();
    if (RCI_LIKELY(__atomic_load_n(&o->count, __ATOMIC_RELAXED) == 1)) {
        RCI_TOTAL(-1);
        release(o);
    } else if (drop_rare(o, site)) {
        release(o);
    }
}
