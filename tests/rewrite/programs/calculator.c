/* SPDX-License-Identifier: MIT
 *
 * A parser of expressions that builds a tree, folds it and evaluates it; errors leave through one label.
 */
#include <ctype.h>
#include <recount.h>
#include <stdio.h>
#include <stdlib.h>

typedef enum Op { NUMBER, VARIABLE, ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE } Op;

typedef struct Expr Expr;
struct RC_CLASS Expr {
    RC_HEAD;
    Op op;
    long value;
    char name;
    Expr *left, *right;
};
static int made, died;
RC_FINALIZER static void expr_finalize(Expr *self)
{
    (void)self;
    died++;
}

typedef struct Binding Binding;
struct RC_CLASS Binding {
    RC_HEAD;
    char name;
    Expr *expr;
    Binding *outer;
};

typedef struct Result {
    Expr *expr;
    const char *error;
} Result;

typedef struct Parser {
    const char *at;
    int depth;
} Parser;

static Expr *expr_new(Op op, RC_STEALS Expr *left, RC_STEALS Expr *right)
{
    Expr *self = rc_new(Expr);

    made++;
    self->op = op;
    self->left = left;
    self->right = right;
    return self;
}

static Expr *number(long value)
{
    Expr *self = expr_new(NUMBER, NULL, NULL);

    self->value = value;
    return self;
}

static Result parse_sum(Parser *p);

static char next(Parser *p)
{
    while (*p->at == ' ') p->at++;
    return *p->at;
}

static Result parse_atom(Parser *p)
{
    Result result = {NULL, NULL};
    Expr *inner;

    switch (next(p)) {
    case '(':
        p->at++;
        result = parse_sum(p);
        if (result.error) return result;
        if (next(p) != ')') goto unclosed;
        p->at++;
        return result;
    case '-':
        p->at++;
        result = parse_atom(p);
        if (result.error) break;
        inner = result.expr;
        result.expr = expr_new(NEGATE, inner, NULL);
        break;
    default:
        if (isdigit((unsigned char)*p->at)) {
            char *end;
            result.expr = number(strtol(p->at, &end, 10));
            p->at = end;
        } else if (isalpha((unsigned char)*p->at)) {
            result.expr = expr_new(VARIABLE, NULL, NULL);
            result.expr->name = *p->at++;
        } else {
            result.error = "nothing to compute";
        }
    }
    return result;
unclosed:
    return (Result){NULL, "a parenthesis is open"};
}

static Result parse_product(Parser *p)
{
    Result left = parse_atom(p);

    while (!left.error && (next(p) == '*' || *p->at == '/')) {
        Op op = *p->at++ == '*' ? MULTIPLY : DIVIDE;
        Result right = parse_atom(p);
        if (right.error) return right;
        left.expr = expr_new(op, left.expr, right.expr);
    }
    return left;
}

static Result parse_sum(Parser *p)
{
    Result left = parse_product(p);

    for (;;) {
        Op op;
        if (left.error) return left;
        switch (next(p)) {
        case '+': op = ADD; break;
        case '-': op = SUBTRACT; break;
        default: return left;
        }
        p->at++;
        Result right = parse_product(p);
        if (right.error) return right;
        left = (Result){expr_new(op, left.expr, right.expr), NULL};
    }
}

/* The same expression with what is known computed; parts that stay are shared with the original. */
static Expr *fold(Expr *expr)
{
    Expr *left, *right;

    if (!expr->left) return expr;
    left = fold(expr->left);
    right = expr->right ? fold(expr->right) : NULL;
    if (left->op != NUMBER || (right && right->op != NUMBER)) {
        if (left == expr->left && right == expr->right) return expr;
        return expr_new(expr->op, left, right);
    }
    switch (expr->op) {
    case ADD: return number(left->value + right->value);
    case SUBTRACT: return number(left->value - right->value);
    case MULTIPLY: return number(left->value * right->value);
    case NEGATE: return number(-left->value);
    case DIVIDE:
        if (right->value) return number(left->value / right->value);
        /* fall through */
    default: return expr;
    }
}

RC_RETURNS_BORROWED static Expr *lookup(Binding *bindings, char name)
{
    while (bindings && bindings->name != name) bindings = bindings->outer;
    return bindings ? bindings->expr : NULL;
}

static Expr *substitute(Expr *expr, Binding *bindings)
{
    Expr *found = expr->op == VARIABLE ? lookup(bindings, expr->name) : NULL;

    if (found) return found;
    if (!expr->left) return expr;
    return expr_new(expr->op, substitute(expr->left, bindings),
                    expr->right ? substitute(expr->right, bindings) : NULL);
}

static void print(Expr *expr)
{
    static const char signs[] = {[ADD] = '+', [SUBTRACT] = '-', [MULTIPLY] = '*', [DIVIDE] = '/'};

    if (expr->op == NUMBER) {
        printf("%ld", expr->value);
    } else if (expr->op == VARIABLE) {
        putchar(expr->name);
    } else if (!expr->right) {
        printf("-");
        print(expr->left);
    } else {
        printf("(");
        print(expr->left);
        printf(" %c ", signs[expr->op]);
        print(expr->right);
        printf(")");
    }
}

static Binding *bind(char name, RC_STEALS Expr *expr, Binding *outer)
{
    Binding *self = rc_new(Binding);

    self->name = name;
    self->expr = expr;
    self->outer = outer;
    return self;
}

static void compute(const char *text, Binding *bindings)
{
    Parser parser = {.at = text};
    Result result = parse_sum(&parser);

    if (!result.error && next(&parser)) result.error = "text behind the end";
    printf("%s: ", text);
    if (result.error) {
        puts(result.error);
        return;
    }
    print(fold(substitute(result.expr, bindings)));
    puts("");
}

int main(void)
{
    static const char *const texts[] = {"1 + 2 * 3", "-(4 - 6) * x", "x * (y + 1)", "z + 2 * 2",
                                        "(1 + ",     "2 + (3",       "1 2",         "8 / (4 - 4)",
                                        "",          "x / y / 0 + y"};
    Binding *bindings = bind('x', number(7), NULL);

    bindings = bind('y', expr_new(ADD, number(1), lookup(bindings, 'x')), bindings);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) compute(texts[i], bindings);
    bindings = NULL;
    printf("%s %zu\n", made == died ? "all died" : "some live", rc_live_objects());
    return 0;
}
