/* SPDX-License-Identifier: MIT */
#include "script.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int operands, weight;
    enum op_kind kind;
} op_table[OP_CODES] = {
#define OP(name, operands, weight, kind) {#name, operands, weight, KIND_##kind},
#include "ops.def"
#undef OP
};

const char *op_name(enum op_code code)
{
    return op_table[code].name;
}

enum op_kind op_kind_of(enum op_code code)
{
    return op_table[code].kind;
}

static op *new_ops(size_t count)
{
    op *ops = calloc(count ? count : 1, sizeof *ops);
    if (!ops) abort();
    return ops;
}

/* ---- drawing ----------------------------------------------------------------------------------------------
 */

/* splitmix64: small, and the same everywhere. */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static int below(uint64_t *state, int limit)
{
    return (int)(draw(state) % (uint64_t)limit);
}

static enum op_code draw_code(uint64_t *state)
{
    static int total;
    if (total == 0)
        for (int i = 0; i < OP_CODES; i++) total += op_table[i].weight;
    int left = below(state, total), code = 0;
    while (left >= op_table[code].weight) left -= op_table[code++].weight;
    return (enum op_code)code;
}

/* Small numbers of nodes are drawn more often than large ones. */
static int draw_count(uint64_t *state, int limit)
{
    return 1 + below(state, 1 + below(state, limit));
}

static void draw_operands(uint64_t *state, op *o)
{
    int *arg = o->arg;
    for (int i = 0; i < op_table[o->code].operands; i++) arg[i] = below(state, NODES);
    switch (o->code) {
    case OP_new: arg[1] = below(state, 2); break;
    case OP_phoenix: arg[1] = FINALIZER_SAVE + below(state, FINALIZERS - FINALIZER_SAVE); break;
    case OP_edge: arg[1] %= SLOTS; break;
    case OP_self: arg[1] %= SLOTS; break;
    case OP_cut: arg[1] %= SLOTS; break;
    case OP_ring: arg[1] = draw_count(state, 10), arg[2] = below(state, FINALIZERS); break;
    case OP_tie: arg[1] %= SLOTS, arg[3] %= SLOTS; break;
    case OP_lose:
        arg[0] = draw_count(state, 10), arg[1] = below(state, FINALIZERS), arg[2] %= WEAKS + 4;
        break;
    case OP_take: arg[2] %= SLOTS; break;
    case OP_watch: arg[0] %= WEAKS; break;
    case OP_peek: arg[0] %= WEAKS; break;
    case OP_store: arg[1] %= SLOTS, arg[2] %= WEAKS; break;
    case OP_read: arg[0] %= WEAKS; break;
    case OP_unwatch: arg[0] %= WEAKS; break;
    case OP_collect: arg[0] %= 3; break;
    case OP_fill: arg[0] = draw_count(state, 60); break;
    case OP_churn: arg[0] = draw_count(state, 40); break;
    case OP_threshold:
        arg[0] = draw_count(state, 30), arg[1] = below(state, 4), arg[2] = below(state, 4);
        break;
    case OP_enable: arg[0] = below(state, 4) != 0; break;
    case OP_objects: arg[0] = below(state, 4) - 1; break;
    default: break;
    }
}

/* Finalizers that change objects make what follows depend on their order, where CPython's differs by design:
 * most scripts do without, so that they can be compared to their end. */
static void tame_finalizer(op *o)
{
    int *finalizer = o->code == OP_ring ? &o->arg[2] : &o->arg[1];
    if (o->code != OP_phoenix && o->code != OP_ring && o->code != OP_lose) return;
    if (*finalizer >= FINALIZER_CUT) *finalizer = FINALIZER_SAVE + *finalizer % 2;
}

void script_generate(script *out, uint64_t seed, size_t count)
{
    uint64_t state = seed;
    out->ops = new_ops(count);
    out->count = count;
    out->table = draw(&state) & 1;
    bool mutates = draw(&state) % 4 == 0;
    for (size_t i = 0; i < count; i++) {
        out->ops[i].code = draw_code(&state);
        draw_operands(&state, &out->ops[i]);
        if (!mutates) tame_finalizer(&out->ops[i]);
    }
}

void script_copy(script *out, const script *from)
{
    *out = *from;
    out->ops = new_ops(from->count);
    if (from->count > 0) memcpy(out->ops, from->ops, from->count * sizeof *out->ops);
}

void script_fini(script *s)
{
    free(s->ops);
    s->ops = NULL;
}

/* ---- text -------------------------------------------------------------------------------------------------
 */

void script_print(FILE *out, const script *s)
{
    fprintf(out, "class %s\n", s->table ? "table" : "hand");
    for (size_t i = 0; i < s->count; i++) {
        fputs(op_name(s->ops[i].code), out);
        for (int k = 0; k < op_table[s->ops[i].code].operands; k++) fprintf(out, " %d", s->ops[i].arg[k]);
        fputc('\n', out);
    }
}

static int parse_line(script *s, char *text)
{
    char *save, *word = strtok_r(text, " \n", &save);
    if (!word || word[0] == '#') return 0;
    if (strcmp(word, "class") == 0) {
        word = strtok_r(NULL, " \n", &save);
        s->table = word && strcmp(word, "table") == 0;
        return 0;
    }
    int code = 0;
    while (code < OP_CODES && strcmp(op_table[code].name, word) != 0) code++;
    if (code == OP_CODES) return -1;
    s->ops = realloc(s->ops, (s->count + 1) * sizeof *s->ops);
    if (!s->ops) abort();
    op *o = &s->ops[s->count++];
    *o = (op){.code = (enum op_code)code};
    for (int k = 0; k < op_table[code].operands; k++) {
        word = strtok_r(NULL, " \n", &save);
        if (!word) return -1;
        o->arg[k] = atoi(word);
    }
    return 0;
}

int script_parse(script *out, FILE *in, int *line)
{
    char text[256];
    *out = (script){NULL, 0, false};
    for (*line = 1; fgets(text, sizeof text, in); ++*line)
        if (parse_line(out, text) != 0) return -1;
    return 0;
}

/* ---- shrinking
 * --------------------------------------------------------------------------------------------- */

/* Tries `s` without `run` operations from `at` on; keeps the result when it still fails. */
static bool try_without(script *s, size_t at, size_t run, bool (*fails)(const script *s))
{
    script shorter;
    script_copy(&shorter, s);
    memmove(shorter.ops + at, shorter.ops + at + run, (s->count - at - run) * sizeof *s->ops);
    shorter.count -= run;
    if (!fails(&shorter)) {
        script_fini(&shorter);
        return false;
    }
    script_fini(s);
    *s = shorter;
    return true;
}

static void simplify_operands(script *s, bool (*fails)(const script *s))
{
    for (size_t i = 0; i < s->count; i++)
        for (int k = 0; k < op_table[s->ops[i].code].operands; k++) {
            int was = s->ops[i].arg[k];
            for (int simpler = 0; simpler < was; simpler = simpler ? simpler * 2 : 1) {
                s->ops[i].arg[k] = simpler;
                if (fails(s)) break;
                s->ops[i].arg[k] = was;
            }
        }
}

void script_shrink(script *s, bool (*fails)(const script *s))
{
    for (size_t run = s->count / 2; run > 0; run /= 2) {
        bool progress = true;
        while (progress) {
            progress = false;
            for (size_t at = 0; at + run <= s->count;)
                if (try_without(s, at, run, fails))
                    progress = true;
                else
                    at += run;
        }
    }
    simplify_operands(s, fails);
}
