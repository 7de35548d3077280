/* SPDX-License-Identifier: MIT
 *
 * The example's values, arrays and objects, counted by hand. Buffers are moved about as they are.
 */
#include "json.h"

#include <stdlib.h>
#include <string.h>

enum { FEWEST_INDEXED = 16 };

extern const rc_type rc_type_Json, rc_type_JsonNumber, rc_type_JsonString, rc_type_JsonArray,
    rc_type_JsonObject;

RC_IMMORTAL static Json null_value = {RC_HEAD_INIT(Json), JSON_NULL};
RC_IMMORTAL static Json false_value = {RC_HEAD_INIT(Json), JSON_FALSE};
RC_IMMORTAL static Json true_value = {RC_HEAD_INIT(Json), JSON_TRUE};

Json *json_null(void)
{
    return &null_value;
}

Json *json_bool(bool value)
{
    return value ? &true_value : &false_value;
}

Json *json_number(double value)
{
    JsonNumber *self = rc_new(JsonNumber);

    if (!self) return NULL;
    self->base.kind = JSON_NUMBER;
    self->value = value;
    return (Json *)self;
}

static uint32_t hash(const char *text, size_t length)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < length; i++) h = (h ^ (unsigned char)text[i]) * 16777619u;
    return h;
}

JsonString *json_string(const char *text, size_t length)
{
    JsonString *self = rc_new(JsonString);

    if (!self) return NULL;
    self->base.kind = JSON_STRING;
    self->text = malloc(length + 1);
    if (!self->text) {
        RC_DECREF(self);
        return NULL;
    }
    memcpy(self->text, text, length);
    self->text[length] = '\0';
    self->length = length;
    self->hash = hash(text, length);
    return self;
}

void json_string_finalize(JsonString *self)
{
    free(self->text);
}

JsonArray *json_array(void)
{
    JsonArray *self = rc_new(JsonArray);

    if (self) self->base.kind = JSON_ARRAY;
    return self;
}

JsonObject *json_object(void)
{
    JsonObject *self = rc_new(JsonObject);

    if (self) self->base.kind = JSON_OBJECT;
    return self;
}

void json_object_finalize(JsonObject *self)
{
    free(self->index);
}

/* ---- members
 * -------------------------------------------------------------------------------------------------------- */

static bool is_named(JsonString *name, const char *text, size_t length)
{
    return name->length == length && !memcmp(name->text, text, length);
}

static void index_member(JsonObject *object, size_t member)
{
    size_t mask = object->places - 1, i = object->names[member]->hash & mask;

    while (object->index[i]) i = (i + 1) & mask;
    object->index[i] = (uint32_t)member + 1;
}

/* After a change of the members' numbers. Without memory for an index, names are found by searching. */
static void index_members(JsonObject *object)
{
    free(object->index);
    object->index = NULL;
    object->places = 0;
    if (object->n < FEWEST_INDEXED) return;
    for (object->places = 4 * FEWEST_INDEXED; object->places < 3 * object->n;) object->places *= 2;
    object->index = calloc(object->places, sizeof *object->index);
    for (size_t i = 0; object->index && i < object->n; i++) index_member(object, i);
}

/* The number of the member, or n. */
static size_t find_member(JsonObject *object, const char *text, size_t length, uint32_t h)
{
    size_t mask = object->places - 1, i;

    if (!object->index) {
        for (i = 0; i < object->n && !is_named(object->names[i], text, length); i++) continue;
        return i;
    }
    for (i = h & mask; object->index[i]; i = (i + 1) & mask) {
        size_t member = object->index[i] - 1;
        if (object->names[member]->hash == h && is_named(object->names[member], text, length)) return member;
    }
    return object->n;
}

bool json_set(JsonObject *object, JsonString *name, Json *value)
{
    size_t i = find_member(object, name->text, name->length, name->hash), n = object->n;
    size_t room = i == n && object->names ? rc_array_len(object->names) : 0;

    if (i < n) {
        RC_SETREF(object->values[i], value);
        RC_DECREF(name);
        return true;
    }
    if (n == room) {
        room = n ? 2 * n : 4;
        if (rc_array_resize(JsonString, object->names, n, room)) goto no_memory;
        if (rc_array_resize(Json, object->values, n, room)) {
            (void)rc_array_resize(JsonString, object->names, room, n);
            goto no_memory;
        }
    }
    object->names[n] = name;
    object->values[n] = value;
    object->n++;
    if (object->index && object->n * 2 <= object->places)
        index_member(object, n);
    else
        index_members(object);
    return true;
no_memory:
    RC_DECREF(value);
    RC_DECREF(name);
    return false;
}

Json *json_take(JsonObject *object, JsonString *name)
{
    size_t i = find_member(object, name->text, name->length, name->hash), last = object->n - 1;
    Json *value;

    if (i == object->n) return NULL;
    value = object->values[i];
    RC_DECREF(object->names[i]);
    for (; i < last; i++) {
        object->names[i] = object->names[i + 1];
        object->values[i] = object->values[i + 1];
    }
    object->names[last] = NULL;
    object->values[last] = NULL;
    object->n--;
    index_members(object);
    return value;
}

