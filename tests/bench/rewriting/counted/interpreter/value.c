/* SPDX-License-Identifier: MIT
 *
 * The example's values and lists, counted by hand. nil and the true value are immortal.
 */
#include "minnow.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

extern const rc_type rc_type_Value, rc_type_Number, rc_type_String, rc_type_Symbol, rc_type_Pair,
    rc_type_Primitive, rc_type_WeakBox, rc_type_Sentinel, rc_type_Env;

enum { SYMBOL_CHAINS = 256, PRINT_DEPTH = 32, PRINT_LENGTH = 64 };

RC_IMMORTAL static Value nil_value = {RC_HEAD_INIT(Value), KIND_NIL};
RC_IMMORTAL static Value true_value = {RC_HEAD_INIT(Value), KIND_TRUE};

static Symbol *symbols[SYMBOL_CHAINS];

Value *nil(void)
{
    return &nil_value;
}

Value *truth(bool yes)
{
    return yes ? &true_value : &nil_value;
}

void out_of_memory(void)
{
    fputs("minnow: out of memory\n", stderr);
    exit(2);
}

Value *fail(Interp *in, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    vsnprintf(in->error, sizeof in->error, format, ap);
    va_end(ap);
    return NULL;
}

/* ---- constructors
 * -------------------------------------------------------------------------------------------- */

