/* SPDX-License-Identifier: MIT
 *
 * What a unit's code does to counts and counted fields, without any judgement: the statements that write a field of the
 * class graph, and the operations that take or drop a reference by hand.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

typedef struct facts {
    const ir_unit *unit;
    const contract_set *contracts;
    own_result *out;
    const ir_func *func;
    size_t function;      /* its row */
    const ir_insn **defs; /* one a temporary */
} facts;

/* ---- fields ------------------------------------------------------------------------------------- */

/* The class of a record, or -1. */
static size_t class_of(const facts *f, ir_record_id id)
{
    const ir_record *record = &f->unit->records.at[id];
    for (size_t i = 0; i < f->out->classes.n && ir_annotated(&record->annots, "class"); i++)
        if (record->usr && strcmp(f->out->classes.at[i].usr, record->usr) == 0) return i;
    return (size_t)-1;
}

static size_t edge_named(const facts *f, size_t class, const char *field)
{
    for (size_t i = 0; i < f->out->edges.n; i++)
        if (f->out->edges.at[i].from == class && strcmp(f->out->edges.at[i].field, field) == 0) return i;
    return (size_t)-1;
}

/* The edge that the place belongs to: a field, a field of a struct in it, or an element of either; or -1. */
static size_t edge_of(const facts *f, const ir_place *place)
{
    size_t class = (size_t)-1, edge = (size_t)-1;
    strbuf path = {0};
    for (size_t i = 0; i < place->step_count; i++) {
        const ir_step *step = &place->steps[i];
        if (step->kind != IR_STEP_FIELD) continue;
        const char *name = f->unit->records.at[step->record].fields[step->field].name;
        size_t here = class_of(f, step->record);
        if (here != (size_t)-1) {
            class = here;
            path.n = 0;
        }
        strbuf_printf(&path, "%s%s", path.n ? "." : "", name);
        edge = class == (size_t)-1 ? edge : edge_named(f, class, path.s);
    }
    strbuf_fini(&path);
    if (edge != (size_t)-1 || place->base != IR_BASE_MEMORY) return edge;
    const ir_insn *buffer = f->defs[place->id]; /* an element of a buffer that a field holds */
    return buffer && (buffer->op == IR_OP_load || buffer->op == IR_OP_addr) ? edge_of(f, &buffer->place)
                                                                            : edge;
}

static void add_store(facts *f, const ir_place *place, unsigned line, const char *kind)
{
    size_t edge = edge_of(f, place);
    if (edge == (size_t)-1) return;
    own_store row = {f->function, line, edge, kind};
    vec_push(&f->out->stores, row);
}

/* ---- operations --------------------------------------------------------------------------------- */

static const char *operation(contract_effect effect)
{
    switch (effect) {
    case CONTRACT_RETAINS:
    case CONTRACT_RETAINS_ON_SUCCESS: return "INCREF";
    case CONTRACT_RELEASES:
    case CONTRACT_RELEASES_ON_FAILURE: return "DECREF";
    default: return NULL;
    }
}

/* The text of an expression of the main file; of a macro's expansion, the whole use. */
static const char *spelling(const facts *f, const ir_span *span)
{
    if (!span->file || !f->unit->files.at[span->file].main || !f->unit->source) return "";
    if (span->begin >= span->end || span->end > f->unit->source_size) return "";
    return arena_strndup(&f->out->arena, f->unit->source + span->begin, span->end - span->begin);
}

static void add_call(facts *f, const ir_insn *call)
{
    if (call->a.kind != IR_NAME) return;
    const contract_fn *fn = contract_find(f->contracts, f->unit->decls.at[call->a.name].name);
    for (size_t i = 0; fn && i < call->arg_count && i < fn->param_count; i++) {
        const contract_param *param = &fn->params[i];
        const ir_insn *def = call->args[i].kind == IR_TEMP ? f->defs[call->args[i].temp] : NULL;
        while (def && def->op == IR_OP_cast && def->a.kind == IR_TEMP) def = f->defs[def->a.temp];
        if (param->variable && def && def->op == IR_OP_addr && param->effect != CONTRACT_BORROWED)
            add_store(f, &def->place, call->span.line, "call");
        const char *op = operation(param->effect);
        if (!op) continue;
        own_counter_op row = {.function = f->function,
                              .line = call->span.line,
                              .op = op,
                              .expression = spelling(f, &call->arg_spans[i]),
                              .origin = "source"};
        vec_push(&f->out->counter_ops, row);
    }
}

/* ---- the unit ----------------------------------------------------------------------------------- */

static void look_at(facts *f, const ir_insn *insn)
{
    if (insn->op == IR_OP_call) add_call(f, insn);
    if (insn->op == IR_OP_store && insn->sub == IR_STORE_ASSIGN)
        add_store(f, &insn->place, insn->span.line, insn->a.kind == IR_NULL ? "clear" : "assign");
}

static bool find_row(facts *f)
{
    const ir_decl *decl = &f->unit->decls.at[f->func->decl];
    for (f->function = 0; f->function < f->out->functions.n; f->function++)
        if (strcmp(f->out->functions.at[f->function].usr, decl->usr) == 0) return true;
    return false;
}

void own_facts(const ir_unit *unit, const contract_set *contracts, own_result *out)
{
    facts f = {.unit = unit, .contracts = contracts, .out = out};
    for (size_t i = 0; i < unit->funcs.n; i++) {
        f.func = unit->funcs.at[i];
        if (f.func->tainted || !find_row(&f)) continue;
        f.defs = x_calloc(f.func->temp_count + 1, sizeof *f.defs);
        for (ir_block_id b = 1; b < f.func->block_count; b++)
            for (size_t k = 0; k < f.func->blocks[b].n; k++) {
                const ir_insn *insn = &f.func->blocks[b].insns[k];
                if (insn->dst) f.defs[insn->dst] = insn;
            }
        for (ir_block_id b = 1; b < f.func->block_count; b++)
            for (size_t k = 0; k < f.func->blocks[b].n; k++) look_at(&f, &f.func->blocks[b].insns[k]);
        free(f.defs);
    }
}