Json *json_get(Json *object, const char *name)
{
    JsonObject *self = (JsonObject *)object;
    size_t i, length = strlen(name);

    if (!object || object->kind != JSON_OBJECT) return NULL;
    i = find_member(self, name, length, hash(name, length));
    return i < self->n ? self->values[i] : NULL;
}

/* ---- elements
 * ---------------------------------------------------------------------------------------------------------
 */

Json *json_at(Json *array, size_t i)
{
    JsonArray *self = (JsonArray *)array;

    if (!array || array->kind != JSON_ARRAY || i >= self->n) return NULL;
    return self->items[i];
}

bool json_append(JsonArray *array, Json *value)
{
    return json_insert(array, array->n, value);
}

bool json_insert(JsonArray *array, size_t i, Json *value)
{
    size_t n = array->n, room = array->items ? rc_array_len(array->items) : 0;

    if (n == room && rc_array_resize(Json, array->items, n, n ? 2 * n : 4)) {
        RC_DECREF(value);
        return false;
    }
    if (i > n) i = n;
    for (size_t k = n; k > i; k--) array->items[k] = array->items[k - 1];
    array->items[i] = value;
    array->n++;
    return true;
}

Json *json_take_at(JsonArray *array, size_t i)
{
    Json *value;

    if (i >= array->n) return NULL;
    value = array->items[i];
    for (; i + 1 < array->n; i++) array->items[i] = array->items[i + 1];
    array->items[i] = NULL;
    array->n--;
    return value;
}

/* Insertion by halves: few moves for what is nearly sorted, and no buffer. */
void json_sort(JsonArray *array, int (*compare)(Json *a, Json *b))
{
    for (size_t i = 1; i < array->n; i++) {
        Json *moving = array->items[i];
        size_t low = 0, high = i;

        while (low < high) {
            size_t middle = (low + high) / 2;
            if (compare(moving, array->items[middle]) < 0)
                high = middle;
            else
                low = middle + 1;
        }
        for (size_t k = i; k > low; k--) array->items[k] = array->items[k - 1];
        array->items[low] = moving;
    }
}

/* ---- all kinds
 * ---------------------------------------------------------------------------------------------------------
 */

double json_to_number(Json *value, double otherwise)
{
    return value && value->kind == JSON_NUMBER ? ((JsonNumber *)value)->value : otherwise;
}

const char *json_to_text(Json *value, const char *otherwise)
{
    return value && value->kind == JSON_STRING ? ((JsonString *)value)->text : otherwise;
}

size_t json_count(Json *value)
{
    switch (value->kind) {
    case JSON_ARRAY: return ((JsonArray *)value)->n;
    case JSON_OBJECT: return ((JsonObject *)value)->n;
    default: return 0;
    }
}

bool json_each(Json *value, JsonVisit *visit, void *context)
{
    if (value->kind == JSON_ARRAY) {
        JsonArray *array = (JsonArray *)value;
        for (size_t i = 0; i < array->n; i++) {
            if (!visit(NULL, array->items[i], context)) return false;
        }
    } else if (value->kind == JSON_OBJECT) {
        JsonObject *object = (JsonObject *)value;
        for (size_t i = 0; i < object->n; i++) {
            if (!visit(object->names[i], object->values[i], context)) return false;
        }
    }
    return true;
}

static bool equal_in(JsonString *name, Json *value, void *other)
{
    Json *object = other;
    Json *counterpart = json_get(object, name->text);

    return counterpart && json_equal(value, counterpart);
}

bool json_equal(Json *a, Json *b)
{
    if (a == b) return true;
    if (a->kind != b->kind || json_count(a) != json_count(b)) return false;
    switch (a->kind) {
    case JSON_NUMBER: return ((JsonNumber *)a)->value == ((JsonNumber *)b)->value;
    case JSON_STRING: return is_named((JsonString *)a, ((JsonString *)b)->text, ((JsonString *)b)->length);
    case JSON_ARRAY:
        for (size_t i = 0; i < json_count(a); i++) {
            if (!json_equal(json_at(a, i), json_at(b, i))) return false;
        }
        return true;
    case JSON_OBJECT: return json_each(a, equal_in, (void *)b);
    default: return true;
    }
}

static Json *copy(Json *value, int depth);

static Json *copy_array(JsonArray *from, int depth)
{
    JsonArray *to = json_array();

    for (size_t i = 0; to && i < from->n; i++) {
        Json *item = copy(from->items[i], depth + 1);
        if (!item || !json_append(to, item)) {
            RC_DECREF(to);
            return NULL;
        }
    }
    return (Json *)to;
}

static Json *copy_object(JsonObject *from, int depth)
{
    JsonObject *to = json_object();

    for (size_t i = 0; to && i < from->n; i++) {
        Json *value = copy(from->values[i], depth + 1);
        if (!value || !json_set(to, rc_newref(from->names[i]), value)) {
            RC_DECREF(to);
            return NULL;
        }
    }
    return (Json *)to;
}

/* What cannot be changed is shared with the copy. */
static Json *copy(Json *value, int depth)
{
    if (depth > JSON_DEPTH) return NULL;
    switch (value->kind) {
    case JSON_ARRAY: return copy_array((JsonArray *)value, depth);
    case JSON_OBJECT: return copy_object((JsonObject *)value, depth);
    default: return rc_newref(value);
    }
}

Json *json_copy(Json *value)
{
    return copy(value, 0);
}
