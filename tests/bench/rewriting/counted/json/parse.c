/* SPDX-License-Identifier: MIT
 *
 * The example's parser, counted by hand. null, false and true are immortal.
 */
#include "json.h"

#include <stdlib.h>
#include <string.h>

extern const rc_type rc_type_Json;

typedef struct Parser {
    const char *start, *at, *end;
    const char *message; /* of the first error */
    char *scratch;       /* a string with its escapes resolved */
    size_t room;
    int depth;
} Parser;

typedef struct Member {
    JsonString *name;
    Json *value;
} Member;

static Json *parse_value(Parser *p);

/* Leaves a message and the place; always NULL. */
static Json *fail(Parser *p, const char *message)
{
    if (!p->message) p->message = message;
    return NULL;
}

static char peek(Parser *p)
{
    while (p->at < p->end && (*p->at == ' ' || *p->at == '\n' || *p->at == '\t' || *p->at == '\r')) p->at++;
    return p->at < p->end ? *p->at : '\0';
}

static bool accept(Parser *p, char c)
{
    if (peek(p) != c || p->at == p->end) return false;
    p->at++;
    return true;
}

/* ---- strings
 * ------------------------------------------------------------------------------------------------------ */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Four hexadecimal digits, or -1. */
static int32_t read_hex(Parser *p)
{
    int32_t code = 0;

    if (p->end - p->at < 4) return -1;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(*p->at++);
        if (digit < 0) return -1;
        code = code * 16 + digit;
    }
    return code;
}

static size_t put_utf8(char *to, uint32_t code)
{
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

    if (n == 1) {
        to[0] = (char)code;
        return 1;
    }
    for (size_t i = n - 1; i > 0; i--, code >>= 6) to[i] = (char)(0x80 | (code & 0x3F));
    to[0] = (char)((0xF00 >> n) | code);
    return n;
}

/* Behind "\u": a character of the basic plane or a surrogate pair. 0: wrong. */
static size_t read_unicode(Parser *p, char *to)
{
    int32_t code = read_hex(p), low;

    if (code < 0 || (code >= 0xDC00 && code < 0xE000)) return 0;
    if (code >= 0xD800 && code < 0xDC00) {
        if (p->end - p->at < 6 || p->at[0] != '\\' || p->at[1] != 'u') return 0;
        p->at += 2;
        low = read_hex(p);
        if (low < 0xDC00 || low >= 0xE000) return 0;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    return put_utf8(to, (uint32_t)code);
}

static size_t read_escape(Parser *p, char *to)
{
    static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
    char c = p->at < p->end ? *p->at++ : '\0';
    const char *found;

    if (c == 'u') return read_unicode(p, to);
    found = c ? strchr(from, c) : NULL;
    if (!found) return 0;
    *to = into[found - from];
    return 1;
}

/* The length of the UTF-8 sequence that starts here, or 0. */
static size_t utf8_length(const char *at, const char *end)
{
    unsigned char c = (unsigned char)*at;
    size_t n = c < 0x80                ? 1
               : c >= 0xC2 && c < 0xE0 ? 2
               : c >= 0xE0 && c < 0xF0 ? 3
               : c >= 0xF0 && c < 0xF5 ? 4
                                       : 0;

    if ((size_t)(end - at) < n) return 0;
    for (size_t i = 1; i < n; i++) {
        if (((unsigned char)at[i] & 0xC0) != 0x80) return 0;
    }
    if (n == 3 && ((c == 0xE0 && (unsigned char)at[1] < 0xA0) || (c == 0xED && (unsigned char)at[1] > 0x9F)))
        return 0;
    if (n == 4 && ((c == 0xF0 && (unsigned char)at[1] < 0x90) || (c == 0xF4 && (unsigned char)at[1] > 0x8F)))
        return 0;
    return n;
}

static bool make_room(Parser *p, size_t n)
{
    char *larger;

    if (n <= p->room) return true;
    larger = realloc(p->scratch, 2 * n);
    if (!larger) return false;
    p->scratch = larger;
    p->room = 2 * n;
    return true;
}

static JsonString *parse_string(Parser *p)
{
    size_t length = 0, n;

    for (p->at++; p->at < p->end && *p->at != '"'; length += n) {
        if (!make_room(p, length + 8)) goto no_memory;
        if ((unsigned char)*p->at < 0x20) goto bad;
        if (*p->at == '\\') {
            p->at++;
            n = read_escape(p, p->scratch + length);
            if (!n) goto bad;
            continue;
        }
        n = utf8_length(p->at, p->end);
        if (!n) goto bad;
        memcpy(p->scratch + length, p->at, n);
        p->at += n;
    }
    if (p->at == p->end) goto bad;
    p->at++;
    return json_string(length ? p->scratch : "", length);
bad:
    fail(p, "a malformed string");
    return NULL;
no_memory:
    fail(p, "no memory");
    return NULL;
}

/* ---- numbers and words
 * ---------------------------------------------------------------------------------------------- */

static const char *skip_digits(const char *at, const char *end)
{
    while (at < end && *at >= '0' && *at <= '9') at++;
    return at;
}

/* The end of the number, or NULL: a number is stricter than what strtod takes. */
static const char *scan_number(Parser *p)
{
    const char *at = p->at + (*p->at == '-'), *digits = at;

    at = skip_digits(at, p->end);
    if (at == digits || (*digits == '0' && at > digits + 1)) return NULL;
    if (at < p->end && *at == '.') {
        digits = ++at;
        at = skip_digits(at, p->end);
        if (at == digits) return NULL;
    }
    if (at < p->end && (*at == 'e' || *at == 'E')) {
        at++;
        if (at < p->end && (*at == '+' || *at == '-')) at++;
        digits = at;
        at = skip_digits(at, p->end);
        if (at == digits) return NULL;
    }
    return at;
}

static Json *parse_number(Parser *p)
{
    const char *end = scan_number(p);
    size_t length = end ? (size_t)(end - p->at) : 0;

    if (!end) return fail(p, "a malformed number");
    if (!make_room(p, length + 1)) return fail(p, "no memory");
    memcpy(p->scratch, p->at, length);
    p->scratch[length] = '\0';
    p->at = end;
    return json_number(strtod(p->scratch, NULL));
}

static Json *parse_word(Parser *p)
{
    static const char *const words[] = {"null", "false", "true"};
    Json *values[] = {json_null(), json_bool(false), json_bool(true)};

    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(p->end - p->at) < length || memcmp(p->at, words[i], length)) continue;
        p->at += length;
        return values[i];
    }
    return fail(p, "a value was expected");
}

