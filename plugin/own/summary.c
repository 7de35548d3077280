/* SPDX-License-Identifier: MIT
 *
 * What a body does to its operands, by outcome: a contract like any other, of lower trust. A function that
 * behaves differently on exits that its caller cannot tell apart has no summary for that operand (and is
 * suspicious: RID, ASPLOS 2016); one that differs between success and failure has an effect on success.
 */
#include <stdlib.h>
#include <string.h>

#include "own_p.h"

typedef struct cause { /* a callee whose failures leak what its callers hold */
    const char *callee;
    size_t finding, others;
} cause;

struct summaries {
    arena arena;
    map by_name;
    VEC(cause) causes;
};

summaries *own_summaries_new(void)
{
    return x_calloc(1, sizeof(summaries));
}

void own_summaries_free(summaries *s)
{
    if (!s) return;
    map_fini(&s->by_name);
    vec_fini(&s->causes);
    arena_fini(&s->arena);
    free(s);
}

arena *own_summary_arena(summaries *s)
{
    return &s->arena;
}

const contract_fn own_summary_marks[] = {
    {.name = "", .noreturn = true, .trust = CONTRACT_TRUST_INFERRED, .source = ""},
    {.name = "", .trust = CONTRACT_TRUST_INFERRED, .source = ""},
};

const contract_fn *own_summary_find(const summaries *s, const char *name)
{
    const contract_fn *fn = map_get(&s->by_name, name);
    return fn == SUMMARY_NONE ? NULL : fn;
}

void own_summary_set(summaries *s, const char *name, const contract_fn *fn)
{
    map_set(&s->by_name, name, (void *)fn);
}

const contract_fn *own_summary_elsewhere(summaries *s, const own_options *options, const char *name)
{
    if (!options->summary || map_get(&s->by_name, name)) return NULL;
    const char *text = options->summary(name, options->of);
    const contract_fn *fn = text ? own_summary_read(&s->arena, name, text) : NULL;
    own_summary_set(s, name, fn ? fn : SUMMARY_NONE);
    return fn;
}

bool own_first_of_cause(summaries *s, const char *callee, size_t finding)
{
    for (size_t i = 0; i < s->causes.n; i++)
        if (strcmp(s->causes.at[i].callee, callee) == 0) {
            s->causes.at[i].others++;
            return false;
        }
    vec_push(&s->causes, ((cause){callee, finding, 0}));
    return true;
}

void own_tell_causes(const summaries *s, own_result *out)
{
    for (size_t i = 0; i < s->causes.n; i++) {
        const cause *c = &s->causes.at[i];
        diag *d = &out->findings.at[c->finding];
        if (c->others)
            d->message = arena_printf(out->findings.arena, "%s; so it does at %zu other call%s of %s",
                                      d->message, c->others, c->others > 1 ? "s" : "", c->callee);
    }
}

/* ---- one parameter ------------------------------------------------------------------------------------- */

/* Net change of the caller's references on one exit; a reference that was made and stored is the memory's
 * own. */
static int net(const struct exit_param *p)
{
    return p->held > 0 && p->stored ? p->held - 1 : p->held;
}

typedef struct tally {
    int low, high;
    bool any;
} tally;

static void count(tally *t, int n)
{
    if (!t->any || n < t->low) t->low = n;
    if (!t->any || n > t->high) t->high = n;
    t->any = true;
}

static contract_effect effect_from(const tally *success, const tally *failure, bool kept)
{
    if ((success->any && success->low != success->high) || (failure->any && failure->low != failure->high))
        return CONTRACT_UNKNOWN;
    int s = success->any ? success->low : failure->low, f = failure->any ? failure->low : s;
    if (s == 0 && f == 0) return CONTRACT_BORROWED;
    if (s == -1 && f == -1) return kept ? CONTRACT_STEALS : CONTRACT_RELEASES;
    if (s == -1 && f == 0) return CONTRACT_STEALS_ON_SUCCESS;
    if (s == 1 && f == 1) return CONTRACT_RETAINS;
    if (s == 0 && f == -1) return CONTRACT_RELEASES_ON_FAILURE;
    return s == 1 && f == 0 ? CONTRACT_RETAINS_ON_SUCCESS : CONTRACT_UNKNOWN;
}

