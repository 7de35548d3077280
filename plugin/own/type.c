/* SPDX-License-Identifier: MIT
 *
 * Types that are described by hand: every field that one of traverse, clear and dealloc treats as owned must be treated
 * by the others, and tables end with an empty entry. A field counts as owned when one of the three handles it, or when
 * some function of the file puts a reference there that it made or retained.
 */
#include <stdlib.h>
#include <string.h>

#include "type_p.h"

enum { DEEPEST_CALL = 3 };

static const struct {
    const char *record, *member;
    int64_t number;
    int part;
} protocol[] = {
#define MEMBER(record, member, part) {record, member, -1, part},
#define NUMBER(record, number, part) {record, NULL, number, part},
#include "protocol.def"
};

static const struct {
    const char *record, *member;
    uint64_t bit; /* 0: points to a table of slots */
} members[] = {
#define FLAGS(record, member, bit) {record, member, bit},
#define SLOTS(record, member)      {record, member, 0},
#include "protocol.def"
};

/* ---- which functions ---------------------------------------------------------------------------------------------- */

static const ir_init *item_of(const ir_init *init, uint32_t index)
{
    for (size_t i = 0; init && i < init->item_count; i++)
        if (init->items[i].index == index) return init->items[i].init;
    return NULL;
}

static void read_members(const type_check *t, const ir_init *init, const ir_record *record, type_parts *out)
{
    for (size_t i = 0; i < init->item_count; i++) {
        const ir_init *value = init->items[i].init;
        if (!value || value->is_list || value->value.kind != IR_NAME ||
            init->items[i].index >= record->field_count)
            continue;
        const char *member = record->fields[init->items[i].index].name;
        for (size_t k = 0; k < sizeof protocol / sizeof *protocol; k++)
            if (protocol[k].member && strcmp(protocol[k].record, record->name) == 0 &&
                strcmp(protocol[k].member, member) == 0)
                out->at[protocol[k].part] = value->value.name, out->any = true;
    }
    (void)t;
}

static void read_table(const type_check *t, const ir_init *init, type_parts *out);

/* The members that hold no function: flags, and the table of slots. */
static void read_others(const type_check *t, const ir_init *init, const ir_record *record, type_parts *out)
{
    for (size_t k = 0; k < sizeof members / sizeof *members; k++) {
        if (strcmp(members[k].record, record->name) != 0) continue;
        for (size_t i = 0; i < init->item_count; i++) {
            const ir_init *value = init->items[i].init;
            uint32_t field = init->items[i].index;
            if (!value || field >= record->field_count ||
                strcmp(record->fields[field].name, members[k].member) != 0)
                continue;
            bool table = !members[k].bit && value->place.base == IR_BASE_GLOBAL;
            if (table) {
                read_table(t, t->unit->decls.at[value->place.id].init, out);
                out->at_run_time = true;
            }
            if (members[k].bit && value->value.kind == IR_INTEGER)
                out->collectable =
                    (uint64_t)value->value.integer & members[k].bit ? COLLECTABLE_YES : COLLECTABLE_NO;
        }
    }
}

static void read_slot(const ir_init *entry, const ir_record *record, type_parts *out)
{
    const ir_init *number = item_of(entry, 0), *function = item_of(entry, 1);
    if (!number || !function || number->value.kind != IR_INTEGER || function->value.kind != IR_NAME) return;
    for (size_t k = 0; k < sizeof protocol / sizeof *protocol; k++)
        if (protocol[k].number == number->value.integer && strcmp(protocol[k].record, record->name) == 0)
            out->at[protocol[k].part] = function->value.name, out->any = true;
}

static void read_table(const type_check *t, const ir_init *init, type_parts *out)
{
    const ir_type *type = init ? ir_type_of(t->unit, init->type) : NULL;
    if (!type || type->kind != IR_ARRAY) return;
    const ir_type *element = ir_type_of(t->unit, type->of);
    for (size_t i = 0; i < init->item_count && element->kind == IR_RECORD; i++)
        if (init->items[i].init) read_slot(init->items[i].init, &t->unit->records.at[element->record], out);
}

