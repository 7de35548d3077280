/* SPDX-License-Identifier: MIT
 *
 * Types and the collector: a dealloc untracks its object before it releases what the object holds, and frees the memory by
 * the allocator that such objects come from; it gives back the object's reference to a type that was made at run time; a
 * type whose fields may lead back to it is collectable.
 */
#include <stdlib.h>
#include <string.h>

#include "type_p.h"

enum { DEEPEST_CHAIN = 8 };

static const struct {
    const char *name;
    bool collectable;
} domains[] = {
#define DOMAIN(name, collectable) {name, collectable},
#include "protocol.def"
};

/* ---- where values come from ---------------------------------------------------------------------------- */

typedef struct body {
    const type_check *t;
    const ir_func *func;
    const ir_insn **defs; /* by temporary */
} body;

static void body_init(body *b, const type_check *t, const ir_func *func)
{
    *b = (body){t, func, x_calloc(func->temp_count + 1, sizeof *b->defs)};
    for (ir_block_id at = 1; at < func->block_count; at++)
        for (size_t i = 0; i < func->blocks[at].n; i++)
            b->defs[func->blocks[at].insns[i].dst] = &func->blocks[at].insns[i];
    b->defs[0] = NULL;
}

static void body_fini(body *b)
{
    free(b->defs);
}

static const ir_insn *source_of(const body *b, const ir_opnd *o)
{
    const ir_insn *insn = o->kind == IR_TEMP ? b->defs[o->temp] : NULL;
    for (int depth = 0; insn && depth < DEEPEST_CHAIN && (insn->op == IR_OP_cast || insn->op == IR_OP_copy);
         depth++)
        insn = insn->a.kind == IR_TEMP ? b->defs[insn->a.temp] : NULL;
    return insn;
}

static ir_local_id local_of(const body *b, const ir_opnd *o)
{
    const ir_insn *insn = source_of(b, o);
    bool whole =
        insn && insn->op == IR_OP_load && insn->place.base == IR_BASE_LOCAL && !insn->place.step_count;
    return whole ? insn->place.id : 0;
}

/* The first argument, or a variable that was given it. */
static bool is_self(const body *b, const ir_opnd *o)
{
    ir_local_id local = local_of(b, o);
    if (!local) return false;
    if (b->func->locals[local].is_param) return b->func->locals[local].param == 0;
    for (ir_block_id at = 1; at < b->func->block_count; at++)
        for (size_t i = 0; i < b->func->blocks[at].n; i++) {
            const ir_insn *insn = &b->func->blocks[at].insns[i];
            if (insn->op != IR_OP_store || insn->place.base != IR_BASE_LOCAL || insn->place.id != local)
                continue;
            ir_local_id from = local_of(b, &insn->a);
            if (from && b->func->locals[from].is_param && b->func->locals[from].param == 0) return true;
        }
    return false;
}

static const char *callee(const body *b, const ir_insn *insn)
{
    return insn->op == IR_OP_call && insn->a.kind == IR_NAME ? b->t->unit->decls.at[insn->a.name].name : NULL;
}

/* ---- dealloc ------------------------------------------------------------------------------------------- */

static bool drops_field(const body *b, const ir_insn *insn, ir_record_id record)
{
    const char *name = callee(b, insn);
    const contract_fn *fn = name ? contract_find(b->t->contracts, name) : NULL;
    for (size_t i = 0; fn && i < insn->arg_count && i < fn->param_count; i++) {
        if (fn->params[i].effect != CONTRACT_RELEASES) continue;
        const ir_insn *load = source_of(b, &insn->args[i]);
        for (size_t k = 0; load && k < load->place.step_count; k++)
            if (load->place.steps[k].kind == IR_STEP_FIELD && load->place.steps[k].record == record)
                return true;
    }
    return false;
}

/* A call that untracks, or a body of the program that the object is handed to. */
static bool untracks(const body *b, const ir_insn *insn, ir_decl_id clear)
{
    const char *name = callee(b, insn);
    if (!name || insn->a.name == clear) return false;
    if (contract_is_kind(b->t->contracts, "untracks", name)) return true;
    return insn->arg_count && is_self(b, &insn->args[0]) && !contract_find(b->t->contracts, name);
}

static const ir_insn *first_drop(const body *b, ir_block_id at, ir_record_id record, ir_decl_id clear,
                                 bool *seen)
{
    if (seen[at]) return NULL;
    seen[at] = true;
    const ir_block *block = &b->func->blocks[at];
    for (size_t i = 0; i < block->n; i++) {
        const ir_insn *insn = &block->insns[i];
        if (untracks(b, insn, clear)) return NULL;
        if (drops_field(b, insn, record)) return insn;
        bool clears = clear && insn->op == IR_OP_call && insn->a.kind == IR_NAME && insn->a.name == clear;
        if (clears) return insn;
    }
    const ir_insn *last = block->n ? &block->insns[block->n - 1] : NULL;
    for (size_t i = 0; last && i < last->succ_count; i++) {
        const ir_insn *found = first_drop(b, last->succ[i], record, clear, seen);
        if (found) return found;
    }
    return NULL;
}

