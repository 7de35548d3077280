/* SPDX-License-Identifier: MIT
 *
 * Functions that the rewriter counts for. There is no count to follow; what can still go wrong is that the only reference
 * goes to a place that holds none: the object dies at the end of the statement. Or that a buffer goes to one that nobody
 * frees.
 */
#include <string.h>

#include "own_p.h"

typedef struct automatic {
    const ir_unit *unit;
    const contract_set *contracts;
    const own_options *options;
    const ir_func *func;
    own_result *out;
} automatic;

/* What the call reads as: the macro that it came out of, or the function. */
static const char *callee_name(const automatic *a, const ir_insn *call)
{
    return call->macro ? call->macro : a->unit->decls.at[call->a.name].source_name;
}

static const char *source_name(const automatic *a, ir_decl_id decl)
{
    return a->unit->decls.at[decl].source_name;
}

/* ---- where a value comes from -------------------------------------------------------------------------- */

static const ir_insn *maker_of(const automatic *a, const ir_opnd *o,
                               bool (*is)(const automatic *, const ir_insn *));

/* The instruction that made what `insn` defines, through casts and the arms of ?:, or NULL. */
static const ir_insn *made_by(const automatic *a, const ir_insn *insn,
                              bool (*is)(const automatic *, const ir_insn *))
{
    if (is(a, insn)) return insn;
    if (insn->op == IR_OP_cast || insn->op == IR_OP_copy) return maker_of(a, &insn->a, is);
    return NULL;
}

static const ir_insn *maker_of(const automatic *a, const ir_opnd *o,
                               bool (*is)(const automatic *, const ir_insn *))
{
    if (o->kind != IR_TEMP) return NULL;
    for (ir_block_id b = 1; b < a->func->block_count; b++)
        for (size_t i = 0; i < a->func->blocks[b].n; i++) {
            const ir_insn *insn = &a->func->blocks[b].insns[i];
            const ir_insn *call = insn->dst == o->temp ? made_by(a, insn, is) : NULL;
            if (call) return call;
        }
    return NULL;
}

static bool makes_reference(const automatic *a, const ir_insn *call)
{
    if (call->op != IR_OP_call || call->a.kind != IR_NAME) return false;
    const contract_fn *fn = contract_find(a->contracts, a->unit->decls.at[call->a.name].name);
    return fn && fn->result == CONTRACT_RESULT_NEW;
}

/* ---- what a place holds -------------------------------------------------------------------------------- */

/* The member that the place ends in, elements of it aside, or NULL. */
static const ir_field *member_of(const automatic *a, const ir_place *place, const ir_record **record)
{
    size_t n = place->step_count;
    while (n > 0 && place->steps[n - 1].kind == IR_STEP_INDEX) n--;
    if (n == 0) return NULL;
    *record = &a->unit->records.at[place->steps[n - 1].record];
    return &(*record)->fields[place->steps[n - 1].field];
}

static const ir_annots *annotations(const automatic *a, const ir_place *place, const char **name)
{
    const ir_record *record;
    const ir_field *field = member_of(a, place, &record);
    if (field) {
        *name = arena_printf(&a->out->arena, "%s.%s", record->name, field->name);
        return &field->annots;
    }
    if (place->base == IR_BASE_LOCAL) {
        *name = a->func->locals[place->id].name;
        return &a->func->locals[place->id].annots;
    }
    if (place->base != IR_BASE_GLOBAL) return NULL;
    *name = source_name(a, place->id);
    return &a->unit->decls.at[place->id].annots;
}

static bool names_object(const automatic *a, ir_type_id type)
{
    ir_record_id record;
    return ir_type_is_pointer_to_record(a->unit, type, &record) &&
           ir_annotated(&a->unit->records.at[record].annots, "class");
}

/* ---- the only reference in a place without one --------------------------------------------------------- */

