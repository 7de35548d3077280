/* SPDX-License-Identifier: MIT
 *
 * Tests of the library; silent but for a last line.
 */
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

#define CHECK(cond)                                                                                          \
 do {                                                                                                        \
  if (!(cond)) {                                                                                             \
   printf("%s:%d: failed: %s\n", __FILE__, __LINE__, #cond);                                                 \
   failures++;                                                                                               \
  }                                                                                                          \
 } while (0)

static Json *parse(const char *text)
{
    JsonError error;
    Json *value = json_parse(text, strlen(text), &error);

    if (!value) printf("%zu:%zu: %s in %s\n", error.line, error.column, error.message, text);
    return value;
}

static bool prints(Json *value, const char *expected)
{
    char *text = value ? json_print(value, 0) : NULL;
    bool same = text && !strcmp(text, expected);

    if (!same) printf("printed %s\n", text ? text : "nothing");
    free(text);
    return same;
}

static void test_round_trips(void)
{
    static const char *const texts[] = {
        "null",
        "true",
        "false",
        "0",
        "-1.5",
        "1e+300",
        "0.1",
        "\"\"",
        "\"a\\n\\\"\\\\\"",
        "[]",
        "{}",
        "[[],{}]",
        "{\"a\":1,\"b\":[true,null,{\"c\":\"d\"}]}",
        "\"\xc3\xa9\xf0\x9f\x90\x8d\"",
        "[1,2,3,4,5,6,7,8,9]",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) CHECK(prints(parse(texts[i]), texts[i]));
    CHECK(prints(parse(" [ 1 , \"\\u00e9\\ud83d\\udc0d\\u0041\" ] \n"), "[1,\"\xc3\xa9\xf0\x9f\x90\x8d"
                                                                        "A\"]"));
    CHECK(prints(parse("{\"a\":1,\"b\":2,\"a\":3}"), "{\"a\":3,\"b\":2}"));
}

static void test_errors(void)
{
    static const struct {
        const char *text;
        size_t line, column;
    } cases[] = {
        {"", 1, 1},
        {"[1,\n 2,]", 2, 4},
        {"{\"a\" 1}", 1, 6},
        {"[1 2]", 1, 4},
        {"01", 1, 1},
        {"1.", 1, 1},
        {"\"\x01\"", 1, 2},
        {"\"\\x\"", 1, 4},
        {"\"\\ud800\"", 1, 8},
        {"tru", 1, 1},
        {"{1:2}", 1, 2},
        {"[1]\n[2]", 2, 1},
        {"\"\xff\"", 1, 2},
        {"\"open", 1, 6},
        {"-", 1, 1},
        {"\"\xc0\x80\"", 1, 2},
    };
    JsonError error;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Json *value = json_parse(cases[i].text, strlen(cases[i].text), &error);
        CHECK(!value);
        CHECK(error.line == cases[i].line && error.column == cases[i].column);
        if (error.line != cases[i].line || error.column != cases[i].column)
            printf("  %zu:%zu %s in %s\n", error.line, error.column, error.message, cases[i].text);
    }
}

static void test_depth(void)
{
    char text[2 * JSON_DEPTH + 8];

    memset(text, '[', JSON_DEPTH + 1);
    CHECK(!json_parse(text, JSON_DEPTH + 1, NULL));
    memset(text + JSON_DEPTH, ']', JSON_DEPTH);
    CHECK(json_parse(text, 2 * JSON_DEPTH, NULL));
}

static void test_members(void)
{
    JsonObject *object = json_object();
    char name[16];

    for (int i = 0; i < 1000; i++) {
        int n = snprintf(name, sizeof name, "m%d", i);
        CHECK(json_set(object, json_string(name, (size_t)n), json_number(i)));
    }
    CHECK(json_count((Json *)object) == 1000);
    CHECK(json_to_number(json_get((Json *)object, "m731"), -1) == 731);
    for (int i = 0; i < 990; i++) {
        int n = snprintf(name, sizeof name, "m%d", i);
        Json *taken = json_take(object, json_string(name, (size_t)n));
        CHECK(json_to_number(taken, -1) == i);
    }
    CHECK(!json_take(object, json_string("m5", 2)));
    CHECK(
        prints(json_at((Json *)object, 0) ? NULL : (Json *)object,
               "{\"m990\":990,\"m991\":991,\"m992\":992,\"m993\":993,\"m994\":994,\"m995\":995,\"m996\":996,"
               "\"m997\":997,\"m998\":998,\"m999\":999}"));
}

static int by_number(Json *a, Json *b)
{
    double x = json_to_number(a, 0), y = json_to_number(b, 0);

    return (x > y) - (x < y);
}

