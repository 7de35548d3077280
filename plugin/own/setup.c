/* SPDX-License-Identifier: MIT
 *
 * What runs once. A function *sets up* when it calls what is called only while a module or program comes up
 * (RC_SETS_UP), or when nobody but such functions calls it; one *fills statics* when it puts what it makes into variables
 * that outlive it. What these lose is lost once, and mostly while everything fails.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

typedef struct setups {
    const ir_unit *unit;
    const contract_set *contracts;
    uint8_t *seen;   /* by decl: SEEN_ bits                                                      */
    uint8_t *shown;  /* by decl: its address goes somewhere, so that anybody may call it         */
    uint8_t *refuse; /* by decl: a function that does not set up calls it                        */
    uint8_t *called; /* by decl: somebody here calls it                                          */
} setups;

static const contract_fn *contract_behind(const setups *s, const ir_insn *call)
{
    if (!call || call->op != IR_OP_call || call->a.kind != IR_NAME) return NULL;
    return contract_find(s->contracts, s->unit->decls.at[call->a.name].name);
}

static void show(const setups *s, const ir_opnd *o)
{
    if (o->kind == IR_NAME) s->shown[o->name] = 1;
}

static void show_all(const setups *s, const ir_init *init)
{
    if (!init) return;
    if (!init->is_list) show(s, &init->value);
    for (size_t i = 0; init->is_list && i < init->item_count; i++) show_all(s, init->items[i].init);
}

/* The instruction that made what is stored, through casts. */
static const ir_insn *made_by(const ir_insn *const *defs, const ir_opnd *o)
{
    const ir_insn *insn = o->kind == IR_TEMP ? defs[o->temp] : NULL;
    while (insn && insn->op == IR_OP_cast && insn->a.kind == IR_TEMP) insn = defs[insn->a.temp];
    return insn;
}

static void look_at(const setups *s, const ir_func *f, const ir_insn *const *defs, const ir_insn *insn)
{
    const contract_fn *fn = contract_behind(s, insn);
    if (fn && fn->sets_up) s->seen[f->decl] |= SEEN_SETS_UP;
    if (insn->op == IR_OP_call && insn->a.kind == IR_NAME) s->called[insn->a.name] = 1;
    if (insn->op != IR_OP_call) show(s, &insn->a);
    show(s, &insn->b);
    for (size_t i = 0; i < insn->arg_count; i++) show(s, &insn->args[i]);
    if (insn->op != IR_OP_store || insn->place.base != IR_BASE_GLOBAL || insn->place.step_count) return;
    const ir_insn *made = made_by(defs, &insn->a);
    fn = contract_behind(s, made);
    bool memory = fn && contract_allocates(s->contracts, fn->name);
    if (memory || (fn && fn->result == CONTRACT_RESULT_NEW)) s->seen[f->decl] |= SEEN_FILLS;
}

static void scan(const setups *s, const ir_func *f)
{
    const ir_insn **defs = x_calloc(f->temp_count + 1, sizeof(ir_insn *));
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            if (insn->dst) defs[insn->dst] = insn;
            look_at(s, f, defs, insn);
        }
    free(defs);
}

static void refuse_callees(const setups *s, const ir_func *f)
{
    for (ir_block_id b = 1; b < f->block_count; b++)
        for (size_t i = 0; i < f->blocks[b].n; i++) {
            const ir_insn *insn = &f->blocks[b].insns[i];
            if (insn->op == IR_OP_call && insn->a.kind == IR_NAME) s->refuse[insn->a.name] = 1;
        }
}

/* One more ring of callers: whether any function turned out to set up. */
static bool spread(const setups *s)
{
    bool any = false;
    memset(s->refuse, 0, s->unit->decls.n + 1);
    for (size_t i = 0; i < s->unit->funcs.n; i++)
        if (!(s->seen[s->unit->funcs.at[i]->decl] & SEEN_SETS_UP)) refuse_callees(s, s->unit->funcs.at[i]);
    for (size_t i = 0; i < s->unit->funcs.n; i++) {
        ir_decl_id d = s->unit->funcs.at[i]->decl;
        bool alone =
            s->unit->decls.at[d].linkage == IR_LINK_STATIC && s->called[d] && !s->shown[d] && !s->refuse[d];
        if (!alone || (s->seen[d] & SEEN_SETS_UP)) continue;
        s->seen[d] |= SEEN_SETS_UP;
        any = true;
    }
    return any;
}

void own_find_setups(const ir_unit *unit, const contract_set *contracts, uint8_t *seen)
{
    size_t n = unit->decls.n + 1;
    setups s = {unit, contracts, seen, x_calloc(n, 1), x_calloc(n, 1), x_calloc(n, 1)};
    for (size_t i = 0; i < unit->funcs.n; i++) scan(&s, unit->funcs.at[i]);
    for (size_t i = 1; i < unit->decls.n; i++) show_all(&s, unit->decls.at[i].init);
    while (spread(&s)) continue;
    free(s.shown);
    free(s.refuse);
    free(s.called);
}
