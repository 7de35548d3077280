/* SPDX-License-Identifier: MIT
 *
 * The example's primitives, counted by hand. nil and the true value are immortal.
 */
#include "minnow.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ANY = 1000 };

/* The argument, which has to be of this kind. */
static Value *argument(Interp *in, Env *args, size_t i, Kind kind)
{
    static const char *const names[] = {
        [KIND_NUMBER] = "number", [KIND_STRING] = "string",    [KIND_SYMBOL] = "symbol",
        [KIND_PAIR] = "pair",     [KIND_WEAKBOX] = "weak box", [KIND_TABLE] = "table",
    };

    if (is(args->slot[i], kind)) return args->slot[i];
    fail(in, "argument %zu is not a %s", i + 1, names[kind]);
    return NULL;
}

/* Declares `var`, argument i as an object of class T; another kind leaves the function. */
#define ARGUMENT(T, var, i, kind)                                                                            \
 T *var = (T *)argument(in, args, i, kind);                                                                  \
 if (!var) return NULL

/* ---- numbers
 * ------------------------------------------------------------------------------------------------------ */

typedef double Fold(double a, double b);
typedef bool Compare(double a, double b);

static double add(double a, double b)
{
    return a + b;
}
static double subtract(double a, double b)
{
    return a - b;
}
static double multiply(double a, double b)
{
    return a * b;
}
static double divide(double a, double b)
{
    return a / b;
}
static double modulo(double a, double b)
{
    return a - b * floor(a / b);
}
static bool less(double a, double b)
{
    return a < b;
}
static bool greater(double a, double b)
{
    return a > b;
}
static bool same(double a, double b)
{
    return a == b;
}

static Value *fold(Interp *in, Env *args, Fold *step)
{
    ARGUMENT(Number, first, 0, KIND_NUMBER);
    double sum = first->n;

    if (args->n == 1) return number_new(step(step == subtract ? 0 : 1, sum));
    for (size_t i = 1; i < args->n; i++) {
        ARGUMENT(Number, next, i, KIND_NUMBER);
        sum = step(sum, next->n);
    }
    return number_new(sum);
}

static Value *compare(Interp *in, Env *args, Compare *holds)
{
    ARGUMENT(Number, a, 0, KIND_NUMBER);
    ARGUMENT(Number, b, 1, KIND_NUMBER);
    return truth(holds(a->n, b->n));
}

#define ARITHMETIC(name, by, step)                                                                           \
 static Value *prim_##name(Interp *in, Env *args)                                                            \
 {                                                                                                           \
  return by(in, args, step);                                                                                 \
 }
ARITHMETIC(add, fold, add)
ARITHMETIC(subtract, fold, subtract)
ARITHMETIC(multiply, fold, multiply)
ARITHMETIC(divide, fold, divide)
ARITHMETIC(modulo, fold, modulo)
ARITHMETIC(less, compare, less)
ARITHMETIC(greater, compare, greater)
ARITHMETIC(same, compare, same)

/* ---- lists
 * ----------------------------------------------------------------------------------------------------------
 */

static Value *prim_cons(Interp *in, Env *args)
{
    (void)in;
    return pair_new(rc_newref(args->slot[0]), rc_newref(args->slot[1]));
}

static Value *prim_car(Interp *in, Env *args)
{
    ARGUMENT(Pair, pair, 0, KIND_PAIR);
    return rc_newref(pair->car);
}

static Value *prim_cdr(Interp *in, Env *args)
{
    ARGUMENT(Pair, pair, 0, KIND_PAIR);
    return rc_newref(pair->cdr);
}

static Value *prim_set_car(Interp *in, Env *args)
{
    ARGUMENT(Pair, pair, 0, KIND_PAIR);
    RC_SETREF(pair->car, rc_newref(args->slot[1]));
    return rc_newref(args->slot[1]);
}

static Value *prim_set_cdr(Interp *in, Env *args)
{
    ARGUMENT(Pair, pair, 0, KIND_PAIR);
    RC_SETREF(pair->cdr, rc_newref(args->slot[1]));
    return rc_newref(args->slot[1]);
}

static Value *prim_list(Interp *in, Env *args)
{
    ListBuilder list = {NULL, NULL};

    (void)in;
    for (size_t i = 0; i < args->n; i++) list_append(&list, rc_newref(args->slot[i]));
    RC_XDECREF(list.last);
    return list.first ? list.first : nil();
}

static Value *prim_length(Interp *in, Env *args)
{
    (void)in;
    return number_new((double)list_length(args->slot[0]));
}

/* ---- predicates
 * ------------------------------------------------------------------------------------------------------ */

#define IS_KIND(name, kind)                                                                                  \
 static Value *prim_is_##name(Interp *in, Env *args)                                                         \
 {                                                                                                           \
  (void)in;                                                                                                  \
  return truth(is(args->slot[0], kind));                                                                     \
 }
IS_KIND(nil, KIND_NIL)
IS_KIND(pair, KIND_PAIR)
IS_KIND(number, KIND_NUMBER)
IS_KIND(string, KIND_STRING)
IS_KIND(symbol, KIND_SYMBOL)

static Value *prim_eq(Interp *in, Env *args)
{
    (void)in;
    return truth(args->slot[0] == args->slot[1]);
}

static Value *prim_equal(Interp *in, Env *args)
{
    (void)in;
    return truth(equal(args->slot[0], args->slot[1]));
}

/* ---- strings
 * ----------------------------------------------------------------------------------------------------------
 */