static void read_parts(const type_check *t, const ir_init *init, type_parts *out)
{
    const ir_type *type = ir_type_of(t->unit, init->type);
    read_table(t, init, out);
    if (type->kind != IR_RECORD) return;
    const ir_record *record = &t->unit->records.at[type->record];
    read_members(t, init, record, out);
    read_others(t, init, record, out);
}

/* ---- which fields ------------------------------------------------------------------------------------------------- */

bool own_type_counts(const type_check *t, ir_record_id record, size_t i)
{
    const ir_field *field = &t->unit->records.at[record].fields[i];
    if (i >= MOST_FIELDS || ir_annotated(&field->annots, "weak") || ir_annotated(&field->annots, "unowned"))
        return false;
    return contract_object_at(t->contracts, t->unit, field->type);
}

/* The record of a type itself: reached from an object that is dealt with, and none of its fields. */
bool own_describes_type(const ir_record *r)
{
    for (size_t k = 0; k < sizeof protocol / sizeof *protocol; k++)
        if (strcmp(protocol[k].record, r->name) == 0) return true;
    return false;
}

static bool owns_fields(const type_check *t, ir_record_id record)
{
    const ir_record *r = &t->unit->records.at[record];
    if (own_describes_type(r)) return false;
    bool derived = r->field_count && ir_type_of(t->unit, r->fields[0].type)->kind == IR_RECORD;
    if (!derived || !contract_object_of(t->contracts, t->unit, record)) return false;
    for (size_t i = 1; i < r->field_count; i++)
        if (own_type_counts(t, record, i)) return true;
    return false;
}

static void mention_place(const type_check *t, const ir_place *place, field_set *set)
{
    for (size_t i = 0; i < place->step_count; i++) {
        const ir_step *step = &place->steps[i];
        if (step->kind != IR_STEP_FIELD || step->field >= MOST_FIELDS) continue;
        if (!set->record && owns_fields(t, step->record)) set->record = step->record;
        if (step->record == set->record) set->bits |= (uint64_t)1 << step->field;
    }
}

/* Which fields of the record the temporaries and locals of a function hold. */
typedef struct holders {
    const ir_func *func;
    uint64_t *temp, *local;
} holders;

static uint64_t field_bit(const ir_place *place, ir_record_id record)
{
    if (!place->step_count) return 0;
    const ir_step *last = &place->steps[place->step_count - 1];
    bool field = last->kind == IR_STEP_FIELD && last->record == record && last->field < MOST_FIELDS;
    return field ? (uint64_t)1 << last->field : 0;
}

bool own_is_clear_member(const type_check *t, const ir_place *place)
{
    const ir_step *last = place->step_count ? &place->steps[place->step_count - 1] : NULL;
    if (!last || last->kind != IR_STEP_FIELD) return false;
    const ir_record *r = &t->unit->records.at[last->record];
    for (size_t k = 0; k < sizeof protocol / sizeof *protocol; k++)
        if (protocol[k].member && protocol[k].part == PART_CLEAR &&
            strcmp(protocol[k].record, r->name) == 0 &&
            strcmp(protocol[k].member, r->fields[last->field].name) == 0)
            return true;
    return false;
}

static void release_arguments(const type_check *t, const holders *h, const ir_insn *insn, field_set *set)
{
    const char *name = insn->a.kind == IR_NAME ? t->unit->decls.at[insn->a.name].name : NULL;
    const contract_fn *fn = name ? contract_find(t->contracts, name) : NULL;
    for (size_t i = 0; fn && i < insn->arg_count && i < fn->param_count; i++)
        if (fn->params[i].effect == CONTRACT_RELEASES) set->released |= h->temp[ir_temp_of(&insn->args[i])];
}

