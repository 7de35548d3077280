/* SPDX-License-Identifier: MIT
 *
 * A function pointer says what it does to references, as a function does. Where a function, or another pointer, goes
 * into one, the two have to say the same: parameter by parameter, and for the result.
 */
#include "rewrite_p.h"

#include <string.h>

typedef struct signature {
    const ir_type *type;    /* the function type */
    const ir_param *params; /* of a declared function; NULL: the type's annotations */
    const ir_annots
        *annots; /* of the result, beside the type's: those of the declaration, variable or field */
} signature;

static const ir_type *function_type(const ir_unit *unit, ir_type_id id)
{
    const ir_type *type = typedef_type(unit, ir_type_of(unit, id));
    if (type->kind == IR_POINTER) type = typedef_type(unit, ir_type_of(unit, type->of));
    return type->kind == IR_FUNCTION ? type : NULL;
}

static effect param_effect(const signature *s, size_t i)
{
    const ir_annots *annots = NULL;
    if (s->params)
        annots = &s->params[i].annots;
    else if (s->type->param_annots)
        annots = &s->type->param_annots[i];
    if (!annots) return EFFECT_BORROWED;
    if (ir_annotated(annots, "steals")) return EFFECT_STEALS;
    return ir_annotated(annots, "out") ? EFFECT_OUT : EFFECT_BORROWED;
}

static bool says(const ir_annots *annots, const char *name)
{
    return annots && (ir_annotated(annots, name) || ir_annot_arg(annots, name));
}

