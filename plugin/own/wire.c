/* SPDX-License-Identifier: MIT
 *
 * A summary as text, the way it reaches other units and the database: what the result is, flags, and an effect for each
 * parameter. No line numbers, so that code that moves does not look like code that changed.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

enum {
    WIRE_NULLABLE = 1 << 0,
    WIRE_NONNULL = 1 << 1,
    WIRE_RAISES = 1 << 2,
    WIRE_NORETURN = 1 << 3,
    WIRE_FINDS = 1 << 4,
    WIRE_SUCCEEDS_ZERO = 1 << 5,
    WIRE_CALLS_OUT = 1 << 6,
    WIRE_NO_EFFECT = 1 << 7,
    WIRE_VARIADIC = 1 << 8,
    WIRE_KEEPS = 1 << 9,
    WIRE_VARIABLE = 1 << 10,
    WIRE_LOOKED_AT = 1 << 11,
    WIRE_FAILS_RARELY = 1 << 12
};

static unsigned flag(bool set, unsigned bit)
{
    return set ? bit : 0;
}

void own_summary_write(const contract_fn *fn, const char *file, strbuf *out)
{
    unsigned flags = flag(fn->nullable, WIRE_NULLABLE) | flag(fn->nonnull, WIRE_NONNULL) |
                     flag(fn->raises, WIRE_RAISES) | flag(fn->noreturn, WIRE_NORETURN) |
                     flag(fn->finds, WIRE_FINDS) | flag(fn->succeeds_zero, WIRE_SUCCEEDS_ZERO) |
                     flag(fn->calls_out, WIRE_CALLS_OUT) | flag(fn->no_effect, WIRE_NO_EFFECT) |
                     flag(fn->variadic, WIRE_VARIADIC) | flag(fn->fails_rarely, WIRE_FAILS_RARELY);
    strbuf_printf(out, "%d,%d,%u,%d", fn->result, fn->result_arg, flags, fn->failure);
    for (size_t i = 0; i < fn->param_count; i++) {
        const contract_param *p = &fn->params[i];
        strbuf_printf(out, ";%d,%u", p->effect,
                      flag(p->nullable, WIRE_NULLABLE) | flag(p->nonnull, WIRE_NONNULL) |
                          flag(p->keeps, WIRE_KEEPS) | flag(p->variable, WIRE_VARIABLE) |
                          flag(p->raises, WIRE_RAISES) | flag(p->looked_at, WIRE_LOOKED_AT));
    }
    strbuf_printf(out, "@%s", file);
}

/* A number, and what ends it. */
static unsigned take(const char **text)
{
    char *end;
    unsigned long n = strtoul(*text, &end, 10);
    *text = *end == ',' ? end + 1 : end;
    return (unsigned)n;
}

static void read_params(const char **text, contract_fn *fn)
{
    for (size_t i = 0; i < fn->param_count && **text == ';'; i++) {
        contract_param *p = &fn->params[i];
        ++*text;
        p->effect = (contract_effect)take(text);
        unsigned flags = take(text);
        p->nullable = flags & WIRE_NULLABLE, p->nonnull = flags & WIRE_NONNULL;
        p->keeps = flags & WIRE_KEEPS, p->variable = flags & WIRE_VARIABLE, p->raises = flags & WIRE_RAISES;
        p->looked_at = flags & WIRE_LOOKED_AT;
        p->name = "";
    }
}

const contract_fn *own_summary_read(arena *a, const char *name, const char *text)
{
    if (!*text) return NULL;
    if (strcmp(text, OWN_SUMMARY_NEVER) == 0) return SUMMARY_NEVER;
    contract_fn *fn = arena_alloc(a, sizeof *fn);
    fn->name = arena_strdup(a, name);
    fn->trust = CONTRACT_TRUST_INFERRED;
    for (const char *p = text; *p && *p != '@'; p++) fn->param_count += *p == ';';
    fn->params = arena_alloc(a, (fn->param_count + 1) * sizeof *fn->params);
    fn->result = (contract_result)take(&text);
    fn->result_arg = (int)take(&text);
    unsigned flags = take(&text);
    fn->failure = (contract_failure)take(&text);
    fn->nullable = flags & WIRE_NULLABLE, fn->nonnull = flags & WIRE_NONNULL;
    fn->raises = flags & WIRE_RAISES, fn->noreturn = flags & WIRE_NORETURN;
    fn->finds = flags & WIRE_FINDS, fn->succeeds_zero = flags & WIRE_SUCCEEDS_ZERO;
    fn->calls_out = flags & WIRE_CALLS_OUT, fn->no_effect = flags & WIRE_NO_EFFECT;
    fn->variadic = flags & WIRE_VARIADIC, fn->fails_rarely = flags & WIRE_FAILS_RARELY;
    read_params(&text, fn);
    fn->source = arena_printf(a, "body in %s", *text == '@' ? text + 1 : "another file");
    return fn;
}