/* T **: every exit leaves there a reference that this function made, or nothing. */
static bool infer_out(const engine *e, size_t i, contract_param *out)
{
    size_t owned = 0;
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        if (r->params[i].out == OUT_OTHER || r->params[i].escaped) return false;
        if (r->params[i].out == OUT_OWNED && r->way == WAY_FAILURE) return false;
        owned += r->params[i].out == OUT_OWNED;
        out->nullable |= r->params[i].out != OUT_OWNED && r->way != WAY_FAILURE;
    }
    if (owned) out->effect = CONTRACT_OUT_NEW;
    return owned > 0;
}

static bool is_resource_place(const engine *e, size_t i)
{
    const ir_decl *decl = &e->unit->decls.at[e->func->decl];
    const ir_type *t = ir_type_of(e->unit, decl->params[i].type);
    for (int depth = 0; depth < 2; depth++) {
        if (t->kind != IR_POINTER) return false;
        t = ir_type_of(e->unit, t->of);
    }
    return t->kind == IR_RECORD &&
           contract_is_kind(e->contracts, "resources", e->unit->records.at[t->record].name);
}

/* T **error of a body: set on exactly those exits that give 0 or NULL. */
static bool infer_error(const engine *e, size_t i, contract_fn *fn, contract_param *out)
{
    bool set = false, numbers = false;
    if (!is_resource_place(e, i)) return false;
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        bool zero = r->returns_pointer ? r->way == WAY_FAILURE : r->is_number && r->number == 0;
        bool owned = r->params[i].out == OUT_OWNED;
        if (owned != zero && !(zero && r->params[i].null)) return false;
        set |= owned, numbers |= !r->returns_pointer;
    }
    if (!set) return false;
    out->effect = CONTRACT_OUT_NEW;
    out->raises = true;
    if (numbers) fn->failure = CONTRACT_FAILS_ZERO;
    return true;
}

/* 1 exactly where the argument was filled, 0 where it was left or cleared without failure. */
static bool answers_found(const engine *e, size_t i)
{
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        if (r->returns_pointer || r->way == WAY_FAILURE) continue;
        if (!r->is_number || (r->number > 0) != (r->params[i].out == OUT_OWNED)) return false;
    }
    return true;
}

static void infer_effect(const engine *e, size_t i, const contract_fn *fn, contract_param *out)
{
    tally success = {0}, failure = {0};
    bool kept = false;
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        const struct exit_param *p = &r->params[i];
        if (p->null) continue; /* there is no reference to do anything with */
        if (p->escaped || (p->stored && p->held <= 0)) return;
        kept |= p->kept || p->stored;
        bool same = fn->result == CONTRACT_RESULT_ARG && fn->result_arg == (int)i;
        if (r->returned == RETURNS_OWNED && r->param == (int)i &&
            !same) { /* the extra reference is the result's */
            count(r->way == WAY_FAILURE ? &failure : &success, net(p) - 1);
            continue;
        }
        if (r->way != WAY_FAILURE) count(&success, net(p));
        if (r->way != WAY_SUCCESS) count(&failure, net(p));
    }
    out->effect = effect_from(&success, &failure, kept);
    out->keeps = kept;
}

/* NULL is a failure of its own: no exit without failure leaves open that the argument is NULL, and some exit with it does. */
static bool is_looked_at(const engine *e, size_t i)
{
    bool open = false;
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        if (r->way != WAY_FAILURE && !r->params[i].nonnull) return false;
        open |= r->way == WAY_FAILURE && !r->params[i].nonnull;
    }
    return open;
}

