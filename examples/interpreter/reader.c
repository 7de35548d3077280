/* SPDX-License-Identifier: MIT
 *
 * Text to values: lists, dotted pairs, numbers, strings, symbols, 'quote and ; comments.
 */
#include "minnow.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define FORM(v)  ((Form){READ_FORM, (v)})
#define STATE(s) ((Form){(s), NULL})

static Form error(Reader *r, const char *what)
{
    fail(r->in, "line %d: %s", r->line, what);
    return STATE(READ_ERROR);
}

static void skip_blanks(Reader *r)
{
    for (;; r->at++) {
        if (*r->at == ';') r->at += strcspn(r->at, "\n");
        if (*r->at == '\n')
            r->line++;
        else if (!isspace((unsigned char)*r->at))
            return;
    }
}

static Form read_string(Reader *r)
{
    const char *start = ++r->at;

    r->at += strcspn(start, "\"");
    if (!*r->at) return error(r, "a string without an end");
    for (const char *c = start; c < r->at; c++) r->line += *c == '\n';
    return FORM(string_new(start, (size_t)(r->at++ - start)));
}

static Form read_atom(Reader *r)
{
    const char *start = r->at;
    size_t length = strcspn(start, " \t\r\n()';\"");
    char *end;
    double n = strtod(start, &end);

    r->at += length;
    if (end == start + length) return FORM(number_new(n));
    if (length == 2 && !strncmp(start, "#t", 2)) return FORM(truth(true));
    if (length == 3 && !strncmp(start, "nil", 3)) return FORM(nil());
    return FORM((Value *)symbol_intern(start, length));
}

static Form read_tail(Reader *r, ListBuilder *list)
{
    Form tail = read_form(r), close;

    if (tail.status != READ_FORM || !list->last) return error(r, "a misplaced dot");
    list->last->cdr = tail.value;
    close = read_form(r);
    return close.status == READ_CLOSE ? FORM(list->first) : error(r, "a misplaced dot");
}

static Form read_list(Reader *r)
{
    ListBuilder list = {NULL, NULL};

    for (;;) {
        skip_blanks(r);
        if (r->at[0] == '.' && isspace((unsigned char)r->at[1])) {
            r->at++;
            return read_tail(r, &list);
        }
        Form item = read_form(r);
        switch (item.status) {
        case READ_FORM: list_append(&list, item.value); continue;
        case READ_CLOSE: return FORM(list_finish(&list));
        case READ_END: return error(r, "a list without an end");
        case READ_ERROR: return item;
        }
    }
}

static Form read_quoted(Reader *r)
{
    Form form = read_form(r);
    ListBuilder list = {NULL, NULL};

    if (form.status != READ_FORM) return form.status == READ_ERROR ? form : error(r, "nothing to quote");
    list_append(&list, (Value *)symbol_intern("quote", 5));
    list_append(&list, form.value);
    form.value = list_finish(&list);
    return form;
}

Form read_form(Reader *r)
{
    skip_blanks(r);
    switch (*r->at) {
    case '\0': return STATE(READ_END);
    case '(': r->at++; return read_list(r);
    case ')': r->at++; return STATE(READ_CLOSE);
    case '\'': r->at++; return read_quoted(r);
    case '"': return read_string(r);
    default: return read_atom(r);
    }
}