/* Where the local is read after the store, in the order of the text, or anywhere: a loop comes around. */
static const ir_insn *next_read(const automatic *a, const ir_insn *store)
{
    const ir_insn *behind = NULL, *first = NULL;
    for (ir_block_id b = 1; b < a->func->block_count; b++)
        for (size_t i = 0; i < a->func->blocks[b].n; i++) {
            const ir_insn *insn = &a->func->blocks[b].insns[i];
            if (insn->op != IR_OP_load || insn->place.base != IR_BASE_LOCAL ||
                insn->place.id != store->place.id)
                continue;
            if (!first) first = insn;
            if (insn->span.begin >= store->span.end && (!behind || insn->span.begin < behind->span.begin))
                behind = insn;
        }
    return behind ? behind : first;
}

static void add_step(const automatic *a, diag *d, const ir_insn *at, const char *kind, const char *message)
{
    diag_add_step(&a->out->findings, d, kind, own_place(a->unit, &at->span), REFS_UNKNOWN, REFS_UNKNOWN, "%s",
                  message);
}

static void check_reference(const automatic *a, const ir_insn *store)
{
    const char *name;
    const ir_annots *annots = annotations(a, &store->place, &name);
    bool weak = annots && ir_annotated(annots, "weak");
    if (!annots || !(weak || ir_annotated(annots, "unowned")) || !names_object(a, store->type)) return;
    const ir_insn *call = maker_of(a, &store->a, makes_reference);
    if (!call || !own_wants(a->options, "use-after-release")) return;
    bool local = store->place.base == IR_BASE_LOCAL && store->place.step_count == 0;
    const ir_insn *read = local ? next_read(a, store) : NULL;
    if (local && !read) return;
    const char *callee = callee_name(a, call);
    arena *m = &a->out->arena;
    diag *d =
        diag_add(&a->out->findings, "use-after-release", own_place(a->unit, &store->span),
                 "result of %s dies at the end of this statement: '%s' is %s, and nothing else holds it",
                 callee, name, weak ? "weak" : "unowned");
    d->confidence = CONFIDENCE_MEDIUM;
    d->function = arena_strdup(m, source_name(a, a->func->decl));
    d->shape = arena_printf(m, "%s to %s", callee, name);
    add_step(a, d, call, "acquire",
             arena_printf(m, "+1 new reference from %s, which the full expression releases", callee));
    add_step(a, d, store, "store", arena_printf(m, "'%s' takes no reference of its own", name));
    if (read)
        add_step(a, d, read, "note", arena_printf(m, weak ? "'%s' is NULL here" : "'%s' dangles here", name));
}

/* ---- arrays that nobody releases ----------------------------------------------------------------------- */

static bool calls(const automatic *a, const ir_insn *insn, const char *name)
{
    return insn->op == IR_OP_call && insn->a.kind == IR_NAME &&
           strcmp(a->unit->decls.at[insn->a.name].name, name) == 0;
}

static bool makes_buffer(const automatic *a, const ir_insn *call)
{
    return calls(a, call, "rci_array_new");
}

static bool takes_address(const automatic *a, const ir_insn *insn)
{
    (void)a;
    return insn->op == IR_OP_addr;
}

/* The member that a new or resized buffer goes to, or NULL. */
static const ir_place *place_of_buffer(const automatic *a, const ir_insn *insn)
{
    const ir_insn *made = NULL;
    if (insn->op == IR_OP_store && maker_of(a, &insn->a, makes_buffer)) made = insn;
    if (calls(a, insn, "rci_array_resize")) made = maker_of(a, &insn->args[0], takes_address);
    const ir_place *place = made ? &made->place : NULL;
    bool member = place && place->step_count > 0 && place->steps[place->step_count - 1].kind == IR_STEP_FIELD;
    return member ? place : NULL;
}

static bool is_member_load(const ir_insn *insn, const ir_place *member)
{
    if (insn->op != IR_OP_load || insn->place.step_count == 0) return false;
    const ir_step *a = &insn->place.steps[insn->place.step_count - 1],
                  *b = &member->steps[member->step_count - 1];
    return a->kind == IR_STEP_FIELD && b->kind == IR_STEP_FIELD && a->record == b->record &&
           a->field == b->field;
}

