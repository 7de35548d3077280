/* SPDX-License-Identifier: MIT
 *
 * Values: for each temporary that is a counted reference (or a struct that holds some), whether it comes with
 * a reference of its own, and who uses it. Casts are looked through: the reference is the same on both sides.
 */
#include "rewrite_p.h"

#include <stdlib.h>
#include <string.h>

/* ---- order -------------------------------------------------------------------------------------- */
static void append_block(plan *p, ir_block_id id)
{
    const ir_block *block = &p->func->blocks[id];
    for (size_t i = 0; i < block->n; i++) {
        p->order[p->count] = &block->insns[i];
        p->block_of[p->count++] = id;
    }
}

static void order_find(plan *p)
{
    const ir_func *f = p->func;
    size_t total = 0;
    for (size_t i = 1; i < f->block_count; i++) total += f->blocks[i].n;
    p->order = x_calloc(total + 1, sizeof(const ir_insn *));
    p->block_of = x_calloc(total + 1, sizeof(ir_block_id));
    bool *seen = x_calloc(f->block_count, sizeof *seen);
    ir_cfg cfg = {0};
    ir_cfg_init(&cfg, f);
    for (size_t i = 0; i < cfg.rpo_count; i++) {
        seen[cfg.rpo[i]] = true;
        append_block(p, cfg.rpo[i]);
    }
    p->reachable = p->count;
    for (size_t i = 1; i < f->block_count; i++)
        if (!seen[i]) append_block(p, (ir_block_id)i);
    ir_cfg_fini(&cfg);
    free(seen);
}

size_t insn_position(const plan *p, const ir_insn *insn)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i] == insn) return i;
    return p->count;
}

/* ---- places ------------------------------------------------------------------------------------- */
/* The declaration behind a pointer that was loaded, so that `RC_UNOWNED T **p` says so of what p points at.
 */
hold pointee_hold(plan *p, ir_temp temp, ir_type_id type)
{
    temp = value_root(p, temp);
    const ir_insn *def = p->values[temp].def;
    if (def && (def->op == IR_OP_load || def->op == IR_OP_addr)) {
        ir_type_id from;
        hold how = place_hold(p, &def->place, &from);
        if (how == HOLD_UNOWNED || how == HOLD_WEAK) return how;
    }
    return hold_of(p->rw, type, NULL);
}

hold place_hold(plan *p, const ir_place *place, ir_type_id *type)
{
    const ir_unit *unit = p->rw->unit;
    const ir_annots *annots = NULL;
    *type = ir_place_type(unit, p->func, place);
    if (place->base == IR_BASE_LOCAL) {
        const ir_local *local = &p->func->locals[place->id];
        annots = &local->annots;
        if (!local->is_literal && !local->name[0] && !place->step_count) return HOLD_NONE;
    }
    if (place->base == IR_BASE_GLOBAL) annots = &unit->decls.at[place->id].annots;
    for (size_t i = 0; i < place->step_count; i++) {
        const ir_step *step = &place->steps[i];
        if (step->kind == IR_STEP_FIELD) annots = &unit->records.at[step->record].fields[step->field].annots;
    }
    if (!annots && place->base == IR_BASE_MEMORY) return pointee_hold(p, place->id, *type);
    return hold_of(p->rw, *type, annots);
}

/* ---- calls -------------------------------------------------------------------------------------- */
/* What is called: of (c ? f : g)(x) the first, since all have to say the same (effects.c). */
static ir_opnd callee_of(const plan *p, const ir_insn *call)
{
    ir_opnd callee = call->a;
    while (callee.kind == IR_TEMP) {
        const ir_insn *def = p->values[callee.temp].def;
        if (!def || def->op != IR_OP_copy) break;
        callee = def->a;
    }
    return callee;
}

static const ir_decl *callee_decl(const plan *p, const ir_insn *call)
{
    ir_opnd callee = callee_of(p, call);
    return callee.kind == IR_NAME ? &p->rw->unit->decls.at[callee.name] : NULL;
}

static const ir_type *callee_type(const plan *p, const ir_insn *call);

/* A typedef keeps the annotations of its function's parameters; a type that was spelled with its name may
 * not. */
const ir_type *typedef_type(const ir_unit *unit, const ir_type *type)
{
    if (!type->spelling || strpbrk(type->spelling, " *([")) return type; /* no name, so no search */
    for (size_t i = 0; i < unit->typedefs.n; i++)
        if (strcmp(unit->typedefs.at[i].name, type->spelling) == 0)
            return ir_type_of(unit, unit->typedefs.at[i].type);
    return type;
}