static void check_untrack(const body *b, const type_parts *parts, ir_record_id record)
{
    if (!record || !own_wants(b->t->options, "untrack-before-dealloc")) return;
    bool *seen = x_calloc(b->func->block_count + 1, sizeof *seen);
    const ir_insn *drop = first_drop(b, 1, record, parts->at[PART_CLEAR], seen);
    free(seen);
    if (!drop) return;
    diag *d = own_type_report(b->t, "untrack-before-dealloc", &drop->span,
                              b->t->unit->decls.at[b->func->decl].source_name,
                              "a field is released while the collector still tracks the object");
    d->confidence = CONFIDENCE_HIGH;
}

static bool has_word(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; (at = strstr(at, word)) != NULL; at += n)
        if ((at == words || at[-1] == ' ') && (at[n] == ' ' || !at[n])) return true;
    return false;
}

/* The memory of a collectable object lies behind a header, that of another does not. */
static void check_free(const body *b, const ir_insn *insn, bool collectable)
{
    const char *name = callee(b, insn), *ends = name ? contract_frees(b->t->contracts, name) : NULL;
    if (!ends || !insn->arg_count || !is_self(b, &insn->args[0])) return;
    bool right = false, wrong = false;
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++) {
        if (!has_word(ends, domains[i].name)) continue;
        right |= domains[i].collectable == collectable;
        wrong |= domains[i].collectable != collectable;
    }
    if (right || !wrong) return;
    arena *a = &b->t->out->arena;
    diag *d = own_type_report(b->t, "allocator-mismatch", &insn->span,
                              b->t->unit->decls.at[b->func->decl].source_name,
                              arena_printf(a, "%s frees an object of a type that is %scollectable", name,
                                           collectable ? "" : "not "));
    d->confidence = CONFIDENCE_HIGH;
}

static bool is_type(const body *b, ir_type_id type)
{
    ir_record_id record;
    return ir_type_is_pointer_to_record(b->t->unit, type, &record) &&
           own_describes_type(&b->t->unit->records.at[record]);
}

static void follow_body(const body *b, int depth, const ir_insn **frees, bool *gives_back);

/* Ends the memory of the object, releases some type, or hands the object to somebody who may do both. */
static void follow_end(const body *b, const ir_insn *insn, int depth, const ir_insn **frees, bool *gives_back)
{
    if (insn->op != IR_OP_call) return;
    const char *name = callee(b, insn);
    const ir_insn *load = source_of(b, &insn->a);
    const contract_fn *fn = name   ? contract_find(b->t->contracts, name)
                            : load ? own_through_field(b->t->unit, b->t->contracts, load)
                                   : NULL;
    bool self = insn->arg_count && is_self(b, &insn->args[0]);
    for (size_t i = 0; fn && i < insn->arg_count && i < fn->param_count; i++) {
        const ir_insn *from = source_of(b, &insn->args[i]);
        if (fn->params[i].effect == CONTRACT_RELEASES && from && is_type(b, from->type)) *gives_back = true;
    }
    bool ends = name ? contract_frees(b->t->contracts, name) != NULL
                     : fn && fn->param_count && fn->params[0].effect == CONTRACT_RELEASES;
    if (self && ends && !*frees) *frees = insn;
    bool clears = !name && load && load->op == IR_OP_load && own_is_clear_member(b->t, &load->place);
    if (!self || ends || fn || clears) return;
    const ir_func *known = name ? b->t->by_decl[insn->a.name] : NULL;
    if (!known || depth == DEEPEST_CHAIN) {
        *gives_back = true;
        return;
    }
    body inner;
    body_init(&inner, b->t, known);
    follow_body(&inner, depth + 1, frees, gives_back);
    body_fini(&inner);
}

static void follow_body(const body *b, int depth, const ir_insn **frees, bool *gives_back)
{
    for (ir_block_id at = 1; at < b->func->block_count; at++)
        for (size_t i = 0; i < b->func->blocks[at].n && !*gives_back; i++)
            follow_end(b, &b->func->blocks[at].insns[i], depth, frees, gives_back);
}

static void check_own_type(const body *b)
{
    const ir_insn *frees = NULL;
    bool gives_back = !own_wants(b->t->options, "leak");
    follow_body(b, 0, &frees, &gives_back);
    if (!frees || gives_back) return;
    own_type_report(b->t, "leak", &frees->span, b->t->unit->decls.at[b->func->decl].source_name,
                    "the object's reference to its type is not given back: a type that is made at run time "
                    "counts its objects");
}

