/* SPDX-License-Identifier: MIT
 *
 * Lists to trees. Variables are resolved here: a local one becomes a place in a frame some levels out,
 * everything else is global and found by its symbol.
 */
#include "minnow.h"

#include <string.h>

typedef struct Scope Scope;

struct RC_CLASS Scope {
    RC_HEAD;
    Scope *outer;
    size_t n;
    RC_COUNTED_BY(n) Symbol **names;
};

typedef struct Place {
    bool local;
    unsigned depth, index;
} Place;

typedef Node *SpecialFn(Interp *in, Scope *scope, Value *form);

typedef struct Special {
    const char *name;
    size_t fewest; /* elements of the form, its name included */
    SpecialFn *compile;
} Special;

static Node *compile_form(Interp *in, Scope *scope, Value *form);
static Node *compile_body(Interp *in, Scope *scope, Value *body);

/* ---- scopes
 * ---------------------------------------------------------------------------------------------------- */

static Scope *scope_new(Scope *outer)
{
    Scope *self = rc_new(Scope);

    if (!self) out_of_memory();
    self->outer = outer;
    return self;
}

/* The place of a name in this very scope; made when it is not there. */
static unsigned declare(Scope *scope, Symbol *name)
{
    size_t i = 0;

    while (i < scope->n && scope->names[i] != name) i++;
    if (i == scope->n) {
        if (rc_array_resize(Symbol, scope->names, scope->n, scope->n + 1)) out_of_memory();
        scope->names[scope->n++] = name;
    }
    return (unsigned)i;
}

static Place resolve(Scope *scope, Symbol *name)
{
    Place place = {false, 0, 0};

    for (; scope; scope = scope->outer, place.depth++) {
        for (place.index = 0; place.index < scope->n; place.index++) {
            if (scope->names[place.index] == name) goto found;
        }
    }
    return place;
found:
    place.local = true;
    return place;
}

/* ---- nodes
 * ------------------------------------------------------------------------------------------------------ */

static Node *node_new(Op op, size_t n, Value *value)
{
    Node *self = rc_new_extra(Node, n);

    if (!self) out_of_memory();
    self->op = op;
    self->n = n;
    self->value = value;
    return self;
}

static Node *variable_node(Scope *scope, Symbol *name, Op local, Op global, RC_STEALS Node *kid)
{
    Place place = resolve(scope, name);
    Node *node = node_new(place.local ? local : global, kid ? 1 : 0, (Value *)name);

    node->depth = place.depth;
    node->index = place.index;
    if (kid) node->kid[0] = kid;
    return node;
}

/* A node whose kids are the compiled elements of a list. */
static Node *node_of_list(Interp *in, Scope *scope, Op op, Value *list)
{
    size_t n = list_length(list);
    Node *node = node_new(op, n, NULL);

    for (size_t i = 0; i < n; i++, list = list_tail(list, 1)) {
        node->kid[i] = compile_form(in, scope, list_item(list, 0));
        if (!node->kid[i]) return NULL;
    }
    return node;
}

/* ---- functions
 * ---------------------------------------------------------------------------------------------------- */

static Node *lambda_node(Symbol *name, Scope *scope, size_t arity, bool rest, RC_STEALS Node *body)
{
    Node *node = node_new(OP_LAMBDA, 0, NULL);
    Lambda *lambda = rc_new(Lambda);

    if (!lambda) out_of_memory();
    lambda->name = name;
    lambda->arity = arity;
    lambda->rest = rest;
    lambda->frame = scope->n;
    lambda->body = body;
    node->lambda = lambda;
    return node;
}

/* What a body defines at its top is visible in all of it, as functions that call each other need. */
static void declare_defined(Scope *scope, Value *body)
{
    Symbol *define = symbol_intern("define", 6);

    for (; is(body, KIND_PAIR); body = list_tail(body, 1)) {
        Value *form = list_item(body, 0);
        if (list_item(form, 0) != (Value *)define) continue;
        Value *target = list_item(form, 1);
        if (is(target, KIND_PAIR)) target = list_item(target, 0);
        if (is(target, KIND_SYMBOL)) declare(scope, (Symbol *)target);
    }
}

static Node *compile_lambda(Interp *in, Scope *outer, Symbol *name, Value *params, Value *body)
{
    Scope *scope = scope_new(outer);
    Node *code;
    size_t arity;

    for (; is(params, KIND_PAIR); params = list_tail(params, 1)) {
        Value *param = list_item(params, 0);
        if (!is(param, KIND_SYMBOL)) goto bad;
        declare(scope, (Symbol *)param);
    }
    arity = scope->n;
    if (is(params, KIND_SYMBOL))
        declare(scope, (Symbol *)params);
    else if (!is(params, KIND_NIL))
        goto bad;
    declare_defined(scope, body);
    code = compile_body(in, scope, body);
    return code ? lambda_node(name, scope, arity, is(params, KIND_SYMBOL), code) : NULL;
bad:
    fail(in, "lambda: a parameter is not a symbol");
    return NULL;
}

