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
    drops *drops;
    bool rewritten; /* the file is the rewriter's output: all counting is in the text */
    bool has_classes;
    ir_func **by_decl;
    bool *postponed; /* by decl */
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
    vec_fini(&result->links);
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
    if (!own_wants(run->options, "analysis-incomplete")) return;
    const ir_decl *decl = &run->unit->decls.at[f->decl];
    diag *d = diag_add(&run->out->findings, "analysis-incomplete", own_place(run->unit, at),
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
                .drops = run->drops,
                .result = run->out,
                .report = report,
                .dialect = run->has_classes};
    e.own_contract = promise_of(run, f->decl);
    e.sets_up = own_sets_up(run->families, f->decl);
    e.fills_statics = own_fills_statics(run->families, f->decl);
    own_engine_init(&e);
    own_solve(&e);
    own_conclude(&e);
    own_summarise(&e);
    finish(run, &e, began);
    own_engine_fini(&e);
}

/* What is not analysed has no summary, whatever its cycle took it for. */
static void pass_over(const unit_run *run, const ir_func *f, bool report)
{
    own_summary_set(run->summaries, run->unit->decls.at[f->decl].name, SUMMARY_NONE);
    if (!report) return;
    if (f->tainted)
        report_incomplete(run, f, f->tainted, f->tainted_at.file ? &f->tainted_at : &f->span);
    else
        own_check_automatic(run->unit, run->contracts, run->options, f, run->out);
    add_function(run, f, NULL, f->tainted, 0);
}

static void visit(const unit_run *run, const ir_func *f, bool report)
{
    if (f->tainted || !counts_by_hand(run, f))
        pass_over(run, f, report);
    else
        analyse(run, f, report);
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

/* Whether what a function does is decided by the body of `callee`, which is not known yet. */
static bool rests_on(const unit_run *run, ir_decl_id callee)
{
    const ir_decl *decl = &run->unit->decls.at[callee];
    if (contract_find(run->contracts, decl->name)) return false;
    return decl->defined ? run->postponed[callee] : own_may_be_elsewhere(run->unit, decl);
}

static bool rests_on_others(const unit_run *run, const ir_func *f)
{
    if (f->tainted || !counts_by_hand(run, f)) return false;
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            if (insn->op == IR_OP_call && insn->a.kind == IR_NAME && rests_on(run, insn->a.name)) return true;
        }
    return false;
}

/* A cycle is left for later as a whole. */
static bool postpone(const order *o, size_t from)
{
    bool any = false;
    for (size_t i = from; i < o->stack.n && !any && o->run->options->postpone; i++)
        any = rests_on_others(o->run, o->run->by_decl[o->stack.at[i]]);
    for (size_t i = from; i < o->stack.n && any; i++) {
        const ir_func *f = o->run->by_decl[o->stack.at[i]];
        bool now = f->tainted || !counts_by_hand(o->run, f);
        o->run->postponed[o->stack.at[i]] = !now;
        if (now) {
            visit(o->run, f, true);
        } else {
            add_function(o->run, f, NULL, NULL, 0);
            vec_last(&o->run->out->functions).postponed = true;
        }
    }
    return any;
}

/* Of a due function, whether only its summary is wanted yet. */
static bool reports(const unit_run *run, ir_decl_id decl)
{
    bool summary_only = false;
    if (run->options->due) run->options->due(run->unit->decls.at[decl].name, &summary_only, run->options->of);
    return !summary_only;
}

static void leave_component(order *o, size_t from)
{
    for (size_t i = from; i < o->stack.n; i++) o->on_stack[o->stack.at[i]] = false;
    o->stack.n = from;
}

