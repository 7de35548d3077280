/* SPDX-License-Identifier: MIT
 *
 * The invariants that the readers of the IR rely on:
 *   - every block but [0] ends with its only terminator, whose successors are blocks of the function;
 *   - operands, places and tables' ids are in range; an operation's detail (sub) is one of its own;
 *   - a temporary is defined once, or by several `copy`, and on every path before it is used;
 *   - decl and end name a whole local.
 */
#include <stdlib.h>
#include <string.h>

#include "ir_p.h"

typedef struct checker {
    const ir_unit *unit;
    const ir_func *func;
    const ir_insn *insn;
    ir_block_id block;
    char *error;
} checker;

static bool fail(checker *c, const char *format, ...) PRINTF_LIKE(2, 3);
static bool fail(checker *c, const char *format, ...)
{
    if (c->error) return false;
    strbuf b = {0};
    va_list args;
    strbuf_printf(&b, "%s: b%u: ", c->unit->decls.at[c->func->decl].name, c->block);
    va_start(args, format);
    strbuf_vprintf(&b, format, args);
    va_end(args);
    if (c->insn) {
        strbuf_add(&b, ": ");
        strbuf_add(&b, ir_ops[c->insn->op].name);
        if (c->insn->span.line) strbuf_printf(&b, " at %u:%u", c->insn->span.line, c->insn->span.column);
    }
    c->error = strbuf_take(&b);
    return false;
}

/* ---- uses, in one place for the range check and the definedness check ---------------------------------- */
typedef bool (*use_fn)(checker *c, const ir_opnd *o, void *arg);

static bool each_use(checker *c, use_fn use, void *arg)
{
    const ir_insn *i = c->insn;
    ir_opnd base = {.kind = IR_TEMP, .temp = i->place.id};
    if (i->place.base == IR_BASE_MEMORY && !use(c, &base, arg)) return false;
    for (size_t k = 0; k < i->place.step_count; k++)
        if (i->place.steps[k].kind == IR_STEP_INDEX && !use(c, &i->place.steps[k].index, arg)) return false;
    if (!use(c, &i->a, arg) || !use(c, &i->b, arg)) return false;
    for (size_t k = 0; k < i->arg_count; k++)
        if (!use(c, &i->args[k], arg)) return false;
    return true;
}

static bool in_range(checker *c, const ir_opnd *o, void *arg)
{
    (void)arg;
    if (o->kind == IR_TEMP && (o->temp == 0 || o->temp >= c->func->temp_count))
        return fail(c, "no temporary t%u", o->temp);
    if (o->kind == IR_NAME && (o->name == 0 || o->name >= c->unit->decls.n))
        return fail(c, "no declaration %u", o->name);
    if ((o->kind == IR_STRING || o->kind == IR_REAL) && !o->text)
        return fail(c, "a constant without its text");
    return true;
}

/* ---- one instruction ----------------------------------------------------------------------------------- */
static bool place_holds(checker *c)
{
    const ir_place *p = &c->insn->place;
    bool whole_local = p->base == IR_BASE_LOCAL && p->step_count == 0;
    if (!ir_ops[c->insn->op].place)
        return p->base == IR_BASE_NONE || fail(c, "a place that the operation does not have");
    if (p->base == IR_BASE_NONE) return fail(c, "no place");
    if (p->base == IR_BASE_LOCAL && (p->id == 0 || p->id >= c->func->local_count))
        return fail(c, "no local %u", p->id);
    if (p->base == IR_BASE_GLOBAL && (p->id == 0 || p->id >= c->unit->decls.n))
        return fail(c, "no global %u", p->id);
    if ((c->insn->op == IR_OP_decl || c->insn->op == IR_OP_end) && !whole_local)
        return fail(c, "not a whole local");
    for (size_t k = 0; k < p->step_count; k++) {
        const ir_step *s = &p->steps[k];
        if (s->kind != IR_STEP_FIELD) continue;
        if (s->record == 0 || s->record >= c->unit->records.n ||
            s->field >= c->unit->records.at[s->record].field_count)
            return fail(c, "no such field");
    }
    return true;
}

static bool between(int x, int low, int high)
{
    return x >= low && x <= high;
}

static bool sub_holds(checker *c)
{
    ir_sub sub = c->insn->sub;
    bool good;
    switch (c->insn->op) {
    case IR_OP_un: good = between(sub, IR_NEG, IR_NOT); break;
    case IR_OP_bin: good = between(sub, IR_ADD, IR_GE); break;
    case IR_OP_br: good = sub == IR_SUB_NONE || between(sub, IR_BR_IF, IR_BR_COND); break;
    case IR_OP_jump: /* a branch on a constant is a jump that keeps its construct */
        good = sub == IR_SUB_NONE || between(sub, IR_BR_IF, IR_JUMP_BACK);
        break;
    case IR_OP_store: good = sub == IR_SUB_NONE || between(sub, IR_STORE_ASSIGN, IR_STORE_INIT); break;
    default: good = sub == IR_SUB_NONE; break;
    }
    return good || fail(c, "'%s' is no detail of this operation", ir_sub_names[sub]);
}

static bool result_holds(checker *c)
{
    const ir_insn *i = c->insn;
    if (i->dst && !ir_ops[i->op].result) return fail(c, "a result that the operation does not have");
    if (!i->dst && ir_ops[i->op].result && i->op != IR_OP_call) return fail(c, "no result");
    if (i->dst >= c->func->temp_count && i->dst) return fail(c, "no temporary t%u", i->dst);
    return true;
}