/* Whether the function reads the member and frees a buffer: one and the same, if anything. */
static bool frees_member(const automatic *a, const ir_func *f, const ir_place *member)
{
    bool reads = false, frees = false;
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) {
            reads = reads || is_member_load(&f->blocks[b].insns[i], member);
            frees = frees || calls(a, &f->blocks[b].insns[i], "rci_array_free");
        }
    return reads && frees;
}

/* A finalizer in another unit may free it. */
static bool freed_elsewhere(const automatic *a, ir_record_id record)
{
    for (size_t i = 1; i < a->unit->decls.n; i++) {
        const ir_decl *decl = &a->unit->decls.at[i];
        ir_record_id of;
        if (decl->kind == IR_DECL_FUNCTION && !decl->defined && ir_annotated(&decl->annots, "finalizer") &&
            decl->param_count == 1 && ir_type_is_pointer_to_record(a->unit, decl->params[0].type, &of) &&
            of == record)
            return true;
    }
    return false;
}

static void check_buffer(const automatic *a, const ir_insn *insn)
{
    const ir_record *record;
    const ir_place *place = place_of_buffer(a, insn);
    const ir_field *field = place ? member_of(a, place, &record) : NULL;
    if (!field || !ir_annotated(&record->annots, "class") || ir_annot_arg(&field->annots, "counted_by"))
        return;
    if (!own_wants(a->options, "leak") || freed_elsewhere(a, place->steps[place->step_count - 1].record))
        return;
    for (size_t i = 0; i < a->unit->funcs.n; i++)
        if (frees_member(a, a->unit->funcs.at[i], place)) return;
    diag *d = diag_add(&a->out->findings, "leak", own_place(a->unit, &insn->span),
                       "the buffer and what it holds leak with each '%s': '%s' is not marked RC_COUNTED_BY, "
                       "and nothing frees it",
                       record->name, field->name);
    d->confidence = CONFIDENCE_MEDIUM;
    d->function = arena_strdup(&a->out->arena, source_name(a, a->func->decl));
    d->shape = arena_printf(&a->out->arena, "%s.%s", record->name, field->name);
}

/* A flexible array of objects that says not how many it has: stores into it count, and nothing gives them back. */
static void check_flexible(const automatic *a, const ir_record *record)
{
    if (!ir_annotated(&record->annots, "class") || record->field_count == 0 || !own_wants(a->options, "leak"))
        return;
    const ir_field *field = &record->fields[record->field_count - 1];
    const ir_type *type = ir_type_of(a->unit, field->type);
    if (type->kind != IR_ARRAY || type->length != 0 || !names_object(a, type->of)) return;
    if (ir_annot_arg(&field->annots, "counted_by") || ir_annotated(&field->annots, "unowned")) return;
    diag *d =
        diag_add(&a->out->findings, "leak", own_place(a->unit, &field->span),
                 "what '%s' holds leaks with each '%s': a flexible array has to be marked RC_COUNTED_BY",
                 field->name, record->name);
    d->function = arena_strdup(&a->out->arena, record->name);
    d->shape = arena_strdup(&a->out->arena, field->name);
}

void own_check_members(const ir_unit *unit, const own_options *options, own_result *out)
{
    automatic a = {.unit = unit, .options = options, .out = out};
    for (size_t i = 1; i < unit->records.n; i++) check_flexible(&a, &unit->records.at[i]);
}

void own_check_automatic(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                         const ir_func *func, own_result *out)
{
    automatic a = {unit, contracts, options, func, out};
    for (ir_block_id b = 1; b < func->block_count; b++)
        for (size_t i = 0; i < func->blocks[b].n; i++) {
            const ir_insn *insn = &func->blocks[b].insns[i];
            if (insn->op == IR_OP_store) check_reference(&a, insn);
            check_buffer(&a, insn);
        }
}