/* The type of a function pointer as it was declared: an expression's own type has lost the annotations. */
ir_type_id declared_type(const plan *p, ir_temp temp)
{
    const ir_insn *def = p->values[temp].def;
    if (def && def->op == IR_OP_load) return ir_place_type(p->rw->unit, p->func, &def->place);
    if (def && def->op == IR_OP_call) {
        const ir_type *callee = callee_type(p, def);
        return callee ? callee->of : 0;
    }
    return p->func->temp_types[temp];
}

/* The function type that a call goes through, for what its annotations say. */
static const ir_type *callee_type(const plan *p, const ir_insn *call)
{
    const ir_unit *unit = p->rw->unit;
    const ir_decl *decl = callee_decl(p, call);
    ir_opnd callee = callee_of(p, call);
    const ir_type *type = decl ? ir_type_of(unit, decl->type) : NULL;
    if (!decl && callee.kind == IR_TEMP) type = ir_type_of(unit, declared_type(p, callee.temp));
    if (type) type = typedef_type(unit, type);
    if (type && type->kind == IR_POINTER) type = typedef_type(unit, ir_type_of(unit, type->of));
    return type && type->kind == IR_FUNCTION ? type : NULL;
}

/* The annotations of the variable or field that a function pointer was loaded from. */
const ir_annots *pointer_annots(const plan *p, ir_temp temp)
{
    const ir_insn *def = p->values[temp].def;
    if (!def || def->op != IR_OP_load) return NULL;
    const ir_place *place = &def->place;
    if (place->step_count) {
        const ir_step *last = &place->steps[place->step_count - 1];
        if (last->kind == IR_STEP_FIELD)
            return &p->rw->unit->records.at[last->record].fields[last->field].annots;
    }
    if (place->base == IR_BASE_LOCAL) return &p->func->locals[place->id].annots;
    return place->base == IR_BASE_GLOBAL ? &p->rw->unit->decls.at[place->id].annots : NULL;
}

static bool call_says(const plan *p, const ir_insn *call, const char *name)
{
    const ir_decl *decl = callee_decl(p, call);
    if (decl && (ir_annotated(&decl->annots, name) || ir_annot_arg(&decl->annots, name))) return true;
    const ir_type *type = callee_type(p, call);
    if (type && (ir_annotated(&type->annots, name) || ir_annot_arg(&type->annots, name))) return true;
    ir_opnd callee = callee_of(p, call);
    const ir_annots *pointer = callee.kind == IR_TEMP ? pointer_annots(p, callee.temp) : NULL;
    return pointer && (ir_annotated(pointer, name) || ir_annot_arg(pointer, name));
}

effect call_effect(plan *p, const ir_insn *call, size_t arg)
{
    const ir_decl *decl = callee_decl(p, call);
    const ir_annots *annots = NULL;
    if (decl && arg < decl->param_count) annots = &decl->params[arg].annots;
    const ir_type *type = callee_type(p, call);
    if (!annots && type && type->param_annots && arg < type->param_count) annots = &type->param_annots[arg];
    if (!annots) return EFFECT_BORROWED;
    if (ir_annotated(annots, "steals")) return EFFECT_STEALS;
    return ir_annotated(annots, "out") ? EFFECT_OUT : EFFECT_BORROWED;
}

/* A function of the system gives no control to the program unless it is handed a function. */
static bool takes_function(const plan *p, const ir_insn *call)
{
    for (size_t i = 0; i < call->arg_count; i++) {
        if (call->args[i].kind == IR_NAME) return true;
        if (call->args[i].kind != IR_TEMP) continue;
        const ir_type *type = ir_type_of(p->rw->unit, p->func->temp_types[call->args[i].temp]);
        if (type->kind == IR_POINTER && ir_type_of(p->rw->unit, type->of)->kind == IR_FUNCTION) return true;
    }
    return false;
}

/* An allocation may start a collection, and with it finalizers; one of an object that the collector need not know does not. */
bool makes_untracked(const plan *p, const ir_insn *call)
{
    for (size_t t = 1; t < p->func->temp_count; t++) {
        if (p->values[t].kind != VALUE_ALIAS || value_root(p, (ir_temp)t) != call->dst) continue;
        ir_record_id class = type_class(p->rw, p->func->temp_types[t]);
        return class && class_is_acyclic(p->rw, class);
    }
    return false;
}

