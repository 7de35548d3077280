/* SPDX-License-Identifier: MIT
 *
 * Fields that own what they refer to, by what the unit itself releases: a value that was read from a field and is dropped
 * without having been taken was the field's own. What is stored there must come with a reference, and what stood there
 * must be dropped, as by the rules of the dialect, but on evidence: only what is certainly borrowed is reported.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

enum { MOST_FIELDS = 64, DEEPEST_CONDITION = 6 };

struct drops {
    const ir_unit *unit;
    uint64_t *fields; /* by record */
};

typedef struct part { /* a field of a record; record 0: none */
    ir_record_id record;
    uint32_t field;
} part;

typedef struct scan {
    const ir_unit *unit;
    const ir_func *func;
    const contract_set *contracts;
    part *value, *address;             /* by temp: read from the field; the field's address */
    part *local_value, *local_address; /* by local */
    uint64_t *released, *retained;     /* by record, of the unit */
} scan;

static part part_of(const ir_place *place)
{
    const ir_step *last = place->step_count ? &place->steps[place->step_count - 1] : NULL;
    bool field = last && last->kind == IR_STEP_FIELD && last->field < MOST_FIELDS;
    return field && place->base == IR_BASE_MEMORY ? (part){last->record, last->field} : (part){0, 0};
}

static void put(uint64_t *sets, part p)
{
    if (p.record) sets[p.record] |= (uint64_t)1 << p.field;
}

static void scan_call(scan *s, const ir_insn *insn)
{
    const char *name = insn->a.kind == IR_NAME ? s->unit->decls.at[insn->a.name].name : NULL;
    const contract_fn *fn = name ? contract_find(s->contracts, name) : NULL;
    for (size_t i = 0; fn && i < insn->arg_count && i < fn->param_count; i++) {
        ir_temp t = ir_temp_of(&insn->args[i]);
        if (fn->params[i].effect == CONTRACT_RELEASES)
            put(s->released, fn->params[i].variable ? s->address[t] : s->value[t]);
        if (fn->params[i].effect == CONTRACT_RETAINS) put(s->retained, s->value[t]);
    }
}

static void scan_load(scan *s, const ir_insn *insn)
{
    const ir_place *at = &insn->place;
    if (at->base == IR_BASE_LOCAL && !at->step_count) {
        s->value[insn->dst] = s->local_value[at->id];
        s->address[insn->dst] = s->local_address[at->id];
    } else if (at->base == IR_BASE_MEMORY && !at->step_count) {
        s->value[insn->dst] = s->address[at->id];
    } else {
        s->value[insn->dst] = part_of(at);
    }
}

static void scan_insn(scan *s, const ir_insn *insn)
{
    bool local = insn->place.base == IR_BASE_LOCAL && !insn->place.step_count;
    switch (insn->op) {
    case IR_OP_load: scan_load(s, insn); break;
    case IR_OP_addr: s->address[insn->dst] = part_of(&insn->place); break;
    case IR_OP_cast:
    case IR_OP_copy:
        s->value[insn->dst] = s->value[ir_temp_of(&insn->a)];
        s->address[insn->dst] = s->address[ir_temp_of(&insn->a)];
        break;
    case IR_OP_store:
        if (!local) break;
        s->local_value[insn->place.id] = s->value[ir_temp_of(&insn->a)];
        s->local_address[insn->place.id] = s->address[ir_temp_of(&insn->a)];
        break;
    case IR_OP_call: scan_call(s, insn); break;
    default: break;
    }
}

/* ---- a flag beside the field may say whether it owns ------------------------------------------------------------------- */

static bool asks_a_flag(const ir_unit *unit, const ir_func *f, const ir_insn *const *defs, const ir_opnd *o,
                        int depth)
{
    const ir_insn *insn = o->kind == IR_TEMP && depth < DEEPEST_CONDITION ? defs[o->temp] : NULL;
    if (!insn) return false;
    if (insn->op == IR_OP_load) {
        ir_type_kind kind = ir_type_of(unit, ir_place_type(unit, f, &insn->place))->kind;
        return (kind == IR_INT || kind == IR_BOOL) && part_of(&insn->place).record;
    }
    bool constant = insn->op != IR_OP_bin || insn->b.kind == IR_INTEGER;
    return constant && asks_a_flag(unit, f, defs, &insn->a, depth + 1);
}