static void follow_field(const type_check *t, holders *h, const ir_insn *insn, field_set *set)
{
    bool local = insn->place.base == IR_BASE_LOCAL && !insn->place.step_count;
    switch (insn->op) {
    case IR_OP_load:
        h->temp[insn->dst] = local ? h->local[insn->place.id] : field_bit(&insn->place, set->record);
        break;
    case IR_OP_addr: set->released |= field_bit(&insn->place, set->record); break;
    case IR_OP_cast:
    case IR_OP_copy: h->temp[insn->dst] = h->temp[ir_temp_of(&insn->a)]; break;
    case IR_OP_store:
        if (local) h->local[insn->place.id] |= h->temp[ir_temp_of(&insn->a)];
        break;
    case IR_OP_call: release_arguments(t, h, insn, set); break;
    default: break;
    }
}

static void mention(const type_check *t, ir_decl_id decl, field_set *set, int depth);

static void mention_insn(const type_check *t, holders *h, const ir_insn *insn, field_set *set, int depth)
{
    if (ir_ops[insn->op].place) mention_place(t, &insn->place, set);
    if (insn->op == IR_OP_load && own_is_clear_member(t, &insn->place)) set->clears = true;
    follow_field(t, h, insn, set);
    if (insn->op == IR_OP_call && insn->a.kind == IR_NAME) mention(t, insn->a.name, set, depth + 1);
}

/* Fields of the record that a function, or what it calls, mentions; the first counted record fixes which one. */
static void mention(const type_check *t, ir_decl_id decl, field_set *set, int depth)
{
    const ir_func *f = decl ? t->by_decl[decl] : NULL;
    if (!f || depth > DEEPEST_CALL) return;
    holders h = {f, x_calloc(f->temp_count + 1, sizeof *h.temp),
                 x_calloc(f->local_count + 1, sizeof *h.local)};
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) mention_insn(t, &h, &f->blocks[b].insns[i], set, depth);
    free(h.temp);
    free(h.local);
}

/* ---- findings ------------------------------------------------------------------------------------------------------ */

static const char *const part_words[PART_COUNT] = {"traverse", "clear", "dealloc"};
static const char *const part_checks[PART_COUNT] = {"traverse-missing-field", "clear-missing-field",
                                                    "dealloc-missing-field"};

diag *own_type_report(const type_check *t, const char *check, const ir_span *at, const char *function,
                      const char *message)
{
    diag *d = diag_add(&t->out->findings, check, own_place(t->unit, at), "%s", message);
    d->confidence = CONFIDENCE_MEDIUM;
    d->function = arena_strdup(&t->out->arena, function);
    d->shape = d->function;
    return d;
}

static void report_field(const type_check *t, ir_record_id record, size_t i, int part, int witness)
{
    const ir_record *r = &t->unit->records.at[record];
    const ir_field *field = &r->fields[i];
    if (!own_wants(t->options, part_checks[part])) return;
    for (size_t k = 0; k < t->out->findings.n; k++) {
        const diag *old = &t->out->findings.at[k];
        if (strcmp(old->check, part_checks[part]) == 0 && old->place.line == field->span.line) return;
    }
    diag *d =
        diag_add(&t->out->findings, part_checks[part], own_place(t->unit, &field->span),
                 "field '%s' is not handled by %s, but by %s", field->name, part_words[part],
                 witness < PART_COUNT ? part_words[witness] : "code that stores an owned reference there");
    d->confidence = CONFIDENCE_MEDIUM;
    d->function = arena_strdup(&t->out->arena, r->name);
    d->shape = arena_printf(&t->out->arena, "%s.%s", r->name, field->name);
}

/* Who shows that the field is owned: traverse by visiting it, the others by releasing it. */
static int witness_of(const field_set *sets, const type_parts *parts, size_t i, int but)
{
    for (int p = PART_COUNT - 1; p >= 0; p--) {
        uint64_t shown = p == PART_TRAVERSE ? sets[p].bits : sets[p].released;
        if (p != but && parts->at[p] && (shown >> i & 1)) return p;
    }
    return -1;
}