static bool store_drops(plan *p, const ir_insn *store)
{
    ir_type_id type;
    bool local = store->place.base == IR_BASE_LOCAL && !store->place.step_count;
    if (store->sub == IR_STORE_INIT || place_hold(p, &store->place, &type) != HOLD_STRONG) return false;
    if (p->literal) return true;
    if (local && (p->locals[store->place.id].borrowed || is_null_at(p, store->place.id, store))) return false;
    return !store_is_fresh(p, store) && !store_is_emptied(p, store) && !store_is_empty(p, store);
}

bool calls_system(const plan *p, const ir_insn *call)
{
    const ir_decl *decl = call->a.kind == IR_NAME ? callee_decl(p, call) : NULL;
    if (!decl || decl->defined || file_is_runtime(p->rw, decl->span.file)) return false;
    return decl->span.file == 0 || p->rw->unit->files.at[decl->span.file].system;
}

bool insn_drops(plan *p, const ir_insn *insn)
{
    if (insn->op == IR_OP_store) return store_drops(p, insn);
    if (insn->op != IR_OP_call) return insn->op == IR_OP_asm || insn->op == IR_OP_unknown;
    const ir_decl *decl = insn->a.kind == IR_NAME ? callee_decl(p, insn) : NULL;
    if (!decl) return true;
    if (file_is_runtime(p->rw, decl->span.file))
        return ir_annotated(&decl->annots, "calls_out") && !makes_untracked(p, insn);
    if (ir_annotated(&decl->annots, "no_effect")) return false;
    if (calls_system(p, insn)) return takes_function(p, insn);
    return p->literal || !p->optimise || function_drops(p->rw, insn->a.name);
}

/* ---- definitions -------------------------------------------------------------------------------- */
ir_temp value_root(const plan *p, ir_temp temp)
{
    while (p->values[temp].kind == VALUE_ALIAS) temp = p->values[temp].root;
    return temp;
}

value *value_of(plan *p, ir_opnd operand)
{
    if (operand.kind != IR_TEMP) return NULL;
    value *v = &p->values[value_root(p, operand.temp)];
    return v->kind == VALUE_OTHER ? NULL : v;
}

/* In the full expression itself, or in a statement expression that is part of it. */
static bool is_part_of(const plan *p, const ir_insn *insn, ir_full_id full)
{
    if (insn->full == full) return true;
    for (ir_stmt_id id = insn->stmt; id; id = p->func->stmts[id].parent)
        if (p->func->stmts[id].stmt_expr && p->func->stmts[id].in_full == full) return true;
    return false;
}

/* Whether something in the same full expression assigns to the local while the value may be in use: what stands on the
 * right side of an assignment is done before it. */
static bool assigned_beside(const plan *p, const ir_insn *load)
{
    if (!load->full) return false;
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (insn->op == IR_OP_store && is_part_of(p, insn, load->full) && insn->sub != IR_STORE_INIT &&
            insn->place.base == IR_BASE_LOCAL && insn->place.id == load->place.id &&
            !ir_span_within(load->span, insn->a_span))
            return true;
    }
    return false;
}

static void define_load(plan *p, value *v, const ir_insn *insn)
{
    ir_type_id type;
    hold how = place_hold(p, &insn->place, &type);
    v->kind = how == HOLD_WEAK && v->counted == COUNTED_REF ? VALUE_NEW : VALUE_BORROWED;
    v->stable = how == HOLD_UNOWNED;
    if (insn->place.base != IR_BASE_LOCAL) return;
    const ir_local *local = &p->func->locals[insn->place.id];
    if (!insn->place.step_count) v->local = insn->place.id;
    bool nameless = !local->is_literal && !local->name[0];
    if (nameless || (!local->address_taken && !assigned_beside(p, insn))) v->stable = true;
}

/* &derived->base is the same object as derived; the address of a whole object is that of a static, immortal
 * one. */
static void define_addr(plan *p, value *v, const ir_insn *insn)
{
    const ir_place *place = &insn->place;
    bool first = place->base == IR_BASE_MEMORY;
    for (size_t i = 0; i < place->step_count; i++)
        first = first && place->steps[i].kind == IR_STEP_FIELD && place->steps[i].field == 0;
    if (first && p->values[place->id].kind != VALUE_OTHER) {
        v->kind = VALUE_ALIAS;
        v->root = place->id;
    } else {
        v->kind = place->base == IR_BASE_GLOBAL ? VALUE_NULL : VALUE_BORROWED;
    }
}

static void define_call(plan *p, value *v, const ir_insn *insn)
{
    bool borrowed = call_says(p, insn, "returns_borrowed") || call_says(p, insn, "returns_borrowed_from") ||
                    call_says(p, insn, "returns_arg");
    bool says_new = call_says(p, insn, "returns_new");
    const ir_type *type = ir_type_of(p->rw->unit, insn->type);
    if (v->counted == COUNTED_NO && !(says_new && type->kind == IR_POINTER)) return;
    v->kind = borrowed ? VALUE_BORROWED : VALUE_NEW;
}