static char *copy_text(const char *text, size_t length)
{
    char *copy = malloc(length + 1);

    if (!copy) out_of_memory();
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

Value *number_new(double n)
{
    NEW(Number, self, KIND_NUMBER);
    self->n = n;
    return (Value *)self;
}

Value *string_new(const char *text, size_t length)
{
    NEW(String, self, KIND_STRING);
    self->text = copy_text(text, length);
    self->length = length;
    return (Value *)self;
}

void string_finalize(String *self)
{
    free(self->text);
}

static unsigned hash_name(const char *name, size_t length)
{
    unsigned h = 2166136261u;

    for (size_t i = 0; i < length; i++) h = (h ^ (unsigned char)name[i]) * 16777619u;
    return h;
}

Symbol *symbol_intern(const char *name, size_t length)
{
    unsigned hash = hash_name(name, length);

    for (Symbol *s = symbols[hash % SYMBOL_CHAINS]; s; s = s->next) {
        if (s->hash == hash && !strncmp(s->name, name, length) && !s->name[length]) return rc_newref(s);
    }
    NEW(Symbol, self, KIND_SYMBOL);
    self->hash = hash;
    self->name = copy_text(name, length);
    self->next = symbols[hash % SYMBOL_CHAINS];
    symbols[hash % SYMBOL_CHAINS] = self;
    return self;
}

void symbol_finalize(Symbol *self)
{
    Symbol *before = symbols[self->hash % SYMBOL_CHAINS];

    if (before == self) {
        symbols[self->hash % SYMBOL_CHAINS] = self->next;
    } else {
        while (before->next != self) before = before->next;
        before->next = self->next;
    }
    free(self->name);
}

Value *pair_new(Value *car, Value *cdr)
{
    NEW(Pair, self, KIND_PAIR);
    self->car = car;
    self->cdr = cdr;
    return (Value *)self;
}

Value *primitive_new(const PrimitiveSpec *spec)
{
    NEW(Primitive, self, KIND_PRIMITIVE);
    self->spec = spec;
    return (Value *)self;
}

Value *weakbox_new(Value *target)
{
    NEW(WeakBox, self, KIND_WEAKBOX);
    RC_WEAK_STORE(self->target, target);
    return (Value *)self;
}

Value *sentinel_new(String *label)
{
    NEW(Sentinel, self, KIND_SENTINEL);
    self->label = rc_newref(label);
    return (Value *)self;
}

void sentinel_finalize(Sentinel *self)
{
    printf("(%s is gone)\n", self->label->text);
}

Env *env_new(Env *outer, size_t n)
{
    Env *self = rc_new_extra(Env, n);

    if (!self) out_of_memory();
    self->outer = rc_newref(outer);
    self->n = n;
    return self;
}

/* ---- lists
 * ----------------------------------------------------------------------------------------------------- */

Value *list_tail(Value *list, size_t n)
{
    while (n-- && is(list, KIND_PAIR)) list = ((Pair *)list)->cdr;
    return list;
}

Value *list_item(Value *list, size_t n)
{
    Value *rest = list_tail(list, n);

    return is(rest, KIND_PAIR) ? ((Pair *)rest)->car : nil();
}

size_t list_length(Value *list)
{
    size_t n = 0;

    for (Value *at = list; is(at, KIND_PAIR); at = ((Pair *)at)->cdr) n++;
    return n;
}

void list_append(ListBuilder *list, Value *item)
{
    Value *cell = pair_new(item, nil());

    if (list->last)
        list->last->cdr = cell;
    else
        list->first = cell;
    RC_XSETREF(list->last, (Pair *)rc_newref(cell));
}

Value *list_finish(ListBuilder *list)
{
    return list->first ? rc_newref(list->first) : nil();
}

/* ---- equality and printing
 * --------------------------------------------------------------------------------------- */

bool equal(Value *a, Value *b)
{
    for (; a != b; a = ((Pair *)a)->cdr, b = ((Pair *)b)->cdr) {
        if (a->kind != b->kind) return false;
        switch (a->kind) {
        case KIND_NUMBER: return ((Number *)a)->n == ((Number *)b)->n;
        case KIND_STRING:
            return ((String *)a)->length == ((String *)b)->length &&
                   !strcmp(((String *)a)->text, ((String *)b)->text);
        case KIND_PAIR:
            if (!equal(((Pair *)a)->car, ((Pair *)b)->car)) return false;
            break;
        default: return false;
        }
    }
    return true;
}

static void print_at(FILE *to, Value *v, bool quoted, int depth);

static void print_list(FILE *to, Value *list, bool quoted, int depth)
{
    const char *before = "(";
    int n = 0;

    for (; is(list, KIND_PAIR); list = ((Pair *)list)->cdr) {
        fputs(before, to);
        before = " ";
        if (++n > PRINT_LENGTH) {
            fputs("...", to);
            goto close;
        }
        print_at(to, ((Pair *)list)->car, quoted, depth + 1);
    }
    if (!is(list, KIND_NIL)) {
        fputs(" . ", to);
        print_at(to, list, quoted, depth + 1);
    }
close:
    fputc(')', to);
}

static void print_at(FILE *to, Value *v, bool quoted, int depth)
{
    if (depth > PRINT_DEPTH) {
        fputs("...", to);
        return;
    }
    switch (v->kind) {
    case KIND_NIL: fputs("()", to); break;
    case KIND_TRUE: fputs("#t", to); break;
    case KIND_NUMBER: fprintf(to, "%.15g", ((Number *)v)->n); break;
    case KIND_STRING: fprintf(to, quoted ? "\"%s\"" : "%s", ((String *)v)->text); break;
    case KIND_SYMBOL: fputs(((Symbol *)v)->name, to); break;
    case KIND_PAIR: print_list(to, v, quoted, depth); break;
    case KIND_TABLE: fprintf(to, "#<table of %zu>", ((Table *)v)->used); break;
    case KIND_CLOSURE: {
        Lambda *code = ((Closure *)v)->lambda;
        fprintf(to, "#<%s>", code->name ? code->name->name : "lambda");
        break;
    }
    case KIND_PRIMITIVE: fprintf(to, "#<primitive %s>", ((Primitive *)v)->spec->name); break;
    case KIND_WEAKBOX: fputs(((WeakBox *)v)->target ? "#<weak>" : "#<weak, gone>", to); break;
    case KIND_SENTINEL: fprintf(to, "#<sentinel %s>", ((Sentinel *)v)->label->text); break;
    }
}

void print(FILE *to, Value *v, bool quoted)
{
    print_at(to, v, quoted, 0);
}
