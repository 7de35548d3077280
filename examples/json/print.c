/* SPDX-License-Identifier: MIT
 *
 * Values to text.
 */
#include "json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Printer {
    JsonSink *sink;
    void *context;
    int indent, depth;
    bool first; /* of the container that is being written */
} Printer;

static bool put(Printer *p, const char *text)
{
    return p->sink(text, strlen(text), p->context);
}

static bool put_line(Printer *p)
{
    char blanks[] = "                ";
    int n = p->indent * p->depth;

    if (!p->indent) return true;
    if (!put(p, "\n")) return false;
    for (; n > 0; n -= 16) {
        if (!p->sink(blanks, n < 16 ? (size_t)n : 16, p->context)) return false;
    }
    return true;
}

/* Runs of plain bytes go out as they are. */
static bool put_string(Printer *p, JsonString *string)
{
    static const char from[] = "\"\\\b\f\n\r\t", into[] = "\"\\bfnrt";
    const char *run = string->text, *end = string->text + string->length;
    char escape[8];

    if (!put(p, "\"")) return false;
    for (const char *c = run; c < end; c++) {
        const char *found = *c ? strchr(from, *c) : NULL;
        if ((unsigned char)*c >= 0x20 && !found) continue;
        if (found)
            snprintf(escape, sizeof escape, "\\%c", into[found - from]);
        else
            snprintf(escape, sizeof escape, "\\u%04x", (unsigned char)*c);
        if (!p->sink(run, (size_t)(c - run), p->context) || !put(p, escape)) return false;
        run = c + 1;
    }
    return p->sink(run, (size_t)(end - run), p->context) && put(p, "\"");
}

/* The shortest text that reads back as the same number. */
static bool put_number(Printer *p, double n)
{
    char text[40];

    if (!isfinite(n)) return put(p, "null");
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, n);
        if (strtod(text, NULL) == n) break;
    }
    return put(p, text);
}

static bool put_value(Printer *p, Json *value);

static bool put_member(JsonString *name, Json *value, void *context)
{
    Printer *p = context;

    if (!p->first && !put(p, ",")) return false;
    p->first = false;
    if (!put_line(p)) return false;
    if (name && !(put_string(p, name) && put(p, p->indent ? ": " : ":"))) return false;
    return put_value(p, value);
}

static bool put_container(Printer *p, Json *value, const char *open, const char *close)
{
    bool ok;

    if (p->depth == JSON_DEPTH || !put(p, open)) return false;
    p->depth++;
    p->first = true;
    ok = json_each(value, put_member, p);
    p->first = false;
    p->depth--;
    if (!ok || (json_count(value) && !put_line(p))) return false;
    return put(p, close);
}

static bool put_value(Printer *p, Json *value)
{
    switch (value->kind) {
    case JSON_NULL: return put(p, "null");
    case JSON_FALSE: return put(p, "false");
    case JSON_TRUE: return put(p, "true");
    case JSON_NUMBER: return put_number(p, ((JsonNumber *)value)->value);
    case JSON_STRING: return put_string(p, (JsonString *)value);
    case JSON_ARRAY: return put_container(p, value, "[", "]");
    case JSON_OBJECT: return put_container(p, value, "{", "}");
    }
    return false;
}

bool json_write(Json *value, int indent, JsonSink *sink, void *context)
{
    Printer p = {sink, context, indent, 0, true};

    return put_value(&p, value);
}

typedef struct Buffer {
    char *text;
    size_t length, room;
} Buffer;

static bool append(const char *bytes, size_t n, void *context)
{
    Buffer *b = context;

    if (b->length + n + 1 > b->room) {
        size_t room = 2 * (b->length + n + 1);
        char *larger = realloc(b->text, room);
        if (!larger) return false;
        b->text = larger;
        b->room = room;
    }
    memcpy(b->text + b->length, bytes, n);
    b->length += n;
    b->text[b->length] = '\0';
    return true;
}

char *json_print(Json *value, int indent)
{
    Buffer b = {NULL, 0, 0};

    if (json_write(value, indent, append, &b)) return b.text;
    free(b.text);
    return NULL;
}