/* (void *)p: still the same reference for a function that takes it as raw, as rc_give does. */
static void define_raw(plan *p, value *v, const ir_insn *insn)
{
    if (insn->a.kind != IR_TEMP || p->values[insn->a.temp].kind == VALUE_OTHER) return;
    if (ir_type_of(p->rw->unit, p->func->temp_types[insn->dst])->kind != IR_POINTER) return;
    v->kind = VALUE_ALIAS;
    v->root = insn->a.temp;
}

static void define(plan *p, const ir_insn *insn, size_t pos)
{
    value *v = &p->values[insn->dst];
    if (insn->op == IR_OP_copy && v->def) {
        vec_push(&v->inputs, insn);
        return;
    }
    v->def = insn;
    v->pos = pos;
    v->root = insn->dst;
    v->counted = type_counted(p->rw, p->func->temp_types[insn->dst]);
    if (insn->op == IR_OP_call) define_call(p, v, insn);
    if (insn->op == IR_OP_cast && v->counted == COUNTED_NO) define_raw(p, v, insn);
    if (v->counted == COUNTED_NO) return;
    switch (insn->op) {
    case IR_OP_load: define_load(p, v, insn); break;
    case IR_OP_addr: define_addr(p, v, insn); break;
    case IR_OP_copy:
        v->kind = VALUE_MERGE;
        vec_push(&v->inputs, insn);
        break;
    case IR_OP_cast:
        if (insn->a.kind == IR_TEMP && p->values[insn->a.temp].kind != VALUE_OTHER) {
            v->kind = VALUE_ALIAS;
            v->root = insn->a.temp;
        } else {
            v->kind = insn->a.kind == IR_TEMP ? VALUE_BORROWED : VALUE_NULL;
            v->stable = true; /* the runtime's own business, or c ? NULL : NULL */
        }
        break;
    case IR_OP_call: break;
    default: v->kind = VALUE_BORROWED, v->stable = true; break;
    }
}

/* A value made in another block than the one its full expression begins in may not be made at all. */
static void find_conditional(plan *p)
{
    ir_block_id *first = x_calloc(p->func->full_count + 1, sizeof *first);
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (insn->full && !first[insn->full]) first[insn->full] = p->block_of[i];
        if (insn->dst && insn->full) p->values[insn->dst].conditional = p->block_of[i] != first[insn->full];
    }
    free(first);
}

/* ---- uses --------------------------------------------------------------------------------------- */
static void add_use(plan *p, ir_opnd operand, use_kind kind, size_t pos, size_t arg, ir_span span)
{
    value *v = value_of(p, operand);
    if (!v) return;
    use u = {kind, p->order[pos], pos, arg, span};
    vec_push(&v->uses, u);
}

static void use_store(plan *p, const ir_insn *insn, size_t pos)
{
    ir_type_id type;
    hold how = place_hold(p, &insn->place, &type);
    bool takes = how == HOLD_STRONG || (how == HOLD_WEAK && insn->sub == IR_STORE_INIT);
    use_kind kind = takes ? USE_STORE : how == HOLD_NONE ? USE_PLAIN : USE_WEAK;
    add_use(p, insn->a, kind, pos, 0, insn->a_span);
}

static void use_arguments(plan *p, const ir_insn *insn, size_t pos)
{
    for (size_t i = 0; i < insn->arg_count; i++) {
        use_kind kind = USE_PLAIN;
        if (insn->op == IR_OP_call)
            kind = call_effect(p, insn, i) == EFFECT_STEALS ? USE_STEAL : USE_ARGUMENT;
        add_use(p, insn->args[i], kind, pos, i, insn->arg_spans ? insn->arg_spans[i] : insn->span);
    }
}

