/* SPDX-License-Identifier: MIT
 *
 * Conditions and places in the words of the source: what a branch that a path takes says of the program. The text is made
 * from the instructions behind the condition; a macro's expansion is called by the macro's name.
 */
#include <string.h>

#include "own_p.h"

enum { DEEPEST_TEXT = 6 };

static const char *temp_text(engine *e, ir_temp t, int depth);

/* ---- places -------------------------------------------------------------------------------------------- */

static const char *base_text(engine *e, const ir_place *place, int depth)
{
    if (place->base == IR_BASE_LOCAL) return e->func->locals[place->id].name;
    if (place->base == IR_BASE_GLOBAL) return e->unit->decls.at[place->id].source_name;
    return place->base == IR_BASE_MEMORY ? temp_text(e, place->id, depth + 1) : NULL;
}

static const char *step_text(engine *e, const ir_step *step, const char *so_far, bool through, int depth)
{
    if (step->kind == IR_STEP_FIELD) {
        const char *name = e->unit->records.at[step->record].fields[step->field].name;
        return *name ? own_text(e, "%s%s%s", so_far, through ? "->" : ".", name) : so_far;
    }
    if (step->index.kind == IR_INTEGER)
        return own_text(e, "%s[%lld]", so_far, (long long)step->index.integer);
    const char *index = step->index.kind == IR_TEMP ? temp_text(e, step->index.temp, depth + 1) : NULL;
    return own_text(e, "%s[%s]", so_far, index ? index : "...");
}

const char *own_place_text(engine *e, const ir_place *place, int depth)
{
    const char *text = depth < DEEPEST_TEXT ? base_text(e, place, depth) : NULL;
    if (!text || !*text) return NULL;
    bool through = place->base == IR_BASE_MEMORY;
    if (through && !place->step_count) return own_text(e, "*%s", text);
    for (size_t i = 0; i < place->step_count; i++)
        text = step_text(e, &place->steps[i], text, through && i == 0, depth);
    return text;
}

/* ---- values -------------------------------------------------------------------------------------------- */

/* `while ((item = next(it)))`: the variable that was just given the value is its name. */
static const char *assigned_text(engine *e, const ir_insn *made, int depth)
{
    for (uint32_t i = 1; i <= e->insn_count; i++) {
        const ir_insn *insn = e->insns[i];
        bool same = insn->op == IR_OP_store && insn->a.kind == IR_TEMP && insn->a.temp == made->dst;
        if (same && insn->place.base == IR_BASE_LOCAL) return own_place_text(e, &insn->place, depth);
    }
    return NULL;
}

static const char *call_text(engine *e, const ir_insn *insn)
{
    if (insn->a.kind != IR_NAME) return NULL;
    return own_text(e, "%s(%s)", e->unit->decls.at[insn->a.name].source_name, insn->arg_count ? "..." : "");
}

static const char *opnd_text(engine *e, const ir_opnd *o, int depth)
{
    switch (o->kind) {
    case IR_TEMP: return temp_text(e, o->temp, depth);
    case IR_INTEGER: return own_text(e, "%lld", (long long)o->integer);
    case IR_NULL: return "NULL";
    case IR_NAME: return e->unit->decls.at[o->name].source_name;
    default: return NULL;
    }
}

static const char *temp_text(engine *e, ir_temp t, int depth)
{
    const ir_insn *insn = t ? e->defs[t] : NULL;
    if (!insn || depth > DEEPEST_TEXT) return NULL;
    if (insn->op == IR_OP_call) {
        const char *name = assigned_text(e, insn, depth + 1);
        if (name) return name;
    }
    bool named = insn->op == IR_OP_load || insn->op == IR_OP_addr;
    if (insn->macro && insn->op != IR_OP_cast)
        return named ? insn->macro : own_text(e, "%s(...)", insn->macro);
    switch (insn->op) {
    case IR_OP_load:
    case IR_OP_addr: return own_place_text(e, &insn->place, depth + 1);
    case IR_OP_copy:
    case IR_OP_cast: return opnd_text(e, &insn->a, depth + 1);
    case IR_OP_call: return call_text(e, insn);
    default: return NULL;
    }
}