static bool branches_on_a_flag(const ir_unit *unit, const ir_func *f)
{
    const ir_insn **defs = x_calloc(f->temp_count + 1, sizeof *defs);
    bool found = false;
    for (ir_block_id b = 1; b < f->block_count && !found; b++)
        for (size_t i = 0; i < f->blocks[b].n && !found; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            if (insn->dst) defs[insn->dst] = insn;
            found = insn->op == IR_OP_br && asks_a_flag(unit, f, defs, &insn->a, 0);
        }
    free(defs);
    return found;
}

/* ---- the unit ----------------------------------------------------------------------------------------------------------- */

static void scan_function(drops *d, const contract_set *contracts, const ir_func *f)
{
    size_t records = d->unit->records.n + 1;
    scan s = {.unit = d->unit, .func = f, .contracts = contracts};
    part *parts = x_calloc(2 * (f->temp_count + f->local_count + 2), sizeof *parts);
    s.value = parts, s.address = s.value + f->temp_count + 1;
    s.local_value = s.address + f->temp_count + 1, s.local_address = s.local_value + f->local_count + 1;
    s.released = x_calloc(2 * records, sizeof *s.released), s.retained = s.released + records;
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) scan_insn(&s, &f->blocks[b].insns[i]);
    bool any = false;
    for (size_t r = 1; r < records; r++) any |= (s.released[r] & ~s.retained[r]) != 0;
    if (any && !branches_on_a_flag(d->unit, f))
        for (size_t r = 1; r < records; r++) d->fields[r] |= s.released[r] & ~s.retained[r];
    free(parts);
    free(s.released);
}

drops *own_drops_new(const ir_unit *unit, const contract_set *contracts, const char *habits)
{
    drops *d = x_calloc(1, sizeof *d);
    d->unit = unit;
    d->fields = x_calloc(unit->records.n + 1, sizeof *d->fields);
    const char *text = habits ? strchr(habits, '/') : NULL;
    for (unsigned long r; text && *text == '/';) {
        char *end;
        r = strtoul(text + 1, &end, 10);
        uint64_t bits = *end == ':' ? strtoull(end + 1, &end, 16) : 0;
        if (r < unit->records.n) d->fields[r] = bits;
        text = end;
    }
    for (size_t i = 0; i < unit->funcs.n && !habits; i++) scan_function(d, contracts, unit->funcs.at[i]);
    return d;
}

void own_drops_free(drops *d)
{
    if (!d) return;
    free(d->fields);
    free(d);
}

void own_drops_write(const drops *d, strbuf *out)
{
    for (size_t r = 1; r < d->unit->records.n; r++)
        if (d->fields[r]) strbuf_printf(out, "/%zu:%" PRIx64, r, d->fields[r]);
}

bool own_drops(const engine *e, own_slot at)
{
    const slot *s = own_slot_at(e, at);
    if (s->kind != SLOT_FIELD || s->id >= MOST_FIELDS || !own_slot_base(e, at)) return false;
    if (!(e->drops->fields[s->record] >> s->id & 1)) return false;
    const ir_field *field = &e->unit->records.at[s->record].fields[s->id];
    return contract_object_at(e->contracts, e->unit, field->type);
}

/* ---- at an exit: what is stored there without a reference --------------------------------------------------------- */

/* Somebody else's for certain: by a contract, by what this function has promised of its argument, or a static object of
 * the API's; one that the file defines never dies. */
