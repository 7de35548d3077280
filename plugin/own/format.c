/* SPDX-License-Identifier: MIT
 *
 * Calls whose format says what becomes of the arguments behind it.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

typedef enum { SKIP, RECEIVE, CONVERT, WRITE, OPEN, KEEP, STEAL } letter_effect;

typedef struct letter {
    const char *kind, *letters;
    unsigned arguments;
    letter_effect effect;
    unsigned at;
} letter;

static const letter letters[] = {
#define FORMAT(kind, letters, arguments, effect, at) {kind, letters, arguments, effect, at},
#include "formats.def"
#undef FORMAT
};

typedef struct walk {
    engine *e;
    state *s;
    const ir_insn *insn;
    const contract_fn *fn;
    size_t argument;
    format_way way;
    bool optional;
    bool leaves; /* FORMAT_ASK: an optional argument whose variable holds NULL was seen */
} walk;

static const letter *match(const char *kind, const char *text)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strcmp(letters[i].kind, kind) == 0 && str_starts(text, letters[i].letters)) return &letters[i];
    return NULL;
}

static own_val operand(const walk *w, size_t i)
{
    return i < w->insn->arg_count ? own_operand(w->e, w->s, &w->insn->args[i]) : 0;
}

static bool is_null(const engine *e, own_val v)
{
    const value *x = own_value(e, v);
    return x->kind == VAL_INT && x->n == 0;
}

/* A borrowed object comes in, or a new one that a converter made; an optional one may also leave the variable as it was. */
static void receive(walk *w, size_t i, bool owned)
{
    own_val to = operand(w, i);
    const value *x = own_value(w->e, to);
    if (x->kind != VAL_ADDR || w->way == FORMAT_FAILS) return;
    own_slot at = x->slot;
    own_val old = own_get(w->s, at);
    if (w->way == FORMAT_ASK) {
        w->leaves |= w->optional && is_null(w->e, old);
        return;
    }
    if (w->way == FORMAT_LEAST && w->optional) return;
    own_val fresh = own_fresh(w->e, w->s, w->insn, (uint32_t)i + 1);
    fact *f = own_fact_make(w->s, fresh);
    f->origin = owned ? ORIGIN_NEW : ORIGIN_BORROWED;
    f->held = owned;
    f->flags |= FACT_COUNTED;
    if (!w->optional) f->flags |= FACT_NONZERO;
    const value *before = own_value(w->e, old);
    if (w->optional && old && before->kind != VAL_INT) {
        own_escape(w->e, w->s, old);
        own_fact_make(w->s, fresh)->flags |= FACT_ESCAPED;
    }
    own_note(w->e, w->s, w->insn, owned ? TRACE_ACQUIRE : TRACE_BORROW, fresh, w->fn->name, w->fn->source);
    own_bind(w->s, at, fresh);
    if (old && !w->optional) own_lost(w->e, w->s, w->insn, old, "overwrite-leak");
}

static void overwrite(walk *w, size_t i)
{
    if (w->way == FORMAT_ASK || (w->way == FORMAT_LEAST && w->optional)) return;
    own_val to = operand(w, i);
    if (own_value(w->e, to)->kind == VAL_ADDR)
        own_havoc(w->e, w->s, own_value(w->e, to)->slot);
    else
        own_escape(w->e, w->s, to);
}

/* What is there must be closed; a call that fails as a whole has closed it again. */
static void open_in_place(walk *w, size_t i)
{
    overwrite(w, i);
    if (w->way == FORMAT_FILLS && !w->optional) own_retain(w->e, w->s, w->insn, operand(w, i), w->fn->name);
}

/* A converter is a function of two arguments that fills the second: what it is known to put there. */
static void convert(walk *w, size_t i)
{
    const value *x = own_value(w->e, operand(w, i - 1));
    const char *name = x->kind == VAL_FUNC ? w->e->unit->decls.at[x->n].name : NULL;
    const contract_fn *fn = name ? contract_find(w->e->contracts, name) : NULL;
    if (name && !fn) fn = own_summary_find(w->e->summaries, name);
    bool makes = fn && fn->param_count == 2 && fn->params[1].effect == CONTRACT_OUT_NEW;
    if (makes)
        receive(w, i, true);
    else
        overwrite(w, i);
}

static void affect(walk *w, const letter *l)
{
    size_t i = w->argument + l->at;
    if (w->way == FORMAT_ASK && l->effect != RECEIVE) return;
    switch (l->effect) {
    case SKIP: break;
    case RECEIVE: receive(w, i, false); break;
    case CONVERT: convert(w, i); break;
    case WRITE: overwrite(w, i); break;
    case OPEN: open_in_place(w, i); break;
    case STEAL: own_steal(w->e, w->s, w->insn, operand(w, i), w->fn); break;
    case KEEP: {
        fact *f = own_fact(w->s, operand(w, i));
        if (f) f->flags |= FACT_KEPT;
        break;
    }
    }
}

static bool ends(const char *kind, char c)
{
    return strcmp(kind, "parse") == 0 && (c == ':' || c == ';');
}

static void walk_format(walk *w, const char *text, const char *kind)
{
    while (*text && !ends(kind, *text)) {
        const letter *l = match(kind, text);
        if (*text == '|') w->optional = true;
        if (l) {
            affect(w, l);
            w->argument += l->arguments;
            text += strlen(l->letters);
        } else {
            if (isalpha((unsigned char)*text)) { /* a number of some width */
                if (strcmp(kind, "parse") == 0) overwrite(w, w->argument);
                w->argument++;
            }
            text++;
        }
    }
}

/* PyArg_UnpackTuple and its like: every argument receives; those from the least number on are optional. */
static void walk_unpack(walk *w)
{
    size_t first = (size_t)w->fn->format_arg + 1;
    own_val least = operand(w, first);
    int64_t required = own_value(w->e, least)->kind == VAL_INT ? own_value(w->e, least)->n : 0;
    for (size_t i = w->fn->param_count; i < w->insn->arg_count; i++) {
        w->optional = (int64_t)(i - w->fn->param_count) >= required;
        receive(w, i, false);
    }
}

static const char *literal(const walk *w, int i)
{
    if (i < 0 || (size_t)i >= w->insn->arg_count) return NULL;
    const ir_opnd *o = &w->insn->args[i];
    if (o->kind == IR_STRING) return o->text;
    const value *x = own_value(w->e, own_operand(w->e, w->s, o));
    return x->kind == VAL_TEXT ? (const char *)(uintptr_t)x->n : NULL;
}

bool own_format(engine *e, state *s, const ir_insn *insn, const contract_fn *fn, format_way way)
{
    walk w = {e, s, insn, fn, fn->param_count, way, false, false};
    if (strcmp(fn->format_kind, "message") == 0) return false;
    if (strcmp(fn->format_kind, "unpack") == 0) {
        walk_unpack(&w);
        return w.leaves;
    }
    const char *text = literal(&w, fn->format_arg);
    if (text || way == FORMAT_ASK) {
        if (text) walk_format(&w, text, fn->format_kind);
        return w.leaves;
    }
    const value *none = own_value(e, operand(&w, (size_t)fn->format_arg));
    bool absent = none->kind == VAL_INT && none->n == 0;
    for (size_t i = fn->param_count; i < insn->arg_count && !absent; i++) overwrite(&w, i);
    return false;
}