static void check_dealloc(const type_check *t, const type_parts *parts, const field_set *sets)
{
    const ir_func *func = t->by_decl[parts->at[PART_DEALLOC]];
    if (!func || func->tainted || parts->collectable == COLLECTABLE_UNKNOWN) return;
    bool collectable = parts->collectable == COLLECTABLE_YES;
    body b;
    body_init(&b, t, func);
    if (collectable) check_untrack(&b, parts, sets[PART_DEALLOC].record);
    if (parts->at_run_time) check_own_type(&b);
    for (ir_block_id at = 1; at < func->block_count && own_wants(t->options, "allocator-mismatch"); at++)
        for (size_t i = 0; i < func->blocks[at].n; i++)
            check_free(&b, &func->blocks[at].insns[i], collectable);
    body_fini(&b);
}

/* ---- what fields may lead to ---------------------------------------------------------------------------- */

static bool leads_nowhere(const body *b, const ir_opnd *o, int depth);

/* A variable that only ever holds what refers to nothing. */
static bool local_leads_nowhere(const body *b, ir_local_id local, int depth)
{
    size_t stores = 0;
    if (b->func->locals[local].is_param) return false;
    for (ir_block_id at = 1; at < b->func->block_count; at++)
        for (size_t i = 0; i < b->func->blocks[at].n; i++) {
            const ir_insn *insn = &b->func->blocks[at].insns[i];
            if (insn->place.base != IR_BASE_LOCAL || insn->place.id != local) continue;
            if (insn->op == IR_OP_addr) return false;
            if (insn->op != IR_OP_store) continue;
            stores++;
            if (!leads_nowhere(b, &insn->a, depth + 1)) return false;
        }
    return stores > 0;
}

static bool leads_nowhere(const body *b, const ir_opnd *o, int depth)
{
    if (o->kind == IR_NULL || o->kind == IR_INTEGER) return true;
    const ir_insn *insn = depth < DEEPEST_CHAIN ? source_of(b, o) : NULL;
    if (!insn)
        return o->kind == IR_TEMP && depth < DEEPEST_CHAIN && b->defs[o->temp] &&
               b->defs[o->temp]->a.kind != IR_TEMP; /* a cast of a constant */
    const char *name = callee(b, insn);
    const contract_fn *fn = name ? contract_find(b->t->contracts, name) : NULL;
    if (name && contract_is_kind(b->t->contracts, "leaves", name)) return true;
    if (fn)
        return fn->acyclic || (fn->result == CONTRACT_RESULT_ARG && insn->arg_count &&
                               leads_nowhere(b, &insn->args[0], depth + 1));
    if (insn->op == IR_OP_addr) return insn->place.base == IR_BASE_GLOBAL; /* a static object */
    ir_local_id local = local_of(b, o);
    return local && local_leads_nowhere(b, local, depth + 1);
}

static bool holds_anything(const type_check *t, ir_record_id record, uint32_t field)
{
    for (size_t f = 0; f < t->unit->funcs.n; f++) {
        body b;
        bool found = false;
        body_init(&b, t, t->unit->funcs.at[f]);
        for (ir_block_id at = 1; at < b.func->block_count && !found; at++)
            for (size_t i = 0; i < b.func->blocks[at].n && !found; i++) {
                const ir_insn *insn = &b.func->blocks[at].insns[i];
                if (insn->op != IR_OP_store || !insn->place.step_count) continue;
                const ir_step *last = &insn->place.steps[insn->place.step_count - 1];
                bool here = last->kind == IR_STEP_FIELD && last->record == record && last->field == field;
                found = here && !leads_nowhere(&b, &insn->a, 0);
            }
        body_fini(&b);
        if (found) return true;
    }
    return false;
}

static void check_collectable(const type_check *t, const ir_decl *type, const type_parts *parts,
                              const field_set *dealloc)
{
    if (parts->collectable != COLLECTABLE_NO || parts->at[PART_TRAVERSE] || !dealloc->record) return;
    if (!own_wants(t->options, "type-not-collectable")) return;
    const ir_record *record = &t->unit->records.at[dealloc->record];
    for (size_t i = 1; i < record->field_count && i < MOST_FIELDS; i++) {
        bool owned = own_type_counts(t, dealloc->record, i) && (dealloc->released >> i & 1);
        if (!owned || !holds_anything(t, dealloc->record, (uint32_t)i)) continue;
        own_type_report(t, "type-not-collectable", &type->name_span, type->source_name,
                        arena_printf(&t->out->arena,
                                     "field '%s' may lead back to the object, but the type is not "
                                     "collectable",
                                     record->fields[i].name));
        return;
    }
}

void own_check_collector(const type_check *t, const ir_decl *type, const type_parts *parts,
                         const field_set *sets)
{
    if (!parts->at[PART_DEALLOC]) return;
    check_dealloc(t, parts, sets);
    check_collectable(t, type, parts, &sets[PART_DEALLOC]);
}
