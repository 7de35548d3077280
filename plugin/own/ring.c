/* SPDX-License-Identifier: MIT
 *
 * cycle-definite: a store after which two known objects hold each other, directly or through others. The edges are what the
 * state knows of counted fields: those of a class, and those that the file itself releases.
 */
#include "own_p.h"

enum { LONGEST = 6 };

/* A field whose value is a reference of the object's own. */
static bool holds(const engine *e, own_slot at)
{
    return e->dialect ? own_slot_counts(e, at) : own_drops(e, at);
}

typedef struct way {
    engine *e;
    const state *s;
    own_slot steps[LONGEST];
    size_t n;
} way;

/* From one object through fields to another; the fields passed stand in `steps`. */
static bool reach(way *w, own_val from, own_val to)
{
    if (from == to) return true;
    if (w->n == LONGEST) return false;
    for (size_t i = 0; i < w->s->binds.n; i++) {
        const binding *b = &w->s->binds.at[i];
        if (own_slot_base(w->e, b->slot) != from || own_value(w->e, b->val)->kind != VAL_SYM) continue;
        bool passed = !holds(w->e, b->slot) || own_truth(w->e, w->s, b->val) == 0;
        for (size_t k = 0; k < w->n && !passed; k++) passed = w->steps[k] == b->slot;
        if (passed) continue;
        w->steps[w->n++] = b->slot;
        if (reach(w, b->val, to)) return true;
        w->n--;
    }
    return false;
}

static const char *field_text(engine *e, own_slot at)
{
    const slot *s = own_slot_at(e, at);
    while (s->kind == SLOT_INDEX) s = own_slot_at(e, s->parent);
    const ir_record *record = &e->unit->records.at[s->record];
    return own_text(e, "%s.%s", record->name, record->fields[s->id].name);
}

void own_check_ring(engine *e, state *s, const ir_insn *insn, own_slot at, own_val v)
{
    own_val holder = own_slot_base(e, at);
    if (!holder || !v || own_value(e, v)->kind != VAL_SYM || own_truth(e, s, v) == 0) return;
    if (!own_wants(e->options, "cycle-definite") || !holds(e, at)) return;
    way w = {.e = e, .s = s};
    if (!reach(&w, v, holder)) return;
    const char *text = field_text(e, at);
    for (size_t i = 0; i < w.n; i++) text = own_text(e, "%s, %s", text, field_text(e, w.steps[i]));
    defect *d = own_defect(e, s, "cycle-definite", insn, v);
    if (!d) return;
    d->confidence = e->dialect ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM;
    d->message = w.n ? own_text(e, "this store closes a ring of strong references: %s", text)
                     : own_text(e, "this store lets the object hold itself: %s", text);
}