bool own_is_borrowed(const engine *e, const fact *f, own_val v)
{
    const value *x = own_value(e, v);
    if (x->kind == VAL_ADDR) {
        const slot *at = own_slot_at(e, x->slot);
        const ir_type *type =
            at->kind == SLOT_GLOBAL ? ir_type_of(e->unit, e->unit->decls.at[at->id].type) : NULL;
        return type && type->kind == IR_RECORD && !e->unit->decls.at[at->id].init &&
               contract_object_of(e->contracts, e->unit, type->record);
    }
    if (!f || (f->flags & (FACT_ESCAPED | FACT_INNER | FACT_INFERRED | FACT_ELEMENT)) || own_fact_is_null(f))
        return false;
    return f->origin == ORIGIN_BORROWED || (f->origin == ORIGIN_PARAM && own_promised_borrow(e, v));
}

static const trace *store_of(const state *s, own_val v)
{
    for (const trace *t = s->trace; t && t->insn; t = t->up)
        if (t->kind == TRACE_STORE && t->val == v) return t;
    return NULL;
}

static int owning_names(const engine *e, const state *s, own_val v)
{
    int n = 0;
    for (size_t i = 0; i < s->binds.n; i++) n += s->binds.at[i].val == v && own_drops(e, s->binds.at[i].slot);
    return n;
}

void own_check_stored(engine *e, state *s, own_val returned)
{
    if (e->dialect) return;
    for (size_t i = 0; i < s->binds.n; i++) {
        own_val v = s->binds.at[i].val;
        own_slot at = s->binds.at[i].slot;
        const fact *f = own_fact(s, v);
        if (!own_drops(e, at) || !own_is_borrowed(e, f, v)) continue;
        int held = f ? f->held : 0, names = owning_names(e, s, v) + (v == returned);
        const trace *t = store_of(s, v);
        if (held >= names || !t) continue;
        defect *d = own_defect(e, s, "missing-incref", t->insn, v);
        if (!d) continue;
        const slot *field = own_slot_at(e, at);
        d->held = held, d->expected = names;
        d->confidence = CONFIDENCE_MEDIUM;
        d->message = own_text(e, "%s is stored in '%s', which this file releases, without a reference for it",
                              own_describe(e, v), e->unit->records.at[field->record].fields[field->id].name);
    }
}

/* ---- a function that may run again on the same object -------------------------------------------------------------- */

/* Whether a call before the instruction may have dealt with the object's fields. */
static bool was_handled(const engine *e, const ir_insn *before)
{
    for (uint32_t i = 1; i <= e->insn_count && e->insns[i] != before; i++) {
        const ir_insn *insn = e->insns[i];
        if (insn->op != IR_OP_call) continue;
        const contract_fn *fn = insn->a.kind == IR_NAME
                                    ? contract_find(e->contracts, e->unit->decls.at[insn->a.name].name)
                                    : NULL;
        for (size_t k = 0; k < insn->arg_count && !fn; k++) {
            const ir_insn *from = e->defs[ir_temp_of(&insn->args[k])];
            while (from && from->op == IR_OP_cast) from = e->defs[ir_temp_of(&from->a)];
            bool local = from && from->op == IR_OP_load && from->place.base == IR_BASE_LOCAL;
            if (local && e->func->locals[from->place.id].is_param && !e->func->locals[from->place.id].param)
                return true;
        }
    }
    return false;
}

void own_check_again(engine *e, state *s, const ir_insn *insn, own_slot at, own_val v)
{
    if (!e->own_contract || !e->own_contract->repeats || e->dialect) return;
    const fact *f = own_fact(s, v);
    own_val self = own_symbol(e, e->insn_count + 1, 0, 0);
    if (!f || f->held <= 0 || (f->flags & FACT_ESCAPED) || own_fact_is_null(f)) return;
    if (!own_drops(e, at) || own_slot_base(e, at) != self || own_get(s, at)) return;
    const fact *object = own_fact(s, self);
    if ((object && (object->flags & FACT_ESCAPED)) || was_handled(e, insn)) return;
    defect *d = own_defect(e, s, "overwrite-leak", insn, v);
    if (!d) return;
    const slot *field = own_slot_at(e, at);
    d->held = 1, d->expected = 0;
    d->confidence = CONFIDENCE_MEDIUM;
    d->message =
        own_text(e,
                 "'%s' is overwritten without a look at what it holds: this function may be called again "
                 "on the same object",
                 e->unit->records.at[field->record].fields[field->id].name);
}