static Value *prim_append(Interp *in, Env *args)
{
    char text[512];
    size_t length = 0;

    for (size_t i = 0; i < args->n; i++) {
        ARGUMENT(String, part, i, KIND_STRING);
        if (length + part->length >= sizeof text) return fail(in, "string-append: too long");
        memcpy(text + length, part->text, part->length);
        length += part->length;
    }
    return string_new(text, length);
}

static Value *prim_to_string(Interp *in, Env *args)
{
    char text[32];

    ARGUMENT(Number, number, 0, KIND_NUMBER);
    return string_new(text, (size_t)snprintf(text, sizeof text, "%.15g", number->n));
}

static Value *prim_display(Interp *in, Env *args)
{
    (void)in;
    for (size_t i = 0; i < args->n; i++) print(stdout, args->slot[i], false);
    return nil();
}

static Value *prim_print(Interp *in, Env *args)
{
    Value *result = prim_display(in, args);

    putchar('\n');
    return result;
}

static Value *prim_error(Interp *in, Env *args)
{
    ARGUMENT(String, message, 0, KIND_STRING);
    return fail(in, "%s", message->text);
}

/* ---- tables
 * ------------------------------------------------------------------------------------------------------------
 */

static Value *prim_table(Interp *in, Env *args)
{
    Table *table = table_new();

    if (args->n % 2) {
        RC_DECREF(table);
        return fail(in, "table: a key without a value");
    }
    for (size_t i = 0; i < args->n; i += 2) table_set(table, args->slot[i], args->slot[i + 1]);
    return (Value *)table;
}

static Value *prim_table_get(Interp *in, Env *args)
{
    ARGUMENT(Table, table, 0, KIND_TABLE);
    Value *value = table_get(table, args->slot[1]);

    return rc_newref(value ? value : args->n == 3 ? args->slot[2] : nil());
}

static Value *prim_table_set(Interp *in, Env *args)
{
    ARGUMENT(Table, table, 0, KIND_TABLE);
    table_set(table, args->slot[1], args->slot[2]);
    return rc_newref(args->slot[2]);
}

static Value *prim_table_remove(Interp *in, Env *args)
{
    ARGUMENT(Table, table, 0, KIND_TABLE);
    return truth(table_remove(table, args->slot[1]));
}

static Value *prim_table_count(Interp *in, Env *args)
{
    ARGUMENT(Table, table, 0, KIND_TABLE);
    return number_new((double)table->used);
}

/* ---- functions and memory
 * ------------------------------------------------------------------------------------------------ */

static Value *prim_apply(Interp *in, Env *args)
{
    Value *list = args->slot[1];
    Env *call = env_new(NULL, list_length(list));

    for (size_t i = 0; i < call->n; i++, list = ((Pair *)list)->cdr)
        call->slot[i] = rc_newref(((Pair *)list)->car);
    return apply(in, args->slot[0], call);
}

static Value *prim_weak(Interp *in, Env *args)
{
    (void)in;
    return weakbox_new(args->slot[0]);
}

static Value *prim_weak_get(Interp *in, Env *args)
{
    ARGUMENT(WeakBox, box, 0, KIND_WEAKBOX);
    Value *target = RC_WEAK_LOAD(box->target);

    return target ? target : nil();
}

static Value *prim_sentinel(Interp *in, Env *args)
{
    ARGUMENT(String, label, 0, KIND_STRING);
    return sentinel_new(label);
}

static Value *prim_gc(Interp *in, Env *args)
{
    (void)in, (void)args;
    return number_new((double)rc_gc_collect());
}

const PrimitiveSpec minnow_primitives[] = {
    {"+", 1, ANY, prim_add},
    {"-", 1, ANY, prim_subtract},
    {"*", 1, ANY, prim_multiply},
    {"/", 1, ANY, prim_divide},
    {"modulo", 2, 2, prim_modulo},
    {"<", 2, 2, prim_less},
    {">", 2, 2, prim_greater},
    {"=", 2, 2, prim_same},
    {"cons", 2, 2, prim_cons},
    {"car", 1, 1, prim_car},
    {"cdr", 1, 1, prim_cdr},
    {"set-car!", 2, 2, prim_set_car},
    {"set-cdr!", 2, 2, prim_set_cdr},
    {"list", 0, ANY, prim_list},
    {"length", 1, 1, prim_length},
    {"not", 1, 1, prim_is_nil},
    {"null?", 1, 1, prim_is_nil},
    {"pair?", 1, 1, prim_is_pair},
    {"number?", 1, 1, prim_is_number},
    {"string?", 1, 1, prim_is_string},
    {"symbol?", 1, 1, prim_is_symbol},
    {"eq?", 2, 2, prim_eq},
    {"equal?", 2, 2, prim_equal},
    {"string-append", 0, ANY, prim_append},
    {"number->string", 1, 1, prim_to_string},
    {"display", 0, ANY, prim_display},
    {"print", 0, ANY, prim_print},
    {"error", 1, 1, prim_error},
    {"table", 0, ANY, prim_table},
    {"table-get", 2, 3, prim_table_get},
    {"table-set!", 3, 3, prim_table_set},
    {"table-remove!", 2, 2, prim_table_remove},
    {"table-count", 1, 1, prim_table_count},
    {"apply", 2, 2, prim_apply},
    {"weak", 1, 1, prim_weak},
    {"weak-get", 1, 1, prim_weak_get},
    {"sentinel", 1, 1, prim_sentinel},
    {"gc", 0, 0, prim_gc},
    {NULL, 0, 0, NULL},
};