/* ---- conditions ---------------------------------------------------------------------------------------- */

static const char *relation_text(ir_sub op, bool truth)
{
    static const struct {
        ir_sub op;
        const char *holds, *fails;
    } all[] = {{IR_EQ, "is", "is not"}, {IR_NE, "is not", "is"}, {IR_LT, "<", ">="},
               {IR_LE, "<=", ">"},      {IR_GT, ">", "<="},      {IR_GE, ">=", "<"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].op == op) return truth ? all[i].holds : all[i].fails;
    return NULL;
}

static bool is_pointer_temp(const engine *e, const ir_opnd *o)
{
    return o->kind == IR_TEMP && ir_type_of(e->unit, e->func->temp_types[o->temp])->kind == IR_POINTER;
}

static const char *compare_text(engine *e, const ir_insn *insn, bool truth)
{
    const char *a = opnd_text(e, &insn->a, 0), *b = opnd_text(e, &insn->b, 0);
    const char *relation = relation_text(insn->sub, truth);
    if (!a || !b || !relation) return NULL;
    if (strcmp(b, "0") == 0 && is_pointer_temp(e, &insn->a)) b = "NULL";
    return own_text(e, "'%s' %s %s", a, relation, b);
}

static const char *truth_text(engine *e, const ir_opnd *o, bool truth)
{
    const char *text = opnd_text(e, o, 0);
    if (!text) return NULL;
    ir_type_kind kind = o->kind == IR_TEMP ? ir_type_of(e->unit, e->func->temp_types[o->temp])->kind : IR_INT;
    const char *said = kind == IR_POINTER  ? truth ? "is not NULL" : "is NULL"
                       : kind == IR_BOOL   ? truth ? "is true" : "is false"
                       : strchr(text, '(') ? truth ? "is true" : "is false"
                                           : (truth ? "is not 0" : "is 0");
    return own_text(e, "'%s' %s", text, said);
}

static const char *condition_text(engine *e, const ir_opnd *o, bool truth)
{
    const ir_insn *insn = o->kind == IR_TEMP ? e->defs[o->temp] : NULL;
    for (int depth = 0; insn && depth < DEEPEST_TEXT; depth++) {
        bool negates = insn->op == IR_OP_un && insn->sub == IR_NOT;
        bool same = insn->op == IR_OP_cast || (insn->op == IR_OP_copy && insn->a.kind == IR_TEMP);
        if (insn->macro && !negates && !same) break;
        if (!negates && !same) break;
        if (insn->a.kind != IR_TEMP || !e->defs[insn->a.temp]) break;
        truth ^= negates;
        o = &insn->a;
        insn = e->defs[o->temp];
    }
    if (insn && insn->macro && insn->op == IR_OP_bin && strcmp(insn->macro, "NULL") != 0)
        return own_text(e, "'%s(...)' is %s", insn->macro, truth ? "true" : "false");
    return insn && insn->op == IR_OP_bin ? compare_text(e, insn, truth) : truth_text(e, o, truth);
}

static bool is_loop(ir_sub sub)
{
    return sub == IR_BR_WHILE || sub == IR_BR_DO || sub == IR_BR_FOR;
}

const char *own_branch_text(engine *e, const ir_insn *br, bool truth)
{
    const char *text = condition_text(e, &br->a, truth);
    if (!is_loop(br->sub)) return text ? text : truth ? "the condition is true" : "the condition is false";
    const char *turn = truth ? "the loop goes round" : "the loop ends";
    return text ? own_text(e, "%s: %s", turn, text) : turn;
}

const char *own_case_text(engine *e, const ir_insn *chosen, size_t i)
{
    const char *text = opnd_text(e, &chosen->a, 0);
    if (!text || i >= chosen->case_count) return "this case is taken";
    const ir_case *c = &chosen->cases[i];
    return c->low == c->high
               ? own_text(e, "'%s' is %lld", text, (long long)c->low)
               : own_text(e, "'%s' is %lld to %lld", text, (long long)c->low, (long long)c->high);
}