static void test_elements(void)
{
    Json *value = parse("[5,3,9,1,3]");
    JsonArray *array = (JsonArray *)value;

    json_sort(array, by_number);
    CHECK(prints(value, "[1,3,3,5,9]"));
    CHECK(json_insert(array, 0, json_number(0)));
    CHECK(json_insert(array, 99, json_string("end", 3) ? json_bool(true) : NULL));
    CHECK(json_to_number(json_take_at(array, 2), -1) == 3);
    CHECK(!json_take_at(array, 50));
    CHECK(prints(value, "[0,1,3,5,9,true]"));
    CHECK(!json_at(value, 6) && !json_get(value, "x"));
}

static void test_pointers(void)
{
    Json *root = parse("{\"a\":[1,{\"b/c\":{\"~\":\"x\"}}],\"\":0}");

    CHECK(!strcmp(json_to_text(json_find(root, "/a/1/b~1c/~0"), ""), "x"));
    CHECK(json_find(root, "") == root);
    CHECK(json_to_number(json_find(root, "/"), -1) == 0);
    CHECK(!json_find(root, "/a/2") && !json_find(root, "/a/01") && !json_find(root, "/a/0/x") &&
          !json_find(root, "a"));
    CHECK(json_put(root, "/a/-", json_bool(true)));
    CHECK(json_put(root, "/a/0", json_null()));
    CHECK(json_put(root, "/a/1/b~1c/new", json_number(7)));
    CHECK(!json_put(root, "/nowhere/deep", json_null()));
    CHECK(prints(root, "{\"a\":[null,{\"b/c\":{\"~\":\"x\",\"new\":7}},true],\"\":0}"));
    Json *cut = json_cut(root, "/a/1");
    CHECK(prints(cut, "{\"b/c\":{\"~\":\"x\",\"new\":7}}"));
    CHECK(!json_cut(root, "/a/9"));
    CHECK(prints(root, "{\"a\":[null,true],\"\":0}"));
    root = NULL;
    CHECK(json_to_number(json_find(cut, "/b~1c/new"), -1) == 7);
}

/* The appendix of RFC 7396. */
static void test_merge(void)
{
    static const char *const cases[][3] = {
        {"{\"a\":\"b\"}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"b\":\"c\"}", "{\"a\":\"b\",\"b\":\"c\"}"},
        {"{\"a\":\"b\"}", "{\"a\":null}", "{}"},
        {"{\"a\":[\"b\"]}", "{\"a\":\"c\"}", "{\"a\":\"c\"}"},
        {"{\"a\":{\"b\":\"c\"}}", "{\"a\":{\"b\":\"d\",\"c\":null}}", "{\"a\":{\"b\":\"d\"}}"},
        {"[\"a\",\"b\"]", "[\"c\",\"d\"]", "[\"c\",\"d\"]"},
        {"{\"a\":\"foo\"}", "null", "null"},
        {"{\"e\":null}", "{\"a\":1}", "{\"e\":null,\"a\":1}"},
        {"[1,2]", "{\"a\":\"b\",\"c\":null}", "{\"a\":\"b\"}"},
        {"{}", "{\"a\":{\"bb\":{\"ccc\":null}}}", "{\"a\":{\"bb\":{}}}"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK(prints(json_merge(parse(cases[i][0]), parse(cases[i][1])), cases[i][2]));
}

static void test_sharing(void)
{
    Json *root = parse("{\"a\":{\"deep\":[1,2,3]},\"b\":{}}"), *copy = json_copy(root);
    Json *part = json_find(root, "/a/deep");

    CHECK(json_equal(root, copy));
    CHECK(json_put(root, "/b/same", part));
    CHECK(json_put(root, "/a/deep/0", json_number(9)));
    CHECK(prints(root, "{\"a\":{\"deep\":[9,2,3]},\"b\":{\"same\":[9,2,3]}}"));
    CHECK(!json_equal(root, copy));
    root = NULL;
    CHECK(prints(part, "[9,2,3]"));
    CHECK(json_equal(parse("{\"x\":1,\"y\":[2]}"), parse("{\"y\":[2],\"x\":1}")));
}

/* A document inside itself cannot be printed, and dies in the collector. */
static void test_cycle(void)
{
    Json *root = parse("{\"list\":[1]}");
    RC_WEAK Json *seen = root;

    CHECK(json_put(root, "/list/-", root));
    CHECK(json_find(root, "/list/1/list/1") == root);
    CHECK(!json_print(root, 0));
    CHECK(!json_copy(root));
    root = NULL;
    CHECK(seen != NULL);
    rc_gc_collect();
    CHECK(seen == NULL);
}

int main(void)
{
    static void (*const tests[])(void) = {test_round_trips, test_errors,   test_depth,
                                          test_members,     test_elements, test_pointers,
                                          test_merge,       test_sharing,  test_cycle};

    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) tests[i]();
    rc_gc_collect();
    CHECK(rc_live_objects() == 0);
    printf("%d failures\n", failures);
    return failures != 0;
}
