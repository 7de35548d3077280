/* SPDX-License-Identifier: MIT
 *
 * Trees to values. Tail calls are jumps: they need neither C stack nor depth.
 */
#include "minnow.h"

#include <string.h>

enum { MOST_DEPTH = 4000 };

static bool is_true(Value *v)
{
    return !is(v, KIND_NIL);
}

RC_RETURNS_BORROWED static Env *frame_of(Env *env, unsigned depth)
{
    while (depth--) env = env->outer;
    return env;
}

static Value *unbound(Interp *in, Node *code)
{
    return fail(in, "%s: no such variable", ((Symbol *)code->value)->name);
}

/* Makes the arguments the frame of a call: as they are, or in a larger one, what is too much gathered in a
 * list. */
static Env *enter(Interp *in, Closure *fn, RC_STEALS Env *args)
{
    Lambda *lambda = fn->lambda;
    ListBuilder rest = {NULL, NULL};
    Env *frame = args;

    if (args->n < lambda->arity || (args->n > lambda->arity && !lambda->rest)) {
        fail(in, "%s: %zu arguments instead of %zu", lambda->name ? lambda->name->name : "lambda", args->n,
             lambda->arity);
        return NULL;
    }
    if (lambda->frame != args->n || lambda->rest) {
        frame = env_new(NULL, lambda->frame);
        for (size_t i = 0; i < lambda->arity; i++) frame->slot[i] = args->slot[i];
    }
    if (lambda->rest) {
        for (size_t i = lambda->arity; i < args->n; i++) list_append(&rest, args->slot[i]);
        frame->slot[lambda->arity] = list_finish(&rest);
    }
    frame->outer = fn->env;
    return frame;
}

static Value *call_primitive(Interp *in, Primitive *fn, Env *args)
{
    const PrimitiveSpec *spec = fn->spec;

    if (args->n < spec->min || args->n > spec->max)
        return fail(in, "%s: wrong number of arguments", spec->name);
    return spec->fn(in, args);
}

Value *apply(Interp *in, Value *fn, RC_STEALS Env *args)
{
    Env *frame;

    switch (fn->kind) {
    case KIND_PRIMITIVE: return call_primitive(in, (Primitive *)fn, args);
    case KIND_CLOSURE:
        frame = enter(in, (Closure *)fn, args);
        return frame ? eval(in, ((Closure *)fn)->lambda->body, frame) : NULL;
    default: return fail(in, "not a function");
    }
}

static Env *eval_arguments(Interp *in, Node *call, Env *env)
{
    Env *args = env_new(NULL, call->n - 1);

    for (size_t i = 1; i < call->n; i++) {
        args->slot[i - 1] = eval(in, call->kid[i], env);
        if (!args->slot[i - 1]) return NULL;
    }
    return args;
}

static Value *closure_new(Lambda *lambda, Env *env)
{
    NEW(Closure, self, KIND_CLOSURE);
    self->lambda = lambda;
    self->env = env;
    return (Value *)self;
}

static Value *eval_while(Interp *in, Node *code, Env *env)
{
    for (;;) {
        Value *test = eval(in, code->kid[0], env);

        if (!test) return NULL;
        if (!is_true(test)) return test;
        for (size_t i = 1; i < code->n; i++) {
            if (!eval(in, code->kid[i], env)) return NULL;
        }
    }
}

/* Evaluates all kids but the last, which is the caller's to do. OP_AND and OP_OR stop at what decides them.
 */
static bool eval_but_last(Interp *in, Node *code, Env *env, RC_OUT Value **decided)
{
    for (size_t i = 0; i + 1 < code->n; i++) {
        Value *v = eval(in, code->kid[i], env);

        if (!v) return false;
        if (code->op == OP_BEGIN || is_true(v) == (code->op == OP_AND)) continue;
        *decided = v;
        break;
    }
    return true;
}

static Value *set_global(Interp *in, Node *code, Env *env)
{
    Value *v = eval(in, code->kid[0], env);

    if (!v) return NULL;
    if (code->op == OP_SET_GLOBAL && !table_get(in->globals, code->value)) return unbound(in, code);
    table_set(in->globals, code->value, v);
    return code->op == OP_DEFINE ? code->value : v;
}

static Value *run(Interp *in, Node *code, Env *env)
{
again:
    switch (code->op) {
    case OP_CONSTANT: return code->value;
    case OP_LOCAL: {
        Value *v = frame_of(env, code->depth)->slot[code->index];
        return v ? v : unbound(in, code);
    }
    case OP_GLOBAL: {
        Value *v = table_get(in->globals, code->value);
        return v ? v : unbound(in, code);
    }
    case OP_SET_LOCAL: return frame_of(env, code->depth)->slot[code->index] = eval(in, code->kid[0], env);
    case OP_SET_GLOBAL:
    case OP_DEFINE: return set_global(in, code, env);
    case OP_IF: {
        Value *test = eval(in, code->kid[0], env);
        if (!test) return NULL;
        code = is_true(test) ? code->kid[1] : code->kid[2];
        goto again;
    }
    case OP_AND:
    case OP_OR:
    case OP_BEGIN: {
        Value *decided = NULL;
        if (!code->n) return truth(code->op == OP_AND);
        if (!eval_but_last(in, code, env, &decided)) return NULL;
        if (decided) return decided;
        code = code->kid[code->n - 1];
        goto again;
    }
    case OP_WHILE: return eval_while(in, code, env);
    case OP_LAMBDA: return closure_new(code->lambda, env);
    case OP_CALL: {
        Value *fn = eval(in, code->kid[0], env);
        Env *args = fn ? eval_arguments(in, code, env) : NULL;
        if (!args) return NULL;
        if (!is(fn, KIND_CLOSURE)) return apply(in, fn, args);
        env = enter(in, (Closure *)fn, args);
        if (!env) return NULL;
        code = ((Closure *)fn)->lambda->body;
        goto again;
    }
    }
    return NULL;
}

Value *eval(Interp *in, Node *code, Env *env)
{
    Value *v;

    if (in->depth == MOST_DEPTH) return fail(in, "recursion too deep");
    in->depth++;
    v = run(in, code, env);
    in->depth--;
    return v;
}

void interp_init(Interp *in)
{
    in->depth = 0;
    in->globals = table_new();
    for (const PrimitiveSpec *spec = minnow_primitives; spec->name; spec++) {
        Symbol *name = symbol_intern(spec->name, strlen(spec->name));
        table_set(in->globals, (Value *)name, primitive_new(spec));
    }
}

bool interp_run(Interp *in, const char *text, bool echo)
{
    Reader reader = {in, text, 1};

    for (;;) {
        Form form = read_form(&reader);

        if (form.status == READ_END) return true;
        if (form.status == READ_CLOSE) fail(in, "line %d: a parenthesis too many", reader.line);
        if (form.status != READ_FORM) return false;
        Node *code = compile(in, form.value);
        Value *result = code ? eval(in, code, NULL) : NULL;
        if (!result) return false;
        if (!echo) continue;
        print(stdout, result, true);
        putchar('\n');
    }
}
