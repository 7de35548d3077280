/* SPDX-License-Identifier: MIT
 *
 * Building one function. Tables grow on the heap and move into the unit's arena when the function is
 * finished.
 */
#include <stdlib.h>
#include <string.h>

#include "ir_p.h"

typedef VEC(ir_insn) insn_vec;
struct ir_builder {
    ir_unit *unit;
    ir_func *func;
    ir_block_id current;
    VEC(ir_block) blocks;
    VEC(insn_vec) insns; /* beside blocks */
    VEC(ir_local) locals;
    VEC(ir_type_id) temps;
    VEC(ir_stmt) stmts;
    VEC(ir_full) fulls;
};

/* Lets the tables be read while they grow. */
static void show(ir_builder *b)
{
    ir_func *f = b->func;
    f->blocks = b->blocks.at, f->block_count = b->blocks.n;
    f->locals = b->locals.at, f->local_count = b->locals.n;
    f->temp_types = b->temps.at, f->temp_count = b->temps.n;
    f->stmts = b->stmts.at, f->stmt_count = b->stmts.n;
    f->fulls = b->fulls.at, f->full_count = b->fulls.n;
}

ir_builder *ir_builder_new(ir_unit *unit, ir_decl_id decl)
{
    ir_builder *b = x_calloc(1, sizeof *b);
    b->unit = unit;
    b->func = arena_alloc(&unit->arena, sizeof *b->func);
    b->func->decl = decl;
    (void)vec_add(&b->blocks);
    (void)vec_add(&b->insns);
    (void)vec_add(&b->locals);
    (void)vec_add(&b->temps);
    (void)vec_add(&b->stmts);
    (void)vec_add(&b->fulls);
    ir_build_at(b, ir_build_block(b));
    return b;
}

ir_local_id ir_build_local(ir_builder *b, const ir_local *local)
{
    vec_push(&b->locals, *local);
    return (ir_local_id)(b->locals.n - 1);
}

ir_stmt_id ir_build_stmt(ir_builder *b, const ir_stmt *stmt)
{
    vec_push(&b->stmts, *stmt);
    return (ir_stmt_id)(b->stmts.n - 1);
}

ir_full_id ir_build_full(ir_builder *b, const ir_full *full)
{
    vec_push(&b->fulls, *full);
    return (ir_full_id)(b->fulls.n - 1);
}

ir_temp ir_build_temp(ir_builder *b, ir_type_id type)
{
    vec_push(&b->temps, type);
    return (ir_temp)(b->temps.n - 1);
}

ir_block_id ir_build_block(ir_builder *b)
{
    (void)vec_add(&b->blocks);
    (void)vec_add(&b->insns);
    return (ir_block_id)(b->blocks.n - 1);
}

void ir_build_label(ir_builder *b, ir_block_id block, const char *label, bool address_taken)
{
    b->blocks.at[block].label = label;
    b->blocks.at[block].address_taken = address_taken;
}

void ir_build_at(ir_builder *b, ir_block_id block)
{
    b->current = block;
}

ir_block_id ir_build_current(const ir_builder *b)
{
    return b->current;
}

ir_insn *ir_build_insn(ir_builder *b, const ir_insn *insn)
{
    if (!b->current) b->current = ir_build_block(b);
    insn_vec *into = &b->insns.at[b->current];
    vec_push(into, *insn);
    if (ir_ops[insn->op].terminator) b->current = 0;
    return &vec_last(into);
}

ir_func *ir_builder_func(ir_builder *b)
{
    show(b);
    return b->func;
}

static void *keep(arena *a, const void *at, size_t n, size_t size)
{
    void *copy = arena_alloc(a, n * size);
    if (n) memcpy(copy, at, n * size);
    return copy;
}

static bool *find_successors(const ir_builder *b)
{
    bool *reached = x_calloc(b->blocks.n, sizeof *reached);
    for (size_t i = 1; i < b->blocks.n; i++)
        for (size_t j = 0; j < b->insns.at[i].n; j++)
            for (size_t k = 0; k < b->insns.at[i].at[j].succ_count; k++)
                reached[b->insns.at[i].at[j].succ[k]] = true;
    return reached;
}

/* Numbers the blocks that stay: all but empty ones that nothing leads to and no address names. */
static size_t renumber(ir_builder *b, ir_block_id *number)
{
    size_t n = 1;
    bool *reached = find_successors(b);
    for (size_t i = 1; i < b->blocks.n; i++) {
        bool stays = i == 1 || b->insns.at[i].n || reached[i] || b->blocks.at[i].label ||
                     b->blocks.at[i].address_taken;
        number[i] = stays ? (ir_block_id)n++ : 0;
    }
    free(reached);
    return n;
}

static void keep_block(ir_builder *b, size_t i, const ir_block_id *number)
{
    insn_vec *from = &b->insns.at[i];
    if (!from->n || !ir_ops[vec_last(from).op].terminator) vec_push(from, ((ir_insn){.op = IR_OP_stop}));
    for (size_t j = 0; j < from->n; j++)
        for (size_t k = 0; k < from->at[j].succ_count; k++) from->at[j].succ[k] = number[from->at[j].succ[k]];
    ir_block *block = &b->func->blocks[number[i]];
    *block = b->blocks.at[i];
    block->insns = keep(&b->unit->arena, from->at, from->n, sizeof *from->at);
    block->n = from->n;
}

static void release(ir_builder *b)
{
    for (size_t i = 0; i < b->insns.n; i++) vec_fini(&b->insns.at[i]);
    vec_fini(&b->blocks);
    vec_fini(&b->insns);
    vec_fini(&b->locals);
    vec_fini(&b->temps);
    vec_fini(&b->stmts);
    vec_fini(&b->fulls);
    free(b);
}

ir_func *ir_builder_finish(ir_builder *b)
{
    ir_func *f = b->func;
    arena *a = &b->unit->arena;
    ir_block_id *number = x_calloc(b->blocks.n, sizeof *number);
    f->block_count = renumber(b, number);
    f->blocks = arena_alloc(a, f->block_count * sizeof *f->blocks);
    for (size_t i = 1; i < b->blocks.n; i++)
        if (number[i]) keep_block(b, i, number);
    free(number);
    f->locals = keep(a, b->locals.at, f->local_count = b->locals.n, sizeof *f->locals);
    f->temp_types = keep(a, b->temps.at, f->temp_count = b->temps.n, sizeof *f->temp_types);
    f->stmts = keep(a, b->stmts.at, f->stmt_count = b->stmts.n, sizeof *f->stmts);
    f->fulls = keep(a, b->fulls.at, f->full_count = b->fulls.n, sizeof *f->fulls);
    vec_push(&b->unit->funcs, f);
    release(b);
    return f;
}

void ir_builder_abandon(ir_builder *b)
{
    release(b);
}
