/* SPDX-License-Identifier: MIT
 *
 * Liveness of temporaries and of local variables whose address nobody took. What is dead is dropped from
 * states, so that states which differ only in it become one.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

typedef struct kills {
    uint32_t *at;
    size_t n;
} kills;

struct liveness {
    size_t words; /* of one set: temps first, then locals */
    size_t temps, names;
    uint64_t *out;                   /* by block */
    kills *temp_kills, *local_kills; /* by instruction number */
};

static bool test(const uint64_t *set, size_t i)
{
    return set[i / 64] >> (i % 64) & 1;
}
static void put(uint64_t *set, size_t i)
{
    set[i / 64] |= (uint64_t)1 << (i % 64);
}
static void take(uint64_t *set, size_t i)
{
    set[i / 64] &= ~((uint64_t)1 << (i % 64));
}

static bool tracked_local(const engine *e, uint32_t id)
{
    return !e->func->locals[id].address_taken;
}

typedef void visit_fn(void *arg, size_t index);

static void visit_operand(const ir_opnd *o, visit_fn *visit, void *arg)
{
    if (o->kind == IR_TEMP) visit(arg, o->temp);
}

/* Everything that an instruction reads. A store to a part of a local reads the local: the rest of it stays.
 */
static void visit_uses(const engine *e, const liveness *l, const ir_insn *insn, visit_fn *visit, void *arg)
{
    visit_operand(&insn->a, visit, arg);
    visit_operand(&insn->b, visit, arg);
    for (size_t i = 0; i < insn->arg_count; i++) visit_operand(&insn->args[i], visit, arg);
    if (!ir_ops[insn->op].place) return;
    const ir_place *p = &insn->place;
    if (p->base == IR_BASE_MEMORY) visit(arg, p->id);
    for (size_t i = 0; i < p->step_count; i++)
        if (p->steps[i].kind == IR_STEP_INDEX) visit_operand(&p->steps[i].index, visit, arg);
    bool reads = insn->op == IR_OP_load || insn->op == IR_OP_addr || p->step_count;
    if (p->base == IR_BASE_LOCAL && tracked_local(e, p->id) && reads) visit(arg, l->temps + p->id);
}

static size_t defined(const engine *e, const liveness *l, const ir_insn *insn)
{
    if (insn->op == IR_OP_store || insn->op == IR_OP_decl || insn->op == IR_OP_end || insn->op == IR_OP_zero)
        if (insn->place.base == IR_BASE_LOCAL && !insn->place.step_count && tracked_local(e, insn->place.id))
            return l->temps + insn->place.id;
    return insn->dst; /* 0: temp 0 is nobody */
}

static void add_use(void *set, size_t i)
{
    put(set, i);
}

static void transfer_backwards(const engine *e, const liveness *l, const ir_insn *insn, uint64_t *set)
{
    take(set, defined(e, l, insn));
    visit_uses(e, l, insn, add_use, set);
}

static bool flow_block(const engine *e, liveness *l, ir_block_id b, uint64_t *in)
{
    const ir_block *block = &e->func->blocks[b];
    if (!block->n) return false;
    const ir_insn *last = &block->insns[block->n - 1];
    uint64_t *out = l->out + b * l->words;
    for (size_t i = 0; i < last->succ_count; i++)
        for (size_t w = 0; w < l->words; w++) out[w] |= in[last->succ[i] * l->words + w];
    uint64_t *now = x_malloc(l->words * sizeof *now);
    memcpy(now, out, l->words * sizeof *now);
    for (size_t i = block->n; i-- > 0;) transfer_backwards(e, l, &block->insns[i], now);
    bool changed = memcmp(now, in + b * l->words, l->words * sizeof *now) != 0;
    memcpy(in + b * l->words, now, l->words * sizeof *now);
    free(now);
    return changed;
}

static void solve(const engine *e, liveness *l)
{
    uint64_t *in = x_calloc(e->func->block_count * l->words, sizeof *in);
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = e->cfg.rpo_count; i-- > 0;) changed |= flow_block(e, l, e->cfg.rpo[i], in);
    }
    free(in);
}

typedef struct killing {
    engine *e;
    liveness *l;
    uint64_t *after;
    uint32_t number;
} killing;

static void add_kill(engine *e, kills *k, uint32_t id)
{
    uint32_t *grown = arena_alloc(&e->arena, (k->n + 1) * sizeof *grown);
    if (k->n) memcpy(grown, k->at, k->n * sizeof *grown);
    grown[k->n++] = id;
    k->at = grown;
}

static void kill_if_dead(void *arg, size_t i)
{
    killing *k = arg;
    if (i == 0 || test(k->after, i)) return;
    put(k->after, i); /* once an instruction */
    if (i < k->l->temps)
        add_kill(k->e, &k->l->temp_kills[k->number], (uint32_t)i);
    else
        add_kill(k->e, &k->l->local_kills[k->number], (uint32_t)(i - k->l->temps));
}

static void find_kills(engine *e, liveness *l, ir_block_id b)
{
    const ir_block *block = &e->func->blocks[b];
    uint64_t *after = x_malloc(l->words * sizeof *after), *before = x_malloc(l->words * sizeof *before);
    memcpy(after, l->out + b * l->words, l->words * sizeof *after);
    for (size_t i = block->n; i-- > 0;) {
        const ir_insn *insn = &block->insns[i];
        memcpy(before, after, l->words * sizeof *before);
        transfer_backwards(e, l, insn, before);
        killing k = {e, l, after, e->insn_base[b] + (uint32_t)i};
        kill_if_dead(&k, insn->dst);
        visit_uses(e, l, insn, kill_if_dead, &k);
        uint64_t *swap = after;
        after = before, before = swap;
    }
    free(after);
    free(before);
}

liveness *own_live_new(engine *e)
{
    liveness *l = arena_alloc(&e->arena, sizeof *l);
    l->temps = e->func->temp_count + 1;
    l->names = e->func->local_count + 1;
    l->words = (l->temps + l->names + 63) / 64;
    l->out = x_calloc(e->func->block_count * l->words, sizeof *l->out);
    l->temp_kills = arena_alloc(&e->arena, (e->insn_count + 1) * sizeof *l->temp_kills);
    l->local_kills = arena_alloc(&e->arena, (e->insn_count + 1) * sizeof *l->local_kills);
    solve(e, l);
    for (size_t i = 0; i < e->cfg.rpo_count; i++) find_kills(e, l, e->cfg.rpo[i]);
    return l;
}

void own_live_free(liveness *l)
{
    if (l) free(l->out);
}

const uint32_t *own_dead_temps(const liveness *l, uint32_t number, size_t *n)
{
    *n = l->temp_kills[number].n;
    return l->temp_kills[number].at;
}

const uint32_t *own_dead_locals(const liveness *l, uint32_t number, size_t *n)
{
    *n = l->local_kills[number].n;
    return l->local_kills[number].at;
}
