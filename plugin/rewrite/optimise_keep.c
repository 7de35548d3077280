/* SPDX-License-Identifier: MIT
 *
 * Parameters that are assigned to: what the caller passed is not retained, and what the function assigns is kept by a
 * variable beside, which is NULL until then. Why that cannot be observed: the caller keeps what it passed for as long as
 * the call, so the reference that is not taken would never have been the last; of every value that follows one reference
 * is taken and dropped where it was.
 *
 * The parameter itself owns nothing: what is returned or given away is copied from it.
 */
#include "rewrite_p.h"

void optimise_keep(plan *p)
{
    if (!p->optimise) return;
    for (size_t i = 1; i < p->func->local_count; i++) {
        const ir_local *local = &p->func->locals[i];
        local_plan *l = &p->locals[i];
        if (!local->is_param || !l->retained || l->counted != COUNTED_REF || l->hold != HOLD_STRONG ||
            local->address_taken)
            continue;
        l->owned = l->retained = false;
        l->kept = true;
    }
}

/* `x = v` becomes x = (RC_SETREF(keeper, v), keeper). Where the parameter is NULL, so is the keeper. */
void store_in_keeper(plan *p, const ir_insn *store)
{
    const char *keeper = p->locals[store->place.id].keeper;
    if (is_null_at(p, store->place.id, store)) {
        note_text(p, store->place_span, "DECREF", "removed", "it holds nothing before the assignment");
        wrap(p, RANK_KEEP, store->a_span, arena_printf(&p->rw->out->arena, "(%s = ", keeper), ")");
        return;
    }
    note_text(p, store->place_span, "DECREF", "inserted", "the assignment drops what was assigned before");
    wrap(p, RANK_KEEP, store->a_span, arena_printf(&p->rw->out->arena, "(RC_SETREF(%s, ", keeper),
         arena_printf(&p->rw->out->arena, "), %s)", keeper));
}