/* All summaries of a component as one text: two that are equal say the same. */
static char *describe_component(const order *o, size_t from)
{
    strbuf text = {0};
    for (size_t i = from; i < o->stack.n; i++) {
        const contract_fn *fn =
            own_summary_find(o->run->summaries, o->run->unit->decls.at[o->stack.at[i]].name);
        if (fn) own_summary_write(fn, "", &text);
        strbuf_addc(&text, '\n');
    }
    return strbuf_take(&text);
}

/* Functions that call each other: at first a call into the cycle is taken for one that does not return, so that the
 * summaries say what the ways without it do; then these are used until they say the same again. Where they do not soon,
 * nothing is known of any of them. */
static void settle_cycle(const order *o, size_t from)
{
    enum { MOST_TURNS = 4 };
    const ir_decl *decls = o->run->unit->decls.at;
    for (size_t i = from; i < o->stack.n && !o->run->options->due; i++)
        own_summary_set(o->run->summaries, decls[o->stack.at[i]].name, SUMMARY_NEVER);
    char *before = describe_component(o, from);
    bool settled = false;
    for (int turn = 0; turn < MOST_TURNS && !settled; turn++) {
        for (size_t i = from; i < o->stack.n; i++) visit(o->run, o->run->by_decl[o->stack.at[i]], false);
        char *now = describe_component(o, from);
        settled = strcmp(now, before) == 0;
        free(before);
        before = now;
    }
    free(before);
    for (size_t i = from; i < o->stack.n && !settled; i++)
        own_summary_set(o->run->summaries, decls[o->stack.at[i]].name, SUMMARY_NONE);
}

static void visit_component(order *o, size_t from)
{
    size_t n = o->stack.n;
    if (postpone(o, from)) {
        leave_component(o, from);
        return;
    }
    if (n - from > 1 || calls_itself(o->run->by_decl[o->stack.at[from]])) settle_cycle(o, from);
    for (size_t i = from; i < n; i++)
        visit(o->run, o->run->by_decl[o->stack.at[i]], reports(o->run, o->stack.at[i]));
    leave_component(o, from);
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
    for (size_t i = 0; i < run->unit->funcs.n; i++) {
        ir_decl_id decl = run->unit->funcs.at[i]->decl;
        if (run->by_decl[decl] && !o.index[decl]) strong_connect(&o, decl);
    }
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

/* ---- links --------------------------------------------------------------------------------------------- */

static void add_calls(const unit_run *run, const ir_func *f, own_link *link)
{
    map seen = {0};
    str_vec calls = {0};
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            if (insn->op != IR_OP_call || insn->a.kind != IR_NAME || !rests_on(run, insn->a.name)) continue;
            const char *name = run->unit->decls.at[insn->a.name].name;
            if (map_get(&seen, name)) continue;
            map_set(&seen, name, link);
            vec_push(&calls, arena_strdup(&run->out->arena, name));
        }
    link->calls = arena_alloc(&run->out->arena, (calls.n + 1) * sizeof(char *));
    if (calls.n) memcpy(link->calls, calls.at, calls.n * sizeof(char *));
    link->call_count = calls.n;
    map_fini(&seen);
    vec_fini(&calls);
}

static void add_link(const unit_run *run, const ir_func *f)
{
    const ir_decl *decl = &run->unit->decls.at[f->decl];
    const char *file = run->unit->files.at[f->span.file].path;
    const contract_fn *fn = own_summary_find(run->summaries, decl->name);
    own_link link = {.name = arena_strdup(&run->out->arena, decl->name),
                     .file = arena_strdup(&run->out->arena, file),
                     .exported = decl->linkage == IR_LINK_EXTERN};
    strbuf text = {0};
    if (fn) own_summary_write(fn, file, &text);
    if (run->postponed[f->decl])
        add_calls(run, f, &link);
    else
        link.summary = arena_strdup(&run->out->arena, text.s ? text.s : "");
    strbuf_fini(&text);
    vec_push(&run->out->links, link);
}

/* ---- the unit and its parts ---------------------------------------------------------------------------- */

