/* SPDX-License-Identifier: MIT
 *
 * Predecessors and reverse postorder, without recursion: real functions have thousands of blocks.
 */
#include <stdlib.h>

#include "ir_p.h"

static const ir_insn *terminator(const ir_block *block)
{
    return block->n ? &block->insns[block->n - 1] : NULL;
}

static size_t successors(const ir_func *func, ir_block_id b, const ir_block_id **out)
{
    const ir_insn *last = terminator(&func->blocks[b]);
    *out = last ? last->succ : NULL;
    return last ? last->succ_count : 0;
}

static void fill_preds(ir_cfg *cfg, const ir_func *func)
{
    const ir_block_id *succ;
    size_t edges = 0, n = func->block_count;
    for (ir_block_id b = 1; b < n; b++) {
        size_t count = successors(func, b, &succ);
        for (size_t i = 0; i < count; i++) cfg->pred_counts[succ[i]]++;
        edges += count;
    }
    cfg->storage = x_calloc(edges, sizeof *cfg->storage);
    ir_block_id *next = cfg->storage;
    for (ir_block_id b = 1; b < n; b++) {
        cfg->preds[b] = next;
        next += cfg->pred_counts[b];
        cfg->pred_counts[b] = 0;
    }
    for (ir_block_id b = 1; b < n; b++) {
        size_t count = successors(func, b, &succ);
        for (size_t i = 0; i < count; i++) cfg->preds[succ[i]][cfg->pred_counts[succ[i]]++] = b;
    }
}

static void fill_rpo(ir_cfg *cfg, const ir_func *func)
{
    struct visit {
        ir_block_id block;
        size_t next;
    } *stack = x_calloc(func->block_count + 1, sizeof *stack);
    bool *seen = x_calloc(func->block_count + 1, sizeof *seen);
    size_t depth = 0, post = 0;
    if (func->block_count > 1) stack[depth++] = (struct visit){1, 0}, seen[1] = true;
    while (depth) {
        const ir_block_id *succ;
        struct visit *top = &stack[depth - 1];
        if (top->next == successors(func, top->block, &succ)) {
            cfg->rpo[post++] = top->block;
            depth--;
            continue;
        }
        ir_block_id to = succ[top->next++];
        if (!seen[to]) seen[to] = true, stack[depth++] = (struct visit){to, 0};
    }
    for (size_t i = 0; i < post / 2; i++) {
        ir_block_id swap = cfg->rpo[i];
        cfg->rpo[i] = cfg->rpo[post - 1 - i];
        cfg->rpo[post - 1 - i] = swap;
    }
    cfg->rpo_count = post;
    free(seen);
    free(stack);
}

void ir_cfg_init(ir_cfg *cfg, const ir_func *func)
{
    size_t n = func->block_count + 1;
    *cfg = (ir_cfg){.rpo = x_calloc(n, sizeof *cfg->rpo)};
    cfg->preds = x_calloc(n, sizeof *cfg->preds);
    cfg->pred_counts = x_calloc(n, sizeof *cfg->pred_counts);
    fill_preds(cfg, func);
    fill_rpo(cfg, func);
}

void ir_cfg_fini(ir_cfg *cfg)
{
    free(cfg->rpo);
    free(cfg->preds);
    free(cfg->pred_counts);
    free(cfg->storage);
    *cfg = (ir_cfg){0};
}
