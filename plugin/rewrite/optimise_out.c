/* SPDX-License-Identifier: MIT
 *
 * A variable that is NULL when a call fills it in has nothing to release afterwards. Why that cannot be
 * observed: the release that is left out is one of NULL. The variable is NULL from its declaration until it
 * is assigned or its address is taken; after that it is anybody's.
 */
#include "rewrite_p.h"

#include <stdlib.h>

enum { IS_NULL = 1, IS_OTHER = 2 };

/* The state after the block; `stop`, when it is inside, yields the state in front of it. */
static unsigned flow(const ir_block *block, ir_local_id local, unsigned state, const ir_insn *stop,
                     bool *stopped)
{
    for (size_t i = 0; i < block->n; i++) {
        const ir_insn *insn = &block->insns[i];
        if (insn == stop) {
            *stopped = true;
            return state;
        }
        if (!ir_is_local(&insn->place, local)) continue;
        if (insn->op == IR_OP_decl) state = IS_NULL;
        if (insn->op == IR_OP_addr) state = IS_OTHER;
        if (insn->op == IR_OP_store && insn->a.kind != IR_NULL) state = IS_OTHER;
    }
    return state;
}

bool out_is_null(const plan *p, const ir_insn *addr)
{
    const ir_func *f = p->func;
    ir_local_id local = addr->place.id;
    if (f->locals[local].is_param) return false;
    unsigned *in = x_calloc(f->block_count, sizeof *in);
    bool stopped = false;
    in[1] = IS_OTHER;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t b = 1; b < f->block_count; b++) {
            if (!in[b] || !f->blocks[b].n) continue;
            unsigned state = flow(&f->blocks[b], local, in[b], NULL, &stopped);
            const ir_insn *last = &f->blocks[b].insns[f->blocks[b].n - 1];
            for (size_t i = 0; i < last->succ_count; i++) {
                changed = changed || (in[last->succ[i]] | state) != in[last->succ[i]];
                in[last->succ[i]] |= state;
            }
        }
    }
    unsigned state = IS_OTHER;
    for (size_t b = 1; b < f->block_count && !stopped; b++)
        if (in[b]) state = flow(&f->blocks[b], local, in[b], addr, &stopped);
    free(in);
    return stopped && state == IS_NULL;
}