static bool successors_hold(checker *c)
{
    const ir_insn *i = c->insn;
    size_t n = i->succ_count;
    bool counted = i->op == IR_OP_jump     ? n == 1
                   : i->op == IR_OP_br     ? n == 2
                   : i->op == IR_OP_switch ? n == i->case_count + 1
                   : i->op == IR_OP_goto   ? true
                                           : n == 0;
    if (!counted) return fail(c, "%zu successors", n);
    for (size_t k = 0; k < n; k++)
        if (i->succ[k] == 0 || i->succ[k] >= c->func->block_count) return fail(c, "no block b%u", i->succ[k]);
    return true;
}

static bool tables_hold(checker *c)
{
    const ir_insn *i = c->insn;
    if (i->stmt && i->stmt >= c->func->stmt_count) return fail(c, "no statement %u", i->stmt);
    if (i->full && i->full >= c->func->full_count) return fail(c, "no full expression %u", i->full);
    if (i->arg_count && !i->arg_spans && i->op == IR_OP_call)
        return fail(c, "arguments without their places");
    return true;
}

static bool insns_hold(checker *c)
{
    for (c->block = 1; c->block < c->func->block_count; c->block++) {
        const ir_block *block = &c->func->blocks[c->block];
        c->insn = NULL;
        if (!block->n) return fail(c, "the block is empty");
        for (size_t k = 0; k < block->n; k++) {
            c->insn = &block->insns[k];
            if (c->insn->op >= IR_OP_COUNT) return fail(c, "no such operation");
            if (ir_ops[c->insn->op].terminator != (k + 1 == block->n))
                return fail(c, k + 1 == block->n ? "the block has no terminator"
                                                 : "a terminator inside the block");
            if (!result_holds(c) || !place_holds(c) || !sub_holds(c) || !successors_hold(c) ||
                !tables_hold(c))
                return false;
            if (!each_use(c, in_range, NULL)) return false;
        }
    }
    return true;
}

/* ---- one definition, before every use ------------------------------------------------------------------ */
static bool defined_once(checker *c)
{
    ir_op *by = x_malloc(c->func->temp_count * sizeof *by);
    memset(by, 0xff, c->func->temp_count * sizeof *by);
    bool good = true;
    for (c->block = 1; good && c->block < c->func->block_count; c->block++)
        for (size_t k = 0; good && k < c->func->blocks[c->block].n; k++) {
            c->insn = &c->func->blocks[c->block].insns[k];
            ir_temp t = c->insn->dst;
            if (!t) continue;
            bool again = by[t] != (ir_op)-1 && !(by[t] == IR_OP_copy && c->insn->op == IR_OP_copy);
            if (again) good = fail(c, "t%u is defined twice", t);
            by[t] = c->insn->op;
        }
    free(by);
    return good;
}

typedef uint64_t bits; /* one bit a temporary */

static bool is_set(checker *c, const ir_opnd *o, void *arg)
{
    const bits *now = arg;
    if (o->kind != IR_TEMP || now[o->temp / 64] >> (o->temp % 64) & 1) return true;
    return fail(c, "t%u may be used before it is defined", o->temp);
}

/* Which temporaries are defined on every path to the start of `b`. */
static void meet(const ir_cfg *cfg, ir_block_id b, const bits *out, size_t words, bits *now)
{
    if (b == 1)
        memset(now, 0, words * sizeof *now);
    else
        memset(now, 0xff, words * sizeof *now);
    for (size_t i = 0; i < cfg->pred_counts[b]; i++)
        for (size_t w = 0; w < words; w++) now[w] &= out[cfg->preds[b][i] * words + w];
}

static bool transfer(checker *c, bits *now, bool check)
{
    const ir_block *block = &c->func->blocks[c->block];
    for (size_t k = 0; k < block->n; k++) {
        c->insn = &block->insns[k];
        if (check && !each_use(c, is_set, now)) return false;
        if (c->insn->dst) now[c->insn->dst / 64] |= (bits)1 << (c->insn->dst % 64);
    }
    return true;
}

static bool settle(checker *c, const ir_cfg *cfg, bits *out, size_t words, bits *now)
{
    bool changed = false;
    for (size_t i = 0; i < cfg->rpo_count; i++) {
        c->block = cfg->rpo[i];
        meet(cfg, c->block, out, words, now);
        transfer(c, now, false);
        bits *old = out + c->block * words;
        if (memcmp(old, now, words * sizeof *now) != 0) changed = true;
        memcpy(old, now, words * sizeof *now);
    }
    return changed;
}

static bool defined_before_use(checker *c)
{
    ir_cfg cfg;
    size_t words = c->func->temp_count / 64 + 1;
    bits *out = x_malloc(c->func->block_count * words * sizeof *out), *now = x_calloc(words, sizeof *now);
    bool good = true;
    memset(out, 0xff, c->func->block_count * words * sizeof *out);
    ir_cfg_init(&cfg, c->func);
    while (settle(c, &cfg, out, words, now)) continue;
    for (size_t i = 0; good && i < cfg.rpo_count; i++) {
        c->block = cfg.rpo[i];
        meet(&cfg, c->block, out, words, now);
        good = transfer(c, now, true);
    }
    ir_cfg_fini(&cfg);
    free(now);
    free(out);
    return good;
}

bool ir_verify(const ir_unit *unit, const ir_func *func, char **error)
{
    checker c = {.unit = unit, .func = func};
    bool good = func->block_count > 1 || fail(&c, "the function has no block");
    good = good && insns_hold(&c) && defined_once(&c) && defined_before_use(&c);
    if (!good) *error = c.error;
    return good;
}
