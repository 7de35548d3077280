/* SPDX-License-Identifier: MIT
 *
 * The analysis of a unit: which functions, in which order, and what is kept of each.
 *
 * What it builds on, and why:
 *  - Counts are affine, "N at the entry plus k": what callers hold is unknown, so that only the difference
 * may be judged (S. Li, G. Tan, Finding Reference-Counting Errors in Python/C Programs with Affine Analysis,
 * ECOOP 2014).
 *  - States are joined when they agree on the property (counts, NULL-ness, which variable names what) and
 * kept apart otherwise: path-sensitive where it matters at the cost of a data-flow analysis (M. Das, S.
 * Lerner, M. Seigle, ESP: Path-Sensitive Program Verification in Polynomial Time, PLDI 2002). Unrolling
 * paths, as the checkers before did, gives up on long error ladders, which is where the defects are.
 *  - A call is described by its outcomes, not by one effect: steal-on-success and out-arguments make every
 * error ladder a false alarm otherwise. Bodies give the same kind of summary, bottom-up over the call graph.
 *  - Exits that the caller cannot tell apart and that leave counts differently are a defect without any
 * contract (J. Mao and others, RID: Finding Reference Count Bugs with Inconsistent Path Pair Checking, ASPLOS
 * 2016); here they decide that a function has no summary, and that a borrowed result among new ones is a
 * missing increment.
 *  - Unknown is unknown: a reference that reaches code without contract or body yields no finding.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "own_p.h"

typedef struct unit_run {
    const ir_unit *unit;
    contract_set *contracts;
    const own_options *options;
    own_result *out;
    summaries *summaries;
    roles *roles;
    families *families;
    writes *writes;
    bool rewritten; /* the file is the rewriter's output: all counting is in the text */
    bool has_classes;
    ir_func **by_decl;
} unit_run;

void own_result_init(own_result *result)
{
    memset(result, 0, sizeof *result);
    result->findings.arena = &result->arena;
}

void own_result_fini(own_result *result)
{
    diag_list_fini(&result->findings);
    vec_fini(&result->functions);
    vec_fini(&result->summaries);
    vec_fini(&result->classes);
    vec_fini(&result->edges);
    vec_fini(&result->cycles);
    vec_fini(&result->stores);
    vec_fini(&result->counter_ops);
    arena_fini(&result->arena);
}

/* ---- which functions count by hand --------------------------------------------------------------------- */

static bool names_class(const ir_unit *unit, ir_type_id type)
{
    const ir_type *t = ir_type_of(unit, type);
    while (t->kind == IR_POINTER || t->kind == IR_ARRAY) t = ir_type_of(unit, t->of);
    return t->kind == IR_RECORD && ir_annotated(&unit->records.at[t->record].annots, "class");
}

/* In a unit of the dialect the rewriter counts; what is followed reference by reference are the functions marked as manual.
 */
static bool counts_by_hand(const unit_run *run, const ir_func *f)
{
    if (run->rewritten || !run->has_classes) return true;
    if (ir_annotated(&run->unit->decls.at[f->decl].annots, "manual")) return true;
    for (size_t i = 1; i < f->local_count; i++)
        if (names_class(run->unit, f->locals[i].type)) return false;
    for (size_t i = 1; i < f->temp_count; i++)
        if (names_class(run->unit, f->temp_types[i])) return false;
    return true;
}

/* ---- one function -------------------------------------------------------------------------------------- */

static const contract_fn *promise_of(const unit_run *run, ir_decl_id decl)
{
    const contract_fn *fn = contract_find(run->contracts, run->unit->decls.at[decl].name);
    return fn && fn->trust >= CONTRACT_TRUST_FILE ? fn : own_role_find(run->roles, decl);
}

static void add_function(const unit_run *run, const ir_func *f, const engine *e, const char *why, double ms)
{
    const ir_decl *decl = &run->unit->decls.at[f->decl];
    own_function row = {.name = arena_strdup(&run->out->arena, decl->source_name),
                        .usr = arena_strdup(&run->out->arena, decl->usr),
                        .file = arena_strdup(&run->out->arena, run->unit->files.at[f->span.file].path),
                        .line = decl->name_span.line ? decl->name_span.line : f->span.line,
                        .end_line = f->span.end_line,
                        .paths = e ? e->exit_states : 0,
                        .complete = why == NULL,
                        .incomplete_why = arena_strdup(&run->out->arena, why),
                        .ms = ms};
    vec_push(&run->out->functions, row);
}

