/* SPDX-License-Identifier: MIT
 *
 * JSON as objects: parse, look up, change, merge, print. Every value is a counted object, so a part of a
 * document may outlive it, be in two documents at once, or be put inside itself. Results are the caller's own
 * unless a declaration says borrowed. A function that can run out of memory says so by NULL or false.
 */
#ifndef JSON_H
#define JSON_H

#include <recount.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Json Json;
typedef struct JsonNumber JsonNumber;
typedef struct JsonString JsonString;
typedef struct JsonArray JsonArray;
typedef struct JsonObject JsonObject;

typedef enum JsonKind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
} JsonKind;

struct RC_CLASS RC_BASE Json {
    RC_HEAD;
    JsonKind kind;
};

struct RC_CLASS JsonNumber {
    Json base;
    double value;
};

struct RC_CLASS JsonString {
    Json base;
    uint32_t hash;
    size_t length;
    char *text; /* UTF-8, with a NUL behind it */
};
RC_FINALIZER void json_string_finalize(JsonString *self);

struct RC_CLASS JsonArray {
    Json base;
    size_t n;
    RC_COUNTED_BY(n) Json **items;
};

/* Members keep the order in which they came. From some number of them on, `index` finds a name by its hash.
 */
struct RC_CLASS JsonObject {
    Json base;
    size_t n;
    RC_COUNTED_BY(n) JsonString **names;
    RC_COUNTED_BY(n) Json **values;
    uint32_t *index; /* places: member number plus one, or 0 */
    size_t places;
};
RC_FINALIZER void json_object_finalize(JsonObject *self);

/* ---- making values
 * ------------------------------------------------------------------------------------------- */

RC_RETURNS_BORROWED Json *json_null(void);
RC_RETURNS_BORROWED Json *json_bool(bool value);
Json *json_number(double value);
JsonString *json_string(const char *text, size_t length);
JsonArray *json_array(void);
JsonObject *json_object(void);
Json *json_copy(Json *value); /* deep; NULL also when it is nested too deep */

/* ---- reading
 * ---------------------------------------------------------------------------------------------------- */

/* NULL when the kind is another, the index too large, the name not there. */
RC_RETURNS_BORROWED Json *json_at(Json *array, size_t i);
RC_RETURNS_BORROWED Json *json_get(Json *object, const char *name);
double json_to_number(Json *value, double otherwise);
const char *json_to_text(Json *value, const char *otherwise); /* lives as long as the value */
size_t json_count(Json *value);                               /* of elements or members */
bool json_equal(Json *a, Json *b);                            /* the order of members does not matter */

/* Calls `visit` for each member or element (name NULL) until it returns false; false when it did. */
typedef bool JsonVisit(JsonString *name, Json *value, void *context);
bool json_each(Json *value, JsonVisit *visit, void *context);

/* ---- changing
 * ---------------------------------------------------------------------------------------------------- */

bool json_append(JsonArray *array, RC_STEALS Json *value);
bool json_insert(JsonArray *array, size_t i, RC_STEALS Json *value); /* behind the end is an append */
Json *json_take_at(JsonArray *array, size_t i);                      /* removes it; NULL: there is none */
bool json_set(JsonObject *object, RC_STEALS JsonString *name, RC_STEALS Json *value);
Json *json_take(JsonObject *object, JsonString *name);
void json_sort(JsonArray *array, int (*compare)(Json *a, Json *b)); /* stable */

/* JSON Pointer (RFC 6901): "/rooms/0/name". */
RC_RETURNS_BORROWED Json *json_find(Json *root, const char *pointer);
bool json_put(Json *root, const char *pointer, RC_STEALS Json *value); /* "-" appends to an array */
Json *json_cut(Json *root, const char *pointer);

/* JSON Merge Patch (RFC 7396): the patched value; `target` is changed where it is an object. */
Json *json_merge(RC_STEALS Json *target, Json *patch);

/* ---- text
 * ---------------------------------------------------------------------------------------------------------
 */

typedef struct JsonError {
    const char *message; /* static */
    size_t line, column; /* from 1 */
} JsonError;

Json *json_parse(const char *text, size_t length, JsonError *error);

/* Writes through `sink` until it returns false. indent 0: in one line. */
typedef bool JsonSink(const char *bytes, size_t n, void *context);
bool json_write(Json *value, int indent, JsonSink *sink, void *context);
char *json_print(Json *value, int indent); /* on the heap, for free(); NULL: no memory, or nested too deep */

enum { JSON_DEPTH = 500 }; /* of nesting, in text and in walks */

#endif