static void infer_param(const engine *e, size_t i, contract_fn *fn, contract_param *out)
{
    out->effect = CONTRACT_UNKNOWN;
    if (infer_error(e, i, fn, out)) return;
    if (is_resource_place(e, i)) return;
    if (infer_out(e, i, out)) return;
    out->nullable = false;
    infer_effect(e, i, fn, out);
    out->looked_at = is_looked_at(e, i);
}

/* ---- the result ---------------------------------------------------------------------------------------- */

static void infer_result(const engine *e, contract_fn *fn)
{
    size_t owned = 0, borrowed = 0, unknown = 0, null = 0, same = 0, again = 0;
    int param = -1, retained = -1;
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        if (!r->returns_pointer) return;
        owned += r->returned == RETURNS_OWNED;
        borrowed += r->returned == RETURNS_BORROWED || r->returned == RETURNS_DEAD;
        unknown += r->returned == RETURNS_UNKNOWN;
        null += r->returned == RETURNS_NULL;
        if (r->returned == RETURNS_OWNED && r->param >= 0 && (retained < 0 || retained == r->param))
            again++, retained = r->param;
        if (r->returned == RETURNS_PARAM)
            same++, unknown += param >= 0 && param != r->param, param = r->param;
        bool given = r->returned == RETURNS_PARAM || (r->returned == RETURNS_OWNED && r->param >= 0);
        fn->nullable |= r->maybe_null && !given;
    }
    fn->nullable |= null > 0;
    if (unknown)
        fn->result = CONTRACT_RESULT_UNKNOWN;
    else if (owned && again == owned && !same && !borrowed)
        fn->result = CONTRACT_RESULT_ARG, fn->result_arg = retained;
    else if (owned && !borrowed && !same)
        fn->result = CONTRACT_RESULT_NEW;
    else if (owned)
        fn->result = CONTRACT_RESULT_UNKNOWN;
    else if (same && !borrowed)
        fn->result = CONTRACT_RESULT_ARG, fn->result_arg = param;
    else if (borrowed || same)
        fn->result = CONTRACT_RESULT_BORROWED;
    else
        fn->result = CONTRACT_RESULT_UNKNOWN;
}

static bool always_sets_error(const engine *e)
{
    bool any = false;
    for (size_t x = 0; x < e->exits.n; x++) {
        if (e->exits.at[x].way != WAY_FAILURE) continue;
        if (e->exits.at[x].error != ERR_SET) return false;
        any = true;
    }
    return any;
}

/* ---- rows for the database ----------------------------------------------------------------------------- */

static const char *const effect_words[] = {
    [CONTRACT_UNKNOWN] = "unknown",   [CONTRACT_BORROWED] = "borrowed",
    [CONTRACT_STEALS] = "steals",     [CONTRACT_STEALS_ON_SUCCESS] = "steals_on_success",
    [CONTRACT_RETAINS] = "retains",   [CONTRACT_RETAINS_ON_SUCCESS] = "retains_on_success",
    [CONTRACT_RELEASES] = "releases", [CONTRACT_RELEASES_ON_FAILURE] = "releases_on_failure",
    [CONTRACT_OUT_NEW] = "out",       [CONTRACT_OUT_BORROWED] = "out_borrowed",
    [CONTRACT_INOUT] = "inout",
};
static const char *const result_words[] = {
    [CONTRACT_RESULT_UNKNOWN] = "unknown",
    [CONTRACT_RESULT_NONE] = "none",
    [CONTRACT_RESULT_NEW] = "returns_new",
    [CONTRACT_RESULT_BORROWED] = "returns_borrowed",
    [CONTRACT_RESULT_BORROWED_FROM] = "returns_borrowed_from",
    [CONTRACT_RESULT_ARG] = "returns_arg",
};

static bool is_pointer(const engine *e, ir_type_id type)
{
    return ir_type_of(e->unit, type)->kind == IR_POINTER;
}