static void report_incomplete(const unit_run *run, const ir_func *f, const char *why, const ir_span *at)
{
    const own_options *o = run->options;
    if (o && o->enabled && !o->enabled("analysis-incomplete", o->arg)) return;
    const ir_decl *decl = &run->unit->decls.at[f->decl];
    diag_place place = {arena_strdup(&run->out->arena, run->unit->files.at[at->file].path), at->line,
                        at->column, at->end_line, at->end_column};
    diag *d = diag_add(&run->out->findings, "analysis-incomplete", place,
                       "'%s' was not analysed to the end: %s", decl->source_name, why);
    d->severity = SEVERITY_NOTE;
    d->function = arena_strdup(&run->out->arena, decl->source_name);
    d->shape = arena_strdup(&run->out->arena, why);
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void finish(const unit_run *run, engine *e, double began)
{
    if (!e->report) return;
    if (e->incomplete)
        report_incomplete(run, e->func, e->incomplete,
                          e->incomplete_at ? &e->incomplete_at->span : &e->func->span);
    else
        own_report(e);
    add_function(run, e->func, e, e->incomplete, now_ms() - began);
}

static void analyse(const unit_run *run, const ir_func *f, bool report)
{
    double began = now_ms();
    engine e = {.unit = run->unit,
                .func = f,
                .contracts = run->contracts,
                .options = run->options,
                .summaries = run->summaries,
                .families = run->families,
                .writes = run->writes,
                .result = run->out,
                .report = report,
                .dialect = run->has_classes};
    e.own_contract = promise_of(run, f->decl);
    e.sets_up = own_sets_up(run->unit, run->contracts, f);
    own_engine_init(&e);
    own_solve(&e);
    own_conclude(&e);
    own_summarise(&e);
    finish(run, &e, began);
    own_engine_fini(&e);
}

static void visit(const unit_run *run, const ir_func *f, bool report)
{
    if (f->tainted) {
        if (!report) return;
        report_incomplete(run, f, f->tainted, f->tainted_at.file ? &f->tainted_at : &f->span);
        add_function(run, f, NULL, f->tainted, 0);
    } else if (!counts_by_hand(run, f)) {
        if (!report) return;
        own_check_automatic(run->unit, run->contracts, run->options, f, run->out);
        add_function(run, f, NULL, NULL, 0);
    } else {
        analyse(run, f, report);
    }
}

/* ---- the call graph, bottom-up (Tarjan's components) --------------------------------------------------- */

typedef struct order {
    const unit_run *run;
    uint32_t *index, *low; /* by decl; 0: not seen */
    bool *on_stack;
    VEC(ir_decl_id) stack;
    uint32_t next;
} order;

static bool calls_itself(const ir_func *f)
{
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            if (insn->op == IR_OP_call && insn->a.kind == IR_NAME && insn->a.name == f->decl) return true;
        }
    return false;
}

/* The functions of a cycle see each other's summaries from a first round. */
static void visit_component(order *o, size_t from)
{
    size_t n = o->stack.n;
    bool cyclic = n - from > 1 || calls_itself(o->run->by_decl[o->stack.at[from]]);
    for (size_t i = from; i < n && cyclic; i++) visit(o->run, o->run->by_decl[o->stack.at[i]], false);
    for (size_t i = from; i < n; i++) {
        visit(o->run, o->run->by_decl[o->stack.at[i]], true);
        o->on_stack[o->stack.at[i]] = false;
    }
    o->stack.n = from;
}

static void strong_connect(order *o, ir_decl_id decl);

static void follow_calls(order *o, ir_decl_id decl)
{
    const ir_func *f = o->run->by_decl[decl];
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            if (insn->op != IR_OP_call || insn->a.kind != IR_NAME || !o->run->by_decl[insn->a.name]) continue;
            ir_decl_id callee = insn->a.name;
            if (!o->index[callee]) strong_connect(o, callee);
            if (o->on_stack[callee] && o->low[callee] < o->low[decl]) o->low[decl] = o->low[callee];
        }
}

static void strong_connect(order *o, ir_decl_id decl)
{
    size_t from = o->stack.n;
    o->index[decl] = o->low[decl] = ++o->next;
    o->on_stack[decl] = true;
    vec_push(&o->stack, decl);
    follow_calls(o, decl);
    if (o->low[decl] == o->index[decl]) visit_component(o, from);
}

static void visit_bottom_up(const unit_run *run)
{
    size_t n = run->unit->decls.n;
    order o = {.run = run};
    o.index = x_calloc(n + 1, sizeof *o.index);
    o.low = x_calloc(n + 1, sizeof *o.low);
    o.on_stack = x_calloc(n + 1, sizeof *o.on_stack);
    for (size_t i = 0; i < run->unit->funcs.n; i++)
        if (!o.index[run->unit->funcs.at[i]->decl]) strong_connect(&o, run->unit->funcs.at[i]->decl);
    free(o.index);
    free(o.low);
    free(o.on_stack);
    vec_fini(&o.stack);
}

/* ---- the unit ------------------------------------------------------------------------------------------ */

static bool has_classes(const ir_unit *unit)
{
    for (size_t i = 1; i < unit->records.n; i++)
        if (ir_annotated(&unit->records.at[i].annots, "class")) return true;
    return false;
}

void own_analyse(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                 own_result *out)
{
    unit_run run = {.unit = unit, .options = options, .out = out};
    run.contracts = contract_set_over(contracts);
    contract_add_unit(run.contracts, unit, CONTRACT_TRUST_SOURCE);
    run.summaries = own_summaries_new();
    run.roles = own_roles_new(unit, run.contracts);
    run.families = own_families_new(unit, run.contracts);
    run.writes = own_writes_new(unit, run.contracts);
    run.rewritten = unit->source && strstr(unit->source, "#define RECOUNT_REWRITTEN 1");
    run.has_classes = has_classes(unit);
    run.by_decl = x_calloc(unit->decls.n + 1, sizeof(ir_func *));
    for (size_t i = 0; i < unit->funcs.n; i++) run.by_decl[unit->funcs.at[i]->decl] = unit->funcs.at[i];
    visit_bottom_up(&run);
    own_tell_causes(run.summaries, out);
    own_check_types(unit, run.contracts, options, run.by_decl, out);
    own_check_formats(unit, run.contracts, options, out);
    if (!run.rewritten) own_check_members(unit, options, out);
    own_class_graph(unit, run.contracts, out);
    own_facts(unit, run.contracts, out);
    own_report_cycles(options, out);
    if (options) diag_list_keep(&out->findings, options->least);
    diag_list_sort(&out->findings);
    free(run.by_decl);
    own_writes_free(run.writes);
    own_families_free(run.families);
    own_roles_free(run.roles);
    own_summaries_free(run.summaries);
    contract_set_free(run.contracts);
}