static bool result_borrowed(const signature *s)
{
    static const char *const names[] = {"returns_borrowed", "returns_borrowed_from", "returns_arg"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (says(s->annots, names[i]) || says(&s->type->annots, names[i])) return true;
    return false;
}

/* What differs, or NULL. */
static const char *difference(rewriter *rw, const signature *to, const signature *from)
{
    size_t n =
        to->type->param_count < from->type->param_count ? to->type->param_count : from->type->param_count;
    for (size_t i = 0; i < n; i++) {
        effect wanted = param_effect(to, i), given = param_effect(from, i);
        if (wanted == given) continue;
        static const char *const names[] = {"borrowed", "stolen", "an output"};
        return arena_printf(&rw->out->arena, "parameter %zu is %s here and %s there", i + 1, names[given],
                            names[wanted]);
    }
    bool counts =
        type_counted(rw, to->type->of) != COUNTED_NO && type_counted(rw, from->type->of) != COUNTED_NO;
    if (!counts || result_borrowed(to) == result_borrowed(from)) return NULL;
    return result_borrowed(to) ? "its result is new, and borrowed there"
                               : "its result is borrowed, and new there";
}

static signature signature_of_decl(const ir_unit *unit, ir_decl_id id)
{
    const ir_decl *decl = &unit->decls.at[id];
    return (signature){function_type(unit, decl->type), decl->params, &decl->annots};
}

static bool compare(rewriter *rw, const signature *to, const signature *from, ir_span at,
                    const char *function)
{
    if (!to->type || !from->type) return true;
    const char *differs = difference(rw, to, from);
    if (!differs) return true;
    complain(rw, "arc-effects-mismatch", at, function, "the function's effects differ: %s", differs);
    return false;
}

/* ---- in functions -------------------------------------------------------------------------------- */
static signature signature_of_value(plan *p, ir_opnd value);

/* Of a value that one of several copies makes: what the first that says something says. */
static signature signature_of_choice(plan *p, ir_temp temp)
{
    signature found = {0};
    for (size_t i = 0; i < p->count && !found.type; i++)
        if (p->order[i]->op == IR_OP_copy && p->order[i]->dst == temp)
            found = signature_of_value(p, p->order[i]->a);
    return found;
}

static signature signature_of_value(plan *p, ir_opnd value)
{
    const ir_unit *unit = p->rw->unit;
    if (value.kind == IR_NAME) return signature_of_decl(unit, value.name);
    if (value.kind != IR_TEMP) return (signature){0};
    const ir_insn *def = p->values[value.temp].def;
    if (def && def->op == IR_OP_copy) return signature_of_choice(p, value.temp);
    if (!def || (def->op != IR_OP_load && def->op != IR_OP_call))
        return (signature){0}; /* its type says nothing */
    return (signature){function_type(unit, declared_type(p, value.temp)), NULL,
                       pointer_annots(p, value.temp)};
}

static const ir_annots *place_annots(const plan *p, const ir_place *place)
{
    const ir_unit *unit = p->rw->unit;
    const ir_annots *annots = NULL;
    if (place->base == IR_BASE_LOCAL) annots = &p->func->locals[place->id].annots;
    if (place->base == IR_BASE_GLOBAL) annots = &unit->decls.at[place->id].annots;
    for (size_t i = 0; i < place->step_count; i++) {
        const ir_step *step = &place->steps[i];
        if (step->kind == IR_STEP_FIELD) annots = &unit->records.at[step->record].fields[step->field].annots;
    }
    return annots;
}

static void check_store(plan *p, const ir_insn *store)
{
    const ir_unit *unit = p->rw->unit;
    signature to = {function_type(unit, ir_place_type(unit, p->func, &store->place)), NULL,
                    place_annots(p, &store->place)};
    signature from = signature_of_value(p, store->a);
    compare(p->rw, &to, &from, store->a_span.file ? store->a_span : store->span, p->decl->name);
}

/* Functions that are handed to what is called. */
static void check_arguments(plan *p, const ir_insn *call)
{
    const ir_unit *unit = p->rw->unit;
    signature callee = signature_of_value(p, call->a);
    for (size_t i = 0; callee.type && i < call->arg_count && i < callee.type->param_count; i++) {
        const ir_annots *annots = callee.params               ? &callee.params[i].annots
                                  : callee.type->param_annots ? &callee.type->param_annots[i]
                                                              : NULL;
        ir_type_id type = callee.params ? callee.params[i].type : callee.type->params[i];
        signature to = {function_type(unit, type), NULL, annots};
        signature from = signature_of_value(p, call->args[i]);
        compare(p->rw, &to, &from, call->arg_spans[i], p->decl->name);
    }
}

/* (c ? f : g)(x) counts as f says: g has to say the same. */
static void check_choice(plan *p, const ir_insn *copy)
{
    if (!copy->dst) return;
    signature to = signature_of_choice(p, copy->dst), from = signature_of_value(p, copy->a);
    compare(p->rw, &to, &from, copy->a_span.file ? copy->a_span : copy->span, p->decl->name);
}

void check_effects(plan *p)
{
    for (size_t i = 0; i < p->count; i++) {
        const ir_insn *insn = p->order[i];
        if (insn->op == IR_OP_store) check_store(p, insn);
        if (insn->op == IR_OP_call) check_arguments(p, insn);
        if (insn->op == IR_OP_copy) check_choice(p, insn);
        if (insn->op == IR_OP_ret && insn->a.kind != IR_NONE) {
            signature to = {function_type(p->rw->unit, ir_type_of(p->rw->unit, p->decl->type)->of), NULL,
                            NULL};
            signature from = signature_of_value(p, insn->a);
            compare(p->rw, &to, &from, insn->a_span, p->decl->name);
        }
    }
}

/* ---- initialisers of globals ---------------------------------------------------------------------- */
static void check_init(rewriter *rw, const ir_init *init, const ir_annots *annots)
{
    const ir_unit *unit = rw->unit;
    const ir_type *type = ir_type_of(unit, init->type);
    for (size_t i = 0; i < init->item_count; i++) {
        const ir_annots *inner = annots;
        if (type->kind == IR_RECORD && init->items[i].index < unit->records.at[type->record].field_count)
            inner = &unit->records.at[type->record].fields[init->items[i].index].annots;
        if (init->items[i].init) check_init(rw, init->items[i].init, inner);
    }
    if (init->is_list || init->value.kind != IR_NAME) return;
    signature to = {function_type(unit, init->type), NULL, annots},
              from = signature_of_decl(unit, init->value.name);
    compare(rw, &to, &from, init->span, NULL);
}

void check_initialisers(rewriter *rw)
{
    for (size_t i = 1; i < rw->unit->decls.n; i++) {
        const ir_decl *decl = &rw->unit->decls.at[i];
        if (decl->init && file_is_editable(rw, decl->span.file)) check_init(rw, decl->init, &decl->annots);
    }
}