static void add_rows(engine *e, const contract_fn *fn, const ir_decl *decl)
{
    size_t function = e->result->functions.n; /* of the row that is added next */
    if (fn->result != CONTRACT_RESULT_NONE)
        vec_push(&e->result->summaries,
                 ((own_summary){function, "return", result_words[fn->result], "body", fn->nullable}));
    for (size_t i = 0; i < fn->param_count; i++) {
        if (!is_pointer(e, decl->params[i].type)) continue;
        const char *operand = arena_printf(&e->result->arena, "arg%zu", i);
        vec_push(&e->result->summaries,
                 ((own_summary){function, operand, effect_words[fn->params[i].effect], "body", false}));
    }
}

/* 1 for success and 0 for failure, as converters answer: some exit with 0 has set the error, none with 1. */
static bool zero_means_failure(const engine *e)
{
    bool zero = false, one = false;
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        if (r->returns_pointer || !r->is_number || r->number < 0) return false;
        if (r->number == 0 && r->error != ERR_SET) return false;
        zero |= r->number == 0;
        one |= r->number > 0;
    }
    return zero && one;
}

/* A helper that sets an error and returns what its caller returns. */
static bool always_fails(const engine *e)
{
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        bool constant = r->returns_pointer ? r->returned == RETURNS_NULL : r->is_number && r->number < 0;
        if (r->way != WAY_FAILURE || !constant) return false;
    }
    return e->exits.n > 0;
}

static bool zero_means_success(const engine *e)
{
    for (size_t x = 0; x < e->exits.n; x++) {
        const exit_record *r = &e->exits.at[x];
        bool zero = r->is_number && r->number == 0;
        if (r->returns_pointer || (r->way != WAY_FAILURE && !zero)) return false;
    }
    return true;
}

void own_summarise(engine *e)
{
    const ir_decl *decl = &e->unit->decls.at[e->func->decl];
    if (e->incomplete) {
        own_summary_set(e->summaries, decl->name, SUMMARY_NONE);
        return;
    }
    arena *a = &e->summaries->arena;
    contract_fn *fn = arena_alloc(a, sizeof *fn);
    fn->name = arena_strdup(a, decl->name);
    fn->trust = CONTRACT_TRUST_INFERRED;
    fn->source = arena_printf(a, "body at line %u", decl->span.line);
    fn->noreturn = e->exits.n == 0;
    fn->param_count = decl->param_count;
    fn->params = arena_alloc(a, (decl->param_count + 1) * sizeof *fn->params);
    if (is_pointer(e, ir_type_of(e->unit, decl->type)->of))
        infer_result(e, fn);
    else
        fn->result = CONTRACT_RESULT_NONE;
    if (zero_means_failure(e)) {
        fn->failure = CONTRACT_FAILS_ZERO;
        fn->raises = true;
        for (size_t x = 0; x < e->exits.n; x++)
            e->exits.at[x].way = e->exits.at[x].number ? WAY_SUCCESS : WAY_FAILURE;
    }
    for (size_t i = 0; i < decl->param_count; i++) {
        fn->params[i].name = arena_strdup(a, decl->params[i].name);
        if (is_pointer(e, decl->params[i].type))
            infer_param(e, i, fn, &fn->params[i]);
        else
            fn->params[i].effect = CONTRACT_BORROWED;
    }
    for (size_t i = 0; i < decl->param_count; i++)
        fn->finds |=
            fn->params[i].effect == CONTRACT_OUT_NEW && fn->params[i].nullable && answers_found(e, i);
    fn->succeeds_zero = zero_means_success(e);
    fn->fails_rarely = own_fails_rarely(e);
    fn->raises |= always_sets_error(e);
    if (always_fails(e)) fn->failure = CONTRACT_FAILS_ALWAYS;
    map_set(&e->summaries->by_name, decl->name, fn);
    if (e->report) add_rows(e, fn, decl);
}