static void use_operands(plan *p, const ir_insn *insn, size_t pos)
{
    switch (insn->op) {
    case IR_OP_store: use_store(p, insn, pos); break;
    case IR_OP_call:
    case IR_OP_asm: use_arguments(p, insn, pos); break;
    case IR_OP_ret: add_use(p, insn->a, p->returns_new ? USE_RETURN : USE_PLAIN, pos, 0, insn->a_span); break;
    case IR_OP_copy:
        add_use(p, insn->a, insn->dst && p->values[insn->dst].kind == VALUE_MERGE ? USE_MERGE : USE_PLAIN,
                pos, 0, insn->a_span);
        break;
    case IR_OP_cast:
        if (p->values[insn->dst].kind != VALUE_ALIAS) add_use(p, insn->a, USE_PLAIN, pos, 0, insn->span);
        break;
    default:
        add_use(p, insn->a, USE_PLAIN, pos, 0, insn->span);
        add_use(p, insn->b, USE_PLAIN, pos, 0, insn->span);
    }
    if (insn->place.base == IR_BASE_MEMORY &&
        !(insn->op == IR_OP_addr && p->values[insn->dst].kind == VALUE_ALIAS)) {
        ir_opnd base = {.kind = IR_TEMP, .temp = insn->place.id};
        add_use(p, base, USE_BASE, pos, 0, insn->op == IR_OP_store ? insn->place_span : insn->span);
    }
}

/* ---- statement expressions ---------------------------------------------------------------------- */
/* The statement expression that the full expression is the value of, or 0. */
static ir_stmt_id yielding(const plan *p, ir_full_id full)
{
    ir_stmt_id stmt = p->func->fulls[full].stmt;
    ir_stmt_id compound = stmt ? p->func->stmts[stmt].parent : 0;
    if (!compound || !p->func->stmts[compound].stmt_expr) return 0;
    return last_statement(p, compound) == stmt ? compound : 0;
}

/* ({ … }) with its parentheses. */
static ir_span expression_span(const plan *p, ir_stmt_id compound)
{
    ir_span span = p->func->stmts[compound].span;
    const char *source = file_text(p->rw, span.file, NULL);
    if (!source || span.macro) return span;
    while (span.begin && source[span.begin] != '(') span.begin--;
    while (source[span.end] && source[span.end] != ')') span.end++;
    span.end++;
    return span;
}

/* The value, or the last cast of it in its full expression: that one has the type that the expression has. */
static const ir_insn *last_alias(const plan *p, ir_temp root)
{
    const ir_insn *last = p->values[root].def;
    for (size_t t = 1; t < p->func->temp_count; t++) {
        const value *v = &p->values[t];
        if (v->kind == VALUE_ALIAS && v->def->full == last->full && value_root(p, (ir_temp)t) == root &&
            ir_span_within(last->span, v->def->span))
            last = v->def;
    }
    return last;
}

/* A value that leaves a statement expression does so as a new reference: the block's own variables end before
 * it is used. What uses it outside uses a second value, made by the statement expression. */
static void split_yield(plan *p, ir_temp temp)
{
    value *v = &p->values[temp];
    ir_stmt_id compound = v->def && v->def->full ? yielding(p, v->def->full) : 0;
    if (!compound || v->kind == VALUE_OTHER || v->kind == VALUE_ALIAS) return;
    value outer = {.kind = VALUE_NEW,
                   .counted = v->counted,
                   .conditional = true,
                   .pos = v->pos,
                   .root = (ir_temp)p->value_count};
    size_t kept = 0;
    for (size_t i = 0; i < v->uses.n; i++) {
        if (v->uses.at[i].insn->full == v->def->full)
            v->uses.at[kept++] = v->uses.at[i];
        else
            vec_push(&outer.uses, v->uses.at[i]);
    }
    v->uses.n = kept;
    if (!outer.uses.n) return;
    const ir_insn *inner = last_alias(p, temp);
    ir_insn *def = arena_alloc(&p->rw->out->arena, sizeof *def);
    *def = (ir_insn){
        .op = IR_OP_any, .dst = inner->dst, .type = inner->type, .span = expression_span(p, compound)};
    def->full = p->func->stmts[compound].in_full;
    def->stmt = p->func->fulls[def->full].stmt;
    outer.def = def;
    use yield = {USE_YIELD, v->def, v->pos, 0, p->func->fulls[v->def->full].span};
    vec_push(&v->uses, yield);
    p->values[p->value_count++] = outer;
}

void values_find(plan *p)
{
    order_find(p);
    p->values = x_calloc(2 * p->func->temp_count + 1, sizeof *p->values);
    p->value_count = p->func->temp_count;
    for (size_t i = 0; i < p->count; i++)
        if (p->order[i]->dst) define(p, p->order[i], i);
    find_conditional(p);
    for (size_t i = 0; i < p->count; i++) use_operands(p, p->order[i], i);
    for (size_t t = 1; t < p->func->temp_count; t++) split_yield(p, (ir_temp)t);
}

void values_fini(plan *p)
{
    for (size_t i = 0; i < p->value_count; i++) {
        vec_fini(&p->values[i].inputs);
        vec_fini(&p->values[i].uses);
    }
    free(p->values);
    free(p->order);
    free(p->block_of);
}