static Node *call_node(RC_STEALS Node *fn, size_t args)
{
    Node *node = node_new(OP_CALL, args + 1, NULL);

    node->kid[0] = fn;
    return node;
}

/* ---- special forms
 * ------------------------------------------------------------------------------------------------- */

/* Declares `var`, the compiled form; a failure leaves the function. */
#define COMPILE(var, scope, form)                                                                            \
 Node *var = compile_form(in, (scope), (form));                                                              \
 if (!var) return NULL

static Node *special_quote(Interp *in, Scope *scope, Value *form)
{
    (void)in, (void)scope;
    return node_new(OP_CONSTANT, 0, list_item(form, 1));
}

static Node *if_node(RC_STEALS Node *test, RC_STEALS Node *yes, RC_STEALS Node *no)
{
    Node *node = node_new(OP_IF, 3, NULL);

    node->kid[0] = test;
    node->kid[1] = yes;
    node->kid[2] = no;
    return node;
}

static Node *special_if(Interp *in, Scope *scope, Value *form)
{
    COMPILE(test, scope, list_item(form, 1));
    COMPILE(yes, scope, list_item(form, 2));
    COMPILE(no, scope, list_item(form, 3));
    return if_node(test, yes, no);
}

static Node *special_when(Interp *in, Scope *scope, Value *form)
{
    COMPILE(test, scope, list_item(form, 1));
    Node *body = compile_body(in, scope, list_tail(form, 2));

    return body ? if_node(test, body, node_new(OP_CONSTANT, 0, nil())) : NULL;
}

static Node *compile_clauses(Interp *in, Scope *scope, Value *clauses)
{
    Value *clause = list_item(clauses, 0), *condition = list_item(clause, 0);
    Node *body;

    if (!is(clauses, KIND_PAIR)) return node_new(OP_CONSTANT, 0, nil());
    body = compile_body(in, scope, list_tail(clause, 1));
    if (!body) return NULL;
    if (is(condition, KIND_SYMBOL) && !strcmp(((Symbol *)condition)->name, "else")) return body;
    COMPILE(test, scope, condition);
    Node *others = compile_clauses(in, scope, list_tail(clauses, 1));
    return others ? if_node(test, body, others) : NULL;
}

static Node *special_cond(Interp *in, Scope *scope, Value *form)
{
    return compile_clauses(in, scope, list_tail(form, 1));
}

static Node *special_define(Interp *in, Scope *scope, Value *form)
{
    Value *target = list_item(form, 1);
    Node *value;

    if (is(target, KIND_PAIR)) {
        Value *params = list_tail(target, 1);
        target = list_item(target, 0);
        if (!is(target, KIND_SYMBOL)) goto bad;
        value = compile_lambda(in, scope, (Symbol *)target, params, list_tail(form, 2));
    } else {
        if (!is(target, KIND_SYMBOL)) goto bad;
        value = compile_form(in, scope, list_item(form, 2));
    }
    if (!value) return NULL;
    if (scope) declare(scope, (Symbol *)target);
    return variable_node(scope, (Symbol *)target, OP_SET_LOCAL, OP_DEFINE, value);
bad:
    fail(in, "define: not a symbol");
    return NULL;
}

static Node *special_set(Interp *in, Scope *scope, Value *form)
{
    Value *target = list_item(form, 1);

    if (!is(target, KIND_SYMBOL)) {
        fail(in, "set!: not a symbol");
        return NULL;
    }
    COMPILE(value, scope, list_item(form, 2));
    return variable_node(scope, (Symbol *)target, OP_SET_LOCAL, OP_SET_GLOBAL, value);
}

static Node *special_lambda(Interp *in, Scope *scope, Value *form)
{
    return compile_lambda(in, scope, NULL, list_item(form, 1), list_tail(form, 2));
}

/* Splits ((name value) ...) into two lists. */
static void split_bindings(Value *bindings, RC_OUT Value **names, RC_OUT Value **values)
{
    ListBuilder left = {NULL, NULL}, right = {NULL, NULL};

    for (; is(bindings, KIND_PAIR); bindings = list_tail(bindings, 1)) {
        list_append(&left, list_item(list_item(bindings, 0), 0));
        list_append(&right, list_item(list_item(bindings, 0), 1));
    }
    *names = list_finish(&left);
    *values = list_finish(&right);
}

static Node *call_with(Interp *in, Scope *scope, RC_STEALS Node *fn, Value *args)
{
    Node *call = call_node(fn, list_length(args));

    for (size_t i = 1; i < call->n; i++, args = list_tail(args, 1)) {
        call->kid[i] = compile_form(in, scope, list_item(args, 0));
        if (!call->kid[i]) return NULL;
    }
    return call;
}