/* ---- containers
 * -------------------------------------------------------------------------------------------------------- */

static Json *parse_array(Parser *p)
{
    JsonArray *array = json_array();

    p->at++;
    if (accept(p, ']')) return (Json *)array;
    do {
        Json *item = parse_value(p);
        if (!item) goto bad;
        if (!array) {
            RC_DECREF(item);
            return fail(p, "no memory");
        }
        if (!json_append(array, item)) {
            fail(p, "no memory");
            goto bad;
        }
    } while (accept(p, ','));
    if (accept(p, ']')) return (Json *)array;
    fail(p, "',' or ']' was expected");
bad:
    RC_XDECREF(array);
    return NULL;
}

static Member parse_member(Parser *p)
{
    Member member = {NULL, NULL};

    if (peek(p) != '"') {
        fail(p, "a name was expected");
        return member;
    }
    member.name = parse_string(p);
    if (!member.name) return member;
    if (accept(p, ':'))
        member.value = parse_value(p);
    else
        fail(p, "':' was expected");
    return member;
}

static Json *parse_object(Parser *p)
{
    JsonObject *object = json_object();

    p->at++;
    if (accept(p, '}')) return (Json *)object;
    do {
        Member member = parse_member(p);
        if (!member.value) {
            RC_XDECREF(member.name);
            goto bad;
        }
        if (!object) {
            RC_DECREF(member.name);
            RC_DECREF(member.value);
            return fail(p, "no memory");
        }
        if (!json_set(object, member.name, member.value)) {
            fail(p, "no memory");
            goto bad;
        }
    } while (accept(p, ','));
    if (accept(p, '}')) return (Json *)object;
    fail(p, "',' or '}' was expected");
bad:
    RC_XDECREF(object);
    return NULL;
}

static Json *parse_value(Parser *p)
{
    Json *value;

    if (p->depth == JSON_DEPTH) return fail(p, "nested too deep");
    p->depth++;
    switch (peek(p)) {
    case '{': value = parse_object(p); break;
    case '[': value = parse_array(p); break;
    case '"': value = (Json *)parse_string(p); break;
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': value = parse_number(p); break;
    default: value = parse_word(p);
    }
    p->depth--;
    return value ? value : fail(p, "no memory");
}

static void place(Parser *p, JsonError *error)
{
    error->message = p->message;
    error->line = error->column = 1;
    for (const char *c = p->start; c < p->at; c++) {
        error->column++;
        if (*c != '\n') continue;
        error->line++;
        error->column = 1;
    }
}

Json *json_parse(const char *text, size_t length, JsonError *error)
{
    Parser p = {.start = text, .at = text, .end = text + length};
    Json *value = parse_value(&p);

    peek(&p);
    if (value && p.at < p.end) RC_SETREF(value, fail(&p, "text behind the value"));
    if (!value && error) place(&p, error);
    free(p.scratch);
    return value;
}
