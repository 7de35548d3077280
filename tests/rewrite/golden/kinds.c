/* SPDX-License-Identifier: MIT
 *
 * RC_SINGLETON, RC_IMMORTAL, RC_ACYCLIC, rc_intern and rc_immortalize.
 */
#include <recount.h>
#include <stdio.h>
#include <string.h>

typedef struct RC_CLASS RC_SINGLETON Config { RC_HEAD; int level; } Config;
typedef struct RC_CLASS RC_ACYCLIC Symbol { RC_HEAD; char name[8]; } Symbol;
typedef struct RC_CLASS Value { RC_HEAD; rc_object *any; Symbol *symbol; } Value;

RC_IMMORTAL static Symbol nothing = {RC_HEAD_INIT(Symbol), "nothing"};

static Symbol *symbol(const char *name)
{
    bool created;
    Symbol *self = rc_intern(Symbol, name, strlen(name), &created);

    if (created) strcpy(self->name, name);
    return self;
}

static Value *value(Symbol *s)
{
    Value *self = rc_new(Value);

    self->symbol = s ? s : &nothing;
    self->any = (rc_object *)self->symbol;
    return self;
}

int main(void)
{
    Config *a = rc_new(Config), *b = rc_new(Config);
    Value *v = value(symbol("x")), *w = value(NULL);

    a->level = 3;
    printf("%d %d\n", b->level, symbol("x") == v->symbol);
    printf("%s %s\n", v->symbol->name, ((Symbol *)w->any)->name);
    rc_immortalize(v);
    return 0;
}
