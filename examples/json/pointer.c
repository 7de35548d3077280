/* SPDX-License-Identifier: MIT
 *
 * Places in a document (RFC 6901) and patches (RFC 7396).
 */
#include "json.h"

#include <stdlib.h>
#include <string.h>

/* Where a pointer's last step leads: a name in an object or an index in an array. */
typedef struct Place {
    JsonObject *object;
    JsonString *name;
    JsonArray *array;
    size_t index;
} Place;

/* The step behind a slash, with ~1 and ~0 resolved; `*at` moves to the next slash or the end. */
static JsonString *next_step(const char **at)
{
    size_t length = strcspn(++*at, "/"), n = 0;
    char *text = malloc(length + 1);
    JsonString *step;

    if (!text) return NULL;
    for (size_t i = 0; i < length; i++) {
        char c = (*at)[i];
        if (c == '~' && i + 1 < length) c = (*at)[++i] == '1' ? '/' : '~';
        text[n++] = c;
    }
    *at += length;
    step = json_string(text, n);
    free(text);
    return step;
}

/* "-" is behind the end, as is what is no index. */
static size_t index_of(JsonArray *array, JsonString *step)
{
    char *end;
    unsigned long i;

    if (!step->length || strspn(step->text, "0123456789") != step->length) return array->n;
    if (step->text[0] == '0' && step->length > 1) return array->n;
    i = strtoul(step->text, &end, 10);
    return i < array->n ? i : array->n;
}

static Place place_in(Json *container, RC_STEALS JsonString *step)
{
    Place place = {NULL, NULL, NULL, 0};

    switch (container->kind) {
    case JSON_OBJECT:
        place.object = (JsonObject *)container;
        place.name = step;
        break;
    case JSON_ARRAY:
        place.array = (JsonArray *)container;
        place.index = index_of(place.array, step);
        break;
    default: break;
    }
    return place;
}

RC_RETURNS_BORROWED static Json *value_at(Place place)
{
    if (place.object) return json_get((Json *)place.object, place.name->text);
    return place.array ? json_at((Json *)place.array, place.index) : NULL;
}

/* The place of a pointer that is not empty; false: it leads through what is not there. */
static bool locate(Json *root, const char *pointer, RC_OUT Json **container, RC_OUT JsonString **last)
{
    Json *at = root;

    while (*pointer == '/') {
        JsonString *step = next_step(&pointer);
        if (!step) return false;
        if (!*pointer) {
            *container = at;
            *last = step;
            return true;
        }
        at = value_at(place_in(at, step));
        if (!at) return false;
    }
    return false;
}

Json *json_find(Json *root, const char *pointer)
{
    Json *container = NULL;
    JsonString *last = NULL;

    if (!*pointer) return root;
    if (!locate(root, pointer, &container, &last)) return NULL;
    return value_at(place_in(container, last));
}

bool json_put(Json *root, const char *pointer, RC_STEALS Json *value)
{
    Json *container = NULL;
    JsonString *last = NULL;
    Place place;

    if (!locate(root, pointer, &container, &last)) return false;
    place = place_in(container, last);
    if (place.object) return json_set(place.object, place.name, value);
    if (!place.array) return false;
    if (place.index == place.array->n) return json_append(place.array, value);
    place.array->items[place.index] = value;
    return true;
}

Json *json_cut(Json *root, const char *pointer)
{
    Json *container = NULL;
    JsonString *last = NULL;
    Place place;

    if (!locate(root, pointer, &container, &last)) return NULL;
    place = place_in(container, last);
    if (place.object) return json_take(place.object, place.name);
    return place.array ? json_take_at(place.array, place.index) : NULL;
}

Json *json_merge(RC_STEALS Json *target, Json *patch)
{
    JsonObject *changes = (JsonObject *)patch, *object;

    if (patch->kind != JSON_OBJECT) return json_copy(patch);
    if (!target || target->kind != JSON_OBJECT) target = (Json *)json_object();
    object = (JsonObject *)target;
    for (size_t i = 0; object && i < changes->n; i++) {
        JsonString *name = changes->names[i];
        Json *before = json_take(object, name);

        if (changes->values[i]->kind == JSON_NULL) continue;
        Json *merged = json_merge(before, changes->values[i]);
        if (!merged || !json_set(object, name, merged)) return NULL;
    }
    return target;
}
