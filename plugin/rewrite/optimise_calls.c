/* SPDX-License-Identifier: MIT
 *
 * Functions of this unit that release nothing. A value that is borrowed from a field needs no reference of its own
 * across a call of one. Why that cannot be observed: the reference would keep alive what nothing in the call can let go.
 *
 * Recursion is assumed to release nothing until some function of it is seen to; what was concluded under an assumption
 * is kept only once the assumption was proven.
 */
#include "rewrite_p.h"

#include <stdlib.h>

enum { UNKNOWN, ASSUMED, KEEPS, DROPS };

static const ir_func *body_of(const rewriter *rw, ir_decl_id decl)
{
    for (size_t i = 0; i < rw->unit->funcs.n; i++)
        if (rw->unit->funcs.at[i]->decl == decl) return rw->unit->funcs.at[i];
    return NULL;
}

static bool takes_all(const value *v)
{
    for (size_t i = 0; i < v->uses.n; i++) {
        use_kind kind = v->uses.at[i].kind;
        if (kind != USE_STORE && kind != USE_STEAL && kind != USE_RETURN) return false;
    }
    return v->uses.n > 0;
}

/* By itself, not through calls or assignments. */
static bool body_releases(plan *p)
{
    for (size_t i = 1; i < p->func->local_count; i++)
        if ((p->locals[i].owned && !p->locals[i].borrowed) || p->locals[i].kept) return true;
    for (size_t i = 0; i < p->value_count; i++)
        if (p->values[i].kind == VALUE_NEW && !takes_all(&p->values[i])) return true;
    return false;
}

static bool body_drops(plan *p)
{
    if (body_releases(p)) return true;
    for (size_t i = 0; i < p->reachable; i++)
        if (insn_drops(p, p->order[i])) return true;
    return false;
}

bool function_drops(rewriter *rw, ir_decl_id decl)
{
    const ir_func *func = body_of(rw, decl);
    unsigned char *memo = &rw->drops[decl];
    if (*memo == ASSUMED) rw->assumed = true;
    if (*memo != UNKNOWN) return *memo == DROPS;
    if (!func || func->tainted || func->unknowns || ir_annotated(&rw->unit->decls.at[decl].annots, "manual"))
        return (*memo = DROPS) == DROPS;
    bool outer = rw->assumed;
    rw->assumed = false;
    *memo = ASSUMED;
    rw->nesting++;
    plan p;
    plan_open(&p, rw, func);
    bool drops = body_drops(&p);
    plan_close(&p);
    rw->nesting--;
    *memo = drops ? DROPS : rw->assumed && rw->nesting ? UNKNOWN : KEEPS;
    rw->assumed = rw->assumed || outer;
    return drops;
}
