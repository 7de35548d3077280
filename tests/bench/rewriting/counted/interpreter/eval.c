/* SPDX-License-Identifier: MIT
 *
 * The example's evaluator, counted by hand.
 */
#include "minnow.h"

#include <string.h>

extern const rc_type rc_type_Closure, rc_type_Env;

enum { MOST_DEPTH = 4000 };

static bool is_true(Value *v)
{
    return !is(v, KIND_NIL);
}

static Env *frame_of(Env *env, unsigned depth)
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
static Env *enter(Interp *in, Closure *fn, Env *args)
{
    Lambda *lambda = fn->lambda;
    ListBuilder rest = {NULL, NULL};
    Env *frame = args;

    if (args->n < lambda->arity || (args->n > lambda->arity && !lambda->rest)) {
        fail(in, "%s: %zu arguments instead of %zu", lambda->name ? lambda->name->name : "lambda", args->n,
             lambda->arity);
        RC_DECREF(args);
        return NULL;
    }
    if (lambda->frame != args->n || lambda->rest) {
        frame = env_new(NULL, lambda->frame);
        for (size_t i = 0; i < lambda->arity; i++) frame->slot[i] = args->slot[i], args->slot[i] = NULL;
    }
    if (lambda->rest) {
        for (size_t i = lambda->arity; i < args->n; i++) list_append(&rest, rc_newref(args->slot[i]));
        frame->slot[lambda->arity] = rest.first ? rest.first : nil();
        RC_XDECREF(rest.last);
    }
    if (frame != args) RC_DECREF(args);
    frame->outer = rc_newref(fn->env);
    return frame;
}

static Value *call_primitive(Interp *in, Primitive *fn, Env *args)
{
    const PrimitiveSpec *spec = fn->spec;

    if (args->n < spec->min || args->n > spec->max)
        return fail(in, "%s: wrong number of arguments", spec->name);
    return spec->fn(in, args);
}

Value *apply(Interp *in, Value *fn, Env *args)
{
    Value *result = NULL;

    switch (fn->kind) {
    case KIND_PRIMITIVE: result = call_primitive(in, (Primitive *)fn, args); break;
    case KIND_CLOSURE:
        args = enter(in, (Closure *)fn, args);
        if (args) result = eval(in, ((Closure *)fn)->lambda->body, args);
        break;
    default: fail(in, "not a function");
    }
    RC_XDECREF(args);
    return result;
}

static Env *eval_arguments(Interp *in, Node *call, Env *env)
{
    Env *args = env_new(NULL, call->n - 1);

    for (size_t i = 1; i < call->n; i++) {
        args->slot[i - 1] = eval(in, call->kid[i], env);
        if (!args->slot[i - 1]) {
            RC_DECREF(args);
            return NULL;
        }
    }
    return args;
}

static Value *closure_new(Lambda *lambda, Env *env)
{
    NEW(Closure, self, KIND_CLOSURE);
    self->lambda = rc_newref(lambda);
    self->env = rc_newref(env);
    return (Value *)self;
}

static Value *eval_while(Interp *in, Node *code, Env *env)
{
    for (;;) {
        Value *test = eval(in, code->kid[0], env);

        if (!test) return NULL;
        if (!is_true(test)) return test;
        for (size_t i = 1; i < code->n; i++) {
            Value *v = eval(in, code->kid[i], env);
            if (!v) {
                RC_DECREF(test);
                return NULL;
            }
            RC_DECREF(v);
        }
        RC_DECREF(test);
    }
}

/* Evaluates all kids but the last, which is the caller's to do. OP_AND and OP_OR stop at what decides them.
 */
static bool eval_but_last(Interp *in, Node *code, Env *env, Value **decided)
{
    for (size_t i = 0; i + 1 < code->n; i++) {
        Value *v = eval(in, code->kid[i], env);

        if (!v) return false;
        if (code->op == OP_BEGIN || is_true(v) == (code->op == OP_AND)) {
            RC_DECREF(v);
            continue;
        }
        *decided = v;
        break;
    }
    return true;
}

static Value *set_global(Interp *in, Node *code, Env *env)
{
    Value *v = eval(in, code->kid[0], env);

    if (!v) return NULL;
    if (code->op == OP_SET_GLOBAL && !table_get(in->globals, code->value)) {
        RC_DECREF(v);
        return unbound(in, code);
    }
    table_set(in->globals, code->value, v);
    if (code->op != OP_DEFINE) return v;
    RC_DECREF(v);
    return rc_newref(code->value);
}

/* `code` and `env` are borrowed; what a tail call goes on with is kept in `fn` and `frame`. */
static Value *run(Interp *in, Node *code, Env *env)
{
    Value *fn = NULL, *result = NULL;
    Env *frame = NULL;

again:
    switch (code->op) {
    case OP_CONSTANT: result = rc_newref(code->value); break;
    case OP_LOCAL: {
        Value *v = frame_of(env, code->depth)->slot[code->index];
        result = v ? rc_newref(v) : unbound(in, code);
        break;
    }
    case OP_GLOBAL: {
        Value *v = table_get(in->globals, code->value);
        result = v ? rc_newref(v) : unbound(in, code);
        break;
    }
    case OP_SET_LOCAL:
        result = eval(in, code->kid[0], env);
        RC_XSETREF(frame_of(env, code->depth)->slot[code->index], rc_newref(result));
        break;
    case OP_SET_GLOBAL:
    case OP_DEFINE: result = set_global(in, code, env); break;
    case OP_IF: {
        Value *test = eval(in, code->kid[0], env);
        if (!test) break;
        code = is_true(test) ? code->kid[1] : code->kid[2];
        RC_DECREF(test);
        goto again;
    }
    case OP_AND:
    case OP_OR:
    case OP_BEGIN:
        if (!code->n) {
            result = truth(code->op == OP_AND);
            break;
        }
        if (!eval_but_last(in, code, env, &result) || result) break;
        code = code->kid[code->n - 1];
        goto again;
    case OP_WHILE: result = eval_while(in, code, env); break;
    case OP_LAMBDA: result = closure_new(code->lambda, env); break;
    case OP_CALL: {
        Value *callee = eval(in, code->kid[0], env);
        Env *args = callee ? eval_arguments(in, code, env) : NULL;
        if (!args) {
            RC_XDECREF(callee);
            break;
        }
        if (!is(callee, KIND_CLOSURE)) {
            result = apply(in, callee, args);
            RC_DECREF(callee);
            break;
        }
        args = enter(in, (Closure *)callee, args);
        if (!args) {
            RC_DECREF(callee);
            break;
        }
        env = args;
        code = ((Closure *)callee)->lambda->body;
        RC_XSETREF(frame, args);
        RC_XSETREF(fn, callee);
        goto again;
    }
    }
    RC_XDECREF(frame);
    RC_XDECREF(fn);
    return result;
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
        Value *primitive = primitive_new(spec);
        table_set(in->globals, (Value *)name, primitive);
        RC_DECREF(primitive);
        RC_DECREF(name);
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
        if (result && echo) {
            print(stdout, result, true);
            putchar('\n');
        }
        RC_XDECREF(code);
        RC_DECREF(form.value);
        if (!result) return false;
        RC_DECREF(result);
    }
}