static void open_run(unit_run *run, const ir_unit *unit, const contract_set *contracts,
                     const own_options *options, own_result *out)
{
    static const own_options none;
    *run = (unit_run){.unit = unit, .options = options ? options : &none, .out = out};
    run->contracts = contract_set_over(contracts);
    contract_add_unit(run->contracts, unit, CONTRACT_TRUST_SOURCE);
    run->summaries = own_summaries_new();
    run->roles = own_roles_new(unit, run->contracts);
    run->families = own_families_new(unit, run->contracts, run->options->habits);
    run->writes = own_writes_new(unit, run->contracts);
    run->drops = own_drops_new(unit, run->contracts, run->options->habits);
    run->rewritten = unit->source && strstr(unit->source, "#define RECOUNT_REWRITTEN 1");
    run->has_classes = has_classes(unit);
    run->postponed = x_calloc(unit->decls.n + 1, sizeof *run->postponed);
    run->by_decl = x_calloc(unit->decls.n + 1, sizeof(ir_func *));
    for (size_t i = 0; i < unit->funcs.n; i++) {
        ir_decl_id decl = unit->funcs.at[i]->decl;
        bool summary_only, due = true;
        if (run->options->due)
            due = run->options->due(unit->decls.at[decl].name, &summary_only, run->options->of);
        if (due) run->by_decl[decl] = unit->funcs.at[i];
    }
}

static void note_callees(const ir_func *f, bool *called)
{
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            if (insn->op == IR_OP_call && insn->a.kind == IR_NAME) called[insn->a.name] = true;
        }
}

/* A function of the unit alone is linked when it is still to be analysed, or called by one that is: others are asked for by
 * nobody, and headers are full of them. */
static void add_links(const unit_run *run)
{
    bool *wanted = x_calloc(run->unit->decls.n + 1, sizeof *wanted);
    const ir_unit *unit = run->unit;
    for (size_t i = 0; i < unit->funcs.n; i++) {
        ir_decl_id decl = unit->funcs.at[i]->decl;
        bool open = run->postponed[decl] || run->options->due;
        wanted[decl] |= open || unit->decls.at[decl].linkage == IR_LINK_EXTERN;
        if (run->postponed[decl]) note_callees(unit->funcs.at[i], wanted);
    }
    for (size_t i = 0; i < unit->funcs.n; i++) {
        ir_decl_id decl = unit->funcs.at[i]->decl;
        if (run->by_decl[decl] && wanted[decl]) add_link(run, unit->funcs.at[i]);
    }
    free(wanted);
}

static void close_run(unit_run *run)
{
    add_links(run);
    diag_list_keep(&run->out->findings, run->options->least);
    diag_list_sort(&run->out->findings);
    own_writes_free(run->writes);
    own_drops_free(run->drops);
    free(run->by_decl);
    free(run->postponed);
    own_families_free(run->families);
    own_roles_free(run->roles);
    own_summaries_free(run->summaries);
    contract_set_free(run->contracts);
}

void own_analyse(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                 own_result *out)
{
    unit_run run;
    open_run(&run, unit, contracts, options, out);
    visit_bottom_up(&run);
    own_tell_causes(run.summaries, out);
    own_check_types(unit, run.contracts, options, run.by_decl, out);
    own_check_formats(unit, run.contracts, options, out);
    own_check_methods(unit, options, out);
    own_check_cost(unit, run.contracts, run.families, options, out);
    if (!run.rewritten) own_check_members(unit, options, out);
    own_class_graph(unit, out);
    own_facts(unit, run.contracts, out);
    own_report_cycles(options, out);
    out->habits = own_habits(run.families, run.drops, &out->arena);
    close_run(&run);
}

void own_analyse_due(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                     own_result *out)
{
    unit_run run;
    open_run(&run, unit, contracts, options, out);
    visit_bottom_up(&run);
    own_tell_causes(run.summaries, out);
    close_run(&run);
}