/* Clear may leave to dealloc what cannot be part of a cycle, so only what traverse visits is asked of it. */
static void check_parts(const type_check *t, const type_parts *parts, uint64_t owned, ir_record_id record,
                        const field_set *sets)
{
    for (size_t i = 1; i < t->unit->records.at[record].field_count; i++) {
        if (!own_type_counts(t, record, i)) continue;
        int other = witness_of(sets, parts, i, PART_DEALLOC);
        bool stored = owned >> i & 1;
        if (parts->at[PART_DEALLOC] && !(sets[PART_DEALLOC].bits >> i & 1) && (other >= 0 || stored))
            report_field(t, record, i, PART_DEALLOC, other >= 0 ? other : PART_COUNT);
        other = witness_of(sets, parts, i, PART_TRAVERSE);
        if (parts->at[PART_TRAVERSE] && !(sets[PART_TRAVERSE].bits >> i & 1) && other >= 0)
            report_field(t, record, i, PART_TRAVERSE, other);
        bool visited = sets[PART_TRAVERSE].bits >> i & 1, dropped = sets[PART_CLEAR].bits >> i & 1;
        if (parts->at[PART_CLEAR] && visited && !dropped && !(sets[PART_DEALLOC].bits >> i & 1))
            report_field(t, record, i, PART_CLEAR, PART_TRAVERSE);
    }
}

static void check_type(const type_check *t, const ir_decl *decl)
{
    const ir_init *init = decl->init;
    type_parts parts = {0};
    field_set sets[PART_COUNT] = {0};
    read_parts(t, init, &parts);
    ir_record_id record = 0;
    for (int p = 0; p < PART_COUNT && parts.any; p++) {
        if (parts.at[p] && !t->by_decl[parts.at[p]]) return;
        sets[p].record = record;
        mention(t, parts.at[p], &sets[p], 0);
        if (!record) record = sets[p].record;
    }
    if (sets[PART_DEALLOC].clears) sets[PART_DEALLOC].bits |= sets[PART_CLEAR].bits;
    if (record) check_parts(t, &parts, own_owned_fields(t->unit, t->contracts, record), record, sets);
    if (parts.any) own_check_collector(t, decl, &parts, sets);
}

/* ---- tables ---------------------------------------------------------------------------------------------------------- */

static bool is_table(const type_check *t, const ir_record *record)
{
    for (size_t i = 0; i < record->field_count; i++) {
        const contract_field *c = contract_find_field(t->contracts, record->name, record->fields[i].name);
        if (c && c->fn && i > 0) return ir_type_of(t->unit, record->fields[0].type)->kind == IR_POINTER;
    }
    return false;
}

static void check_table(const type_check *t, const ir_decl *decl)
{
    const ir_type *type = ir_type_of(t->unit, decl->type);
    if (type->kind != IR_ARRAY || !decl->init || !decl->init->item_count) return;
    const ir_type *element = ir_type_of(t->unit, type->of);
    if (element->kind != IR_RECORD || !is_table(t, &t->unit->records.at[element->record])) return;
    const struct ir_init_item *last = &decl->init->items[decl->init->item_count - 1];
    bool more = type->length > (uint64_t)last->index + 1;
    const ir_init *first = last->init ? item_of(last->init, 0) : NULL;
    if (more || !first || first->value.kind != IR_STRING ||
        !own_wants(t->options, "method-table-unterminated"))
        return;
    diag *d = diag_add(&t->out->findings, "method-table-unterminated", own_place(t->unit, &last->init->span),
                       "the table '%s' does not end with an empty entry", decl->source_name);
    d->function = arena_strdup(&t->out->arena, decl->source_name);
    d->shape = d->function;
}

void own_check_types(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                     ir_func *const *by_decl, own_result *out)
{
    type_check t = {unit, contracts, options, out, by_decl};
    for (size_t i = 1; i < unit->decls.n; i++) {
        const ir_decl *decl = &unit->decls.at[i];
        if (decl->kind != IR_DECL_GLOBAL || !decl->init) continue;
        check_type(&t, decl);
        check_table(&t, decl);
    }
}