/* (let loop ((i 0)) ...): a frame of one variable, the function, that is set and then called. */
static Node *named_let(Interp *in, Scope *outer, Symbol *name, Value *bindings, Value *body)
{
    Scope *scope = scope_new(outer);
    Node *sequence = node_new(OP_BEGIN, 2, NULL), *fn;
    Value *names, *values;

    split_bindings(bindings, &names, &values);
    declare(scope, name);
    fn = compile_lambda(in, scope, name, names, body);
    if (!fn) return NULL;
    sequence->kid[0] = variable_node(scope, name, OP_SET_LOCAL, OP_SET_GLOBAL, fn);
    sequence->kid[1] = call_with(in, scope, variable_node(scope, name, OP_LOCAL, OP_GLOBAL, NULL), values);
    return sequence->kid[1] ? call_node(lambda_node(NULL, scope, 0, false, sequence), 0) : NULL;
}

static Node *special_let(Interp *in, Scope *scope, Value *form)
{
    Value *first = list_item(form, 1), *names, *values;
    Node *fn;

    if (is(first, KIND_SYMBOL))
        return named_let(in, scope, (Symbol *)first, list_item(form, 2), list_tail(form, 3));
    split_bindings(first, &names, &values);
    fn = compile_lambda(in, scope, NULL, names, list_tail(form, 2));
    return fn ? call_with(in, scope, fn, values) : NULL;
}

/* let* and letrec: one frame, filled in order. A letrec's names are visible in its values, a let*'s only
 * after them. */
static Node *sequential_let(Interp *in, Scope *outer, Value *form, bool recursive)
{
    Scope *scope = scope_new(outer);
    Value *bindings = list_item(form, 1);
    size_t n = list_length(bindings);
    Node *sequence = node_new(OP_BEGIN, n + 1, NULL);

    for (size_t i = 0; i < n * 2; i++) {
        Value *binding = list_item(list_tail(bindings, i % n), 0), *name = list_item(binding, 0);

        if (!is(name, KIND_SYMBOL)) {
            fail(in, "let: not a symbol");
            return NULL;
        }
        if (i < n) {
            if (recursive) declare(scope, (Symbol *)name);
            continue;
        }
        COMPILE(value, scope, list_item(binding, 1));
        declare(scope, (Symbol *)name);
        sequence->kid[i - n] = variable_node(scope, (Symbol *)name, OP_SET_LOCAL, OP_SET_GLOBAL, value);
    }
    declare_defined(scope, list_tail(form, 2));
    sequence->kid[n] = compile_body(in, scope, list_tail(form, 2));
    if (!sequence->kid[n]) return NULL;
    return call_node(lambda_node(NULL, scope, 0, false, sequence), 0);
}

static Node *special_let_star(Interp *in, Scope *scope, Value *form)
{
    return sequential_let(in, scope, form, false);
}

static Node *special_letrec(Interp *in, Scope *scope, Value *form)
{
    return sequential_let(in, scope, form, true);
}

static Node *special_begin(Interp *in, Scope *scope, Value *form)
{
    return compile_body(in, scope, list_tail(form, 1));
}

#define SEQUENCE(name, op)                                                                                   \
 static Node *special_##name(Interp *in, Scope *scope, Value *form)                                          \
 {                                                                                                           \
  return node_of_list(in, scope, op, list_tail(form, 1));                                                    \
 }
SEQUENCE(and, OP_AND)
SEQUENCE(or, OP_OR)
SEQUENCE(while, OP_WHILE)

static const Special specials[] = {
    {"quote", 2, special_quote},   {"if", 3, special_if},         {"when", 3, special_when},
    {"cond", 1, special_cond},     {"define", 3, special_define}, {"set!", 3, special_set},
    {"lambda", 3, special_lambda}, {"let", 3, special_let},       {"let*", 3, special_let_star},
    {"letrec", 3, special_letrec}, {"begin", 1, special_begin},   {"and", 1, special_and},
    {"or", 1, special_or},         {"while", 2, special_while},
};

static const Special *find_special(Value *head)
{
    if (!is(head, KIND_SYMBOL)) return NULL;
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
        if (!strcmp(((Symbol *)head)->name, specials[i].name)) return &specials[i];
    }
    return NULL;
}

/* ---- forms
 * ----------------------------------------------------------------------------------------------------------
 */

static Node *compile_body(Interp *in, Scope *scope, Value *body)
{
    if (list_length(body) == 1) return compile_form(in, scope, list_item(body, 0));
    return node_of_list(in, scope, OP_BEGIN, body);
}

static Node *compile_form(Interp *in, Scope *scope, Value *form)
{
    const Special *special;

    switch (form->kind) {
    case KIND_SYMBOL: return variable_node(scope, (Symbol *)form, OP_LOCAL, OP_GLOBAL, NULL);
    case KIND_PAIR: break;
    default: return node_new(OP_CONSTANT, 0, form);
    }
    special = find_special(((Pair *)form)->car);
    if (!special) return node_of_list(in, scope, OP_CALL, form);
    if (list_length(form) < special->fewest) {
        fail(in, "%s: too short", special->name);
        return NULL;
    }
    return special->compile(in, scope, form);
}

Node *compile(Interp *in, Value *form)
{
    return compile_form(in, NULL, form);
}
